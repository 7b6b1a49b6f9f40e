//! 严重违法失信名单: an entry with its decision, its penalty and the term of its publication.
//!
//! Source of the fields: SAMR order 44 of 2021; of the terms: NDRC order 36 (in force 2026-04-01).

use super::choices;
use super::field::{BASE, Face, Field, Kind, Mask, Period, Type, field_table};
use super::party;

/// 列入事由.
pub mod ground {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public TEXT = Field::new("text", "列入事由", "ground", Type::Text).required().searched(3);
        public CODE = Field::new("code", "事由代码", "code", Type::Text);
    });
}

/// 列入决定.
pub mod decision {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public DOC_NO = Field::new("doc_no", "决定书文号", "document no.", Type::DocNo).required().searched(4);
        public ORGAN = Field::new("organ", "决定机关", "organ", Type::Text).required();
        public DATE = Field::new("date", "决定日期", "date", Type::Date).required();
        public BASIS = Field::new("basis", "列入依据", "legal basis", Type::Text);
    });
}

/// 处罚决定.
pub mod penalty {
    use super::{Field, Type, choices, field_table};
    field_table!(FIELDS {
        public DOC_NO = Field::new("doc_no", "处罚决定书文号", "document no.", Type::DocNo).searched(4).may_name("penalties", "doc_no");
        public ORGAN = Field::new("organ", "处罚机关", "organ", Type::Text);
        public DATE = Field::new("date", "处罚日期", "date", Type::Date);
        public KIND = Field::new("kind", "处罚种类", "kinds", Type::List(&Type::Choice(&choices::PENALTY_KINDS)));
        public SUMMARY = Field::new("summary", "处罚内容", "summary", Type::Text);
    });
}

field_table!(FIELDS {
    public ID = Field::new("id", "编号", "id", Type::Id).required();
    public PARTY = Field::new("party", "当事人", "party", Type::Object(party::FIELDS)).required().listed();
    public LEGAL_REP = Field::new("legal_rep", "法定代表人/负责人", "legal representative", Type::Text).masked(Mask::Name);
    public GROUND = Field::new("ground", "列入事由", "ground", Type::Object(ground::FIELDS)).required().listed();
    public DECISION = Field::new("decision", "列入决定", "decision", Type::Object(decision::FIELDS));
    public PENALTY = Field::new("penalty", "处罚决定", "penalty", Type::Object(penalty::FIELDS));
    public LISTED_ON = Field::new("listed_on", "列入日期", "listed on", Type::Date).required().listed();
    public MEASURES = Field::new("measures", "管理措施", "measures", Type::List(&Type::Text));
    public REGIME = Field::new("regime", "适用规则", "rule set", Type::Choice(&choices::REGIMES)).required();
    public SEVERITY = Field::new("severity", "失信程度", "severity", Type::Choice(&choices::SEVERITIES));
    public PUBLISH_UNTIL = Field::new("publish_until", "公示截止", "public until", Type::Date).listed();
    public PUBLISH_UNTIL_BASIS = Field::new("publish_until_basis", "公示期依据", "basis of the term", Type::Text);
    internal MINOR = Field::new("minor", "未成年人", "minor", Type::Flag);
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "blacklist",
    singular: "blacklist_entry",
    zh: "严重违法失信名单",
    en: "blacklist",
    about: (
        "列入严重违法失信名单的当事人，公示期届满即撤下",
        "parties on the list of seriously illegal and dishonest ones, shown until their term ends",
    ),
    fields: FIELDS,
    title: "party",
    dated: Some("listed_on"),
    fixed_days: &["listed_on"],
    face: Face::Pages { folder: "blacklist", template: "blacklist-entry.html", lists: Some(&[]) },
    period: Period { from: Some("listed_on"), until: Some("publish_until") },
    feed: true,
    in_menu: true,
    template_shows: &["penalties"],
    ..BASE
};
