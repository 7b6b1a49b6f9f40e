//! The dictionary of the field against the program: what an office discloses and teaches has its kind, and each kind
//! its page or its place on another's, its list, its data, its schema and its checks.

use std::fs;

use gongshi::record::Kinds;
use gongshi::record::field::{Constraint, Face, Field, Home, Kind, Type};

use crate::support::{DAY, Project, Tree, demo_sources, repository};

/// The terms of the dictionary and the kind that holds each.
const TERMS: [(&str, &str); 51] = [
    ("包保主体", "enterprises"),
    ("包保干部", "cadres"),
    ("责任清单", "enterprises"),
    ("公示牌", "boards"),
    ("督导", "visits"),
    ("督查", "audits"),
    ("双向通报", "notifications"),
    ("抽检通告", "sampling_notices"),
    ("抽检结果", "samples"),
    ("核查处置", "disposals"),
    ("严重违法失信名单", "blacklist"),
    ("行政处罚", "penalties"),
    ("从业禁止", "bans"),
    ("食品召回", "recalls"),
    ("风险警示", "risk_warnings"),
    ("监督检查结果", "inspections"),
    ("自查报告", "self_checks"),
    ("当事人声明", "statements"),
    ("更正", "corrections"),
    ("撤回", "withdrawals"),
    ("口袋书", "books"),
    ("口袋书章节", "chapters"),
    ("培训", "trainings"),
    ("题库", "questions"),
    ("考核公示", "assessments"),
    ("方案", "plans"),
    ("任务", "plan_tasks"),
    ("部门登记", "departments"),
    ("指标", "indicators"),
    ("周报告", "weekly_reports"),
    ("月调度", "monthly_dispatches"),
    ("问题台账", "problem_ledger"),
    ("学校食堂评估", "canteen_assessments"),
    ("第三方评价", "satisfaction_surveys"),
    ("投诉举报统计", "complaint_statistics"),
    ("举报奖励", "reward_rules"),
    ("示范称号", "honours"),
    ("宣教基地", "education_bases"),
    ("责任保险", "insurance_statistics"),
    ("快检室", "rapid_test_stations"),
    ("专家库", "experts"),
    ("明厨亮灶", "open_kitchens"),
    ("乡厨", "feast_cooks"),
    ("网络平台", "platforms"),
    ("网格", "grids"),
    ("三小", "small_operators"),
    ("信用分类", "credit_classes"),
    ("应急演练", "drills"),
    ("工作手册", "handbooks"),
    ("一封信", "letters"),
    ("行政区划", "regions"),
];

/// Kinds whose rows stand on the page of corrections or are not data but texts: no data file is due.
const NO_DATA: [&str; 4] = ["corrections", "withdrawals", "books", "chapters"];

/// The demo portal, built.
fn demo() -> Tree {
    Project::demo().clean_site(DAY)
}

/// The kinds of the demo portal: built in and declared.
fn kinds(site: &Tree) -> Vec<String> {
    let built_in = Kinds::builtin();
    let mut all: Vec<String> = built_in.all().map(|kind| kind.plural.to_string()).collect();
    let declared = site.keys().filter_map(|path| path.strip_prefix("data/schema/")?.strip_suffix(".json"));
    all.extend(declared.map(str::to_string));
    all.sort();
    all.dedup();
    all
}

/// Whether its table alone lets a record be wrong: a required field, a code, a day, a link, a choice, a constraint.
fn is_checked(kind: &Kind) -> bool {
    let proves = |field: &Field| field.required || field.link.is_some() || !matches!(field.ty, Type::Text);
    kind.fields.iter().any(proves)
}

