//! `check --profile gov` on whole portals: the demo has no error, a fault in a template is told on every page, and the report says
//! what was judged and what was not.

use gongshi::calendar::Date;
use gongshi::inspection::{Survey, Verdict};
use gongshi::record::settings::Settings;

use crate::support::{DAY, Project, repository};

#[test]
fn the_demo_portal_has_no_error_and_its_report_says_what_was_judged() {
    let project = Project::demo();
    let report = project.path("report.html");
    let run =
        project.run("check", &["--profile", "gov", "--lang", "zh", "--report", report.to_str().unwrap()]);
    assert!(run.err.contains("：0 个错误"), "{run}");
    let run = run.ends(0);
    for line in ["空白栏目", "页面标签", "通过", "未判定", "gongshi verify", "最大的记录页"]
    {
        assert!(run.err.contains(line), "{line}\n{run}");
    }
    let page = project.text("report.html");
    for words in ["<th scope=\"row\">DNS</th>", "未判定", "9901000001", "2026-11-22", "@page{size:A4"] {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains("src=") && !page.contains("href="), "the report needs nothing else");
    assert!(!project.path("site").exists(), "nothing is built");
}

#[test]
fn a_fault_planted_in_a_template_is_told_on_every_page_and_stops() {
    let project = Project::demo();
    let base = std::fs::read_to_string(repository().join("themes/default/templates/base.html")).unwrap();
    let planted = base.replace("</body>", "\n<a href=\"nowhere.html\">甲</a><p>机密★长期</p></body>");
    assert_ne!(planted, base);
    project.write("themes/default/templates/base.html", planted);
    let run = project.run("check", &["--profile", "gov", "--format", "json"]).ends(1);
    let found = run.findings();
    let of = |code: &str| found.iter().filter(|found| found["code"] == code).collect::<Vec<_>>();
    let dead = of("E-GOV-LINK");
    assert!(dead.len() > 100 && dead.len() == of("E-GOV-SECRET").len(), "{}", dead.len());
    let at_home = dead.iter().find(|found| found["file"] == "index.html").unwrap();
    assert!(at_home["line"].as_u64().unwrap() > 5 && at_home["column"] == 1, "{at_home}");
    // Without the profile nothing is rendered and nothing is said.
    project.run("check", &[]).ends(0);
}

#[test]
fn one_inspection_says_the_same_at_any_number_of_threads_and_warnings_can_be_switched_off() {
    let project = Project::demo();
    let base = std::fs::read_to_string(repository().join("themes/default/templates/base.html")).unwrap();
    project.write(
        "themes/default/templates/base.html",
        base.replace("</body>", "<a href=\"//a.example.com\">甲</a></body>"),
    );
    let run = |jobs: &str| {
        project.run("check", &["--profile", "gov", "--format", "json", "--jobs", jobs]).ends(0).out
    };
    let one = run("1");
    assert!(one.contains("W-GOV-HOST"));
    assert_eq!(one, run("3"));
    project.edit("content/portal.yaml", "\nhotline:", "\nrules_off: [W-GOV-HOST]\nhotline:");
    assert!(!run("2").contains("W-GOV-HOST"));
}

#[test]
fn lists_are_read_like_any_source_and_what_is_not_judged_never_passes() {
    let project = Project::demo();
    project.write("content/inspection/lists.yaml", "words:\n  - {wrong: 甲乙}\nclosed: []\n");
    let found = project.run("check", &["--format", "json"]).ends(1).findings();
    let mut codes: Vec<&str> = found
        .iter()
        .filter_map(|found| found["code"].as_str())
        .filter(|code| code.starts_with('E'))
        .collect();
    codes.sort_unstable();
    assert_eq!(codes, ["E-FIELD-MISSING", "E-FIELD-UNKNOWN"]);
    let run = project.run("check", &["--profile", "gov", "--lang", "zh"]).ends(1);
    assert!(run.err.contains("网站检查未进行"), "{run}");
    let rows = Survey::default().rows(&Settings::default(), Date::parse(DAY).unwrap());
    assert!(rows.iter().any(|row| row.verdict == Verdict::NotJudged));
}

#[test]
fn a_column_that_the_page_of_all_lists_calls_otherwise_is_told_on_its_pages() {
    let project = Project::demo();
    let lists = std::fs::read_to_string(repository().join("themes/default/templates/lists.html")).unwrap();
    let planted = lists.replace("{{ one.title }}</a>", "{{ one.title }}表</a>");
    assert_ne!(planted, lists);
    project.write("themes/default/templates/lists.html", planted);
    let found = project.run("check", &["--profile", "gov", "--format", "json"]).ends(1).findings();
    let told: Vec<&str> = found
        .iter()
        .filter(|found| found["code"] == "E-GOV-TAG")
        .filter_map(|found| Some((found["file"].as_str()?, found["message"].as_str()?)))
        .inspect(|(_, message)| assert!(message.starts_with("GW-12 "), "{message}"))
        .map(|(file, _)| file)
        .collect();
    for page in ["plans/index.html", "plans/demo-city-2026.html", "recalls/rec-2026-0002.html"] {
        assert!(told.contains(&page), "{page}");
    }
    // What stands in the menu itself is held against the menu.
    assert!(!told.contains(&"enterprises/index.html"), "{told:?}");
}
