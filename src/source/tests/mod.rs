//! What the reader says about texts and folders: data in, lines out.
//!
//! Cases of text stand in `ledgers.cases`: a line `## name`, the YAML, a line `>>`, the lines expected.
//! `GONGSHI_UPDATE_CASES=1 cargo test source` writes what is said now into that file, to be read by a human.

mod edits;
mod folder;
mod hostile;
mod plain;
mod positions;
mod store;

use crate::diagnostic::{FileId, Findings, Language};
use crate::source::display::place;
use crate::source::{Limits, Role, SourceFile, Sources, locate, parse_yaml, to_line};

/// The findings of one ledger, a line each, with the second place below it.
fn lines_of(text: &str, limits: &Limits, language: Language) -> String {
    let mut findings = Findings::default();
    parse_yaml(FileId(0), text, limits, &mut findings);
    shown(&one_file(), limits, findings, language)
}

fn one_file() -> Sources {
    let file = SourceFile { path: "ledger.yaml".to_string(), role: Role::Ledger, size: 0 };
    Sources { files: vec![file], ..Sources::default() }
}

fn shown(sources: &Sources, limits: &Limits, findings: Findings, language: Language) -> String {
    let mut out = String::new();
    for diagnostic in locate(sources, limits, &crate::cache::Cache::none(), findings.0) {
        out += &to_line(&diagnostic, language);
        out += "\n";
        if let Some((file, line, column, label)) = diagnostic.other {
            out += &format!("  {}: {}\n", place(&file, line, column), label.text(language));
        }
    }
    out
}

/// Name, text and expected lines of every case.
fn cases(file: &str) -> Vec<(&str, &str, &str)> {
    let parts = file.split("## ").skip(1).map(|case| {
        let (name, rest) = case.split_once('\n').unwrap();
        let (text, expected) = rest.split_once(">>\n").unwrap();
        (name, text, expected)
    });
    parts.collect()
}

#[test]
fn every_mistake_is_named_where_it_was_made() {
    let file = include_str!("ledgers.cases");
    let said = |text: &str| lines_of(text, &Limits::default(), Language::En);
    if std::env::var_os("GONGSHI_UPDATE_CASES").is_some() {
        let cases =
            cases(file).into_iter().map(|(name, text, _)| format!("## {name}\n{text}>>\n{}\n", said(text)));
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/source/tests/ledgers.cases");
        std::fs::write(path, cases.collect::<String>().trim_end().to_string() + "\n").unwrap();
        return;
    }
    let wrong: Vec<String> = cases(file)
        .into_iter()
        .filter(|(_, text, expected)| said(text).trim() != expected.trim())
        .map(|(name, text, expected)| format!("{name}\n{text}said:\n{}expected:\n{expected}", said(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_message_is_complete_in_both_languages() {
    for (name, text, _) in cases(include_str!("ledgers.cases")) {
        let mut findings = Findings::default();
        parse_yaml(FileId(0), text, &Limits::default(), &mut findings);
        for finding in findings.0 {
            let hint = finding.hint.unwrap();
            assert!(finding.message.zh.chars().any(|c| c >= '\u{4e00}'), "{name}");
            assert!(hint.zh.chars().any(|c| c >= '\u{4e00}') && !hint.en.is_empty(), "{name}");
        }
    }
}
