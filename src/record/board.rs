//! 公示牌: the notice on an enterprise's wall, where it differs from what the enterprise's own record makes of it.
//!
//! Without a record of its own a notice is edition 1, valid from the day the coverage began, with the station of the
//! enterprise's region. Persons always come from the enterprise. Not here: printing, and whether anything that must
//! hang there is missing (`check::boards`).

use super::choices;
use super::field::{BASE, Constraint, Field, Identity, Kind, Type, field_table};

/// 监管单位.
pub mod regulator {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public ORG = Field::new("org", "监管单位", "regulator", Type::Text).required();
        public STATION = Field::new("station", "监管所", "station", Type::Text);
        public PHONE_OFFICE = Field::new("phone_office", "电话", "telephone", Type::Phone);
    });
}

/// One of the cells of the quarterly table.
pub mod quarter {
    use super::{Field, Type, choices, field_table};
    field_table!(FIELDS {
        public PERIOD = Field::new("period", "季度", "quarter", Type::Period).required();
        public DATE = Field::new("date", "督导日期", "date", Type::Date);
        public RESULT = Field::new("result", "结果", "result", Type::Choice(&choices::BOARD_RESULTS)).required();
    });
}

field_table!(FIELDS {
    public ENTERPRISE = Field::new("enterprise", "企业", "enterprise", Type::Id).required().names("enterprises");
    public EDITION = Field::new("edition", "版次", "edition", Type::Count).required();
    public VALID_FROM = Field::new("valid_from", "启用日期", "valid from", Type::Date).required();
    public VALID_TO = Field::new("valid_to", "停用日期", "valid to", Type::Date);
    public FORMAT = Field::new("format", "规格", "format", Type::Text);
    public REGULATOR = Field::new("regulator", "监管单位", "regulator", Type::Object(regulator::FIELDS));
    public HOTLINE = Field::new("hotline", "投诉举报电话", "hotline", Type::Text);
    public QUARTERS = Field::new("quarters", "季度督导", "quarters", Type::List(&Type::Object(quarter::FIELDS)));
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "boards",
    singular: "board",
    zh: "公示牌",
    en: "wall notices",
    about: ("企业张挂的食品安全责任人公示牌", "the notices on the walls of enterprises"),
    fields: FIELDS,
    identity: Identity::Key("enterprise"),
    title: "regulator",
    called: ("{enterprise}公示牌（第{edition}版）", "{enterprise}: wall notice, edition {edition}"),
    constraints: &[Constraint::Order("valid_from", "valid_to")],
    ..BASE
};
