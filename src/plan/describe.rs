//! An output in words, for listings and messages.
//!
//! In: an output's content. Out: the kind and id of its record, the facet of its list, the file of its text.
//!
//! Not here: where it stands; its route says so.

use super::{Content, Part, feed_title};
use crate::disclose::Portal;

/// What an output is, in words: the kind and id of its record, the facet of its list.
pub fn describe(portal: &Portal, content: &Content) -> String {
    let kind = |at: u16| portal.kinds.at(usize::from(at));
    let plural = |at: u16| kind(at).map_or("", |kind| kind.plural);
    let numbered = |what: String, part: &Part| match part.of {
        0 | 1 => what,
        of => format!("{what}, part {} of {of}", part.number),
    };
    match content {
        Content::Home => "home".into(),
        Content::Record(handle, part) => {
            let singular = kind(handle.kind).map_or("", |kind| kind.singular);
            let record = portal.record(*handle);
            let id = match record.and_then(|record| record.prose()) {
                Some(_) => portal.source_path(*handle),
                None => record.map_or("", |record| record.id()),
            };
            numbered(format!("{singular} {id}"), part)
        }
        Content::List(list, part) => {
            let facet = list.facet.and_then(|(facet, value)| {
                let (key, values) = portal.lists(list.kind)?.facets.get(facet)?;
                Some(format!(", {key} {}", values.get(value)?.value))
            });
            numbered(format!("list of {}{}", plural(list.kind), facet.unwrap_or_default()), part)
        }
        Content::Column(at, part) => {
            let column = portal.settings.columns.get(*at).map_or("", |column| &column.id);
            numbered(format!("column {column}"), part)
        }
        Content::Tombstone(at) => {
            let gone = portal.departures.tombstones.get(*at);
            gone.map_or(String::new(), |gone| format!("tombstone of {} {}", gone.kind, gone.id))
        }
        Content::Leaving(at) => {
            let address = portal.leaving.pages().get(*at).map_or("", |(address, _)| address);
            format!("notice before {address}")
        }
        Content::Corrections => "corrections".into(),
        Content::Search => "search".into(),
        Content::SiteMap => "site map".into(),
        Content::Lists => "all lists".into(),
        Content::Progress(region) => {
            let region = region.and_then(|region| portal.record(region));
            format!("progress{}", region.map_or(String::new(), |region| format!(" in {}", region.id())))
        }
        Content::DataPage => "data page".into(),
        Content::Catalogue => "data catalogue".into(),
        Content::Data { kind, within, format } => {
            let region = within.and_then(|region| portal.record(region));
            let region = region.map_or(String::new(), |region| format!(" in {}", region.id()));
            format!("data of {}{region} as {format:?}", plural(*kind))
        }
        Content::One(handle) | Content::Badge(handle) => {
            let what = if matches!(content, Content::One(_)) { "data" } else { "badge" };
            let singular = kind(handle.kind).map_or("", |kind| kind.singular);
            format!("{what} of {singular} {}", portal.record(*handle).map_or("", |record| record.id()))
        }
        Content::Schema(kind) => format!("schema of {}", plural(*kind)),
        Content::Feed(of) => format!("feed of {}", feed_title(portal, *of)),
        Content::FeedsPage => "feeds".into(),
        Content::Index(file) => format!("search index {}", file.name()),
        Content::SitemapIndex => "sitemap".into(),
        Content::Sitemap(_) => "file of the sitemap".into(),
        Content::Robots => "robots".into(),
        Content::Health => "health".into(),
        Content::NotFound => "not found".into(),
        Content::Static(_) => "file of the theme".into(),
        Content::Asset(_) => "file of the portal".into(),
    }
}
