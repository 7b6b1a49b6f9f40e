//! Finds numbers that belong to persons: identity cards, mobile numbers, bank cards, landlines.
//!
//! In: any bytes, a source file or an output. Out: each number found, with its place and a masked form, never the
//! number itself. Strict on purpose: a number counts only where no letter or digit touches it, and identity and bank
//! cards only when their check digits hold, so that credit codes, licences and barcodes raise no alarm. Costs well
//! under a nanosecond a byte, since every byte of every output passes through it.
//!
//! Source of the forms: GB 11643-1999 (identity numbers), ISO/IEC 7812 (Luhn).
//!
//! Not here: which findings count where (`check`, `release`), and how digits may be written (`glyphs`, `runs`).

pub mod content;
pub mod documents;
mod glyphs;
pub mod images;
mod numbers;
mod runs;
mod starts;
pub mod words;

use runs::Run;

/// Digits 1 and 2 of identity numbers: the provinces of GB/T 2260.
const PROVINCES: [u8; 34] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54,
    61, 62, 63, 64, 65, 71, 81, 82,
];

/// What a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// 身份证号, 18 characters.
    Id,
    /// 手机号.
    Mobile,
    /// 银行卡号.
    Bank,
    /// 旧身份证号, 15 digits without a check digit.
    OldId,
    /// 固定电话.
    Landline,
}

/// A number that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub sort: Sort,
    /// Byte at which it begins.
    pub start: usize,
    /// Byte behind it.
    pub end: usize,
    /// The number with its middle hidden.
    pub masked: String,
}

/// Looks for personal numbers.
#[derive(Clone, Debug)]
pub struct Detector {
    provinces: [bool; 100],
    year: u16,
}

impl Detector {
    /// A detector for a day in `year`: nobody is born later. `more` are further province digits, such as 99 of
    /// invented regions.
    pub fn new(year: u16, more: &[u8]) -> Detector {
        let mut provinces = [false; 100];
        for province in PROVINCES.iter().chain(more) {
            if let Some(known) = provinces.get_mut(usize::from(*province)) {
                *known = true;
            }
        }
        Detector { provinces, year }
    }

    /// A detector for what is shown to people: of any day, the demo's invented regions included.
    pub fn of_display() -> Detector {
        Detector::new(2199, &[99])
    }

    /// A text that changes with what the detector finds: for keys of what has been searched.
    pub fn key(&self) -> String {
        format!("pii3 {} {:?}", self.year, self.provinces)
    }

    /// Every number in the bytes, in their order.
    pub fn all(&self, bytes: &[u8]) -> Vec<Found> {
        let mut found = Vec::new();
        self.each(
            bytes,
            |_| true,
            |one| {
                found.push(one);
                None::<()>
            },
        );
        found
    }

    /// The first number of a sort that may stand in no output.
    pub fn first_forbidden(&self, bytes: &[u8]) -> Option<Found> {
        self.each(bytes, |sort| matches!(sort, Sort::Id | Sort::Mobile | Sort::Bank), Some)
    }

    /// Whether a text as a whole is a number of this sort.
    pub fn is(&self, sort: Sort, text: &str) -> bool {
        self.all(text.trim().as_bytes()).iter().any(|found| found.sort == sort)
    }

    /// The digits of a number as it is written.
    pub fn digits(written: &[u8]) -> String {
        Run::read(written, 0).map(|run| run.text(usize::MAX)).unwrap_or_default()
    }

    /// The text with the middle of every personal number hidden, of the same count of characters.
    pub fn redact(&self, text: &str) -> String {
        let (mut out, mut at) = (String::with_capacity(text.len()), 0);
        let hidden = |found: &Found| matches!(found.sort, Sort::Id | Sort::Mobile | Sort::Bank);
        for found in self.all(text.as_bytes()).iter().filter(|found| hidden(found)) {
            out.push_str(text.get(at..found.start).unwrap_or(""));
            let number = text.get(found.start..found.end).unwrap_or("");
            let digits = number.chars().filter(|c| glyphs::is_digit(*c)).count();
            let mut nth = 0;
            out.extend(number.chars().map(|c| {
                nth += usize::from(glyphs::is_digit(c));
                let shows = !glyphs::is_digit(c) || nth <= 3 || nth + 4 > digits;
                if shows {
                    c
                } else if c.is_ascii() {
                    '*'
                } else {
                    '＊'
                }
            }));
            at = found.end;
        }
        out.push_str(text.get(at..).unwrap_or(""));
        out
    }

