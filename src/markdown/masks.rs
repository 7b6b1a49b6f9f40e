//! Stars that hide names, 张\*\*、李\*\*, and that Markdown pairs into emphasis.
//!
//! In: the source and the place of an emphasis. Out: whether its marks are the stars of two names. Which marks pair is
//! CommonMark's to say and stays as it is; so a check warns of it instead.
//!
//! Not here: the pairing (`delimiters`).

use std::ops::Range;

use crate::pii::words::is_surname;

/// Signs and words between two names.
const BETWEEN: &str = "、，,；;/ 和与及或跟\n";

/// Whether an emphasis is made of the stars of two names: a surname stands before its first mark and before its last one,
/// and what parts names behind the first mark, or behind the end of a given name.
pub(super) fn are_eaten(source: &str, emphasis: &Range<usize>) -> bool {
    let before =
        source.get(..emphasis.start).and_then(|before| before.trim_end_matches('*').chars().next_back());
    let Some(inside) = source.get(emphasis.clone()).filter(|inside| inside.starts_with('*')) else {
        return false;
    };
    let words = inside.trim_matches('*');
    let mut chars = words.chars();
    let (first, second) = (chars.next(), chars.next());
    let parts = |c: Option<char>| c.is_some_and(|c| BETWEEN.contains(c));
    before.is_some_and(is_surname)
        && words.chars().next_back().is_some_and(is_surname)
        && (parts(first) || parts(second))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: bool) {
        let from = text.find('*').unwrap();
        let end = text.rfind('*').unwrap() + 1;
        assert_eq!(are_eaten(text, &(from..end)), expected, "{text}");
    }

    #[test]
    fn stars_of_two_names_are_told_from_marks_around_words() {
        for text in ["张**、李**", "负责人张**和李**。", "王*甲、李*乙", "张*，李*", "张** 李**"]
        {
            check(text, true);
        }
        for text in ["建立**四项**机制", "**张、李**", "合格**与否**", "张**示例**说", "黄**和绿色**"]
        {
            check(text, false);
        }
    }
}
