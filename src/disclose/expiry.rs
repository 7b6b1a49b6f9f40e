//! Terms that are over: of every record, the days that its kind's table calls the end of a term and that have passed.
//!
//! Settled behind the gate, so that a page can say that a title or a certificate has run out without looking at the
//! date, and the next change of the output is known. In: public values and the [`Clock`]. Out: keys by record.
//!
//! Not here: records that leave when their day is over (`Period`), and the warning to the office (`check`).

use std::collections::HashMap;

use super::clock::Clock;
use crate::record::Kinds;
use crate::record::edges::Handle;
use crate::record::field::{Constraint, Kind};
use crate::record::value::{Record, Value};

/// The keys of terms that are over, of the records that have one.
pub(super) fn over(
    kinds: &Kinds,
    tables: &[Vec<Record>],
    clock: &Clock,
) -> HashMap<Handle, Vec<&'static str>> {
    let mut over: HashMap<Handle, Vec<&'static str>> = HashMap::new();
    for ((at, kind), table) in kinds.all().enumerate().zip(tables) {
        for key in terms(kind) {
            for (no, record) in table.iter().enumerate() {
                let Value::Date(last) = record.view(kind).by_key(key) else { continue };
                if clock.is_over(*last) {
                    over.entry(Handle { kind: at as u16, no: no as u32 }).or_default().push(key);
                }
            }
        }
    }
    over
}

fn terms(kind: &Kind) -> impl Iterator<Item = &'static str> {
    kind.constraints.iter().filter_map(|constraint| match constraint {
        Constraint::Expires(key) => Some(*key),
        _ => None,
    })
}
