//! Numbers as charts compare and print them: parts of a whole, their scale, a target.
//!
//! In: integers. Out: values in units of their last printed digit, texts, lengths. No floating number, so that nothing is
//! ever not a number, and a bar says what the table says.
//!
//! Not here: the rule of rounding (`rate`).

use crate::rate;

/// Numerator and denominator; a rate of nothing has denominator 0 and no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// What is counted.
    pub num: u64,
    /// Of how many.
    pub den: u64,
}

impl Rate {
    /// A plain number.
    pub const fn count(num: u64) -> Rate {
        Rate { num, den: 1 }
    }
}

/// How rates become values: per one, per hundred, per thousand, with so many digits and a unit behind.
#[derive(Clone, Copy, Debug)]
pub struct Scale<'a> {
    /// 1 for counts, 100 for per cent, 1000 for "per thousand people".
    pub per: u64,
    /// Digits behind the point.
    pub digits: u32,
    /// Printed behind each value, such as `%`; may be empty.
    pub unit: &'a str,
    /// Printed between thousands; may be empty.
    pub thousands: &'a str,
}

/// What a value should reach.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    /// In units of the last digit of the scale: 98 % with two digits is 9800.
    pub value: i64,
    /// Said in the key beside the line.
    pub word: &'a str,
    /// Said in key and table of what misses it; none while the period runs, when nothing is judged yet.
    pub missed: Option<&'a str>,
}

impl Scale<'_> {
    /// The target in the key beside its line: `目标 98%`.
    pub fn named(&self, target: Target<'_>) -> String {
        format!("{} {}", target.word, self.text(target.value))
    }

    /// The value in units of the last digit.
    pub fn value(&self, rate: Rate) -> Option<i64> {
        let num = i128::from(rate.num).checked_mul(i128::from(self.per))?;
        rate::scaled(num, i128::from(rate.den), self.digits).and_then(|value| i64::try_from(value).ok())
    }

    /// A value that was not rounded, as text with its unit and thousands parted: `100%`, `97.50%`.
    pub fn text(&self, value: i64) -> String {
        self.printed(&rate::short(i128::from(value), self.digits))
    }

    /// The rate as text, `—` where there is none. A whole one has no digits behind the point, unless rounding made it whole.
    pub fn rate_text(&self, rate: Rate) -> String {
        let num = i128::from(rate.num).saturating_mul(i128::from(self.per));
        let is_exact = rate::is_exact(num, i128::from(rate.den), self.digits);
        self.value(rate).map_or(NONE.to_string(), |value| match is_exact {
            true => self.text(value),
            false => self.printed(&rate::text(i128::from(value), self.digits)),
        })
    }

    fn printed(&self, digits: &str) -> String {
        let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
        format!("{}{rest}{}", parted(whole, self.thousands), self.unit)
    }

    /// Whether the rate misses the target. Judged before rounding: 97.996 % prints as 98.00 and misses 98.
    pub fn misses(&self, rate: Rate, target: Option<Target<'_>>) -> bool {
        let Some(target) = target.filter(|target| target.missed.is_some()) else { return false };
        let num = i128::from(rate.num) * i128::from(self.per);
        let num = num.saturating_mul(10i128.saturating_pow(self.digits));
        rate.den > 0 && num < i128::from(target.value).saturating_mul(i128::from(rate.den))
    }
}

/// Stands where there is no value.
pub const NONE: &str = "—";

/// A count with a mark between its thousands.
pub fn count(number: u64, thousands: &str) -> String {
    parted(&number.to_string(), thousands)
}

/// The part of `length` that `value` is of `most`: within it, and at least 1 for what is more than nothing.
pub fn along(value: i64, most: i64, length: i64) -> i64 {
    if value <= 0 || most <= 0 || length <= 0 {
        return 0;
    }
    let part = i128::from(value) * i128::from(length) / i128::from(most);
    i64::try_from(part).unwrap_or(length).clamp(1, length)
}

/// A count as a value, for lengths.
pub fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The least of 1, 2, 5, 10, 20, 50, … that is not less than `least`.
pub fn step(least: i64) -> i64 {
    let mut power: i64 = 1;
    loop {
        for factor in [1, 2, 5] {
            let step = power.saturating_mul(factor);
            if step >= least || step == i64::MAX {
                return step;
            }
        }
        power = power.saturating_mul(10);
    }
}

fn parted(digits: &str, mark: &str) -> String {
    let length = digits.chars().count();
    let mut out = String::with_capacity(length + length / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (length - at).is_multiple_of(3) && digit.is_ascii_digit() && !out.ends_with('-') {
            out.push_str(mark);
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const PER_CENT: Scale<'_> = Scale { per: 100, digits: 2, unit: "%", thousands: "," };

    #[test]
    fn values_are_printed_as_the_tables_of_the_portal_print_them() {
        assert_eq!(PER_CENT.rate_text(Rate { num: 1230, den: 1260 }), "97.62%");
        assert_eq!(PER_CENT.rate_text(Rate { num: 0, den: 0 }), "—");
        assert_eq!(PER_CENT.rate_text(Rate { num: 5, den: 5 }), "100%", "a whole figure needs no decimals");
        assert_eq!(
            PER_CENT.rate_text(Rate { num: 99_999, den: 100_000 }),
            "100.00%",
            "but a rounded one does"
        );
        assert_eq!([10_000, 8750, 0].map(|end| PER_CENT.text(end)), ["100%", "87.50%", "0%"]);
        assert_eq!(
            [0, 999, 1000, 14_000, 1_234_567].map(|number| count(number, ",")),
            ["0", "999", "1,000", "14,000", "1,234,567"]
        );
        assert_eq!(Scale { per: 1, digits: 1, unit: "", thousands: "," }.text(-123_456), "-12,345.6");
        assert_eq!((count(14_000, ""), count(14_000, "\u{202f}")), ("14000".into(), "14\u{202f}000".into()));
    }

    #[test]
    fn what_only_rounding_lifts_to_the_target_misses_it() {
        let target = Some(Target { value: 9800, word: "", missed: Some("missed") });
        let near = Rate { num: 97_996, den: 100_000 };
        assert_eq!(PER_CENT.rate_text(near), "98.00%");
        assert!(PER_CENT.misses(near, target));
        assert!(!PER_CENT.misses(Rate { num: 98, den: 100 }, target));
        assert!(!PER_CENT.misses(Rate { num: 0, den: 0 }, target));
        assert!(!PER_CENT.misses(near, None));
        let running = target.map(|target| Target { missed: None, ..target });
        assert!(!PER_CENT.misses(near, running), "while the period runs nothing is a miss");
    }

    #[test]
    fn a_length_stays_in_its_room_and_little_is_not_nothing() {
        assert_eq!([0, 1, 50, 100, 200].map(|value| along(value, 100, 10)), [0, 1, 5, 10, 10]);
        assert_eq!(along(3, 0, 10), 0);
        assert_eq!(along(1, i64::MAX, 10), 1);
        assert_eq!(along(i64::MAX, i64::MAX, 344), 344);
    }

    #[test]
    fn steps_are_those_that_people_count_in() {
        assert_eq!([0, 1, 3, 6, 11, 40, 51].map(step), [1, 1, 5, 10, 20, 50, 100]);
        assert_eq!(step(i64::MAX), i64::MAX);
    }
}
