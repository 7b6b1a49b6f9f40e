//! 部门: the register of departments, by which plans, indicators and texts name them alike.
//!
//! One name a department; what else people call it stands under `aliases`. Not here: who uses an alias
//! (`check::departments`).

use super::field::{BASE, Constraint, Face, Field, Kind, Type, field_table};

field_table!(FIELDS {
    public ID = Field::new("id", "编号", "id", Type::Id).required();
    public NAME = Field::new("name", "名称", "name", Type::Text).required().searched(6).listed();
    public ALIASES = Field::new("aliases", "别名", "aliases", Type::List(&Type::Text)).searched(3);
    public REGION = Field::new("region", "地区", "region", Type::RegionCode).names("regions");
    public DUTIES = Field::new("duties", "职责", "duties", Type::Text).searched(2).listed();
    public PHONE_OFFICE = Field::new("phone_office", "办公电话", "office telephone", Type::Phone).listed();
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "departments",
    singular: "department",
    zh: "部门",
    en: "departments",
    about: ("承担食品安全工作的部门和科室", "departments that take part in food-safety work"),
    fields: FIELDS,
    title: "name",
    face: Face::Pages { folder: "departments", template: "record.html", lists: Some(&[]) },
    schema_org: "GovernmentOrganization",
    constraints: &[Constraint::Unique(&["name"])],
    ..BASE
};
