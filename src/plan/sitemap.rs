//! The sitemap for search engines: which pages it names, with the day of the newest fact on each, and how it is cut.
//!
//! In: the [`Portal`]. Out: the outputs `sitemap.xml`, `sitemaps/….xml` and `robots.txt`. The pages of a section are found
//! anew by whoever writes them, so that the addresses of a province never lie in memory twice.
//! A page that search engines shall pass over is in no section.
//!
//! Source of the limits: sitemaps.org, 50,000 addresses and 50 MB a file. Not here: XML (`render`).

use std::collections::BTreeMap;

use super::{
    Content, Draft, ListOf, ROWS, has_lists, list_records, list_stem, mix, part_path, parts, progress_path,
    table_rows,
};
use crate::calendar::Date;
use crate::disclose::Portal;
use crate::record::article;
use crate::record::edges::Handle;
use crate::route::MAX_ROUTE_BYTES;
use crate::text::content_hash;

/// Most addresses a file.
const MOST_PAGES: usize = 50_000;
/// Most bytes a file, with some room.
const MOST_BYTES: usize = 49_000_000;
/// Bytes of an entry besides its address.
const MARKUP: usize = 80;

/// The pages of which one sitemap, or several in a row, tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// Those that stand once in a site, and columns.
    Site,
    /// Records and lists of a kind.
    Kind(u16),
}

/// One file of a sitemap: the `number`th of its section, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SitemapPart {
    /// Whose pages.
    pub section: Section,
    /// Which of its files.
    pub number: usize,
}

/// A page in a sitemap: its route and the day of the newest fact on it, if it tells of one.
pub type Mapped = (String, Option<Date>);

/// The address of a file of a sitemap.
pub fn sitemap_path(portal: &Portal, part: SitemapPart) -> String {
    let name = match part.section {
        Section::Site => "site",
        Section::Kind(at) => portal.kinds.at(usize::from(at)).map_or("", |kind| kind.plural),
    };
    match part.number {
        0 | 1 => format!("sitemaps/{name}.xml"),
        number => format!("sitemaps/{name}-{number}.xml"),
    }
}

/// The section in which a page is named, if search engines may show it.
fn section_of(portal: &Portal, content: &Content) -> Option<Section> {
    match content {
        Content::Record(handle, _) if is_indexed(portal, *handle) => Some(Section::Kind(handle.kind)),
        Content::List(list, _) if list.facet.is_none() => Some(Section::Kind(list.kind)),
        Content::Column(..) | Content::Home => Some(Section::Site),
        _ => None,
    }
}

/// The pages of one file of a sitemap.
pub fn sitemap_pages(portal: &Portal, part: SitemapPart) -> impl Iterator<Item = Mapped> + '_ {
    let most = most_pages(portal);
    section_pages(portal, part.section).skip((part.number.max(1) - 1) * most).take(most)
}

/// Every file of the sitemap with the newest day in it.
pub fn sitemaps(portal: &Portal) -> Vec<(SitemapPart, Option<Date>)> {
    let mut found = Vec::new();
    let kinds = (0..portal.kinds.count() as u16).map(Section::Kind);
    for section in std::iter::once(Section::Site).chain(kinds) {
        let mut pages = section_pages(portal, section).peekable();
        for number in 1.. {
            if pages.peek().is_none() {
                break;
            }
            let newest = pages.by_ref().take(most_pages(portal)).filter_map(|(_, day)| day).max();
            found.push((SitemapPart { section, number }, newest));
        }
    }
    found
}

/// Whether search engines may show the page of a record: not that of one which has closed and only answers its old address.
pub fn is_indexed(portal: &Portal, handle: Handle) -> bool {
    portal.record(handle).is_some() && !portal.is_stub(handle)
}

fn most_pages(portal: &Portal) -> usize {
    MOST_PAGES.min(MOST_BYTES / (portal.settings.base_url.len() + MAX_ROUTE_BYTES + MARKUP))
}

fn section_pages(portal: &Portal, section: Section) -> Box<dyn Iterator<Item = Mapped> + '_> {
    match section {
        Section::Site => Box::new(single_pages(portal).chain(column_pages(portal))),
        Section::Kind(at) => Box::new(record_pages(portal, at).chain(list_pages(portal, at))),
    }
}

fn single_pages(portal: &Portal) -> impl Iterator<Item = Mapped> + '_ {
    let news = || portal.news.site.first().and_then(|fact| Date::parse(fact.updated.get(..10)?));
    let departures = &portal.departures;
    let told = departures.withdrawals.iter().chain(&departures.corrections).map(|row| row.on).max();
    let data =
        || (0..portal.kinds.count() as u16).filter_map(|at| portal.days_of(at)).map(|(_, last)| last).max();
    [
        ("index.html", news()),
        ("corrections.html", told),
        ("data/index.html", data()),
        ("feeds/index.html", None),
        ("lists.html", news()),
        ("sitemap.html", None),
    ]
    .into_iter()
    .map(|(path, day)| (path.to_string(), day))
    .chain(progress_pages(portal))
}

