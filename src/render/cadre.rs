//! What the page of a cadre tells besides his own fields: his enterprises, and how many of them had their visit in this quarter.
//!
//! In: a cadre. Out: values for its template. Not here: whether an assignment holds (`disclose`).

use tera::{Context, Value};

use super::record::{lateness, state_key};
use super::values::{Scope, list, object};
use crate::disclose::{AssignmentState, PublicRecord};
use crate::plan::{Part, ROWS};
use crate::record::edges::Handle;
use crate::record::enterprise;

pub(super) fn view(scope: Scope<'_>, handle: Handle, part: Part, context: &mut Context) {
    context.insert_value("left", scope.portal.has_left(handle).into());
    let edges = scope.portal.incoming_of(handle, scope.portal.kind(&enterprise::KIND));
    let id = scope.portal.record(handle).map_or("", PublicRecord::id);
    let mut rows: Vec<(u8, Handle, AssignmentState, Value)> = Vec::new();
    for edge in edges {
        let (Some(record), Some(standing)) = (scope.portal.record(edge.end), scope.portal.standing(edge.end))
        else {
            continue;
        };
        let entries = record.view().objects(enterprise::COVERED_BY).zip(&standing.assignments);
        let best = entries
            .filter(|(entry, _)| entry.text(enterprise::assignment::CADRE) == Some(id))
            .min_by_key(|(_, state)| rank(**state));
        if let Some((entry, state)) = best {
            rows.push((
                rank(*state),
                edge.end,
                *state,
                entry
                    .choice(enterprise::assignment::ROLE)
                    .map_or_else(Value::none, |role| scope.choice(role)),
            ));
        }
    }
    rows.sort_by_key(|row| row.0);
    let current = rows.iter().filter(|row| row.2 == AssignmentState::Current).map(|row| row.1);
    context.insert_value("quarter", this_quarter(scope, current));
    let shown = rows.into_iter().skip((part.number as usize - 1) * ROWS).take(ROWS);
    let enterprises = shown.map(|(_, handle, state, role)| {
        let mut more = lateness(scope, handle);
        more.extend([("state", state_key(state).into()), ("role", role)]);
        scope.row(handle, &more)
    });
    context.insert_value("enterprises", list(enterprises.collect()));
}

/// How many of the enterprises that a cadre covers are owed a visit in the running quarter, and how many had one.
fn this_quarter(scope: Scope<'_>, enterprises: impl Iterator<Item = Handle>) -> Value {
    let (mut owed, mut done, mut last, mut running) = (0u32, 0u32, None, None);
    for enterprise in enterprises {
        let Some([.., cell]) = scope.portal.standing(enterprise).map(|standing| standing.quarters) else {
            continue;
        };
        running = Some(cell.quarter);
        owed += u32::from(cell.owed > 0);
        done += u32::from(cell.owed > 0 && cell.is_done());
        last = last.max(cell.date);
    }
    let Some(quarter) = running.filter(|_| owed > 0) else { return Value::none() };
    object([
        ("label", scope.portal.locale.quarter(quarter).into()),
        ("owed", owed.into()),
        ("done", done.into()),
        ("last", last.map_or_else(Value::none, |day| scope.date(day))),
    ])
}

fn rank(state: AssignmentState) -> u8 {
    match state {
        AssignmentState::Current => 0,
        AssignmentState::Coming => 1,
        AssignmentState::Past => 2,
    }
}
