//! Every rule of the dictionary of the field, and every code that the program has: each has its page of explanation and
//! is proved twice, once where it speaks and once where it is silent.
//!
//! What the cases say is proved by `tests/check.rs`; here only that none is missing. Rules of import, codes for walls and
//! addresses that were printed come with those commands.

use std::collections::BTreeSet;

use gongshi::check::explanations;

use crate::none;
use crate::tree::{files, read};

/// The rules of the dictionary. Where the program has another name for one, [`NAMED`] says so.
const DICTIONARY: [&str; 84] = [
    "E-AUTHORITY",
    "E-BAN-TERM",
    "E-BLK-NO-PENALTY",
    "E-BLK-WARNING-ONLY",
    "E-BOARD-FIELDS",
    "E-CADRE-UNKNOWN",
    "E-COVERAGE-LEVEL",
    "E-COVERAGE-NONE",
    "E-COVERAGE-OVERLAP",
    "E-DATE-INVALID",
    "E-DATE-ORDER",
    "E-DISCLAIMER",
    "E-DOCNO-FORM",
    "E-ENTERPRISE-UNKNOWN",
    "E-FIELD-MISSING",
    "E-FIELD-TYPE",
    "E-FIELD-UNKNOWN",
    "E-GRADE-BARE",
    "E-HOTLINE",
    "E-ID-DUP",
    "E-LIC-FORM",
    "E-LIC-SECTOR",
    "E-LINK-DEAD",
    "E-NOTICE-COUNT",
    "E-NOTICE-DUP",
    "E-PERIOD-MAX",
    "E-PHASE-OVERLAP",
    "E-PII-BANK",
    "E-PII-EXIF",
    "E-PII-ID",
    "E-PII-MASK",
    "E-PII-MINOR",
    "E-PII-MOBILE",
    "E-PLEDGE-MISSING",
    "E-PUBLISH-EXPIRED",
    "E-QUIZ-PASS",
    "E-RATE-RECALC",
    "E-REGION-UNKNOWN",
    "E-REMOVED-PRESENT",
    "E-RESULT-EARLY",
    "E-RESULT-KIND",
    "E-RESULT-SWAPPED",
    "E-RESULT-VERDICT",
    "E-SAMPLE-DUP",
    "E-STAFF-DIRECTOR",
    "E-STAFF-OFFICER",
    "E-SUM-MISMATCH",
    "E-TASK-NO-LEAD",
    "E-UNIT-MISMATCH",
    "E-USCC-CHECK",
    "E-USCC-DUP",
    "E-USCC-FORM",
    "E-VIS-INTERNAL",
    "E-VISIT-FUTURE",
    "E-WITHDRAW-LATE",
    "E-YAML-SYNTAX",
    "I-NULL-SLASH",
    "W-CADRE-LEFT",
    "W-CALENDAR-MISSING",
    "W-COUNT-CLAIM",
    "W-COVERAGE-LOAD",
    "W-DEPT-ALIAS",
    "W-DISPOSAL-DUE",
    "W-LIC-CHECK",
    "W-LIC-EXPIRED",
    "W-LIC-EXPIRING",
    "W-NUMBERING",
    "W-PASTE-RUBY",
    "W-PERIOD-CONFLICT",
    "W-PII-ADDRESS",
    "W-PROBLEM-OVERDUE",
    "W-PRODUCER-SLASH",
    "W-PUBLISH-LATE",
    "W-RATE-NODEN",
    "W-REGION-DIFFERS",
    "W-RESULT-NO-VALUE",
    "W-RETEST-MICROBE",
    "W-SUPERSCRIPT",
    "W-TITLE-EMPTY",
    "W-TRAIN-HOURS",
    "W-USCC-ORG",
    "W-USCC-REGION",
    "W-VISIT-DUE",
    "W-WITHDRAW-LINKED",
];

/// Rules that bear another name here: name in the dictionary, name in the program.
const NAMED: [(&str, &str); 0] = [];

