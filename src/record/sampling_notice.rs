//! 抽检通告: a notice with the samples it makes public; the samples stand inside it in the ledger.
//!
//! Public from its date on. What its text declares (batches, qualified, unqualified) is written down beside the
//! samples, so that the two can be held against each other. Not here: the sample (`sample`).

use super::choices;
use super::field::{BASE, Face, Field, Kind, Period, Type, field_table};

/// Batches as the notice's text declares them.
pub mod declared {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public BATCHES = Field::new("batches", "批次", "batches", Type::Count).required();
        public QUALIFIED = Field::new("qualified", "合格批次", "passed", Type::Count).required();
        public UNQUALIFIED = Field::new("unqualified", "不合格批次", "failed", Type::Count).required();
    });
}

/// A 食品大类 with its batches.
pub mod category {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public CATEGORY = Field::new("category", "食品大类", "category", Type::Text).required();
        public BATCHES = Field::new("batches", "批次", "batches", Type::Count).required();
        public UNQUALIFIED = Field::new("unqualified", "不合格批次", "failed", Type::Count);
    });
}

field_table!(FIELDS {
    public ID = Field::new("id", "编号", "id", Type::Id).required();
    public NOTICE_NO = Field::new("notice_no", "通告号", "notice no.", Type::Text).required().searched(5).listed();
    public TITLE = Field::new("title", "标题", "title", Type::Text).searched(8);
    public DATE = Field::new("date", "通告日期", "date", Type::Date).required().listed();
    public ORGAN = Field::new("organ", "发布机关", "organ", Type::Text).required().listed();
    public TASK = Field::new("task", "任务类别", "task", Type::Choice(&choices::SAMPLING_TASKS)).required().listed();
    public DECLARED = Field::new("declared", "批次统计", "declared", Type::Object(declared::FIELDS)).listed();
    public CATEGORIES = Field::new("categories", "分类统计", "by category", Type::List(&Type::Object(category::FIELDS)));
    public PROBLEMS = Field::new("problems", "问题类型", "kinds of problem", Type::List(&Type::Text));
    public MEASURES = Field::new("measures", "处置措施", "measures", Type::Text);
    public CORRECTS = Field::new("corrects", "更正的通告", "notice that it corrects", Type::Text).names("sampling_notices");
    public BODY = Field::new("body", "正文", "text", Type::Text).searched(1);
    public DISCLAIMER = Field::new("disclaimer", "声明", "disclaimer", Type::Text);
    public SAMPLES = Field::new("samples", "样品", "samples", Type::Records("samples"));
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "sampling_notices",
    singular: "sampling_notice",
    zh: "抽检通告",
    en: "sampling notices",
    about: ("食品安全抽检结果的通告", "notices that publish the results of food sampling"),
    fields: FIELDS,
    title: "notice_no",
    heading: Some(("title", "form_notice")),
    dated: Some("date"),
    fixed_days: &["date"],
    face: Face::Pages { folder: "sampling", template: "sampling-notice.html", lists: Some(&[]) },
    period: Period { from: Some("date"), until: None },
    column_type: "数据发布",
    schema_org: "Report",
    feed: true,
    in_menu: true,
    template_shows: &["samples"],
    ..BASE
};
