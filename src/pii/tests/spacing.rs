//! Several blanks, tabs, and numbers as spreadsheets and programs keep them.

use super::*;

#[test]
fn several_blanks_or_a_tab_part_a_number_as_one_blank_does() {
    for text in [
        "联系：138  0000  0001",
        "138\t0000\t0001",
        "138 \t 0000\u{3000}\u{3000}0001",
        "138&nbsp;&nbsp;0000&#32;\u{a0}0001",
        "138&#9;0000&Tab;0001",
        "\"138\\t0000\\t0001\"",
        "138 <b> 0000</b>  0001",
        "+86   138    0000    0001   转1",
        "１３８　　００００　　０００１",
    ] {
        told(text, &[(Sort::Mobile, "138****0001")]);
    }
    told("990101  19900101  0019", &[(Sort::Id, "990***********0019")]);
    told("990101\t\t19900101 \u{3000}0019", &[(Sort::Id, "990***********0019")]);
    told("6200  0000  0000  0005", &[(Sort::Bank, "62**********0005")]);
    assert_eq!(detector().redact("138  0000\t0001"), "138  ****\t0001");
}

#[test]
fn a_line_end_or_a_second_hyphen_parts_two_numbers() {
    for text in [
        "138\n0000\n0001",
        "138 \n 0000 0001",
        "138--0000--0001",
        "138- 0000 0001",
        "13  80000  0001",
        "1380  0000  001",
    ] {
        told(text, &[]);
    }
}
