//! Counting: one pass over each kind that a measure counts.
//!
//! In: the portal with its standings, places and lists, and the clock. Out: [`Figures`]. Visits and what is owed come from the
//! standings, so that a page of an enterprise and a total never disagree.
//!
//! Not here: sums by region (`tally`), values and targets (`mod`).

use rayon::prelude::*;

use super::tally::{Fact, Tally};
use super::{Figures, Key, Parts, WHOLE};
use crate::calendar::{Date, Quarter, period::Period};
use crate::disclose::clock::Clock;
use crate::disclose::portal::Portal;
use crate::disclose::standing::{AssignmentState, Standing};
use crate::record::edges::Handle;
use crate::record::field::Kind;
use crate::record::indicator::decimal;
use crate::record::measure as of;
use crate::record::measure::Class;
use crate::record::value::{Record, Value, View};
use crate::record::{
    assessment, cadre, disposal, enterprise, plan_task, region, sample, sampling_notice, training,
};

/// Months after a notice in which results of disposal are to be published (orders of SAMR in its notices).
const RESULT_MONTHS: i64 = 3;

/// Enterprises that one worker counts: whole numbers of them, so that values get the same places whoever counts.
const CHUNK: usize = 4096;

/// Such stretches a worker whose counts are held at once: each has cells of nearly as many regions as enterprises.
const AT_ONCE: usize = 2;

/// Counts everything.
pub(in crate::disclose) fn count_figures(portal: &Portal, clock: &Clock) -> Figures {
    let quarter = clock.quarter();
    let counter = || Counter { portal, clock, quarter, tally: Tally::default() };
    let of_enterprises = || {
        let all = portal.lists(portal.kind(&enterprise::KIND)).map_or(&[] as &[u32], |lists| &lists.all);
        let mut all_counted = counter();
        let mut loads = vec![0; portal.count(portal.kind(&cadre::KIND))];
        for some in all.chunks(CHUNK * AT_ONCE * rayon::current_num_threads()) {
            let parts = some.par_chunks(CHUNK).map(|some| {
                let mut counter = counter();
                let covering = counter.enterprises(some);
                (counter.tally, covering)
            });
            for (tally, covering) in parts.collect::<Vec<_>>() {
                all_counted.tally.absorb(tally);
                for cadre in covering {
                    if let Some(load) = loads.get_mut(cadre as usize) {
                        *load += 1;
                    }
                }
            }
        }
        all_counted.cadres(&loads);
        (all_counted.tally, loads)
    };
    let of_the_rest = || {
        let mut counter = counter();
        counter.samples();
        counter.tasks();
        counter.trainings();
        counter.assessments();
        counter.tally
    };
    let ((mut tally, loads), rest) = rayon::join(of_enterprises, of_the_rest);
    tally.absorb(rest);
    let (mut cells, names) = tally.roll_up(portal);
    set_denominators(portal, &mut cells);
    let running = vec![Period::Year(quarter.year), Period::Quarter(quarter.year, quarter.number)];
    Figures { cells, names, running, loads }
}

struct Counter<'p> {
    portal: &'p Portal,
    clock: &'p Clock,
    quarter: Quarter,
    tally: Tally,
}

