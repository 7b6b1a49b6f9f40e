//! Masked values as the author wrote them, and parties that may not be published at all.
//!
//! In: fields whose key ends in `_masked`, names that are masked, and what stands beside them. Out: masks that hide too
//! little or the wrong part, two masks of one number that together tell more than either, and parties marked as minors.
//!
//! Source: domain practice for the forms; a provincial rule on published penalties for minors. Not here: masks that the gate
//! makes itself (`disclose::mask`).

use std::collections::BTreeMap;

use super::super::Context;
use super::super::subject::Subject;
use crate::diagnostic::{Code, Findings, Message, Step};
use crate::record::field::{Field, Kind, Type, Visibility};
use crate::record::value::{Record, Value};
use crate::record::values::Values;
use crate::text::excerpt;

/// A mask that hides too little, or two that add up.
pub const MASK: Code = Code("E-PII-MASK");
/// A party that is a minor.
pub const MINOR: Code = Code("E-PII-MINOR");

/// A masked number beside the name of its party.
struct Masked<'l> {
    kind: &'static Kind,
    record: &'l Record,
    path: Vec<Step>,
    name: &'l str,
    number: Vec<char>,
}

/// E-PII-MASK.
pub fn masks(context: &Context<'_>, findings: &mut Findings) {
    let mut numbers: Vec<Masked<'_>> = Vec::new();
    for (kind, table) in context.ledger.kinds.all().zip(&context.ledger.tables) {
        if !holds_masks(kind.fields) {
            continue;
        }
        for record in table {
            let mut walk = Walk { kind, record, path: Vec::new(), numbers: &mut numbers, findings };
            walk.values(kind.fields, &record.values);
        }
    }
    sums(&numbers, findings);
}

fn holds_masks(fields: &[Field]) -> bool {
    fields.iter().any(|field| match field.ty {
        Type::Object(fields) => holds_masks(fields),
        Type::List(Type::Object(fields)) => holds_masks(fields),
        _ => is_number(field) || matches!(field.visibility, Visibility::Masked(_)),
    })
}

/// A number that its author masks.
fn is_number(field: &Field) -> bool {
    field.key.ends_with("_masked") && !field.key.starts_with("name")
}

/// A name that its author or the gate masks.
fn is_name(field: &Field) -> bool {
    field.key == "name_masked" || matches!(field.visibility, Visibility::Masked(_))
}

fn is_star(c: char) -> bool {
    matches!(c, '*' | '＊' | '×' | '●' | '■')
}

struct Walk<'w, 'l> {
    kind: &'static Kind,
    record: &'l Record,
    path: Vec<Step>,
    numbers: &'w mut Vec<Masked<'l>>,
    findings: &'w mut Findings,
}

impl<'l> Walk<'_, 'l> {
    fn values(&mut self, fields: &'static [Field], values: &'l Values) {
        let text = |wanted: fn(&Field) -> bool| {
            let mut pairs = fields.iter().zip(values).filter(|(field, _)| wanted(field));
            pairs.find_map(|(_, value)| value.as_text())
        };
        let name = text(|field| matches!(field.key, "name" | "name_masked")).unwrap_or_default();
        for (field, value) in fields.iter().zip(values) {
            self.path.push(Step::Key(field.key));
            match (field.ty, value) {
                (Type::Object(fields), Value::Object(values)) => self.values(fields, values),
                (Type::List(Type::Object(fields)), Value::List(members)) => {
                    for (at, member) in (0u32..).zip(members) {
                        if let Value::Object(values) = member {
                            self.path.push(Step::Item(at));
                            self.values(fields, values);
                            self.path.pop();
                        }
                    }
                }
                (_, Value::Text(written)) if is_number(field) => self.number(written, name),
                (_, Value::Text(written)) if is_name(field) => self.name(written),
                _ => {}
            }
            self.path.pop();
        }
    }

    fn blame(&mut self, message: Message, hint: Message) {
        let subject = Subject::of(self.kind, self.record);
        subject.blame(self.findings, MASK, &self.path, message).hint(hint);
    }

    fn number(&mut self, written: &'l str, name: &'l str) {
        let number: Vec<char> = written.chars().filter(|c| !c.is_whitespace()).collect();
        if !is_well_masked(&number) {
            let shown = hidden(&number);
            let message = Message::new(
                format!("“{shown}”遮挡得不够或格式不对：身份证号只留前3位（或前6位）和后4位，共18位"),
                format!(
                    "`{shown}` is not masked as it should be: the first 3 (or 6) and the last 4 of 18 characters stay"
                ),
            );
            self.blame(message, Message::new("例如 990***********0019", "for instance 990***********0019"));
        }
        self.numbers.push(Masked {
            kind: self.kind,
            record: self.record,
            path: self.path.clone(),
            name,
            number,
        });
    }

    fn name(&mut self, written: &str) {
        let characters: Vec<char> = written.chars().collect();
        let count = characters.len();
        if !characters.iter().any(|c| is_star(*c)) {
            return;
        }
        let shows = |at: usize| characters.get(at).is_some_and(|c| !is_star(*c));
        let inner = (1..count.saturating_sub(1)).any(shows);
        if !shows(0) || inner || count == 2 && shows(1) {
            let shown = excerpt(written, 20);
            let message = Message::new(
                format!("“{shown}”：姓名只能留姓，或者留首尾两字"),
                format!("`{shown}`: of a masked name the first character stays, or the first and the last"),
            );
            self.blame(message, Message::new("例如 张**、张*甲", "for instance 张** or 张*甲"));
        }
    }
}

