//! Takes from a record that is shown what the public may not see of it.
//!
//! In: a record by its field table. Out: the same record without internal fields, masked, cut to its stub when it has
//! closed, without the ids of records that have left; and every text that was taken, for the search of the outputs.
//!
//! Not here: which records are shown at all, and how names are masked (`mask`).

use std::collections::{HashMap, HashSet};

use super::mask::{Hidden, Masks, given};
use super::withheld::Withheld;
use crate::record::field::{Field, Kind, Type, Visibility};
use crate::record::value::{Record, Value};
use crate::record::values::Values;

/// What reducing records needs, and what it took away.
pub struct Reducer<'r> {
    /// Ids of records that are not shown, by kind.
    pub gone: &'r HashMap<&'static str, HashSet<Box<str>>>,
    /// The masks of names.
    pub masks: &'r Masks,
    /// The texts that were taken away.
    pub withheld: Withheld,
    /// The names that were masked, with the place of their record in its table.
    pub hidden: Vec<(usize, Hidden)>,
}

impl Reducer<'_> {
    /// Takes from a shown record, the one at this place of its table, what the public may not see. A name that is masked in one field is
    /// masked in what the others say, too.
    pub fn record(&mut self, kind: &'static Kind, no: usize, record: &mut Record) {
        let before = self.hidden.len();
        let stub = kind.stub.filter(|_| is_stub(kind, record));
        for (slot, value) in record.values.given_mut() {
            let Some(field) = kind.fields.get(slot) else { continue };
            if stub.is_some_and(|stub| !stub.keeps.contains(&field.key)) {
                self.withheld.value(field, field.ty, value);
                *value = Value::Absent;
            }
        }
        self.values(kind, kind.fields, no, &mut record.values, &mut Vec::new());
        self.hidden.iter().skip(before).for_each(|(_, hidden)| hidden.mask_record(record));
    }

    fn values(
        &mut self,
        kind: &'static Kind,
        fields: &'static [Field],
        no: usize,
        values: &mut Values,
        path: &mut Vec<&'static str>,
    ) {
        let is_masked = |field: &Field| matches!(field.visibility, Visibility::Masked(_));
        let given = if fields.iter().any(is_masked) { given(fields, values) } else { Vec::new() };
        for (slot, value) in values.given_mut() {
            let Some(field) = fields.get(slot) else { continue };
            path.push(field.key);
            match field.visibility {
                Visibility::Internal => {
                    self.withheld.value(field, field.ty, value);
                    *value = Value::Absent;
                }
                Visibility::Masked(how) => {
                    let place = (kind.plural, path.as_slice());
                    let hidden = self.masks.apply(how, place, field, value, &given, &mut self.withheld);
                    self.hidden.extend(hidden.map(|hidden| (no, hidden)));
                }
                Visibility::Public => {}
            }
            match (field.ty, &mut *value) {
                (Type::Object(fields), Value::Object(values)) => self.values(kind, fields, no, values, path),
                (Type::List(Type::Object(fields)), Value::List(members)) => {
                    for member in members.iter_mut() {
                        if let Value::Object(values) = member {
                            self.values(kind, fields, no, values, path);
                        }
                    }
                }
                (_, Value::Text(text)) if self.names_gone(field, text) => *value = Value::Absent,
                _ => {}
            }
            path.pop();
        }
    }

    fn names_gone(&self, field: &Field, text: &str) -> bool {
        let is_gone = |kind: &str| self.gone.get(kind).is_some_and(|ids| ids.contains(text));
        field.link.is_some_and(|link| link.by == "id" && is_gone(link.kind))
    }
}

/// Whether a record is cut down to what is left of one that has closed.
pub fn is_stub(kind: &Kind, record: &Record) -> bool {
    kind.stub.is_some_and(|stub| {
        record.view(kind).choice_key(stub.key).is_some_and(|value| stub.is.contains(&value))
    })
}
