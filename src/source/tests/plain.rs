//! The short way through plain ledgers against the library: whatever the short way accepts, the library reads alike.

use crate::diagnostic::{FileId, Findings};
use crate::source::document::Document;
use crate::source::limits::Limits;
use crate::source::{plain, yaml};

use super::edits::Numbers;

/// Values on their line: most are plain, some are not or would bring a finding.
const PLAIN: [&str; 23] = [
    "张示例",
    "2026-01-09",
    "0012",
    "no",
    "null",
    "-5",
    "\"99 01\"",
    "'单引'",
    "\"\"",
    "''",
    "[]",
    "{}",
    "[一, \"二\", {k: '三'}]",
    "[{cadre: yangli-0007, role: lead}, {a: b c, d: [1, 2]}]",
    "示范路1号 # 3",
    "a#b",
    "a:b",
    "http://x.example/a?b=c",
    "{a: 1,\n             b: [2,\n          3\n\n         ], c: \"d\"}",
    "样“食”安委〔2026〕1号",
    "·中点",
    "％＃：",
    "a, b]c",
];
const OTHER: [&str; 22] = [
    "~",
    "- 5",
    "'it''s'",
    "\"a\\nb\"",
    "{a: , b: 1}",
    "[a, ]",
    "[a: b]",
    "{a:1}",
    "{a}",
    "示范路1号 #3",
    "a: b",
    "*x",
    "&x y",
    "!t z",
    "|",
    "> ",
    "@a",
    "a\u{a0}b",
    "\u{3000}c",
    "",
    "\"a\": b",
    "[a\n  , b]",
];
const KEYS: [&str; 8] = ["id", "name", "名称", "fs_officers", "a-b", "2026", "食品名", "x1"];
const ENDS: [&str; 9] = ["\n", "\n", "\n", "\n", "  \n", " # 注释\n", "   # 注释\n", "\n\n", "\n# 一行\n"];
const SLIPS: [&str; 22] = [
    " ", "\n", "\t", ":", ": ", "-", "- ", "#", " #", "\"", "'", ",", "[", "]", "{", "}", "\u{2028}",
    "\u{85}", "\u{feff}", "---\n", "...\n", "?",
];

fn pick(numbers: &mut Numbers, from: &[&'static str]) -> &'static str {
    from[numbers.below(from.len())]
}

/// The end of the line of a key or a dash, and what belongs to it.
fn value(numbers: &mut Numbers, indent: usize, depth: usize, text: &mut String) {
    match numbers.below(if depth > 2 { 8 } else { 12 }) {
        0 if numbers.below(8) == 0 => {
            *text += pick(numbers, &[" ", "   "]);
            *text += pick(numbers, &OTHER);
            *text += pick(numbers, &ENDS);
        }
        0..8 => {
            *text += pick(numbers, &[" ", " ", "   "]);
            *text += pick(numbers, &PLAIN);
            *text += pick(numbers, &ENDS);
        }
        8 if numbers.below(2) == 0 => *text += pick(numbers, &ENDS),
        8..10 => {
            *text += pick(numbers, &ENDS);
            let deeper = indent + 1 + numbers.below(3);
            mapping(numbers, deeper, depth + 1, true, text);
        }
        _ => {
            *text += pick(numbers, &ENDS);
            let deeper = indent + numbers.below(3);
            sequence(numbers, deeper, depth + 1, text);
        }
    }
}

fn mapping(numbers: &mut Numbers, indent: usize, depth: usize, mut at_start: bool, text: &mut String) {
    let first = numbers.below(KEYS.len());
    for next in 0..=numbers.below(4) {
        if at_start {
            *text += &" ".repeat(indent);
        }
        at_start = true;
        *text += KEYS[(first + next) % KEYS.len()];
        text.push(':');
        value(numbers, indent, depth, text);
    }
}

fn sequence(numbers: &mut Numbers, indent: usize, depth: usize, text: &mut String) {
    for _ in 0..=numbers.below(3) {
        *text += &" ".repeat(indent);
        text.push('-');
        if numbers.below(2) == 0 {
            let blanks = 1 + numbers.below(3);
            *text += &" ".repeat(blanks);
            mapping(numbers, indent + 1 + blanks, depth + 1, false, text);
        } else {
            value(numbers, indent + 1, depth, text);
        }
    }
}

fn some_text(numbers: &mut Numbers) -> String {
    let mut text = pick(numbers, &["", "", "# 说明\n", "\n\n", "  # 说明\n\n"]).to_string();
    if numbers.below(4) == 0 {
        sequence(numbers, 0, 0, &mut text)
    } else {
        mapping(numbers, 0, 0, true, &mut text)
    }
    if numbers.below(8) == 0 {
        text.pop();
    }
    text
}

fn slipped(mut text: String, numbers: &mut Numbers) -> String {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    text.insert_str(places[numbers.below(places.len())], SLIPS[numbers.below(SLIPS.len())]);
    text
}

/// What the short way makes of a text, after it was held against the library.
fn both_ways(text: &str, lines_before: u32) -> Option<Document> {
    let limits = Limits::default();
    let short = plain::read(text, lines_before, &limits)?;
    let mut findings = Findings::default();
    let whole = yaml::read_yaml(FileId(0), text, lines_before, &limits, &mut findings);
    assert!(findings.0.is_empty(), "the library finds {:?} in\n{text}", findings.0);
    assert_eq!(short, whole, "{text}");
    Some(short)
}

#[test]
fn what_the_short_way_accepts_the_library_reads_alike_and_without_a_finding() {
    let mut numbers = Numbers(7);
    let (mut accepted, mut slips) = (0, 0);
    for _ in 0..6_000 {
        let text = some_text(&mut numbers);
        accepted += usize::from(both_ways(&text, 3).is_some());
        slips += usize::from(both_ways(&slipped(text, &mut numbers), 0).is_some());
    }
    assert!(accepted > 1_500 && slips > 600, "{accepted} texts and {slips} with a slip went the short way");
}

#[test]
fn a_ledger_as_offices_write_it_goes_the_short_way() {
    let text = "\
# 包保主体，一家一条。
enterprises:
  - name: 样例县示例食品有限公司   # 总店
    uscc: \"91990101MA0DEM013U\"
    licences: [{licence_no: SC10499010100275, issued: 2024-03-01}]
    fs_officers:
    - {name: 赵试用, phone_office: 0000-7654321}
    - name: 李示例

    covered_by:
      -
        cadre: yangli-0007
        basis: '样食安委〔2026〕3号'
  - 名称: a·b “c”
    online: []
    备注:
    phone:  # 未公布
";
    let document = both_ways(text, 0).expect("plain");
    assert_eq!(
        document.root().and_then(|root| root.value_of("enterprises")).map(|list| list.items().len()),
        Some(2)
    );
}

#[test]
fn what_is_not_plain_is_left_to_the_library() {
    for text in [
        "",
        "a",
        "a: |\n  b\n",
        "a: &x b\n",
        "a: b\n  c\n",
        "a: b\na: c\n",
        "--- \na: b\n",
        "a: \"b\n  c\"\n",
        "a: 号 #3\n",
    ] {
        assert!(plain::read(text, 0, &Limits::default()).is_none(), "{text}");
    }
    let narrow = Limits { nodes: 4, scalar_bytes: 3, depth: 1, ..Limits::default() };
    for text in ["a: 1\nb: 2\n", "a: 1234\n", "a: [1]\n"] {
        assert!(plain::read(text, 0, &narrow).is_none(), "{text}");
    }
}
