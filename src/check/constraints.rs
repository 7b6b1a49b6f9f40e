//! The rules that a kind's table states by itself: days in their order, parts and sums, periods without a gap, no two
//! alike.
//!
//! In: the [`Constraint`]s of every kind, built in or declared by the portal, and its records. Out: findings at the
//! value that is to blame. Each is silent where one of its fields is absent or could not be read.
//!
//! Not here: days against the as-of date (`deadlines`), rules that need to know the kind (the rest of `check`).

use std::collections::BTreeMap;

use super::Context;
use super::dates::ORDER;
use super::prose::SUM_MISMATCH;
use super::subject::Subject;
use crate::calendar::Date;
use crate::calendar::period::Period;
use crate::diagnostic::{Code, Findings, Message, Step};
use crate::record::field::{Constraint, Field, Kind, Type};
use crate::record::value::{Record, Value, View};

/// A part that is greater than its whole.
pub const PART_EXCEEDS: Code = Code("E-PART-EXCEEDS");
/// A period that is missing between two others.
pub const SEQUENCE_GAP: Code = Code("W-SEQUENCE-GAP");
/// Two records that are the same in the fields that tell them apart.
pub const RECORD_DUP: Code = Code("E-RECORD-DUP");

/// Calls `found` for every record of every kind that has a constraint.
pub(super) fn each<'l>(
    context: &Context<'l>,
    mut found: impl FnMut(&'static Constraint, &'static Kind, &'l Record, View<'l>),
) {
    for (kind, table) in context.ledger.kinds.all().zip(&context.ledger.tables) {
        for constraint in kind.constraints {
            table.iter().for_each(|record| found(constraint, kind, record, record.view(kind)));
        }
    }
}

pub(super) fn field(kind: &'static Kind, key: &str) -> Option<&'static Field> {
    kind.fields.iter().find(|field| field.key == key)
}

pub(super) fn zh(kind: &'static Kind, key: &'static str) -> &'static str {
    field(kind, key).map_or(key, |field| field.zh)
}

pub(super) fn day(view: View<'_>, key: &str) -> Option<Date> {
    match view.by_key(key) {
        Value::Date(day) => Some(*day),
        Value::Text(moment) => Date::parse(moment.get(..10)?),
        _ => None,
    }
}

/// Digits that a sum is exact to behind the point.
const PLACES: usize = 15;

/// A number in units of the last of [`PLACES`], with how it is written.
fn number(view: View<'_>, key: &str) -> Option<(i128, String)> {
    match view.by_key(key) {
        Value::Count(count) => Some((i128::from(*count) * 10i128.pow(PLACES as u32), count.to_string())),
        Value::Text(text) => {
            let (sign, digits) = text.strip_prefix('-').map_or((1, &**text), |digits| (-1, digits));
            let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
            let all = format!("{whole}{part:0<PLACES$}");
            Some((sign * all.parse::<i128>().ok()?, text.to_string()))
        }
        _ => None,
    }
}

/// A number of units as it would be written.
fn written(units: i128) -> String {
    let base = 10i128.pow(PLACES as u32);
    let (whole, part) = (units / base, (units % base).unsigned_abs());
    let part = format!("{part:0PLACES$}");
    match part.trim_end_matches('0') {
        "" => whole.to_string(),
        part if units < 0 && whole == 0 => format!("-0.{part}"),
        part => format!("{whole}.{part}"),
    }
}

/// E-DATE-ORDER.
pub(super) fn order(context: &Context<'_>, findings: &mut Findings) {
    each(context, |constraint, kind, record, view| {
        let Constraint::Order(first, then) = constraint else { return };
        let (Some(one), Some(other)) = (day(view, first), day(view, then)) else { return };
        if one <= other {
            return;
        }
        let subject = Subject::of(kind, record);
        let message = Message::new(
            format!("日期先后有误：{} {one} 晚于{} {other}", zh(kind, first), zh(kind, then)),
            format!("`{first}` ({one}) lies after `{then}` ({other})"),
        );
        subject
            .blame(findings, ORDER, &[Step::Key(then)], message)
            .hint(Message::new("请核对这两个日期", "check both days"))
            .other(subject.place(&[Step::Key(first)]), Message::new("另一个日期", "the other day"));
    });
}

