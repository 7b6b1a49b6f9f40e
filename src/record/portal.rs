//! The field table of `portal.yaml`: identity, contact, columns, coverage rules, limits.
//!
//! It is read by the same reader as every record, so that a misspelt setting is found like a misspelt field.
//! `config` makes the typed settings from its values.

use super::field::{Field, Type, field_table};
use super::rule_sets;
use super::{choices, definition};

/// The government site the portal is a column of.
pub mod site {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public NAME = Field::new("name", "网站名称", "SiteName", Type::Text).required();
        public DOMAIN = Field::new("domain", "域名", "SiteDomain", Type::Text).required();
        public ID_CODE = Field::new("id_code", "网站标识码", "SiteIDCode", Type::Text).required();
    });
}

/// 联系方式.
pub mod contact {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public ADDRESS = Field::new("address", "地址", "address", Type::Text);
        public PHONE_OFFICE = Field::new("phone_office", "办公电话", "office phone", Type::Phone).required();
        public MAILBOX = Field::new("mailbox", "邮箱", "mailbox", Type::Text);
    });
}

/// 页脚.
pub mod footer {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public ICP = Field::new("icp", "ICP备案编号", "ICP number", Type::Text);
        public POLICE_RECORD = Field::new("police_record", "公安备案号", "police record", Type::Text);
        public MARK_URL = Field::new("mark_url", "党政机关网站标识", "mark of government sites", Type::Url);
        public REPORT_ERROR_URL = Field::new("report_error_url", "找错入口", "report an error", Type::Url);
    });
}

/// Which tier covers an enterprise of which level.
pub mod map {
    use super::{Field, Type, choices, field_table};
    field_table!(FIELDS {
        public A = Field::new("A", "A级由", "A by", Type::Choice(&choices::TIERS)).required();
        public B = Field::new("B", "B级由", "B by", Type::Choice(&choices::TIERS)).required();
        public C = Field::new("C", "C级由", "C by", Type::Choice(&choices::TIERS)).required();
        public D = Field::new("D", "D级由", "D by", Type::Choice(&choices::TIERS)).required();
    });
}

/// 包保规则.
pub mod coverage {
    use super::{Field, Type, field_table, map};
    field_table!(FIELDS {
        public MAP = Field::new("map", "分级对应", "level map", Type::Object(map::FIELDS));
        public MAX_LOAD = Field::new("max_load", "每名干部上限", "most enterprises a cadre", Type::Count);
        public VISITS_PER_YEAR = Field::new("visits_per_year", "每年督导次数", "visits a year", Type::Count);
    });
}

/// 栏目.
pub mod column {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public ID = Field::new("id", "编号", "id", Type::Id).required();
        public NAME = Field::new("name", "名称", "name", Type::Text).required();
        public COLUMN_TYPE = Field::new("type", "栏目类别", "ColumnType", Type::Text).required();
        public DESCRIPTION = Field::new("description", "栏目介绍", "ColumnDescription", Type::Text).required();
        public KEYWORDS = Field::new("keywords", "栏目关键词", "ColumnKeywords", Type::List(&Type::Text)).required();
        public MAX_AGE_DAYS = Field::new("max_age_days", "更新期限（天）", "most days without an item", Type::Count);
    });
}

/// 数据开放: what is published besides the data files that every portal has.
pub mod data {
    use super::{Field, Type, choices, field_table};
    field_table!(FIELDS {
        public BY_REGION = Field::new("by_region", "分地区文件到", "files by region down to", Type::Choice(&choices::DATA_REGIONS));
        public PER_ENTERPRISE = Field::new("per_enterprise", "每家主体的数据文件和标牌", "a file and a badge per enterprise", Type::Flag);
        public LICENCE = Field::new("licence", "许可协议网址", "address of the licence", Type::Url);
        public KEEP_CHANGES = Field::new("keep_changes", "保留的变更文件数", "files of changes to keep", Type::Count);
    });
}

/// The mask of one field of one kind.
pub mod field_mask {
    use super::{Field, Type, choices, field_table};
    field_table!(FIELDS {
        public KIND = Field::new("kind", "类别", "kind", Type::Text).required();
        public FIELD = Field::new("field", "字段", "field", Type::Text);
        public MASK = Field::new("mask", "遮挡方式", "mask", Type::Choice(&choices::NAME_MASKS)).required();
    });
}

/// 个人信息: how names are masked and personal numbers are looked for.
pub mod privacy {
    use super::{Field, Type, choices, field_mask, field_table};
    field_table!(FIELDS {
        public NAME_MASK = Field::new("name_mask", "姓名遮挡方式", "mask of names", Type::Choice(&choices::NAME_MASKS));
        public MASKS = Field::new("masks", "个别字段的遮挡方式", "masks of single fields", Type::List(&Type::Object(field_mask::FIELDS)));
        public ID_PREFIXES = Field::new("id_prefixes", "另查的身份证号前两位", "further first digits of identity numbers", Type::List(&Type::Text));
    });
}

/// A setting of the theme.
pub mod theme_setting {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public KEY = Field::new("key", "设置项", "key", Type::Text).required();
        public VALUE = Field::new("value", "值", "value", Type::Text).required();
    });
}

