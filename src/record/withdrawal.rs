//! 撤回: a record that left before its term, with the reason.
//!
//! The gate takes the record out of all output; only its id, date and reason are told, on the page of
//! corrections and withdrawals.

use super::field::{Face, Field, Home, Identity, Kind, Period, Type, field_table};

field_table!(FIELDS {
    public KIND_NAME = Field::new("kind", "类别", "kind", Type::Text).required();
    public TARGET = Field::new("id", "编号", "id", Type::Text).required();
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
    fields: FIELDS,
    identity: Identity::Anonymous,
    title: "id",
    dated: Some("on"),
    home: Home::Ledger,
    face: Face::Inline,
    period: Period { from: Some("on"), until: None },
    stub: None,
    column_type: "信息公开",
    published_as_data: false,
};
