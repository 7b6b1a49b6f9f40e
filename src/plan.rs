//! Decides every file of the finished site before any is rendered.
//!
//! In: the [`Portal`] and the theme's files. Out: a [`SitePlan`], sorted by route, with no two equal routes, not
//! even when case-folded. Each output carries a content key of everything it is made from: equal key, equal
//! bytes, so an output whose key the last build had need not be rendered again.
//!
//! Not here: reading, rendering, writing. A plan is plain data and can be printed with `gongshi plan`.

mod describe;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::diagnostic::{Code, FileId, Findings, Message, Place};
use crate::disclose::Portal;
use crate::record::address::folder;
use crate::record::edges::Handle;
use crate::record::field::{Face, Kind};
use crate::record::{article, page};
use crate::route::Route;
use crate::text::content_hash;

pub use describe::describe;

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
    /// Corrections and withdrawals.
    Corrections,
    /// Browse indexes.
    Search,
    /// 站点地图.
    SiteMap,
    /// The page of the data files.
    DataPage,
    /// A data file of a kind.
    Data(u16, DataFormat),
    /// The feed of the site.
    Feed,
    /// The page for addresses that lead nowhere.
    NotFound,
    /// A static file of the theme.
    Static(String),
    /// A picture or attachment.
    Asset(FileId),
}

/// One file of the site.
#[derive(Clone, Debug)]
pub struct Output {
    /// Where it stands.
    pub route: Route,
    /// What it is.
    pub content: Content,
    /// A content key of everything it is made from; `None` is made anew each time.
    pub key: Option<u128>,
}

/// Every file of the site, by route.
#[derive(Debug, Default)]
pub struct SitePlan {
    /// Sorted by route.
    pub outputs: Vec<Output>,
}

/// The theme's part in a plan.
#[derive(Clone, Copy, Debug)]
pub struct ThemeFiles<'t> {
    /// Names of the static files with their content keys.
    pub statics: &'t [(String, u128)],
    /// A content key of templates, words and the program itself.
    pub key: u128,
}

/// Decides every output; reports addresses that two outputs claim.
pub fn plan_portal(portal: &Portal, theme: ThemeFiles<'_>, findings: &mut Findings) -> SitePlan {
    let mut draft = Draft { portal, theme, frame: frame_key(portal), outputs: Vec::new() };
    draft.single_pages();
    draft.records();
    draft.lists();
    draft.columns();
    draft.tombstones();
    draft.files();
    let mut outputs = draft.outputs;
    outputs.sort_by(|a, b| a.route.cmp(&b.route));
    report_doubles(portal, &outputs, findings);
    SitePlan { outputs }
}

/// How many parts a number of rows makes.
pub fn parts(rows: usize) -> u32 {
    rows.div_ceil(ROWS).max(1) as u32
}

/// The route of a part: `x.html`, `x-2.html`, `x-3.html`.
pub fn part_path(stem: &str, number: u32) -> String {
    if number <= 1 { format!("{stem}.html") } else { format!("{stem}-{number}.html") }
}

/// The path without ending of a list.
pub fn list_stem(portal: &Portal, list: ListOf) -> Option<String> {
    let kind = portal.kinds.at(usize::from(list.kind))?;
    let folder = folder(kind)?;
    match list.facet {
        None => Some(format!("{folder}/index")),
        Some((facet, value)) => {
            let (key, values) = portal.lists(list.kind)?.facets.get(facet)?;
            let key = key.strip_prefix("coverage_").unwrap_or(key);
            Some(format!("{folder}/{key}/{}", values.get(value)?.value))
        }
    }
}

/// The records of a list.
pub fn list_records(portal: &Portal, list: ListOf) -> &[u32] {
    let Some(lists) = portal.lists(list.kind) else { return &[] };
    match list.facet {
        None => &lists.all,
        Some((facet, value)) => lists
            .facets
            .get(facet)
            .and_then(|(_, values)| values.get(value))
            .map_or(&[], |value| &value.records),
    }
}

/// Whether a kind has lists.
pub fn has_lists(kind: &Kind) -> bool {
    matches!(kind.face, Face::Pages { lists: Some(_), .. })
}

/// The rows of the longest table on a record's page.
fn table_rows(portal: &Portal, handle: Handle) -> usize {
    let edges = portal.incoming(handle);
    edges.chunk_by(|a, b| a.end.kind == b.end.kind).map(<[_]>::len).max().unwrap_or(0)
}

