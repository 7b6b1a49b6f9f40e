//! Characters as they are written: plain, full-width, as character references of HTML, as escapes of JSON, YAML and
//! addresses; and what may stand between digits: blanks, hyphens, dots, characters of no width, inline tags.
//!
//! In: bytes and a place. Out: the one character that is written there, and the byte behind it. Nothing is decoded ahead, and no
//! token is longer than 200 bytes.
//!
//! Not here: rows of digits (`runs`), and where they may begin (`starts`).

/// One written character, as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// A digit, or the `X` of an identity number, as ASCII.
    Digit(u8),
    /// A blank or a tab: a browser shows several of them as one.
    Blank,
    /// A hyphen.
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

/// Whether a letter or digit stands directly before a place.
pub fn is_touched_before(bytes: &[u8], start: usize) -> bool {
    let before = bytes.get(..start).unwrap_or(&[]);
    match before {
        // The escapes of a line end, a tab and the like are no letters; neither is what they end with.
        [.., b'\\', b'n' | b'r' | b't' | b'b' | b'f'] => false,
        [.., b'\\', b'u', a, b, c, d] if [a, b, c, d].iter().all(|byte| byte.is_ascii_hexdigit()) => {
            matches!(token(bytes, start - 6).0, Glyph::Digit(_) | Glyph::Letter)
        }
        [.., b'%', a, b] if [a, b].iter().all(|byte| byte.is_ascii_hexdigit()) => {
            matches!(token(bytes, start - 3).0, Glyph::Digit(_) | Glyph::Letter)
        }
        [.., last] if last.is_ascii_alphanumeric() => true,
        [.., a, b, c] if *a == 0xEF => matches!(token(&[*a, *b, *c], 0).0, Glyph::Digit(_) | Glyph::Letter),
        _ => false,
    }
}

/// The character written at a place, and the byte behind it.
#[inline]
pub fn token(bytes: &[u8], at: usize) -> (Glyph, usize) {
    let Some(first) = bytes.get(at).copied() else { return (Glyph::Other, at) };
    match first {
        b'0'..=b'9' => (Glyph::Digit(first), at + 1),
        b' ' | b'\t' => (Glyph::Blank, at + 1),
        b'-' => (Glyph::Mark, at + 1),
        b'.' => (Glyph::Dot, at + 1),
        b'x' | b'X' => (Glyph::Digit(b'X'), at + 1),
        b'a'..=b'z' | b'A'..=b'Z' => (Glyph::Letter, at + 1),
        b'&' => reference(bytes, at).unwrap_or((Glyph::Other, at + 1)),
        b'%' => percent(bytes, at).unwrap_or((Glyph::Other, at + 1)),
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
        ' ' | '\t' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => Glyph::Blank,
        '-' | '－' | '\u{2010}'..='\u{2015}' | '\u{2212}' => Glyph::Mark,
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
            "nbsp" | "ensp" | "emsp" | "thinsp" | "Tab" => u32::from(' '),
            "middot" | "bull" => 0xB7,
            "shy" | "zwnj" | "zwj" => 0xAD,
            _ => return None,
        },
    };
    Some((glyph(char::from_u32(number)?), at + length + 2))
}

/// `%31`, as addresses write any character; a wider one takes two or three of them.
fn percent(bytes: &[u8], at: usize) -> Option<(Glyph, usize)> {
    let byte = |nth: usize| -> Option<u8> {
        let [b'%', digits @ ..] = bytes.get(at + 3 * nth..at + 3 * nth + 3)? else { return None };
        let value = |digit: &u8| char::from(*digit).to_digit(16).map(|value| value as u8);
        Some(value(digits.first()?)? << 4 | value(digits.get(1)?)?)
    };
    let first = byte(0)?;
    let length = match first {
        0..0x80 => return Some((glyph(char::from(first)), at + 3)),
        0xC2 => 2,
        0xE2 | 0xE3 | 0xEF => 3,
        _ => return Some((Glyph::Other, at + 3)),
    };
    let encoded: Option<Vec<u8>> = (0..length).map(byte).collect();
    let text = encoded.and_then(|encoded| String::from_utf8(encoded).ok());
    Some(match text.and_then(|text| text.chars().next()) {
        Some(character) => (glyph(character), at + 3 * length),
        None => (Glyph::Other, at + 3),
    })
}

/// `\u0031`, `\x31`, and `\t`.
fn escape(bytes: &[u8], at: usize) -> Option<(Glyph, usize)> {
    let length = match bytes.get(at + 1)? {
        b'u' => 4,
        b'x' => 2,
        b't' => return Some((Glyph::Blank, at + 2)),
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
