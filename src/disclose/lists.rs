//! Lists and counts behind the gate: records of a kind, all or by a facet, texts by folder, enterprises by region.
//!
//! Each is made once, when the portal is assembled. Not here: how many rows a page holds (`plan`), and how a
//! list looks (`render`).

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::portal::Portal;
use crate::record::Kinds;
use crate::record::edges::Handle;
use crate::record::field::{Face, Kind, Type};
use crate::record::value::{Record, Value};
use crate::record::{enterprise, region};

/// The records of a kind's lists: all, and by each value of each facet.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    /// All listed records, in list order.
    pub all: Vec<u32>,
    /// By key of the facet field: its values with label and records, in list order.
    pub facets: Vec<(&'static str, Vec<FacetValue>)>,
}

/// The records that share a value of a facet.
#[derive(Clone, Debug)]
pub struct FacetValue {
    /// The value, as it stands in the address.
    pub value: String,
    /// Its label in the language of the site.
    pub label: String,
    /// The records, in list order.
    pub records: Vec<u32>,
}

/// Listed enterprises of a region and of those below it: in all, then by coverage level A, B, C, D.
pub type RegionCounts = [usize; 5];

impl Portal {
    pub(super) fn make_lists(&self, stubs: &[Vec<bool>]) -> Vec<Lists> {
        let kinds: Vec<_> = self.kinds.all().collect();
        let listed =
            |at: usize, no: usize| !stubs.get(at).and_then(|stubs| stubs.get(no)).copied().unwrap_or(false);
        kinds
            .par_iter()
            .enumerate()
            .map(|(at, kind)| {
                let table = self.tables.get(at).map_or(&[] as &[Record], Vec::as_slice);
                let mut all: Vec<u32> =
                    (0..table.len()).filter(|no| listed(at, *no)).map(|no| no as u32).collect();
                if let Some(dated) = kind.dated {
                    let slot = kind.slot(dated).unwrap_or(usize::MAX);
                    all.sort_by_cached_key(|no| {
                        std::cmp::Reverse(
                            table
                                .get(*no as usize)
                                .map(|record| record.values.get(slot))
                                .map(sortable)
                                .unwrap_or_default(),
                        )
                    });
                }
                let keys = match kind.face {
                    Face::Pages { lists: Some(keys), .. } => keys,
                    _ => &[],
                };
                let facets = keys.par_iter().map(|key| (*key, self.facet(kind, key, &all, table))).collect();
                Lists { all, facets }
            })
            .collect()
    }

    pub(super) fn count_regions(&self) -> BTreeMap<String, RegionCounts> {
        let mut counts: BTreeMap<String, RegionCounts> = BTreeMap::new();
        let mut chains: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        let kind = self.kind(&enterprise::KIND);
        for no in self.lists.get(usize::from(kind)).into_iter().flat_map(|lists| &lists.all) {
            let Some(record) = self.record(Handle { kind, no: *no }) else { continue };
            let Some(code) = record.view().text(enterprise::REGION) else { continue };
            let chain = chains.entry(code).or_insert_with(|| {
                self.region_chain(code)
                    .into_iter()
                    .filter_map(|region| self.record(region).map(|region| region.id().to_string()))
                    .collect()
            });
            let level = record
                .view()
                .choice(enterprise::COVERAGE_LEVEL)
                .and_then(|level| "ABCD".find(level.key))
                .unwrap_or(usize::MAX - 1);
            for code in chain.iter() {
                let figures = counts.entry(code.clone()).or_default();
                for at in [0, level + 1] {
                    if let Some(figure) = figures.get_mut(at) {
                        *figure += 1;
                    }
                }
            }
        }
        counts
    }

    pub(super) fn regions_by_parent(&self) -> BTreeMap<Handle, Vec<Handle>> {
        let mut below: BTreeMap<Handle, Vec<Handle>> = BTreeMap::new();
        for handle in self.handles(self.kind(&region::KIND)) {
            if let Some(parent) = self.parent_region(handle) {
                below.entry(parent).or_default().push(handle);
            }
        }
        below
    }

    fn facet(&self, kind: &'static Kind, key: &str, all: &[u32], table: &[Record]) -> Vec<FacetValue> {
        let mut values: BTreeMap<String, FacetValue> = BTreeMap::new();
        let Some(slot) = kind.slot(key) else { return Vec::new() };
        let ty = kind.fields.get(slot).map(|field| field.ty);
        let mut chains: BTreeMap<&str, Vec<(String, String)>> = BTreeMap::new();
        for no in all {
            let Some(value) = table.get(*no as usize).map(|record| record.values.get(slot)) else {
                continue;
            };
            let mut add = |value: &str, label: &str| {
                if let Some(known) = values.get_mut(value) {
                    known.records.push(*no);
                } else {
                    values.insert(
                        value.to_string(),
                        FacetValue { value: value.to_string(), label: label.to_string(), records: vec![*no] },
                    );
                }
            };
            match (ty, value) {
                (Some(Type::Choice(choices)), Value::Choice(at)) => {
                    if let Some(choice) = choices.get(usize::from(*at)) {
                        add(choice.key, choice.label_in(&self.locale));
                    }
                }
                (Some(Type::List(Type::Choice(choices))), Value::List(members)) => {
                    for member in members {
                        let Value::Choice(at) = member else { continue };
                        if let Some(choice) = choices.get(usize::from(*at)) {
                            add(choice.key, choice.label_in(&self.locale));
                        }
                    }
                }
                (Some(Type::RegionCode), Value::Text(code)) => {
                    let chain = chains.entry(code).or_insert_with(|| self.listing_regions(code));
                    chain.iter().for_each(|(code, name)| add(code, name));
                }
                _ => {}
            }
        }
        values.into_values().collect()
    }

    /// The regions that list what lies in them: all above the village but the portal's own.
    fn listing_regions(&self, code: &str) -> Vec<(String, String)> {
        let chain = self.region_chain(code).into_iter().filter_map(|handle| self.record(handle));
        chain
            .filter(|record| record.id() != self.settings.region)
            .filter(|record| record.view().choice(region::LEVEL).is_some_and(|level| level.key != "village"))
            .map(|record| (record.id().to_string(), record.title().to_string()))
            .collect()
    }
}

/// Chapters by book, articles by column.
pub(super) fn gather_texts(kinds: &Kinds, tables: &[Vec<Record>]) -> BTreeMap<(u16, String), Vec<u32>> {
    let mut texts: BTreeMap<(u16, String), Vec<u32>> = BTreeMap::new();
    for ((at, kind), table) in kinds.all().enumerate().zip(tables) {
        let mut numbered: Vec<(u32, &Record)> =
            (0..).zip(table).filter(|(_, record)| record.prose.is_some()).collect();
        let slot = kind.dated.and_then(|key| kind.slot(key));
        numbered.sort_by_cached_key(|(_, record)| {
            let date = slot.map(|slot| sortable(record.values.get(slot))).unwrap_or_default();
            let prose = record.prose.as_ref().map(|prose| (prose.order, prose.slug.clone()));
            (std::cmp::Reverse(date), prose)
        });
        for (no, record) in numbered {
            let folder = record.prose.as_ref().map_or("", |prose| &*prose.folder);
            let top = folder.split('/').next().unwrap_or(folder).to_string();
            texts.entry((at as u16, top)).or_default().push(no);
        }
    }
    texts
}

/// A sorting form of dates and moments.
fn sortable(value: &Value) -> String {
    match value {
        Value::Date(date) => date.to_string(),
        Value::Text(text) => text.to_string(),
        _ => String::new(),
    }
}
