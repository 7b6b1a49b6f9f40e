//! Terms that are over: of every record, the days that its kind's table calls the end of a term and that have passed, and
//! those by which something was due that has not been done; and the tasks of a plan whose phase has not begun.
//!
//! Settled behind the gate, so that a page can say that a title has run out or a task is late without looking at the
//! date, and the next change of the output is known. In: public values and the [`Clock`]. Out: keys by record.
//!
//! Not here: records that leave when their day is over (`Period`), and the warning to the office (`check`).

use std::collections::{HashMap, HashSet};

use super::clock::Clock;
use crate::record::Kinds;
use crate::record::edges::Handle;
use crate::record::field::{Constraint, Kind, Visibility};
use crate::record::value::{Record, Value};
use crate::record::{plan_task, work_plan};

/// The keys of terms that are over, of the records that have one.
pub(super) fn over(
    kinds: &Kinds,
    tables: &[Vec<Record>],
    clock: &Clock,
) -> HashMap<Handle, Vec<&'static str>> {
    let mut over: HashMap<Handle, Vec<&'static str>> = HashMap::new();
    for ((at, kind), table) in kinds.all().enumerate().zip(tables) {
        for (key, done) in terms(kind) {
            for (no, record) in table.iter().enumerate() {
                let view = record.view(kind);
                let Value::Date(last) = view.by_key(key) else { continue };
                let is_done = done.is_some_and(|done| !view.by_key(done).is_absent());
                if !is_done && clock.is_over(*last) {
                    over.entry(Handle { kind: at as u16, no: no as u32 }).or_default().push(key);
                }
            }
        }
    }
    over
}

/// The tasks of plans that are not done and whose phase has not begun.
pub(super) fn coming(kinds: &Kinds, tables: &[Vec<Record>], clock: &Clock) -> HashSet<Handle> {
    let of = |wanted: &'static Kind| {
        let kinds = (0u16..).zip(kinds.all()).zip(tables);
        kinds.filter(move |((_, kind), _)| std::ptr::eq(*kind, wanted)).flat_map(|((at, kind), table)| {
            let handles = (0u32..).map(move |no| Handle { kind: at, no });
            handles.zip(table).map(move |(handle, record)| (handle, record, record.view(kind)))
        })
    };
    let mut begins = HashMap::new();
    for (_, record, view) in of(&work_plan::KIND) {
        for phase in view.objects(work_plan::PHASES) {
            use work_plan::phase::{FROM, NAME};
            if let (Some(name), Some(from)) = (phase.text(NAME), phase.date(FROM)) {
                begins.insert((record.id.as_str(), name), from);
            }
        }
    }
    let open = of(&plan_task::KIND).filter(|(_, _, view)| view.date(plan_task::DONE_ON).is_none());
    open.filter(|(_, _, view)| {
        let phase = view.text(plan_task::PLAN).zip(view.text(plan_task::PHASE));
        phase.and_then(|phase| begins.get(&phase)).is_some_and(|from| !clock.has_come(*from))
    })
    .map(|(handle, ..)| handle)
    .collect()
}

/// The key of each day that ends a term, with the key that says that what was due by then is done.
fn terms(kind: &Kind) -> impl Iterator<Item = (&'static str, Option<&'static str>)> {
    let is_told = |key: &str| {
        let field = kind.fields.iter().find(|field| field.key == key);
        field.is_some_and(|field| !matches!(field.visibility, Visibility::Internal))
    };
    kind.constraints.iter().filter_map(move |constraint| match constraint {
        Constraint::Expires(key) => Some((*key, None)),
        // Whether it was done must be public too: what is internal is gone by now and would look like never done.
        other => other.deadline().filter(|(_, done)| is_told(done)).map(|(due, done)| (due, Some(done))),
    })
}
