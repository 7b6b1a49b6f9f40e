//! What an author did wrong is told all at once, each at its very place, and nothing is published.

use crate::support::{DAY, Project, assert_same, names};

/// The mistakes of the issue, each in a place of its own: code, file, the words around the value, the value.
const PLANTED: [(&str, &str, &str, &str); 8] = [
    ("E-YAML-SYNTAX", "content/ledgers/unclosed.yaml", "summary: ", "\"没有收尾的引号"),
    ("E-FIELD-UNKNOWN", "content/ledgers/enterprises.yaml", "    ", "adress: 样例县样板镇示范路1号"),
    ("E-CADRE-UNKNOWN", "content/ledgers/enterprises.yaml", "cadre: ", "county-0070"),
    ("E-ID-DUP", "content/ledgers/visits.yaml", "{id: ", "v-0004, enterprise: tf-990101-0001"),
    ("E-USCC-CHECK", "content/ledgers/credit.yaml", "{name: 样板镇假想果蔬店, uscc: ", "92990101MA0GR53CXX"),
    ("E-DATE-INVALID", "content/ledgers/sampling.yaml", "sampled_on: ", "2026-02-30"),
    (
        "E-COVERAGE-LEVEL",
        "content/ledgers/enterprises.yaml",
        "cadre: ",
        "village-0021, role: lead, from: 2026-07-01",
    ),
    ("E-LINK-DEAD", "content/articles/notices/2026-01.md", "，动态见", "[工作动态](../news/2026-q4.md)"),
];

fn plant(project: &Project) {
    project.write(
        "content/ledgers/unclosed.yaml",
        "visits:\n  - id: v-9001\n    enterprise: tf-990101-0001\n    summary: \"没有收尾的引号\n    date: 2026-03-03\n",
    );
    let enterprises = "content/ledgers/enterprises.yaml";
    project.edit(enterprises, "address: 样例县样板镇示范路1号", "adress: 样例县样板镇示范路1号");
    project.edit(enterprises, "cadre: county-0007", "cadre: county-0070");
    project.edit(
        enterprises,
        "- {cadre: town-0012, role: lead, from: 2026-07-01, basis: 样食安委〔2026〕11号}",
        "- {cadre: village-0021, role: lead, from: 2026-07-01, basis: 样食安委〔2026〕11号}",
    );
    project.edit("content/ledgers/visits.yaml", "id: v-0005", "id: v-0004");
    project.edit("content/ledgers/credit.yaml", "92990101MA0GR53CXY", "92990101MA0GR53CXX");
    project.edit("content/ledgers/sampling.yaml", "sampled_on: 2026-07-22", "sampled_on: 2026-02-30");
    project.edit("content/articles/notices/2026-01.md", "../news/2026-q3.md", "../news/2026-q4.md");
}

/// Line and column, counted in characters from 1, of a value behind some words.
#[track_caller]
fn position(text: &str, before: &str, value: &str) -> (u64, u64) {
    let sought = format!("{before}{value}");
    assert_eq!(text.matches(&sought).count(), 1, "{sought}");
    let at = text.find(&sought).unwrap() + before.len();
    let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    (text[..at].matches('\n').count() as u64 + 1, text[line_start..at].chars().count() as u64 + 1)
}

#[test]
fn all_planted_mistakes_are_told_in_one_run_at_their_very_place() {
    let project = Project::small();
    project.build(DAY).ends(0);
    let before = project.site();
    plant(&project);
    for command in ["check", "build"] {
        let findings = project.run(command, &["--as-of", DAY, "--format", "json"]).ends(1).findings();
        let found: Vec<(String, String, u64, u64)> = findings
            .iter()
            .filter(|finding| finding["severity"] == "error")
            .map(|finding| {
                let text = |key: &str| finding[key].as_str().unwrap().to_string();
                let number = |key: &str| finding[key].as_u64().unwrap();
                (text("code"), text("file"), number("line"), number("column"))
            })
            .collect();
        for (code, file, words, value) in PLANTED {
            let (line, column) = position(&project.text(file), words, value);
            let expected = (code.to_string(), file.to_string(), line, column);
            assert!(found.contains(&expected), "{expected:?} is not among {found:#?}");
        }
        let extra: Vec<_> =
            found.iter().filter(|(code, ..)| !PLANTED.iter().any(|(planted, ..)| planted == code)).collect();
        // The misspelt key is the address, which is then missing.
        assert!(extra.iter().all(|(code, ..)| code == "E-FIELD-MISSING"), "{extra:?}");
        assert!(extra.len() <= 1, "{extra:?}");
    }
    assert_same(&project.site(), &before, "the old site");
}

