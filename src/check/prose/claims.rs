//! Promised counts: "四项机制：" and three that follow.
//!
//! In: a number with a measure word before a colon, or before 一是 … 二是 …, 第一， … 第二， …, ①②. Out: W-COUNT-CLAIM when what follows is
//! counted for certain and is another number. Source of the rule: a published work report that promised four and
//! listed three. Not here: how numbered parts and headings that follow are counted (`listed`), counts of records.

use super::Text;
use super::block::{Block, BlockKind};
use super::listed::{self, Listed};
use super::numerals::chinese;
use super::ordinals::{Dress, Ordinal, ordinals};
use crate::diagnostic::{Code, Findings, Message};

/// A promised count that the list behind it does not keep.
pub const COUNT_CLAIM: Code = Code("W-COUNT-CLAIM");

/// Measure words behind a promised number, in simplified and traditional characters.
const MEASURES: [&str; 20] = [
    "项", "个", "条", "类", "种", "点", "步", "大", "方面", "部分", "件", "张", "份", "句", "項", "個", "條",
    "類", "種", "點",
];

/// A promise: where it stands, the number, its words.
struct Claim {
    at: usize,
    count: u32,
    words: String,
}

pub(super) fn claims(text: &Text<'_>, findings: &mut Findings) {
    for (no, block) in text.blocks.iter().enumerate() {
        if block.kind == BlockKind::Row {
            continue;
        }
        for sentence in block.sentences() {
            let colon = sentence.clone().find(|at| matches!(block.chars.get(*at), Some('：' | ':')));
            if let Some(colon) = colon
                && let Some(claim) = last_claim(block, sentence.start, colon)
            {
                let listed = listed::numbered(text, no, colon + 1).or_else(|| {
                    if colon + 1 < block.chars.len() {
                        return inline(block, colon + 1, sentence.end).map(Listed::Exactly);
                    }
                    let items = following(text.blocks.get(no + 1..).unwrap_or(&[]));
                    items.map(|count| Listed::Exactly(vec![count])).or_else(|| listed::sections(text, no))
                });
                judge(text, block, &claim, listed, findings);
            }
        }
        kept(text, no, block, findings);
    }
}

fn judge(text: &Text<'_>, block: &Block, claim: &Claim, listed: Option<Listed>, findings: &mut Findings) {
    let found = match &listed {
        Some(Listed::Exactly(counts)) if !counts.contains(&claim.count) => counts.first(),
        Some(Listed::AtMost(count)) if *count < claim.count => Some(count),
        _ => None,
    };
    let Some(found) = found else { return };
    let message = Message::new(
        format!("文中说“{}”，实列{found}项", claim.words),
        format!("the text promises `{}`, and {found} follow", claim.words),
    );
    text.blame(findings, COUNT_CLAIM, block, claim.at, message)
        .hint(Message::new("补上漏掉的一项，或改正数目", "add what is missing, or correct the number"));
}

/// The last promise before a place; names in quotes are names.
fn last_claim(block: &Block, from: usize, to: usize) -> Option<Claim> {
    let mut depth = 0;
    let mut found = None;
    for at in from..to {
        match block.chars.get(at)? {
            '“' | '「' | '《' => depth += 1,
            '”' | '」' | '》' => depth -= 1,
            _ if depth == 0 => found = claim_at(block, at, to).or(found),
            _ => {}
        }
    }
    found
}

fn claim_at(block: &Block, at: usize, to: usize) -> Option<Claim> {
    let before = at.checked_sub(1).and_then(|before| block.chars.get(before));
    // 第三项, 十四 (its second half), 2026 (its later digits) and 每两个 promise nothing.
    let is_ahead = at.checked_sub(2).is_some_and(|two| block.has(two, "以下") || block.has(two, "如下"));
    if before.is_some_and(|c| {
        matches!(c, '第' | '每' | '前' | '近' | '之' | '某' | '另' | '同' | '这' | '上' | '、' | '～')
            || *c == '下' && !is_ahead
            || c.is_ascii_digit()
            || "零一二三四五六七八九十百千万".contains(*c)
    }) || any_of(block, at)
    {
        return None;
    }
    let rest = block.chars.get(at..to)?;
    let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
    let (count, length) = if digits > 0 && digits <= 2 {
        (rest.get(..digits)?.iter().collect::<String>().parse().ok()?, digits)
    } else {
        chinese(rest)?
    };
    let measure = MEASURES.iter().find(|word| block.has(at + length, word))?;
    let end = at + length + measure.chars().count();
    // Between the measure and the colon stand a few words, and no other clause.
    let between = block.chars.get(end..to)?;
    let plain = between.len() <= 12 && !between.iter().any(|c| matches!(c, '，' | '、' | '。' | '的'));
    (plain && (2..=30).contains(&count)).then(|| Claim { at, count, words: block.text(at..to.min(end + 6)) })
}

