//! The texts that must stand nowhere in the output.
//!
//! While the gate drops and masks, every text it takes away is collected here; what the public may read
//! elsewhere is struck off the list; what is left is searched for in every output before the switch. Texts
//! of four characters and more are searched anywhere, shorter ones only as whole fields, since two or three
//! characters stand everywhere by chance.
//!
//! Not here: the search itself (`needles`).

use std::collections::HashSet;

use super::Absence;
use crate::needles::{Needles, Weight};
use crate::record::field::{Field, Type, Visibility};
use crate::record::value::{Record, Value, View};

/// Collects what was taken away.
///
/// A text may stand in an article all the same, since its author wrote it there. A name may not: it says who is
/// behind a mask, or whom something was about that has left.
#[derive(Debug, Default)]
pub struct Withheld {
    texts: HashSet<Box<str>>,
    masked: HashSet<Box<str>>,
    departed: HashSet<Box<str>>,
}

impl Withheld {
    /// Every text of a record that is not shown at all.
    pub fn whole(&mut self, view: View<'_>, record: &Record, absence: Absence) {
        for (field, value) in view.fields.iter().zip(view.values) {
            self.value(field, field.ty, value);
        }
        if record.prose.is_none() && absence != Absence::NotYet {
            self.whom(view.fields, view.values);
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

    /// A name that is behind a mask now.
    pub fn masked(&mut self, name: &str) {
        self.masked.insert(name.into());
    }

    /// What says whom a record is about: names, credit codes, document numbers.
    fn whom(&mut self, fields: &[Field], values: &[Value]) {
        for (field, value) in fields.iter().zip(values) {
            let tells = field.key == "name"
                || matches!(field.visibility, Visibility::Masked(_))
                || matches!(field.ty, Type::Uscc | Type::DocNo);
            match (field.ty, value) {
                (Type::Object(fields), Value::Object(values)) => self.whom(fields, values),
                (_, Value::Text(text)) if tells && !names_by_id(field) => {
                    self.departed.insert(text.clone());
                }
                _ => {}
            }
        }
    }

    /// Strikes off what stands in public texts, and makes the search for the rest. `fields` are whole public
    /// values, `prose` texts in which a value may stand anywhere, `gone` the routes and ids of what has left,
    /// which tombstones and the page of withdrawals may name.
    pub fn into_needles<'p>(
        self,
        fields: &[&'p str],
        prose: &[&'p str],
        gone: impl Iterator<Item = (&'p str, &'p str)>,
    ) -> Needles {
        let mut needles = Needles::default();
        add(&mut needles, self.texts, Weight::Withheld, fields, prose);
        add(&mut needles, self.masked, Weight::Withheld, fields, &[]);
        add(&mut needles, self.departed, Weight::Departed, fields, &[]);
        for (route, id) in gone {
            needles.anywhere(route, Weight::Gone);
            needles.whole_field(id, Weight::Gone);
        }
        needles
    }
}

/// Lets texts be looked for unless they turn out to be public.
fn add(needles: &mut Needles, texts: HashSet<Box<str>>, weight: Weight, fields: &[&str], prose: &[&str]) {
    let (long, mut short): (HashSet<Box<str>>, HashSet<Box<str>>) =
        texts.into_iter().partition(|text| text.chars().count() >= 4);
    let mut long = Needles::candidates(long);
    long.strike_off(fields);
    long.strike_off(prose);
    fields.iter().for_each(|text| {
        short.remove(*text);
    });
    let mut short: Vec<Box<str>> = short.into_iter().collect();
    short.sort_unstable();
    let mut whole = Needles::default();
    short.iter().for_each(|text| whole.whole_field(text, weight));
    whole.strike_off(prose);
    long.into_texts().for_each(|text| needles.anywhere(&text, weight));
    whole.into_texts().for_each(|text| needles.exactly(&text, weight));
}

/// Whether a field holds the id of another record: ids have a search of their own.
fn names_by_id(field: &Field) -> bool {
    field.link.is_some_and(|link| link.by == "id")
}
