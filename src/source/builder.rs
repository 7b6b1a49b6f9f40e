//! Puts a [`Document`] together node by node, in the order of the file.
//!
//! In: scalars, openings and closings of lists and mappings, repetitions where an alias stands. Out: the flat
//! list of nodes and one buffer of texts, in which equal short texts are mostly stored once: keys and common
//! values would otherwise be half of it.
//!
//! Not here: limits and findings (`yaml`).

use crate::diagnostic::Position;
use crate::source::document::{Document, Node, NodeRef, ScalarStyle, Shape};

/// Puts a document together in the order of the file.
#[derive(Debug)]
pub(super) struct Builder {
    document: Document,
    /// Lists and mappings not yet closed.
    open: Vec<u32>,
    /// Texts seen before, by a hash that may forget: keys and common values are stored once.
    known: Vec<(u32, u32)>,
}

/// Texts longer than this are not looked up among those seen before.
const SHARED_BYTES: usize = 32;
const KNOWN_SLOTS: usize = 4096;

impl Builder {
    pub(super) fn for_source(bytes: usize) -> Builder {
        let document = Document {
            nodes: Vec::with_capacity(bytes / 10),
            text: String::with_capacity(bytes / 4),
            broken: false,
        };
        Builder { document, open: Vec::new(), known: vec![(0, 0); KNOWN_SLOTS] }
    }

    /// How many nodes there are so far: the number of the next.
    pub(super) fn count(&self) -> u32 {
        self.document.nodes.len() as u32
    }

    /// How many lists and mappings are open.
    pub(super) fn depth(&self) -> u32 {
        self.open.len() as u32
    }

    pub(super) fn scalar(&mut self, position: Position, style: ScalarStyle, text: &str) {
        let (start, length) = self.store(text);
        self.add(Node::new(position, Shape::Scalar(style), start, length));
    }

    pub(super) fn open(&mut self, position: Position, shape: Shape) {
        let number = self.count();
        self.add(Node::new(position, shape, number + 1, 0));
        self.open.push(number);
    }

    /// Closes the innermost list or mapping and names it.
    pub(super) fn close(&mut self) -> Option<u32> {
        let end = self.count();
        let number = self.open.pop()?;
        self.document.nodes.get_mut(number as usize)?.start_or_end = end;
        Some(number)
    }

    /// Repeats a closed node and all below it where an alias stands.
    pub(super) fn repeat(&mut self, number: u32, position: Position) {
        let Some(first) = self.document.nodes.get(number as usize) else { return };
        let (from, to) = (number, first.end(number));
        let shift = self.count() - from;
        for number in from..to {
            let Some(mut node) = self.document.nodes.get(number as usize).copied() else { return };
            if !matches!(node.shape(), Shape::Scalar(_)) {
                node.start_or_end += shift;
            }
            if number == from {
                self.add(Node::new(position, node.shape(), node.start_or_end, node.length));
            } else {
                self.document.nodes.push(node);
            }
        }
    }

    /// How many nodes a closed node and all below it are.
    pub(super) fn extent(&self, number: u32) -> u32 {
        self.document.nodes.get(number as usize).map_or(0, |node| node.end(number) - number)
    }

    /// True for a list or mapping that is not yet closed.
    pub(super) fn is_open(&self, number: u32) -> bool {
        self.open.contains(&number)
    }

    /// How deep a closed node is nested within.
    pub(super) fn height(&self, number: u32) -> u32 {
        let end = number + self.extent(number);
        let (mut ends, mut height) = (Vec::new(), 0);
        for number in number..end {
            let Some(node) = self.document.nodes.get(number as usize) else { break };
            ends.retain(|end| *end > number);
            if !matches!(node.shape(), Shape::Scalar(_)) {
                ends.push(node.start_or_end);
                height = height.max(ends.len() as u32);
            }
        }
        height
    }

    /// True when the next node is the key of a mapping.
    pub(super) fn awaits_key(&self) -> bool {
        self.parent().is_some_and(|node| node.shape() == Shape::Mapping && node.length.is_multiple_of(2))
    }

    /// True when the next node is the value of a key.
    pub(super) fn awaits_value(&self) -> bool {
        self.parent().is_some_and(|node| node.shape() == Shape::Mapping && !node.length.is_multiple_of(2))
    }

    pub(super) fn node(&self, number: u32) -> Option<NodeRef<'_>> {
        self.document.node(number)
    }

    pub(super) fn finish(self) -> Document {
        self.document
    }

    fn parent(&self) -> Option<&Node> {
        self.document.nodes.get(*self.open.last()? as usize)
    }

    fn add(&mut self, node: Node) {
        if let Some(parent) = self.open.last()
            && let Some(parent) = self.document.nodes.get_mut(*parent as usize)
        {
            parent.length += 1;
        }
        self.document.nodes.push(node);
    }

    fn store(&mut self, text: &str) -> (u32, u32) {
        let length = text.len() as u32;
        if text.len() > SHARED_BYTES {
            return (self.append(text), length);
        }
        let slot = short_hash(text.as_bytes()) % KNOWN_SLOTS;
        let (start, known_length) = self.known.get(slot).copied().unwrap_or((0, 0));
        if known_length == length
            && self.document.text.as_bytes().get(start as usize..(start + length) as usize)
                == Some(text.as_bytes())
        {
            return (start, length);
        }
        let start = self.append(text);
        if let Some(known) = self.known.get_mut(slot) {
            *known = (start, length);
        }
        (start, length)
    }

    fn append(&mut self, text: &str) -> u32 {
        let start = self.document.text.len() as u32;
        self.document.text.push_str(text);
        start
    }
}

/// A quick hash of a short text: equal texts, equal hash.
pub(super) fn short_hash(bytes: &[u8]) -> usize {
    let mut hash = bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        let mut word = [0; 8];
        for (to, from) in word.iter_mut().zip(chunk) {
            *to = *from;
        }
        hash = (hash.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
    (hash >> 40) as usize
}
