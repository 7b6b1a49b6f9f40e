//! Document numbers beside the days and the other numbers of their records: a year that has not come, and one decision told of
//! twice.
//!
//! In: every document number in a record, numbers of sampling notices, penalties with their organs and parties. Out:
//! E-DATE-AHEAD, E-RECORD-DUP, W-DOCNO-DUP. A number of an earlier year is right: many are decided in January under the number of
//! December. Not here: how a number is written (`forms`), two notices of one number (`notices`).

use std::collections::BTreeMap;

use super::Context;
use super::constraints::RECORD_DUP;
use super::deadlines::DATE_AHEAD;
use super::subject::{Subject, step};
use crate::calendar::Date;
use crate::code::{is_doc_no, year_of_doc_no};
use crate::diagnostic::{Code, Findings, Message, Step};
use crate::record::field::{Kind, Type};
use crate::record::value::{Record, Value, View};
use crate::record::{party, penalty, sampling_notice};
use crate::text::excerpt;

/// Two penalties of different parties with one number of one organ.
pub const DOCNO_DUP: Code = Code("W-DOCNO-DUP");

/// Keys of the day on which a document was signed, beside its number.
const SIGNED: [&str; 3] = ["decided_on", "date", "on"];
/// Keys of days that may lie before the document: a post is held and a title given before the paper is written.
const EARLIER: [&str; 2] = ["from", "granted_on"];

/// E-DATE-AHEAD of document numbers: their year against the day beside them, else against the as-of date.
pub(super) fn years(context: &Context<'_>, findings: &mut Findings) {
    for (kind, table) in context.ledger.kinds.all().zip(&context.ledger.tables) {
        if !kind.fields.iter().any(|field| holds_number(field.ty)) {
            continue;
        }
        for record in table {
            let subject = Subject::of(kind, record);
            each_number(record.view(kind), kind.dated, &mut Vec::new(), &mut |year, number, day, path| {
                ahead(context, subject, (year, number), day, path, findings);
            });
        }
    }
    for (_, record, view) in context.ledger.records(&sampling_notice::KIND) {
        let Some(number) = view.text(sampling_notice::NOTICE_NO) else { continue };
        let year = number.split_once('年').and_then(|(year, _)| year.parse().ok());
        let Some(year) = year.filter(|year| (1000..=9999).contains(year)) else { continue };
        let day = view.date(sampling_notice::DATE).map(|day| ("通告日期", "date", day));
        let path = [step(view, sampling_notice::NOTICE_NO)];
        ahead(context, Subject::of(&sampling_notice::KIND, record), (year, number), day, &path, findings);
    }
}

fn holds_number(ty: Type) -> bool {
    match ty {
        Type::DocNo => true,
        Type::Object(fields) => fields.iter().any(|field| holds_number(field.ty)),
        Type::List(member) => holds_number(*member),
        _ => false,
    }
}

/// A day with the labels of its field.
type Signed = (&'static str, &'static str, Date);

/// Calls `found` for each document number, with its year and the day beside it.
fn each_number(
    view: View<'_>,
    dated: Option<&'static str>,
    path: &mut Vec<Step>,
    found: &mut impl FnMut(i16, &str, Option<Signed>, &[Step]),
) {
    let dated = dated.filter(|key| !EARLIER.contains(key));
    let day = SIGNED.into_iter().chain(dated).find_map(|key| {
        let field = view.fields.iter().find(|field| field.key == key)?;
        super::constraints::day(view, key).map(|day| (field.zh, field.key, day))
    });
    for (field, value) in view.fields.iter().zip(view.values).filter(|(field, _)| holds_number(field.ty)) {
        path.push(Step::Key(field.key));
        in_value(field.ty, value, day, path, found);
        path.pop();
    }
}

fn in_value(
    ty: Type,
    value: &Value,
    day: Option<Signed>,
    path: &mut Vec<Step>,
    found: &mut impl FnMut(i16, &str, Option<Signed>, &[Step]),
) {
    match (ty, value) {
        (Type::DocNo, Value::Text(number)) => {
            if let Some(year) = year_of_doc_no(number) {
                found(year, number, day, path);
            }
        }
        (Type::Object(fields), Value::Object(values)) => {
            each_number(View { fields, values }, None, path, found)
        }
        (Type::List(member), Value::List(values)) => {
            for (at, value) in (0..).zip(values) {
                path.push(Step::Item(at));
                in_value(*member, value, day, path, found);
                path.pop();
            }
        }
        _ => {}
    }
}

