//! 食品生产经营主体: an enterprise with its licences, its own food-safety people and the cadres who cover it.
//!
//! Rules for its values stand in `check::codes`, `check::coverage`, `check::staff` and `check::dates`.

use super::choices;
use super::field::{BASE, Face, Field, Identity, Kind, Stub, Type, Volume, field_table};

/// 许可证 (食品安全法实施条例, article 15: five years).
pub mod licence {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public LICENCE_NO = Field::new("licence_no", "许可证编号", "licence no.", Type::LicenceNo).required().searched(3);
        public ISSUED = Field::new("issued", "发证日期", "issued", Type::Date);
        public VALID_TO = Field::new("valid_to", "有效期至", "valid to", Type::Date);
        public ISSUER = Field::new("issuer", "发证机关", "issuer", Type::Text);
        public SCOPE = Field::new("scope", "许可项目", "scope", Type::Text);
    });
}

/// 食品安全总监 and 食品安全员.
pub mod staff {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public NAME = Field::new("name", "姓名", "name", Type::Text).required().searched(2);
        public PHONE_OFFICE = Field::new("phone_office", "办公电话", "office phone", Type::Phone);
    });
}

/// 包保关系: which cadre answers for the enterprise, and since when.
pub mod assignment {
    use super::{Field, Type, choices, field_table};
    field_table!(FIELDS {
        public CADRE = Field::new("cadre", "包保干部", "cadre", Type::Text).required().names("cadres");
        public ROLE = Field::new("role", "角色", "role", Type::Choice(&choices::ROLES)).required();
        public FROM = Field::new("from", "起", "from", Type::Date).required();
        public TO = Field::new("to", "止", "to", Type::Date);
        public BASIS = Field::new("basis", "依据", "basis", Type::DocNo);
    });
}

/// 风险等级.
pub mod risk_grade {
    use super::{Field, Type, choices, field_table};
    field_table!(FIELDS {
        public GRADE = Field::new("grade", "风险等级", "risk grade", Type::Choice(&choices::RISK_GRADES)).required();
        public YEAR = Field::new("year", "年度", "year", Type::Count).required();
    });
}

/// 餐饮量化等级.
pub mod catering_grade {
    use super::{Field, Type, choices, field_table};
    field_table!(FIELDS {
        public DYNAMIC = Field::new("dynamic", "动态等级", "last visit", Type::Choice(&choices::CATERING_FACES));
        public ANNUAL = Field::new("annual", "年度等级", "year", Type::Choice(&choices::CATERING_GRADES));
        public DATE = Field::new("date", "评定日期", "date", Type::Date);
    });
}

/// 信用等级: by it inspections are planned; of single enterprises it is not published.
pub mod credit_class {
    use super::{Field, Type, choices, field_table};
    field_table!(FIELDS {
        internal CLASS = Field::new("class", "信用等级", "credit class", Type::Choice(&choices::CREDIT_CLASSES)).required();
        internal DATE = Field::new("date", "评定日期", "date", Type::Date);
    });
}

/// 连锁经营.
pub mod chain {
    use super::{Field, Type, choices, field_table};
    field_table!(FIELDS {
        public ROLE = Field::new("role", "连锁身份", "role", Type::Choice(&choices::CHAIN_ROLES)).required();
        public BRAND = Field::new("brand", "连锁品牌", "brand", Type::Text).searched(3);
        public HEAD = Field::new("head", "连锁总部", "head office", Type::Text).names("enterprises");
    });
}

/// 网络经营: a shop on a platform.
pub mod online_shop {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public PLATFORM = Field::new("platform", "网络平台", "platform", Type::Text).required();
        public SHOP = Field::new("shop", "网店名称", "shop", Type::Text).searched(4);
        public URL = Field::new("url", "网址", "address", Type::Url);
    });
}

/// 承包经营企业: who runs a canteen for another.
pub mod contractor {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public NAME = Field::new("name", "名称", "name", Type::Text).required().searched(3);
        public USCC = Field::new("uscc", "统一社会信用代码", "unified social credit code", Type::Uscc).may_name("enterprises", "uscc");
    });
}

/// 坐标.
pub mod geo {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public LNG = Field::new("lng", "经度", "longitude", Type::Decimal).signed().required();
        public LAT = Field::new("lat", "纬度", "latitude", Type::Decimal).signed().required();
        public CRS = Field::new("crs", "坐标系", "reference system", Type::Text).required();
    });
}

/// 食品安全责任保险.
pub mod insurance {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public INSURER = Field::new("insurer", "承保机构", "insurer", Type::Text).required();
        internal POLICY_NO = Field::new("policy_no", "保单号", "policy no.", Type::Text);
        public VALID_TO = Field::new("valid_to", "有效期至", "valid to", Type::Date);
    });
}

/// 荣誉.
pub mod honour {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public TITLE = Field::new("title", "称号", "title", Type::Text).required();
        public LEVEL = Field::new("level", "级别", "level", Type::Text);
        public DATE = Field::new("date", "授予日期", "date", Type::Date);
        public VALID_TO = Field::new("valid_to", "有效期至", "valid to", Type::Date);
    });
}

