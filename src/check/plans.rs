//! Plans: a lead for every task, phases that follow one another, tasks that are done in time.
//!
//! In: plans and their tasks. Source: the plans of demonstration cities that were read, which name a lead for each task
//! and date their phases. Silent where a field is absent. Not here: names of departments.

use crate::diagnostic::{Code, Findings, Message};
use crate::record::plan_task;
use crate::record::work_plan::{self, phase};
use crate::text::{excerpt, nearest};

use super::Context;
use super::subject::{Subject, item, members, step};

/// A task without a lead department.
pub const NO_LEAD: Code = Code("E-TASK-NO-LEAD");
/// Phases that overlap or run backwards.
pub const PHASE_OVERLAP: Code = Code("E-PHASE-OVERLAP");
/// A task in a phase that its plan does not have.
pub const PHASE_UNKNOWN: Code = Code("E-PHASE-UNKNOWN");
/// A task past its day and not done.
pub const LATE: Code = Code("W-TASK-LATE");

/// E-TASK-NO-LEAD, W-TASK-LATE.
pub(super) fn tasks(context: &Context<'_>, findings: &mut Findings) {
    for (_, record, view) in context.ledger.records(&plan_task::KIND) {
        let subject = Subject::of(&plan_task::KIND, record);
        let no = view.text(plan_task::NO).unwrap_or(record.id.as_str());
        let lead = view.value(plan_task::LEAD);
        let is_spoilt = super::subject::is_spoilt(lead);
        if !is_spoilt && view.list(plan_task::LEAD).is_empty() {
            let message =
                Message::new(format!("任务{no}缺牵头科室"), format!("task {no} has no lead department"));
            subject
                .blame(findings, NO_LEAD, &[step(view, plan_task::LEAD)], message)
                .hint(Message::new("写上 lead: [部门名称]", "add `lead: [department]`"));
        }
        let Some(due) = view.date(plan_task::DUE).filter(|due| *due < context.as_of) else { continue };
        if view.value(plan_task::DONE_ON).is_absent() {
            let days = context.as_of.days_since(due);
            let message = Message::new(
                format!("任务{no}已超期{days}天（时限 {due}），未登记完成"),
                format!("task {no} was due on {due}, {days} days ago, and is not recorded as done"),
            );
            subject
                .blame(findings, LATE, &[step(view, plan_task::DUE)], message)
                .hint(Message::new("完成的写 done_on", "give `done_on` once it is done"));
        }
    }
}

/// E-PHASE-OVERLAP.
pub(super) fn phases(context: &Context<'_>, findings: &mut Findings) {
    for (_, record, view) in context.ledger.records(&work_plan::KIND) {
        let subject = Subject::of(&work_plan::KIND, record);
        let mut before: Option<(&str, crate::calendar::Date)> = None;
        for (at, entry) in members(view, work_plan::PHASES) {
            let (Some(name), Some(from), Some(to)) =
                (entry.text(phase::NAME), entry.date(phase::FROM), entry.date(phase::TO))
            else {
                continue;
            };
            let path = [step(view, work_plan::PHASES), item(at), step(entry, phase::FROM)];
            if to < from {
                let message = Message::new(
                    format!("阶段“{name}”起于 {from}，止于 {to}，先后颠倒"),
                    format!("the phase `{name}` begins on {from} and ends on {to}"),
                );
                subject
                    .blame(findings, PHASE_OVERLAP, &path, message)
                    .hint(Message::new("请核对起止日期", "check both days"));
            } else if let Some((earlier, _)) = before.filter(|(_, last)| *last >= from) {
                let message = Message::new(
                    format!("阶段“{earlier}”与“{name}”时间重叠"),
                    format!("the phases `{earlier}` and `{name}` overlap"),
                );
                subject.blame(findings, PHASE_OVERLAP, &path, message).hint(Message::new(
                    "阶段按先后写，后一阶段从前一阶段止日的次日起",
                    "write phases in their order; each begins the day after the one before",
                ));
            }
            before = Some((name, to));
        }
    }
}

/// E-PHASE-UNKNOWN. Silent where the plan has no phases.
pub(super) fn phases_of_tasks(context: &Context<'_>, findings: &mut Findings) {
    for (_, record, view) in context.ledger.records(&plan_task::KIND) {
        let (Some(plan), Some(named)) = (view.text(plan_task::PLAN), view.text(plan_task::PHASE)) else {
            continue;
        };
        let Some(plan) = context.ledger.find(&work_plan::KIND, plan) else { continue };
        let known: Vec<&str> = members(plan.view(&work_plan::KIND), work_plan::PHASES)
            .filter_map(|(_, entry)| entry.text(phase::NAME))
            .collect();
        if known.is_empty() || known.contains(&named) {
            continue;
        }
        let shown = excerpt(named, 40);
        let message =
            Message::new(format!("方案没有名为“{shown}”的阶段"), format!("the plan has no phase `{shown}`"));
        let (zh, en) = match nearest(named, known.iter().copied()) {
            Some(near) => (format!("是否应为“{near}”？"), format!("did you mean `{near}`?")),
            None => {
                (format!("方案的阶段：{}", known.join("、")), format!("its phases: {}", known.join(", ")))
            }
        };
        Subject::of(&plan_task::KIND, record)
            .blame(findings, PHASE_UNKNOWN, &[step(view, plan_task::PHASE)], message)
            .hint(Message::new(zh, en));
    }
}
