//! Decides every file of the finished site before any is rendered.
//!
//! In: the [`Portal`] and the theme's files. Out: a [`SitePlan`], sorted by route, with no two equal routes, not
//! even when case-folded. Each output carries a content key of everything it is made from: equal key, equal
//! bytes, so an output whose key the last build had need not be rendered again.
//!
//! Not here: reading, rendering, writing. A plan is plain data and can be printed with `gongshi plan`.

mod describe;
mod doubles;
mod feeds;
mod files;
mod lists;
mod progress;
mod sitemap;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::diagnostic::{Code, FileId, Findings};
use crate::disclose::Portal;
use crate::record::edges::Handle;
use crate::record::page;
use crate::route::Route;
use crate::search::{Index, IndexFile};
use crate::text::content_hash;

pub use describe::describe;
pub use feeds::{FeedOf, feed_facts, feed_path, feed_title, feeds, has_feed};
pub use files::{BLOCK, badge_path, data_formats, data_path, one_path, schema_path};
pub use lists::{has_lists, list_left, list_records, list_stem};
pub use progress::{PROGRESS, progress_path};
pub use sitemap::{SitemapPart, is_indexed, sitemap_pages, sitemap_path, sitemaps};

/// Rows of a list, and of a table inside a record page.
pub const ROWS: usize = 50;

/// Two outputs at one address.
pub const ROUTE_DUP: Code = Code("E-ROUTE-DUP");

/// One part of what is too long for one page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// From 1.
    pub number: u32,
    /// How many there are.
    pub of: u32,
}

/// A list of a kind: all, or those of one value of a facet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListOf {
    /// Index of the kind.
    pub kind: u16,
    /// Index of the facet and of its value in the kind's lists.
    pub facet: Option<(usize, usize)>,
}

/// The format of a data file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataFormat {
    /// CSV, UTF-8 with a byte order mark.
    Csv,
    /// A JSON array.
    Json,
    /// JSON Lines: an object a line.
    JsonLines,
}

impl DataFormat {
    /// How names of its files end.
    pub fn ending(self) -> &'static str {
        match self {
            DataFormat::Csv => "csv",
            DataFormat::Json => "json",
            DataFormat::JsonLines => "jsonl",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            DataFormat::Csv => "CSV",
            DataFormat::Json => "JSON",
            DataFormat::JsonLines => "JSON Lines",
        }
    }

    /// Its media type, by its address in the list of IANA; JSON Lines is not in the list and has the usual name.
    pub fn media_type(self) -> &'static str {
        match self {
            DataFormat::Csv => "https://www.iana.org/assignments/media-types/text/csv",
            DataFormat::Json => "https://www.iana.org/assignments/media-types/application/json",
            DataFormat::JsonLines => "https://www.iana.org/assignments/media-types/application/x-ndjson",
        }
    }
}

/// What an output is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// The first page.
    Home,
    /// The page of a record.
    Record(Handle, Part),
    /// A list of records.
    List(ListOf, Part),
    /// The articles of a column, by its place in the settings.
    Column(usize, Part),
    /// The page where a record stood, by its place among the tombstones.
    Tombstone(usize),
    /// The notice before an address outside, by its place among them.
    Leaving(usize),
    /// Corrections and withdrawals.
    Corrections,
    /// Browse indexes.
    Search,
    /// 站点地图.
    SiteMap,
    /// The page of all lists.
    Lists,
    /// The figures of a region; of the whole portal without one.
    Progress(Option<Handle>),
    /// The page of the data files.
    DataPage,
    /// The catalogue of the data files, for machines.
    Catalogue,
    /// A data file of a kind.
    Data {
        /// Index of the kind.
        kind: u16,
        /// The region whose records it holds; all without one.
        within: Option<Handle>,
        /// Its form.
        format: DataFormat,
    },
    /// The JSON Schema of a kind's records.
    Schema(u16),
    /// A data file of one record.
    One(Handle),
    /// A badge of one record, for other sites.
    Badge(Handle),
    /// A feed.
    Feed(FeedOf),
    /// The page of the feeds.
    FeedsPage,
    /// A file of the search index.
    Index(IndexFile),
    /// What names the files of the sitemap.
    SitemapIndex,
    /// A file of the sitemap for search engines.
    Sitemap(SitemapPart),
    /// What programs may read.
    Robots,
    /// A few bytes for programs that look whether the site answers.
    Health,
    /// The page for addresses that lead nowhere.
    NotFound,
    /// A static file of the theme.
    Static(String),
    /// A picture or attachment.
    Asset(FileId),
}

