//! The standings of all enterprises, each in less than half of the room that one takes where it is looked at.
//!
//! In: a [`Standing`] an enterprise, whose quarters are the same four for all. Out: the same again, one at a time: a province
//! has a million enterprises, and pages look at a few.
//!
//! Not here: what a standing says (`standing`).

use super::standing::{AssignmentState, Cell, QuarterState, Standing};
use crate::calendar::{Date, Quarter};

/// In place of a day: there was no visit.
const NO_DAY: u8 = u8::MAX;

/// The standings of enterprises, by place.
#[derive(Debug, Default)]
pub(super) struct Standings {
    all: Vec<Kept>,
    /// The last four quarters, oldest first.
    quarters: Option<[Quarter; 4]>,
}

/// One standing: its states and flags in one list, its quarters without what all have.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    flags: Box<[Flag]>,
    cells: [KeptCell; 4],
}

#[derive(Clone, Copy, Debug)]
enum Flag {
    Assignment(AssignmentState),
    Expired(bool),
}

#[derive(Clone, Copy, Debug)]
struct KeptCell {
    /// Days from the first one of the quarter.
    day: u8,
    owed: u8,
    made: u8,
    state: QuarterState,
    closed_on: Option<Date>,
    problems: u16,
    closed: u16,
}

impl Kept {
    /// Makes a standing small.
    pub(super) fn of(standing: Standing) -> Kept {
        let assignments = standing.assignments.iter().map(|state| Flag::Assignment(*state));
        let expired = standing.expired.iter().map(|expired| Flag::Expired(*expired));
        Kept { flags: assignments.chain(expired).collect(), cells: standing.quarters.map(KeptCell::of) }
    }
}

impl KeptCell {
    fn of(cell: Cell) -> KeptCell {
        let first = cell.quarter.first_day();
        let day = cell.date.and_then(|date| u8::try_from(date.days_since(first)).ok());
        let small = |count: u32| u16::try_from(count).unwrap_or(u16::MAX);
        let few = |count: u32| u8::try_from(count).unwrap_or(u8::MAX);
        KeptCell {
            day: day.unwrap_or(NO_DAY),
            owed: few(cell.owed),
            made: few(cell.made),
            state: cell.state,
            closed_on: cell.closed_on,
            problems: small(cell.problems),
            closed: small(cell.closed),
        }
    }

    fn cell(self, quarter: Quarter) -> Cell {
        let date = (self.day != NO_DAY).then(|| quarter.first_day().plus_days(self.day.into()));
        Cell {
            quarter,
            state: self.state,
            owed: self.owed.into(),
            made: self.made.into(),
            date,
            closed_on: self.closed_on,
            problems: self.problems.into(),
            closed: self.closed.into(),
        }
    }
}

impl Standings {
    /// Those of all enterprises, whose quarters these are.
    pub(super) fn of(all: Vec<Kept>, quarters: [Quarter; 4]) -> Standings {
        Standings { all, quarters: Some(quarters) }
    }

    /// That of one.
    pub(super) fn get(&self, no: usize) -> Option<Standing> {
        let (kept, [first, second, third, last]) = (self.all.get(no)?, self.quarters?);
        let states = kept.flags.iter().filter_map(|flag| match flag {
            Flag::Assignment(state) => Some(*state),
            Flag::Expired(_) => None,
        });
        let expired = kept.flags.iter().filter_map(|flag| match flag {
            Flag::Assignment(_) => None,
            Flag::Expired(expired) => Some(*expired),
        });
        let [a, b, c, d] = kept.cells;
        Some(Standing {
            assignments: states.collect(),
            expired: expired.collect(),
            quarters: [a.cell(first), b.cell(second), c.cell(third), d.cell(last)],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standing_comes_back_as_it_was() {
        let last = Date::parse("2026-12-31").unwrap();
        let third = last.quarter().previous();
        let second = third.previous();
        let quarters = [second.previous(), second, third, last.quarter()];
        let cell = |quarter: Quarter, date, closed_on, problems| Cell {
            quarter,
            state: QuarterState::Open,
            owed: 3,
            made: 2,
            date,
            closed_on,
            problems,
            closed: 1,
        };
        let [a, b, c, d] = quarters;
        let standing = Standing {
            assignments: [AssignmentState::Past, AssignmentState::Current].into(),
            expired: [true, false, false].into(),
            quarters: [
                cell(a, Some(a.first_day()), Date::parse("2019-02-28"), 0),
                cell(b, None, None, 65_535),
                cell(c, Some(c.last_day()), Some(last), 2),
                cell(d, Some(last), None, 3),
            ],
        };
        let none = Standing { assignments: [].into(), expired: [].into(), ..standing.clone() };
        let kept = vec![Kept::of(standing.clone()), Kept::of(none.clone())];
        assert!(size_of::<Kept>() <= 72, "{}", size_of::<Kept>());
        let standings = Standings::of(kept, quarters);
        assert_eq!(standings.get(0), Some(standing));
        assert_eq!(standings.get(1), Some(none));
        assert_eq!(standings.get(2), None);
    }
}