#[test]
fn mistakes_in_a_first_build_leave_no_site() {
    let project = Project::small();
    plant(&project);
    project.build(DAY).ends(1);
    assert_eq!(names(&project.path("")), [".gongshi", "content"]);
    project.run("plan", &["--as-of", DAY]).ends(1);
}

#[test]
fn a_check_writes_nothing_at_all() {
    let project = Project::small();
    project.run("check", &["--as-of", DAY]).ends(0);
    project.run("plan", &["--as-of", DAY]).ends(0);
    assert_eq!(names(&project.path("")), ["content"]);
}

#[test]
fn messages_are_chinese_or_english_as_asked_and_name_the_file() {
    let project = Project::small();
    plant(&project);
    let zh = project.run("check", &["--as-of", DAY, "--lang", "zh"]).ends(1).err;
    let en = project.run("check", &["--as-of", DAY, "--lang", "en"]).ends(1).err;
    for said in [&zh, &en] {
        for (code, file, ..) in PLANTED {
            assert!(said.contains(code) && said.contains(file), "{code} or {file} is not in:\n{said}");
        }
    }
    assert!(zh.contains("个错误") && !en.contains("个错误"), "{zh}\n{en}");
}

#[test]
fn json_diagnostics_are_alone_on_standard_output_one_object_a_line() {
    let project = Project::small();
    plant(&project);
    let run = project.run("check", &["--as-of", DAY, "--format", "json"]).ends(1);
    for finding in run.findings() {
        for key in ["code", "severity", "file", "message"] {
            assert!(finding[key].is_string(), "{key} in {finding}");
        }
    }
    assert!(run.err.contains("errors"), "{run}");
}

#[test]
fn warnings_let_a_build_through_unless_it_is_strict() {
    let project = Project::small();
    project.build(DAY).ends(0);
    let before = project.site();
    let run = project.run("build", &["--as-of", DAY, "--strict"]);
    assert!(run.err.contains("warning["), "{run}");
    run.ends(1);
    assert_same(&project.site(), &before, "the old site");
}

#[test]
fn what_only_the_calendar_made_wrong_is_a_warning() {
    let project = Project::small();
    // Licences, terms and insurance have run out, every blacklist entry and penalty has ended.
    let run = project.build("2031-01-01").ends(0);
    assert!(run.err.contains("W-LIC-EXPIRED"), "{run}");
}

#[test]
fn a_destination_that_holds_other_work_is_refused() {
    let project = Project::small();
    project.write("work/letter.txt", "mine");
    project.write("file", "mine");
    let before = crate::support::tree(&project.path(""));
    for out in ["content", "content/assets", "work", "file", ""] {
        let out = project.path(out);
        let run =
            project.run("build", &["--as-of", DAY, "--no-cache", "--out", out.to_str().unwrap()]).ends(2);
        assert!(run.err.contains(out.to_str().unwrap()), "{run}");
        assert_same(&crate::support::tree(&project.path("")), &before, out.to_str().unwrap());
    }
}

#[test]
fn the_day_is_the_one_asked_for_else_the_pinned_one_else_today_in_beijing() {
    let project = Project::small();
    let said = project.run("build", &[]);
    assert!(said.err.lines().next().is_some_and(|line| line.contains("20")), "{said}");
    project.edit("content/portal.yaml", "hotline:", "as_of: 2026-11-25\nhotline:");
    for (arguments, day) in [(&[][..], "2026-11-25"), (&["--as-of", "2026-11-24"], "2026-11-24")] {
        project.run("build", arguments).ends(0);
        assert_eq!(crate::support::manifest(&project.site())["as_of"], day);
    }
}

#[test]
fn bad_arguments_end_with_two_and_touch_nothing() {
    let project = Project::small();
    for arguments in [
        &["--as-of", "2026-02-30"][..],
        &["--as-of", "yesterday"],
        &["--jobs", "0"],
        &["--theme", "no-such-theme"],
        &["--frobnicate"],
    ] {
        project.run("build", arguments).ends(2);
    }
    assert!(!project.path("site").exists());
}

