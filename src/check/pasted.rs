//! What typing and pasting leave in a number: hyphens, invisible characters, and beside them full-width characters, small
//! letters and blanks, which alone are put right when a number is read (`record::normal`).
//!
//! In: a credit code or a licence number as it was written. Out: the number without them, and which they are, in words.
//! Not here: whether the number is right (`code`), and what a finding says of it (`codes`, `licences`).

use crate::code::half_width;
use crate::diagnostic::Message;

/// Sorts of such characters, in Chinese and English.
const SORTS: [(&str, &str); 5] = [
    ("全角字符", "full-width characters"),
    ("小写字母", "small letters"),
    ("空格", "blanks"),
    ("连字符", "hyphens"),
    ("看不见的字符", "invisible characters"),
];

/// Places of one sort that a message names.
const MOST_PLACES: usize = 6;

/// A number without what pasting left in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pasted {
    /// The number as it is meant.
    pub(super) meant: String,
    /// The characters that do not belong there, by sort, with their places.
    pub(super) odd: Message,
}

/// The number that is meant, where another is written; none where no character is of these sorts.
pub(super) fn pasted(number: &str) -> Option<Pasted> {
    let mut meant = String::new();
    let mut odd: [Vec<(usize, char)>; SORTS.len()] = Default::default();
    for (at, c) in (1..).zip(number.chars()) {
        let narrow = half_width(c);
        let sort = match c {
            _ if c.is_whitespace() => Some(2),
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => Some(4),
            _ if matches!(narrow, '-' | '\u{2010}'..='\u{2015}' | '·') => Some(3),
            _ if narrow != c => Some(0),
            _ if c.is_ascii_lowercase() => Some(1),
            _ => None,
        };
        if matches!(sort, None | Some(0 | 1)) {
            meant.push(narrow.to_ascii_uppercase());
        }
        if let Some(places) = sort.and_then(|sort| odd.get_mut(sort)) {
            places.push((at, c));
        }
    }
    let told = SORTS.iter().zip(&odd).filter(|(_, places)| !places.is_empty());
    let (zh, en): (Vec<String>, Vec<String>) =
        told.map(|((zh, en), places)| (words_zh(zh, places), words_en(en, places))).unzip();
    (!zh.is_empty()).then(|| Pasted { meant, odd: Message::new(zh.join("、"), en.join(", ")) })
}

/// The characters in quotes, where they can be seen.
fn shown(places: &[(usize, char)]) -> Option<String> {
    let seen: String = places.iter().map(|(_, c)| *c).filter(|c| c.is_alphanumeric()).collect();
    (!seen.is_empty()).then_some(seen)
}

fn numbers(places: &[(usize, char)], sign: &str) -> String {
    let first: Vec<String> = places.iter().take(MOST_PLACES).map(|(at, _)| at.to_string()).collect();
    first.join(sign)
}

fn words_zh(sort: &str, places: &[(usize, char)]) -> String {
    let more = if places.len() > MOST_PLACES { "等" } else { "" };
    let seen = shown(places).map_or(String::new(), |seen| format!("“{seen}”"));
    format!("{sort}{seen}（第{}{more}位）", numbers(places, "、"))
}

fn words_en(sort: &str, places: &[(usize, char)]) -> String {
    let more = if places.len() > MOST_PLACES { ", …" } else { "" };
    let seen = shown(places).map_or(String::new(), |seen| format!(" `{seen}`"));
    format!("{sort}{seen} (at {}{more})", numbers(places, ", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_number_is_told_with_what_does_not_belong_there_and_a_clean_one_is_not() {
        let found = pasted(" 9１99-ma").unwrap();
        assert_eq!(found.meant, "9199MA");
        assert_eq!(
            found.odd.zh,
            "全角字符“１”（第3位）、小写字母“ma”（第7、8位）、空格（第1位）、连字符（第6位）"
        );
        assert_eq!(
            found.odd.en,
            "full-width characters `１` (at 3), small letters `ma` (at 7, 8), blanks (at 1), hyphens (at 6)"
        );
        assert_eq!(
            pasted("９１９９０１０").unwrap().odd.zh,
            "全角字符“９１９９０１０”（第1、2、3、4、5、6等位）"
        );
        assert_eq!(pasted("91990101MA0DEM013U"), None);
    }
}
