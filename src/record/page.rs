//! A standing page: `pages/**.md`, such as how to complain or the accessibility statement.
//!
//! Belongs to no column and does not grow old. Not here: its text (`value::Prose`).

use super::field::{BASE, Field, Home, Identity, Kind, Type, field_table};

field_table!(FIELDS {
    public TITLE = Field::new("title", "标题", "title", Type::Text).required().searched(8);
    public PUBLISHED = Field::new("published", "发布时间", "published", Type::Moment);
    public SOURCE = Field::new("source", "来源", "source", Type::Text);
    public SUMMARY = Field::new("summary", "摘要", "summary", Type::Text).searched(2);
    public KEYWORDS = Field::new("keywords", "关键词", "keywords", Type::List(&Type::Text)).searched(2);
    public COLUMN_TYPE = Field::new("type", "栏目类别", "ColumnType", Type::Text);
    public ORDER = Field::new("order", "次序", "order", Type::Count);
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "pages",
    singular: "page",
    zh: "页面",
    en: "standing pages",
    about: ("常设页面", "standing pages"),
    fields: FIELDS,
    identity: Identity::File,
    title: "title",
    home: Home::Page,
    column_type: "概况信息",
    published_as_data: false,
    schema_org: "WebPage",
    ..BASE
};
