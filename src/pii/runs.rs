//! Rows of digits, with the places at which they are parted.
//!
//! In: bytes and the place of a first digit. Out: at most twenty characters, and where marks, dots and tags stand between them;
//! and what stands around the row: a plus, a decimal point, words.
//!
//! Not here: what the digits mean (`numbers`), and how one of them may be written (`glyphs`).

use super::glyphs::{Glyph, token};
use super::starts::plain_digits;

/// The most characters of a number: 0086 and a mobile number, or a bank card.
pub const MOST: usize = 20;

/// A row of digits from one place on.
#[derive(Debug)]
pub struct Run {
    /// Byte at which it begins.
    pub start: usize,
    /// Byte behind the digits before anything that may part them.
    pub first_end: usize,
    characters: [u8; MOST],
    ends: [usize; MOST],
    /// Bit n: a mark stands before character n.
    marks: u32,
    /// Bit n: the mark before character n is a dot.
    dots: u32,
    /// Bit n: a tag stands before character n, which may part them for the eye or not.
    seams: u32,
    count: usize,
    /// Whether more digits or a letter touch the last character.
    is_touched: bool,
}

/// Whether `+` stands before a place.
pub fn follows_plus(bytes: &[u8], start: usize) -> bool {
    bytes
        .get(..start)
        .is_some_and(|before| ["+", "＋", "%2B", "%2b"].iter().any(|plus| before.ends_with(plus.as_bytes())))
}

/// Whether the row is part of a decimal number or an amount: `119.13800000001`, `13800000001.50`, 13800000001元; `13800000001.0` is none.
/// One digit and a point before it is the number of an item.
pub fn is_decimal(bytes: &[u8], run: &Run) -> bool {
    let whole = bytes
        .get(..run.start)
        .and_then(|before| before.strip_suffix(b"."))
        .map_or(0, |before| before.iter().rev().take(2).take_while(|byte| byte.is_ascii_digit()).count());
    let zero = bytes.get(..run.start).is_some_and(|before| before.ends_with(b"0."));
    let mut rest = bytes.get(run.first_end..).unwrap_or(&[]);
    let mut decimals = rest.strip_prefix(b".").map_or(0, |rest| plain_digits(rest, 0, 3));
    // Programs write `.0` behind a whole number.
    if let (1, Some(behind)) = (decimals, rest.strip_prefix(b".0")) {
        (decimals, rest) = (0, behind);
    }
    let behind = rest.get(decimals + 1);
    let amount =
        matches!(decimals, 1 | 2) && !behind.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'.');
    let unit = ["元", "万元", "亿元"].iter().any(|unit| rest.starts_with(unit.as_bytes()));
    whole >= 2 || zero || amount || unit
}

/// Whether words shortly before a place call what follows an identity number.
pub fn is_called_identity(bytes: &[u8], start: usize) -> bool {
    let before = bytes.get(start.saturating_sub(48)..start).unwrap_or(&[]);
    ["身份证", "证件号", "公民身份"]
        .iter()
        .any(|word| before.windows(word.len()).any(|window| window == word.as_bytes()))
}

impl Run {
    /// Reads the row that begins at a place.
    pub fn read(bytes: &[u8], start: usize) -> Option<Run> {
        Run::scientific(bytes, start).or_else(|| Run::plain(bytes, start))
    }

    /// A whole number as spreadsheets keep it, `1.3800000001E10` or `1.3800000001E+10`: of 11 digits or of 15, of which four at most
    /// were zeros at the end and left out.
    fn scientific(bytes: &[u8], start: usize) -> Option<Run> {
        let [lead @ b'1'..=b'9', b'.', ..] = bytes.get(start..)? else { return None };
        let count = plain_digits(bytes, start + 2, MOST);
        let decimals = bytes.get(start + 2..start + 2 + count)?;
        let at = start + 2 + count;
        let (b'E' | b'e') = *bytes.get(at)? else { return None };
        let at = at + 1 + usize::from(bytes.get(at + 1) == Some(&b'+'));
        let exponent = match bytes.get(at..at + 2)? {
            b"10" => 10,
            b"14" => 14,
            _ => return None,
        };
        if count > exponent || count + 4 < exponent {
            return None;
        }
        let mut run = Run::empty(start);
        run.first_end = at + 2;
        let zeros = std::iter::repeat(&b'0');
        for digit in std::iter::once(lead).chain(decimals).chain(zeros).take(exponent + 1) {
            run.push(*digit, run.first_end, false, false);
        }
        run.is_touched = matches!(token(bytes, run.first_end).0, Glyph::Digit(_) | Glyph::Letter);
        Some(run)
    }

