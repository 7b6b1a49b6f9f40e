//! The portal as the public may see it: records, links, lists and counts, each join an index made once.
//!
//! In: what the gate let through. Out: read-only look-ups for `plan` and `render`. There is no way to scan
//! all records from a page, and no way to reach a value that the gate took away.

use std::collections::BTreeMap;

use super::clock::Clock;
use super::departures::Departures;
use super::keys::hash_of;
use super::public::PublicRecord;
use super::standing::{Standing, settle, updates};
use super::targets::Targets;
use crate::calendar::Date;
use crate::diagnostic::FileId;
use crate::needles::Needles;
use crate::record::Kinds;
use crate::record::address::page_route;
use crate::record::edges::{Edge, Edges, Handle, place};
use crate::record::field::{Face, Home, Kind, Type};
use crate::record::settings::Settings;
use crate::record::value::{Record, Value};
use crate::record::{book, cadre, enterprise, region};
use crate::route::Route;

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
    /// Its Chinese label.
    pub label: String,
    /// The records, in list order.
    pub records: Vec<u32>,
}

/// Listed enterprises of a region and of those below it: in all, then by coverage level A, B, C, D.
pub type RegionCounts = [usize; 5];

/// Everything the public may see.
#[derive(Debug)]
pub struct Portal {
    /// The kinds there are.
    pub kinds: Kinds,
    /// Settings of the portal.
    pub settings: Settings,
    /// What has left.
    pub departures: Departures,
    /// Files below `assets/` with their routes.
    pub assets: Vec<(FileId, Route)>,
    /// What a relative link in a text may lead to.
    pub targets: Targets,
    /// The texts that must stand nowhere, and the addresses and ids of what has left.
    pub needles: Needles,
    /// The as-of date, for the manifest alone.
    pub as_of: Date,
    /// The next day on which the output would change by itself.
    pub next_change: Option<Date>,
    paths: Vec<String>,
    pub(super) tables: Vec<Vec<Record>>,
    edges: Edges,
    pub(super) standings: Vec<Standing>,
    pub(super) left: Vec<bool>,
    pub(super) updated: Vec<Vec<Date>>,
    texts: BTreeMap<(u16, String), Vec<u32>>,
    /// Pages by kind and record; empty for kinds without pages.
    routes: Vec<Vec<Option<Route>>>,
    parents: Vec<Option<Handle>>,
    region_counts: BTreeMap<String, RegionCounts>,
    below: BTreeMap<Handle, Vec<Handle>>,
    lists: Vec<Lists>,
    pub(super) keys: Vec<Vec<u128>>,
    pub(super) site_key: u128,
    pub(super) targets_key: u128,
}

impl Portal {
    #[allow(clippy::too_many_arguments)]
    pub(super) fn assemble(
        kinds: Kinds,
        settings: Settings,
        tables: Vec<Vec<Record>>,
        stubs: Vec<Vec<bool>>,
        edges: Edges,
        assets: Vec<(FileId, Route)>,
        paths: Vec<String>,
        targets: Targets,
        departures: Departures,
        needles: Needles,
        clock: Clock,
        as_of: Date,
    ) -> Portal {
        let (standings, left) = settle(&kinds, settings.visits_per_year, &tables, &edges, &clock);
        let updated = updates(&kinds, &tables, &edges, &clock, as_of);
        let mut portal = Portal {
            texts: gather_texts(&kinds, &tables),
            lists: Vec::new(),
            keys: Vec::new(),
            routes: Vec::new(),
            parents: Vec::new(),
            region_counts: BTreeMap::new(),
            below: BTreeMap::new(),
            site_key: hash_of(&format!("{settings:?}")),
            targets_key: hash_of(&targets.to_string()),
            next_change: clock.next_change(),
            kinds,
            settings,
            departures,
            assets,
            paths,
            targets,
            needles,
            as_of,
            tables,
            edges,
            standings,
            left,
            updated,
        };
        portal.routes = portal.make_routes();
        portal.parents =
            portal.handles(portal.kind(&region::KIND)).map(|handle| portal.find_parent(handle)).collect();
        portal.keys = portal.record_keys();
        portal.lists = portal.make_lists(&stubs);
        portal.region_counts = portal.count_regions();
        portal.below = portal.regions_by_parent();
        portal
    }

