//! Names that no record answers to: links of records, withdrawals and corrections.
//!
//! In: the ledger's dangling links. A name that stands in a file that could not be read is passed over: that
//! file is the mistake. Not here: links of texts (`links`).

use std::collections::{HashMap, HashSet};

use crate::code::check_uscc;
use crate::diagnostic::{Code, Findings, Message, Step};
use crate::record::field::Kind;
use crate::record::{allowance, cadre, correction, enterprise, region, statement, withdrawal};
use crate::text::{excerpt, nearest};

use super::Context;
use super::places::{REGION_UNKNOWN, undeclared};
use super::subject::{Subject, step};
use super::suggest::Suggestions;

/// No cadre has this id.
pub const CADRE_UNKNOWN: Code = Code("E-CADRE-UNKNOWN");
/// No enterprise has this id.
pub const ENTERPRISE_UNKNOWN: Code = Code("E-ENTERPRISE-UNKNOWN");
/// No record of another kind has this id.
pub const REFERENCE_UNKNOWN: Code = Code("E-REFERENCE-UNKNOWN");

/// E-CADRE-UNKNOWN, E-ENTERPRISE-UNKNOWN, E-REGION-UNKNOWN, E-REFERENCE-UNKNOWN.
pub(super) fn links(context: &Context<'_>, findings: &mut Findings) {
    let ledger = context.ledger;
    let mut suggestions = Suggestions::of(ledger);
    let mut unread: HashMap<&str, bool> = HashMap::new();
    let mut told: HashSet<&str> = HashSet::new();
    for dangling in &ledger.dangling {
        let id = dangling.id.as_ref();
        if *unread.entry(id).or_insert_with(|| ledger.may_stand_in_broken_file(id)) {
            continue;
        }
        let (Some(record), Some(from)) =
            (ledger.record(dangling.from), ledger.kinds.at(usize::from(dangling.from.kind)))
        else {
            continue;
        };
        let Some(wanted) = ledger.kinds.index(dangling.kind) else { continue };
        let target = ledger.kinds.at(wanted);
        let code = match target {
            Some(kind) if is(kind, &cadre::KIND) => CADRE_UNKNOWN,
            Some(kind) if is(kind, &enterprise::KIND) => ENTERPRISE_UNKNOWN,
            Some(kind) if is(kind, &region::KIND) && !is(from, &region::KIND) => REGION_UNKNOWN,
            _ => REFERENCE_UNKNOWN,
        };
        let (message, hint) = if code == REGION_UNKNOWN {
            let Some(told) = undeclared(&dangling.id) else { continue };
            told
        } else {
            let shown = excerpt(&dangling.id, 60);
            let message = Message::new(
                format!("找不到{}“{shown}”", target.map_or("", |kind| kind.zh)),
                format!("there is no record `{shown}` under `{}:`", dangling.kind),
            );
            (message, None)
        };
        // A code that is right beside a record whose code is wrong: the record is to be mended, and not all that name it.
        let mistyped = (code == ENTERPRISE_UNKNOWN && check_uscc(id).is_ok())
            .then(|| suggestions.near(wanted, id))
            .flatten()
            .filter(|near| check_uscc(near).is_err());
        if mistyped.is_some() && !told.insert(id) {
            continue;
        }
        let hint = hint.or_else(|| mistyped.map(|near| mend_the_record(&near)));
        Subject::of(from, record)
            .blame(findings, code, &dangling.path, message)
            .hint(hint.unwrap_or_else(|| suggestions.hint(wanted, &dangling.id)));
    }
}

fn mend_the_record(near: &str) -> Message {
    Message::new(
        format!("这个代码校验无误；台账里的 {near} 校验不符，多半是它写错了，改那一条即可，别处的引用不用改"),
        format!(
            "this code has the right check character and the record `{near}` has not: mend the record, and no reference to it"
        ),
    )
}

/// Kinds are statics; their plural tells them apart.
fn is(kind: &Kind, other: &Kind) -> bool {
    kind.plural == other.plural
}

