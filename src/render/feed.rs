//! Atom feeds (RFC 4287): the newest facts of the site, of a column, of a kind or of a region.
//!
//! In: the facts that the portal has sorted. Out: a feed and the page that lists all of them. An entry's id is the address
//! of its page, which never changes; its days are those of the record, so that the same sources give the same feed.
//!
//! Not here: which feeds there are (`plan`), and what is new (`disclose`).

use tera::{Context, Value as Tera};

use super::frame::{Page, PageKind};
use super::values::{Scope, link, list, object};
use super::{RenderError, Renderer};
use crate::disclose::{Fact, PublicRecord};
use crate::plan::{FeedOf, Output, feed_facts, feed_path, feed_title, feeds, list_stem, part_path};
use crate::record::value::Value;
use crate::text::escape_markup;

impl Renderer<'_> {
    /// The bytes of a feed.
    pub(super) fn feed(&self, output: &Output, of: FeedOf) -> Vec<u8> {
        let portal = self.portal;
        let scope = self.scope(output);
        let facts = feed_facts(portal, of);
        let base = escape_markup(&portal.settings.base_url);
        let own = format!("{base}{}", output.route);
        let title = match of {
            FeedOf::Site => portal.settings.name.clone(),
            _ => format!("{} - {}", feed_title(portal, of), portal.settings.name),
        };
        // A feed that has nothing to tell has never changed.
        let updated = facts.iter().map(|fact| fact.updated.as_str()).max().unwrap_or("1970-01-01 00:00");
        let mut text = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<id>{own}</id>\n<title>{}</title>\n<updated>{}</updated>\n<author><name>{}</name></author>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"{own}\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"{base}{}\"/>\n",
            escape_markup(&portal.settings.language),
            escape_markup(&title),
            stamp(updated),
            escape_markup(&portal.settings.organ),
            self.feed_page(of),
        );
        facts.iter().for_each(|fact| self.entry(scope, fact, &mut text));
        text.push_str("</feed>\n");
        text.into_bytes()
    }

    fn entry(&self, scope: Scope<'_>, fact: &Fact, text: &mut String) {
        let portal = self.portal;
        let (Some(record), Some(route)) = (portal.record(fact.handle), portal.route(fact.handle)) else {
            return;
        };
        let address = format!("{}{route}", escape_markup(&portal.settings.base_url));
        text.push_str(&format!(
            "<entry><id>{address}</id><title>{}</title><published>{}</published><updated>{}</updated><link rel=\"alternate\" type=\"text/html\" href=\"{address}\"/><category term=\"{}\" label=\"{}\"/>",
            escape_markup(&record.heading()),
            stamp(&fact.published),
            stamp(&fact.updated),
            record.kind().plural,
            escape_markup(record.kind().label_in(&portal.locale)),
        ));
        let summary = summary(scope, record);
        if !summary.is_empty() {
            text.push_str(&format!("<summary>{}</summary>", escape_markup(&summary)));
        }
        text.push_str("</entry>\n");
    }

    /// The page that shows what a feed tells.
    fn feed_page(&self, of: FeedOf) -> String {
        let portal = self.portal;
        let list = |kind| list_stem(portal, crate::plan::ListOf { kind, facet: None });
        match of {
            FeedOf::Site => None,
            FeedOf::Column(at) => {
                portal.settings.columns.get(at).map(|column| format!("articles/{}/index.html", column.id))
            }
            // What stands below another kind's pages has no list of its own; there the feeds are listed.
            FeedOf::Kind(kind) => {
                list(kind).map(|stem| part_path(&stem, 1)).or_else(|| Some("feeds/index.html".to_string()))
            }
            FeedOf::Region(handle) => portal.path(handle).map(str::to_string),
        }
        .unwrap_or_default()
    }

    /// `feeds/index.html`: all feeds, by what they tell of.
    pub(super) fn feeds_page(&self, output: &Output) -> Result<Vec<u8>, RenderError> {
        let scope = self.scope(output);
        let mut page = Page::new(PageKind::Column, self.word("feed"));
        page.column = self.own_column(self.word("feed"), "信息公开");
        page.feed = Some(FeedOf::Site);
        let of = |wanted: fn(FeedOf) -> bool| -> Vec<Tera> {
            let own = feeds(self.portal).filter(|of| wanted(*of));
            own.map(|of| link(&feed_title(self.portal, of), scope.href(&feed_path(self.portal, of))))
                .collect()
        };
        let group = |word: &str, links: Vec<Tera>| {
            object([("label", self.word(word).into()), ("links", list(links))])
        };
        let groups = vec![
            group("feeds_site", of(|of| of == FeedOf::Site)),
            group("feeds_kinds", of(|of| matches!(of, FeedOf::Kind(_)))),
            group("feeds_columns", of(|of| matches!(of, FeedOf::Column(_)))),
            group("feeds_regions", of(|of| matches!(of, FeedOf::Region(_)))),
        ];
        let mut context = Context::new();
        context.insert_value("groups", list(groups));
        self.fill(output, "feeds.html", page, context)
    }
}

/// What an entry tells besides its title: the summary of a text, or what the lists show of a record.
pub(super) fn summary(scope: Scope<'_>, record: PublicRecord<'_>) -> String {
    let fields = || record.view().fields();
    let own = fields().find(|(field, _)| record.prose().is_some() && field.key == "summary");
    if let Some(text) = own.and_then(|(_, value)| Value::as_text(value)) {
        return text.to_string();
    }
    let (locale, colon) = (&scope.portal.locale, scope.portal.locale.word("colon"));
    let listed = fields().filter(|(field, _)| field.listed && field.key != record.kind().title);
    let cells = listed.map(|(field, value)| (field.label_in(locale), scope.cell(field, value)));
    let told =
        cells.filter(|(_, cell)| !cell.is_empty()).map(|(label, cell)| format!("{label}{colon}{cell}"));
    locale.join("semicolon", told)
}

/// RFC 3339, in Chinese standard time.
fn stamp(moment: &str) -> String {
    match moment.split_once(' ') {
        Some((day, time)) => format!("{day}T{time}:00+08:00"),
        None => format!("{moment}T00:00:00+08:00"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_becomes_a_moment_in_chinese_standard_time() {
        assert_eq!(stamp("2026-11-22"), "2026-11-22T00:00:00+08:00");
        assert_eq!(stamp("2026-11-22 09:30"), "2026-11-22T09:30:00+08:00");
    }
}
