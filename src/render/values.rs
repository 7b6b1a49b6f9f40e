//! Values as templates see them, from one page.
//!
//! In: the [`Portal`] and the page they stand on. Out: Tera values: maps, lists, links and places, addresses relative to
//! the page, and the texts of table cells.
//!
//! Not here: the fields of a record (`fields`), values that all pages share (`shared`), and which template prints them.

use serde::ser::{Serialize, SerializeStruct, Serializer};
use tera::Value as Tera;

use crate::calendar::Date;
use crate::disclose::Portal;
use crate::locale::Locale;
use crate::record::edges::Handle;
use crate::record::field::{Choice, Field, Type};
use crate::record::region;
use crate::record::value::Value;
use crate::record::values::Values;
use crate::route::Route;

use super::fields::Row;
use super::shared::Shared;
use super::words::words;

/// The page from which values are seen: links are relative to it.
#[derive(Clone, Copy)]
pub struct Scope<'p> {
    /// What the public may see.
    pub portal: &'p Portal,
    /// Values that many pages share.
    pub shared: &'p Shared,
    /// The page.
    route: &'p Route,
    /// How many folders it is deep, and the first of them.
    depth: usize,
    folder: &'p str,
    /// The record whose page it is, and the link to it: what names the record on its own page names it many times.
    own: Option<(Handle, &'p Tera)>,
}

