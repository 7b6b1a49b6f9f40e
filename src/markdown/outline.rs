//! Reads a text's events for checks, search and summaries.
//!
//! In: the events. Out: an [`Outline`]. What counts as a problem is decided by the same functions that the
//! writer of HTML asks, so that a check never says other than the page shows.
//!
//! Not here: whether targets exist, messages, positions by line.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use crate::markdown::characters::is_han;
use crate::markdown::events::{Placed, is_joined, matching_end, words};
use crate::markdown::footnotes::Footnotes;
use crate::markdown::headings::Numbering;
use crate::markdown::links::{Target, judge, mail_target};
use crate::markdown::masks;
use crate::markdown::{Heading, Link, LinkKind, Options, Outline, Problem, ProblemKind, html, raw_html};

/// Chinese characters, or words of other scripts, read in a minute.
const A_MINUTE: usize = 400;

/// Reads a whole text.
pub(super) fn read(source: &str, events: &[Placed<'_>]) -> Outline {
    let options = Options::default();
    let mut reader = Reader {
        source,
        events,
        outline: Outline::default(),
        numbering: Numbering::new(options.heading_base, options.id_prefix),
        footnotes: Footnotes::of(events),
        in_heading: None,
        in_code: false,
        text: 0..0,
        literal: String::new(),
    };
    reader.stretch(0, events.len());
    let mut number = 1;
    while let Some(start) = reader.footnotes.definition(number) {
        reader.stretch(start + 1, matching_end(events, start));
        number += 1;
    }
    for (label, start) in reader.footnotes.unused() {
        let offset = events.get(start).map_or(0, |(_, range)| range.start);
        reader.problem(ProblemKind::UnusedFootnote(label.to_string()), offset);
    }
    reader.judge_literal();
    let mut outline = reader.outline;
    outline.plain.truncate(outline.plain.trim_end().len());
    outline.minutes = minutes(&outline.plain);
    outline.problems.sort_by_key(|problem| problem.offset);
    outline
}

struct Reader<'a> {
    source: &'a str,
    events: &'a [Placed<'a>],
    outline: Outline,
    numbering: Numbering<'a>,
    footnotes: Footnotes<'a>,
    /// The written level of the heading we are in.
    in_heading: Option<u8>,
    in_code: bool,
    /// Source of the text events at hand that touch each other.
    text: Range<usize>,
    literal: String,
}

impl<'a> Reader<'a> {
    fn stretch(&mut self, start: usize, end: usize) {
        let mut at = start;
        while at < end {
            at = self.event(at);
        }
    }

    /// Reads one event, or a picture with its description, and says where to go on.
    fn event(&mut self, at: usize) -> usize {
        let Some((event, range)) = self.events.get(at) else { return at + 1 };
        match event {
            Event::Text(text) => {
                if !self.in_code {
                    self.collect_literal(text, range);
                }
                self.words(text);
            }
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.words(text),
            Event::InlineHtml(markup) => self.markup(markup, range.start),
            Event::FootnoteReference(label) => {
                self.footnotes.refer(label);
            }
            Event::Html(_) | Event::TaskListMarker(_) => {}
            Event::SoftBreak => {
                let before = self.outline.plain.chars().next_back().unwrap_or('\n');
                if !is_joined(self.events, at, before) {
                    self.words(" ");
                }
            }
            Event::HardBreak => self.words(" "),
            Event::Rule => self.end_block(),
            Event::Start(Tag::Image { dest_url, .. }) => return self.picture(at, dest_url, range.start),
            Event::Start(Tag::FootnoteDefinition(_)) => return matching_end(self.events, at) + 1,
            Event::Start(Tag::Emphasis | Tag::Strong) if masks::are_eaten(self.source, range) => {
                let shown = self.source.get(range.clone()).unwrap_or_default();
                self.problem(ProblemKind::Mask(excerpt(shown)), range.start);
            }
            Event::Start(tag) => self.start(at, tag, range.start),
            Event::End(end) => self.end(*end),
        }
        at + 1
    }

    fn start(&mut self, at: usize, tag: &'a Tag<'a>, offset: usize) {
        match tag {
            Tag::Heading { level, id, .. } => self.heading(*level as u8, id.as_deref(), offset),
            Tag::CodeBlock(_) => self.in_code = true,
            Tag::TableRow => self.table_row(at),
            // Text of a list item may go straight on into a list, with no end of a block between.
            Tag::List(_) | Tag::BlockQuote(_) | Tag::DefinitionList | Tag::Table(_) => self.end_block(),
            Tag::HtmlBlock => {
                let markup = html::markup(self.events, at, matching_end(self.events, at));
                self.markup(&markup, offset);
            }
            Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
                self.target(&mail_target(dest_url), LinkKind::Link, offset);
            }
            Tag::Link { dest_url, .. } => {
                self.target(dest_url, LinkKind::Link, offset);
                if matches!(self.events.get(at + 1), Some((Event::End(TagEnd::Link), _))) {
                    self.problem(ProblemKind::NoDescription(dest_url.to_string()), offset);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Heading(_) => {
                let level = self.in_heading.take();
                if level == Some(1) && self.outline.title.is_none() {
                    self.outline.title = self.outline.headings.last().map(|heading| heading.text.clone());
                }
                self.end_block();
            }
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.end_block();
            }
            TagEnd::TableCell if !self.outline.plain.ends_with('\n') => self.words(" "),
            TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::TableRow
            | TagEnd::TableHead
            | TagEnd::HtmlBlock
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition => self.end_block(),
            _ => {}
        }
    }

