//! Turns the bytes of a source file into text, or says in which encoding they seem to be.
//!
//! In: bytes. Out: UTF-8 text without byte-order mark and with `\n` line ends, so that lines and columns are the
//! same on every system; or the encoding the bytes look like, with the place of the first wrong one.
//!
//! Not here: conversion. A file in GBK is refused with a hint, since a wrong guess would publish wrong names.

use encoding_rs::GB18030;

use crate::diagnostic::{Code, FileId, Findings, Message, Place, Position};
use crate::source::disguise;

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
    /// The same, with tabs between columns: what Excel calls Unicode text.
    Utf16Table,
    /// UTF-8 that was cut or overwritten at some byte.
    DamagedUtf8,
    /// A workbook of a spreadsheet program.
    Workbook,
    /// A document of a word processor.
    Document,
    /// A packed file.
    Archive,
    /// A PDF.
    Pdf,
    /// A picture.
    Picture,
    /// Something else that is no text.
    Binary,
}

/// Decodes the bytes of a text file.
pub fn decode(bytes: Vec<u8>) -> Decoded {
    let start = Position { line: 1, column: 1 };
    if let Some(seems) = disguise::of_bytes(&bytes) {
        return not_text(seems, start, None);
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) || reads_as_utf16(&bytes) {
        return not_text(utf16(&bytes), start, None);
    }
    match String::from_utf8(bytes) {
        Ok(text) if looks_like_utf16(text.as_bytes()) => not_text(utf16(text.as_bytes()), start, None),
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
        Seems::Utf16Table => (
            "文件是 UTF-16 编码、用制表符分列的表格（Excel 的“Unicode 文本”），不是 UTF-8",
            "the file is a table in UTF-16 with tabs between its columns (Excel's Unicode text), not UTF-8",
        ),
        Seems::Workbook => (
            "这是 Excel、WPS 一类的工作簿，不是文本，多半只改了扩展名",
            "this is a workbook of a spreadsheet program and no text; it was probably only renamed",
        ),
        Seems::Document => (
            "这是 Word、WPS 一类的文档，不是文本，多半只改了扩展名",
            "this is a document of a word processor and no text; it was probably only renamed",
        ),
        Seems::Archive => ("这是压缩包，不是文本", "this is a packed file and no text"),
        Seems::Pdf => ("这是 PDF，不是文本", "this is a PDF and no text"),
        Seems::Picture => ("这是图片，不是文本", "this is a picture and no text"),
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
        Seems::Workbook | Seems::Utf16Table => disguise::as_csv(),
        Seems::Document => Message::new(
            "请把正文复制到新建的文本文件里，存为 UTF-8，文章以 .md 结尾；原文要供下载的放进 assets/。",
            "Copy the words into a new text file, save it as UTF-8, an article as .md; put what is to be downloaded into assets/.",
        ),
        Seems::Archive | Seems::Pdf | Seems::Picture | Seems::Binary => Message::new(
            "图片、附件请放进 assets/；表格请另存为 CSV UTF-8。",
            "Put pictures and attachments into assets/; save spreadsheets as CSV UTF-8.",
        ),
    };
    findings.add(ENCODING, Place::At(file, at), message).hint(hint);
}

fn not_text(seems: Seems, at: Position, sample: Option<String>) -> Decoded {
    Decoded::NotText { seems, at, sample }
}

fn utf16(bytes: &[u8]) -> Seems {
    // A tab before the first line end, in either order of bytes.
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or(bytes);
    let has_tab = line.windows(2).any(|pair| pair == [b'\t', 0] || pair == [0, b'\t']);
    if has_tab { Seems::Utf16Table } else { Seems::Utf16 }
}

/// UTF-16 of Chinese words without a mark: a text of a line or more that holds a zero byte and reads as Chinese and ASCII.
fn reads_as_utf16(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(1024) & !1).unwrap_or(bytes);
    let reads = |encoding: &'static encoding_rs::Encoding| {
        let text = encoding.decode_without_bom_handling(head).0;
        let fits = |c: &char| matches!(c, '\t' | '\r' | '\n' | ' '..='~') || is_chinese(c);
        text.contains('\n') && text.chars().filter(fits).count() * 20 >= text.chars().count() * 19
    };
    head.contains(&0) && [encoding_rs::UTF_16LE, encoding_rs::UTF_16BE].into_iter().any(reads)
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
        return not_text(utf16(bytes), position_of(bytes, valid), None);
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
    wide().filter(is_chinese).count() * 10 >= wide().count() * 8
}

fn is_chinese(c: &char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}' | '\u{2010}'..='\u{2026}')
}
