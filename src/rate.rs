//! Rates by one rule of rounding: exact integers, half up at the last printed digit.
//!
//! In: numerator and denominator. Out: the rate in units of its last printed digit, and as text. Never a floating
//! number, so that a page, a check and a data file say the same. Not here: what is counted.

/// A percentage in units of its last digit: 1 of 3 with two digits is 3333. `None` without a denominator or when the
/// numbers are too large.
pub fn percent(num: i128, den: i128, digits: u32) -> Option<i128> {
    scaled(num.checked_mul(100)?, den, digits)
}

/// A quotient in units of its last digit, half up.
pub fn scaled(num: i128, den: i128, digits: u32) -> Option<i128> {
    if den <= 0 || num < 0 {
        return None;
    }
    let num = num.checked_mul(10i128.checked_pow(digits)?)?.checked_mul(2)?.checked_add(den)?;
    num.checked_div(den.checked_mul(2)?)
}

/// A value in units of its last digit, as text: 9762 with two digits is `97.62`.
pub fn text(value: i128, digits: u32) -> String {
    if digits == 0 {
        return value.to_string();
    }
    let scale = 10i128.saturating_pow(digits);
    let sign = if value < 0 { "-" } else { "" };
    format!("{sign}{}.{:0width$}", value.abs() / scale, value.abs() % scale, width = digits as usize)
}

/// The verdict on a target that is reached or not: one that is missed is missed only when its time is over.
pub fn verdict(reached: Option<bool>, runs: bool) -> Option<bool> {
    reached.filter(|reached| *reached || !runs)
}

/// Whether a quotient with so many digits is the whole of it, and not rounded.
pub fn is_exact(num: i128, den: i128, digits: u32) -> bool {
    let scale = 10i128.checked_pow(digits);
    let parts = scale.and_then(|scale| num.checked_mul(scale)).filter(|_| den > 0);
    parts.is_some_and(|parts| parts % den == 0)
}

/// The same text as `text`, without digits behind the point when all of them are noughts: `100`, `87.50`. Only of what is exact: that a
/// rate was rounded up to 100 is seen by the noughts of `100.00`.
pub fn short(value: i128, digits: u32) -> String {
    let scale = 10i128.saturating_pow(digits);
    if value % scale == 0 { (value / scale).to_string() } else { text(value, digits) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_rounded_half_up_and_exactly() {
        for (num, den, digits, shown) in [
            (1230, 1260, 2, "97.62"),
            (1, 3, 2, "33.33"),
            (2, 3, 0, "67"),
            (1, 8, 1, "12.5"),
            (1, 16, 1, "6.3"),
            (5, 5, 0, "100"),
            (0, 7, 1, "0.0"),
        ] {
            assert_eq!(text(percent(num, den, digits).unwrap(), digits), shown, "{num}/{den}");
        }
        for (value, shown) in [(10_000, "100"), (9762, "97.62"), (8750, "87.50"), (0, "0"), (-500, "-5")] {
            assert_eq!(short(value, 2), shown);
        }
        assert!(is_exact(7, 8, 3) && !is_exact(7, 8, 2) && !is_exact(1, 0, 2) && !is_exact(i128::MAX, 1, 2));
        assert_eq!(percent(1, 0, 2), None);
        assert_eq!(percent(i128::MAX, 1, 2), None);
        assert_eq!(scaled(12, 2, 0), Some(6));
    }
}