/// Keys with their values, on the way to become a map.
pub type Pairs = Vec<(&'static str, Tera)>;

/// A map of a few keys.
pub fn object<const N: usize>(pairs: [(&'static str, Tera); N]) -> Tera {
    map(&pairs)
}

/// A map of these keys.
pub fn map(pairs: &[(&'static str, Tera)]) -> Tera {
    Tera::from_serializable(&Entries(pairs))
}

/// Pairs as a structure: the engine then hashes each key once and takes the values as they are, where a map of
/// ours would be hashed twice.
struct Entries<'v>(&'v [(&'static str, Tera)]);

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entries = serializer.serialize_struct("map", self.0.len())?;
        for (key, value) in self.0 {
            entries.serialize_field(key, value)?;
        }
        entries.end()
    }
}

/// A list.
pub fn list(members: Vec<Tera>) -> Tera {
    members.into()
}

/// A choice as `{key, label}`.
pub fn choice(choice: &Choice, locale: &Locale) -> Tera {
    object([("key", choice.key.into()), ("label", choice.label_in(locale).into())])
}

/// A link as `{title, href}`.
pub fn link(title: &str, href: String) -> Tera {
    object([("title", title.into()), ("href", href.into())])
}

impl<'p> Scope<'p> {
    /// Values as seen from a page.
    pub fn new(portal: &'p Portal, route: &'p Route, shared: &'p Shared) -> Scope<'p> {
        Scope { portal, shared, route, depth: route.depth(), folder: first_folder(route.as_str()), own: None }
    }

    /// The same on the page of a record, with the link to it.
    pub(super) fn on_page_of(self, record: Handle, link: &'p Tera) -> Scope<'p> {
        Scope { own: Some((record, link)), ..self }
    }

    /// The address of another output, from this page.
    pub fn href(self, target: &str) -> String {
        self.route.link_to(target)
    }

    /// The address of a record's page from this one; empty when it has none.
    pub fn href_of(self, handle: Handle) -> String {
        self.portal.path(handle).map_or(String::new(), |path| self.href(path))
    }

    /// A day as `{iso, label}`.
    pub fn date(self, day: Date) -> Tera {
        self.shared.date(day, &self.portal.locale)
    }

    /// A choice as `{key, label}`.
    pub fn choice(self, known: &'static Choice) -> Tera {
        self.shared.choice(known).cloned().unwrap_or_else(|| choice(known, &self.portal.locale))
    }

    /// A link to a record.
    pub fn link_to(self, handle: Handle) -> Tera {
        match self.kept_link(handle) {
            Some(kept) => kept.clone(),
            None => self.make_link(handle),
        }
    }

    /// A link to a record that other pages show alike.
    pub(super) fn kept_link(self, handle: Handle) -> Option<&'p Tera> {
        if let Some((own, link)) = self.own
            && own == handle
        {
            return Some(link);
        }
        let place = self.shared.far_link(self.portal, self.depth, handle)?;
        self.is_far(handle).then(|| place.get_or_init(|| self.make_link(handle)))
    }

    /// A link to a region, with its place, that other pages show alike.
    pub(super) fn kept_region(self, region: Handle) -> Option<&'p Tera> {
        let place = self.shared.far_region(self.portal, self.depth, region)?;
        self.is_far(region).then(|| place.get_or_init(|| self.region_link(region)))
    }

    /// Whether a record stands in another folder than the page, so that its address begins at the site folder.
    fn is_far(self, handle: Handle) -> bool {
        self.portal.path(handle).is_none_or(|path| first_folder(path) != self.folder)
    }

    /// A link to a record, made anew.
    pub(super) fn make_link(self, handle: Handle) -> Tera {
        let Some(record) = self.portal.record(handle) else { return Tera::none() };
        object([
            ("id", record.id().into()),
            ("title", record.title().into()),
            ("href", self.href_of(handle).into()),
        ])
    }

    /// A link to a region, with its place.
    pub(super) fn region_link(self, region: Handle) -> Tera {
        let Some(record) = self.portal.record(region) else { return Tera::none() };
        object([
            ("id", record.id().into()),
            ("title", record.title().into()),
            ("href", self.href_of(region).into()),
            ("place", list(self.places(region))),
        ])
    }

    /// The map of a record.
    pub fn record_map(self, handle: Handle) -> Tera {
        self.row(handle, &[])
    }

    /// The map of a record, with keys that only this page knows.
    pub fn row(self, handle: Handle, more: &[(&'static str, Tera)]) -> Tera {
        match self.portal.record(handle) {
            Some(record) => Tera::from_serializable(&Row { scope: self, handle, record, more }),
            None => map(more),
        }
    }

    /// The places of a region code, highest first, without the portal's own region
    /// above them.
    pub fn place(self, code: &str) -> Vec<Tera> {
        self.portal.find(&region::KIND, code).map_or(Vec::new(), |handle| self.places(handle))
    }

    fn places(self, region: Handle) -> Vec<Tera> {
        self.portal.shown_place(region).into_iter().map(|handle| self.link_to(handle)).collect()
    }

    /// The text of a value in a table cell: labels for choices, names for references.
    pub fn cell(self, field: &'static Field, value: &'p Value) -> String {
        self.cell_of(field, field.ty, value)
    }

    fn cell_of(self, field: &'static Field, ty: Type, value: &'p Value) -> String {
        let locale = &self.portal.locale;
        match (ty, value) {
            (Type::Period | Type::Money, Value::Text(text)) => words(ty, text, locale).unwrap_or_default(),
            (Type::List(member), Value::List(values)) => {
                let cells = values.iter().map(|value| self.cell_of(field, *member, value));
                locale.join("sep", cells.filter(|cell| !cell.is_empty()))
            }
            (_, Value::Text(text)) => {
                let target = field.link.filter(|link| link.by == "id").and_then(|link| {
                    let kind = self.portal.kinds.at(self.portal.kinds.index(link.kind)?)?;
                    self.portal.find(kind, text)
                });
                match target.map(|target| (target, self.portal.record(target))) {
                    Some((region, _)) if region.kind == self.portal.kind(&region::KIND) => {
                        self.portal.place_words(region)
                    }
                    Some((_, Some(record))) => record.title().to_string(),
                    _ => text.to_string(),
                }
            }
            (_, Value::Count(count)) => count.to_string(),
            (_, Value::Flag(flag)) => locale.word(if *flag { "flag_true" } else { "flag_false" }).to_string(),
            (_, Value::Date(day)) => locale.date(*day),
            (Type::Choice(choices), Value::Choice(at)) => {
                choices.get(usize::from(*at)).map_or("", |choice| choice.label_in(locale)).to_string()
            }
            (Type::Object(fields), Value::Object(values)) => summary(fields, values, locale),
            _ => String::new(),
        }
    }
}

/// The first folder of a path; empty of a file that lies in none.
fn first_folder(path: &str) -> &str {
    path.split_once('/').map_or("", |(folder, _)| folder)
}

/// One line for an object: its first text, or its counts with their labels.
fn summary(fields: &'static [Field], values: &Values, locale: &Locale) -> String {
    if let Some(text) = values
        .iter()
        .find_map(Value::as_text)
        .filter(|_| !values.iter().any(|value| matches!(value, Value::Count(_))))
    {
        return text.to_string();
    }
    let counts = fields.iter().zip(values).filter_map(|(field, value)| match value {
        Value::Count(count) => Some(format!("{}{}{count}", field.label_in(locale), locale.word("gap"))),
        _ => None,
    });
    locale.join("comma", counts)
}
