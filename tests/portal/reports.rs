//! What a check tells at its end: what is allowed to stand, the sums, the forms for programs, the baseline.

use crate::support::{DAY, Project, assert_same, gongshi, holders, run};

const REASON: &str = "已核实暂留待办";

/// Writes an allowance for each finding of the portal.
fn allow_all(project: &Project, until: &str) {
    let findings = project.run("check", &["--as-of", DAY, "--format", "json"]).findings();
    let allowances: String = findings
        .iter()
        .filter(|finding| finding["code"].is_string())
        .map(|finding| {
            let (code, record) = (finding["code"].as_str().unwrap(), finding["record"].as_str().unwrap());
            format!("  - {{rule: {code}, record: {record}, reason: {REASON}, until: {until}}}\n")
        })
        .collect();
    assert!(allowances.lines().count() > 2);
    project.write("content/ledgers/allowances.yaml", format!("allowances:\n{allowances}"));
}

#[test]
fn what_is_allowed_stops_nothing_and_is_listed_with_reason_and_last_day_and_published_nowhere() {
    let project = Project::small();
    let before = project.clean_site(DAY);
    project.run("check", &["--as-of", DAY, "--strict"]).ends(1);
    allow_all(&project, DAY);
    for command in ["check", "build"] {
        let run = project.run(command, &["--as-of", DAY, "--strict"]).ends(0);
        let listed = run.err.lines().filter(|line| line.contains(&format!("(until {DAY}: {REASON})")));
        assert_eq!(listed.count(), 5, "{run}");
        assert!(run.err.contains("  content/ledgers/enterprises.yaml:2:5: warning[W-VISIT-DUE]"), "{run}");
    }
    assert_same(&crate::support::pages(project.site()), &crate::support::pages(before), "the site");
    assert_eq!(holders(&project.site(), REASON), [""; 0]);
}

#[test]
fn an_allowance_that_has_run_out_is_told_beside_what_it_allowed() {
    let project = Project::small();
    allow_all(&project, "2026-11-21");
    let run = project.run("check", &["--as-of", DAY, "--strict"]).ends(1);
    assert!(
        run.err.contains("warning[W-ALLOWANCE-EXPIRED]") && run.err.contains("warning[W-VISIT-DUE]"),
        "{run}"
    );
    assert!(!run.err.contains("allowed to stand"), "{run}");
    assert!(run.err.contains("0 errors, 10 warnings"), "{run}");
}

#[test]
fn an_id_that_records_of_two_kinds_share_needs_its_kind() {
    let project = Project::small();
    let allowance = |kind: &str| {
        format!(
            "allowances:\n  - {{rule: W-LIC-CHECK, {kind}record: tf-990101-0001, reason: {REASON}, until: {DAY}}}\n"
        )
    };
    let department = "departments:\n  - {id: tf-990101-0001, name: 示例科}\n";
    project.write("content/ledgers/more.yaml", allowance("") + department);
    let run = project.run("check", &["--as-of", DAY]).ends(1);
    assert!(
        run.err.contains("error[E-FIELD-MISSING]")
            && run.err.contains("kind: enterprise or kind: department"),
        "{run}"
    );
    project.write("content/ledgers/more.yaml", allowance("kind: enterprise, ") + department);
    let run = project.run("check", &["--as-of", DAY]).ends(0);
    assert!(run.err.contains("W-ALLOWANCE-UNUSED"), "{run}");
}

#[test]
fn explain_without_a_code_lists_every_rule_by_weight_in_either_language() {
    let pages: Vec<_> = gongshi::check::explanations().collect();
    for lang in ["zh", "en"] {
        let run = run(&mut gongshi(&["explain", "--lang", lang])).ends(0);
        let (titles, headings): (Vec<&str>, Vec<&str>) =
            run.out.lines().partition(|line| line.starts_with("  "));
        let wanted: Vec<String> = pages
            .iter()
            .map(|page| (page.code, if lang == "zh" { page.title_zh } else { page.title_en }))
            .map(|(code, title)| format!("{code} {title}"))
            .collect();
        let mut listed: Vec<String> =
            titles.iter().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        listed.sort();
        assert_eq!(listed, wanted);
        let weight = |line: &str| "EWI".find(line.trim().chars().next().unwrap()).unwrap();
        assert!(titles.is_sorted_by_key(|line| weight(line)), "{run}");
        assert_eq!(headings.len(), 3, "{run}");
    }
    let run = run(&mut gongshi(&["explain", "E-USCC-CHEK"])).ends(2);
    assert!(run.err.contains("did you mean E-USCC-CHECK?"), "{run}");
}
