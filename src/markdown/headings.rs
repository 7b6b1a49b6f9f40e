//! Levels and ids of a text's headings.
//!
//! In: each heading's written level and the id its author wished for. Out: the level in the page, which
//! follows the nesting so that none is skipped (portal-conventions AX-09), and an id: the wish, or the
//! position (`sec-2`, `sec-2-1`), which stays the same while the heading's words are edited.
//!
//! Not here: ids that the page's template uses; prefixes `sec-`, `fn-` and `fnref-` are kept for this module
//! and the footnotes, and a page that holds several texts gives each a prefix of its own.

use std::collections::BTreeSet;

/// A heading's place in the page.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// 1 to 6.
    pub(super) level: u8,
    /// Unique within the text.
    pub(super) id: String,
    /// Whether the author's wish for an id could not be met.
    pub(super) refused: bool,
}

/// Numbers headings in the order of the text.
pub(super) struct Numbering<'a> {
    base: u8,
    prefix: &'a str,
    /// Written levels of the headings that the next one may stand under.
    open: Vec<u8>,
    /// How many headings there were at each depth, under the same parent.
    counts: Vec<u32>,
    taken: BTreeSet<String>,
}

impl<'a> Numbering<'a> {
    /// Begins a text whose highest headings get level `base`.
    pub(super) fn new(base: u8, prefix: &'a str) -> Numbering<'a> {
        Numbering {
            base: base.clamp(1, 6),
            prefix,
            open: Vec::new(),
            counts: Vec::new(),
            taken: BTreeSet::new(),
        }
    }

    /// Places the next heading.
    pub(super) fn place(&mut self, written: u8, wish: Option<&str>) -> Spot {
        while self.open.last().is_some_and(|&above| above >= written) {
            self.open.pop();
        }
        let depth = self.open.len();
        self.open.push(written);
        self.counts.truncate(depth + 1);
        self.counts.resize(depth + 1, 0);
        if let Some(count) = self.counts.last_mut() {
            *count += 1;
        }
        let level = usize::from(self.base).saturating_add(depth).min(6);
        let accepted = wish.filter(|wish| is_own_id(wish) && self.taken.insert(wish.to_string()));
        let id = match accepted {
            Some(wish) => format!("{}{wish}", self.prefix),
            None => {
                self.counts.iter().fold(format!("{}sec", self.prefix), |id, count| format!("{id}-{count}"))
            }
        };
        Spot { level: u8::try_from(level).unwrap_or(6), id, refused: wish.is_some() && accepted.is_none() }
    }
}

fn is_own_id(id: &str) -> bool {
    let plain = id.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
    plain && !id.is_empty() && !["sec-", "fn-", "fnref-"].iter().any(|ours| id.starts_with(ours))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(base: u8, headings: &[(u8, Option<&str>)], expected: &[&str]) {
        let mut numbering = Numbering::new(base, "");
        let found: Vec<_> = headings
            .iter()
            .map(|(written, wish)| numbering.place(*written, *wish))
            .map(|spot| format!("h{} {}{}", spot.level, spot.id, if spot.refused { " !" } else { "" }))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn levels_follow_nesting_and_skip_none() {
        check(
            2,
            &[(1, None), (3, None), (3, None), (2, None), (4, None), (1, None)],
            &["h2 sec-1", "h3 sec-1-1", "h3 sec-1-2", "h3 sec-1-3", "h4 sec-1-3-1", "h2 sec-2"],
        );
        check(2, &[(3, None), (2, None), (3, None)], &["h2 sec-1", "h2 sec-2", "h3 sec-2-1"]);
    }

    #[test]
    fn the_deepest_level_is_six() {
        let six: Vec<_> = (1..=6).map(|level| (level, None)).collect();
        let expected = ["h4 sec-1", "h5 sec-1-1", "h6 sec-1-1-1", "h6 sec-1-1-1-1"];
        check(4, six.get(..4).unwrap(), &expected);
    }

    #[test]
    fn a_wish_is_met_once_and_only_if_it_is_plain_and_not_ours() {
        check(
            2,
            &[
                (1, Some("duties")),
                (1, Some("duties")),
                (1, Some("职责")),
                (1, Some("sec-9")),
                (1, Some("fn-1")),
            ],
            &["h2 duties", "h2 sec-2 !", "h2 sec-3 !", "h2 sec-4 !", "h2 sec-5 !"],
        );
    }
}
