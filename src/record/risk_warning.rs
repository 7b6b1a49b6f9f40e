//! 风险警示: a warning of a food-safety risk.
//!
//! Source: food safety law, article 118: only the national or the provincial authority publishes one first; others
//! pass it on and name where it stands. Not here: that rule (`check::recalls`).

use super::field::{BASE, Face, Field, Kind, Period, Type, field_table};

field_table!(FIELDS {
    public ID = Field::new("id", "编号", "id", Type::Id).required();
    public TITLE = Field::new("title", "标题", "title", Type::Text).required().searched(8).listed();
    public TEXT = Field::new("text", "内容", "text", Type::Text).required().searched(2);
    public ORGAN = Field::new("organ", "发布机关", "organ", Type::Text).required().listed();
    public PUBLISHED_ON = Field::new("published_on", "发布日期", "published on", Type::Date).required().listed();
    public FOODS = Field::new("foods", "涉及食品", "foods", Type::List(&Type::Text)).searched(4);
    public ADVICE = Field::new("advice", "消费提示", "advice", Type::Text);
    public SOURCE = Field::new("source", "首发机关", "first published by", Type::Text);
    public SOURCE_URL = Field::new("source_url", "原文网址", "address of the original", Type::Url);
    public UNTIL = Field::new("until", "警示截止", "until", Type::Date);
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "risk_warnings",
    singular: "risk_warning",
    zh: "风险警示",
    en: "risk warnings",
    about: (
        "食品安全风险警示；省级以下只转载，并注明出处",
        "warnings of food-safety risks; below the province only passed on, with their source",
    ),
    fields: FIELDS,
    title: "title",
    dated: Some("published_on"),
    fixed_days: &["published_on"],
    face: Face::Pages { folder: "risk-warnings", template: "record.html", lists: Some(&[]) },
    period: Period { from: Some("published_on"), until: Some("until") },
    schema_org: "SpecialAnnouncement",
    feed: true,
    ..BASE
};
