//! The departments that lead the tasks of a plan: how many each has, how many are done, how many late.
//!
//! In: a plan. Out: a list for its page, the department with the most tasks first. A task with several leads counts with each of
//! them. Not here: who supports a task, and the tasks themselves, which the page has anyway.

use std::collections::BTreeMap;

use tera::Value;

use super::values::{Scope, list, object};
use crate::record::department;
use crate::record::edges::Handle;
use crate::record::plan_task::{DONE_ON, KIND, LEAD};
use crate::record::value::Value as Own;

#[derive(Default)]
struct Load {
    tasks: u32,
    done: u32,
    late: u32,
    page: Option<Handle>,
}

/// `[{name, href, tasks, done, late}]`; `href` is empty for one that the register does not know.
pub(super) fn of_plan(scope: Scope<'_>, plan: Handle) -> Value {
    let portal = scope.portal;
    let registered = portal.kind(&department::KIND);
    let mut loads: BTreeMap<&str, Load> = BTreeMap::new();
    for edge in portal.incoming_of(plan, portal.kind(&KIND)) {
        let Some(task) = portal.record(edge.end) else { continue };
        let Own::List(leads) = task.view().value(LEAD) else { continue };
        for name in leads.iter().filter_map(Own::as_text) {
            let load = loads.entry(name).or_default();
            load.tasks += 1;
            load.done += u32::from(task.view().date(DONE_ON).is_some());
            load.late += u32::from(portal.over(edge.end).contains(&"due"));
            let mut named = portal.outgoing(edge.end).iter().filter(|edge| edge.end.kind == registered);
            let page = named.find(|edge| portal.record(edge.end).is_some_and(|known| known.title() == name));
            load.page = load.page.or(page.map(|edge| edge.end));
        }
    }
    let mut loads: Vec<(&str, Load)> = loads.into_iter().collect();
    loads.sort_by_key(|(_, load)| std::cmp::Reverse(load.tasks));
    let rows = loads.into_iter().map(|(name, load)| {
        object([
            ("name", name.into()),
            ("href", load.page.map_or(String::new(), |page| scope.href_of(page)).into()),
            ("tasks", load.tasks.into()),
            ("done", load.done.into()),
            ("late", load.late.into()),
        ])
    });
    list(rows.collect())
}
