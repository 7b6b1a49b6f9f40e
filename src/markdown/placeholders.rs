//! `{{ … }}` in a text: finding it, filling it in, and passing over it.
//!
//! In: Markdown. Out: what stands between the braces, with its bytes; the text with a value in each place; the text with a
//! filler of the same length, for rules that judge words. Code shows its braces as they stand.
//!
//! Not here: what the words between the braces mean (`record::query`).

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::events::events;

/// Longest text between braces, in bytes.
const LONGEST: usize = 400;

/// A place that is to be filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// Its bytes in the source, braces included.
    pub range: Range<usize>,
    /// What stands between the braces; none when they are not closed on their line.
    pub words: Option<String>,
}

/// The places of a text that are to be filled in, in order.
pub fn placeholders(source: &str) -> Vec<Placeholder> {
    if !source.contains("{{") {
        return Vec::new();
    }
    let code = code(source);
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = source.get(from..).and_then(|rest| rest.find("{{")).map(|at| from + at) {
        if let Some(code) = code.iter().find(|range| range.contains(&at)) {
            from = code.end.max(at + 2);
            continue;
        }
        let rest = source.get(at + 2..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        let closed = line.find("}}").filter(|length| *length <= LONGEST);
        let end = at + 2 + closed.map_or(0, |length| length + 2);
        let words = closed.and_then(|length| line.get(..length)).map(|words| words.trim().to_string());
        found.push(Placeholder { range: at..end, words });
        from = end;
    }
    found
}

/// Where braces of full width open what was meant to be a place, in bytes; code does not count.
pub fn wide_braces(source: &str) -> Vec<usize> {
    let found: Vec<usize> = source.match_indices("｛｛").map(|(at, _)| at).collect();
    if found.is_empty() {
        return found;
    }
    let code = code(source);
    found.into_iter().filter(|at| !code.iter().any(|range| range.contains(at))).collect()
}

/// The text with a value in each place. What a value holds is text, never Markdown.
pub fn fill<'s>(source: &'s str, value: &dyn Fn(&str) -> Option<String>) -> Cow<'s, str> {
    replaced(source, |place| {
        let value = value(place.words.as_deref()?)?;
        let mut text = String::with_capacity(value.len());
        for c in value.chars() {
            if c.is_ascii_punctuation() && !matches!(c, '.' | '%' | ',' | '-') {
                text.push('\\');
            }
            text.push(c);
        }
        Some(text)
    })
}

/// The text with each place blotted out by as many bytes, so that all others keep theirs.
pub fn blot(source: &str) -> Cow<'_, str> {
    replaced(source, |place| {
        let length = place.range.len();
        // Characters of three bytes and of two, neither of them a letter, a digit or a blank.
        let twos = match length % 3 {
            0 => 0,
            1 => 2,
            _ => 1,
        };
        let threes = length.saturating_sub(2 * twos) / 3;
        Some("\u{fffc}".repeat(threes) + &"\u{b7}".repeat(twos))
    })
}

fn replaced(source: &str, by: impl Fn(&Placeholder) -> Option<String>) -> Cow<'_, str> {
    let places = placeholders(source);
    if places.is_empty() {
        return Cow::Borrowed(source);
    }
    let mut text = String::with_capacity(source.len());
    let mut from = 0;
    for place in &places {
        let Some(value) = by(place) else { continue };
        text.push_str(source.get(from..place.range.start).unwrap_or_default());
        text.push_str(&value);
        from = place.range.end;
    }
    text.push_str(source.get(from..).unwrap_or_default());
    Cow::Owned(text)
}

/// The bytes of code, within lines and in blocks.
fn code(source: &str) -> Vec<Range<usize>> {
    let mut code = Vec::new();
    let mut block = None;
    for (event, range) in events(source) {
        match event {
            Event::Code(_) => code.push(range),
            Event::Start(Tag::CodeBlock(_)) => block = Some(range.start),
            Event::End(TagEnd::CodeBlock) => code.extend(block.take().map(|start| start..range.end)),
            _ => {}
        }
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_outside_code_and_filled_with_plain_text() {
        let source = "甲 {{ count(kind='a_b') }} 家，`{{ x }}`\n\n```\n{{ y }}\n```\n\n{{z}}|";
        let words: Vec<_> = placeholders(source).into_iter().filter_map(|place| place.words).collect();
        assert_eq!(words, ["count(kind='a_b')", "z"]);
        let text = fill(source, &|words| Some(if words == "z" { "*1*".into() } else { "97.62%".into() }));
        assert_eq!(text, "甲 97.62% 家，`{{ x }}`\n\n```\n{{ y }}\n```\n\n\\*1\\*|");
    }

    #[test]
    fn braces_of_full_width_are_found_outside_code() {
        assert_eq!(wide_braces("甲｛｛ count(…) ｝｝，`｛｛`，{{ a }}"), [3]);
    }

    #[test]
    fn a_blotted_text_has_as_many_bytes() {
        for source in ["{{}}", "{{ a }}", "甲{{ ab }}乙", "{{ abc }}{{ d }}", "{{ 未闭合", "a {{\nb }}"]
        {
            let blotted = blot(source);
            assert_eq!(blotted.len(), source.len(), "{source}");
            assert!(!blotted.contains("}}") || source.contains('\n'), "{blotted}");
        }
        assert_eq!(placeholders("{{ 未闭合")[0].words, None);
    }
}
