//! 抽查考核: the result of a random assessment of an enterprise's staff.
//!
//! Source: regulation on implementing the food safety law, article 20; SAMR order 49, article 29. The examinee's name
//! is masked. Not here: whether the verdict follows from the score (`check::quizzes`).

use super::choices;
use super::field::{BASE, Constraint, Face, Field, Kind, Mask, Period, Type, Volume, field_table};

/// 补考.
pub mod resit {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public DATE = Field::new("date", "补考日期", "date", Type::Date).required();
        public CORRECT = Field::new("correct", "答对", "right", Type::Count);
        public PASSED = Field::new("passed", "合格", "passed", Type::Flag).required();
    });
}

field_table!(FIELDS {
    public ID = Field::new("id", "编号", "id", Type::Id).required();
    public ENTERPRISE = Field::new("enterprise", "企业", "enterprise", Type::Text).required().names("enterprises").listed();
    public ROLE = Field::new("role", "岗位", "role", Type::Choice(&choices::TRAINEES)).required().facet().listed();
    public EXAMINEE = Field::new("examinee", "考核对象", "examinee", Type::Text).masked(Mask::Name);
    public DATE = Field::new("date", "考核日期", "date", Type::Date).required().listed();
    public QUESTIONS = Field::new("questions", "题数", "questions", Type::Count);
    public CORRECT = Field::new("correct", "答对", "right", Type::Count);
    public SCORE = Field::new("score", "得分（百分制）", "score out of 100", Type::Decimal);
    public PASSED = Field::new("passed", "合格", "passed", Type::Flag).required().listed();
    public RESIT = Field::new("resit", "补考", "resit", Type::Object(resit::FIELDS)).listed().or_none();
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "assessments",
    singular: "assessment",
    zh: "考核公示",
    en: "assessments",
    about: (
        "企业食品安全管理人员抽查考核的结果，姓名遮挡",
        "results of random assessments of food-safety staff; names are masked",
    ),
    fields: FIELDS,
    title: "role",
    called: ("{enterprise}{role}考核（{date}）", "{enterprise}: assessment of {role}, {date}"),
    dated: Some("date"),
    face: Face::Pages { folder: "assessments", template: "record.html", lists: Some(&["role"]) },
    period: Period { from: Some("date"), until: None },
    volume: Volume::Many,
    schema_org: "Report",
    constraints: &[
        Constraint::NotAhead("date"),
        Constraint::NotAheadIn("resit", "date"),
        Constraint::AtMost("correct", "questions"),
    ],
    ..BASE
};
