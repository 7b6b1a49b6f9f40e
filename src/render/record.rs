//! Pages of records: the record itself, the records it names and those that name it, and what some kinds show
//! besides.
//!
//! In: a handle. Out: the page. The general view needs no knowledge of a kind; the additions for enterprises,
//! cadres and regions stand here by name, those of samples in `sampling`, those of texts in `text`.

use tera::{Context, Value};

use super::frame::{Page, PageKind, Robots};
use super::values::{Pairs, Scope, list, map, object};
use super::{RenderError, Renderer, sampling};
use crate::calendar::Date;
use crate::disclose::{AssignmentState, Cell, PublicRecord, PublicView, QuarterState};
use crate::plan::{FeedOf, ListOf, Output, Part, ROWS, is_indexed, list_stem, part_path};
use crate::record::choices::COVERAGE_LEVELS;
use crate::record::edges::{Edge, Handle};
use crate::record::field::{Constraint, Face, Kind};
use crate::record::{article, cadre, enterprise, region, sample};

impl Renderer<'_> {
    pub(super) fn record(&self, output: &Output, handle: Handle, part: Part) -> Result<Vec<u8>, RenderError> {
        let Some(record) = self.portal.record(handle) else {
            return Err(RenderError {
                route: output.route.to_string(),
                reason: "there is no such record".into(),
            });
        };
        if record.prose().is_some() {
            return self.text(output, handle, record);
        }
        let own = self.scope(output).make_link(handle);
        let scope = self.scope(output).on_page_of(handle, &own);
        let kind = record.kind();
        let mut page = self.record_page(handle, record, &output.route);
        let stem = self
            .portal
            .route(handle)
            .map_or(String::new(), |route| route.as_str().trim_end_matches(".html").to_string());
        let longest = self
            .portal
            .incoming(handle)
            .chunk_by(|a, b| a.end.kind == b.end.kind)
            .map(<[_]>::len)
            .max()
            .unwrap_or(0);
        page.pager = Some((part, stem, longest));
        let mut context = Context::new();
        context.insert_value("r", scope.record_map(handle));
        context.insert_value("corrected", super::overview::corrected(scope, handle));
        context.insert_value(
            "kind",
            object([("plural", kind.plural.into()), ("label", kind.label_in(&self.portal.locale).into())]),
        );
        context.insert_value("fields", self.shared.fields(handle.kind));
        let groups = self.incoming(scope, handle, part);
        context.insert_value("incoming", map(&groups));
        match kind.plural {
            "enterprises" => {
                context.insert_value("badge", self.badge_view(handle));
                enterprise_view(scope, handle, record, &mut context);
            }
            "cadres" => super::cadre::view(scope, handle, part, &mut context),
            "regions" => region_view(scope, handle, part, &mut context),
            "plans" if part.number == 1 => {
                context.insert_value("charts", self.plan_charts(handle));
                context.insert_value("departments", super::departments::of_plan(scope, handle));
            }
            _ => sampling::view(scope, handle, record, part, &mut context),
        }
        let (late, over): (Vec<&str>, Vec<&str>) =
            self.portal.over(handle).iter().copied().partition(|key| is_due(kind, key));
        let keys = |keys: Vec<&'static str>| list(keys.into_iter().map(Value::from).collect());
        context.insert_value("over", keys(over));
        context.insert_value("late", keys(late));
        context.insert_value("named_by", list(named_by(scope, kind, groups)));
        page.entity = self.entity(scope, handle, record, &page);
        let template = match kind.face {
            Face::Pages { template, .. } | Face::PagesUnderParent { template, .. } => template,
            Face::Inline => "record.html",
        };
        self.fill(output, template, page, context)
    }

    /// Title, column, crumbs and dates of a record's page.
    pub(super) fn record_page(
        &self,
        handle: Handle,
        record: PublicRecord<'_>,
        route: &crate::route::Route,
    ) -> Page {
        let kind = record.kind();
        let mut page = Page::new(PageKind::Content, record.heading());
        page.step = record.title().to_string();
        // Who published it is who it comes from.
        page.source = self.portal.settings.organ.clone();
        if let Some(organ) = record.view().fields().find(|(field, _)| field.key == "organ")
            && let Some(organ) = organ.1.as_text()
        {
            page.source = organ.to_string();
        }
        if let Some(frame) = self.frames.get(usize::from(handle.kind)) {
            page.column = frame.column.clone();
            page.crumbs.clone_from(&frame.crumbs);
            page.menu = frame.menu;
        }
        if matches!(kind.face, Face::PagesUnderParent { .. })
            && let Some(parent) = self
                .portal
                .outgoing(handle)
                .iter()
                .find(|edge| self.portal.route(edge.end).is_some_and(|to| is_parent(to, route)))
            && let (Some(above), Some(to)) = (self.portal.record(parent.end), self.portal.route(parent.end))
        {
            page.crumbs.push((above.title().to_string(), to.as_str().to_string()));
        }
        if std::ptr::eq(kind, &region::KIND) {
            // A region's page is an index of what lies in it, below the regions above it.
            page.kind = PageKind::Column;
            page.crumbs.extend(self.regions_above(handle));
            page.feed = self.portal.has_news(handle).then_some(FeedOf::Region(handle));
        } else if !is_indexed(self.portal, handle) {
            // A stub answers old addresses and is nothing to be found.
            page.kind = PageKind::Tool;
            page.robots = Robots::Skip;
        } else if self.portal.published(handle).is_none() {
            page.kind = PageKind::Undated;
        }
        page.published = self.portal.published(handle).map_or(String::new(), |day| format!("{day} 00:00"));
        page.modified = self.modified(handle);
        page.keywords = format!("{},{}", record.title(), kind.label_in(&self.portal.locale));
        page
    }
}

