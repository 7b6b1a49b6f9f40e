//! What this program says itself, in traditional characters: the labels of its tables are written once, in simplified ones.
//!
//! In: a label. Out: the same in traditional characters. A word of the list comes first, the longest one, because some
//! characters have several traditional forms (干 in 干部 and 干燥); all others go one to one, or stay as they are and are
//! listed as that. The tables hold what the labels need and little more; a test names the label that they do not know.
//!
//! Not here: values of records and texts, which stay as their authors wrote them, and the words of themes, which
//! stand in their locales.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Simplified characters on the first line, what each becomes on the second; on the third those that stay.
const CHARACTERS: &str = include_str!("traditional/characters.txt");

/// A word a line with what it becomes.
const WORDS: &str = include_str!("traditional/words.txt");

struct Tables {
    characters: HashMap<char, char>,
    /// The longest first.
    words: Vec<(&'static str, &'static str)>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut lines = CHARACTERS.lines();
    let (from, to) = (lines.next().unwrap_or(""), lines.next().unwrap_or(""));
    let mut words: Vec<_> = WORDS.lines().filter_map(|line| line.split_once(' ')).collect();
    words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    Tables { characters: from.chars().zip(to.chars()).collect(), words }
});

/// A text of our own in traditional characters.
pub fn traditional(text: &str) -> String {
    let mut told = String::with_capacity(text.len());
    walk(text, |part, becomes| told.push_str(becomes.unwrap_or(part)));
    told
}

/// Calls `each` with every part of a text, a word or a character, and with what it becomes if a table knows that.
fn walk(text: &str, mut each: impl FnMut(&str, Option<&str>)) {
    let tables = &*TABLES;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let word = tables.words.iter().find_map(|(word, to)| Some((*word, *to, rest.strip_prefix(word)?)));
        if let Some((word, to, behind)) = word {
            each(word, Some(to));
            rest = behind;
            continue;
        }
        let (mut own, mut other) = ([0; 4], [0; 4]);
        let becomes = tables.characters.get(&first).map(|to| &*to.encode_utf8(&mut other));
        each(first.encode_utf8(&mut own), becomes);
        rest = rest.strip_prefix(first).unwrap_or("");
    }
}

/// The characters of a text that have a traditional form, of which the tables know nothing.
#[cfg(test)]
pub fn unknown(text: &str) -> String {
    let others: std::collections::HashSet<char> = crate::fold::traditional().map(|(_, to)| to).collect();
    let mut found = String::new();
    walk(text, |part, becomes| {
        let open = |c: &char| becomes.is_none() && others.contains(c) && !kept().any(|kept| kept == *c);
        found.extend(part.chars().filter(open));
    });
    found
}

#[cfg(test)]
fn kept() -> impl Iterator<Item = char> {
    CHARACTERS.lines().nth(2).unwrap_or("").chars()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::fold::fold;

    fn simplified(text: &str) -> String {
        let mut folded = String::new();
        fold(text, |c| folded.push(c));
        folded
    }

    #[test]
    fn a_character_with_several_forms_follows_its_word() {
        for (text, told) in [
            ("包保干部", "包保幹部"),
            ("干燥", "乾燥"),
            ("体系检查", "體系檢查"),
            ("联系电话", "聯繫電話"),
            ("包保关系", "包保關係"),
            ("复查", "複查"),
            ("信用修复", "信用修復"),
            ("准予", "准予"),
            ("标准值", "標準值"),
            ("并注明", "並註明"),
            ("合并", "合併"),
            ("页面", "頁面"),
            ("abc，1", "abc，1"),
        ] {
            assert_eq!(traditional(text), told);
        }
    }

    #[test]
    fn the_tables_fold_back_and_name_no_character_twice() {
        for (from, to) in &TABLES.characters {
            assert_eq!(simplified(&to.to_string()), from.to_string(), "{from}{to}");
        }
        for (word, to) in &TABLES.words {
            assert_eq!(simplified(to), *word);
        }
        let known: BTreeSet<char> = TABLES.characters.keys().copied().collect();
        assert!(kept().all(|c| !known.contains(&c)));
        let mut lines = CHARACTERS.lines();
        assert_eq!(lines.next().unwrap().chars().count(), lines.next().unwrap().chars().count());
    }
}
