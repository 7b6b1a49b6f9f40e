//! The values of a record, in the order of its field table, and a typed look at them.
//!
//! A value's form was proved by the reader, so a [`Value::Date`] is a real day and a [`Value::Choice`] an index
//! into the field's choices. Positions in the sources are not kept: see `diagnostic::Place::Value`.

use arcstr::ArcStr;
use thin_vec::ThinVec;

use super::field::{Choice, Field, Kind, Slot, Type};
use super::values::Values;
use crate::calendar::Date;
use crate::diagnostic::Origin;
use crate::route::RecordId;

/// One value of a field.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Value {
    /// Not given.
    #[default]
    Absent,
    /// Given, but not readable; the mistake has been reported, so rules pass over it.
    Spoilt,
    /// Text, codes, references, moments and decimals, as written.
    Text(ArcStr),
    /// A whole number.
    Count(i64),
    /// `true` or `false`.
    Flag(bool),
    /// A day.
    Date(Date),
    /// Index into the field's choices.
    Choice(u16),
    /// Values of a list.
    List(ThinVec<Value>),
    /// Values of an object, in the order of its fields.
    Object(Values),
}

impl Value {
    /// Whether nothing was given.
    pub fn is_absent(&self) -> bool {
        matches!(self, Value::Absent)
    }

    /// The text, of a text value.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// One record as read.
#[derive(Clone, Debug)]
pub struct Record {
    /// Unique within its kind.
    pub id: RecordId,
    /// Where it stands.
    pub origin: Origin,
    /// One value a field.
    pub values: Values,
    /// The text of an article, a chapter or a page.
    pub prose: Option<Box<Prose>>,
}

/// A Markdown text and the place of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prose {
    /// Column, book, or folders below `pages/`; empty for none.
    pub folder: Box<str>,
    /// The last part of its address.
    pub slug: Box<str>,
    /// Order among its neighbours: the number before a chapter's slug.
    pub order: u32,
    /// Markdown behind the front matter.
    pub body: Box<str>,
    /// Line of the file on which the body begins, from 1.
    pub body_line: u32,
}

impl Record {
    /// The id by which withdrawals and corrections name it: of a text, its folder and file.
    pub fn public_name(&self) -> String {
        match self.prose.as_deref() {
            Some(prose) if prose.folder.is_empty() => prose.slug.to_string(),
            Some(prose) => format!("{}/{}", prose.folder, prose.slug),
            None => self.id.as_str().to_string(),
        }
    }

    /// A typed look at the values.
    pub fn view(&self, kind: &Kind) -> View<'_> {
        View { fields: kind.fields, values: &self.values }
    }
}

/// A typed look at the values of a record or of an object inside it.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The field table.
    pub fields: &'static [Field],
    /// One value a field.
    pub values: &'a Values,
}

impl<'a> View<'a> {
    /// The value at a slot.
    pub fn value(self, slot: impl Slot) -> &'a Value {
        self.values.get(slot.index())
    }

    /// The value of a key; `Absent` when there is no such field.
    pub fn by_key(self, key: &str) -> &'a Value {
        let at = self.fields.iter().position(|field| field.key == key);
        at.map_or(&Value::Absent, |at| self.values.get(at))
    }

    /// The text at a slot.
    pub fn text(self, slot: impl Slot) -> Option<&'a str> {
        self.value(slot).as_text()
    }

    /// The day at a slot.
    pub fn date(self, slot: impl Slot) -> Option<Date> {
        match self.value(slot) {
            Value::Date(date) => Some(*date),
            _ => None,
        }
    }

    /// The number at a slot.
    pub fn count(self, slot: impl Slot) -> Option<i64> {
        match self.value(slot) {
            Value::Count(count) => Some(*count),
            _ => None,
        }
    }

    /// The flag at a slot.
    pub fn flag(self, slot: impl Slot) -> Option<bool> {
        match self.value(slot) {
            Value::Flag(flag) => Some(*flag),
            _ => None,
        }
    }

    /// The key of the choice that a field of this key holds.
    pub fn choice_key(self, key: &str) -> Option<&'static str> {
        let at = self.fields.iter().position(|field| field.key == key)?;
        self.choice(super::field::Public(u16::try_from(at).ok()?))
    }

    /// The key of the choice at a slot.
    pub fn choice(self, slot: impl Slot) -> Option<&'static str> {
        self.choice_of(slot).map(|choice| choice.key)
    }

    /// The choice at a slot with its labels.
    pub fn choice_of(self, slot: impl Slot) -> Option<&'static Choice> {
        match (self.value(slot), self.fields.get(slot.index()).map(|field| field.ty)) {
            (Value::Choice(at), Some(Type::Choice(choices))) => choices.get(usize::from(*at)),
            _ => None,
        }
    }

    /// The members of the list at a slot; empty when it was not given.
    pub fn list(self, slot: impl Slot) -> &'a [Value] {
        match self.value(slot) {
            Value::List(members) => members,
            _ => &[],
        }
    }

    /// The object at a slot.
    pub fn object(self, slot: impl Slot) -> Option<View<'a>> {
        match (self.value(slot), self.fields.get(slot.index()).map(|field| field.ty)) {
            (Value::Object(values), Some(Type::Object(fields))) => Some(View { fields, values }),
            _ => None,
        }
    }

    /// The objects of the list at a slot.
    pub fn objects(self, slot: impl Slot) -> impl Iterator<Item = View<'a>> {
        let fields = match self.fields.get(slot.index()).map(|field| field.ty) {
            Some(Type::List(Type::Object(fields))) => fields,
            _ => &[] as &'static [Field],
        };
        self.list(slot).iter().filter_map(move |member| match member {
            Value::Object(values) => Some(View { fields, values }),
            _ => None,
        })
    }
}
