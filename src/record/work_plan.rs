//! 工作方案: a plan with its phases; its tasks stand inside it.
//!
//! Not here: the tasks (`plan_task`), and whether phases overlap (`check::plans`).

use super::field::{BASE, Face, Field, Kind, Period, Type, field_table};

/// 阶段.
pub mod phase {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public NAME = Field::new("name", "阶段", "phase", Type::Text).required();
        public FROM = Field::new("from", "起", "from", Type::Date).required();
        public TO = Field::new("to", "止", "to", Type::Date).required();
        public GOAL = Field::new("goal", "要求", "goal", Type::Text);
    });
}

field_table!(FIELDS {
    public ID = Field::new("id", "编号", "id", Type::Id).required();
    public TITLE = Field::new("title", "名称", "title", Type::Text).required().searched(8).listed();
    public DOC_NO = Field::new("doc_no", "文号", "document no.", Type::DocNo).searched(5).listed();
    public ISSUER = Field::new("issuer", "印发单位", "issuer", Type::Text).required().listed();
    public DATE = Field::new("date", "印发日期", "date", Type::Date).required().listed();
    public SUMMARY = Field::new("summary", "概要", "summary", Type::Text).searched(2);
    public PHASES = Field::new("phases", "阶段", "phases", Type::List(&Type::Object(phase::FIELDS)));
    public TASKS = Field::new("tasks", "任务", "tasks", Type::Records("plan_tasks"));
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "plans",
    singular: "plan",
    zh: "工作方案",
    en: "plans",
    about: ("工作方案的阶段、任务、责任部门和进度", "plans with phases, tasks, departments and progress"),
    fields: FIELDS,
    title: "title",
    dated: Some("date"),
    fixed_days: &["date"],
    face: Face::Pages { folder: "plans", template: "plan.html", lists: Some(&[]) },
    period: Period { from: Some("date"), until: None },
    schema_org: "Report",
    feed: true,
    template_shows: &["plan_tasks"],
    ..BASE
};
