//! 节假日安排: one year's days off and worked Saturdays and Sundays, by which working days are counted.
//!
//! Written by an office when the program does not know the year yet, or knows it wrongly; it stands before the
//! shipped list. Source: the State Council's yearly notice. Not here: the counting (`crate::calendar`).

use super::field::{BASE, Field, Identity, Kind, Type, field_table};

/// Days off in a row; a single day has no `to`.
pub mod span {
    use super::{Field, Type, field_table};
    field_table!(FIELDS {
        public FROM = Field::new("from", "起", "from", Type::Date).required();
        public TO = Field::new("to", "止", "to", Type::Date);
        public NAME = Field::new("name", "节日", "holiday", Type::Text);
    });
}

field_table!(FIELDS {
    public YEAR = Field::new("year", "年份", "year", Type::Count).required();
    public DAYS_OFF = Field::new("days_off", "放假", "days off", Type::List(&Type::Object(span::FIELDS))).required();
    public DAYS_WORKED = Field::new("days_worked", "调休上班", "worked weekend days", Type::List(&Type::Date));
    public BASIS = Field::new("basis", "依据", "basis", Type::DocNo);
});

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "holiday_years",
    singular: "holiday_year",
    zh: "节假日安排",
    en: "holiday lists",
    about: (
        "某一年的放假和调休，工作日期限据此计算",
        "one year's days off and worked weekends, by which deadlines in working days are counted",
    ),
    fields: FIELDS,
    identity: Identity::Anonymous,
    title: "year",
    published_as_data: false,
    ..BASE
};
