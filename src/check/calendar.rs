//! Working days inside rules, with the one warning about a year whose holiday list is missing.
//!
//! In: days and counts. Out: days, and at most one finding a year. Not here: the lists (`crate::calendar`).

use std::collections::BTreeSet;

use crate::calendar::{Date, working_days_after};
use crate::diagnostic::{Code, Findings, Message, Place};

/// A year without a holiday list: Monday to Friday were counted.
pub const CALENDAR_MISSING: Code = Code("W-CALENDAR-MISSING");

/// The day that is `count` working days after `start`.
pub(super) fn deadline(start: Date, count: u32, findings: &mut Findings) -> Date {
    let worked = working_days_after(start, count);
    if let Some(year) = worked.missing_year {
        let message = Message::new(
            format!("缺{year}年节假日数据，工作日按周一至周五计"),
            format!("there is no holiday list for {year}; working days are counted Monday to Friday"),
        );
        findings.add(CALENDAR_MISSING, Place::Portal, message).hint(Message::new(
            "请更新 gongshi；在此之前，涉及该年的工作日期限请人工复核",
            "update gongshi; until then check the deadlines of that year by hand",
        ));
    }
    worked.value
}

/// Leaves one warning a missing year.
pub(super) fn keep_first_of_each_year(findings: &mut Findings) {
    let mut said = BTreeSet::new();
    findings.0.retain(|finding| finding.code != CALENDAR_MISSING || said.insert(finding.message.zh.clone()));
}
