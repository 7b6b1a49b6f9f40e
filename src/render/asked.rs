//! Which groups of `incoming` the templates of a theme ask for, so that rows nobody prints are not made.
//!
//! In: the texts of the templates. Out: the names behind `incoming.`, or all when a template uses `incoming` in any
//! other way. Reading the texts as they are errs on the side of making too much: a comment counts like code.
//!
//! Not here: what a group holds (`record`).

use std::collections::BTreeSet;

use crate::theme::Theme;

/// The variable, and the one that shows all variables.
const INCOMING: &str = "incoming";
const ALL_VARIABLES: &str = "__tera_context";

/// The groups that some template asks for.
pub(super) enum Asked {
    /// Perhaps any.
    All,
    /// These.
    Only(BTreeSet<String>),
}

impl Asked {
    /// What the templates of a theme ask for.
    pub(super) fn of(theme: &Theme) -> Asked {
        let mut names = BTreeSet::new();
        for text in theme.templates.values() {
            if text.contains(ALL_VARIABLES) || !names_in(text, &mut names) {
                return Asked::All;
            }
        }
        Asked::Only(names)
    }

    /// Whether the rows of a kind may be printed.
    pub(super) fn names(&self, plural: &str) -> bool {
        match self {
            Asked::All => true,
            Asked::Only(names) => names.contains(plural),
        }
    }
}

/// Adds the names behind `incoming.`; false when the word stands there in another way.
fn names_in(text: &str, names: &mut BTreeSet<String>) -> bool {
    let mut before = None;
    let mut parts = text.split(INCOMING).peekable();
    while let Some(part) = parts.next() {
        if let Some(before) = before {
            let part: &str = part;
            let is_word = !ends_in_word(before) && !part.starts_with(is_of_word);
            if is_word {
                let name = part.strip_prefix('.').and_then(|rest| rest.split(|c| !is_of_word(c)).next());
                match name.filter(|name| !name.is_empty()) {
                    // A name that runs into the next occurrence is not whole.
                    Some(name) if part.len() > name.len() + 1 || parts.peek().is_none() => {
                        names.insert(name.to_string());
                    }
                    _ => return false,
                }
            }
        }
        before = Some(part);
    }
    true
}

fn ends_in_word(text: &str) -> bool {
    text.chars().next_back().is_some_and(is_of_word)
}

fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str) -> Option<Vec<String>> {
        let mut names = BTreeSet::new();
        names_in(text, &mut names).then(|| names.into_iter().collect())
    }

    #[test]
    fn only_the_groups_that_templates_name_are_asked_for() {
        for (text, names) in [
            ("{{ r.title }}", &[] as &[&str]),
            ("{% if incoming.visits %}{% for v in incoming.visits -%}", &["visits"]),
            ("{{ incoming.samples|length }}{{incoming.penalties}}", &["penalties", "samples"]),
            ("{{ incoming_visits }}{{ my_incoming }}", &[]),
            ("{{ incoming.a }}{{ incoming.b", &["a", "b"]),
        ] {
            assert_eq!(asked(text).unwrap(), names, "{text}");
        }
    }

    #[test]
    fn a_template_that_goes_through_all_groups_gets_all() {
        for text in [
            "{% for kind, rows in incoming %}",
            "{{ incoming[kind.plural] }}",
            "{% set all = incoming %}",
            "{{ incoming?.visits }}",
            "{{<shown v={incoming} />}}",
            "{{ incoming.incoming }}",
        ] {
            assert_eq!(asked(text), None, "{text}");
        }
    }
}