impl<'p> Counter<'p> {
    /// Some enterprises, their coverage and visits; gives the cadre of each assignment.
    fn enterprises(&mut self, numbers: &[u32]) -> Vec<u32> {
        let portal = self.portal;
        let kind = portal.kind(&enterprise::KIND);
        let mut covering = Vec::with_capacity(numbers.len());
        for no in numbers {
            let handle = Handle { kind, no: *no };
            let (Some(view), Some(standing)) = (self.view(handle), portal.standing(handle)) else { continue };
            let region = self.region(handle);
            let one = Fact { region, counts: (1, 0), day: None };
            let level = view.choice(enterprise::COVERAGE_LEVEL);
            self.tally.add(of::ENTERPRISES, None, None, one);
            self.by(of::ENTERPRISES, None, Class::Level, level, one);
            self.by(of::ENTERPRISES, None, Class::Sector, view.choice(enterprise::SECTOR), one);
            let mut since = None;
            for (entry, state) in view.objects(enterprise::COVERED_BY).zip(&standing.assignments) {
                if *state != AssignmentState::Current {
                    continue;
                }
                since = since.max(Some(entry.date(enterprise::assignment::FROM)));
                let cadre = entry.text(enterprise::assignment::CADRE);
                let cadre = cadre.and_then(|id| portal.find(&cadre::KIND, id));
                covering.extend(cadre.map(|cadre| cadre.no));
            }
            let is_active = view.choice(enterprise::STATUS) == Some("active");
            if is_active && level.is_some() {
                let fact = Fact { region, counts: (i64::from(since.is_some()), 1), day: since.flatten() };
                self.tally.add(of::COVERAGE, None, None, fact);
                self.by(of::COVERAGE, None, Class::Level, level, fact);
            }
            self.visits(&standing, region, level);
        }
        covering
    }

    fn visits(&mut self, standing: &Standing, region: u32, level: Option<&str>) {
        for cell in &standing.quarters {
            let period = Some(Period::Quarter(cell.quarter.year, cell.quarter.number));
            if cell.owed > 0 {
                let visited = cell.is_done();
                let done = Fact { region, counts: (i64::from(visited), 1), day: cell.date };
                let (rest, since) = if cell.quarter == self.quarter {
                    (of::VISITS_DUE, cell.quarter.first_day())
                } else {
                    (of::VISITS_OVERDUE, cell.quarter.next().first_day())
                };
                let missing =
                    Fact { region, counts: (i64::from(!visited), 0), day: cell.date.max(Some(since)) };
                for (measure, fact) in [(of::VISITS, done), (rest, missing)] {
                    self.tally.add(measure, period, None, fact);
                    self.by(measure, period, Class::Level, level, fact);
                }
            }
            if cell.problems > 0 {
                let counts = (i64::from(cell.closed), i64::from(cell.problems));
                let day = cell.date.max(cell.closed_on);
                self.tally.add(of::RECTIFICATION, period, None, Fact { region, counts, day });
            }
        }
    }

    fn cadres(&mut self, loads: &[u32]) {
        let portal = self.portal;
        for handle in portal.handles(portal.kind(&cadre::KIND)) {
            let Some(view) = self.view(handle).filter(|_| !portal.has_left(handle)) else { continue };
            let from = view.date(cadre::FROM);
            if from.is_some_and(|from| !self.clock.has_come(from)) {
                continue;
            }
            let region = self.region(handle);
            let tier = view.choice(cadre::LEVEL);
            let load = i64::from(loads.get(handle.no as usize).copied().unwrap_or(0));
            let one = Fact { region, counts: (1, 0), day: from };
            self.tally.add(of::CADRES, None, None, one);
            self.by(of::CADRES, None, Class::Tier, tier, one);
            let above = Fact { counts: (i64::from(load > portal.settings.max_load), 0), ..one };
            self.tally.add(of::OVERLOAD, None, None, above);
            if load > 0 {
                let fact = Fact { counts: (load, 1), ..one };
                self.tally.add(of::LOAD, None, None, fact);
                self.by(of::LOAD, None, Class::Tier, tier, fact);
            }
        }
    }

