//! 双向通报: a problem told both to the enterprise's regulator and to the side that covers it.
//!
//! Public are its day, to whom it went and whether it was answered; the matter stays inside. Not here: the problems of
//! a visit themselves (`visit`).

use super::field::{BASE, Constraint, Field, Kind, Period, Type, field_table};

field_table!(FIELDS {
    public ID = Field::new("id", "编号", "id", Type::Id).required();
    public DATE = Field::new("date", "通报日期", "date", Type::Date).required();
    public ENTERPRISE = Field::new("enterprise", "企业", "enterprise", Type::Text).required().names("enterprises");
    public CADRE = Field::new("cadre", "包保干部", "cadre", Type::Text).names("cadres");
    public TO = Field::new("to", "通报对象", "to", Type::List(&Type::Text)).required();
    internal MATTER = Field::new("matter", "事项", "matter", Type::Text);
    public DUE = Field::new("due", "反馈期限", "due", Type::Date);
    public ANSWERED_ON = Field::new("answered_on", "反馈日期", "answered on", Type::Date);
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "notifications",
    singular: "notification",
    zh: "双向通报",
    en: "notifications",
    about: (
        "督导发现的问题向监管单位和包保单位的通报，不公布事项",
        "problems told to the regulator and to the covering side; the matter is not published",
    ),
    fields: FIELDS,
    title: "to",
    dated: Some("date"),
    period: Period { from: Some("date"), until: None },
    constraints: &[
        Constraint::NotAhead("date"),
        Constraint::NotAhead("answered_on"),
        Constraint::Order("date", "due"),
        Constraint::Order("date", "answered_on"),
        Constraint::Due("due", "answered_on"),
    ],
    ..BASE
};
