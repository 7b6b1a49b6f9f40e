//! What the reader says of a value it cannot take: what was found, what was wanted, what was perhaps meant.
//!
//! In: a node and its field. Out: findings with the exact position. Not here: the reading itself (`read`), and the
//! rules that need more than one value (`check`).

use super::field::{Choice, Field, Type};
use super::meant;
use super::read::{
    CODE_MANGLED, DATE_INVALID, FIELD_MISSING, FIELD_TYPE, FIELD_UNKNOWN, ID_FORM, KIND_UNKNOWN, NULL_SLASH,
    Reader, scalar,
};
use super::value::Value;
use crate::diagnostic::{Code, Finding, Message, Place};
use crate::route::RouteError;
use crate::source::{NodeKind, NodeRef};
use crate::text::{excerpt, nearest};

impl<'d> Reader<'_, 'd> {
    pub(super) fn missing(&mut self, fields: &'static [Field], values: &[Value], node: NodeRef<'d>) {
        for (field, value) in fields.iter().zip(values) {
            if field.required && value.is_absent() {
                let empty = node.entries().find(|(name, _)| scalar(*name) == Some(field.key));
                let message = match empty {
                    None => Message::new(
                        format!("缺少必填字段 `{}`（{}）", field.key, field.zh),
                        format!("the required field `{}` ({}) is missing", field.key, field.en),
                    ),
                    Some(_) => Message::new(
                        format!("必填字段 `{}`（{}）没有值", field.key, field.zh),
                        format!("the required field `{}` ({}) has no value", field.key, field.en),
                    ),
                };
                let place = empty.map_or(node, |(key, _)| key);
                let hint = empty.map(|_| {
                    Message::new(
                        "请填上；值以 # 开头的要加引号，否则整个成了注释",
                        "fill it in; a value that begins with # is a comment unless it stands in quotes",
                    )
                });
                self.report(FIELD_MISSING, place, message, Some(field.key)).hint = hint;
            }
        }
    }

    /// Reports a key and says which field was probably meant.
    pub(super) fn unknown_field(
        &mut self,
        fields: &'static [Field],
        key: NodeRef<'d>,
        name: &str,
    ) -> Option<usize> {
        let shown = excerpt(name, 40);
        let message =
            Message::new(format!("没有名为 `{shown}` 的字段"), format!("there is no field `{shown}` here"));
        let near = nearest(name, fields.iter().map(|field| field.key))
            .or_else(|| fields.iter().find(|field| field.zh == name).map(|field| field.key));
        let finding =
            self.findings.add(FIELD_UNKNOWN, Place::At(self.file, key.position()), message).field(name);
        finding.record.clone_from(&self.record);
        finding.hint = Some(match near {
            Some(near) => Message::new(format!("是否应为 `{near}`？"), format!("did you mean `{near}`?")),
            None => {
                let keys = fields.iter().map(|field| field.key).collect::<Vec<_>>().join(", ");
                Message::new(format!("可用的字段：{keys}"), format!("the fields are: {keys}"))
            }
        });
        near.and_then(|near| fields.iter().position(|field| field.key == near))
    }

    /// Reports a number that is written where the program counts.
    pub(super) fn counted_value(&mut self, field: &'static Field, node: NodeRef<'d>) {
        let message = Message::new(
            format!("“{}”由程序统计，不用填写", field.zh),
            format!("`{}` is counted by the program and not to be filled in", field.key),
        );
        self.report(FIELD_UNKNOWN, node, message, Some(field.key)).hint =
            Some(Message::new(format!("请删去 `{}`", field.key), format!("delete `{}`", field.key)));
    }

    pub(super) fn unknown_kind(&mut self, key: NodeRef<'d>, name: &str) {
        let shown = excerpt(name, 40);
        let plurals = self.kinds.ledger_plurals();
        let message = Message::new(
            format!("没有名为 `{shown}` 的台账类别"),
            format!("`{shown}` is not a kind of record"),
        );
        let singular = self.kinds.all().find(|kind| kind.singular == name).map(|kind| kind.plural);
        let near = singular.or_else(|| nearest(name, plurals.iter().copied()));
        let all = plurals.join(", ");
        self.findings.add(KIND_UNKNOWN, Place::At(self.file, key.position()), message).hint =
            Some(match near {
                Some(near) => Message::new(format!("是否应为 `{near}`？"), format!("did you mean `{near}`?")),
                None => Message::new(format!("可用的类别：{all}"), format!("the kinds are: {all}")),
            });
    }

    pub(super) fn wrong_id(&mut self, key: &str, text: &str, error: RouteError, node: NodeRef<'d>) {
        let place =
            node.entries().find(|(name, _)| scalar(*name) == Some(key)).map_or(node, |(_, value)| value);
        let shown = excerpt(text, 40);
        let (zh, en) = match error {
            RouteError::Character(wrong) => {
                let shown = match wrong {
                    // What cannot be seen is told by its number.
                    '\u{ad}'
                    | '\u{200b}'..='\u{200f}'
                    | '\u{2060}'
                    | '\u{feff}'
                    | '\u{a0}'
                    | '\u{3000}'
                    | ' ' => {
                        format!("U+{:04X}", u32::from(wrong))
                    }
                    _ => wrong.to_string(),
                };
                (format!("含有字符“{shown}”"), format!("it holds the character `{shown}`"))
            }
            RouteError::TooLong => {
                ("超过64个字符".to_string(), "it is longer than 64 characters".to_string())
            }
            RouteError::Reserved => {
                ("是 Windows 的保留名".to_string(), "it is a reserved name of Windows".to_string())
            }
            RouteError::Empty | RouteError::Dots => ("为空".to_string(), "it is empty".to_string()),
        };
        let message =
            Message::new(format!("编号“{shown}”不可用：{zh}"), format!("`{shown}` cannot be an id: {en}"));
        let hint = Message::new(
            "编号只用英文字母、数字和连字符，1至64个字符",
            "an id is 1 to 64 letters, digits and hyphens",
        );
        self.report(ID_FORM, place, message, Some(key)).hint(hint);
    }

    pub(super) fn wrong_value(&mut self, field: &'static Field, ty: Type, text: &str, node: NodeRef<'d>) {
        let shown = excerpt(text, 40);
        let (code, zh, en) = match ty {
            Type::Date => (
                DATE_INVALID,
                "真实存在的日期，写作 YYYY-MM-DD".to_string(),
                "a day that exists, written YYYY-MM-DD".to_string(),
            ),
            Type::Moment => (
                DATE_INVALID,
                "时间，写作 YYYY-MM-DD HH:MM".to_string(),
                "a time written YYYY-MM-DD HH:MM".to_string(),
            ),
            Type::Count | Type::Money if !field.signed && text.starts_with('-') => {
                (FIELD_TYPE, "不小于零的数".to_string(), "a number not below zero".to_string())
            }
            Type::Count => {
                (FIELD_TYPE, "不带单位的整数".to_string(), "a whole number without a unit".to_string())
            }
            Type::Decimal if !field.signed => {
                (FIELD_TYPE, "不小于零的数字".to_string(), "a number, not below zero".to_string())
            }
            Type::Decimal => (FIELD_TYPE, "数字".to_string(), "a number".to_string()),
            Type::Money => (
                FIELD_TYPE,
                "以元为单位的金额，最多两位小数，不带单位和逗号".to_string(),
                "an amount in yuan with two decimals at the most, without unit and commas".to_string(),
            ),
            Type::Period => (
                FIELD_TYPE,
                "期次：2026（年）、2026Q4（季）、2026-11（月）或 2026-W47（周）".to_string(),
                "a period: 2026, 2026Q4, 2026-11 or 2026-W47".to_string(),
            ),
            Type::Flag => {
                (FIELD_TYPE, "true（是）或 false（否）".to_string(), "true or false (是 or 否)".to_string())
            }
            Type::Choice(choices) => {
                let zh = choices
                    .iter()
                    .map(|choice| format!("{}（{}）", choice.key, choice.zh))
                    .collect::<Vec<_>>()
                    .join("、");
                let en = choices.iter().map(|choice| choice.key).collect::<Vec<_>>().join(", ");
                (FIELD_TYPE, format!("下列之一：{zh}"), format!("one of: {en}"))
            }
            _ => (FIELD_TYPE, "文字".to_string(), "text".to_string()),
        };
        let message = Message::new(
            format!("`{}`（{}）为“{shown}”，应为{zh}", field.key, field.zh),
            format!("`{}` ({}) is `{shown}`; it must be {en}", field.key, field.en),
        );
        let hint = match ty {
            Type::Choice(choices) => nearest_choice(text, choices)
                .map(|near| Message::new(format!("是否应为 `{near}`？"), format!("did you mean `{near}`?"))),
            Type::Date => meant::day(text),
            Type::Moment => meant::moment(text),
            Type::Count | Type::Decimal | Type::Money => meant::number(text),
            _ => None,
        };
        self.report(code, node, message, Some(field.key)).hint = hint;
    }

    pub(super) fn null_slash(&mut self, field: &'static Field, text: &str, node: NodeRef<'d>) {
        let message = Message::new(
            format!("`{}`（{}）的“{text}”按“不适用”处理", field.key, field.zh),
            format!("`{text}` in `{}` ({}) is read as not applicable", field.key, field.en),
        );
        self.report(NULL_SLASH, node, message, Some(field.key))
            .hint(Message::new("没有的就留空，不必写“/”", "leave it empty where there is nothing"));
    }

    pub(super) fn mangled_code(&mut self, field: &'static Field, text: &str, node: NodeRef<'d>) {
        let shown = excerpt(text, 40);
        if meant::is_failed_formula(text) {
            let message = Message::new(
                format!("`{}`（{}）的“{shown}”是表格软件算不出公式时的记号，不是值", field.key, field.zh),
                format!(
                    "`{}` ({}) is `{shown}`, which a spreadsheet program shows where a formula fails",
                    field.key, field.en
                ),
            );
            self.report(CODE_MANGLED, node, message, Some(field.key)).hint(Message::new(
                "请在原表里改好公式，再粘贴为数值；没有的就留空",
                "mend the formula in the table and paste its value; leave it empty where there is none",
            ));
            return;
        }
        let message = Message::new(
            format!("`{}`（{}）的“{shown}”被表格软件改坏了，不是原来的号码", field.key, field.zh),
            format!("a spreadsheet program has spoilt `{}` ({}): `{shown}`", field.key, field.en),
        );
        self.report(CODE_MANGLED, node, message, Some(field.key)).hint(Message::new(
            "先把这一列设为“文本”格式，再照原件重新填写；后几位已经丢失，不能改格式找回",
            "format the column as text, then enter the codes anew from the originals: the last digits are lost and no format brings them back",
        ));
    }

    pub(super) fn wrong_type(&mut self, node: NodeRef<'d>, zh: &str, en: &str, key: Option<&str>) {
        let (found_zh, found_en) = match node.kind() {
            NodeKind::Scalar { text, .. } => {
                (format!("“{}”", excerpt(text, 40)), format!("`{}`", excerpt(text, 40)))
            }
            NodeKind::Sequence => ("列表".to_string(), "a list".to_string()),
            NodeKind::Mapping => ("映射".to_string(), "a mapping".to_string()),
        };
        let message = Message::new(
            format!("此处应为{zh}，现为{found_zh}"),
            format!("here must stand {en}; found {found_en}"),
        );
        self.report(FIELD_TYPE, node, message, key);
    }

    pub(super) fn report(
        &mut self,
        code: Code,
        node: NodeRef<'d>,
        message: Message,
        key: Option<&str>,
    ) -> &mut Finding {
        let finding = self.findings.add(code, Place::At(self.file, node.position()), message);
        finding.record.clone_from(&self.record);
        finding.field = key.map(str::to_string);
        finding
    }
}

