//! The as-of date, and what it decides.
//!
//! Every comparison of a record's date with the as-of date goes through [`Clock`], which remembers the next
//! day on which one of its answers would change. So the date after which a published site is out of date is
//! known by construction.

use std::cell::Cell;

use crate::calendar::{Date, Quarter};

/// The as-of date of a build.
#[derive(Debug)]
pub struct Clock {
    as_of: Date,
    next: Cell<Option<Date>>,
}

impl Clock {
    /// A clock that stands still at this day.
    pub fn at(as_of: Date) -> Clock {
        Clock { as_of, next: Cell::new(None) }
    }

    /// Whether a day has come: it is the as-of date or lies before it.
    pub fn has_come(&self, day: Date) -> bool {
        if day <= self.as_of {
            return true;
        }
        self.remember(day);
        false
    }

    /// Whether a last day is over: it lies before the as-of date.
    pub fn is_over(&self, last: Date) -> bool {
        self.has_come(last.plus_days(1))
    }

    /// The quarter of the as-of date.
    pub fn quarter(&self) -> Quarter {
        let quarter = self.as_of.quarter();
        self.remember(quarter.next().first_day());
        quarter
    }

    /// The next day on which one of the answers given would change.
    pub fn next_change(&self) -> Option<Date> {
        self.next.get()
    }

    fn remember(&self, day: Date) {
        if self.next.get().is_none_or(|known| day < known) {
            self.next.set(Some(day));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_change_is_the_earliest_day_that_any_answer_waits_for() {
        let day = |text: &str| Date::parse(text).unwrap();
        let clock = Clock::at(day("2026-11-22"));
        assert!(clock.has_come(day("2026-11-22")) && !clock.is_over(day("2026-11-22")));
        assert_eq!(clock.next_change(), Some(day("2026-11-23")));
        let clock = Clock::at(day("2026-11-22"));
        assert!(clock.is_over(day("2026-11-21")));
        assert_eq!(clock.next_change(), None);
        assert_eq!(clock.quarter().to_string(), "2026Q4");
        assert!(!clock.has_come(day("2027-02-01")));
        assert_eq!(clock.next_change(), Some(day("2027-01-01")));
    }
}
