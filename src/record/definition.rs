//! The field table of a collection: how a portal declares a kind of record of its own.
//!
//! A definition stands under `collections:` in `portal.yaml` or alone in `collections/<plural>.yaml`, and is read by
//! the same reader as every record, so that a misspelt word is found like a misspelt field. In: nothing. Out: tables.
//!
//! Not here: making a kind of a definition, and what of it may be wrong (`collection`).

use super::field::{Choice, Field, Type, field_table};

const fn word(key: &'static str, zh: &'static str, en: &'static str) -> Choice {
    Choice { key, zh, en }
}

/// What a field may hold.
pub static TYPES: [Choice; 17] = [
    word("text", "文字", "text"),
    word("date", "日期", "day"),
    word("moment", "日期和时间", "day and time"),
    word("period", "年、季、月、周", "year, quarter, month or week"),
    word("count", "整数", "whole number"),
    word("decimal", "数字", "number"),
    word("money", "金额（元）", "amount in yuan"),
    word("flag", "是否", "true or false"),
    word("choice", "选项", "one of some words"),
    word("uscc", "统一社会信用代码", "credit code"),
    word("licence_no", "许可证编号", "licence number"),
    word("region", "行政区划代码", "region code"),
    word("doc_no", "文号", "document number"),
    word("phone", "办公电话", "office telephone"),
    word("url", "网址", "address on the web"),
    word("link", "另一条记录", "another record"),
    word("object", "若干字段", "several fields"),
];

/// Who may see a field.
pub static VISIBILITIES: [Choice; 3] = [
    word("public", "公开", "public"),
    word("internal", "内部", "internal"),
    word("masked", "遮挡姓名", "names masked"),
];

/// How many records are to be expected.
pub static VOLUMES: [Choice; 2] =
    [word("few", "不多", "up to some hundreds"), word("many", "上千条", "thousands and more")];

/// What a field counts, where only numbers are published.
pub static COUNTS: [Choice; 3] = [
    word("all", "全部", "all records"),
    word("done", "已办完", "those that are done"),
    word("late", "逾期未办完", "those that are late"),
];

/// The rules that a definition may set.
pub static RULES: [Choice; 8] = [
    word("order", "先后", "days in their order"),
    word("at_most", "不超过", "a part is at most the whole"),
    word("sum", "合计", "parts add up"),
    word("sequence", "逐期连续", "no period left out"),
    word("unique", "不重复", "no two alike"),
    word("not_ahead", "不在将来", "not in the future"),
    word("expires", "到期提醒", "warned of when over"),
    word("due", "逾期提醒", "warned of when due and not done"),
];

/// 选项.
pub mod option {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public KEY = Field::new("key", "写法", "key", Type::Text).required();
        public ZH = Field::new("zh", "中文名称", "Chinese label", Type::Text).required();
        public EN = Field::new("en", "英文名称", "English label", Type::Text);
    });
}

/// A field inside an object.
pub mod part {
    use super::{Field, TYPES, Type, VISIBILITIES, field_table, option};
    field_table!(FIELDS {
        public KEY = Field::new("key", "字段名", "key", Type::Text).required();
        public ZH = Field::new("zh", "中文名称", "Chinese label", Type::Text).required();
        public EN = Field::new("en", "英文名称", "English label", Type::Text);
        public TYPE = Field::new("type", "类型", "type", Type::Choice(&TYPES)).required();
        public LIST = Field::new("list", "可有多个", "list", Type::Flag);
        public REQUIRED = Field::new("required", "必填", "required", Type::Flag);
        public VISIBILITY = Field::new("visibility", "可见范围", "visibility", Type::Choice(&VISIBILITIES));
        public UNLESS = Field::new("unless", "不遮挡的条件", "not masked if this is given", Type::Text);
        public CHOICES = Field::new("choices", "选项", "choices", Type::List(&Type::Object(option::FIELDS)));
        public TO = Field::new("to", "所指的类别", "kind it names", Type::Text);
        public BY = Field::new("by", "按哪个字段", "by which key", Type::Text);
        public MAY = Field::new("may", "可以没有", "may be missing", Type::Flag);
    });
}

