//! Prints diagnostics for people and for programs.
//!
//! In: located diagnostics. Out: text with the source line and carets that line up under Chinese, or one JSON
//! object a line. Control characters of a source never reach the terminal.
//!
//! Not here: counts, colours and where the text goes (`cli`).

use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

use crate::diagnostic::{Diagnostic, FileId, Findings, Language};
use crate::pii::Detector;
use crate::source::limits::Limits;
use crate::source::read::{read_bytes, read_text};
use crate::source::walk::Sources;

/// Characters of a long line shown before and behind the place.
const BEFORE: usize = 40;
const BEHIND: usize = 60;
/// A place farther right than this has no excerpt: such a line is no text for people.
const FARTHEST: u32 = 100_000;

/// One line: `file:line:column: error[CODE] message`.
pub fn to_line(diagnostic: &Diagnostic, language: Language) -> String {
    let place = place(&diagnostic.file, diagnostic.line, diagnostic.column);
    let severity = match language {
        Language::Zh => diagnostic.severity.zh(),
        Language::En => diagnostic.severity.as_str(),
    };
    let gap = if place.is_empty() { "" } else { ": " };
    clean(&format!("{place}{gap}{severity}[{}] {}", diagnostic.code, diagnostic.message.text(language)))
}

/// Every diagnostic with its source line, the second place and the hint; `prefix` stands before the paths of
/// source files.
pub fn display<'d>(
    diagnostics: impl IntoIterator<Item = &'d Diagnostic>,
    language: Language,
    sources: &Sources,
    prefix: &str,
) -> String {
    let (note, help) = match language {
        Language::Zh => ("相关：", "改法："),
        Language::En => ("note: ", "help: "),
    };
    let (mut out, mut open) = (String::new(), None);
    for diagnostic in diagnostics {
        let named = if is_source(sources, &diagnostic.file) { prefix } else { "" };
        out.push_str(named);
        out.push_str(&to_line(diagnostic, language));
        out.push('\n');
        let mut lines = match open.take().filter(|lines: &Lines| lines.file == diagnostic.file) {
            Some(lines) => lines,
            None => Lines::read(sources, &diagnostic.file),
        };
        if let Some(excerpt) = lines.line(diagnostic.line).and_then(|line| excerpt(line, diagnostic)) {
            out.push_str(&excerpt);
        }
        open = Some(lines);
        if let Some((file, line, column, label)) = &diagnostic.other {
            let named = if is_source(sources, file) { prefix } else { "" };
            let label = format!("{named}{}: {}", place(file, *line, *column), label.text(language));
            let _ = writeln!(out, "  {note}{}", clean(&label));
        }
        if let Some(hint) = &diagnostic.hint {
            let _ = writeln!(out, "  {help}{}", clean(hint.text(language)));
        }
    }
    out
}

/// Whether a path is that of a source file, not of an output or of nothing.
pub fn is_source(sources: &Sources, path: &str) -> bool {
    sources.files.binary_search_by(|file| file.path.as_str().cmp(path)).is_ok()
}

/// One JSON object without a line end.
pub fn to_json_line(diagnostic: &Diagnostic, language: Language) -> String {
    #[derive(Serialize)]
    struct Line<'a> {
        code: &'a str,
        severity: &'a str,
        file: &'a str,
        line: u32,
        column: u32,
        record: Option<&'a str>,
        field: Option<&'a str>,
        message: &'a str,
        hint: Option<&'a str>,
    }
    let line = Line {
        code: diagnostic.code.0,
        severity: diagnostic.severity.as_str(),
        file: &diagnostic.file,
        line: diagnostic.line,
        column: diagnostic.column,
        record: diagnostic.record.as_deref(),
        field: diagnostic.field.as_deref(),
        message: diagnostic.message.text(language),
        hint: diagnostic.hint.as_ref().map(|hint| hint.text(language)),
    };
    // Such a character can stand only inside a JSON string, where its number means the same.
    let json = serde_json::to_string(&line).unwrap_or_default();
    numbered(&json, |out, c| write!(out, "\\u{:04x}", u32::from(c)))
}

/// `file:line:column`, or the file alone when the whole of it is meant.
pub(super) fn place(file: &str, line: u32, column: u32) -> String {
    if line == 0 { file.to_string() } else { format!("{file}:{line}:{column}") }
}

/// Writes characters that could move the cursor or turn the text as their numbers.
pub fn clean(text: &str) -> String {
    numbered(text, |out, c| write!(out, "<U+{:04X}>", u32::from(c)))
}