#[test]
fn every_term_of_the_dictionary_has_a_kind_with_page_list_data_and_schema() {
    let site = demo();
    let known = kinds(&site);
    let built_in = Kinds::builtin();
    let mut missing = Vec::new();
    for (term, plural) in TERMS {
        if !known.iter().any(|one| one == plural) {
            missing.push(format!("{term}: no kind `{plural}`"));
            continue;
        }
        let needs_data = !NO_DATA.contains(&plural);
        for ending in ["csv", "json"] {
            if needs_data && !site.contains_key(&format!("data/{plural}.{ending}")) {
                missing.push(format!("{term}: no data/{plural}.{ending}"));
            }
        }
        if needs_data && !site.contains_key(&format!("data/schema/{plural}.json")) {
            missing.push(format!("{term}: no schema"));
        }
        let face = built_in.index(plural).and_then(|at| built_in.at(at)).map(|kind| kind.face);
        let folder = match face {
            Some(Face::Pages { folder, lists: Some(_), .. }) => folder,
            // Shown on the pages of what it names; a book's chapters in the book, samples in their notice.
            Some(_) => continue,
            None => plural,
        };
        let pages = site.keys().filter(|path| path.starts_with(&format!("{folder}/"))).count();
        if pages < 2 || !site.contains_key(&format!("{folder}/index.html")) {
            missing.push(format!("{term}: no list or no page in {folder}/"));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_record_of_an_inline_kind_stands_on_a_page_of_what_it_names() {
    let site = demo();
    for (words, page) in [
        ("已更换冷却间的空气过滤装置", "penalties/pen-2026-0018.html"),
        ("已更换冷却间的空气过滤装置", "enterprises/91990101MA0GA4RF10.html"),
        ("履职到位", "cadres/yangli-0007.html"),
        ("双向通报", "enterprises/91990101MA0DEM013U.html"),
        ("公示牌", "enterprises/91990101MA0DEM013U.html"),
        ("兽药残留专项治理", "departments/agri.html"),
        ("兽药残留专项治理", "plans/demo-city-2026.html"),
    ] {
        let text = String::from_utf8_lossy(&site[page]).into_owned();
        assert!(text.contains(words), "{page} does not say {words}");
    }
}

#[test]
fn every_built_in_kind_can_be_wrong() {
    for kind in Kinds::builtin().all() {
        assert!(is_checked(kind), "{}", kind.plural);
        for constraint in kind.constraints {
            let keys: Vec<&str> = match constraint {
                Constraint::Order(one, other)
                | Constraint::AtMost(one, other)
                | Constraint::Due(one, other)
                | Constraint::Late(one, other) => vec![one, other],
                Constraint::NotAheadIn(outer, day) => {
                    let inner = kind.slot(outer).and_then(|slot| match kind.fields[slot].ty {
                        Type::Object(fields) => Some(fields),
                        Type::List(Type::Object(fields)) => Some(*fields),
                        _ => None,
                    });
                    assert!(
                        inner.is_some_and(|fields| fields.iter().any(|field| field.key == *day)),
                        "{outer}.{day}"
                    );
                    vec![outer]
                }
                Constraint::Sum(whole, parts) => parts.iter().chain([whole]).copied().collect(),
                Constraint::Sequence(one, within) => within.iter().chain([one]).copied().collect(),
                Constraint::Unique(keys) => keys.to_vec(),
                Constraint::NotAhead(one) | Constraint::Expires(one) => vec![one],
            };
            for key in keys {
                assert!(kind.slot(key).is_some(), "a constraint of {} names `{key}`", kind.plural);
            }
        }
    }
}

/// The YAML between fences behind a heading of three marks.
fn examples(text: &str) -> Vec<&str> {
    let further = text.split_once("\n## Further kinds\n").unwrap().1;
    further.split("```yaml\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

#[test]
fn every_kind_has_its_place_in_the_description_of_the_sources() {
    let text = fs::read_to_string(repository().join("docs/sources.md")).unwrap();
    let headings: Vec<&str> = text.lines().filter(|line| line.starts_with("##")).collect();
    let named = |plural: &str| headings.iter().any(|line| line.split([' ', ',']).any(|word| word == plural));
    let built_in = Kinds::builtin();
    let written = built_in.all().filter(|kind| kind.home != Home::Computed);
    let missing: Vec<&str> = written.map(|kind| kind.plural).filter(|plural| !named(plural)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_examples_of_the_description_are_ledgers_without_an_error() {
    let text = fs::read_to_string(repository().join("docs/sources.md")).unwrap();
    let mut files = demo_sources();
    let examples = examples(&text);
    assert!(examples.len() >= 15, "{}", examples.len());
    for (at, example) in examples.iter().enumerate() {
        files.insert(format!("content/ledgers/zz-example-{at}.yaml"), example.as_bytes().to_vec());
    }
    let found = Project::of(&files).run("check", &["--as-of", DAY, "--format", "json"]).findings();
    let errors: Vec<String> = found
        .iter()
        .filter(|finding| finding["code"].as_str().is_some_and(|code| code.starts_with('E')))
        .map(ToString::to_string)
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}
