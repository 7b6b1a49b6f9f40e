//! Figures: what the program counts is what anybody can count from the published records, and pages, data and texts say the
//! same.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::{DAY, Project, Tree, assert_same};

const ARTICLE: &str = "content/articles/notices/figures.md";

fn article(body: &str) -> String {
    format!(
        "---\ntitle: 数字\npublished: 2026-07-01 09:00\nsource: 示范市食品安全委员会办公室\nsummary: 摘要\n---\n\n{body}\n"
    )
}

fn demo() -> Tree {
    Project::demo().clean_site(DAY)
}

fn records(site: &Tree, kind: &str) -> Vec<Value> {
    serde_json::from_slice(&site[&format!("data/{kind}.json")]).unwrap()
}

fn figures(site: &Tree) -> BTreeMap<String, Value> {
    records(site, "figures").into_iter().map(|one| (one["id"].as_str().unwrap().to_string(), one)).collect()
}

fn text(site: &Tree, path: &str) -> String {
    String::from_utf8(site[path].clone()).unwrap()
}

/// The region of an enterprise begins with the region that is counted: the codes of the demo nest.
fn lies_in(record: &Value, region: &str) -> bool {
    record["region"].as_str().is_some_and(|code| code.starts_with(region))
}

#[test]
fn totals_are_what_a_reader_counts_from_the_published_records() {
    let site = demo();
    let figures = figures(&site);
    let num = |id: &str| figures.get(id).map(|figure| figure["num"].as_i64().unwrap());
    let den = |id: &str| figures.get(id).map(|figure| figure["den"].as_i64().unwrap());
    let enterprises = records(&site, "enterprises");
    let open: Vec<&Value> = enterprises.iter().filter(|one| one["address"].is_string()).collect();
    for region in ["9901", "990101", "990102", "990103", "990101101"] {
        let within: Vec<&&Value> = open.iter().filter(|one| lies_in(one, region)).collect();
        assert_eq!(num(&format!("enterprises-{region}")), Some(within.len() as i64), "{region}");
        let level = within.iter().filter(|one| one["coverage_level"] == "B").count() as i64;
        let told = num(&format!("enterprises-{region}-level-B")).unwrap_or(0);
        assert_eq!(told, level, "{region}");
        let active = within
            .iter()
            .filter(|one| one["status"] == "active" && one["coverage_level"].is_string())
            .count();
        assert_eq!(den(&format!("coverage-{region}")), Some(active as i64), "{region}");
    }
    let samples = records(&site, "samples");
    let passed = samples.iter().filter(|one| one["conclusion"] == "qualified").count() as i64;
    assert_eq!(num("pass-rate-9901-2026"), Some(passed));
    assert_eq!(den("pass-rate-9901-2026"), Some(samples.len() as i64));
    let months: i64 = figures
        .iter()
        .filter(|(id, _)| id.starts_with("pass-rate-9901-2026-0") || id.starts_with("pass-rate-9901-2026-1"))
        .map(|(_, one)| one["den"].as_i64().unwrap())
        .sum();
    assert_eq!(months, samples.len() as i64);
    let closed = records(&site, "disposals").iter().filter(|one| one["status"] == "closed").count() as i64;
    assert_eq!(num("disposal-9901-2026"), Some(closed));
    let tasks = records(&site, "plan_tasks");
    let done = tasks.iter().filter(|one| one["done_on"].is_string()).count() as i64;
    assert_eq!((num("tasks-9901"), den("tasks-9901")), (Some(done), Some(tasks.len() as i64)));
    let late = tasks
        .iter()
        .filter(|one| one["done_on"].is_null() && one["due"].as_str().is_some_and(|due| due < DAY))
        .count() as i64;
    assert_eq!(num("tasks-late-9901"), Some(late));
    let hours: f64 = records(&site, "trainings").iter().map(|one| one["hours"].as_f64().unwrap()).sum();
    assert_eq!(figures["training-hours-9901-2026"]["value"].as_f64(), Some(hours));
    let trained = |key: &str, audience: Option<&str>| -> i64 {
        let trainings = records(&site, "trainings");
        let audience = audience.map(serde_json::Value::from);
        let is_for = |one: &&Value| {
            audience.as_ref().is_none_or(|wanted| one["audience"].as_array().unwrap().contains(wanted))
        };
        trainings.iter().filter(is_for).filter_map(|one| one[key].as_i64()).sum()
    };
    assert_eq!(num("persons-9901-2026"), Some(trained("persons", None)));
    assert_eq!(num("persons-9901-2026-audience-cadre"), Some(trained("persons", Some("cadre"))));
    assert_eq!(num("person-times-9901-2026"), Some(trained("person_times", None)));
    assert_ne!(trained("persons", None), trained("person_times", None));
}

