//! Wording: letters without their scale, half-width marks in Chinese, outdated hotlines.
//!
//! In: blocks. Out: E-GRADE-BARE, W-PUNCT-HALF, E-HOTLINE. Four scales of the field use the letters A to D, and an A of
//! one may be a D of another. Not here: values of records, whose labels carry their scale.

use super::super::portal::{HOTLINE, hotline_hint};
use super::Text;
use super::block::{Block, BlockKind};
use crate::diagnostic::{Code, Findings, Message};

/// A letter without the name of its scale.
pub const GRADE_BARE: Code = Code("E-GRADE-BARE");
/// Half-width punctuation between Chinese characters.
pub const PUNCTUATION: Code = Code("W-PUNCT-HALF");

/// Names of scales.
const SCALES: [&str; 8] = ["包保", "风险", "量化", "信用", "动态等级", "年度等级", "覆盖等级", "景区"];

/// Words of letters that grade something else: 公安部A级通缉令, C级锅炉, A级绿色食品.
const OTHER_GRADES: [&str; 14] = [
    "通缉",
    "锅炉",
    "压力容器",
    "绿色食品",
    "防火",
    "阻燃",
    "耐火",
    "资质",
    "危房",
    "能效",
    "驾驶",
    "文物",
    "纳税",
    "机房",
];

/// Short numbers that answer for other matters, each with words of its matter.
const OTHER_LINES: [(&str, &[&str]); 14] = [
    ("12316", &["农", "种子", "兽药"]),
    ("12388", &["纪", "监委", "监察", "廉", "作风"]),
    ("12369", &["环保", "环境", "污染"]),
    ("12333", &["人社", "人力资源", "劳动", "欠薪", "工资", "社保"]),
    ("12320", &["卫生", "疾控", "健康"]),
    ("12350", &["安全生产", "应急"]),
    ("12377", &["网络", "网信", "互联网"]),
    ("12348", &["法律", "司法"]),
    ("12366", &["税"]),
    ("12309", &["检察"]),
    ("12328", &["交通", "运输"]),
    ("12318", &["文化", "旅游"]),
    ("12313", &["烟"]),
    ("12305", &["邮政", "快递"]),
];

/// Characters of a clause on either side of a letter, at the most.
const CLAUSE: usize = 60;

/// Marks that close something in a Chinese text.
const CLOSING: &str = "”’）》」』】〕";

/// E-GRADE-BARE: the scale stands in the same paragraph, list or table, in its heading, or in the paragraph that leads to a
/// list or a table. What an earlier paragraph said of another scale excuses nothing.
pub(super) fn grades(text: &Text<'_>, findings: &mut Findings) {
    let title = text.title;
    let mut heading = names_scale(title);
    let mut lead = false;
    for group in text.blocks.chunk_by(stand_together) {
        let named = group.iter().any(|block| names_scale(&block.whole()));
        let kind = group.first().map(|block| block.kind);
        if kind == Some(BlockKind::Heading) {
            heading = named || names_scale(title);
            lead = false;
            continue;
        }
        let is_text = kind == Some(BlockKind::Paragraph);
        if !named && !heading && (is_text || !lead) {
            group.iter().for_each(|block| bare(text, block, findings));
        }
        lead = is_text && named;
    }
}

/// Rows of one table, items of one list.
fn stand_together(one: &Block, next: &Block) -> bool {
    matches!(
        (one.kind, next.kind),
        (BlockKind::Row, BlockKind::Row) | (BlockKind::Item(..), BlockKind::Item(..))
    )
}

fn bare(text: &Text<'_>, block: &Block, findings: &mut Findings) {
    let Some((at, letter)) = bare_letter(block) else { return };
    let shown = format!("{letter}级");
    let message = Message::new(
        format!("“{shown}”缺少等级名称，请写明包保、风险、量化还是信用等级"),
        format!("`{shown}` does not say of which scale: coverage, risk, catering or credit"),
    );
    text.blame(findings, GRADE_BARE, block, at, message).hint(Message::new(
        format!("写作“包保{shown}”或“风险等级{shown}”等"),
        "put the name of the scale before the letter",
    ));
}

fn names_scale(words: &str) -> bool {
    SCALES.iter().any(|scale| words.contains(scale))
}

