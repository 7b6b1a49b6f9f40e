//! Allowances: what an office has looked into and lets stand in one record, with a reason, until a day.
//!
//! In: the records of `allowances` and all findings of a run. Out: findings marked as allowed, which then count neither as
//! errors nor as warnings; those of an allowance that has run out stand as they are, and it is told. An error that rests on
//! a regulation, or without which the data could not be read right, is never allowed.
//!
//! Not here: rules that the portal switches off for good (`portal`), and how the allowed are listed (`report`).

use std::collections::HashMap;

use crate::calendar::Date;
use crate::diagnostic::{Allowed, Code, FileId, Finding, Findings, Message, Place};
use crate::ledger::Ledger;
use crate::record::allowance as table;
use crate::record::field::{Identity, Kind};
use crate::record::read::FIELD_MISSING;
use crate::record::value::View;
use crate::text::excerpt;

use super::Context;
use super::explain::explain;
use super::subject::{Subject, step};
use super::suggest::Suggestions;

/// An allowance for what is no rule, or for a rule that nobody may lift.
pub const RULE: Code = Code("E-ALLOWANCE-RULE");
/// An allowance whose reason says nothing.
pub const REASON: Code = Code("E-ALLOWANCE-REASON");
/// An allowance that has run out, and what it allowed is still there.
pub const EXPIRED: Code = Code("W-ALLOWANCE-EXPIRED");
/// An allowance of what was not found.
pub const UNUSED: Code = Code("W-ALLOWANCE-UNUSED");

/// Whether a finding of this code may be allowed for one record: warnings, notes, and errors that rest on custom.
fn may_be_allowed(code: &str) -> bool {
    !code.starts_with("E-") && !super::OF_ALLOWANCES.iter().any(|own| own.0 == code)
        || super::BY_CUSTOM.iter().any(|custom| custom.0 == code)
}

/// The code as it is known, when there is such a rule.
fn known(code: &str) -> Option<&'static str> {
    explain(code).ok().map(|page| page.code).filter(|known| *known == code)
}

/// E-ALLOWANCE-RULE, E-ALLOWANCE-REASON, and E-FIELD-MISSING where two kinds have a record of the id.
pub(super) fn rules(context: &Context<'_>, findings: &mut Findings) {
    for (_, record, view) in context.ledger.records(&table::KIND) {
        let subject = Subject::of(&table::KIND, record);
        if let Some(code) = view.text(table::RULE) {
            rule(subject, view, code, findings);
        }
        if view.text(table::REASON).is_some_and(|reason| !says_why(reason)) {
            no_reason(subject, view, findings);
        }
        let Some(id) = view.text(table::RECORD).filter(|_| view.value(table::KIND_NAME).is_absent()) else {
            continue;
        };
        let kinds: Vec<&str> = kinds_with(context.ledger, id).collect();
        let [first, second, ..] = kinds.as_slice() else { continue };
        let shown = excerpt(id, 60);
        let message = Message::new(
            format!("编号“{shown}”在几类记录里都有，缺少必填字段“kind”（类别）"),
            format!("`{shown}` is the id of records of several kinds; the field `kind` is needed"),
        );
        let finding = subject.blame(findings, FIELD_MISSING, &[], message);
        finding.field = Some("kind".to_string());
        finding.hint(Message::new(
            format!("写 kind: {first} 或 kind: {second}"),
            format!("write kind: {first} or kind: {second}"),
        ));
    }
}

