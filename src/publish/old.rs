//! What stands in the site folder before a build, and whether it may be replaced.
//!
//! Only a release of ours is ever replaced: a folder whose manifest is sound and which holds nothing that the
//! manifest does not name, or one whose manifest is damaged but begins as ours and whose every name could be
//! an output. So a site that lost a byte is rebuilt, and a folder with anybody's own papers is refused.
//!
//! Not here: the replacing.

use rayon::prelude::*;

use super::{
    Disk,
    error::{Act, PublishError},
    manifest::{self, MANIFEST, Manifest},
    spare::{Name, Spare},
    switch::{Places, Standing},
    tree,
};
use crate::route::Route;

/// A manifest longer than this is none of ours: a million files take 0.15 GB.
pub(crate) const MANIFEST_LIMIT: u64 = 4 << 30;

/// How many unknown files a message names.
const NAMED: usize = 5;

/// The site before the build.
#[derive(Debug)]
pub(crate) struct Old {
    pub standing: Standing,
    pub manifest: Option<Manifest>,
    /// Whether the folder holds exactly what the manifest names.
    pub is_tidy: bool,
    /// What is known of the second names of its files, in the order of the manifest; empty when there are none of use.
    pub names: Vec<Name>,
}

impl Old {
    fn of(standing: Standing) -> Old {
        Old { standing, manifest: None, is_tidy: false, names: Vec::new() }
    }
}

/// Looks at the site folder; an error when it is not ours to replace.
///
/// When the spare names show that nobody has touched a folder of it since the last build, it is not listed.
pub(crate) fn meet(disk: &Disk, places: &Places, spare: &Spare<'_>) -> Result<Old, PublishError> {
    let out = &places.out;
    let read = |error| PublishError::failed(Act::Read, out)(error);
    let Some(met) = disk.look(out).map_err(read)? else {
        return Ok(Old::of(Standing::Nothing));
    };
    if met.is_symlink() {
        return Err(PublishError::Link(out.clone()));
    }
    if !met.is_dir() {
        return Err(PublishError::NotFolder(out.clone()));
    }
    if disk.is_mount_point(out, &places.above).map_err(read)? {
        return Err(PublishError::MountPoint(out.clone()));
    }
    if disk.list(out).map_err(read)?.is_empty() {
        return Ok(Old::of(Standing::EmptyFolder));
    }
    let read_manifest = || {
        let bytes = disk.read_up_to(&out.join(MANIFEST), MANIFEST_LIMIT).unwrap_or_default();
        let manifest = Manifest::parse(&bytes).ok();
        (bytes, manifest)
    };
    if let Some(mark) = spare.mark(&met) {
        let (_, manifest) = read_manifest();
        if let Some(manifest) = manifest
            && let Some(names) = spare.names(&mark, &manifest)
        {
            return Ok(Old { standing: Standing::Site, manifest: Some(manifest), is_tidy: true, names });
        }
    }
    let (found, (bytes, manifest)) = rayon::join(|| tree::list(disk, out), read_manifest);
    let found = found?;
    let unknown: Vec<&tree::Found> = match &manifest {
        Some(manifest) => found.par_iter().filter(|found| !is_named(manifest, found)).collect(),
        None if manifest::is_marked(&bytes) => found.iter().filter(|found| !is_plausible(found)).collect(),
        None => return Err(PublishError::Foreign(out.clone())),
    };
    let is_tidy = manifest.is_some() && unknown.is_empty();
    let mut strangers: Vec<&str> =
        unknown.iter().filter(|found| !found.is_litter()).map(|found| found.path.as_str()).collect();
    if strangers.is_empty() {
        return Ok(Old { manifest, is_tidy, ..Old::of(Standing::Site) });
    }
    strangers.sort_unstable();
    let count = strangers.len();
    let first = strangers.into_iter().take(NAMED).map(String::from).collect();
    Err(PublishError::Strangers { out: out.clone(), first, count })
}

fn is_named(manifest: &Manifest, found: &tree::Found) -> bool {
    found.path == MANIFEST || Route::parse(&found.path).is_ok_and(|route| manifest.fact(&route).is_some())
}

fn is_plausible(found: &tree::Found) -> bool {
    found.is_file && Route::parse(&found.path).is_ok()
}
