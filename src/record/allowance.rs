//! 例外: a finding of one rule in one record that an office has looked into and lets stand, with the reason, until a day.
//!
//! Nothing of it is ever published: it is read by `check` alone, which lists it in its report. Texts are named by their
//! address, such as `notices/2026-01`. Not here: which rules may be allowed (`check::allowances`).

use super::field::{BASE, Field, Identity, Kind, Type, field_table};

field_table!(FIELDS {
    internal RULE = Field::new("rule", "规则", "rule", Type::Text).required();
    public KIND_NAME = Field::new("kind", "类别", "kind", Type::Text);
    public RECORD = Field::new("record", "记录编号", "record", Type::Text).id_of_kind().required();
    internal REASON = Field::new("reason", "理由", "reason", Type::Text).required();
    internal UNTIL = Field::new("until", "至", "until", Type::Date).required();
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "allowances",
    singular: "allowance",
    zh: "例外",
    en: "allowances",
    about: (
        "已核实、准予保留到某日的一处提醒：规则、记录、理由；只用于检查，从不公布",
        "a finding of one rule in one record that may stand until a day, with the reason; used by checks, never published",
    ),
    fields: FIELDS,
    identity: Identity::Anonymous,
    title: "record",
    published_as_data: false,
    ..BASE
};
