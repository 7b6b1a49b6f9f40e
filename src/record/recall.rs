//! 食品召回: a product called back, how far it went and what became of it.
//!
//! Source of the levels and their hours: 食品召回管理办法. Not here: whether the recall began in time
//! (`check::recalls`), and the quantities of a single sample (`disposal`).

use super::choices;
use super::field::{BASE, Constraint, Face, Field, Kind, Period, Type, field_table};

/// 进展.
pub mod progress {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public DATE = Field::new("date", "日期", "date", Type::Date).required();
        public TEXT = Field::new("text", "情况", "what", Type::Text).required();
    });
}

field_table!(FIELDS {
    public ID = Field::new("id", "编号", "id", Type::Id).required();
    public PRODUCT = Field::new("product", "产品", "product", Type::Text).required().searched(6).listed();
    public PRODUCER = Field::new("producer", "生产经营者", "producer", Type::Text).required().searched(4).listed();
    public ENTERPRISE = Field::new("enterprise", "企业", "enterprise", Type::Text).names("enterprises");
    public BATCHES = Field::new("batches", "批次", "batches", Type::List(&Type::Text)).required().searched(2);
    public LEVEL = Field::new("level", "召回级别", "level", Type::Choice(&choices::RECALL_LEVELS)).required().facet().listed();
    public REASON = Field::new("reason", "召回原因", "reason", Type::Text).required().searched(2);
    public KNOWN_ON = Field::new("known_on", "知悉日期", "known on", Type::Date);
    public STARTED_ON = Field::new("started_on", "启动日期", "started on", Type::Date).required().listed();
    public SCOPE = Field::new("scope", "范围", "scope", Type::Text);
    public REFUND = Field::new("refund", "退货办法", "refund", Type::Text);
    public CONTACT_OFFICE = Field::new("contact_office", "联系电话", "office telephone", Type::Phone);
    public SAMPLE = Field::new("sample", "所涉抽检", "sample", Type::Text).names("samples").or_none();
    public PROGRESS = Field::new("progress", "进展", "progress", Type::List(&Type::Object(progress::FIELDS)));
    public FINISHED_ON = Field::new("finished_on", "完成日期", "finished on", Type::Date);
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "recalls",
    singular: "recall",
    zh: "食品召回",
    en: "recalls",
    about: (
        "食品召回的产品、批次、级别、退货办法和进展",
        "products called back: batches, level, refund, progress",
    ),
    fields: FIELDS,
    title: "product",
    dated: Some("started_on"),
    face: Face::Pages { folder: "recalls", template: "record.html", lists: Some(&["level"]) },
    period: Period { from: Some("started_on"), until: None },
    schema_org: "Report",
    feed: true,
    constraints: &[
        Constraint::Order("known_on", "started_on"),
        Constraint::Order("started_on", "finished_on"),
        Constraint::NotAhead("known_on"),
        Constraint::NotAhead("started_on"),
        Constraint::NotAheadIn("progress", "date"),
        Constraint::NotAhead("finished_on"),
    ],
    ..BASE
};
