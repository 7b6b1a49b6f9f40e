//! Words that should not stand in a page: those of the office's list, and marks of secrecy.
//!
//! A mark is what stands on a document by itself: a line of nothing else, a grade with its star, a 密级. In a sentence the same
//! characters are ordinary words (商业秘密, 保守国家秘密, 内部资料 that somebody stole), and are let be: a list of words alone would give
//! nothing but false alarms.
//!
//! In: the visible text of a page. Out: places in it. Not here: which words an office minds; no list of them comes with the program.

use memchr::memmem;

use super::page::Page;
use crate::record::inspection_settings::WrongWord;

/// The words of a list, found in one pass over a text: by the first two bytes of each.
#[derive(Debug, Default)]
pub(super) struct WordList {
    /// Words by their first two bytes, longest first.
    starts: std::collections::HashMap<[u8; 2], Vec<(Box<str>, u32)>>,
    /// Which first two bytes there are.
    known: Vec<u64>,
}

impl WordList {
    /// The list of an office.
    pub(super) fn of(words: &[WrongWord]) -> WordList {
        let mut list = WordList { known: vec![0; 1 << 10], ..WordList::default() };
        for (word, at) in words.iter().zip(0u32..) {
            let Some([one, other, ..]) = word.wrong.as_bytes().get(..) else { continue };
            list.starts.entry([*one, *other]).or_default().push((word.wrong.as_str().into(), at));
            if let Some(slot) = list.known.get_mut(slot(*one, *other)) {
                *slot |= bit(*other);
            }
        }
        for words in list.starts.values_mut() {
            words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        }
        list
    }

    /// Every word that stands in a text: its place, its number in the list.
    pub(super) fn find(&self, text: &str) -> Vec<(usize, u32)> {
        let mut found = Vec::new();
        if self.starts.is_empty() {
            return found;
        }
        let mut behind = 0;
        for (at, pair) in text.as_bytes().windows(2).enumerate() {
            let &[one, other] = pair else { continue };
            if at < behind || self.known.get(slot(one, other)).is_none_or(|slot| slot & bit(other) == 0) {
                continue;
            }
            let rest = text.get(at..).unwrap_or("");
            let here = self.starts.get(&[one, other]).into_iter().flatten();
            if let Some((word, number)) = here.into_iter().find(|(word, _)| rest.starts_with(&**word)) {
                found.push((at, *number));
                behind = at + word.len();
            }
        }
        found
    }
}

fn slot(one: u8, other: u8) -> usize {
    usize::from(one) << 2 | usize::from(other >> 6)
}

fn bit(other: u8) -> u64 {
    1 << (other & 63)
}

/// Grades of secrecy.
const GRADES: [&str; 3] = ["绝密", "机密", "秘密"];

/// Words that stand on papers which may not leave an office.
const INSIDE: [&str; 4] = ["内部资料", "内部文件", "内部刊物", "内部参考"];

/// What is written behind them.
const KEEP: [&str; 8] =
    ["注意保存", "注意保管", "注意保密", "不得外传", "严禁外传", "请勿外传", "请勿外泄", "不得公开"];

/// Marks and brackets around a mark.
fn is_frame(c: char) -> bool {
    c.is_whitespace() || "【】[]（）()〔〕《》「」“”\"'：:，,。.、·•★☆*-—_！!".contains(c)
}

/// The marks of secrecy in a page's text: where each begins, and its words.
pub(super) fn secret_marks<'p>(page: &'p Page<'_>) -> Vec<(usize, &'p str)> {
    let text = page.text.as_str();
    // Almost no page has one of the four characters that all of them end or begin with.
    let bytes = text.as_bytes();
    if memmem::find(bytes, "密".as_bytes()).is_none() && memmem::find(bytes, "内部".as_bytes()).is_none() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        if let Some((at, length)) = mark(line) {
            found.push((start + at, line.get(at..at + length).unwrap_or("")));
        }
        start += line.len() + 1;
    }
    found
}

/// The first mark of secrecy in a line: its place and length.
fn mark(line: &str) -> Option<(usize, usize)> {
    let words = GRADES.iter().chain(&INSIDE);
    let alone = line.trim_matches(is_frame);
    if let Some(word) = words.clone().find(|word| alone == **word || is_kept(alone, word)) {
        return line.find(word).map(|at| (at, word.len()));
    }
    // 密级：机密; 机密★10年.
    for word in GRADES {
        for (at, _) in line.match_indices(word) {
            let behind = line.get(at + word.len()..).unwrap_or("").trim_start();
            let before = line.get(..at).unwrap_or("").trim_end_matches(is_frame);
            if behind.starts_with(['★', '☆']) || before.ends_with("密级") {
                return Some((at, word.len()));
            }
        }
    }
    None
}

/// 内部资料 注意保存.
fn is_kept(line: &str, word: &str) -> bool {
    let Some(rest) = line.strip_prefix(word).filter(|_| INSIDE.contains(&word)) else { return false };
    KEEP.contains(&rest.trim_matches(is_frame))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_secrecy_are_told_from_ordinary_words() {
        for marked in [
            "机密",
            "【秘密】",
            "绝密★启用前",
            "机密 ★ 10年",
            "密级：秘密",
            "文件密级 机密 ",
            "内部资料 注意保存",
            "（内部资料，请勿外传）",
            "内部文件",
        ] {
            assert!(mark(marked).is_some(), "{marked}");
        }
        for ordinary in [
            "保护企业的商业秘密和个人隐私",
            "涉及国家秘密的不予公开",
            "工作秘密",
            "秘密窗口",
            "机密仪器有限公司",
            "内部资料泄露的处理",
            "企业内部资料归档",
            "内部审核",
            "密封",
        ] {
            assert_eq!(mark(ordinary), None, "{ordinary}");
        }
    }

    #[test]
    fn words_of_a_list_are_found_where_they_stand_longest_first() {
        let word = |wrong: &str| WrongWord { wrong: wrong.into(), right: String::new() };
        let list = WordList::of(&[word("食药局"), word("食药"), word("帐号"), word("x")]);
        let text = "原食药局的帐号，食药的帐";
        let found: Vec<(&str, u32)> =
            list.find(text).into_iter().map(|(at, number)| (text.get(at..at + 6).unwrap(), number)).collect();
        assert_eq!(found, [("食药", 0), ("帐号", 2), ("食药", 1)]);
        assert!(WordList::of(&[]).find(text).is_empty());
    }
}
