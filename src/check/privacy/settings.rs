//! The settings under `privacy:` in `portal.yaml`.
//!
//! In: the values as written. Out: a finding for each that is not of its form; it is then passed over.
//!
//! Not here: what the settings do (`record::settings`).

use super::super::Context;
use super::super::subject::{Subject, item, step};
use crate::diagnostic::{Findings, Message};
use crate::record::portal as table;
use crate::record::read::FIELD_TYPE;
use crate::record::settings::id_prefix;
use crate::record::value::View;
use crate::text::excerpt;

/// E-FIELD-TYPE of `privacy.id_prefixes`.
pub fn prefixes(context: &Context<'_>, findings: &mut Findings) {
    let ledger = context.ledger;
    let (Some(origin), Some(values)) = (ledger.portal_origin, &ledger.portal_values) else { return };
    let view = View { fields: table::FIELDS, values };
    let Some(privacy) = view.object(table::PRIVACY) else { return };
    for (at, text) in privacy.list(table::privacy::ID_PREFIXES).iter().enumerate() {
        let Some(text) = text.as_text().filter(|text| id_prefix(text).is_none()) else { continue };
        let shown = excerpt(text, 20);
        let message = Message::new(
            format!("“{shown}”应为两位数字，如 \"99\""),
            format!("`{shown}` should be two digits, such as \"99\""),
        );
        let path = [step(view, table::PRIVACY), step(privacy, table::privacy::ID_PREFIXES), item(at)];
        Subject::portal(origin).blame(findings, FIELD_TYPE, &path, message);
    }
}
