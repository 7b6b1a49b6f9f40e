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

#[test]
fn neighbouring_threes_stand_beside_the_pair_that_they_share() {
    let all = vector("老王豆腐店").terms;
    let shard = |term: &str| {
        let (_, first, _) = all.iter().find(|(found, _, _)| found == term).unwrap();
        first >> 19
    };
    for (three, pairs) in [("老王豆", ["老王", "王豆"]), ("豆腐店", ["豆腐", "腐店"])] {
        assert!(pairs.iter().any(|pair| shard(pair) == shard(three)), "{three} is beside neither pair");
    }
    assert_eq!(shard("?王腐"), place_of_alone("王腐"));
    let pair = ["老王", "王豆", "豆腐", "腐店"].into_iter().min_by_key(|pair| shard(pair)).unwrap();
    let beside = ["老王豆", "王豆腐", "豆腐店"].into_iter().filter(|three| three.contains(pair));
    assert!(beside.clone().count() > 0 && beside.clone().all(|three| shard(three) == shard(pair)));
    assert_eq!(shard("~lao wang dou").min(shard("~wang dou fu")), {
        let pairs = ["~lao wang", "~wang dou", "~dou fu"].map(shard);
        pairs.into_iter().min().unwrap()
    });
}

/// The shard of a pair that no title here has.
fn place_of_alone(pair: &str) -> u32 {
    vector(pair).terms.iter().find(|(term, _, _)| term == pair).unwrap().1 >> 19
}

#[test]
fn the_whole_of_a_code_stands_beside_its_end() {
    let all = vector("91990102MA0E2DML8G").terms;
    let shard = |term: &str| all.iter().find(|(found, _, _)| found == term).unwrap().1 >> 19;
    assert_eq!(shard("=91990102ma0e2dml8g"), shard("$2dml8g"));
}
