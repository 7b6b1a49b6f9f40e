//! Long rows of digits: no byte is looked at more often than a number is long.
//!
//! Nothing here takes a time: what read a row anew from each of its digits would not end.

use super::*;

const LONG: usize = 2_000_000;

#[test]
fn a_row_of_millions_of_digits_is_read_once_however_it_is_written() {
    for piece in [
        "0",
        "138",
        "１",
        "1１",
        "１1111111111111111111111111",
        "1-",
        "1 ",
        "138 ",
        "13800000001-",
        "0\u{a0}",
        "1\u{200b}",
        "&#49;",
        "\\u0031",
        "1<b>",
        "1.",
        "138.",
        "86 ",
        "0000 ",
        "62 ",
    ] {
        let row = piece.repeat(LONG / piece.len());
        let number = format!("{row}\n电话13800000001，");
        let found = detector().all(number.as_bytes());
        assert!(found.iter().any(|found| found.start > row.len()), "{piece}");
        assert!(detector().first_forbidden(number.as_bytes()).is_some(), "{piece}");
    }
}

#[test]
fn what_stands_between_two_digits_is_not_read_again_for_each_of_them() {
    for gap in ["<b>", "\u{200b}", "&nbsp;", " "] {
        let row = format!("138{}", gap.repeat(20_000)).repeat(50);
        assert_eq!(detector().all(row.as_bytes()), [], "{gap}");
    }
}
