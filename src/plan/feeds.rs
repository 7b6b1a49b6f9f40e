//! The Atom feeds of a site: of everything, of each column, of each kind that asks for one, of each region down to county.
//!
//! In: the settings, kinds and regions of the [`Portal`]. Out: their outputs with keys, and what each is called. Whoever
//! follows a feed needs its address for years, so a feed is there also while it has nothing to tell.
//!
//! Not here: which facts a feed tells (`disclose`), and its words (`render`).

use super::{Content, Draft, mix};
use crate::disclose::{Fact, Portal};
use crate::record::edges::Handle;
use crate::record::field::{Choice, Face, Kind, Type};
use crate::text::content_hash;

/// What a feed tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedOf {
    /// The whole site.
    Site,
    /// A column of articles, by its place in the settings.
    Column(usize),
    /// The records of a kind that have a page.
    Kind(u16),
    /// What lies in a region.
    Region(Handle),
}

/// Every feed of the site, in the order in which they are listed.
pub fn feeds(portal: &Portal) -> impl Iterator<Item = FeedOf> + '_ {
    let kinds = (0u16..).zip(portal.kinds.all()).filter(|(at, kind)| has_feed(kind) && portal.is_used(*at));
    std::iter::once(FeedOf::Site)
        .chain((0..portal.settings.columns.len()).map(FeedOf::Column))
        .chain(kinds.map(|(at, _)| FeedOf::Kind(at)))
        .chain(portal.news_regions().map(FeedOf::Region))
}

/// Whether a kind has a feed: it asks for one, and its records have a day and a page.
pub fn has_feed(kind: &Kind) -> bool {
    kind.feed && kind.dated.is_some() && kind.face != Face::Inline
}

/// The address of a feed.
pub fn feed_path(portal: &Portal, of: FeedOf) -> String {
    match of {
        FeedOf::Site => "feeds/site.xml".to_string(),
        FeedOf::Column(at) => format!("feeds/columns/{}.xml", column(portal, at).0),
        FeedOf::Kind(at) => {
            format!("feeds/{}.xml", portal.kinds.at(usize::from(at)).map_or("", |kind| kind.plural))
        }
        FeedOf::Region(handle) => {
            format!("feeds/regions/{}.xml", portal.record(handle).map_or("", |region| region.id()))
        }
    }
}

/// What a feed is called: of a kind of which only some records have a page, the words for these stand in front.
pub fn feed_title(portal: &Portal, of: FeedOf) -> String {
    match of {
        FeedOf::Site => portal.settings.name.clone(),
        FeedOf::Column(at) => column(portal, at).1.to_string(),
        FeedOf::Kind(at) => {
            portal.kinds.at(usize::from(at)).map_or_else(String::new, |kind| kind_title(portal, kind))
        }
        FeedOf::Region(handle) => portal.record(handle).map_or("", |region| region.title()).to_string(),
    }
}

/// The facts of a feed, newest first.
pub fn feed_facts(portal: &Portal, of: FeedOf) -> &[Fact] {
    match of {
        FeedOf::Site => &portal.news.site,
        FeedOf::Column(at) => portal.news.of_column(column(portal, at).0),
        FeedOf::Kind(at) => portal.news.of_kind(at),
        FeedOf::Region(handle) => portal.news.of_region(handle),
    }
}

fn column(portal: &Portal, at: usize) -> (&str, &str) {
    portal.settings.columns.get(at).map_or(("", ""), |column| (&column.id, &column.name))
}

/// The name of a kind, with the word for those of its records that have a page, when not all have one.
fn kind_title(portal: &Portal, kind: &Kind) -> String {
    let (locale, name) = (&portal.locale, kind.label_in(&portal.locale));
    match some_of(kind) {
        Some(some) => locale.fill("list_of", &[("value", some.label_in(locale)), ("kind", name)]),
        None => name.to_string(),
    }
}

/// Which of its records have a page, when not all have one.
fn some_of(kind: &Kind) -> Option<&'static Choice> {
    let Face::PagesUnderParent { only_if, is, .. } = kind.face else { return None };
    let field = kind.fields.get(kind.slot(only_if)?)?;
    let Type::Choice(choices) = field.ty else { return None };
    choices.iter().find(|choice| choice.key == is)
}

impl Draft<'_> {
    pub(super) fn feeds(&mut self) {
        let portal = self.portal;
        let mut listed = String::new();
        for of in feeds(portal) {
            listed += &format!("{}\t{}\n", feed_path(portal, of), feed_title(portal, of));
            let facts = feed_facts(portal, of);
            let mut keys = vec![
                portal.site_key(),
                content_hash(feed_title(portal, of).as_bytes()),
                content_hash(format!("{facts:?}").as_bytes()),
            ];
            keys.extend(facts.iter().map(|fact| portal.row_key(fact.handle)));
            self.add(&feed_path(portal, of), Content::Feed(of), Some(mix(&keys)));
        }
        let key = mix(&[portal.site_key(), content_hash(listed.as_bytes())]);
        self.add("feeds/index.html", Content::FeedsPage, Some(key));
    }
}
