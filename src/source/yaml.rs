//! Reads YAML text into a [`Document`]; with `syntax`, the only place that names a YAML crate.
//!
//! In: the text of one file. Out: its nodes, and findings for what YAML allows and a ledger does not: a key
//! written twice, a key that is a list, a tag, a second document, more than the limits. A file with a
//! syntax error gives exactly one finding of it and no nodes, so that nothing half-read is believed.
//!
//! Not here: what keys mean, and types of values; aliases are expanded, merge keys (`<<`) are plain keys.

use std::borrow::Cow;
use std::collections::BTreeMap;

use granit_parser::{Event, Marker, Parser, ScalarStyle as Style, Span, StructureStyle, options};

use crate::diagnostic::{FileId, Findings, Message, Place, Position};
use crate::source::builder::Builder;
use crate::source::characters::{self, Where};
use crate::source::disguise;
use crate::source::document::{Document, ScalarStyle, Shape};
use crate::source::limits::{LIMIT, Limits, limit_passed};
use crate::source::plain;
use crate::source::syntax::{self, Context};
use crate::source::traps;

/// Reads the YAML text of a whole file.
pub fn parse_yaml(file: FileId, text: &str, limits: &Limits, findings: &mut Findings) -> Document {
    if let Some((line, message, hint)) = disguise::of_yaml(text) {
        findings.add(syntax::SYNTAX, Place::At(file, Position { line, column: 1 }), message).hint(hint);
        return Document::unreadable();
    }
    parse_part(file, text, 0, limits, findings)
}

/// Reads YAML text that begins after `lines_before` lines of its file.
pub(super) fn parse_part(
    file: FileId,
    text: &str,
    lines_before: u32,
    limits: &Limits,
    findings: &mut Findings,
) -> Document {
    let most = limits.file_bytes.min(MOST_BYTES);
    if text.len() > most {
        let what = Message::new("文件字节数", "the size of the file in bytes");
        limit_passed(findings, Place::File(file), "file_bytes", most as u64, what);
        return Document::unreadable();
    }
    plain::read(text, lines_before, limits)
        .unwrap_or_else(|| read_yaml(file, text, lines_before, limits, findings))
}

/// Reads any YAML text with the library.
pub(super) fn read_yaml(
    file: FileId,
    text: &str,
    lines_before: u32,
    limits: &Limits,
    findings: &mut Findings,
) -> Document {
    let mut reader = Reader {
        file,
        text,
        lines_before,
        limits,
        findings_before: findings.0.len(),
        findings,
        builder: Builder::for_source(text.len()),
        anchors: BTreeMap::new(),
        flow: Vec::new(),
        aliases: 0,
        documents: 0,
        reached: 0,
        keys: Vec::new(),
    };
    if !reader.read() {
        return Document::unreadable();
    }
    reader.report_unused_anchors();
    reader.builder.finish()
}

/// Texts are addressed by 32 bits, and an escape may grow.
const MOST_BYTES: usize = (u32::MAX / 2) as usize;

/// A file with more mistakes than this is not read to its end: nobody mends them by hand.
const MOST_FINDINGS: usize = 1000;

/// A node that aliases may name.
struct Anchor {
    node: u32,
    name: String,
    position: Position,
    used: bool,
}

/// Why reading stops; the finding was made.
struct Stop;

struct Reader<'t, 'f> {
    file: FileId,
    text: &'t str,
    lines_before: u32,
    limits: &'t Limits,
    findings: &'f mut Findings,
    findings_before: usize,
    builder: Builder,
    /// By the parser's number.
    anchors: BTreeMap<usize, Anchor>,
    /// Byte offsets of the brackets now open, one an open list or mapping; none for block style.
    flow: Vec<Option<usize>>,
    aliases: u32,
    documents: u32,
    /// The byte up to which events have come.
    reached: usize,
    /// Keys of the mapping just closed; kept to spare allocations.
    keys: Vec<u32>,
}

