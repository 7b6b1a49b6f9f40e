//! Lists: records of a kind, all or by one value of a facet, and the articles of a column.
//!
//! In: a list and its part, as the plan cut it. Out: the page, with the columns that the field table marks as
//! listed. Not here: which records a list holds and in which order (`disclose`).

use tera::{Context, Value};

use super::frame::{ColumnTags, Page, PageKind, Robots, kind_column, kind_feed};
use super::values::{Scope, list, object};
use super::{RenderError, Renderer};
use crate::disclose::Portal;
use crate::locale::Locale;
use crate::plan::{FeedOf, ListOf, Output, Part, ROWS, list_left, list_records, list_stem, part_path};
use crate::record::edges::Handle;
use crate::record::field::{Field, Type};
use crate::record::kind::LIST;
use crate::record::value::Value as Own;
use crate::record::{article, enterprise, region};

impl Renderer<'_> {
    pub(super) fn list(&self, output: &Output, of: ListOf, part: Part) -> Result<Vec<u8>, RenderError> {
        let scope = self.scope(output);
        let Some(kind) = self.portal.kinds.at(usize::from(of.kind)) else {
            return Err(RenderError {
                route: output.route.to_string(),
                reason: "there is no such kind".into(),
            });
        };
        let records = list_records(self.portal, of);
        let stem = list_stem(self.portal, of).unwrap_or_default();
        let locale = &self.portal.locale;
        let name = kind.label_in(locale);
        let mut page = Page::new(PageKind::Column, name);
        page.column = kind_column(self.portal, kind);
        page.feed = self.region_feed(of).or_else(|| kind_feed(self.portal, kind));
        page.description.clone_from(&page.column.description);
        page.menu = self.frames.get(usize::from(of.kind)).and_then(|frame| frame.menu);
        if let Some(label) = self.facet_label(of) {
            page.crumbs =
                self.frames.get(usize::from(of.kind)).map_or(Vec::new(), |frame| frame.crumbs.clone());
            page.robots = Robots::Follow;
            page.title = locale.fill("list_of", &[("value", &label), ("kind", name)]);
        }
        if part.number > 1 {
            page.crumbs.push((page.title.clone(), part_path(&stem, 1)));
            page.title = part_title(locale, &page.title, part);
        }
        let heading = page.title.clone();
        page.pager = Some((part, stem, records.len()));
        let columns: Vec<&'static Field> = kind.fields.iter().filter(|field| field.listed).collect();
        let from = (part.number as usize - 1) * ROWS;
        let rows = records
            .iter()
            .skip(from)
            .take(ROWS)
            .map(|no| row(scope, Handle { kind: of.kind, no: *no }, &columns));
        let mut context = Context::new();
        context.insert_value("kind", object([("plural", kind.plural.into()), ("label", name.into())]));
        context.insert_value("heading", heading.into());
        let has_data = self.portal.data_kinds().any(|(at, _)| at == of.kind);
        context.insert_value("has_data", has_data.into());
        context.insert_value("rows", list(rows.collect()));
        context.insert_value("left", list_left(self.portal, of).into());
        context.insert_value(
            "columns",
            list(
                columns
                    .iter()
                    .map(|field| {
                        object([("key", field.key.into()), ("label", field.label_in(locale).into())])
                    })
                    .collect(),
            ),
        );
        context.insert_value("facets", self.facets(scope, of));
        if kind.list_template != LIST {
            let shown = records.iter().skip(from).take(ROWS);
            let items = shown.map(|no| scope.record_map(Handle { kind: of.kind, no: *no }));
            context.insert_value("items", list(items.collect()));
            context.insert_value("fields", self.shared.fields(of.kind));
        }
        self.fill(output, kind.list_template, page, context)
    }

    pub(super) fn column(&self, output: &Output, at: usize, part: Part) -> Result<Vec<u8>, RenderError> {
        let scope = self.scope(output);
        let Some(column) = self.portal.settings.columns.get(at) else {
            return Err(RenderError {
                route: output.route.to_string(),
                reason: "there is no such column".into(),
            });
        };
        let articles: Vec<Handle> =
            self.portal.texts_in(self.portal.kind(&article::KIND), &column.id).collect();
        let mut page = Page::new(PageKind::Column, &column.name);
        page.column = ColumnTags {
            name: column.name.clone(),
            column_type: column.column_type.clone(),
            description: column.description.clone(),
            keywords: column.keywords.join(","),
        };
        page.description.clone_from(&column.description);
        page.feed = Some(FeedOf::Column(at));
        let stem = format!("articles/{}/index", column.id);
        if part.number > 1 {
            page.crumbs.push((column.name.clone(), part_path(&stem, 1)));
            page.title = part_title(&self.portal.locale, &column.name, part);
        }
        let from = (part.number as usize - 1) * ROWS;
        let items = articles.iter().skip(from).take(ROWS).map(|handle| scope.record_map(*handle));
        let mut context = Context::new();
        context.insert_value("items", list(items.collect()));
        context.insert_value(
            "column",
            object([
                ("name", column.name.as_str().into()),
                ("description", column.description.as_str().into()),
            ]),
        );
        page.pager = Some((part, stem, articles.len()));
        self.fill(output, "column.html", page, context)
    }

    /// The feed of the region by which a list is made.
    fn region_feed(&self, of: ListOf) -> Option<FeedOf> {
        let (facet, value) = of.facet?;
        let (key, values) = self.portal.lists(of.kind)?.facets.get(facet)?;
        let region =
            self.portal.find(&region::KIND, &values.get(value)?.value).filter(|_| *key == "region")?;
        self.portal.has_news(region).then_some(FeedOf::Region(region))
    }

    fn facet_label(&self, of: ListOf) -> Option<String> {
        let (facet, value) = of.facet?;
        let (key, values) = self.portal.lists(of.kind)?.facets.get(facet)?;
        let value = values.get(value)?;
        // A list by place says the whole place: townships of two counties may share a name.
        if *key == "region" {
            let own = &self.portal.settings.region;
            let chain = self.portal.region_chain(&value.value).into_iter();
            let records = chain.filter_map(|handle| self.portal.record(handle));
            let titles = records.filter(|record| record.id() != own).map(|record| record.title());
            return Some(self.portal.locale.join("place_sep", titles));
        }
        Some(value.label.clone())
    }

    fn facets(&self, scope: Scope<'_>, of: ListOf) -> Value {
        let Some(lists) = self.portal.lists(of.kind) else { return list(Vec::new()) };
        let kind = self.portal.kinds.at(usize::from(of.kind));
        let line = self.line_of(of);
        let facets = lists.facets.iter().enumerate().map(|(facet, (key, values))| {
            let label = kind
                .and_then(|kind| kind.fields.get(kind.slot(key)?))
                .map_or("", |field| field.label_in(&self.portal.locale));
            let is_offered = |at: usize| *key != "region" || self.is_offered(&line, of.kind, at);
            let shown = values.iter().enumerate().filter(|(at, _)| is_offered(*at));
            let values = shown.map(|(at, value)| {
                let target = ListOf { kind: of.kind, facet: Some((facet, at)) };
                let href = list_stem(self.portal, target)
                    .map_or(String::new(), |stem| scope.href(&part_path(&stem, 1)));
                object([
                    ("label", value.label.as_str().into()),
                    ("count", value.records.len().into()),
                    ("href", href.into()),
                    ("active", (of.facet == Some((facet, at))).into()),
                ])
            });
            object([("label", label.into()), ("values", list(values.collect()))])
        });
        list(facets.collect())
    }

    /// The place of a list by place, and those above it.
    fn line_of(&self, of: ListOf) -> Vec<Handle> {
        let value = of.facet.and_then(|(facet, at)| {
            let (key, values) = self.portal.lists(of.kind)?.facets.get(facet)?;
            values.get(at).filter(|_| *key == "region")
        });
        value.map_or(Vec::new(), |value| self.portal.region_chain(&value.value))
    }

    /// Of places, only the counties and those that share a parent with the list's own place or lie below it are
    /// offered: a prefecture has too many townships for one line. `at` is the place's number among those of the kind.
    fn is_offered(&self, line: &[Handle], kind: u16, at: usize) -> bool {
        let above = self.above.get(usize::from(kind)).and_then(|above| above.get(at)).copied().flatten();
        let own = |parent: Handle| {
            self.portal.record(parent).is_some_and(|above| above.id() == self.portal.settings.region)
        };
        above.is_none_or(|parent| own(parent) || line.contains(&parent))
    }
}

