//! How many things a text lists under numbers, （一）（二） or 1. 2., or under headings.
//!
//! In: the blocks of a text and the place from which a list is expected. Out: the count, when it is certain: the numbers begin
//! with one and follow each other. Numbers of another style are an inner list when they begin with one, and the end of the
//! list when they go on from before it. Not here: Markdown lists, 一是 … 二是 … and what was promised (`claims`).

use super::Text;
use super::block::{Block, BlockKind};
use super::numbering::{REFERS_BEHIND, Style, head};

/// How many there are.
pub(super) enum Listed {
    /// One of these numbers.
    Exactly(Vec<u32>),
    /// So many, of which some may be something else: what a whole text is divided into.
    AtMost(u32),
}

/// A number at the head of a line or clause.
struct Mark {
    style: Style,
    number: u32,
    is_heading: bool,
}

/// What stands under numbers from a character of a block on.
pub(super) fn numbered(text: &Text<'_>, no: usize, from: usize) -> Option<Listed> {
    let own = text.blocks.get(no)?;
    let is_inline = from < own.chars.len();
    let mut style: Option<(Style, bool)> = None;
    let (mut last, mut inner) = (0, Vec::new());
    for (at, block) in text.blocks.iter().enumerate().skip(no + usize::from(!is_inline)) {
        let begins = if at == no { from } else { 0 };
        let marks = marks(block, begins);
        if style.is_none() && !matches!(marks.first(), Some((0, _))) {
            return None;
        }
        if block.kind == BlockKind::Heading && marks.is_empty() {
            break;
        }
        for (_, mark) in marks {
            let (own, is_heading) = *style.get_or_insert((mark.style, mark.is_heading));
            let goes_on = mark.number == last + 1;
            if mark.style == own && goes_on && mark.is_heading == is_heading {
                last = mark.number;
            } else if mark.style == own {
                // Another list of the style begins, or the numbers jump.
                return if mark.number == 1 { count(own, last) } else { None };
            } else if mark.number == 1 {
                inner.push(mark.style);
            } else if !inner.contains(&mark.style) {
                return count(own, last);
            }
        }
    }
    count(style?.0, last)
}

fn count(style: Style, last: u32) -> Option<Listed> {
    // Behind what was promised, 一、 goes on with what the text says besides.
    let listed = if style == Style::Han { Listed::AtMost(last) } else { Listed::Exactly(vec![last]) };
    (last >= 2).then_some(listed)
}

/// The numbers at the head of a block, of its lines and of its clauses, each with how far behind `from` it stands.
fn marks(block: &Block, from: usize) -> Vec<(usize, Mark)> {
    if !matches!(block.kind, BlockKind::Heading | BlockKind::Paragraph) {
        return Vec::new();
    }
    let is_heading = block.kind == BlockKind::Heading;
    let is_blank = |at: usize| block.chars.get(at).is_some_and(|c| c.is_whitespace());
    let begins = |at: usize| {
        let mut before = at;
        while before > from && is_blank(before - 1) {
            before -= 1;
        }
        let ends = before.checked_sub(1).and_then(|before| block.chars.get(before));
        before == from
            || block.lines.iter().any(|line| line.at == at)
            || ends.is_some_and(|c| matches!(c, '。' | '；' | ';'))
    };
    let last = if is_heading { from + 1 } else { block.chars.len() };
    let mark = |at: usize| {
        let (style, number, length) = block.chars.get(at..).and_then(head)?;
        let refers = block.chars.get(at + length).is_some_and(|c| REFERS_BEHIND.contains(*c));
        (!refers).then_some((at.saturating_sub(from), Mark { style, number, is_heading }))
    };
    let first = (from..last).find(|at| !is_blank(*at)).unwrap_or(from);
    (first..last)
        .filter(|at| !is_blank(*at) && begins(*at))
        .filter_map(mark)
        .map(|(at, mark)| (if at + from == first { 0 } else { at }, mark))
        .collect()
}

/// The headings without numbers that follow a paragraph and lie below its own heading.
pub(super) fn sections(text: &Text<'_>, no: usize) -> Option<Listed> {
    let before = text.blocks.get(..no)?;
    let rest = text.blocks.get(no + 1..)?;
    let level = |block: &Block| level(text, block);
    let first = rest.first().filter(|block| block.kind == BlockKind::Heading).map(level)?;
    let own = before.iter().rev().find(|block| block.kind == BlockKind::Heading).map_or(0, level);
    if first <= own {
        return None;
    }
    let levels = rest.iter().filter(|block| block.kind == BlockKind::Heading).map(level);
    let count = levels.take_while(|at| *at >= first).filter(|at| *at == first).count() as u32;
    // Without a heading above, the last of them may sum up the whole text.
    let listed = if own == 0 { Listed::AtMost(count) } else { Listed::Exactly(vec![count]) };
    (count >= 2).then_some(listed)
}

/// How many # stand before a heading.
fn level(text: &Text<'_>, block: &Block) -> usize {
    let before = text.body.get(..block.offset(0)).unwrap_or_default().trim_end_matches(' ');
    before.len() - before.trim_end_matches('#').len()
}
