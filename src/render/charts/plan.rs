//! The tasks of a plan on an axis of days, by leading department (作战图).
//!
//! In: a plan and its tasks. Out: one chart. A task without a term of its own is drawn to the end of its phase. Whether it is late, and
//! whether its phase has begun, was settled by `disclose`, so the picture changes on such a day and not every day.
//!
//! Not here: how the chart is drawn (`chart`).

use tera::Value;

use super::fragments;
use crate::chart::{Frame, Group, Phase, State, Task, Tasks};
use crate::record::edges::Handle;
use crate::record::value::Value as Own;
use crate::record::{plan_task, work_plan};
use crate::render::Renderer;

impl Renderer<'_> {
    /// The chart of a plan; none without phases or tasks.
    pub(in crate::render) fn plan_charts(&self, plan: Handle) -> Value {
        fragments(self.tasks(plan).into_iter().collect())
    }

    fn tasks(&self, plan: Handle) -> Option<String> {
        let portal = self.portal;
        let phases: Vec<Phase<'_>> = portal
            .record(plan)?
            .view()
            .objects(work_plan::PHASES)
            .filter_map(|phase| {
                use work_plan::phase::{FROM, NAME, TO};
                Some(Phase { label: phase.text(NAME)?, from: phase.date(FROM)?, to: phase.date(TO)? })
            })
            .collect();
        let mut groups: Vec<(&str, Vec<Task<'_>>)> = Vec::new();
        let (start, end) =
            (phases.iter().map(|phase| phase.from).min()?, phases.iter().map(|phase| phase.to).max()?);
        for edge in portal.incoming_of(plan, portal.kind(&plan_task::KIND)) {
            let Some(view) = portal.record(edge.end).map(|record| record.view()) else { continue };
            let phase = phases.iter().find(|phase| Some(phase.label) == view.text(plan_task::PHASE));
            let (from, to) = phase.map_or((start, end), |phase| (phase.from, phase.to));
            let to = view.date(plan_task::DUE).unwrap_or(to);
            let state = match view.date(plan_task::DONE_ON) {
                Some(_) => State::Done,
                None if !portal.over(edge.end).is_empty() => State::Late,
                None if portal.has_begun(edge.end) => State::Running,
                None => State::Coming,
            };
            let task =
                Task { label: view.text(plan_task::TEXT).unwrap_or_default(), from: from.min(to), to, state };
            let lead = match view.value(plan_task::LEAD) {
                Own::List(names) => names.iter().find_map(Own::as_text),
                _ => None,
            };
            let lead = lead.unwrap_or(self.word("missing"));
            match groups.iter_mut().find(|(known, _)| *known == lead) {
                Some((_, tasks)) => tasks.push(task),
                None => groups.push((lead, vec![task])),
            }
        }
        if groups.is_empty() {
            return None;
        }
        let groups: Vec<Group<'_>> = groups.iter().map(|(label, tasks)| Group { label, tasks }).collect();
        let said = self.said_of_tasks(&groups, &phases);
        let frame = self.frame("chart-tasks", self.word("chart_tasks"), self.word("chart_tasks_note"));
        let chart = Tasks {
            frame: Frame { description: &said, ..frame },
            phases: &phases,
            groups: &groups,
            today: None,
            states: ["plan_done", "plan_open", "late", "state_coming"].map(|key| self.word(key)),
            month: self.word("chart_month_tick"),
            heads: ["plan_task", "plan_lead", "plan_from", "plan_to", "plan_state"].map(|key| self.word(key)),
        };
        Some(chart.html())
    }
}
