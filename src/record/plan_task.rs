//! 任务: one task of a plan, with the departments that lead and support it.
//!
//! Written inside its plan, shown on its page and on those of its departments. Departments are written by name. Not
//! here: whether it has a lead, and whether it is late (`check::plans`).

use super::field::{BASE, Constraint, Field, Home, Kind, Type, field_table};

field_table!(FIELDS {
    public ID = Field::new("id", "编号", "id", Type::Id).required();
    public PLAN = Field::new("plan", "方案", "plan", Type::Text).names("plans");
    public NO = Field::new("no", "序号", "no.", Type::Text).required();
    public TEXT = Field::new("text", "任务", "task", Type::Text).required().searched(2);
    public PHASE = Field::new("phase", "阶段", "phase", Type::Text);
    public LEAD = Field::new("lead", "牵头部门", "lead", Type::List(&Type::Text)).may_name("departments", "name");
    public SUPPORT = Field::new("support", "配合部门", "support", Type::List(&Type::Text)).may_name("departments", "name");
    public DUE = Field::new("due", "完成时限", "due", Type::Date);
    public TARGET = Field::new("target", "目标", "target", Type::Text);
    public PROGRESS = Field::new("progress", "进展", "progress", Type::Text);
    public DONE_ON = Field::new("done_on", "完成日期", "done on", Type::Date);
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "plan_tasks",
    singular: "plan_task",
    zh: "方案任务",
    en: "tasks of plans",
    about: ("工作方案中的任务、责任部门和完成时限", "tasks of plans with their departments and terms"),
    fields: FIELDS,
    title: "text",
    home: Home::Inside("plans", "plan"),
    constraints: &[Constraint::NotAhead("done_on"), Constraint::Late("due", "done_on")],
    ..BASE
};
