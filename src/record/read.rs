//! Turns the nodes of a file into records by their field tables.
//!
//! Reading never stops at a mistake: a bad field costs itself, a bad record itself. What was given but could
//! not be read becomes [`Value::Spoilt`], so that no later rule calls it missing.
//!
//! In: nodes with spans. Out: [`ReadRecord`]s and findings with exact positions. Not here: anything that needs
//! a second record.

use super::Kinds;
use super::field::{Choice, Field, Home, Identity, Kind, Type};
use super::meant;
use super::normal;
use super::texts::Texts;
use super::value::{Record, Value, View};
use super::values::Values;
use crate::calendar::Date;
use crate::calendar::period::Period;
use crate::diagnostic::{Code, FileId, Findings, Message, Origin, Place};
use crate::route::RecordId;
use crate::source::{NodeKind, NodeRef};

/// A key that no field of this name answers.
pub const FIELD_UNKNOWN: Code = Code("E-FIELD-UNKNOWN");
/// A required field that is not there.
pub const FIELD_MISSING: Code = Code("E-FIELD-MISSING");
/// A value of another type than its field's.
pub const FIELD_TYPE: Code = Code("E-FIELD-TYPE");
/// A code that a spreadsheet program has turned into a number or a formula.
pub const CODE_MANGLED: Code = Code("E-CODE-MANGLED");
/// A slash or dash that is read as not applicable.
pub const NULL_SLASH: Code = Code("I-NULL-SLASH");
/// A day that does not exist or is written otherwise.
pub const DATE_INVALID: Code = Code("E-DATE-INVALID");
/// An id with other characters than letters, digits and hyphens, too long, or reserved.
pub const ID_FORM: Code = Code("E-ID-FORM");
/// A key at the top of a ledger that is no kind.
pub const KIND_UNKNOWN: Code = Code("E-KIND-UNKNOWN");

/// A record with its kind's place in the registry.
#[derive(Debug)]
pub struct ReadRecord {
    /// Index into the registry of kinds.
    pub kind: usize,
    /// The record.
    pub record: Record,
}

/// Reads one file's nodes.
pub struct Reader<'a, 'd> {
    pub(super) kinds: &'a Kinds,
    pub(super) file: FileId,
    pub(super) findings: &'a mut Findings,
    /// Id of the record being read, for messages.
    pub(super) record: Option<String>,
    /// Whether some of a ledger could not be taken for records, so that what others name may stand in it.
    pub(super) is_partial: bool,
    /// Records that stand inside the one being read: plural of their kind, their list.
    inside: Vec<(&'static str, NodeRef<'d>)>,
    texts: Texts,
}

impl<'a, 'd> Reader<'a, 'd> {
    /// A reader of one file.
    pub fn new(kinds: &'a Kinds, file: FileId, findings: &'a mut Findings) -> Reader<'a, 'd> {
        let (inside, texts) = (Vec::new(), Texts::default());
        Reader { kinds, file, findings, record: None, is_partial: false, inside, texts }
    }

    /// Reads a ledger: a mapping from the plurals of kinds to lists of records.
    pub fn ledger(&mut self, root: NodeRef<'d>) -> Vec<ReadRecord> {
        let mut records = Vec::new();
        if root.is_null() {
            return records;
        }
        if !matches!(root.kind(), NodeKind::Mapping) {
            self.wrong_type(root, "“类别: [记录]”的映射", "a mapping `kind: [records]`", None);
            self.is_partial = true;
            return records;
        }
        for (key, list) in root.entries() {
            let name = scalar(key).unwrap_or_default();
            match self.kinds.ledger_kind(name) {
                Some(at) => self.records(at, list, None, &mut records),
                None if self.kinds.is_left_out(name) => {}
                None => {
                    self.unknown_kind(key, name);
                    self.is_partial = true;
                }
            }
        }
        records
    }

    /// Reads a mapping by a field table; `None` when it is no mapping.
    pub fn object(&mut self, fields: &'static [Field], node: NodeRef<'d>) -> Option<Values> {
        if !matches!(node.kind(), NodeKind::Mapping) {
            self.wrong_type(node, "若干字段（映射）", "a mapping of fields", None);
            return None;
        }
        let mut values = vec![Value::Absent; fields.len()];
        for (key, value) in node.entries() {
            let name = scalar(key).unwrap_or_default();
            let Some(at) = fields.iter().position(|field| field.key == name) else {
                // What was written under a misspelt key is not missing as well.
                let meant = self.unknown_field(fields, key, name);
                if let Some(place) = meant.and_then(|at| values.get_mut(at))
                    && place.is_absent()
                {
                    *place = Value::Spoilt;
                }
                continue;
            };
            if let (Some(field), Some(place)) = (fields.get(at), values.get_mut(at))
                && !value.is_null()
            {
                *place = self.value(field, field.ty, value);
            }
        }
        self.settle_ids_of_kinds(fields, &mut values);
        self.missing(fields, &values, node);
        Some(Values::of(values))
    }

