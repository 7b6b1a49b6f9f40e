//! 食品安全自查报告: what a food producer found when it looked over its own work, once a year.
//!
//! Source: Food Safety Law, article 47: producers check themselves and weigh the result, mend at once what no longer
//! does, and stop and report where an accident may come of it. Written by the enterprise, filed by the office.
//! Not here: inspections by an authority (`inspection`), visits by cadres (`visit`), and the daily, weekly and monthly
//! records that stay in the enterprise.

use super::field::{BASE, Choice, Constraint, Face, Field, Kind, Period, Type, Volume, field_table};

/// What the enterprise concludes.
pub static CONCLUSIONS: [Choice; 4] = [
    Choice { key: "ok", zh: "未发现问题", en: "nothing found wrong" },
    Choice { key: "mended", zh: "发现问题，已整改", en: "found wrong and mended" },
    Choice { key: "mending", zh: "发现问题，正在整改", en: "found wrong, being mended" },
    Choice { key: "stopped", zh: "已停止生产并报告", en: "production stopped and reported" },
];

field_table!(FIELDS {
    public ID = Field::new("id", "编号", "id", Type::Id).required();
    public TITLE = Field::new("title", "标题", "title", Type::Text).required().searched(3);
    public ENTERPRISE = Field::new("enterprise", "企业", "enterprise", Type::Text).required().names("enterprises").listed();
    public YEAR = Field::new("year", "年度", "year", Type::Count).required().listed();
    public CONCLUSION = Field::new("conclusion", "自查结论", "conclusion", Type::Choice(&CONCLUSIONS)).required().facet().listed();
    public CHECKED_ON = Field::new("checked_on", "自查日期", "checked on", Type::Date).required();
    public SUBMITTED_ON = Field::new("submitted_on", "提交日期", "submitted on", Type::Date).required().listed();
    public ITEMS = Field::new("items", "自查项数", "items checked", Type::Count).required();
    public WRONG = Field::new("wrong", "问题项数", "items found wrong", Type::Count).required();
    public MENDED = Field::new("mended", "已整改项数", "items mended", Type::Count);
    public PROBLEMS = Field::new("problems", "问题和整改", "problems and mending", Type::List(&Type::Text));
    internal AUTHOR = Field::new("author", "填报人", "written by", Type::Text);
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "self_checks",
    singular: "self_check",
    zh: "食品安全自查报告",
    en: "self-check reports",
    about: (
        "食品生产企业每年提交的食品安全自查报告",
        "the yearly reports in which food producers say what they found in their own work",
    ),
    fields: FIELDS,
    title: "title",
    dated: Some("submitted_on"),
    face: Face::Pages { folder: "self-checks", template: "self-check.html", lists: Some(&["conclusion"]) },
    period: Period { from: Some("submitted_on"), until: None },
    volume: Volume::Many,
    schema_org: "Report",
    constraints: &[
        Constraint::NotAhead("submitted_on"),
        Constraint::Order("checked_on", "submitted_on"),
        Constraint::AtMost("wrong", "items"),
        Constraint::AtMost("mended", "wrong"),
        Constraint::Unique(&["enterprise", "year"]),
    ],
    ..BASE
};
