//! Sums and rates in sentences, recomputed.
//!
//! In: sentences with numbers that count the same thing. Out: E-SUM-MISMATCH when parts that are said to make up a total do
//! not, E-RATE-RECALC when a printed rate is not that of its numbers, W-RATE-NODEN when a rate stands without any
//! number or scope. Not here: tables (`tables`), figures of records.

use super::Text;
use super::block::{Block, BlockKind};
use super::numerals::{Number, numbers};
use crate::diagnostic::{Code, Findings, Message};
use crate::rate;

/// Parts that do not add up to their total.
pub const SUM_MISMATCH: Code = Code("E-SUM-MISMATCH");
/// A printed rate that its numerator and denominator do not give.
pub const RATE_RECALC: Code = Code("E-RATE-RECALC");
/// A rate without denominator or scope.
pub const RATE_NODEN: Code = Code("W-RATE-NODEN");

/// Units behind a number that count things.
pub(super) const UNITS: [&str; 14] =
    ["批次", "人次", "户次", "家", "户", "名", "人", "件", "个", "起", "条", "场", "次", "所"];

/// Words that say that the parts make up the whole.
const WHOLE: [&str; 6] = ["共计", "合计", "总计", "总数", "分别", "构成"];

/// Words directly before a total that stands behind its parts.
const BEHIND: [&str; 8] = ["合计", "共计", "总计", "一共", "总共", "合计为", "共计为", "总计为"];

/// Words beside which a number is no part of a total.
const NO_PARTS: [&str; 15] =
    ["比", "同期", "上年", "去年", "上月", "增", "减", "降", "均", "每", "累计", "占", "率", "约", "另"];

/// Words of a sentence that sets an aim, of which nothing was counted yet.
const AIMS: [&str; 22] = [
    "不低于",
    "不少于",
    "不超过",
    "达到",
    "以上",
    "以内",
    "以下",
    "应",
    "须",
    "要",
    "力争",
    "确保",
    "目标",
    "实现",
    "保持",
    "稳定",
    "低于",
    "高于",
    "超过",
    "满足",
    "≥",
    "合格线",
];

/// A number with the thing it counts.
#[derive(Clone, Copy)]
struct Counted {
    number: Number,
    unit: &'static str,
}

pub(super) fn sentences(text: &Text<'_>, findings: &mut Findings) {
    for block in text.blocks.iter().filter(|block| block.kind != BlockKind::Row) {
        for sentence in block.sentences() {
            let counted = counted(block, sentence.start, sentence.end);
            if !sum_behind(text, block, sentence.clone(), &counted, findings) {
                sum(text, block, sentence.clone(), &counted, findings);
            }
            recompute(text, block, sentence, &counted, findings);
        }
    }
}

fn counted(block: &Block, from: usize, to: usize) -> Vec<Counted> {
    numbers(&block.chars, from, to)
        .into_iter()
        .filter_map(|number| {
            let unit = UNITS.iter().find(|unit| block.has(number.to, unit))?;
            Some(Counted { number, unit })
        })
        .collect()
}

