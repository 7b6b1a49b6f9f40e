//! Names what YAML allows and a ledger does not, before it can lose a word in silence.
//!
//! In: what the reader sees at one node. Out: a finding, or none. Each trap is one function: a key written
//! twice, a key that swallowed its value, text taken for a comment, an anchor or a tag.
//!
//! Not here: syntax errors (`causes`) and which keys a record has (`record`).

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::diagnostic::{Code, FileId, Findings, Message, Place};
use crate::source::builder::{Builder, short_hash};
use crate::source::document::{NodeRef, ScalarStyle};

/// The same key twice in one mapping.
pub const KEY_TWICE: Code = Code("E-KEY-DUP");
/// A key that is no plain word, or holds what should be its value.
pub const KEY_FORM: Code = Code("E-YAML-KEY");
/// A tag such as `!name`.
pub const TAG: Code = Code("E-YAML-TAG");
/// An alias that stands inside what it names.
pub const ALIAS: Code = Code("E-YAML-ALIAS");
/// An anchor that nothing refers to.
pub const ANCHOR_UNUSED: Code = Code("W-YAML-ANCHOR");
/// A comment that looks like the rest of a value.
pub const COMMENT: Code = Code("W-YAML-COMMENT");
/// A second document in the file.
pub const SECOND_DOCUMENT: Code = Code("E-YAML-MULTI");

/// Repeated keys reported for one mapping.
const MOST_REPEATED: usize = 1000;

/// A tag before a value.
pub(super) fn tag(place: Place, findings: &mut Findings) {
    findings
        .add(
            TAG,
            place,
            Message::new(
                "以 ! 开头的词是 YAML 标签，这里不使用标签",
                "a word that begins with `!` is a YAML tag; tags are not used here",
            ),
        )
        .hint(Message::new(
            "如果 ! 属于正文，请给整个值加上引号；否则删去标签。",
            "Put the whole value in quotes if the `!` belongs to it; else remove the tag.",
        ));
}

/// A list or mapping where a key belongs, such as `{{ name }}` without quotes.
pub(super) fn collection_as_key(place: Place, findings: &mut Findings) {
    findings
        .add(
            KEY_FORM,
            place,
            Message::new(
                "键只能是一个词，这里是列表或映射",
                "a key is one word; here stands a list or a mapping",
            ),
        )
        .hint(Message::new(
            "如果方括号、花括号属于正文，请给整个值加上引号。",
            "Put the whole value in quotes if the brackets belong to it.",
        ));
}

/// An alias within the very thing it names.
pub(super) fn alias_within_itself(place: Place, target: Place, findings: &mut Findings) {
    findings
        .add(
            ALIAS,
            place,
            Message::new("别名引用了包含它自己的内容", "the alias stands inside what it refers to"),
        )
        .other(target, Message::new("引用的是这里", "it refers to this"))
        .hint(Message::new("请把要写的内容直接写出来。", "Write the content out instead."));
}

/// A second `---`.
pub(super) fn second_document(place: Place, findings: &mut Findings) {
    findings
        .add(
            SECOND_DOCUMENT,
            place,
            Message::new(
                "一个文件里只能有一份 YAML 文档，这里开始了第二份",
                "a file holds one YAML document; a second begins here",
            ),
        )
        .hint(Message::new(
            "请删去中间的 --- 或 ...，或者把后面的内容另存为一个文件。",
            "Remove the `---` or `...` between them, or move what follows into a file of its own.",
        ));
}

/// A key with a wide blank at its edge, or one that begins with a dash.
pub(super) fn key(key: &str, style: ScalarStyle, place: Place, findings: &mut Findings) {
    let wide = |c: Option<char>| c.filter(|c| !c.is_ascii() && c.is_whitespace());
    if let Some(blank) = wide(key.chars().next()).or_else(|| wide(key.chars().next_back())) {
        let (name, number) = (key.trim(), u32::from(blank));
        findings
            .add(
                KEY_FORM,
                place,
                Message::new(
                    format!("键“{name}”旁边有全角空格或不换行空格（U+{number:04X}）"),
                    format!("a full-width or no-break blank (U+{number:04X}) stands beside the key `{name}`"),
                ),
            )
            .hint(Message::new(
                "请删去它，缩进只用半角空格。",
                "Remove it; indent with ordinary blanks only.",
            ));
    } else if style == ScalarStyle::Plain && key.starts_with('-') {
        findings
            .add(
                KEY_FORM,
                place,
                Message::new(
                    format!("“{key}”以减号开头，被当成了键"),
                    format!("`{key}` begins with a dash and was taken for a key"),
                ),
            )
            .hint(Message::new(
                "列表项的“-”后面要有一个空格。",
                "The dash of a list is followed by a blank.",
            ));
    }
}

