//! Licences of enterprises: number, check digit, sector, region, term.
//!
//! In: the `licences` of every enterprise, and licence numbers in other kinds. Source: the numbering rules of food licences, GB/T 17710-1999 (MOD
//! 11,10), 食品安全法实施条例 article 15. Not here: whether issue and end are in order (`dates`).

use crate::calendar::Date;
use crate::code::{LicencePrefix, half_width, licence_check_digit, licence_form};
use crate::diagnostic::{Code, Findings, Message, Step};
use crate::division::{Standing, standing};
use crate::record::enterprise::{self, licence};
use crate::record::field::{Field, Type};
use crate::record::value::View;
use crate::text::excerpt;

use super::Context;
use super::pasted::{Pasted, pasted};
use super::subject::{Subject, each_text_of, item, members, step};

/// Not `JY`, `SC` or `YB` and 14 digits.
pub const LIC_FORM: Code = Code("E-LIC-FORM");
/// A wrong check digit.
pub const LIC_CHECK: Code = Code("W-LIC-CHECK");
/// A licence of another sector.
pub const LIC_SECTOR: Code = Code("E-LIC-SECTOR");
/// A licence of another region than the address.
pub const REGION_DIFFERS: Code = Code("W-REGION-DIFFERS");
/// A licence that ran out.
pub const LIC_EXPIRED: Code = Code("W-LIC-EXPIRED");
/// A licence with less than 30 days left.
pub const LIC_EXPIRING: Code = Code("W-LIC-EXPIRING");

/// Days before its end on which a licence is first spoken of.
const NOTICE_DAYS: i64 = 30;

/// E-LIC-FORM, W-LIC-CHECK, E-LIC-SECTOR.
pub(super) fn numbers(context: &Context<'_>, findings: &mut Findings) {
    for (_, record, view) in context.ledger.records(&enterprise::KIND) {
        let subject = Subject::of(&enterprise::KIND, record);
        for (at, entry) in members(view, enterprise::LICENCES) {
            let Some(number) = entry.text(licence::LICENCE_NO) else { continue };
            let path = [step(view, enterprise::LICENCES), item(at), step(entry, licence::LICENCE_NO)];
            let Some((prefix, digits)) = licence_form(number) else {
                let found = pasted(number);
                // A number that is a national one but for such characters is none of a province.
                let is_national = found.as_ref().is_some_and(|found| licence_form(&found.meant).is_some());
                if is_national || !may_be_local(view, number) {
                    let (message, hint) = match found {
                        Some(found) => (pasted_message(number, &found), pasted_hint(&found)),
                        None => (form_message(number), form_hint(number)),
                    };
                    subject.blame(findings, LIC_FORM, &path, message).hint(hint);
                }
                continue;
            };
            check_digit(subject, &path, number, digits, findings);
            if let Some(sector) = view.choice(enterprise::SECTOR)
                && !fits(prefix, sector)
                && !members(view, enterprise::LICENCES).any(|(_, other)| has_sector(other, sector))
            {
                let label = view.choice_of(enterprise::SECTOR).map_or("", |choice| choice.zh);
                let letters = number.get(..2).unwrap_or_default();
                let message = Message::new(
                    format!("环节“{label}”与证号前缀“{letters}”不符"),
                    format!("the sector is {sector}, but a number with `{letters}` is of another sector"),
                );
                subject
                    .blame(findings, LIC_SECTOR, &path, message)
                    .hint(Message::new(
                        "SC 为食品生产，JY 为食品销售或餐饮服务，YB 为仅销售预包装食品",
                        "SC is production, JY is sales or catering, YB is sale of prepackaged food",
                    ))
                    .other(
                        subject.place(&[step(view, enterprise::SECTOR)]),
                        Message::new("环节写在这里", "the sector stands here"),
                    );
            }
        }
    }
}

/// E-LIC-FORM, W-LIC-CHECK of numbers in other kinds, such as collections: those that begin like a national licence; any other is
/// a province's own.
pub(super) fn elsewhere(context: &Context<'_>, findings: &mut Findings) {
    for (kind, table) in context.ledger.kinds.all().zip(&context.ledger.tables) {
        if std::ptr::eq(kind, &enterprise::KIND) {
            continue;
        }
        for record in table {
            let is_licence = |_: &Field, ty| matches!(ty, Type::LicenceNo);
            each_text_of(kind, record, is_licence, &mut |_, number, path| {
                let subject = Subject::of(kind, record);
                match licence_form(number) {
                    Some((_, digits)) => check_digit(subject, path, number, digits, findings),
                    None if is_like_national(number) => {
                        subject.blame(findings, LIC_FORM, path, form_message(number)).hint(form_hint(number));
                    }
                    None => {}
                }
            });
        }
    }
}

