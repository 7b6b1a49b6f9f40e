//! Looks inside compressed files, so that a search of the output sees what a reader would see.
//!
//! In: bytes. Out: the bytes themselves, then those of each member of a ZIP (also .docx, .xlsx, .epub), of a
//! gzip file, and of each deflated stream of a PDF, members of members too; and whether that was all, since depth and size
//! are bounded. What cannot be unpacked is passed over, since it was looked at as it stands.

use std::io::{Cursor, Read};

use flate2::read::{MultiGzDecoder, ZlibDecoder};

use memchr::memmem;

use crate::pii::content::shown;
use crate::pii::images::texts;

/// Compressed files inside compressed files are opened this deep.
const DEPTH: u8 = 4;
/// No more than this is unpacked from one file in all.
const MOST_BYTES: u64 = 256 << 20;

/// What the packed files that can be opened begin with.
const ZIP: &[u8] = b"PK\x03\x04";
const GZIP: &[u8] = &[0x1f, 0x8b];
const PDF: &[u8] = b"%PDF";

/// How much of a file was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All of it, as far as it can be unpacked.
    Whole,
    /// Less: it unpacks to more than 256 MB, or is packed more than four times.
    Cut,
}

/// What may still be unpacked, and whether something was not.
struct Budget {
    left: u64,
    extent: Extent,
}

/// Shows `look` the bytes and everything unpacked from them; stops at the first answer that is `Some`.
pub fn search<T>(bytes: &[u8], look: &mut impl FnMut(&[u8]) -> Option<T>) -> Option<T> {
    inside(bytes, DEPTH, &mut Budget { left: MOST_BYTES, extent: Extent::Whole }, look)
}

/// Shows `look` the bytes and everything unpacked from them, and tells whether that was all.
pub fn show(bytes: &[u8], look: &mut impl FnMut(&[u8])) -> Extent {
    show_at_most(MOST_BYTES, bytes, look)
}

fn show_at_most(most: u64, bytes: &[u8], look: &mut impl FnMut(&[u8])) -> Extent {
    let mut budget = Budget { left: most, extent: Extent::Whole };
    let mut look = |seen: &[u8]| {
        look(seen);
        None::<()>
    };
    let _ = inside(bytes, DEPTH, &mut budget, &mut look);
    budget.extent
}

fn inside<T>(
    bytes: &[u8],
    depth: u8,
    budget: &mut Budget,
    look: &mut impl FnMut(&[u8]) -> Option<T>,
) -> Option<T> {
    if let Some(found) = look(bytes).or_else(|| other_readings(bytes, look)) {
        return Some(found);
    }
    if depth == 0 {
        if is_packed(bytes) {
            budget.extent = Extent::Cut;
        }
        return None;
    }
    if bytes.starts_with(ZIP) {
        return zip_members(bytes, depth, budget, look);
    }
    if bytes.starts_with(GZIP) {
        let unpacked = unpack(MultiGzDecoder::new(bytes), budget);
        return inside(&unpacked, depth - 1, budget, look);
    }
    if bytes.starts_with(PDF) {
        return pdf_streams(bytes, depth, budget, look);
    }
    None
}

fn is_packed(bytes: &[u8]) -> bool {
    [ZIP, GZIP, PDF].iter().any(|start| bytes.starts_with(start))
}