    fn words(&mut self, text: &str) {
        self.outline.plain.push_str(text);
        if self.in_heading.is_some()
            && let Some(heading) = self.outline.headings.last_mut()
        {
            heading.text.push_str(text);
        }
    }

    fn end_block(&mut self) {
        let visible = self.outline.plain.trim_end().len();
        self.outline.plain.truncate(visible);
        if visible > 0 {
            self.outline.plain.push('\n');
        }
    }

    fn problem(&mut self, kind: ProblemKind, offset: usize) {
        self.outline.problems.push(Problem { kind, offset });
    }

    fn heading(&mut self, written: u8, wish: Option<&str>, offset: usize) {
        let spot = self.numbering.place(written, wish);
        if let Some(wish) = wish.filter(|_| spot.refused) {
            self.problem(ProblemKind::HeadingId(wish.to_string()), offset);
        }
        self.outline.headings.push(Heading { level: spot.level, id: spot.id, text: String::new() });
        self.in_heading = Some(written);
    }

    fn target(&mut self, target: &str, kind: LinkKind, offset: usize) {
        let class = judge(target);
        let allowed = match kind {
            LinkKind::Link => class != Target::Refused,
            LinkKind::Image => matches!(class, Target::Inside | Target::Outside),
        };
        if allowed {
            self.outline.links.push(Link { target: target.to_string(), offset, kind });
        } else {
            self.problem(ProblemKind::Scheme(target.to_string()), offset);
        }
    }

    fn picture(&mut self, at: usize, target: &str, offset: usize) -> usize {
        let end = matching_end(self.events, at);
        let description = words(self.events, at, end);
        self.target(target, LinkKind::Image, offset);
        if judge(target) == Target::Outside {
            self.problem(ProblemKind::ForeignImage(target.to_string()), offset);
        }
        if description.trim().is_empty() {
            self.problem(ProblemKind::NoDescription(target.to_string()), offset);
        }
        if judge(target) != Target::Inside {
            self.words(&description);
        }
        end + 1
    }

    /// The parser drops what a row has beyond the columns of the header.
    fn table_row(&mut self, at: usize) {
        let end = matching_end(self.events, at);
        let (Some((_, row)), Some((_, last))) = (self.events.get(at), self.events.get(end.saturating_sub(1)))
        else {
            return;
        };
        let beyond = self.source.get(last.end..row.end).unwrap_or_default();
        let lost = beyond.trim_matches(|c: char| c == '|' || c.is_whitespace());
        if !lost.is_empty() {
            let lead = beyond.find(lost).unwrap_or_default();
            self.problem(ProblemKind::LostCell(excerpt(lost)), last.end + lead);
        }
    }

    fn markup(&mut self, markup: &str, offset: usize) {
        let shown = raw_html::shown(markup);
        if shown.had_comment {
            self.problem(ProblemKind::Comment, offset);
        }
        if !shown.text.is_empty() {
            self.problem(ProblemKind::RawHtml(excerpt(&shown.text)), offset);
            self.words(&shown.text);
        }
    }

    /// Puts text events together that touch in the source: an escaped mark does not touch what is before it.
    fn collect_literal(&mut self, text: &str, range: &Range<usize>) {
        if range.start != self.text.end {
            self.judge_literal();
            self.text = range.start..range.start;
        }
        if text.len() == range.len() {
            self.literal.push_str(text);
        } else {
            // An entity stands for itself and is no mark.
            self.literal.extend(std::iter::repeat_n(' ', range.len()));
        }
        self.text.end = range.end;
    }

    fn judge_literal(&mut self) {
        let literal = std::mem::take(&mut self.literal);
        if !literal.contains(['*', '~', '[', ']', '|']) {
            return;
        }
        for mark in ["**", "~~", "[^", "](", "|-"] {
            let place = if mark == "**" { stars(&literal) } else { literal.find(mark) };
            if let Some(place) = place {
                let found = excerpt(literal.get(place..).unwrap_or_default());
                self.problem(ProblemKind::Literal(found), self.text.start + place);
            }
        }
    }
}

/// The beginning of a text, for a message.
fn excerpt(text: &str) -> String {
    text.lines().next().unwrap_or_default().chars().take(40).collect()
}

fn minutes(plain: &str) -> u32 {
    let han = plain.chars().filter(|c| is_han(*c)).count();
    let others =
        plain.split(|c: char| is_han(c) || !c.is_alphanumeric()).filter(|word| !word.is_empty()).count();
    u32::try_from((han + others).div_ceil(A_MINUTE)).unwrap_or(u32::MAX)
}

/// Where two asterisks stand that hide no digits, as 138****0001 does.
fn stars(literal: &str) -> Option<usize> {
    let bytes = literal.as_bytes();
    let mut from = 0;
    while let Some(at) = literal.get(from..).and_then(|rest| rest.find("**")).map(|at| from + at) {
        let end = at + bytes.iter().skip(at).take_while(|byte| **byte == b'*').count();
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        let is_mask = end - at > 2
            && before.is_some_and(u8::is_ascii_digit)
            && bytes.get(end).is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'X' | b'x'));
        if !is_mask {
            return Some(at);
        }
        from = end;
    }
    None
}
