//! The field tables of rule sets, as an office writes them under `rule_sets:` in portal.yaml and as the shipped ones
//! are written.
//!
//! Each entry has an id, the days between which it is in force and the article it rests on. Not here: how entries
//! of the portal stand before shipped ones, and which one counts on a day (`rule_sets`).

use crate::record::choices;
use crate::record::field::{Choice, Field, Type, field_table};
use crate::record::portal::map;

/// The records whose term of publication a rule gives.
pub static RECORDS: [Choice; 2] = [
    Choice { key: "penalties", zh: "行政处罚", en: "penalties" },
    Choice { key: "blacklist", zh: "严重违法失信名单", en: "blacklist entries" },
];

/// The day from which a term is counted.
pub static COUNTS_FROM: [Choice; 3] = [
    Choice { key: "publication", zh: "公示之日", en: "publication" },
    Choice { key: "decision", zh: "决定之日", en: "the decision" },
    Choice { key: "listing", zh: "列入之日", en: "the listing" },
];

/// A term of publication; the first of a rule's terms that fits counts.
pub mod term {
    use super::{Field, Type, choices, field_table};
    field_table!(FIELDS {
        public SEVERITY = Field::new("severity", "失信程度", "severities", Type::List(&Type::Choice(&choices::SEVERITIES)));
        public ONLY = Field::new("only", "仅受这些处罚", "no other penalties than", Type::List(&Type::Choice(&choices::PENALTY_KINDS)));
        public ANY = Field::new("any", "受其中一种处罚", "any of the penalties", Type::List(&Type::Choice(&choices::PENALTY_KINDS)));
        public MONTHS = Field::new("months", "公示月数", "months", Type::Count);
        public LEAST_MONTHS = Field::new("least_months", "最短公示月数", "least months", Type::Count);
        public OWN_TERM = Field::new("own_term", "按其自身期限", "as long as the penalty runs", Type::Flag);
    });
}

/// 公示期: a rule on how long penalties or blacklist entries are public.
pub mod publication {
    use super::{COUNTS_FROM, Field, RECORDS, Type, field_table, term};
    field_table!(FIELDS {
        public ID = Field::new("id", "编号", "id", Type::Id).required();
        public NAME = Field::new("name", "规定", "rule", Type::Text).required();
        public ARTICLE = Field::new("article", "条款", "article", Type::Text);
        public EFFECTIVE_FROM = Field::new("effective_from", "施行之日", "in force from", Type::Date).required();
        public EFFECTIVE_TO = Field::new("effective_to", "失效之日", "in force to", Type::Date);
        public DISABLED = Field::new("disabled", "停用", "disabled", Type::Flag);
        public RECORDS_OF = Field::new("records", "适用记录", "records", Type::Choice(&RECORDS)).required();
        public COUNTS = Field::new("counts_from", "起算之日", "counted from", Type::Choice(&COUNTS_FROM)).required();
        public COVERS_EARLIER = Field::new("covers_earlier", "施行前的决定也适用", "covers earlier decisions", Type::Flag);
        public TERMS = Field::new("terms", "期限", "terms", Type::List(&Type::Object(term::FIELDS))).required();
    });
}

/// 督导频次: visits a year, of all levels or of one.
pub mod visits {
    use super::{Field, Type, choices, field_table};
    field_table!(FIELDS {
        public ID = Field::new("id", "编号", "id", Type::Id).required();
        public NAME = Field::new("name", "规定", "rule", Type::Text).required();
        public ARTICLE = Field::new("article", "条款", "article", Type::Text);
        public EFFECTIVE_FROM = Field::new("effective_from", "施行之日", "in force from", Type::Date).required();
        public EFFECTIVE_TO = Field::new("effective_to", "失效之日", "in force to", Type::Date);
        public DISABLED = Field::new("disabled", "停用", "disabled", Type::Flag);
        public LEVEL = Field::new("level", "包保等级", "coverage level", Type::Choice(&choices::COVERAGE_LEVELS));
        public PER_YEAR = Field::new("per_year", "每年次数", "visits a year", Type::Count).required();
    });
}

