//! What code behind the gate sees of a record: public fields only.
//!
//! A [`PublicView`] takes only slots of type [`Public`], so naming an internal field is a compile error; the
//! internal values themselves were dropped by the gate.

use std::borrow::Cow;

use crate::calendar::Date;
use crate::diagnostic::Origin;
use crate::locale::Locale;
use crate::record::field::{Choice, Field, Kind, Public, Type, Visibility};
use crate::record::value::{Prose, Record, Value, View};

/// One record as the public may see it.
#[derive(Clone, Copy, Debug)]
pub struct PublicRecord<'p> {
    pub(super) kind: &'static Kind,
    pub(super) record: &'p Record,
    pub(super) locale: &'p Locale,
    /// Its title when it is put together.
    pub(super) title: Option<&'p str>,
}

/// The public fields of a record or of an object inside it.
#[derive(Clone, Copy, Debug)]
pub struct PublicView<'p>(View<'p>);

impl<'p> PublicRecord<'p> {
    /// Its kind.
    pub fn kind(self) -> &'static Kind {
        self.kind
    }

    /// Where it is written: for messages to the author, never for a page.
    pub fn origin(self) -> Origin {
        self.record.origin
    }

    /// Its id.
    pub fn id(self) -> &'p str {
        self.record.id.as_str()
    }

    /// Its fields.
    pub fn view(self) -> PublicView<'p> {
        PublicView(self.record.view(self.kind))
    }

    /// Its text, of an article, a chapter or a page.
    pub fn prose(self) -> Option<&'p Prose> {
        self.record.prose.as_deref()
    }

    /// The words that name it in links: those put together of several fields, else its [`PublicRecord::name`].
    pub fn title(self) -> &'p str {
        self.title.unwrap_or_else(|| self.name())
    }

    /// What its title field says: its text, the first words inside it, or the label of its choice in the language of the site.
    pub fn name(self) -> &'p str {
        let view = self.record.view(self.kind);
        match view.by_key(self.kind.title) {
            Value::Text(text) => text,
            Value::Object(values) => values.iter().find_map(Value::as_text).unwrap_or(self.id()),
            Value::List(values) => values.iter().find_map(Value::as_text).unwrap_or(self.id()),
            Value::Choice(_) => {
                let at = self.kind.slot(self.kind.title).map_or(u16::MAX, |at| at as u16);
                view.choice_of(Public(at)).map_or(self.id(), |choice| choice.label_in(self.locale))
            }
            _ => self.id(),
        }
    }

    /// The words at the head of its page: its own heading, else what its kind makes of its fields, else its title.
    pub fn heading(self) -> Cow<'p, str> {
        let Some((own, word)) = self.kind.heading else { return self.title().into() };
        if let Value::Text(text) = self.record.view(self.kind).by_key(own) {
            return Cow::Borrowed(text);
        }
        let told = self.view().fields().filter_map(|(field, value)| {
            let words = match (field.ty, value) {
                (Type::Choice(choices), Value::Choice(at)) => {
                    choices.get(usize::from(*at))?.label_in(self.locale)
                }
                (_, value) => value.as_text()?,
            };
            Some((field.key, words))
        });
        self.locale.fill(word, &told.collect::<Vec<_>>()).into()
    }
}

impl<'p> PublicView<'p> {
    /// Each public field with its value, in the order of the table.
    pub fn fields(self) -> impl Iterator<Item = (&'static Field, &'p Value)> {
        self.0.fields.iter().zip(self.0.values).filter(|(field, _)| field.visibility != Visibility::Internal)
    }

    /// The value at a slot.
    pub fn value(self, slot: Public) -> &'p Value {
        self.0.value(slot)
    }

    /// The text at a slot.
    pub fn text(self, slot: Public) -> Option<&'p str> {
        self.0.text(slot)
    }

    /// The day at a slot.
    pub fn date(self, slot: Public) -> Option<Date> {
        self.0.date(slot)
    }

    /// The number at a slot.
    pub fn count(self, slot: Public) -> Option<i64> {
        self.0.count(slot)
    }

    /// The choice at a slot, with its labels.
    pub fn choice(self, slot: Public) -> Option<&'static Choice> {
        self.0.choice_of(slot)
    }

    /// The object at a slot.
    pub fn object(self, slot: Public) -> Option<PublicView<'p>> {
        self.0.object(slot).map(PublicView)
    }

    /// The objects of the list at a slot.
    pub fn objects(self, slot: Public) -> impl Iterator<Item = PublicView<'p>> {
        self.0.objects(slot).map(PublicView)
    }
}

/// A look at an object value by its field table.
pub fn object_view<'p>(ty: Type, value: &'p Value) -> Option<PublicView<'p>> {
    match (ty, value) {
        (Type::Object(fields), Value::Object(values)) => Some(PublicView(View { fields, values })),
        _ => None,
    }
}
