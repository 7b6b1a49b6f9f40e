//! Leftovers of pasting from web pages: emptied brackets, pinyin behind characters, buttons and menus, traditional
//! characters in a simplified text.
//!
//! In: blocks. Out: W-TITLE-EMPTY, W-PASTE-RUBY. Source of the rules: published reprints in which titles were lost and
//! each pronunciation mark had become text. Not here: marks that Markdown does not know (`documents`).

use std::sync::LazyLock;

use super::Text;
use super::block::Block;
use crate::diagnostic::{Code, Findings, Message};

/// 《》 with nothing in it, 〔〕号 without a number.
pub const TITLE_EMPTY: Code = Code("W-TITLE-EMPTY");
/// What a web page left behind when its text was pasted.
pub const PASTE_RUBY: Code = Code("W-PASTE-RUBY");

/// Words of buttons and frames of news pages.
const FRAME: [&str; 12] = [
    "我来说两句",
    "我來說兩句",
    "责任编辑：",
    "分享到：",
    "打印本页",
    "关闭窗口",
    "上一篇：",
    "下一篇：",
    "扫一扫在手机",
    "点击下载",
    "相关阅读：",
    "版权归原作者",
];

/// Vowels with a tone mark, as pinyin has them.
const TONES: &str = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ";

/// Frequent characters that a simplified text writes otherwise.
const TRADITIONAL: &str = "們這來時國會過對發經學實現將還進動種關從業應問間無開見產體與點電東內後說話讀書車長門風飛馬魚鳥龍龜個兩萬義樂習買賣歲衛顧響頁項題願類飯飲館驗麗黨齊齒標檢監藥證責質貨資賽費規視覽觀計設許訴診評認議護變讓豐財貧購貿賞賣軍轉輪輸辦農遠運適選遷遺鄉鄰醫釋針鋼錄鎮鐵長陳陽險隊階隨雖雙雞離難雲靈靜韓預領頭顯";

/// The same in order: every character of every text is looked up.
static SORTED: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut sorted: Vec<char> = TRADITIONAL.chars().collect();
    sorted.sort_unstable();
    sorted
});

pub(super) fn leftovers(text: &Text<'_>, findings: &mut Findings) {
    for block in &text.blocks {
        emptied(text, block, findings);
        if let Some((at, shown)) = ruby(block) {
            let message = Message::new(
                format!("疑似网页粘贴残留的拼音：“{shown}”"),
                format!("pinyin left over from a web page: `{shown}`"),
            );
            text.blame(findings, PASTE_RUBY, block, at, message).hint(Message::new(
                "删去括号和拼音；同段可能还有，请通读",
                "delete the brackets with the pinyin; there may be more in this paragraph",
            ));
        }
        if let Some(word) = FRAME.iter().find(|word| block.whole().contains(**word)) {
            let at = position(block, word);
            let message = Message::new(
                format!("疑似网页粘贴残留：“{word}”"),
                format!("a button or frame of a web page was pasted along: `{word}`"),
            );
            text.blame(findings, PASTE_RUBY, block, at, message)
                .hint(Message::new("删去与正文无关的字句", "delete what does not belong to the text"));
        }
    }
    mixed(text, findings);
}

fn position(block: &Block, word: &str) -> usize {
    (0..block.chars.len()).find(|at| block.has(*at, word)).unwrap_or(0)
}

fn emptied(text: &Text<'_>, block: &Block, findings: &mut Findings) {
    for (at, open) in block.chars.iter().enumerate() {
        let Some(close) = [('《', '》'), ('〔', '〕'), ('“', '”'), ('「', '」')]
            .iter()
            .find(|(mark, _)| mark == open)
            .map(|(_, close)| *close)
        else {
            continue;
        };
        let inner = block.chars.get(at + 1..).unwrap_or(&[]);
        let blanks = inner.iter().take_while(|c| c.is_whitespace()).count();
        let closed = inner.get(blanks) == Some(&close);
        let number_lost = *open == '〔'
            && inner.get(..5).is_some_and(|year| {
                year.iter().take(4).all(char::is_ascii_digit) && year.last() == Some(&'〕')
            })
            && inner.iter().skip(5).find(|c| !c.is_whitespace()) == Some(&'号');
        if !closed && !number_lost {
            continue;
        }
        let shown = if number_lost {
            "〔〕号前后缺号码".to_string()
        } else {
            format!("{open}{close}内为空")
        };
        let message = Message::new(
            format!("“{shown}”，疑似粘贴时丢字"),
            "brackets with nothing in them, or a document number without its number; words were lost in pasting",
        );
        text.blame(findings, TITLE_EMPTY, block, at, message)
            .hint(Message::new("对照原文补全", "complete it from the original"));
    }
}

/// A Chinese character with pinyin in brackets behind it.
fn ruby(block: &Block) -> Option<(usize, String)> {
    (0..block.chars.len()).find_map(|at| {
        let rest = block.chars.get(at..)?;
        let (han, open) = (rest.first()?, rest.get(1)?);
        if !is_han(*han) || !matches!(open, '(' | '（') {
            return None;
        }
        let inner: Vec<char> =
            rest.iter().skip(2).take(7).take_while(|c| !matches!(c, ')' | '）')).copied().collect();
        let is_pinyin = (1..=6).contains(&inner.len())
            && matches!(rest.get(2 + inner.len()), Some(')' | '）'))
            && inner.iter().all(|c| c.is_ascii_lowercase() || TONES.contains(*c) || *c == 'ü')
            && inner.iter().any(|c| TONES.contains(*c));
        is_pinyin.then(|| (at, block.text(at..at + 3 + inner.len())))
    })
}

/// Traditional characters in a text that is simplified but for a few.
fn mixed(text: &Text<'_>, findings: &mut Findings) {
    let is_traditional = |c: &char| SORTED.binary_search(c).is_ok();
    let (mut han, mut traditional) = (0usize, 0usize);
    for c in text.blocks.iter().flat_map(|block| &block.chars).filter(|c| is_han(**c)) {
        han += 1;
        traditional += usize::from(is_traditional(c));
    }
    // A text in traditional characters throughout is its author's choice.
    if traditional == 0 || traditional * 20 > han {
        return;
    }
    for block in &text.blocks {
        let Some(at) = block.chars.iter().position(is_traditional) else { continue };
        let found: String = block.chars.iter().filter(|c| is_traditional(c)).take(5).collect();
        let message = Message::new(
            format!("简体文字里夹有繁体字：“{found}”"),
            format!("traditional characters in a simplified text: `{found}`"),
        );
        text.blame(findings, PASTE_RUBY, block, at, message).hint(Message::new(
            "改为简体；人名、地名按证件原样的可以保留",
            "write them simplified; names may stay as they are registered",
        ));
    }
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c) || ('\u{3400}'..='\u{4dbf}').contains(&c)
}