#[test]
fn the_site_never_lies_among_the_sources_nor_around_them() {
    let project = Project::small();
    let before = names(&project.path("content"));
    for out in ["content", "content/public", "content/ledgers/site", ""] {
        let out = project.path(out);
        let run = project.run("build", &["--as-of", DAY, "--out", out.to_str().unwrap()]);
        assert!(run.err.contains("overlaps the sources"), "{run}");
        run.ends(2);
    }
    assert_eq!(names(&project.path("content")), before);
    for out in [".gongshi", ".gongshi/spare/tree"] {
        let out = project.path(out);
        let run = project.run("build", &["--as-of", DAY, "--out", out.to_str().unwrap()]);
        assert!(run.err.contains("must not lie in the cache"), "{run}");
        run.ends(2);
    }
    let beside = project.path("content/../public");
    project.run("build", &["--as-of", DAY, "--out", beside.to_str().unwrap()]).ends(0);
}

#[test]
fn a_portal_that_says_nothing_lacks_every_required_field() {
    let project = Project::small();
    for nothing in ["", "# to be written\n", "~\n"] {
        project.write("content/portal.yaml", nothing);
        let run = project.run("build", &["--as-of", DAY]);
        for field in ["name", "organ", "region", "base_url", "site", "contact", "hotline"] {
            let told =
                format!("content/portal.yaml:1:1: error[E-FIELD-MISSING] the required field `{field}` ");
            assert!(run.err.contains(&told), "{field} after {nothing:?}: {run}");
        }
        run.ends(1);
    }
}

#[test]
fn the_day_that_counts_is_told_when_nobody_named_one() {
    let project = Project::small();
    let told = "no as-of date is given; today's counts: ";
    assert!(project.run("check", &[]).err.starts_with(told));
    assert!(!project.run("check", &["--as-of", DAY]).err.contains(told));
    project.edit("content/portal.yaml", "authority: city\n", &format!("authority: city\nas_of: {DAY}\n"));
    assert!(!project.run("check", &[]).err.contains(told));
}

#[test]
fn no_text_of_the_demo_portal_raises_a_false_alarm() {
    let findings = Project::demo().run("check", &["--as-of", DAY, "--format", "json"]).ends(0).findings();
    let in_texts: Vec<String> = findings
        .iter()
        .filter(|finding| finding["file"].as_str().unwrap().ends_with(".md"))
        .map(ToString::to_string)
        .collect();
    assert!(in_texts.is_empty(), "{}", in_texts.join("\n"));
}

#[test]
fn a_cell_of_a_csv_ledger_is_underlined_to_its_end() {
    let project = Project::small();
    project.write(
        "content/ledgers/visits.csv",
        "id,enterprise,cadre,date,mode\nv-0901,91990101MA0DEM013U,county-0007,2026/9/1,onsite\n",
    );
    let told = project.run("check", &["--as-of", DAY, "--lang", "zh"]).ends(1).to_string();
    let (_, of_file) = told.split_once("visits.csv").unwrap();
    let carets = of_file.lines().find(|line| line.contains("^^")).unwrap();
    assert_eq!(carets.matches('^').count(), "2026/9/1".len(), "{told}");
}

#[test]
fn a_mistake_in_a_template_names_file_line_column_and_what_there_is() {
    let project = Project::small();
    project.build(DAY).ends(0);
    let before = project.site();
    for (line, wanted) in [
        ("{{ r.nosuch }}", &["Field `nosuch`", "coverage_level", "record.html:2:6"][..]),
        ("{{ nosuch }}", &["Variable `nosuch`", "incoming", "record.html:2:4"]),
        ("{{ r.id", &["record.html:2:"]),
    ] {
        project.write("themes/default/templates/enterprise.html", format!("<!doctype html>\n{line}\n"));
        let run = project.build(DAY).ends(2);
        for wanted in wanted.iter().map(|wanted| wanted.replace("record.html", "enterprise.html")) {
            assert!(run.err.contains(&wanted), "{wanted} in {run}");
        }
        assert_same(&project.site(), &before, line);
    }
}

#[test]
fn the_cost_of_templates_is_told_to_who_asks_and_to_nobody_else() {
    let project = Project::small();
    assert_eq!(project.build(DAY).ends(0).out, "");
    let told = project.run("build", &["--as-of", DAY, "--no-cache", "--timings"]).ends(0).out;
    let row = told.lines().find(|line| line.contains(" enterprise.html  enterprises/")).unwrap_or_default();
    let pages: usize = row.split_whitespace().nth(2).and_then(|pages| pages.parse().ok()).unwrap_or_default();
    let is_shop = |(path, bytes): &(&String, &Vec<u8>)| {
        path.starts_with("enterprises/") && String::from_utf8_lossy(bytes).contains("#enterprise\"")
    };
    let shops = project.site().iter().filter(is_shop).count();
    assert!(shops > 0 && pages >= shops, "{told}");
    assert!(told.contains("100.0%"), "{told}");
}
