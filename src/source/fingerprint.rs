//! By what a finding is known again in another run: its rule, its record, the field, and the value as it was found.
//!
//! In: findings, the nodes and lines they point at. Out: [`Fingerprint`]s, the same wherever the record is moved, in its
//! file or to another one. A value enters as 32 bits of a hash, personal numbers masked before, and words about a person as 12:
//! a list of fingerprints tells nobody what stands in the ledgers.
//!
//! Not here: lists of fingerprints (`baseline`).

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{FileId, Finding, Findings, Fingerprint, Place, Step};
use crate::pii::Detector;
use crate::source::document::NodeRef;
use crate::source::limits::Limits;
use crate::source::read::read_text;
use crate::source::walk::Sources;
use crate::text::content_hash;

/// So many values tell the words of one field apart.
const WORDS: u32 = 1 << 12;

/// The fingerprint of a finding in a file, with what its value is known by.
pub(super) fn of(finding: &Finding, file: &str, value: u32) -> Fingerprint {
    let detector = Detector::of_display();
    let subject = match (&finding.subject, &finding.record) {
        (Some(subject), _) => detector.redact(subject),
        // Of a record that could not be read the kind is not known.
        (None, Some(id)) => detector.redact(id),
        (None, None) => file.to_string(),
    };
    let mut path: Vec<&str> = match &finding.place {
        Place::Value(_, steps) => steps
            .iter()
            .filter_map(|step| match step {
                Step::Key(key) => Some(*key),
                // Places in a list change when a member is taken out.
                Step::Item(_) => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    path.extend(finding.field.as_deref().filter(|field| path.last() != Some(field)));
    path.extend(finding.apart.as_deref());
    // What is said of the portal as a whole stands in its message alone.
    let value = if finding.place == Place::Portal { of_text(&finding.message.zh) } else { value };
    // Of what is found in personal data no more is kept than every message shows: a hash of the whole number would give it away,
    // since there are fewer mobile numbers than hashes.
    let value = match (&finding.masked, &finding.words) {
        (Some(masked), _) => of_text(masked),
        // Of words about a person so little that a guess proves nothing, and yet other words are known to be others.
        (None, Some(words)) => 1 + of_text(words) % WORDS,
        (None, None) if finding.code.0.contains("-PII-") => 0,
        (None, None) => value,
    };
    Fingerprint { subject, path: detector.redact(&path.join(".")), value }
}

/// What a value is known by: its text, or all texts below it.
pub(super) fn of_node(node: NodeRef<'_>) -> u32 {
    let mut text = String::new();
    flatten(node, &mut text);
    of_text(&text)
}

fn flatten(node: NodeRef<'_>, out: &mut String) {
    if let Some(text) = node.text() {
        out.push_str(text);
    }
    for (key, value) in node.entries() {
        flatten(key, out);
        flatten(value, out);
    }
    node.items().for_each(|member| flatten(member, out));
    out.push('\n');
}

/// What the lines are known by at which findings point without a record's value.
pub(super) fn of_lines(sources: &Sources, findings: &[Finding]) -> BTreeMap<(FileId, u32), u32> {
    let mut wanted: BTreeMap<FileId, BTreeSet<u32>> = BTreeMap::new();
    for finding in findings {
        if let Place::At(file, at) = &finding.place {
            wanted.entry(*file).or_default().insert(at.line);
        }
    }
    let mut known = BTreeMap::new();
    for (file, lines) in wanted {
        let read = read_text(sources, file, &Limits::default(), &mut Findings::default());
        let Some(text) = read.ok().flatten() else { continue };
        for (number, line) in (1..).zip(text.lines()) {
            if lines.contains(&number) {
                known.insert((file, number), of_text(line.trim()));
            }
        }
    }
    known
}

fn of_text(text: &str) -> u32 {
    let masked = Detector::of_display().redact(text);
    content_hash(masked.as_bytes()) as u32
}
