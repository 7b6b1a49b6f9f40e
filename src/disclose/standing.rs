//! How an enterprise stands on the as-of date: who covers it now, which licences ran out, what the last four
//! quarters brought.
//!
//! These are the only facts of a page that change with the calendar alone; they are settled here, so that
//! nothing behind the gate looks at the date.

use super::clock::Clock;
use crate::calendar::{Date, Quarter};
use crate::record::edges::{Edges, Handle};
use crate::record::value::{Record, View};
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
    /// Visited, nothing open.
    Done,
    /// Visited, problems still open.
    Open,
    /// Not visited, and the quarter is over.
    Missed,
    /// Not visited yet; the quarter runs.
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
    /// Day of the last visit in it.
    pub date: Option<Date>,
    /// Problems found in it.
    pub problems: u32,
    /// Of those, how many are closed.
    pub closed: u32,
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
    tables: &[Vec<Record>],
    edges: &Edges,
    clock: &Clock,
) -> (Vec<Standing>, Vec<bool>) {
    let index = |kind: &crate::record::field::Kind| kinds.index(kind.plural).unwrap_or(usize::MAX);
    let (enterprises, cadres, visits) = (index(&enterprise::KIND), index(&cadre::KIND), index(&visit::KIND));
    let table = |at: usize| tables.get(at).map_or(&[] as &[Record], Vec::as_slice);
    let left: Vec<bool> = table(cadres)
        .iter()
        .map(|record| record.view(&cadre::KIND).date(cadre::TO).is_some_and(|last| clock.is_over(last)))
        .collect();
    let quarter = clock.quarter();
    let standings = table(enterprises)
        .iter()
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
            Standing { assignments, expired, quarters: quarters(view, quarter, made.collect()) }
        })
        .collect();
    (standings, left)
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

/// A visit is owed from the first whole quarter after coverage began.
fn quarters(view: View<'_>, current: Quarter, visits: Vec<View<'_>>) -> [Cell; 4] {
    let covered_from = view
        .objects(enterprise::COVERED_BY)
        .filter_map(|entry| entry.date(enterprise::assignment::FROM))
        .min();
    let owed_from = covered_from.map(|first| first.quarter().next());
    let active = view.choice(enterprise::STATUS) == Some("active");
    let second = current.previous();
    let third = second.previous();
    [third.previous(), third, second, current].map(|quarter| {
        let mut cell = Cell { quarter, state: QuarterState::NotOwed, date: None, problems: 0, closed: 0 };
        for made in
            visits.iter().filter(|made| made.date(visit::DATE).is_some_and(|day| day.quarter() == quarter))
        {
            cell.date = cell.date.max(made.date(visit::DATE));
            for problem in made.objects(visit::PROBLEMS) {
                cell.problems += 1;
                cell.closed += u32::from(problem.date(visit::problem::CLOSED_ON).is_some());
            }
        }
        cell.state = match cell.date {
            Some(_) if cell.closed < cell.problems => QuarterState::Open,
            Some(_) => QuarterState::Done,
            None if !active || owed_from.is_none_or(|from| quarter < from) => QuarterState::NotOwed,
            None if quarter == current => QuarterState::Due,
            None => QuarterState::Missed,
        };
        cell
    })
}
