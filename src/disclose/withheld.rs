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

    /// Strikes off what stands in public texts, and makes the search for the rest. `gone` are the routes of what has left, with
    /// their ids, which tombstones and the page of withdrawals may name.
    pub fn into_needles(self, public: &Public<'_>, gone: &[(&str, &str)]) -> Needles {
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
        let (long, mut short): (HashSet<Box<str>>, HashSet<Box<str>>) =
            texts.into_iter().partition(|text| text.chars().count() >= 4);
        let names = names.into_iter().filter(|name| short.contains(name));
        let mut long = Needles::candidates(long.into_iter().chain(names));
        // A credit code is the id of an enterprise and a public fact of other records at once.
        let ids: HashSet<&str> = gone.iter().map(|(_, id)| *id).collect();
        let told = public.told(&long, &short, &ids);
        let is_gone = |id: &str| ids.contains(id) && !told.ids.contains(id);
        long.strike(told.long);
        // A credit code or a sample number may be the id: the address of the tombstone tells it.
        long.strike_if(|text| is_gone(text));
        long.strike_off(&public.prose);
        short.retain(|text| !told.short.contains(&**text) && !is_gone(text));
        let mut short: Vec<Box<str>> = short.into_iter().collect();
        short.sort_unstable();
        let mut whole = Needles::default();
        short.iter().for_each(|text| whole.whole_field(text, weight(text)));
        whole.strike_off(&public.prose);
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
            if is_gone(id) {
                needles.whole_field(id, Weight::Gone);
            }
        }
        needles
    }
}

/// What the public may read.
pub struct Public<'p> {
    /// Words of the site.
    pub words: Vec<&'p str>,
    /// Records, whose values are whole fields.
    pub tables: &'p [Vec<Record>],
    /// Texts in which a value may stand anywhere.
    pub prose: Vec<&'p str>,
}

/// What is public of what was taken away elsewhere.
#[derive(Default)]
struct Told<'p> {
    /// The long texts that stand somewhere in a public one.
    long: HashSet<u32>,
    /// The short texts that are a whole public one.
    short: HashSet<&'p str>,
    /// The ids that a public record bears or names.
    ids: HashSet<&'p str>,
    met: Met,
}

impl<'p> Public<'p> {
    fn told(&self, long: &Needles, short: &HashSet<Box<str>>, ids: &HashSet<&str>) -> Told<'p> {
        let (is_short, is_id) = (lengths(short.iter()), lengths(ids.iter()));
        let note = |told: &mut Told<'p>, text: &'p str| {
            long.each_in(text, |number| {
                told.long.insert(number);
            });
            if is_short(text) && short.contains(text) {
                told.short.insert(text);
            }
        };
        let mut all = Told::default();
        self.words.iter().for_each(|text| note(&mut all, text));
        let note_of_record = |told: &mut Told<'p>, text: &'p str| {
            if told.met.is_new(text) {
                note(told, text);
                if is_id(text) && ids.contains(text) {
                    told.ids.insert(text);
                }
            }
        };
        for table in self.tables {
            let of_records = table.par_iter().fold(Told::default, |mut told, record| {
                record
                    .values
                    .iter()
                    .for_each(|value| each_text(value, &mut |text| note_of_record(&mut told, text)));
                note_of_record(&mut told, record.id.as_str());
                told
            });
            all = of_records.reduce_with(Told::and).unwrap_or_default().and(all);
        }
        all
    }
}

/// Tells the texts that are as long as one of these, in bytes: few public texts are, and only they need be looked up.
fn lengths<T: AsRef<str>>(texts: impl Iterator<Item = T>) -> impl Fn(&str) -> bool {
    let bit = |text: &str| 1_u64 << text.len().min(63);
    let known = texts.fold(0, |known, text| known | bit(text.as_ref()));
    move |text| known & bit(text) != 0
}

/// Texts met last, by where they stand in memory: records of a file share what they have in common, and a text that was looked
/// at need not be looked at again.
#[derive(Default)]
struct Met(Vec<(usize, usize)>);

/// Places of the table; a power of two.
const PLACES: usize = 1 << 12;

impl Met {
    /// Whether this very text was not met lately.
    fn is_new(&mut self, text: &str) -> bool {
        let place = (text.as_ptr() as usize, text.len());
        if self.0.is_empty() {
            self.0.resize(PLACES, (0, 0));
        }
        // Texts stand some multiple of eight bytes apart.
        let slot = (place.0 >> 3).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (usize::BITS - PLACES.ilog2());
        self.0.get_mut(slot).is_none_or(|met| std::mem::replace(met, place) != place)
    }
}

impl Told<'_> {
    fn and(mut self, other: Self) -> Self {
        self.long.extend(other.long);
        self.short.extend(other.short);
        self.ids.extend(other.ids);
        self
    }
}

fn each_text<'v>(value: &'v Value, note: &mut impl FnMut(&'v str)) {
    match value {
        Value::Text(text) => note(text),
        Value::List(members) => members.iter().for_each(|member| each_text(member, note)),
        Value::Object(values) => values.iter().for_each(|member| each_text(member, note)),
        _ => {}
    }
}

/// Whether a field holds the id of another record: ids have a search of their own.
fn names_by_id(field: &Field) -> bool {
    field.link.is_some_and(|link| link.by == "id")
}
