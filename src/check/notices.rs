//! Sampling notices as a whole: counts, numbers, the fixed statement, the waiting time, the follow-up.
//!
//! In: notices, their samples, disposals. Source: 食品安全法 article 88 and the notice of 2018 on objections (7
//! working days); SAMR's notices on follow-up (7 days, 3 months). Not here: single results (`results`).

use std::collections::HashMap;

use crate::diagnostic::{Code, Findings, Message};
use crate::record::edges::Handle;
use crate::record::sample::{self, retest};
use crate::record::sampling_notice::{self, declared};
use crate::record::value::View;
use crate::record::{disposal, portal};

use super::Context;
use super::calendar::deadline;
use super::subject::{Subject, step};

/// Declared counts that are not those of the rows.
pub const COUNT: Code = Code("E-NOTICE-COUNT");
/// A notice number twice in a year.
pub const DUP: Code = Code("E-NOTICE-DUP");
/// A statement that does not limit itself to batch and items.
pub const DISCLAIMER: Code = Code("E-DISCLAIMER");
/// Risk monitoring in a notice.
pub const KIND: Code = Code("E-RESULT-KIND");
/// An unqualified result before the time for objections is over.
pub const EARLY: Code = Code("E-RESULT-EARLY");
/// An unqualified result without follow-up.
pub const DISPOSAL_DUE: Code = Code("W-DISPOSAL-DUE");

/// Working days to ask for a re-test or to object.
const OBJECTION_DAYS: u32 = 7;
/// Days to the first word on risk control.
const CONTROL_DAYS: i64 = 7;
/// Months to the results of follow-up.
const RESULT_MONTHS: i64 = 3;

/// The samples of a notice.
fn rows<'l>(
    context: &Context<'l>,
    notice: Handle,
) -> impl Iterator<Item = (Handle, &'l crate::record::value::Record, View<'l>)> {
    let ledger = context.ledger;
    let samples = ledger.kind(&sample::KIND) as u16;
    ledger.edges.incoming_of(notice, samples).iter().filter_map(move |edge| {
        let record = ledger.record(edge.end)?;
        Some((edge.end, record, record.view(&sample::KIND)))
    })
}

/// E-NOTICE-COUNT.
pub(super) fn counts(context: &Context<'_>, findings: &mut Findings) {
    for (handle, record, view) in context.ledger.records(&sampling_notice::KIND) {
        let Some(declared) = view.object(sampling_notice::DECLARED) else { continue };
        let subject = Subject::of(&sampling_notice::KIND, record);
        let counts = (
            declared.count(declared::BATCHES),
            declared.count(declared::QUALIFIED),
            declared.count(declared::UNQUALIFIED),
        );
        if let (Some(batches), Some(qualified), Some(unqualified)) = counts
            && batches != qualified + unqualified
        {
            let message = Message::new(
                format!(
                    "通告写明合格{qualified}、不合格{unqualified}批次，合计{}，与总数{batches}不符",
                    qualified + unqualified
                ),
                format!(
                    "{qualified} qualified and {unqualified} unqualified make {}, but {batches} batches are declared",
                    qualified + unqualified
                ),
            );
            let path = [step(view, sampling_notice::DECLARED), step(declared, declared::BATCHES)];
            subject.blame(findings, COUNT, &path, message);
        }
        let (mut qualified, mut unqualified) = (0, 0);
        let doubles = context.ledger.doubles_with(&sample::KIND, sample::NOTICE, record.id.as_str());
        let conclusions = rows(context, handle)
            .map(|(_, _, row)| row)
            .chain(doubles)
            .map(|row| row.choice(sample::CONCLUSION));
        let mut readable = true;
        for conclusion in conclusions {
            match conclusion {
                Some("qualified") => qualified += 1,
                Some(_) => unqualified += 1,
                None => readable = false,
            }
        }
        if !readable || qualified + unqualified == 0 {
            continue;
        }
        // The annex of qualified rows is often not kept; that of unqualified ones always is.
        let pairs = [
            (
                counts.1.filter(|_| qualified > 0),
                qualified,
                step(declared, declared::QUALIFIED),
                "合格",
                "qualified",
            ),
            (counts.2, unqualified, step(declared, declared::UNQUALIFIED), "不合格", "unqualified"),
        ];
        for (said, found, key, zh, en) in pairs {
            let Some(said) = said.filter(|said| *said != found) else { continue };
            let message = Message::new(
                format!("通告写明{zh}{said}批次，附表{found}行"),
                format!("the notice declares {said} {en} batches; {found} rows are {en}"),
            );
            subject.blame(findings, COUNT, &[step(view, sampling_notice::DECLARED), key], message).hint(
                Message::new(
                    "对照通告原文：改 declared，或补齐、改正 samples 里的行",
                    "compare with the notice: correct `declared`, or the rows under `samples`",
                ),
            );
        }
    }
}