impl Content {
    /// Whether it tells the sizes or checksums of other outputs, so that it can only be made after them.
    pub fn tells_of_files(&self) -> bool {
        matches!(self, Content::DataPage | Content::Catalogue)
    }

    /// Whether outputs that tell of files tell of this one.
    pub fn is_told_of(&self) -> bool {
        matches!(self, Content::Data { .. })
    }
}

/// What an output has come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256, in hexadecimal digits.
    pub sha256: String,
}

/// The data files that have been made, by route.
pub type Inventory = BTreeMap<String, Measured>;

/// One file of the site.
#[derive(Clone, Debug)]
pub struct Output {
    /// Where it stands.
    pub route: Route,
    /// What it is.
    pub content: Content,
    /// Its key in halves, which take less room here; zero for none.
    key: [u64; 2],
}

impl Output {
    /// An output with a content key of everything it is made from.
    fn of(route: Route, content: Content, key: Option<u128>) -> Output {
        let key = key.unwrap_or(0);
        Output { route, content, key: [(key >> 64) as u64, key as u64] }
    }

    /// A content key of everything it is made from; `None` is made anew each time.
    pub fn key(&self) -> Option<u128> {
        let [high, low] = self.key.map(u128::from);
        Some(high << 64 | low).filter(|key| *key != 0)
    }
}

/// Every file of the site, by route.
#[derive(Debug, Default)]
pub struct SitePlan {
    /// Sorted by route.
    pub outputs: Vec<Output>,
    /// By kind, a content key of all that the lines of each [`BLOCK`] of its records in data files are made from.
    pub blocks: BTreeMap<u16, Vec<u128>>,
}

/// The theme's part in a plan.
#[derive(Clone, Copy, Debug)]
pub struct ThemeFiles<'t> {
    /// Names of the static files with their content keys.
    pub statics: &'t [(String, u128)],
    /// Their addresses by name.
    pub addresses: &'t BTreeMap<String, String>,
    /// A content key of templates, words and the program itself.
    pub key: u128,
}

/// Decides every output; reports addresses that two outputs claim.
pub fn plan_portal(
    portal: &Portal,
    index: &Index,
    theme: ThemeFiles<'_>,
    findings: &mut Findings,
) -> SitePlan {
    let mut draft = Draft { portal, theme, frame: frame_key(portal), outputs: Vec::new() };
    draft.single_pages();
    draft.records();
    draft.lists();
    draft.columns();
    draft.tombstones();
    draft.notices();
    draft.progress();
    draft.files();
    draft.index(index);
    draft.feeds();
    draft.sitemap();
    let blocks = draft.blocks();
    let mut outputs = draft.outputs;
    outputs.shrink_to_fit();
    outputs.sort_by(|a, b| a.route.cmp(&b.route));
    doubles::report(portal, &outputs, findings);
    SitePlan { outputs, blocks }
}

/// How many parts a number of rows makes.
pub fn parts(rows: usize) -> u32 {
    rows.div_ceil(ROWS).max(1) as u32
}

/// The route of a part: `x.html`, `x-2.html`, `x-3.html`.
pub fn part_path(stem: &str, number: u32) -> String {
    if number <= 1 { format!("{stem}.html") } else { format!("{stem}-{number}.html") }
}

