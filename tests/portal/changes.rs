//! The files of changes: applied to an earlier release's data they give today's, and they tell nothing that has left.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};
use serde_json::Value;

use crate::support::edit::{Edit, any_edit};
use crate::support::model::Model;
use crate::support::schema::breaches;
use crate::support::{DAY, Project, Tree, holders, is_slow};

/// Records by kind and id.
type Data = BTreeMap<String, BTreeMap<String, Value>>;

fn read(site: &Tree, path: &str) -> Value {
    serde_json::from_slice(&site[path]).unwrap()
}

/// The data of a release: every JSON file that stands in `data/` itself.
fn data(site: &Tree) -> Data {
    let files = site.keys().filter_map(|path| {
        let plural = path.strip_prefix("data/")?.strip_suffix(".json")?;
        (!plural.contains('/')).then(|| (plural.to_string(), path))
    });
    let records = |path: &String| -> BTreeMap<String, Value> {
        let rows: Vec<Value> = serde_json::from_slice(&site[path]).unwrap();
        rows.into_iter().map(|row| (row["id"].as_str().unwrap().to_string(), row)).collect()
    };
    files.map(|(plural, path)| (plural, records(path))).filter(|(_, records)| !records.is_empty()).collect()
}

/// The names of the files of changes that the index lists, with `since`.
fn index(site: &Tree) -> (String, Vec<String>) {
    let index = read(site, "data/changes/index.json");
    let files = index["files"].as_array().unwrap().iter();
    let names: Vec<String> = files.map(|file| file["file"].as_str().unwrap().to_string()).collect();
    let listed: Vec<String> = names.iter().map(|name| format!("data/changes/{name}")).collect();
    let mut found: Vec<&String> = site.keys().filter(|path| path.starts_with("data/changes/2")).collect();
    found.sort();
    let mut sorted: Vec<&String> = listed.iter().collect();
    sorted.sort();
    assert_eq!(found, sorted, "the index lists every file");
    (index["since"].as_str().unwrap().to_string(), names)
}

/// Does what docs/data.md says: removes, then puts.
fn apply(copy: &mut Data, site: &Tree, name: &str) {
    let file = read(site, &format!("data/changes/{name}"));
    for (plural, change) in file["kinds"].as_object().unwrap() {
        if change["whole"] == true {
            copy.insert(plural.clone(), data(site).remove(plural).unwrap_or_default());
            continue;
        }
        let records = copy.entry(plural.clone()).or_default();
        for id in change["removed"].as_array().unwrap() {
            records.remove(id.as_str().unwrap());
        }
        for row in change["added"].as_array().unwrap().iter().chain(change["changed"].as_array().unwrap()) {
            records.insert(row["id"].as_str().unwrap().to_string(), row.clone());
        }
    }
    copy.retain(|_, records| !records.is_empty());
}

/// Every record that a file of changes tells is the one that is published today.
fn tells_only_what_is_public(site: &Tree, what: &str) {
    let now = data(site);
    for name in index(site).1 {
        for (plural, change) in read(site, &format!("data/changes/{name}"))["kinds"].as_object().unwrap() {
            for list in ["added", "changed"] {
                for row in change[list].as_array().into_iter().flatten() {
                    assert_eq!(
                        Some(row),
                        now[plural].get(row["id"].as_str().unwrap()),
                        "{what}: {name}, {plural}"
                    );
                }
            }
        }
    }
}

/// What is left of records when others were withdrawn around them is still what the schemas promise.
fn fits_its_schemas(site: &Tree, what: &str) {
    for (plural, records) in data(site) {
        let schema = read(site, &format!("data/schema/{plural}.json"));
        for (id, row) in records {
            let found = breaches(&schema, &row, &format!("{plural}/{id}"));
            assert!(found.is_empty(), "{what}: {found:?}");
        }
    }
}

/// After each edit and build, every release since the history began becomes today's by the files alone.
fn replay_after_each(mut model: Model, edits: &[Edit]) -> u32 {
    let project = Project::of(&model.files());
    project.build(&model.day).ends(0);
    let mut copies = vec![(model.day.clone(), data(&project.site()))];
    let mut changed = 0;
    for (at, edit) in edits.iter().enumerate() {
        let before = model.clone();
        model.edit(edit);
        model.write_over(&before, &project);
        if project.build(&model.day).status != Some(0) {
            continue;
        }
        let what = format!("after edit {at}, {edit:?}");
        let (site, (last_day, last)) = (project.site(), copies.last().cloned().unwrap());
        let (now, (since, names)) = (data(&site), index(&site));
        tells_only_what_is_public(&site, &what);
        fits_its_schemas(&site, &what);
        let today = format!("{}.json", model.day);
        let mut copy = last.clone();
        if names.contains(&today) {
            apply(&mut copy, &site, &today);
        }
        assert_eq!(copy, now, "{what}: the file of the day");
        changed += u32::from(last != now);
        if model.day < last_day {
            copies.clear();
        }
        copies.retain(|(day, _)| *day >= since);
        for (day, copy) in &copies {
            let mut copy = copy.clone();
            for name in names.iter().filter(|name| name.strip_suffix(".json").unwrap() >= day.as_str()) {
                apply(&mut copy, &site, name);
            }
            assert_eq!(copy, now, "{what}: a copy of {day}, {names:?} since {since}");
        }
        copies.push((model.day.clone(), now));
    }
    changed
}