    fn records(
        &mut self,
        kind_at: usize,
        list: NodeRef<'d>,
        parent: Option<(&'static str, &RecordId)>,
        out: &mut Vec<ReadRecord>,
    ) {
        let Some(kind) = self.kinds.at(kind_at) else { return };
        if list.is_null() {
            return;
        }
        if !matches!(list.kind(), NodeKind::Sequence) {
            self.wrong_type(
                list,
                "记录列表（每条以“- ”开头）",
                "a list of records, each behind `- `",
                Some(kind.plural),
            );
            return;
        }
        for node in list.items() {
            self.record(kind_at, kind, node, parent, out);
        }
    }

    fn record(
        &mut self,
        kind_at: usize,
        kind: &'static Kind,
        node: NodeRef<'d>,
        parent: Option<(&'static str, &RecordId)>,
        out: &mut Vec<ReadRecord>,
    ) {
        self.record = written_id(kind, node).map(|text| normal::id(kind, text).into_owned());
        let held = std::mem::take(&mut self.inside);
        let values = self.object(kind.fields, node);
        let inside = std::mem::replace(&mut self.inside, held);
        let Some(mut values) = values else { return };
        if let Some((key, id)) = parent
            && let Some(slot) = kind.slot(key)
        {
            values.set(slot, Value::Text(id.as_str().into()));
        }
        let Some(id) = self.identify(kind, &values, node) else { return };
        for (plural, list) in inside {
            let Some(at) = self.kinds.index(plural) else { continue };
            let Some(Home::Inside(_, key)) = self.kinds.at(at).map(|kind| kind.home) else { continue };
            self.records(at, list, Some((key, &id)), out);
        }
        let origin = Origin { file: self.file, node: node.number() };
        out.push(ReadRecord { kind: kind_at, record: Record { id, origin, values, prose: None } });
    }

    fn identify(&mut self, kind: &'static Kind, values: &Values, node: NodeRef<'d>) -> Option<RecordId> {
        let view = View { fields: kind.fields, values };
        let (first, second) = match kind.identity {
            Identity::Key(key) => (key, None),
            Identity::KeyOr(key, other) => (key, Some(other)),
            Identity::Anonymous | Identity::File => {
                return anonymous_id(self.file, node.number());
            }
        };
        let key = if view.by_key(first).is_absent() { second.unwrap_or(first) } else { first };
        match view.by_key(key) {
            Value::Text(text) => match RecordId::parse(text) {
                Ok(id) => Some(id),
                Err(error) => {
                    self.wrong_id(key, text, error, node);
                    None
                }
            },
            Value::Absent if second.is_some() => {
                let message = Message::new(
                    format!("{}缺少编号：应填写 {key}，没有 {key} 的应自拟 {first}", kind.zh),
                    format!(
                        "this {} has no id: give `{key}`, or an own `{first}` where there is none",
                        kind.singular
                    ),
                );
                self.findings.add(FIELD_MISSING, Place::At(self.file, node.position()), message).field(key);
                None
            }
            _ => None,
        }
    }

    fn value(&mut self, field: &'static Field, ty: Type, node: NodeRef<'d>) -> Value {
        match ty {
            Type::Object(fields) => match self.object(fields, node) {
                Some(values) => Value::Object(values),
                None => Value::Spoilt,
            },
            Type::List(member) => {
                if !matches!(node.kind(), NodeKind::Sequence) {
                    self.wrong_type(
                        node,
                        "列表，如 [甲, 乙] 或每行以“- ”开头",
                        "a list, as in `[a, b]` or lines behind `- `",
                        Some(field.key),
                    );
                    return Value::Spoilt;
                }
                let members: Vec<Value> = node.items().map(|item| self.value(field, *member, item)).collect();
                Value::List(members.into())
            }
            Type::Records(plural) => {
                self.inside.push((plural, node));
                Value::Absent
            }
            _ => match scalar(node) {
                Some("") => Value::Absent,
                Some(text) if is_slash(field, ty, text) => {
                    self.null_slash(field, text, node);
                    Value::Absent
                }
                Some(text) if is_mangled(field, ty, text) => {
                    self.mangled_code(field, text, node);
                    Value::Spoilt
                }
                Some(text) => self.scalar_value(field, ty, text, node),
                None => {
                    self.wrong_type(node, "单个值", "a single value", Some(field.key));
                    Value::Spoilt
                }
            },
        }
    }

    fn scalar_value(&mut self, field: &'static Field, ty: Type, text: &str, node: NodeRef<'d>) -> Value {
        if field.counts.is_some() {
            self.counted_value(field, node);
            return Value::Absent;
        }
        let text = &*self.settled(field, ty, text);
        let read = match ty {
            Type::Date => Date::parse(text).map(Value::Date),
            Type::Moment => is_moment(text).then(|| Value::Text(self.texts.share(text))),
            Type::Count => text.parse::<u32>().ok().map(|count| Value::Count(i64::from(count))),
            Type::Decimal | Type::Money => {
                let is_number = if matches!(ty, Type::Money) { is_money(text) } else { is_decimal(text) };
                (is_number && (field.signed || !text.starts_with('-')))
                    .then(|| Value::Text(self.texts.share(text)))
            }
            Type::Period => Period::parse(text).map(|_| Value::Text(self.texts.share(text))),
            Type::Flag => match text {
                "true" | "是" => Some(Value::Flag(true)),
                "false" | "否" => Some(Value::Flag(false)),
                _ => None,
            },
            Type::Choice(choices) => choice_of(choices, text).map(Value::Choice),
            _ => Some(Value::Text(self.texts.share(text))),
        };
        read.unwrap_or_else(|| {
            self.wrong_value(field, ty, text, node);
            Value::Spoilt
        })
    }
}

/// The place of the choice that a word stands for: its key, or its Chinese label, as spreadsheets have it.
fn choice_of(choices: &[Choice], text: &str) -> Option<u16> {
    let by_label = || {
        let mut labelled = choices.iter().enumerate().filter(|(_, choice)| choice.zh == text);
        labelled.next().filter(|_| labelled.next().is_none()).map(|(at, _)| at)
    };
    u16::try_from(choices.iter().position(|choice| choice.key == text).or_else(by_label)?).ok()
}

/// The id of a record that has none of its own: its place.
pub(super) fn anonymous_id(file: FileId, node: u32) -> Option<RecordId> {
    RecordId::parse(&format!("at-{}-{node}", file.0)).ok()
}

/// The scalar a node holds.
pub(super) fn scalar(node: NodeRef<'_>) -> Option<&str> {
    match node.kind() {
        NodeKind::Scalar { text, .. } => Some(text),
        _ => None,
    }
}

/// The id as written, before anything is proved.
fn written_id<'n>(kind: &Kind, node: NodeRef<'n>) -> Option<&'n str> {
    let (first, second) = match kind.identity {
        Identity::Key(key) => (key, key),
        Identity::KeyOr(key, other) => (key, other),
        Identity::Anonymous | Identity::File => return None,
    };
    let by_key = |wanted: &str| {
        node.entries()
            .find(|(key, _)| scalar(*key) == Some(wanted))
            .and_then(|(_, value)| scalar(value))
            .filter(|text| !text.is_empty())
    };
    by_key(first).or_else(|| by_key(second))
}

