//! 口袋书: a pocket book, `books/<id>/book.yaml`; the folder is the id.
//!
//! The book says for whom it is and what there is to check; its text stands in the chapters beside it. Not here:
//! the chapters (`chapter`), which take their order from their file names.

use super::choices;
use super::field::{BASE, Face, Field, Home, Identity, Kind, Type, field_table};

/// 读者.
pub mod audience {
    use super::{Field, Type, choices, field_table};
    field_table!(FIELDS {
        public CADRE_LEVEL = Field::new("cadre_level", "干部层级", "cadre tiers", Type::List(&Type::Choice(&choices::TIERS)));
        public ROLE = Field::new("role", "岗位", "roles", Type::List(&Type::Text));
    });
}

/// 检查清单 item.
pub mod checklist {
    use super::{Field, Type, choices, field_table};
    field_table!(FIELDS {
        public SEQ = Field::new("seq", "序号", "no.", Type::Count).required();
        public TEXT = Field::new("text", "检查内容", "what", Type::Text).required().searched(2);
        public HOW = Field::new("how", "怎么看", "how", Type::Text);
        public BASIS = Field::new("basis", "依据", "basis", Type::Text);
        public SECTOR = Field::new("sector", "适用环节", "sectors", Type::List(&Type::Choice(&choices::SECTORS)));
        public LEVEL = Field::new("level", "适用层级", "tiers", Type::List(&Type::Choice(&choices::TIERS)));
    });
}

field_table!(FIELDS {
    public TITLE = Field::new("title", "书名", "title", Type::Text).required().searched(8).listed();
    public EDITION = Field::new("edition", "版次", "edition", Type::Count).required().listed().says("bookEdition");
    public DATE = Field::new("date", "日期", "date", Type::Date).required().listed();
    public ISSUER = Field::new("issuer", "编印单位", "issuer", Type::Text).required().listed().says("publisher/Organization");
    public AUDIENCE = Field::new("audience", "读者", "audience", Type::Object(audience::FIELDS));
    public SUMMARY = Field::new("summary", "简介", "summary", Type::Text).searched(2);
    public CHECKLISTS = Field::new("checklists", "检查清单", "checklist", Type::List(&Type::Object(checklist::FIELDS)));
    internal OUTPUTS = Field::new("outputs", "输出形式", "outputs", Type::List(&Type::Text));
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "books",
    singular: "book",
    zh: "口袋书",
    en: "pocket books",
    about: ("按干部层级编印的口袋书", "pocket books for cadres, by tier"),
    fields: FIELDS,
    identity: Identity::File,
    title: "title",
    dated: Some("date"),
    home: Home::Book,
    face: Face::Pages { folder: "books", template: "book.html", lists: Some(&[]) },
    column_type: "政策解读",
    published_as_data: false,
    schema_org: "Book",
    in_menu: true,
    ..BASE
};
