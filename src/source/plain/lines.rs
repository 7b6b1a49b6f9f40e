//! From line to line through a plain text: indentation, blanks, comments, and the place of a byte.
//!
//! Not here: what stands on a line (`plain`).

use super::Reader;
use crate::diagnostic::Position;

impl Reader<'_> {
    /// Over blanks and ends of lines; inside brackets every further line stands deeper than what they belong to.
    pub(super) fn skip_in_brackets(&mut self) -> Option<()> {
        self.skip_blanks();
        while self.byte() == Some(b'\n') {
            self.next_line();
            let start = self.at;
            self.skip_blanks();
            if self.byte() != Some(b'\n') && self.indent.is_none_or(|indent| self.at - start <= indent) {
                return None;
            }
        }
        Some(())
    }

    pub(super) fn skip_blanks(&mut self) {
        while self.byte() == Some(b' ') {
            self.at += 1;
        }
    }

    /// Whether nothing but a comment follows on the line.
    pub(super) fn ends_line(&self) -> bool {
        matches!(self.byte(), None | Some(b'\n' | b'#'))
    }

    /// Goes behind the line, which holds nothing more than a comment that looks like one, and to the next with content.
    pub(super) fn end_line(&mut self) -> Option<()> {
        let before = self.at;
        self.skip_blanks();
        match self.byte() {
            None | Some(b'\n') => {}
            // Without the blanks the `#` may belong to the value; the library says so.
            Some(b'#') if self.at > before || self.text.get(before.wrapping_sub(1)) == Some(&b' ') => {
                if !matches!(self.text.get(self.at + 1), None | Some(b' ' | b'\n')) {
                    return None;
                }
                self.skip_comment()?;
            }
            Some(_) => return None,
        }
        self.next_line();
        self.reach_content()
    }

    pub(super) fn skip_comment(&mut self) -> Option<()> {
        while self.byte().is_some_and(|byte| byte != b'\n') {
            self.at += self.letter(self.at)?;
        }
        Some(())
    }

    pub(super) fn next_line(&mut self) {
        if self.byte() == Some(b'\n') {
            self.at += 1;
            self.line = self.line.saturating_add(1);
        }
        (self.counted, self.column) = (self.at, 1);
    }

    /// From the beginning of a line to the first content, over empty lines and comments.
    pub(super) fn reach_content(&mut self) -> Option<()> {
        loop {
            let start = self.at;
            self.skip_blanks();
            match self.byte() {
                None => {
                    self.indent = None;
                    return Some(());
                }
                Some(b'\n') => self.next_line(),
                Some(b'#') => {
                    self.skip_comment()?;
                    self.next_line();
                }
                Some(_) => {
                    self.indent = Some(self.at - start);
                    return Some(());
                }
            }
        }
    }

    /// The place of a byte of this line; asked for from left to right.
    pub(super) fn position(&mut self, at: usize) -> Option<Position> {
        let between = self.text.get(self.counted..at)?;
        // Bytes within a character count nothing.
        self.column += between.iter().filter(|byte| **byte & 0xc0 != 0x80).count() as u32;
        self.counted = at;
        Some(Position { line: self.line, column: self.column })
    }
}
