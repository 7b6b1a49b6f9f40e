//! Results against limits, as tables of published texts.

use proptest::prelude::*;

use super::measure::{limit, outcome};
use super::superscripts::with_superscripts;
use super::verdict::{Judgement, judge};

#[track_caller]
fn check(expected: &Judgement, pairs: &[(&str, &str)]) {
    for (value, bound) in pairs {
        let (read, within) = (outcome(value), limit(bound));
        assert_eq!(judge(&read, &within), *expected, "{value} against {bound}: {read:?}, {within:?}");
    }
}

#[test]
fn a_result_within_its_limit_passes_in_whatever_unit_it_is_printed() {
    check(
        &Judgement::Pass,
        &[
            ("0.2 mg/kg", "≤0.2 mg/kg"),
            ("0.20mg/kg", "≤0.2mg/kg"),
            ("200 μg/kg", "≤0.2 mg/kg"),
            ("200 ug/kg", "不超过0.2毫克/千克"),
            ("0.1 g/100g", "≤1 g/kg"),
            ("0.06 %", "≤0.1 g/100g"),
            ("3.2 g/100g", "≥2.9 g/100g"),
            ("未检出", "≤0.1 mg/kg"),
            ("未检出", "不得检出"),
            ("未检出/25g", "不得检出"),
            ("阴性", "阴性"),
            ("<0.01 mg/kg", "≤0.2 mg/kg"),
            ("＜0.01 mg/kg", "不得检出"),
            ("90 CFU/g", "≤10² CFU/g"),
            ("9.9×10³ CFU/g", "≤10⁴ CFU/g"),
            ("0.75 g/kg", "0.5~1.0 g/kg"),
            ("6.8", "6.5-7.5"),
            ("2.0×10², 1.5×10², 3.1×10², 90, 2.4×10² CFU/g", "n=5, c=2, m=10⁴, M=10⁵ CFU/g"),
            ("9×10³、2×10⁴、3×10³、1×10³、<10 CFU/g", "n=5，c=2，m=10^4，M=10^5 CFU/g"),
            ("12 mg/kg", "≤30 mg/kg（以亚硝酸钠计）"),
        ],
    );
}

#[test]
fn a_result_beyond_its_limit_fails_by_the_last_digit() {
    check(
        &Judgement::Fail,
        &[
            ("1.35 mg/kg", "≤0.2 mg/kg"),
            ("0.2000001 mg/kg", "≤0.2 mg/kg"),
            ("200.1 μg/kg", "≤0.2 mg/kg"),
            ("0.2 mg/kg", "<0.2 mg/kg"),
            ("0.28 g/100mL", "≥0.40 g/100mL"),
            ("1.6 μg/kg", "不得检出"),
            ("检出", "不得检出"),
            ("检出 4.67 μg/kg", "不得检出"),
            ("阳性", "阴性"),
            (">200 mg/kg", "≤100 mg/kg"),
            ("1.1 g/kg", "0.5～1.0 g/kg"),
            ("1.2×10⁴, 2.6×10⁴, 9.4×10³, 4.1×10⁴, 1.3×10⁵ CFU/g", "n=5, c=2, m=10⁴, M=10⁵ CFU/g"),
            ("1.2×10⁴, 2.6×10⁴, 9.4×10³, 4.1×10⁴, 1.3×10⁴ CFU/g", "n=5, c=2, m=10⁴, M=10⁵ CFU/g"),
        ],
    );
}

#[test]
fn units_of_different_things_are_named() {
    for (value, bound, one, other) in [
        ("1.35 mg/kg", "≤0.2 mg/L", "mg/kg", "mg/L"),
        ("230 CFU/g", "≤100 MPN/g", "CFU/g", "MPN/g"),
        ("23 cfu/ml", "≤100 CFU/50cm²", "cfu/mL", "CFU/50cm²"),
    ] {
        let units = Judgement::Units(one.to_string(), other.to_string());
        check(&units, &[(value, bound)]);
    }
}

#[test]
fn what_says_too_little_is_left_open() {
    check(
        &Judgement::Open,
        &[
            ("1.35 mg/kg", "按标准"),
            ("1.35 mg/kg", "0.2 mg/kg"),
            ("1.35", "≤0.2 mg/kg"),
            ("<0.5 mg/kg", "≤0.2 mg/kg"),
            ("不合格", "≤0.2 mg/kg"),
            ("2.2×102CFU/g", "≤10² CFU/g"),
            ("3 mgKOH/g", "≤2 mg/g"),
            ("1.2×10⁴, 9.4×10³ CFU/g", "n=5, c=2, m=10⁴, M=10⁵ CFU/g"),
            ("999999999999999999999 mg/kg", "≤1 mg/kg"),
            ("1.2.3 mg/kg", "≤1 mg/kg"),
        ],
    );
}

#[test]
fn superscripts_that_a_table_lost_are_put_back() {
    for (found, meant) in [
        ("2.2×102CFU/g", "2.2×10²CFU/g"),
        ("2.2x10 CFU/g, 3*104 CFU/g", "2.2x10 CFU/g, 3×10⁴ CFU/g"),
        ("0.3/100cm2", "0.3/100cm²"),
        ("≤5 mg/m3", "≤5 mg/m³"),
        ("2.2×10 12 CFU", ""),
        ("2.2×10²CFU/g", ""),
        ("2.2×10^2 CFU/g", ""),
        ("3×100 g", ""),
        ("cm25", ""),
        ("n=5, c=2, m=102", ""),
    ] {
        assert_eq!(with_superscripts(found).unwrap_or_default(), meant, "{found}");
    }
}

proptest! {
    #[test]
    fn whatever_is_printed_is_read_or_left_alone(
        value in "[0-9.×x^10²³⁴≤<~,、 （）a-zA-Zμ/%检出未不得=ｍ２]{0,24}",
        bound in "([≤≥<>]|n=5, c=[0-3], m=)?[0-9.]{0,22}(×10[²⁴^2-9]{0,3})?( ?[mμk]?[gL]/[0-9]{0,3}[mk]?[gL])?.{0,4}",
    ) {
        let judged = judge(&outcome(&value), &limit(&bound));
        prop_assert_eq!(judge(&outcome(&value), &limit(&bound)), judged);
        if let Some(mended) = with_superscripts(&value) {
            prop_assert_eq!(with_superscripts(&mended), None, "mending is done in one go");
        }
    }

    #[test]
    fn a_figure_is_judged_as_its_digits_say(a in 0u32..100_000, b in 0u32..100_000, places in 0usize..4) {
        let written = |n: u32| {
            let digits = format!("{n:0width$}", width = places + 1);
            let (whole, part) = digits.split_at(digits.len() - places);
            if places == 0 { whole.to_string() } else { format!("{whole}.{part}") }
        };
        let judged = judge(&outcome(&format!("{} mg/kg", written(a))), &limit(&format!("≤{}mg/kg", written(b))));
        let thousandfold = judge(&outcome(&format!("{}×10³ μg/kg", written(a))), &limit(&format!("≤{} mg/kg", written(b))));
        let expected = if a <= b { Judgement::Pass } else { Judgement::Fail };
        prop_assert_eq!(&judged, &expected);
        prop_assert_eq!(&thousandfold, &expected);
    }
}
