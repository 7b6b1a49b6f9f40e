//! Public values as templates see them.
//!
//! In: records of the [`Portal`] and the page they stand on. Out: Tera values: a map a record, every public
//! field a key, absent ones `none`; references and links resolved relative to the page.
//!
//! Not here: which template prints them (`page`), and the extra views of some kinds (`record`).

use std::collections::HashMap;
use tera::Value as Tera;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::calendar::Date;
use crate::disclose::{Portal, PublicRecord, PublicView, object_view};
use crate::record::edges::Handle;
use crate::record::field::{Choice, Field, Link, Type, Visibility};
use crate::record::region;
use crate::record::value::Value;
use crate::route::Route;

use super::words::words;

/// The page from which values are seen: links are relative to it.
#[derive(Clone, Copy)]
pub struct Scope<'p> {
    /// What the public may see.
    pub portal: &'p Portal,
    /// The page.
    pub route: &'p Route,
    /// Values that many pages share.
    pub shared: &'p Shared,
}

/// Values made once and cloned into pages: choices, days, the fields of kinds.
pub struct Shared {
    choices: HashMap<usize, Vec<Tera>>,
    first_day: Date,
    days: Vec<Tera>,
    fields: Vec<Tera>,
}

/// Days whose values are made beforehand, about eighteen years around the as-of date.
const DAYS_BEFORE: i64 = 4400;
const DAYS_BEHIND: i64 = 2200;

impl Shared {
    /// Makes the values of a portal.
    pub fn new(portal: &Portal) -> Shared {
        let mut choices = HashMap::new();
        portal.kinds.all().for_each(|kind| collect_choices(kind.fields, &mut choices));
        let first_day = portal.as_of.plus_days(-DAYS_BEFORE);
        let days =
            (0..DAYS_BEFORE + DAYS_BEHIND).map(|after| make_date(first_day.plus_days(after))).collect();
        let fields = portal.kinds.all().map(|kind| {
            let public = kind.fields.iter().filter(|field| field.visibility != Visibility::Internal);
            list(public.map(described).collect())
        });
        Shared { choices, first_day, days, fields: fields.collect() }
    }

    /// A day as `{iso, zh}`.
    pub fn date(&self, day: Date) -> Tera {
        let at = usize::try_from(day.days_since(self.first_day)).ok();
        at.and_then(|at| self.days.get(at)).cloned().unwrap_or_else(|| make_date(day))
    }

    /// A choice as `{key, label}`, by its list and place.
    pub fn choice(&self, choices: &'static [Choice], at: usize) -> Tera {
        self.choices
            .get(&(choices.as_ptr() as usize))
            .and_then(|values| values.get(at))
            .cloned()
            .unwrap_or_else(Tera::none)
    }

    /// The fields of a kind as `[{key, label, inside}]`.
    pub fn fields(&self, kind: u16) -> Tera {
        self.fields.get(usize::from(kind)).cloned().unwrap_or_else(Tera::none)
    }
}

/// A field as `{key, label, inside}`: inside are the fields of an object or of a list of objects.
fn described(field: &Field) -> Tera {
    let inside: &[Field] = match field.ty {
        Type::Object(fields) => fields,
        Type::List(Type::Object(fields)) => fields,
        _ => &[],
    };
    let public = inside.iter().filter(|field| field.visibility != Visibility::Internal);
    object([
        ("key", field.key.into()),
        ("label", field.zh.into()),
        ("inside", list(public.map(described).collect())),
    ])
}

fn collect_choices(fields: &'static [Field], choices: &mut HashMap<usize, Vec<Tera>>) {
    for field in fields {
        let mut ty = field.ty;
        while let Type::List(member) = ty {
            ty = *member;
        }
        match ty {
            Type::Choice(list) => {
                choices.entry(list.as_ptr() as usize).or_insert_with(|| list.iter().map(choice).collect());
            }
            Type::Object(fields) => collect_choices(fields, choices),
            _ => {}
        }
    }
}

fn make_date(day: Date) -> Tera {
    object([("iso", day.to_string().into()), ("zh", day.zh().into())])
}

