//! 行政处罚: a penalty with the term of its publication.
//!
//! Source of the fields and terms: SAMR order 45 of 2021; NDRC order 36.

use super::choices;
use super::field::{BASE, Face, Field, Kind, Period, Type, field_table};
use super::party;

field_table!(FIELDS {
    public ID = Field::new("id", "编号", "id", Type::Id).required();
    public DOC_NO = Field::new("doc_no", "决定书文号", "document no.", Type::DocNo).required().searched(5).listed();
    public PARTY = Field::new("party", "当事人", "party", Type::Object(party::FIELDS)).required().listed();
    public BREACH = Field::new("breach", "违法行为", "breach", Type::Text).required().searched(3).listed();
    public KINDS = Field::new("kinds", "处罚种类", "kinds", Type::List(&Type::Choice(&choices::PENALTY_KINDS))).required();
    public CONTENT = Field::new("content", "处罚内容", "content", Type::Text).required();
    public FINE = Field::new("fine", "罚款金额", "fine", Type::Money);
    public CONFISCATED = Field::new("confiscated", "没收金额", "confiscated", Type::Money);
    public BASIS = Field::new("basis", "处罚依据", "legal basis", Type::Text);
    public DECISION_URL = Field::new("decision_url", "决定书全文", "full text of the decision", Type::Url);
    public ORGAN = Field::new("organ", "处罚机关", "organ", Type::Text).required();
    public DECIDED_ON = Field::new("decided_on", "决定日期", "decided on", Type::Date).required().listed();
    public PUBLISHED_ON = Field::new("published_on", "公示日期", "published on", Type::Date).required();
    public SEVERITY = Field::new("severity", "失信程度", "severity", Type::Choice(&choices::SEVERITIES));
    public EARLY_STOP_ALLOWED = Field::new("early_stop_allowed", "可提前终止公示", "early stop allowed", Type::Flag);
    public PUBLISH_UNTIL = Field::new("publish_until", "公示截止", "public until", Type::Date).listed();
    public PUBLISH_UNTIL_BASIS = Field::new("publish_until_basis", "公示期依据", "basis of the term", Type::Text);
    internal ANNULLED_ON = Field::new("annulled_on", "撤销日期", "annulled on", Type::Date);
    internal MINOR = Field::new("minor", "未成年人", "minor", Type::Flag);
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "penalties",
    singular: "penalty",
    zh: "行政处罚",
    en: "penalties",
    about: (
        "食品安全行政处罚决定的摘要，公示期届满即撤下",
        "summaries of penalty decisions, shown until their term ends",
    ),
    fields: FIELDS,
    title: "doc_no",
    dated: Some("published_on"),
    fixed_days: &["decided_on", "published_on"],
    face: Face::Pages { folder: "penalties", template: "penalty.html", lists: Some(&[]) },
    period: Period { from: Some("published_on"), until: Some("publish_until") },
    schema_org: "Report",
    feed: true,
    in_menu: true,
    template_shows: &["blacklist", "disposals"],
    ..BASE
};
