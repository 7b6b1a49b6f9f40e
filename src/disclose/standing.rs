//! How an enterprise stands on the as-of date: who covers it now, which licences ran out, what the last four
//! quarters brought.
//!
//! These are the only facts of a page that change with the calendar alone; they are settled here, so that
//! nothing behind the gate looks at the date.

use rayon::prelude::*;

use super::clock::Clock;
use super::standings::{Kept, Standings};
use crate::calendar::{Date, Quarter};
use crate::record::edges::{Edges, Handle};
use crate::record::field::{Field, Home, Kind, Type};
use crate::record::settings::Settings;
use crate::record::value::{Record, Value, View};
use crate::record::values::Values;
use crate::record::{Kinds, cadre, enterprise, visit};

/// Whether an assignment holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AssignmentState {
    /// It has begun and not ended, and the cadre is in office.
    Current,
    /// It has ended, or the cadre has left.
    Past,
    /// It has not begun.
    Coming,
}

/// What a quarter brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuarterState {
    /// Visited as often as owed, nothing open.
    Done,
    /// Visited as often as owed, problems still open.
    Open,
    /// Not visited, or not often enough, and the quarter is over.
    Missed,
    /// Not visited yet, or not often enough; the quarter runs.
    Due,
    /// No visit was owed: coverage had not begun, or the enterprise is not active.
    NotOwed,
}

/// One quarter of an enterprise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cell {
    /// The quarter.
    pub quarter: Quarter,
    /// What it brought.
    pub state: QuarterState,
    /// Visits owed in it.
    pub owed: u32,
    /// Visits made in it.
    pub made: u32,
    /// Day of the last visit in it.
    pub date: Option<Date>,
    /// Day on which the last of its problems so far was closed.
    pub closed_on: Option<Date>,
    /// Problems found in it.
    pub problems: u32,
    /// Of those, how many are closed.
    pub closed: u32,
}

impl Cell {
    /// Whether every visit owed was made, or one where none was.
    pub fn is_done(&self) -> bool {
        matches!(self.state, QuarterState::Done | QuarterState::Open)
    }
}

/// How an enterprise stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Standing {
    /// One state an entry of `covered_by`.
    pub assignments: Box<[AssignmentState]>,
    /// One flag a licence: whether it ran out.
    pub expired: Box<[bool]>,
    /// The last four quarters, oldest first; the last one runs.
    pub quarters: [Cell; 4],
}

/// Settles the standing of every enterprise and whether each cadre has left.
pub(super) fn settle(
    kinds: &Kinds,
    settings: &Settings,
    tables: &[Vec<Record>],
    edges: &Edges,
    clock: &Clock,
) -> (Standings, Vec<bool>) {
    let index = |kind: &crate::record::field::Kind| kinds.index(kind.plural).unwrap_or(usize::MAX);
    let (enterprises, cadres, visits) = (index(&enterprise::KIND), index(&cadre::KIND), index(&visit::KIND));
    let table = |at: usize| tables.get(at).map_or(&[] as &[Record], Vec::as_slice);
    let left: Vec<bool> = table(cadres)
        .iter()
        .map(|record| record.view(&cadre::KIND).date(cadre::TO).is_some_and(|last| clock.is_over(last)))
        .collect();
    let quarter = clock.quarter();
    let all: Vec<Kept> = table(enterprises)
        .par_iter()
        .enumerate()
        .map(|(no, record)| {
            let view = record.view(&enterprise::KIND);
            let handle = Handle { kind: enterprises as u16, no: no as u32 };
            let made = edges
                .incoming_of(handle, visits as u16)
                .iter()
                .filter_map(|edge| table(visits).get(edge.end.no as usize))
                .map(|record| record.view(&visit::KIND));
            let assignments = assignments(view, clock, |id| {
                crate::record::edges::place(table(cadres), id)
                    .and_then(|no| left.get(no as usize).copied())
                    .unwrap_or(false)
            });
            let expired = view
                .objects(enterprise::LICENCES)
                .map(|licence| {
                    licence.date(enterprise::licence::VALID_TO).is_some_and(|last| clock.is_over(last))
                })
                .collect();
            let quarters = quarters(view, quarter, settings, made.collect());
            Kept::of(Standing { assignments, expired, quarters })
        })
        .collect();
    (Standings::of(all, last_four(quarter)), left)
}

fn assignments(view: View<'_>, clock: &Clock, has_left: impl Fn(&str) -> bool) -> Box<[AssignmentState]> {
    view.objects(enterprise::COVERED_BY)
        .map(|entry| {
            use enterprise::assignment::{CADRE, FROM, TO};
            if entry.date(TO).is_some_and(|last| clock.is_over(last))
                || entry.text(CADRE).is_some_and(&has_left)
            {
                AssignmentState::Past
            } else if entry.date(FROM).is_some_and(|first| !clock.has_come(first)) {
                AssignmentState::Coming
            } else {
                AssignmentState::Current
            }
        })
        .collect()
}

