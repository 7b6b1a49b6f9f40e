//! A parsed file as bytes, so that an incremental build need not parse it again.
//!
//! In: a [`Document`]. Out: bytes; back again, every number is checked, so that damaged or foreign bytes give
//! nothing instead of a wrong document or a panic. Numbers are stored in as few bytes as they need.
//!
//! Not here: where the bytes are kept and their checksum (`cache`).

use crate::diagnostic::Position;
use crate::source::document::{Document, Node, ScalarStyle, Shape};
use crate::source::limits::Limits;
use crate::varint;

/// Changes with the form of the bytes.
const FORM: &[u8; 8] = b"gsnodes1";

impl Document {
    /// The document as bytes; an unreadable one too.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.text.len() + self.nodes.len() * 6 + 32);
        out.extend_from_slice(FORM);
        out.push(u8::from(self.broken));
        number(&mut out, self.text.len() as u32);
        number(&mut out, self.nodes.len() as u32);
        let (mut line, mut text_end) = (0, 0);
        for (node, index) in self.nodes.iter().zip(0_u32..) {
            let (shape, is_scalar) = match node.shape() {
                Shape::Scalar(ScalarStyle::Plain) => (0, true),
                Shape::Scalar(ScalarStyle::Quoted) => (1, true),
                Shape::Scalar(ScalarStyle::Block) => (2, true),
                Shape::Sequence => (3, false),
                Shape::Mapping => (4, false),
            };
            let lines = node.line.wrapping_sub(line);
            let in_turn = is_scalar && node.start_or_end == text_end;
            out.push(shape | u8::from(in_turn) << 3 | (lines.min(15) as u8) << 4);
            if lines >= 15 {
                number(&mut out, lines);
            }
            number(&mut out, node.column());
            number(&mut out, node.length);
            if is_scalar {
                if in_turn {
                    text_end += node.length;
                } else {
                    number(&mut out, node.start_or_end);
                }
            } else {
                number(&mut out, node.start_or_end - index);
            }
            line = node.line;
        }
        out.extend_from_slice(self.text.as_bytes());
        out
    }

    /// The document that was made into these bytes; none for any others.
    pub fn from_bytes(bytes: &[u8]) -> Option<Document> {
        let mut bytes = Bytes(bytes.strip_prefix(FORM)?);
        let broken = match bytes.byte()? {
            0 => false,
            1 => true,
            _ => return None,
        };
        let (text_length, count) = (bytes.number()?, bytes.number()?);
        let text_at = bytes.0.len().checked_sub(text_length as usize)?;
        let text = String::from_utf8(bytes.0.get(text_at..)?.to_vec()).ok()?;
        bytes.0 = bytes.0.get(..text_at)?;
        if count as usize > bytes.0.len() {
            return None;
        }
        let nodes = nodes_from(&mut bytes, count, &text)?;
        (bytes.0.is_empty() && is_nested(&nodes)).then_some(Document { nodes, text, broken })
    }
}

fn nodes_from(bytes: &mut Bytes<'_>, count: u32, text: &str) -> Option<Vec<Node>> {
    let mut nodes = Vec::with_capacity(count as usize);
    let (mut line, mut text_end) = (0_u32, 0_u32);
    for index in 0..count {
        let head = bytes.byte()?;
        let lines = match head >> 4 {
            15 => bytes.number()?,
            few => few.into(),
        };
        line = line.wrapping_add(lines);
        let position = Position { line, column: bytes.number()? };
        let length = bytes.number()?;
        let shape = match head & 7 {
            0 => Shape::Scalar(ScalarStyle::Plain),
            1 => Shape::Scalar(ScalarStyle::Quoted),
            2 => Shape::Scalar(ScalarStyle::Block),
            3 => Shape::Sequence,
            4 => Shape::Mapping,
            _ => return None,
        };
        let start_or_end = match (shape, head & 8 != 0) {
            (Shape::Scalar(_), true) => {
                let start = text_end;
                text_end = text_end.checked_add(length)?;
                start
            }
            (Shape::Scalar(_), false) => bytes.number()?,
            (_, false) => index.checked_add(bytes.number()?)?,
            (_, true) => return None,
        };
        if let Shape::Scalar(_) = shape {
            let end = start_or_end.checked_add(length)?;
            text.get(start_or_end as usize..end as usize)?;
        }
        nodes.push(Node::new(position, shape, start_or_end, length));
    }
    Some(nodes)
}

/// True when lists and mappings hold just the children they say, and are not too deep to be walked.
fn is_nested(nodes: &[Node]) -> bool {
    // Number behind the last descendant, children still to come.
    let mut open: Vec<(u32, u32)> = Vec::new();
    for (node, index) in nodes.iter().zip(0_u32..) {
        match open.last_mut() {
            Some((end, left)) if index < *end && *left > 0 => *left -= 1,
            None if index == 0 => {}
            _ => return false,
        }
        let shape = node.shape();
        if matches!(shape, Shape::Scalar(_)) {
            if !close(&mut open, index + 1) {
                return false;
            }
            continue;
        }
        let outer = open.last().map_or(nodes.len() as u32, |(end, _)| *end);
        let odd = shape == Shape::Mapping && !node.length.is_multiple_of(2);
        if node.start_or_end <= index || node.start_or_end > outer || odd {
            return false;
        }
        open.push((node.start_or_end, node.length));
        if open.len() as u32 > Limits::DEEPEST || !close(&mut open, index + 1) {
            return false;
        }
    }
    open.is_empty()
}

/// Closes what ends before node `next`; false when it lacks children.
fn close(open: &mut Vec<(u32, u32)>, next: u32) -> bool {
    while let Some((end, left)) = open.last().copied() {
        if end > next {
            return true;
        }
        if end < next || left > 0 {
            return false;
        }
        open.pop();
    }
    true
}

fn number(out: &mut Vec<u8>, number: u32) {
    varint::add(number.into(), out);
}

struct Bytes<'b>(&'b [u8]);

impl Bytes<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    #[inline]
    fn number(&mut self) -> Option<u32> {
        u32::try_from(varint::take(&mut self.0)?).ok()
    }
}
