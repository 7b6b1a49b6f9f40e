//! What the charts say: order, classes, steps, gaps and widths.

use super::cases::all;
use super::parts;

fn rows(wanted: &str) -> Vec<Vec<String>> {
    let (_, chart) = all().into_iter().find(|(name, _)| *name == wanted).unwrap();
    parts(&chart).unwrap().1.rows
}

fn html(wanted: &str) -> String {
    all().into_iter().find(|(name, _)| *name == wanted).unwrap().1.html()
}

#[test]
fn reasons_stand_by_frequency_and_the_rest_is_one() {
    let rows = rows("ranked");
    let names: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(names, ["农药残留超标", "食品添加剂", "微生物污染", "兽药残留超标", "质量指标", "其他 2 项"]);
    assert_eq!(rows[5][1], "5");
    assert!(html("ranked").contains("前 5 项，共 7 项"));
}

#[test]
fn one_class_of_loads_ends_at_the_limit_and_the_last_is_open() {
    let far = rows("load-far");
    assert_eq!(far.first().unwrap(), &["1–5 户", "1"]);
    assert!(far.iter().any(|row| row[0] == "26–30 户"));
    assert_eq!(far.last().unwrap(), &["51 户以上", "2 超过上限"]);
    assert_eq!(rows("load-within")[0][0], "0–1 户");
}

#[test]
fn the_least_rate_is_palest_and_the_greatest_darkest() {
    let html = html("heat");
    assert!(html.contains("<td class=\"c-0\"><b>6.7</b>"), "{html}");
    assert!(html.contains("<td class=\"c-4\"><b>98.0</b>"), "{html}");
    assert!(html.contains("<td>—</td>"));
}

#[test]
fn a_month_without_value_breaks_the_line() {
    let html = html("months");
    let line = html.split("<path class=\"c-trend\" d=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(line.matches('M').count(), 2, "{line}");
    assert_eq!(line.matches('L').count(), 9, "{line}");
}

#[test]
fn what_misses_its_target_is_marked_by_a_word_besides_the_colour() {
    let said = |wanted: &str| -> usize {
        rows(wanted).iter().flatten().filter(|cell| cell.ends_with("未达标")).count()
    };
    assert_eq!([said("bars"), said("bars-near"), said("months"), said("bars-one")], [1, 1, 3, 0]);
}

#[test]
fn little_overdue_is_seen_beside_much_done() {
    let html = html("stack");
    let warn = html.split("<path class=\"c-warn\" d=\"").nth(1).unwrap().split('"').next().unwrap();
    // The patch of the key, then three quarters with something overdue.
    assert_eq!(warn.matches('z').count(), 4, "{warn}");
}
