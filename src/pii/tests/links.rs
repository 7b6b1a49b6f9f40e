//! Numbers in the addresses that links lead to.

use super::*;

#[test]
fn a_number_in_an_address_is_found_however_it_is_encoded() {
    for text in [
        "<a href=\"/s?t=%31%33%38%30%30%30%30%30%30%30%31\">",
        "?t=1%338%30000%300%301",
        "/%E7%94%B5%E8%AF%9D13800000001/",
        "?u=%2F13800000001%2f",
        "?t=138%200000%2D0001&",
        "?t=%EF%BC%91%EF%BC%93%EF%BC%98%EF%BC%90%EF%BC%90%EF%BC%90%EF%BC%90%EF%BC%90%EF%BC%90%EF%BC%90%EF%BC%91",
        "?t=138%E3%80%800000%C2%A00001",
        "13800000001%",
        "13800000001%<b>",
        "?t=%2B86%20138%200000%200001",
    ] {
        told(text, &[(Sort::Mobile, "138****0001")]);
    }
}

#[test]
fn what_an_encoded_letter_or_digit_touches_is_no_number() {
    for text in ["%4113800000001", "%3113800000001", "13800000001%41", "%31%33%38%30", "%3", "%"] {
        assert_eq!(detector().all(text.as_bytes()), [], "{text}");
    }
}