fn rule(subject: Subject<'_>, view: View<'_>, code: &str, findings: &mut Findings) {
    let shown = excerpt(code, 40);
    let (message, hint) = match known(code) {
        Some(code) if may_be_allowed(code) => return,
        Some(_) => (
            Message::new(
                format!("规则 {shown} 不能准予例外"),
                format!("nothing that the rule {shown} finds can be allowed"),
            ),
            Some(Message::new(
                "它依据法规，或关系到数据能否读对：请改正所报的问题",
                "it rests on a regulation, or the data could not be read right without it: mend what it reports",
            )),
        ),
        None => (
            Message::new(format!("没有名为“{shown}”的规则"), format!("there is no rule `{shown}`")),
            match explain(code) {
                Ok(page) => Some(page.code),
                Err(near) => near,
            }
            .map(|near| Message::new(format!("是否应为 {near}？"), format!("did you mean {near}?"))),
        ),
    };
    subject.blame(findings, RULE, &[step(view, table::RULE)], message).hint = hint;
}

/// Whether a reason holds a word: strokes, dots and blanks say nothing.
fn says_why(reason: &str) -> bool {
    reason.chars().any(char::is_alphanumeric)
}

fn no_reason(subject: Subject<'_>, view: View<'_>, findings: &mut Findings) {
    let message = Message::new(
        "例外的 reason（理由）里没有一个字，这条例外不起作用",
        "the `reason` of this allowance holds no word; it allows nothing",
    );
    subject.blame(findings, REASON, &[step(view, table::REASON)], message).hint(Message::new(
        "写明为什么可以保留、谁核实的，如 reason: 原证如此，已函询发证机关",
        "say why it may stand and who looked into it, as in `reason: the licence reads so; the issuer was asked`",
    ));
}

/// The kinds, in the singular, that have a record of this id or address.
fn kinds_with<'l>(ledger: &'l Ledger, id: &'l str) -> impl Iterator<Item = &'static str> + 'l {
    let has = move |kind: &&'static Kind| match kind.identity {
        Identity::Anonymous => false,
        Identity::File => ledger.table(kind).iter().any(|record| record.public_name() == id),
        Identity::Key(_) | Identity::KeyOr(..) => ledger.find(kind, id).is_some(),
    };
    ledger.kinds.all().filter(has).map(|kind| kind.singular)
}

/// One allowance that can be applied.
struct Allowance<'l> {
    subject: Subject<'l>,
    view: View<'l>,
    rule: &'static str,
    kind: Option<usize>,
    record: &'l str,
    allowed: Allowed,
    is_found: bool,
}

/// Marks what is allowed on this day, and tells of allowances that have run out or that nothing needs.
pub fn allow(ledger: &Ledger, as_of: Date, findings: &mut Findings) {
    let mut allowances: Vec<Allowance<'_>> = ledger
        .records(&table::KIND)
        .filter_map(|(_, record, view)| {
            let rule = known(view.text(table::RULE)?).filter(|code| may_be_allowed(code))?;
            let kind = match view.text(table::KIND_NAME) {
                Some(name) => Some(ledger.kinds.named(name)?),
                None => None,
            };
            let reason = view.text(table::REASON).filter(|reason| says_why(reason))?.to_string();
            let allowed = Allowed { until: view.date(table::UNTIL)?, reason };
            let subject = Subject::of(&table::KIND, record);
            Some(Allowance {
                subject,
                view,
                rule,
                kind,
                record: view.text(table::RECORD)?,
                allowed,
                is_found: false,
            })
        })
        .collect();
    if allowances.is_empty() {
        return;
    }
    let texts = texts(ledger);
    for finding in &mut findings.0 {
        let mut allowed: Option<Allowed> = None;
        for allowance in allowances.iter_mut().filter(|allowance| allowance.fits(ledger, &texts, finding)) {
            allowance.is_found = true;
            if as_of <= allowance.allowed.until {
                allowed.get_or_insert_with(|| allowance.allowed.clone());
            }
        }
        finding.allowed = allowed;
    }
    let mut told = Findings::default();
    let mut suggestions = Suggestions::of(ledger);
    for allowance in &allowances {
        allowance.tell(ledger, as_of, &mut suggestions, &mut told);
    }
    super::drop_switched_off(&Context::new(ledger, as_of), &mut told);
    findings.0.append(&mut told.0);
}