/// The rows of the longest table on a record's page.
fn table_rows(portal: &Portal, handle: Handle) -> usize {
    let edges = portal.incoming(handle);
    edges.chunk_by(|a, b| a.end.kind == b.end.kind).map(<[_]>::len).max().unwrap_or(0)
}

struct Draft<'p> {
    portal: &'p Portal,
    theme: ThemeFiles<'p>,
    /// A content key of what header and footer show besides the settings.
    frame: u128,
    outputs: Vec<Output>,
}

impl Draft<'_> {
    fn add(&mut self, path: &str, content: Content, key: Option<u128>) {
        if let Ok(route) = Route::parse(path) {
            self.add_at(route, content, key);
        }
    }

    fn add_at(&mut self, route: Route, content: Content, key: Option<u128>) {
        let frame = if route.as_str().ends_with(".html") { self.frame } else { 0 };
        let key = key.map(|key| mix(&[key, self.theme.key, frame]));
        self.outputs.push(Output::of(route, content, key));
    }

    fn single_pages(&mut self) {
        for (path, content) in [
            ("index.html", Content::Home),
            ("search.html", Content::Search),
            ("sitemap.html", Content::SiteMap),
            ("lists.html", Content::Lists),
            ("corrections.html", Content::Corrections),
            ("404.html", Content::NotFound),
            ("data/index.html", Content::DataPage),
            ("data/catalog.jsonld", Content::Catalogue),
        ] {
            self.add(path, content, None);
        }
    }

    fn records(&mut self) {
        let portal = self.portal;
        for at in 0..portal.kinds.count() as u16 {
            // The keys take in what each record names and what names it: most of the work of a plan.
            let handles: Vec<Handle> =
                portal.handles(at).filter(|handle| portal.route(*handle).is_some()).collect();
            let keys: Vec<u128> = handles
                .par_iter()
                .map(|handle| mix(&[portal.page_key(*handle), portal.surroundings_key(*handle)]))
                .collect();
            for (handle, key) in handles.into_iter().zip(keys) {
                let Some(page) = portal.route(handle) else { continue };
                let Some(stem) = page.as_str().strip_suffix(".html") else { continue };
                let of = parts(table_rows(portal, handle));
                for number in 1..=of {
                    let key = Some(mix(&[key, u128::from(number), u128::from(of)]));
                    let content = Content::Record(handle, Part { number, of });
                    match number {
                        // The first part is the page itself, whose address is in memory already.
                        1 => self.add_at(page.clone(), content, key),
                        _ => self.add(&part_path(stem, number), content, key),
                    }
                }
            }
        }
    }

    fn tombstones(&mut self) {
        let portal = self.portal;
        for (at, tombstone) in portal.departures.tombstones.iter().enumerate() {
            let key = mix(&[portal.site_key(), content_hash(format!("{tombstone:?}").as_bytes())]);
            self.add(tombstone.route.as_str(), Content::Tombstone(at), Some(key));
        }
    }

    fn notices(&mut self) {
        let portal = self.portal;
        for (at, (address, path)) in portal.leaving.pages().iter().enumerate() {
            let key = mix(&[portal.site_key(), content_hash(address.as_bytes())]);
            self.add(path, Content::Leaving(at), Some(key));
        }
    }
}

/// A content key of the kinds in the menu and of the standing pages.
fn frame_key(portal: &Portal) -> u128 {
    let kinds = (0u16..).zip(portal.kinds.all());
    let listed: Vec<&str> = kinds
        .filter(|(at, kind)| has_lists(kind) && portal.count(*at) > 0)
        .map(|(_, kind)| kind.plural)
        .collect();
    let pages = portal.texts_in(portal.kind(&page::KIND), "");
    let pages: Vec<_> = pages
        .map(|handle| (portal.route(handle), portal.record(handle).map(|record| record.title().to_string())))
        .collect();
    content_hash(format!("{listed:?}{pages:?}").as_bytes())
}

fn mix(keys: &[u128]) -> u128 {
    let bytes: Vec<u8> = keys.iter().flat_map(|key| key.to_le_bytes()).collect();
    content_hash(&bytes)
}
