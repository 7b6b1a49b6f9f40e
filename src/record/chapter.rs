//! A chapter of a pocket book: `books/<book>/NN-<slug>.md`, Markdown behind its front matter.
//!
//! The number before the hyphen is its place in the book and is no part of its address, so that chapters can be
//! put in between. A letter to the readers (`part: letter`) is such a file too and no chapter. It may say
//! which questions test it, by their subject, and on which articles of law it rests, by the names that its book has for them.
//! Not here: the book it belongs to (`book`), whose folder it shares.

use super::choices;
use super::field::{BASE, Field, Home, Identity, Kind, Type, field_table};

field_table!(FIELDS {
    public TITLE = Field::new("title", "标题", "title", Type::Text).required().searched(8);
    public PART = Field::new("part", "类型", "part", Type::Choice(&choices::BOOK_PARTS));
    public SUMMARY = Field::new("summary", "摘要", "summary", Type::Text).searched(2);
    public LEVEL = Field::new("level", "适用层级", "tiers", Type::List(&Type::Choice(&choices::TIERS)));
    public KEY_POINTS = Field::new("key_points", "要点", "key points", Type::List(&Type::Text));
    public SUBJECT = Field::new("subject", "自测主题", "subject of its questions", Type::Text);
    public LAWS = Field::new("laws", "法律依据", "laws", Type::List(&Type::Text));
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "chapters",
    singular: "chapter",
    zh: "章节",
    en: "chapters",
    about: ("口袋书的各章", "chapters of the pocket books"),
    fields: FIELDS,
    identity: Identity::File,
    title: "title",
    home: Home::Chapter,
    column_type: "政策解读",
    published_as_data: false,
    schema_org: "Chapter",
    ..BASE
};