/// The title of a part of a list behind the first.
fn part_title(locale: &Locale, title: &str, part: Part) -> String {
    locale.fill("title_part", &[("title", title), ("n", &part.number.to_string())])
}

/// By kind, the region above each place by which there is a list.
pub(super) fn places_above(portal: &Portal) -> Vec<Vec<Option<Handle>>> {
    let above = |place: &str| {
        let region = portal.region_by_code(place)?;
        portal.parent_region(region).filter(|above| *above != region)
    };
    let kinds = (0u16..).zip(portal.kinds.all());
    let of = |(kind, _)| {
        let facets = portal.lists(kind).map_or(&[] as &[_], |lists| lists.facets.as_slice());
        let places =
            facets.iter().find(|(key, _)| *key == "region").into_iter().flat_map(|(_, places)| places);
        places.map(|place| above(&place.value)).collect()
    };
    kinds.map(of).collect()
}

fn row<'p>(scope: Scope<'p>, handle: Handle, columns: &[&'static Field]) -> Value {
    let Some(record) = scope.portal.record(handle) else { return Value::none() };
    let kind = record.kind();
    let cells = columns.iter().map(|field| {
        let value = kind
            .slot(field.key)
            .map_or(&Own::Absent, |slot| record.view().value(crate::record::field::Public(slot as u16)));
        let text = match scope.cell(field, value) {
            text if text.is_empty() && field.may_be_none => scope.portal.locale.word("not_any").to_string(),
            text => text,
        };
        let tag = matches!(field.ty, Type::Choice(_)) && kind.plural == enterprise::KIND.plural;
        object([("text", text.into()), ("tag", tag.into())])
    });
    object([
        ("href", scope.href_of(handle).into()),
        ("left", scope.portal.has_left(handle).into()),
        ("cells", list(cells.collect())),
    ])
}
