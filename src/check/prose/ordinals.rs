//! Ordinals inside sentences: 一是 … 二是 …, 第一， … 第二， …, 其一 … 其二 …, ①②.
//!
//! In: a block. Out: each ordinal that opens a clause, with its style and number. Not here: numbers at the head of lines
//! (`numbering`), what was promised (`claims`). A word such as 第一季度 or an answer such as 选①③ is no ordinal.

use super::block::Block;
use super::numerals::chinese;

/// How an ordinal is dressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dress {
    /// 一是
    Is,
    /// 第一，
    Place,
    /// 其一，
    Also,
    /// ①
    Circle,
}

impl Dress {
    /// An ordinal as it is written.
    pub(super) fn write(self, number: u32) -> String {
        let han = super::numerals::han(number);
        match self {
            Dress::Is => format!("{han}是"),
            Dress::Place => format!("第{han}"),
            Dress::Also => format!("其{han}"),
            Dress::Circle => char::from_u32(0x245F + number).map(String::from).unwrap_or_default(),
        }
    }
}

/// An ordinal, and the character at which it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ordinal {
    pub(super) at: usize,
    pub(super) dress: Dress,
    pub(super) number: u32,
}

/// The ordinals that open clauses of a block, in their order.
pub(super) fn ordinals(block: &Block) -> Vec<Ordinal> {
    let opens = |at: &usize| {
        let before = at.checked_sub(1).and_then(|before| block.chars.get(before));
        before.is_none_or(|c| matches!(c, '。' | '；' | '：' | ':' | '，' | ' ' | '　'))
            || block.lines.binary_search_by_key(at, |line| line.at).is_ok()
    };
    (0..block.chars.len()).filter(opens).filter_map(|at| ordinal(block, at)).collect()
}

fn ordinal(block: &Block, at: usize) -> Option<Ordinal> {
    let first = *block.chars.get(at)?;
    if let Some(number) = circled(first) {
        let next = block.chars.get(at + 1)?;
        let quoted = circled(*next).is_some() || "，、。；和及与至".contains(*next);
        return (!quoted).then_some(Ordinal { at, dress: Dress::Circle, number });
    }
    let lead = match first {
        '第' => Some(Dress::Place),
        '其' => Some(Dress::Also),
        _ => None,
    };
    let from = at + usize::from(lead.is_some());
    let (number, length) = chinese(block.chars.get(from..)?)?;
    let behind = block.chars.get(from + length)?;
    match lead {
        None if *behind == '是' => Some(Ordinal { at, dress: Dress::Is, number }),
        Some(dress) if matches!(behind, '，' | ',' | '：' | ':') => Some(Ordinal { at, dress, number }),
        _ => None,
    }
}

/// The number in a circle: ① to ⑳.
fn circled(c: char) -> Option<u32> {
    ('①'..='⑳').contains(&c).then(|| u32::from(c).saturating_sub(0x245F))
}
