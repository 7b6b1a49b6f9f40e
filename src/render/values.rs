//! Public values as templates see them.
//!
//! In: records of the [`Portal`] and the page they stand on. Out: Tera values: a map a record, every public
//! field a key, absent ones `none`; references and links resolved relative to the page.
//!
//! Not here: which template prints them (`page`), and the extra views of some kinds (`record`).

use tera::Value as Tera;
use tera::value::{Key, Map};

use crate::calendar::Date;
use crate::disclose::{Portal, PublicRecord, PublicView, object_view};
use crate::record::edges::Handle;
use crate::record::field::{Choice, Field, Type};
use crate::record::region;
use crate::record::value::Value;
use crate::route::Route;

/// The page from which values are seen: links are relative to it.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'p> {
    /// What the public may see.
    pub portal: &'p Portal,
    /// The page.
    pub route: &'p Route,
}

/// A map of a few keys.
pub fn object<const N: usize>(pairs: [(&'static str, Tera); N]) -> Tera {
    let mut map = Map::with_capacity(N);
    for (key, value) in pairs {
        map.insert(Key::Str(key), value);
    }
    map.into()
}

/// A list.
pub fn list(members: Vec<Tera>) -> Tera {
    members.into()
}

/// A day as `{iso, zh}`.
pub fn date(day: Date) -> Tera {
    object([("iso", day.to_string().into()), ("zh", day.zh().into())])
}

/// A choice as `{key, label}`.
pub fn choice(choice: &Choice) -> Tera {
    object([("key", choice.key.into()), ("label", choice.zh.into())])
}

/// A link as `{title, href}`.
pub fn link(title: &str, href: String) -> Tera {
    object([("title", title.into()), ("href", href.into())])
}

impl<'p> Scope<'p> {
    /// The address of another output, from this page.
    pub fn href(self, target: &str) -> String {
        self.route.link_to(target)
    }

    /// The address of a record's page from this one; empty when it has none.
    pub fn href_of(self, handle: Handle) -> String {
        self.portal.route(handle).map_or(String::new(), |route| self.href(route.as_str()))
    }

    /// A link to a record.
    pub fn link_to(self, handle: Handle) -> Tera {
        let Some(record) = self.portal.record(handle) else { return Tera::none() };
        object([
            ("id", record.id().into()),
            ("title", record.title().into()),
            ("href", self.href_of(handle).into()),
        ])
    }

    /// The map of a record.
    pub fn record(self, handle: Handle) -> Map {
        let Some(record) = self.portal.record(handle) else { return Map::new() };
        let mut map = self.fields(record.view());
        map.insert(Key::Str("id"), record.id().into());
        map.insert(Key::Str("title"), record.title().into());
        map.insert(Key::Str("href"), self.href_of(handle).into());
        map
    }

    /// The places of a region code, highest first, without the portal's own region.
    pub fn place(self, code: &str) -> Vec<Tera> {
        let chain = self.portal.region_chain(code);
        let own = &self.portal.settings.region;
        chain
            .into_iter()
            .filter(|handle| self.portal.record(*handle).is_some_and(|record| record.id() != own))
            .map(|handle| self.link_to(handle))
            .collect()
    }

    /// The words of a place, without blanks: `样例县样板镇`.
    pub fn place_words(self, record: PublicRecord<'p>) -> String {
        let chain = self.portal.region_chain(record.id());
        let own = &self.portal.settings.region;
        chain
            .into_iter()
            .filter_map(|handle| self.portal.record(handle))
            .filter(|record| record.id() != own)
            .map(PublicRecord::title)
            .collect()
    }

    fn fields(self, view: PublicView<'p>) -> Map {
        let mut map = Map::with_capacity(32);
        for (field, value) in view.fields() {
            map.insert(Key::Str(field.key), self.value(field, field.ty, value));
        }
        map
    }

    fn value(self, field: &'static Field, ty: Type, value: &'p Value) -> Tera {
        match (ty, value) {
            (_, Value::Absent | Value::Spoilt) => Tera::none(),
            (_, Value::Count(count)) => (*count).into(),
            (_, Value::Flag(flag)) => (*flag).into(),
            (_, Value::Date(day)) => date(*day),
            (Type::Choice(choices), Value::Choice(at)) => {
                choices.get(usize::from(*at)).map_or_else(Tera::none, choice)
            }
            (Type::List(member), Value::List(values)) => {
                list(values.iter().map(|value| self.value(field, *member, value)).collect())
            }
            (Type::Object(_), Value::Object(_)) => {
                object_view(ty, value).map_or_else(Tera::none, |view| self.fields(view).into())
            }
            (_, Value::Text(text)) => self.text(field, text),
            _ => Tera::none(),
        }
    }

    fn text(self, field: &'static Field, text: &'p str) -> Tera {
        let target = field.link.filter(|link| link.by == "id").and_then(|link| {
            let kind = self.portal.kinds.at(self.portal.kinds.index(link.kind)?)?;
            self.portal.find(kind, text)
        });
        match target {
            None if field.link.is_some_and(|link| link.by == "id") => {
                object([("id", text.into()), ("title", text.into()), ("href", "".into())])
            }
            None => text.into(),
            Some(handle) if matches!(field.ty, Type::RegionCode) => {
                let title = self.portal.record(handle).map_or("", PublicRecord::title);
                let place = list(self.place(text));
                object([
                    ("id", text.into()),
                    ("title", title.into()),
                    ("href", self.href_of(handle).into()),
                    ("place", place),
                ])
            }
            Some(handle) => self.link_to(handle),
        }
    }

    /// The text of a value in a table cell: labels for choices, names for references.
    pub fn cell(self, field: &'static Field, value: &'p Value) -> String {
        match (field.ty, value) {
            (_, Value::Text(text)) => {
                let target = field.link.filter(|link| link.by == "id").and_then(|link| {
                    let kind = self.portal.kinds.at(self.portal.kinds.index(link.kind)?)?;
                    self.portal.record(self.portal.find(kind, text)?)
                });
                match target {
                    Some(record) if std::ptr::eq(record.kind(), &region::KIND) => self.place_words(record),
                    Some(record) => record.title().to_string(),
                    None => text.to_string(),
                }
            }
            (_, Value::Count(count)) => count.to_string(),
            (_, Value::Date(day)) => day.zh(),
            (Type::Choice(choices), Value::Choice(at)) => {
                choices.get(usize::from(*at)).map_or_else(String::new, |choice| choice.zh.to_string())
            }
            (Type::Object(fields), Value::Object(values)) => summary(fields, values),
            _ => String::new(),
        }
    }
}

/// One line for an object: its first text, or its counts with their labels.
fn summary(fields: &'static [Field], values: &[Value]) -> String {
    if let Some(text) = values
        .iter()
        .find_map(Value::as_text)
        .filter(|_| !values.iter().any(|value| matches!(value, Value::Count(_))))
    {
        return text.to_string();
    }
    let counts = fields.iter().zip(values).filter_map(|(field, value)| match value {
        Value::Count(count) => Some(format!("{}{count}", field.zh)),
        _ => None,
    });
    counts.collect::<Vec<_>>().join("，")
}
