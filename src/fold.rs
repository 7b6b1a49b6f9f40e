//! Texts as search compares them: folded, and brought to the normal form of docs/search.md, sections 1 and 2.
//!
//! In: any text. Out: its folded characters, its normal form, the class of a character. The table of traditional characters
//! is OpenCC's `TSCharacters`, one character to one; the browser gets the same table from here.
//!
//! Not here: terms, and how texts sound.

use std::sync::LazyLock;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// Traditional characters on the first line, by code point; on the second what each becomes.
const SIMPLIFIED: &str = include_str!("fold/simplified.txt");

/// What a folded character counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A letter or digit that is written in words and codes.
    Letter,
    /// A character that stands for itself: Chinese, kana, hangul.
    Ideograph,
    /// Everything else.
    Separator,
}

/// The class of a folded character.
#[inline]
pub fn class_of(c: char) -> Class {
    match c {
        '0'..='9' | 'a'..='z' => Class::Letter,
        '\0'..='\u{de}' | '\u{f7}' => Class::Separator,
        '\u{4e00}'..='\u{9fff}' => Class::Ideograph,
        '\u{df}'..='\u{24f}' | '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{52f}' => Class::Letter,
        '\u{2e80}'..='\u{2fdf}'
        | '\u{3005}'..='\u{3007}'
        | '\u{3021}'..='\u{3029}'
        | '\u{3041}'..='\u{3096}'
        | '\u{3099}'..='\u{309f}'
        | '\u{30a1}'..='\u{30fa}'
        | '\u{30fc}'..='\u{30ff}'
        | '\u{3105}'..='\u{312f}'
        | '\u{3131}'..='\u{318e}'
        | '\u{31a0}'..='\u{31bf}'
        | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{a000}'..='\u{a48c}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => Class::Ideograph,
        _ => Class::Separator,
    }
}

/// The table of traditional characters with what each becomes, by code point.
pub fn traditional() -> impl Iterator<Item = (char, char)> {
    let mut lines = SIMPLIFIED.lines();
    let (from, to) = (lines.next().unwrap_or(""), lines.next().unwrap_or(""));
    from.chars().zip(to.chars())
}

/// Code points in which nearly all Chinese characters lie, so that a look into a table finds what they become.
const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9fff;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut near: Vec<char> = (FIRST..=LAST).filter_map(char::from_u32).collect();
    let mut far = Vec::new();
    for (from, to) in traditional() {
        match (u32::from(from).checked_sub(FIRST)).and_then(|at| near.get_mut(at as usize)) {
            Some(place) => *place = to,
            None => far.push((from, to)),
        }
    }
    Table { near, far }
});

struct Table {
    near: Vec<char>,
    far: Vec<(char, char)>,
}

impl Table {
    #[inline]
    fn simplified(&self, c: char) -> char {
        match (u32::from(c).checked_sub(FIRST)).and_then(|at| self.near.get(at as usize)) {
            Some(to) => *to,
            None if u32::from(c) < FIRST => c,
            None => {
                let found = self.far.binary_search_by_key(&c, |(from, _)| *from).ok();
                found.and_then(|at| self.far.get(at)).map_or(c, |(_, to)| *to)
            }
        }
    }
}

/// Calls `each` with every folded character of a text.
pub fn fold(text: &str, mut each: impl FnMut(char)) {
    let table = &*TABLE;
    let mut one = |c: char| match c {
        '\0'..='\x7f' => each(c.to_ascii_lowercase()),
        '\u{3400}'..='\u{9fff}' => each(table.simplified(c)),
        _ => c.to_lowercase().for_each(|c| each(table.simplified(c))),
    };
    if is_plain(text) || is_nfkc_quick(text.chars()) == IsNormalized::Yes {
        text.chars().for_each(one);
    } else {
        text.nfkc().for_each(&mut one);
    }
}

/// Whether a text holds only characters that are their own normal form, whatever stands beside them.
fn is_plain(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '\0'..='\x7f' | '\u{3400}'..='\u{9fff}'))
}

/// Brings a text to its normal form, at the end of `form`: separators gone but for a blank between two letters.
pub fn add_normal_form(text: &str, form: &mut Vec<char>) {
    let start = form.len();
    let mut is_parted = false;
    fold(text, |c| match class_of(c) {
        Class::Separator => is_parted = true,
        class => {
            let is_letter = |c: &char| class_of(*c) == Class::Letter;
            if is_parted
                && class == Class::Letter
                && form.get(start..).unwrap_or(&[]).last().is_some_and(is_letter)
            {
                form.push(' ');
            }
            is_parted = false;
            form.push(c);
        }
    });
}

/// The normal form of a text.
pub fn normal_form(text: &str) -> String {
    let mut form = Vec::new();
    add_normal_form(text, &mut form);
    form.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_written_differently_have_one_normal_form() {
        for (text, form) in [
            ("样市监罚〔2026〕12号", "样市监罚2026 12号"),
            ("示例（样板）食品", "示例样板食品"),
            ("ＡＢＣ１２３", "abc123"),
            ("臺灣麵館", "台湾面馆"),
            ("A-1 b", "a 1 b"),
            ("Ⅻ号楼㎏", "xii号楼kg"),
            ("İx", "i x"),
            ("  ", ""),
            ("7天·连锁 店", "7天连锁店"),
            ("\u{2f804}\u{20000}", "\u{4f60}\u{20000}"),
        ] {
            assert_eq!(normal_form(text), form, "{text}");
        }
    }

    #[test]
    fn the_table_of_traditional_characters_is_whole() {
        let pairs: Vec<(char, char)> = traditional().collect();
        assert_eq!(pairs.len(), 4113);
        assert!(pairs.is_sorted_by(|a, b| a.0 < b.0));
        for (from, to) in pairs {
            assert_eq!(normal_form(&from.to_string()), to.to_string(), "{from}");
        }
    }
}
