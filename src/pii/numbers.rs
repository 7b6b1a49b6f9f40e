//! What makes a row of digits an identity number, a bank card or a landline: dates and check digits.
//!
//! Pure functions over characters `0` to `9` and `X`. Sources: GB 11643-1999; ISO/IEC 7812 for the Luhn sum.
//!
//! Not here: finding the rows of digits (`glyphs`), and which of them count (the detector).

use super::runs::Run;
use crate::calendar::Date;

/// Weights of the first 17 digits of an identity number, 2^(18-i) mod 11.
const ID_WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// The check character by the sum mod 11.
const ID_CHECKS: &[u8; 11] = b"10X98765432";

/// Whether the check character of an identity number holds.
pub fn id_check(characters: &[u8]) -> bool {
    let Some((last, body)) = characters.split_last() else { return false };
    let sum: u32 = body.iter().zip(ID_WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    body.len() == 17 && ID_CHECKS.get((sum % 11) as usize) == Some(last)
}

/// Whether the digits pass the Luhn sum.
pub fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .zip(0u32..)
        .map(|(digit, at)| {
            let value = u32::from(digit.saturating_sub(b'0')) << (at % 2);
            if value > 9 { value - 9 } else { value }
        })
        .sum();
    !digits.is_empty() && sum.is_multiple_of(10) && digits.iter().all(u8::is_ascii_digit)
}

/// Whether there is such a day.
pub fn is_day(year: Option<u32>, month: Option<u32>, day: Option<u32>) -> bool {
    let (Some(year), Some(month), Some(day)) = (year, month, day) else { return false };
    matches!(month, 1..=12) && Date::new(year as i16, month as i8, day as i8).is_some()
}

/// Whether a run begins with `0` and an area code of three or four digits, an optional mark, and seven or eight more.
pub fn is_landline(run: &Run, length: usize) -> bool {
    run.digits(0, 1) == Some(0)
        && [3, 4].iter().any(|area| matches!(length - area, 7 | 8) && run.has(length, |at| at == *area))
}
