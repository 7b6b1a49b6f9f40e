//! Sums in sentences, added up: a total with 其中, with brackets or a colon behind it, or with its parts before it.
//!
//! In: a sentence and its counted numbers. Out: E-SUM-MISMATCH at the total. The rule is an error, so it judges only a list
//! that is one for certain: parts of one unit and of one shape, joined by 、 in one clause, or one a clause until the total
//! is reached; what stands in brackets are the parts of a part. A list that falls short may be incomplete, and is told only
//! when three parts or more miss less than a tenth. Not here: tables (`tables`), rates (`arithmetic`).

use std::ops::Range;

use super::Text;
use super::arithmetic::Counted;
use super::block::Block;
use crate::diagnostic::{Code, Findings, Message};

/// Parts that do not add up to their total.
pub const SUM_MISMATCH: Code = Code("E-SUM-MISMATCH");

/// Words that say that what follows is the whole.
const WHOLE: [&str; 6] = ["共计", "合计", "总计", "总数", "分别", "构成"];

/// Words directly before a total that stands behind its parts.
const BEHIND: [&str; 8] = ["合计", "共计", "总计", "一共", "总共", "合计为", "共计为", "总计为"];

/// Words beside which a number is no part of a total.
const NO_PARTS: [&str; 19] = [
    "比",
    "同期",
    "上年",
    "去年",
    "上月",
    "上季",
    "上半年",
    "前期",
    "此前",
    "增",
    "减",
    "降",
    "均",
    "每",
    "累计",
    "占",
    "率",
    "约",
    "另",
];

/// Words of what came of the things counted: 其中餐饮60家、销售40家，发现问题30家 has two parts.
const OUTCOMES: [&str; 21] = [
    "合格", "达标", "发现", "问题", "整改", "责令", "立案", "罚", "查处", "处置", "取缔", "关停", "停业",
    "约谈", "警告", "下达", "移送", "召回", "下架", "办结", "完成",
];

/// Words of traits that one and the same person or place may have beside others.
const TRAITS: [&str; 12] =
    ["党员", "团员", "学历", "本科", "大专", "硕士", "少数民族", "兼", "持证", "以上", "以下", "超过"];

/// Words that say that a list leaves something out.
const OPEN: [&str; 8] = ["等", "主要", "部分", "其余", "其他", "其它", "另有", "还有"];

/// A list of parts behind its total.
struct Listing<'c> {
    total: &'c Counted,
    /// Numbers of the unit that stand before the total.
    earlier: Vec<i128>,
    parts: Vec<&'c Counted>,
    /// Whether each part is a clause of its own.
    by_clauses: bool,
    /// Where the parts stand.
    at: Range<usize>,
    /// Where the sentence or the bracket ends.
    to: usize,
    /// Whether nothing but what came of them follows.
    is_closed: bool,
    /// Whether the words say that nothing is left out.
    says_whole: bool,
}

pub(super) fn sums(
    text: &Text<'_>,
    block: &Block,
    sentence: Range<usize>,
    counted: &[Counted],
    findings: &mut Findings,
) {
    if sum_behind(text, block, sentence.clone(), counted, findings) {
        return;
    }
    for at in sentence.clone() {
        let Some(listing) = listing(block, &sentence, at, counted) else { continue };
        let values: Option<Vec<i128>> = listing.parts.iter().map(|part| part.number.whole()).collect();
        if let (Some(whole), Some(values)) = (listing.total.number.whole(), values)
            && is_wrong(block, &listing, whole, values.iter().sum())
        {
            mismatch(text, block, (listing.total, whole), &values, findings);
        }
    }
}

/// A total behind its parts: 甲3家、乙4家，合计7家. Answers whether the sentence has one, right or not.
fn sum_behind(
    text: &Text<'_>,
    block: &Block,
    sentence: Range<usize>,
    counted: &[Counted],
    findings: &mut Findings,
) -> bool {
    let Some((total, parts)) = counted.split_last() else { return false };
    let before = block.text(sentence.start..total.number.from);
    if !BEHIND.iter().any(|word| before.trim_end().ends_with(word)) {
        return false;
    }
    // Of what stands before 其中 these are the parts of a part.
    let from = before.rfind("其中").map_or(0, |at| before.get(..at).map_or(0, |head| head.chars().count()));
    let from = sentence.start + from;
    let parts: Vec<&Counted> = parts
        .iter()
        .filter(|part| part.number.from >= from && is_outside(block, from, part.number.from))
        .collect();
    let one_unit = parts.iter().all(|part| part.unit == total.unit);
    if parts.len() < 2 || !one_unit || NO_PARTS.iter().any(|word| before.contains(word)) {
        return true;
    }
    let values: Option<Vec<i128>> = parts.iter().map(|part| part.number.whole()).collect();
    if let (Some(whole), Some(values)) = (total.number.whole(), values)
        && values.iter().sum::<i128>() != whole
    {
        mismatch(text, block, (total, whole), &values, findings);
    }
    true
}

