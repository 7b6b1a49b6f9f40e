//! Kinds of which only numbers are published: their records become a row for each combination of the values they are
//! counted by, with how many there are, how many are done and how many are late.
//!
//! In: the ledger before anything is left out, and who is absent. Out: the first record of each combination as its
//! row, under an id made of these values, and all other records among the absent, of which nothing may tell.
//!
//! Not here: which words a definition may use (`record::collection`), and what is taken from a row because it is
//! internal (`reduce`).

use std::collections::BTreeMap;

use super::{Absence, Absences, Clock, former_route};
use crate::calendar::Date;
use crate::ledger::Ledger;
use crate::record::edges::Handle;
use crate::record::field::{Counts, Kind};
use crate::record::value::{Record, Value, View};
use crate::route::{RecordId, Route};
use crate::text::content_hash;

/// What is counted of the records behind a row.
#[derive(Clone, Copy, Default)]
struct Numbers {
    all: i64,
    done: i64,
    late: i64,
}

/// Puts numbers in the place of records; returns the addresses that the records would have had.
pub(super) fn count(ledger: &mut Ledger, absent: &mut Absences, clock: &Clock) -> Vec<Route> {
    let mut former = Vec::new();
    let Ledger { kinds, tables, .. } = ledger;
    for ((at, kind), table) in (0u16..).zip(kinds.all()).zip(tables) {
        if kind.counted_by.is_empty() {
            continue;
        }
        former.extend(table.iter().filter_map(|record| former_route(kinds, kind, record)));
        let mut rows: BTreeMap<String, (usize, Numbers)> = BTreeMap::new();
        for (no, record) in table.iter().enumerate() {
            let handle = Handle { kind: at, no: no as u32 };
            if absent.contains_key(&handle) {
                continue;
            }
            let view = record.view(kind);
            let (first, numbers) = rows.entry(group_of(kind, view)).or_insert((no, Numbers::default()));
            numbers.add(kind, view, clock);
            if *first != no {
                absent.insert(handle, Absence::NotYet);
            }
        }
        for (group, (first, numbers)) in rows {
            // The id stays when others come or go, and so does the address.
            let id = format!("{:012x}", content_hash(group.as_bytes()) & ((1 << 48) - 1));
            if let (Some(record), Ok(id)) = (table.get_mut(first), RecordId::parse(&id)) {
                numbers.write(kind, record, id);
            }
        }
    }
    former
}

/// Puts rows in the order of their ids, as those of every table are. `places` says which row each record became.
pub(super) fn order(rows: &mut [Record], places: &mut [Option<u32>]) {
    let before: Vec<RecordId> = rows.iter().map(|row| row.id.clone()).collect();
    rows.sort_by(|one, other| one.id.cmp(&other.id));
    for place in places.iter_mut().flatten() {
        let now = before.get(*place as usize).and_then(|id| rows.binary_search_by(|row| row.id.cmp(id)).ok());
        *place = now.map_or(*place, |now| now as u32);
    }
}

/// The values that a record is counted by, as one text that no order of choices changes.
fn group_of(kind: &Kind, view: View<'_>) -> String {
    let word =
        |key: &str| view.choice_key(key).or(view.by_key(key).as_text()).unwrap_or_default().to_string();
    kind.counted_by.iter().map(|key| format!("{key}={}\n", word(key))).collect()
}

impl Numbers {
    fn add(&mut self, kind: &Kind, view: View<'_>, clock: &Clock) {
        self.all += 1;
        let Some((due, done)) = kind.constraints.iter().find_map(|one| one.deadline()) else { return };
        let day = |key: &str| match view.by_key(key) {
            Value::Date(day) => Some(*day),
            _ => None,
        };
        let is_done = day(done).is_some_and(|day: Date| clock.has_come(day));
        self.done += i64::from(is_done);
        self.late += i64::from(!is_done && day(due).is_some_and(|day| clock.is_over(day)));
    }

    fn write(self, kind: &Kind, record: &mut Record, id: RecordId) {
        for (slot, field) in kind.fields.iter().enumerate() {
            let number = match field.counts {
                Some(Counts::All) => self.all,
                Some(Counts::Done) => self.done,
                Some(Counts::Late) => self.late,
                None if field.key == "id" => {
                    record.values.set(slot, Value::Text(id.as_str().into()));
                    continue;
                }
                None => continue,
            };
            record.values.set(slot, Value::Count(number));
        }
        record.id = id;
    }
}
