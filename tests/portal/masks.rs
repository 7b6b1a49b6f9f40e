//! A name that one field masks stands whole nowhere, whatever else is said of its record.

use gongshi::cache::Cache;
use gongshi::calendar::Date;
use gongshi::disclose::{Row, disclose};
use gongshi::locale::Locale;
use gongshi::pipeline::judge;

use crate::support::{DAY, Project, holders, input_of};

#[test]
fn a_masked_name_is_masked_in_whatever_is_said_beside_it() {
    for name in ["孙小样", "欧阳小样品", "阿卜杜热样品"] {
        let project = Project::small();
        project.edit("content/ledgers/credit.yaml", "name: 孙样品甲,", &format!("name: {name},"));
        let edit = |from: &str, to: &str| project.edit("content/ledgers/credit.yaml", from, to);
        edit("breach: 无证生产", &format!("breach: {name}无证生产"));
        edit("content: 没收生产工具和违法所得，罚款十五万元", &format!("content: 没收{name}的生产工具"));
        let corrected = format!(
            "corrections:\n  - {{kind: penalty, id: pen-2025-0044, field: 当事人, was: {name}, now: 另一人, \"on\": 2026-02-01, \
             reason: {name}之名有误}}\n"
        );
        edit("corrections:\n", &corrected);
        project.write(
            "content/ledgers/statements.yaml",
            format!(
                "statements:\n  - {{id: st-1, enterprise: 91990101MA0DEM013U, about: {{kind: penalty, id: pen-2025-0044}}, \
                 text: {name}对此有话说, date: 2026-02-02}}\n"
            ),
        );
        let run = project.build(DAY);
        run.ends(0);
        let site = project.site();
        assert_eq!(holders(&site, name), [""; 0], "{name}");
        let page = String::from_utf8(site["penalties/pen-2025-0044.html"].clone()).unwrap();
        let masked = page.split_once("<h1>").unwrap().1;
        assert!(
            masked.contains("**无证生产") && masked.contains("没收") && masked.contains("对此有话说"),
            "{page}"
        );
    }
}

#[test]
fn a_name_that_was_corrected_is_masked_though_no_ledger_holds_it_any_more() {
    let project = Project::small();
    project.edit(
        "content/ledgers/credit.yaml",
        "corrections:\n",
        "corrections:\n  - {kind: penalty, id: pen-2025-0044, field: 当事人, was: 孙样木乙, now: 孙样本丙, \"on\": 2026-02-01, reason: 误作孙样木乙}\n",
    );
    project.build(DAY).ends(0);
    let site = project.site();
    for name in ["孙样木乙", "孙样本丙", "样木", "样本丙"] {
        assert_eq!(holders(&site, name), [""; 0], "{name}");
    }
    let page = String::from_utf8(site["corrections.html"].clone()).unwrap();
    assert!(page.contains("孙***") && page.contains("误作孙***"), "{page}");
}

#[test]
fn a_correction_of_an_internal_field_is_an_error_and_tells_nothing_to_the_public() {
    let project = Project::small();
    project.edit(
        "content/ledgers/credit.yaml",
        "corrections:\n",
        "corrections:\n  - {kind: enterprise, id: 91990101MA0DEM013U, field: 每餐次用餐人数, was: 三百一十七, now: 三百二十九, \"on\": 2026-02-01, reason: 录入有误}\n",
    );
    let run = project.build(DAY);
    run.ends(1);
    // The gate itself keeps it, whatever was checked.
    let ledger = judge(&input_of(&project.path("")), &Cache::none()).unwrap().ledger;
    let portal = disclose(ledger, Date::parse(DAY).unwrap(), &[], Locale::default());
    let told = |row: &Row| row.change.as_ref().is_some_and(|(field, ..)| field == "每餐次用餐人数");
    assert!(!portal.departures.corrections.is_empty() && !portal.departures.corrections.iter().any(told));
}
