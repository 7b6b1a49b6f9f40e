//! Recognises the slip of the pen behind a YAML syntax error.
//!
//! In: the [`Site`] of the error. Out: the byte to blame, the message and the hint. Each cause is one function
//! that looks at the site and may recognise itself; the first one wins.
//!
//! Not here: how the site is found and the finding made (`syntax`).

use granit_parser::ErrorKind;

use crate::diagnostic::Message;
use crate::source::outline::{Content, Outline, Unclosed};

/// Where the parser gave up, and what is around it.
pub(super) struct Site<'t> {
    pub(super) text: &'t str,
    /// The byte where it gave up.
    pub(super) offset: usize,
    pub(super) kind: &'t ErrorKind,
    /// The line it gave up in, and the content line before.
    pub(super) line: Content<'t>,
    pub(super) before: Option<Content<'t>>,
    /// Quotes and brackets open there.
    pub(super) unclosed: Vec<Unclosed>,
    /// The byte up to which all was read.
    pub(super) reached: usize,
}

/// What is to blame: a byte, a message and a hint.
pub(super) struct Cause {
    pub(super) offset: usize,
    pub(super) message: Message,
    pub(super) hint: Message,
}

/// In the order in which they are asked: those that are sure before those that guess.
const CAUSES: [fn(&Site<'_>) -> Option<Cause>; 18] = [
    tab,
    wide_blank,
    unclosed_quote,
    wrong_escape,
    text_behind_quote,
    wide_colon,
    wide_comma,
    mismatched_bracket,
    comma_too_many,
    unclosed_bracket,
    no_blank_behind_colon,
    colon_in_value,
    reserved_first_character,
    unknown_alias,
    tag,
    no_colon,
    wrong_indent,
    wrong_item,
];

/// What is to blame for the error at this site.
pub(super) fn cause(site: &Site<'_>) -> Cause {
    CAUSES.iter().find_map(|cause| cause(site)).unwrap_or_else(|| unnamed(site))
}

impl Site<'_> {
    fn char_at(&self, offset: usize) -> char {
        self.text.get(offset..).and_then(|rest| rest.chars().next()).unwrap_or(' ')
    }

    /// The line of the error and the one before: where a slip of the pen stands.
    fn near(&self) -> impl Iterator<Item = Content<'_>> {
        [Some(self.line), self.before].into_iter().flatten()
    }

    fn same_line(&self, offset: usize) -> bool {
        self.text.get(offset.min(self.offset)..self.offset.max(offset)).is_some_and(|t| !t.contains('\n'))
    }

    fn quote(&self) -> Option<usize> {
        let last = self.unclosed.last()?;
        matches!(self.char_at(last.offset), '"' | '\'').then_some(last.offset)
    }

    fn is_structure(&self) -> bool {
        matches!(
            self.kind,
            ErrorKind::MappingValueNotAllowed
                | ErrorKind::MappingKeyNotAllowed
                | ErrorKind::SimpleKeyExpected
                | ErrorKind::InvalidSimpleKey
                | ErrorKind::InvalidIndentation
                | ErrorKind::ExpectedBlockMappingKey
                | ErrorKind::ExpectedBlockSequenceEntry
                | ErrorKind::ExpectedDocumentStart
                | ErrorKind::BlockSequenceEntryNotAllowed
                | ErrorKind::InvalidBlockScalarIndent
        )
    }
}

fn tab(site: &Site<'_>) -> Option<Cause> {
    let lines = site.text.get(site.line.start..)?.split_inclusive('\n').take(2);
    let mut start = site.line.start;
    for line in lines {
        let blanks = line.len() - line.trim_start_matches([' ', '\t', '-', '?']).len();
        if let Some(at) = line.get(..blanks).and_then(|blanks| blanks.find('\t')) {
            return Some(Cause {
                offset: start + at,
                message: Message::new("缩进里有制表符(Tab)", "a tab stands in the indentation"),
                hint: Message::new(
                    "YAML 的缩进只能用空格:请把 Tab 换成空格(编辑器里可设为“用空格代替 Tab”)。",
                    "Indent with blanks only: replace the tab (editors can be set to do so).",
                ),
            });
        }
        start += line.len();
    }
    None
}

