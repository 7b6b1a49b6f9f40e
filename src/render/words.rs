//! Chinese words of values that are kept as written: periods and amounts of money.
//!
//! In: a text whose form the reader proved. Out: what a page prints. No floating point: an amount is moved by its
//! digits. Not here: data files, which keep the text.

use crate::calendar::period::Period;
use crate::record::field::Type;

/// The words of a period or an amount; of any other type, none.
pub(super) fn words(ty: Type, text: &str) -> Option<String> {
    match ty {
        Type::Period => Period::parse(text).map(Period::zh),
        Type::Money => Some(amount(text)),
        _ => None,
    }
}

/// `8500元`, `12.5万元`: from ten thousand on in 万元 where two decimals say all.
fn amount(text: &str) -> String {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = whole.trim_start_matches('0');
    let part = part.trim_end_matches('0');
    let whole_or_nought = if whole.is_empty() { "0" } else { whole };
    if let Some(at) = whole.len().checked_sub(4).filter(|at| *at > 0 && part.is_empty())
        && let Some((tens_of_thousands, rest)) = whole.split_at_checked(at)
    {
        let rest = rest.trim_end_matches('0');
        match rest.len() {
            0 => return format!("{sign}{tens_of_thousands}万元"),
            1 | 2 => return format!("{sign}{tens_of_thousands}.{rest}万元"),
            _ => {}
        }
    }
    match part {
        "" => format!("{sign}{whole_or_nought}元"),
        _ => format!("{sign}{whole_or_nought}.{part}元"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_told_in_tens_of_thousands_where_that_is_exact_and_short() {
        for (text, told) in [
            ("0", "0元"),
            ("8500", "8500元"),
            ("8500.50", "8500.5元"),
            ("10000", "1万元"),
            ("125000", "12.5万元"),
            ("125600.00", "12.56万元"),
            ("125678", "125678元"),
            ("30000000", "3000万元"),
            ("-20000", "-2万元"),
            ("0.35", "0.35元"),
        ] {
            assert_eq!(amount(text), told, "{text}");
        }
        assert_eq!(words(Type::Period, "2026-W47").as_deref(), Some("2026年第47周"));
        assert_eq!(words(Type::Text, "2026"), None);
    }
}
