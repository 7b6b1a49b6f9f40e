//! 口袋书: a pocket book, `books/<id>/book.yaml`; the folder is the id.
//!
//! The book says for whom it is, what there is to check, how a visit goes, what is asked and whom to call, and has the forms
//! and posters to print; its text stands in the chapters beside it. Not here: the chapters and the letter (`chapter`), which
//! take their order from their file names.

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
        public HOW = Field::new("how", "怎么看", "how", Type::Text).searched(1);
        public BASIS = Field::new("basis", "依据", "basis", Type::Text).searched(1);
        public SECTOR = Field::new("sector", "适用环节", "sectors", Type::List(&Type::Choice(&choices::SECTORS)));
        public LEVEL = Field::new("level", "适用层级", "tiers", Type::List(&Type::Choice(&choices::TIERS)));
    });
}

/// 督导流程: one step of a visit.
pub mod step {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public NAME = Field::new("name", "步骤", "step", Type::Text).required();
        public TEXT = Field::new("text", "做什么", "what", Type::Text).searched(1);
    });
}

/// 空白表格: a form to be printed and filled in by pen.
pub mod form {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public NAME = Field::new("name", "表名", "name", Type::Text).required();
        public TEXT = Field::new("text", "正文", "text", Type::Text).searched(1);
        public BLANKS = Field::new("blanks", "填写栏", "blanks", Type::List(&Type::Text));
        public COLUMNS = Field::new("columns", "表头", "columns", Type::List(&Type::Text));
        public ITEMS = Field::new("items", "首列内容", "first column", Type::List(&Type::Text));
        public ROWS = Field::new("rows", "空行数", "blank rows", Type::Count);
        public SIGN = Field::new("sign", "签名栏", "signatures", Type::List(&Type::Text));
    });
}

/// 常见问题.
pub mod faq {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public Q = Field::new("q", "问", "question", Type::Text).required().searched(3);
        public A = Field::new("a", "答", "answer", Type::Text).required().searched(1);
    });
}

/// 法律依据.
pub mod law {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public TITLE = Field::new("title", "名称", "title", Type::Text).required().searched(2);
        public ARTICLE = Field::new("article", "条款", "article", Type::Text);
        public TEXT = Field::new("text", "说的事", "what it says", Type::Text).searched(1);
        public URL = Field::new("url", "网址", "address", Type::Url);
    });
}

/// 联系电话: office lines only.
pub mod contact {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public ORG = Field::new("org", "单位", "organisation", Type::Text).required();
        public NAME = Field::new("name", "联系人", "name", Type::Text);
        public PHONE_OFFICE = Field::new("phone_office", "办公电话", "office phone", Type::Phone).required();
    });
}

/// 宣传海报: a file below `assets/`.
pub mod poster {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public TITLE = Field::new("title", "名称", "title", Type::Text).required();
        public FILE = Field::new("file", "文件", "file", Type::Text).required();
    });
}

/// Whether a chapter that names `cited` means this law: by its title, or by title and article.
pub fn is_cited(cited: &str, title: &str, article: Option<&str>) -> bool {
    cited.trim().strip_prefix(title).is_some_and(|rest| rest.is_empty() || Some(rest.trim_start()) == article)
}

field_table!(FIELDS {
    public TITLE = Field::new("title", "书名", "title", Type::Text).required().searched(8).listed();
    public EDITION = Field::new("edition", "版次", "edition", Type::Count).required().listed().says("bookEdition");
    public DATE = Field::new("date", "日期", "date", Type::Date).required().listed();
    public ISSUER = Field::new("issuer", "编印单位", "issuer", Type::Text).required().listed().says("publisher/Organization");
    public AUDIENCE = Field::new("audience", "读者", "audience", Type::Object(audience::FIELDS));
    public SUMMARY = Field::new("summary", "简介", "summary", Type::Text).searched(2);
    public CHECKLISTS = Field::new("checklists", "检查清单", "checklist", Type::List(&Type::Object(checklist::FIELDS)));
    public FLOW = Field::new("flow", "督导流程", "steps of a visit", Type::List(&Type::Object(step::FIELDS)));
    public FAQ = Field::new("faq", "常见问题", "questions and answers", Type::List(&Type::Object(faq::FIELDS)));
    public LAWS = Field::new("laws", "法律依据", "laws", Type::List(&Type::Object(law::FIELDS)));
    public CONTACTS = Field::new("contacts", "联系电话", "contacts", Type::List(&Type::Object(contact::FIELDS)));
    public POSTER = Field::new("poster", "宣传海报", "posters", Type::List(&Type::Object(poster::FIELDS)));
    public FORMS = Field::new("forms", "空白表格", "forms", Type::List(&Type::Object(form::FIELDS)));
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