fn is_moment(text: &str) -> bool {
    let Some((day, time)) = text.split_once(' ') else { return false };
    let Some((hour, minute)) = time.split_once(':') else { return false };
    let within = |part: &str, most: u8| {
        part.len() == 2
            && part.bytes().all(|b| b.is_ascii_digit())
            && part.parse::<u8>().is_ok_and(|n| n <= most)
    };
    Date::parse(day).is_some() && within(hour, 23) && within(minute, 59)
}

fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, part]
        .iter()
        .all(|half| !half.is_empty() && half.len() <= 15 && half.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a stroke stands where a value of another form belongs: as in tables on paper, it means not applicable.
fn is_slash(field: &Field, ty: Type, text: &str) -> bool {
    let is_free = matches!(ty, Type::Text | Type::Id) && field.link.is_none();
    !is_free && matches!(text, "/" | "／" | "—" | "——" | "-" | "－" | "–")
}

/// Whether a spreadsheet program made a number of a code (`9.19901E+17`), kept it as a formula (`="9199…"`), or could not
/// reckon one (`#N/A`).
fn is_mangled(field: &Field, ty: Type, text: &str) -> bool {
    if text.starts_with("=\"") && text.ends_with('"') || meant::is_failed_formula(text) {
        return true;
    }
    let is_code = match ty {
        Type::Text => field.link.is_some(),
        Type::Uscc | Type::LicenceNo | Type::RegionCode | Type::SampleNo | Type::Id | Type::Phone => true,
        _ => false,
    };
    let is_number = || {
        let (digits, power) = text.split_once("E+")?;
        let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
        Some(
            [whole, part, power].iter().all(|one| !one.is_empty() && one.bytes().all(|b| b.is_ascii_digit())),
        )
    };
    is_code && is_number().unwrap_or_default()
}

/// Yuan with up to two decimals.
fn is_money(text: &str) -> bool {
    is_decimal(text) && text.split_once('.').is_none_or(|(_, part)| part.len() <= 2)
}
