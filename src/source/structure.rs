//! Recognises the slip of the pen in how lines are built: indentation, dashes, and the colon behind a key.
//!
//! In: the [`Site`] of a syntax error. Out: a cause, or none. See `causes` for the order in which they are asked.
//!
//! Not here: quotes, brackets and marks (`causes`).

use granit_parser::ErrorKind;

use crate::diagnostic::Message;
use crate::source::causes::{Cause, Site};
use crate::source::disguise;
use crate::source::outline::{Content, Outline};
use crate::text::conflict_marks;

pub(super) fn tab(site: &Site<'_>) -> Option<Cause> {
    let lines = site.text.get(site.line.start..)?.split_inclusive('\n').take(2);
    let mut start = site.line.start;
    for line in lines {
        let blanks = line.len() - line.trim_start_matches([' ', '\t', '-', '?']).len();
        if let Some(at) = line.get(..blanks).and_then(|blanks| blanks.find('\t')) {
            return Some(Cause {
                offset: start + at,
                message: Message::new("缩进里有制表符（Tab）", "a tab stands in the indentation"),
                hint: Message::new(
                    "YAML 的缩进只能用空格：请把 Tab 换成空格（编辑器里可设为“用空格代替 Tab”）。",
                    "Indent with blanks only: replace the tab (editors can be set to do so).",
                ),
            });
        }
        start += line.len();
    }
    None
}

pub(super) fn wide_blank(site: &Site<'_>) -> Option<Cause> {
    let line = site.near().find(|line| line.text.starts_with(['\u{3000}', '\u{a0}']))?;
    Some(Cause {
        offset: line.start + line.indent,
        message: Message::new(
            "缩进里有全角空格或不换行空格",
            "a full-width or no-break blank stands in the indentation",
        ),
        hint: Message::new("缩进只能用半角空格。", "Indent with ordinary blanks only."),
    })
}

pub(super) fn wide_colon(site: &Site<'_>) -> Option<Cause> {
    let line = site.near().find(|line| line.after_word().trim_start_matches(' ').starts_with('：'))?;
    let offset = line.start + line.whole.find('：')?;
    site.is_structure().then(|| Cause {
        offset,
        message: Message::new("键后面用了全角冒号“：”", "a full-width colon follows the key"),
        hint: Message::new("请改成半角冒号加空格“: ”。", "Write an ordinary colon and a blank."),
    })
}

pub(super) fn no_blank_behind_colon(site: &Site<'_>) -> Option<Cause> {
    if !site.is_structure() {
        return None;
    }
    if let ErrorKind::FlowMappingValueAdjacentCollection = site.kind {
        return Some(no_blank_at(site.offset));
    }
    let rest = |line: &Content<'_>| line.after_word().strip_prefix(':').map(|rest| rest.chars().next());
    let line = site.near().find(|line| rest(line).flatten().is_some_and(|c| c != ' ' && c != '/'))?;
    let offset = line.start + line.whole.find(':')?;
    match rest(&line).flatten().filter(|c| c.is_whitespace()) {
        Some(blank) => Some(Cause {
            offset: offset + 1,
            message: Message::new(
                format!("冒号后面的空白不是普通空格，是 U+{:04X}", u32::from(blank)),
                format!("what stands behind the colon is no ordinary blank but U+{:04X}", u32::from(blank)),
            ),
            hint: Message::new(
                "多半是从网页或 Word 粘贴来的：请删去它，键入一个半角空格。",
                "It mostly comes from a web page or a document: delete it and type an ordinary blank.",
            ),
        }),
        None => Some(no_blank_at(offset)),
    }
}

/// What a version control system leaves where it could not join two versions.
pub(super) fn conflict(site: &Site<'_>) -> Option<Cause> {
    let (message, hint) = disguise::unmerged();
    Some(Cause { offset: conflict_marks(site.text)?, message, hint })
}

fn no_blank_at(offset: usize) -> Cause {
    Cause {
        offset,
        message: Message::new("键的冒号后面缺空格", "a blank is missing behind the colon of the key"),
        hint: Message::new("请写成“键: 值”。", "Write `key: value`."),
    }
}

