//! Turns the bytes of a source file into text, or says in which encoding they seem to be.
//!
//! In: bytes. Out: UTF-8 text without byte-order mark and with `\n` line ends, so that lines and columns are the
//! same on every system; or the encoding the bytes look like, with the place of the first wrong one.
//!
//! Not here: conversion. A file in GBK is refused with a hint, since a wrong guess would publish wrong names.

use encoding_rs::GB18030;

use crate::diagnostic::{Code, FileId, Findings, Message, Place, Position};

/// The file is no UTF-8 text.
pub const ENCODING: Code = Code("E-ENCODING");

/// What the bytes of a file are.
#[derive(Debug, PartialEq, Eq)]
pub enum Decoded {
    /// Text, ready to be read.
    Utf8(String),
    /// Something else.
    NotText {
        /// What it looks like.
        seems: Seems,
        /// The first byte that is not UTF-8.
        at: Position,
        /// The line of that byte, read as what it seems to be.
        sample: Option<String>,
    },
}

/// What bytes that are not UTF-8 look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seems {
    /// GBK or GB18030, what Chinese Windows calls ANSI.
    Gbk,
    /// UTF-16, what Windows called Unicode.
    Utf16,
    /// UTF-8 that was cut or overwritten at some byte.
    DamagedUtf8,
    /// A picture, an archive, a program or a spreadsheet.
    Binary,
}

/// Decodes the bytes of a text file.
pub fn decode(bytes: Vec<u8>) -> Decoded {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return not_text(Seems::Utf16, Position { line: 1, column: 1 }, None);
    }
    match String::from_utf8(bytes) {
        Ok(text) if looks_like_utf16(text.as_bytes()) => {
            not_text(Seems::Utf16, Position { line: 1, column: 1 }, None)
        }
        Ok(text) => Decoded::Utf8(with_plain_line_ends(text)),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            not_utf8(error.as_bytes(), valid)
        }
    }
}

/// Reports a file that is no text.
pub(super) fn report(
    file: FileId,
    seems: Seems,
    at: Position,
    sample: Option<&str>,
    findings: &mut Findings,
) {
    let (zh, en) = match seems {
        Seems::Gbk => ("文件像是 GBK（ANSI）编码，不是 UTF-8", "the file seems to be GBK (ANSI), not UTF-8"),
        Seems::Utf16 => {
            ("文件像是 UTF-16（Unicode）编码，不是 UTF-8", "the file seems to be UTF-16 (Unicode), not UTF-8")
        }
        Seems::DamagedUtf8 => (
            "文件在这里不是合法的 UTF-8，可能被截断或损坏",
            "the file is not valid UTF-8 here; it may be cut or damaged",
        ),
        Seems::Binary => ("文件不是文本", "the file is no text"),
    };
    let read_as = |words: &str| sample.map_or(String::new(), |sample| format!("{words}{sample}"));
    let message = Message::new(
        format!("{zh}{}", read_as("；这一行应为：")),
        format!("{en}{}", read_as("; this line should read: ")),
    );
    let hint = match seems {
        Seems::Gbk | Seems::Utf16 => Message::new(
            "请用记事本打开，选“另存为”，编码选 UTF-8，再保存。",
            "Open it in an editor and save it with encoding UTF-8.",
        ),
        Seems::DamagedUtf8 => Message::new(
            "请重新取得这个文件，或在这里改回正确的文字后存为 UTF-8。",
            "Get the file again, or mend the text here and save it as UTF-8.",
        ),
        Seems::Binary => Message::new(
            "图片、附件请放进 assets/；表格请另存为 CSV UTF-8。",
            "Put pictures and attachments into assets/; save spreadsheets as CSV UTF-8.",
        ),
    };
    findings.add(ENCODING, Place::At(file, at), message).hint(hint);
}

fn not_text(seems: Seems, at: Position, sample: Option<String>) -> Decoded {
    Decoded::NotText { seems, at, sample }
}

/// UTF-16 without a mark: of the first bytes, every second one is NUL.
fn looks_like_utf16(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(64)).unwrap_or(bytes);
    let nul_at = |parity: usize| head.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    head.len() >= 8 && nul_at(0).abs_diff(nul_at(1)) * 4 > head.len()
}

fn with_plain_line_ends(text: String) -> String {
    let text = match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_string(),
        None => text,
    };
    if text.as_bytes().contains(&b'\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

fn not_utf8(bytes: &[u8], valid: usize) -> Decoded {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or(bytes);
    if looks_like_utf16(head) {
        return not_text(Seems::Utf16, position_of(bytes, valid), None);
    }
    if head.contains(&0) {
        return not_text(Seems::Binary, position_of(bytes, valid), None);
    }
    if is_mostly_utf8(bytes) {
        return not_text(Seems::DamagedUtf8, position_of(bytes, valid), None);
    }
    match GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) if is_mostly_chinese(&text) => {
            // Some pairs of GBK bytes are valid UTF-8, so the first wrong byte is the first that is not ASCII.
            let at = position_of(bytes, bytes.iter().take_while(|byte| byte.is_ascii()).count());
            let line = text.lines().nth(at.line as usize - 1).unwrap_or("").trim();
            not_text(Seems::Gbk, at, Some(line.chars().take(40).collect()))
        }
        _ => not_text(Seems::Binary, position_of(bytes, valid), None),
    }
}

/// The place of a byte that all before it, being UTF-8, lead to.
fn position_of(bytes: &[u8], offset: usize) -> Position {
    let sound = bytes.get(..offset).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("");
    Position {
        line: sound.matches('\n').count() as u32 + 1,
        column: sound.rsplit('\n').next().unwrap_or("").chars().count() as u32 + 1,
    }
}

/// True when the text holds more whole Chinese characters of UTF-8 than wrong bytes.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut wrong) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| *c >= '\u{800}').count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    whole > wrong
}

fn is_mostly_chinese(text: &str) -> bool {
    let wide = || text.chars().filter(|c| !c.is_ascii());
    let chinese = |c: &char| matches!(c, '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}' | '\u{2010}'..='\u{2026}');
    wide().filter(chinese).count() * 10 >= wide().count() * 8
}
