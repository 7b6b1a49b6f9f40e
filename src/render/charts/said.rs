//! What is said of a chart to those who hear it: what is counted and in which unit, until which day, how many rows there are, and which
//! are the greatest and the least.
//!
//! In: the rows of a chart with their values as it prints them. Out: sentences in the language of the site, whose forms are words of the
//! theme. All numbers stand in the table below the picture; here stands what an eye sees in it.
//!
//! Not here: the picture (`chart`).

use crate::calendar::Date;
use crate::chart::{Group, Phase, Rate, Scale, StackRow, State, Target};
use crate::record::measure::{self as of, MEASURES, Unit};
use crate::render::Renderer;

/// A row of a chart: its name, what it is sorted by, its value as it is printed.
pub(super) struct Told<'t> {
    label: &'t str,
    value: i64,
    text: String,
}

impl<'t> Told<'t> {
    /// A row with a rate; none where there is no value.
    pub(super) fn rate(label: &'t str, rate: Rate, scale: Scale<'_>) -> Option<Told<'t>> {
        Some(Told { label, value: scale.value(rate)?, text: scale.rate_text(rate) })
    }
}

impl Renderer<'_> {
    /// A row with a count, its unit behind it.
    pub(super) fn told<'t>(&self, label: &'t str, count: u64, unit: &str) -> Told<'t> {
        let value = i64::try_from(count).unwrap_or(i64::MAX);
        Told { label, value, text: self.counted(count, unit) }
    }

    /// A count with its unit.
    pub(super) fn counted(&self, count: u64, unit: &str) -> String {
        let (number, unit) = (self.portal.locale.number(&count.to_string()), self.word(unit));
        let gap = if unit.is_empty() { "" } else { self.word("gap") };
        format!("{number}{gap}{unit}")
    }

    /// The day of the newest fact, in words.
    pub(super) fn until(&self, day: Option<Date>) -> String {
        let date = |day| format!("{}{}", self.word("figure_until"), self.portal.locale.date(day));
        day.map_or(String::new(), date)
    }

    /// What a rate is of, with its unit, until which day.
    pub(super) fn rate_of(&self, measure: usize, day: Option<Date>) -> String {
        let locale = &self.portal.locale;
        let what = MEASURES.get(measure).map_or(String::new(), |measure| {
            let key = match measure.unit {
                Unit::PerThousand => "chart_what_density",
                _ => "chart_what_rate",
            };
            locale
                .fill(key, &[("num", measure.num_in(locale)), ("den", measure.den_in(locale).unwrap_or(""))])
        });
        self.with_day(what, day)
    }

    /// What is counted and how many there are of it together, until which day.
    pub(super) fn sum_of(&self, measure: usize, sum: u64, unit: &str, day: Option<Date>) -> String {
        let (locale, what) = (&self.portal.locale, self.what_of(measure));
        let sum = self.counted(sum, unit);
        self.with_day(locale.fill("chart_what_sum", &[("what", what), ("sum", &sum)]), day)
    }

    /// What is counted, where rows have no sum, until which day.
    pub(super) fn count_of(&self, measure: usize, day: Option<Date>) -> String {
        self.with_day(self.what_of(measure).to_string(), day)
    }

    /// What a measure counts, in words.
    fn what_of(&self, measure: usize) -> &str {
        MEASURES.get(measure).map_or("", |measure| measure.num_in(&self.portal.locale))
    }

    fn with_day(&self, what: String, day: Option<Date>) -> String {
        let parts = [what, self.until(day)];
        self.portal.locale.join("comma", parts.into_iter().filter(|part| !part.is_empty()))
    }

    /// What is counted, how many rows there are, the greatest and the least.
    pub(super) fn said(&self, what: &str, rows: &[Told<'_>]) -> String {
        let locale = &self.portal.locale;
        // Of equal ones the first is named, as the eye meets it first.
        let most = rows.iter().rev().max_by_key(|row| row.value);
        let least = rows.iter().min_by_key(|row| row.value);
        let (Some(most), Some(least)) = (most, least) else { return String::new() };
        let key = match rows.len() {
            1 => "chart_say_one",
            _ if most.value == least.value => "chart_say_same",
            _ => "chart_say",
        };
        let slots = [
            ("what", what),
            ("n", &rows.len().to_string()),
            ("most", most.label),
            ("most_value", &most.text),
            ("least", least.label),
            ("least_value", &least.text),
        ];
        locale.fill(key, &slots)
    }

    /// The last row of a chart in time.
    pub(super) fn said_of_last(&self, rows: &[Told<'_>]) -> String {
        let last = rows.last().filter(|_| rows.len() > 1);
        last.map_or(String::new(), |last| {
            self.portal.locale.fill("chart_say_last", &[("last", last.label), ("last_value", &last.text)])
        })
    }

    /// The target, and how many rows miss it, once that is judged.
    pub(super) fn said_of_target(
        &self,
        scale: Scale<'_>,
        target: Option<Target<'_>>,
        rates: impl Iterator<Item = Rate>,
    ) -> String {
        let Some(target) = target else { return String::new() };
        let missed = rates.filter(|rate| scale.misses(*rate, Some(target))).count();
        let key = if target.missed.is_some() { "chart_say_missed" } else { "chart_say_aim" };
        let slots = [("target", &*scale.text(target.value)), ("n", &missed.to_string())];
        self.portal.locale.fill(key, &slots)
    }

    /// Visits: the last quarter in full, and where most and least were made.
    pub(super) fn said_of_visits(&self, rows: &[StackRow<'_>], day: Option<Date>) -> String {
        let told: Vec<Told<'_>> =
            rows.iter().map(|row| self.told(row.label, row.counts[0], "unit_enterprises")).collect();
        let what = self.count_of(of::VISITS, day);
        let last = rows.last().map_or(String::new(), |row| {
            let [done, due, overdue] = row.counts.map(|count| self.counted(count, "unit_enterprises"));
            let slots = [("last", row.label), ("done", &done), ("due", &due), ("overdue", &overdue)];
            self.portal.locale.fill("chart_say_visits", &slots)
        });
        self.said(&what, &told) + &last
    }

    /// Tasks of a plan: how many of which department, from when to when, and how they stand.
    pub(super) fn said_of_tasks(&self, groups: &[Group<'_>], phases: &[Phase<'_>]) -> String {
        let locale = &self.portal.locale;
        let told: Vec<Told<'_>> = groups
            .iter()
            .map(|group| self.told(group.label, group.tasks.len() as u64, "unit_tasks"))
            .collect();
        let tasks = || groups.iter().flat_map(|group| group.tasks);
        let of = |state: State| {
            self.counted(tasks().filter(|task| task.state == state).count() as u64, "unit_tasks")
        };
        let day = |day: Option<Date>| day.map_or(String::new(), |day| locale.date(day));
        let [done, open, late, coming] = [State::Done, State::Running, State::Late, State::Coming].map(of);
        let what = locale.fill(
            "chart_what_tasks",
            &[
                ("n", &self.counted(tasks().count() as u64, "unit_tasks")),
                ("from", &day(phases.iter().map(|phase| phase.from).min())),
                ("to", &day(phases.iter().map(|phase| phase.to).max())),
            ],
        );
        let states = [("done", &*done), ("open", &open), ("late", &late), ("coming", &coming)];
        self.said(&what, &told) + &locale.fill("chart_say_tasks", &states)
    }
}