/// Shows the same text as a reader would see it: out of the notes of a picture, of UTF-16 and GB 18030, and without the tags that
/// word processors put inside words. Bytes that are no text read as nonsense and find nothing. One reading is kept at a time.
fn other_readings<T>(bytes: &[u8], look: &mut impl FnMut(&[u8]) -> Option<T>) -> Option<T> {
    let notes = texts(bytes);
    if let Some(found) = notes.iter().find_map(|text| look(text.as_bytes())) {
        return Some(found);
    }
    let (little, big) = (encoding_rs::UTF_16LE, encoding_rs::UTF_16BE);
    let encodings = match bytes {
        [0xFF, 0xFE, ..] => vec![(little, 2)],
        [0xFE, 0xFF, ..] => vec![(big, 2)],
        // The old files of office programs hold their text in UTF-16, at even places or at odd ones.
        [0xD0, 0xCF, 0x11, 0xE0, ..] => vec![(little, 0), (little, 1)],
        _ => Vec::new(),
    };
    let may_be_text =
        notes.is_empty() && encodings.is_empty() && !is_no_text(bytes) && !bytes.starts_with(b"PK");
    // Digits and line ends of UTF-16 have a zero byte, which no other text has.
    let is_wide = may_be_text && !bytes.starts_with(PDF) && bytes.contains(&0);
    let wide = is_wide.then_some([(little, 0), (big, 0)]).into_iter().flatten();
    let is_chinese = may_be_text && std::str::from_utf8(bytes).is_err();
    let chinese = is_chinese.then_some((encoding_rs::GB18030, 0));
    for (encoding, from) in encodings.into_iter().chain(wide).chain(chinese) {
        let text = encoding.decode_without_bom_handling(bytes.get(from..).unwrap_or(&[])).0;
        if let Some(found) = look(text.as_bytes()) {
            return Some(found);
        }
    }
    if bytes.trim_ascii_start().starts_with(b"<") { look(&without_tags(bytes)) } else { None }
}

/// Pictures, films and packed files: what text they hold is plain, or found when they are unpacked.
fn is_no_text(bytes: &[u8]) -> bool {
    let starts: [&[u8]; 5] = [b"\xFF\xD8\xFF", b"\x89PNG\r\n", b"GIF8", b"RIFF", b"\x1f\x8b"];
    starts.iter().any(|start| bytes.starts_with(start)) || bytes.get(4..8) == Some(b"ftyp")
}

/// Elements of HTML, OOXML, OpenDocument and SVG that stand apart from what is beside them: paragraphs, cells, rows.
const BLOCKS: [&[u8]; 17] = [
    b"p",
    b"c",
    b"v",
    b"tc",
    b"tr",
    b"td",
    b"th",
    b"li",
    b"br",
    b"si",
    b"row",
    b"div",
    b"text",
    b"title",
    b"desc",
    b"table-cell",
    b"table-row",
];

/// Markup without its tags; where one parts blocks, a line end stands.
fn without_tags(markup: &[u8]) -> Vec<u8> {
    let mut visible = Vec::with_capacity(markup.len() / 2);
    let mut rest = markup;
    while let Some(at) = rest.iter().position(|byte| *byte == b'<') {
        let (before, tag) = rest.split_at_checked(at).unwrap_or((rest, &[]));
        visible.extend_from_slice(before);
        let Some(end) = tag.iter().position(|byte| *byte == b'>') else { return visible };
        let name = tag.get(1..end).unwrap_or(&[]);
        let name = name.strip_prefix(b"/").unwrap_or(name);
        let length =
            name.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b":-".contains(byte)).count();
        let name = name.get(..length).unwrap_or(&[]);
        let local = name.rsplit(|byte| *byte == b':').next().unwrap_or(name);
        if BLOCKS.contains(&local) {
            visible.push(b'\n');
        }
        rest = tag.get(end + 1..).unwrap_or(&[]);
    }
    visible.extend_from_slice(rest);
    visible
}

fn zip_members<T>(
    bytes: &[u8],
    depth: u8,
    budget: &mut Budget,
    look: &mut impl FnMut(&[u8]) -> Option<T>,
) -> Option<T> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    for at in 0..archive.len() {
        let Ok(member) = archive.by_index(at) else { continue };
        let name = member.name().map_or(String::new(), |name| name.to_string());
        let unpacked = unpack(member, budget);
        if let Some(found) = look(name.as_bytes()).or_else(|| inside(&unpacked, depth - 1, budget, look)) {
            return Some(found);
        }
    }
    None
}

