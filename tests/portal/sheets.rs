//! A CSV ledger is the same as the YAML one with the same records: equal records, equal findings, at their cells.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use gongshi::cache::Cache;
use gongshi::pipeline::{Judged, judge};

use crate::support::{Project, input_of, is_slow};

const DEFINITION: &str = "\
plural: shops
zh: 小作坊
about: 小作坊登记
fields:
  - {key: name, zh: 名称, type: text, required: true}
  - {key: opened, zh: 登记日期, type: date}
  - {key: closed, zh: 注销日期, type: date}
  - {key: staff, zh: 人数, type: count, required: true}
  - {key: fee, zh: 费用, type: money}
  - {key: open, zh: 营业, type: flag}
  - {key: grade, zh: 等级, type: choice, choices: [{key: good, zh: 好}, {key: fair, zh: 中}]}
  - {key: enterprise, zh: 关联企业, type: link, to: enterprises}
  - {key: region, zh: 地区, type: region}
  - {key: month, zh: 月份, type: period}
  - {key: goods, zh: 品种, type: text, list: true}
  - {key: days, zh: 检查日期, type: date, list: true}
  - {key: owner, zh: 业主, type: object, fields: [{key: name, zh: 姓名, type: text, required: true}, {key: phone, zh: 电话, type: phone}]}
constraints:
  - {rule: order, fields: [opened, closed]}
  - {rule: not_ahead, fields: [opened]}
  - {rule: unique, fields: [name, month]}
";

/// Key and Chinese heading of each column, and texts that may stand in it.
const COLUMNS: [(&str, &str, &[&str]); 15] = [
    ("id", "编号", &["s-1", "s-2", "s-3", "S-1", "坏编号", ""]),
    ("name", "名称", &["样板豆腐坊", "示例,面坊", "说“\"是\"”", "两行\n名称", "/", ""]),
    ("opened", "登记日期", &["2026-01-02", "2026/5/21", "2019.4.20", "2027-01-01", "/", "—", ""]),
    ("closed", "注销日期", &["2026-03-04", "2025-01-01", "昨天", ""]),
    ("staff", "人数", &["3", "0", "三人", "-1", "/", ""]),
    ("fee", "费用", &["12.50", "12.345", "1,200", ""]),
    ("open", "营业", &["true", "false", "是", ""]),
    ("grade", "等级", &["good", "fair", "好", "god", ""]),
    ("enterprise", "关联企业", &["91990101MA0DEM013U", "9.19901E+17", "nobody-1", "/", ""]),
    ("region", "地区", &["990101", "990999", "=\"990101\"", ""]),
    ("month", "月份", &["2026-01", "2026-13", "2026Q4", ""]),
    ("goods", "品种", &["豆腐；豆干", "豆腐", "甲|乙|丙", ""]),
    ("days", "检查日期", &["2026-01-02；2026-02-03", "2026-01-02；2026/2/3", "/", ""]),
    ("owner.name", "业主.姓名", &["张示例", ""]),
    ("owner.phone", "业主.电话", &["0000-1234567", "13800138000", ""]),
];

type Row = Vec<&'static str>;

fn csv(rows: &[Row], zh: bool) -> String {
    let quoted = |cell: &str| match cell.contains([',', '"', '\n']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_string(),
    };
    let heading = COLUMNS.iter().map(|(key, label, _)| if zh { *label } else { *key });
    let mut text = heading.collect::<Vec<_>>().join(",") + "\r\n";
    for row in rows {
        text += &(row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",") + "\r\n");
    }
    text + ",,,,,,,,,,,,,,\r\n"
}

fn yaml(rows: &[Row]) -> String {
    let mut text = String::from("shops:\n");
    for row in rows {
        let mut owner = BTreeMap::new();
        let mut pairs = Vec::new();
        for ((key, _, _), cell) in COLUMNS.iter().zip(row).filter(|(_, cell)| !cell.is_empty()) {
            let value = match *key {
                "goods" | "days" => {
                    let parts: Vec<&str> = cell.split(['；', '|']).collect();
                    serde_json::to_string(&parts).unwrap()
                }
                _ => serde_json::to_string(cell).unwrap(),
            };
            match key.strip_prefix("owner.") {
                Some(key) => drop(owner.insert(key, value)),
                None => pairs.push(format!("{key}: {value}")),
            }
        }
        if !owner.is_empty() {
            let inner: Vec<String> = owner.iter().map(|(key, value)| format!("{key}: {value}")).collect();
            pairs.push(format!("owner: {{{}}}", inner.join(", ")));
        }
        text += &format!("  - {{{}}}\n", pairs.join(", "));
    }
    text
}

