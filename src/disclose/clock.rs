//! The as-of date, and what it decides.
//!
//! Every comparison of a record's date with the as-of date goes through [`Clock`], which remembers the next
//! day on which one of its answers would change. So the date after which a published site is out of date is
//! known by construction.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::calendar::period::Period;
use crate::calendar::{Date, Quarter};

/// The as-of date of a build.
#[derive(Debug)]
pub struct Clock {
    as_of: Date,
    /// The earliest day met that is still to come, as the number YYYYMMDD; the greatest number while there is none.
    next: AtomicU32,
}

impl Clock {
    /// A clock that stands still at this day.
    pub fn at(as_of: Date) -> Clock {
        Clock { as_of, next: AtomicU32::new(u32::MAX) }
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

    /// The month of the as-of date.
    pub fn month(&self) -> Period {
        let month = Period::Month(self.as_of.year(), self.as_of.month());
        let Period::Month(year, number) = month.next() else { return month };
        if let Some(first) = Date::new(year, number, 1) {
            self.remember(first);
        }
        month
    }

    /// The next day on which one of the answers given would change.
    pub fn next_change(&self) -> Option<Date> {
        let next = self.next.load(Ordering::Relaxed);
        let part = |number: u32| i8::try_from(number % 100).ok();
        Date::new(i16::try_from(next / 10_000).ok()?, part(next / 100)?, part(next)?)
    }

    fn remember(&self, day: Date) {
        let number = i32::from(day.year()) * 10_000 + i32::from(day.month()) * 100 + i32::from(day.day());
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        if number < self.next.load(Ordering::Relaxed) {
            self.next.fetch_min(number, Ordering::Relaxed);
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
        let december = Clock::at(day("2026-12-31"));
        assert_eq!(
            (december.month().to_string(), december.next_change()),
            ("2026-12".into(), Some(day("2027-01-01")))
        );
        assert_eq!(
            (clock.month().to_string(), clock.next_change()),
            ("2026-11".into(), Some(day("2026-12-01")))
        );
        let clock = Clock::at(day("2026-11-22"));
        assert_eq!(clock.quarter().to_string(), "2026Q4");
        assert!(!clock.has_come(day("2027-02-01")));
        assert_eq!(clock.next_change(), Some(day("2027-01-01")));
    }
}
