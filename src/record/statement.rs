//! 当事人声明: what an enterprise has to say to what is published of it.
//!
//! Stands on the pages of the enterprise and of the record it speaks of, and leaves with either. Not here: objections
//! with consequences (`sample`), and corrections (`correction`), which are the office's own words.

use super::field::{BASE, BY_KIND, Constraint, Field, Kind, Period, Type, field_table};

/// The record that a statement speaks of.
pub mod about {
    use super::{BY_KIND, Field, Type, field_table};
    field_table!(FIELDS {
        public KIND_NAME = Field::new("kind", "类别", "kind", Type::Text).required();
        public TARGET = Field::new("id", "编号", "id", Type::Text).id_of_kind().required().may_name(BY_KIND, "id");
    });
}

field_table!(FIELDS {
    public ID = Field::new("id", "编号", "id", Type::Id).required();
    public ENTERPRISE = Field::new("enterprise", "企业", "enterprise", Type::Text).required().names("enterprises");
    public ABOUT = Field::new("about", "所涉内容", "about", Type::Object(about::FIELDS)).required();
    public TEXT = Field::new("text", "声明", "statement", Type::Text).required();
    public DATE = Field::new("date", "日期", "date", Type::Date).required();
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "statements",
    singular: "statement",
    zh: "当事人声明",
    en: "statements",
    about: ("企业对所公示内容的说明", "what enterprises say to what is published of them"),
    fields: FIELDS,
    title: "text",
    dated: Some("date"),
    fixed_days: &["date"],
    period: Period { from: Some("date"), until: None },
    constraints: &[Constraint::NotAhead("date")],
    ..BASE
};