fn judged(project: &Project) -> Judged {
    judge(&input_of(&project.path("")), &Cache::none()).unwrap()
}

/// Records and findings, without their places.
fn gist(project: &Project, file: &str) -> (Vec<String>, Vec<String>) {
    let judged = judged(project);
    let shops = judged.ledger.kinds.index("shops").unwrap();
    let records =
        judged.ledger.tables[shops].iter().map(|record| format!("{} {:?}", record.id, record.values));
    let findings = judged.diagnostics.iter().filter(|found| found.file == file);
    let mut findings: Vec<String> = findings
        .map(|found| {
            assert!(found.line > 0 && found.column > 0, "{found:?}");
            // What is missing in a row may have been merged away, which no YAML does.
            let hint = found.hint.as_ref().filter(|_| found.code.0 != "E-FIELD-MISSING");
            format!("{} {:?} {:?} {} {:?}", found.code, found.record, found.field, found.message.en, hint)
        })
        .collect();
    findings.sort();
    (records.collect(), findings)
}

#[test]
fn rows_and_records_with_the_same_values_give_the_same_ledger_and_the_same_findings() {
    let cells: Vec<_> = COLUMNS.iter().map(|(_, _, cells)| proptest::sample::select(*cells)).collect();
    // A row of nothing but blanks is no record.
    let row = cells.prop_filter("blank", |row| row.iter().any(|cell| !cell.is_empty()));
    let rows = proptest::collection::vec(row, 1..5);
    let cases = if is_slow() { 1000 } else { 40 };
    let config =
        Config { cases, rng_seed: RngSeed::Fixed(7), failure_persistence: None, ..Config::default() };
    let project = Project::small();
    project.write("content/collections/shops.yaml", DEFINITION);
    TestRunner::new(config)
        .run(&(rows, any::<bool>()), |(rows, zh)| {
            let _ = std::fs::remove_file(project.path("content/ledgers/shops.csv"));
            project.write("content/ledgers/shops.yaml", yaml(&rows));
            let wanted = gist(&project, "ledgers/shops.yaml");
            std::fs::remove_file(project.path("content/ledgers/shops.yaml")).unwrap();
            project.write("content/ledgers/shops.csv", format!("\u{feff}{}", csv(&rows, zh)));
            prop_assert_eq!(gist(&project, "ledgers/shops.csv"), wanted);
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_finding_of_a_later_check_stands_at_its_cell_behind_a_cell_of_two_lines() {
    let project = Project::small();
    project.write("content/collections/shops.yaml", DEFINITION);
    let rows = "编号,名称,登记日期,注销日期,人数\ns-1,\"两行\n名称\",2026-01-02,,3\ns-2,面坊,2026-05-06,2026-01-01,4\n";
    project.write("content/ledgers/2026/shops/first.csv", rows);
    let found = judged(&project).diagnostics;
    let found: Vec<String> = found
        .iter()
        .filter(|found| found.file.ends_with(".csv"))
        .map(|found| format!("{}:{}:{} {}", found.file, found.line, found.column, found.code))
        .collect();
    assert_eq!(found, ["ledgers/2026/shops/first.csv:4:19 E-DATE-ORDER"]);
}

#[test]
fn a_csv_ledger_in_gbk_is_refused_as_a_yaml_one_is() {
    let project = Project::small();
    project.write("content/collections/shops.yaml", DEFINITION);
    let (bytes, _, _) = encoding_rs::GBK.encode("编号,名称,人数\ns-1,样板豆腐坊,3\n");
    project.write("content/ledgers/shops.csv", bytes);
    let found = judged(&project).diagnostics;
    assert!(found.iter().any(|found| found.file == "ledgers/shops.csv" && found.code.0 == "E-ENCODING"));
}
