//! Penalties and blacklist entries: published in time, withdrawn when annulled, with a decision and a penalty.
//!
//! In: penalties, blacklist entries, inspections. Source: SAMR order 45 of 2021, articles 9 to 11; SAMR order 44
//! of 2021, article 2. Not here: how long they stay (`terms`), and what ends too soon (`early`).

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Findings, Message};
use crate::record::blacklist;
use crate::record::edges::Handle;
use crate::record::value::{Value, View};
use crate::record::{disposal, inspection, penalty, sample};

use super::Context;
use super::calendar::deadline;
use super::subject::{Subject, step};
use super::terms::{has_kind, kind_keys};

/// Published more than 20 working days after the decision.
pub const PUBLISH_LATE: Code = Code("W-PUBLISH-LATE");
/// Annulled and not withdrawn within 3 working days.
pub const WITHDRAW_LATE: Code = Code("E-WITHDRAW-LATE");
/// A result whose penalty was withdrawn is still public.
pub const WITHDRAW_LINKED: Code = Code("W-WITHDRAW-LINKED");
/// A blacklist entry without its decision or its penalty.
pub const NO_PENALTY: Code = Code("E-BLK-NO-PENALTY");
/// A penalty that is a warning only.
pub const WARNING_ONLY: Code = Code("E-BLK-WARNING-ONLY");

/// Working days from decision to publication.
const PUBLISH_DAYS: u32 = 20;
/// Working days from annulment to withdrawal.
const WITHDRAW_DAYS: u32 = 3;

/// W-PUBLISH-LATE: penalties by the day of decision, inspection results by that of the inspection.
pub(super) fn publication(context: &Context<'_>, findings: &mut Findings) {
    let mut judge = |kind, record, view: View<'_>, from, to, (zh, en): (&str, &str)| {
        let (Some(event), Some(published)) = (view.date(from), view.date(to)) else { return };
        // So many days hold the working days whatever the holidays.
        if published.days_since(event) <= i64::from(PUBLISH_DAYS) {
            return;
        }
        let last = deadline(context, event, PUBLISH_DAYS, findings);
        if published <= last {
            return;
        }
        let counted = published.min(last.plus_days(400));
        let days = PUBLISH_DAYS + context.calendar.days_between(last, counted).value;
        let message = Message::new(
            format!("公示日期距{zh}（{event}）已{days}个工作日，超过20个工作日"),
            format!("published {days} working days after the {en} of {event}; 20 are allowed"),
        );
        Subject::of(kind, record).blame(findings, PUBLISH_LATE, &[step(view, to)], message).hint(
            Message::new(
                format!("应于 {last} 前公示；日期抄错的请改正"),
                format!("it was due by {last}; correct the date if it is mistyped"),
            ),
        );
    };
    for (_, record, view) in context.ledger.records(&penalty::KIND) {
        let words = ("处罚决定", "decision");
        judge(&penalty::KIND, record, view, penalty::DECIDED_ON, penalty::PUBLISHED_ON, words);
    }
    for (_, record, view) in context.ledger.records(&inspection::KIND) {
        let words = ("监督检查", "inspection");
        judge(&inspection::KIND, record, view, inspection::DATE, inspection::PUBLISHED_ON, words);
    }
}

/// E-WITHDRAW-LATE.
pub(super) fn annulled(context: &Context<'_>, findings: &mut Findings) {
    for (handle, record, view) in context.ledger.records(&penalty::KIND) {
        let Some(annulled) = view.date(penalty::ANNULLED_ON) else { continue };
        if context.is_withdrawn(handle) || annulled >= context.as_of {
            continue;
        }
        let last = deadline(context, annulled, WITHDRAW_DAYS, findings);
        if last < context.as_of {
            let message = Message::new(
                format!("处罚已于 {annulled} 撤销，应在3个工作日内（{last} 前）撤回并说明理由"),
                format!(
                    "annulled on {annulled}; it must be withdrawn within 3 working days, by {last}, with the reason"
                ),
            );
            Subject::of(&penalty::KIND, record)
                .blame(findings, WITHDRAW_LATE, &[step(view, penalty::ANNULLED_ON)], message)
                .hint(Message::new(
                    format!(
                        "在 withdrawals 里写 {{kind: penalty, id: {}, on: 日期, reason: 理由}}",
                        record.id
                    ),
                    format!(
                        "add {{kind: penalty, id: {}, on: …, reason: …}} under `withdrawals:`",
                        record.id
                    ),
                ));
        }
    }
}

