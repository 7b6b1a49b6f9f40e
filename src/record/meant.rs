//! What was probably meant by a day or a number that is written in another way: for hints only, never read as a value.
//!
//! In: the text of a value. Out: a hint. Not here: choices and keys (`complaints`), and the values themselves (`read`).

use crate::calendar::Date;
use crate::code::half_width;
use crate::diagnostic::Message;

/// The numbers of days as spreadsheet programs count them: from 2000-01-01 up to the year 2099.
const SERIALS: std::ops::RangeInclusive<i64> = 36_526..=73_050;

/// How a day should be written, or why there is none.
pub(super) fn day(text: &str) -> Option<Message> {
    let text: String = text.trim().chars().map(half).collect();
    if text.starts_with("##") {
        return Some(Message::new(
            "列太窄时表格软件显示一串 #，日期没有存下来；请加宽这一列再另存",
            "a spreadsheet program shows # where a column is too narrow; widen it and save anew",
        ));
    }
    if text.len() == 5
        && let Some(date) = text.parse::<i64>().ok().filter(|days| SERIALS.contains(days)).and_then(of_serial)
    {
        return Some(Message::new(
            format!("像是表格软件里日期的序号，即 {date}；请把这一列设为日期格式 YYYY-MM-DD 再另存"),
            format!(
                "this seems to be a spreadsheet's number of the day {date}; format the column as YYYY-MM-DD and save anew"
            ),
        ));
    }
    let (year, month, day) = parts(&text)?;
    match (Date::new(year, month, day), Date::new(year, month, 1)) {
        (Some(date), _) => Some(Message::new(format!("应写作 {date}"), format!("write {date}"))),
        (None, Some(_)) => {
            let last = (28..=31).rev().find(|day| Date::new(year, month, *day).is_some())?;
            Some(Message::new(
                format!("{year}年{month}月只有{last}天"),
                format!("month {month} of {year} has {last} days"),
            ))
        }
        (None, None) if !(1..=12).contains(&month) => {
            Some(Message::new("月份只有1至12", "months are 1 to 12"))
        }
        (None, None) => Some(Message::new(
            format!("没有{year}年的事：年份应在1900至2199之间，请核对这四位数字"),
            format!("nothing is of the year {year}: years are 1900 to 2199; check its four digits"),
        )),
    }
}

/// How a day with its time should be written.
pub(super) fn moment(text: &str) -> Option<Message> {
    let text: String = text.trim().chars().map(half).collect();
    let (date, time) = text.split_once([' ', 'T', '日']).unwrap_or((&text, ""));
    let [hour, minute] = match time.trim().split([':', '时', '分']).collect::<Vec<_>>().as_slice() {
        [hour, minute, ..] => [hour.parse::<u8>().ok()?, minute.parse::<u8>().ok()?],
        _ => [9, 0],
    };
    let (year, month, number) = parts(date)?;
    match Date::new(year, month, number) {
        Some(date) if hour < 24 && minute < 60 => {
            let written = format!("{date} {hour:02}:{minute:02}");
            Some(Message::new(format!("应写作 {written}"), format!("write {written}")))
        }
        Some(_) => None,
        None => day(date),
    }
}

/// Whether a text is what a spreadsheet program shows where it cannot reckon a formula.
pub(super) fn is_failed_formula(text: &str) -> bool {
    let words = ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!"];
    // Every value of a ledger is asked.
    text.starts_with('#') && words.contains(&text.to_ascii_uppercase().as_str())
}

/// How a number should be written: without commas, unit and full-width digits.
pub(super) fn number(text: &str) -> Option<Message> {
    let half: String = text.trim().chars().map(half).filter(|c| !matches!(c, ',' | ' ')).collect();
    let number = half.trim_end_matches(|c: char| !c.is_ascii_digit());
    let is_number = number.starts_with(|c: char| c.is_ascii_digit())
        && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && number.bytes().filter(|byte| *byte == b'.').count() <= 1;
    let unit = half.get(number.len()..).unwrap_or("");
    let is_plain = is_number && !unit.contains(['亿', '千', '百', '%']);
    let number =
        if is_number && unit.starts_with('万') { times_ten_thousand(number)? } else { number.to_string() };
    is_plain.then(|| Message::new(format!("是否应为 {number}？"), format!("did you mean {number}?")))
}

