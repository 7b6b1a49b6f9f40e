//! Personal numbers in texts: ledgers, articles, settings, stray files.
//!
//! In: the bytes of a file. Out: findings at line and column as an editor counts them, with record and field where
//! the file was read into records. A comment belongs to no record.
//!
//! Not here: attachments, which have no lines.

use super::{Search, mended, told, told_line, told_words};
use crate::diagnostic::{Code, FileId, Findings, Message, Place, Position};
use crate::pii::words::clause;
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
    /// The words, of words.
    words: Option<String>,
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
        for Told { start, code, message, hint, masked, words } in told {
            let position = ruler.position(start);
            let finding = findings.add(code, Place::At(file, position), message);
            finding.hint(hint);
            (finding.masked, finding.words) = (masked, words);
            let behind = owners.partition_point(|owner| owner.from <= position);
            let owner = behind.checked_sub(1).and_then(|at| owners.get(at));
            let prose = owner.and_then(|owner| owner.record.prose.as_ref().map(|prose| (owner, prose)));
            if let Some((owner, prose)) = prose {
                finding.record(&owner.record.public_name());
                if position.line >= prose.body_line {
                    continue;
                }
            }
            let Some(document) = document.as_ref().filter(|_| !ruler.is_comment) else { continue };
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
                out.push(Told { start, code, message, hint: mended(found.sort), masked, words: None });
            } else if is_prose && found.sort == Sort::Landline {
                let digits = Detector::digits(bytes.get(found.start..found.end).unwrap_or(&[]));
                if !self.is_office_line(&digits) {
                    let (code, message, hint) = told_line(&found);
                    out.push(Told { start, code, message, hint, masked, words: None });
                }
            }
        }
        let text = std::str::from_utf8(bytes).unwrap_or("");
        out.extend(self.words.all(text).into_iter().map(|(start, told)| {
            let (code, message, hint) = told_words(told);
            let words = Some(clause(text, start).to_string());
            Told { start, code, message, hint, masked: None, words }
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

/// Turns bytes into lines and columns, going forward only: one line may hold thousands of numbers.
struct Ruler<'b> {
    bytes: &'b [u8],
    at: usize,
    line: u32,
    /// Characters of the line before `at`.
    column: u32,
    /// Whether nothing but blanks stands before `at` on its line.
    is_blank: bool,
    /// Whether `at` stands in a comment of YAML.
    is_comment: bool,
}

impl<'b> Ruler<'b> {
    fn new(bytes: &'b [u8]) -> Ruler<'b> {
        let at = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        Ruler { bytes, at, line: 1, column: 0, is_blank: true, is_comment: false }
    }

    /// Line and column of a byte that is not before the last one asked for, with any line ends.
    fn position(&mut self, at: usize) -> Position {
        let mut start = self.at;
        let mut before = start.checked_sub(1).and_then(|before| self.bytes.get(before)).copied();
        for (place, byte) in (self.at..at).zip(self.bytes.get(self.at..at).unwrap_or(&[])) {
            if *byte == b'\n' || *byte == b'\r' && self.bytes.get(place + 1) != Some(&b'\n') {
                self.line += 1;
                (start, self.column, self.is_blank, self.is_comment) = (place + 1, 0, true, false);
            } else {
                self.is_comment |= *byte == b'#' && (self.is_blank || before == Some(b' '));
                self.is_blank &= byte.is_ascii_whitespace();
            }
            before = Some(*byte);
        }
        self.at = self.at.max(at);
        let text = String::from_utf8_lossy(self.bytes.get(start..at).unwrap_or(&[]));
        self.column += text.chars().count() as u32;
        Position { line: self.line, column: self.column + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_by_line_and_character_and_comments_are_known() {
        let text = "\u{feff}a: 甲乙1 # 2\r\n  # 3\r4\n甲#5甲";
        let mut ruler = Ruler::new(text.as_bytes());
        let mut told = |mark: char| {
            let Position { line, column } = ruler.position(text.find(mark).unwrap());
            (line, column, ruler.is_comment)
        };
        assert_eq!(told('1'), (1, 6, false));
        assert_eq!(told('2'), (1, 10, true));
        assert_eq!(told('3'), (2, 5, true));
        assert_eq!(told('4'), (3, 1, false));
        assert_eq!(told('5'), (4, 3, false));
    }

    #[test]
    fn a_line_of_millions_of_characters_is_measured_once() {
        let line = "电话，".repeat(1_000_000);
        let mut ruler = Ruler::new(line.as_bytes());
        for at in (0..line.len()).step_by(9) {
            assert_eq!(ruler.position(at), Position { line: 1, column: at as u32 / 3 + 1 });
        }
    }
}