/// 网站检查: what the inspectors' lint goes by, and the lists it looks things up in.
pub mod inspection {
    use super::{Field, Type, field_table};

    /// A wrong word.
    pub mod word {
        use super::{Field, Type, field_table};
        field_table!(FIELDS {
            public WRONG = Field::new("wrong", "错误写法", "wrong word", Type::Text).required();
            public RIGHT = Field::new("right", "正确写法", "right word", Type::Text).required();
        });
    }

    /// A domain that was closed down.
    pub mod closed {
        use super::{Field, Type, field_table};
        field_table!(FIELDS {
            public DOMAIN = Field::new("domain", "域名", "domain", Type::Text).required();
            public CLOSED_ON = Field::new("closed_on", "关停日期", "closed on", Type::Date);
        });
    }

    /// A file of lists: `inspection/*.yaml`.
    pub mod lists {
        use super::{Field, Type, closed, field_table, word};
        field_table!(FIELDS {
            public LISTED_ON = Field::new("listed_on", "名单日期", "day of the list", Type::Date);
            public WORDS = Field::new("words", "错敏词", "wrong words", Type::List(&Type::Object(word::FIELDS)));
            public CLOSED_DOMAINS = Field::new("closed_domains", "关停域名", "closed domains", Type::List(&Type::Object(closed::FIELDS)));
        });
    }

    field_table!(FIELDS {
        public HOME_WARN_DAYS = Field::new("home_warn_days", "首页几天不更新即提醒", "days of an old home page to warn of", Type::Count);
        public HOME_ERROR_DAYS = Field::new("home_error_days", "首页几天不更新为错误", "days of an old home page that are an error", Type::Count);
        public COLUMN_WARN_DAYS = Field::new("column_warn_days", "栏目到期前几天提醒", "days before a column is too old", Type::Count);
        public ALLOWED_HOSTS = Field::new("allowed_hosts", "可以链接的站外域名", "hosts that links may lead to", Type::List(&Type::Text));
    });
}

/// What a source file may cost at the most.
pub mod limits {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public FILE_BYTES = Field::new("file_bytes", "文件字节数", "bytes a file", Type::Count);
        public FRONT_MATTER_BYTES = Field::new("front_matter_bytes", "文首信息字节数", "bytes a front matter", Type::Count);
        public DEPTH = Field::new("depth", "嵌套层数", "depth", Type::Count);
        public ALIASES = Field::new("aliases", "别名展开次数", "aliases", Type::Count);
        public NODES = Field::new("nodes", "节点数", "nodes", Type::Count);
        public SCALAR_BYTES = Field::new("scalar_bytes", "单值字节数", "bytes a value", Type::Count);
    });
}

field_table!(FIELDS {
    public NAME = Field::new("name", "平台名称", "name", Type::Text).required();
    public ORGAN = Field::new("organ", "主办单位", "organ", Type::Text).required();
    public REGION = Field::new("region", "地区", "region", Type::RegionCode).required();
    public AUTHORITY = Field::new("authority", "层级", "authority", Type::Choice(&choices::AUTHORITIES)).required();
    public BASE_URL = Field::new("base_url", "网址", "base address", Type::Url).required();
    public SITE = Field::new("site", "所属网站", "site", Type::Object(site::FIELDS)).required();
    public LANGUAGE = Field::new("language", "界面语言", "language", Type::Text);
    public CONTACT = Field::new("contact", "联系方式", "contact", Type::Object(contact::FIELDS)).required();
    public HOTLINE = Field::new("hotline", "投诉举报电话", "hotline", Type::Phone).required();
    public FOOTER = Field::new("footer", "页脚", "footer", Type::Object(footer::FIELDS));
    public COVERAGE = Field::new("coverage", "包保规则", "coverage", Type::Object(coverage::FIELDS));
    public COLUMNS = Field::new("columns", "栏目", "columns", Type::List(&Type::Object(column::FIELDS)));
    public THEME = Field::new("theme", "主题", "theme", Type::Text);
    public THEME_SETTINGS = Field::new("theme_settings", "主题设置", "settings of the theme", Type::List(&Type::Object(theme_setting::FIELDS)));
    public AS_OF = Field::new("as_of", "截至日期", "as of", Type::Date);
    public DISCLAIMER = Field::new("disclaimer", "抽检声明", "disclaimer", Type::Text);
    public DATA = Field::new("data", "数据开放", "data", Type::Object(data::FIELDS));
    public PRIVACY = Field::new("privacy", "个人信息", "privacy", Type::Object(privacy::FIELDS));
    public INSPECTION = Field::new("inspection", "网站检查", "inspection of the site", Type::Object(inspection::FIELDS));
    public RULES_OFF = Field::new("rules_off", "停用的规则", "rules switched off", Type::List(&Type::Text));
    public RULE_SETS = Field::new("rule_sets", "规则集", "rule sets", Type::Object(rule_sets::table::FIELDS));
    public COLLECTIONS = Field::new("collections", "自定类别", "collections", Type::List(&Type::Object(definition::FIELDS)));
    public LIMITS = Field::new("limits", "读取上限", "limits", Type::Object(limits::FIELDS));
});
