//! 行政区划: the places of the portal, from the city down to the village.
//!
//! The parent is found by prefix (4, 6, 9, 12 digits) or, for a local id, named by `parent`.

use super::choices;
use super::field::{BASE, Face, Field, Identity, Kind, Type, field_table};

/// 监管所: inherited from the parent region when it is left out.
pub mod station {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public ORG = Field::new("org", "监管单位", "authority", Type::Text).required();
        public NAME = Field::new("name", "监管所", "station", Type::Text);
        public PHONE_OFFICE = Field::new("phone_office", "办公电话", "office phone", Type::Phone);
    });
}

field_table!(FIELDS {
    public CODE = Field::new("code", "区划代码", "code", Type::Id).required().searched(3).listed();
    public NAME = Field::new("name", "名称", "name", Type::Text).required().searched(8).listed();
    public LEVEL = Field::new("level", "层级", "tier", Type::Choice(&choices::TIERS)).required().facet().listed();
    public PARENT = Field::new("parent", "上级", "parent", Type::RegionCode).names("regions");
    public POPULATION = Field::new("population", "常住人口", "population", Type::Count);
    public STATION = Field::new("station", "监管所", "station", Type::Object(station::FIELDS));
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "regions",
    singular: "region",
    zh: "行政区划",
    en: "regions",
    about: ("本平台覆盖的行政区划及其监管所", "the places of the portal with their stations"),
    fields: FIELDS,
    identity: Identity::Key("code"),
    title: "name",
    face: Face::Pages { folder: "regions", template: "region.html", lists: Some(&[]) },
    column_type: "概况信息",
    schema_org: "AdministrativeArea",
    in_menu: true,
    template_shows: &["enterprises", "cadres", "regions", "samples", "visits", "sampling_notices"],
    ..BASE
};