/// The last four quarters, oldest first.
fn last_four(current: Quarter) -> [Quarter; 4] {
    let before = current.previous();
    let earlier = before.previous();
    [earlier.previous(), earlier, before, current]
}

/// Visits are owed from the first whole quarter after coverage began, where at least one is owed every quarter.
fn quarters(view: View<'_>, current: Quarter, settings: &Settings, visits: Vec<View<'_>>) -> [Cell; 4] {
    let covered_from = view
        .objects(enterprise::COVERED_BY)
        .filter_map(|entry| entry.date(enterprise::assignment::FROM))
        .min();
    let owed_from = covered_from.map(|first| first.quarter().next());
    let (level, active) =
        (view.choice(enterprise::COVERAGE_LEVEL), view.choice(enterprise::STATUS) == Some("active"));
    last_four(current).map(|quarter| {
        let is_owed = active && owed_from.is_some_and(|from| quarter >= from);
        let owed = if is_owed { settings.visits_in(level, quarter) } else { 0 };
        let mut cell = Cell {
            quarter,
            state: QuarterState::NotOwed,
            owed,
            made: 0,
            date: None,
            closed_on: None,
            problems: 0,
            closed: 0,
        };
        for made in
            visits.iter().filter(|made| made.date(visit::DATE).is_some_and(|day| day.quarter() == quarter))
        {
            cell.made += 1;
            cell.date = cell.date.max(made.date(visit::DATE));
            for problem in made.objects(visit::PROBLEMS) {
                cell.problems += 1;
                let closed_on = problem.date(visit::problem::CLOSED_ON);
                cell.closed += u32::from(closed_on.is_some());
                cell.closed_on = cell.closed_on.max(closed_on);
            }
        }
        cell.state = if cell.made >= owed.max(1) {
            if cell.closed < cell.problems { QuarterState::Open } else { QuarterState::Done }
        } else if owed == 0 {
            QuarterState::NotOwed
        } else if quarter == current {
            QuarterState::Due
        } else {
            QuarterState::Missed
        };
        cell
    })
}

/// Keys of days that lie ahead by their nature: they tell of an end, not of something that happened.
const AHEAD: [&str; 4] = ["valid_to", "to", "publish_until", "due"];

/// The day on which each record was published: the day from which its kind is public, else that of the record it
/// stands inside, else the day by which its kind's lists run, else the latest of its own days; none when it tells of no day.
pub(super) fn publications(kinds: &Kinds, tables: &[Vec<Record>], clock: &Clock) -> Vec<Vec<Option<Date>>> {
    let begin = |kind: &Kind, record: &Record| day_of(record.view(kind).by_key(kind.period.from?), clock);
    let within = |kind: &Kind, record: &Record| {
        let Home::Inside(parent, key) = kind.home else { return None };
        let at = kinds.index(parent)?;
        let table = tables.get(at)?;
        let above = table
            .get(crate::record::edges::place(table, record.view(kind).by_key(key).as_text()?)? as usize)?;
        begin(kinds.at(at)?, above)
    };
    let day = |kind: &'static Kind, record: &Record| {
        begin(kind, record)
            .or_else(|| within(kind, record))
            .or_else(|| day_of(record.view(kind).by_key(kind.dated?), clock))
            .or_else(|| latest(kind.fields, &record.values, clock))
    };
    kinds
        .all()
        .zip(tables)
        .map(|(kind, table)| table.par_iter().map(|record| day(kind, record)).collect())
        .collect()
}

/// A day or the day of a moment, if it has come.
fn day_of(value: &Value, clock: &Clock) -> Option<Date> {
    match value {
        Value::Date(day) => Some(*day).filter(|day| clock.has_come(*day)),
        Value::Text(moment) => Date::parse(moment.get(..10)?),
        _ => None,
    }
}

fn latest(fields: &'static [Field], values: &Values, clock: &Clock) -> Option<Date> {
    fields
        .iter()
        .zip(values)
        .filter(|(field, _)| !AHEAD.contains(&field.key))
        .filter_map(|(field, value)| latest_of(field.ty, value, clock))
        .max()
}

fn latest_of(ty: Type, value: &Value, clock: &Clock) -> Option<Date> {
    match (ty, value) {
        (_, Value::Date(_)) | (Type::Moment, Value::Text(_)) => day_of(value, clock),
        (Type::Object(fields), Value::Object(values)) => latest(fields, values, clock),
        (Type::List(member), Value::List(values)) => {
            values.iter().filter_map(|value| latest_of(*member, value, clock)).max()
        }
        _ => None,
    }
}
