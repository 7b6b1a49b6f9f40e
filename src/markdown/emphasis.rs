//! Repairs emphasis beside Chinese text in the parser's events.
//!
//! The parser decides by plain CommonMark, where `**第一条：**各级` stays literal. Every line of inline events
//! that holds a run which the CJK-friendly amendment judges otherwise is cut into pieces, the emphasis the
//! parser found included, and paired anew; all other lines pass as they are, so Latin prose cannot change.
//! A single `~` is never a delimiter here: `3~5天，7~10天` are ranges, not deleted text.
//!
//! In: the source and its events. Out: events whose offsets are still those of the source.
//! Not here: the pairing, which is `delimiters`; links and code, which the parser has already settled.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use crate::markdown::delimiters::{self, Piece, Run};
use crate::markdown::events::Placed;
use crate::markdown::flanking::{Beside, Flanks, Rules, flanks};

/// Which lines of inline events are paired anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Those where the amendment makes a difference.
    WhereItMatters,
    /// All, by the given rules: how the tests compare our pairing with the parser's.
    #[cfg(test)]
    Everywhere(Rules),
}

/// Pairs emphasis anew where Chinese text makes a difference.
pub(super) fn repair<'a>(source: &'a str, events: Vec<Placed<'a>>, scope: Scope) -> Vec<Placed<'a>> {
    if !source.contains(['*', '_', '~']) {
        return events;
    }
    let mut repaired = Vec::with_capacity(events.len());
    let mut line = Vec::new();
    let mut in_code = false;
    for placed in events {
        match &placed.0 {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            _ => {}
        }
        if !in_code && is_inline(&placed.0) {
            line.push(placed);
        } else {
            settle(source, &mut line, &mut repaired, scope);
            repaired.push(placed);
        }
    }
    settle(source, &mut line, &mut repaired, scope);
    repaired
}

fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => is_inline_end(tag.to_end()),
        Event::End(end) => is_inline_end(*end),
        Event::Html(_) | Event::Rule => false,
        _ => true,
    }
}

fn is_inline_end(end: TagEnd) -> bool {
    is_emphasis(end) || matches!(end, TagEnd::Superscript | TagEnd::Subscript | TagEnd::Link | TagEnd::Image)
}

fn is_emphasis(end: TagEnd) -> bool {
    matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
}

/// Moves a line to the output, paired anew if it has to be.
fn settle<'a>(source: &'a str, line: &mut Vec<Placed<'a>>, out: &mut Vec<Placed<'a>>, scope: Scope) {
    if line.is_empty() || !may_change(source, line, scope) {
        out.append(line);
        return;
    }
    let mut pieces = cut(source, line);
    let rules = match scope {
        Scope::WhereItMatters => Rules::CjkFriendly,
        #[cfg(test)]
        Scope::Everywhere(rules) => rules,
    };
    let changed = judge(source, &mut pieces, rules) || has_single_tilde(source, line);
    if changed || scope != Scope::WhereItMatters {
        line.clear();
        delimiters::pair(source, pieces, out);
    } else {
        out.append(line);
    }
}