/// The key before a value that was left out: in `{b:1}` the key is `b:1`.
pub(super) fn key_without_value(builder: &Builder, file: FileId, findings: &mut Findings) {
    let Some(key) = builder.count().checked_sub(1).and_then(|number| builder.node(number)) else { return };
    let Some(text) = key.text().filter(|text| builder.awaits_value() && text.contains([':', '：'])) else {
        return;
    };
    findings
        .add(
            KEY_FORM,
            Place::At(file, key.position()),
            Message::new(
                format!("“{text}”整个成了键，没有值"),
                format!("`{text}` as a whole was taken for a key without a value"),
            ),
        )
        .hint(Message::new("请写成“键: 值”：半角冒号加空格。", "Write `key: value`: a colon and a blank."));
}

/// `示范路1号 #3` without quotes loses `#3`; a comment proper has a blank behind its `#`.
pub(super) fn swallowing_comment(text: &str, end: usize, place: Place, findings: &mut Findings) {
    let rest = text.as_bytes().get(end..).unwrap_or(&[]);
    if rest.first() != Some(&b' ') {
        return;
    }
    let blanks = rest.iter().take_while(|byte| **byte == b' ').count();
    let is_word = |byte: &u8| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'#' | b'-' | b'=');
    if blanks > 2 || rest.get(blanks) != Some(&b'#') || !rest.get(blanks + 1).is_some_and(is_word) {
        return;
    }
    findings
        .add(
            COMMENT,
            place,
            Message::new(
                "值后面空格加 # 起是注释，不会成为值的一部分",
                "from the blank and `#` on, this is a comment and no part of the value",
            ),
        )
        .hint(Message::new(
            "如果 # 属于正文，请给整个值加上引号；如果确是注释，请在 # 后加一个空格。",
            "Put the whole value in quotes if the `#` belongs to it; else put a blank behind the `#`.",
        ));
}

/// An anchor that nobody refers to: a value that began with `&`.
pub(super) fn unused_anchor(name: &str, place: Place, findings: &mut Findings) {
    findings
        .add(
            ANCHOR_UNUSED,
            place,
            Message::new(
                format!("“&{name}”是 YAML 锚点，不会成为值的一部分，而且没有被引用"),
                format!("`&{name}` is a YAML anchor, no part of the value, and nothing refers to it"),
            ),
        )
        .hint(Message::new(
            "如果 & 属于正文，请给整个值加上引号；否则删去锚点。",
            "Put the whole value in quotes if the `&` belongs to it; else remove the anchor.",
        ));
}

/// Keys that stand twice in a mapping just closed; `seen` is room for its keys.
pub(super) fn keys_written_twice(
    builder: &Builder,
    mapping: u32,
    file: FileId,
    seen: &mut Vec<u32>,
    findings: &mut Findings,
) {
    let Some(mapping) = builder.node(mapping) else { return };
    let twice = if mapping.entries().len() > 64 {
        repeated_of_many(mapping)
    } else {
        repeated(builder, mapping, seen)
    };
    for (first, again) in twice.into_iter().take(MOST_REPEATED) {
        let (Some(first), Some(again)) = (builder.node(first), builder.node(again)) else { continue };
        let key = again.text().unwrap_or("");
        findings
            .add(
                KEY_TWICE,
                Place::At(file, again.position()),
                Message::new(format!("键“{key}”写了两次"), format!("the key `{key}` is written twice")),
            )
            .field(key)
            .other(
                Place::At(file, first.position()),
                Message::new("前一次在这里", "it was first written here"),
            )
            .hint(Message::new(
                "请只留一个；如果这里是另一条记录，它前面缺了“- ”。",
                "Keep one of them; if another record begins here, the `- ` before it is missing.",
            ));
    }
}

/// Pairs (first, again) of equal keys, found by one bit a key: most mappings have no two keys with equal bits.
fn repeated(builder: &Builder, mapping: NodeRef<'_>, seen: &mut Vec<u32>) -> Vec<(u32, u32)> {
    let (mut twice, mut bits) = (Vec::new(), 0_u128);
    seen.clear();
    for (key, _) in mapping.entries() {
        let Some(text) = key.text() else { continue };
        let bit = 1 << (short_hash(text.as_bytes()) % 128);
        if bits & bit != 0 {
            let same = |number: &&u32| builder.node(**number).and_then(|node| node.text()) == Some(text);
            twice.extend(seen.iter().find(same).map(|first| (*first, key.number())));
        }
        bits |= bit;
        seen.push(key.number());
    }
    twice
}

fn repeated_of_many(mapping: NodeRef<'_>) -> Vec<(u32, u32)> {
    let (mut first_of, mut twice) = (HashMap::new(), Vec::new());
    for (key, _) in mapping.entries() {
        let Some(text) = key.text() else { continue };
        match first_of.entry(text) {
            Entry::Occupied(first) => twice.push((*first.get(), key.number())),
            Entry::Vacant(free) => {
                free.insert(key.number());
            }
        }
    }
    twice
}
