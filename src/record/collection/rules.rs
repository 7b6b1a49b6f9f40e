//! Makes the constraints of a collection, and looks up the fields that a definition names.
//!
//! In: keys as a definition writes them. Out: constraints, and findings where there is no such field or where it holds
//! nothing that the rule could compare.
//!
//! Not here: what the constraints say of records (`check::constraints`).

use super::{Maker, leak_all, step};
use crate::diagnostic::{Code, Message, Step};
use crate::record::definition::{self as table, rule};
use crate::record::field::{Constraint, Field, Public, Slot as _, Type};
use crate::record::value::{Value, View};
use crate::text::{excerpt, nearest};

/// A field that a definition names and that is not there, or does not serve.
pub const COLLECTION_FIELD: Code = Code("E-COLLECTION-FIELD");

fn word(slot: Public) -> Step {
    Step::Key(rule::FIELDS.get(slot.index()).map_or("", |field| field.key))
}

fn is_day(field: &Field) -> bool {
    matches!(field.ty, Type::Date)
}

fn is_number(field: &Field) -> bool {
    matches!(field.ty, Type::Count | Type::Decimal | Type::Money)
}

fn is_single(field: &Field) -> bool {
    !matches!(field.ty, Type::List(_) | Type::Object(_) | Type::Records(_))
}

const DAY: (&str, &str) = ("日期字段（type: date）", "a field of a day (`type: date`)");
const NUMBER: (&str, &str) =
    ("数字字段（count、decimal 或 money）", "a field of a number (count, decimal or money)");
const SINGLE: (&str, &str) = ("单个值的字段", "a field of a single value");

impl Maker<'_> {
    /// The constraints of the collection.
    pub(super) fn constraints(&mut self, view: View<'_>, fields: &'static [Field]) -> &'static [Constraint] {
        let mut constraints = Vec::new();
        for (at, member) in (0u32..).zip(view.list(table::CONSTRAINTS)) {
            let Value::Object(values) = member else { continue };
            let path = [step(table::CONSTRAINTS), Step::Item(at)];
            constraints.extend(self.constraint(View { fields: rule::FIELDS, values }, fields, &path));
        }
        leak_all(constraints)
    }

    fn constraint(&mut self, view: View<'_>, fields: &'static [Field], path: &[Step]) -> Option<Constraint> {
        let name = view.choice(rule::RULE)?;
        let (fits, wanted, count): (fn(&Field) -> bool, _, _) = match name {
            "order" | "due" => (is_day, DAY, Some(2)),
            "at_most" => (is_number, NUMBER, Some(2)),
            "sum" => (is_number, NUMBER, None),
            "sequence" => (
                |field| matches!(field.ty, Type::Period),
                ("期次字段（type: period）", "a field of a period (`type: period`)"),
                Some(1),
            ),
            "unique" => (is_single, SINGLE, None),
            _ => (is_day, DAY, Some(1)),
        };
        let listed = [path, &[word(rule::KEYS)]].concat();
        let mut keys = Vec::new();
        for (at, key) in (0u32..).zip(view.list(rule::KEYS)) {
            let path = [listed.as_slice(), &[Step::Item(at)]].concat();
            keys.push(self.fitting(fields, key.as_text()?, &path, fits, wanted)?);
        }
        if keys.is_empty() || count.is_some_and(|count| count != keys.len()) {
            let many = count.unwrap_or(1);
            let message = Message::new(
                format!("规则 {name} 要写{many}个字段，现为{}个", keys.len()),
                format!("the rule `{name}` takes {many} field(s); here are {}", keys.len()),
            );
            self.blame(COLLECTION_FIELD, &listed, message);
            return None;
        }
        let mut other = |slot, of_rule: &str, fits, wanted| {
            let path = [path, &[word(slot)]].concat();
            match view.text(slot) {
                Some(key) if name == of_rule => self.fitting(fields, key, &path, fits, wanted),
                Some(_) => {
                    let words = Message::new(
                        format!("这个词只用于规则 {of_rule}"),
                        format!("this word goes with the rule `{of_rule}` only"),
                    );
                    self.blame(COLLECTION_FIELD, &path, words);
                    None
                }
                None => None,
            }
        };
        let total = other(rule::TOTAL, "sum", is_number, NUMBER);
        let within = other(rule::WITHIN, "sequence", is_single, SINGLE);
        let first = *keys.first()?;
        Some(match name {
            "order" => Constraint::Order(first, keys.get(1)?),
            "at_most" => Constraint::AtMost(first, keys.get(1)?),
            "sum" => match total {
                Some(total) => Constraint::Sum(total, leak_all(keys)),
                None if !view.value(rule::TOTAL).is_absent() => return None,
                None => {
                    let words = Message::new(
                        "规则 sum 要用 total 写明合计字段",
                        "the rule `sum` needs `total`, the field of the sum",
                    );
                    self.blame(COLLECTION_FIELD, path, words);
                    return None;
                }
            },
            "sequence" => Constraint::Sequence(first, within),
            "unique" => Constraint::Unique(leak_all(keys)),
            "not_ahead" => Constraint::NotAhead(first),
            "due" => Constraint::Due(first, keys.get(1)?),
            _ => Constraint::Expires(first),
        })
    }

    fn fitting(
        &mut self,
        fields: &[Field],
        key: &str,
        path: &[Step],
        fits: fn(&Field) -> bool,
        wanted: (&str, &str),
    ) -> Option<&'static str> {
        let field = self.field_of(fields, key, path)?;
        if !fits(&field) {
            self.unfit(path, key, wanted);
            return None;
        }
        Some(field.key)
    }

    /// A field by its key; reports that there is none.
    pub(super) fn field_of(&mut self, fields: &[Field], key: &str, path: &[Step]) -> Option<Field> {
        if let Some(field) = fields.iter().find(|field| field.key == key) {
            return Some(*field);
        }
        let shown = excerpt(key, 40);
        let near = nearest(key, fields.iter().map(|field| field.key)).map(str::to_string);
        let all = fields.iter().map(|field| field.key).collect::<Vec<_>>().join(", ");
        let message =
            Message::new(format!("没有名为 `{shown}` 的字段"), format!("there is no field `{shown}`"));
        self.blame(COLLECTION_FIELD, path, message).hint(match near {
            Some(near) => Message::new(format!("是否应为 `{near}`？"), format!("did you mean `{near}`?")),
            None => Message::new(format!("可用的字段：{all}"), format!("the fields are: {all}")),
        });
        None
    }

    /// Reports a field that does not serve.
    pub(super) fn unfit(&mut self, path: &[Step], key: &str, (zh, en): (&str, &str)) {
        let message = Message::new(
            format!("这里要写{zh}，`{key}` 不是"),
            format!("here must stand {en}; `{key}` is not one"),
        );
        self.blame(COLLECTION_FIELD, path, message);
    }
}
