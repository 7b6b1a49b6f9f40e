//! Working days inside rules, with the one warning about a year whose holiday list is missing.
//!
//! In: days and counts, and the holiday lists that the portal adds. Out: days, and at most one finding a year. Source:
//! the State Council's yearly holiday notice. Not here: the shipped lists (`crate::calendar`).

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::Date;
use crate::calendar::WorkCalendar;
use crate::diagnostic::{Code, Findings, Message, Place};
use crate::ledger::Ledger;
use crate::record::holiday_year::{self, span};
use crate::record::value::{Value, View};

use super::Context;
use super::subject::{Subject, item, members, step};

/// A day of a holiday list that cannot be one, or a year with two lists.
pub const CALENDAR_DAY: Code = Code("E-CALENDAR-DAY");
/// A year without a holiday list: Monday to Friday were counted.
pub const CALENDAR_MISSING: Code = Code("W-CALENDAR-MISSING");

/// The day that is `count` working days after `start`.
pub(super) fn deadline(context: &Context<'_>, start: Date, count: u32, findings: &mut Findings) -> Date {
    let worked = context.calendar.days_after(start, count);
    if let Some(year) = worked.missing_year {
        let message = Message::new(
            format!("缺{year}年节假日数据，工作日按周一至周五计"),
            format!("there is no holiday list for {year}; working days are counted Monday to Friday"),
        );
        findings.add(CALENDAR_MISSING, Place::Portal, message).apart(year.to_string()).hint(Message::new(
            "在台账里加一条 holiday_years（该年的放假和调休），或更新 gongshi；在此之前，涉及该年的期限请人工复核",
            "add the year under `holiday_years:` in a ledger, or update gongshi; until then check its deadlines by hand",
        ));
    }
    worked.value
}

/// The shipped lists with those of the portal, which stand before a shipped one of the same year.
pub(super) fn of_portal(ledger: &Ledger) -> WorkCalendar {
    let mut calendar = WorkCalendar::shipped();
    for (_, _, view) in ledger.records(&holiday_year::KIND) {
        let Some(year) = year_of(view) else { continue };
        let off = view.objects(holiday_year::DAYS_OFF).flat_map(|entry| {
            let last = entry.date(span::TO).or(entry.date(span::FROM));
            std::iter::successors(entry.date(span::FROM), |day| Some(day.plus_days(1)))
                .take_while(move |day| last.is_some_and(|last| *day <= last))
                .take(366)
        });
        calendar.set(year, off, days(view));
    }
    calendar
}

fn year_of(view: View<'_>) -> Option<i16> {
    i16::try_from(view.count(holiday_year::YEAR)?).ok()
}

fn days(view: View<'_>) -> impl Iterator<Item = Date> {
    view.list(holiday_year::DAYS_WORKED).iter().filter_map(|day| match day {
        Value::Date(day) => Some(*day),
        _ => None,
    })
}

/// E-CALENDAR-DAY.
pub(super) fn years(context: &Context<'_>, findings: &mut Findings) {
    let mut seen = BTreeMap::new();
    for (_, record, view) in context.ledger.records(&holiday_year::KIND) {
        let Some(year) = year_of(view) else { continue };
        let subject = Subject::of(&holiday_year::KIND, record);
        if let Some(earlier) = seen.insert(year, subject) {
            let path = [step(view, holiday_year::YEAR)];
            let message = Message::new(
                format!("{year}年的节假日登记了两次"),
                format!("there are two holiday lists for {year}"),
            );
            subject
                .blame(findings, CALENDAR_DAY, &path, message)
                .hint(Message::new("合并成一条", "make one record of them"))
                .other(earlier.place(&path), Message::new("先前在此", "first here"));
        }
        let mut wrong = |path: &[crate::diagnostic::Step], zh: String, en: String, hint: Message| {
            subject.blame(findings, CALENDAR_DAY, path, Message::new(zh, en)).hint(hint);
        };
        for (at, entry) in members(view, holiday_year::DAYS_OFF) {
            let (Some(from), last) = (entry.date(span::FROM), entry.date(span::TO)) else { continue };
            let to = last.unwrap_or(from);
            if from.year() != year || to.year() != year || to < from {
                wrong(
                    &[step(view, holiday_year::DAYS_OFF), item(at)],
                    format!("放假日期 {from} 至 {to} 不在{year}年内或先后颠倒"),
                    format!("the days off {from} to {to} do not lie within {year}, or are reversed"),
                    Message::new("跨年的假期，各年各写各的日子", "give each year its own days of a holiday"),
                );
            }
        }
        for (at, day) in view.list(holiday_year::DAYS_WORKED).iter().enumerate() {
            let Value::Date(day) = day else { continue };
            if day.year() != year || !day.is_weekend() {
                wrong(
                    &[step(view, holiday_year::DAYS_WORKED), item(at)],
                    format!("调休上班日 {day} 应是{year}年的周六或周日"),
                    format!("the worked day {day} must be a Saturday or Sunday of {year}"),
                    Message::new(
                        "照国务院办公厅的放假通知核对",
                        "compare it with the State Council's notice",
                    ),
                );
            }
        }
    }
}

/// Leaves one warning a missing year.
pub(super) fn keep_first_of_each_year(findings: &mut Findings) {
    let mut said = BTreeSet::new();
    findings.0.retain(|finding| finding.code != CALENDAR_MISSING || said.insert(finding.message.zh.clone()));
}
