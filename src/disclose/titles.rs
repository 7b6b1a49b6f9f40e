//! Titles that are put together: of records that no field of theirs names, who, what and when.
//!
//! In: the records that are shown, and the patterns of their kinds. Out: a title a record, of kinds with a pattern alone.
//! Made once, since lists, pages, feeds and the search all ask for it. Only what the public may read goes into one.
//!
//! Not here: titles that are a field (`public`).

use rayon::prelude::*;

use super::portal::Portal;
use super::public::PublicRecord;
use crate::locale::{Label, Locale, fill_slots};
use crate::record::edges::Handle;
use crate::record::field::{Type, Visibility};
use crate::record::value::Value;

impl Portal {
    /// The titles of all records, by kind; none of kinds without a pattern.
    pub(super) fn make_titles(&self) -> Vec<Vec<Box<str>>> {
        let of = |(at, kind): (u16, &'static crate::record::field::Kind)| {
            if kind.called.0.is_empty() {
                return Vec::new();
            }
            let pattern = self.locale.label(Label { zh: kind.called.0, en: kind.called.1 });
            let handles: Vec<Handle> = self.handles(at).collect();
            handles.into_par_iter().map(|handle| self.fill_title(pattern, handle).into()).collect()
        };
        (0u16..).zip(self.kinds.all()).map(of).collect()
    }

    fn fill_title(&self, pattern: &str, handle: Handle) -> String {
        fill_slots(pattern, |key| Some(self.told(key, handle).unwrap_or_default().into()))
    }

    /// A field as words inside a title: the name of the record that it names, the label of a choice without a capital.
    fn told(&self, key: &str, handle: Handle) -> Option<String> {
        let record = self.record(handle)?;
        let slot = record.kind().slot(key)?;
        let (field, value) = record
            .view()
            .fields()
            .find(|(field, _)| field.key == key && field.visibility == Visibility::Public)?;
        let locale: &Locale = &self.locale;
        Some(match (field.ty, value) {
            (Type::Choice(choices), Value::Choice(at)) => {
                let choice = choices.get(usize::from(*at))?;
                locale.unit(Label { zh: choice.zh, en: choice.en }).to_string()
            }
            (_, Value::Date(day)) => locale.date(*day),
            (_, Value::Count(count)) => count.to_string(),
            (_, Value::Text(text)) => {
                let named = self.outgoing(handle).iter().find(|edge| usize::from(edge.slot) == slot);
                let named = named.and_then(|edge| self.record(edge.end)).map(PublicRecord::name);
                named.unwrap_or(text).to_string()
            }
            _ => return None,
        })
    }
}