impl Reader<'_, '_> {
    /// Reads all events; false when the file is not to be believed.
    fn read(&mut self) -> bool {
        let depth = self.limits.depth.min(Limits::DEEPEST) as usize;
        let options =
            options! { flow_nesting_limit: depth, block_nesting_limit: depth, emit_anchor_events: true };
        for next in Parser::new_from_str_with_options(self.text, options) {
            let read = match next {
                Ok((event, span)) => self.event(&event, &span),
                Err(error) => {
                    let context = Context {
                        file: self.file,
                        text: self.text,
                        lines_before: self.lines_before,
                        limits: self.limits,
                        reached: self.reached,
                        bracket: self.flow.last().copied().flatten(),
                    };
                    syntax::report(&context, &error, self.findings);
                    Err(Stop)
                }
            };
            if read.is_err() {
                return false;
            }
        }
        true
    }

    fn event(&mut self, event: &Event<'_>, span: &Span) -> Result<(), Stop> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.begin(span, *anchor, tag.is_some())?;
                self.scalar(span, text, *style, matches!(text, Cow::Owned(_)))?;
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.begin(span, *anchor, tag.is_some())?;
                self.collection(Shape::Sequence, *style, span)?;
            }
            Event::MappingStart(style, anchor, tag) => {
                self.begin(span, *anchor, tag.is_some())?;
                self.collection(Shape::Mapping, *style, span)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(),
            Event::Alias(anchor) => self.alias(*anchor, span)?,
            Event::Anchor(anchor, name) => {
                let position = self.position(span);
                if let Some(anchor) = self.anchors.get_mut(anchor) {
                    (anchor.name, anchor.position) = (name.to_string(), position);
                }
                return Ok(());
            }
            Event::DocumentStart(..) => self.document(span)?,
            _ => return Ok(()),
        }
        self.reached = span.end.byte_offset().unwrap_or(self.reached);
        self.stop_when_hopeless(span)
    }

    fn end(&mut self) {
        self.flow.pop();
        if let Some(closed) = self.builder.close() {
            traps::keys_written_twice(&self.builder, closed, self.file, &mut self.keys, self.findings);
        }
    }

    /// What every node shares: room for it, its tag, its anchor.
    fn begin(&mut self, span: &Span, anchor: usize, tagged: bool) -> Result<(), Stop> {
        let position = self.position(span);
        self.room_for(1, position)?;
        if tagged {
            traps::tag(self.place(&span.tag_start().unwrap_or(span.start)), self.findings);
        }
        if anchor > 0 {
            let node = self.builder.count();
            self.anchors.insert(anchor, Anchor { node, name: String::new(), position, used: false });
        }
        Ok(())
    }

    fn scalar(&mut self, span: &Span, text: &str, style: Style, rewritten: bool) -> Result<(), Stop> {
        let position = self.position(span);
        if text.len() > self.limits.scalar_bytes {
            let what = Message::new("一个值的字节数", "the size of one value in bytes");
            let limit = self.limits.scalar_bytes as u64;
            limit_passed(self.findings, self.at(position), "scalar_bytes", limit, what);
            return Err(Stop);
        }
        let style = match style {
            Style::Plain => ScalarStyle::Plain,
            Style::Literal | Style::Folded => ScalarStyle::Block,
            _ => ScalarStyle::Quoted,
        };
        if rewritten && style == ScalarStyle::Quoted {
            // An escape such as "\u202E" is not in the source as a character.
            characters::report(self.file, text, Where::Inside(position), self.findings);
        }
        let left_out = style == ScalarStyle::Plain && self.is_left_out(span, text);
        let text = if left_out { "" } else { text };
        if self.builder.awaits_key() {
            traps::key(text, style, self.at(position), self.findings);
        } else if left_out {
            traps::key_without_value(&self.builder, self.file, self.findings);
        } else if style == ScalarStyle::Plain {
            let end = span.end.byte_offset().unwrap_or(self.text.len());
            traps::swallowing_comment(self.text, end, self.at(position), self.findings);
        }
        self.builder.scalar(position, style, text);
        Ok(())
    }

    /// The parser writes `~` where nothing stands.
    fn is_left_out(&self, span: &Span, text: &str) -> bool {
        text == "~" && span.start.byte_offset().and_then(|at| self.text.as_bytes().get(at)) != Some(&b'~')
    }

    fn collection(&mut self, shape: Shape, style: StructureStyle, span: &Span) -> Result<(), Stop> {
        let position = self.position(span);
        if self.builder.depth() >= self.limits.depth.min(Limits::DEEPEST) {
            return Err(self.too_deep(position));
        }
        if self.builder.awaits_key() {
            traps::collection_as_key(self.at(position), self.findings);
        }
        let bracket = match style {
            StructureStyle::Flow => span.start.byte_offset(),
            StructureStyle::Block => None,
        };
        self.flow.push(bracket);
        self.builder.open(position, shape);
        Ok(())
    }

    fn alias(&mut self, anchor: usize, span: &Span) -> Result<(), Stop> {
        let position = self.position(span);
        self.aliases += 1;
        if self.aliases > self.limits.aliases {
            let what = Message::new("别名（*名称）个数", "the number of aliases (*name)");
            limit_passed(self.findings, self.at(position), "aliases", self.limits.aliases.into(), what);
            return Err(Stop);
        }
        let Some(target) = self.anchors.get_mut(&anchor) else { return Err(Stop) };
        target.used = true;
        let (node, defined) = (target.node, target.position);
        if self.builder.is_open(node) {
            traps::alias_within_itself(self.at(position), self.at(defined), self.findings);
            self.builder.scalar(position, ScalarStyle::Plain, "");
            return Ok(());
        }
        self.room_for(self.builder.extent(node), position)?;
        if self.builder.depth() + self.builder.height(node) > self.limits.depth.min(Limits::DEEPEST) {
            return Err(self.too_deep(position));
        }
        if self.builder.awaits_key() && self.builder.node(node).is_some_and(|n| n.text().is_none()) {
            traps::collection_as_key(self.at(position), self.findings);
        }
        self.builder.repeat(node, position);
        Ok(())
    }

    fn document(&mut self, span: &Span) -> Result<(), Stop> {
        self.documents += 1;
        if self.documents < 2 {
            return Ok(());
        }
        traps::second_document(self.place(&span.start), self.findings);
        Err(Stop)
    }

    fn stop_when_hopeless(&mut self, span: &Span) -> Result<(), Stop> {
        if self.findings.0.len() - self.findings_before < MOST_FINDINGS {
            return Ok(());
        }
        let message = Message::new(
            format!("这个文件里的问题超过 {MOST_FINDINGS} 处，从这里起不再读取"),
            format!("this file has more than {MOST_FINDINGS} mistakes; it is not read from here on"),
        );
        self.findings.add(LIMIT, self.place(&span.start), message);
        Err(Stop)
    }

    fn report_unused_anchors(&mut self) {
        for anchor in self.anchors.values().filter(|anchor| !anchor.used).take(MOST_FINDINGS) {
            traps::unused_anchor(&anchor.name, Place::At(self.file, anchor.position), self.findings);
        }
    }

    fn room_for(&mut self, nodes: u32, position: Position) -> Result<(), Stop> {
        if self.builder.count().saturating_add(nodes) <= self.limits.nodes {
            return Ok(());
        }
        let what = Message::new(
            "一个文件里键、值、列表的总数（别名展开后）",
            "the number of keys, values and lists of one file, aliases expanded,",
        );
        limit_passed(self.findings, self.at(position), "nodes", self.limits.nodes.into(), what);
        Err(Stop)
    }

    fn too_deep(&mut self, position: Position) -> Stop {
        syntax::too_deep(self.at(position), self.limits, self.findings);
        Stop
    }

    fn position(&self, span: &Span) -> Position {
        syntax::position(&span.start, self.lines_before)
    }

    fn place(&self, mark: &Marker) -> Place {
        self.at(syntax::position(mark, self.lines_before))
    }

    fn at(&self, position: Position) -> Place {
        Place::At(self.file, position)
    }
}