/// The pages of figures, each with the day of the newest fact on it.
fn progress_pages(portal: &Portal) -> impl Iterator<Item = Mapped> + '_ {
    let regions = std::iter::once(None).chain(portal.figure_regions().into_iter().map(Some));
    regions.filter_map(|region| Some((progress_path(portal, region)?, portal.figures_day(region))))
}

fn column_pages(portal: &Portal) -> impl Iterator<Item = Mapped> + '_ {
    let kind = portal.kind(&article::KIND);
    portal.settings.columns.iter().flat_map(move |column| {
        let items: Vec<Handle> = portal.texts_in(kind, &column.id).collect();
        let stem = format!("articles/{}/index", column.id);
        paged(stem, items.len(), move |rows| {
            items.get(rows).into_iter().flatten().filter_map(|item| portal.changed(*item)).max()
        })
    })
}

fn record_pages(portal: &Portal, at: u16) -> impl Iterator<Item = Mapped> + '_ {
    let shown = portal.handles(at).filter(|handle| is_indexed(portal, *handle));
    shown.flat_map(move |handle| {
        let stem = portal.path(handle).and_then(|path| path.strip_suffix(".html"));
        let of = stem.map_or(0, |_| parts(table_rows(portal, handle)));
        let newest = stem.and_then(|_| newest_on(portal, handle));
        (1..=of).map(move |number| (part_path(stem.unwrap_or(""), number), newest))
    })
}

/// The newest day of a record and of those that name it, which its page shows.
fn newest_on(portal: &Portal, handle: Handle) -> Option<Date> {
    let named_by = portal.incoming(handle).iter().map(|edge| edge.end);
    std::iter::once(handle).chain(named_by).filter_map(|shown| portal.changed(shown)).max()
}

/// The list of all records of a kind; those by a facet hold the same rows once more, and search engines pass over them.
fn list_pages(portal: &Portal, at: u16) -> impl Iterator<Item = Mapped> + '_ {
    let list = ListOf { kind: at, facet: None };
    let kind = portal.kinds.at(usize::from(at)).filter(|kind| has_lists(kind) && portal.is_used(at));
    let stem = kind.and_then(|_| list_stem(portal, list)).into_iter();
    stem.flat_map(move |stem| {
        let records = list_records(portal, list);
        paged(stem, records.len(), move |rows| {
            let rows = records.get(rows).into_iter().flatten();
            rows.filter_map(|no| portal.changed(Handle { kind: at, no: *no })).max()
        })
    })
}

/// The pages of so many rows, each with what `newest` says of its rows.
fn paged(
    stem: String,
    rows: usize,
    newest: impl Fn(std::ops::Range<usize>) -> Option<Date>,
) -> impl Iterator<Item = Mapped> {
    (1..=parts(rows)).map(move |number| {
        let from = (number as usize - 1) * ROWS;
        (part_path(&stem, number), newest(from..rows.min(from + ROWS)))
    })
}

impl Draft<'_> {
    pub(super) fn sitemap(&mut self) {
        let portal = self.portal;
        // A page's key takes in every day that the page tells of, and so that of its newest fact.
        let mut sections: BTreeMap<Section, Vec<u128>> = BTreeMap::new();
        for output in &self.outputs {
            if let Some(section) = section_of(portal, &output.content) {
                sections.entry(section).or_default().push(output.key().unwrap_or_default());
            }
        }
        if let Some(keys) = sections.get_mut(&Section::Site) {
            let pages: Vec<Mapped> = section_pages(portal, Section::Site).collect();
            keys.push(content_hash(format!("{pages:?}").as_bytes()));
        }
        for (section, keys) in sections {
            for number in 1..=keys.len().div_ceil(most_pages(portal)) {
                let part = SitemapPart { section, number };
                self.add(&sitemap_path(portal, part), Content::Sitemap(part), Some(mix(&keys)));
            }
        }
        self.add("sitemap.xml", Content::SitemapIndex, None);
        // An office's own file takes the place of the usual one.
        let own = portal.assets.iter().find(|asset| asset.route.as_str() == "assets/robots.txt");
        let key = own.is_none().then(|| portal.site_key());
        self.add("healthz.txt", Content::Health, Some(0));
        self.add("robots.txt", own.map_or(Content::Robots, |asset| Content::Asset(asset.file)), key);
    }
}
