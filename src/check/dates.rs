//! Days in their order: what comes first in the world comes first on the calendar.
//!
//! In: the days of every record. Out: E-DATE-ORDER at the later value that is too early, or the earlier one that is
//! too late. Not here: days against the as-of date (each theme's own rules).

use crate::calendar::Date;
use crate::diagnostic::{Code, Findings, Message, Step};
use crate::record::article;
use crate::record::blacklist::{self, decision};
use crate::record::enterprise::{self, assignment, honour, licence};
use crate::record::field::{Field, Slot};
use crate::record::sample::{self, date_or_batch, retest};
use crate::record::value::View;
use crate::record::visit::{self, problem, recheck};
use crate::record::{cadre, disposal, penalty, sampling_notice};

use super::Context;
use super::subject::{Subject, item, members, step};

/// Two days in the wrong order.
pub const ORDER: Code = Code("E-DATE-ORDER");

/// A licence runs five years (食品安全法实施条例, article 15).
const LICENCE_YEARS: i64 = 5;

/// A day of a record: its value, its label, the path to it.
#[derive(Clone, Copy)]
struct Day<'p> {
    date: Date,
    field: &'static Field,
    before: &'p [Step],
    last: Step,
}

impl<'p> Day<'p> {
    fn of(view: View<'_>, slot: impl Slot, before: &'p [Step]) -> Option<Day<'p>> {
        let field: &'static Field = view.fields.get(slot.index())?;
        Some(Day { date: view.date(slot)?, field, before, last: step(view, slot) })
    }

    fn path(&self) -> Vec<Step> {
        self.before.iter().copied().chain([self.last]).collect()
    }
}

/// Blames the second day when it lies before the first.
fn in_order(subject: Subject<'_>, first: Option<Day<'_>>, then: Option<Day<'_>>, findings: &mut Findings) {
    if let (Some(first), Some(then)) = (first, then)
        && first.date > then.date
    {
        wrong(subject, (&first, subject), &then, findings);
    }
}

fn wrong(subject: Subject<'_>, first: (&Day<'_>, Subject<'_>), then: &Day<'_>, findings: &mut Findings) {
    let (first, elsewhere) = first;
    let message = Message::new(
        format!("日期先后有误：{} {} 晚于{} {}", first.field.zh, first.date, then.field.zh, then.date),
        format!("`{}` ({}) lies after `{}` ({})", first.field.key, first.date, then.field.key, then.date),
    );
    subject
        .blame(findings, ORDER, &then.path(), message)
        .hint(Message::new("请核对这两个日期", "check both days"))
        .other(elsewhere.place(&first.path()), Message::new("另一个日期", "the other day"));
}

/// E-DATE-ORDER of cadres, enterprises and articles.
pub(super) fn people_and_enterprises(context: &Context<'_>, findings: &mut Findings) {
    for (_, record, view) in context.ledger.records(&cadre::KIND) {
        let subject = Subject::of(&cadre::KIND, record);
        in_order(subject, Day::of(view, cadre::FROM, &[]), Day::of(view, cadre::TO, &[]), findings);
    }
    for (_, record, view) in context.ledger.records(&enterprise::KIND) {
        let subject = Subject::of(&enterprise::KIND, record);
        for (at, entry) in members(view, enterprise::COVERED_BY) {
            let path = [step(view, enterprise::COVERED_BY), item(at)];
            let (from, to) = (Day::of(entry, assignment::FROM, &path), Day::of(entry, assignment::TO, &path));
            in_order(subject, from, to, findings);
        }
        for (at, entry) in members(view, enterprise::LICENCES) {
            let path = [step(view, enterprise::LICENCES), item(at)];
            let (issued, end) =
                (Day::of(entry, licence::ISSUED, &path), Day::of(entry, licence::VALID_TO, &path));
            in_order(subject, issued, end, findings);
            if let (Some(issued), Some(end)) = (issued, end) {
                licence_term(subject, entry, &issued, &end, findings);
            }
        }
        for (at, entry) in members(view, enterprise::HONOURS) {
            let path = [step(view, enterprise::HONOURS), item(at)];
            let (given, end) = (Day::of(entry, honour::DATE, &path), Day::of(entry, honour::VALID_TO, &path));
            in_order(subject, given, end, findings);
        }
    }
    for (_, record, view) in context.ledger.records(&article::KIND) {
        let published = view.text(article::PUBLISHED).and_then(|moment| Date::parse(moment.get(..10)?));
        let field = article::FIELDS.get(article::PUBLISHED.index());
        if let (Some(date), Some(field)) = (published, field) {
            let first = Day { date, field, before: &[], last: step(view, article::PUBLISHED) };
            let then = Day::of(view, article::PUBLISH_UNTIL, &[]);
            in_order(Subject::of(&article::KIND, record), Some(first), then, findings);
        }
    }
}

/// Licences run five years; some offices write the anniversary, some the day before. Filings (`YB`) have no term.
fn licence_term(
    subject: Subject<'_>,
    entry: View<'_>,
    issued: &Day<'_>,
    end: &Day<'_>,
    findings: &mut Findings,
) {
    let number = entry.text(licence::LICENCE_NO).unwrap_or_default();
    let last = issued.date.term_end(LICENCE_YEARS).plus_days(1);
    if (number.starts_with("SC") || number.starts_with("JY")) && end.date > last {
        let message = Message::new(
            format!(
                "许可证有效期最长{LICENCE_YEARS}年：{} 发证，至多到 {last}，现写 {}",
                issued.date, end.date
            ),
            format!(
                "a licence runs {LICENCE_YEARS} years: issued on {}, it ends by {last}, not {}",
                issued.date, end.date
            ),
        );
        subject
            .blame(findings, ORDER, &end.path(), message)
            .hint(Message::new("请照许可证核对发证日期和有效期", "compare both days with the licence"));
    }
}