    fn samples(&mut self) {
        let portal = self.portal;
        let notices = portal.kind(&sampling_notice::KIND);
        for handle in portal.handles(portal.kind(&sample::KIND)) {
            let Some(view) = self.view(handle) else { continue };
            let notice = portal.outgoing(handle).iter().map(|edge| edge.end).find(|end| end.kind == notices);
            let Some(date) = notice.and_then(|notice| self.view(notice)?.date(sampling_notice::DATE)) else {
                continue;
            };
            let Some(conclusion) = view.choice(sample::CONCLUSION) else { continue };
            let passed = conclusion == "qualified";
            let region = self.region(handle);
            let year = Some(Period::Year(date.year()));
            let fact = Fact { region, counts: (i64::from(passed), 1), day: Some(date) };
            self.tally.add(of::PASS_RATE, year, None, fact);
            self.tally.add(of::PASS_RATE, Some(Period::Month(date.year(), date.month())), None, fact);
            self.by(of::PASS_RATE, year, Class::Category, view.text(sample::CATEGORY), fact);
            self.tally.add(of::DENSITY, year, None, Fact { counts: (1, 0), ..fact });
            if !passed {
                self.failure(handle, view, date, region);
            }
        }
    }

    /// A batch that failed: in what, and what came of it.
    fn failure(&mut self, handle: Handle, view: View<'p>, date: Date, region: u32) {
        let portal = self.portal;
        let year = Some(Period::Year(date.year()));
        let one = Fact { region, counts: (1, 0), day: Some(date) };
        let mut items: Vec<&str> =
            view.objects(sample::ITEMS).filter_map(|item| item.text(sample::item::ITEM)).collect();
        items.sort_unstable();
        items.dedup();
        for item in items {
            self.by(of::FAILURES, year, Class::Item, Some(item), one);
        }
        let disposals = portal.incoming_of(handle, portal.kind(&disposal::KIND));
        let done = disposals
            .iter()
            .filter_map(|edge| self.view(edge.end))
            .filter(|view| matches!(view.choice(disposal::STATUS), Some("closed") | None));
        let done: Option<Date> = done.filter_map(|view| view.date(disposal::PUBLISHED_ON)).min();
        let day = Some(date).max(done);
        self.tally.add(
            of::DISPOSAL,
            year,
            None,
            Fact { region, counts: (i64::from(done.is_some()), 1), day },
        );
        let last = date.term_end_months(RESULT_MONTHS);
        let late = done.is_none() && self.clock.is_over(last);
        let day = day.max(late.then(|| last.plus_days(1)));
        self.tally.add(of::DISPOSAL_OVERDUE, year, None, Fact { region, counts: (i64::from(late), 0), day });
        if let Some(done) = done {
            let days = done.days_since(date).max(0);
            self.tally.add(
                of::DISPOSAL_DELAY,
                year,
                None,
                Fact { region, counts: (days, 1), day: Some(done) },
            );
        }
    }

    fn tasks(&mut self) {
        let portal = self.portal;
        for handle in portal.handles(portal.kind(&plan_task::KIND)) {
            let Some(view) = self.view(handle) else { continue };
            let done = view.date(plan_task::DONE_ON).filter(|day| self.clock.has_come(*day));
            let due = view.date(plan_task::DUE);
            let late = done.is_none() && due.is_some_and(|due| self.clock.is_over(due));
            let fact = Fact { region: WHOLE, counts: (i64::from(done.is_some()), 1), day: done };
            let since = due.filter(|_| late).map(|due| due.plus_days(1));
            let behind = Fact { counts: (i64::from(late), 0), day: done.max(since), ..fact };
            let phase = view
                .text(plan_task::PLAN)
                .zip(view.text(plan_task::PHASE))
                .map(|(plan, phase)| format!("{plan}/{phase}"));
            for (measure, fact) in [(of::TASKS, fact), (of::TASKS_LATE, behind)] {
                self.tally.add(measure, None, None, fact);
                self.by(measure, None, Class::Phase, phase.as_deref(), fact);
                for lead in view.list(plan_task::LEAD).iter().filter_map(Value::as_text) {
                    self.by(measure, None, Class::Department, Some(lead), fact);
                }
            }
        }
    }

