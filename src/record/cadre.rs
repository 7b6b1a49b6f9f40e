//! 包保干部: a party or government cadre who answers for named enterprises.
//!
//! There is no field for a private telephone: it must not even be written down.

use super::choices;
use super::field::{BASE, Face, Field, Kind, Type, Volume, field_table};

/// 承诺书: the fact is public, the scan and its signature are not.
pub mod pledge {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public SIGNED_ON = Field::new("signed_on", "签订日期", "signed on", Type::Date).required();
        internal FILE_SHA256 = Field::new("file_sha256", "扫描件校验值", "scan SHA-256", Type::Text);
        internal COUNTERPARTY = Field::new("counterparty", "签订对象", "counterparty", Type::Text);
    });
}

field_table!(FIELDS {
    public ID = Field::new("id", "编号", "id", Type::Id).required();
    public NAME = Field::new("name", "姓名", "name", Type::Text).required().searched(10).listed();
    public LEVEL = Field::new("level", "层级", "tier", Type::Choice(&choices::TIERS)).required().facet().listed();
    public ORG = Field::new("org", "单位", "organisation", Type::Text).required().searched(3).listed().says("worksFor/Organization");
    public POST = Field::new("post", "职务", "post", Type::Text).required().listed().searched(1).says("jobTitle worksFor.roleName");
    public REGION = Field::new("region", "地区", "region", Type::RegionCode).required().names("regions").facet().listed();
    public PHONE_OFFICE = Field::new("phone_office", "办公电话", "office phone", Type::Phone).says("telephone");
    public PARTY_GOV = Field::new("party_gov", "班子", "body", Type::Choice(&choices::BODIES));
    public PLEDGE = Field::new("pledge", "承诺书", "pledge", Type::Object(pledge::FIELDS));
    public FROM = Field::new("from", "任职起", "from", Type::Date).required().says("worksFor.startDate");
    public TO = Field::new("to", "任职止", "to", Type::Date).says("worksFor.endDate");
    internal TRAINED_ON = Field::new("trained_on", "培训日期", "trained on", Type::List(&Type::Date));
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "cadres",
    singular: "cadre",
    zh: "包保干部",
    en: "cadres",
    about: (
        "包保企业的党政干部，只公布姓名、职务、单位和办公电话",
        "party and government cadres who answer for enterprises: name, post, organisation and office phone only",
    ),
    fields: FIELDS,
    title: "name",
    face: Face::Pages { folder: "cadres", template: "cadre.html", lists: Some(&["level", "region"]) },
    column_type: "负责人信息",
    volume: Volume::Many,
    schema_org: "Person",
    in_menu: true,
    template_shows: &["enterprises", "visits"],
    ..BASE
};
