//! Pages of figures: of the whole portal, and of each region above the village.
//!
//! In: the figures of the `Portal`. Out: their outputs, with a key of the figures that each one tells. Not here: the tables on
//! them (`render`), and the data file of all figures, which is that of a kind.

use super::{Content, Draft, mix};
use crate::disclose::Portal;
use crate::record::edges::Handle;
use crate::record::region;
use crate::text::content_hash;

/// The page of the whole portal.
pub const PROGRESS: &str = "progress.html";

/// The page of a region's figures, if it has one.
pub fn progress_path(portal: &Portal, region: Option<Handle>) -> Option<String> {
    let own = portal.find(&region::KIND, &portal.settings.region);
    match region.filter(|region| Some(*region) != own) {
        None => Some(PROGRESS.to_string()),
        Some(region) => portal
            .has_figures_of(region)
            .then(|| portal.record(region))
            .flatten()
            .map(|region| format!("progress/{}.html", region.id())),
    }
}

impl Draft<'_> {
    pub(super) fn progress(&mut self) {
        let portal = self.portal;
        for region in std::iter::once(None).chain(portal.figure_regions().into_iter().map(Some)) {
            let Some(path) = progress_path(portal, region) else { continue };
            let above = region.or_else(|| portal.find(&region::KIND, &portal.settings.region));
            let mut keys = vec![portal.site_key(), portal.figures_key(region)];
            keys.extend(above.map(|above| portal.row_key(above)));
            for below in above.map_or(&[] as &[Handle], |above| portal.regions_below(above)) {
                let figures =
                    if portal.has_figures_of(*below) { portal.figures_key(Some(*below)) } else { 0 };
                keys.extend([portal.row_key(*below), figures]);
            }
            keys.push(content_hash(path.as_bytes()));
            self.add(&path, Content::Progress(region), Some(mix(&keys)));
        }
    }
}
