//! Where a row of digits may begin: the quick look that every byte of every output passes through.
//!
//! In: bytes. Out: the places of rows that deserve to be read. Most digits are parts of years, sizes and codes, and are passed
//! over by what stands behind them; each digit is counted once, however long its row.
//!
//! Not here: reading the row (`runs`).

use super::glyphs::{Glyph, token};
use super::runs::MOST;

/// Bytes with which something begins that the search must look at: digits, full-width ones, references, escapes.
const STARTS: [bool; 256] = {
    let (mut starts, mut at) = ([false; 256], 0);
    while at < 256 {
        #[allow(clippy::indexing_slicing)] // Computed by the compiler: 256 places.
        {
            starts[at] = matches!(at as u8, b'0'..=b'9' | b'&' | b'%' | b'\\' | 0xEF);
        }
        at += 1;
    }
    starts
};

/// Bytes that are looked at together before one of them is.
const BLOCK: usize = 16;

/// Where the next row of digits begins, at `from` or behind it.
#[inline]
pub fn next_start(bytes: &[u8], mut from: usize) -> Option<usize> {
    loop {
        while bytes.get(from..).and_then(|rest| rest.first_chunk()).is_some_and(has_no_start) {
            from += BLOCK;
        }
        from += bytes.get(from..)?.iter().position(|byte| STARTS.get(usize::from(*byte)) == Some(&true))?;
        let first = *bytes.get(from)?;
        if first.is_ascii_digit() {
            let length = plain_digits(bytes, from, usize::MAX);
            // Of a longer row no part is a number, and it must not be read anew from each of its digits.
            if length <= MOST && may_be_number(bytes, from, length) {
                return Some(from);
            }
            from += length;
            continue;
        }
        if !may_be_digit(bytes.get(from + 1..)?, first) {
            from += 1;
            continue;
        }
        let (glyph, end) = token(bytes, from);
        if matches!(glyph, Glyph::Digit(b'0'..=b'9')) {
            return Some(from);
        }
        from = end.max(from + 1);
    }
}

/// Whether nothing begins in a block; written so that the processor compares all its bytes at once.
#[inline]
fn has_no_start(block: &[u8; BLOCK]) -> bool {
    let starts = |byte: &u8| {
        u8::from(byte.is_ascii_digit())
            | u8::from(matches!(*byte, b'%' | b'&'))
            | u8::from(*byte == b'\\')
            | u8::from(*byte == 0xEF)
    };
    block.iter().fold(0, |any, byte| any | starts(byte)) == 0
}

/// Whether what follows makes a reference, an escape or a full-width character of the first byte, and perhaps a digit.
#[inline]
fn may_be_digit(behind: &[u8], first: u8) -> bool {
    match first {
        b'&' => behind.first() == Some(&b'#'),
        b'%' => matches!(behind, [b'3', b'0'..=b'9', ..] | [b'E' | b'e', b'F' | b'f', b'%', ..]),
        b'\\' => matches!(behind.first(), Some(b'u' | b'x')),
        _ => matches!(behind, [0xBC, 0x90..=0x99, ..]),
    }
}

/// How many plain digits stand at a place, counted no further than `most`.
pub fn plain_digits(bytes: &[u8], from: usize, most: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or(&[]);
    rest.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count()
}

/// A quick look at a row of plain digits: most are years, sizes, parts of codes.
#[inline]
fn may_be_number(bytes: &[u8], from: usize, length: usize) -> bool {
    match bytes.get(from + length) {
        Some(b'.') if length == 3 => matches!(bytes.get(from..from + 2), Some([b'1', b'3'..=b'9'])),
        // Spreadsheets keep a whole number so: `1.3800000001E10`.
        Some(b'.') if length == 1 => plain_digits(bytes, from + 2, MOST) >= 6,
        Some(b' ' | b'\t' | b'-') => {
            let first = bytes.get(from).copied().unwrap_or(0);
            // The first part of a parted number, or a whole number behind which a mark stands.
            length >= 10 || matches!((length, first), (3, b'1' | b'0') | (4, b'6' | b'0') | (6 | 7, _))
        }
        Some(b'%') => {
            let next = bytes.get(from + length + 1);
            length >= 10 || matches!(next, Some(b'2' | b'3' | b'C' | b'c' | b'E' | b'e'))
        }
        // Between these a number may go on.
        Some(b'&' | b'\\' | b'<' | b'x' | b'X' | 0xC2 | 0xE2 | 0xE3 | 0xEF) => true,
        Some(b'a'..=b'z' | b'A'..=b'Z') => false,
        _ => length >= 10,
    }
}
