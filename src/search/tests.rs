//! The index told as data: what files there are, what a shard says of a term, that every document can be found again.

use super::vectors::{place_of, vector};

fn terms(text: &str) -> Vec<String> {
    vector(text).terms.into_iter().map(|(term, _, _)| term).collect()
}

#[test]
fn a_title_has_pairs_threes_runs_singles_gaps_sounds_and_its_whole() {
    let found = terms("老王7号店ABCD");
    for term in [
        "老王",
        "王7",
        "7",
        "7号",
        "号店",
        "店a",
        "老王7",
        "7号店",
        "店ab",
        "abc",
        "bcd",
        "老",
        "店",
        "?老7",
        "?7店",
        "=老王7号店abcd",
        "~lao wang",
        "~lao",
    ] {
        assert!(found.contains(&term.to_string()), "{term} is missing in {found:?}");
    }
    for term in ["ab", "~wang hao", "=~laowang7haodianabcd", "^lwh"] {
        assert!(!found.contains(&term.to_string()), "{term} should not be in {found:?}");
    }
}

#[test]
fn a_short_title_is_known_by_its_whole_sound_in_all_readings() {
    let found = terms("单示例");
    for term in ["=~shanshili", "=^dsl", "=^ssl", "~shan shi", "~dan shi li", "^dsl", "^ssl"] {
        assert!(found.contains(&term.to_string()), "{term} is missing in {found:?}");
    }
    assert!(terms("张三").contains(&"^zs".to_string()));
}

#[test]
fn a_code_is_known_by_its_whole_and_its_end() {
    let found = terms("91990102MA0E2DML8G");
    for term in ["=91990102ma0e2dml8g", "$2dml8g", "919", "l8g"] {
        assert!(found.contains(&term.to_string()), "{term} is missing in {found:?}");
    }
}

#[test]
fn a_term_lies_in_the_shard_of_the_top_bits_of_its_hash() {
    assert_eq!(place_of((0, 0), 0), ("aaaaa".into(), 0));
    assert_eq!(place_of((0x8000_0001, 0xff00_0000), 1).1, 1);
    assert_eq!(place_of((0xffff_ffff, 0), 13).1, 8191);
}