/// A look at the bytes alone that spares most lines the cutting.
fn may_change(source: &str, line: &[Placed<'_>], scope: Scope) -> bool {
    if scope != Scope::WhereItMatters {
        return true;
    }
    let (Some((_, first)), Some((_, last))) = (line.first(), line.last()) else { return false };
    let bytes = source.as_bytes().get(first.start..last.end).unwrap_or_default();
    bytes.contains(&b'~') || (bytes.iter().any(|b| matches!(b, b'*' | b'_')) && !bytes.is_ascii())
}

fn has_single_tilde(source: &str, line: &[Placed<'_>]) -> bool {
    line.iter().any(|(event, range)| {
        *event == Event::Start(Tag::Strikethrough)
            && delimiter_width(source, TagEnd::Strikethrough, range) == 1
    })
}

fn delimiter_width(source: &str, end: TagEnd, range: &Range<usize>) -> usize {
    match end {
        TagEnd::Emphasis => 1,
        TagEnd::Strikethrough if !source.get(range.clone()).is_some_and(|text| text.starts_with("~~")) => 1,
        _ => 2,
    }
}

/// Takes a line apart: the emphasis the parser found and the runs it left literal both become runs.
fn cut<'a>(source: &'a str, line: &mut Vec<Placed<'a>>) -> Vec<Piece<'a>> {
    let mut cutter = Cutter { source, pieces: Vec::with_capacity(line.len() + 4), live: 0..0, covered: 0 };
    let mut autolink = false;
    for (event, range) in line.iter() {
        match event {
            Event::Text(text) if !autolink && source.get(range.clone()) == Some(text.as_ref()) => {
                cutter.text(range.clone());
            }
            Event::Start(tag) if is_emphasis(tag.to_end()) => {
                let width = delimiter_width(source, tag.to_end(), range);
                cutter.extend(range.start..range.start + width);
            }
            Event::End(end) if is_emphasis(*end) => {
                let width = delimiter_width(source, *end, range);
                cutter.extend(range.end - width..range.end);
            }
            _ => {
                match event {
                    Event::Start(Tag::Link { link_type, .. }) => {
                        autolink = matches!(link_type, LinkType::Autolink | LinkType::Email);
                    }
                    Event::End(TagEnd::Link) => autolink = false,
                    _ => {}
                }
                cutter.keep(event.clone(), range.clone());
            }
        }
    }
    cutter.flush();
    cutter.pieces
}

struct Cutter<'a> {
    source: &'a str,
    pieces: Vec<Piece<'a>>,
    /// Source bytes in which delimiters count, not yet cut into runs and text.
    live: Range<usize>,
    /// Where the last event that covers source bytes ended.
    covered: usize,
}

impl<'a> Cutter<'a> {
    fn keep(&mut self, event: Event<'a>, range: Range<usize>) {
        self.flush();
        // A start tag covers what is inside it, of which only its first byte is settled.
        self.covered = if matches!(event, Event::Start(_)) { range.start } else { range.end };
        self.pieces.push(Piece::Kept(event, range));
    }

    fn text(&mut self, range: Range<usize>) {
        // The parser leaves out the backslash of an escape; a backslash that no event covers is one.
        let escaped = range.start > self.covered
            && range.start.checked_sub(1).and_then(|at| self.source.as_bytes().get(at)) == Some(&b'\\');
        if !escaped {
            self.extend(range);
            return;
        }
        self.flush();
        let first =
            self.source.get(range.clone()).and_then(|text| text.chars().next()).map_or(0, char::len_utf8);
        self.pieces.push(Piece::Text(range.start..range.start + first));
        self.covered = range.start + first;
        self.extend(range.start + first..range.end);
    }

    fn extend(&mut self, range: Range<usize>) {
        if range.start != self.live.end {
            self.flush();
            self.live = range.start..range.start;
        }
        self.live.end = range.end;
        self.covered = range.end;
    }

    fn flush(&mut self) {
        let live = std::mem::replace(&mut self.live, 0..0);
        let bytes = self.source.as_bytes().get(live.clone()).unwrap_or_default();
        let mut start = live.start;
        for group in bytes.chunk_by(|a, b| a == b || !(is_delimiter(*a) || is_delimiter(*b))) {
            let range = start..start + group.len();
            start = range.end;
            match group.first() {
                Some(&byte) if is_delimiter(byte) && (byte != b'~' || group.len() == 2) => {
                    let nothing = Flanks { opens: false, closes: false };
                    self.pieces.push(Piece::Run(Run { delimiter: byte, range, flanks: nothing }));
                }
                _ => self.pieces.push(Piece::Text(range)),
            }
        }
    }
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'*' | b'_' | b'~')
}

/// Sets what each run may do and says whether plain CommonMark would have said otherwise of any.
fn judge(source: &str, pieces: &mut [Piece<'_>], rules: Rules) -> bool {
    let mut changed = false;
    let mut line_start = true;
    let count = pieces.len();
    for (at, piece) in pieces.iter_mut().enumerate() {
        if let Piece::Run(run) = piece {
            let beside = beside(source, &run.range, line_start, at + 1 == count);
            run.flanks = flanks(run.delimiter, beside, rules);
            changed |= run.flanks != flanks(run.delimiter, beside, Rules::CommonMark);
        }
        line_start =
            matches!(piece, Piece::Kept(Event::SoftBreak | Event::HardBreak | Event::TaskListMarker(_), _));
    }
    changed
}

/// The source beside a run. Where a line begins stands no text but `> ` or `| `, so that is not looked at.
fn beside(source: &str, run: &Range<usize>, line_start: bool, line_end: bool) -> Beside {
    let mut back = source.get(..run.start).unwrap_or_default().chars().rev();
    let (before, second_before) = match line_start {
        true => ('\n', '\n'),
        false => (back.next().unwrap_or('\n'), back.next().unwrap_or('\n')),
    };
    let after = source.get(run.end..).and_then(|rest| rest.chars().next()).unwrap_or('\n');
    Beside { second_before, before, after: if line_end { '\n' } else { after } }
}
