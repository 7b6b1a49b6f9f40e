//! The texts that must stand nowhere in the output.
//!
//! While the gate drops and masks, every text it takes away is collected here; what the public may read
//! elsewhere is struck off the list; what is left is searched for in every output before the switch. Texts
//! of four characters and more are searched anywhere, shorter ones only as whole fields, since two or three
//! characters stand everywhere by chance; of ASCII alone, up to seven letters and digits only as whole words. Names of three
//! characters that a mask hides are searched anywhere in attachments too.
//!
//! Not here: the search itself (`needles`).

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use crate::calendar::Date;
use crate::needles::{Needles, Weight};
use crate::record::field::{Field, Type, Visibility};
use crate::record::value::{Record, Value, View};

use super::Absence;

/// Collects what was taken away.
#[derive(Debug, Default)]
pub struct Withheld {
    texts: HashSet<Box<str>>,
    /// Names of three characters among them that a mask hides.
    names: HashSet<Box<str>>,
    /// Texts that only records hold which were withdrawn.
    removed: HashSet<Box<str>>,
    /// Texts that only records whose term is over held, with the last day.
    ended: HashMap<Box<str>, Date>,
}

impl Withheld {
    /// Everything that several workers took from records that are shown.
    pub fn add_all(&mut self, parts: Vec<Withheld>) {
        for part in parts {
            self.texts.extend(part.texts);
            self.names.extend(part.names);
            self.removed.extend(part.removed);
            self.ended.extend(part.ended);
        }
    }

    /// Every text of a record that is not shown at all.
    pub fn whole(&mut self, view: View<'_>, record: &Record, absence: Absence) {
        if absence == Absence::NotYet {
            return self.all_of(view, record);
        }
        let mut own = Withheld::default();
        own.all_of(view, record);
        self.names.extend(own.names);
        match absence {
            Absence::Expired(last) => self.ended.extend(own.texts.into_iter().map(|text| (text, last))),
            _ => self.removed.extend(own.texts),
        }
    }

    fn all_of(&mut self, view: View<'_>, record: &Record) {
        for (field, value) in view.fields.iter().zip(view.values) {
            self.value(field, field.ty, value);
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
            (
                Type::Moment
                | Type::Decimal
                | Type::Money
                | Type::Period
                | Type::RegionCode
                | Type::Id
                | Type::SampleNo,
                _,
            ) => {}
            (_, Value::Text(text)) if !names_by_id(field) && text.chars().count() >= 2 => {
                self.texts.insert(text.as_str().into());
                if matches!(field.visibility, Visibility::Masked(_)) && text.chars().count() == 3 {
                    self.names.insert(text.as_str().into());
                }
            }
            _ => {}
        }
    }

    /// Strikes off what stands in public texts, and makes the search for the rest. `fields` are whole public
    /// values, `prose` texts in which a value may stand anywhere, `gone` the routes of what has left, with the ids that no public record bears,
    /// which tombstones and the page of withdrawals may name.
    pub fn into_needles<'p>(
        self,
        fields: &[&'p str],
        prose: &[&'p str],
        gone: &[(&str, Option<&str>)],
    ) -> Needles {
        let Withheld { mut texts, names, mut removed, mut ended } = self;
        removed.retain(|text| !texts.contains(text));
        ended.retain(|text, _| !texts.contains(text) && !removed.contains(text));
        texts.extend(removed.iter().cloned());
        texts.extend(ended.keys().cloned());
        let weight = |text: &str| match ended.get(text) {
            Some(last) => Weight::Ended(*last),
            None if removed.contains(text) => Weight::Removed,
            None => Weight::Withheld,
        };
        for id in gone.iter().filter_map(|(_, id)| *id) {
            // A credit code or a sample number may be the id: the address of the tombstone tells it.
            texts.remove(id);
        }
        let (long, mut short): (HashSet<Box<str>>, HashSet<Box<str>>) =
            texts.into_iter().partition(|text| text.chars().count() >= 4);
        let names = names.into_iter().filter(|name| short.contains(name));
        let mut long = Needles::candidates(long.into_iter().chain(names));
        long.strike_off(fields);
        long.strike_off(prose);
        // Three characters are twelve bytes at the most: longer fields need not be looked up.
        let is_public = |text: &&str| text.len() <= 12 && short.contains(*text);
        let public: Vec<&str> = fields.par_iter().copied().filter(is_public).collect();
        public.into_iter().for_each(|text| {
            short.remove(text);
        });
        let mut short: Vec<Box<str>> = short.into_iter().collect();
        short.sort_unstable();
        let mut whole = Needles::default();
        short.iter().for_each(|text| whole.whole_field(text, weight(text)));
        whole.strike_off(prose);
        let mut needles = Needles::default();
        long.into_texts().for_each(|text| {
            let is_name = text.chars().count() == 3;
            needles.anywhere(&text, if is_name { Weight::Name } else { weight(&text) });
        });
        whole.into_texts().for_each(|text| {
            let bare = text.trim_matches(|c| matches!(c, '>' | '<' | '"' | ',' | '\r' | '\n'));
            needles.exactly(&text, weight(bare));
        });
        for (route, id) in gone {
            needles.anywhere(route, Weight::Gone);
            if let Some(id) = id {
                needles.whole_field(id, Weight::Gone);
            }
        }
        needles
    }
}

/// Whether a field holds the id of another record: ids have a search of their own.
fn names_by_id(field: &Field) -> bool {
    field.link.is_some_and(|link| link.by == "id")
}
