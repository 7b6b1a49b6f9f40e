//! The portal as the public may see it: records, links, lists and counts, each join an index made once.
//!
//! In: what the gate let through. Out: read-only look-ups for `plan` and `render`. There is no way to scan
//! all records from a page, and no way to reach a value that the gate took away.

use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;

use super::clock::Clock;
use super::departures::Departures;
use super::expiry;
use super::figures::{Answers, Figures, count_figures};
use super::keys::hash_of;
use super::learning::Quizzes;
use super::leaving::Leaving;
use super::lists::{Lists, RegionCounts, gather_texts};
use super::news::News;
use super::places::Places;
use super::public::PublicRecord;
use super::reduce::is_stub;
use super::standing::{Standing, publications, settle};
use super::standings::Standings;
use super::targets::Targets;
use crate::calendar::Date;
use crate::calendar::period::Period;
use crate::locale::Locale;
use crate::needles::Needles;
use crate::record::Kinds;
use crate::record::address::page_route;
use crate::record::asset::Asset;
use crate::record::edges::{Edge, Edges, Handle, place};
use crate::record::field::{Face, Home, Kind};
use crate::record::settings::Settings;
use crate::record::value::Record;
use crate::record::{book, cadre, chapter, enterprise, region};
use crate::route::Route;

/// Everything the public may see.
#[derive(Debug)]
pub struct Portal {
    /// The kinds there are.
    pub kinds: Kinds,
    /// By kind, whether the portal has lists and data of it: those of the menu, and those with a record in the sources,
    /// shown or not, so that no address of a list dies with its last record.
    pub(super) used: Vec<bool>,
    /// Settings of the portal.
    pub settings: Settings,
    /// How the site speaks.
    pub locale: Locale,
    /// What has left.
    pub departures: Departures,
    /// Files below `assets/` with their routes.
    pub assets: Vec<Asset>,
    /// What a relative link in a text may lead to.
    pub targets: Targets,
    /// The texts that must stand nowhere, and the addresses and ids of what has left.
    pub needles: Needles,
    /// The as-of date, for the manifest alone.
    pub as_of: Date,
    /// The month of the as-of date, with which the last twelve of an enterprise end.
    pub month: Period,
    /// The next day on which the output would change by itself.
    pub next_change: Option<Date>,
    paths: Vec<String>,
    pub(super) tables: Vec<Vec<Record>>,
    edges: Edges,
    pub(super) standings: Standings,
    pub(super) left: Vec<bool>,
    pub(super) published: Vec<Vec<Option<Date>>>,
    /// Titles that are put together, by kind and record; empty for kinds that a field names.
    pub(super) titles: Vec<Vec<Box<str>>>,
    /// Terms that are over, by record.
    pub(super) over: HashMap<Handle, Vec<&'static str>>,
    /// Tasks whose phase has not begun.
    pub(super) coming: HashSet<Handle>,
    texts: BTreeMap<(u16, String), Vec<u32>>,
    /// Pages by kind and record; empty for kinds without pages.
    routes: Vec<Vec<Option<Route>>>,
    pub(super) parents: Vec<Option<Handle>>,
    region_counts: BTreeMap<String, RegionCounts>,
    below: BTreeMap<Handle, Vec<Handle>>,
    pub(super) lists: Vec<Lists>,
    pub(super) places: Places,
    /// The last correction of each record that is still there.
    pub(super) corrected: HashMap<Handle, Vec<usize>>,
    /// What was published last.
    pub news: News,
    pub(super) figures: Figures,
    /// What texts ask for.
    pub answers: Answers,
    /// Before which addresses a notice stands.
    pub leaving: Leaving,
    pub(super) quizzes: Quizzes,
    pub(super) keys: Vec<Vec<u128>>,
    pub(super) data_keys: Vec<Vec<u128>>,
    pub(super) site_key: u128,
    pub(super) targets_key: u128,
}

