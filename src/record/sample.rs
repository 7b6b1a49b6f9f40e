//! 抽检结果: one sampled batch and its verdict. Unqualified ones have a page of their own.
//!
//! Written inside its notice and public with it. The unit it was taken from and the producer may be strangers to
//! the ledgers, so a link to an enterprise may be missing. Not here: what followed from it (`disposal`).

use super::choices;
use super::field::{BASE, Face, Field, Home, Identity, Kind, Type, Volume, field_table};

/// 被抽样单位 or 标称生产企业.
pub mod unit {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public NAME = Field::new("name", "名称", "name", Type::Text).required().searched(4);
        public ADDRESS = Field::new("address", "地址", "address", Type::Text);
        public REGION = Field::new("region", "地区", "region", Type::RegionCode).may_name("regions", "id");
        public USCC = Field::new("uscc", "统一社会信用代码", "unified social credit code", Type::Uscc).may_name("enterprises", "uscc");
    });
}

/// 生产日期/批号.
pub mod date_or_batch {
    use super::{Field, Type, choices, field_table};
    field_table!(FIELDS {
        public KIND = Field::new("kind", "日期类别", "kind", Type::Choice(&choices::SAMPLE_DATES)).required();
        public DATE = Field::new("date", "日期", "date", Type::Date);
        public BATCH = Field::new("batch", "批号", "batch", Type::Text);
        public RAW = Field::new("raw", "原文", "as printed", Type::Text);
    });
}

/// 检验项目, as published: item, value, limit.
pub mod item {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public ITEM = Field::new("item", "检验项目", "item", Type::Text).required().searched(4);
        public VALUE = Field::new("value", "检验结果", "result", Type::Text);
        public LIMIT = Field::new("limit", "标准值", "limit", Type::Text);
        public METHOD = Field::new("method", "检验方法", "method", Type::Text);
    });
}

/// 复检 or 异议.
pub mod retest {
    use super::{Field, Type, choices, field_table};
    field_table!(FIELDS {
        public REQUESTED_ON = Field::new("requested_on", "申请日期", "requested on", Type::Date);
        public SETTLED_ON = Field::new("settled_on", "办结日期", "settled on", Type::Date);
        public RESULT = Field::new("result", "结论", "result", Type::Choice(&choices::CONCLUSIONS));
        public NOTE = Field::new("note", "说明", "note", Type::Text);
    });
}

field_table!(FIELDS {
    public SAMPLE_NO = Field::new("sample_no", "抽样编号", "sample no.", Type::SampleNo).required().searched(5).listed();
    public NOTICE = Field::new("notice", "抽检通告", "notice", Type::Text).names("sampling_notices");
    public FOOD_NAME = Field::new("food_name", "食品名称", "food", Type::Text).required().searched(10).listed();
    public CONCLUSION = Field::new("conclusion", "检验结论", "conclusion", Type::Choice(&choices::CONCLUSIONS)).required().facet().listed().searched(1);
    public ENTERPRISE = Field::new("enterprise", "被抽样单位", "sampled enterprise", Type::Text).names("enterprises");
    public SAMPLED = Field::new("sampled", "被抽样单位", "sampled unit", Type::Object(unit::FIELDS));
    public PRODUCER = Field::new("producer", "标称生产企业", "nominal producer", Type::Object(unit::FIELDS));
    public CATEGORY = Field::new("category", "食品大类", "category", Type::Text).searched(2);
    public SUBCATEGORY = Field::new("subcategory", "食品细类", "fine category", Type::Text).searched(2);
    public SPEC = Field::new("spec", "规格型号", "specification", Type::Text);
    public BRAND = Field::new("brand", "商标", "brand", Type::Text).searched(3);
    public DATE_OR_BATCH = Field::new("date_or_batch", "生产日期/批号", "date or batch", Type::Object(date_or_batch::FIELDS));
    public SAMPLED_ON = Field::new("sampled_on", "抽样日期", "sampled on", Type::Date);
    public REPORTED_ON = Field::new("reported_on", "报告日期", "reported on", Type::Date);
    internal RECEIVED_ON = Field::new("received_on", "送达日期", "result received on", Type::Date);
    public ITEMS = Field::new("items", "检验项目", "items", Type::List(&Type::Object(item::FIELDS)));
    public REPORT_NO = Field::new("report_no", "报告编号", "report no.", Type::Text).searched(3);
    public LAB = Field::new("lab", "检验机构", "laboratory", Type::Text);
    public TASK = Field::new("task", "任务来源", "task", Type::Text);
    public STAGE = Field::new("stage", "抽样环节", "stage", Type::Choice(&choices::STAGES));
    public NOTE = Field::new("note", "备注", "note", Type::Text);
    public RETEST = Field::new("retest", "复检", "re-test", Type::Object(retest::FIELDS));
    public OBJECTION = Field::new("objection", "异议", "objection", Type::Object(retest::FIELDS));
    public CORRECTION = Field::new("correction", "更正", "correction", Type::Text);
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "samples",
    singular: "sample",
    zh: "抽检结果",
    en: "samples",
    about: ("抽检通告中的每一批次样品及其检验结论", "every sampled batch of a notice with its verdict"),
    fields: FIELDS,
    identity: Identity::Key("sample_no"),
    title: "food_name",
    dated: Some("reported_on"),
    home: Home::Inside("sampling_notices", "notice"),
    face: Face::PagesUnderParent { template: "sample.html", only_if: "conclusion", is: "unqualified" },
    column_type: "数据发布",
    volume: Volume::Many,
    schema_org: "Report",
    feed: true,
    template_shows: &["disposals"],
    ..BASE
};
