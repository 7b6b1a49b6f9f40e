//! Numbers as people write them: 12, 1,260, 9.71万, 四, 二十三.
//!
//! In: characters. Out: the value, exactly, in hundredths where it may have a fraction. Not here: what is counted.

/// A number in a text: where it begins and ends, its value times 10^`digits`, the digits behind its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) value: i128,
    pub(super) digits: u32,
}

impl Number {
    /// The value when it is whole.
    pub(super) fn whole(&self) -> Option<i128> {
        (self.digits == 0).then_some(self.value)
    }
}

/// The value of a Chinese numeral below a hundred, and how many characters it takes.
pub(super) fn chinese(chars: &[char]) -> Option<(u32, usize)> {
    let digit = |c: char| "零一二三四五六七八九".chars().position(|known| known == c).map(|at| at as u32);
    let first = chars.first().copied()?;
    if first == '两' {
        return Some((2, 1));
    }
    if first == '十' {
        return Some(match chars.get(1).copied().and_then(digit).filter(|digit| *digit > 0) {
            Some(ones) => (10 + ones, 2),
            None => (10, 1),
        });
    }
    let tens = digit(first).filter(|digit| *digit > 0)?;
    if chars.get(1) != Some(&'十') {
        return Some((tens, 1));
    }
    Some(match chars.get(2).copied().and_then(digit).filter(|digit| *digit > 0) {
        Some(ones) => (tens * 10 + ones, 3),
        None => (tens * 10, 2),
    })
}

/// A number below a hundred as a Chinese numeral.
pub(super) fn han(number: u32) -> String {
    let one = |n: u32| "零一二三四五六七八九".chars().nth(n as usize).map(String::from).unwrap_or_default();
    match (number / 10, number % 10) {
        (0, ones) => one(ones),
        (tens, ones) => {
            let tens = if tens == 1 { String::new() } else { one(tens) };
            format!("{tens}十{}", if ones == 0 { String::new() } else { one(ones) })
        }
    }
}

/// Every number in Arabic digits of a stretch, with commas of thousands, a point, 万 or 亿 behind it.
pub(super) fn numbers(chars: &[char], from: usize, to: usize) -> Vec<Number> {
    let mut found = Vec::new();
    let mut at = from;
    while at < to.min(chars.len()) {
        let is_digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
        if !is_digit(at) {
            at += 1;
            continue;
        }
        let begin = at;
        let (mut value, mut digits, mut point): (i128, u32, bool) = (0, 0, false);
        while at < to {
            match chars.get(at) {
                Some(c) if c.is_ascii_digit() => {
                    value = value.saturating_mul(10).saturating_add(i128::from(c.to_digit(10).unwrap_or(0)));
                    digits += u32::from(point);
                }
                Some('.') if !point && is_digit(at + 1) => point = true,
                Some(',') if (1..=3).all(|n| is_digit(at + n)) && !is_digit(at + 4) => {}
                _ => break,
            }
            at += 1;
        }
        for (unit, zeros) in [('万', 4u32), ('亿', 8)] {
            if chars.get(at) == Some(&unit) {
                let cut = digits.min(zeros);
                value = value.saturating_mul(10i128.saturating_pow(zeros - cut));
                digits -= cut;
                at += 1;
            }
        }
        let in_word = begin
            .checked_sub(1)
            .and_then(|before| chars.get(before))
            .is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '〔' | '第' | '.' | '×'));
        if !in_word {
            found.push(Number { from: begin, to: at, value, digits });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_written() {
        let read = |text: &str| -> Vec<(i128, u32)> {
            let chars: Vec<char> = text.chars().collect();
            numbers(&chars, 0, chars.len()).iter().map(|number| (number.value, number.digits)).collect()
        };
        assert_eq!(read("共1,260批次，合格率97.62%"), [(1260, 0), (9762, 2)]);
        assert_eq!(read("罚款1.5万元，〔2026〕12号，JY123"), [(15000, 0), (12, 0)]);
        for (text, value) in [("四", 4), ("十", 10), ("十二", 12), ("二十", 20), ("三十五", 35), ("两", 2)]
        {
            let chars: Vec<char> = text.chars().collect();
            assert_eq!(chinese(&chars), Some((value, chars.len())), "{text}");
            assert!(text == "两" || han(value) == text, "{text}");
        }
        assert_eq!(chinese(&['甲']), None);
    }
}