/// Rules that no case of sources can prove, with the file whose tests do: what the gate, the search of
/// the output and the lint of finished pages find.
const ELSEWHERE: [(&str, &str); 17] = [
    ("E-GOV-ACCESS", "tests/portal/inspection.rs"),
    ("E-GOV-CLOSED", "tests/portal/inspection.rs"),
    ("E-GOV-EMPTY", "tests/portal/inspection.rs"),
    ("E-GOV-FOREIGN", "tests/portal/inspection.rs"),
    ("E-GOV-FRAME", "tests/portal/inspection.rs"),
    ("E-GOV-HIDDEN", "tests/portal/inspection.rs"),
    ("E-GOV-LINK", "tests/portal/inspection.rs"),
    ("E-GOV-SECRET", "tests/portal/inspection.rs"),
    ("E-GOV-STALE", "tests/portal/inspection.rs"),
    ("E-GOV-TAG", "tests/portal/inspection.rs"),
    ("W-GOV-ENTRY", "tests/portal/inspection.rs"),
    ("W-GOV-HOST", "tests/portal/inspection.rs"),
    ("W-GOV-STALE", "tests/portal/inspection.rs"),
    ("W-GOV-WEIGHT", "tests/portal/inspection.rs"),
    ("W-GOV-WORD", "tests/portal/inspection.rs"),
    ("E-PUBLISH-EXPIRED", "tests/portal/gate.rs"),
    ("E-VIS-INTERNAL", "tests/portal/gate.rs"),
];

/// What is missing of the proof of a code.
fn missing(code: &str, cases: &[(String, String)]) -> Option<String> {
    if let Some((_, path)) = ELSEWHERE.iter().find(|(elsewhere, _)| *elsewhere == code) {
        let names = read(path).contains(&format!("\"{code}\""));
        return (!names).then(|| format!("{code}: {path} does not name it"));
    }
    let Some((_, case)) = cases.iter().find(|(name, _)| name == code) else {
        return Some(format!("{code}: no tests/check/{code}.case"));
    };
    let half = |mark: &str| case.lines().any(|line| line.starts_with(mark));
    let expected = case.split("--- expect\n").nth(1).unwrap_or_default();
    let fires = expected.lines().take_while(|line| !line.starts_with("--- "));
    let fires = fires.filter(|line| line.split(' ').nth(1) == Some(code)).count();
    match (half("--- fires ") && fires > 0, half("--- silent ")) {
        (true, true) => None,
        (false, _) => Some(format!("{code}: its case does not let it fire")),
        (_, false) => Some(format!("{code}: its case has no part about which it is silent")),
    }
}

/// The golden cases: code and text.
fn cases() -> Vec<(String, String)> {
    let cases = files("tests/check/", ".case").into_iter();
    cases
        .map(|file| {
            let name = file.path.rsplit('/').next().unwrap().trim_end_matches(".case");
            (name.to_string(), file.text)
        })
        .collect()
}

#[test]
fn every_rule_of_the_dictionary_is_explained_and_proved_both_ways() {
    let cases = cases();
    let pages: BTreeSet<&str> = explanations().map(|page| page.code).collect();
    let mut found = Vec::new();
    for rule in DICTIONARY {
        let code = NAMED.iter().find(|(name, _)| *name == rule).map_or(rule, |(_, own)| *own);
        if !pages.contains(code) {
            found.push(format!("{code}: no page in src/check/explain/"));
        }
        found.extend(missing(code, &cases));
    }
    none("the dictionary has rules that the program has not, or does not prove", &found);
}

#[test]
fn every_code_of_the_program_is_proved_both_ways() {
    let cases = cases();
    assert!(cases.len() > 100, "the cases were not found");
    let found: Vec<String> = explanations().filter_map(|page| missing(page.code, &cases)).collect();
    none("these codes are not proved", &found);
}

#[test]
fn a_case_without_one_of_its_halves_is_seen() {
    let case = |text: &str| vec![("W-X".to_string(), text.to_string())];
    let whole = "--- fires a.yaml\nx\n--- expect\na.yaml:1:1 W-X x\n--- silent a.yaml\ny\n";
    assert_eq!(missing("W-X", &case(whole)), None);
    assert!(missing("W-X", &case(&whole.replace("--- silent", "--- fires"))).is_some());
    assert!(missing("W-X", &case(&whole.replace("1 W-X", "1 W-Y"))).is_some());
    assert!(missing("W-Y", &case(whole)).is_some());
}
