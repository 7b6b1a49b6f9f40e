//! 从业禁止: a person who may not work in food business for five years, or for life.
//!
//! Source: food safety law, article 135. The name is published behind a mask; the entry goes on the day after `to`.
//! Not here: whether the term is the lawful one (`check::bans`).

use super::choices;
use super::field::{BASE, Face, Field, Kind, Mask, Period, Type, field_table};

/// 被禁业人.
pub mod person {
    use super::{Field, Mask, Type, field_table};
    field_table!(FIELDS {
        public NAME = Field::new("name", "姓名", "name", Type::Text).required().masked(Mask::Name);
        public ID_MASKED = Field::new("id_masked", "证件号（遮挡）", "id, masked", Type::Text);
        public POST = Field::new("post", "原职务", "former post", Type::Text);
    });
}

field_table!(FIELDS {
    public ID = Field::new("id", "编号", "id", Type::Id).required();
    public PERSON = Field::new("person", "被禁业人", "person", Type::Object(person::FIELDS)).required().listed();
    public ENTERPRISE = Field::new("enterprise", "原任职单位", "enterprise", Type::Text).names("enterprises").listed();
    public TERM = Field::new("kind", "禁业类型", "term", Type::Choice(&choices::BAN_TERMS)).required().facet().listed();
    public FROM = Field::new("from", "禁业起", "from", Type::Date).required().listed();
    public TO = Field::new("to", "禁业止", "to", Type::Date).listed();
    public BASIS = Field::new("basis", "决定书文号", "document no.", Type::DocNo).required().searched(4).may_name("penalties", "doc_no");
    public ORGAN = Field::new("organ", "决定机关", "organ", Type::Text);
    public REASON = Field::new("reason", "事由", "reason", Type::Text);
    internal MINOR = Field::new("minor", "未成年人", "minor", Type::Flag);
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "bans",
    singular: "ban",
    zh: "从业禁止",
    en: "bans from food business",
    about: (
        "五年或者终身不得从事食品生产经营的人员，姓名遮挡，期满即撤下",
        "persons barred from food business for five years or for life; names are masked",
    ),
    fields: FIELDS,
    title: "basis",
    dated: Some("from"),
    fixed_days: &["from"],
    face: Face::Pages { folder: "bans", template: "record.html", lists: Some(&["kind"]) },
    period: Period { from: Some("from"), until: Some("to") },
    schema_org: "Report",
    feed: true,
    ..BASE
};
