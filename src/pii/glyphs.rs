//! Digits as they are written: plain, full-width, as character references of HTML, as escapes of JSON and YAML, with
//! blanks, hyphens, dots, characters of no width or inline tags between them.
//!
//! In: bytes and a place. Out: where the next row of digits begins, and the row itself with the places at which it is
//! parted. One token is read at a time; nothing is decoded ahead.
//!
//! Not here: what the digits mean (`numbers`).

/// One written character, as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// A digit, or the `X` of an identity number, as ASCII.
    Digit(u8),
    /// A blank or a hyphen.
    Mark,
    /// A point or a dot at half height: it parts a mobile number into 3, 4 and 4 digits, and nothing else.
    Dot,
    /// A character of no width.
    Nothing,
    /// An inline tag.
    Tag,
    /// A letter: what touches it is part of a longer word.
    Letter,
    /// Anything else.
    Other,
}

/// The most characters of a number: 0086 and a mobile number, or a bank card.
const MOST: usize = 20;

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

/// Bytes with which something begins that the search must look at: digits, full-width ones, references, escapes.
const STARTS: [bool; 256] = {
    let (mut starts, mut at) = ([false; 256], 0);
    while at < 256 {
        #[allow(clippy::indexing_slicing)] // Computed by the compiler: 256 places.
        {
            starts[at] = matches!(at as u8, b'0'..=b'9' | b'&' | b'\\' | 0xEF);
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
            let length = plain_digits(bytes, from);
            if may_be_number(bytes, from, length) {
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
            | u8::from(*byte == b'&')
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
        b'\\' => matches!(behind.first(), Some(b'u' | b'x')),
        _ => matches!(behind, [0xBC, 0x90..=0x99, ..]),
    }
}

fn plain_digits(bytes: &[u8], from: usize) -> usize {
    bytes.get(from..).map_or(0, |rest| rest.iter().take_while(|byte| byte.is_ascii_digit()).count())
}

/// A quick look at a row of plain digits: most are years, sizes, parts of codes.
#[inline]
fn may_be_number(bytes: &[u8], from: usize, length: usize) -> bool {
    match bytes.get(from + length) {
        Some(b'.') if length == 3 => matches!(bytes.get(from..from + 2), Some([b'1', b'3'..=b'9'])),
        Some(b' ' | b'-') => {
            let first = bytes.get(from).copied().unwrap_or(0);
            // The first part of a parted number, or a whole number behind which a mark stands.
            length >= 10 || matches!((length, first), (3, b'1' | b'0') | (4, b'6' | b'0') | (6 | 7, _))
        }
        // Between these a number may go on.
        Some(b'&' | b'\\' | b'<' | b'x' | b'X' | 0xC2 | 0xE2 | 0xE3 | 0xEF) => true,
        Some(b'a'..=b'z' | b'A'..=b'Z') => false,
        _ => length >= 10,
    }
}

/// Whether a letter or digit stands directly before a place.
pub fn is_touched_before(bytes: &[u8], start: usize) -> bool {
    let before = bytes.get(..start).unwrap_or(&[]);
    match before {
        // The escapes of a line end, a tab and the like are no letters; neither is what they end with.
        [.., b'\\', b'n' | b'r' | b't' | b'b' | b'f'] => false,
        [.., b'\\', b'u', a, b, c, d] if [a, b, c, d].iter().all(|byte| byte.is_ascii_hexdigit()) => {
            matches!(token(bytes, start - 6).0, Glyph::Digit(_) | Glyph::Letter)
        }
        [.., last] if last.is_ascii_alphanumeric() => true,
        [.., a, b, c] if *a == 0xEF => matches!(token(&[*a, *b, *c], 0).0, Glyph::Digit(_) | Glyph::Letter),
        _ => false,
    }
}

/// Whether `+` stands before a place.
pub fn follows_plus(bytes: &[u8], start: usize) -> bool {
    bytes.get(..start).is_some_and(|before| before.ends_with(b"+") || before.ends_with("＋".as_bytes()))
}

/// Whether the row is part of a decimal number or an amount: `119.13800000001`, `13800000001.50`, 13800000001元.
/// One digit and a point before it is the number of an item.
pub fn is_decimal(bytes: &[u8], run: &Run) -> bool {
    let whole = bytes
        .get(..run.start)
        .and_then(|before| before.strip_suffix(b"."))
        .map_or(0, |before| before.iter().rev().take_while(|byte| byte.is_ascii_digit()).count());
    let zero = bytes.get(..run.start).is_some_and(|before| before.ends_with(b"0."));
    let rest = bytes.get(run.first_end..).unwrap_or(&[]);
    let decimals = rest.strip_prefix(b".").map_or(0, |rest| plain_digits(rest, 0));
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
        let mut run = Run {
            start,
            first_end: start + 1,
            characters: [0; MOST],
            ends: [0; MOST],
            marks: 0,
            dots: 0,
            seams: 0,
            count: 0,
            is_touched: false,
        };
        let (mut at, mut mark, mut seam, mut unbroken) = (start, false, false, true);
        loop {
            let (glyph, end) = token(bytes, at);
            match glyph {
                Glyph::Digit(character) if !(character == b'X' && run.count != 17) => {
                    if run.count == MOST {
                        run.is_touched = !mark && !seam;
                        break;
                    }
                    run.push(character, end, mark, seam);
                    (mark, seam) = (false, false);
                }
                Glyph::Mark if !mark && run.count < MOST => mark = true,
                Glyph::Dot if !mark && run.may_be_dotted() => {
                    mark = true;
                    run.dots |= 1 << run.count;
                }
                Glyph::Tag => seam = true,
                Glyph::Nothing => {}
                Glyph::Digit(_) | Glyph::Letter => {
                    run.is_touched = !mark && !seam;
                    break;
                }
                Glyph::Mark | Glyph::Dot | Glyph::Other => break,
            }
            unbroken &= !mark && !seam;
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

/// The character written at a place, and the byte behind it.
#[inline]
fn token(bytes: &[u8], at: usize) -> (Glyph, usize) {
    let Some(first) = bytes.get(at).copied() else { return (Glyph::Other, at) };
    match first {
        b'0'..=b'9' => (Glyph::Digit(first), at + 1),
        b' ' | b'-' => (Glyph::Mark, at + 1),
        b'.' => (Glyph::Dot, at + 1),
        b'x' | b'X' => (Glyph::Digit(b'X'), at + 1),
        b'a'..=b'z' | b'A'..=b'Z' => (Glyph::Letter, at + 1),
        b'&' => reference(bytes, at).unwrap_or((Glyph::Other, at + 1)),
        b'\\' => escape(bytes, at).unwrap_or((Glyph::Other, at + 1)),
        b'<' => inline_tag(bytes, at).unwrap_or((Glyph::Other, at + 1)),
        0xC2 | 0xE2 | 0xE3 | 0xEF => wide(bytes, at),
        _ => (Glyph::Other, at + 1),
    }
}

fn wide(bytes: &[u8], at: usize) -> (Glyph, usize) {
    let length = if bytes.get(at) == Some(&0xC2) { 2 } else { 3 };
    let text = bytes.get(at..at + length).and_then(|bytes| std::str::from_utf8(bytes).ok());
    text.and_then(|text| text.chars().next())
        .map_or((Glyph::Other, at + 1), |character| (glyph(character), at + length))
}

/// Whether a character is a digit, plain or full-width.
pub fn is_digit(character: char) -> bool {
    matches!(glyph(character), Glyph::Digit(b'0'..=b'9'))
}

/// What a character is.
fn glyph(character: char) -> Glyph {
    match character {
        '0'..='9' => Glyph::Digit(character as u8),
        '０'..='９' => Glyph::Digit((u32::from(character) - u32::from('０')) as u8 + b'0'),
        'X' | 'x' | 'Ｘ' | 'ｘ' => Glyph::Digit(b'X'),
        'A'..='Z' | 'a'..='z' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => Glyph::Letter,
        ' ' | '-' | '\u{a0}' | '\u{3000}' | '－' | '\u{2000}'..='\u{200a}' | '\u{202f}' => Glyph::Mark,
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Glyph::Mark,
        '.' | '．' | '·' | '•' | '‧' | '∙' | '・' => Glyph::Dot,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => Glyph::Nothing,
        _ => Glyph::Other,
    }
}

/// `&#49;`, `&#x31;`, and the few names that stand for a blank or for nothing.
fn reference(bytes: &[u8], at: usize) -> Option<(Glyph, usize)> {
    let body = bytes.get(at + 1..bytes.len().min(at + 12))?;
    let length = body.iter().position(|byte| *byte == b';')?;
    let name = std::str::from_utf8(body.get(..length)?).ok()?;
    let number = match name.strip_prefix('#') {
        Some(digits) => match digits.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => digits.parse().ok()?,
        },
        None => match name {
            "nbsp" | "ensp" | "emsp" | "thinsp" => u32::from(' '),
            "middot" | "bull" => 0xB7,
            "shy" | "zwnj" | "zwj" => 0xAD,
            _ => return None,
        },
    };
    Some((glyph(char::from_u32(number)?), at + length + 2))
}

/// `\u0031` and `\x31`.
fn escape(bytes: &[u8], at: usize) -> Option<(Glyph, usize)> {
    let length = match bytes.get(at + 1)? {
        b'u' => 4,
        b'x' => 2,
        _ => return None,
    };
    let digits = std::str::from_utf8(bytes.get(at + 2..at + 2 + length)?).ok()?;
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let number = u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)?;
    Some((char::from_u32(number).map_or(Glyph::Other, glyph), at + 2 + length))
}

/// Tags that do not part the text around them.
const INLINE: [&[u8]; 17] = [
    b"a", b"b", b"i", b"u", b"s", b"em", b"del", b"ins", b"wbr", b"sub", b"sup", b"kbd", b"code", b"span",
    b"mark", b"small", b"strong",
];

fn inline_tag(bytes: &[u8], at: usize) -> Option<(Glyph, usize)> {
    let rest = bytes.get(at + 1..bytes.len().min(at + 200))?;
    let name = rest.strip_prefix(b"/").unwrap_or(rest);
    let length = name.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let is_inline = INLINE.contains(&name.get(..length)?);
    let end = is_inline.then(|| rest.iter().position(|byte| *byte == b'>'))??;
    Some((Glyph::Tag, at + 1 + end + 1))
}