impl Renderer<'_> {
    /// The records that name this one, by kind, newest first, those of this part only; none of kinds that no template
    /// asks for.
    fn incoming(&self, scope: Scope<'_>, handle: Handle, part: Part) -> Pairs {
        let own = self.portal.record(handle).map_or(&[] as &[&str], |record| record.kind().template_shows);
        let mut groups = Pairs::new();
        for group in self.portal.incoming(handle).chunk_by(|a, b| a.end.kind == b.end.kind) {
            let kind = group.first().and_then(|edge| self.portal.kinds.at(usize::from(edge.end.kind)));
            // What its template does not show itself stands in `named_by`.
            let Some(kind) = kind.filter(|kind| self.asked.names(kind.plural) || !own.contains(&kind.plural))
            else {
                continue;
            };
            let rows = rows(scope, kind, group, part).into_iter().map(|edge| row(scope, edge.end, handle));
            groups.push((kind.plural, list(rows.collect())));
        }
        groups
    }

    /// The day of a record's last correction behind its publication, in the form of that day; else nothing.
    fn modified(&self, handle: Handle) -> String {
        let (published, changed) = (self.portal.published(handle), self.portal.changed(handle));
        changed.filter(|_| changed > published).map_or(String::new(), |day| format!("{day} 00:00"))
    }

    /// Titles and routes of the regions above a region, highest first, without the portal's own.
    fn regions_above(&self, handle: Handle) -> Vec<(String, String)> {
        let chain =
            self.portal.record(handle).map_or(Vec::new(), |record| self.portal.region_chain(record.id()));
        let above = chain.into_iter().filter(|region| *region != handle).filter_map(|region| {
            let record =
                self.portal.record(region).filter(|record| record.id() != self.portal.settings.region)?;
            Some((record.title().to_string(), self.portal.path(region)?.to_string()))
        });
        above.collect()
    }
}

fn is_parent(parent: &crate::route::Route, page: &crate::route::Route) -> bool {
    let stem = parent.as_str().trim_end_matches(".html");
    page.as_str().strip_prefix(stem).is_some_and(|rest| rest.starts_with('/'))
}

/// Whether something is due by the day of this key; else the day ends a term.
fn is_due(kind: &Kind, key: &str) -> bool {
    kind.constraints.iter().filter_map(Constraint::deadline).any(|(due, _)| due == key)
}

/// Whether the titles of a kind tell the day by which its lists run.
fn tells_day(kind: &Kind) -> bool {
    kind.dated.is_some_and(|key| kind.called.0.contains(&format!("{{{key}}}")))
}

/// The kinds whose records name this one, but for those of which its template shows the rows itself.
fn named_by(scope: Scope<'_>, own: &Kind, mut groups: Pairs) -> Vec<Value> {
    let shown = scope.portal.kinds.all().filter(|kind| !own.template_shows.contains(&kind.plural));
    let group = |kind: &'static Kind| {
        let at = groups.iter().position(|(plural, _)| *plural == kind.plural)?;
        Some(object([
            ("plural", kind.plural.into()),
            ("label", kind.label_in(&scope.portal.locale).into()),
            ("dated", kind.dated.filter(|_| !tells_day(kind)).unwrap_or_default().into()),
            ("rows", groups.swap_remove(at).1),
        ]))
    };
    shown.filter_map(group).collect()
}