/// Whether a number hides enough: of identity numbers the middle 8 to 11 of 18, of others at least half.
fn is_well_masked(number: &[char]) -> bool {
    let head = number.iter().take_while(|c| !is_star(**c)).count();
    let tail = number.iter().rev().take_while(|c| !is_star(**c)).count();
    let stars = number.iter().filter(|c| is_star(**c)).count();
    if head + tail + stars != number.len() || stars == 0 {
        return false;
    }
    let digits = number.iter().all(|c| is_star(*c) || c.is_ascii_digit() || matches!(c, 'X' | 'x'));
    match (digits, number.len()) {
        (true, 15..) => number.len() == 18 && matches!(head, 0..=3 | 6) && tail <= 4,
        _ => stars * 2 >= number.len(),
    }
}

/// A badly masked number for the message: no more of it than a good mask shows.
fn hidden(number: &[char]) -> String {
    let count = number.len();
    let shows = |at: usize| at < 3 && count > 7;
    number.iter().take(24).enumerate().map(|(at, c)| if shows(at) { *c } else { '*' }).collect()
}

/// Two masked copies of one number that together show more than either.
fn sums(numbers: &[Masked<'_>], findings: &mut Findings) {
    let mut by_party: BTreeMap<(usize, char), Vec<&Masked<'_>>> = BTreeMap::new();
    for masked in numbers {
        let Some(first) = masked.name.chars().next() else { continue };
        by_party.entry((masked.number.len(), first)).or_default().push(masked);
    }
    for group in by_party.values() {
        for (at, later) in group.iter().enumerate() {
            let earlier = group.iter().take(at).find(|earlier| add_up(earlier, later));
            let Some(earlier) = earlier else { continue };
            let message = Message::new(
                "同一个人的号码在两处遮挡的位置不同，合起来可以还原",
                "the number of one person is masked in two places otherwise: together they tell more than either",
            );
            let other = Subject::of(earlier.kind, earlier.record).place(&earlier.path);
            Subject::of(later.kind, later.record)
                .blame(findings, MASK, &later.path, message)
                .other(other, Message::new("另一处", "the other one"))
                .hint(Message::new("两处请遮挡成一样", "mask both alike"));
        }
    }
}

fn add_up(one: &Masked<'_>, other: &Masked<'_>) -> bool {
    let visible = |number: &[char]| number.iter().filter(|c| !is_star(**c)).count();
    let names: (Vec<char>, Vec<char>) = (one.name.chars().collect(), other.name.chars().collect());
    if union(&names.0, &names.1).is_none() {
        return false;
    }
    union(&one.number, &other.number)
        .is_some_and(|both| both > visible(&one.number).max(visible(&other.number)))
}

/// How many places two masked texts show together; none when they contradict each other.
fn union(one: &[char], other: &[char]) -> Option<usize> {
    if one.len() != other.len() {
        return None;
    }
    one.iter().zip(other).try_fold(0, |shown, (a, b)| match (is_star(*a), is_star(*b)) {
        (true, true) => Some(shown),
        (false, false) if !a.eq_ignore_ascii_case(b) => None,
        _ => Some(shown + 1),
    })
}

/// E-PII-MINOR.
pub fn minors(context: &Context<'_>, findings: &mut Findings) {
    for (kind, table) in context.ledger.kinds.all().zip(&context.ledger.tables) {
        let Some(slot) = kind.fields.iter().position(|field| field.key == "minor") else { continue };
        for record in table.iter().filter(|record| matches!(record.values.get(slot), Value::Flag(true))) {
            let message = Message::new(
                format!("当事人未成年，{}信息不得公开", kind.zh),
                format!(
                    "the party is a minor: this {} may not be published",
                    kind.singular.replace('_', " ")
                ),
            );
            Subject::of(kind, record).blame(findings, MINOR, &[Step::Key("minor")], message).hint(
                Message::new(
                    "请从公开台账里删去这一条，版本库的历史也要清除",
                    "take the record out of the sources, and out of the history of the repository",
                ),
            );
        }
    }
}
