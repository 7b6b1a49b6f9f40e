//! What is told on the page of corrections: a record leaves once, and what was corrected is a field of it.
//!
//! In: withdrawals and corrections whose records are known. Out: E-RECORD-DUP of a second withdrawal, E-FIELD-UNKNOWN of a field
//! that neither the kind nor what stands inside its records has. A field is named by its key, or in words that recall its
//! label, as the public reads them. Not here: whether the record exists (`references`).

use std::collections::BTreeMap;

use super::Context;
use super::constraints::RECORD_DUP;
use super::subject::{Subject, step};
use crate::diagnostic::{Findings, Message, Step};
use crate::record::corrected::{Telling, fields_meant, telling};
use crate::record::field::Home;
use crate::record::read::FIELD_UNKNOWN;
use crate::record::{correction, withdrawal};
use crate::text::{excerpt, nearest};

/// E-RECORD-DUP.
pub(super) fn withdrawals(context: &Context<'_>, findings: &mut Findings) {
    let ledger = context.ledger;
    let mut all: Vec<_> = ledger.records(&withdrawal::KIND).collect();
    all.sort_by_key(|(_, record, _)| record.origin);
    let mut first = BTreeMap::new();
    for (_, record, view) in all {
        let (name, id) = (view.text(withdrawal::KIND_NAME), view.text(withdrawal::TARGET));
        let Some((gone, kind)) = ledger.named_record(name, id) else { continue };
        let Some(earlier) = first.get(&gone).copied() else {
            first.insert(gone, record);
            continue;
        };
        let shown = excerpt(id.unwrap_or_default(), 60);
        let message = Message::new(
            format!("{}“{shown}”已有一条撤回，不能撤回两次", kind.zh),
            format!("`{shown}` among {} is withdrawn already; a record leaves once", kind.en),
        );
        let path = [step(view, withdrawal::TARGET)];
        Subject::of(&withdrawal::KIND, record)
            .blame(findings, RECORD_DUP, &path, message)
            .hint(Message::new(
                "请删去一条，把日期和理由写在留下的那一条；编号写错的请改正",
                "delete one of them and keep day and reason in the other; or mend the id that is mistyped",
            ))
            .other(
                Subject::of(&withdrawal::KIND, earlier).place(&path),
                Message::new("先前在此", "first here"),
            );
    }
}

/// E-FIELD-UNKNOWN of corrections.
pub(super) fn fields(context: &Context<'_>, findings: &mut Findings) {
    let kinds = &context.ledger.kinds;
    for (_, record, view) in context.ledger.records(&correction::KIND) {
        let named =
            view.text(correction::KIND_NAME).and_then(|name| kinds.named(name)).and_then(|at| kinds.at(at));
        let (Some(kind), Some(written)) = (named, view.text(correction::FIELD)) else { continue };
        // Of a text anything may have been corrected.
        if matches!(kind.home, Home::Book | Home::Chapter | Home::Article | Home::Page) {
            continue;
        }
        let meant = fields_meant(kinds, kind, written);
        let path = [step(view, correction::FIELD)];
        if !meant.is_empty() {
            if matches!(telling(&meant), Telling::Nothing) {
                internal(Subject::of(&correction::KIND, record), &path, written, findings);
            }
            continue;
        }
        let shown = excerpt(written, 40);
        let message = Message::new(
            format!("{}没有名为“{shown}”的字段，更正的是哪一项说不清", kind.zh),
            format!("a {} has no field `{shown}`, so nobody can tell what was corrected", kind.singular),
        );
        let near = nearest(written, kind.fields.iter().flat_map(|field| [field.key, field.zh, field.en]));
        let hint = match near {
            Some(near) => Message::new(format!("是否应为“{near}”？"), format!("did you mean `{near}`?")),
            None => {
                let own = || kind.fields.iter();
                let zh = own().map(|field| field.zh).collect::<Vec<_>>().join("、");
                let en = own().map(|field| field.key).collect::<Vec<_>>().join(", ");
                Message::new(
                    format!("写字段的中文名称或键，如：{zh}"),
                    format!("write a key or a label of its fields: {en}"),
                )
            }
        };
        Subject::of(&correction::KIND, record).blame(findings, FIELD_UNKNOWN, &path, message).hint(hint);
    }
}

/// What was never published needs no correction, and a correction would publish it.
fn internal(subject: Subject<'_>, path: &[Step], written: &str, findings: &mut Findings) {
    let shown = excerpt(written, 40);
    let message = Message::new(
        format!("“{shown}”是内部字段，没有公布过；写成更正反而公布了它"),
        format!("`{shown}` is internal and was never published; a correction would publish it"),
    );
    subject.blame(findings, FIELD_UNKNOWN, path, message).hint(Message::new(
        "内部内容在台账里直接改，不写更正；改的是其中公开的一项的，写明那一项，如 整改期限",
        "change it in its ledger and write no correction; if a public part of it was corrected, name that part",
    ));
}