fn wide_blank(site: &Site<'_>) -> Option<Cause> {
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

fn unclosed_quote(site: &Site<'_>) -> Option<Cause> {
    let noticed_late = matches!(
        site.kind,
        ErrorKind::InvalidTrailingDoubleQuotedScalar | ErrorKind::InvalidTrailingSingleQuotedScalar
    );
    let offset = if noticed_late {
        let quote = Outline::of(site.text, site.reached.min(site.offset), site.offset).last_quote?;
        if site.same_line(quote) {
            return None;
        }
        quote
    } else {
        site.quote()?
    };
    let quote = site.char_at(offset);
    Some(Cause {
        offset,
        message: Message::new(format!("引号 {quote} 没有闭合"), format!("the quote {quote} is not closed")),
        hint: Message::new(
            format!("请在值的末尾补上 {quote};如果引号属于正文,请用另一种引号把整个值括起来。"),
            format!(
                "Add {quote} at the end of the value; if it belongs to the text, put the whole value in the other kind of quotes."
            ),
        ),
    })
}

fn wrong_escape(site: &Site<'_>) -> Option<Cause> {
    if !matches!(
        site.kind,
        ErrorKind::UnknownQuotedScalarEscape
            | ErrorKind::InvalidQuotedScalarHexEscape
            | ErrorKind::InvalidUnicodeEscape
            | ErrorKind::InvalidLowSurrogateHexEscape
            | ErrorKind::InvalidLowSurrogate
            | ErrorKind::MissingLowSurrogate
            | ErrorKind::UnpairedLowSurrogate
    ) {
        return None;
    }
    let offset = Outline::wrong_escape(site.text, site.offset);
    Some(Cause {
        offset,
        message: Message::new(
            "双引号里的反斜杠后面不是 YAML 的转义",
            "what follows the backslash inside double quotes is no YAML escape",
        ),
        hint: Message::new(
            "请把 \\ 写成 \\\\,或者改用单引号,单引号里反斜杠就是反斜杠。",
            "Write `\\\\`, or use single quotes, in which a backslash is a backslash.",
        ),
    })
}

fn text_behind_quote(site: &Site<'_>) -> Option<Cause> {
    matches!(
        site.kind,
        ErrorKind::InvalidTrailingDoubleQuotedScalar | ErrorKind::InvalidTrailingSingleQuotedScalar
    )
    .then(|| Cause {
        offset: site.offset,
        message: Message::new("引号闭合之后还有文字", "text follows the closing quote"),
        hint: Message::new(
            "如果引号属于正文,请用另一种引号把整个值括起来,例如 '\"甲\"级'。",
            "If the quotes belong to the text, put the whole value in the other kind, such as '\"A\" grade'.",
        ),
    })
}

fn wide_colon(site: &Site<'_>) -> Option<Cause> {
    let line = site.near().find(|line| line.after_word().trim_start_matches(' ').starts_with('：'))?;
    let offset = line.start + line.whole.find('：')?;
    site.is_structure().then(|| Cause {
        offset,
        message: Message::new("键后面用了全角冒号“：”", "a full-width colon follows the key"),
        hint: Message::new("请改成半角冒号加空格“: ”。", "Write an ordinary colon and a blank."),
    })
}

fn wide_comma(site: &Site<'_>) -> Option<Cause> {
    let bracket = site.unclosed.last()?;
    let inside = site.text.get(bracket.offset..site.offset)?;
    let at = inside.rfind(['，', '：']).filter(|_| site.same_line(bracket.offset))?;
    let offset = bracket.offset + at;
    let (wide, plain) = if site.char_at(offset) == '，' { ('，', ", ") } else { ('：', ": ") };
    Some(Cause {
        offset,
        message: Message::new(
            format!("括号里用了全角“{wide}”"),
            format!("a full-width `{wide}` stands between brackets"),
        ),
        hint: Message::new(
            format!("请改成半角“{plain}”;如果它属于正文,请给整个值加上引号。"),
            format!("Write `{plain}`; if it belongs to the text, put the whole value in quotes."),
        ),
    })
}

fn mismatched_bracket(site: &Site<'_>) -> Option<Cause> {
    match site.kind {
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => Some(Cause {
            offset: site.offset,
            message: Message::new(
                format!("括号 {open} 被 {close} 闭合了"),
                format!("the bracket {open} is closed by {close}"),
            ),
            hint: Message::new(
                "请改成同一种括号;如果括号属于正文,请给整个值加上引号。",
                "Use the same kind of bracket; put the whole value in quotes if it belongs to the text.",
            ),
        }),
        ErrorKind::MisplacedFlowCollectionEnd => Some(Cause {
            offset: site.offset,
            message: Message::new(
                "这个括号没有与它成对的左括号",
                "no opening bracket belongs to this closing one",
            ),
            hint: Message::new(
                "请删去它;如果括号属于正文,请给整个值加上引号。",
                "Remove it; put the whole value in quotes if it belongs to the text.",
            ),
        }),
        _ => None,
    }
}

fn comma_too_many(site: &Site<'_>) -> Option<Cause> {
    let before = site.text.get(..site.offset)?.trim_end_matches([' ', '\n']);
    let here = site.char_at(site.offset) == ',' && before.ends_with([',', '[', '{']);
    here.then(|| Cause {
        offset: site.offset,
        message: Message::new("这里多了一个逗号", "one comma too many"),
        hint: Message::new("请删去它,或补上漏写的值。", "Remove it, or write the value that is missing."),
    })
}

fn unclosed_bracket(site: &Site<'_>) -> Option<Cause> {
    let offset = match site.kind {
        ErrorKind::UnclosedFlowCollection { .. } => site.offset,
        _ => site.unclosed.last()?.offset,
    };
    let bracket = site.char_at(offset);
    let noticed_at_end =
        offset == site.offset || site.text.get(site.offset..).is_none_or(|rest| rest.trim().is_empty());
    if !matches!(bracket, '[' | '{') || (site.same_line(offset) && !noticed_at_end) {
        return None;
    }
    Some(Cause {
        offset,
        message: Message::new(
            format!("括号 {bracket} 没有闭合"),
            format!("the bracket {bracket} is not closed"),
        ),
        hint: Message::new(
            "请补上右括号;如果括号属于正文,请给整个值加上引号。",
            "Add the closing bracket; put the whole value in quotes if it belongs to the text.",
        ),
    })
}

fn no_blank_behind_colon(site: &Site<'_>) -> Option<Cause> {
    if !site.is_structure() {
        return None;
    }
    let line = site.near().find(|line| {
        line.after_word()
            .strip_prefix(':')
            .is_some_and(|rest| rest.starts_with(|c: char| c != ' ' && c != '/'))
    })?;
    Some(Cause {
        offset: line.start + line.whole.find(':')?,
        message: Message::new("键的冒号后面缺空格", "a blank is missing behind the colon of the key"),
        hint: Message::new("请写成“键: 值”。", "Write `key: value`."),
    })
}

fn colon_in_value(site: &Site<'_>) -> Option<Cause> {
    let before = site.text.get(site.line.start..site.offset)?;
    let here = matches!(site.kind, ErrorKind::MappingValueNotAllowed) && before.contains(": ");
    here.then(|| Cause {
        offset: site.offset,
        message: Message::new("值里又有“冒号加空格”", "a colon and a blank stand inside the value"),
        hint: Message::new(
            "请给整个值加上引号,例如 '执法依据: 第三条';如果是两个键,请分成两行。",
            "Put the whole value in quotes; if these are two keys, write them on two lines.",
        ),
    })
}

fn reserved_first_character(site: &Site<'_>) -> Option<Cause> {
    let character = match site.kind {
        ErrorKind::UnexpectedCharacter { character } => *character,
        ErrorKind::InvalidBlockScalarHeader | ErrorKind::ZeroBlockScalarIndent => site.char_at(site.offset),
        _ => return None,
    };
    Some(Cause {
        offset: site.offset,
        message: Message::new(
            format!("值不能以 {character} 开头"),
            format!("a value cannot begin with {character}"),
        ),
        hint: quote_it(),
    })
}

fn unknown_alias(site: &Site<'_>) -> Option<Cause> {
    matches!(site.kind, ErrorKind::UnknownAnchor | ErrorKind::MissingAnchorOrAliasName).then(|| Cause {
        offset: site.offset,
        message: Message::new(
            "以 * 或 & 开头的词是 YAML 的别名或锚点,这里没有对应的名称",
            "a word that begins with `*` or `&` is an alias or an anchor of YAML; this one names nothing",
        ),
        hint: quote_it(),
    })
}

fn quote_it() -> Message {
    Message::new("请给整个值加上引号。", "Put the whole value in quotes.")
}

fn tag(site: &Site<'_>) -> Option<Cause> {
    matches!(
        site.kind,
        ErrorKind::InvalidTagTerminator
            | ErrorKind::UndeclaredTagHandle
            | ErrorKind::MissingTagUri
            | ErrorKind::ExpectedTagBang
            | ErrorKind::InvalidGlobalTagCharacter
            | ErrorKind::UnclosedVerbatimTag
            | ErrorKind::InvalidTagEscape
            | ErrorKind::ExpectedDocumentStart
    )
    .then_some(())?;
    (site.char_at(site.offset) == '!').then(|| Cause {
        offset: site.offset,
        message: Message::new(
            "以 ! 开头的词是 YAML 标签,这里不使用标签",
            "a word that begins with `!` is a YAML tag; tags are not used here",
        ),
        hint: quote_it(),
    })
}

/// `name 示例` above a sound `key: value`: YAML takes both lines for one text.
fn no_colon(site: &Site<'_>) -> Option<Cause> {
    let before = site.before.filter(|_| matches!(site.kind, ErrorKind::MappingValueNotAllowed))?;
    let text = before.text.trim_start_matches(['-', ' ']);
    let starts = before.start + before.indent + before.text.len() - text.len();
    let same_level = starts - before.start == site.line.indent;
    (same_level && !text.contains(": ") && !text.ends_with(':')).then(|| Cause {
        offset: starts,
        message: Message::new("这一行没有“键: 值”的冒号", "this line has no colon between key and value"),
        hint: Message::new("请写成“键: 值”:半角冒号加空格。", "Write `key: value`: a colon and a blank."),
    })
}

fn wrong_indent(site: &Site<'_>) -> Option<Cause> {
    if !site.is_structure() {
        return None;
    }
    let levels = Outline::levels_above(site.text, site.line.start);
    let indent = site.line.indent;
    if levels.is_empty() || levels.contains(&indent) {
        return None;
    }
    let near = levels.iter().copied().min_by_key(|level| (level.abs_diff(indent), *level))?;
    Some(Cause {
        offset: site.line.start + indent,
        message: Message::new(
            format!("缩进与上文对不齐:这一行缩进 {indent} 格,上文相近的一层是 {near} 格"),
            format!("the indentation fits no line above: it is {indent} here, {near} at the nearest level"),
        ),
        hint: Message::new(
            "同一层的键要左对齐,列表项的“- ”也要对齐。",
            "Keys of one level begin in the same column, and so do the dashes of a list.",
        ),
    })
}

fn wrong_item(site: &Site<'_>) -> Option<Cause> {
    let (zh, en) = match site.kind {
        ErrorKind::ExpectedBlockSequenceEntry => {
            ("这里应当是列表项(以“- ”开头)", "an item of the list (`- `) was expected here")
        }
        ErrorKind::ExpectedBlockMappingKey if site.line.text.starts_with("- ") => {
            ("这里应当是“键: 值”,却是列表项", "a `key: value` was expected here, not an item of a list")
        }
        ErrorKind::BlockSequenceEntryNotAllowed => {
            ("列表项“- ”不能写在这里", "an item of a list (`- `) cannot stand here")
        }
        ErrorKind::SimpleKeyExpected | ErrorKind::ExpectedBlockMappingKey => {
            ("这里应当是“键: 值”", "a `key: value` was expected here")
        }
        _ => return None,
    };
    Some(Cause {
        offset: site.offset,
        message: Message::new(zh, en),
        hint: Message::new(
            "请检查这一行和上一行的缩进、冒号和“- ”;文字本身以“- ”开头时请加引号。",
            "Check indentation, colon and dash of this line and the one above; quote a text that begins with a dash.",
        ),
    })
}

fn unnamed(site: &Site<'_>) -> Cause {
    let kind = site.kind;
    Cause {
        offset: site.offset,
        message: Message::new(
            format!("从这里起不合 YAML 语法({kind:?})"),
            format!("from here on this is no YAML ({kind:?})"),
        ),
        hint: Message::new(
            "请检查这一行和上一行的缩进、冒号、引号和括号。",
            "Check indentation, colons, quotes and brackets of this line and the one above.",
        ),
    }
}
