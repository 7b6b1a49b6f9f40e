//! Pages about the portal as a whole: home, browse indexes, site map, corrections, tombstones, 404.
//!
//! In: counts, lists and departures of the portal. Out: the pages that stand once in a site. Each figure is one
//! that the portal has counted; no page here walks over records.

use tera::{Context, Value};

use super::frame::{ColumnTags, Page, PageKind, Robots};
use super::menu::{LISTS, listed_kinds};
use super::values::{Scope, link, list, object};
use super::{RenderError, Renderer, sampling};
use crate::disclose::{Departed, PublicRecord, Row};
use crate::plan::{FeedOf, ListOf, Output, has_lists, list_stem, part_path, progress_path};
use crate::record::address::folder;
use crate::record::edges::Handle;
use crate::record::labels::column_type_in;
use crate::record::measure as of;
use crate::record::{article, book, enterprise, page, region, sample, sampling_notice};

/// Newest facts on the home page.
const LATEST: usize = 8;

/// Values of a facet that the search page lists for browsing; of more, such as the towns of a province, the regions lead there.
const MOST_VALUES: usize = 300;

impl Renderer<'_> {
    pub(super) fn home(&self, output: &Output) -> Result<Vec<u8>, RenderError> {
        let scope = self.scope(output);
        let mut page = Page::new(PageKind::Home, self.portal.settings.name.clone());
        page.column = self.own_column(self.word("home"), "首页");
        page.description = self.word("home_lead").to_string();
        page.feed = Some(FeedOf::Site);
        let mut context = Context::new();
        context.insert_value("doors", self.doors(scope));
        let in_office = self.portal.figure(of::CADRES, None, None, None).map_or(0, |figure| figure.num);
        context.insert_value("in_office", in_office.into());
        context.insert_value("latest", self.latest(scope));
        context.insert_value("failed", self.failed(scope));
        context.insert_value("charts", self.home_charts());
        context.insert_value("headline", self.headline(scope));
        context.insert_value("regions", list(self.top_regions(scope)));
        let books = self.portal.handles(self.portal.kind(&book::KIND)).map(|handle| scope.link_to(handle));
        context.insert_value("books", list(books.collect()));
        context.insert_value("columns", self.columns(scope));
        context.insert_value("levels", self.levels(scope));
        self.fill(output, "home.html", page, context)
    }

    pub(super) fn search(&self, output: &Output) -> Result<Vec<u8>, RenderError> {
        let scope = self.scope(output);
        let mut page = Page::new(PageKind::Tool, self.word("search"));
        page.robots = Robots::Skip;
        let mut context = Context::new();
        context.insert_value("indexes", self.indexes(scope));
        self.fill(output, "search.html", page, context)
    }

    pub(super) fn site_map(&self, output: &Output) -> Result<Vec<u8>, RenderError> {
        let scope = self.scope(output);
        let mut page = Page::new(PageKind::Column, self.word("sitemap"));
        page.column = self.own_column(self.word("sitemap"), "概况信息");
        let pages = self.portal.handles(self.portal.kind(&page::KIND)).map(|handle| scope.link_to(handle));
        let columns = self
            .portal
            .settings
            .columns
            .iter()
            .map(|column| link(&column.name, scope.href(&format!("articles/{}/index.html", column.id))));
        let regions = std::iter::once(None).chain(self.portal.figure_regions().into_iter().map(Some));
        let own = self.portal.find(&region::KIND, &self.portal.settings.region);
        let dashboards = regions.filter_map(|region| {
            let place = region.or(own).and_then(|region| self.portal.record(region));
            let title = place.map_or_else(|| self.word("dashboard"), |place| place.title());
            Some(link(title, scope.href(&progress_path(self.portal, region)?)))
        });
        let tools = [
            ("lists", LISTS),
            ("search", "search.html"),
            ("corrections", "corrections.html"),
            ("data", "data/index.html"),
            ("feed", "feeds/index.html"),
        ];
        let tools = tools.iter().map(|(word, route)| link(self.word(word), scope.href(route)));
        let kinds =
            listed_kinds(self.portal).into_iter().map(|entry| link(&entry.label, scope.href(&entry.route)));
        let group = |word: &str, links: Vec<Value>| {
            object([("label", self.word(word).into()), ("links", list(links))])
        };
        let groups = vec![
            group("sitemap_records", kinds.collect()),
            group("sitemap_columns", columns.collect()),
            group("sitemap_pages", pages.collect()),
            group("dashboard", dashboards.collect()),
            group("sitemap_tools", tools.collect()),
        ];
        let mut context = Context::new();
        context.insert_value("groups", list(groups));
        self.fill(output, "sitemap.html", page, context)
    }

    pub(super) fn corrections(&self, output: &Output) -> Result<Vec<u8>, RenderError> {
        let scope = self.scope(output);
        let mut page = Page::new(PageKind::Column, self.word("corrections"));
        page.column = self.own_column(self.word("corrections"), "信息公开");
        let departures = &self.portal.departures;
        let mut context = Context::new();
        context.insert_value(
            "withdrawals",
            list(departures.withdrawals.iter().map(|row| departure(scope, row)).collect()),
        );
        context.insert_value(
            "corrections",
            list(departures.corrections.iter().map(|row| departure(scope, row)).collect()),
        );
        self.fill(output, "corrections.html", page, context)
    }

    pub(super) fn tombstone(&self, output: &Output, at: usize) -> Result<Vec<u8>, RenderError> {
        let Some(tombstone) = self.portal.departures.tombstones.get(at) else {
            return Err(RenderError {
                route: output.route.to_string(),
                reason: "there is no such tombstone".into(),
            });
        };
        let why = match tombstone.why {
            Departed::Expired => "expired",
            Departed::Withdrawn => "withdrawn",
        };
        let mut page = Page::new(PageKind::Tool, self.word(&format!("tombstone_{why}")));
        page.robots = Robots::Skip;
        let mut context = Context::new();
        context.insert_value("why", why.into());
        context.insert_value("kind_label", tombstone.kind_name.as_str().into());
        self.fill(output, "tombstone.html", page, context)
    }

    pub(super) fn not_found(&self, output: &Output) -> Result<Vec<u8>, RenderError> {
        let mut page = Page::new(PageKind::Tool, self.word("not_found"));
        page.robots = Robots::Skip;
        page.links = super::frame::Links::Rooted;
        self.fill(output, "404.html", page, Context::new())
    }

    /// The tags of a page that is a column of its own; its type by the Chinese name.
    pub(super) fn own_column(&self, name: &str, column_type: &'static str) -> ColumnTags {
        let (settings, locale) = (&self.portal.settings, &self.portal.locale);
        ColumnTags {
            name: name.to_string(),
            column_type: column_type_in(column_type, locale).to_string(),
            description: locale.fill("about_own", &[("name", &settings.name), ("title", name)]),
            keywords: format!("{name},{},{}", locale.word("keyword"), settings.organ),
        }
    }

    /// `lists.html`: every list with what it holds, by the type of its column.
    pub(super) fn all_lists(&self, output: &Output) -> Result<Vec<u8>, RenderError> {
        let scope = self.scope(output);
        let mut page = Page::new(PageKind::Column, self.word("lists"));
        page.column = self.own_column(self.word("lists"), "信息公开目录");
        page.menu = self.menu.iter().position(|entry| entry.route == LISTS);
        let locale = &self.portal.locale;
        let mut groups: Vec<(&str, Vec<Value>)> = Vec::new();
        for entry in listed_kinds(self.portal) {
            let Some(at) = self.portal.kinds.index(entry.plural) else { continue };
            let Some(kind) = self.portal.kinds.at(at) else { continue };
            let count = self.portal.lists(at as u16).map_or(0, |lists| lists.all.len());
            let row = object([
                ("title", entry.label.into()),
                ("about", kind.about_in(locale).into()),
                ("count", count.into()),
                ("href", scope.href(&entry.route).into()),
            ]);
            let label = kind.column_type_in(locale);
            match groups.iter_mut().find(|(known, _)| *known == label) {
                Some((_, rows)) => rows.push(row),
                None => groups.push((label, vec![row])),
            }
        }
        let groups =
            groups.into_iter().map(|(label, rows)| object([("label", label.into()), ("lists", list(rows))]));
        let mut context = Context::new();
        context.insert_value("groups", list(groups.collect()));
        self.fill(output, "lists.html", page, context)
    }

    /// The lists in the menu with their counts, and behind them the page of all lists with their number.
    fn doors(&self, scope: Scope<'_>) -> Value {
        let kinds = listed_kinds(self.portal);
        let all = kinds.iter().any(|entry| !entry.in_menu).then(|| {
            object([
                ("label", self.word("lists").into()),
                ("count", kinds.len().into()),
                ("href", scope.href(LISTS).into()),
                ("plural", "".into()),
            ])
        });
        let doors = (0u16..)
            .zip(self.portal.kinds.all())
            .filter(|(at, kind)| kind.in_menu && has_lists(kind) && self.portal.count(*at) > 0)
            .filter_map(|(at, kind)| {
                let count = self.portal.lists(at)?.all.len();
                let href = scope.href(&format!("{}/index.html", folder(kind)?));
                Some(object([
                    ("label", kind.label_in(&self.portal.locale).into()),
                    ("count", count.into()),
                    ("href", href.into()),
                    ("plural", kind.plural.into()),
                ]))
            });
        list(doors.chain(all).collect())
    }

    /// The newest dated records that have a page, of all kinds.
    fn latest(&self, scope: Scope<'_>) -> Value {
        let mut newest: Vec<(String, Handle)> = Vec::new();
        for (at, kind) in (0u16..).zip(self.portal.kinds.all()) {
            let Some(slot) = kind.dated.and_then(|key| kind.slot(key)) else { continue };
            let Some(lists) = self.portal.lists(at) else { continue };
            let handles = lists
                .all
                .iter()
                .map(|no| Handle { kind: at, no: *no })
                .filter(|handle| self.portal.route(*handle).is_some())
                .take(LATEST);
            for handle in handles {
                let Some(record) = self.portal.record(handle) else { continue };
                let slot = crate::record::field::Public(slot as u16);
                let day = record.view().date(slot).map(|day| day.to_string());
                let day = day.or_else(|| {
                    record.view().text(slot).and_then(|moment| moment.get(..10)).map(str::to_string)
                });
                newest.extend(day.map(|day| (day, handle)));
            }
        }
        newest.sort_by(|a, b| b.cmp(a));
        let rows = newest.into_iter().take(LATEST).filter_map(|(day, handle)| {
            let record = self.portal.record(handle)?;
            Some(object([
                ("title", (&*record.heading()).into()),
                ("date", crate::calendar::Date::parse(&day).map_or_else(Value::none, |day| scope.date(day))),
                ("href", scope.href_of(handle).into()),
                ("label", self.class_of(record).into()),
            ]))
        });
        list(rows.collect())
    }

    /// The newest notice with samples that failed, and how many these are.
    fn failed(&self, scope: Scope<'_>) -> Value {
        let portal = self.portal;
        let (notices, samples) = (portal.kind(&sampling_notice::KIND), portal.kind(&sample::KIND));
        let failed = |notice: &Handle| {
            let of_notice = portal.incoming_of(*notice, samples).iter();
            of_notice.filter(|edge| sampling::failed(portal, edge.end)).count()
        };
        let all = portal.lists(notices).map_or(&[] as &[u32], |lists| &lists.all);
        let newest = all.iter().map(|no| Handle { kind: notices, no: *no }).find_map(|notice| {
            let batches = failed(&notice);
            (batches > 0).then_some((notice, batches))
        });
        newest.map_or_else(Value::none, |(notice, batches)| {
            let day = portal.published(notice).map_or_else(Value::none, |day| scope.date(day));
            object([("href", scope.href_of(notice).into()), ("batches", batches.into()), ("date", day)])
        })
    }

    /// The words that class a fact: the column of an article, else the name of the kind.
    fn class_of(&self, record: PublicRecord<'_>) -> String {
        let column =
            record.prose().and_then(|prose| self.portal.settings.column(prose.folder.split('/').next()?));
        column.map_or_else(
            || record.kind().label_in(&self.portal.locale).to_string(),
            |column| column.name.clone(),
        )
    }

    /// The regions directly below the portal's own one, with their listed enterprises.
    fn top_regions(&self, scope: Scope<'_>) -> Vec<Value> {
        let Some(own) = self.portal.find(&region::KIND, &self.portal.settings.region) else {
            return Vec::new();
        };
        let rows = self.portal.regions_below(own).iter().filter_map(|handle| {
            let record = self.portal.record(*handle)?;
            let [count, ..] = self.portal.region_counts(record.id());
            Some(object([
                ("title", record.title().into()),
                ("href", scope.href_of(*handle).into()),
                ("count", count.into()),
            ]))
        });
        rows.collect()
    }

    fn columns(&self, scope: Scope<'_>) -> Value {
        let kind = self.portal.kind(&article::KIND);
        let columns = self.portal.settings.columns.iter().map(|column| {
            let items = self.portal.texts_in(kind, &column.id).take(3).map(|handle| scope.record_map(handle));
            object([
                ("name", column.name.as_str().into()),
                ("href", scope.href(&format!("articles/{}/index.html", column.id)).into()),
                ("items", list(items.collect())),
            ])
        });
        list(columns.collect())
    }

    fn levels(&self, scope: Scope<'_>) -> Value {
        let kind = self.portal.kind(&enterprise::KIND);
        let Some(lists) = self.portal.lists(kind) else { return list(Vec::new()) };
        let levels =
            lists.facets.iter().enumerate().filter(|(_, (key, _))| *key == "coverage_level").flat_map(
                |(facet, (_, values))| {
                    values
                        .iter()
                        .enumerate()
                        .map(move |(at, value)| (ListOf { kind, facet: Some((facet, at)) }, value))
                },
            );
        let rows = levels.map(|(of, value)| {
            let href =
                list_stem(self.portal, of).map_or(String::new(), |stem| scope.href(&part_path(&stem, 1)));
            object([
                ("label", value.label.as_str().into()),
                ("count", value.records.len().into()),
                ("href", href.into()),
            ])
        });
        list(rows.collect())
    }

    fn indexes(&self, scope: Scope<'_>) -> Value {
        let mut indexes = Vec::new();
        for (at, kind) in (0u16..)
            .zip(self.portal.kinds.all())
            .filter(|(at, kind)| has_lists(kind) && self.portal.count(*at) > 0)
        {
            let Some(lists) = self.portal.lists(at) else { continue };
            let entry = |of: ListOf, label: &str, count: usize| {
                let href =
                    list_stem(self.portal, of).map_or(String::new(), |stem| scope.href(&part_path(&stem, 1)));
                object([("title", label.into()), ("href", href.into()), ("count", count.into())])
            };
            let mut links = vec![entry(ListOf { kind: at, facet: None }, self.word("all"), lists.all.len())];
            for (facet, (_, values)) in lists.facets.iter().enumerate() {
                if values.len() > MOST_VALUES {
                    continue;
                }
                let of = |value| ListOf { kind: at, facet: Some((facet, value)) };
                links.extend(
                    values
                        .iter()
                        .enumerate()
                        .map(|(value, shown)| entry(of(value), &shown.label, shown.records.len())),
                );
            }
            if at == self.portal.kind(&region::KIND) {
                links.extend(self.top_regions(scope));
            }
            indexes
                .push(object([("label", kind.label_in(&self.portal.locale).into()), ("links", list(links))]));
        }
        list(indexes)
    }
}

/// `[{on, field, was, now, reason}]`: what was corrected of a record.
pub(super) fn corrected(scope: Scope<'_>, handle: Handle) -> Value {
    list(scope.portal.corrections_of(handle).map(|row| departure(scope, row)).collect())
}

fn departure(scope: Scope<'_>, row: &Row) -> Value {
    let (field, was, now) = row.change.clone().unwrap_or_default();
    // A record that has gone has no name here, nor has one whose correction tells its name alone.
    let kind = scope.portal.kinds.index(row.kind).and_then(|at| scope.portal.kinds.at(at));
    let there = kind.and_then(|kind| scope.portal.record(scope.portal.find(kind, &row.id)?));
    object([
        ("kind", row.kind_name.as_str().into()),
        ("id", row.id.as_str().into()),
        ("title", there.map_or(row.id.as_str(), |record| record.title()).into()),
        ("on", scope.date(row.on)),
        ("reason", row.reason.as_str().into()),
        ("doc_no", row.doc_no.as_deref().unwrap_or("").into()),
        ("field", field.into()),
        ("was", was.into()),
        ("now", now.into()),
        ("href", row.route.as_ref().map_or(String::new(), |route| scope.href(route.as_str())).into()),
    ])
}
