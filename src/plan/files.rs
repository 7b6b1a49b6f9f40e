//! Files that are no pages: data files of kinds, static files of the theme, pictures and attachments.
//!
//! In: the kinds and records of the `Portal`, the theme's files. Out: their outputs with keys. Not here: what stands in
//! them (`render`).

use super::{Content, DataFormat, Draft, Output, mix};
use crate::text::content_hash;

impl Draft<'_> {
    pub(super) fn files(&mut self) {
        let (portal, statics) = (self.portal, self.theme.statics);
        for (at, kind) in (0u16..).zip(portal.kinds.all()).filter(|(_, kind)| kind.published_as_data) {
            let mut keys = vec![portal.site_key(), content_hash(kind.plural.as_bytes())];
            keys.extend(portal.handles(at).map(|handle| portal.row_key(handle)));
            let key = mix(&keys);
            self.add(
                &format!("data/{}.csv", kind.plural),
                Content::Data(at, DataFormat::Csv),
                Some(mix(&[key, 1])),
            );
            self.add(
                &format!("data/{}.json", kind.plural),
                Content::Data(at, DataFormat::Json),
                Some(mix(&[key, 2])),
            );
        }
        for (name, key) in statics {
            self.add(&format!("theme/{name}"), Content::Static(name.clone()), Some(*key));
        }
        for (file, route) in &portal.assets {
            self.outputs.push(Output { route: route.clone(), content: Content::Asset(*file), key: None });
        }
    }
}