/// Whether 任 before a number means "any": not in 责任, 主任 and the like.
fn any_of(block: &Block, at: usize) -> bool {
    let back = |steps: usize| at.checked_sub(steps).and_then(|at| block.chars.get(at));
    back(1) == Some(&'任') && !back(2).is_some_and(|c| "责責主信担擔负負兼".contains(*c))
}

/// How many things a sentence lists behind its colon: one count, or two where 和 may part the last ones.
fn inline(block: &Block, from: usize, to: usize) -> Option<Vec<u32>> {
    let mut depth = 0;
    let (mut marks, mut joined, mut commas) = (0, 0, 0);
    for at in from..to {
        match block.chars.get(at)? {
            '“' | '「' | '《' | '（' | '(' | '〔' => depth += 1,
            '”' | '」' | '》' | '）' | ')' | '〕' => depth -= 1,
            '、' if depth == 0 => marks += 1,
            '，' | ',' if depth == 0 => commas += 1,
            '：' | ':' if depth == 0 => return None,
            '和' | '及' | '与' if depth == 0 => joined += 1,
            '等' if depth == 0 => return None,
            _ => {}
        }
    }
    if ordinals(block).iter().any(|one| (from..to).contains(&one.at)) {
        return None;
    }
    // A comma may part things or clauses: what is not certain is not judged.
    if marks == 0 || commas > 0 {
        return None;
    }
    Some((0..=joined.min(3)).map(|more| marks + 1 + more).collect())
}

/// How many list items of one depth follow directly, when the list does not go on behind a paragraph.
fn following(rest: &[Block]) -> Option<u32> {
    let Some(BlockKind::Item(depth, _)) = rest.first().map(|block| block.kind) else { return None };
    let items = rest.iter().map_while(|block| match block.kind {
        BlockKind::Item(at, _) => Some(at),
        _ => None,
    });
    let depths: Vec<usize> = items.collect();
    let count = depths.iter().filter(|at| **at == depth).count() as u32;
    let mut behind = rest.get(depths.len()..).unwrap_or(&[]).iter().peekable();
    let mut leads = false;
    while let Some(block) = behind.next_if(|block| block.kind == BlockKind::Paragraph) {
        leads |= matches!(block.chars.last(), Some('：' | ':'));
    }
    let goes_on = behind.peek().is_some_and(
        |block| matches!(block.kind, BlockKind::Item(at, number) if at == depth && number != Some(1)),
    );
    (!goes_on || leads).then_some(count)
}

/// 一是 … 二是 …: the promise before them against the highest ordinal, up to the next heading or promise.
fn kept(text: &Text<'_>, no: usize, block: &Block, findings: &mut Findings) {
    let Some(first) = ordinals(block).into_iter().find(|one| one.number == 1) else { return };
    let claim_block = if first.at > 0 { Some((block, first.at)) } else { None };
    let before = no.checked_sub(1).and_then(|no| text.blocks.get(no));
    let before =
        before.filter(|block| block.kind == BlockKind::Paragraph).map(|block| (block, block.chars.len()));
    let claim = [claim_block, before].into_iter().flatten().find_map(|(block, to)| {
        let to = block.chars.get(..to)?.iter().rposition(|c| matches!(c, '：' | ':' | '。' | '；'))?;
        let from =
            block.chars.get(..to)?.iter().rposition(|c| matches!(c, '。' | '；')).map_or(0, |at| at + 1);
        Some((block, last_claim(block, from, to)?))
    });
    let Some((claim_block, claim)) = claim else { return };
    let later = text.blocks.get(no + 1..).unwrap_or(&[]).iter();
    let later = later.take_while(|later| later.kind != BlockKind::Heading && !opens_anew(later, first.dress));
    let mut highest = 0;
    for later in std::iter::once(block).chain(later) {
        let own = ordinals(later);
        while highest < 30 && own.iter().any(|one| one.dress == first.dress && one.number == highest + 1) {
            highest += 1;
        }
    }
    if highest >= 2 {
        judge(text, claim_block, &claim, Some(Listed::Exactly(vec![highest])), findings);
    }
}

/// Whether a block opens the next section or the next 一是: what follows keeps another promise.
fn opens_anew(block: &Block, dress: Dress) -> bool {
    let section = chinese(&block.chars).is_some_and(|(_, length)| block.chars.get(length) == Some(&'、'));
    let again = |one: &Ordinal| one.dress == dress && one.number == 1;
    section || matches!(block.chars.first(), Some('（' | '(')) || ordinals(block).iter().any(again)
}
