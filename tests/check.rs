//! Golden cases of the diagnostics: one file a code in `tests/check/`.
//!
//! A case lays a few lines over the small valid portal in `tests/check/base`. Under `--- fires PATH …` stand those
//! that make the code fire, under `--- expect` everything `gongshi check` then has to say, under
//! `--- silent PATH …` a near miss about which it has to say nothing at all. Behind the path may stand how the lines
//! are laid: nothing (they are the file), `with` (`old => new` in the file of the base), `gbk`, `pipe`, `link`, `gone`.
//! `GONGSHI_UPDATE=1 cargo test --test check` writes what was found under `--- expect`: read it before you keep it.

// Clippy's exception for tests does not reach functions beside them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::string_slice)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use gongshi::cache::Cache;
use gongshi::calendar::Date;
use gongshi::check::{RULES, explanations};
use gongshi::diagnostic::Diagnostic;
use gongshi::pipeline::{Input, SearchIndex, judge, plan};

/// One `--- fires` or `--- silent` of a case.
struct Layer {
    path: String,
    how: String,
    lines: Vec<String>,
}

#[derive(Default)]
struct Case {
    fires: Vec<Layer>,
    expect: Vec<String>,
    silent: Vec<Layer>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check")
}

fn cases() -> Vec<(String, PathBuf)> {
    let mut cases: Vec<(String, PathBuf)> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "case"))
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_string(), path))
        .collect();
    cases.sort();
    cases
}

fn read(path: &Path) -> Case {
    let mut case = Case::default();
    let mut lines: &mut Vec<String> = &mut Vec::new();
    for line in fs::read_to_string(path).unwrap().lines() {
        let Some(header) = line.strip_prefix("--- ") else {
            lines.push(line.to_string());
            continue;
        };
        let mut words = header.splitn(3, ' ');
        let (word, path, how) =
            (words.next().unwrap(), words.next().unwrap_or(""), words.next().unwrap_or(""));
        let layers = match word {
            "expect" => {
                lines = &mut case.expect;
                continue;
            }
            "fires" => &mut case.fires,
            "silent" => &mut case.silent,
            other => panic!("{path}: `--- {other}`"),
        };
        layers.push(Layer { path: path.to_string(), how: how.to_string(), lines: Vec::new() });
        lines = &mut layers.last_mut().unwrap().lines;
    }
    case
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(fs::copy(entry.path(), target).unwrap()),
        }
    }
}

fn lay(layer: &Layer, portal: &Path) {
    let target = portal.join(&layer.path);
    fs::create_dir_all(target.parent().unwrap()).unwrap();
    let text = layer.lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    match layer.how.as_str() {
        "" => fs::write(target, text).unwrap(),
        "with" => {
            let mut whole = fs::read_to_string(&target).unwrap();
            for line in &layer.lines {
                let line = line.replace("\\n", "\n");
                let (old, new) = line
                    .strip_suffix(" =>")
                    .map(|old| (old, ""))
                    .or_else(|| line.split_once(" => "))
                    .unwrap_or_else(|| panic!("no ` => ` in {line}"));
                assert!(whole.contains(old), "`{old}` is not in {}", layer.path);
                whole = whole.replacen(old, new, 1);
            }
            fs::write(target, whole).unwrap();
        }
        "gbk" => fs::write(target, encoding_rs::GBK.encode(&text).0).unwrap(),
        "gone" => fs::remove_file(target).unwrap(),
        "pipe" => {
            let made = std::process::Command::new("mkfifo").arg(&target).status().unwrap();
            assert!(made.success());
        }
        link => {
            let to = link.strip_prefix("link ").unwrap_or_else(|| panic!("how is `{link}` laid?"));
            #[cfg(unix)]
            std::os::unix::fs::symlink(to, target).unwrap();
            #[cfg(not(unix))]
            panic!("{to}");
        }
    }
}