/// A total behind its parts: 甲3家、乙4家，合计7家. Answers whether the sentence has one, right or not.
fn sum_behind(
    text: &Text<'_>,
    block: &Block,
    sentence: std::ops::Range<usize>,
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
    let parts: Vec<&Counted> =
        parts.iter().filter(|part| part.number.from >= sentence.start + from).collect();
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

fn sum(
    text: &Text<'_>,
    block: &Block,
    sentence: std::ops::Range<usize>,
    counted: &[Counted],
    findings: &mut Findings,
) {
    let words = block.text(sentence.clone());
    let Some(total) = counted.first() else { return };
    let behind = block.text(total.number.to..sentence.end);
    let parts: Vec<&Counted> = counted.iter().skip(1).filter(|part| part.unit == total.unit).collect();
    let of_others = counted.iter().skip(1).any(|part| part.unit != total.unit);
    if parts.len() < 2 || of_others {
        return;
    }
    let says_whole = WHOLE.iter().any(|word| words.contains(word))
        || block.text(sentence.start..total.number.from).ends_with('共') && behind.contains("其中");
    let gives_parts = behind.contains("其中") || behind.contains('：') || behind.contains('（');
    if !gives_parts {
        return;
    }
    let values: Option<Vec<i128>> = parts.iter().map(|part| part.number.whole()).collect();
    let (Some(whole), Some(values)) = (total.number.whole(), values) else { return };
    let sum: i128 = values.iter().sum();
    if sum > whole || sum < whole && says_whole {
        mismatch(text, block, (total, whole), &values, findings);
    }
}

/// The rate words and what their numerator counts.
const RATES: [(&str, bool); 9] = [
    ("不合格率", false),
    ("合格率", true),
    ("完成率", true),
    ("覆盖率", true),
    ("整改率", true),
    ("办结率", true),
    ("及格率", true),
    ("处置率", true),
    ("召回率", true),
];

fn recompute(
    text: &Text<'_>,
    block: &Block,
    sentence: std::ops::Range<usize>,
    counted: &[Counted],
    findings: &mut Findings,
) {
    let words = block.text(sentence.clone());
    let Some((word, good)) = RATES.iter().find(|(word, _)| words.contains(word)) else { return };
    let percents: Vec<Number> = numbers(&block.chars, sentence.start, sentence.end)
        .into_iter()
        .filter(|number| matches!(block.chars.get(number.to), Some('%' | '％')))
        .collect();
    let [percent] = percents.as_slice() else { return };
    let is_aim = AIMS.iter().any(|aim| words.contains(aim));
    let beside = || counts_beside(block, &sentence, word, *good).filter(|_| counted.is_empty());
    let Some((num, den)) = fraction(block, counted, word, *good).or_else(beside) else {
        if counted.is_empty() && !is_aim && !words.contains('/') {
            undenominated(text, block, word, percent, findings);
        }
        return;
    };
    if is_aim || den == 0 {
        return;
    }
    let Some(wanted) = rate::percent(num, den, percent.digits) else { return };
    if wanted != percent.value {
        let (found, wanted) = (rate::text(percent.value, percent.digits), rate::text(wanted, percent.digits));
        let message = Message::new(
            format!("写{word}{found}%，按 {num}/{den} 应为{wanted}%"),
            format!("the rate is written as {found} %, and {num}/{den} is {wanted} %"),
        );
        text.blame(findings, RATE_RECALC, block, percent.from, message)
            .hint(Message::new("改正百分比，或核对分子、分母", "correct the rate, or compare its numbers"));
    }
}

fn undenominated(text: &Text<'_>, block: &Block, word: &str, percent: &Number, findings: &mut Findings) {
    // The numbers may stand in the sentence before.
    if !counted(block, 0, percent.from).is_empty() || block.kind == BlockKind::Heading {
        return;
    }
    if text.blocks.iter().any(|other| counts_out(other, word, percent)) {
        return;
    }
    let found = rate::text(percent.value, percent.digits);
    let message = Message::new(
        format!("“{word}{found}%”未写分母与范围"),
        format!("a rate of {found} % without its denominator and scope"),
    );
    text.blame(findings, RATE_NODEN, block, percent.from, message).hint(Message::new(
        "写明总数和范围，如“应督导215家，已督导215家，完成率100%”",
        "say how many of how many, and where",
    ));
}

/// Whether a sentence of this block tells the same rate with what it was counted from.
fn counts_out(block: &Block, word: &str, percent: &Number) -> bool {
    block.sentences().into_iter().any(|sentence| {
        let is_it = |number: &Number| {
            (number.value, number.digits) == (percent.value, percent.digits)
                && matches!(block.chars.get(number.to), Some('%' | '％'))
        };
        !counted(block, sentence.start, sentence.end).is_empty()
            && numbers(&block.chars, sentence.start, sentence.end).iter().any(is_it)
            && block.text(sentence).contains(word)
    })
}

/// What a rate without numbers was counted from: the sentence before or behind it, where that tells of tests and of nothing else.
fn counts_beside(
    block: &Block,
    sentence: &std::ops::Range<usize>,
    word: &str,
    good: bool,
) -> Option<(i128, i128)> {
    if !word.ends_with("合格率") {
        return None;
    }
    let all = block.sentences();
    let at = all.iter().position(|one| one == sentence)?;
    let neighbours = [at.checked_sub(1), at.checked_add(1)];
    let told: Vec<(i128, i128)> = neighbours
        .into_iter()
        .filter_map(|at| all.get(at?))
        .filter_map(|one| {
            let words = block.text(one.clone());
            let tests = ["检验", "抽检", "抽查", "监测"].iter().any(|test| words.contains(test));
            let plain = !words.contains('率') && !AIMS.iter().any(|aim| words.contains(aim));
            let counted = counted(block, one.start, one.end);
            fraction(block, &counted, word, good).filter(|_| tests && plain && words.contains("合格"))
        })
        .collect();
    let [one] = told.as_slice() else { return None };
    Some(*one)
}

/// Numerator and denominator of a rate, when the sentence has exactly the two numbers it needs.
fn fraction(block: &Block, counted: &[Counted], word: &str, good: bool) -> Option<(i128, i128)> {
    let unit = counted.first()?.unit;
    let same: Vec<&Counted> = counted.iter().filter(|one| one.unit == unit).collect();
    let [one, other] = same.as_slice() else { return None };
    let (a, b) = (one.number.whole()?, other.number.whole()?);
    let (den, num, part) = if a >= b { (a, b, other) } else { (b, a, one) };
    let before = block.text(part.number.from.saturating_sub(6)..part.number.from);
    let is_bad = before.contains("不合格") || before.contains("未");
    if word.ends_with("合格率") || word == "及格率" {
        return Some((if is_bad == good { den - num } else { num }, den));
    }
    Some((if is_bad { den - num } else { num }, den))
}
