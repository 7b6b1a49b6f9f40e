//! Numbers at the head of lines, 一、（一）1.（1）, and of clauses, 一是 … 二是 …, ①②: each style goes on where it stopped.
//!
//! In: headings, paragraphs, the lines of a paragraph, ordinals in sentences. Out: W-NUMBERING at a number that jumps, repeats, or belongs to
//! another style. Source of the rule: a published plan that has "5." where "(5)" should stand. Not here: Markdown
//! lists, which are numbered by the page itself; a reference such as 见（三） that a wrapped line happens to begin with.

use super::Text;
use super::block::{Block, BlockKind};
use super::numerals::{chinese, han};
use super::ordinals::{Dress, ordinals};
use crate::diagnostic::{Code, Findings, Message};

/// A number at the head of a line that does not follow the one before it.
pub const NUMBERING: Code = Code("W-NUMBERING");

/// How a number is dressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// 一、
    Han,
    /// （一）
    HanBrackets,
    /// 1. or 1、
    Digits,
    /// （1）
    DigitsBrackets,
}

impl Style {
    fn write(self, number: u32) -> String {
        match self {
            Style::Han => format!("{}、", han(number)),
            Style::HanBrackets => format!("（{}）", han(number)),
            Style::Digits => format!("{number}."),
            Style::DigitsBrackets => format!("（{number}）"),
        }
    }
}

pub(super) fn numbering(text: &Text<'_>, findings: &mut Findings) {
    lines(text, findings);
    clauses(text, findings);
}

fn lines(text: &Text<'_>, findings: &mut Findings) {
    // Styles in use, outermost first, each with its last number.
    let mut running: Vec<(Style, u32)> = Vec::new();
    let mut last: Option<(Style, u32)> = None;
    for block in &text.blocks {
        let heads = heads(block);
        // A heading without a number begins a part of its own.
        if block.kind == BlockKind::Heading && heads.is_empty() {
            running.clear();
            last = None;
        }
        for (at, style, number) in heads {
            let place = (block, at);
            let known = running.iter().position(|(known, _)| *known == style);
            let expected = known.and_then(|at| running.get(at)).map_or(1, |(_, last)| last + 1);
            if number == expected || number == 1 {
                match known {
                    Some(at) => running.truncate(at + 1),
                    None => running.push((style, number)),
                }
                set(&mut running, style, number);
            } else if let Some((meant, _)) =
                last.filter(|(other, last)| *other != style && last + 1 == number)
            {
                report(text, place, last, (style, number), meant.write(number), findings);
                set(&mut running, meant, number);
            } else {
                // A text that begins in the middle of somebody's count is an excerpt.
                if known.is_some() {
                    report(text, place, last, (style, number), style.write(expected), findings);
                } else {
                    running.push((style, number));
                }
                set(&mut running, style, number);
            }
            last = Some((style, number));
        }
    }
}

fn set(running: &mut [(Style, u32)], style: Style, number: u32) {
    for (_, last) in running.iter_mut().filter(|(known, _)| *known == style) {
        *last = number;
    }
}

fn report(
    text: &Text<'_>,
    (block, at): (&Block, usize),
    last: Option<(Style, u32)>,
    found: (Style, u32),
    wanted: String,
    findings: &mut Findings,
) {
    let shown = found.0.write(found.1);
    let before = last.map_or(String::new(), |(style, number)| style.write(number));
    broken(text, (block, at), &before, &shown, &wanted, findings);
}

fn broken(
    text: &Text<'_>,
    (block, at): (&Block, usize),
    before: &str,
    shown: &str,
    wanted: &str,
    findings: &mut Findings,
) {
    let message = Message::new(
        format!("序号不连续：“{before}”之后为“{shown}”，应为“{wanted}”"),
        format!("the numbering breaks: `{shown}` stands behind `{before}` where `{wanted}` should"),
    );
    text.blame(findings, NUMBERING, block, at, message)
        .hint(Message::new("改正序号；确实漏了内容的补上", "correct the number, or add what was left out"));
}

