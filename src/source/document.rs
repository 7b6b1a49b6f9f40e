//! One YAML file as a flat list of nodes with positions: what `record` reads records from.
//!
//! In: events of the YAML reader, by way of `Builder`. Out: [`Document`], walked by [`NodeRef`]s, which are
//! `Copy`. Nodes stand in the order of the file, a list or mapping before its members, so a node's number is
//! the same each time the same text is read; `Origin::node` is that number.
//!
//! Not here: types. A scalar is text and a style; `no`, `1e3` and `0012` stay as they were typed.

use crate::diagnostic::Position;

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScalarStyle {
    /// Without quotes.
    Plain,
    /// In single or double quotes.
    Quoted,
    /// After `|` or `>`.
    Block,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind<'a> {
    /// A text, with escapes resolved and lines folded.
    Scalar {
        /// The text; empty when nothing was written.
        text: &'a str,
        /// How it was written.
        style: ScalarStyle,
    },
    /// A list.
    Sequence,
    /// Keys and values.
    Mapping,
}

/// The kind of a node as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Scalar(ScalarStyle),
    Sequence,
    Mapping,
}

/// A node in 16 bytes: for a scalar `start` and `length` of its text, for a list or mapping the number behind
/// its last descendant and the count of its children.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) line: u32,
    shape_and_column: u32,
    pub(super) start_or_end: u32,
    pub(super) length: u32,
}

/// A parsed file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    pub(super) nodes: Vec<Node>,
    pub(super) text: String,
    pub(super) broken: bool,
}

/// One node of a [`Document`].
#[derive(Clone, Copy, Debug)]
pub struct NodeRef<'a> {
    document: &'a Document,
    node: Node,
    number: u32,
}

const COLUMN_BITS: u32 = 29;
const COLUMN_MASK: u32 = (1 << COLUMN_BITS) - 1;

impl Node {
    pub(super) fn new(position: Position, shape: Shape, start_or_end: u32, length: u32) -> Node {
        let code = match shape {
            Shape::Scalar(ScalarStyle::Plain) => 0,
            Shape::Scalar(ScalarStyle::Quoted) => 1,
            Shape::Scalar(ScalarStyle::Block) => 2,
            Shape::Sequence => 3,
            Shape::Mapping => 4,
        };
        let shape_and_column = (code << COLUMN_BITS) | position.column.min(COLUMN_MASK);
        Node { line: position.line, shape_and_column, start_or_end, length }
    }

    pub(super) fn shape(self) -> Shape {
        match self.shape_and_column >> COLUMN_BITS {
            0 => Shape::Scalar(ScalarStyle::Plain),
            1 => Shape::Scalar(ScalarStyle::Quoted),
            2 => Shape::Scalar(ScalarStyle::Block),
            3 => Shape::Sequence,
            _ => Shape::Mapping,
        }
    }

    pub(super) fn column(self) -> u32 {
        self.shape_and_column & COLUMN_MASK
    }

    /// The number behind this node and all below it.
    pub(super) fn end(self, number: u32) -> u32 {
        match self.shape() {
            Shape::Scalar(_) => number + 1,
            Shape::Sequence | Shape::Mapping => self.start_or_end,
        }
    }
}

impl Document {
    /// The outermost node; none when the file is empty or could not be read.
    pub fn root(&self) -> Option<NodeRef<'_>> {
        if self.broken { None } else { self.node(0) }
    }

    /// True when the file holds a mistake that made it unreadable; it was reported.
    pub fn is_broken(&self) -> bool {
        self.broken
    }

    /// The node with this number.
    pub fn node(&self, number: u32) -> Option<NodeRef<'_>> {
        let node = *self.nodes.get(number as usize)?;
        Some(NodeRef { document: self, node, number })
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// True when nothing was written, or nothing could be read.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// What is left of a file with a mistake that makes it unreadable.
    pub(super) fn unreadable() -> Document {
        Document { broken: true, ..Document::default() }
    }
}

impl<'a> NodeRef<'a> {
    /// Its place in the file's node list.
    pub fn number(self) -> u32 {
        self.number
    }

    /// Where it begins; for what stands for an alias, where the alias is written.
    pub fn position(self) -> Position {
        Position { line: self.node.line, column: self.node.column() }
    }

    /// Scalar, list or mapping.
    pub fn kind(self) -> NodeKind<'a> {
        match self.node.shape() {
            Shape::Scalar(style) => NodeKind::Scalar { text: self.raw_text(), style },
            Shape::Sequence => NodeKind::Sequence,
            Shape::Mapping => NodeKind::Mapping,
        }
    }

    /// The text of a scalar.
    pub fn text(self) -> Option<&'a str> {
        match self.node.shape() {
            Shape::Scalar(_) => Some(self.raw_text()),
            Shape::Sequence | Shape::Mapping => None,
        }
    }

    /// True for nothing, `~` and `null` without quotes: the key is there, the value is not.
    pub fn is_null(self) -> bool {
        self.node.shape() == Shape::Scalar(ScalarStyle::Plain)
            && matches!(self.raw_text(), "" | "~" | "null" | "Null" | "NULL")
    }

    /// The members of a list; of anything else, none.
    pub fn items(self) -> Items<'a> {
        Items(self.children(Shape::Sequence))
    }

    /// The keys and values of a mapping in order, a key written twice twice; of anything else, none.
    pub fn entries(self) -> Entries<'a> {
        Entries(self.children(Shape::Mapping))
    }

    /// The value of the first entry with this key.
    pub fn value_of(self, key: &str) -> Option<NodeRef<'a>> {
        self.entries().find(|(name, _)| name.text() == Some(key)).map(|(_, value)| value)
    }

    fn children(self, of: Shape) -> Children<'a> {
        let (next, left) = match self.node.shape() == of {
            true => (self.number + 1, self.node.length),
            false => (0, 0),
        };
        Children { document: self.document, next, left }
    }

    fn raw_text(self) -> &'a str {
        let start = self.node.start_or_end as usize;
        self.document.text.get(start..start + self.node.length as usize).unwrap_or("")
    }
}

#[derive(Clone, Debug)]
struct Children<'a> {
    document: &'a Document,
    next: u32,
    left: u32,
}

impl<'a> Iterator for Children<'a> {
    type Item = NodeRef<'a>;

    fn next(&mut self) -> Option<NodeRef<'a>> {
        self.left = self.left.checked_sub(1)?;
        let node = self.document.node(self.next)?;
        self.next = node.node.end(node.number);
        Some(node)
    }
}

/// The members of a list.
#[derive(Clone, Debug)]
pub struct Items<'a>(Children<'a>);

impl<'a> Iterator for Items<'a> {
    type Item = NodeRef<'a>;

    fn next(&mut self) -> Option<NodeRef<'a>> {
        self.0.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.0.left as usize, Some(self.0.left as usize))
    }
}

impl ExactSizeIterator for Items<'_> {}

/// The keys and values of a mapping.
#[derive(Clone, Debug)]
pub struct Entries<'a>(Children<'a>);

impl<'a> Iterator for Entries<'a> {
    type Item = (NodeRef<'a>, NodeRef<'a>);

    fn next(&mut self) -> Option<(NodeRef<'a>, NodeRef<'a>)> {
        Some((self.0.next()?, self.0.next()?))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let entries = self.0.left as usize / 2;
        (entries, Some(entries))
    }
}

impl ExactSizeIterator for Entries<'_> {}