/// Everything that reading, checking and planning say of a folder.
fn diagnose(portal: &Path) -> Vec<String> {
    let found = findings(portal);
    found
        .iter()
        .map(|found| {
            let place = format!("{}:{}:{}", found.file, found.line, found.column);
            let place = if found.file.is_empty() { "-".to_string() } else { place };
            let message = found.message.zh.replace(&portal.display().to_string(), "<DIR>");
            format!("{place} {} {message}", found.code)
        })
        .collect()
}

fn findings(portal: &Path) -> Vec<Diagnostic> {
    let input = Input {
        folder: portal.to_path_buf(),
        skipped: Vec::new(),
        as_of: None,
        today: Date::parse("2026-11-22").unwrap(),
        theme: None,
        themes: portal.join("../themes"),
        program: 0,
    };
    let judged = judge(&input, &Cache::none()).unwrap();
    let mut found = judged.diagnostics.clone();
    if judged.count(gongshi::diagnostic::Severity::Error) == 0 {
        found.extend(plan(&input, judged, &Cache::none(), SearchIndex::LeftOut).unwrap().diagnostics);
    }
    found
}

fn laid(layers: &[Layer], name: &str) -> Vec<String> {
    let place = tempfile::Builder::new().prefix(name).tempdir().unwrap();
    let portal = place.path().join("portal");
    copy(&folder().join("base"), &portal);
    for layer in layers {
        lay(layer, &portal);
    }
    diagnose(&portal)
}

fn update(path: &Path, found: &[String]) {
    let text = fs::read_to_string(path).unwrap();
    let (before, rest) = text.split_once("--- expect\n").unwrap();
    let rest = format!("\n{rest}");
    let after = rest.find("\n--- ").map_or("", |at| &rest[at + 1..]);
    let found = found.iter().map(|line| format!("{line}\n")).collect::<String>();
    fs::write(path, format!("{before}--- expect\n{found}{after}")).unwrap();
}

#[test]
fn nothing_is_said_of_the_valid_portal() {
    assert_eq!(laid(&[], "base"), Vec::<String>::new());
}

