//! What a content stream of a PDF shows: the strings of its text operators, joined as they are read on the page.
//!
//! In: an unpacked stream. Out: the text, in the bytes of its font, with a line end wherever the pen is set down elsewhere; nothing
//! for a stream that shows no text. One pass: no byte is read twice.
//!
//! Source: ISO 32000-1, 7.3.4 (strings) and 9.4 (text). Not here: fonts that number their characters otherwise, and the file around
//! the streams (`unpack`).

use memchr::memmem;

/// Thousandths of the size of the type by which a pen must move on to leave a gap that looks like a blank.
const BLANK: f32 = 180.0;

/// The text that a content stream shows.
pub fn shown(stream: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    if memmem::find(stream, b"Tj").is_none() && memmem::find(stream, b"TJ").is_none() {
        return text;
    }
    let (mut at, mut strings, mut in_array) = (0, Vec::new(), false);
    // The last two numbers, by which `Td` moves the pen.
    let mut numbers = [0.0f32; 2];
    while let Some(first) = stream.get(at) {
        let rest = stream.get(at..).unwrap_or(&[]);
        at += match first {
            b'(' => literal(rest, &mut strings),
            b'<' if rest.starts_with(b"<<") => 2,
            b'<' => hexadecimal(rest, &mut strings),
            b'%' => rest.iter().take_while(|byte| !matches!(byte, b'\r' | b'\n')).count(),
            b'/' => 1 + word(rest.get(1..).unwrap_or(&[])).len(),
            b'[' | b']' => {
                in_array = *first == b'[';
                1
            }
            _ => {
                let word = word(rest);
                match number(word) {
                    Some(number) => {
                        if in_array && number < -BLANK {
                            strings.push(b' ');
                        }
                        numbers = [numbers[1], number];
                    }
                    None if !word.is_empty() => {
                        operate(word, &mut strings, numbers, &mut text);
                        // The bytes of a picture in the line may be anything.
                        if word == b"ID" {
                            at += memmem::find(rest, b"EI").unwrap_or(rest.len());
                        }
                    }
                    None => {}
                }
                word.len().max(1)
            }
        };
    }
    text
}

fn operate(operator: &[u8], strings: &mut Vec<u8>, [_, down]: [f32; 2], text: &mut Vec<u8>) {
    match operator {
        b"Tj" | b"TJ" => text.append(strings),
        b"'" | b"\"" => {
            text.push(b'\n');
            text.append(strings);
        }
        b"Td" | b"TD" if down == 0.0 => text.push(b' '),
        b"Td" | b"TD" | b"T*" | b"Tm" | b"BT" | b"ET" => text.push(b'\n'),
        _ => {}
    }
    strings.clear();
}

/// The regular characters at the beginning: an operator or a number.
fn word(bytes: &[u8]) -> &[u8] {
    let is_regular = |byte: &&u8| {
        !matches!(byte, 0 | b'\t' | b'\n' | 0x0C | b'\r' | b' ') && !b"()<>[]{}/%".contains(byte)
    };
    bytes.get(..bytes.iter().take_while(is_regular).count()).unwrap_or(&[])
}

fn number(word: &[u8]) -> Option<f32> {
    let is_number = word.first().is_some_and(|first| first.is_ascii_digit() || b"+-.".contains(first));
    is_number.then(|| std::str::from_utf8(word).ok()?.parse().ok())?
}

/// Reads `(…)`, with its escapes; returns how many bytes it takes.
pub fn literal(bytes: &[u8], to: &mut Vec<u8>) -> usize {
    let (mut at, mut depth) = (1, 1u32);
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'\\' => at += escaped(bytes.get(at..).unwrap_or(&[]), to),
            b')' if depth == 1 => break,
            _ => {
                depth = depth + u32::from(*byte == b'(') - u32::from(*byte == b')');
                to.push(*byte);
            }
        }
    }
    at
}

fn escaped(bytes: &[u8], to: &mut Vec<u8>) -> usize {
    let octal = bytes.iter().take(3).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
    match bytes.first() {
        Some(b'0'..=b'7') => {
            let digits = bytes.iter().take(octal);
            to.push(digits.fold(0u8, |code, digit| code.wrapping_mul(8).wrapping_add(digit - b'0')));
            octal
        }
        // A line that goes on in the next.
        Some(b'\r') if bytes.get(1) == Some(&b'\n') => 2,
        Some(b'\r' | b'\n') => 1,
        Some(b'n' | b'r' | b't' | b'b' | b'f') => {
            to.push(b' ');
            1
        }
        Some(other) => {
            to.push(*other);
            1
        }
        None => 0,
    }
}

/// Reads `<…>`; returns how many bytes it takes.
pub fn hexadecimal(bytes: &[u8], to: &mut Vec<u8>) -> usize {
    let body = bytes.iter().skip(1).take_while(|byte| **byte != b'>');
    let (mut length, mut high) = (1, None);
    for byte in body {
        length += 1;
        let Some(digit) = char::from(*byte).to_digit(16).map(|digit| digit as u8) else { continue };
        high = match high {
            Some(high) => {
                to.push(high << 4 | digit);
                None
            }
            None => Some(digit),
        };
    }
    to.extend(high.map(|high: u8| high << 4));
    length + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(stream: &str, expected: &str) {
        let text = String::from_utf8(shown(stream.as_bytes())).unwrap();
        let lines: Vec<&str> = text.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect();
        assert_eq!(lines.join("|"), expected, "{stream}");
    }

    #[test]
    fn strings_are_read_in_every_form_and_joined_as_they_are_seen() {
        check("BT /F1 12 Tf [(138)-1(0000)2(0001)] TJ ET", "13800000001");
        check("BT <3133383030303030303031> Tj ET", "13800000001");
        check("BT <31 33 3\n8 3> Tj ET", "1380");
        check("BT (\\061\\063\\070\\0600000001) Tj ET", "13800000001");
        check("BT (a\\(b\\)(c)\\\r\nd\\\\) Tj ET", "a(b)(c)d\\");
        check("[(Tel)-500(138)-250(0000)-250.5(0001)]TJ", "Tel 138 0000 0001");
        check("(138)Tj(00000001)Tj", "13800000001");
        check("(138) Tj 0 -14 Td (0) ' 1 1 (2) \" T* (3) Tj 1 0 0 1 5 5 Tm (4) Tj", "138|0|2|3|4");
        check("(138) Tj 20 0 Td (0000) Tj", "138 0000");
        check("<</MCID 0>> BDC (a) Tj % (b) Tj\n/Name(1) Do (c) Tj", "a|c".replace('|', "").as_str());
        check("BI /W 1 ID (((EI (a) Tj", "a");
        check("(no operator)", "");
        check("(never ends Tj", "");
        check("<31 Tj", "");
    }

    #[test]
    fn streams_of_millions_of_brackets_are_read_once() {
        for piece in ["(", "<", "[", "\\", ")", "ID ", "%", "(\\"] {
            let _ = shown(format!("(a) Tj {}", piece.repeat(1_000_000)).as_bytes());
        }
    }
}
