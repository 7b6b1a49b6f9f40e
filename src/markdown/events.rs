//! The one place that sets up the parser: source text in, events with byte offsets out.
//!
//! Beyond CommonMark: tables, footnotes, deleted text, task lists, alerts and definition lists. Emphasis is
//! repaired beside Chinese, and `{#id}` at the end of a heading is taken off its text and into its tag. That
//! is done here and not by the parser, which would also swallow a heading's `{附件}`.
//!
//! Not here: what becomes of raw HTML, links and images; see `html` and `outline`.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::markdown::characters::joins_lines;
use crate::markdown::emphasis::{self, Scope};

/// An event and the bytes of the source that it stands for.
pub(super) type Placed<'a> = (Event<'a>, Range<usize>);

/// Reads a text whole.
pub(super) fn events(source: &str) -> Vec<Placed<'_>> {
    let extensions = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST;
    let parsed = Parser::new_ext(source, extensions).into_offset_iter().collect();
    let mut events = emphasis::repair(source, parsed, Scope::WhereItMatters);
    take_heading_ids(&mut events);
    events
}

/// Moves `{#id}` from the end of each heading's text into its tag, whatever the id looks like.
fn take_heading_ids(events: &mut [Placed<'_>]) {
    let mut heading = None;
    for at in 0..events.len() {
        match events.get(at) {
            Some((Event::Start(Tag::Heading { .. }), _)) => heading = Some(at),
            Some((Event::End(TagEnd::Heading(_)), _)) => {
                let wish = at.checked_sub(1).and_then(|last| events.get_mut(last)).and_then(take_id);
                let start = heading.take().and_then(|start| events.get_mut(start));
                if let (Some(wish), Some((Event::Start(Tag::Heading { id, .. }), _))) = (wish, start) {
                    *id = Some(wish.into());
                }
            }
            _ => {}
        }
    }
}

/// Takes `{#id}` off the end of a text event.
fn take_id((event, range): &mut Placed<'_>) -> Option<String> {
    let Event::Text(text) = event else { return None };
    let (visible, id) = text.strip_suffix('}')?.rsplit_once("{#")?;
    if id.is_empty() || id.contains(|c: char| c.is_whitespace() || c == '{' || c == '}') {
        return None;
    }
    let (visible, id) = (visible.trim_end().to_string(), id.to_string());
    range.end = range.start + visible.len();
    *event = Event::Text(visible.into());
    Some(id)
}

/// The place of the end that belongs to the start at `start`; the end of the list if there is none.
pub(super) fn matching_end(events: &[Placed<'_>], start: usize) -> usize {
    let mut depth = 0_usize;
    for (at, (event, _)) in events.iter().enumerate().skip(start) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    events.len()
}

/// Whether the line break at `at` is between Chinese characters and stands for nothing; `before` is the last
/// visible character.
pub(super) fn is_joined(events: &[Placed<'_>], at: usize, before: char) -> bool {
    let mut following = events.iter().skip(at + 1).take_while(|(event, _)| {
        !matches!(
            event,
            Event::SoftBreak | Event::HardBreak | Event::InlineHtml(_) | Event::FootnoteReference(_)
        )
    });
    let next = following.find_map(|(event, _)| match event {
        Event::Text(text) | Event::Code(text) => text.chars().next(),
        _ => None,
    });
    next.is_some_and(|next| joins_lines(before, next))
}

/// The words of an image's description, or of anything else between `start` and `end`.
pub(super) fn words(events: &[Placed<'_>], start: usize, end: usize) -> String {
    let mut words = String::new();
    for (event, _) in events.get(start..end).unwrap_or_default() {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    words
}