    fn empty(start: usize) -> Run {
        Run {
            start,
            first_end: start + 1,
            characters: [0; MOST],
            ends: [0; MOST],
            marks: 0,
            dots: 0,
            seams: 0,
            count: 0,
            is_touched: false,
        }
    }

    fn plain(bytes: &[u8], start: usize) -> Option<Run> {
        let mut run = Run::empty(start);
        let (mut at, mut gap, mut seam, mut unbroken) = (start, None, false, true);
        loop {
            let (glyph, end) = token(bytes, at);
            match glyph {
                Glyph::Digit(character) if !(character == b'X' && run.count != 17) => {
                    if run.count == MOST {
                        run.is_touched = gap.is_none() && !seam;
                        break;
                    }
                    run.push(character, end, gap.is_some(), seam);
                    (gap, seam) = (None, false);
                }
                // Several blanks part the row once, as they look.
                Glyph::Blank if matches!(gap, None | Some(Glyph::Blank)) && run.count < MOST => {
                    gap = Some(glyph);
                }
                Glyph::Mark if gap.is_none() && run.count < MOST => gap = Some(glyph),
                Glyph::Dot if gap.is_none() && run.may_be_dotted() => {
                    gap = Some(glyph);
                    run.dots |= 1 << run.count;
                }
                Glyph::Tag => seam = true,
                Glyph::Nothing => {}
                Glyph::Digit(_) | Glyph::Letter => {
                    run.is_touched = gap.is_none() && !seam;
                    break;
                }
                Glyph::Blank | Glyph::Mark | Glyph::Dot | Glyph::Other => break,
            }
            unbroken &= gap.is_none() && !seam;
            if unbroken {
                run.first_end = end;
            }
            at = end;
        }
        (run.count > 0).then_some(run)
    }

    fn push(&mut self, character: u8, end: usize, after_mark: bool, after_seam: bool) {
        if let (Some(place), Some(its_end)) =
            (self.characters.get_mut(self.count), self.ends.get_mut(self.count))
        {
            (*place, *its_end) = (character, end);
            self.marks |= u32::from(after_mark) << self.count;
            self.seams |= u32::from(after_seam) << self.count;
            self.count += 1;
        }
    }

    /// Whether a dot may stand behind what was read: 138 or 138.0000.
    fn may_be_dotted(&self) -> bool {
        let leads = matches!(self.characters(2), [b'1', b'3'..=b'9']);
        leads
            && (self.count == 3 && self.marks == 0
                || self.count == 7 && self.dots == 1 << 3 && self.marks == 1 << 3)
    }

    /// Whether dots part the row as they part a mobile number, at both places, with no further number before or behind them;
    /// or not at all.
    pub fn is_evenly_dotted(&self, bytes: &[u8]) -> bool {
        let before = bytes.get(..self.start).unwrap_or(&[]);
        let behind = bytes.get(self.end_of(11)..).unwrap_or(&[]);
        let goes_on = matches!(behind, [b'.', next, ..] if next.is_ascii_digit());
        self.dots == 0 || self.dots == 1 << 3 | 1 << 7 && !before.ends_with(b".") && !goes_on
    }

    /// Whether the row begins with a word of this many characters that is parted only where `may` allows.
    pub fn has(&self, length: usize, may: impl Fn(usize) -> bool) -> bool {
        if self.count < length || self.count == length && self.is_touched {
            return false;
        }
        let is_marked = |at: usize| self.marks & (1 << at) != 0;
        let ends = self.count == length || (self.marks | self.seams) & (1 << length) != 0;
        let digits = self.characters(length);
        // Only an identity number has a letter, and it is the last.
        let pure = length == 18 || digits.iter().all(u8::is_ascii_digit);
        ends && pure && (1..length).all(|at| !is_marked(at) || may(at))
    }

    /// Whether it is parted at every fourth character.
    pub fn parts_at_fours(&self, length: usize) -> bool {
        (1..length).filter(|at| at.is_multiple_of(4)).all(|at| self.marks & (1 << at) != 0)
    }

    /// The first characters.
    pub fn characters(&self, length: usize) -> &[u8] {
        self.characters.get(..length.min(self.count)).unwrap_or(&[])
    }

    /// Some digits as a number.
    pub fn digits(&self, from: usize, length: usize) -> Option<u32> {
        let digits = self.characters(self.count).get(from..from + length)?;
        digits
            .iter()
            .try_fold(0u32, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0')))
    }

    /// Byte behind the first characters.
    pub fn end_of(&self, length: usize) -> usize {
        length.checked_sub(1).and_then(|last| self.ends.get(last)).copied().unwrap_or(self.start)
    }

    /// The first characters as text.
    pub fn text(&self, length: usize) -> String {
        String::from_utf8_lossy(self.characters(length)).into_owned()
    }
}