    fn each<T>(
        &self,
        bytes: &[u8],
        wanted: fn(Sort) -> bool,
        mut look: impl FnMut(Found) -> Option<T>,
    ) -> Option<T> {
        let mut at = 0;
        while let Some(start) = starts::next_start(bytes, at) {
            let run = Run::read(bytes, start);
            match run.as_ref().and_then(|run| self.number(bytes, run)) {
                Some((sort, digits)) => {
                    let Some(run) = &run else { break };
                    at = run.end_of(digits).max(start + 1);
                    if !wanted(sort) {
                        continue;
                    }
                    let found = Found { sort, start, end: at, masked: mask(sort, &run.text(digits)) };
                    if let Some(answer) = look(found) {
                        return Some(answer);
                    }
                }
                None => at = run.map_or(start + 1, |run| run.first_end),
            }
        }
        None
    }

    /// The sort of the number that a run begins with, and how many of its characters belong to it.
    fn number(&self, bytes: &[u8], run: &Run) -> Option<(Sort, usize)> {
        if glyphs::is_touched_before(bytes, run.start) {
            return None;
        }
        if run.has(18, |at| matches!(at, 6 | 14)) && self.is_id(bytes, run) {
            return Some((Sort::Id, 18));
        }
        let in_fours = |at: usize| at.is_multiple_of(4);
        for length in (16..=19).rev() {
            let whole = run.has(length, |_| false) || run.has(length, in_fours) && run.parts_at_fours(length);
            if whole && run.digits(0, 2) == Some(62) && numbers::luhn(run.characters(length)) {
                return Some((Sort::Bank, length));
            }
        }
        if runs::is_decimal(bytes, run) {
            return None;
        }
        for foreign in [0, 2, 4] {
            let prefix = run.characters(foreign);
            let led = match foreign {
                0 => true,
                2 => prefix == b"86" && runs::follows_plus(bytes, run.start),
                _ => prefix == b"0086",
            };
            let is_mobile = led && matches!(run.digits(foreign, 2), Some(13..=19));
            let is_whole = run.has(foreign + 11, |at| [foreign, foreign + 3, foreign + 7].contains(&at));
            if is_mobile && is_whole && run.is_evenly_dotted(bytes) {
                return Some((Sort::Mobile, foreign + 11));
            }
        }
        if run.has(15, |_| false) && self.is_old_id(run) {
            return Some((Sort::OldId, 15));
        }
        (10..=12).find(|length| numbers::is_landline(run, *length)).map(|length| (Sort::Landline, length))
    }

    fn is_id(&self, bytes: &[u8], run: &Run) -> bool {
        let characters = run.characters(18);
        let fits = self.is_province(run)
            && (run.digits(6, 4)).is_some_and(|year| (1900..=self.year).contains(&(year as u16)))
            && numbers::is_day(run.digits(6, 4), run.digits(10, 2), run.digits(12, 2))
            && numbers::id_check(characters);
        // Codes of public institutions begin with 11, 12, 13, 51, 52 or 53, which are provinces too: one number in
        // many thousands is both. Then it is an identity number only where the words before it say so.
        fits && (!self.is_credit_code(characters) || runs::is_called_identity(bytes, run.start))
    }

    fn is_credit_code(&self, characters: &[u8]) -> bool {
        let Ok(text) = std::str::from_utf8(characters) else { return false };
        let kind = text.get(..2).is_some_and(|kind| ["11", "12", "13", "51", "52", "53"].contains(&kind));
        let province = text.get(2..4).and_then(|digits| digits.parse::<usize>().ok());
        kind && province.is_some_and(|province| self.provinces.get(province) == Some(&true))
            && crate::code::check_uscc(text).is_ok()
            && crate::code::check_organisation(text).is_ok()
    }

    fn is_old_id(&self, run: &Run) -> bool {
        let year = run.digits(6, 2).map(|year| year + 1900);
        self.is_province(run) && numbers::is_day(year, run.digits(8, 2), run.digits(10, 2))
    }

    fn is_province(&self, run: &Run) -> bool {
        run.digits(0, 2).is_some_and(|province| self.provinces.get(province as usize) == Some(&true))
    }
}

/// A number with its middle hidden, the same wherever it is told of.
fn mask(sort: Sort, number: &str) -> String {
    let (head, tail) = match sort {
        Sort::Id | Sort::OldId | Sort::Mobile => (3, 4),
        Sort::Bank => (2, 4),
        Sort::Landline => (4, 2),
    };
    let number = if sort == Sort::Mobile {
        number.get(number.len().saturating_sub(11)..).unwrap_or("")
    } else {
        number
    };
    let hidden = number.len().saturating_sub(head + tail);
    let part = |from: usize, to: usize| number.get(from..to).unwrap_or("");
    format!("{}{}{}", part(0, head), "*".repeat(hidden), part(head + hidden, number.len()))
}

#[cfg(test)]
mod tests;