#[test]
fn the_files_of_changes_replay_to_todays_data_after_random_edits() {
    let changed = std::cell::Cell::new(0);
    let config = Config {
        cases: if is_slow() { 300 } else { 30 },
        rng_seed: RngSeed::Fixed(20_261_127),
        failure_persistence: None,
        max_shrink_iters: 60,
        ..Config::default()
    };
    // A third of the edits move the day, so that there are steps to be merged, kept and begun anew.
    let edit = prop_oneof![2 => any_edit(), 1 => (0..12usize).prop_map(Edit::Day)];
    let told = TestRunner::new(config).run(&prop::collection::vec(edit, 2..8), |edits| {
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            changed.set(changed.get() + replay_after_each(Model::small(), &edits));
        }));
        outcome.map_err(|panic| {
            TestCaseError::fail(panic.downcast_ref::<String>().cloned().unwrap_or_else(|| "panicked".into()))
        })
    });
    if let Err(error) = told {
        panic!("{error}");
    }
    assert!(changed.get() > 20, "only {} releases changed anything", changed.get());
}

#[test]
fn what_was_added_yesterday_and_withdrawn_today_is_named_by_id_alone() {
    let project = Project::small();
    project.build("2026-09-30").ends(0);
    // On this day an entry is listed; its text stands in the file of the day.
    let entry = "\nblacklist:\n  - {id: blk-new, party: {name: 样例县新列入食品店, uscc: 92990102MA0TE5T24W}, \
        ground: {text: 使用回收食品}, decision: {doc_no: 样市监列严〔2026〕9号, organ: 样例县市场监督管理局, date: 2026-10-01}, \
        penalty: {doc_no: 样市监处罚〔2026〕99号, organ: 样例县市场监督管理局, date: 2026-09-01, kind: [fine, revoke], summary: 吊销许可证}, \
        listed_on: 2026-10-01, regime: ndrc36}\n";
    project.write("content/ledgers/new.yaml", entry);
    project.build("2026-10-01").ends(0);
    let name = "样例县新列入食品店";
    assert!(holders(&project.site(), name).contains(&"data/changes/2026-10-01.json".to_string()));
    let withdrawal = "\nwithdrawals:\n  - {kind: blacklist, id: blk-new, on: 2026-10-03, reason: 信用修复, doc_no: 样市监移出〔2026〕9号}\n";
    project.write("content/ledgers/new.yaml", format!("{entry}{withdrawal}"));
    project.build("2026-10-03").ends(0);
    let site = project.site();
    assert_eq!(holders(&site, name), [""; 0]);
    for file in ["2026-10-01", "2026-10-03"] {
        let change = &read(&site, &format!("data/changes/{file}.json"))["kinds"]["blacklist"];
        assert_eq!(change["removed"], serde_json::json!(["blk-new"]), "{file}");
        assert_eq!(change["added"], serde_json::json!([]), "{file}");
    }
}

#[test]
fn no_file_tells_an_earlier_value_or_a_name_of_an_enterprise_that_has_closed() {
    let project = Project::small();
    project.build("2026-11-19").ends(0);
    for (day, from, to) in [("2026-11-20", "任样本", "任样张"), ("2026-11-21", "任样张", "任样李")]
    {
        project.edit(
            "content/ledgers/enterprises.yaml",
            &format!("legal_rep: {from}"),
            &format!("legal_rep: {to}"),
        );
        project.build(day).ends(0);
    }
    assert_eq!(holders(&project.site(), "任样张"), [""; 0], "an earlier value");
    assert!(holders(&project.site(), "任样李").contains(&"data/changes/2026-11-21.json".to_string()));
    let text = project.text("content/ledgers/enterprises.yaml");
    let at = text.find("legal_rep: 任样李").unwrap();
    let status = at + text[at..].find("status: active").unwrap();
    project.write(
        "content/ledgers/enterprises.yaml",
        format!("{}status: closed{}", &text[..status], &text[status + "status: active".len()..]),
    );
    project.build("2026-11-22").ends(0);
    assert_eq!(holders(&project.site(), "任样李"), [""; 0], "a name of a closed one");
}

