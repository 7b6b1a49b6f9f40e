//! Unified social credit codes: form, check characters, region part, and no two enterprises with one code.
//!
//! In: every value of the type. Source: GB 32100-2015, GB 11714-1997, GB/T 2260. Not here: the arithmetic
//! (`crate::code`), other numbers (`forms`, `licences`).

use std::collections::BTreeMap;

use crate::code::{UsccFault, check_organisation, check_uscc};
use crate::diagnostic::{Code, Findings, Message, Step};
use crate::division::{EDITION, Standing, standing};
use crate::ledger::{Ledger, USCC_DUP};
use crate::record::enterprise;
use crate::record::field::Type;
use crate::record::region;
use crate::record::value::{Record, Value};
use crate::text::excerpt;

use super::Context;
use super::pasted::pasted;
use super::subject::{Subject, each_text, step};

/// Not 18 characters of the alphabet.
pub const USCC_FORM: Code = Code("E-USCC-FORM");
/// A wrong check character.
pub const USCC_CHECK: Code = Code("E-USCC-CHECK");
/// A wrong check character of the organisation code inside.
pub const USCC_ORG: Code = Code("W-USCC-ORG");
/// A region part that cannot be.
pub const USCC_REGION: Code = Code("W-USCC-REGION");

/// The region part that the central authorities give (GB 32100-2015); GB/T 2260 has no such code.
const CENTRAL: &str = "100000";

/// E-USCC-FORM, E-USCC-CHECK, W-USCC-ORG, W-USCC-REGION.
pub(super) fn credit_codes(context: &Context<'_>, findings: &mut Findings) {
    each_text(context, |_, ty| matches!(ty, Type::Uscc), &mut |subject, _, _, code, path| match check_uscc(
        code,
    ) {
        Err(fault) => wrong_code(subject, path, code, fault, findings),
        Ok(()) => {
            if let Err(wanted) = check_organisation(code) {
                let message = Message::new(
                    format!("“{code}”主体标识码校验位不符（第17位应为“{wanted}”）"),
                    format!(
                        "character 17 of `{code}`, the check of the organisation code, should be `{wanted}`"
                    ),
                );
                subject.blame(findings, USCC_ORG, path, message).hint(Message::new(
                    "请与营业执照核对；核对无误的，在台账的 allowances 里写明理由和期限",
                    "compare it with the business licence; if it is so there, say so under `allowances:` with a reason and a last day",
                ));
            }
            wrong_region(context.ledger, subject, path, code, findings);
        }
    });
}

fn wrong_code(subject: Subject<'_>, path: &[Step], code: &str, fault: UsccFault, findings: &mut Findings) {
    let shown = excerpt(code, 40);
    if let Some(found) = pasted(code) {
        let message = Message::new(
            format!("统一社会信用代码“{shown}”里有{}", found.odd.zh),
            format!("the credit code `{shown}` has {}", found.odd.en),
        );
        subject.blame(findings, USCC_FORM, path, message).hint(pasted_hint(&found.meant));
        return;
    }
    match fault {
        UsccFault::Length(length) => {
            let message = Message::new(
                format!("统一社会信用代码“{shown}”应为18位，且不含 I、O、S、V、Z（现为{length}位）"),
                format!(
                    "the credit code `{shown}` has {length} characters; it must have 18, none of them I, O, S, V or Z"
                ),
            );
            subject.blame(findings, USCC_FORM, path, message).hint(Message::new(
                "请照营业执照抄写，不加空格和连字符",
                "copy it from the business licence, without blanks or hyphens",
            ));
        }
        UsccFault::Character(at, found) => {
            let found = if found.is_control() { ' ' } else { found };
            let message = Message::new(
                format!("统一社会信用代码“{shown}”应为18位，且不含 I、O、S、V、Z（第{at}位为“{found}”）"),
                format!(
                    "character {at} of the credit code `{shown}` is `{found}`; allowed are digits and capitals without I, O, S, V, Z"
                ),
            );
            subject.blame(findings, USCC_FORM, path, message).hint(look_alike(found));
        }
        UsccFault::Check(wanted, found) => {
            let message = Message::new(
                format!("“{shown}”校验码应为“{wanted}”，现为“{found}”，请与营业执照核对"),
                format!("the check character of `{shown}` is `{found}`; the other 17 ask for `{wanted}`"),
            );
            subject.blame(findings, USCC_CHECK, path, message).hint(Message::new(
                "18位里至少有一位抄错或前后颠倒；不要只改最后一位",
                "at least one of the 18 is mistyped or swapped with its neighbour; do not just change the last",
            ));
        }
    }
}

fn pasted_hint(meant: &str) -> Message {
    match check_uscc(meant) {
        Ok(()) => Message::new(
            format!("应写作 {meant}，校验码相符"),
            format!("write {meant}; its check character is right"),
        ),
        Err(_) => Message::new(
            format!("改掉以后是 {meant}，仍不是有效的代码，请照营业执照抄写"),
            format!(
                "without them it is {meant}, which is no valid code either; copy it from the business licence"
            ),
        ),
    }
}