/// The edges of one part of a table, newest first, each record once.
pub(super) fn rows(scope: Scope<'_>, kind: &Kind, group: &[Edge], part: Part) -> Vec<Edge> {
    let mut sorted = group.to_vec();
    sorted.dedup_by_key(|edge| edge.end);
    if let Some(slot) = kind.dated.and_then(|key| kind.slot(key)) {
        let day = |edge: &Edge| {
            let record = scope.portal.record(edge.end)?;
            record.view().date(crate::record::field::Public(slot as u16))
        };
        sorted.sort_by_key(|edge| std::cmp::Reverse(day(edge)));
    }
    sorted.into_iter().skip((part.number as usize - 1) * ROWS).take(ROWS).collect()
}

/// A row of a table on the page of `owner`: the record's map, whether something in it is late, and of a sample its
/// disposals and whether it was drawn at the owner's or only names the owner as its producer.
pub(super) fn row(scope: Scope<'_>, handle: Handle, owner: Handle) -> Value {
    let mut more = lateness(scope, handle);
    more.extend(moment_day(scope, handle).map(|day| ("day", scope.date(day))));
    if scope.portal.record(handle).is_some_and(|record| std::ptr::eq(record.kind(), &sample::KIND)) {
        more.push(("disposals", sampling::disposals(scope, handle)));
        let slot = scope.portal.outgoing(handle).iter().find(|edge| edge.end == owner).map(|edge| edge.slot);
        more.push(("as_producer", (slot == Some(sample::PRODUCER.0)).into()));
    }
    scope.row(handle, &more)
}

/// The day of a record whose lists run by a moment, such as an article: a moment is text and has no words of its own.
fn moment_day(scope: Scope<'_>, handle: Handle) -> Option<Date> {
    let record = scope.portal.record(handle)?;
    let slot = record.kind().slot(record.kind().dated?)?;
    Date::parse(record.view().text(crate::record::field::Public(slot as u16))?.get(..10)?)
}

/// `late`, when something in a record is late.
pub(super) fn lateness(scope: Scope<'_>, handle: Handle) -> Pairs {
    let kind = scope.portal.record(handle).map(PublicRecord::kind);
    let is_late = kind.is_some_and(|kind| scope.portal.over(handle).iter().any(|key| is_due(kind, key)));
    match (is_late, scope.portal.has_begun(handle)) {
        (true, _) => vec![("late", true.into())],
        (false, false) => vec![("coming", true.into())],
        (false, true) => Pairs::new(),
    }
}

fn enterprise_view<'p>(scope: Scope<'p>, handle: Handle, record: PublicRecord<'p>, context: &mut Context) {
    let view = record.view();
    context.insert_value("stub", scope.portal.is_stub(handle).into());
    let code = view.text(enterprise::REGION);
    context.insert_value("place", list(code.map_or(Vec::new(), |code| scope.place(code))));
    context.insert_value("station", code.map_or_else(Value::none, |code| station(scope, code)));
    let Some(standing) = scope.portal.standing(handle) else { return };
    context.insert_value("months", super::year::months(scope, handle));
    let assignments = view
        .objects(enterprise::COVERED_BY)
        .zip(&standing.assignments)
        .map(|(entry, state)| assignment(scope, entry, *state))
        .collect();
    let expired = standing.expired.iter().map(|expired| Value::from(*expired)).collect();
    let quarters = standing.quarters.iter().map(|cell| quarter(scope, cell)).collect();
    context.insert_value(
        "standing",
        object([
            ("assignments", list(assignments)),
            ("expired", list(expired)),
            ("quarters", list(quarters)),
        ]),
    );
}

fn assignment<'p>(scope: Scope<'p>, entry: PublicView<'p>, state: AssignmentState) -> Value {
    use enterprise::assignment::{BASIS, CADRE, FROM, ROLE, TO};
    let cadre = entry.text(CADRE).and_then(|id| scope.portal.find(&cadre::KIND, id));
    let record = cadre.and_then(|cadre| scope.portal.record(cadre));
    let text = |slot| record.and_then(|record| record.view().text(slot)).unwrap_or("");
    let level = record.and_then(|record| record.view().choice(cadre::LEVEL));
    object([
        ("state", state_key(state).into()),
        ("role", entry.choice(ROLE).map_or_else(Value::none, |role| scope.choice(role))),
        ("cadre", cadre.map_or_else(Value::none, |cadre| scope.link_to(cadre))),
        ("level", level.map_or_else(Value::none, |level| scope.choice(level))),
        ("post", text(cadre::POST).into()),
        ("org", text(cadre::ORG).into()),
        ("phone_office", text(cadre::PHONE_OFFICE).into()),
        ("from", entry.date(FROM).map_or_else(Value::none, |day| scope.date(day))),
        ("to", entry.date(TO).map_or_else(Value::none, |day| scope.date(day))),
        ("basis", entry.text(BASIS).unwrap_or("").into()),
    ])
}

