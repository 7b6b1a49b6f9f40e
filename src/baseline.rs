//! The baseline: what was found on the day an office began to clean its ledgers, so that only new mistakes stop a check.
//!
//! In: findings, or the text of a baseline file. Out: findings parted into old and new; the text of a file, a line a finding,
//! sorted, the same for the same findings. A finding is known by rule, record, field and 32 bits of a hash of the value, never
//! by its line; nothing that a ledger says stands in the file. A file of the first form held no value of personal data, one of the
//! second none of home addresses and illnesses: there any at the same place is known, as it was when the file was written, until
//! it is written anew.
//!
//! Not here: fingerprints (`source::fingerprint`), the file itself and what old findings do not stop (`cli`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Message};

/// The form of the file that is written.
const FORM: u32 = 3;
/// The forms before, which are read as well.
const OLD_FORMS: [u32; 2] = [1, 2];
/// What the first held instead of a value where personal data was found, and the second where words tell of a person.
const NO_VALUE: &str = "00000000";

/// Known findings and how many there are of each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    counts: BTreeMap<Known, usize>,
    /// Whether it was read from a file of a form before.
    is_old: bool,
}

/// By what a finding is known again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Known {
    rule: String,
    record: String,
    field: String,
    value: String,
}

/// The first line of a file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    baseline: u32,
}

/// Any other line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    rule: String,
    record: String,
    field: String,
    value: String,
    count: usize,
}

/// Where and why a text is no baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// 1-based line.
    pub line: usize,
    /// 1-based column.
    pub column: usize,
    /// Why.
    pub message: Message,
}

impl Known {
    fn of(found: &Diagnostic) -> Known {
        let print = &found.fingerprint;
        Known {
            rule: found.code.0.to_string(),
            record: print.subject.clone(),
            field: print.path.clone(),
            value: format!("{:08x}", print.value),
        }
    }
}

impl Baseline {
    /// The baseline of these findings.
    pub fn of(findings: &[Diagnostic]) -> Baseline {
        let mut counts = BTreeMap::new();
        for found in findings {
            *counts.entry(Known::of(found)).or_default() += 1;
        }
        Baseline { counts, is_old: false }
    }

    /// Whether it was read from a file of the form before, in which personal data of one place is not told apart.
    pub fn is_old(&self) -> bool {
        self.is_old
    }

    /// Reads the text of a file.
    pub fn parse(text: &str) -> Result<Baseline, Broken> {
        let broken = |line: usize, error: &serde_json::Error| Broken {
            line,
            column: error.column().max(1),
            message: Message::new("这一行不是基线的一行", "this is no line of a baseline"),
        };
        let mut lines = (1..).zip(text.lines());
        let (_, first) = lines.next().unwrap_or((1, ""));
        let head: Head = serde_json::from_str(first).map_err(|error| broken(1, &error))?;
        if head.baseline != FORM && !OLD_FORMS.contains(&head.baseline) {
            let message = Message::new(
                format!("基线格式 {} 不认识，应为 {FORM}（1、2 也可以）", head.baseline),
                format!("the form {} is not known; {FORM}, 1 and 2 are", head.baseline),
            );
            return Err(Broken { line: 1, column: 1, message });
        }
        let mut counts: BTreeMap<Known, usize> = BTreeMap::new();
        for (number, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let Line { rule, record, field, value, count } =
                serde_json::from_str(line).map_err(|error| broken(number, &error))?;
            let known = counts.entry(Known { rule, record, field, value }).or_default();
            *known = known.saturating_add(count);
        }
        Ok(Baseline { counts, is_old: head.baseline != FORM })
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        // Texts and numbers can always be written.
        let mut out = serde_json::to_string(&Head { baseline: FORM }).unwrap_or_default();
        out.push('\n');
        for (known, count) in &self.counts {
            let Known { rule, record, field, value } = known.clone();
            let line = Line { rule, record, field, value, count: *count };
            out += &serde_json::to_string(&line).unwrap_or_default();
            out.push('\n');
        }
        out
    }

    /// Parts findings into new and old; each old one is taken off the baseline.
    pub fn part(&mut self, findings: Vec<Diagnostic>) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
        findings.into_iter().partition(|found| {
            let known = Known::of(found);
            let without_value = || Known { value: NO_VALUE.to_string(), ..known.clone() };
            let is_personal = self.is_old && known.rule.contains("-PII-");
            let is_old = self.take(&known) || is_personal && self.take(&without_value());
            !is_old
        })
    }

    /// Takes one finding off, when it is known.
    fn take(&mut self, known: &Known) -> bool {
        match self.counts.get_mut(known) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }

    /// How many findings it holds, or has left.
    pub fn count(&self) -> usize {
        self.counts.values().fold(0, |sum, count| sum.saturating_add(*count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "{\"baseline\":3}\n{\"rule\":\"W-X\",\"record\":\"enterprise 1\",\"field\":\"a.b\",\"value\":\"0000000f\",\"count\":2}\n";

    #[test]
    fn a_text_is_read_and_written_alike() {
        let read = Baseline::parse(TEXT).unwrap();
        assert_eq!(read.count(), 2);
        assert_eq!(read.text(), TEXT);
    }

    #[test]
    fn a_broken_line_is_named() {
        for (text, line) in [
            ("", 1),
            ("[]", 1),
            ("{\"baseline\":4}", 1),
            ("{\"baseline\":1}\n{\"rule\":1}", 2),
            (&TEXT.replace("count", "counts"), 2),
            (&TEXT.replace("count\":2", "count\":-2"), 2),
        ] {
            assert_eq!(Baseline::parse(text).map_err(|broken| broken.line), Err(line), "{text}");
        }
    }
}