field_table!(FIELDS {
    public ID = Field::new("id", "编号", "id", Type::Id);
    public NAME = Field::new("name", "名称", "name", Type::Text).required().searched(10).listed();
    public USCC = Field::new("uscc", "统一社会信用代码", "unified social credit code", Type::Uscc).searched(5).says("taxID");
    public OUTLET = Field::new("outlet", "门店", "outlet", Type::Text).searched(4);
    public COVERAGE_LEVEL = Field::new("coverage_level", "包保等级", "coverage level", Type::Choice(&choices::COVERAGE_LEVELS)).required().facet().listed();
    public COVERAGE_CRITERION = Field::new("coverage_criterion", "分级标准", "criterion of the level", Type::Text);
    public SECTOR = Field::new("sector", "环节", "sector", Type::Choice(&choices::SECTORS)).required().facet().listed();
    public BUSINESS_TYPE = Field::new("business_type", "业态", "business type", Type::Text).facet();
    public SPECIAL_FOOD = Field::new("special_food", "特殊食品", "special food", Type::List(&Type::Choice(&choices::SPECIAL_FOODS)));
    public CHAIN = Field::new("chain", "连锁经营", "chain", Type::Object(chain::FIELDS));
    public ONLINE = Field::new("online", "网络经营", "online shops", Type::List(&Type::Object(online_shop::FIELDS)));
    public CONTRACTOR = Field::new("contractor", "承包经营企业", "contractor", Type::Object(contractor::FIELDS));
    public STATUS = Field::new("status", "状态", "status", Type::Choice(&choices::STATUSES)).required().facet().listed();
    public REGION = Field::new("region", "所在地", "region", Type::RegionCode).required().names("regions").facet().listed();
    public ADDRESS = Field::new("address", "经营地址", "address", Type::Text).required().searched(2).says("address");
    public GRID = Field::new("grid", "网格", "grid", Type::Text);
    public GEO = Field::new("geo", "坐标", "position", Type::Object(geo::FIELDS));
    public LICENCES = Field::new("licences", "许可证", "licences", Type::List(&Type::Object(licence::FIELDS)));
    public LEGAL_REP = Field::new("legal_rep", "法定代表人", "legal representative", Type::Text).searched(2);
    public PRINCIPAL = Field::new("principal", "主要负责人", "principal", Type::Text).searched(2);
    public FS_DIRECTOR = Field::new("fs_director", "食品安全总监", "food-safety director", Type::Object(staff::FIELDS));
    public FS_OFFICERS = Field::new("fs_officers", "食品安全员", "food-safety officers", Type::List(&Type::Object(staff::FIELDS)));
    public COVERED_BY = Field::new("covered_by", "包保干部", "covered by", Type::List(&Type::Object(assignment::FIELDS)));
    public RISK_GRADE = Field::new("risk_grade", "风险等级", "risk grade", Type::Object(risk_grade::FIELDS));
    public CATERING_GRADE = Field::new("catering_grade", "量化等级", "catering grade", Type::Object(catering_grade::FIELDS));
    public OPEN_KITCHEN = Field::new("open_kitchen", "明厨亮灶", "open kitchen", Type::Choice(&choices::KITCHENS));
    public TRACE_CODE = Field::new("trace_code", "追溯码", "trace code", Type::Text);
    public INSURANCE = Field::new("insurance", "食品安全责任保险", "liability insurance", Type::Object(insurance::FIELDS));
    public HONOURS = Field::new("honours", "荣誉", "honours", Type::List(&Type::Object(honour::FIELDS)));
    internal CREDIT_CLASS = Field::new("credit_class", "信用等级", "credit class", Type::Object(credit_class::FIELDS));
    internal SCALE = Field::new("scale", "规模", "scale", Type::Choice(&choices::SCALES));
    internal HEADCOUNT = Field::new("headcount", "从业人数", "headcount", Type::Count);
    internal MEALS_PER_SITTING = Field::new("meals_per_sitting", "每餐次用餐人数", "meals a sitting", Type::Count);
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "enterprises",
    singular: "enterprise",
    zh: "食品生产经营主体",
    en: "enterprises",
    about: (
        "持有食品生产经营许可、由包保干部分级包保的单位",
        "enterprises with a food licence, each covered by a cadre of its level",
    ),
    fields: FIELDS,
    identity: Identity::KeyOr("id", "uscc"),
    title: "name",
    face: Face::Pages {
        folder: "enterprises",
        template: "enterprise.html",
        lists: Some(&["coverage_level", "region"]),
    },
    stub: Some(Stub { key: "status", is: &["closed", "zombie"], keeps: &["id", "name", "status"] }),
    volume: Volume::Many,
    schema_org: "Organization",
    own_files: true,
    in_menu: true,
    template_shows: &["visits", "samples", "blacklist", "penalties"],
    ..BASE
};
