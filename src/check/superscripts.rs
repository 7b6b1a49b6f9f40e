//! Superscripts that a table lost on its way: `×102` for `×10²`, `cm2` for `cm²`.
//!
//! In: a result or limit as printed. Out: the same text put right, when something was lost. Not here: reading numbers
//! (`measure`).

use super::measure::RAISED;

/// The same text with its lost superscripts put back, when there are any: `×102` is `×10²`, `cm2` is `cm²`.
pub(super) fn with_superscripts(text: &str) -> Option<String> {
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    let mut changed = false;
    while let Some(c) = rest.chars().next() {
        if let Some((fixed, after)) = lost_power(rest).or_else(|| lost_square(rest, mended.chars().last())) {
            mended.push_str(&fixed);
            rest = after;
            changed = true;
        } else {
            mended.push(c);
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
    }
    changed.then_some(mended)
}

/// `×10` with digits behind it that begin with no 0.
fn lost_power(text: &str) -> Option<(String, &str)> {
    let sign = text.chars().next().filter(|c| matches!(c, '×' | 'x' | 'X' | '*'))?;
    let digits = text.get(sign.len_utf8()..)?.trim_start().strip_prefix("10")?;
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    let (exponent, rest) = digits.split_at_checked(end)?;
    let lost = !exponent.is_empty() && exponent.len() <= 2 && !exponent.starts_with('0');
    lost.then(|| (format!("×10{}", raised(exponent)), rest))
}

/// `cm2`, `m3` and their like, as a whole word.
fn lost_square(text: &str, before: Option<char>) -> Option<(String, &str)> {
    if before.is_some_and(|c| c.is_ascii_alphabetic()) {
        return None;
    }
    let symbol = ["cm", "mm", "dm", "km", "m"]
        .iter()
        .find(|symbol| text.strip_prefix(**symbol).is_some_and(|rest| rest.starts_with(['2', '3'])))?;
    let rest = text.strip_prefix(symbol)?;
    let power = rest.get(..1)?;
    let after = rest.get(1..)?;
    let ends = !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '.');
    ends.then(|| (format!("{symbol}{}", raised(power)), after))
}

fn raised(digits: &str) -> String {
    digits.chars().filter_map(|c| RAISED.chars().nth(c.to_digit(10)? as usize)).collect()
}
