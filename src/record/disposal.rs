//! 核查处置: what was done after an unqualified sample.
//!
//! One a sample, and its id is the sample's: it goes when the sample goes, and stands on the sample's page. Not
//! here: its terms, counted from the notice's day (`check`), and the penalty it may have led to (`penalty`).

use super::choices;
use super::field::{BASE, Constraint, Field, Identity, Kind, Period, Type, field_table};

/// A quantity with its unit.
pub mod quantity {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public QTY = Field::new("qty", "数量", "quantity", Type::Decimal).required();
        public UNIT = Field::new("unit", "单位", "unit", Type::Text).required();
    });
}

/// 风险控制.
pub mod control {
    use super::{Field, Type, field_table, quantity};
    field_table!(FIELDS {
        public STOCK = Field::new("stock", "库存", "stock", Type::Object(quantity::FIELDS));
        public SOLD = Field::new("sold", "已售", "sold", Type::Object(quantity::FIELDS));
        public RECALLED = Field::new("recalled", "召回", "recalled", Type::Object(quantity::FIELDS));
    });
}

/// 复查.
pub mod recheck {
    use super::{Field, Type, choices, field_table};
    field_table!(FIELDS {
        public DATE = Field::new("date", "复查日期", "date", Type::Date).required();
        public RESULT = Field::new("result", "复查结论", "result", Type::Choice(&choices::CONCLUSIONS)).required();
    });
}

field_table!(FIELDS {
    public SAMPLE = Field::new("sample", "样品", "sample", Type::Id).required().names("samples");
    public ORGAN = Field::new("organ", "处置机关", "organ", Type::Text).required();
    public STATUS = Field::new("status", "处置进度", "status", Type::Choice(&choices::DISPOSAL_STATES)).required();
    public CONTROL = Field::new("control", "风险控制", "risk control", Type::Object(control::FIELDS));
    public CAUSE = Field::new("cause", "不合格原因", "cause", Type::Text);
    public RECTIFICATION = Field::new("rectification", "整改情况", "rectification", Type::Text);
    public RECHECK = Field::new("recheck", "复查", "re-check", Type::Object(recheck::FIELDS));
    public PENALTY = Field::new("penalty", "行政处罚", "penalty", Type::Text).names("penalties");
    public PUBLISHED_ON = Field::new("published_on", "公布日期", "published on", Type::Date).required();
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "disposals",
    singular: "disposal",
    zh: "核查处置",
    en: "disposals",
    about: (
        "不合格样品的风险控制、原因排查、整改和复查",
        "what followed from an unqualified sample: control, cause, rectification, re-check",
    ),
    fields: FIELDS,
    identity: Identity::Key("sample"),
    title: "sample",
    dated: Some("published_on"),
    fixed_days: &["published_on"],
    period: Period { from: Some("published_on"), until: None },
    column_type: "数据发布",
    constraints: &[Constraint::NotAheadIn("recheck", "date")],
    ..BASE
};
