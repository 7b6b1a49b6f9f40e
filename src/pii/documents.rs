//! Who wrote a document, as office programs note it, and documents that cannot be looked into.
//!
//! In: the bytes of a file, or of one file inside a packed one. Out: the names under author, last editor and manager in OOXML,
//! OpenDocument and PDF; and the reason why a file's text cannot be searched. Names of offices and of programs are no persons.
//!
//! Not here: unpacking (`unpack`).

use super::content::{hexadecimal, literal};

/// Elements of OOXML and OpenDocument that name persons.
const ELEMENTS: [&str; 6] =
    ["dc:creator", "cp:lastModifiedBy", "meta:initial-creator", "meta:printed-by", "Manager", "cp:manager"];

/// The names of persons that a document notes.
pub fn authors(bytes: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    if bytes.starts_with(b"%PDF") {
        pdf_authors(bytes, &mut names);
    } else if is_properties(bytes) {
        let text = String::from_utf8_lossy(bytes);
        for element in ELEMENTS {
            let open = format!("<{element}>");
            names.extend(
                text.split(&open).skip(1).filter_map(|rest| rest.split('<').next()).map(str::to_string),
            );
        }
    }
    names.retain(|name| is_person(name));
    names.sort();
    names.dedup();
    names
}

/// Bytes of a string of PDF that are read for a name.
const LONGEST_NAME: usize = 1024;

/// The parts of OOXML and OpenDocument that hold properties, by what they begin with.
fn is_properties(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or(&[]);
    ["coreProperties", "extended-properties", "office:document-meta"]
        .iter()
        .any(|mark| head.windows(mark.len()).any(|part| part == mark.as_bytes()))
}

/// `/Author (…)` or `/Author <FEFF…>`.
fn pdf_authors(bytes: &[u8], names: &mut Vec<String>) {
    let mut rest = bytes;
    while let Some(at) = rest.windows(7).position(|part| part == b"/Author") {
        rest = rest.get(at + 7..).unwrap_or(&[]).trim_ascii_start();
        let value = rest.get(..rest.len().min(LONGEST_NAME)).unwrap_or(rest);
        let mut string = Vec::new();
        match rest.first() {
            Some(b'(') => literal(value, &mut string),
            Some(b'<') => hexadecimal(value, &mut string),
            _ => continue,
        };
        names.push(decoded(&string));
    }
}

/// A string of PDF: UTF-16 with a mark, else UTF-8 or Latin.
fn decoded(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units: Vec<u16> =
                rest.as_chunks::<2>().0.iter().map(|unit| u16::from_be_bytes(*unit)).collect();
            String::from_utf16_lossy(&units)
        }
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// Words in the names of offices and organisations.
const OFFICES: [&str; 18] = [
    "局",
    "委",
    "办公室",
    "中心",
    "公司",
    "政府",
    "学院",
    "大学",
    "研究",
    "协会",
    "学会",
    "医院",
    "科室",
    "部门",
    "集团",
    "所",
    "处",
    "组织",
];

/// Names that programs write where they know no other.
const PROGRAMS: [&str; 20] = [
    "administrator",
    "admin",
    "user",
    "users",
    "windows 用户",
    "微软用户",
    "微软中国",
    "microsoft",
    "microsoft office user",
    "microsoft office 用户",
    "office",
    "wps",
    "wps office",
    "kingsoft",
    "openpyxl",
    "python-docx",
    "libreoffice",
    "apache poi",
    "unknown",
    "picasa",
];

/// Whether a text seems to name a person.
pub(super) fn is_person(name: &str) -> bool {
    let name = name.trim().trim_matches('\0');
    let lower = name.to_lowercase();
    !name.is_empty()
        && name.chars().any(char::is_alphabetic)
        && !name.contains(['*', '＊'])
        && !OFFICES.iter().any(|word| name.contains(word))
        && !PROGRAMS.contains(&lower.as_str())
}

