//! The charts of pages, drawn from the portal's figures and plans.
//!
//! In: figures with their denominators, days and targets, which `disclose` has counted; the tasks of a plan. Out: fragments of HTML for the templates, as
//! `charts`. The pictures change only when a figure does: no chart asks for today.
//!
//! Not here: how a chart is drawn (`chart`), and what figures are (`disclose`).

mod counts;
mod plan;
mod said;

use tera::Value;

use super::Renderer;
use super::values::{list, object};
use crate::calendar::Date;
use crate::calendar::period::Period;
use crate::chart::{
    Bar, Bars, Frame, Heads, Heat, HeatRow, Length, Month, Months, Rate, Scale, Stack, StackRow, Target,
};
use crate::disclose::Figure;
use crate::locale::Locale;
use crate::record::choices::COVERAGE_LEVELS;
use crate::record::edges::Handle;
use crate::record::field::Choice;
use crate::record::measure::{self as of, Class, MEASURES, Unit, measure_name};
use crate::record::region;
use said::Told;

/// Months of a line at the most, the last ones.
const MONTHS: usize = 24;

/// Regions of a chart at the most; the table below the charts has them all.
const REGIONS: usize = 60;

/// Quarters of a chart at the most.
const QUARTERS: usize = 8;

impl Renderer<'_> {
    /// Three charts of the home page: pass rate by month, batches by thousand people, visits by region.
    pub(super) fn home_charts(&self) -> Value {
        let charts = [
            self.pass_rate(None),
            self.by_region_below("chart-density", of::DENSITY, None),
            self.by_region_below("chart-visits-by-region", of::VISITS, None),
        ];
        fragments(charts.into_iter().flatten().collect())
    }

    /// The charts of a dashboard.
    pub(super) fn dashboard_charts(&self, region: Option<Handle>) -> Value {
        let charts = [
            self.coverage(region),
            self.pass_rate(region),
            self.by_region_below("chart-density", of::DENSITY, region),
            self.visits(region),
            self.loads(region),
            self.reasons(region),
            self.levels_of(region),
        ];
        fragments(charts.into_iter().flatten().collect())
    }

    fn frame<'f>(&'f self, id: &'f str, title: &'f str, note: &'f str) -> Frame<'f> {
        Frame {
            id,
            title,
            description: "",
            note,
            summary: self.word("chart_table"),
            empty: self.word("empty"),
            thousands: self.word("thousands"),
        }
    }

    /// The line below a chart: what is counted out of what, and the day of the newest fact.
    fn note(&self, measure: usize, day: Option<Date>) -> String {
        let locale = &self.portal.locale;
        let counted = MEASURES.get(measure).map_or(String::new(), |measure| {
            let den = measure.den_in(locale).map_or(String::new(), |den| format!(" / {den}"));
            format!("{}{den}", measure.num_in(locale))
        });
        let until = self.until(day);
        match (until.as_str(), counted.as_str()) {
            ("", part) | (part, "") => part.to_string(),
            (until, counted) => locale.fill("chart_counted", &[("until", until), ("counted", counted)]),
        }
    }

    /// The name of a chart with the period of its figures.
    fn titled(&self, name: &str, period: Option<Period>) -> String {
        let locale = &self.portal.locale;
        period.map_or_else(
            || name.to_string(),
            |period| locale.fill("chart_of", &[("period", &locale.period(period)), ("name", name)]),
        )
    }

    /// A coverage level in a picture, whose title says of what it is a level.
    fn level_word(&self, level: &'static Choice) -> String {
        let locale = &self.portal.locale;
        locale.fill("chart_level", &[("label", level.label_in(locale)), ("key", level.key)])
    }

    /// The target of figures, which are missed only when their period is over.
    fn target<'f>(&'f self, figures: &[&Figure<'_>]) -> Option<Target<'f>> {
        let is_over = figures.iter().any(|figure| figure.met == Some(false));
        self.target_of(figures, is_over.then(|| self.word("figure_missed")))
    }

    fn target_of<'f>(&'f self, figures: &[&Figure<'_>], missed: Option<&'f str>) -> Option<Target<'f>> {
        let value = figures.iter().find_map(|figure| figure.target)?;
        Some(Target { value, word: self.word("figure_target"), missed })
    }

    fn heads(&self, first: &'static str, measure: usize) -> Heads<'_> {
        let (of, locale) = (MEASURES.get(measure), &self.portal.locale);
        Heads {
            label: self.word(first),
            num: of.map_or("", |of| of.num_in(locale)),
            den: of.and_then(|of| of.den_in(locale)).unwrap_or(""),
            value: measure_name(measure).map_or("", |name| name.label_in(locale)),
        }
    }

    /// Coverage by region and level.
    fn coverage(&self, region: Option<Handle>) -> Option<String> {
        let below = self.regions_below(region);
        let figure = |region: &Handle, level: &str| {
            self.portal.figure(of::COVERAGE, Some(*region), None, Some((Class::Level, level)))
        };
        let cells: Vec<(Handle, Vec<Option<Figure<'_>>>)> = below
            .into_iter()
            .map(|region| (region, COVERAGE_LEVELS.iter().map(|level| figure(&region, level.key)).collect()))
            .filter(|(_, cells): &(_, Vec<Option<_>>)| cells.iter().any(Option::is_some))
            .collect();
        let rates: Vec<Vec<Option<Rate>>> =
            cells.iter().map(|(_, cells)| cells.iter().map(|cell| rate(cell.as_ref()?)).collect()).collect();
        let rows: Vec<HeatRow<'_>> = cells
            .iter()
            .zip(&rates)
            .map(|((region, _), rates)| HeatRow { label: self.title_of(*region), cells: rates })
            .collect();
        if rows.is_empty() {
            return None;
        }
        let day = cells.iter().flat_map(|(_, cells)| cells).flatten().filter_map(|figure| figure.day).max();
        let note = self.note(of::COVERAGE, day);
        let columns: Vec<String> = COVERAGE_LEVELS.iter().map(|level| self.level_word(level)).collect();
        let frame = self.frame("chart-coverage", self.word("chart_coverage"), &note);
        let heat = Heat {
            frame: Frame { description: self.word("chart_coverage_about"), ..frame },
            scale: self.scale(of::COVERAGE),
            corner: self.word("region"),
            columns: &columns.iter().map(String::as_str).collect::<Vec<_>>(),
            rows: &rows,
            bounds: Some([9_000, 9_500, 9_800, 10_000]),
        };
        Some(heat.html())
    }

    /// The pass rate by month.
    fn pass_rate(&self, region: Option<Handle>) -> Option<String> {
        let known = self.portal.figure_periods(of::PASS_RATE, region, Period::Month(0, 1));
        let (first, last) = (*known.first()?, *known.last()?);
        let mut periods: Vec<Period> = std::iter::successors(Some(first), |month| Some(month.next()))
            .take_while(|month| *month <= last)
            .collect();
        periods.drain(..periods.len().saturating_sub(MONTHS));
        let figures: Vec<Option<Figure<'_>>> = periods
            .iter()
            .map(|month| self.portal.figure(of::PASS_RATE, region, Some(*month), None))
            .collect();
        let labels: Vec<[String; 3]> =
            periods.iter().map(|month| month_words(&self.portal.locale, *month)).collect();
        let months: Vec<Month<'_>> = labels
            .iter()
            .zip(&figures)
            .map(|([label, tick, year], figure)| Month {
                label,
                tick,
                year,
                rate: figure.as_ref().and_then(rate),
            })
            .collect();
        let year = self.portal.running(MEASURES.get(of::PASS_RATE)?.rhythm);
        // Targets are set for a year; the months of the line are judged by them one by one.
        let yearly = self.portal.figure(of::PASS_RATE, region, year, None);
        let day = figures.iter().flatten().filter_map(|figure| figure.day).max();
        let note = self.note(of::PASS_RATE, day);
        let target =
            yearly.as_ref().and_then(|figure| self.target_of(&[figure], Some(self.word("figure_missed"))));
        let scale = self.scale(of::PASS_RATE);
        let rates = months.iter().filter_map(|month| Some((month.label, month.rate?)));
        let told: Vec<Told<'_>> =
            rates.clone().filter_map(|(label, rate)| Told::rate(label, rate, scale)).collect();
        let mut said = self.said(&self.rate_of(of::PASS_RATE, day), &told);
        said += &self.said_of_last(&told);
        said += &self.said_of_target(scale, target, rates.map(|(_, rate)| rate));
        let frame = self.frame("chart-pass-rate", self.word("chart_pass_rate"), &note);
        let chart = Months {
            frame: Frame { description: &said, ..frame },
            scale,
            months: &months,
            target,
            cut: self.word("chart_cut"),
            heads: self.heads("chart_month", of::PASS_RATE),
        };
        Some(chart.html())
    }

    /// A measure by the regions below, in its running period.
    fn by_region_below(&self, key: &str, measure: usize, region: Option<Handle>) -> Option<String> {
        let period = self.portal.running(MEASURES.get(measure)?.rhythm);
        let figures: Vec<(Handle, Figure<'_>)> = self
            .regions_below(region)
            .into_iter()
            .filter_map(|below| Some((below, self.portal.figure(measure, Some(below), period, None)?)))
            .collect();
        let bars: Vec<Bar<'_>> = figures
            .iter()
            .filter_map(|(below, figure)| Some(Bar { label: self.title_of(*below), rate: rate(figure)? }))
            .collect();
        if bars.is_empty() {
            return None;
        }
        let all: Vec<&Figure<'_>> = figures.iter().map(|(_, figure)| figure).collect();
        let name = measure_name(measure).map_or("", |name| name.label_in(&self.portal.locale));
        let title = self.titled(name, period);
        let day = all.iter().filter_map(|figure| figure.day).max();
        let note = self.note(measure, day);
        let (scale, target) = (self.scale(measure), self.target(&all));
        let told: Vec<Told<'_>> =
            bars.iter().filter_map(|bar| Told::rate(bar.label, bar.rate, scale)).collect();
        let mut said = self.said(&self.rate_of(measure, day), &told);
        said += &self.said_of_target(scale, target, bars.iter().map(|bar| bar.rate));
        let chart = Bars {
            frame: Frame { description: &said, ..self.frame(key, &title, &note) },
            scale,
            bars: &bars,
            target,
            heads: self.heads("region", measure),
        };
        Some(chart.html())
    }

    /// Visits done, due and overdue by quarter.
    fn visits(&self, region: Option<Handle>) -> Option<String> {
        let mut quarters = self.portal.figure_periods(of::VISITS, region, Period::Quarter(0, 1));
        quarters.drain(..quarters.len().saturating_sub(QUARTERS));
        let number = |measure: usize, quarter: Period| {
            let figure = self.portal.figure(measure, region, Some(quarter), None);
            figure.map_or(0, |figure| u64::try_from(figure.num).unwrap_or(0))
        };
        let labels: Vec<String> =
            quarters.iter().map(|quarter| self.portal.locale.period(*quarter)).collect();
        let rows: Vec<StackRow<'_>> = quarters
            .iter()
            .zip(&labels)
            .map(|(quarter, label)| StackRow {
                label,
                counts: [of::VISITS, of::VISITS_DUE, of::VISITS_OVERDUE]
                    .map(|measure| number(measure, *quarter)),
            })
            .collect();
        if rows.is_empty() {
            return None;
        }
        let day = quarters
            .iter()
            .filter_map(|quarter| self.portal.figure(of::VISITS, region, Some(*quarter), None)?.day)
            .max();
        let note = self.note(of::VISITS, day);
        let said = self.said_of_visits(&rows, day);
        let frame = self.frame("chart-visits", self.word("chart_visits"), &note);
        let chart = Stack {
            frame: Frame { description: &said, ..frame },
            parts: [self.word("chart_done"), self.word("chart_due"), self.word("chart_overdue")],
            rows: &rows,
            length: Length::Share,
            heads: [self.word("chart_quarter"), self.word("chart_sum")],
        };
        Some(chart.html())
    }

    fn scale(&self, measure: usize) -> Scale<'_> {
        let unit = MEASURES.get(measure).map_or(Unit::Number, |measure| measure.unit);
        let (per, digits, unit) = match unit {
            Unit::Percent => (100, 2, "%"),
            Unit::PerThousand => (1000, 2, ""),
            Unit::Mean => (1, 2, ""),
            Unit::Number | Unit::Hours => (1, 0, ""),
        };
        Scale { per, digits, unit, thousands: self.word("thousands") }
    }

    fn regions_below(&self, region: Option<Handle>) -> Vec<Handle> {
        let above = region.or_else(|| self.portal.find(&region::KIND, &self.portal.settings.region));
        let below = above.map_or(&[] as &[Handle], |above| self.portal.regions_below(above));
        below.iter().copied().take(REGIONS).collect()
    }

    fn title_of(&self, handle: Handle) -> &str {
        self.portal.record(handle).map_or("", |record| record.title())
    }
}

fn fragments(charts: Vec<String>) -> Value {
    list(charts.into_iter().map(|html| object([("html", html.into())])).collect())
}

/// Numerator and denominator; of a plain number the number.
fn rate(figure: &Figure<'_>) -> Option<Rate> {
    let num = u64::try_from(figure.num).ok()?;
    Some(match figure.den {
        Some(den) => Rate { num, den: u64::try_from(den).ok()? },
        None => Rate::count(num),
    })
}

/// `2026年3月`, `3`, `2026`.
fn month_words(locale: &Locale, period: Period) -> [String; 3] {
    match period {
        Period::Month(year, month) => [locale.period(period), month.to_string(), year.to_string()],
        other => [locale.period(other), other.to_string(), String::new()],
    }
}
