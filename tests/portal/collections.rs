//! A kind that the portal declares itself is served like a built-in one: page, lists, data, links, mask, period,
//! withdrawal, and a rebuild that notices an edited definition.

use gongshi::cache::Cache;
use gongshi::diagnostic::Severity;
use gongshi::pipeline::{SearchIndex, judge, plan};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use crate::support::facts::linked_data;
use crate::support::{
    DAY, Project, Tree, assert_same, holders, holds, input_of, is_slow, manifest, pages, repository,
};

const DEFINITION: &str = "\
plural: drills
singular: drill
zh: 应急演练
en: emergency drills
about: 食品安全突发事件的应急演练
title: title
dated: held_on
from: shown_from
until: shown_to
feed: true
schema_org: Event
fields:
  - {key: title, zh: 演练题目, type: text, required: true, searched: 3, listed: true}
  - {key: period, zh: 期次, type: period, required: true, listed: true}
  - {key: held_on, zh: 演练日期, type: date, required: true, listed: true}
  - {key: mode, zh: 方式, type: choice, facet: true, choices: [{key: onsite, zh: 现场演练}, {key: desk, zh: 桌面推演}]}
  - {key: region, zh: 地区, type: region, facet: true, listed: true}
  - {key: host, zh: 承办企业, type: link, to: enterprises, required: true}
  - {key: head, zh: 现场指挥, type: text, visibility: masked}
  - {key: notes, zh: 内部记录, type: text, visibility: internal}
  - {key: invited, zh: 应到, type: count}
  - {key: present, zh: 实到, type: count}
  - {key: cost, zh: 经费, type: money}
  - {key: units, zh: 参演单位, type: text, list: true, listed: true}
  - {key: passed, zh: 达到要求, type: flag}
  - key: groups
    zh: 分组
    type: object
    list: true
    fields:
      - {key: name, zh: 组名, type: text, required: true}
      - {key: count, zh: 人数, type: count}
      - {key: leader, zh: 组长, type: text, visibility: internal}
  - {key: certified_to, zh: 评估有效期至, type: date}
  - {key: shown_from, zh: 公开之日, type: date}
  - {key: shown_to, zh: 公开至, type: date}
constraints:
  - {rule: at_most, fields: [present, invited]}
  - {rule: sequence, fields: [period]}
  - {rule: unique, fields: [title, period]}
  - {rule: expires, fields: [certified_to]}
";

