//! Dates, quarters and working days.
//!
//! A [`Date`] is always a real day written `YYYY-MM-DD`. Working days follow the State Council's yearly
//! holiday list with its worked Saturdays and Sundays; the lists lie as data beside this file, one a year, and a
//! portal may add years of its own to its [`WorkCalendar`].
//!
//! Not here: the clock. The as-of date is an input of every build.

pub mod period;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::civil;

/// Holiday lists by year: `off MMDD[-MMDD] …` and `work MMDD …`.
const YEARS: [(i16, &str); 3] = [
    (2024, include_str!("calendar/2024.txt")),
    (2025, include_str!("calendar/2025.txt")),
    (2026, include_str!("calendar/2026.txt")),
];

/// A real day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

impl Date {
    /// Reads `YYYY-MM-DD`, digits only, a day that exists, from 1900 to 2199.
    pub fn parse(text: &str) -> Option<Date> {
        let bytes = text.as_bytes();
        let well_formed = bytes.len() == 10
            && bytes
                .iter()
                .enumerate()
                .all(|(at, b)| if at == 4 || at == 7 { *b == b'-' } else { b.is_ascii_digit() });
        if !well_formed {
            return None;
        }
        let number = |from: usize, to: usize| text.get(from..to)?.parse::<i16>().ok();
        Date::new(number(0, 4)?, number(5, 7)?.try_into().ok()?, number(8, 10)?.try_into().ok()?)
    }

    /// A day by year, month and day; `None` when there is no such day.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Date> {
        if !(1900..2200).contains(&year) {
            return None;
        }
        civil::Date::new(year, month, day).ok().map(Date)
    }

    /// The day of a Unix time in seconds, in Chinese standard time (UTC+8, no summer time since 1991).
    pub fn of_unix_time(seconds: i64) -> Date {
        let days = (seconds + 8 * 3600).div_euclid(86_400);
        Date(civil::date(1970, 1, 1)).plus_days(days)
    }

    /// Year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Month, 1 to 12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// Day of the month, 1 to 31.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// This day moved by a number of days; stops at the ends of the calendar.
    pub fn plus_days(self, days: i64) -> Date {
        Date(self.0.saturating_add(jiff::Span::new().days(days.clamp(-3_000_000, 3_000_000))))
    }

    /// The last day of a term of `years` years that begins on this day: the same day of that year, less one.
    pub fn term_end(self, years: i64) -> Date {
        Date(self.0.saturating_add(jiff::Span::new().years(years.clamp(0, 200)))).plus_days(-1)
    }

    /// The last day of a term of `months` months that begins on this day.
    pub fn term_end_months(self, months: i64) -> Date {
        Date(self.0.saturating_add(jiff::Span::new().months(months.clamp(0, 2400)))).plus_days(-1)
    }

    /// Days from `other` to this day, negative when this day is earlier.
    pub fn days_since(self, other: Date) -> i64 {
        let days = |date: civil::Date| date.duration_since(civil::date(1970, 1, 1)).as_hours() / 24;
        days(self.0) - days(other.0)
    }

    /// The quarter the day lies in.
    pub fn quarter(self) -> Quarter {
        Quarter { year: self.year(), number: (self.month() - 1) / 3 + 1 }
    }

    /// `2026年11月22日`.
    pub fn zh(self) -> String {
        format!("{}年{}月{}日", self.year(), self.month(), self.day())
    }

    /// Whether it is a Saturday or a Sunday.
    pub fn is_weekend(self) -> bool {
        matches!(self.0.weekday(), civil::Weekday::Saturday | civil::Weekday::Sunday)
    }

    /// The day as it is written, `YYYY-MM-DD`: data files hold hundreds of thousands.
    pub fn digits(self) -> [u8; 10] {
        let digit = |number: i16, unit: i16| b'0' + (number / unit % 10) as u8;
        let (year, month, day) = (self.year(), i16::from(self.month()), i16::from(self.day()));
        let [y, e, a, r] = [1000, 100, 10, 1].map(|unit| digit(year, unit));
        let [[m, o], [d, w]] = [month, day].map(|number| [digit(number, 10), digit(number, 1)]);
        [y, e, a, r, b'-', m, o, b'-', d, w]
    }
}

impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(std::str::from_utf8(&self.digits()).unwrap_or_default())
    }
}

/// A quarter of a year, written `2026Q4`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    /// Year.
    pub year: i16,
    /// 1 to 4.
    pub number: i8,
}

impl Quarter {
    /// The first day.
    pub fn first_day(self) -> Date {
        Date(civil::date(self.year, (self.number - 1) * 3 + 1, 1))
    }

    /// The last day.
    pub fn last_day(self) -> Date {
        self.next().first_day().plus_days(-1)
    }

    /// How many of so many a year fall into it: those of the year's quarters add up to the number. Of 12 it is 3 each, of 6 by
    /// turns 1 and 2.
    pub fn share_of(self, a_year: u32) -> u32 {
        let until = |quarter: i8| u64::from(a_year) * u64::from(quarter.unsigned_abs()) / 4;
        u32::try_from(until(self.number) - until(self.number - 1)).unwrap_or(u32::MAX)
    }

    /// The quarter after this one.
    pub fn next(self) -> Quarter {
        if self.number == 4 {
            Quarter { year: self.year + 1, number: 1 }
        } else {
            Quarter { number: self.number + 1, ..self }
        }
    }

    /// The quarter before this one.
    pub fn previous(self) -> Quarter {
        if self.number == 1 {
            Quarter { year: self.year - 1, number: 4 }
        } else {
            Quarter { number: self.number - 1, ..self }
        }
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}Q{}", self.year, self.number)
    }
}

/// A count of working days and whether every year it crosses has a holiday list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Worked<T> {
    /// The answer.
    pub value: T,
    /// A year whose list is missing: Monday to Friday were counted there.
    pub missing_year: Option<i16>,
}

/// Which days are worked, by year.
#[derive(Clone, Debug, Default)]
pub struct WorkCalendar {
    years: BTreeMap<i16, YearList>,
}

/// One year's holiday list.
#[derive(Clone, Debug, Default)]
struct YearList {
    off: BTreeSet<Date>,
    worked: BTreeSet<Date>,
}

impl WorkCalendar {
    /// The lists that come with the program.
    pub fn shipped() -> WorkCalendar {
        let mut calendar = WorkCalendar::default();
        for (year, list) in YEARS {
            let days = |word: &str| -> Vec<Date> {
                let lines = list.lines().filter_map(|line| line.strip_prefix(word));
                lines.flat_map(str::split_whitespace).flat_map(|span| days_of_span(year, span)).collect()
            };
            calendar.set(year, days("off"), days("work"));
        }
        calendar
    }

    /// Sets a year's list: days off, and Saturdays and Sundays that are worked.
    pub fn set(
        &mut self,
        year: i16,
        off: impl IntoIterator<Item = Date>,
        worked: impl IntoIterator<Item = Date>,
    ) {
        let list = YearList { off: off.into_iter().collect(), worked: worked.into_iter().collect() };
        self.years.insert(year, list);
    }

    /// The day that is `count` working days after `start` (the start day itself does not count).
    pub fn days_after(&self, start: Date, count: u32) -> Worked<Date> {
        let (mut day, mut left, mut missing_year) = (start, count, None);
        while left > 0 {
            day = day.plus_days(1);
            let worked = self.is_worked(day);
            missing_year = missing_year.or(worked.missing_year);
            left -= u32::from(worked.value);
        }
        Worked { value: day, missing_year }
    }

    /// Working days after `start` up to and including `end`; 0 when `end` is not later.
    pub fn days_between(&self, start: Date, end: Date) -> Worked<u32> {
        let (mut day, mut count, mut missing_year) = (start, 0, None);
        while day < end {
            day = day.plus_days(1);
            let worked = self.is_worked(day);
            missing_year = missing_year.or(worked.missing_year);
            count += u32::from(worked.value);
        }
        Worked { value: count, missing_year }
    }

    fn is_worked(&self, day: Date) -> Worked<bool> {
        match self.years.get(&day.year()) {
            None => Worked { value: !day.is_weekend(), missing_year: Some(day.year()) },
            Some(list) if day.is_weekend() => {
                Worked { value: list.worked.contains(&day), missing_year: None }
            }
            Some(list) => Worked { value: !list.off.contains(&day), missing_year: None },
        }
    }
}

