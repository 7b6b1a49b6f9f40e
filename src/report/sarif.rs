//! Findings as SARIF 2.1.0 (OASIS Standard, 27 March 2020), which code hosts and editors show beside the sources.
//!
//! In: the findings of a check. Out: one log with one run: the rules that were broken with their explanations, and a result a
//! finding. A result is known again by its fingerprint, whatever lines moved; what is allowed to stand or known from before is
//! there too, marked so. Columns count characters.
//!
//! Not here: which findings there are (`check`), how they are known again (`source::fingerprint`).

use std::collections::BTreeSet;

use crate::check::Explanation;
use crate::diagnostic::{Diagnostic, Language, Severity};
use crate::json::Json;
use crate::text::content_hash;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What paths are relative to: the folder that the user named.
const BASE: &str = "PORTAL";

/// What a log tells.
pub(super) struct Log<'d> {
    /// Findings that count.
    pub found: &'d [Diagnostic],
    /// Findings that are allowed to stand.
    pub allowed: &'d [Diagnostic],
    /// Findings that the baseline knows.
    pub old: &'d [Diagnostic],
    /// Whether there is a baseline.
    pub has_baseline: bool,
}

/// The bytes of the log; `named` gives the path of a file as the user knows it.
pub(super) fn write(
    log: &Log<'_>,
    rules: &[Explanation],
    language: Language,
    named: &dyn Fn(&str) -> String,
) -> Vec<u8> {
    let all = || log.found.iter().chain(log.allowed).chain(log.old);
    let broken: BTreeSet<&str> = all().map(|found| found.code.0).collect();
    let told: Vec<&str> = broken.into_iter().collect();
    let described = told.iter().map(|code| rule(code, rules, language));
    let writer = Writer { told: &told, language, named, has_baseline: log.has_baseline };
    let results = log.found.iter().map(|found| writer.result(found, "new"));
    let results = results.chain(log.allowed.iter().map(|found| writer.result(found, "new")));
    let results = results.chain(log.old.iter().map(|found| writer.result(found, "unchanged")));
    let driver = Json::of([
        ("name", "gongshi".into()),
        ("version", env!("CARGO_PKG_VERSION").into()),
        ("rules", Json::List(described.collect())),
    ]);
    let run = Json::of([
        ("tool", Json::of([("driver", driver)])),
        ("columnKind", "unicodeCodePoints".into()),
        ("results", Json::List(results.collect())),
    ]);
    Json::of([("$schema", SCHEMA.into()), ("version", "2.1.0".into()), ("runs", Json::List(vec![run]))])
        .to_bytes()
}

fn rule(code: &str, rules: &[Explanation], language: Language) -> Json {
    let rule = Json::of([("id", code.into())]);
    let Some(known) = rules.iter().find(|known| known.code == code) else { return rule };
    let (title, words) = match language {
        Language::Zh => (known.title_zh, known.zh),
        Language::En => (known.title_en, known.en),
    };
    rule.with("shortDescription", message(title))
        .with("help", message(&format!("{words}\n\n{}", known.source)))
}

fn message(text: &str) -> Json {
    Json::of([("text", text.trim().into())])
}

struct Writer<'w> {
    told: &'w [&'w str],
    language: Language,
    named: &'w dyn Fn(&str) -> String,
    has_baseline: bool,
}

impl Writer<'_> {
    fn result(&self, found: &Diagnostic, state: &str) -> Json {
        let level = match found.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        let mut text = found.message.text(self.language).to_string();
        if let Some(hint) = &found.hint {
            text.push('\n');
            text.push_str(hint.text(self.language));
        }
        let place = self.locations(&found.file, found.line, found.column, None);
        let other = found.other.as_ref();
        let related = other.map(|(file, line, column, label)| {
            self.locations(file, *line, *column, Some(label.text(self.language)))
        });
        let allowed = found.allowed.as_ref().map(|allowed| {
            let until = match self.language {
                Language::Zh => format!("{}（至 {}）", allowed.reason, allowed.until),
                Language::En => format!("{} (until {})", allowed.reason, allowed.until),
            };
            Json::List(vec![Json::of([("kind", "external".into()), ("justification", until.into())])])
        });
        let at = self.told.iter().position(|code| *code == found.code.0).unwrap_or(0);
        Json::of([
            ("ruleId", found.code.0.into()),
            ("ruleIndex", Json::Number(at as i64)),
            ("level", level.into()),
            ("message", message(&text)),
            ("locations", place),
        ])
        .with_some("relatedLocations", related)
        .with("partialFingerprints", Json::of([("gongshi/v1", fingerprint(found).into())]))
        .with_some("baselineState", self.has_baseline.then_some(state))
        .with_some("suppressions", allowed)
    }

    /// The list of a place; empty where the portal as a whole is meant.
    fn locations(&self, file: &str, line: u32, column: u32, label: Option<&str>) -> Json {
        if file.is_empty() {
            return Json::List(Vec::new());
        }
        let artifact = Json::of([("uri", address(&(self.named)(file)).into()), ("uriBaseId", BASE.into())]);
        let region = (line > 0).then(|| {
            let column = (column > 0).then(|| Json::Number(i64::from(column)));
            Json::of([("startLine", Json::Number(i64::from(line)))]).with_some("startColumn", column)
        });
        let physical = Json::of([("artifactLocation", artifact)]).with_some("region", region);
        Json::List(vec![Json::of([("physicalLocation", physical)]).with_some("message", label.map(message))])
    }
}

/// A path as a relative reference (RFC 3986): bytes that may not stand in a segment are percent-encoded.
fn address(path: &str) -> String {
    let mut address = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.' | b'_' | b'~') {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    address
}

fn fingerprint(found: &Diagnostic) -> String {
    let known = &found.fingerprint;
    let text = format!("{}\n{}\n{}\n{:08x}", found.code.0, known.subject, known.path, known.value);
    format!("{:032x}", content_hash(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_relative_address() {
        assert_eq!(address("content/ledgers/企业 1.yaml"), "content/ledgers/%E4%BC%81%E4%B8%9A%201.yaml");
    }
}
