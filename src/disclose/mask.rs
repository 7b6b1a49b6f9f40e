//! Masks: what of a name the public may see when not all of it.
//!
//! In: the settings and the records that are shown. Out: the mask of each name. A person whom two fields name is masked in
//! both as the stricter one asks, so that nothing is won by comparing two pages.
//!
//! Source: common practice for natural persons who are no officials; SAMR order 45 of 2021, articles 6 and 7, asks that
//! personal data be processed and nothing else be changed. Not here: what the masks look like (`record::privacy`).

use std::collections::HashMap;

use super::withheld::Withheld;
use crate::record::field::{Field, Kind, Mask, Type, Visibility};
use crate::record::privacy::{NameMask, PrivacySettings};
use crate::record::value::{Record, Value};
use crate::record::values::Values;

/// The masks of all names.
#[derive(Debug, Default)]
pub struct Masks {
    settings: PrivacySettings,
    /// The strictest mask that a name has anywhere; empty when all are alike.
    strictest: HashMap<Box<str>, NameMask>,
}

impl Masks {
    pub fn of(settings: &PrivacySettings) -> Masks {
        Masks { settings: settings.clone(), strictest: HashMap::new() }
    }

    /// Notes the names of a record that will be shown.
    pub fn note(&mut self, kind: &Kind, record: &Record) {
        if self.settings.differ() {
            self.note_values(kind, kind.fields, &record.values, &mut Vec::new());
        }
    }

    fn note_values(
        &mut self,
        kind: &Kind,
        fields: &'static [Field],
        values: &Values,
        path: &mut Vec<&'static str>,
    ) {
        let given = given(fields, values);
        for (field, value) in fields.iter().zip(values) {
            path.push(field.key);
            if let (Visibility::Masked(how), Value::Text(name)) = (field.visibility, value)
                && hides(how, &given)
            {
                let mask = self.settings.mask(kind.plural, &path.join("."));
                let strictest = self.strictest.entry(name.as_str().into()).or_insert(mask);
                *strictest = mask.min(*strictest);
            }
            match (field.ty, value) {
                (Type::Object(fields), Value::Object(values)) => self.note_values(kind, fields, values, path),
                (Type::List(Type::Object(fields)), Value::List(members)) => {
                    for member in members {
                        if let Value::Object(values) = member {
                            self.note_values(kind, fields, values, path);
                        }
                    }
                }
                _ => {}
            }
            path.pop();
        }
    }

    /// Replaces a value by its masked form and remembers what was hidden. `given` are the keys beside it that
    /// have a value, `path` leads to it from the record.
    pub fn apply(
        &self,
        how: Mask,
        place: (&str, &[&'static str]),
        field: &Field,
        value: &mut Value,
        given: &[&str],
        withheld: &mut Withheld,
    ) -> Option<Hidden> {
        let Value::Text(name) = &*value else { return None };
        if !hides(how, given) {
            return None;
        }
        let mask = match self.strictest.get(name.as_str()) {
            Some(mask) => *mask,
            None if self.settings.differ() => self.settings.mask(place.0, &place.1.join(".")),
            None => self.settings.name_mask,
        };
        let masked = mask.of(name);
        if *masked == **name {
            return None;
        }
        let hidden = Hidden { name: name.as_str().into(), masked: masked.clone() };
        withheld.value(field, field.ty, value);
        *value = Value::Text((*masked).into());
        // One character stands in other words by chance.
        Some(hidden).filter(|hidden| hidden.name.chars().count() >= 2)
    }
}

/// A name that was masked. What is said beside it must not say the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// The whole name.
    pub name: Box<str>,
    /// What the public may see of it.
    pub masked: Box<str>,
}

impl Hidden {
    /// Masks the name wherever it stands in the texts of a record.
    pub fn mask_record(&self, record: &mut Record) {
        record.values.given_mut().for_each(|(_, value)| self.mask_value(value));
        if let Some(prose) = &mut record.prose
            && let Some(masked) = self.masked_in(&prose.body)
        {
            prose.body = masked.into();
        }
    }

    /// Masks the name wherever it stands in a text.
    pub fn mask_text(&self, text: &mut String) {
        if let Some(masked) = self.masked_in(text) {
            *text = masked;
        }
    }

    /// A text that tells the name, without it.
    fn masked_in(&self, text: &str) -> Option<String> {
        text.contains(&*self.name).then(|| text.replace(&*self.name, &self.masked))
    }

    fn mask_value(&self, value: &mut Value) {
        match value {
            Value::Text(text) => {
                if let Some(masked) = self.masked_in(text) {
                    *text = masked.into();
                }
            }
            Value::List(members) => members.iter_mut().for_each(|member| self.mask_value(member)),
            Value::Object(values) => values.given_mut().for_each(|(_, member)| self.mask_value(member)),
            _ => {}
        }
    }
}

/// The keys of the fields that have a value.
pub fn given(fields: &'static [Field], values: &Values) -> Vec<&'static str> {
    let given = fields.iter().zip(values).filter(|(_, value)| !value.is_absent());
    given.map(|(field, _)| field.key).collect()
}

fn hides(how: Mask, given: &[&str]) -> bool {
    match how {
        Mask::Name => true,
        Mask::NameUnless(key) => !given.contains(&key),
    }
}
