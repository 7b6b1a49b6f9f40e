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

/// Words of a sentence that may set an aim: nothing need be counted in it or beside it.
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

/// Characters from which on nobody reads a sentence as one: lists without an end would cost the square of their length.
const LONGEST: usize = 4000;

/// A number with the thing it counts.
#[derive(Clone, Copy)]
pub(super) struct Counted {
    pub(super) number: Number,
    pub(super) unit: &'static str,
}

pub(super) fn sentences(text: &Text<'_>, findings: &mut Findings) {
    for block in text.blocks.iter().filter(|block| block.kind != BlockKind::Row) {
        for sentence in block.sentences().into_iter().filter(|sentence| sentence.len() < LONGEST) {
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
const RATES: [(&str, bool); 16] = [
    ("不合格率", false),
    ("合格率", true),
    ("完成率", true),
    ("覆盖率", true),
    ("整改率", true),
    ("办结率", true),
    ("及格率", true),
    ("处置率", true),
    ("召回率", true),
    ("督导率", true),
    ("签订率", true),
    ("持证率", true),
    ("达标率", true),
    ("公示率", true),
    ("培训率", true),
    ("销号率", true),
];

/// Words before a rate that is aimed at, or is that of something else than the numbers beside it.
const AIMED: [&str; 31] = [
    "力争",
    "争取",
    "确保",
    "保证",
    "努力",
    "务必",
    "必须",
    "应当",
    "目标",
    "计划",
    "要求",
    "要将",
    "要把",
    "要使",
    "要达",
    "应使",
    "应将",
    "应达",
    "须达",
    "下一步",
    "年底",
    "月底",
    "明年",
    "去年",
    "上年",
    "上月",
    "上季",
    "同期",
    "平均",
    "全国",
    "其中",
];

/// Words between a rate and its percentage that set a bound, an aim or a change.
const BOUNDS: [&str; 24] = [
    "低于", "少于", "高于", "超过", "突破", "以上", "≥", "≤", "＞", "＜", ">", "<", "稳定", "保持", "控制",
    "约", "近", "应", "须", "要", "比", "提", "升", "降",
];

/// Words behind a percentage that make it a bound or an aim.
const BOUNDS_BEHIND: [&str; 8] = ["以上", "以下", "以内", "左右", "目标", "要求", "标准", "合格线"];

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
    let beside = || counts_beside(block, &sentence, word, *good).filter(|_| counted.is_empty());
    let Some((num, den)) = fraction(block, counted, word, *good).or_else(beside) else {
        let is_aim = AIMS.iter().any(|aim| words.contains(aim));
        if counted.is_empty() && !is_aim && !words.contains('/') {
            undenominated(text, block, word, percent, findings);
        }
        return;
    };
    if den == 0 || !is_reached(block, &sentence, word, percent, counted) {
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

/// Whether a percentage is what its rate came to: its own clause has the rate's word, and sets neither an aim nor a bound. Clauses
/// without numbers directly before it belong to it: 年底前，完成率达到100%.
fn is_reached(
    block: &Block,
    sentence: &std::ops::Range<usize>,
    word: &str,
    percent: &Number,
    counted: &[Counted],
) -> bool {
    let is_mark = |at: &usize| block.chars.get(*at).is_some_and(|c| "，,；。：:（）()".contains(*c));
    let from = (sentence.start..percent.from).rev().find(is_mark).map_or(sentence.start, |at| at + 1);
    let to = (percent.to..sentence.end).find(is_mark).unwrap_or(sentence.end);
    let own = block.text(from..percent.from);
    let Some((before, between)) = own.rsplit_once(word) else { return false };
    let last = counted.iter().rev().find(|one| one.number.to < from);
    let led = block.text(last.map_or(sentence.start, |one| one.number.to)..from);
    let before = format!("{led}{before}");
    let before =
        ["按要求", "按照要求", "主要", "重要"].iter().fold(before, |text, word| text.replace(word, ""));
    let says = |words: &str, known: &[&str]| known.iter().any(|word| words.contains(word));
    let begins = |clause: &str| clause.trim_start().starts_with(['要', '须', '应']);
    let is_aimed = says(&before, &AIMED) || before.split(['，', ',', '：', ':']).any(begins);
    !is_aimed && !says(between, &BOUNDS) && !says(&block.text(percent.to..to), &BOUNDS_BEHIND)
}

fn undenominated(text: &Text<'_>, block: &Block, word: &str, percent: &Number, findings: &mut Findings) {
    // What a title says in short, the text tells with its numbers.
    if text.is_field() {
        return;
    }
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

/// Numerator and denominator of a rate, when the sentence has exactly the two numbers it needs, and the words before the smaller
/// say that it is the numerator.
fn fraction(block: &Block, counted: &[Counted], word: &str, good: bool) -> Option<(i128, i128)> {
    let unit = counted.first()?.unit;
    let same: Vec<&Counted> = counted.iter().filter(|one| one.unit == unit).collect();
    let [one, other] = same.as_slice() else { return None };
    let (a, b) = (one.number.whole()?, other.number.whole()?);
    let (den, num, part) = if a >= b { (a, b, other) } else { (b, a, one) };
    let near = block.text(part.number.from.saturating_sub(12)..part.number.from);
    let label = near.rsplit(['，', ',', '；', '。', '：', '、', '（']).next().unwrap_or_default();
    let says = |known: &[&str]| known.iter().any(|word| label.contains(word));
    let is_bad = says(&["不合格", "不达标", "未", "不及格"]);
    if word.ends_with("合格率") || word == "及格率" {
        let num = if is_bad == good { den - num } else { num };
        return says(&["合格", "及格"]).then_some((num, den));
    }
    let is_part = says(&[word.trim_end_matches('率'), "已", "未", "实际"]) && !label.contains('应');
    is_part.then_some((if is_bad { den - num } else { num }, den))
}