/// 分级对应: the tier whose cadres cover each level.
pub mod levels {
    use super::{Field, Type, field_table, map};
    field_table!(FIELDS {
        public ID = Field::new("id", "编号", "id", Type::Id).required();
        public NAME = Field::new("name", "规定", "rule", Type::Text).required();
        public ARTICLE = Field::new("article", "条款", "article", Type::Text);
        public EFFECTIVE_FROM = Field::new("effective_from", "施行之日", "in force from", Type::Date).required();
        public EFFECTIVE_TO = Field::new("effective_to", "失效之日", "in force to", Type::Date);
        public DISABLED = Field::new("disabled", "停用", "disabled", Type::Flag);
        public MAP = Field::new("map", "分级对应", "level map", Type::Object(map::FIELDS)).required();
    });
}

/// A class of canteens or caterers: words of its 业态, and the diners a sitting from which it needs a director; 0 for any.
pub mod canteen {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public WORDS = Field::new("words", "业态用词", "words of the business type", Type::List(&Type::Text)).required();
        public ZH = Field::new("zh", "名称", "Chinese name", Type::Text).required();
        public EN = Field::new("en", "英文名称", "English name", Type::Text).required();
        public MEALS = Field::new("meals", "每餐次人数", "diners a sitting", Type::Count).required();
    });
}

/// 人员配备: who needs a 食品安全总监 beside the 食品安全员.
pub mod staff {
    use super::{Field, Type, canteen, choices, field_table};
    field_table!(FIELDS {
        public ID = Field::new("id", "编号", "id", Type::Id).required();
        public NAME = Field::new("name", "规定", "rule", Type::Text).required();
        public ARTICLE = Field::new("article", "条款", "article", Type::Text);
        public EFFECTIVE_FROM = Field::new("effective_from", "施行之日", "in force from", Type::Date).required();
        public EFFECTIVE_TO = Field::new("effective_to", "失效之日", "in force to", Type::Date);
        public DISABLED = Field::new("disabled", "停用", "disabled", Type::Flag);
        public SCALES = Field::new("scales", "企业规模", "sizes", Type::List(&Type::Choice(&choices::SCALES)));
        public SPECIAL_FOOD = Field::new("special_food", "特殊食品生产企业", "producers of special food", Type::Flag);
        public CHAIN_HEADS = Field::new("chain_heads", "连锁企业总部", "head offices of chains", Type::Flag);
        public CANTEENS = Field::new("canteens", "按人数的主体", "classes by diners", Type::List(&Type::Object(canteen::FIELDS)));
    });
}

/// 目标: a number that is to be reached.
pub mod target {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public ID = Field::new("id", "编号", "id", Type::Id).required();
        public NAME = Field::new("name", "目标", "target", Type::Text).required();
        public ARTICLE = Field::new("article", "条款", "article", Type::Text);
        public EFFECTIVE_FROM = Field::new("effective_from", "施行之日", "in force from", Type::Date).required();
        public EFFECTIVE_TO = Field::new("effective_to", "失效之日", "in force to", Type::Date);
        public DISABLED = Field::new("disabled", "停用", "disabled", Type::Flag);
        public VALUE = Field::new("value", "数值", "value", Type::Decimal).required();
        public UNIT = Field::new("unit", "单位", "unit", Type::Text).required();
    });
}

field_table!(FIELDS {
    public PUBLICATION = Field::new("publication", "公示期", "terms of publication", Type::List(&Type::Object(publication::FIELDS)));
    public VISITS = Field::new("visits", "督导频次", "visits", Type::List(&Type::Object(visits::FIELDS)));
    public LEVELS = Field::new("levels", "分级对应", "level maps", Type::List(&Type::Object(levels::FIELDS)));
    public STAFF = Field::new("staff", "人员配备", "staff duties", Type::List(&Type::Object(staff::FIELDS)));
    public TARGETS = Field::new("targets", "目标", "targets", Type::List(&Type::Object(target::FIELDS)));
});
