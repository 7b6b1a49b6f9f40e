//! What is told on the page of corrections: a record leaves once, and what was corrected is a field of it.
//!
//! In: withdrawals and corrections whose records are known. Out: E-RECORD-DUP of a second withdrawal, E-FIELD-UNKNOWN of a field
//! that neither the kind nor what stands inside its records has. A field is named by its key, or in words that recall its
//! label, as the public reads them. Not here: whether the record exists (`references`).

use std::collections::BTreeMap;

use super::Context;
use super::constraints::RECORD_DUP;
use super::subject::{Subject, step};
use crate::diagnostic::{Findings, Message};
use crate::fold::normal_form;
use crate::record::field::{Field, Home, Kind, Type};
use crate::record::read::FIELD_UNKNOWN;
use crate::record::{Kinds, correction, withdrawal};
use crate::text::{excerpt, nearest};

/// Characters of a field's name that are looked at.
const LONGEST: usize = 60;

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
        let known = words_of(kinds, kind);
        if names_one(&known, written) {
            continue;
        }
        let shown = excerpt(written, 40);
        let message = Message::new(
            format!("{}没有名为“{shown}”的字段，更正的是哪一项说不清", kind.zh),
            format!("a {} has no field `{shown}`, so nobody can tell what was corrected", kind.singular),
        );
        let near = nearest(written, known.iter().flatten().copied());
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
        let path = [step(view, correction::FIELD)];
        Subject::of(&correction::KIND, record).blame(findings, FIELD_UNKNOWN, &path, message).hint(hint);
    }
}

/// How a field may be called: key, Chinese label, English label.
type Names = [&'static str; 3];

/// The names of a kind's fields, of those inside them, and of the records that stand inside its own.
fn words_of(kinds: &Kinds, kind: &Kind) -> Vec<Names> {
    let mut words = Vec::new();
    add(kind.fields, &mut words);
    for inner in kinds.all() {
        if matches!(inner.home, Home::Inside(parent, _) if parent == kind.plural) {
            add(inner.fields, &mut words);
        }
    }
    words
}

fn add(fields: &'static [Field], words: &mut Vec<Names>) {
    for field in fields {
        words.push([field.key, field.zh, field.en]);
        match field.ty {
            Type::Object(inside) | Type::List(&Type::Object(inside)) => add(inside, words),
            _ => {}
        }
    }
}

/// Whether words name a field: a key or a path of keys, an English label or a part of it, or Chinese words that share two
/// characters with a label: the public reads 样品名称 where the label is 食品名称.
fn names_one(known: &[[&str; 3]], written: &str) -> bool {
    let is_key = |word: &str| known.iter().any(|[key, ..]| *key == word);
    if written.is_ascii() {
        let lower = written.to_ascii_lowercase();
        return written.split('.').all(is_key)
            || known.iter().any(|[_, _, en]| en.to_ascii_lowercase().contains(&lower));
    }
    let chars: Vec<char> = normal_form(&excerpt(written, LONGEST)).chars().collect();
    let labels: Vec<Vec<char>> = known.iter().map(|[_, zh, _]| normal_form(zh).chars().collect()).collect();
    let is_of =
        |part: &[char]| labels.iter().any(|label| label.windows(part.len()).any(|known| known == part));
    match chars.len() {
        0 => false,
        1 => is_of(&chars),
        _ => chars.windows(2).any(is_of),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_named_by_its_key_its_path_or_words_of_its_label() {
        let known = [
            ["party", "当事人", "party"],
            ["name", "食品名称", "food name"],
            ["declared", "公布批次", "declared"],
        ];
        for written in ["party", "party.name", "当事人", "當事人", "样品名称", "批次", "Food name", "批"]
        {
            assert!(names_one(&known, written), "{written}");
        }
        for unknown in ["partie", "party.nmae", "地址", "人民", "——", "某"] {
            assert!(!names_one(&known, unknown), "{unknown}");
        }
    }
}
