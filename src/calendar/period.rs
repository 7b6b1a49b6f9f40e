//! Reporting periods as offices write them: a year, a quarter, a month, or an ISO week.
//!
//! In: `2026`, `2026Q4`, `2026-11`, `2026-W47`. Out: a [`Period`] that exists, the one behind it, and its Chinese
//! words. Not here: which of them a ledger must hold (`check::constraints`).

use std::fmt;

use jiff::civil::{ISOWeekDate, Weekday};

use super::Date;

/// A reporting period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// `2026`.
    Year(i16),
    /// `2026Q4`.
    Quarter(i16, i8),
    /// `2026-11`.
    Month(i16, i8),
    /// `2026-W47`, a week of ISO 8601, which begins on Monday.
    Week(i16, i8),
}

impl Period {
    /// Reads a period that exists, of a year from 1900 to 2199.
    pub fn parse(text: &str) -> Option<Period> {
        let year = digits(text.get(..4)?, 4)?;
        let rest = text.get(4..)?;
        let period = match rest.strip_prefix("-W").map(|week| (week, true)) {
            Some((week, _)) => Period::Week(year, digits(week, 2)?.try_into().ok()?),
            None if rest.is_empty() => Period::Year(year),
            None => match (rest.strip_prefix('Q'), rest.strip_prefix('-')) {
                (Some(quarter), _) => Period::Quarter(year, digits(quarter, 1)?.try_into().ok()?),
                (_, Some(month)) => Period::Month(year, digits(month, 2)?.try_into().ok()?),
                _ => return None,
            },
        };
        period.exists().then_some(period)
    }

    /// Its first day.
    pub fn first_day(self) -> Option<Date> {
        match self {
            Period::Year(year) => Date::new(year, 1, 1),
            Period::Quarter(year, number) => Date::new(year, number * 3 - 2, 1),
            Period::Month(year, number) => Date::new(year, number, 1),
            Period::Week(year, number) => {
                let monday = ISOWeekDate::new(year, number, Weekday::Monday).ok()?.date();
                Date::new(monday.year(), monday.month(), monday.day())
            }
        }
    }

    /// The period behind this one.
    pub fn next(self) -> Period {
        let next = match self {
            Period::Year(year) => return Period::Year(year + 1),
            Period::Quarter(year, number) => Period::Quarter(year, number + 1),
            Period::Month(year, number) => Period::Month(year, number + 1),
            Period::Week(year, number) => Period::Week(year, number + 1),
        };
        if next.exists() { next } else { next.first_of_next_year() }
    }

    /// So many months that end with this one, oldest first; of what is no month itself alone.
    pub fn months_up_to(self, count: i16) -> Vec<Period> {
        let Period::Month(year, number) = self else { return vec![self] };
        // Months since the year 0, as one number.
        let last = i32::from(year) * 12 + i32::from(number) - 1;
        let month = |at: i32| {
            let (year, number) =
                (i16::try_from(at.div_euclid(12)).ok()?, i8::try_from(at.rem_euclid(12)).ok()?);
            Some(Period::Month(year, number + 1))
        };
        (last - i32::from(count) + 1..=last).filter_map(month).collect()
    }

    /// Whether both are years, quarters, months or weeks.
    pub fn is_like(self, other: Period) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }

    /// `2026年第47周`.
    pub fn zh(self) -> String {
        match self {
            Period::Year(year) => format!("{year}年"),
            Period::Quarter(year, number) => {
                let name = "一二三四".chars().nth((number - 1).max(0) as usize).unwrap_or('?');
                format!("{year}年第{name}季度")
            }
            Period::Month(year, number) => format!("{year}年{number}月"),
            Period::Week(year, number) => format!("{year}年第{number}周"),
        }
    }

    fn exists(self) -> bool {
        match self {
            Period::Year(year) => Date::new(year, 1, 1).is_some(),
            Period::Quarter(year, number) => Date::new(year, 1, 1).is_some() && (1..=4).contains(&number),
            Period::Month(year, number) => Date::new(year, number, 1).is_some(),
            Period::Week(year, number) => {
                Date::new(year, 1, 1).is_some() && ISOWeekDate::new(year, number, Weekday::Monday).is_ok()
            }
        }
    }

    fn first_of_next_year(self) -> Period {
        match self {
            Period::Year(year) => Period::Year(year + 1),
            Period::Quarter(year, _) => Period::Quarter(year + 1, 1),
            Period::Month(year, _) => Period::Month(year + 1, 1),
            Period::Week(year, _) => Period::Week(year + 1, 1),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::Year(year) => write!(out, "{year}"),
            Period::Quarter(year, number) => write!(out, "{year}Q{number}"),
            Period::Month(year, number) => write!(out, "{year}-{number:02}"),
            Period::Week(year, number) => write!(out, "{year}-W{number:02}"),
        }
    }
}

fn digits(text: &str, count: usize) -> Option<i16> {
    let formed = text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    formed.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_months_end_with_the_one_that_runs() {
        for (last, first) in [("2026-11", "2025-12"), ("2026-12", "2026-01"), ("2027-01", "2026-02")] {
            let months: Vec<String> =
                Period::parse(last).unwrap().months_up_to(12).iter().map(Period::to_string).collect();
            assert_eq!((months.len(), &*months[0], &*months[11]), (12, first, last));
        }
    }

    #[test]
    fn a_period_begins_on_its_first_day_and_a_week_on_its_monday() {
        for (text, first) in [
            ("2026", "2026-01-01"),
            ("2026Q4", "2026-10-01"),
            ("2026-11", "2026-11-01"),
            ("2026-W01", "2025-12-29"),
        ] {
            assert_eq!(Period::parse(text).unwrap().first_day(), Date::parse(first), "{text}");
        }
    }

    #[test]
    fn a_period_is_read_only_when_it_exists_and_is_written_the_same() {
        for text in ["2026", "2026Q1", "2026Q4", "2026-01", "2026-12", "2026-W01", "2026-W53", "2025-W52"] {
            assert_eq!(Period::parse(text).unwrap().to_string(), text);
        }
        for text in
            ["", "26", "2026Q5", "2026Q0", "2026-13", "2026-1", "2025-W53", "2026-W00", "2026W47", "2026年"]
        {
            assert_eq!(Period::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_next_period_crosses_the_end_of_a_year_of_52_and_of_53_weeks() {
        for (text, next) in [
            ("2026", "2027"),
            ("2026Q4", "2027Q1"),
            ("2026-11", "2026-12"),
            ("2026-12", "2027-01"),
            ("2025-W52", "2026-W01"),
            ("2026-W52", "2026-W53"),
            ("2026-W53", "2027-W01"),
        ] {
            assert_eq!(Period::parse(text).unwrap().next().to_string(), next);
        }
        assert_eq!(Period::parse("2026-W47").unwrap().zh(), "2026年第47周");
    }
}