/// E-REFERENCE-UNKNOWN of `withdrawals`, `corrections` and `statements`, which name a kind and an id, and of `allowances`,
/// which may name a kind.
pub(super) fn withdrawals_and_corrections(context: &Context<'_>, findings: &mut Findings) {
    let ledger = context.ledger;
    let mut suggestions = Suggestions::of(ledger);
    for (_, record, view) in ledger.records(&withdrawal::KIND) {
        let named = (view.text(withdrawal::KIND_NAME), view.text(withdrawal::TARGET));
        let steps = (step(view, withdrawal::KIND_NAME), step(view, withdrawal::TARGET));
        let subject = Subject::of(&withdrawal::KIND, record);
        named_record(context, subject, named, (&[], steps), &mut suggestions, findings);
    }
    for (_, record, view) in ledger.records(&correction::KIND) {
        let named = (view.text(correction::KIND_NAME), view.text(correction::TARGET));
        let steps = (step(view, correction::KIND_NAME), step(view, correction::TARGET));
        let subject = Subject::of(&correction::KIND, record);
        named_record(context, subject, named, (&[], steps), &mut suggestions, findings);
    }
    for (_, record, view) in ledger.records(&allowance::KIND) {
        // A record that is no more is told of as an allowance that nothing needs.
        let named = (view.text(allowance::KIND_NAME), None);
        let steps = (step(view, allowance::KIND_NAME), step(view, allowance::RECORD));
        let subject = Subject::of(&allowance::KIND, record);
        named_record(context, subject, named, (&[], steps), &mut suggestions, findings);
    }
    for (_, record, view) in ledger.records(&statement::KIND) {
        let Some(about) = view.object(statement::ABOUT) else { continue };
        let named = (about.text(statement::about::KIND_NAME), about.text(statement::about::TARGET));
        let steps = (step(about, statement::about::KIND_NAME), step(about, statement::about::TARGET));
        let subject = Subject::of(&statement::KIND, record);
        let path = [step(view, statement::ABOUT)];
        named_record(context, subject, named, (&path, steps), &mut suggestions, findings);
    }
}

fn named_record(
    context: &Context<'_>,
    subject: Subject<'_>,
    named: (Option<&str>, Option<&str>),
    (path, steps): (&[Step], (Step, Step)),
    suggestions: &mut Suggestions<'_>,
    findings: &mut Findings,
) {
    let ledger = context.ledger;
    let at = |last: Step| path.iter().copied().chain([last]).collect::<Vec<_>>();
    let Some(name) = named.0 else { return };
    let Some(kind) = ledger.kinds.named(name) else {
        if ledger.kinds.is_left_out(name) {
            return;
        }
        let shown = excerpt(name, 40);
        let message = Message::new(
            format!("没有名为“{shown}”的记录类别"),
            format!("`{shown}` is not a kind of record"),
        );
        let words = ledger.kinds.all().flat_map(|kind| [kind.plural, kind.singular]);
        let near = nearest(name, words)
            .or_else(|| ledger.kinds.all().find(|kind| kind.zh == name).map(|kind| kind.singular));
        subject.blame(findings, REFERENCE_UNKNOWN, &at(steps.0), message).hint =
            near.map(|near| Message::new(format!("是否应为 `{near}`？"), format!("did you mean `{near}`?")));
        return;
    };
    let Some(id) = named.1 else { return };
    if let Some(kind) = ledger.kinds.at(kind).filter(|kind| !kind.counted_by.is_empty()) {
        let message = Message::new(
            format!("“{}”只公布数量，它的记录没有公布过，也就不能撤回、更正或声明", kind.zh),
            format!(
                "of {} only numbers are published; its records were never public and can be neither withdrawn nor corrected nor spoken of",
                kind.en
            ),
        );
        subject
            .blame(findings, REFERENCE_UNKNOWN, &at(steps.1), message)
            .hint(Message::new("在台账里直接改或删那一条", "change or delete the record in its ledger"));
        return;
    }
    let known = ledger.named_record(Some(name), Some(id)).is_some();
    if known || ledger.may_stand_in_broken_file(id) {
        return;
    }
    let shown = excerpt(id, 60);
    let label = ledger.kinds.at(kind).map_or("", |kind| kind.zh);
    let plural = ledger.kinds.at(kind).map_or("", |kind| kind.plural);
    let message = Message::new(
        format!("找不到{label}“{shown}”"),
        format!("there is no record `{shown}` under `{plural}:`"),
    );
    subject.blame(findings, REFERENCE_UNKNOWN, &at(steps.1), message).hint(suggestions.hint(kind, id));
}