/// W-WITHDRAW-LINKED: by way of the disposals that name a withdrawn penalty.
pub(super) fn results_of_withdrawn_penalties(context: &Context<'_>, findings: &mut Findings) {
    let ledger = context.ledger;
    let (penalties, disposals) = (ledger.kind(&penalty::KIND) as u16, ledger.kind(&disposal::KIND) as u16);
    let entries = ledger.kind(&blacklist::KIND) as u16;
    let mut stopped: BTreeSet<Handle> =
        context.withdrawn.iter().copied().filter(|gone| gone.kind == penalties).collect();
    for entry in context.withdrawn.iter().filter(|gone| gone.kind == entries) {
        stopped.extend(
            ledger.edges.outgoing(*entry).iter().map(|edge| edge.end).filter(|end| end.kind == penalties),
        );
    }
    for penalty in stopped {
        inspections_of(context, penalty, findings);
        for edge in ledger.edges.incoming_of(penalty, disposals) {
            let Some(disposal) = ledger.record(edge.end).map(|disposal| disposal.view(&disposal::KIND))
            else {
                continue;
            };
            let Some(id) = disposal.text(disposal::SAMPLE) else { continue };
            let Some(record) = ledger.find(&sample::KIND, id) else { continue };
            if !is_public(context, record.view(&sample::KIND), id) {
                continue;
            }
            let Some(penalty) = ledger.record(penalty) else { continue };
            let view = record.view(&sample::KIND);
            let name = penalty.view(&penalty::KIND).object(penalty::PARTY);
            let name = name.and_then(|party| party.text(crate::record::party::NAME)).unwrap_or_default();
            let message = Message::new(
                format!("“{name}”的处罚已停止公示，所涉抽检结果 {id} 仍在公示，请核对"),
                format!(
                    "the penalty of `{name}` is no longer public, but the sampling result {id} that led to it is"
                ),
            );
            Subject::of(&sample::KIND, record)
                .blame(findings, WITHDRAW_LINKED, &[step(view, sample::SAMPLE_NO)], message)
                .hint(Message::new(
                    "需要一并撤回的，在 withdrawals 里写 {kind: sample, id: 抽样编号, …}",
                    "if it has to go too, add {kind: sample, id: …} under `withdrawals:`",
                ));
        }
    }
}

/// W-WITHDRAW-LINKED: the inspections that name a withdrawn penalty.
fn inspections_of(context: &Context<'_>, penalty: Handle, findings: &mut Findings) {
    let ledger = context.ledger;
    let inspections = ledger.kind(&inspection::KIND) as u16;
    for edge in ledger.edges.incoming_of(penalty, inspections) {
        let Some(record) = ledger.record(edge.end).filter(|_| !context.is_withdrawn(edge.end)) else {
            continue;
        };
        let id = record.id.as_str();
        let message = Message::new(
            format!("所依据的处罚已停止公示，监督检查结果 {id} 仍在公示，请核对"),
            format!("the penalty is no longer public, but the inspection result {id} that led to it is"),
        );
        Subject::of(&inspection::KIND, record)
            .blame(
                findings,
                WITHDRAW_LINKED,
                &[step(record.view(&inspection::KIND), inspection::PENALTY)],
                message,
            )
            .hint(Message::new(
                "需要一并撤回的，在 withdrawals 里写 {kind: inspection, id: 编号, …}",
                "if it has to go too, add {kind: inspection, id: …} under `withdrawals:`",
            ));
    }
}

fn is_public(context: &Context<'_>, view: View<'_>, id: &str) -> bool {
    let ledger = context.ledger;
    let handle = |kind: &'static crate::record::field::Kind, id: &str| {
        let at = ledger.kind(kind);
        let no = crate::record::edges::place(ledger.tables.get(at)?, id)?;
        Some(Handle { kind: at as u16, no })
    };
    let notice = view.text(sample::NOTICE).and_then(|id| handle(&crate::record::sampling_notice::KIND, id));
    let gone = |record: Option<Handle>| record.is_some_and(|record| context.is_withdrawn(record));
    !gone(handle(&sample::KIND, id)) && !gone(notice)
}

/// E-BLK-NO-PENALTY, E-BLK-WARNING-ONLY.
pub(super) fn grounds(context: &Context<'_>, findings: &mut Findings) {
    for (_, record, view) in context.ledger.records(&blacklist::KIND) {
        let subject = Subject::of(&blacklist::KIND, record);
        let penalty = view.object(blacklist::PENALTY);
        let number = penalty.map(|penalty| penalty.value(blacklist::penalty::DOC_NO));
        let no_decision = view.value(blacklist::DECISION).is_absent();
        let no_penalty = match number {
            Some(number) => number.is_absent(),
            None => view.value(blacklist::PENALTY).is_absent(),
        };
        if no_decision || no_penalty {
            let key =
                if no_decision { step(view, blacklist::DECISION) } else { step(view, blacklist::PENALTY) };
            let message = Message::new(
                "缺少处罚决定书文号或列入决定",
                "the entry lacks the number of its penalty decision, or the decision to list it",
            );
            subject.blame(findings, NO_PENALTY, &[key], message).hint(Message::new(
                "penalty 里写处罚决定书文号，decision 里写列入决定的文号、机关、日期",
                "give `penalty` with its document number, and `decision` with number, organ and date",
            ));
        }
        if let Some(penalty) = penalty
            && is_warning_only(penalty.list(blacklist::penalty::KIND))
        {
            let path = [step(view, blacklist::PENALTY), step(penalty, blacklist::penalty::KIND)];
            warning_only(subject, &path, findings);
        }
    }
    for (_, record, view) in context.ledger.records(&penalty::KIND) {
        if has_kind(view, "warning") && is_warning_only(view.list(penalty::KINDS)) {
            warning_only(Subject::of(&penalty::KIND, record), &[step(view, penalty::KINDS)], findings);
        }
    }
}

fn is_warning_only(kinds: &[Value]) -> bool {
    !kinds.is_empty() && kinds.len() == kind_keys(kinds).filter(|key| *key == "warning").count()
}

fn warning_only(subject: Subject<'_>, path: &[crate::diagnostic::Step], findings: &mut Findings) {
    let message = Message::new("仅受警告的处罚不予公示", "a penalty that is a warning only is not published");
    subject.blame(findings, WARNING_ONLY, path, message).hint(Message::new(
        "删去这一条；处罚种类漏写的请补齐",
        "remove the record, or complete the kinds of penalty",
    ));
}