fn look_alike(found: char) -> Message {
    let meant = match found {
        'O' => Some('0'),
        'I' => Some('1'),
        'Z' => Some('2'),
        'S' => Some('5'),
        _ => None,
    };
    match meant {
        Some(digit) => Message::new(
            format!("这里很可能是数字“{digit}”，请照营业执照改"),
            format!("probably the digit `{digit}`; look at the business licence"),
        ),
        None => Message::new("请照营业执照抄写", "copy it from the business licence"),
    }
}

fn wrong_region(ledger: &Ledger, subject: Subject<'_>, path: &[Step], code: &str, findings: &mut Findings) {
    let Some(part) = code.get(2..8) else { return };
    // A code keeps the region of its registration: those that have gone are as good as those in force.
    let known = part == CENTRAL || standing(part) != Standing::Unknown || is_declared(ledger, part);
    if !known {
        let message = Message::new(
            format!("“{code}”第3至8位“{part}”不在行政区划代码表（{EDITION}年版）和 regions 中"),
            format!(
                "characters 3 to 8 of `{code}`, `{part}`, are no region code, neither in the national table ({EDITION}) nor under `regions:`"
            ),
        );
        subject.blame(findings, USCC_REGION, path, message).hint(Message::new(
            "请与营业执照核对；登记地区不在本站时，在 regions 里补上这个代码",
            "compare it with the business licence, or add the region of registration under `regions:`",
        ));
    }
}

/// Whether a region of six digits, or the one above it that it stands for (`990100`, `990000`), is declared.
fn is_declared(ledger: &Ledger, part: &str) -> bool {
    let prefix = part.strip_suffix("0000").or_else(|| part.strip_suffix("00"));
    let table = ledger.table(&region::KIND);
    let from = |wanted: &str| table.partition_point(|record| record.id.as_str() < wanted);
    [Some(part), prefix]
        .into_iter()
        .flatten()
        .any(|wanted| table.get(from(wanted)).is_some_and(|record| record.id.as_str().starts_with(wanted)))
}

/// E-USCC-DUP: enterprises with ids of their own that give a code of another, unless both are outlets and tell which. Those
/// that leave the id out are found when the ledger is joined.
pub(super) fn shared_credit_codes(context: &Context<'_>, findings: &mut Findings) {
    let ledger = context.ledger;
    let mut bearers: BTreeMap<&str, Vec<&Record>> = BTreeMap::new();
    for (_, record, view) in ledger.records(&enterprise::KIND) {
        let Some(code) = view.text(enterprise::USCC).filter(|code| *code != record.id.as_str()) else {
            continue;
        };
        let by_id = || ledger.find(&enterprise::KIND, code).filter(|other| code_of(other) == Some(code));
        bearers.entry(code).or_insert_with(|| by_id().into_iter().collect()).push(record);
    }
    for (code, mut records) in bearers {
        // The one further down is blamed, whichever id comes first.
        records.sort_by_key(|record| record.origin);
        for (at, later) in records.iter().enumerate() {
            let earlier = records.iter().take(at).find(|earlier| !are_two_outlets(earlier, later));
            if let Some(earlier) = earlier {
                twice(code, earlier, later, findings);
            }
        }
    }
}

fn code_of(record: &Record) -> Option<&str> {
    record.view(&enterprise::KIND).text(enterprise::USCC)
}

/// Whether two records of one code each say which outlet of the enterprise they are, and not the same.
fn are_two_outlets(one: &Record, other: &Record) -> bool {
    let outlet = |record: &Record| match record.view(&enterprise::KIND).value(enterprise::OUTLET) {
        Value::Text(outlet) => Some(outlet.to_string()),
        _ => None,
    };
    match (outlet(one), outlet(other)) {
        (Some(one), Some(other)) => one != other,
        _ => false,
    }
}

fn twice(code: &str, earlier: &Record, later: &Record, findings: &mut Findings) {
    let view = later.view(&enterprise::KIND);
    let name = earlier.view(&enterprise::KIND).text(enterprise::NAME).unwrap_or_default();
    let message = Message::new(
        format!("“{code}”与“{name}”的统一社会信用代码重复；同一主体多门店请用 outlet 字段"),
        format!("`{code}` is also the credit code of `{name}`; outlets of one enterprise say so in `outlet`"),
    );
    let path = [step(view, enterprise::USCC)];
    Subject::of(&enterprise::KIND, later)
        .blame(findings, USCC_DUP, &path, message)
        .hint(Message::new(
            "重复登记的删去一条；同一主体的几个门店，每条都写不同的 outlet（总店也写），另写自己的 id",
            "delete the double; or give each outlet, the main one too, an `outlet` of its own and an id",
        ))
        .other(Subject::of(&enterprise::KIND, earlier).place(&path), Message::new("先前在此", "first here"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_code_is_offered_only_when_its_check_character_is_right() {
        let hint = |code: &str| pasted_hint(&pasted(code).unwrap().meant).en;
        assert_eq!(hint("91990101 0000 0019 0p"), "write 91990101000000190P; its check character is right");
        assert!(hint("91990101 0000 0019 1p").ends_with("copy it from the business licence"));
    }
}
