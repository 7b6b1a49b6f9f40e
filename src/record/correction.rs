//! 更正: a public value that was wrong, what it was and what it is now.
//!
//! Told on the page of corrections, by kind and id, from its day on and for ever. It changes no record: whoever
//! corrects a value corrects it in its ledger, and writes down here that it was done.

use super::field::{BASE, Field, Identity, Kind, Period, Type, field_table};

field_table!(FIELDS {
    public KIND_NAME = Field::new("kind", "类别", "kind", Type::Text).required();
    public TARGET = Field::new("id", "编号", "id", Type::Text).id_of_kind().required();
    public FIELD = Field::new("field", "字段", "field", Type::Text).required();
    public WAS = Field::new("was", "原为", "was", Type::Text).required();
    public NOW = Field::new("now", "现为", "now", Type::Text).required();
    public ON = Field::new("on", "更正日期", "on", Type::Date).required();
    public REASON = Field::new("reason", "原因", "reason", Type::Text).required();
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "corrections",
    singular: "correction",
    zh: "更正",
    en: "corrections",
    about: ("对已公布内容的更正", "corrections of what was published"),
    fields: FIELDS,
    identity: Identity::Anonymous,
    dated: Some("on"),
    period: Period { from: Some("on"), until: None },
    published_as_data: false,
    ..BASE
};
