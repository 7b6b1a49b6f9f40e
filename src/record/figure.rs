//! 统计数据: what the portal counts itself, as records of a kind that nobody writes.
//!
//! The gate makes them from what it lets through, so that data files, schema, catalogue and changes have them like all
//! other records. Each one has its numerator, denominator, scope and day.
//!
//! Not here: which figures there are (`measure`), the counting (`disclose::figures`).

use super::field::{BASE, Field, Home, Kind, Type, field_table};
use super::measure::{CLASSES, NAMES};

field_table!(FIELDS {
    public ID = Field::new("id", "编号", "id", Type::Id).required();
    public MEASURE = Field::new("measure", "指标", "measure", Type::Choice(NAMES)).required();
    public REGION = Field::new("region", "地区", "region", Type::RegionCode).required().names("regions");
    public PERIOD = Field::new("period", "时段", "period", Type::Period);
    public CLASS = Field::new("class", "分类", "class", Type::Choice(&CLASSES));
    public OF = Field::new("of", "类别", "value of the class", Type::Text);
    public NUM = Field::new("num", "分子", "numerator", Type::Decimal).required();
    public DEN = Field::new("den", "分母", "denominator", Type::Count);
    public VALUE = Field::new("value", "数值", "value", Type::Decimal);
    public TARGET = Field::new("target", "目标值", "target", Type::Decimal);
    public MET = Field::new("met", "达到目标", "target met", Type::Flag);
    public DATE = Field::new("date", "数据日期", "day of the newest fact counted", Type::Date);
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "figures",
    singular: "figure",
    zh: "统计数据",
    en: "figures",
    about: (
        "本门户自行统计的数据：分子、分母、范围和日期",
        "what the portal counts itself: numerator, denominator, scope and day",
    ),
    fields: FIELDS,
    title: "id",
    home: Home::Computed,
    ..BASE
};
