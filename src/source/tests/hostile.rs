//! Texts that were written to harm the reader: too deep, too many, too long, unreadable.

use std::time::{Duration, Instant};

use super::{lines_of, one_file, shown};
use crate::diagnostic::{FileId, Findings, Language, Place, Position};
use crate::source::characters::{self, Where};
use crate::source::{Decoded, Limits, Seems, decode, parse_yaml};

/// The first line said about a hostile text, which must be said quickly: an unoptimised build needs some
/// hundred milliseconds for the longest, a quadratic reader minutes.
#[track_caller]
fn check(text: &str, expected: &str) {
    let begun = Instant::now();
    let lines = lines_of(text, &Limits::default(), Language::En);
    assert_eq!(lines.lines().next().unwrap_or(""), expected);
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

#[test]
fn nesting_stops_at_the_limit_however_it_is_written() {
    let said = |place: &str| {
        format!(
            "ledger.yaml:{place}: error[E-LIMIT] the nesting of lists and mappings is over the limit of 64 (limits.depth)"
        )
    };
    check(&"[".repeat(1_000_000), &said("1:65"));
    check(&"{".repeat(100_000), &said("1:65"));
    check(&"{a: ".repeat(100_000), &said("1:257"));
    check(&"[{a: ".repeat(100_000), &said("1:161"));
    check(&"- ".repeat(100_000), &said("1:129"));
    assert!(lines_of(&"? ".repeat(100_000), &Limits::default(), Language::En).contains(&said("1:129")));
    let stairs: String = (0..2000).map(|n| " ".repeat(n) + "a:\n").collect();
    check(&stairs, &said("65:65"));
}

#[test]
fn long_and_unclosed_texts_cost_no_more_than_their_length() {
    check(&"\"".repeat(1_000_001), "ledger.yaml:1:3: error[E-YAML-SYNTAX] text follows the closing quote");
    check(&"'".repeat(1_000_001), "ledger.yaml:1:1: error[E-YAML-SYNTAX] the quote ' is not closed");
    check(
        &format!("a: \"{}", "x\n  ".repeat(500_000)),
        "ledger.yaml:1:4: error[E-YAML-SYNTAX] the quote \" is not closed",
    );
    check(
        &format!("a: [{}", "x,\n  ".repeat(200_000)),
        "ledger.yaml:1:4: error[E-YAML-SYNTAX] the bracket [ is not closed",
    );
    check(&format!("a: \"{}\"", "x".repeat(1 << 20)), "");
    check(
        &format!("a: \"{}\"", "x".repeat((1 << 20) + 1)),
        "ledger.yaml:1:4: error[E-LIMIT] the size of one value in bytes is over the limit of 1048576 (limits.scalar_bytes)",
    );
    check(&format!("a:{} b\n", " ".repeat(2_000_000)), "");
    check(&format!("a:\n{}  b: 1\n", "  # x\n".repeat(300_000)), "");
    check(
        &format!("{}: 1", "x".repeat(1_000_000)),
        "ledger.yaml:1:1000001: error[E-YAML-SYNTAX] no colon can stand here: the value above goes on",
    );
}

#[test]
fn aliases_cannot_grow_a_file_beyond_the_limits() {
    let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_string();
    for (name, of) in
        ["b", "c", "d", "e", "f", "g", "h", "i"].iter().zip(["a", "b", "c", "d", "e", "f", "g", "h"])
    {
        bomb += &format!("{name}: &{name} [{}]\n", vec![format!("*{of}"); 9].join(", "));
    }
    check(
        &bomb,
        "ledger.yaml:7:36: error[E-LIMIT] the number of keys, values and lists of one file, aliases expanded, is over the limit of 5000000 (limits.nodes)",
    );
    let many = format!("a: &a x\nb: [{}]\n", "*a, ".repeat(10_001));
    check(
        &many,
        "ledger.yaml:2:40005: error[E-LIMIT] the number of aliases (*name) is over the limit of 10000 (limits.aliases)",
    );
    let nested: String = (1..100).map(|n| format!("k{n}: &k{n} [*k{}]\n", n - 1)).collect();
    let nested = format!("k0: &k0 x\n{nested}");
    check(
        &nested,
        "ledger.yaml:65:12: error[E-LIMIT] the nesting of lists and mappings is over the limit of 64 (limits.depth)",
    );
}

#[test]
fn a_file_of_nothing_but_mistakes_is_given_up() {
    let lines = lines_of(&"a: 1\n".repeat(100_000), &Limits::default(), Language::En);
    assert_eq!(lines.matches("E-KEY-DUP").count(), 1000);
    let lines = lines_of(&"- !x y\n".repeat(100_000), &Limits::default(), Language::En);
    assert_eq!(lines.matches("E-YAML-TAG").count(), 1000);
    assert!(
        lines.contains("ledger.yaml:1000:6: error[E-LIMIT] this file has more than 1000 mistakes"),
        "{lines}"
    );
}

#[test]
fn a_broken_file_has_no_nodes_at_all() {
    for text in ["a: 1\nb: [", "a: 1\n---\nb: 2\n", &"[".repeat(100)] {
        let document = parse_yaml(FileId(0), text, &Limits::default(), &mut Findings::default());
        assert!(document.root().is_none() && document.is_broken() && document.is_empty(), "{text}");
    }
}

#[test]
fn a_limit_that_was_set_names_its_setting() {
    let limits = Limits { nodes: 3, ..Limits::default() };
    let said = lines_of("a: 1\nb: 2\n", &limits, Language::Zh);
    assert_eq!(
        said.trim(),
        "ledger.yaml:2:1: 错误[E-LIMIT] 一个文件里键、值、列表的总数（别名展开后）超过上限 3（limits.nodes）"
    );
    let limits = Limits { file_bytes: 5, ..Limits::default() };
    let said = lines_of("a: 1\nb: 2\n", &limits, Language::En);
    assert_eq!(
        said.trim(),
        "ledger.yaml: error[E-LIMIT] the size of the file in bytes is over the limit of 5 (limits.file_bytes)"
    );
}

#[test]
fn characters_that_deceive_are_named_at_their_place() {
    let mut findings = Findings::default();
    let text = "名称，: \u{202e}甲\n乙\u{200b}\u{feff}丙\u{ad}\n\u{0}\u{7}\u{85}\nx\u{fffd}\n好，“好”…\t。\n";
    characters::report(FileId(0), text, Where::WholeFile, &mut findings);
    assert_eq!(
        shown(&one_file(), &Limits::default(), findings, Language::En).trim(),
        "ledger.yaml:1:6: error[E-CHAR-BIDI] here stands a control that turns the direction of writing, U+202E
ledger.yaml:2:2: warning[W-CHAR-INVISIBLE] here stands an invisible character, U+200B
ledger.yaml:2:3: warning[W-CHAR-INVISIBLE] here stands an invisible character, U+FEFF
ledger.yaml:2:5: warning[W-CHAR-INVISIBLE] here stands an invisible character, U+00AD
ledger.yaml:3:1: error[E-CHAR-CONTROL] here stands a control character, U+0000
ledger.yaml:3:2: error[E-CHAR-CONTROL] here stands a control character, U+0007
ledger.yaml:3:3: error[E-CHAR-CONTROL] here stands a control character, U+0085
ledger.yaml:4:2: warning[W-CHAR-LOST] here stands the replacement mark � (a character was lost in an earlier conversion), U+FFFD"
    );
}

#[test]
fn files_in_other_encodings_are_recognised_and_never_converted() {
    let (gbk, _, _) = encoding_rs::GBK.encode("id: 1\nname: 示例食品有限公司\n");
    let utf16: Vec<u8> = "name: 示例".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let with_mark: Vec<u8> = [&[0xFF, 0xFE], utf16.as_slice()].concat();
    let mut cut = "甲: 乙\n名称: 丙".as_bytes().to_vec();
    cut.pop();
    let at = |line, column| Position { line, column };
    let seen = |bytes: &[u8]| match decode(bytes.to_vec()) {
        Decoded::Utf8(text) => panic!("{text}"),
        Decoded::NotText { seems, at, sample } => (seems, at, sample),
    };
    assert_eq!(seen(&gbk), (Seems::Gbk, at(2, 7), Some("name: 示例食品有限公司".to_string())));
    assert_eq!(seen(&with_mark), (Seems::Utf16, at(1, 1), None));
    assert_eq!(seen(&utf16).0, Seems::Utf16);
    assert_eq!(seen(&cut), (Seems::DamagedUtf8, at(2, 5), None));
    assert_eq!(seen(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").0, Seems::Picture);
    assert_eq!(seen(b"\x7FELF\x02\x01\xF1\0\0\0\0\0\xF0\0").0, Seems::Binary);
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_no_position() {
    assert_eq!(
        decode("\u{feff}a: 1\r\nb: 2\rc: 3\n".into()),
        Decoded::Utf8("a: 1\nb: 2\nc: 3\n".to_string())
    );
    let mut findings = Findings::default();
    let Decoded::Utf8(text) = decode("\u{feff}a: 1\r\na: 2\r\n".into()) else { panic!() };
    parse_yaml(FileId(0), &text, &Limits::default(), &mut findings);
    assert_eq!(findings.0[0].place, Place::At(FileId(0), Position { line: 2, column: 1 }));
}

#[test]
fn files_that_were_only_renamed_are_called_what_they_are() {
    let seen = |bytes: &[u8]| match decode(bytes.to_vec()) {
        Decoded::Utf8(text) => panic!("{text}"),
        Decoded::NotText { seems, at, .. } => (seems, at.line, at.column),
    };
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let old = |stream: &str| [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &wide(stream)].concat();
    let chinese = "# 示例区的食品生产经营主体\nenterprises:\n  - name: 示例区示例中央厨房有限公司\n";
    for (bytes, seems) in [
        (b"PK\x03\x04[Content_Types].xml..xl/workbook.xml".to_vec(), Seems::Workbook),
        (b"PK\x03\x04[Content_Types].xml..word/document.xml".to_vec(), Seems::Document),
        (b"PK\x03\x04a.txt".to_vec(), Seems::Archive),
        (old("Workbook"), Seems::Workbook),
        (old("WordDocument"), Seems::Document),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(), Seems::Pdf),
        (b"\xFF\xD8\xFF\xE0\0\x10JFIF".to_vec(), Seems::Picture),
        (wide("\u{feff}编号\t企业\nv-1\t甲\n"), Seems::Utf16Table),
        (wide("编号\t企业\nv-1\t甲\n"), Seems::Utf16Table),
        (wide(chinese), Seems::Utf16),
        (chinese.encode_utf16().flat_map(u16::to_be_bytes).collect(), Seems::Utf16),
    ] {
        assert_eq!(seen(&bytes), (seems, 1, 1));
    }
}