    /// The index of a built-in kind.
    pub fn kind(&self, kind: &Kind) -> u16 {
        self.kinds.all().position(|known| std::ptr::eq(known, kind)).map_or(u16::MAX, |at| at as u16)
    }

    /// A record by its handle.
    pub fn record(&self, handle: Handle) -> Option<PublicRecord<'_>> {
        let kind = self.kinds.at(usize::from(handle.kind))?;
        let record = self.tables.get(usize::from(handle.kind))?.get(handle.no as usize)?;
        Some(PublicRecord { kind, record })
    }

    /// A record by kind and id.
    pub fn find(&self, kind: &Kind, id: &str) -> Option<Handle> {
        let at = self.kind(kind);
        Some(Handle { kind: at, no: place(self.tables.get(usize::from(at))?, id)? })
    }

    /// The handles of a kind, by id.
    pub fn handles(&self, kind: u16) -> impl Iterator<Item = Handle> + use<> {
        let count = self.tables.get(usize::from(kind)).map_or(0, Vec::len);
        (0..count).map(move |no| Handle { kind, no: no as u32 })
    }

    /// How many records of a kind there are.
    pub fn count(&self, kind: u16) -> usize {
        self.tables.get(usize::from(kind)).map_or(0, Vec::len)
    }

    /// The records this one names.
    pub fn outgoing(&self, handle: Handle) -> &[Edge] {
        self.edges.outgoing(handle)
    }

    /// The records that name this one, by kind.
    pub fn incoming(&self, handle: Handle) -> &[Edge] {
        self.edges.incoming(handle)
    }

    /// The records of one kind that name this one.
    pub fn incoming_of(&self, handle: Handle, kind: u16) -> &[Edge] {
        self.edges.incoming_of(handle, kind)
    }

    /// The page of a record, if it has one.
    pub fn route(&self, handle: Handle) -> Option<&Route> {
        self.routes.get(usize::from(handle.kind))?.get(handle.no as usize)?.as_ref()
    }

    /// The path of a record's page, if it has one.
    pub fn path(&self, handle: Handle) -> Option<&str> {
        self.route(handle).map(Route::as_str)
    }

    /// The lists of a kind.
    pub fn lists(&self, kind: u16) -> Option<&Lists> {
        self.lists.get(usize::from(kind))
    }

    /// How an enterprise stands.
    pub fn standing(&self, handle: Handle) -> Option<&Standing> {
        (handle.kind == self.kind(&enterprise::KIND))
            .then(|| self.standings.get(handle.no as usize))
            .flatten()
    }

    /// Whether a cadre has left.
    pub fn has_left(&self, handle: Handle) -> bool {
        handle.kind == self.kind(&cadre::KIND) && self.left.get(handle.no as usize).copied().unwrap_or(false)
    }

    /// The record that a link of this record names by id.
    pub fn named(&self, handle: Handle, kind: u16, id: &str) -> Option<Handle> {
        let ends = self.outgoing(handle).iter().map(|edge| edge.end).filter(|end| end.kind == kind);
        ends.into_iter().find(|end| self.record(*end).is_some_and(|record| record.id() == id))
    }

    /// The latest day on which something about a record happened.
    pub fn updated(&self, handle: Handle) -> Option<Date> {
        self.updated.get(usize::from(handle.kind))?.get(handle.no as usize).copied()
    }

    /// The texts of a kind in a folder and below it, in order: chapters by number, articles newest first.
    pub fn texts_in(&self, kind: u16, folder: &str) -> impl Iterator<Item = Handle> + use<> {
        let found = self.texts.get(&(kind, folder.to_string())).cloned().unwrap_or_default();
        found.into_iter().map(move |no| Handle { kind, no })
    }

    /// The path of the source file of a text, for its relative links.
    pub fn source_path(&self, handle: Handle) -> &str {
        let record =
            self.tables.get(usize::from(handle.kind)).and_then(|table| table.get(handle.no as usize));
        record.and_then(|record| self.paths.get(record.origin.file.0 as usize)).map_or("", String::as_str)
    }

    /// A book by its folder.
    pub fn book(&self, slug: &str) -> Option<Handle> {
        let kind = self.kind(&book::KIND);
        self.handles(kind).find(|handle| {
            self.record(*handle).and_then(PublicRecord::prose).is_some_and(|prose| *prose.slug == *slug)
        })
    }

    /// How many enterprises a region and those below it list: in all, and by coverage level.
    pub fn region_counts(&self, code: &str) -> RegionCounts {
        self.region_counts.get(code).copied().unwrap_or_default()
    }

    /// The regions directly below a region, by code.
    pub fn regions_below(&self, handle: Handle) -> &[Handle] {
        self.below.get(&handle).map_or(&[], Vec::as_slice)
    }

    /// The region of a code and those above it, highest first.
    pub fn region_chain(&self, code: &str) -> Vec<Handle> {
        let mut chain = Vec::new();
        let mut next = self.find(&region::KIND, code).or_else(|| self.parent_by_prefix(code));
        while let Some(handle) = next {
            if chain.contains(&handle) {
                break;
            }
            chain.push(handle);
            next = self.parent_region(handle);
        }
        chain.reverse();
        chain
    }

    /// The region above a region.
    pub fn parent_region(&self, handle: Handle) -> Option<Handle> {
        self.parents.get(handle.no as usize).copied().flatten()
    }

    fn make_lists(&self, stubs: &[Vec<bool>]) -> Vec<Lists> {
        let kinds: Vec<_> = self.kinds.all().collect();
        let listed =
            |at: usize, no: usize| !stubs.get(at).and_then(|stubs| stubs.get(no)).copied().unwrap_or(false);
        kinds
            .iter()
            .enumerate()
            .map(|(at, kind)| {
                let table = self.tables.get(at).map_or(&[] as &[Record], Vec::as_slice);
                let mut all: Vec<u32> =
                    (0..table.len()).filter(|no| listed(at, *no)).map(|no| no as u32).collect();
                if let Some(dated) = kind.dated {
                    let slot = kind.slot(dated).unwrap_or(usize::MAX);
                    all.sort_by_key(|no| {
                        std::cmp::Reverse(
                            table
                                .get(*no as usize)
                                .and_then(|record| record.values.get(slot))
                                .map(sortable)
                                .unwrap_or_default(),
                        )
                    });
                }
                let keys = match kind.face {
                    Face::Pages { lists: Some(keys), .. } => keys,
                    _ => &[],
                };
                let facets = keys.iter().map(|key| (*key, self.facet(kind, key, &all, table))).collect();
                Lists { all, facets }
            })
            .collect()
    }

    fn count_regions(&self) -> BTreeMap<String, RegionCounts> {
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

    fn regions_by_parent(&self) -> BTreeMap<Handle, Vec<Handle>> {
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
            let Some(value) = table.get(*no as usize).and_then(|record| record.values.get(slot)) else {
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
                        add(choice.key, choice.zh);
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

    fn make_routes(&self) -> Vec<Vec<Option<Route>>> {
        let of = |kind: &Kind, record: &Record| page_route(&self.kinds, kind, record).and_then(Result::ok);
        self.kinds
            .all()
            .zip(&self.tables)
            .map(|(kind, table)| {
                if kind.face == Face::Inline && kind.home == Home::Ledger {
                    return Vec::new();
                }
                table.iter().map(|record| of(kind, record)).collect()
            })
            .collect()
    }

    /// The named parent of a region, else the longest known prefix of its code.
    fn find_parent(&self, handle: Handle) -> Option<Handle> {
        let record = self.record(handle)?;
        match record.view().text(region::PARENT) {
            Some(parent) => self.find(&region::KIND, parent),
            None => self.parent_by_prefix(record.id()),
        }
    }

    fn parent_by_prefix(&self, code: &str) -> Option<Handle> {
        [9, 6, 4, 2]
            .into_iter()
            .filter(|length| *length < code.len())
            .find_map(|length| self.find(&region::KIND, code.get(..length)?))
    }
}

/// Chapters by book, articles by column.
fn gather_texts(kinds: &Kinds, tables: &[Vec<Record>]) -> BTreeMap<(u16, String), Vec<u32>> {
    let mut texts: BTreeMap<(u16, String), Vec<u32>> = BTreeMap::new();
    for ((at, kind), table) in kinds.all().enumerate().zip(tables) {
        let mut numbered: Vec<(u32, &Record)> =
            (0..).zip(table).filter(|(_, record)| record.prose.is_some()).collect();
        let slot = kind.dated.and_then(|key| kind.slot(key));
        numbered.sort_by_cached_key(|(_, record)| {
            let date = slot.and_then(|slot| record.values.get(slot)).map(sortable).unwrap_or_default();
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