/// A single A, B, C or D before 级, perhaps in quotes or with a blank between, in a clause that speaks of nothing else.
fn bare_letter(block: &Block) -> Option<(usize, char)> {
    (0..block.chars.len()).find_map(|at| {
        let before = at.checked_sub(1).and_then(|before| block.chars.get(before));
        let letter = *block.chars.get(at).filter(|c| matches!(c, 'A'..='D'))?;
        let behind = block.chars.get(at + 1..)?;
        // Looked at no further: a text of letters without end is read once.
        let behind = behind.iter().take(4);
        let level = behind.clone().find(|c| !matches!(c, ' ' | '\u{3000}' | '”' | '"' | '」' | '’'));
        let gap = behind.take_while(|c| **c != '级').count();
        let is_alone = before.is_none_or(|c| !c.is_ascii_alphanumeric());
        let is_bare = is_alone && level == Some(&'级') && gap <= 3;
        (is_bare && !of_another_matter(block, at)).then_some((at, letter))
    })
}

/// Whether the clause around a letter names something that has letters of its own.
fn of_another_matter(block: &Block, at: usize) -> bool {
    let is_mark = |at: &usize| block.chars.get(*at).is_some_and(|c| "，,；。、：（）|".contains(*c));
    let (first, last) = (at.saturating_sub(CLAUSE), block.chars.len().min(at + CLAUSE));
    let from = (first..at).rev().find(is_mark).map_or(first, |mark| mark + 1);
    let to = (at..last).find(is_mark).unwrap_or(last);
    let clause = block.text(from..to);
    OTHER_GRADES.iter().any(|word| clause.contains(word))
}

/// W-PUNCT-HALF, once a block.
pub(super) fn punctuation(text: &Text<'_>, findings: &mut Findings) {
    for block in &text.blocks {
        let wrong = |at: usize| is_half(block, at);
        let places: Vec<usize> = (1..block.chars.len()).filter(|at| wrong(*at)).collect();
        let Some(first) = places.first() else { continue };
        let shown = block.text(first.saturating_sub(1)..first + 1);
        let message = Message::new(
            format!("中文里用了半角标点：“{shown}”，本段共{}处", places.len()),
            format!("half-width punctuation in Chinese: `{shown}`, {} in this block", places.len()),
        );
        text.blame(findings, PUNCTUATION, block, *first, message)
            .hint(Message::new("改用全角 ，。；：？！（ ）", "use the full-width marks ，。；：？！（ ）"));
    }
}

/// Whether a half-width mark stands in Chinese: behind a character, or between what closes and a character. A point is one only
/// between two characters.
fn is_half(block: &Block, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| block.chars.get(before));
    let behind = block.chars.get(at + 1);
    let is_han = |c: Option<&char>| c.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
    let closes = before.is_some_and(|c| CLOSING.contains(*c));
    let next = block.chars.get(at + 1..).unwrap_or(&[]).iter().take(4).find(|c| **c != ' ');
    match block.chars.get(at) {
        Some(',' | ';' | ':' | '?' | '!') => is_han(before) || closes && is_han(next),
        Some('(' | '.') => is_han(before) && is_han(behind),
        _ => false,
    }
}

/// E-HOTLINE in a text: 12331 as if it still answered, or a complaint number that is neither 12315 nor 12345.
pub(super) fn hotlines(text: &Text<'_>, own: &str, findings: &mut Findings) {
    for block in &text.blocks {
        for sentence in block.sentences() {
            let words = block.text(sentence.clone());
            let told = ["并入", "整合", "停用", "不再", "改为", "原"].iter().any(|word| words.contains(word));
            let complains = ["投诉", "举报"].iter().any(|word| words.contains(word));
            for number in super::numerals::numbers(&block.chars, sentence.start, sentence.end) {
                let shown = block.text(number.from..number.to);
                let is_short = shown.len() == 5 && (shown.starts_with("123") || shown.starts_with("96"));
                let known = shown != "12331" && ["12315", "12345", own].contains(&shown.as_str());
                let wrong = shown == "12331" || complains && is_short && shown.starts_with("123");
                if !wrong || known || told || is_other_line(&shown, &words) {
                    continue;
                }
                let message = Message::new(
                    format!("投诉举报电话应为12315，现为“{shown}”"),
                    format!("the hotline for complaints is 12315, not `{shown}`"),
                );
                text.blame(findings, HOTLINE, block, number.from, message).hint(hotline_hint(&shown));
            }
        }
    }
}

/// Whether a number answers for another matter, and the sentence speaks of that.
fn is_other_line(number: &str, words: &str) -> bool {
    let mut others = OTHER_LINES.iter().filter(|(other, _)| *other == number);
    others.any(|(_, matters)| matters.iter().any(|matter| words.contains(matter)))
}