/// A number of four places more.
fn times_ten_thousand(number: &str) -> Option<String> {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let all = format!("{whole}{part:0<4}");
    // More places behind the point are kept behind it.
    let (whole, rest) = all.split_at_checked(whole.len() + 4)?;
    let whole = whole.trim_start_matches('0');
    Some(if rest.is_empty() { whole.to_string() } else { format!("{whole}.{rest}") })
}

fn of_serial(days: i64) -> Option<Date> {
    Some(Date::new(2000, 1, 1)?.plus_days(days - SERIALS.start()))
}

/// Year, month and day as in `2026/5/21`, `2019.4.20`, `2026年5月21日`, `20260521`.
fn parts(text: &str) -> Option<(i16, i8, i8)> {
    let whole = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = match whole {
        true => vec![text.get(..4)?, text.get(4..6)?, text.get(6..)?],
        false => text
            .split(['/', '.', '-', '年', '月', '日', '—', '–'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect(),
    };
    let [year, month, day] = parts.as_slice() else { return None };
    if year.len() != 4 {
        return None;
    }
    Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
}

fn half(c: char) -> char {
    if c == '。' { '.' } else { half_width(c) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_written_otherwise_are_recognised_and_days_that_do_not_exist_explained() {
        for (written, hint) in [
            ("2026/5/21", "应写作 2026-05-21"),
            ("2026年5月1日", "应写作 2026-05-01"),
            ("２０３０-03-02", "应写作 2030-03-02"),
            ("2019。4。20", "应写作 2019-04-20"),
            ("20260521", "应写作 2026-05-21"),
            ("2026-02-30", "2026年2月只有28天"),
            ("2028-02-30", "2028年2月只有29天"),
            ("2026-11-31", "2026年11月只有30天"),
            ("2026-13-01", "月份只有1至12"),
            ("1026-05-20", "没有1026年的事：年份应在1900至2199之间，请核对这四位数字"),
            ("2206-05-20", "没有2206年的事：年份应在1900至2199之间，请核对这四位数字"),
            ("1026-13-20", "月份只有1至12"),
        ] {
            assert_eq!(day(written).map(|hint| hint.zh).as_deref(), Some(hint), "{written}");
        }
        assert!(day("46304").unwrap().zh.contains("2026-10-09"));
        assert!(day("########").unwrap().zh.contains("列太窄"));
        for unknown in ["", "明年", "99999", "26-1-1", "2026-1"] {
            assert_eq!(day(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn moments_are_recognised_as_days_are() {
        for (written, hint) in [
            ("2026年11月17日 15:00", "应写作 2026-11-17 15:00"),
            ("2026-11-17T15:00:00", "应写作 2026-11-17 15:00"),
            ("2026/1/7 8:5", "应写作 2026-01-07 08:05"),
            ("2026-11-17", "应写作 2026-11-17 09:00"),
            ("2026-11-31 15:00", "2026年11月只有30天"),
        ] {
            assert_eq!(moment(written).map(|hint| hint.zh).as_deref(), Some(hint), "{written}");
        }
        assert_eq!(moment("昨天"), None);
        assert_eq!(moment("2026-11-17 25:00"), None);
    }

    #[test]
    fn numbers_with_commas_and_units_are_recognised() {
        for (written, meant) in [
            ("2,600", "2600"),
            ("２６００", "2600"),
            ("2600份", "2600"),
            ("1，234.50 元", "1234.50"),
            ("1.5万元", "15000"),
            ("12万", "120000"),
        ] {
            assert!(number(written).unwrap().zh.contains(&format!("应为 {meant}？")), "{written}");
        }
        for unknown in ["", "二十", "12亿", "1.2.3", "5%"] {
            assert_eq!(number(unknown), None, "{unknown}");
        }
    }
}
