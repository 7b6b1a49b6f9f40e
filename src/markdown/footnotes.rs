//! Numbers footnotes in the order in which the page first refers to them.
//!
//! In: a text's events, then one call a reference. Out: numbers, and the definitions in that order, so that
//! a definition may stand anywhere and may refer to others.
//!
//! Not here: the HTML of references and definitions.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Event, Tag};

use crate::markdown::events::Placed;

/// The footnotes of one text.
pub(super) struct Footnotes<'a> {
    /// Where each label's definition starts in the events; the first one counts.
    definitions: BTreeMap<&'a str, usize>,
    /// Labels and starts of all definitions, in the order of the source.
    all: Vec<(&'a str, usize)>,
    numbers: BTreeMap<&'a str, usize>,
    /// Starts of the definitions referred to, by number.
    order: Vec<usize>,
}

/// What a reference is to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reference {
    /// The first to this number.
    First(usize),
    /// A further one.
    Again(usize),
    /// No definition has the label.
    Undefined,
}

impl<'a> Footnotes<'a> {
    /// Finds the definitions.
    pub(super) fn of(events: &'a [Placed<'a>]) -> Footnotes<'a> {
        let mut definitions = BTreeMap::new();
        let mut all = Vec::new();
        for (at, (event, _)) in events.iter().enumerate() {
            if let Event::Start(Tag::FootnoteDefinition(label)) = event {
                definitions.entry(label.as_ref()).or_insert(at);
                all.push((label.as_ref(), at));
            }
        }
        Footnotes { definitions, all, numbers: BTreeMap::new(), order: Vec::new() }
    }

    /// Counts a reference.
    pub(super) fn refer(&mut self, label: &'a str) -> Reference {
        if let Some(number) = self.numbers.get(label) {
            return Reference::Again(*number);
        }
        let Some(start) = self.definitions.get(label) else { return Reference::Undefined };
        self.order.push(*start);
        self.numbers.insert(label, self.order.len());
        Reference::First(self.order.len())
    }

    /// Where the definition of a number starts in the events.
    pub(super) fn definition(&self, number: usize) -> Option<usize> {
        number.checked_sub(1).and_then(|at| self.order.get(at)).copied()
    }

    /// Labels and starts of the definitions that no reference so far reached.
    pub(super) fn unused(&self) -> Vec<(&'a str, usize)> {
        let reached: BTreeSet<usize> = self.order.iter().copied().collect();
        self.all.iter().filter(|(_, start)| !reached.contains(start)).copied().collect()
    }
}