fn mismatch(
    text: &Text<'_>,
    block: &Block,
    (total, whole): (&Counted, i128),
    values: &[i128],
    findings: &mut Findings,
) {
    let sum: i128 = values.iter().sum();
    let terms = values.iter().map(i128::to_string).collect::<Vec<_>>().join("+");
    let message = Message::new(
        format!("分项之和 {terms}={sum}，不等于写明的 {whole}"),
        format!("the parts {terms} make {sum}, not {whole} as written"),
    );
    text.blame(findings, SUM_MISMATCH, block, total.number.from, message).hint(Message::new(
        "核对分项与合计；分项不全的写明“其中部分为”",
        "compare parts and total; where some parts are left out, say so",
    ));
}

/// Whether a sum is wrong beyond doubt.
fn is_wrong(block: &Block, listing: &Listing<'_>, whole: i128, sum: i128) -> bool {
    let words = block.text(listing.at.clone());
    let says = |known: &[&str]| known.iter().any(|word| words.contains(word));
    let is_open = || {
        let words = block.text(listing.at.start..listing.to);
        OPEN.iter().any(|word| words.contains(word))
    };
    let is_near = (sum - whole).abs().saturating_mul(10) < whole;
    let count = listing.parts.len();
    if sum == whole || listing.earlier.contains(&sum) || says(&NO_PARTS) {
        return false;
    }
    if sum > whole {
        let women = words.contains('女') && !words.contains('男');
        let another = listing.earlier.iter().any(|earlier| *earlier > sum);
        let is_sure = !listing.by_clauses && !another || count > 2 && is_near;
        return count >= 2 && is_sure && !says(&TRAITS) && !women;
    }
    let is_whole = listing.says_whole && count >= 2 || count >= 3 && is_near;
    is_whole && listing.is_closed && !is_open()
}

/// The list that a 其中, a colon or a bracket opens.
fn listing<'c>(
    block: &Block,
    sentence: &Range<usize>,
    at: usize,
    counted: &'c [Counted],
) -> Option<Listing<'c>> {
    if counted.len() < 2 || !matches!(block.chars.get(at)?, '其' | '：' | ':' | '（' | '(') {
        return None;
    }
    let room = room(block, sentence, at);
    let end_of = |one: &Counted| one.number.to + one.unit.chars().count();
    let inside = |one: &&Counted| is_outside(block, room.start, one.number.from);
    let before: Vec<&Counted> = counted
        .iter()
        .filter(|one| room.contains(&one.number.from) && one.number.from < at)
        .filter(inside)
        .collect();
    let total = *before.last()?;
    let is_bracket = end_of(total) == at;
    let (from, to) = match block.chars.get(at)? {
        '其' if block.has(at, "其中") => (at + 2, room.end),
        '：' | ':' if is_plain(block, end_of(total)..at) => (at + 1, room.end),
        '（' | '(' if is_bracket => (at + 1, closing(block, at, room.end)?),
        _ => return None,
    };
    let lead = |at: &usize| !block.chars.get(*at).is_some_and(|c| matches!(c, '，' | ',' | '：' | ':' | ' '));
    let from = if block.has(from, "其中") { from + 2 } else { from };
    let from = (from..to).find(lead)?;
    let is_rounded = |one: &Counted| {
        let words = block.text(one.number.from.saturating_sub(1)..one.number.to);
        words.contains(['约', '近', '超', '逾', '万', '亿'])
    };
    let (parts, end, by_clauses) = parts(block, from..to, counted, total)?;
    if is_rounded(total) || parts.iter().any(|part| is_rounded(part)) {
        return None;
    }
    let goes_on = |one: &&Counted| {
        let label = block.text(label(block, end, one));
        one.unit == total.unit && !OUTCOMES.iter().any(|word| label.contains(word))
    };
    // A bracket belongs to the number before it, and 其中 perhaps to one before that.
    let earlier = before.iter().rev().skip(1).filter(|one| !is_bracket && one.unit == total.unit);
    let rest = counted.iter().filter(|one| (end..to).contains(&one.number.from));
    let opens = block.text(end_of(total)..from);
    let words = block.text(sentence.start..from);
    Some(Listing {
        total,
        earlier: earlier.filter_map(|one| one.number.whole()).collect(),
        parts,
        by_clauses,
        at: from..end,
        to,
        is_closed: !rest.into_iter().any(|one| goes_on(&one))
            && (to != sentence.end || block.chars.get(to.saturating_sub(1)) != Some(&'；')),
        says_whole: opens.contains("分别")
            || opens.contains("构成")
            || !opens.contains("其中") && WHOLE.iter().any(|word| words.contains(word)),
    })
}