/// The record that a whole file is, by file: kind and address.
fn texts(ledger: &Ledger) -> HashMap<FileId, (usize, String)> {
    let mut texts = HashMap::new();
    for (at, (kind, table)) in ledger.kinds.all().zip(&ledger.tables).enumerate() {
        if kind.identity == Identity::File {
            texts.extend(table.iter().map(|record| (record.origin.file, (at, record.public_name()))));
        }
    }
    texts
}

impl Allowance<'_> {
    /// Whether this is a finding of the rule in the record.
    fn fits(&self, ledger: &Ledger, texts: &HashMap<FileId, (usize, String)>, finding: &Finding) -> bool {
        if finding.code.0 != self.rule {
            return false;
        }
        let file = match &finding.place {
            Place::At(file, _) | Place::File(file) => *file,
            Place::Value(origin, _) => origin.file,
            Place::Portal => return false,
        };
        if let Some((kind, name)) = texts.get(&file) {
            return name == self.record && self.kind.is_none_or(|wanted| wanted == *kind);
        }
        if finding.record.as_deref() != Some(self.record) {
            return false;
        }
        let Some(kind) = self.kind.and_then(|kind| ledger.kinds.at(kind)) else { return true };
        ledger.find(kind, self.record).is_some_and(|record| match &finding.place {
            Place::Value(origin, _) => record.origin == *origin,
            _ => record.origin.file == file,
        })
    }

    fn tell(&self, ledger: &Ledger, as_of: Date, suggestions: &mut Suggestions<'_>, findings: &mut Findings) {
        let (rule, until) = (self.rule, self.allowed.until);
        let shown = excerpt(self.record, 60);
        if self.is_found {
            if as_of > until {
                let message = Message::new(
                    format!("“{shown}”的 {rule} 只准予例外至 {until}，问题仍在"),
                    format!("{rule} of `{shown}` was allowed until {until} and is still there"),
                );
                self.subject.blame(findings, EXPIRED, &[step(self.view, table::UNTIL)], message).hint(
                    Message::new(
                        "改正所报的问题；确需再留的，核实后改写 until 和 reason",
                        "mend what is reported; if it has to stand longer, look into it again and give a new day and reason",
                    ),
                );
            }
            return;
        }
        if ledger.may_stand_in_broken_file(self.record) {
            return;
        }
        let message = Message::new(
            format!("“{shown}”没有 {rule} 所报的问题，这条例外用不着"),
            format!("{rule} finds nothing in `{shown}`: the allowance is not needed"),
        );
        let near = match kinds_with(ledger, self.record).next() {
            Some(_) => None,
            None => suggestions.of_any_kind(self.record),
        };
        let hint = match near {
            Some(near) => Message::new(
                format!("没有编号为“{shown}”的记录，相近的有：{near}"),
                format!("no record has the id `{shown}`; did you mean `{near}`?"),
            ),
            None => Message::new("问题已改正的，删去这条例外", "if it was mended, delete the allowance"),
        };
        self.subject.blame(findings, UNUSED, &[step(self.view, table::RECORD)], message).hint(hint);
    }
}

#[cfg(test)]
mod tests {
    use super::super::explain::explanations;
    use super::*;

    #[test]
    fn what_rests_on_a_regulation_or_guards_personal_data_is_never_allowed() {
        let never = ["E-USCC-CHECK", "E-PII-ID", "E-YAML-SYNTAX", "E-BLK-NO-PENALTY", "W-ALLOWANCE-UNUSED"];
        let may = ["W-LIC-CHECK", "I-NULL-SLASH", "E-TASK-NO-LEAD", "W-CHAR-INVISIBLE"];
        assert!(never.iter().all(|code| !may_be_allowed(code)));
        assert!(may.iter().all(|code| may_be_allowed(code)));
        let errors = explanations().filter(|page| page.code.starts_with("E-"));
        assert_eq!(errors.filter(|page| may_be_allowed(page.code)).count(), super::super::BY_CUSTOM.len());
    }
}