/// E-NOTICE-DUP: of one organ in one year.
pub(super) fn numbers(context: &Context<'_>, findings: &mut Findings) {
    let mut first = HashMap::new();
    for (_, record, view) in context.ledger.records(&sampling_notice::KIND) {
        let (Some(number), Some(organ), Some(date)) = (
            view.text(sampling_notice::NOTICE_NO),
            view.text(sampling_notice::ORGAN),
            view.date(sampling_notice::DATE),
        ) else {
            continue;
        };
        let earlier = *first.entry((organ, number, date.year())).or_insert(record);
        if std::ptr::eq(earlier, record) {
            continue;
        }
        let message = Message::new(
            format!("公告号重复：{}、{} 都是“{number}”", earlier.id, record.id),
            format!("the notices {} and {} both have the number `{number}`", earlier.id, record.id),
        );
        let path = [step(view, sampling_notice::NOTICE_NO)];
        Subject::of(&sampling_notice::KIND, record).blame(findings, DUP, &path, message).other(
            Subject::of(&sampling_notice::KIND, earlier).place(&path),
            Message::new("先前在此", "first here"),
        );
    }
}

/// E-DISCLAIMER: of the portal and of each notice that has a statement of its own.
pub(super) fn disclaimers(context: &Context<'_>, findings: &mut Findings) {
    let ledger = context.ledger;
    if let (Some(origin), Some(values)) = (ledger.portal_origin, &ledger.portal_values) {
        let view = View { fields: portal::FIELDS, values };
        if let Some(text) = view.text(portal::DISCLAIMER) {
            statement(Subject::portal(origin), step(view, portal::DISCLAIMER), text, findings);
        }
    }
    for (_, record, view) in ledger.records(&sampling_notice::KIND) {
        if let Some(text) = view.text(sampling_notice::DISCLAIMER) {
            let subject = Subject::of(&sampling_notice::KIND, record);
            statement(subject, step(view, sampling_notice::DISCLAIMER), text, findings);
        }
    }
}

fn statement(subject: Subject<'_>, key: crate::diagnostic::Step, text: &str, findings: &mut Findings) {
    let batch = ["本次", "批次", "该批", "所抽"].iter().any(|word| text.contains(word));
    let items = ["所检", "项目"].iter().any(|word| text.contains(word));
    if !(batch && items) {
        let message = Message::new(
            "缺少“仅指本次抽检批次和所检项目”的声明",
            "the statement does not say that only the sampled batch and the tested items are meant",
        );
        subject.blame(findings, DISCLAIMER, &[key], message).hint(Message::new(
            "例如：抽检结果仅指本次抽检批次和所检项目。不写则用默认的一句",
            "for instance: 抽检结果仅指本次抽检批次和所检项目。 Left out, the default sentence is printed",
        ));
    }
}

/// E-RESULT-KIND.
pub(super) fn risk_monitoring(context: &Context<'_>, findings: &mut Findings) {
    let message = || Message::new("风险监测结果不得公布", "results of risk monitoring may not be published");
    for (_, record, view) in context.ledger.records(&sampling_notice::KIND) {
        if view.choice(sampling_notice::TASK) == Some("风险监测") {
            let path = [step(view, sampling_notice::TASK)];
            Subject::of(&sampling_notice::KIND, record).blame(findings, KIND, &path, message()).hint(
                Message::new(
                    "把整份通告移出公示材料；类别填错的请改正",
                    "take the notice out of the sources, or correct its task",
                ),
            );
        }
    }
    for (_, record, view) in context.ledger.records(&sample::KIND) {
        if view.text(sample::TASK).is_some_and(|task| task.contains("风险监测")) {
            let path = [step(view, sample::TASK)];
            Subject::of(&sample::KIND, record).blame(findings, KIND, &path, message()).hint(Message::new(
                "把这一行移出通告；任务来源填错的请改正",
                "take the row out of the notice, or correct its task",
            ));
        }
    }
}

