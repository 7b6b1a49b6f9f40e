//! Region codes that no place answers to: neither declared under `regions:` nor in the national table.
//!
//! In: region codes of records and of `portal.yaml`. What a portal declares comes first; the rest is looked up in GB/T 2260. A
//! place of one's own in a code that has gone is a mistake, a producer's is not: labels outlive their counties.
//!
//! Not here: the form of declared codes (`forms`), the region inside a credit code (`codes`), links to regions, which
//! come here from `references` for their words.

use crate::diagnostic::{Code, Findings, Message};
use crate::division::{EDITION, Standing, standing};
use crate::ledger::Ledger;
use crate::record::field::{Strength, Type};
use crate::record::region;
use crate::text::excerpt;

use super::Context;
use super::subject::each_text;
use super::suggest::Suggestions;

/// A code neither in the national table nor under `regions:`.
pub const REGION_UNKNOWN: Code = Code("E-REGION-UNKNOWN");

/// What there is to say of a code that no region of the portal has: message, and hint where no near code will do.
pub(super) fn undeclared(code: &str) -> Option<(Message, Option<Message>)> {
    let shown = excerpt(code, 60);
    match standing(code) {
        Standing::InForce => None,
        Standing::Retired(first, last) => Some((
            Message::new(
                format!("行政区划代码“{shown}”已停用（只见于行政区划代码表{first}年版至{last}年版）"),
                format!(
                    "the region `{shown}` is no more: only editions {first} to {last} of the national table list it"
                ),
            ),
            Some(Message::new(
                "请改用现行代码；确要沿用的，在 regions 里登记这个地区",
                "use the code in force, or declare the region under `regions:` to keep it",
            )),
        )),
        Standing::Unknown => Some((
            Message::new(
                format!("行政区划代码“{shown}”不存在：不在行政区划代码表（{EDITION}年版）和 regions 中"),
                format!(
                    "there is no region `{shown}`, neither in the national table ({EDITION}) nor under `regions:`"
                ),
            ),
            None,
        )),
    }
}

/// E-REGION-UNKNOWN of codes that need not name a region of the portal, and of the portal's own.
pub(super) fn region_codes(context: &Context<'_>, findings: &mut Findings) {
    let ledger = context.ledger;
    let (kind, undeclared_yet) = (ledger.kind(&region::KIND), ledger.table(&region::KIND).is_empty());
    let mut suggestions = Suggestions::of(ledger);
    each_text(context, |_, ty| matches!(ty, Type::RegionCode), &mut |subject, field, _, code, path| {
        let known = match field.link.map(|link| link.strength) {
            Some(Strength::Must) => true,
            Some(Strength::May) => is_somewhere(ledger, code),
            None => undeclared_yet || is_declared(ledger, code),
        };
        if known || ledger.may_stand_in_broken_file(code) {
            return;
        }
        let Some((message, hint)) = undeclared(code) else { return };
        let hint = hint.unwrap_or_else(|| suggestions.hint(kind, code));
        subject.blame(findings, REGION_UNKNOWN, path, message).hint(hint);
    });
}

fn is_declared(ledger: &Ledger, code: &str) -> bool {
    ledger.find(&region::KIND, code).is_some()
}

/// Whether a place is or was anywhere in the country; below the county the county stands for it.
fn is_somewhere(ledger: &Ledger, code: &str) -> bool {
    let county = if matches!(code.len(), 9 | 12) { code.get(..6).unwrap_or(code) } else { code };
    [code, county].iter().any(|code| is_declared(ledger, code) || standing(code) != Standing::Unknown)
}
