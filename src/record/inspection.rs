//! 监督检查结果: what an inspection of an enterprise found.
//!
//! Source: SAMR order 49 of 2021, articles 39 and 48: the result is public within 20 working days. Not here: that term
//! (`check::credit`), and visits by cadres (`visit`), which are no inspections.

use super::choices;
use super::field::{BASE, Constraint, Face, Field, Kind, Period, Type, Volume, field_table};

/// 检查项目.
pub mod item {
    use super::{Field, Type, choices, field_table};
    field_table!(FIELDS {
        public ITEM = Field::new("item", "项目", "item", Type::Text).required();
        public RESULT = Field::new("result", "结果", "result", Type::Choice(&choices::TASK_RESULTS)).required();
    });
}

/// 复查.
pub mod recheck {
    use super::{Field, Type, choices, field_table};
    field_table!(FIELDS {
        public DATE = Field::new("date", "复查日期", "date", Type::Date).required();
        public RESULT = Field::new("result", "复查结果", "result", Type::Choice(&choices::RECHECK_RESULTS)).required();
    });
}

field_table!(FIELDS {
    public ID = Field::new("id", "编号", "id", Type::Id).required();
    public ENTERPRISE = Field::new("enterprise", "企业", "enterprise", Type::Text).required().names("enterprises").listed();
    public DATE = Field::new("date", "检查日期", "date", Type::Date).required().listed();
    public FORM = Field::new("form", "检查方式", "form", Type::Choice(&choices::INSPECTION_FORMS)).required().facet().listed();
    public ORGAN = Field::new("organ", "检查机关", "organ", Type::Text).required();
    public ITEMS = Field::new("items", "检查项目", "items", Type::List(&Type::Object(item::FIELDS)));
    public PROBLEMS = Field::new("problems", "问题数", "problems", Type::Count);
    public RESULT = Field::new("result", "检查结果", "result", Type::Choice(&choices::INSPECTION_RESULTS)).required().facet().listed();
    public SHEET_NO = Field::new("sheet_no", "结果记录表编号", "sheet no.", Type::Text).searched(4);
    public PUBLISHED_ON = Field::new("published_on", "公布日期", "published on", Type::Date).required();
    public RECHECK = Field::new("recheck", "复查", "re-check", Type::Object(recheck::FIELDS)).or_none();
    public PENALTY = Field::new("penalty", "行政处罚", "penalty", Type::Text).names("penalties").or_none();
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "inspections",
    singular: "inspection",
    zh: "监督检查结果",
    en: "inspection results",
    about: ("对食品生产经营者监督检查的结果", "results of inspections of food businesses"),
    fields: FIELDS,
    title: "form",
    called: ("{enterprise}{form}（{date}）", "{enterprise}: {form}, {date}"),
    dated: Some("date"),
    fixed_days: &["published_on"],
    face: Face::Pages { folder: "inspections", template: "record.html", lists: Some(&["result", "form"]) },
    period: Period { from: Some("published_on"), until: None },
    volume: Volume::Many,
    schema_org: "Report",
    constraints: &[
        Constraint::NotAhead("date"),
        Constraint::NotAheadIn("recheck", "date"),
        Constraint::Order("date", "published_on"),
    ],
    ..BASE
};
