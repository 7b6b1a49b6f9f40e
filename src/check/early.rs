//! Publication that ends too soon: of penalties that may not leave early, and before the least term of a penalty or a
//! blacklist entry.
//!
//! In: penalties, blacklist entries, withdrawals, and the rule sets with their least terms. Out: E-EARLY-STOP. Source: SAMR
//! order 45 of 2021, article 13 (no early stop for the heavy kinds); NDRC order 36 and SAMR's rule of 2025 (repair from the
//! least term on). What cites a basis in `publish_until_basis` is left to it. Not here: what ends too late (`terms`).

use crate::calendar::Date;
use crate::diagnostic::{Code, Findings, Message, Step};
use crate::record::choices::PENALTY_KINDS;
use crate::record::field::Choice;
use crate::record::value::View;
use crate::record::{blacklist, penalty, withdrawal};
use crate::text::excerpt;

use super::Context;
use super::subject::{Subject, step};
use super::terms::{Least, kind_keys, least_of_entry, least_of_penalty, penalty_last_day};

/// Publication that ends, or is said to be free to end, before it may.
pub const EARLY_STOP: Code = Code("E-EARLY-STOP");

/// Penalties that stay public for their whole term (SAMR order 45 of 2021, article 13).
const HEAVY: [&str; 5] = ["downgrade", "suspend", "restrict", "revoke", "ban"];
/// Words of a reason to withdraw a record whose term is not over although it stands.
const EARLY_REASONS: [&str; 3] = ["修复", "提前停止", "提前终止"];

/// E-EARLY-STOP of penalties that are said to be free to leave.
pub(super) fn penalties(context: &Context<'_>, findings: &mut Findings) {
    for (_, record, view) in context.ledger.records(&penalty::KIND) {
        if view.flag(penalty::EARLY_STOP_ALLOWED) != Some(true) {
            continue;
        }
        let Some(heavy) = heavy(view) else { continue };
        let message = Message::new(
            format!("处罚含“{}”，不得提前停止公示", heavy.zh),
            format!("a penalty with {} may not leave before its term ends", heavy.en),
        );
        Subject::of(&penalty::KIND, record)
            .blame(findings, EARLY_STOP, &[step(view, penalty::EARLY_STOP_ALLOWED)], message)
            .hint(Message::new(
                "写 early_stop_allowed: false，或删去这一行",
                "write `early_stop_allowed: false` or leave it out",
            ));
    }
}

/// E-EARLY-STOP of withdrawals that end the publication of such a penalty for another reason than that it was annulled.
pub(super) fn withdrawals(context: &Context<'_>, findings: &mut Findings) {
    for (_, record, view) in context.ledger.records(&withdrawal::KIND) {
        let reason = view.text(withdrawal::REASON).unwrap_or_default();
        if !EARLY_REASONS.iter().any(|word| reason.contains(word)) {
            continue;
        }
        let named = (view.text(withdrawal::KIND_NAME), view.text(withdrawal::TARGET));
        let Some((handle, kind)) = context.ledger.named_record(named.0, named.1) else { continue };
        let Some(stopped) = context.ledger.record(handle).map(|stopped| stopped.view(kind)) else { continue };
        let is_penalty = kind.plural == penalty::KIND.plural;
        let reason = excerpt(reason, 40);
        let Some(heavy) = is_penalty.then(|| heavy(stopped)).flatten() else {
            let sets = &context.ledger.settings.rule_sets;
            let least = match is_penalty {
                true => least_of_penalty(sets, stopped),
                false if kind.plural == blacklist::KIND.plural => least_of_entry(sets, stopped),
                false => None,
            };
            let on = view.date(withdrawal::ON);
            if let Some((least, on)) = least.zip(on).filter(|(least, on)| *on < least.day) {
                let subject = Subject::of(&withdrawal::KIND, record);
                withdrawn_too_soon(subject, &[step(view, withdrawal::ON)], (on, &reason), &least, findings);
            }
            continue;
        };
        let message = Message::new(
            format!("处罚含“{}”，不得因“{reason}”提前撤回", heavy.zh),
            format!("a penalty with {} may not be withdrawn before its term ends for `{reason}`", heavy.en),
        );
        Subject::of(&withdrawal::KIND, record)
            .blame(findings, EARLY_STOP, &[step(view, withdrawal::REASON)], message)
            .hint(Message::new(
                "删去这条撤回，让处罚公示到期；处罚被撤销的，写明撤销和文号",
                "delete the withdrawal, so that the penalty stays until its term ends; if it was annulled, say so with the document's number",
            ));
    }
}