pub(super) fn state_key(state: AssignmentState) -> &'static str {
    match state {
        AssignmentState::Current => "current",
        AssignmentState::Past => "past",
        AssignmentState::Coming => "coming",
    }
}

fn quarter(scope: Scope<'_>, cell: &Cell) -> Value {
    let state = match cell.state {
        QuarterState::Done => "done",
        QuarterState::Open => "open",
        QuarterState::Missed => "missed",
        QuarterState::Due => "due",
        QuarterState::NotOwed => "not_owed",
    };
    object([
        ("name", cell.quarter.to_string().into()),
        ("label", scope.portal.locale.quarter(cell.quarter).into()),
        ("state", state.into()),
        ("date", cell.date.map_or_else(Value::none, |day| scope.date(day))),
        ("owed", cell.owed.into()),
        ("made", cell.made.into()),
        ("problems", cell.problems.into()),
        ("closed", cell.closed.into()),
    ])
}

/// The station of a region, else of the nearest region above it, else the portal's organ and contact.
pub(super) fn station(scope: Scope<'_>, code: &str) -> Value {
    let chain = scope.portal.region_chain(code);
    let own =
        chain.iter().rev().find_map(|handle| scope.portal.record(*handle)?.view().object(region::STATION));
    let settings = &scope.portal.settings;
    let text = |slot, otherwise: &str| {
        own.and_then(|station| station.text(slot))
            .unwrap_or(if own.is_some() { "" } else { otherwise })
            .to_string()
    };
    object([
        ("org", text(region::station::ORG, &settings.organ).into()),
        ("name", text(region::station::NAME, "").into()),
        ("phone_office", text(region::station::PHONE_OFFICE, &settings.phone_office).into()),
    ])
}

fn region_view(scope: Scope<'_>, handle: Handle, part: Part, context: &mut Context) {
    let Some(record) = scope.portal.record(handle) else { return };
    let children = scope.portal.regions_below(handle).iter().filter_map(|below| {
        let region = scope.portal.record(*below)?;
        let [count, ..] = scope.portal.region_counts(region.id());
        Some(object([
            ("title", region.title().into()),
            ("href", scope.href_of(*below).into()),
            ("count", count.into()),
        ]))
    });
    let progress = crate::plan::progress_path(scope.portal, Some(handle));
    context.insert_value("progress_href", progress.map_or(String::new(), |path| scope.href(&path)).into());
    context.insert_value("children", list(children.collect()));
    context.insert_value("station", station(scope, record.id()));
    context.insert_value("place", list(scope.place(record.id())));
    for (name, kind) in [("enterprises", &enterprise::KIND), ("cadres", &cadre::KIND)] {
        let edges = scope.portal.incoming_of(handle, scope.portal.kind(kind));
        let rows = rows(scope, kind, edges, part).into_iter().map(|edge| scope.record_map(edge.end));
        context.insert_value(name, list(rows.collect()));
    }
    let (all, counts) = level_counts(scope, record.id());
    context.insert_value("list_href", all.into());
    context.insert_value("counts", list(counts));
    let articles = scope.portal.incoming_of(handle, scope.portal.kind(&article::KIND));
    context.insert_value("articles", list(articles.iter().map(|edge| scope.link_to(edge.end)).collect()));
}

/// The list of all enterprises of a region, and their numbers by coverage level, each with the list of just these where there is one:
/// the portal's own region has a list by level, others when they have enterprises of one level only.
fn level_counts(scope: Scope<'_>, code: &str) -> (String, Vec<Value>) {
    let portal = scope.portal;
    let kind = portal.kind(&enterprise::KIND);
    let listed = |facet: &str, value: &str| {
        let lists = portal.lists(kind)?;
        let facet = lists.facets.iter().position(|(key, _)| *key == facet)?;
        let (_, values) = lists.facets.get(facet)?;
        let at = values.iter().position(|known| known.value == value)?;
        let stem = list_stem(portal, ListOf { kind, facet: Some((facet, at)) })?;
        Some(scope.href(&part_path(&stem, 1)))
    };
    let is_whole = code == portal.settings.region;
    let all = if is_whole { Some(scope.href("enterprises/index.html")) } else { listed("region", code) };
    let [sum, by_level @ ..] = portal.region_counts(code);
    let counts = COVERAGE_LEVELS.iter().zip(by_level).map(|(level, count)| {
        let href = match count {
            0 => None,
            _ if is_whole => listed("coverage_level", level.key),
            _ if count == sum => all.clone(),
            _ => None,
        };
        object([
            ("label", level.label_in(&portal.locale).into()),
            ("count", count.into()),
            ("href", href.unwrap_or_default().into()),
        ])
    });
    let counts = counts.collect();
    (all.unwrap_or_default(), counts)
}