/// E-PART-EXCEEDS.
pub(super) fn at_most(context: &Context<'_>, findings: &mut Findings) {
    each(context, |constraint, kind, record, view| {
        let Constraint::AtMost(part, whole) = constraint else { return };
        let (Some((least, one)), Some((most, other))) = (number(view, part), number(view, whole)) else {
            return;
        };
        if least <= most {
            return;
        }
        let subject = Subject::of(kind, record);
        let message = Message::new(
            format!("{} {one} 大于{} {other}", zh(kind, part), zh(kind, whole)),
            format!("`{part}` ({one}) is greater than `{whole}` ({other})"),
        );
        subject
            .blame(findings, PART_EXCEEDS, &[Step::Key(part)], message)
            .hint(Message::new(
                "部分不会多于总数，请核对两个数",
                "a part is never more than its whole; check both",
            ))
            .other(subject.place(&[Step::Key(whole)]), Message::new("总数", "the whole"));
    });
}

/// E-SUM-MISMATCH.
pub(super) fn sums(context: &Context<'_>, findings: &mut Findings) {
    each(context, |constraint, kind, record, view| {
        let Constraint::Sum(total, parts) = constraint else { return };
        let Some((wanted, shown)) = number(view, total) else { return };
        let parts: Option<Vec<(i128, String)>> = parts.iter().map(|part| number(view, part)).collect();
        let Some(parts) = parts else { return };
        let sum: i128 = parts.iter().map(|(units, _)| units).sum();
        if sum == wanted {
            return;
        }
        let terms = parts.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("+");
        let sum = written(sum);
        let message = Message::new(
            format!("分项之和 {sum}（{terms}）不等于{} {shown}", zh(kind, total)),
            format!("the parts add up to {sum} ({terms}), but `{total}` is {shown}"),
        );
        Subject::of(kind, record)
            .blame(findings, SUM_MISMATCH, &[Step::Key(total)], message)
            .hint(Message::new("请核对合计和各分项", "check the total and each part"));
    });
}

/// W-SEQUENCE-GAP.
pub(super) fn sequences(context: &Context<'_>, findings: &mut Findings) {
    for (kind, table) in context.ledger.kinds.all().zip(&context.ledger.tables) {
        for constraint in kind.constraints {
            let Constraint::Sequence(key, within) = constraint else { continue };
            let mut groups: BTreeMap<String, Vec<(Period, &Record)>> = BTreeMap::new();
            for record in table {
                let view = record.view(kind);
                let Some(period) = view.by_key(key).as_text().and_then(Period::parse) else { continue };
                let group = within.map_or(String::new(), |within| shown(view, kind, within));
                groups.entry(group).or_default().push((period, record));
            }
            for (group, mut periods) in groups {
                periods.sort_by_key(|(period, record)| (*period, record.origin));
                for ((earlier, before), (later, record)) in periods.iter().zip(periods.iter().skip(1)) {
                    let missing = missing_between(*earlier, *later);
                    let Some((first, last)) = missing.first().zip(missing.last()) else { continue };
                    let (zh, en) = match missing.len() {
                        1 => (first.zh(), format!("`{first}`")),
                        count => (
                            format!("{}至{}共{count}期", first.zh(), last.zh()),
                            format!("`{first}` to `{last}`"),
                        ),
                    };
                    let (of_zh, of_en) = match group.as_str() {
                        "" => (String::new(), String::new()),
                        group => (format!("{group}的"), format!(" of {group}")),
                    };
                    let subject = Subject::of(kind, record);
                    subject
                        .blame(
                            findings,
                            SEQUENCE_GAP,
                            &[Step::Key(key)],
                            Message::new(
                                format!("{of_zh}{}缺{zh}", kind.zh),
                                format!("{en}{of_en} is missing among the {}", kind.en),
                            ),
                        )
                        .hint(Message::new(
                            "请补上所缺的一期，或核对期次",
                            "add what is missing, or check the period",
                        ))
                        .other(
                            Subject::of(kind, before).place(&[Step::Key(key)]),
                            Message::new("上一期", "the one before"),
                        );
                }
            }
        }
    }
}