/// The days of `MMDD` or `MMDD-MMDD`.
fn days_of_span(year: i16, span: &str) -> impl Iterator<Item = Date> {
    let day = |text: &str| {
        let (month, day) = text.split_at_checked(2)?;
        Date::new(year, month.parse().ok()?, day.parse().ok()?)
    };
    let (from, to) = span.split_once('-').unwrap_or((span, span));
    let last = day(to);
    std::iter::successors(day(from), |day| Some(day.plus_days(1)))
        .take_while(move |day| last.is_some_and(|last| *day <= last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn only_real_days_in_iso_form_are_dates() {
        for wrong in [
            "2026-02-30",
            "2026-2-3",
            "2026/02/03",
            "26-02-03",
            "2026-13-01",
            "２０２６-01-01",
            "2026-01-011",
        ] {
            assert_eq!(Date::parse(wrong), None, "{wrong}");
        }
        assert_eq!(date("2024-02-29").to_string(), "2024-02-29");
        assert_eq!(date("2026-11-02").zh(), "2026年11月2日");
    }

    #[test]
    fn working_days_follow_the_holiday_list() {
        for (start, count, end) in [
            ("2026-09-15", 20, "2026-10-19"),
            ("2026-02-10", 7, "2026-02-26"),
            ("2026-04-30", 3, "2026-05-08"),
        ] {
            assert_eq!(
                WorkCalendar::shipped().days_after(date(start), count),
                Worked { value: date(end), missing_year: None }
            );
            assert_eq!(WorkCalendar::shipped().days_between(date(start), date(end)).value, count);
        }
        for (year, days) in [(2024, 251), (2025, 248), (2026, 248)] {
            let eve = Date::new(year - 1, 12, 31).unwrap();
            let end = Date::new(year, 12, 31).unwrap();
            assert_eq!(WorkCalendar::shipped().days_between(eve, end).value, days, "{year}");
        }
    }

    #[test]
    fn a_year_without_a_list_is_said_and_counted_monday_to_friday() {
        assert_eq!(
            WorkCalendar::shipped().days_after(date("2031-01-03"), 1),
            Worked { value: date("2031-01-06"), missing_year: Some(2031) }
        );
        let mut calendar = WorkCalendar::shipped();
        calendar.set(2031, [date("2031-01-06")], [date("2031-01-04")]);
        assert_eq!(calendar.days_after(date("2031-01-03"), 1).value, date("2031-01-04"));
        assert_eq!(calendar.days_after(date("2031-01-04"), 1).value, date("2031-01-07"));
    }

    #[test]
    fn a_term_ends_the_day_before_its_anniversary() {
        assert_eq!(date("2026-06-01").term_end(3), date("2029-05-31"));
        assert_eq!(date("2024-02-29").term_end(1), date("2025-02-27"));
        assert_eq!(date("2026-06-01").term_end_months(3), date("2026-08-31"));
    }

    #[test]
    fn quarters_begin_and_end_where_the_calendar_says() {
        let quarter = date("2026-11-22").quarter();
        assert_eq!(quarter.to_string(), "2026Q4");
        assert_eq!((quarter.first_day(), quarter.last_day()), (date("2026-10-01"), date("2026-12-31")));
        assert_eq!(quarter.next().previous(), quarter);
        let shares = |a_year| [1, 2, 3, 4].map(|number| Quarter { year: 2026, number }.share_of(a_year));
        assert_eq!(shares(4), [1, 1, 1, 1]);
        assert_eq!(shares(6), [1, 2, 1, 2]);
        assert_eq!(shares(12), [3, 3, 3, 3]);
        assert_eq!(shares(52), [13, 13, 13, 13]);
        assert_eq!(shares(0), [0, 0, 0, 0]);
        assert_eq!(date("2026-11-22").days_since(date("2026-10-22")), 31);
        assert_eq!(Date::of_unix_time(1_795_276_800), date("2026-11-22"));
        assert_eq!(Date::of_unix_time(1_795_276_799), date("2026-11-21"));
    }
}