fn withdrawn_too_soon(
    subject: Subject<'_>,
    path: &[Step],
    (on, reason): (Date, &str),
    least: &Least<'_>,
    findings: &mut Findings,
) {
    let ((zh, en), day) = (least.words(), least.day);
    let message = Message::new(
        format!("{zh}，因“{reason}”于 {on} 撤回，过早停止公示"),
        format!("{en}; it is withdrawn on {on} for `{reason}`, which is too soon"),
    );
    subject.blame(findings, EARLY_STOP, path, message).hint(Message::new(
        format!("{day} 以后再撤回；决定被撤销的，原因写明撤销和文号"),
        format!("withdraw it after {day}; if the decision was annulled, say so with the document's number"),
    ));
}

/// E-EARLY-STOP of a last day that lies before the end of the whole term, of heavy penalties, or of the least term.
pub(super) fn last_days(context: &Context<'_>, findings: &mut Findings) {
    let sets = &context.ledger.settings.rule_sets;
    for (_, record, view) in context.ledger.records(&penalty::KIND) {
        let Some(until) = view.date(penalty::PUBLISH_UNTIL) else { continue };
        // A day before publication is its own mistake.
        if view.text(penalty::PUBLISH_UNTIL_BASIS).is_some() || view.date(penalty::PUBLISHED_ON) > Some(until)
        {
            continue;
        }
        let subject = Subject::of(&penalty::KIND, record);
        let path = [step(view, penalty::PUBLISH_UNTIL)];
        match (heavy(view), penalty_last_day(sets, view)) {
            (Some(heavy), Some(last)) if until < last => {
                let message = Message::new(
                    format!("处罚含“{}”，不得提前停止公示：应公示到 {last}，现设至 {until}", heavy.zh),
                    format!(
                        "a penalty with {} is public until {last}; it is set to end on {until}",
                        heavy.en
                    ),
                );
                subject.blame(findings, EARLY_STOP, &path, message).hint(Message::new(
                    format!("改为 publish_until: {last}，或删去这一行；确有依据的写 publish_until_basis"),
                    format!("write `publish_until: {last}` or leave it out, or cite the basis in `publish_until_basis`"),
                ));
            }
            (None, _) => {
                let least = least_of_penalty(sets, view).filter(|least| until < least.day);
                least.into_iter().for_each(|least| too_soon(subject, &path, until, &least, findings));
            }
            _ => {}
        }
    }
    for (_, record, view) in context.ledger.records(&blacklist::KIND) {
        let Some(until) = view.date(blacklist::PUBLISH_UNTIL) else { continue };
        if view.text(blacklist::PUBLISH_UNTIL_BASIS).is_some()
            || view.date(blacklist::LISTED_ON) > Some(until)
        {
            continue;
        }
        let path = [step(view, blacklist::PUBLISH_UNTIL)];
        let least = least_of_entry(sets, view).filter(|least| until < least.day);
        least.into_iter().for_each(|least| {
            too_soon(Subject::of(&blacklist::KIND, record), &path, until, &least, findings);
        });
    }
}

fn too_soon(subject: Subject<'_>, path: &[Step], until: Date, least: &Least<'_>, findings: &mut Findings) {
    let ((zh, en), day) = (least.words(), least.day);
    let message = Message::new(
        format!("{zh}，现设至 {until}，过早停止公示"),
        format!("{en}; it is set to end on {until}, which is too soon"),
    );
    subject.blame(findings, EARLY_STOP, path, message).hint(Message::new(
        format!("改为 {day} 或更晚；不写 publish_until 就公示到期满；确有依据的写 publish_until_basis"),
        format!("write {day} or later, leave `publish_until` out for the whole term, or cite the basis in `publish_until_basis`"),
    ));
}

/// The kind of a penalty that may not stop early.
fn heavy(view: View<'_>) -> Option<&'static Choice> {
    let kinds: Vec<&str> = kind_keys(view.list(penalty::KINDS)).collect();
    PENALTY_KINDS.iter().find(|kind| HEAVY.contains(&kind.key) && kinds.contains(&kind.key))
}