#[test]
fn visits_of_a_quarter_are_those_of_enterprises_that_were_owed_one() {
    let site = demo();
    let figures = figures(&site);
    for quarter in ["2026Q2", "2026Q3", "2026Q4"] {
        let (number, year) = (quarter[5..].parse::<u32>().unwrap(), &quarter[..4]);
        let months = [3 * number - 2, 3 * number - 1, 3 * number].map(|month| format!("{year}-{month:02}"));
        let visited: Vec<String> = records(&site, "visits")
            .iter()
            .filter(|visit| months.iter().any(|month| visit["date"].as_str().unwrap().starts_with(month)))
            .map(|visit| visit["enterprise"].as_str().unwrap().to_string())
            .collect();
        let begin = format!("{}-01", months[0]);
        let owed = |one: &&Value| {
            let from = one["covered_by"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|entry| entry["from"].as_str())
                .min();
            one["status"] == "active" && from.is_some_and(|from| from < begin.as_str())
        };
        let enterprises = records(&site, "enterprises");
        let owed: Vec<&Value> = enterprises.iter().filter(owed).collect();
        let done =
            owed.iter().filter(|one| visited.iter().any(|id| id == one["id"].as_str().unwrap())).count();
        let figure = &figures[&format!("visits-9901-{quarter}")];
        assert_eq!(
            (figure["num"].as_u64(), figure["den"].as_u64()),
            (Some(done as u64), Some(owed.len() as u64)),
            "{quarter}"
        );
        let rest = if quarter == "2026Q4" { "visits-due" } else { "visits-overdue" };
        let missing = figures[&format!("{rest}-9901-{quarter}")]["num"].as_u64();
        assert_eq!(missing, Some((owed.len() - done) as u64), "{quarter}");
    }
}

#[test]
fn every_figure_has_its_scope_and_a_quotient_its_denominator() {
    let site = demo();
    let figures = figures(&site);
    assert!(figures.len() > 200, "{}", figures.len());
    for (id, figure) in &figures {
        assert!(figure["region"].is_string() && figure["num"].is_number(), "{id}");
        let quotient = figure["den"].as_f64().filter(|den| *den > 0.0);
        if let (Some(den), Some(value)) = (quotient, figure["value"].as_f64()) {
            let scale = match figure["measure"].as_str().unwrap() {
                "load" | "disposal_delay" => 1.0,
                "batches_per_thousand" => 1000.0,
                _ => 100.0,
            };
            let exact = figure["num"].as_f64().unwrap() / den * scale;
            assert!((exact - value).abs() <= 0.005 + 1e-9, "{id}: {exact} {value}");
        }
        if figure["met"] == Value::Bool(false) {
            assert!(figure["value"].as_f64() < figure["target"].as_f64(), "{id}");
        }
    }
    // A page of a region prints what the data file holds.
    let page = text(&site, "progress/990101.html");
    let rate = &figures["pass-rate-990101-2026"];
    let parts = format!("{}/{}", rate["num"], rate["den"]);
    assert!(
        page.contains(&parts) && page.contains(&format!("{:.2}%", rate["value"].as_f64().unwrap())),
        "{parts}"
    );
}

