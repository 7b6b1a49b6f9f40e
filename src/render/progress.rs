//! `progress.html` and `progress/<region>.html`: the figures of the portal and of each region above the village.
//!
//! In: figures that the gate counted. Out: tables of them, each cell with numerator and denominator, each table with what it
//! is of. Nothing is computed here and nothing is looked for: a table that has no row is left out.
//!
//! Not here: what is counted (`record::measure`), the figures in texts (`text`).

use tera::{Context, Value};

use super::frame::{Page, PageKind};
use super::values::{Scope, list, object};
use super::{RenderError, Renderer};
use crate::calendar::period::Period;
use crate::disclose::Figure;
use crate::plan::{Output, PROGRESS, progress_path};
use crate::record::edges::Handle;
use crate::record::measure::{self as of, Class, MEASURES, NAMES, Unit};
use crate::record::region;

/// What stands first, in this order.
const MAIN: [usize; 15] = [
    of::ENTERPRISES,
    of::COVERAGE,
    of::VISITS,
    of::VISITS_DUE,
    of::VISITS_OVERDUE,
    of::RECTIFICATION,
    of::PASS_RATE,
    of::DENSITY,
    of::DISPOSAL,
    of::DISPOSAL_OVERDUE,
    of::TASKS,
    of::TASKS_LATE,
    of::TRAINING_HOURS,
    of::PERSON_TIMES,
    of::ASSESSED,
];

/// Rows of a table whose classes the records decide.
const MOST: usize = 20;

/// Months that are told, the last ones.
const MONTHS: usize = 12;

/// A table under way: its key among the theme's words, the measures of its columns, its rows.
struct Table<'p> {
    key: &'static str,
    measures: &'static [usize],
    rows: Vec<Row<'p>>,
}

struct Row<'p> {
    label: String,
    href: String,
    cells: Vec<Option<Figure<'p>>>,
}

