//! A baseline lets an old ledger be cleaned step by step: what is known is counted, what is new stops.

use std::fs;

use crate::support::{DAY, Project, Run};

/// The small portal with two errors and the warnings it has, and where its baseline lies.
fn project() -> (Project, String) {
    let project = Project::small();
    project.write(
        "content/ledgers/old.yaml",
        "departments:\n  - {id: d-1, name: 甲科, nmae: 一}\n  - {id: d-2, name: 乙科, nmae: 二}\n",
    );
    let file = project.path("baseline.jsonl").to_str().unwrap().to_string();
    (project, file)
}

fn check(project: &Project, more: &[&str]) -> Run {
    project.run("check", &[&["--as-of", DAY, "--strict", "--format", "json"], more].concat())
}

#[test]
fn what_the_baseline_knows_is_counted_and_stops_no_check() {
    let (project, file) = project();
    let before = check(&project, &[]).ends(1).findings().len();
    let run = check(&project, &["--write-baseline", &file]).ends(0);
    assert!(
        run.out.is_empty() && run.err.contains(&format!("wrote the baseline {file}: {before} findings")),
        "{run}"
    );
    let text = fs::read_to_string(&file).unwrap();
    let mut lines: Vec<&str> = text.lines().skip(1).collect();
    assert!(lines.iter().any(|line| line.contains("\"department d-1\"")), "{text}");
    assert!(!text.contains("ledgers/"), "a record is known wherever it stands: {text}");
    assert!(lines.is_sorted(), "{text}");
    lines.dedup();
    assert_eq!(lines.len(), before);
    let run = check(&project, &["--baseline", &file]).ends(0);
    let told = format!("{before} old findings, 2 errors among them, which still stop a build");
    assert!(run.out.is_empty() && run.err.contains(&told) && !run.err.contains("no longer"), "{run}");
}

#[test]
fn lines_and_files_may_move_and_a_new_mistake_of_the_same_kind_still_stops() {
    let (project, file) = project();
    check(&project, &["--write-baseline", &file]).ends(0);
    let moved = "# 移动\n\ndepartments:\n  - {id: d-2, name: 乙科, nmae: 二}\n\n  - {id: d-1, name: 甲科, nmae: 一}\n";
    fs::remove_file(project.path("content/ledgers/old.yaml")).unwrap();
    project.write("content/ledgers/moved/new.yaml", moved);
    check(&project, &["--baseline", &file]).ends(0);
    // The rule and the file are known, the record is not.
    project
        .write("content/ledgers/moved/new.yaml", format!("{moved}  - {{id: d-3, name: 丙科, nmae: 三}}\n"));
    let run = check(&project, &["--baseline", &file]).ends(1);
    let found = run.findings();
    assert_eq!((found.len(), &found[0]["record"]), (1, &"d-3".into()), "{run}");
    // The record and the field are known, the value is not.
    project.write("content/ledgers/moved/new.yaml", moved);
    project.edit("content/ledgers/enterprises.yaml", "valid_to: 2026-12-14", "valid_to: 2026-12-13");
    let run = check(&project, &["--baseline", &file]).ends(1);
    assert_eq!(run.findings()[0]["code"], "W-LIC-EXPIRING", "{run}");
}

#[test]
fn what_was_mended_is_told_and_the_baseline_only_shrinks() {
    let (project, file) = project();
    check(&project, &["--write-baseline", &file]).ends(0);
    let before = fs::read_to_string(&file).unwrap();
    project.edit("content/ledgers/old.yaml", ", nmae: 一", "");
    project.edit("content/ledgers/old.yaml", "nmae: 二}", "nmae: 二}\n  - {id: d-3, name: 丙科, nmae: 三}");
    let run = check(&project, &["--baseline", &file]).ends(1);
    assert!(run.err.contains("1 of the baseline"), "{run}");
    check(&project, &["--baseline", &file, "--write-baseline", &file]).ends(1);
    let after = fs::read_to_string(&file).unwrap();
    let gone: Vec<&str> = before.lines().filter(|line| !after.lines().any(|other| other == *line)).collect();
    assert_eq!(gone.len(), 1, "{after}");
    assert!(gone[0].contains("department d-1") && !after.contains("d-3"), "{after}");
}

#[test]
fn a_build_passes_over_old_warnings_under_strict_and_over_no_error() {
    let project = Project::small();
    let file = project.path("baseline.jsonl").to_str().unwrap().to_string();
    check(&project, &["--write-baseline", &file]).ends(0);
    project.run("build", &["--as-of", DAY, "--strict"]).ends(1);
    let run = project.run("build", &["--as-of", DAY, "--strict", "--baseline", &file]).ends(0);
    assert!(run.err.contains("5 old findings"), "{run}");
    project.write("content/ledgers/old.yaml", "departments:\n  - {id: d-1, name: 甲科, nmae: 一}\n");
    check(&project, &["--write-baseline", &file]).ends(0);
    let run = project.run("build", &["--as-of", DAY, "--baseline", &file]).ends(1);
    assert!(run.err.contains("error[E-FIELD-UNKNOWN]") && run.err.contains("nothing was published"), "{run}");
}

#[test]
fn nothing_personal_stands_in_a_baseline() {
    let (project, file) = project();
    project
        .write("content/pages/more.md", "---\ntitle: 文\n---\n电话19900000001，身份证990101199001010019\n");
    project.write(
        "content/ledgers/x.yaml",
        "departments:\n  - {id: d-9, name: 甲科, phone_office: \"19900000001\"}\n",
    );
    check(&project, &["--write-baseline", &file]).ends(0);
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("E-PII-MOBILE"), "{text}");
    for personal in ["19900000001", "990101199001010019", "甲科"] {
        assert!(!text.contains(personal), "{text}");
    }
    for line in text.lines().filter(|line| line.contains("-PII-")) {
        assert!(!line.contains("\"value\":\"00000000\""), "{line}");
    }
    // A hash of the whole number could be tried out: it is one of what every message shows.
    project.edit("content/pages/more.md", "19900000001", "19912340001");
    project.edit("content/ledgers/x.yaml", "19900000001", "19912340001");
    check(&project, &["--baseline", &file]).ends(0);
}

