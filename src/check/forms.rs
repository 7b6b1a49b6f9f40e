//! The form of other written numbers: document numbers, addresses, telephones, region codes, sample numbers.
//!
//! In: every value of those types, in records and in `portal.yaml`. A mobile number is shown masked even in
//! the message. Not here: credit codes (`codes`) and licences (`licences`).

use crate::code::{is_doc_no, is_office_phone, is_sample_no};
use crate::diagnostic::{Code, Findings, Message, Step};
use crate::pii::Sort;
use crate::record::field::{Field, Type};
use crate::record::{region, sample};
use crate::text::excerpt;

use super::Context;
use super::privacy::MOBILE;
use super::subject::{Subject, each_text, step};

/// A document number whose brackets, year or number are wrong.
pub const DOCNO_FORM: Code = Code("E-DOCNO-FORM");
/// An address that is not http or https with a host.
pub const URL_FORM: Code = Code("E-URL-FORM");
/// Not an office line.
pub const PHONE_FORM: Code = Code("E-PHONE-FORM");
/// A region code of another length than 2, 4, 6, 9 or 12 digits, or a local id without a parent.
pub const REGION_FORM: Code = Code("E-REGION-FORM");
/// A sample number that is not capitals and digits.
pub const SAMPLE_NO_FORM: Code = Code("W-SAMPLE-NO-FORM");

/// E-DOCNO-FORM, E-URL-FORM, E-PHONE-FORM, E-PII-MOBILE.
pub(super) fn numbers_and_addresses(context: &Context<'_>, findings: &mut Findings) {
    let wanted = |_: &Field, ty| matches!(ty, Type::DocNo | Type::Url | Type::Phone);
    each_text(context, wanted, &mut |subject, field, ty, text, path| match ty {
        Type::DocNo if !is_doc_no(text) => {
            let shown = excerpt(text, 60);
            let message = Message::new(
                format!("“{shown}”：文号应为“×〔年份〕号数号”，括号须用〔〕"),
                format!(
                    "`{shown}` is no document number; it reads name〔year〕number号, in the brackets 〔〕"
                ),
            );
            subject.blame(findings, DOCNO_FORM, path, message).hint(doc_no_hint(text));
        }
        Type::Url if !is_web_address(text) => {
            let shown = excerpt(text, 60);
            let message = Message::new(
                format!("网址“{shown}”应以 http:// 或 https:// 开头，后跟域名"),
                format!("the address `{shown}` must begin with http:// or https:// and name a host"),
            );
            subject.blame(findings, URL_FORM, path, message);
        }
        // A mobile number as the search of the sources knows it is reported there.
        Type::Phone if is_office_phone(text) || context.detector.is(Sort::Mobile, text) => {}
        Type::Phone => telephone(subject, field, text, path, findings),
        _ => {}
    });
}

/// The same number with its brackets put right, where that is all that is wrong.
fn doc_no_hint(text: &str) -> Message {
    let mended: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '[' | '【' | '(' | '（' | '［' | '﹝' | '「' => '〔',
            ']' | '】' | ')' | '）' | '］' | '﹞' | '」' => '〕',
            '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
            _ => c,
        })
        .collect();
    if is_doc_no(&mended) {
        Message::new(format!("应为“{mended}”"), format!("write `{mended}`"))
    } else {
        Message::new("例如：样市监处罚〔2026〕12号", "for instance 样市监处罚〔2026〕12号")
    }
}

/// Whether a text is an http or https address with a host.
fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
    let name = host.split(':').next().unwrap_or_default();
    !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.')
        && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

fn telephone(subject: Subject<'_>, field: &Field, text: &str, path: &[Step], findings: &mut Findings) {
    if let Some(masked) = masked_mobile(text) {
        let message = Message::new(
            format!("疑似手机号（{masked}）；责任人只公布办公电话"),
            format!("this looks like a mobile number ({masked}); only office lines are published"),
        );
        subject.blame(findings, MOBILE, path, message).masked(&masked).hint(Message::new(
            "请改填办公电话，并从所有源文件里删去手机号",
            "give the office line, and remove the mobile number from all source files",
        ));
        return;
    }
    let shown = excerpt(text, 30);
    let message = Message::new(
        format!("{}“{shown}”应为“区号-号码”，如 0000-1234567", field.zh),
        format!("{} `{shown}` should read area code, hyphen, number, as in 0000-1234567", field.en),
    );
    subject.blame(findings, PHONE_FORM, path, message).hint(Message::new(
        "一个字段只写一个号码；分机写作 0000-1234567-801；12315 之类的短号照写",
        "one number a field; an extension is 0000-1234567-801; short numbers such as 12315 stand as they are",
    ));
}

/// A mainland mobile number with its middle hidden, when the text is one.
fn masked_mobile(text: &str) -> Option<String> {
    let digits: String = text
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '\u{3000}' | '(' | ')' | '（' | '）' | '+' | '＋'))
        .map(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            _ => c,
        })
        .collect();
    let digits = digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86")).unwrap_or(&digits);
    let mobile = digits.len() == 11
        && digits.bytes().all(|b| b.is_ascii_digit())
        && digits.starts_with('1')
        && matches!(digits.as_bytes().get(1), Some(b'3'..=b'9'));
    mobile.then(|| format!("{}****{}", digits.get(..3).unwrap_or(""), digits.get(7..).unwrap_or("")))
}

/// E-REGION-FORM.
pub(super) fn region_codes(context: &Context<'_>, findings: &mut Findings) {
    for (_, record, view) in context.ledger.records(&region::KIND) {
        let code = record.id.as_str();
        let digits = code.bytes().all(|b| b.is_ascii_digit());
        if digits && matches!(code.len(), 2 | 4 | 6 | 9 | 12)
            || !digits && !view.value(region::PARENT).is_absent()
        {
            continue;
        }
        let message = if digits {
            Message::new(
                format!("区划代码“{code}”应为4、6、9或12位数字，现为{}位", code.len()),
                format!("the region code `{code}` has {} digits; it must have 4, 6, 9 or 12", code.len()),
            )
        } else {
            Message::new(
                format!("“{code}”不是区划代码；自拟编号的地区须写明上级 parent"),
                format!("`{code}` is no region code; a region with an id of its own must name its `parent`"),
            )
        };
        Subject::of(&region::KIND, record)
            .blame(findings, REGION_FORM, &[step(view, region::CODE)], message)
            .hint(Message::new(
                "市4位、县6位、乡镇9位、村12位，加引号写，免得开头的0丢失",
                "city 4, county 6, township 9, village 12 digits, in quotes so that a leading 0 is kept",
            ));
    }
}

/// W-SAMPLE-NO-FORM.
pub(super) fn sample_numbers(context: &Context<'_>, findings: &mut Findings) {
    for (_, record, view) in context.ledger.records(&sample::KIND) {
        let number = record.id.as_str();
        if !is_sample_no(number) {
            let message = Message::new(
                format!("抽样编号“{number}”应为2至4个大写字母加9至20位数字"),
                format!("the sample number `{number}` should be 2 to 4 capitals and 9 to 20 digits"),
            );
            Subject::of(&sample::KIND, record)
                .blame(findings, SAMPLE_NO_FORM, &[step(view, sample::SAMPLE_NO)], message)
                .hint(Message::new(
                    "请与抽样单核对；核对无误的，在台账的 allowances 里写明理由和期限",
                    "compare it with the sampling form; if it is so there, say so under `allowances:` with a reason and a last day",
                ));
        }
    }
}
