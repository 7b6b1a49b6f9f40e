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
fn a_check_writes_one_sarif_log_with_rules_places_and_what_may_stand() {
    let project = Project::small();
    let plain = project.run("check", &["--as-of", DAY, "--format", "json"]).findings();
    let findings: Vec<_> = plain.iter().filter(|finding| finding["code"].is_string()).collect();
    let log = |project: &Project| {
        let run = project.run("check", &["--as-of", DAY, "--format", "sarif"]);
        serde_json::from_str::<serde_json::Value>(&run.out).unwrap_or_else(|error| panic!("{error}: {run}"))
    };
    let whole = log(&project);
    assert_eq!(whole["version"], "2.1.0");
    let run = &whole["runs"][0];
    let (rules, results) = (&run["tool"]["driver"]["rules"], run["results"].as_array().unwrap());
    assert_eq!(results.len(), findings.len());
    for (result, finding) in results.iter().zip(&findings) {
        let at = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!((&result["ruleId"], &rules[at]["id"]), (&finding["code"], &finding["code"]));
        assert!(rules[at]["shortDescription"]["text"].as_str().is_some_and(|text| !text.is_empty()));
        assert_eq!(result["level"], finding["severity"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], finding["file"]);
        assert_eq!(
            (&place["region"]["startLine"], &place["region"]["startColumn"]),
            (&finding["line"], &finding["column"])
        );
        assert!(
            result["message"]["text"].as_str().unwrap().starts_with(finding["message"].as_str().unwrap())
        );
        assert!(result.get("suppressions").is_none() && result.get("baselineState").is_none());
    }
    // Lines that move change no fingerprint.
    let ledger = project.text("content/ledgers/enterprises.yaml");
    project.write("content/ledgers/enterprises.yaml", format!("# 上移一行\n{ledger}"));
    let moved = log(&project);
    let prints = |log: &serde_json::Value| {
        let results = log["runs"][0]["results"].as_array().unwrap().iter();
        let mut prints: Vec<String> = results
            .map(|result| result["partialFingerprints"]["gongshi/v1"].as_str().unwrap().to_string())
            .collect();
        prints.sort();
        prints
    };
    assert_eq!(prints(&whole), prints(&moved));
    assert_ne!(whole, moved);
    // What is allowed is in the log with its reason.
    allow_all(&project, DAY);
    let allowed = log(&project);
    let reasons = allowed["runs"][0]["results"].as_array().unwrap().iter();
    let reasons = reasons.filter(|result| {
        result["suppressions"][0]["justification"].as_str().is_some_and(|why| why.starts_with(REASON))
    });
    assert_eq!(reasons.count(), 5, "{allowed}");
    for command in ["build", "plan"] {
        let run = project.run(command, &["--as-of", DAY, "--format", "sarif"]).ends(2);
        assert!(run.err.contains("check"), "{run}");
    }
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

#[test]
fn a_check_ends_with_sums_by_rule_file_and_township_in_lines_that_fit_under_each_other() {
    let project = Project::small();
    project.edit("content/ledgers/visits.yaml", "cadre: town-0012", "cadre: town-0013");
    let run = project.run("check", &["--as-of", DAY, "--lang", "zh", "--format", "json"]).ends(1);
    assert!(run.findings().iter().all(|finding| finding["code"].is_string()), "findings stand alone: {run}");
    let sums: Vec<&str> = run.err.lines().skip_while(|line| *line != "按规则").collect();
    let block = |title: &str| -> Vec<&str> {
        let rows = sums.iter().skip_while(|line| **line != title).skip(1);
        rows.take_while(|line| line.starts_with("  ")).copied().collect()
    };
    let rules = block("按规则");
    assert_eq!(rules[0], "  数量  规则               含义");
    assert!(rules[1].starts_with("     1  E-CADRE-UNKNOWN  "), "{run}");
    assert!(rules[2].starts_with("     1  W-"), "{run}");
    let files = block("按文件");
    assert_eq!(files[0], "  错误  警告  提示  文件");
    assert_eq!(files[1], "     1     1     0  content/ledgers/visits.yaml", "{run}");
    let townships = block("按乡镇");
    assert!(
        townships[1].starts_with("     1     ") && townships[1].ends_with("样板镇（990101101）"),
        "{run}"
    );
    assert_eq!(sums.last(), Some(&"截至 2026-11-22：1 个错误，5 个警告"), "{run}");
}

#[test]
fn the_sums_count_each_finding_once_and_name_no_region_where_there_is_none() {
    let project = Project::small();
    project.write("content/ledgers/odd.yaml", "cadrez: []\n");
    let run = project.run("check", &["--as-of", DAY]).ends(1);
    let rows = |title: &str| -> Vec<Vec<String>> {
        let lines = run.err.lines().skip_while(|line| *line != title).skip(2);
        lines
            .take_while(|line| line.starts_with("  "))
            .map(|line| line.split_whitespace().map(str::to_string).collect())
            .collect()
    };
    let sum = |rows: &[Vec<String>], columns: usize| -> usize {
        rows.iter().flat_map(|row| &row[..columns]).map(|cell| cell.parse::<usize>().unwrap()).sum()
    };
    for (title, columns) in [("By rule", 1), ("By file", 3), ("By township", 3)] {
        assert_eq!(sum(&rows(title), columns), 6, "{title}: {run}");
    }
    assert_eq!(rows("By township").last().unwrap()[3..], ["no", "region"], "{run}");
}

#[test]
fn where_nothing_is_found_nothing_is_summed_up() {
    let project = Project::small();
    allow_all(&project, DAY);
    let run = project.run("check", &["--as-of", DAY]).ends(0);
    assert!(!run.err.contains("By rule"), "{run}");
}

#[test]
fn of_very_many_findings_the_first_of_each_rule_are_shown_and_all_are_counted() {
    let project = Project::small();
    let many: String = (0..300)
        .map(|at| {
            format!("  - {{id: d-{at}, name: 示例科{at}, nmae: 甲}}\n")
                .replace("nmae", if at < 5 { "region" } else { "nmae" })
        })
        .collect();
    project.write("content/ledgers/departments.yaml", format!("departments:\n{many}"));
    let shown = |run: &crate::support::Run, code: &str| run.err.matches(&format!("error[{code}]")).count();
    let cut = project.run("check", &["--as-of", DAY]).ends(1);
    assert_eq!((shown(&cut, "E-FIELD-UNKNOWN"), shown(&cut, "E-REGION-UNKNOWN")), (10, 5), "{cut}");
    for told in
        ["\n  E-FIELD-UNKNOWN: 285 more\n", "\n       295  E-FIELD-UNKNOWN    No such field\n", "300 errors"]
    {
        assert!(cut.err.contains(told), "{told}: {cut}");
    }
    let whole = project.run("check", &["--as-of", DAY, "--all"]).ends(1);
    assert_eq!(shown(&whole, "E-FIELD-UNKNOWN"), 295);
    assert!(!whole.err.contains(" more"), "{whole}");
    let json = project.run("check", &["--as-of", DAY, "--format", "json"]).ends(1);
    assert_eq!(json.findings().len(), 305);
}