/// A facet's value in the menu of a list: value, label, count.
type Shown<'p> = (&'p str, &'p str, usize);

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
            let frame = if path.ends_with(".html") { self.frame } else { 0 };
            let key = key.map(|key| mix(&[key, self.theme.key, frame]));
            self.outputs.push(Output { route, content, key });
        }
    }

    fn single_pages(&mut self) {
        for (path, content) in [
            ("index.html", Content::Home),
            ("search.html", Content::Search),
            ("sitemap.html", Content::SiteMap),
            ("corrections.html", Content::Corrections),
            ("404.html", Content::NotFound),
            ("data/index.html", Content::DataPage),
            ("feeds/site.xml", Content::Feed),
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
                let Some(stem) = portal.path(handle).and_then(|path| path.strip_suffix(".html")) else {
                    continue;
                };
                let of = parts(table_rows(portal, handle));
                for number in 1..=of {
                    let key = mix(&[key, u128::from(number), u128::from(of)]);
                    self.add(
                        &part_path(stem, number),
                        Content::Record(handle, Part { number, of }),
                        Some(key),
                    );
                }
            }
        }
    }

    fn lists(&mut self) {
        for at in 0..self.portal.kinds.count() as u16 {
            let Some(kind) = self.portal.kinds.at(usize::from(at)).filter(|kind| has_lists(kind)) else {
                continue;
            };
            let Some(lists) = self.portal.lists(at) else { continue };
            let menu: Vec<(&str, Vec<Shown<'_>>)> = lists
                .facets
                .iter()
                .map(|(key, values)| {
                    (
                        *key,
                        values
                            .iter()
                            .map(|value| (value.value.as_str(), value.label.as_str(), value.records.len()))
                            .collect(),
                    )
                })
                .collect();
            let menu_key = content_hash(format!("{}{menu:?}{}", kind.plural, lists.all.len()).as_bytes());
            let has_places = lists.facets.iter().any(|(key, _)| *key == "region");
            let menu_key = mix(&[menu_key, if has_places { self.portal.places_key() } else { 0 }]);
            self.list(ListOf { kind: at, facet: None }, menu_key);
            for (facet, (_, values)) in menu.iter().enumerate() {
                for value in 0..values.len() {
                    self.list(ListOf { kind: at, facet: Some((facet, value)) }, menu_key);
                }
            }
        }
    }

    fn list(&mut self, list: ListOf, menu_key: u128) {
        let Some(stem) = list_stem(self.portal, list) else { return };
        let portal = self.portal;
        let records = list_records(portal, list);
        let of = parts(records.len());
        for number in 1..=of {
            let from = (number as usize - 1) * ROWS;
            let rows = records.get(from..records.len().min(from + ROWS)).unwrap_or(&[]);
            let mut keys = vec![menu_key, u128::from(number), records.len() as u128, portal.site_key()];
            keys.extend(rows.iter().map(|no| portal.row_key(Handle { kind: list.kind, no: *no })));
            self.add(&part_path(&stem, number), Content::List(list, Part { number, of }), Some(mix(&keys)));
        }
    }

    fn columns(&mut self) {
        let kind = self.portal.kind(&article::KIND);
        let portal = self.portal;
        for (at, column) in portal.settings.columns.iter().enumerate() {
            let items: Vec<Handle> = portal.texts_in(kind, &column.id).collect();
            let of = parts(items.len());
            for number in 1..=of {
                let mut keys = vec![portal.site_key(), items.len() as u128, u128::from(number)];
                keys.extend(
                    items
                        .iter()
                        .skip((number as usize - 1) * ROWS)
                        .take(ROWS)
                        .map(|item| portal.row_key(*item)),
                );
                let stem = format!("articles/{}/index", column.id);
                self.add(
                    &part_path(&stem, number),
                    Content::Column(at, Part { number, of }),
                    Some(mix(&keys)),
                );
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

    fn files(&mut self) {
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

fn report_doubles(portal: &Portal, outputs: &[Output], findings: &mut Findings) {
    let mut seen: BTreeMap<String, &Output> = BTreeMap::new();
    for output in outputs {
        if let Some(earlier) = seen.insert(output.route.folded(), output) {
            let [one, other] = [earlier, output]
                .map(|output| format!("{} ({})", output.route, describe(portal, &output.content)));
            let message = Message::new(
                format!("两个页面争用同一网址：{one} 与 {other}"),
                format!("two outputs claim one address: {one} and {other}"),
            );
            let hint =
                Message::new("改动其中一个的编号或文件名", "change the id or the file name of one of them");
            findings.add(ROUTE_DUP, Place::Portal, message).hint(hint);
        }
    }
}
