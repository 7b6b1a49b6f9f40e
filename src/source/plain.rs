//! The short way through a ledger that is written plainly: keys that are words, values on their line, no anchors, no tags,
//! no text over several lines.
//!
//! In: YAML text. Out: the very [`Document`] that the library makes of it, or nothing at the first place that is not plain
//! or would bring a finding; then the library reads the text from its beginning. So what is accepted, and every message, is the
//! library's affair alone, and this module can only be faster. It is there because reading YAML was half of `gongshi check`;
//! nearly every file of a real ledger is plain. A test holds both ways against each other over random texts.
//!
//! Not here: YAML (`yaml`).

mod lines;

use crate::diagnostic::{FileId, Findings, Position};
use crate::source::builder::Builder;
use crate::source::document::{Document, ScalarStyle, Shape};
use crate::source::limits::Limits;
use crate::source::traps;

/// The document of a plain text that begins after `lines_before` lines of its file.
pub(super) fn read(text: &str, lines_before: u32, limits: &Limits) -> Option<Document> {
    let mut reader = Reader {
        text: text.as_bytes(),
        source: text,
        at: 0,
        indent: Some(0),
        line: lines_before.checked_add(1)?,
        counted: 0,
        column: 1,
        limits,
        builder: Builder::for_source(text.len()),
        keys: Vec::new(),
        findings: Findings::default(),
    };
    reader.reach_content()?;
    reader.indent.filter(|indent| *indent == 0)?;
    reader.block(0)?;
    let is_whole = reader.indent.is_none() && reader.builder.count() <= limits.nodes;
    is_whole.then(|| reader.builder.finish())
}

/// A key longer than this is no word.
const LONGEST_KEY: usize = 128;

struct Reader<'t> {
    text: &'t [u8],
    source: &'t str,
    /// The byte that is next.
    at: usize,
    /// The blanks before the first byte of the line, once it is reached; nothing at the end of the text.
    indent: Option<usize>,
    line: u32,
    /// Up to here the characters of the line have been counted: the column of this byte.
    counted: usize,
    column: u32,
    limits: &'t Limits,
    builder: Builder,
    /// Room for the keys of a mapping.
    keys: Vec<u32>,
    findings: Findings,
}

/// Whether a byte means nothing but itself in any text, whatever stands around it.
fn is_ordinary(byte: u8) -> bool {
    !matches!(
        byte,
        0..=0x1f
            | b'#'
            | b':'
            | b','
            | b'['
            | b']'
            | b'{'
            | b'}'
            | b'"'
            | b'\''
            | b'\\'
            | 0x7f
            | 0xc2
            | 0xe2
            | 0xe3
            | 0xef
    )
}

/// Where a value stands: inside brackets more characters have a meaning.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Block,
    Brackets,
}

