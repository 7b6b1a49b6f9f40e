//! Personal numbers in texts: ledgers, articles, settings, stray files.
//!
//! In: the bytes of a file. Out: findings at line and column as an editor counts them, with record and field where
//! the file was read into records. A comment belongs to no record.
//!
//! Not here: attachments, which have no lines.

use super::{Search, mended, told, told_line, told_words};
use crate::diagnostic::{Code, FileId, Findings, Message, Place, Position};
use crate::pii::{Detector, Sort};
use crate::record::field::{Identity, Kind};
use crate::record::value::Record;
use crate::source::{Document, Role, read_again};

/// What there is to tell at one byte of a text.
struct Told {
    start: usize,
    code: Code,
    message: Message,
    hint: Message,
    /// The number, masked; words have none.
    masked: Option<String>,
}

/// A record of the file and where it begins.
struct Owner<'l> {
    from: Position,
    node: u32,
    kind: &'l Kind,
    record: &'l Record,
}

impl Search<'_> {
    /// The findings in a text; one that is no UTF-8 has been refused already, and is searched all the same.
    pub(super) fn text(&self, file: FileId, bytes: &[u8], findings: &mut Findings) {
        let role = self.sources.file(file).map_or(Role::Unknown, |source| source.role);
        let told = self.told(role, bytes);
        if told.is_empty() {
            return;
        }
        let is_read = !matches!(role, Role::Unknown | Role::Asset);
        let document = is_read.then(|| read_again(self.sources, file, self.limits, self.cache)).flatten();
        let owners = document.as_ref().map(|document| self.owners(file, document)).unwrap_or_default();
        let mut ruler = Ruler::new(bytes);
        for Told { start, code, message, hint, masked } in told {
            let position = ruler.position(start);
            let finding = findings.add(code, Place::At(file, position), message);
            finding.hint(hint).masked = masked;
            let behind = owners.partition_point(|owner| owner.from <= position);
            let owner = behind.checked_sub(1).and_then(|at| owners.get(at));
            let prose = owner.and_then(|owner| owner.record.prose.as_ref().map(|prose| (owner, prose)));
            if let Some((owner, prose)) = prose {
                finding.record(&owner.record.public_name());
                if position.line >= prose.body_line {
                    continue;
                }
            }
            let Some(document) = document.as_ref().filter(|_| !is_comment(bytes, start)) else { continue };
            let is_written =
                |owner: &&Owner<'_>| matches!(owner.kind.identity, Identity::Key(_) | Identity::KeyOr(..));
            if let Some(owner) = owner.filter(is_written) {
                finding.record(owner.record.id.as_str());
            }
            finding.field = key_at(document, owner.map_or(0, |owner| owner.node), position);
        }
    }

    /// What there is to tell of a text, by byte.
    fn told(&self, role: Role, bytes: &[u8]) -> Vec<Told> {
        let is_prose = matches!(role, Role::Chapter | Role::Article | Role::Page);
        let mut out = Vec::new();
        for found in self.detector().all(bytes) {
            let (start, masked) = (found.start, Some(found.masked.clone()));
            if let Some((code, message)) = told(&found) {
                out.push(Told { start, code, message, hint: mended(found.sort), masked });
            } else if is_prose && found.sort == Sort::Landline {
                let digits = Detector::digits(bytes.get(found.start..found.end).unwrap_or(&[]));
                if !self.is_office_line(&digits) {
                    let (code, message, hint) = told_line(&found);
                    out.push(Told { start, code, message, hint, masked });
                }
            }
        }
        let text = std::str::from_utf8(bytes).unwrap_or("");
        out.extend(self.words.all(text).into_iter().map(|(start, told)| {
            let (code, message, hint) = told_words(told);
            Told { start, code, message, hint, masked: None }
        }));
        out.sort_by_key(|told| told.start);
        out
    }

    /// The records of a file, by their places.
    fn owners(&self, file: FileId, document: &Document) -> Vec<Owner<'_>> {
        let ledger = self.context.ledger;
        let mut owners: Vec<Owner<'_>> = Vec::new();
        for (kind, table) in ledger.kinds.all().zip(&ledger.tables) {
            for record in table.iter().filter(|record| record.origin.file == file) {
                let node = record.origin.node;
                let Some(from) = document.node(node).map(|node| node.position()) else { continue };
                owners.push(Owner { from, node, kind, record });
            }
        }
        owners.sort_by_key(|owner| owner.from);
        owners
    }
}

/// The key of the last value of a mapping that begins at a place or before it: in CSV the keys stand in the heading.
fn key_at(document: &Document, node: u32, position: Position) -> Option<String> {
    let mapping = document.node(node)?;
    let before = mapping.entries().filter(|(_, value)| value.position() <= position);
    before.max_by_key(|(_, value)| value.position()).and_then(|(key, _)| key.text()).map(str::to_string)
}

/// Turns bytes into lines and columns, going forward only: a file may hold thousands of numbers.
struct Ruler<'b> {
    bytes: &'b [u8],
    at: usize,
    line: u32,
    start: usize,
}

impl<'b> Ruler<'b> {
    fn new(bytes: &'b [u8]) -> Ruler<'b> {
        let start = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        Ruler { bytes, at: start, line: 1, start }
    }

    /// Line and column of a byte that is not before the last one asked for, with any line ends.
    fn position(&mut self, at: usize) -> Position {
        for (place, byte) in (self.at..at).zip(self.bytes.get(self.at..at).unwrap_or(&[])) {
            if *byte == b'\n' || *byte == b'\r' && self.bytes.get(place + 1) != Some(&b'\n') {
                self.line += 1;
                self.start = place + 1;
            }
        }
        self.at = at;
        let text = String::from_utf8_lossy(self.bytes.get(self.start..at).unwrap_or(&[]));
        Position { line: self.line, column: text.chars().count() as u32 + 1 }
    }
}

/// Whether a byte stands in a comment of YAML.
fn is_comment(bytes: &[u8], at: usize) -> bool {
    let before = bytes.get(..at).unwrap_or(&[]);
    let line = before.rsplit(|byte| *byte == b'\n').next().unwrap_or(&[]);
    line.trim_ascii_start().starts_with(b"#") || line.windows(2).any(|pair| pair == b" #")
}