/// The choice that was probably meant: by its Chinese name, in other case or width, or misspelt.
fn nearest_choice(text: &str, choices: &'static [Choice]) -> Option<&'static str> {
    let wanted = folded(text);
    let keys: Vec<String> = choices.iter().map(|choice| folded(choice.key)).collect();
    // One letter is as near to any other.
    let misspelt =
        || nearest(&wanted, keys.iter().map(String::as_str)).filter(|_| wanted.chars().count() > 1);
    let same = || keys.iter().map(String::as_str).find(|key| *key == wanted);
    if let Some(choice) = choices.iter().find(|choice| choice.zh == text) {
        return Some(choice.key);
    }
    let near = same().or_else(misspelt)?;
    choices.iter().zip(&keys).find(|(_, key)| *key == near).map(|(choice, _)| choice.key)
}

/// Full width made half, capitals made small.
fn folded(text: &str) -> String {
    let half = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    };
    text.trim().chars().map(|c| half(c).to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::choices::COVERAGE_LEVELS;
    use super::*;

    #[test]
    fn a_choice_is_found_in_other_case_and_width() {
        for (written, meant) in [("c", Some("C")), ("Ｃ", Some("C")), ("ｄ", Some("D")), ("X", None)] {
            assert_eq!(nearest_choice(written, &COVERAGE_LEVELS), meant, "{written}");
        }
    }
}