/// The streams of a PDF, deflated or as they stand, and the text that their operators show.
fn pdf_streams<T>(
    bytes: &[u8],
    depth: u8,
    budget: &mut Budget,
    look: &mut impl FnMut(&[u8]) -> Option<T>,
) -> Option<T> {
    let mut rest = bytes;
    while let Some(at) = memmem::find(rest, b"stream") {
        let is_end = rest.get(..at).is_some_and(|before| before.ends_with(b"end"));
        rest = rest.get(at + 6..).unwrap_or(&[]);
        if is_end {
            continue;
        }
        let start = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        rest = rest.get(start..).unwrap_or(&[]);
        let unpacked = unpack(ZlibDecoder::new(rest), budget);
        let found = if unpacked.is_empty() {
            let length = memmem::find(rest, b"endstream").unwrap_or(rest.len());
            let (stream, behind) = rest.split_at_checked(length).unwrap_or((rest, &[]));
            rest = behind.get(b"endstream".len()..).unwrap_or(&[]);
            pdf_text(stream, look)
        } else {
            inside(&unpacked, depth - 1, budget, look).or_else(|| pdf_text(&unpacked, look))
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

fn pdf_text<T>(stream: &[u8], look: &mut impl FnMut(&[u8]) -> Option<T>) -> Option<T> {
    let text = shown(stream);
    if text.is_empty() { None } else { look(&text).or_else(|| other_readings(&text, look)) }
}

/// As much as can be unpacked; a damaged end costs only itself.
fn unpack(packed: impl Read, budget: &mut Budget) -> Vec<u8> {
    let mut unpacked = Vec::new();
    let mut packed = packed.take(budget.left);
    let _ = packed.read_to_end(&mut unpacked);
    budget.left = budget.left.saturating_sub(unpacked.len() as u64);
    if budget.left == 0 && packed.into_inner().read(&mut [0]).is_ok_and(|more| more > 0) {
        budget.extent = Extent::Cut;
    }
    unpacked
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{GzEncoder, ZlibEncoder};

    use super::*;

    fn finds(bytes: &[u8]) -> bool {
        let wanted = "不得外传".as_bytes();
        search(bytes, &mut |seen| seen.windows(wanted.len()).any(|window| window == wanted).then_some(()))
            .is_some()
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    }

    fn zipped(bytes: &[u8]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn a_text_is_found_in_gzip_in_zip_and_in_both() {
        let text = "内部资料，不得外传".repeat(20);
        assert!(finds(&gzip(text.as_bytes())));
        assert!(finds(&zipped(text.as_bytes())));
        assert!(finds(&gzip(&zipped(text.as_bytes()))));
        assert!(!finds(&zipped(b"nothing of the kind")));
    }

    #[test]
    fn a_text_is_found_in_a_deflated_stream_of_a_pdf() {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
        packed.write_all("内部资料，不得外传".as_bytes()).unwrap();
        let mut pdf = b"%PDF-1.7\n1 0 obj<</Filter/FlateDecode>>stream\r\n".to_vec();
        pdf.extend(packed.finish().unwrap());
        pdf.extend(b"\nendstream endobj");
        assert!(finds(&pdf));
    }

    #[test]
    fn a_text_is_found_however_the_operators_of_a_pdf_write_it() {
        let text = "不得外传".as_bytes();
        let hex: String = text.iter().map(|byte| format!("{byte:02x}")).collect();
        let octal: String = text.iter().map(|byte| format!("\\{byte:03o}")).collect();
        let gbk: String =
            encoding_rs::GBK.encode("不得外传").0.iter().map(|byte| format!("{byte:02X}")).collect();
        for shown in [
            format!("<{hex}> Tj"),
            format!("({octal}) Tj"),
            format!("<{gbk}> Tj"),
            "[(不得)-20(外)<e4bca0>] TJ".into(),
        ] {
            let stream = format!("BT {shown} ET");
            let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
            packed.write_all(stream.as_bytes()).unwrap();
            for stream in [stream.as_bytes(), &packed.finish().unwrap()] {
                let file = [b"%PDF-1.7\n1 0 obj<<>>stream\n", stream, b"\nendstream endobj"].concat();
                assert!(finds(&file), "{shown}");
                let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
                packed.write_all(b"q Q").unwrap();
                for first in [b"q Q".as_slice(), &packed.finish().unwrap()] {
                    let first = [b"%PDF-1.7\n1 0 obj<<>>stream\n", first, b"\nendstream endobj "].concat();
                    assert!(finds(&[&first, &file[8..]].concat()), "{shown}");
                }
            }
        }
    }

    #[test]
    fn a_text_is_found_in_other_encodings_and_across_the_tags_of_a_word_processor() {
        assert!(finds(&encoding_rs::GB18030.encode("名单，不得外传").0));
        let units: Vec<u8> = "名单不得外传".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(finds(&[b"\xff\xfe".as_slice(), &units].concat()));
        assert!(finds(&zipped("<w:p><w:t>不得</w:t><w:t>外传</w:t></w:p>".as_bytes())));
    }

    #[test]
    fn cells_and_paragraphs_stay_apart_and_runs_of_one_paragraph_do_not() {
        for (markup, blocks) in [
            (r#"<row><c r="A1"><v>138</v></c><c><v>00000001</v></c></row>"#, &["138", "00000001"][..]),
            (r#"<w:p><w:r><w:t>138</w:t></w:r><w:r><w:t xml:space="a">0</w:t></w:r></w:p><w:p/>"#, &["1380"]),
            ("<td>1<b>2</b></td><td>3", &["12", "3"]),
            ("<a <b", &[]),
        ] {
            let visible = String::from_utf8(without_tags(markup.as_bytes())).unwrap();
            let found: Vec<&str> = visible.split('\n').filter(|block| !block.is_empty()).collect();
            assert_eq!(found, blocks);
        }
    }

    #[test]
    fn a_text_in_utf_16_without_a_mark_is_found() {
        for (text, wanted) in [("名单，不得外传", "不得外传"), ("tel 19900000001", "19900000001")]
        {
            let text = format!("{text}\r\n");
            for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
                let units: Vec<u8> = text.encode_utf16().flat_map(to_bytes).collect();
                for bytes in [units.clone(), zipped(&units)] {
                    let mut found = false;
                    let holds =
                        |seen: &[u8]| seen.windows(wanted.len()).any(|part| part == wanted.as_bytes());
                    assert_eq!(show(&bytes, &mut |seen| found |= holds(seen)), Extent::Whole);
                    assert!(found, "{text}");
                }
            }
        }
    }

    #[test]
    fn a_text_is_found_in_an_old_file_of_an_office_program() {
        for padding in [b"".as_slice(), b"x"] {
            let units: Vec<u8> = "名单，不得外传".encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert!(finds(&[b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", padding, &units].concat()));
        }
    }

    #[test]
    fn what_unpacks_to_more_than_the_limit_or_lies_too_deep_is_said_to_be_cut() {
        let packed = zipped(&gzip(&[b'0'; 100_000]));
        let inner = gzip(&[b'0'; 100_000]).len() as u64;
        let mut seen = 0;
        let mut at_most = |most| {
            seen = 0;
            let extent = show_at_most(most, &packed, &mut |bytes| seen = seen.max(bytes.len()));
            (extent, seen)
        };
        assert_eq!(at_most(100_000 + inner), (Extent::Whole, 100_000));
        assert_eq!(at_most(99_999 + inner), (Extent::Cut, 99_999));
        assert_eq!(at_most(inner).0, Extent::Cut);
        let deep = |times: u8| (0..times).fold(b"text".to_vec(), |bytes, _| gzip(&bytes));
        assert_eq!(show(&deep(DEPTH), &mut |_| ()), Extent::Whole);
        assert_eq!(show(&deep(DEPTH + 1), &mut |_| ()), Extent::Cut);
    }

    #[test]
    fn damaged_archives_end_the_search_and_nothing_else() {
        let packed = zipped("不得外传".repeat(50).as_bytes());
        for cut in [5, 20, packed.len() - 3] {
            let _ = finds(&packed[..cut]);
        }
        assert!(!finds(&[0x1f, 0x8b, 8, 0, 0, 0]));
    }
}
