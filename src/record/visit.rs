//! 督导: a cadre's visit to an enterprise he covers.
//!
//! Public are its date, its manner, how many problems were found and closed, and the re-check; texts,
//! photographs and names of workers stay inside.

use super::choices;
use super::field::{BASE, Constraint, Field, Kind, Type, Volume, field_table};

/// 问题.
pub mod problem {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        internal TEXT = Field::new("text", "问题", "problem", Type::Text).required();
        public DUE = Field::new("due", "整改期限", "due", Type::Date);
        public CLOSED_ON = Field::new("closed_on", "整改完成", "closed on", Type::Date);
        internal EVIDENCE = Field::new("evidence", "佐证", "evidence", Type::Text);
    });
}

/// 任务清单 item.
pub mod task {
    use super::{Field, Type, choices, field_table};
    field_table!(FIELDS {
        internal ITEM = Field::new("item", "任务", "task", Type::Text).required();
        internal RESULT = Field::new("result", "结果", "result", Type::Choice(&choices::TASK_RESULTS)).required();
    });
}

/// 回头看.
pub mod recheck {
    use super::{Field, Type, choices, field_table};
    field_table!(FIELDS {
        public DATE = Field::new("date", "回头看日期", "date", Type::Date).required();
        public MODE = Field::new("mode", "方式", "mode", Type::Choice(&choices::VISIT_MODES));
        public RESULT = Field::new("result", "结果", "result", Type::Choice(&choices::RECHECK_RESULTS)).required();
    });
}

field_table!(FIELDS {
    public ID = Field::new("id", "编号", "id", Type::Id).required();
    public ENTERPRISE = Field::new("enterprise", "企业", "enterprise", Type::Text).required().names("enterprises");
    public CADRE = Field::new("cadre", "包保干部", "cadre", Type::Text).required().names("cadres");
    public DATE = Field::new("date", "督导日期", "date", Type::Date).required();
    public MODE = Field::new("mode", "方式", "mode", Type::Choice(&choices::VISIT_MODES)).required();
    public PROBLEMS = Field::new("problems", "问题", "problems", Type::List(&Type::Object(problem::FIELDS)));
    public RECHECK = Field::new("recheck", "回头看", "re-check", Type::Object(recheck::FIELDS));
    internal TASKS = Field::new("tasks", "任务清单", "tasks", Type::List(&Type::Object(task::FIELDS)));
    internal SUMMARY = Field::new("summary", "总体成效", "summary", Type::Text);
    internal PHOTOS = Field::new("photos", "照片", "photographs", Type::List(&Type::Text));
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "visits",
    singular: "visit",
    zh: "督导记录",
    en: "visits",
    about: (
        "包保干部对企业的督导，问题只公布数量和整改情况",
        "visits of cadres to their enterprises; of problems only their number and closure",
    ),
    fields: FIELDS,
    title: "date",
    dated: Some("date"),
    volume: Volume::Many,
    constraints: &[
        Constraint::NotAheadIn("problems", "closed_on"),
        Constraint::NotAheadIn("recheck", "date"),
    ],
    ..BASE
};