const RECORDS: &str = "\
drills:
  - {id: d-1, title: 集体用餐食源性疾病演练, period: 2026-W45, held_on: 2026-11-03, mode: onsite, region: \"990101\", host: 91990101MA0DEM013U,
     head: 施演练, notes: 通讯保障迟到十分钟, invited: 40, present: 38, cost: 125000, certified_to: 2026-11-22, units: [样例县卫健局, 样板镇人民政府], passed: true,
     groups: [{name: 抢救组, count: 6, leader: 组长姓名从不公开}, {name: 采样组, count: 4}]}
  - {id: d-2, title: 校园食堂桌面推演, period: 2026-W46, held_on: 2026-11-10, mode: desk, region: \"990101\", host: 91990101MA0DEM013U, shown_to: 2026-12-01}
  - {id: d-3, title: 尚未到公开之日的演练, period: 2026-W47, held_on: 2026-11-17, host: 91990101MA0DEM013U, shown_from: 2026-12-24}
  - {id: d-4, title: 已经撤回的那次演练, period: 2026-W48, held_on: 2026-11-19, host: 91990101MA0DEM013U}
withdrawals:
  - {kind: drill, id: d-4, on: 2026-11-20, reason: 信息有误}
";

fn project() -> Project {
    let project = Project::small();
    project.write("content/collections/drills.yaml", DEFINITION);
    project.write("content/ledgers/drills.yaml", RECORDS);
    project
}

#[test]
fn a_declared_kind_has_page_lists_data_links_mask_period_and_tombstone() {
    let project = project();
    project.build(DAY).ends(0);
    let site = project.site();
    let page = &site["drills/d-1.html"];
    for text in [
        "集体用餐食源性疾病演练",
        "2026年第45周",
        "2026年11月3日",
        "现场演练",
        "样例县示例食品有限公司",
        "施**",
        "12.5万元",
        "样例县卫健局",
        "组名：抢救组",
        "人数：6",
        "是",
    ] {
        assert!(holds(page, text), "{text}");
    }
    for text in ["通讯保障迟到", "施演练", "组长姓名从不公开", "尚未到公开之日", "已经撤回的那次"]
    {
        assert_eq!(holders(&site, text), [""; 0], "{text}");
    }
    let tombstone = &site["drills/d-4.html"];
    assert!(holds(tombstone, "noindex") && !site.contains_key("drills/d-3.html"));
    assert!(
        holds(&site["drills/index.html"], "2026年第46周")
            && holds(&site["drills/index.html"], "样例县卫健局、样板镇人民政府")
    );
    for list in ["drills/mode/desk.html", "drills/region/990101.html"] {
        assert!(site.contains_key(list), "{list}");
    }
    assert!(holds(&site["enterprises/91990101MA0DEM013U.html"], "校园食堂桌面推演"), "named by the drill");
    let csv = std::str::from_utf8(&site["data/drills.csv"]).unwrap();
    assert!(
        csv.starts_with(
            "\u{feff}id,url,title,period,held_on,mode,region,host,head,invited,present,cost,units,"
        ),
        "{csv}"
    );
    assert!(csv.contains("施**") && csv.contains("2026-W45") && csv.contains("125000"));
    // Feed, sitemap and JSON-LD follow from the definition too, and what is not shown is in none of them.
    let feed = std::str::from_utf8(&site["feeds/drills.xml"]).unwrap();
    let entries: Vec<&str> = feed.split("<entry>").skip(1).collect();
    assert_eq!(entries.len(), 2, "{feed}");
    assert!(
        entries[0].contains("drills/d-2.html") && entries[1].contains("演练日期：2026年11月3日"),
        "{feed}"
    );
    assert!(
        holds(&site["drills/index.html"], "../feeds/drills.xml")
            && holds(&site["feeds/index.html"], "drills.xml")
    );
    let mapped = std::str::from_utf8(&site["sitemaps/drills.xml"]).unwrap();
    assert!(
        mapped.contains("drills/d-1.html</loc><lastmod>2026-11-03<") && !mapped.contains("d-4"),
        "{mapped}"
    );
    let data = linked_data(std::str::from_utf8(page).unwrap()).unwrap();
    assert_eq!(data["mainEntity"]["@type"], "Event");
    assert_eq!(data["mainEntity"]["identifier"], "d-1");
    assert!(linked_data(std::str::from_utf8(tombstone).unwrap()).is_none());
    let json: serde_json::Value = serde_json::from_slice(&site["data/drills.json"]).unwrap();
    assert_eq!(json[0]["groups"][0], serde_json::json!({"name": "抢救组", "count": 6}));
    // A term ends: the page says so, and the manifest names the day on which it will.
    assert!(!holds(page, "已过有效期") && manifest(&site)["next_change"] == "2026-11-23");
    project.build("2026-11-23").ends(0);
    assert!(holds(&project.site()["drills/d-1.html"], "已过有效期"));
    // The period ends: the page is a tombstone and the record is nowhere.
    project.build("2026-12-02").ends(0);
    assert_eq!(holders(&project.site(), "校园食堂桌面推演"), [""; 0]);
    assert!(holds(&project.site()["drills/d-2.html"], "noindex"));
}

#[test]
fn the_same_collection_in_the_settings_makes_the_same_site() {
    let project = project();
    let apart = project.clean_site(DAY);
    std::fs::remove_dir_all(project.path("content/collections")).unwrap();
    let settings = project.text("content/portal.yaml");
    let item = DEFINITION.replace('\n', "\n    ");
    project.write("content/portal.yaml", format!("{settings}\ncollections:\n  - {}\n", item.trim_end()));
    assert_same(&pages(project.clean_site(DAY)), &pages(apart), "in the settings and in a file");
}

#[test]
fn a_rebuild_notices_an_edited_definition() {
    let project = project();
    project.build(DAY).ends(0);
    for (from, to) in [
        ("zh: 应急演练\n", "zh: 应急处置演练\n"),
        ("zh: 分组", "zh: 编组"),
        ("{key: desk, zh: 桌面推演}", "{key: desk, zh: 桌面演练}"),
        ("type: text, list: true, listed: true", "type: text, list: true, visibility: internal"),
    ] {
        project.edit("content/collections/drills.yaml", from, to);
        project.build(DAY).ends(0);
        assert_same(&pages(project.site()), &pages(project.clean_site(DAY)), to);
    }
}

#[test]
fn a_wrong_definition_is_told_once_and_its_records_are_passed_over() {
    let project = project();
    project.edit("content/collections/drills.yaml", "dated: held_on", "dated: held");
    let found = project.run("check", &["--as-of", DAY, "--format", "json"]).ends(1).findings();
    let codes = found.iter().map(|one| one["code"].as_str().unwrap());
    let told: Vec<&str> = codes.filter(|code| code.starts_with('E')).collect();
    assert_eq!(told, ["E-COLLECTION-FIELD"], "{found:?}");
    assert_eq!((found[0]["line"].as_u64(), found[0]["column"].as_u64()), (Some(7), Some(8)));
}

#[test]
fn every_shipped_collection_is_in_the_guide_and_has_records_in_the_demo() {
    let guide = std::fs::read_to_string(repository().join("docs/collections.md")).unwrap();
    let judged = judge(&input_of(repository()), &Cache::none()).unwrap();
    let kinds = &judged.ledger.kinds;
    assert!(kinds.declared().len() >= 21);
    for kind in kinds.declared() {
        let own: Vec<_> = judged.diagnostics.iter().filter(|one| one.file.contains(kind.plural)).collect();
        assert!(own.is_empty(), "{own:?}");
        assert!(judged.ledger.tables[kinds.index(kind.plural).unwrap()].len() >= 2, "{}", kind.plural);
        assert_eq!(
            guide.matches(&format!("| `{}` | {} | ", kind.plural, kind.zh)).count(),
            2,
            "{}",
            kind.plural
        );
        assert!(!kind.about.1.is_empty() && !kind.constraints.is_empty());
    }
}

#[test]
fn a_definition_with_any_word_changed_is_refused_or_makes_a_site() {
    let project = project();
    let words = [
        "title",
        "drills",
        "type: link",
        "type: period",
        "list: true",
        "no",
        "",
        "9",
        "unless: mode",
        "to: drills",
        "object",
    ];
    let lines = DEFINITION.lines().count();
    let edit = (0..lines, proptest::sample::select(words.to_vec()), 0..12usize);
    let cases = if is_slow() { 2000 } else { 60 };
    let config =
        Config { cases, rng_seed: RngSeed::Fixed(11), failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&edit, |(line, word, nth)| {
            let mut text = String::new();
            for (at, written) in DEFINITION.lines().enumerate() {
                let mut parts: Vec<&str> = written.split(", ").collect();
                let place = nth % parts.len();
                if at == line {
                    parts[place] = word;
                }
                text += &(parts.join(", ") + "\n");
            }
            project.write("content/collections/drills.yaml", text.as_str());
            let input = input_of(&project.path(""));
            let judged = judge(&input, &Cache::none()).unwrap();
            let errors = judged.diagnostics.iter().filter(|one| one.severity == Severity::Error);
            let named = errors.clone().all(|one| one.line > 0 && one.file.ends_with("drills.yaml"));
            prop_assert!(named, "{:?}\n{text}", errors.collect::<Vec<_>>());
            if judged.count(Severity::Error) == 0 {
                prop_assert!(
                    plan(&input, judged, &Cache::none(), SearchIndex::Made).unwrap().diagnostics.is_empty()
                );
            }
            Ok(())
        })
        .unwrap();
}

const PROBLEMS: &str = "\
plural: problems
singular: problem
zh: 问题台账
about: 检查发现的问题，只公布数量
title: unit
counted_by: [unit, region]
fields:
  - {key: unit, zh: 责任单位, type: text, required: true}
  - {key: region, zh: 地区, type: region, required: true, facet: true, listed: true}
  - {key: text, zh: 问题, type: text, required: true}
  - {key: due, zh: 整改期限, type: date, required: true}
  - {key: closed_on, zh: 整改完成日期, type: date}
  - {key: found, zh: 发现, type: count, counts: all, listed: true}
  - {key: closed, zh: 已整改, type: count, counts: done, listed: true}
  - {key: overdue, zh: 逾期未整改, type: count, counts: late, listed: true}
constraints:
  - {rule: due, fields: [due, closed_on]}
";

#[test]
fn of_a_kind_that_is_counted_only_numbers_are_published_and_no_record() {
    let project = Project::small();
    project.write("content/collections/problems.yaml", PROBLEMS);
    project.write(
        "content/ledgers/problems.csv",
        "编号,责任单位,地区,问题,整改期限,整改完成日期\n\
         wt-0101,样板镇人民政府,990101,冷库温度记录缺了三日,2026-10-26,2026-10-23\n\
         wt-0102,样板镇人民政府,990101,留样标签没有写时间,2026-11-21,\n\
         wt-0103,模拟街道办事处,990101,临期食品没有单独摆放,2026-11-22,\n\
         wt-0104,样板镇人民政府,990101,进货票据没有留存,2026-11-01,2026-11-01\n",
    );
    let site = pages(project.clean_site(DAY));
    let rows = |site: &Tree| -> Vec<(String, String)> {
        let data = String::from_utf8_lossy(&site["data/problems.csv"]).into_owned();
        let mut lines: Vec<(String, String)> = data
            .lines()
            .skip(1)
            .map(|line| {
                let (id, rest) = line.split_once(',').unwrap();
                let (address, numbers) = rest.split_once(',').unwrap();
                assert!(address.ends_with(&format!("/problems/{id}.html")), "{line}");
                (numbers.trim_end().to_string(), id.to_string())
            })
            .collect();
        lines.sort();
        lines
    };
    let numbers = |site: &Tree| rows(site).into_iter().map(|(numbers, _)| numbers).collect::<Vec<_>>();
    assert_eq!(numbers(&site), ["样板镇人民政府,990101,3,2,1", "模拟街道办事处,990101,1,0,0"]);
    let ids: Vec<String> = rows(&site).into_iter().map(|(_, id)| id).collect();
    for path in ids.iter().map(|id| format!("problems/{id}.html")).chain(["problems/index.html".into()]) {
        assert!(site.contains_key(&path), "{path}");
    }
    for text in ["wt-0101", "wt-0102", "wt-0103", "冷库", "留样标签", "临期食品", "2026-10-26"] {
        let found = holders(&site, text);
        assert!(found.is_empty(), "{text} in {found:?}");
    }
    // One day later what was due is late.
    let later = pages(project.clean_site("2026-11-23"));
    assert_eq!(numbers(&later), ["样板镇人民政府,990101,3,2,1", "模拟街道办事处,990101,1,0,1"]);
    // Other rows come before and behind: the addresses of these stay.
    project.edit(
        "content/ledgers/problems.csv",
        "wt-0101,",
        "aa-1,演示镇人民政府,990101,另一个问题,2026-11-01,2026-11-01\nwt-0101,",
    );
    let more = rows(&pages(project.clean_site(DAY)));
    assert_eq!(more.len(), 3);
    assert!(ids.iter().all(|id| more.iter().any(|(_, known)| known == id)), "{ids:?} {more:?}");
}

#[test]
fn a_record_of_which_only_numbers_are_published_is_neither_withdrawn_nor_corrected_nor_linked_to() {
    let project = Project::small();
    project.write("content/collections/problems.yaml", PROBLEMS);
    project.write(
        "content/ledgers/problems.csv",
        "编号,责任单位,地区,问题,整改期限,整改完成日期\nwt-0101,样板镇人民政府,990101,冷库温度记录缺了三日,2026-10-26,2026-10-23\n",
    );
    project.write(
        "content/ledgers/gone.yaml",
        "withdrawals:\n  - {kind: problem, id: wt-0101, on: 2026-11-20, reason: 登记有误}\n\
         corrections:\n  - {kind: problem, id: wt-0101, on: 2026-11-20, field: unit, was: 样板镇, now: 样板镇人民政府, reason: 核实}\n\
         statements:\n  - {id: s-1, enterprise: 91990101MA0DEM013U, about: {kind: problem, id: wt-0101}, text: 已经整改, date: 2026-11-20}\n",
    );
    project.write(
        "content/pages/more.md",
        "---\ntitle: 更多\nsummary: 更多的说明文字\n---\n\n见[那个问题](problem:wt-0101)。\n",
    );
    let findings = project.run("check", &["--format", "json"]).findings();
    let told = |code: &str| findings.iter().filter(|one| one["code"] == code).count();
    assert_eq!((told("E-REFERENCE-UNKNOWN"), told("E-LINK-DEAD")), (3, 1), "{findings:?}");
}