pub(super) fn colon_in_value(site: &Site<'_>) -> Option<Cause> {
    let before = site.text.get(site.line.start..site.offset)?;
    let here = matches!(site.kind, ErrorKind::MappingValueNotAllowed) && before.contains(": ");
    here.then(|| Cause {
        offset: site.offset,
        message: Message::new("值里又有“冒号加空格”", "a colon and a blank stand inside the value"),
        hint: Message::new(
            "请给整个值加上引号，例如 '执法依据: 第三条'；如果是两个键，请分成两行。",
            "Put the whole value in quotes; if these are two keys, write them on two lines.",
        ),
    })
}

/// `name 示例` above a sound `key: value`: YAML takes both lines for one text.
pub(super) fn no_colon(site: &Site<'_>) -> Option<Cause> {
    let before = site.before.filter(|_| matches!(site.kind, ErrorKind::MappingValueNotAllowed))?;
    let text = before.text.trim_start_matches(['-', ' ']);
    let starts = before.start + before.indent + before.text.len() - text.len();
    let same_level = starts - before.start == site.line.indent;
    (same_level && !text.contains(": ") && !text.ends_with(':')).then(|| Cause {
        offset: starts,
        message: Message::new("这一行没有“键: 值”的冒号", "this line has no colon between key and value"),
        hint: Message::new("请写成“键: 值”：半角冒号加空格。", "Write `key: value`: a colon and a blank."),
    })
}

pub(super) fn wrong_indent(site: &Site<'_>) -> Option<Cause> {
    if !site.is_structure() {
        return None;
    }
    let levels = Outline::levels_above(site.text, site.line.start);
    let indent = site.line.indent;
    if levels.is_empty() || levels.contains(&indent) {
        return None;
    }
    // Of two that are as near the deeper one is meant: a blank is lost more often than one too many is typed.
    let near = levels.iter().copied().min_by_key(|level| (level.abs_diff(indent), usize::MAX - *level))?;
    Some(Cause {
        offset: site.line.start + indent,
        message: Message::new(
            format!("缩进与上文对不齐：这一行缩进 {indent} 格，上文相近的一层是 {near} 格"),
            format!("the indentation fits no line above: it is {indent} here, {near} at the nearest level"),
        ),
        hint: Message::new(
            "同一层的键要左对齐，列表项的“- ”也要对齐。",
            "Keys of one level begin in the same column, and so do the dashes of a list.",
        ),
    })
}

pub(super) fn wrong_item(site: &Site<'_>) -> Option<Cause> {
    let (zh, en) = match site.kind {
        ErrorKind::ExpectedBlockSequenceEntry | ErrorKind::UnexpectedEofBlockSequence => {
            ("这里应当是列表项（以“- ”开头）", "an item of the list (`- `) was expected here")
        }
        ErrorKind::ExpectedBlockMappingKey if site.line.text.starts_with("- ") => {
            ("这里应当是“键: 值”，却是列表项", "a `key: value` was expected here, not an item of a list")
        }
        ErrorKind::BlockSequenceEntryNotAllowed => {
            ("列表项“- ”不能写在这里", "an item of a list (`- `) cannot stand here")
        }
        ErrorKind::SimpleKeyExpected | ErrorKind::ExpectedBlockMappingKey => {
            ("这里应当是“键: 值”", "a `key: value` was expected here")
        }
        ErrorKind::BlockEntryInFlowCollection | ErrorKind::PlainScalarStartsWithDashFlowIndicator => {
            ("括号里的各项用逗号分开，不写“- ”", "between brackets members are parted by commas, not dashes")
        }
        ErrorKind::MappingValueNotAllowed => {
            ("冒号不能写在这里：上面的值还没有结束", "no colon can stand here: the value above goes on")
        }
        _ => return None,
    };
    Some(Cause {
        offset: site.offset,
        message: Message::new(zh, en),
        hint: Message::new(
            "请检查这一行和上一行的缩进、冒号和“- ”；文字本身以“- ”开头时请加引号。",
            "Check indentation, colon and dash of this line and the one above; quote a text that begins with a dash.",
        ),
    })
}
