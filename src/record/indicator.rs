//! 指标: a figure with its numerator, denominator, scope, target, day and source.
//!
//! `rate` and `met` are worked out by the gate; a rate that is written must be the right one. A target that is not reached is missed only
//! when its last day is over: the day `due`, else the end of the year of `as_of`, for which targets are set. Not here: figures that
//! the program counts itself.

use super::choices;
use super::field::{BASE, Constraint, Face, Field, Kind, Period, Public, Type, field_table};
use super::value::View;
use crate::calendar::Date;
use crate::rate::percent;

field_table!(FIELDS {
    public ID = Field::new("id", "编号", "id", Type::Id).required();
    public NAME = Field::new("name", "指标", "indicator", Type::Text).required().searched(6).listed();
    public NUM = Field::new("num", "分子", "numerator", Type::Decimal).required();
    public DEN = Field::new("den", "分母", "denominator", Type::Decimal).required();
    public SCOPE = Field::new("scope", "统计范围", "scope", Type::Text).required().listed();
    public RATE = Field::new("rate", "比率（%）", "rate (%)", Type::Decimal).listed();
    public OP = Field::new("op", "要求", "wanted", Type::Choice(&choices::BOUNDS));
    public TARGET = Field::new("target", "目标值（%）", "target (%)", Type::Decimal).listed();
    public DUE = Field::new("due", "目标期限", "target due", Type::Date);
    public MET = Field::new("met", "达标情况", "target", Type::Choice(&choices::TARGET_STATES)).listed();
    public AS_OF = Field::new("as_of", "统计截至", "as of", Type::Date).required().listed();
    public SOURCE = Field::new("source", "数据来源", "source", Type::Text).required();
    public DEPARTMENT = Field::new("department", "责任部门", "department", Type::Text).may_name("departments", "name");
    public PLAN = Field::new("plan", "方案", "plan", Type::Text).names("plans");
});

/// The rate in hundredths of a percent, half up; none where a number is absent or the denominator is nothing.
pub fn rate(view: View<'_>) -> Option<i128> {
    rate_to(view, 2)
}

/// The rate in percent with so many digits behind the point, half up.
pub fn rate_to(view: View<'_>, digits: u32) -> Option<i128> {
    let ((num, behind), (den, below)) = (decimal(view, NUM)?, decimal(view, DEN)?);
    let (num, den) = (num.checked_mul(power(below)?)?, den.checked_mul(power(behind)?)?);
    percent(num, den, digits)
}

/// Whether the exact rate keeps its target; none where there is no target.
pub fn met(view: View<'_>) -> Option<bool> {
    let ((num, behind), (den, below)) = (decimal(view, NUM)?, decimal(view, DEN)?);
    let (target, digits) = decimal(view, TARGET)?;
    if den <= 0 {
        return None;
    }
    let reached = num.checked_mul(100)?.checked_mul(power(below)?)?.checked_mul(power(digits)?)?;
    let wanted = target.checked_mul(den)?.checked_mul(power(behind)?)?;
    Some(if view.choice(OP) == Some("le") { reached <= wanted } else { reached >= wanted })
}

/// The last day on which the target may still be reached.
pub fn last_day(view: View<'_>) -> Option<Date> {
    view.date(DUE).or_else(|| Date::new(view.date(AS_OF)?.year(), 12, 31))
}

/// A decimal as its digits and how many of them stand behind the point.
pub fn decimal(view: View<'_>, slot: Public) -> Option<(i128, u32)> {
    let text = view.text(slot)?;
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole}{part}");
    (digits.len() <= 18).then(|| digits.parse().ok())?.map(|value| (value, part.len() as u32))
}

fn power(digits: u32) -> Option<i128> {
    10i128.checked_pow(digits)
}

/// The kind's entry in the registry.
pub static KIND: Kind = Kind {
    plural: "indicators",
    singular: "indicator",
    zh: "指标",
    en: "indicators",
    about: (
        "工作指标的分子、分母、目标和完成情况",
        "indicators: numerator, denominator, target, and whether it is met",
    ),
    fields: FIELDS,
    title: "name",
    dated: Some("as_of"),
    face: Face::Pages { folder: "indicators", template: "record.html", lists: Some(&[]) },
    period: Period { from: Some("as_of"), until: None },
    column_type: "数据发布",
    schema_org: "Observation",
    constraints: &[
        Constraint::AtMost("num", "den"),
        Constraint::NotAhead("as_of"),
        Constraint::Unique(&["name", "scope", "as_of"]),
    ],
    ..BASE
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::value::Value;

    #[test]
    fn a_target_is_kept_by_the_exact_rate_not_by_the_rounded_one() {
        let judge = |num: &str, den: &str, target: &str, op: u16| {
            let mut values = vec![Value::Absent; FIELDS.len()];
            let at = |slot: Public| usize::from(slot.0);
            values[at(NUM)] = Value::Text(num.into());
            values[at(DEN)] = Value::Text(den.into());
            values[at(TARGET)] = Value::Text(target.into());
            values[at(OP)] = Value::Choice(op as _);
            let values = crate::record::values::Values::of(values);
            let view = View { fields: FIELDS, values: &values };
            (rate(view), met(view))
        };
        assert_eq!(judge("1230", "1260", "98", 0), (Some(9762), Some(false)));
        // 97.995 % is shown as 98.00 % and still misses 98 %.
        assert_eq!(judge("19599", "20000", "98", 0), (Some(9800), Some(false)));
        assert_eq!(judge("12.5", "12.5", "100.0", 0), (Some(10000), Some(true)));
        assert_eq!(judge("3", "100", "2.99", 1), (Some(300), Some(false)));
        assert_eq!(judge("3", "0", "98", 0), (None, None));
    }
}
