//! Bans from food business: their term. Risk warnings: who may publish them first.
//!
//! Source: food safety law, articles 135 (five years from the decision, or for life) and 118 (national and provincial
//! authorities alone publish risk warnings). Not here: whether a ban is still public (`disclose`).

use crate::diagnostic::{Code, Findings, Message};
use crate::record::{ban, risk_warning};

use super::Context;
use super::subject::{Subject, step};

/// A five-year ban that does not end after five years, or a ban for life that ends.
pub const BAN_TERM: Code = Code("E-BAN-TERM");
/// A warning that this portal may not be the first to publish.
pub const AUTHORITY: Code = Code("E-AUTHORITY");

/// E-BAN-TERM.
pub(super) fn terms(context: &Context<'_>, findings: &mut Findings) {
    for (_, record, view) in context.ledger.records(&ban::KIND) {
        let (Some(term), Some(from)) = (view.choice(ban::TERM), view.date(ban::FROM)) else { continue };
        let to = view.date(ban::TO);
        if super::subject::is_spoilt(view.value(ban::TO)) {
            continue;
        }
        let (zh, en) = match (term, to) {
            ("life", Some(_)) => ("终身禁业不写 to".to_string(), "a ban for life has no `to`".to_string()),
            ("5y", to) if to != Some(from.term_end(5)) => {
                let last = from.term_end(5);
                (
                    format!("禁业期限与类型不符（应止于 {last}）"),
                    format!("a ban of five years from {from} ends on {last}"),
                )
            }
            _ => continue,
        };
        Subject::of(&ban::KIND, record)
            .blame(findings, BAN_TERM, &[step(view, ban::TO)], Message::new(zh, en))
            .hint(Message::new(
                "五年：to 为起日加五年减一天；终身：删去 to",
                "five years: `to` is the anniversary less a day; for life: leave `to` out",
            ));
    }
}

/// E-AUTHORITY.
pub(super) fn warnings(context: &Context<'_>, findings: &mut Findings) {
    let authority = context.ledger.settings.authority.as_str();
    if authority.is_empty() || authority == "province" {
        return;
    }
    for (_, record, view) in context.ledger.records(&risk_warning::KIND) {
        if !view.value(risk_warning::SOURCE_URL).is_absent() && !view.value(risk_warning::SOURCE).is_absent()
        {
            continue;
        }
        let message = Message::new(
            "本级无权首发“风险警示”，转载请填来源",
            "a portal below the province may not be the first to publish a risk warning; name the source",
        );
        Subject::of(&risk_warning::KIND, record)
            .blame(findings, AUTHORITY, &[step(view, risk_warning::SOURCE_URL)], message)
            .hint(Message::new(
                "写上 source（首发机关）和 source_url（原文网址）",
                "give `source`, who published it first, and `source_url`, where",
            ));
    }
}
