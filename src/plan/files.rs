//! Files that are no pages: data files and schemas of kinds, static files of the theme, pictures and attachments.
//!
//! In: the kinds and records of the `Portal`, the theme's files. Out: their outputs with keys. Not here: what stands in
//! them (`render`).

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Content, DataFormat, Draft, Output, mix};
use crate::disclose::Portal;
use crate::record::asset::Asset;
use crate::record::edges::Handle;
use crate::record::field::{Kind, Volume};
use crate::search::Index;
use crate::text::content_hash;

/// Records whose lines in data files are written and known together.
pub const BLOCK: u32 = 1024;

/// The forms in which the records of a kind are published.
pub fn data_formats(kind: &Kind) -> &'static [DataFormat] {
    match kind.volume {
        Volume::Few => &[DataFormat::Csv, DataFormat::Json],
        Volume::Many => &[DataFormat::Csv, DataFormat::Json, DataFormat::JsonLines],
    }
}

/// The address of a data file of a kind: of all its records, or of those in a region.
pub fn data_path(portal: &Portal, kind: &Kind, within: Option<Handle>, format: DataFormat) -> String {
    let ending = format.ending();
    match within.and_then(|region| portal.record(region)) {
        None => format!("data/{}.{ending}", kind.plural),
        Some(region) => format!("data/by-region/{}/{}.{ending}", region.id(), kind.plural),
    }
}

/// The address of a kind's schema.
pub fn schema_path(kind: &Kind) -> String {
    format!("data/schema/{}.json", kind.plural)
}

/// The address of the data file of one record, if it has one.
pub fn one_path(portal: &Portal, handle: Handle) -> Option<String> {
    let record = portal.record(handle).filter(|record| has_own_files(portal, record.kind()))?;
    Some(format!("data/{}/{}.json", record.kind().plural, record.id()))
}

/// The address of the badge of a record, if it has one.
pub fn badge_path(portal: &Portal, handle: Handle) -> Option<String> {
    let record = portal.record(handle).filter(|record| has_own_files(portal, record.kind()))?;
    Some(format!("badges/{}.svg", record.id()))
}

fn has_own_files(portal: &Portal, kind: &Kind) -> bool {
    kind.own_files && kind.published_as_data && portal.settings.data.per_enterprise
}

impl Draft<'_> {
    pub(super) fn files(&mut self) {
        let (portal, statics) = (self.portal, self.theme.statics);
        for (at, kind) in portal.data_kinds() {
            let described = mix(&[portal.site_key(), content_hash(kind.plural.as_bytes())]);
            self.add(&schema_path(kind), Content::Schema(at), Some(described));
            for within in std::iter::once(None).chain(portal.data_regions(at).map(Some)) {
                self.data_files(at, kind, within, described);
            }
            if has_own_files(portal, kind) {
                self.own_files(at);
            }
        }
        for (name, key) in statics {
            let address = self.theme.addresses.get(name).map_or("", String::as_str);
            self.add(address, Content::Static(name.clone()), Some(*key));
        }
        for Asset { file, route, .. } in &portal.assets {
            self.outputs.push(Output::of(route.clone(), Content::Asset(*file), None));
        }
    }

    /// By kind, the keys of its blocks of lines.
    pub(super) fn blocks(&self) -> BTreeMap<u16, Vec<u128>> {
        let (portal, theme) = (self.portal, self.theme.key);
        let of = |(at, kind): (u16, &Kind)| {
            let count = portal.count(at) as u32;
            let firsts: Vec<u32> = (0..count).step_by(BLOCK as usize).collect();
            let key = |first: u32| {
                let mut keys = vec![portal.site_key(), theme, content_hash(kind.plural.as_bytes())];
                let records = first..count.min(first + BLOCK);
                keys.extend(records.map(|no| portal.data_key(Handle { kind: at, no })));
                mix(&keys)
            };
            (at, firsts.into_par_iter().map(key).collect())
        };
        portal.data_kinds().map(of).collect()
    }

    pub(super) fn index(&mut self, index: &Index) {
        for (file, key) in index.files() {
            self.add(&file.path(), Content::Index(*file), Some(*key));
        }
    }

    fn own_files(&mut self, at: u16) {
        let portal = self.portal;
        for handle in portal.handles(at) {
            let (data, page) = (portal.data_key(handle), portal.page_key(handle));
            if let (Some(one), Some(badge)) = (one_path(portal, handle), badge_path(portal, handle)) {
                self.add(&one, Content::One(handle), Some(mix(&[portal.site_key(), data])));
                // It tells of visits and samples, as the page does.
                self.add(&badge, Content::Badge(handle), Some(mix(&[page, 1])));
            }
        }
    }

    fn data_files(&mut self, at: u16, kind: &Kind, within: Option<Handle>, described: u128) {
        let portal = self.portal;
        let mut keys = vec![described];
        let records = portal.data_records(at, within);
        keys.extend(records.map(|no| portal.data_key(Handle { kind: at, no })));
        let key = mix(&keys);
        for format in data_formats(kind) {
            let content = Content::Data { kind: at, within, format: *format };
            self.add(&data_path(portal, kind, within, *format), content, Some(mix(&[key, *format as u128])));
        }
    }
}
