//! Counted numbers in sentences, and rates, recomputed.
//!
//! In: sentences with numbers that count the same thing. Out: E-RATE-RECALC when a printed rate is not that of its numbers,
//! W-RATE-NODEN when a rate stands without any number or scope. Not here: sums (`sums`), tables (`tables`), figures of
//! records.

use super::Text;
use super::block::{Block, BlockKind};
use super::numerals::{Number, numbers};
use super::sums::sums;
use crate::diagnostic::{Code, Findings, Message};
use crate::rate;

/// A printed rate that its numerator and denominator do not give.
pub const RATE_RECALC: Code = Code("E-RATE-RECALC");
/// A rate without denominator or scope.
pub const RATE_NODEN: Code = Code("W-RATE-NODEN");

/// Units behind a number that count things.
pub(super) const UNITS: [&str; 16] =
    ["批次", "人次", "户次", "家次", "家", "户", "名", "人", "件", "个", "起", "条", "场", "次", "所", "份"];

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
pub(super) struct Counted {
    pub(super) number: Number,
    pub(super) unit: &'static str,
}

pub(super) fn sentences(text: &Text<'_>, findings: &mut Findings) {
    for block in text.blocks.iter().filter(|block| block.kind != BlockKind::Row) {
        for sentence in block.sentences() {
            let counted = counted(block, sentence.start, sentence.end);
            sums(text, block, sentence.clone(), &counted, findings);
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
