//! The texts that must stand nowhere in the output.
//!
//! While the gate drops and masks, every text it takes away is collected here; what the public may read
//! elsewhere is struck off the list; what is left is searched for in every output before the switch. Texts
//! of four characters and more are searched anywhere, shorter ones only as whole fields, since two or three
//! characters stand everywhere by chance.
//!
//! Not here: the search itself (`text::Needles`).

use std::collections::HashSet;

use super::Absence;
use crate::record::field::{Field, Type, Visibility};
use crate::record::value::{Record, Value, View};
use crate::text::Needles;

/// Collects what was taken away.
///
/// Texts may stand in an article all the same, since its author wrote them there; names may not: they tell who
/// was withdrawn or hidden behind a mask.
#[derive(Debug, Default)]
pub struct Withheld {
    texts: HashSet<Box<str>>,
    names: HashSet<Box<str>>,
}

impl Withheld {
    /// Every text of a record that is not shown at all.
    pub fn whole(&mut self, view: View<'_>, record: &Record, absence: Absence) {
        for (field, value) in view.fields.iter().zip(view.values) {
            self.value(field, field.ty, value);
        }
        if record.prose.is_none() && absence != Absence::NotYet {
            self.names_in(view.fields, view.values);
        }
        if let Some(prose) = &record.prose {
            for line in prose.body.lines().map(str::trim).filter(|line| line.chars().count() >= 8) {
                self.texts.insert(line.into());
            }
        }
    }

    /// Every text of one value.
    pub fn value(&mut self, field: &Field, ty: Type, value: &Value) {
        match (ty, value) {
            (Type::Object(fields), Value::Object(values)) => {
                for (field, value) in fields.iter().zip(values) {
                    self.value(field, field.ty, value);
                }
            }
            (Type::List(member), Value::List(values)) => {
                values.iter().for_each(|value| self.value(field, *member, value))
            }
            // Ids have a search of their own (`gone`): the page of withdrawals may name them.
            (Type::Moment | Type::Decimal | Type::RegionCode | Type::Id, _) => {}
            (_, Value::Text(text)) if !names_by_id(field) && text.chars().count() >= 2 => {
                self.texts.insert(text.clone());
            }
            _ => {}
        }
    }

    /// A name that a mask hides.
    pub fn name(&mut self, name: &str) {
        if name.chars().count() >= 2 {
            self.names.insert(name.into());
        }
    }

    /// What says whom a record is about: names, credit codes, document numbers.
    fn names_in(&mut self, fields: &[Field], values: &[Value]) {
        for (field, value) in fields.iter().zip(values) {
            let tells = field.key == "name"
                || matches!(field.visibility, Visibility::Masked(_))
                || matches!(field.ty, Type::Uscc | Type::DocNo);
            match (field.ty, value) {
                (Type::Object(fields), Value::Object(values)) => self.names_in(fields, values),
                (_, Value::Text(text)) if tells && !names_by_id(field) => self.name(text),
                _ => {}
            }
        }
    }

    /// The search for the addresses and ids of what has left, in the forms in which an output would name them.
    pub fn gone<'d>(departed: impl Iterator<Item = (&'d str, &'d str)>) -> Needles {
        let (routes, ids): (Vec<Box<str>>, Vec<Box<str>>) =
            departed.map(|(route, id)| (Box::from(route), Box::from(id))).unzip();
        Needles::anywhere(routes).with_whole_fields(ids)
    }

    /// Strikes off what stands in public texts, and makes the search for the rest. `fields` are whole public
    /// values, `prose` texts in which a value may stand anywhere.
    pub fn into_needles<'p>(
        self,
        fields: impl Iterator<Item = &'p str>,
        prose: impl Iterator<Item = &'p str>,
    ) -> Needles {
        if self.texts.is_empty() && self.names.is_empty() {
            return Needles::default();
        }
        let (mut long_names, mut short_names) = by_length(self.names);
        let (mut long, mut short) = by_length(self.texts);
        for text in fields {
            long_names.strike_off(text);
            long.strike_off(text);
            short_names.remove(text);
            short.remove(text);
        }
        for text in prose {
            long.strike_off(text);
            short.retain(|wanted| !text.contains(&**wanted));
        }
        short.extend(short_names);
        long.joined(long_names).with_whole_fields(short)
    }
}

/// Texts that are searched anywhere, and those that count as whole fields only.
fn by_length(texts: HashSet<Box<str>>) -> (Needles, HashSet<Box<str>>) {
    let (long, short): (HashSet<_>, HashSet<_>) =
        texts.into_iter().partition(|text| text.chars().count() >= 4);
    (Needles::anywhere(long), short)
}

/// Whether a field holds the id of another record: ids have a search of their own.
fn names_by_id(field: &Field) -> bool {
    field.link.is_some_and(|link| link.by == "id")
}