impl Reader<'_> {
    /// A list or a mapping in lines, whose first line is reached.
    fn block(&mut self, indent: usize) -> Option<()> {
        if self.is_dash() {
            self.open(Shape::Sequence)?;
            self.sequence(indent)
        } else {
            self.mapping(indent)
        }
    }

    /// A list that stands no deeper than its key; the library gives it the place of its first value.
    fn flush_sequence(&mut self, indent: usize) -> Option<()> {
        let dash = self.at;
        self.at += 1;
        self.skip_blanks();
        if self.ends_line() {
            return None;
        }
        self.open(Shape::Sequence)?;
        self.at = dash;
        self.sequence(indent)
    }

    /// The members of a list that was opened.
    fn sequence(&mut self, indent: usize) -> Option<()> {
        while self.indent == Some(indent) && self.is_dash() {
            let line = self.at - indent;
            self.at += 1;
            self.skip_blanks();
            if self.ends_line() {
                self.end_line()?;
                let deeper = self.indent.filter(|next| *next > indent)?;
                self.block(deeper)?;
            } else if self.key().is_some() {
                let column = self.at - line;
                self.indent = Some(column);
                self.mapping(column)?;
            } else {
                self.value(Place::Block)?;
                self.end_line()?;
            }
        }
        self.close()
    }

    fn mapping(&mut self, indent: usize) -> Option<()> {
        self.open(Shape::Mapping)?;
        while self.indent == Some(indent) {
            if self.is_dash() {
                // A list at the indentation of the key that it belongs to has been read; here it belongs to nothing.
                return self.close();
            }
            let colon = self.take_key()?;
            if self.ends_line() {
                self.end_line()?;
                match self.indent {
                    Some(next) if next > indent => self.block(next)?,
                    Some(next) if next == indent && self.is_dash() => self.flush_sequence(next)?,
                    // Nothing was written; it stands where the colon does.
                    _ => self.builder.scalar(colon, ScalarStyle::Plain, ""),
                }
            } else {
                self.value(Place::Block)?;
                self.end_line()?;
            }
        }
        self.close()
    }

    /// A value on its line.
    fn value(&mut self, place: Place) -> Option<()> {
        match self.byte()? {
            b'[' => self.list_in_brackets(),
            b'{' => self.mapping_in_brackets(),
            quote @ (b'"' | b'\'') => self.quoted(quote),
            _ => self.plain(place),
        }
    }

    fn list_in_brackets(&mut self) -> Option<()> {
        self.open(Shape::Sequence)?;
        self.members(b']', |reader| reader.value(Place::Brackets))
    }

    fn mapping_in_brackets(&mut self) -> Option<()> {
        self.open(Shape::Mapping)?;
        self.members(b'}', |reader| {
            reader.take_key()?;
            reader.value(Place::Brackets)
        })
    }

    /// What stands between brackets, with commas between.
    fn members(&mut self, closing: u8, mut member: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.at += 1;
        self.skip_in_brackets()?;
        if self.byte()? != closing {
            loop {
                member(self)?;
                self.skip_in_brackets()?;
                match self.byte()? {
                    b',' => self.at += 1,
                    byte if byte == closing => break,
                    _ => return None,
                }
                self.skip_in_brackets()?;
            }
        }
        self.at += 1;
        self.close()
    }

    /// A text in quotes, without escapes and on one line.
    fn quoted(&mut self, quote: u8) -> Option<()> {
        let position = self.position(self.at)?;
        let start = self.at + 1;
        let mut end = start;
        loop {
            end = self.behind_ordinary(end);
            match self.text.get(end)? {
                byte if *byte == quote => break,
                b'\\' if quote == b'"' => return None,
                _ => end += self.letter(end)?,
            }
        }
        self.at = end + 1;
        // Two single quotes are one; behind a quote comes the end of the value.
        if matches!(self.byte(), Some(b'\'' | b'"' | b':')) {
            return None;
        }
        self.scalar(position, ScalarStyle::Quoted, start, end)
    }

    /// A text without quotes.
    fn plain(&mut self, place: Place) -> Option<()> {
        let position = self.position(self.at)?;
        let start = self.at;
        if !self.may_begin_text() {
            return None;
        }
        let mut end = start;
        loop {
            end = self.behind_ordinary(end);
            match self.text.get(end) {
                None | Some(b'\n') => break,
                Some(b'#') if self.is_blank_before(end) => break,
                Some(b':') if self.ends_key(end + 1, place) => return None,
                Some(b',' | b']' | b'}') if place == Place::Brackets => break,
                Some(b'[' | b'{') if place == Place::Brackets => return None,
                Some(_) => end += self.letter(end)?,
            }
        }
        while self.is_blank_before(end) {
            end -= 1;
        }
        self.at = end;
        self.scalar(position, ScalarStyle::Plain, start, end)
    }

    /// Whether a colon before this byte would end a key.
    fn ends_key(&self, behind: usize, place: Place) -> bool {
        match self.text.get(behind) {
            None | Some(b' ' | b'\n') => true,
            Some(b',' | b'[' | b']' | b'{' | b'}') => place == Place::Brackets,
            _ => false,
        }
    }

    /// Whether a text without quotes may begin here: nothing with a meaning of its own.
    fn may_begin_text(&self) -> bool {
        match self.byte() {
            Some(b'-') => self.text.get(self.at + 1).is_some_and(u8::is_ascii_alphanumeric),
            Some(byte) => {
                byte.is_ascii_alphanumeric()
                    || byte >= 0x80
                    || matches!(byte, b'(' | b'/' | b'.' | b'_' | b'+')
            }
            None => false,
        }
    }

    /// The place behind the ordinary bytes that begin here.
    fn behind_ordinary(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or(&[]);
        at + rest.iter().take_while(|byte| is_ordinary(**byte)).count()
    }

    fn is_blank_before(&self, at: usize) -> bool {
        at.checked_sub(1).and_then(|before| self.text.get(before)) == Some(&b' ')
    }

    /// The bytes of a character that means nothing but itself, wherever it stands in a text.
    fn letter(&self, at: usize) -> Option<usize> {
        match *self.text.get(at)? {
            0x20..=0x7e => Some(1),
            // Controls, and blanks that are none of YAML's, stand behind these.
            0xc2 if self.text.get(at + 1).is_none_or(|next| *next <= 0xa0) => None,
            0xe2 if self.text.get(at + 1).is_none_or(|next| *next == 0x80) => {
                // Quotation marks and dashes are; separators of lines and marks of direction are not.
                self.text.get(at + 2).is_some_and(|last| (0x90..=0xa7).contains(last)).then_some(3)
            }
            0xe3 if self.text.get(at + 1) == Some(&0x80) && self.text.get(at + 2) == Some(&0x80) => None,
            0xef if matches!(self.text.get(at + 1), None | Some(0xbb | 0xbf)) => None,
            0x80.. => Some(1),
            _ => None,
        }
    }

    /// The bytes of the key that begins here, before its colon.
    fn key(&self) -> Option<usize> {
        let rest = self.text.get(self.at..)?;
        let is_word =
            |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || (0xe4..=0xe9).contains(&byte);
        let length = rest
            .iter()
            .take(LONGEST_KEY)
            .take_while(|byte| is_word(**byte) || matches!(byte, b'-') || (0x80..=0xbf).contains(*byte));
        let length = length.count();
        let begins = rest.first().is_some_and(|first| is_word(*first));
        let ends = rest.get(length) == Some(&b':') && self.ends_key(self.at + length + 1, Place::Block);
        (begins && ends).then_some(length)
    }

    /// Reads a key, its colon, whose place it tells, and the blanks behind.
    fn take_key(&mut self) -> Option<Position> {
        let position = self.position(self.at)?;
        let (start, end) = (self.at, self.at + self.key()?);
        self.scalar(position, ScalarStyle::Plain, start, end)?;
        let colon = self.position(end)?;
        self.at = end + 1;
        self.skip_blanks();
        Some(colon)
    }

    fn scalar(&mut self, position: Position, style: ScalarStyle, start: usize, end: usize) -> Option<()> {
        let text = self.source.get(start..end).filter(|text| text.len() <= self.limits.scalar_bytes)?;
        self.builder.scalar(position, style, text);
        Some(())
    }

    fn open(&mut self, shape: Shape) -> Option<()> {
        if self.builder.depth() >= self.limits.depth.min(Limits::DEEPEST) {
            return None;
        }
        let position = self.position(self.at)?;
        self.builder.open(position, shape);
        Some(())
    }

    fn close(&mut self) -> Option<()> {
        let closed = self.builder.close()?;
        traps::keys_written_twice(&self.builder, closed, FileId(0), &mut self.keys, &mut self.findings);
        self.findings.0.is_empty().then_some(())
    }

    fn byte(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn is_dash(&self) -> bool {
        self.byte() == Some(b'-') && matches!(self.text.get(self.at + 1), None | Some(b' ' | b'\n'))
    }
}