/// The parts of a list, where it ends, and whether each is a clause of its own. A list of other units is none.
fn parts<'c>(
    block: &Block,
    list: Range<usize>,
    counted: &'c [Counted],
    total: &Counted,
) -> Option<(Vec<&'c Counted>, usize, bool)> {
    let clauses = clauses(block, list.clone());
    let of = |clause: &Range<usize>| -> Vec<&'c Counted> {
        let top = counted.iter().filter(|one| clause.contains(&one.number.from));
        top.filter(|one| is_outside(block, list.start, one.number.from)).collect()
    };
    let first = clauses.first()?;
    let mut parts = of(first);
    if parts.is_empty() || parts.iter().any(|part| part.unit != total.unit) {
        return None;
    }
    if parts.len() > 1 {
        return Some((of_one_shape(block, first.start, parts), first.end, false));
    }
    let mut end = first.end;
    let outcome = |part: &Counted| is_outcome(block, list.start, part);
    for clause in clauses.get(1..)? {
        let reached: Option<i128> = parts.iter().map(|part| part.number.whole()).sum();
        let own = of(clause);
        let [part] = own.as_slice() else { break };
        let fits = !block.text(clause.clone()).contains("其中")
            && part.unit == total.unit
            && parts.first().is_some_and(|first| outcome(first) == outcome(part));
        if !fits || reached.is_none_or(|sum| total.number.whole().is_some_and(|whole| sum >= whole)) {
            break;
        }
        parts.push(part);
        end = clause.end;
    }
    Some((of_one_shape(block, list.start, parts), end, true))
}

/// The parts that are of the shape of the first: kinds of things, or what came of them. Of the latter, 已整改60家、未整改40家 make a
/// whole, and 责令整改60家、立案50家 do not.
fn of_one_shape<'c>(block: &Block, from: usize, parts: Vec<&'c Counted>) -> Vec<&'c Counted> {
    let first = parts.first().is_some_and(|part| is_outcome(block, from, part));
    let parts: Vec<&Counted> =
        parts.into_iter().filter(|part| is_outcome(block, from, part) == first).collect();
    let denies = |part: &&Counted| block.text(label(block, from, part)).contains(['未', '不']);
    if first && !parts.iter().any(denies) { Vec::new() } else { parts }
}

fn is_outcome(block: &Block, from: usize, part: &Counted) -> bool {
    let label = block.text(label(block, from, part));
    OUTCOMES.iter().any(|word| label.contains(word))
}

/// The words before a number, back to the mark before them.
fn label(block: &Block, from: usize, part: &Counted) -> Range<usize> {
    let is_mark = |at: &usize| {
        block.chars.get(*at).is_some_and(|c| "、，,；：:（(）)".contains(*c) || c.is_ascii_digit())
    };
    let begins = (from..part.number.from).rev().find(is_mark).map_or(from, |at| at + 1);
    begins.min(part.number.from)..part.number.from
}

/// The clauses of a stretch: what commas outside brackets part.
fn clauses(block: &Block, list: Range<usize>) -> Vec<Range<usize>> {
    let mut clauses = Vec::new();
    let mut from = list.start;
    for at in list.clone() {
        let is_thousands = || block.chars.get(at + 1).is_some_and(char::is_ascii_digit);
        let is_comma = match block.chars.get(at) {
            Some('，') => true,
            Some(',') => !is_thousands(),
            _ => false,
        };
        if is_comma && is_outside(block, list.start, at) {
            clauses.push(from..at);
            from = at + 1;
        }
    }
    clauses.push(from..list.end);
    clauses
}

/// The inside of the bracket around a place, or the sentence.
fn room(block: &Block, sentence: &Range<usize>, at: usize) -> Range<usize> {
    let mut depth = 0;
    for before in (sentence.start..at).rev() {
        match block.chars.get(before) {
            Some('）' | ')') => depth += 1,
            Some('（' | '(') if depth == 0 => {
                return before + 1..closing(block, before, sentence.end).unwrap_or(sentence.end);
            }
            Some('（' | '(') => depth -= 1,
            _ => {}
        }
    }
    sentence.clone()
}

/// Where the bracket that opens at a place closes.
fn closing(block: &Block, open: usize, end: usize) -> Option<usize> {
    let mut depth = 0;
    (open..end).find(|at| {
        match block.chars.get(*at) {
            Some('（' | '(') => depth += 1,
            Some('）' | ')') => depth -= 1,
            _ => {}
        }
        depth == 0
    })
}

/// Whether no bracket that opens in a stretch is still open at its end.
fn is_outside(block: &Block, from: usize, at: usize) -> bool {
    let stretch = block.chars.get(from..at).unwrap_or(&[]);
    let count = |marks: [char; 2]| stretch.iter().filter(|c| marks.contains(c)).count();
    count(['（', '(']) == count(['）', ')'])
}

/// Whether a few words stand in a stretch, and no other clause.
fn is_plain(block: &Block, stretch: Range<usize>) -> bool {
    let words = block.chars.get(stretch).unwrap_or(&[]);
    words.len() <= 8 && !words.iter().any(|c| "，,、（）()".contains(*c))
}