    fn trainings(&mut self) {
        for handle in self.portal.handles(self.portal.kind(&training::KIND)) {
            let Some(view) = self.view(handle) else { continue };
            let Some(date) = view.date(training::DATE).filter(|day| self.clock.has_come(*day)) else {
                continue;
            };
            let year = Some(Period::Year(date.year()));
            let hours = decimal(view, training::HOURS)
                .and_then(|(value, digits)| Some(value.checked_mul(100)? / 10i128.checked_pow(digits)?))
                .and_then(|hours| i64::try_from(hours).ok());
            let counts = [
                (of::TRAININGS, Some(1)),
                (of::TRAINING_HOURS, hours),
                (of::PERSONS, view.count(training::PERSONS)),
                (of::PERSON_TIMES, view.count(training::PERSON_TIMES).or(view.count(training::PERSONS))),
            ];
            let region = self.region(handle);
            for (measure, count) in counts {
                let Some(count) = count else { continue };
                let fact = Fact { region, counts: (count, 0), day: Some(date) };
                self.tally.add(measure, year, None, fact);
                for audience in self.audiences(view) {
                    self.by(measure, year, Class::Audience, Some(audience), fact);
                }
            }
        }
    }

    fn audiences(&self, view: View<'p>) -> Vec<&'static str> {
        let known = Class::Audience.values().unwrap_or_default();
        let key = |value: &Value| match value {
            Value::Choice(at) => known.get(usize::from(*at)).map(|choice| choice.key),
            _ => None,
        };
        view.list(training::AUDIENCE).iter().filter_map(key).collect()
    }

    fn assessments(&mut self) {
        for handle in self.portal.handles(self.portal.kind(&assessment::KIND)) {
            let Some(view) = self.view(handle) else { continue };
            let Some(date) = view.date(assessment::DATE) else { continue };
            let year = Some(Period::Year(date.year()));
            let passed = view.flag(assessment::PASSED) == Some(true);
            let fact = Fact { region: self.region(handle), counts: (i64::from(passed), 1), day: Some(date) };
            self.tally.add(of::ASSESSED, year, None, fact);
            self.by(of::ASSESSED, year, Class::Audience, view.choice(assessment::ROLE), fact);
        }
    }

    fn by(&mut self, measure: usize, period: Option<Period>, class: Class, value: Option<&str>, fact: Fact) {
        if let Some(value) = value {
            self.tally.add(measure, period, Some((class, value)), fact);
        }
    }

    fn region(&self, handle: Handle) -> u32 {
        self.portal.region_of(handle).map_or(WHOLE, |region| region.no)
    }

    fn view(&self, handle: Handle) -> Option<View<'p>> {
        let kind: &'static Kind = self.portal.kinds.at(usize::from(handle.kind))?;
        let record: &'p Record = self.portal.stored(handle)?;
        Some(record.view(kind))
    }
}

/// Denominators that are no sum: residents of a region, and the failed batches that an item is counted out of.
fn set_denominators(portal: &Portal, cells: &mut std::collections::BTreeMap<Key, Parts>) {
    let (density, failures, disposal) = (of::DENSITY as u8, of::FAILURES as u8, of::DISPOSAL as u8);
    let regions = portal.kind(&region::KIND);
    let own = portal.find(&region::KIND, &portal.settings.region);
    let residents = |no: u32| {
        let handle = if no == WHOLE { own } else { Some(Handle { kind: regions, no }) };
        portal.record(handle?)?.view().count(region::POPULATION).filter(|count| *count > 0)
    };
    let failed: Vec<(Key, i64)> = cells
        .iter()
        .filter(|(key, _)| key.measure == disposal && key.class.is_none())
        .map(|(key, parts)| (*key, parts.den))
        .collect();
    cells.retain(|key, parts| {
        if key.measure == density {
            let Some(count) = residents(key.region) else { return false };
            parts.den = count;
        }
        if key.measure == failures {
            let whole = Key { measure: disposal, class: None, ..*key };
            parts.den = failed
                .binary_search_by_key(&whole, |(key, _)| *key)
                .map_or(0, |at| failed.get(at).map_or(0, |(_, den)| *den));
        }
        true
    });
}
