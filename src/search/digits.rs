//! Numbers as texts without digits 0-9, so that no number can appear in an index by chance (docs/search.md, section 5).
//!
//! In: numbers. Out: characters that need no escape in JSON. Not here: what they count.

/// The digits of base 64, from 0.
pub const DIGITS: &[u8; 64] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!#$()*+-./=?";

/// The digit of a value below 64.
#[inline]
fn digit(value: u32) -> u8 {
    DIGITS.get((value & 63) as usize).copied().unwrap_or(b'a')
}

/// Adds a number: five bits a digit, lowest first, 32 more while others follow.
#[inline]
pub fn add_number(mut number: u32, out: &mut Vec<u8>) {
    while number >= 32 {
        out.push(digit(number & 31 | 32));
        number >>= 5;
    }
    out.push(digit(number));
}

/// Adds the lowest `6 * width` bits of a number, highest digit first.
pub fn add_fixed(number: u32, width: u32, out: &mut Vec<u8>) {
    out.extend((0..width).rev().map(|place| digit(number >> (6 * place))));
}

/// Adds ascending numbers: each as the number of those left out since the one before.
pub fn add_ascending(numbers: impl IntoIterator<Item = u32>, out: &mut Vec<u8>) {
    let mut next = 0;
    for number in numbers {
        add_number(number.wrapping_sub(next), out);
        next = number.wrapping_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl Fn(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn numbers_have_no_decimal_digits() {
        for (number, text) in [(0, "a"), (31, "F"), (32, "Gb"), (1023, "?F"), (1024, "GGb")] {
            assert_eq!(written(|out| add_number(number, out)), text);
        }
        assert_eq!(written(|out| add_fixed(65, 2, out)), "bb");
        assert_eq!(written(|out| add_fixed((1 << 30) - 1, 5, out)), "?????");
        assert_eq!(written(|out| add_ascending([0, 1, 5], out)), "aad");
        assert!(
            !DIGITS.iter().any(|digit| digit.is_ascii_digit() || matches!(digit, b'"' | b'\\' | b' ' | b'<'))
        );
    }
}