#[test]
fn only_so_many_files_are_kept_as_the_portal_says() {
    let project = Project::small();
    let settings = project.text("content/portal.yaml");
    project.write("content/portal.yaml", format!("{settings}\ndata: {{keep_changes: 2}}\n"));
    project.build("2026-11-20").ends(0);
    for day in 21..25 {
        let from =
            if day == 21 { "中心街22号".to_string() } else { format!("中心街{}号", 100 + day - 1) };
        project.edit("content/ledgers/enterprises.yaml", &from, &format!("中心街{}号", 100 + day));
        project.build(&format!("2026-11-{day}")).ends(0);
    }
    let (since, names) = index(&project.site());
    assert_eq!(
        (since.as_str(), names),
        ("2026-11-22", vec!["2026-11-23.json".into(), "2026-11-24.json".into()])
    );
}

#[test]
fn a_day_without_a_change_has_no_file_and_a_damaged_file_begins_history_anew() {
    let project = Project::small();
    project.build(DAY).ends(0);
    project.build(DAY).ends(0);
    assert_eq!(index(&project.site()), (DAY.to_string(), vec![]));
    project.edit("content/ledgers/enterprises.yaml", "中心街22号", "中心街23号");
    project.build("2026-11-23").ends(0);
    assert_eq!(index(&project.site()), (DAY.to_string(), vec!["2026-11-23.json".into()]));
    let text = project.text("site/data/changes/2026-11-23.json").replace("中心街23号", "中心街99号");
    project.write("site/data/changes/2026-11-23.json", text);
    project.build("2026-11-24").ends(0);
    assert_eq!(index(&project.site()), ("2026-11-23".to_string(), vec![]));
    assert_eq!(holders(&project.site(), "中心街99号"), [""; 0]);
}

#[test]
fn a_day_of_publication_that_was_changed_afterwards_is_told_until_a_correction_says_so() {
    let project = Project::small();
    let entry = |day: &str| {
        format!(
            "\nblacklist:\n  - {{id: blk-new, party: {{name: 样例县新列入食品店, uscc: 92990102MA0TE5T24W}}, \
            ground: {{text: 使用回收食品}}, decision: {{doc_no: 样市监列严〔2026〕9号, organ: 样例县市场监督管理局, date: 2026-10-01}}, \
            penalty: {{doc_no: 样市监处罚〔2026〕99号, organ: 样例县市场监督管理局, date: 2026-09-01, kind: [fine, revoke], summary: 吊销许可证}}, \
            listed_on: {day}, regime: ndrc36}}\n"
        )
    };
    let told = |text: &str| {
        project.write("content/ledgers/new.yaml", text);
        let built = project.build("2026-11-19").ends(0);
        built.err.contains("2026-10-01 when it was published") && built.err.contains("blk-new")
    };
    assert!(!told(&entry("2026-10-01")));
    assert!(told(&entry("2026-10-02")), "the day has moved");
    assert!(!told(&entry("2026-10-02")), "it is told once");
    assert!(!told(&entry("2026-10-01")));
    let correction = "\ncorrections:\n  - {kind: blacklist, id: blk-new, field: 列入日期, was: 2026-10-01, now: 2026-10-02, \"on\": 2026-11-19, reason: 录入有误}\n";
    assert!(!told(&(entry("2026-10-02") + correction)), "a correction tells it");
}

#[test]
fn a_day_of_an_event_may_be_put_right_and_a_day_of_decision_may_not_move_unsaid() {
    let project = Project::small();
    project.build(DAY).ends(0);
    project.edit("content/ledgers/visits.yaml", "date: 2026-02-17", "date: 2026-02-16");
    let run = project.build("2026-11-23").ends(0);
    assert!(!run.err.contains("when it was published"), "a visit's day is no day of publication: {run}");
    let ledger = project.text("content/ledgers/credit.yaml");
    let decided =
        ledger.lines().find(|line| line.trim_start().starts_with("decided_on: 2026-")).unwrap().trim();
    let day = gongshi::calendar::Date::parse(decided.trim_start_matches("decided_on: ")).unwrap();
    project.edit("content/ledgers/credit.yaml", decided, &format!("decided_on: {}", day.plus_days(-1)));
    let run = project.build("2026-11-24").ends(0);
    assert!(run.err.contains("the day decided_on of") && run.err.contains(&day.to_string()), "{run}");
}
