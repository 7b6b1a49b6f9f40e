//! How wide words are, before any browser has set them: widths, shortening, escaping.
//!
//! In: texts. Out: widths in units of the drawing, texts that fit a room, texts that are safe in HTML and XML. The widths are
//! those of the widest of the usual system fonts, so that a text which fits here fits on every telephone.
//!
//! Not here: where a text stands (`canvas`), any word of a language.

/// Size of the letters of a chart; large numbers say their own.
pub const SIZE: i64 = 13;

/// What stands behind a text that was cut.
const CUT: char = '…';

/// The width of a text in units of the drawing, rounded up.
pub fn width(text: &str, size: i64) -> i64 {
    scaled(text.chars().map(hundredths).sum(), size)
}

/// The width of a text in heavy letters.
pub fn heavy(text: &str, size: i64) -> i64 {
    (width(text, size) * 11 + 9) / 10
}

/// The text, or as much of its beginning as the room holds with `…` behind it; empty when not even that fits.
pub fn fit(text: &str, size: i64, room: i64) -> String {
    if width(text, size) <= room {
        return text.to_string();
    }
    let mut kept = String::new();
    let mut used = hundredths(CUT);
    for c in text.chars() {
        used += hundredths(c);
        if scaled(used, size) > room {
            break;
        }
        kept.push(c);
    }
    if kept.is_empty() {
        return kept;
    }
    kept.truncate(kept.trim_end().len());
    kept.push(CUT);
    kept
}

fn scaled(hundredths: i64, size: i64) -> i64 {
    (hundredths * size + 99) / 100
}

/// The width of a character in hundredths of its size.
fn hundredths(c: char) -> i64 {
    match c {
        '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' | 'i' | 'j' | 'l' => 36,
        '%' | 'W' | 'M' | 'm' | 'w' | '@' => 98,
        'A'..='Z' | '\u{80}'..='\u{200f}' => 74,
        '\0'..='\u{7f}' => 64,
        '–' => 64,
        '\u{1f000}'.. => 140,
        _ => 100,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_as_wide_as_high_and_digits_are_narrower() {
        assert_eq!(width("食品安全", 13), 52);
        assert_eq!(width("（", 10), 10);
        assert!(width("0000", 13) < 36);
        assert_eq!(width("", 13), 0);
    }

    #[test]
    fn a_text_that_does_not_fit_is_cut_and_never_wider_than_its_room() {
        assert_eq!(fit("样例县", 13, 39), "样例县");
        assert_eq!(fit("样例县示例区", 13, 39), "样例…");
        assert_eq!(fit("样例 县示例区", 13, 45), "样例…");
        assert_eq!(fit("样例县", 13, 12), "");
        for room in 0..200 {
            let cut = fit("样例县 Example, 12.5% 示例区域名称", 13, room);
            assert!(width(&cut, 13) <= room, "{cut}");
        }
    }
}
