//! 撤回: a record that left before its term, with the reason.
//!
//! The gate takes the record out of all output; only its id, date and reason are told, on the page of
//! corrections and withdrawals.

use super::field::{BASE, Field, Identity, Kind, Period, Type, field_table};

field_table!(FIELDS {
    public KIND_NAME = Field::new("kind", "类别", "kind", Type::Text).required();
    public TARGET = Field::new("id", "编号", "id", Type::Text).id_of_kind().required();
    public ON = Field::new("on", "撤回日期", "on", Type::Date).required();
    public REASON = Field::new("reason", "原因", "reason", Type::Text).required();
    public DOC_NO = Field::new("doc_no", "文号", "document no.", Type::DocNo);
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "withdrawals",
    singular: "withdrawal",
    zh: "撤回",
    en: "withdrawals",
    about: (
        "期满之前撤回的记录，只列编号、日期和原因",
        "records withdrawn before their term, by id, day and reason",
    ),
    fields: FIELDS,
    identity: Identity::Anonymous,
    dated: Some("on"),
    period: Period { from: Some("on"), until: None },
    published_as_data: false,
    ..BASE
};