impl Renderer<'_> {
    pub(super) fn progress(&self, output: &Output, region: Option<Handle>) -> Result<Vec<u8>, RenderError> {
        let portal = self.portal;
        let scope = self.scope(output);
        let named = region.or_else(|| portal.find(&region::KIND, &portal.settings.region));
        let place = named.and_then(|region| portal.record(region)).map_or("", |region| region.title());
        let mut page = Page::new(PageKind::Column, self.dashboard_of(place));
        // The column is called what the menu calls it, in tags and crumbs alike.
        page.column = self.own_column(self.word("dashboard"), "信息公开");
        page.menu = self.menu.iter().position(|entry| entry.route == PROGRESS);
        if region.is_some() {
            page.crumbs.push((self.word("dashboard").to_string(), PROGRESS.to_string()));
            page.step = place.to_string();
        } else {
            page.step = self.word("dashboard").to_string();
        }
        let main: Vec<Value> = MAIN
            .iter()
            .filter_map(|at| {
                let measure = MEASURES.get(*at)?;
                portal.figure(*at, region, portal.running(measure.rhythm), None)
            })
            .map(|figure| self.main_row(&figure))
            .collect();
        let tables = [
            self.by_class(
                "dashboard_levels",
                &[of::ENTERPRISES, of::COVERAGE, of::VISITS, of::VISITS_DUE],
                region,
                Class::Level,
            ),
            self.by_period(
                "dashboard_quarters",
                &[of::VISITS, of::VISITS_DUE, of::VISITS_OVERDUE, of::RECTIFICATION],
                region,
                Period::Quarter(0, 1),
            ),
            self.by_region(scope, region),
            self.by_class("dashboard_tiers", &[of::CADRES, of::LOAD], region, Class::Tier),
            self.by_period("dashboard_months", &[of::PASS_RATE], region, Period::Month(0, 1)),
            self.by_period(
                "dashboard_years",
                &[of::PASS_RATE, of::DENSITY, of::DISPOSAL, of::DISPOSAL_DELAY, of::DISPOSAL_OVERDUE],
                region,
                Period::Year(0),
            ),
            self.by_class("dashboard_categories", &[of::PASS_RATE], region, Class::Category),
            self.by_class("dashboard_items", &[of::FAILURES], region, Class::Item),
            self.by_class("dashboard_phases", &[of::TASKS, of::TASKS_LATE], region, Class::Phase),
            self.by_class("dashboard_departments", &[of::TASKS, of::TASKS_LATE], region, Class::Department),
            self.by_class(
                "dashboard_audiences",
                &[of::TRAININGS, of::TRAINING_HOURS, of::PERSON_TIMES, of::PERSONS, of::ASSESSED],
                region,
                Class::Audience,
            ),
        ];
        let tables = tables.into_iter().filter(|table| !table.rows.is_empty()).map(|table| self.table(table));
        let mut context = Context::new();
        context.insert_value("main", list(main));
        context.insert_value("tables", list(tables.collect()));
        context.insert_value("charts", self.dashboard_charts(region));
        context.insert_value("place", place.into());
        context.insert_value("data_href", scope.href("data/figures.csv").into());
        context.insert_value("has_data", portal.has_figures().into());
        if let Some(region) = region {
            context.insert_value("region", scope.link_to(region));
        }
        self.fill(output, "progress.html", page, context)
    }

    /// The figures that the first page tells, with the page that tells the rest.
    pub(super) fn headline(&self, scope: Scope<'_>) -> Value {
        let told = [of::COVERAGE, of::VISITS, of::PASS_RATE, of::DISPOSAL];
        let figures = told.iter().filter_map(|at| {
            let measure = MEASURES.get(*at)?;
            self.portal.figure(*at, None, self.portal.running(measure.rhythm), None)
        });
        object([
            ("figures", list(figures.map(|figure| self.main_row(&figure)).collect())),
            ("href", scope.href(PROGRESS).into()),
        ])
    }

    /// What the dashboard of a place is called.
    fn dashboard_of(&self, place: &str) -> String {
        let title = self.word("dashboard");
        match place {
            "" => title.to_string(),
            _ => self.portal.locale.fill("dashboard_named", &[("place", place), ("title", title)]),
        }
    }

    /// A figure with all that belongs to it.
    fn main_row(&self, figure: &Figure<'_>) -> Value {
        let locale = &self.portal.locale;
        let name = NAMES.get(figure.at).map_or("", |name| name.label_in(locale));
        object([
            ("name", name.into()),
            ("period", figure.period.map_or(String::new(), |period| locale.period(period)).into()),
            ("cell", self.cell(figure)),
            ("suffix", figure.measure.suffix_in(locale).into()),
            ("num_label", figure.measure.num_in(locale).into()),
            ("den_label", figure.measure.den_in(locale).map_or_else(Value::none, Value::from)),
            ("target", figure.target_text().map_or_else(Value::none, Value::from)),
            ("date", figure.day.map_or_else(Value::none, |day| self.shared.date(day, &self.portal.locale))),
        ])
    }

    fn cell(&self, figure: &Figure<'_>) -> Value {
        let sign = if figure.measure.unit == Unit::Percent { "%" } else { "" };
        let locale = &self.portal.locale;
        let value = figure.shown().map(|value| format!("{}{sign}", locale.number(&value)));
        let den = figure.den.map(|den| locale.number(&den.to_string()));
        object([
            ("value", value.map_or_else(Value::none, Value::from)),
            ("num", locale.number(&figure.numerator()).into()),
            ("den", den.map_or_else(Value::none, Value::from)),
            ("met", figure.met.map_or_else(Value::none, Value::from)),
        ])
    }

    fn table(&self, table: Table<'_>) -> Value {
        let locale = &self.portal.locale;
        let columns = table.measures.iter().filter_map(|at| Some((MEASURES.get(*at)?, NAMES.get(*at)?)));
        let columns = columns.map(|(measure, name)| {
            let unit = if measure.unit == Unit::Percent { "" } else { measure.suffix_in(locale) };
            object([("name", name.label_in(locale).into()), ("unit", unit.into())])
        });
        let days = table.rows.iter().flat_map(|row| &row.cells).flatten().filter_map(|figure| figure.day);
        let newest = days.max();
        let rows = table.rows.iter().map(|row| {
            let cells = row
                .cells
                .iter()
                .map(|cell| cell.as_ref().map_or_else(Value::none, |figure| self.cell(figure)));
            object([
                ("label", row.label.as_str().into()),
                ("href", row.href.as_str().into()),
                ("cells", list(cells.collect())),
            ])
        });
        object([
            ("id", table.key.trim_start_matches("dashboard_").into()),
            ("title", self.word(table.key).into()),
            ("caption", self.word(&format!("{}_caption", table.key)).into()),
            ("first", self.word(&format!("{}_first", table.key)).into()),
            ("columns", list(columns.collect())),
            ("rows", list(rows.collect())),
            ("date", newest.map_or_else(Value::none, |day| self.shared.date(day, &self.portal.locale))),
        ])
    }

    /// A row a value of a class; the measures stand as they are in their running periods.
    fn by_class(
        &self,
        key: &'static str,
        measures: &'static [usize],
        region: Option<Handle>,
        class: Class,
    ) -> Table<'_> {
        let portal = self.portal;
        let mut values: Vec<&str> = Vec::new();
        let period = |at: usize| MEASURES.get(at).and_then(|measure| portal.running(measure.rhythm));
        for at in measures {
            for figure in portal.figures_by(*at, region, period(*at), class) {
                let value = figure.class.map_or("", |(_, value)| value);
                if !values.contains(&value) {
                    values.push(value);
                }
            }
        }
        values.truncate(MOST);
        let rows = values.into_iter().map(|value| Row {
            label: class.label_in(value, &portal.locale).to_string(),
            href: String::new(),
            cells: measures
                .iter()
                .map(|at| portal.figure(*at, region, period(*at), Some((class, value))))
                .collect(),
        });
        Table { key, measures, rows: rows.collect() }
    }

    /// A row a period like the one given, oldest first.
    fn by_period(
        &self,
        key: &'static str,
        measures: &'static [usize],
        region: Option<Handle>,
        like: Period,
    ) -> Table<'_> {
        let portal = self.portal;
        let mut periods: Vec<Period> =
            measures.iter().flat_map(|at| portal.figure_periods(*at, region, like)).collect();
        periods.sort_unstable();
        periods.dedup();
        let from = periods.len().saturating_sub(MONTHS);
        let rows = periods.into_iter().skip(from).map(|period| Row {
            label: portal.locale.period(period),
            href: String::new(),
            cells: measures.iter().map(|at| portal.figure(*at, region, Some(period), None)).collect(),
        });
        Table { key, measures, rows: rows.collect() }
    }

    /// A row a region directly below.
    fn by_region(&self, scope: Scope<'_>, region: Option<Handle>) -> Table<'_> {
        const MEASURED: &[usize] =
            &[of::ENTERPRISES, of::COVERAGE, of::VISITS, of::VISITS_OVERDUE, of::PASS_RATE, of::DISPOSAL];
        let portal = self.portal;
        let above = region.or_else(|| portal.find(&region::KIND, &portal.settings.region));
        let below = above.map_or(&[] as &[Handle], |above| portal.regions_below(above));
        let period = |at: usize| MEASURES.get(at).and_then(|measure| portal.running(measure.rhythm));
        let rows = below.iter().filter_map(|below| {
            let cells: Vec<_> =
                MEASURED.iter().map(|at| portal.figure(*at, Some(*below), period(*at), None)).collect();
            let title = portal.record(*below)?.title().to_string();
            let href = progress_path(portal, Some(*below)).map_or(String::new(), |path| scope.href(&path));
            cells.iter().any(Option::is_some).then_some(Row { label: title, href, cells })
        });
        Table { key: "dashboard_regions", measures: MEASURED, rows: rows.collect() }
    }
}
