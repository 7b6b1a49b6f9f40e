//! An article of a column: `articles/<column>/**.md`, Markdown behind its front matter.
//!
//! Its column is its folder and its id its path, so an article that moves gets another address. A draft exists
//! for its author alone; `publish_until` takes an article away by itself. Not here: its text (`value::Prose`).

use super::field::{BASE, Field, Home, Identity, Kind, Period, Type, field_table};

field_table!(FIELDS {
    public TITLE = Field::new("title", "标题", "title", Type::Text).required().searched(8).listed();
    public PUBLISHED = Field::new("published", "发布时间", "published", Type::Moment).required().listed();
    public SOURCE = Field::new("source", "来源", "source", Type::Text).required().listed();
    public SUMMARY = Field::new("summary", "摘要", "summary", Type::Text).required().searched(2);
    public KEYWORDS = Field::new("keywords", "关键词", "keywords", Type::List(&Type::Text)).searched(2).says("keywords");
    public AUTHOR = Field::new("author", "作者", "author", Type::Text).says("author/Person");
    public REGIONS = Field::new("regions", "地区", "regions", Type::List(&Type::RegionCode)).names("regions");
    public PUBLISH_UNTIL = Field::new("publish_until", "公示截止", "public until", Type::Date);
    internal DRAFT = Field::new("draft", "草稿", "draft", Type::Flag);
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "articles",
    singular: "article",
    zh: "文章",
    en: "articles",
    about: ("各栏目的文章", "articles of the columns"),
    fields: FIELDS,
    identity: Identity::File,
    title: "title",
    dated: Some("published"),
    fixed_days: &["published"],
    home: Home::Article,
    period: Period { from: Some("published"), until: Some("publish_until") },
    column_type: "工作动态",
    published_as_data: false,
    schema_org: "Article",
    ..BASE
};
