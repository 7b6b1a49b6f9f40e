//! What becomes of HTML that stands in a text.
//!
//! In: the markup. Out: what of it is shown as text, and what has to be said about it. Markup is shown, so
//! that nothing an author wrote vanishes; comments are not, since what was meant to be hidden may not be
//! fit to publish. A comment that does not end is markup like any other.
//!
//! Not here: escaping.

/// Markup as it is shown.
pub(super) struct Shown {
    /// The markup without its comments.
    pub(super) text: String,
    /// Whether a comment was left out.
    pub(super) had_comment: bool,
}

/// Leaves the comments out of markup.
pub(super) fn shown(markup: &str) -> Shown {
    let mut text = String::with_capacity(markup.len());
    let mut rest = markup;
    let mut had_comment = false;
    while let Some((before, inside)) = rest.split_once("<!--") {
        let Some((_, after)) = inside.split_once("-->") else { break };
        text.push_str(before);
        rest = after;
        had_comment = true;
    }
    text.push_str(rest);
    Shown { text: text.trim().to_string(), had_comment }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markup: &str, expected: &str, had_comment: bool) {
        let found = shown(markup);
        assert_eq!((found.text.as_str(), found.had_comment), (expected, had_comment));
    }

    #[test]
    fn comments_are_left_out_and_all_else_stays() {
        check("<b onclick=x>", "<b onclick=x>", false);
        check("<!-- 内部 -->\n", "", true);
        check("<!-- 一 -->甲<!-- 二 -->乙\n", "甲乙", true);
        check("<!-- 不完\n<b>", "<!-- 不完\n<b>", false);
    }
}