#[test]
fn another_personal_number_at_the_same_place_is_new() {
    let (project, file) = project();
    let ledger =
        |phone: &str| format!("departments:\n  - {{id: d-9, name: 甲科, phone_office: \"{phone}\"}}\n");
    let page = |words: &str| format!("---\ntitle: 文\n---\n{words}\n");
    project.write("content/ledgers/x.yaml", ledger("19900000001"));
    project.write("content/pages/more.md", page("电话19900000001，身份证990101199001010019"));
    check(&project, &["--write-baseline", &file]).ends(0);
    let text = fs::read_to_string(&file).unwrap();
    check(&project, &["--baseline", &file]).ends(0);
    project.write("content/ledgers/x.yaml", ledger("19900000002"));
    let run = check(&project, &["--baseline", &file]).ends(1);
    assert!(run.out.contains("199****0002") && !run.out.contains("0001"), "{run}");
    project.write("content/ledgers/x.yaml", ledger("19900000001"));
    project.write("content/pages/more.md", page("电话19900000003，身份证990101199001010019"));
    let run = check(&project, &["--baseline", &file]).ends(1);
    assert!(run.out.contains("199****0003") && !run.out.contains("990***"), "{run}");
    // A file of the form before knows any number of the place, says so, and is put right by writing it anew.
    let old: String = text
        .lines()
        .map(|line| match line.split_once("\"value\":\"").filter(|_| line.contains("-PII-")) {
            Some((before, rest)) => format!("{before}\"value\":\"00000000{}\n", &rest[8..]),
            None => format!("{}\n", line.replace("\"baseline\":3", "\"baseline\":1")),
        })
        .collect();
    fs::write(&file, &old).unwrap();
    let run = check(&project, &["--baseline", &file]).ends(0);
    assert!(run.err.contains("older form"), "{run}");
    check(&project, &["--baseline", &file, "--write-baseline", &file]).ends(0);
    let run = check(&project, &["--baseline", &file]).ends(0);
    assert!(!run.err.contains("older form"), "{run}");
    project.write("content/pages/more.md", page("电话19900000001，身份证990101199001010019"));
    check(&project, &["--baseline", &file]).ends(1);
}

#[test]
fn another_home_address_or_illness_at_the_same_place_is_new() {
    let (project, file) = project();
    let page = |words: &str| format!("---\ntitle: 文\n---\n{words}\n");
    let first = "当事人住址：样例县样板镇示例村3组12号。张某患有示例病。";
    project.write("content/pages/more.md", page(first));
    check(&project, &["--write-baseline", &file]).ends(0);
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("W-PII-ADDRESS") && !text.contains("样板镇"), "{text}");
    // Words beside them are no matter, and where they stand is none.
    project.write("content/pages/more.md", page(&format!("另有说明。\n\n{first}已办结。")));
    check(&project, &["--baseline", &file]).ends(0);
    for (from, to) in [("12号", "15号"), ("示例病", "样例病")] {
        project.write("content/pages/more.md", page(&first.replace(from, to)));
        let run = check(&project, &["--baseline", &file]).ends(1);
        assert!(run.out.contains("W-PII-"), "{run}");
    }
    project.write("content/pages/more.md", page(&format!("{first}家住示例路7号。")));
    check(&project, &["--baseline", &file]).ends(1);
    // A file of the form before has none of the words, knows any at the place, and says so.
    let old = text.replace("\"baseline\":3", "\"baseline\":2");
    let old =
        old.lines().map(|line| match line.split_once("\"value\":\"").filter(|_| line.contains("W-PII-")) {
            Some((before, rest)) => format!("{before}\"value\":\"00000000{}\n", &rest[8..]),
            None => format!("{line}\n"),
        });
    fs::write(&file, old.collect::<String>()).unwrap();
    project.write("content/pages/more.md", page(&first.replace("12号", "15号")));
    let run = check(&project, &["--baseline", &file]).ends(0);
    assert!(run.err.contains("older form"), "{run}");
}

#[test]
fn a_baseline_that_is_missing_or_broken_is_told_with_its_place_and_no_other_file_is_written_over() {
    let (project, file) = project();
    check(&project, &["--baseline", &file]).ends(2);
    fs::write(&file, "{\"baseline\":3}\n{\"rule\":\"W-X\"}\n").unwrap();
    for flag in ["--baseline", "--write-baseline"] {
        let run = check(&project, &[flag, &file]).ends(2);
        assert!(run.err.contains(&format!("{file}:2:")), "{run}");
    }
    let ledger = project.path("content/ledgers/old.yaml");
    let text = fs::read_to_string(&ledger).unwrap();
    check(&project, &["--write-baseline", ledger.to_str().unwrap()]).ends(2);
    assert_eq!(fs::read_to_string(&ledger).unwrap(), text);
}

#[test]
fn no_baseline_is_written_of_what_could_not_be_read() {
    let (project, file) = project();
    project.write("content/ledgers/broken.yaml", "departments: [\n");
    let run = check(&project, &["--write-baseline", &file]).ends(1);
    assert!(run.err.contains("no baseline was written"), "{run}");
    assert!(!project.path("baseline.jsonl").exists());
}
