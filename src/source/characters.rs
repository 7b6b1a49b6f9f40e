//! Finds characters that make a text read otherwise than it is: direction controls, invisible ones, lost ones.
//!
//! In: text of a source file, or of one value whose escapes were resolved. Out: findings with positions, at
//! most [`MOST`] a text.
//!
//! Not here: encodings (`encoding`) and the privacy rules (`check`).

use crate::diagnostic::{Code, FileId, Findings, Message, Place, Position};

/// A character that turns the direction of writing: what is shown is not what is stored.
pub const DIRECTION: Code = Code("E-CHAR-BIDI");
/// A control character, NUL among them.
pub const CONTROL: Code = Code("E-CHAR-CONTROL");
/// A character of no width.
pub const INVISIBLE: Code = Code("W-CHAR-INVISIBLE");
/// U+FFFD: an earlier program could not read a character and wrote this instead.
pub const LOST: Code = Code("W-CHAR-LOST");

/// Findings of this kind reported for one text.
const MOST: usize = 20;

/// Where the text stands.
#[derive(Clone, Copy)]
pub(super) enum Where {
    /// It is a whole file.
    WholeFile,
    /// It is a value whose source begins there.
    Inside(Position),
}

/// Reports the suspicious characters of a text.
pub(super) fn report(file: FileId, text: &str, at: Where, findings: &mut Findings) {
    if text.as_bytes().chunks(256).any(may_be_suspicious) {
        for (code, position, character) in suspicious(text).take(MOST) {
            let position = match at {
                Where::WholeFile => position,
                Where::Inside(position) => position,
            };
            add(code, Place::At(file, position), character, findings);
        }
    }
}

/// A quick sieve: lead bytes of the characters looked for, and control bytes. Written so that it vectorizes.
fn may_be_suspicious(bytes: &[u8]) -> bool {
    bytes.iter().fold(0_u8, |any, byte| {
        let byte = *byte;
        let control = byte < 0x20 && byte != b'\n' && byte != b'\t';
        any | u8::from(control | (byte == 0x7f) | (byte == 0xC2) | (byte == 0xE2) | (byte == 0xEF))
    }) != 0
}

fn suspicious(text: &str) -> impl Iterator<Item = (Code, Position, char)> {
    text.split('\n').zip(1..).flat_map(|(line, number)| {
        let found = line.as_bytes().chunks(256).any(may_be_suspicious);
        let line = if found { line } else { "" };
        line.chars().zip(1..).filter_map(move |(character, column)| {
            Some((code_of(character)?, Position { line: number, column }, character))
        })
    })
}

fn code_of(character: char) -> Option<Code> {
    match character {
        '\n' | '\t' | '\r' => None,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some(DIRECTION),
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => Some(CONTROL),
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{2060}'..='\u{2064}'
        | '\u{feff}' => Some(INVISIBLE),
        '\u{fffd}' => Some(LOST),
        _ => None,
    }
}

fn add(code: Code, place: Place, character: char, findings: &mut Findings) {
    let number = u32::from(character);
    let (zh, en) = match code {
        DIRECTION => ("改变文字方向的控制符", "a control that turns the direction of writing"),
        CONTROL => ("控制字符", "a control character"),
        LOST => (
            "替换符 �（原来的字在某次转码时已经丢失）",
            "the replacement mark � (a character was lost in an earlier conversion)",
        ),
        _ => ("看不见的字符", "an invisible character"),
    };
    let hint = if code == LOST {
        Message::new("请找到原文，补上丢失的字。", "Look up the original and put the lost character back.")
    } else {
        Message::new("请删去它，或者重新键入这一段文字。", "Delete it, or type this stretch of text anew.")
    };
    findings
        .add(
            code,
            place,
            Message::new(format!("这里有{zh} U+{number:04X}"), format!("here stands {en}, U+{number:04X}")),
        )
        .hint(hint);
}
