//! Words of values that are kept as written: periods and amounts of money.
//!
//! In: a text whose form the reader proved. Out: what a page prints, in the language of the site. Not here: data files, which
//! keep the text, and the forms of a language (`locale`).

use crate::calendar::period::Period;
use crate::locale::Locale;
use crate::record::field::Type;

/// The words of a period or an amount; of any other type, none.
pub(super) fn words(ty: Type, text: &str, locale: &Locale) -> Option<String> {
    match ty {
        Type::Period => Period::parse(text).map(|period| locale.period(period)),
        Type::Money => Some(locale.amount(text)),
        _ => None,
    }
}
