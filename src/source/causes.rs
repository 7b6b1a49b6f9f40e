//! Recognises the slip of the pen behind a YAML syntax error.
//!
//! In: the [`Site`] of the error. Out: the byte to blame, the message and the hint. Each cause is one function
//! that looks at the site and may recognise itself; the first one wins. Quotes, brackets and marks are here,
//! lines and indentation in `structure`.
//!
//! Not here: how the site is found and the finding made (`syntax`).

use granit_parser::ErrorKind;

use crate::diagnostic::Message;
use crate::source::outline::{Content, Outline, Unclosed};
use crate::source::structure;

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
const CAUSES: [fn(&Site<'_>) -> Option<Cause>; 21] = [
    structure::conflict,
    structure::tab,
    structure::wide_blank,
    unclosed_quote,
    wrong_escape,
    text_behind_quote,
    structure::wide_colon,
    wide_comma,
    mismatched_bracket,
    comma_too_many,
    unclosed_bracket,
    structure::no_blank_behind_colon,
    structure::colon_in_value,
    reserved_first_character,
    unknown_alias,
    tag,
    comment,
    comma_missing,
    structure::no_colon,
    structure::wrong_indent,
    structure::wrong_item,
];

/// What is to blame for the error at this site.
pub(super) fn cause(site: &Site<'_>) -> Cause {
    CAUSES.iter().find_map(|cause| cause(site)).unwrap_or_else(|| unnamed(site))
}

impl Site<'_> {
    pub(super) fn char_at(&self, offset: usize) -> char {
        self.text.get(offset..).and_then(|rest| rest.chars().next()).unwrap_or(' ')
    }

    /// The line of the error and the one before: where a slip of the pen stands.
    pub(super) fn near(&self) -> impl Iterator<Item = Content<'_>> {
        [Some(self.line), self.before].into_iter().flatten()
    }

    fn same_line(&self, offset: usize) -> bool {
        self.text.get(offset.min(self.offset)..self.offset.max(offset)).is_some_and(|t| !t.contains('\n'))
    }

    fn quote(&self) -> Option<usize> {
        let last = self.unclosed.last()?;
        matches!(self.char_at(last.offset), '"' | '\'').then_some(last.offset)
    }

    pub(super) fn is_structure(&self) -> bool {
        matches!(
            self.kind,
            ErrorKind::MappingValueNotAllowed
                | ErrorKind::MappingKeyNotAllowed
                | ErrorKind::SimpleKeyExpected
                | ErrorKind::InvalidSimpleKey
                | ErrorKind::InvalidIndentation
                | ErrorKind::ExpectedBlockMappingKey
                | ErrorKind::ExpectedBlockSequenceEntry
                | ErrorKind::UnexpectedEofBlockSequence
                | ErrorKind::UnexpectedEofBlockMapping
                | ErrorKind::FlowMappingValueAdjacentCollection
                | ErrorKind::ExpectedDocumentStart
                | ErrorKind::BlockSequenceEntryNotAllowed
                | ErrorKind::InvalidBlockScalarIndent
        )
    }
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
    } else if let Some(quote) = site.quote() {
        quote
    } else {
        // A quote behind an anchor, which the outline does not look for.
        matches!(site.kind, ErrorKind::InvalidQuotedScalarIndent).then_some(())?;
        let before = site.text.get(site.reached.min(site.offset)..site.offset);
        site.reached + before?.rfind(['"', '\''])?
    };
    let quote = site.char_at(offset);
    Some(Cause {
        offset,
        message: Message::new(format!("引号 {quote} 没有闭合"), format!("the quote {quote} is not closed")),
        hint: Message::new(
            format!("请在值的末尾补上 {quote}；如果引号属于正文，请用另一种引号把整个值括起来。"),
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
            "请把 \\ 写成 \\\\，或者改用单引号，单引号里反斜杠就是反斜杠。",
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
            "如果引号属于正文，请用另一种引号把整个值括起来，例如 '\"甲\"级'；括号里的各项之间要有逗号。",
            "If the quotes belong to the text, put the whole value in the other kind, such as '\"A\" grade'; between brackets a comma may be missing.",
        ),
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
            format!("请改成半角“{plain}”；如果它属于正文，请给整个值加上引号。"),
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
                "请改成同一种括号；如果括号属于正文，请给整个值加上引号。",
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
                "请删去它；如果括号属于正文，请给整个值加上引号。",
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
        hint: Message::new("请删去它，或补上漏写的值。", "Remove it, or write the value that is missing."),
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
            "请补上右括号；如果括号属于正文，请给整个值加上引号。",
            "Add the closing bracket; put the whole value in quotes if it belongs to the text.",
        ),
    })
}

fn reserved_first_character(site: &Site<'_>) -> Option<Cause> {
    let character = match site.kind {
        ErrorKind::UnexpectedCharacter { character } => *character,
        ErrorKind::InvalidBlockScalarHeader | ErrorKind::ZeroBlockScalarIndent => site.char_at(site.offset),
        ErrorKind::UnexpectedEofBlockMapping | ErrorKind::UnexpectedEofBlockSequence => {
            Some(site.char_at(site.offset)).filter(|c| *c == ',')?
        }
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

fn comment(site: &Site<'_>) -> Option<Cause> {
    let (zh, en) = match site.kind {
        ErrorKind::CommentNotSeparated => {
            ("# 起是注释，前面要有空格", "a comment begins at `#` and needs a blank before it")
        }
        ErrorKind::CommentInterceptedScalar => {
            ("多行的值中间不能有 # 注释", "a comment stands inside a value of several lines")
        }
        _ => return None,
    };
    Some(Cause {
        offset: site.offset,
        message: Message::new(zh, en),
        hint: Message::new(
            "如果 # 属于正文，请给整个值加上引号；否则把注释单独写成一行。",
            "Put the whole value in quotes if the `#` belongs to it; else give the comment a line of its own.",
        ),
    })
}

fn comma_missing(site: &Site<'_>) -> Option<Cause> {
    matches!(site.kind, ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator)
        .then(|| Cause {
            offset: site.offset,
            message: Message::new(
                "括号里这之前缺一个逗号，或者括号应在这之前闭合",
                "before this a comma is missing, or the bracket should have been closed",
            ),
            hint: Message::new(
                "请用半角逗号加空格分开各项；含标点的值请加引号。",
                "Part the members by a comma and a blank; quote values with punctuation.",
            ),
        })
}

fn unknown_alias(site: &Site<'_>) -> Option<Cause> {
    matches!(site.kind, ErrorKind::UnknownAnchor | ErrorKind::MissingAnchorOrAliasName).then(|| Cause {
        offset: site.offset,
        message: Message::new(
            "以 * 或 & 开头的词是 YAML 的别名或锚点，这里没有对应的名称",
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
            "以 ! 开头的词是 YAML 标签，这里不使用标签",
            "a word that begins with `!` is a YAML tag; tags are not used here",
        ),
        hint: quote_it(),
    })
}

fn unnamed(site: &Site<'_>) -> Cause {
    let kind = site.kind;
    Cause {
        offset: site.offset,
        message: Message::new(
            format!("从这里起不合 YAML 语法（{kind:?}）"),
            format!("from here on this is no YAML ({kind:?})"),
        ),
        hint: Message::new(
            "请检查这一行和上一行的缩进、冒号、引号和括号。",
            "Check indentation, colons, quotes and brackets of this line and the one above.",
        ),
    }
}