/// E-DATE-ORDER of visits.
pub(super) fn visits(context: &Context<'_>, findings: &mut Findings) {
    for (_, record, view) in context.ledger.records(&visit::KIND) {
        let problems = view.list(visit::PROBLEMS);
        let again = view.object(visit::RECHECK);
        if problems.is_empty() && again.is_none() {
            continue;
        }
        let subject = Subject::of(&visit::KIND, record);
        let made = Day::of(view, visit::DATE, &[]);
        for (at, entry) in members(view, visit::PROBLEMS) {
            let path = [step(view, visit::PROBLEMS), item(at)];
            in_order(subject, made, Day::of(entry, problem::DUE, &path), findings);
            in_order(subject, made, Day::of(entry, problem::CLOSED_ON, &path), findings);
        }
        if let Some(again) = again {
            let path = [step(view, visit::RECHECK)];
            in_order(subject, made, Day::of(again, recheck::DATE, &path), findings);
        }
    }
}

/// E-DATE-ORDER of samples, against their notice and their disposal too.
pub(super) fn samples(context: &Context<'_>, findings: &mut Findings) {
    let ledger = context.ledger;
    for (_, record, view) in ledger.records(&sample::KIND) {
        let subject = Subject::of(&sample::KIND, record);
        let sampled = Day::of(view, sample::SAMPLED_ON, &[]);
        let reported = Day::of(view, sample::REPORTED_ON, &[]);
        let received = Day::of(view, sample::RECEIVED_ON, &[]);
        let path = [step(view, sample::DATE_OR_BATCH)];
        let made =
            view.object(sample::DATE_OR_BATCH).and_then(|made| Day::of(made, date_or_batch::DATE, &path));
        in_order(subject, made, sampled.or(reported), findings);
        in_order(subject, sampled, reported, findings);
        in_order(subject, reported.or(sampled), received, findings);
        for slot in [sample::RETEST, sample::OBJECTION] {
            let Some(asked) = view.object(slot) else { continue };
            let path = [step(view, slot)];
            let requested = Day::of(asked, retest::REQUESTED_ON, &path);
            in_order(subject, sampled, requested, findings);
            in_order(subject, requested, Day::of(asked, retest::SETTLED_ON, &path), findings);
        }
        let notice = view.text(sample::NOTICE).and_then(|id| ledger.find(&sampling_notice::KIND, id));
        if let (Some(notice), Some(known)) = (notice, reported.or(sampled)) {
            let day = Day::of(notice.view(&sampling_notice::KIND), sampling_notice::DATE, &[]);
            // The row is blamed: the notice's day holds for all its rows.
            if let Some(day) = day.filter(|day| day.date < known.date) {
                let message = Message::new(
                    format!("日期先后有误：{} {} 晚于通告日期 {}", known.field.zh, known.date, day.date),
                    format!(
                        "`{}` ({}) lies after the notice's date ({})",
                        known.field.key, known.date, day.date
                    ),
                );
                subject
                    .blame(findings, ORDER, &known.path(), message)
                    .hint(Message::new("请核对这两个日期", "check both days"))
                    .other(
                        Subject::of(&sampling_notice::KIND, notice).place(&day.path()),
                        Message::new("另一个日期", "the other day"),
                    );
            }
        }
    }
    for (_, record, view) in ledger.records(&disposal::KIND) {
        let subject = Subject::of(&disposal::KIND, record);
        let published = Day::of(view, disposal::PUBLISHED_ON, &[]);
        let notice = view
            .text(disposal::SAMPLE)
            .and_then(|id| ledger.find(&sample::KIND, id))
            .and_then(|sample| sample.view(&sample::KIND).text(sample::NOTICE))
            .and_then(|id| ledger.find(&sampling_notice::KIND, id));
        let Some(notice) = notice else { continue };
        let named = Day::of(notice.view(&sampling_notice::KIND), sampling_notice::DATE, &[]);
        if let (Some(named), Some(published)) = (named, published)
            && named.date > published.date
        {
            let elsewhere = Subject::of(&sampling_notice::KIND, notice);
            wrong(subject, (&named, elsewhere), &published, findings);
        }
    }
}

/// E-DATE-ORDER of penalties and blacklist entries.
pub(super) fn credit(context: &Context<'_>, findings: &mut Findings) {
    for (_, record, view) in context.ledger.records(&penalty::KIND) {
        let subject = Subject::of(&penalty::KIND, record);
        let decided = Day::of(view, penalty::DECIDED_ON, &[]);
        let published = Day::of(view, penalty::PUBLISHED_ON, &[]);
        in_order(subject, decided, published, findings);
        in_order(subject, published, Day::of(view, penalty::PUBLISH_UNTIL, &[]), findings);
        in_order(subject, decided, Day::of(view, penalty::ANNULLED_ON, &[]), findings);
    }
    for (_, record, view) in context.ledger.records(&blacklist::KIND) {
        let subject = Subject::of(&blacklist::KIND, record);
        let (by_penalty, by_decision) = ([step(view, blacklist::PENALTY)], [step(view, blacklist::DECISION)]);
        let punished = view
            .object(blacklist::PENALTY)
            .and_then(|penalty| Day::of(penalty, blacklist::penalty::DATE, &by_penalty));
        let decided = view
            .object(blacklist::DECISION)
            .and_then(|decision| Day::of(decision, decision::DATE, &by_decision));
        let listed = Day::of(view, blacklist::LISTED_ON, &[]);
        in_order(subject, punished, decided.or(listed), findings);
        in_order(subject, decided, listed, findings);
        in_order(subject, listed, Day::of(view, blacklist::PUBLISH_UNTIL, &[]), findings);
    }
}