/// Whether a number begins with the letters of a national licence and goes on in digits, however they are written.
fn is_like_national(number: &str) -> bool {
    let plain: String = number.chars().map(half_width).filter(|c| !c.is_whitespace()).collect();
    let (letters, rest) = plain.split_at_checked(2).unwrap_or(("", ""));
    ["SC", "JY", "YB", "QS"].iter().any(|known| letters.eq_ignore_ascii_case(known))
        && rest.starts_with(|c: char| c.is_ascii_digit())
}

fn check_digit(subject: Subject<'_>, path: &[Step], number: &str, digits: &str, findings: &mut Findings) {
    let wanted = licence_check_digit(digits);
    let found = digits.chars().last().unwrap_or(' ');
    if wanted == found {
        return;
    }
    let message = Message::new(
        format!("许可证编号“{number}”校验位应为“{wanted}”，现为“{found}”"),
        format!("the last digit of `{number}` is {found}; the other 13 ask for {wanted}"),
    );
    subject.blame(findings, LIC_CHECK, path, message).hint(Message::new(
        "请与许可证核对；证上确实如此的，在台账的 allowances 里写明理由和期限",
        "compare it with the licence; if it is so there, say so under `allowances:` with a reason and a last day",
    ));
}

fn fits(prefix: LicencePrefix, sector: &str) -> bool {
    match prefix {
        LicencePrefix::Sc => sector == "production",
        LicencePrefix::Jy => sector != "production",
        LicencePrefix::Yb => sector == "sales",
    }
}

fn has_sector(entry: View<'_>, sector: &str) -> bool {
    entry.text(licence::LICENCE_NO).and_then(licence_form).is_some_and(|(prefix, _)| fits(prefix, sector))
}

/// Small operators are registered under numbers that each province makes for itself.
fn may_be_local(view: View<'_>, number: &str) -> bool {
    let small = view.value(enterprise::USCC).is_absent()
        || view.text(enterprise::BUSINESS_TYPE).is_some_and(|kind| kind.contains(['小', '摊']));
    let letters: String = number.chars().take(2).collect::<String>().to_ascii_uppercase();
    small && !matches!(letters.as_str(), "SC" | "JY" | "YB" | "QS")
}

fn pasted_message(number: &str, found: &Pasted) -> Message {
    let shown = excerpt(number, 40);
    Message::new(
        format!("许可证编号“{shown}”里有{}", found.odd.zh),
        format!("the licence number `{shown}` has {}", found.odd.en),
    )
}

fn pasted_hint(found: &Pasted) -> Message {
    let meant = &found.meant;
    match licence_form(meant) {
        Some((_, digits)) if digits.ends_with(licence_check_digit(digits)) => Message::new(
            format!("应写作 {meant}，校验位相符"),
            format!("write {meant}; its check digit is right"),
        ),
        Some(_) => Message::new(
            format!("改掉以后是 {meant}，校验位不符，请照许可证抄写"),
            format!("without them it is {meant}, whose check digit is wrong; copy it from the licence"),
        ),
        None => Message::new(
            format!("改掉以后是 {meant}，仍不是 JY、SC 或 YB 加14位数字，请照许可证抄写"),
            format!(
                "without them it is {meant}, which is not JY, SC or YB and 14 digits either; copy it from the licence"
            ),
        ),
    }
}

fn form_message(number: &str) -> Message {
    let shown = excerpt(number, 40);
    Message::new(
        format!("许可证编号“{shown}”应为 JY、SC 或 YB 加14位数字"),
        format!("the licence number `{shown}` must be JY, SC or YB and 14 digits"),
    )
}

fn form_hint(number: &str) -> Message {
    let digits = number.chars().filter(char::is_ascii_digit).count();
    if number.starts_with("QS") {
        return Message::new(
            "QS 标志2018年10月起已停用，请填现行 SC 编号",
            "the QS mark is void since October 2018; give the SC number in force",
        );
    }
    Message::new(
        format!("现有{digits}位数字，请照许可证抄写"),
        format!("it has {digits} digits; copy it from the licence"),
    )
}

