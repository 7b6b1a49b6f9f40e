//! The fields of a record as templates see them.
//!
//! In: a record and the page it is shown on. Out: its map, every public field a key, absent ones `none`; references and
//! links resolved relative to the page. A record is handed to the engine field by field, as a structure: so each value
//! is made once, where maps of ours would be built, hashed and copied.
//!
//! Not here: values that many pages share (`shared`), and which template prints them (`record`).

use serde::ser::{Serialize, SerializeSeq, SerializeStruct, Serializer};
use tera::Value as Tera;

use super::leaving::address;
use super::shared::make_date;
use super::values::Scope;
use super::words::words;
use crate::disclose::{PublicRecord, PublicView, object_view};
use crate::record::edges::Handle;
use crate::record::field::{Field, Link, Strength, Type};
use crate::record::value::Value;

/// A record as a map: its fields, its id, title and address, and what only its page knows of it.
pub(super) struct Row<'p, 'm> {
    pub(super) scope: Scope<'p>,
    pub(super) handle: Handle,
    pub(super) record: PublicRecord<'p>,
    pub(super) more: &'m [(&'static str, Tera)],
}

impl Serialize for Row<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let view = self.record.view();
        let mut map = serializer.serialize_struct("record", view.fields().count() + 3 + self.more.len())?;
        for (field, value) in view.fields().filter(|(field, _)| field.key != "id" && field.key != "title") {
            map.serialize_field(field.key, &Seen { row: self, field, ty: field.ty, value })?;
        }
        map.serialize_field("id", self.record.id())?;
        map.serialize_field("title", self.record.title())?;
        map.serialize_field("href", &self.scope.href_of(self.handle))?;
        for (key, value) in self.more {
            map.serialize_field(key, value)?;
        }
        map.end()
    }
}

/// A value of a record, of one of its fields or inside it.
struct Seen<'r, 'p, 'm> {
    row: &'r Row<'p, 'm>,
    field: &'static Field,
    ty: Type,
    value: &'p Value,
}

impl Serialize for Seen<'_, '_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let shared = self.row.scope.shared;
        match (self.ty, self.value) {
            (_, Value::Count(count)) => serializer.serialize_i64(*count),
            (_, Value::Flag(flag)) => serializer.serialize_bool(*flag),
            (_, Value::Date(day)) => match shared.known_date(*day) {
                Some(known) => known.serialize(serializer),
                None => make_date(*day, &self.row.scope.portal.locale).serialize(serializer),
            },
            (Type::Choice(choices), Value::Choice(at)) => {
                match choices.get(usize::from(*at)).and_then(|choice| shared.choice(choice)) {
                    Some(known) => known.serialize(serializer),
                    None => serializer.serialize_none(),
                }
            }
            (Type::List(member), Value::List(values)) => {
                let mut list = serializer.serialize_seq(Some(values.len()))?;
                for value in values {
                    list.serialize_element(&Seen { ty: *member, value, ..*self })?;
                }
                list.end()
            }
            (Type::Object(_), Value::Object(_)) => match object_view(self.ty, self.value) {
                Some(view) => self.object(view, serializer),
                None => serializer.serialize_none(),
            },
            (Type::Url, Value::Text(text)) => address(self.row.scope, text).serialize(serializer),
            (_, Value::Text(text)) => match words(self.ty, text, &self.row.scope.portal.locale) {
                Some(label) => {
                    let mut map = serializer.serialize_struct("words", 2)?;
                    map.serialize_field("value", &**text)?;
                    map.serialize_field("label", &label)?;
                    map.end()
                }
                None => self.text(text, serializer),
            },
            _ => serializer.serialize_none(),
        }
    }
}

impl<'p> Seen<'_, 'p, '_> {
    /// An object inside a record; one that may name a record has its address as `href`.
    fn object<S: Serializer>(&self, view: PublicView<'p>, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_struct("object", view.fields().count() + 1)?;
        let mut may_name = false;
        let mut target = None;
        for (field, value) in view.fields() {
            map.serialize_field(field.key, &Seen { row: self.row, field, ty: field.ty, value })?;
            if let Some(link) = field.link.filter(|link| link.by != "id") {
                may_name = true;
                target = target.or_else(|| self.bearer(link, value.as_text()?));
            }
        }
        if may_name {
            let href = target.map_or(String::new(), |end| self.row.scope.href_of(end));
            map.serialize_field("href", &href)?;
        }
        map.end()
    }

    /// The record named by a link of this record whose key has this value.
    fn bearer(&self, link: Link, value: &str) -> Option<Handle> {
        let portal = self.row.scope.portal;
        let bears = |end: &Handle| {
            let record = portal.record(*end).filter(|record| record.kind().plural == link.kind);
            let mut fields = record.into_iter().flat_map(|record| record.view().fields());
            fields.any(|(field, known)| field.key == link.by && known.as_text() == Some(value))
        };
        portal.outgoing(self.row.handle).iter().map(|edge| edge.end).find(bears)
    }

    fn text<S: Serializer>(&self, text: &str, serializer: S) -> Result<S::Ok, S::Error> {
        // What may be named by another value than the id stays a text beside a link of its own; what must be is a link.
        let Some(link) = self.field.link.filter(|link| link.by == "id" || link.strength == Strength::Must)
        else {
            return serializer.serialize_str(text);
        };
        let scope = self.row.scope;
        match if link.by == "id" { self.named(link, text) } else { self.bearer(link, text) } {
            None => {
                let mut map = serializer.serialize_struct("link", 3)?;
                map.serialize_field("id", text)?;
                map.serialize_field("title", text)?;
                map.serialize_field("href", "")?;
                map.end()
            }
            Some(end) if matches!(self.field.ty, Type::RegionCode) => match scope.kept_region(end) {
                Some(kept) => kept.serialize(serializer),
                None => scope.region_link(end).serialize(serializer),
            },
            Some(end) => match scope.kept_link(end) {
                Some(kept) => kept.serialize(serializer),
                None => scope.make_link(end).serialize(serializer),
            },
        }
    }

    /// The record of this id among those that this record names.
    fn named(&self, link: Link, id: &str) -> Option<Handle> {
        let portal = self.row.scope.portal;
        let bears = |end: &Handle| {
            portal.record(*end).is_some_and(|record| record.id() == id && record.kind().plural == link.kind)
        };
        portal.outgoing(self.row.handle).iter().map(|edge| edge.end).find(bears)
    }
}