#[test]
fn each_code_fires_where_it_should_and_is_silent_where_it_should_be() {
    let mut wrong = String::new();
    for (code, path) in cases() {
        let case = read(&path);
        let found = laid(&case.fires, &code);
        if std::env::var_os("GONGSHI_UPDATE").is_some() {
            update(&path, &found);
        } else if found != case.expect {
            wrong += &format!("{code} expects\n{:#?}\nbut found\n{found:#?}\n\n", case.expect);
        }
        if !found.iter().any(|line| line.split(' ').nth(1) == Some(&code)) {
            wrong += &format!("{code} does not fire: {found:#?}\n\n");
        }
        if case.silent.is_empty() {
            wrong += &format!("{code} has no silent case\n\n");
        }
        let found = laid(&case.silent, &code);
        if !found.is_empty() {
            wrong += &format!("{code} is not silent: {found:#?}\n\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Codes that no case of sources can prove: the gate, the output search and the lint of pages have tests of their own.
const ELSEWHERE: [&str; 17] = [
    "E-GOV-ACCESS",
    "E-GOV-CLOSED",
    "E-GOV-EMPTY",
    "E-GOV-FOREIGN",
    "E-GOV-FRAME",
    "E-GOV-HIDDEN",
    "E-GOV-LINK",
    "E-GOV-SECRET",
    "E-GOV-STALE",
    "E-GOV-TAG",
    "E-PUBLISH-EXPIRED",
    "E-VIS-INTERNAL",
    "W-GOV-ENTRY",
    "W-GOV-HOST",
    "W-GOV-STALE",
    "W-GOV-WEIGHT",
    "W-GOV-WORD",
];

#[test]
fn every_code_in_the_source_has_a_page_and_a_case_and_every_page_and_case_a_code() {
    let mut codes = BTreeSet::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                for line in text.lines().filter(|line| line.trim_start().starts_with("pub")) {
                    let code = line.split_once(": Code = Code(\"").and_then(|(_, rest)| rest.split_once('"'));
                    if let Some((code, _)) = code {
                        assert!(codes.insert(code.to_string()), "{code} is declared twice");
                    }
                }
            }
        }
    }
    let pages: BTreeSet<String> = explanations().map(|page| page.code.to_string()).collect();
    assert_eq!(pages.difference(&codes).collect::<Vec<_>>(), Vec::<&String>::new(), "pages without a code");
    assert_eq!(codes.difference(&pages).collect::<Vec<_>>(), Vec::<&String>::new(), "codes without a page");
    let with_case: BTreeSet<String> = cases().into_iter().map(|(code, _)| code).collect();
    let wanted: BTreeSet<String> =
        codes.iter().filter(|code| !ELSEWHERE.contains(&code.as_str())).cloned().collect();
    assert_eq!(
        with_case.difference(&wanted).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "cases without a code"
    );
    assert_eq!(
        wanted.difference(&with_case).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "codes without a case"
    );
    let files = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check/explain")).unwrap();
    assert_eq!(files.count(), pages.len(), "every page is embedded");
}

#[test]
fn every_code_of_a_rule_has_a_page_and_no_rule_is_run_twice() {
    let pages: BTreeSet<&str> = explanations().map(|page| page.code).collect();
    let mut runs = Vec::new();
    for rule in RULES {
        assert!(!rule.codes.is_empty());
        for code in rule.codes {
            assert!(pages.contains(code.0), "{code}");
        }
        assert!(!runs.contains(&(rule.run as usize)), "{:?}", rule.codes);
        runs.push(rule.run as usize);
    }
}

/// The hint, in English, of the one finding of a code when a word of the base is another.
#[track_caller]
fn hint(file: &str, old: &str, new: &str, code: &str) -> String {
    let place = tempfile::tempdir().unwrap();
    let portal = place.path().join("portal");
    copy(&folder().join("base"), &portal);
    let lines = vec![format!("{old} => {new}")];
    lay(&Layer { path: file.to_string(), how: "with".to_string(), lines }, &portal);
    let found: Vec<Diagnostic> = findings(&portal).into_iter().filter(|found| found.code.0 == code).collect();
    assert_eq!(found.len(), 1, "{found:#?}");
    found.first().unwrap().hint.as_ref().unwrap().en.clone()
}

#[test]
fn the_last_day_that_is_advised_passes_every_rule() {
    let (credit, old) = ("ledgers/credit.yaml", "publish_until: 2029-09-14");
    for (wrong, code) in [("2029-10-15", "E-PERIOD-MAX"), ("2028-09-14", "E-EARLY-STOP")] {
        let hint = hint(credit, old, &format!("publish_until: {wrong}"), code);
        assert!(hint.contains("write `publish_until: 2029-09-14`"), "{hint}");
    }
}

#[test]
fn a_wrong_hotline_is_told_what_it_should_be_and_not_what_another_number_became() {
    let hint = |number: &str| hint("portal.yaml", "\"12315\"", &format!("\"{number}\""), "E-HOTLINE");
    assert!(hint("12331").contains("merged into 12315"));
    let other = hint("0000-2345678");
    assert!(other.contains("phone_office") && !other.contains("merged"), "{other}");
}

#[test]
fn an_id_of_an_offices_own_in_capitals_or_full_width_is_told_as_it_is_written() {
    for written in ["XIAN-0001", "ｘｉａｎ－０００１", "xian - 0001"] {
        let hint = hint(
            "ledgers/enterprises.yaml",
            "xian-0001, role: lead, from: 2026-01-12, basis",
            &format!("{written}, role: lead, from: 2026-01-12, basis"),
            "E-CADRE-UNKNOWN",
        );
        assert_eq!(hint, "did you mean `xian-0001`?", "{written}");
    }
}