fn ahead(
    context: &Context<'_>,
    subject: Subject<'_>,
    (year, number): (i16, &str),
    day: Option<Signed>,
    path: &[Step],
    findings: &mut Findings,
) {
    let (zh, en, last) = day.unwrap_or(("构建日期", "as-of date", context.as_of));
    if year <= last.year() {
        return;
    }
    let shown = excerpt(number, 40);
    let message = Message::new(
        format!("文号“{shown}”是{year}年的，晚于{zh} {last}"),
        format!("the number `{shown}` is of the year {year}, after the {en} {last}"),
    );
    subject.blame(findings, DATE_AHEAD, path, message).hint(Message::new(
        "请对照原文核对文号里的年份和日期；文号可以是前一年的，不能是以后的",
        "compare the year in the number and the day with the document; the number may be of an earlier year, not of a later one",
    ));
}

/// E-RECORD-DUP, W-DOCNO-DUP: one decision of one organ told of twice. What was withdrawn may be told of anew.
pub(super) fn doubles(context: &Context<'_>, findings: &mut Findings) {
    let mut known: BTreeMap<(&str, &str), Vec<&Record>> = BTreeMap::new();
    for (handle, record, view) in context.ledger.records(&penalty::KIND) {
        let (Some(organ), Some(number)) = (view.text(penalty::ORGAN), view.text(penalty::DOC_NO)) else {
            continue;
        };
        if is_doc_no(number) && !context.is_withdrawn(handle) {
            known.entry((organ, number)).or_default().push(record);
        }
    }
    for ((organ, number), mut records) in known {
        records.sort_by_key(|record| record.origin);
        for (at, later) in records.iter().enumerate() {
            let before = || records.iter().take(at);
            let Some(earlier) = before().find(|one| is_same_party(one, later)).or_else(|| before().next())
            else {
                continue;
            };
            twice((organ, number), earlier, later, findings);
        }
    }
}

fn party_of(record: &Record) -> Option<View<'_>> {
    record.view(&penalty::KIND).object(penalty::PARTY)
}

/// Whether both surely punish one party: by its code or its masked number where both give one, else by its name, as far as nothing
/// of that is masked: many are 王**.
fn is_same_party(one: &Record, other: &Record) -> bool {
    let (Some(one), Some(other)) = (party_of(one), party_of(other)) else { return false };
    let both = |slot| one.text(slot).zip(other.text(slot)).map(|(one, other)| one == other);
    let is_whole = |name: &&str| !name.contains(['*', '＊', '某', '×']);
    if let Some(same) = both(party::USCC) {
        return same;
    }
    let same_name =
        one.text(party::NAME).filter(is_whole).is_some_and(|name| other.text(party::NAME) == Some(name));
    same_name && both(party::ID_MASKED).unwrap_or(true)
}

fn twice((organ, number): (&str, &str), earlier: &Record, later: &Record, findings: &mut Findings) {
    let kind: &Kind = &penalty::KIND;
    let path = [step(later.view(kind), penalty::DOC_NO)];
    let (organ, number) = (excerpt(organ, 40), excerpt(number, 40));
    let (code, message, hint) = if is_same_party(earlier, later) {
        (
            RECORD_DUP,
            Message::new(
                format!("行政处罚重复：{}、{} 都是{organ}对同一当事人的“{number}”", earlier.id, later.id),
                format!(
                    "the penalties {} and {} are both `{number}` of {organ} against one party",
                    earlier.id, later.id
                ),
            ),
            Message::new(
                "请删去重复的一条，或改正填错的文号",
                "delete the double, or mend the number that is mistyped",
            ),
        )
    } else {
        (
            DOCNO_DUP,
            Message::new(
                format!(
                    "行政处罚 {}、{} 的文号都是{organ}的“{number}”，当事人看来不同",
                    earlier.id, later.id
                ),
                format!(
                    "the penalties {} and {} of what seem different parties both have the number `{number}` of {organ}",
                    earlier.id, later.id
                ),
            ),
            Message::new(
                "请对照决定书改正文号；一份决定书确实处罚了几个当事人的，在台账的 allowances 里写明理由和期限",
                "compare the numbers with the decisions; if one decision does punish several parties, say so under `allowances:` with a reason and a last day",
            ),
        )
    };
    Subject::of(kind, later)
        .blame(findings, code, &path, message)
        .hint(hint)
        .other(Subject::of(kind, earlier).place(&path), Message::new("先前在此", "first here"));
}
