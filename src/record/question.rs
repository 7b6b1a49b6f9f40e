//! 题库: a question for self-tests, with its answer and where that stands.
//!
//! Not here: scores, which a static page cannot keep, and whether the answer fits the question (`check::quizzes`).

use super::choices;
use super::field::{BASE, Face, Field, Kind, Type, field_table};

/// 选项.
pub mod options {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public A = Field::new("A", "A", "A", Type::Text);
        public B = Field::new("B", "B", "B", Type::Text);
        public C = Field::new("C", "C", "C", Type::Text);
        public D = Field::new("D", "D", "D", Type::Text);
        public E = Field::new("E", "E", "E", Type::Text);
        public F = Field::new("F", "F", "F", Type::Text);
    });
}

field_table!(FIELDS {
    public ID = Field::new("id", "编号", "id", Type::Id).required();
    public FORM = Field::new("type", "题型", "type", Type::Choice(&choices::QUESTION_FORMS)).required().facet().listed();
    public SCOPE = Field::new("scope", "适用环节", "sectors", Type::List(&Type::Choice(&choices::SECTORS))).facet();
    public SUBJECT = Field::new("subject", "主题", "subject", Type::Text);
    public STEM = Field::new("stem", "题目", "question", Type::Text).required().searched(3).listed();
    public OPTIONS = Field::new("options", "选项", "options", Type::Object(options::FIELDS));
    public ANSWER = Field::new("answer", "答案", "answer", Type::List(&Type::Choice(&choices::ANSWERS))).required();
    public BASIS = Field::new("basis", "依据", "basis", Type::Text);
    public EXPLAIN = Field::new("explain", "解析", "explanation", Type::Text);
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "questions",
    singular: "question",
    zh: "自测题",
    en: "questions",
    about: ("食品安全知识自测题，答案点开可见", "questions for self-tests; answers open on request"),
    fields: FIELDS,
    title: "stem",
    face: Face::Pages { folder: "questions", template: "question.html", lists: Some(&["scope", "type"]) },
    list_template: "question-list.html",
    column_type: "互动交流",
    schema_org: "Question",
    ..BASE
};
