//! Pairs the runs of a line into emphasis, strong emphasis and deleted text.
//!
//! In: the pieces of a line, each run with what it may do. Out: events. It is the procedure of the
//! CommonMark specification's appendix ("process emphasis"): from left to right, each closing run takes the
//! nearest opening run before it, what opened in between stays literal, and lower bounds that remember
//! fruitless searches keep the work in proportion to the length of the line. The text of a link or image
//! is a line of its own.
//!
//! Not here: which characters are runs and what a run may do.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::markdown::events::Placed;
use crate::markdown::flanking::Flanks;

/// A part of a line of inline events.
#[derive(Debug)]
pub(super) enum Piece<'a> {
    /// An event that pairing leaves alone: code, a break, the start or end of a link.
    Kept(Event<'a>, Range<usize>),
    /// Literal text of the source.
    Text(Range<usize>),
    /// A run of one delimiter.
    Run(Run),
}

/// A run of `*`, `_` or `~~` in the source.
#[derive(Debug)]
pub(super) struct Run {
    /// `*`, `_` or `~`.
    pub(super) delimiter: u8,
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// What it may do.
    pub(super) flanks: Flanks,
}

/// Writes a line to `out` with its runs paired.
pub(super) fn pair<'a>(source: &'a str, pieces: Vec<Piece<'a>>, out: &mut Vec<Placed<'a>>) {
    let mut pairing = Pairing::default();
    for piece in &pieces {
        match piece {
            Piece::Kept(Event::Start(_), _) => pairing.enter(),
            Piece::Kept(Event::End(_), _) => pairing.leave(),
            Piece::Run(run) => pairing.meet(run),
            _ => {}
        }
    }
    emit(source, pieces, pairing.runs, out);
}

/// One pair that a run is an end of: its tag and the source from delimiter to delimiter.
type Half<'a> = (Tag<'a>, Range<usize>);

/// A run at work: what is left of it, and what it has closed and opened, inner before outer.
struct Active<'a> {
    delimiter: u8,
    length: usize,
    flanks: Flanks,
    left: Range<usize>,
    closed: Vec<Half<'a>>,
    opened: Vec<Half<'a>>,
}

#[derive(Default)]
struct Pairing<'a> {
    runs: Vec<Active<'a>>,
    /// Runs that may still open something, innermost last.
    openers: Vec<usize>,
    /// One a link or image that we are inside of.
    outer: Vec<Level>,
    level: Level,
}

/// The openers of a link's text begin at `floor`; below `bounds` a search of that class finds nothing.
#[derive(Clone, Copy, Default)]
struct Level {
    floor: usize,
    bounds: [usize; 18],
}

/// The class of a closing run, by what may open for it: delimiter, whether it may open too, length modulo 3.
fn class(run: &Active<'_>) -> usize {
    let delimiter = match run.delimiter {
        b'*' => 0,
        b'_' => 1,
        _ => 2,
    };
    delimiter * 6 + usize::from(run.flanks.opens) * 3 + run.length % 3
}

impl<'a> Pairing<'a> {
    fn enter(&mut self) {
        let floor = self.openers.len();
        self.outer.push(std::mem::replace(&mut self.level, Level { floor, bounds: [floor; 18] }));
    }

    fn leave(&mut self) {
        self.openers.truncate(self.level.floor);
        self.level = self.outer.pop().unwrap_or_default();
    }

    fn meet(&mut self, run: &Run) {
        let mut closer = Active {
            delimiter: run.delimiter,
            length: run.range.len(),
            flanks: run.flanks,
            left: run.range.clone(),
            closed: Vec::new(),
            opened: Vec::new(),
        };
        while closer.flanks.closes && !closer.left.is_empty() && self.close(&mut closer) {}
        if closer.flanks.opens && !closer.left.is_empty() {
            self.openers.push(self.runs.len());
        }
        self.runs.push(closer);
    }

    /// Lets a run close what the nearest fitting run opened; false when there is none.
    fn close(&mut self, closer: &mut Active<'a>) -> bool {
        let class = class(closer);
        let lowest = self.level.bounds.get(class).copied().unwrap_or_default().max(self.level.floor);
        let candidates = self.openers.get(lowest..).unwrap_or_default();
        let runs = &self.runs;
        let Some(found) =
            candidates.iter().rposition(|&at| runs.get(at).is_some_and(|run| fits(run, closer)))
        else {
            if let Some(bound) = self.level.bounds.get_mut(class) {
                *bound = self.openers.len();
            }
            return false;
        };
        let place = lowest + found;
        let Some(opener) = self.openers.get(place).and_then(|&at| self.runs.get_mut(at)) else {
            return false;
        };
        let both = opener.left.len().min(closer.left.len());
        let (tag, width) = match closer.delimiter {
            b'~' => (Tag::Strikethrough, 2),
            _ if both >= 2 => (Tag::Strong, 2),
            _ => (Tag::Emphasis, 1),
        };
        opener.left.end -= width;
        closer.left.start += width;
        let range = opener.left.end..closer.left.start;
        opener.opened.push((tag.clone(), range.clone()));
        closer.closed.push((tag, range));
        let keep = if opener.left.is_empty() { place } else { place + 1 };
        self.openers.truncate(keep);
        for bound in &mut self.level.bounds {
            *bound = (*bound).min(keep);
        }
        true
    }
}

/// Whether one run may open for the other: the same delimiter, and the specification's rule of three.
fn fits(opener: &Active<'_>, closer: &Active<'_>) -> bool {
    let either_way = opener.flanks.closes || closer.flanks.opens;
    let rule_of_three = (opener.length + closer.length).is_multiple_of(3)
        && !(opener.length.is_multiple_of(3) && closer.length.is_multiple_of(3));
    opener.delimiter == closer.delimiter && !(either_way && rule_of_three)
}

fn emit<'a>(source: &'a str, pieces: Vec<Piece<'a>>, runs: Vec<Active<'a>>, out: &mut Vec<Placed<'a>>) {
    let mut runs = runs.into_iter();
    let mut text = 0..0;
    for piece in pieces {
        match piece {
            Piece::Kept(event, range) => {
                flush(source, &mut text, out);
                out.push((event, range));
            }
            Piece::Text(range) => extend(source, &mut text, range, out),
            Piece::Run(_) => {
                let Some(run) = runs.next() else { continue };
                for (tag, range) in run.closed {
                    flush(source, &mut text, out);
                    out.push((Event::End(TagEnd::from(tag)), range));
                }
                extend(source, &mut text, run.left, out);
                for (tag, range) in run.opened.into_iter().rev() {
                    flush(source, &mut text, out);
                    out.push((Event::Start(tag), range));
                }
            }
        }
    }
    flush(source, &mut text, out);
}

/// Adds to the text at hand, or begins a new one when the two do not touch in the source.
fn extend<'a>(source: &'a str, text: &mut Range<usize>, more: Range<usize>, out: &mut Vec<Placed<'a>>) {
    if more.is_empty() {
        return;
    }
    if text.end != more.start {
        flush(source, text, out);
        *text = more;
    } else {
        text.end = more.end;
    }
}

fn flush<'a>(source: &'a str, text: &mut Range<usize>, out: &mut Vec<Placed<'a>>) {
    let range = std::mem::replace(text, 0..0);
    if let Some(literal) = source.get(range.clone()).filter(|literal| !literal.is_empty()) {
        out.push((Event::Text(literal.into()), range));
    }
}
