//! The settings under `privacy:` in `portal.yaml`.
//!
//! In: the values as written. Out: a finding for each that is not of its form, or that masks what is not masked; it is then
//! passed over.
//!
//! Not here: what the settings do (`record::privacy`).

use super::super::Context;
use super::super::subject::{Subject, item, members, step};
use crate::diagnostic::{Findings, Message};
use crate::record::field::{Field, Type, Visibility};
use crate::record::portal::{self as table, field_mask, privacy};
use crate::record::privacy::id_prefix;
use crate::record::read::{FIELD_TYPE, FIELD_UNKNOWN, KIND_UNKNOWN};
use crate::record::value::View;
use crate::text::{excerpt, nearest};

/// E-FIELD-TYPE, E-KIND-UNKNOWN, E-FIELD-UNKNOWN of `privacy:`.
pub fn settings(context: &Context<'_>, findings: &mut Findings) {
    let ledger = context.ledger;
    let (Some(origin), Some(values)) = (ledger.portal_origin, &ledger.portal_values) else { return };
    let view = View { fields: table::FIELDS, values };
    let Some(own) = view.object(table::PRIVACY) else { return };
    let subject = Subject::portal(origin);
    for (at, text) in own.list(privacy::ID_PREFIXES).iter().enumerate() {
        let Some(text) = text.as_text().filter(|text| id_prefix(text).is_none()) else { continue };
        let shown = excerpt(text, 20);
        let message = Message::new(
            format!("“{shown}”应为两位数字，如 \"99\""),
            format!("`{shown}` should be two digits, such as \"99\""),
        );
        let path = [step(view, table::PRIVACY), step(own, privacy::ID_PREFIXES), item(at)];
        subject.blame(findings, FIELD_TYPE, &path, message);
    }
    for (at, mask) in members(own, privacy::MASKS) {
        let path = |slot| [step(view, table::PRIVACY), step(own, privacy::MASKS), item(at), step(mask, slot)];
        let Some(plural) = mask.text(field_mask::KIND) else { continue };
        let Some(kind) = ledger.kinds.all().find(|kind| kind.plural == plural) else {
            let shown = excerpt(plural, 40);
            let message = Message::new(format!("没有类别“{shown}”"), format!("there is no kind `{shown}`"));
            let near = nearest(plural, ledger.kinds.all().map(|kind| kind.plural));
            subject.blame(findings, KIND_UNKNOWN, &path(field_mask::KIND), message).hint =
                near.map(|near| Message::new(format!("是否应为 {near}？"), format!("did you mean {near}?")));
            continue;
        };
        let mut masked = Vec::new();
        masked_paths(kind.fields, "", &mut masked);
        let wanted = mask.text(field_mask::FIELD).unwrap_or_default();
        if masked.is_empty() || !wanted.is_empty() && !masked.iter().any(|path| path == wanted) {
            let shown = excerpt(if wanted.is_empty() { plural } else { wanted }, 40);
            let message = Message::new(
                format!("“{shown}”没有要遮挡的姓名，这一条不起作用"),
                format!("`{shown}` has no name that is masked: this entry does nothing"),
            );
            let slot = if wanted.is_empty() { field_mask::KIND } else { field_mask::FIELD };
            let finding = subject.blame(findings, FIELD_UNKNOWN, &path(slot), message);
            if !masked.is_empty() {
                let list = masked.join("、");
                finding.hint(Message::new(format!("可以写：{list}"), format!("it may be one of {list}")));
            }
        }
    }
}

/// The paths of the masked fields of a table.
pub fn masked_paths(fields: &[Field], prefix: &str, out: &mut Vec<String>) {
    for field in fields {
        let path = format!("{prefix}{}", field.key);
        if matches!(field.visibility, Visibility::Masked(_)) {
            out.push(path.clone());
        }
        match field.ty {
            Type::Object(fields) => masked_paths(fields, &format!("{path}."), out),
            Type::List(Type::Object(fields)) => masked_paths(fields, &format!("{path}."), out),
            _ => {}
        }
    }
}
