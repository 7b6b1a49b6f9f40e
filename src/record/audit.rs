//! 督查: the office's audit of how a cadre does his covering work.
//!
//! Public are its day, its verdict and how many problems were found and put right; the items stay inside. Not here:
//! visits to enterprises (`visit`).

use super::choices;
use super::field::{BASE, Constraint, Field, Kind, Period, Type, field_table};

/// 督查清单 item.
pub mod item {
    use super::{Field, Type, choices, field_table};
    field_table!(FIELDS {
        internal ITEM = Field::new("item", "内容", "item", Type::Text).required();
        internal RESULT = Field::new("result", "结果", "result", Type::Choice(&choices::TASK_RESULTS)).required();
    });
}

field_table!(FIELDS {
    public ID = Field::new("id", "编号", "id", Type::Id).required();
    public CADRE = Field::new("cadre", "包保干部", "cadre", Type::Text).required().names("cadres");
    public DATE = Field::new("date", "督查日期", "date", Type::Date).required();
    public ORGAN = Field::new("organ", "督查单位", "organ", Type::Text).required();
    public RESULT = Field::new("result", "督查结论", "verdict", Type::Choice(&choices::AUDIT_RESULTS)).required();
    public PROBLEMS = Field::new("problems", "问题数", "problems", Type::Count);
    public CLOSED = Field::new("closed", "已整改", "put right", Type::Count);
    internal ITEMS = Field::new("items", "督查清单", "items", Type::List(&Type::Object(item::FIELDS)));
    internal NOTE = Field::new("note", "内部记录", "note", Type::Text);
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "audits",
    singular: "audit",
    zh: "督查",
    en: "audits",
    about: (
        "对包保干部履职情况的督查，只公布结论和问题数",
        "audits of the cadres' work: verdict and number of problems only",
    ),
    fields: FIELDS,
    title: "result",
    dated: Some("date"),
    period: Period { from: Some("date"), until: None },
    constraints: &[Constraint::NotAhead("date"), Constraint::AtMost("closed", "problems")],
    ..BASE
};