#[test]
fn a_text_prints_what_it_asks_for_and_where_it_comes_from() {
    let portal = Project::small();
    portal.write(
        ARTICLE,
        article("共 {{ count(kind='enterprise') }} 家，覆盖率 {{ figure(name='coverage') }}，`{{ count(kind='enterprise') }}`。"),
    );
    let site = portal.clean_site(DAY);
    let page = text(&site, "articles/notices/figures.html");
    let coverage = &figures(&site)["coverage-9901"];
    let (num, den) = (&coverage["num"], &coverage["den"]);
    for words in [format!("，{num}/{den}"), "<code>{{ count(kind='enterprise') }}</code>".to_string()] {
        let shown = words.replace('\'', "&#39;");
        assert!(page.contains(&words) || page.contains(&shown), "{words}: {page}");
    }
    assert!(!page.replace("<code>{{", "").contains("{{"), "{page}");
}

#[test]
fn a_text_is_made_anew_when_a_figure_in_it_changes() {
    let portal = Project::small();
    portal.write(ARTICLE, article("共 {{ count(kind='cadre') }} 人，[他](cadre:county-0007)。"));
    let before = text(&portal.clean_site(DAY), "articles/notices/figures.html");
    portal.build(DAY).ends(0);
    portal.edit("content/ledgers/places.yaml", "cadres:\n", "cadres:\n  - {id: new-1, name: 新示例, level: village, region: \"990101101\", org: 样板镇, post: 干部, pledge: {signed_on: 2026-02-01}, from: 2026-02-01}\n");
    portal.build(DAY).ends(0);
    let site = portal.site();
    let after = text(&site, "articles/notices/figures.html");
    assert_ne!(before, after);
    assert!(after.contains("<a href=\"../../cadres/county-0007.html\">他</a>"), "{after}");
    let apart = |path: &String| path == "manifest.json" || path.starts_with("data/changes/");
    let own = |site: Tree| site.into_iter().filter(|(path, _)| !apart(path)).collect::<Tree>();
    assert_same(&own(site), &own(portal.clean_site(DAY)), "a clean build");
}

#[test]
fn a_link_to_a_record_that_has_left_becomes_its_words() {
    let portal = Project::small();
    portal.write(ARTICLE, article("见[这一条](blacklist:blk-2026-0003)。"));
    let linked = text(&portal.clean_site(DAY), "articles/notices/figures.html");
    assert!(linked.contains(">这一条</a>"), "{linked}");
    portal.write(
        "content/ledgers/withdrawn.yaml",
        "withdrawals:\n  - {kind: blacklist, id: blk-2026-0003, on: 2026-11-20, reason: 列入决定被撤销}\n",
    );
    let left = text(&portal.clean_site(DAY), "articles/notices/figures.html");
    assert!(left.contains("见这一条。") && !left.contains("blk-2026-0003"), "{left}");
}

#[test]
fn where_a_visit_a_month_is_owed_a_quarter_is_done_when_three_were_made() {
    let project = Project::small();
    project.edit("content/portal.yaml", "visits_per_year: 4", "visits_per_year: 12");
    let page = "enterprises/91990101MA0DEM013U.html";
    let quarter = |site: &Tree, id: &str| {
        let figure = figures(site).remove(id).unwrap();
        (figure["num"].as_i64().unwrap(), figure["den"].as_i64().unwrap())
    };
    let site = project.clean_site(DAY);
    let (before, owed) = quarter(&site, "visits-9901-2026Q2");
    assert!(text(&site, page).contains("督导 1/3") && !text(&site, page).contains("督导 3/3"));
    let run = project.run("check", &["--as-of", DAY]);
    assert!(run.err.contains("is owed 3 visits in 2026Q3 and has 1"), "{run}");
    let more: String = ["2026-04-02", "2026-06-30"]
        .map(|day| format!("  - {{id: m-{day}, enterprise: 91990101MA0DEM013U, cadre: county-0007, date: {day}, mode: onsite}}\n"))
        .concat();
    project.write("content/ledgers/monthly.yaml", format!("visits:\n{more}"));
    let site = project.clean_site(DAY);
    assert_eq!(quarter(&site, "visits-9901-2026Q2"), (before + 1, owed));
    assert!(text(&site, page).contains("督导 3/3"));
}