/// E-RESULT-EARLY.
pub(super) fn objection_periods(context: &Context<'_>, findings: &mut Findings) {
    for (handle, notice, view) in context.ledger.records(&sampling_notice::KIND) {
        let Some(date) = view.date(sampling_notice::DATE) else { continue };
        for (_, record, row) in rows(context, handle) {
            if row.choice(sample::CONCLUSION) != Some("unqualified") {
                continue;
            }
            let subject = Subject::of(&sample::KIND, record);
            let other = (
                Subject::of(&sampling_notice::KIND, notice).place(&[step(view, sampling_notice::DATE)]),
                Message::new("通告日期", "the notice's date"),
            );
            let asked = [row.object(sample::RETEST), row.object(sample::OBJECTION)];
            let mut settled = false;
            for (asked, key) in asked.into_iter().zip([sample::RETEST, sample::OBJECTION]) {
                let Some(asked) = asked else { continue };
                match asked.date(retest::SETTLED_ON) {
                    Some(on) if on <= date => settled = true,
                    // A result without a day: settled, the day was not written down.
                    None if !asked.value(retest::SETTLED_ON).is_absent()
                        || !asked.value(retest::RESULT).is_absent() =>
                    {
                        settled = true;
                    }
                    _ if asked.date(retest::REQUESTED_ON).is_some_and(|on| on <= date) => {
                        settled = true;
                        let message = Message::new(
                            "通告发布时复检/异议尚未办结，不得公布",
                            "the re-test or objection was not settled when the notice was published",
                        );
                        let finding = subject.blame(findings, EARLY, &[step(row, key)], message);
                        finding.other(other.0.clone(), other.1.clone());
                    }
                    _ => {}
                }
            }
            let received = row.date(sample::RECEIVED_ON).map(|day| (day, step(row, sample::RECEIVED_ON)));
            let reported = row.date(sample::REPORTED_ON).map(|day| (day, step(row, sample::REPORTED_ON)));
            let known = received.or_else(|| reported.filter(|_| row.value(sample::RECEIVED_ON).is_absent()));
            let Some((day, key)) = known.filter(|(day, _)| !settled && *day <= date) else { continue };
            // Six weeks hold seven working days whatever the holidays.
            if date.days_since(day) > 42 {
                continue;
            }
            let last = deadline(context, day, OBJECTION_DAYS, findings);
            if date <= last {
                let message = Message::new(
                    format!("复检/异议期未满（至 {last}），不得公布；通告日期为 {date}"),
                    format!("the time for re-test and objection runs to {last}; the notice is of {date}"),
                );
                subject
                    .blame(findings, EARLY, &[key], message)
                    .hint(Message::new(
                        "期满后再公布；已提前办结的写 retest 或 objection 的 settled_on",
                        "publish it afterwards, or give `settled_on` under `retest` or `objection`",
                    ))
                    .other(other.0, other.1);
            }
        }
    }
}

/// W-DISPOSAL-DUE.
pub(super) fn disposals(context: &Context<'_>, findings: &mut Findings) {
    let ledger = context.ledger;
    let disposals = ledger.kind(&disposal::KIND) as u16;
    for (handle, _, view) in ledger.records(&sampling_notice::KIND) {
        let Some(date) = view.date(sampling_notice::DATE).filter(|date| *date <= context.as_of) else {
            continue;
        };
        let days = context.as_of.days_since(date);
        if days <= CONTROL_DAYS || context.is_withdrawn(handle) {
            continue;
        }
        let results_due = date.term_end_months(RESULT_MONTHS) < context.as_of;
        for (sample, record, row) in rows(context, handle) {
            if row.choice(sample::CONCLUSION) != Some("unqualified") || context.is_withdrawn(sample) {
                continue;
            }
            let mut done = (false, false);
            for edge in ledger.edges.incoming_of(sample, disposals) {
                let Some(view) = ledger.record(edge.end).map(|made| made.view(&disposal::KIND)) else {
                    continue;
                };
                let shown = view.date(disposal::PUBLISHED_ON).is_none_or(|day| day <= context.as_of);
                done.0 |= shown;
                done.1 |= shown && matches!(view.choice(disposal::STATUS), Some("closed") | None);
            }
            let missing = match done {
                (false, _) => Some(("风控/核查处置信息", "risk control or disposal")),
                (true, false) if results_due => Some(("核查处置结果", "result of disposal")),
                _ => None,
            };
            let Some((zh, en)) = missing else { continue };
            if ledger.may_stand_in_broken_file(record.id.as_str()) {
                continue;
            }
            let food = row.text(sample::FOOD_NAME).unwrap_or(record.id.as_str());
            let message = Message::new(
                format!("不合格“{food}”通告已{days}天，未见{zh}"),
                format!("`{food}` was named unqualified {days} days ago; no {en} is published"),
            );
            Subject::of(&sample::KIND, record)
                .blame(findings, DISPOSAL_DUE, &[step(row, sample::SAMPLE_NO)], message)
                .hint(Message::new(
                    "在 disposals 里登记：7天内公布控制措施，3个月内公布处置结果（status: closed）",
                    "record it under `disposals:`: control within 7 days, results (`status: closed`) within 3 months",
                ));
        }
    }
}