fn numbered(text: &str, number: impl Fn(&mut String, char) -> std::fmt::Result) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{0}'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}' => {
                let _ = number(&mut out, c);
            }
            _ => out.push(c),
        }
    }
    out
}

/// A source file, and where the line begins that was shown last.
struct Lines {
    file: String,
    bytes: Vec<u8>,
    number: u32,
    start: usize,
}

impl Lines {
    /// The lines of a file; none when it cannot be read as text.
    fn read(sources: &Sources, path: &str) -> Lines {
        let index = sources.files.binary_search_by(|file| file.path.as_str().cmp(path));
        let file = index.ok().and_then(|index| u32::try_from(index).ok()).map(FileId);
        let bytes = file.and_then(|file| {
            let limits = Limits::default();
            // A ledger was read as text already; of a large one a few lines are wanted.
            let raw = sources.hashes.contains_key(&file).then(|| read_bytes(sources, file).ok()).flatten();
            raw.filter(|bytes| !bytes.contains(&b'\r') && !bytes.starts_with(b"\xef\xbb\xbf")).or_else(|| {
                let text = read_text(sources, file, &limits, &mut Findings::default());
                text.ok().flatten().map(String::into_bytes)
            })
        });
        Lines { file: path.to_string(), bytes: bytes.unwrap_or_default(), number: 1, start: 0 }
    }

    /// A line; findings come in the order of lines, so it is looked for behind the last one.
    fn line(&mut self, number: u32) -> Option<&str> {
        if number < self.number {
            (self.number, self.start) = (1, 0);
        }
        let mut rest = self.bytes.get(self.start..).filter(|_| number > 0)?;
        for _ in self.number..number {
            let end = rest.iter().position(|byte| *byte == b'\n')?;
            rest = rest.get(end + 1..)?;
        }
        (self.number, self.start) = (number, self.bytes.len() - rest.len());
        let line = rest.split(|byte| *byte == b'\n').next()?;
        std::str::from_utf8(line).ok()
    }
}

/// The source line with carets under the place.
pub(super) fn excerpt(line: &str, diagnostic: &Diagnostic) -> Option<String> {
    let column = diagnostic.column.checked_sub(1).filter(|column| *column < FARTHEST)? as usize;
    // A personal number is shown to nobody, whatever the finding.
    let line = &*Detector::of_display().redact(line);
    let cut = column.saturating_sub(BEFORE);
    let lead = if cut > 0 { "…" } else { "" };
    let before: String = line.chars().skip(cut).take(column - cut).collect();
    let shown_before = format!("{lead}{}", clean(&before.replace('\t', " ")));
    let rest: String = line.chars().skip(column).take(BEHIND).collect();
    // A comma ends a value between brackets and a cell of a table.
    let ends_at_comma =
        diagnostic.file.ends_with(".csv") || line.chars().take(column).any(|c| matches!(c, '[' | '{'));
    let marked = mark(diagnostic.code.0, ends_at_comma, &rest);
    let (marked, behind) = rest.split_at_checked(marked).unwrap_or((&rest, ""));
    let (marked, behind) = (clean(&marked.replace('\t', " ")), clean(&behind.replace('\t', " ")));
    let ellipsis = if line.chars().nth(column + BEHIND).is_some() { "…" } else { "" };
    let shown = format!("{shown_before}{marked}{behind}{ellipsis}");
    let span = shown_before.len()..(shown_before.len() + marked.len());
    let snippet = Snippet::source(shown)
        .line_start(diagnostic.line as usize)
        .fold(false)
        .annotation(AnnotationKind::Primary.span(span));
    let drawn =
        Renderer::plain().term_width(1000).render(&[Group::with_level(Level::ERROR).element(snippet)]);
    Some(drawn + "\n")
}

/// How many bytes of `rest`, which begins at the place, are underlined.
fn mark(code: &str, ends_at_comma: bool, rest: &str) -> usize {
    let first = rest.chars().next().map_or(0, char::len_utf8);
    if code == "E-YAML-SYNTAX" || code.contains("-CHAR-") || code == "E-ENCODING" {
        return first;
    }
    if let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        return rest.get(1..).and_then(|inside| inside.find(quote)).map_or(rest.len(), |at| at + 2);
    }
    let ends = [" #", ": ", ":\n"].iter().filter_map(|end| rest.find(end));
    let flow_end = rest.find([',', ']', '}']).filter(|_| ends_at_comma);
    let end = ends.chain(flow_end).min().unwrap_or(rest.len());
    let marked = rest.get(..end).unwrap_or(rest).trim_end();
    let marked = marked.strip_suffix(':').unwrap_or(marked);
    marked.len().max(first)
}