/// 一是甲；三是乙, ①甲；③乙: each dress goes on by itself, from paragraph to paragraph up to the next heading.
fn clauses(text: &Text<'_>, findings: &mut Findings) {
    let mut running: Vec<(Dress, u32)> = Vec::new();
    for block in &text.blocks {
        if block.kind == BlockKind::Heading {
            running.clear();
        }
        for found in ordinals(block) {
            let known = running.iter_mut().find(|(dress, _)| *dress == found.dress);
            let Some((dress, last)) = known else {
                running.push((found.dress, found.number));
                continue;
            };
            let (before, wanted) = (dress.write(*last), dress.write(*last + 1));
            if found.number != 1 && found.number != *last + 1 {
                broken(text, (block, found.at), &before, &dress.write(found.number), &wanted, findings);
            }
            *last = found.number;
        }
    }
}

/// The numbers at the heads of a block's lines, each with the place of its line.
fn heads(block: &Block) -> Vec<(usize, Style, u32)> {
    if !matches!(block.kind, BlockKind::Heading | BlockKind::Paragraph) {
        return Vec::new();
    }
    let first = head(&block.chars).map(|(style, number, _)| (0, style, number));
    let mut heads: Vec<(usize, Style, u32)> = first.into_iter().collect();
    let mut from = 0;
    for line in &block.lines {
        let before = block.chars.get(from..line.at).unwrap_or_default();
        from = line.at;
        let Some((style, number, length)) = block.chars.get(line.at..).and_then(head) else { continue };
        let behind = block.chars.get(line.at + length);
        let follows = line.is_broken || ends_a_sentence(before) || is_title(before, style);
        if follows && !behind.is_some_and(|c| REFERS_BEHIND.contains(*c)) {
            heads.push((line.at, style, number));
        }
    }
    heads
}

/// What stands behind a number that is quoted: （三）项, （三）至（五）.
pub(super) const REFERS_BEHIND: &str = "项款目条点中的和及与或至到、，。；）";

/// Whether the next line begins something new.
fn ends_a_sentence(line: &[char]) -> bool {
    let closing = ['”', '’', '）', ')', '」', '』', '》', ' '];
    let last = line.iter().rev().find(|c| !closing.contains(c));
    last.is_some_and(|c| matches!(c, '。' | '；' | ';' | '：' | ':' | '！' | '？' | '…'))
}

/// Whether a line is a title with a number of this style, and not a sentence that goes on or refers to what follows.
fn is_title(line: &[char], style: Style) -> bool {
    head(line).is_some_and(|(own, ..)| own == style)
        && !line.iter().any(|c| matches!(c, '，' | ',' | '。' | '；'))
        && !line.last().is_some_and(|c| "第见照按据条款项和及与或至到由、".contains(*c))
}

/// The number that a line begins with, and how many characters it takes.
pub(super) fn head(chars: &[char]) -> Option<(Style, u32, usize)> {
    let open = matches!(chars.first(), Some('（' | '('));
    let from = usize::from(open);
    let rest = chars.get(from..)?;
    let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
    let (number, length, is_han) = if (1..=2).contains(&digits) {
        (rest.get(..digits)?.iter().collect::<String>().parse().ok()?, digits, false)
    } else {
        let (number, length) = chinese(rest)?;
        (number, length, true)
    };
    let behind = rest.get(length)?;
    let next = rest.get(length + 1);
    let style = match (open, is_han, behind) {
        (true, true, '）' | ')') => Style::HanBrackets,
        (true, false, '）' | ')') => Style::DigitsBrackets,
        (false, true, '、') => Style::Han,
        (false, false, '.' | '．' | '、') if next.is_some_and(|c| !c.is_ascii_digit()) => Style::Digits,
        _ => return None,
    };
    Some((style, number, from + length + 1))
}