impl Portal {
    #[allow(clippy::too_many_arguments)]
    pub(super) fn assemble(
        kinds: Kinds,
        used: Vec<bool>,
        settings: Settings,
        tables: Vec<Vec<Record>>,
        stubs: Vec<Vec<bool>>,
        edges: Edges,
        assets: Vec<Asset>,
        paths: Vec<String>,
        targets: Targets,
        departures: Departures,
        needles: Needles,
        locale: Locale,
        clock: Clock,
        as_of: Date,
    ) -> Portal {
        let terms = || (expiry::over(&kinds, &tables, &clock), expiry::coming(&kinds, &tables, &clock));
        let ((standings, left), (published, (over, coming))) = rayon::join(
            || settle(&kinds, &settings, &tables, &edges, &clock),
            || rayon::join(|| publications(&kinds, &tables, &clock), terms),
        );
        let mut portal = Portal {
            texts: gather_texts(&kinds, &tables),
            titles: Vec::new(),
            lists: Vec::new(),
            places: Places::default(),
            corrected: HashMap::new(),
            news: News::default(),
            figures: Figures::default(),
            answers: Answers::default(),
            leaving: Leaving::default(),
            quizzes: Quizzes::default(),
            keys: Vec::new(),
            data_keys: Vec::new(),
            routes: Vec::new(),
            parents: Vec::new(),
            region_counts: BTreeMap::new(),
            below: BTreeMap::new(),
            site_key: hash_of(&format!("{settings:?}{:?}", kinds.declared())),
            targets_key: hash_of(&format!("{targets}{assets:?}")),
            month: clock.month(),
            next_change: None,
            kinds,
            used,
            settings,
            locale,
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
            published,
            over,
            coming,
        };
        portal.parents =
            portal.handles(portal.kind(&region::KIND)).map(|handle| portal.find_parent(handle)).collect();
        (portal.routes, portal.titles) = rayon::join(|| portal.make_routes(), || portal.make_titles());
        portal.corrected = portal.gather_corrections();
        (portal.places, portal.lists) = rayon::join(|| portal.make_places(), || portal.make_lists(&stubs));
        portal.figures = count_figures(&portal, &clock);
        portal.add_figure_records();
        portal.data_keys = portal.value_keys();
        portal.answers = portal.answer_texts();
        let gather = || (portal.gather_leaving(), portal.gather_quizzes(), portal.make_news());
        let count = || (portal.count_regions(), portal.regions_by_parent());
        let (keys, (leaving, counts)) = rayon::join(|| portal.record_keys(), || rayon::join(gather, count));
        portal.keys = keys;
        (portal.leaving, portal.quizzes, portal.news) = leaving;
        (portal.region_counts, portal.below) = counts;
        portal.next_change = clock.next_change();
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
        let titles = self.titles.get(usize::from(handle.kind));
        let title = titles.and_then(|titles| titles.get(handle.no as usize)).map(|title| &**title);
        Some(PublicRecord { kind, record, locale: &self.locale, title })
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

    /// Whether lists and data files of a kind are made.
    pub fn is_used(&self, kind: u16) -> bool {
        self.used.get(usize::from(kind)).copied().unwrap_or(false)
    }

    /// The kinds whose records are published as data, with their indexes.
    pub fn data_kinds(&self) -> impl Iterator<Item = (u16, &'static Kind)> + '_ {
        let kinds = (0u16..).zip(self.kinds.all());
        kinds.filter(|(at, kind)| kind.published_as_data && self.is_used(*at))
    }

    /// How many records of a kind there are.
    pub fn count(&self, kind: u16) -> usize {
        self.tables.get(usize::from(kind)).map_or(0, Vec::len)
    }

    /// The keys of this record's terms that are over.
    pub fn over(&self, handle: Handle) -> &[&'static str] {
        self.over.get(&handle).map_or(&[], Vec::as_slice)
    }

    /// Whether the phase of a task has begun; true of all else.
    pub fn has_begun(&self, handle: Handle) -> bool {
        !self.coming.contains(&handle)
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
    pub fn standing(&self, handle: Handle) -> Option<Standing> {
        (handle.kind == self.kind(&enterprise::KIND))
            .then(|| self.standings.get(handle.no as usize))
            .flatten()
    }

    /// Whether a cadre has left.
    pub fn has_left(&self, handle: Handle) -> bool {
        handle.kind == self.kind(&cadre::KIND) && self.left.get(handle.no as usize).copied().unwrap_or(false)
    }

    /// Whether a record is what is left of one that has closed.
    pub fn is_stub(&self, handle: Handle) -> bool {
        let table = self.tables.get(usize::from(handle.kind));
        let record = table.and_then(|table| table.get(handle.no as usize));
        let kind = self.kinds.at(usize::from(handle.kind));
        kind.zip(record).is_some_and(|(kind, record)| is_stub(kind, record))
    }

    /// The day on which a record was published, as far as it tells of one.
    pub fn published(&self, handle: Handle) -> Option<Date> {
        self.published.get(usize::from(handle.kind))?.get(handle.no as usize).copied()?
    }

    /// The texts of a kind in a folder and below it, in order: chapters by number, articles newest first.
    pub fn texts_in(&self, kind: u16, folder: &str) -> impl Iterator<Item = Handle> + use<> {
        let found = self.texts.get(&(kind, folder.to_string())).cloned().unwrap_or_default();
        found.into_iter().map(move |no| Handle { kind, no })
    }

    /// The texts of a folder that are read one after another: all but letters.
    pub fn read_in(&self, kind: u16, folder: &str) -> impl Iterator<Item = Handle> + '_ {
        self.texts_in(kind, folder).filter(|text| !self.is_letter(*text))
    }

    /// Whether a text is the letter of a book.
    pub fn is_letter(&self, text: Handle) -> bool {
        let record = self.record(text).filter(|record| std::ptr::eq(record.kind(), &chapter::KIND));
        let part = record.and_then(|record| record.view().choice(chapter::PART));
        part.is_some_and(|part| part.key == "letter")
    }

    /// How large a picture of the portal is shown, by its route.
    pub fn picture_size(&self, route: &str) -> Option<[u32; 2]> {
        self.assets.iter().find(|asset| asset.route.as_str() == route)?.size
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
        let mut next = self.region_by_code(code);
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

    /// The region of a code; of one that no region has, the region above it.
    pub fn region_by_code(&self, code: &str) -> Option<Handle> {
        self.find(&region::KIND, code).or_else(|| self.parent_by_prefix(code))
    }

    /// The region above a region.
    pub fn parent_region(&self, handle: Handle) -> Option<Handle> {
        self.parents.get(handle.no as usize).copied().flatten()
    }

    fn make_routes(&self) -> Vec<Vec<Option<Route>>> {
        let of = |kind: &Kind, record: &Record| page_route(&self.kinds, kind, record).and_then(Result::ok);
        self.kinds
            .all()
            .zip(&self.tables)
            .map(|(kind, table)| {
                if kind.face == Face::Inline && matches!(kind.home, Home::Ledger | Home::Computed) {
                    return Vec::new();
                }
                table.par_iter().map(|record| of(kind, record)).collect()
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
