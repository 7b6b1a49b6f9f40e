//! 培训: a course or session, for whom it was and how many came.
//!
//! 人 (`persons`) and 人次 (`person_times`) are two numbers: who came twice is one person. Not here: the norm of hours
//! a year (`check::trainings`), and self-tests (`question`).

use super::choices;
use super::field::{BASE, Constraint, Face, Field, Kind, Period, Type, field_table};

field_table!(FIELDS {
    public ID = Field::new("id", "编号", "id", Type::Id).required();
    public TITLE = Field::new("title", "名称", "title", Type::Text).required().searched(5).listed();
    public DATE = Field::new("date", "日期", "date", Type::Date).required().listed();
    public MODE = Field::new("mode", "方式", "mode", Type::Choice(&choices::TRAINING_MODES)).required().facet().listed();
    public ORGANISER = Field::new("organiser", "主办", "organiser", Type::Text).required().listed();
    public AUDIENCE = Field::new("audience", "对象", "audience", Type::List(&Type::Choice(&choices::TRAINEES))).required();
    public HOURS = Field::new("hours", "学时", "hours", Type::Decimal).required().listed();
    public PERSONS = Field::new("persons", "人数", "persons", Type::Count);
    public PERSON_TIMES = Field::new("person_times", "人次", "attendances", Type::Count);
    public REGION = Field::new("region", "地区", "region", Type::RegionCode).names("regions");
    public MATERIALS = Field::new("materials", "教材", "materials", Type::List(&Type::Text));
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "trainings",
    singular: "training",
    zh: "培训",
    en: "trainings",
    about: ("食品安全培训的对象、学时、人数和人次", "trainings: for whom, hours, persons and attendances"),
    fields: FIELDS,
    title: "title",
    dated: Some("date"),
    face: Face::Pages { folder: "trainings", template: "record.html", lists: Some(&["mode"]) },
    period: Period { from: Some("date"), until: None },
    schema_org: "EducationEvent",
    feed: true,
    constraints: &[Constraint::NotAhead("date"), Constraint::AtMost("persons", "person_times")],
    ..BASE
};
