//! Whether a run of `*`, `_` or `~~` may open or close emphasis, from the characters beside it.
//!
//! In: the characters before and after the run. Out: [`Flanks`], by the CommonMark specification (section
//! 6.2) or by its CJK-friendly amendment, under which punctuation keeps a run from opening or closing only
//! where no CJK character stands on the other side. Chinese sets no spaces, so under the plain rule
//! `**第一条：**各级` would stay literal.
//!
//! Not here: finding the runs and pairing them.

use crate::markdown::characters::{is_cjk, is_punctuation};

/// The rule book by which a run is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rules {
    /// CommonMark 0.31.2 as it stands.
    CommonMark,
    /// With the CJK-friendly amendment.
    CjkFriendly,
}

/// What stands beside a run; the edges of a line count as a line end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beside {
    /// The character before `before`.
    pub(super) second_before: char,
    /// The character just before the run.
    pub(super) before: char,
    /// The character just after the run.
    pub(super) after: char,
}

/// What a run may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Flanks {
    /// It may open emphasis.
    pub(super) opens: bool,
    /// It may close emphasis.
    pub(super) closes: bool,
}

/// Judges a run of `delimiter`.
pub(super) fn flanks(delimiter: u8, beside: Beside, rules: Rules) -> Flanks {
    let before = Before::of(beside, rules);
    let after_blank = beside.after.is_whitespace();
    let after_mark = is_punctuation(beside.after);
    let after_cjk = rules == Rules::CjkFriendly && is_cjk(beside.after);

    let left = !after_blank && (!after_mark || after_cjk || before.blank || before.mark || before.cjk);
    let right = !before.blank && (!before.mark || before.cjk || after_cjk || after_blank || after_mark);
    match delimiter {
        b'_' => Flanks { opens: left && (!right || before.mark), closes: right && (!left || after_mark) },
        // The parser opens `~~` before anything visible, and prose written for it relies on that.
        b'~' => Flanks { opens: !after_blank, closes: right },
        _ => Flanks { opens: left, closes: right },
    }
}

/// The class of what stands before a run: a character, or a character and its variation selector.
struct Before {
    blank: bool,
    mark: bool,
    cjk: bool,
}

impl Before {
    fn of(beside: Beside, rules: Rules) -> Before {
        let Beside { second_before, before, .. } = beside;
        if rules == Rules::CommonMark {
            return Before { blank: before.is_whitespace(), mark: is_punctuation(before), cjk: false };
        }
        match before {
            '\u{fe00}'..='\u{fe0e}' => {
                // A quotation mark that asks for its full width is a Chinese one.
                let wide_quote = before == '\u{fe01}'
                    && matches!(second_before, '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}');
                let cjk = is_cjk(second_before) || wide_quote;
                Before { blank: false, mark: is_punctuation(second_before), cjk }
            }
            // A selector of an ideograph's variant stands only behind an ideograph.
            '\u{e0100}'..='\u{e01ef}' => Before { blank: false, mark: false, cjk: true },
            _ => Before { blank: before.is_whitespace(), mark: is_punctuation(before), cjk: is_cjk(before) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, rules: Rules, opens: bool, closes: bool) {
        let start = written.find(['*', '_', '~']).unwrap();
        let end = written.rfind(['*', '_', '~']).unwrap() + 1;
        let mut back = written.get(..start).unwrap().chars().rev();
        let before = back.next().unwrap_or('\n');
        let second_before = back.next().unwrap_or('\n');
        let after = written.get(end..).unwrap().chars().next().unwrap_or('\n');
        let found = flanks(written.as_bytes()[start], Beside { second_before, before, after }, rules);
        assert_eq!((found.opens, found.closes), (opens, closes), "{written}");
    }

    #[test]
    fn a_run_between_chinese_marks_and_text_both_opens_and_closes_only_when_friendly() {
        check("：**各", Rules::CommonMark, true, false);
        check("：**各", Rules::CjkFriendly, true, true);
        check("照**“", Rules::CommonMark, false, true);
        check("照**“", Rules::CjkFriendly, true, true);
        check("说**《", Rules::CommonMark, false, true);
        check("说**《", Rules::CjkFriendly, true, true);
        check("`**后", Rules::CjkFriendly, true, true);
    }

    #[test]
    fn latin_neighbours_are_judged_alike_under_both_rules() {
        for (written, opens, closes) in [
            ("a**b", true, true),
            (" **b", true, false),
            ("a** ", false, true),
            ("a**(", false, true),
            (")**a", true, false),
            (" ** ", false, false),
            ("a_b", false, false),
            ("(_b", true, false),
        ] {
            check(written, Rules::CommonMark, opens, closes);
            check(written, Rules::CjkFriendly, opens, closes);
        }
    }

    #[test]
    fn an_underscore_inside_a_chinese_word_stays_literal() {
        check("食_品", Rules::CjkFriendly, false, false);
        check("。_品", Rules::CjkFriendly, true, false);
    }

    #[test]
    fn variation_selectors_count_with_the_character_before_them() {
        check("塚\u{fe00}**(", Rules::CjkFriendly, true, true);
        check("禰\u{e0100}**(", Rules::CjkFriendly, true, true);
        check("”\u{fe01}**a", Rules::CjkFriendly, true, true);
        check("”\u{fe00}**a", Rules::CjkFriendly, true, false);
    }
}