/// The periods between two of one length; a gap of many years is one of a hundred.
fn missing_between(earlier: Period, later: Period) -> Vec<Period> {
    let mut missing = Vec::new();
    let mut next = earlier.next();
    while earlier.is_like(later) && next < later && missing.len() < 100 {
        missing.push(next);
        next = next.next();
    }
    missing
}

/// A value as a message names it.
fn shown(view: View<'_>, kind: &'static Kind, key: &str) -> String {
    match (view.by_key(key), field(kind, key).map(|field| field.ty)) {
        (Value::Text(text), _) => text.to_string(),
        (Value::Count(count), _) => count.to_string(),
        (Value::Date(day), _) => day.to_string(),
        (Value::Flag(flag), _) => flag.to_string(),
        (Value::Choice(at), Some(Type::Choice(choices))) => {
            choices.get(usize::from(*at)).map_or(String::new(), |choice| choice.zh.to_string())
        }
        _ => String::new(),
    }
}

/// E-RECORD-DUP.
pub(super) fn unique(context: &Context<'_>, findings: &mut Findings) {
    for (kind, table) in context.ledger.kinds.all().zip(&context.ledger.tables) {
        for constraint in kind.constraints {
            let Constraint::Unique(keys) = constraint else { continue };
            let mut records: Vec<&Record> = table.iter().collect();
            records.sort_by_key(|record| record.origin);
            let mut first: BTreeMap<Vec<String>, &Record> = BTreeMap::new();
            for record in records {
                let view = record.view(kind);
                if keys.iter().any(|key| matches!(view.by_key(key), Value::Absent | Value::Spoilt)) {
                    continue;
                }
                let values: Vec<String> = keys.iter().map(|key| shown(view, kind, key)).collect();
                let words = keys.iter().map(|key| zh(kind, key)).zip(&values);
                let words = words.map(|(zh, value)| format!("{zh}“{value}”")).collect::<Vec<_>>().join("、");
                let message = Message::new(
                    format!("{}重复：{words}已有一条", kind.zh),
                    format!("another record has the same `{}`: {}", keys.join("`, `"), values.join(", ")),
                );
                let path: Vec<Step> = keys.iter().take(1).map(|key| Step::Key(key)).collect();
                let Some(earlier) = first.get(&values) else {
                    first.insert(values, record);
                    continue;
                };
                Subject::of(kind, record)
                    .blame(findings, RECORD_DUP, &path, message)
                    .hint(Message::new(
                        "请删去重复的一条，或改正填错的一处",
                        "delete the double, or mend what is mistyped",
                    ))
                    .other(Subject::of(kind, earlier).place(&path), Message::new("先前在此", "first here"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_periods_between_two_are_named_and_periods_of_other_length_are_not_compared() {
        let period = |text: &str| Period::parse(text).unwrap();
        let between = |one: &str, other: &str| {
            let missing = missing_between(period(one), period(other));
            missing.iter().map(Period::to_string).collect::<Vec<_>>()
        };
        assert_eq!(between("2026-W52", "2027-W02"), ["2026-W53", "2027-W01"]);
        assert_eq!(between("2026-11", "2026-12"), Vec::<String>::new());
        assert_eq!(between("2026-11", "2026-11"), Vec::<String>::new());
        assert_eq!(between("2026Q4", "2027-01"), Vec::<String>::new());
        assert_eq!(between("1900", "2199").len(), 100);
    }

    #[test]
    fn sums_are_written_as_people_write_numbers() {
        let unit = 10i128.pow(PLACES as u32);
        for (units, text) in [(16_316 * unit, "16316"), (unit / 4, "0.25"), (-unit / 2, "-0.5"), (0, "0")] {
            assert_eq!(written(units), text);
        }
    }
}