/// Why the text of a file cannot be searched, in both languages; none when it can, or has none.
pub fn opaque(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    match bytes {
        [b'7', b'z', 0xBC, 0xAF, 0x27, 0x1C, ..] => Some(("7z 压缩包", "a 7z archive")),
        [b'R', b'a', b'r', b'!', 0x1A, 7, ..] => Some(("rar 压缩包", "a RAR archive")),
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, ..] => Some(("bz2 压缩包", "a bzip2 file")),
        [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => Some(("xz 压缩包", "an xz file")),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(("zst 压缩包", "a Zstandard file")),
        [b'P', b'K', 3, 4, ..] => zip(bytes),
        [b'%', b'P', b'D', b'F', ..] => {
            let has = |name: &[u8]| bytes.windows(name.len()).any(|part| part == name);
            if has(b"/Encrypt ") {
                return Some(("加密的 PDF", "an encrypted PDF"));
            }
            // Numbers of glyphs stand there instead of characters, as most programs print Chinese.
            has(b"/Identity-H")
                .then_some(("按字形编码的 PDF", "a PDF that writes glyphs instead of characters"))
        }
        [0xD0, 0xCF, 0x11, 0xE0, ..] => {
            let wanted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
            let encrypted = bytes.windows(wanted.len()).any(|part| part == wanted);
            encrypted.then_some(("加密的文档", "an encrypted document"))
        }
        _ => None,
    }
}

/// Members that are encrypted, or packed in another way than deflate.
fn zip(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let mut rest = bytes;
    while let Some(at) = rest.windows(4).position(|part| part == b"PK\x01\x02") {
        rest = rest.get(at..).unwrap_or(&[]);
        let short = |at: usize| {
            rest.get(at..)
                .and_then(|rest| rest.first_chunk::<2>())
                .map_or(0, |short| u16::from_le_bytes(*short))
        };
        if short(8) & 1 == 1 {
            return Some(("加密的压缩包", "an encrypted archive"));
        }
        if !matches!(short(10), 0 | 8) {
            return Some(("用少见方法压缩的压缩包", "an archive packed in an unusual way"));
        }
        rest = rest.get(4..).unwrap_or(&[]);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authors_of_office_files_are_found_and_offices_are_none() {
        let core = |creator: &str, editor: &str| {
            format!(
                "<?xml version=\"1.0\"?><cp:coreProperties xmlns:cp=\"a\"><dc:creator>{creator}</dc:creator>\
                 <cp:lastModifiedBy>{editor}</cp:lastModifiedBy></cp:coreProperties>"
            )
        };
        assert_eq!(authors(core("张示例", "李样本").as_bytes()), ["张示例", "李样本"]);
        assert_eq!(authors(core("zhangsl", "zhangsl").as_bytes()), ["zhangsl"]);
        for silent in ["", "Administrator", "示例市市场监督管理局", "Windows 用户", "WPS Office", "张**"]
        {
            assert_eq!(authors(core(silent, silent).as_bytes()), [""; 0], "{silent}");
        }
        assert_eq!(authors("<w:document><dc:creator>张示例</dc:creator>".as_bytes()), [""; 0]);
        let odf = "<office:document-meta><meta:initial-creator>张示例</meta:initial-creator>";
        assert_eq!(authors(odf.as_bytes()), ["张示例"]);
    }

    #[test]
    fn authors_of_pdfs_are_found_in_both_forms_of_string() {
        let hex: String = "张示例".encode_utf16().map(|unit| format!("{unit:04X}")).collect();
        assert_eq!(authors(format!("%PDF-1.7 /Author <FEFF{hex}> ").as_bytes()), ["张示例"]);
        assert_eq!(authors(b"%PDF-1.7 /Author (Li \\(Yangben\\)) /Title (a)"), ["Li (Yangben)"]);
        assert_eq!(authors(b"%PDF-1.7 /Author () /Author 12 0 R"), [""; 0]);
    }

    #[test]
    fn files_that_cannot_be_looked_into_are_named() {
        let mut zip = b"PK\x03\x04....PK\x01\x02".to_vec();
        zip.extend([0, 0, 0, 0, 1, 0, 8, 0]);
        assert_eq!(opaque(&zip).map(|(zh, _)| zh), Some("加密的压缩包"));
        for (bytes, is_opaque) in [
            (b"7z\xBC\xAF\x27\x1C".as_slice(), true),
            (b"Rar!\x1A\x07\x01", true),
            (b"BZh91AY&SY", true),
            (b"%PDF-1.7 /Encrypt 5 0 R", true),
            (b"%PDF-1.7 /Title (Encrypt)", false),
            (b"%PDF-1.7 /Subtype /Type0 /Encoding /Identity-H", true),
            (b"PK\x03\x04....PK\x01\x02\0\0\0\0\0\0\x08\0", false),
            (b"PK\x03\x04....PK\x01\x02\0\0\0\0\0\0\x0e\0", true),
            (b"\xFF\xD8\xFF", false),
            (b"plain", false),
        ] {
            assert_eq!(opaque(bytes).is_some(), is_opaque, "{bytes:?}");
        }
    }
}