/// A field.
pub mod field {
    use super::{COUNTS, Field, TYPES, Type, VISIBILITIES, field_table, option, part};
    field_table!(FIELDS {
        public KEY = Field::new("key", "字段名", "key", Type::Text).required();
        public ZH = Field::new("zh", "中文名称", "Chinese label", Type::Text).required();
        public EN = Field::new("en", "英文名称", "English label", Type::Text);
        public TYPE = Field::new("type", "类型", "type", Type::Choice(&TYPES)).required();
        public LIST = Field::new("list", "可有多个", "list", Type::Flag);
        public REQUIRED = Field::new("required", "必填", "required", Type::Flag);
        public VISIBILITY = Field::new("visibility", "可见范围", "visibility", Type::Choice(&VISIBILITIES));
        public UNLESS = Field::new("unless", "不遮挡的条件", "not masked if this is given", Type::Text);
        public CHOICES = Field::new("choices", "选项", "choices", Type::List(&Type::Object(option::FIELDS)));
        public TO = Field::new("to", "所指的类别", "kind it names", Type::Text);
        public BY = Field::new("by", "按哪个字段", "by which key", Type::Text);
        public MAY = Field::new("may", "可以没有", "may be missing", Type::Flag);
        public FIELDS_INSIDE = Field::new("fields", "内含字段", "fields inside", Type::List(&Type::Object(part::FIELDS)));
        public SEARCHED = Field::new("searched", "检索权重", "weight in search", Type::Count);
        public FACET = Field::new("facet", "按它分列表", "makes lists", Type::Flag);
        public LISTED = Field::new("listed", "列表中的一栏", "column of lists", Type::Flag);
        public COUNTS_WHAT = Field::new("counts", "计数", "counts", Type::Choice(&COUNTS));
    });
}

/// A rule.
pub mod rule {
    use super::{Field, RULES, Type, field_table};
    field_table!(FIELDS {
        public RULE = Field::new("rule", "规则", "rule", Type::Choice(&RULES)).required();
        public KEYS = Field::new("fields", "字段", "fields", Type::List(&Type::Text)).required();
        public TOTAL = Field::new("total", "合计字段", "total", Type::Text);
        public WITHIN = Field::new("within", "分组字段", "within records that share", Type::Text);
    });
}

field_table!(FIELDS {
    public PLURAL = Field::new("plural", "类别名（复数）", "plural", Type::Text).required();
    public SINGULAR = Field::new("singular", "类别名（单数）", "singular", Type::Text);
    public ZH = Field::new("zh", "中文名称", "Chinese name", Type::Text).required();
    public EN = Field::new("en", "英文名称", "English name", Type::Text);
    public ABOUT = Field::new("about", "说明", "about", Type::Text).required();
    public ABOUT_EN = Field::new("about_en", "英文说明", "about, in English", Type::Text);
    public OWN_FIELDS = Field::new("fields", "字段", "fields", Type::List(&Type::Object(field::FIELDS))).required();
    public COUNTED_BY = Field::new("counted_by", "只公布数量，按这些字段分", "only numbers, by these fields", Type::List(&Type::Text));
    public ID_FROM = Field::new("id_from", "作编号的字段", "field that is the id", Type::Text);
    public TITLE = Field::new("title", "作标题的字段", "field that is the title", Type::Text);
    public DATED = Field::new("dated", "排序日期字段", "field that dates it", Type::Text);
    public FROM = Field::new("from", "公开起始字段", "public from", Type::Text);
    public UNTIL = Field::new("until", "公开截止字段", "public until", Type::Text);
    public PAGES = Field::new("pages", "每条一页", "a page a record", Type::Flag);
    public COLUMN_TYPE = Field::new("column_type", "栏目类别", "ColumnType", Type::Text);
    public SCHEMA_ORG = Field::new("schema_org", "schema.org 类型", "type of schema.org", Type::Text);
    public FEED = Field::new("feed", "有订阅源", "has a feed", Type::Flag);
    public VOLUME = Field::new("volume", "数量", "volume", Type::Choice(&VOLUMES));
    public CONSTRAINTS = Field::new("constraints", "规则", "constraints", Type::List(&Type::Object(rule::FIELDS)));
});