/// W-REGION-DIFFERS.
pub(super) fn regions(context: &Context<'_>, findings: &mut Findings) {
    for (_, record, view) in context.ledger.records(&enterprise::KIND) {
        let Some(address) = view.text(enterprise::REGION) else { continue };
        for (at, entry) in members(view, enterprise::LICENCES) {
            let Some((prefix, digits)) = entry.text(licence::LICENCE_NO).and_then(licence_form) else {
                continue;
            };
            let shown = match prefix {
                LicencePrefix::Sc => digits.get(3..9),
                _ => digits.get(1..7),
            };
            let Some(shown) = shown else { continue };
            if let Some(address) = county(address)
                && differs(shown, address)
            {
                let message = Message::new(
                    format!("证号所示地区“{shown}”与经营地址“{address}”不同，请确认"),
                    format!("the licence number names region {shown}, the address lies in {address}"),
                );
                let path = [step(view, enterprise::LICENCES), item(at), step(entry, licence::LICENCE_NO)];
                let subject = Subject::of(&enterprise::KIND, record);
                subject.blame(findings, REGION_DIFFERS, &path, message).other(
                    subject.place(&[step(view, enterprise::REGION)]),
                    Message::new("所在地写在这里", "the address's region stands here"),
                );
            }
        }
    }
}

/// The county part of a region code, or the city's when that is all there is.
fn county(code: &str) -> Option<&str> {
    let digits = code.bytes().all(|b| b.is_ascii_digit());
    code.get(..code.len().min(6)).filter(|part| digits && part.len() >= 4)
}

fn differs(licence: &str, address: &str) -> bool {
    // Municipalities number districts and streets in their own way.
    if ["11", "12", "31", "50"].iter().any(|municipality| address.starts_with(municipality)) {
        return false;
    }
    // A licence outlives the county that issued it, which was merged into a neighbour of its province.
    if matches!(standing(licence), Standing::Retired(..)) {
        return licence.get(..2) != address.get(..2);
    }
    let city_only = licence.ends_with("00") || address.len() < 6;
    let length = if city_only { 4 } else { 6 };
    licence.get(..length) != address.get(..length)
}

/// W-LIC-EXPIRED, W-LIC-EXPIRING.
pub(super) fn terms(context: &Context<'_>, findings: &mut Findings) {
    for (_, record, view) in context.ledger.records(&enterprise::KIND) {
        if view.choice(enterprise::STATUS) != Some("active") {
            continue;
        }
        for (at, entry) in members(view, enterprise::LICENCES) {
            let Some(end) = entry.date(licence::VALID_TO) else { continue };
            let left = end.days_since(context.as_of);
            if left >= NOTICE_DAYS || is_renewed(view, entry, end) {
                continue;
            }
            let path = [step(view, enterprise::LICENCES), item(at), step(entry, licence::VALID_TO)];
            let subject = Subject::of(&enterprise::KIND, record);
            if left < 0 {
                let message = Message::new(
                    format!("许可证已于 {end} 到期，请更新或将状态改为停业/注销"),
                    format!("the licence ran out on {end}"),
                );
                subject.blame(findings, LIC_EXPIRED, &path, message).hint(Message::new(
                    "已延续的填新的有效期；已停业的把 status 改为 suspended，注销的改为 closed",
                    "give the new end if it was renewed; else set `status` to suspended or closed",
                ));
            } else {
                let message = Message::new(
                    format!("许可证将于 {end} 到期（还有{left}天）"),
                    format!("the licence runs out on {end}, in {left} days"),
                );
                subject.blame(findings, LIC_EXPIRING, &path, message);
            }
        }
    }
}

/// Whether another licence of the same sort runs longer.
fn is_renewed(view: View<'_>, entry: View<'_>, end: Date) -> bool {
    members(view, enterprise::LICENCES).any(|(_, other)| {
        other.date(licence::VALID_TO).is_some_and(|later| later > end) && letters(other) == letters(entry)
    })
}

fn letters(entry: View<'_>) -> Option<&str> {
    entry.text(licence::LICENCE_NO)?.get(..2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_number_is_offered_only_when_its_check_digit_is_right() {
        let hint = |number: &str| pasted_hint(&pasted(number).unwrap()).en;
        assert_eq!(hint("ｊｙ29901020001233"), "write JY29901020001233; its check digit is right");
        assert!(hint("JY 29901020001234").contains("whose check digit is wrong"));
        assert!(hint("JY 2990102000123").contains("14 digits either"));
    }
}
