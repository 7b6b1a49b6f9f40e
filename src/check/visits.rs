//! Visits: one in every period owed, none in the future, no problem open past its day.
//!
//! In: visits and the enterprises they name; more than four a year are shared out among the quarters. Source: the quarterly visits of the places that were read; the number
//! a year is a setting, dated and by level (`record::rule_sets`). Not here: the order of days (`dates`).

use crate::diagnostic::{Code, Findings, Message};
use crate::record::edges::Edge;
use crate::record::enterprise::{self, assignment};
use crate::record::visit::{self, problem};

use super::Context;
use super::subject::{Subject, item, members, step};

/// No visit in the last completed period.
pub const DUE: Code = Code("W-VISIT-DUE");
/// A visit later than the as-of date.
pub const FUTURE: Code = Code("E-VISIT-FUTURE");
/// A problem still open after its day.
pub const PROBLEM_OVERDUE: Code = Code("W-PROBLEM-OVERDUE");

/// W-VISIT-DUE.
pub(super) fn quarters(context: &Context<'_>, findings: &mut Findings) {
    let ledger = context.ledger;
    let last = context.as_of.quarter().previous();
    let visits = ledger.kind(&visit::KIND) as u16;
    for (handle, record, view) in ledger.records(&enterprise::KIND) {
        if view.choice(enterprise::STATUS) != Some("active") {
            continue;
        }
        let level = view.choice(enterprise::COVERAGE_LEVEL);
        // Four a year or more: those of each quarter. Fewer: as many quarters together as make one visit.
        let (span, owed) = match ledger.settings.visits_owed(level, last.last_day()) {
            0 => continue,
            1 => (4, 1),
            2 | 3 => (2, 1),
            _ => (1, ledger.settings.visits_in(level, last) as usize),
        };
        let first = (1..span).fold(last, |quarter, _| quarter.previous());
        let (from, to) = (first.first_day(), last.last_day());
        let began =
            members(view, enterprise::COVERED_BY).filter_map(|(_, entry)| entry.date(assignment::FROM)).min();
        if began.is_none_or(|began| began >= from) {
            continue;
        }
        let counts = |edge: &&Edge| {
            let made = ledger.record(edge.end).map(|made| made.view(&visit::KIND));
            // A visit whose day could not be read may have been one of them.
            made.is_some_and(|made| made.date(visit::DATE).is_none_or(|day| from <= day && day <= to))
        };
        let made = ledger.edges.incoming_of(handle, visits).iter().filter(counts).count();
        if made < owed && !ledger.may_stand_in_broken_file(record.id.as_str()) {
            let name = view.text(enterprise::NAME).unwrap_or(record.id.as_str());
            let period = if first == last { last.to_string() } else { format!("{first}–{last}") };
            let message = match (made, owed) {
                (0, 1) => Message::new(
                    format!("“{name}”{period}尚无督导记录"),
                    format!("`{name}` has no visit in {period}"),
                ),
                _ => Message::new(
                    format!("“{name}”{period}应督导{owed}次，登记了{made}次"),
                    format!("`{name}` is owed {owed} visits in {period} and has {made}"),
                ),
            };
            Subject::of(&enterprise::KIND, record)
                .blame(findings, DUE, &[], message)
                .apart(period)
                .hint(Message::new(
                    "补录督导记录；每年次数在 portal.yaml 的 coverage.visits_per_year 或 rule_sets.visits（0 为不检查）",
                    "record the visit; the number a year is `coverage.visits_per_year` or `rule_sets.visits` in portal.yaml (0 turns this off)",
                ));
        }
    }
}

/// E-VISIT-FUTURE, W-PROBLEM-OVERDUE.
pub(super) fn visits(context: &Context<'_>, findings: &mut Findings) {
    for (_, record, view) in context.ledger.records(&visit::KIND) {
        let subject = Subject::of(&visit::KIND, record);
        if let Some(date) = view.date(visit::DATE)
            && date > context.as_of
        {
            let message = Message::new(
                format!("督导日期 {date} 晚于截至日期 {}", context.as_of),
                format!("the visit of {date} lies after the as-of date {}", context.as_of),
            );
            subject.blame(findings, FUTURE, &[step(view, visit::DATE)], message).hint(Message::new(
                "只登记已经做完的督导；日期写错的请改正",
                "record visits that were made; correct the date if it is mistyped",
            ));
        }
        for (at, entry) in members(view, visit::PROBLEMS) {
            let Some(due) = entry.date(problem::DUE) else { continue };
            if due >= context.as_of || !entry.value(problem::CLOSED_ON).is_absent() {
                continue;
            }
            let days = context.as_of.days_since(due);
            let message = Message::new(
                format!("问题整改已超期{days}天（期限 {due}）"),
                format!("the problem was due on {due} and has been open {days} days longer"),
            );
            let path = [step(view, visit::PROBLEMS), item(at), step(entry, problem::DUE)];
            subject
                .blame(findings, PROBLEM_OVERDUE, &path, message)
                .hint(Message::new("整改完成的写 closed_on", "give `closed_on` once it is put right"));
        }
    }
}