/// Keys with their values, on the way to become a map.
pub type Pairs = Vec<(&'static str, Tera)>;

/// A map of a few keys.
pub fn object<const N: usize>(pairs: [(&'static str, Tera); N]) -> Tera {
    Tera::from_serializable(&Entries(&pairs))
}

/// A map of these keys.
pub fn map(pairs: &Pairs) -> Tera {
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
        self.portal.path(handle).map_or(String::new(), |path| self.href(path))
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

    /// The keys and values of a record.
    pub fn record(self, handle: Handle) -> Pairs {
        let Some(record) = self.portal.record(handle) else { return Pairs::new() };
        let mut pairs = self.fields(handle, record.view());
        pairs.retain(|(key, _)| *key != "id" && *key != "title");
        pairs.push(("id", record.id().into()));
        pairs.push(("title", record.title().into()));
        pairs.push(("href", self.href_of(handle).into()));
        pairs
    }

    /// The map of a record.
    pub fn record_map(self, handle: Handle) -> Tera {
        map(&self.record(handle))
    }

    /// The places of a region code, highest first, without the portal's own region
    /// above them.
    pub fn place(self, code: &str) -> Vec<Tera> {
        self.portal.find(&region::KIND, code).map_or(Vec::new(), |handle| self.places(handle))
    }

    fn places(self, region: Handle) -> Vec<Tera> {
        let mut places = Vec::with_capacity(4);
        let mut next = Some(region);
        while let Some(handle) = next.filter(|_| places.len() < 8) {
            let is_own =
                self.portal.record(handle).is_some_and(|record| record.id() == self.portal.settings.region);
            if !is_own || handle == region {
                places.push(self.link_to(handle));
            }
            next = self.portal.parent_region(handle);
        }
        places.reverse();
        places
    }

    /// The words of a place, without blanks: `样例县样板镇`.
    pub fn place_words(self, record: PublicRecord<'p>) -> String {
        let chain = self.portal.region_chain(record.id());
        let own = self.portal.settings.region.as_str();
        let named = chain.into_iter().filter_map(|handle| self.portal.record(handle));
        named
            .filter(|region| region.id() != own || region.id() == record.id())
            .map(PublicRecord::title)
            .collect()
    }

    fn fields(self, handle: Handle, view: PublicView<'p>) -> Pairs {
        let mut pairs = Pairs::with_capacity(32);
        pairs.extend(
            view.fields().map(|(field, value)| (field.key, self.value(handle, field, field.ty, value))),
        );
        pairs
    }

    /// The map of an object inside a record; one that may name a record has its address as `href`.
    fn object(self, handle: Handle, view: PublicView<'p>) -> Tera {
        let mut pairs = self.fields(handle, view);
        let links = view
            .fields()
            .filter_map(|(field, value)| Some((field.link.filter(|link| link.by != "id")?, value)));
        let mut links = links.peekable();
        if links.peek().is_some() {
            let target = links.find_map(|(link, value)| self.bearer(handle, link, value.as_text()?));
            pairs.push(("href", target.map_or(String::new(), |end| self.href_of(end)).into()));
        }
        map(&pairs)
    }

    /// The record named by a link of this record whose key has this value.
    fn bearer(self, handle: Handle, link: Link, value: &str) -> Option<Handle> {
        let bears = |end: &Handle| {
            let record = self.portal.record(*end).filter(|record| record.kind().plural == link.kind);
            let fields = record.into_iter().flat_map(|record| record.view().fields());
            fields.into_iter().any(|(field, known)| field.key == link.by && known.as_text() == Some(value))
        };
        self.portal.outgoing(handle).iter().map(|edge| edge.end).find(bears)
    }

    fn value(self, handle: Handle, field: &'static Field, ty: Type, value: &'p Value) -> Tera {
        match (ty, value) {
            (_, Value::Absent | Value::Spoilt) => Tera::none(),
            (_, Value::Count(count)) => (*count).into(),
            (_, Value::Flag(flag)) => (*flag).into(),
            (_, Value::Date(day)) => self.shared.date(*day),
            (Type::Choice(choices), Value::Choice(at)) => self.shared.choice(choices, usize::from(*at)),
            (Type::List(member), Value::List(values)) => {
                list(values.iter().map(|value| self.value(handle, field, *member, value)).collect())
            }
            (Type::Object(_), Value::Object(_)) => {
                object_view(ty, value).map_or_else(Tera::none, |view| self.object(handle, view))
            }
            (_, Value::Text(text)) => match words(ty, text) {
                Some(zh) => object([("value", (&**text).into()), ("zh", zh.into())]),
                None => self.text(handle, field, text),
            },
            _ => Tera::none(),
        }
    }

    fn text(self, handle: Handle, field: &'static Field, text: &'p str) -> Tera {
        let Some(named) = field.link.filter(|link| link.by == "id") else { return text.into() };
        let kind = self.portal.kinds.index(named.kind).map_or(u16::MAX, |at| at as u16);
        match self.portal.named(handle, kind, text) {
            None => object([("id", text.into()), ("title", text.into()), ("href", "".into())]),
            Some(end) if matches!(field.ty, Type::RegionCode) => {
                let title = self.portal.record(end).map_or("", PublicRecord::title);
                let place = list(self.places(end));
                object([
                    ("id", text.into()),
                    ("title", title.into()),
                    ("href", self.href_of(end).into()),
                    ("place", place),
                ])
            }
            Some(end) => self.link_to(end),
        }
    }

    /// The text of a value in a table cell: labels for choices, names for references.
    pub fn cell(self, field: &'static Field, value: &'p Value) -> String {
        self.cell_of(field, field.ty, value)
    }

    fn cell_of(self, field: &'static Field, ty: Type, value: &'p Value) -> String {
        match (ty, value) {
            (Type::Period | Type::Money, Value::Text(text)) => words(ty, text).unwrap_or_default(),
            (Type::List(member), Value::List(values)) => {
                let cells = values.iter().map(|value| self.cell_of(field, *member, value));
                cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join("、")
            }
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
            (_, Value::Flag(flag)) => if *flag { "是" } else { "否" }.to_string(),
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
