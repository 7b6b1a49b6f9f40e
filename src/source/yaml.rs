//! Reads YAML text into a [`Document`]; with `syntax`, the only place that names a YAML crate.
//!
//! In: the text of one file. Out: its nodes, and findings for what YAML allows and a ledger does not: a key
//! written twice, a key that is a list, a tag, a second document, more than the limits. A file with a
//! syntax error gives exactly one finding of it and no nodes, so that nothing half-read is believed.
//!
//! Not here: what keys mean, and types of values; aliases are expanded, merge keys (`<<`) are plain keys.

use std::collections::BTreeMap;

use granit_parser::{Event, Parser, ScalarStyle as Style, Span, options};

use crate::diagnostic::{Code, FileId, Findings, Message, Place, Position};
use crate::source::characters::{self, Where};
use crate::source::document::{Builder, Document, ScalarStyle, Shape, short_hash};
use crate::source::limits::{Limits, limit_passed};
use crate::source::syntax::{self, Context};

/// The same key twice in one mapping.
pub const KEY_TWICE: Code = Code("E-KEY-DUP");
/// A key that is no plain word.
pub const KEY_FORM: Code = Code("E-YAML-KEY");
/// A tag such as `!name`.
pub const TAG: Code = Code("E-YAML-TAG");
/// An alias that stands inside what it names.
pub const ALIAS: Code = Code("E-YAML-ALIAS");
/// An anchor that nothing refers to.
pub const ANCHOR_UNUSED: Code = Code("W-YAML-ANCHOR");
/// A comment that looks like the rest of a value.
pub const COMMENT: Code = Code("W-YAML-COMMENT");
/// A second document in the file.
pub const SECOND_DOCUMENT: Code = Code("E-YAML-MULTI");

/// Reads the YAML text of a whole file.
pub fn parse_yaml(file: FileId, text: &str, limits: &Limits, findings: &mut Findings) -> Document {
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
        return Builder::for_source(0).finish_broken();
    }
    let mut reader = Reader {
        file,
        text,
        lines_before,
        limits,
        findings,
        builder: Builder::for_source(text.len()),
        anchors: BTreeMap::new(),
        flow: Vec::new(),
        aliases: 0,
        documents: 0,
        reached: 0,
        keys: Vec::new(),
    };
    let whole = reader.read();
    reader.report_unused_anchors();
    if whole { reader.builder.finish() } else { reader.builder.finish_broken() }
}

/// Texts are addressed by 32 bits, and an escape may grow.
const MOST_BYTES: usize = (u32::MAX / 2) as usize;

/// A node that aliases may name.
struct Anchor {
    node: u32,
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
        let options = options! { flow_nesting_limit: depth, block_nesting_limit: depth };
        for next in Parser::new_from_str_with_options(self.text, options) {
            let read = match next {
                Ok((event, span)) => self.event(event, span),
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

    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Stop> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.begin(&span, anchor, tag.is_some())?;
                self.scalar(&span, &text, style, matches!(text, std::borrow::Cow::Owned(_)))?;
                self.reached = span.end.byte_offset().unwrap_or(self.reached);
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.collection(Shape::Sequence, style, &span, anchor, tag.is_some())?;
            }
            Event::MappingStart(style, anchor, tag) => {
                self.collection(Shape::Mapping, style, &span, anchor, tag.is_some())?;
            }
            Event::SequenceEnd => {
                self.flow.pop();
                self.builder.close();
                self.reached = span.end.byte_offset().unwrap_or(self.reached);
            }
            Event::MappingEnd => {
                self.flow.pop();
                if let Some(mapping) = self.builder.close() {
                    self.report_keys_written_twice(mapping);
                }
                self.reached = span.end.byte_offset().unwrap_or(self.reached);
            }
            Event::Alias(anchor) => self.alias(anchor, &span)?,
            Event::DocumentStart(..) => self.document(&span)?,
            _ => {}
        }
        Ok(())
    }

    /// What every node shares: room for it, its tag, its anchor.
    fn begin(&mut self, span: &Span, anchor: usize, tagged: bool) -> Result<(), Stop> {
        let position = self.position(span);
        self.room_for(1, position)?;
        if tagged {
            self.report_tag(span);
        }
        if anchor > 0 {
            let node = self.builder.count();
            self.anchors.insert(anchor, Anchor { node, position, used: false });
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
        let text = match style {
            ScalarStyle::Plain if self.is_left_out(span, text) => "",
            _ => text,
        };
        if self.builder.awaits_key() {
            self.report_blank_in_key(text, position);
        } else if style == ScalarStyle::Plain {
            self.report_swallowing_comment(span, position);
        }
        self.builder.scalar(position, style, text);
        Ok(())
    }

    /// The parser writes `~` where nothing stands.
    fn is_left_out(&self, span: &Span, text: &str) -> bool {
        text == "~" && span.start.byte_offset().and_then(|at| self.text.as_bytes().get(at)) != Some(&b'~')
    }

    fn collection(
        &mut self,
        shape: Shape,
        style: granit_parser::StructureStyle,
        span: &Span,
        anchor: usize,
        tagged: bool,
    ) -> Result<(), Stop> {
        self.begin(span, anchor, tagged)?;
        let position = self.position(span);
        if self.builder.depth() >= self.limits.depth.min(Limits::DEEPEST) {
            return Err(self.too_deep(position));
        }
        if self.builder.awaits_key() {
            self.report_collection_as_key(position);
        }
        let bracket = match style {
            granit_parser::StructureStyle::Flow => span.start.byte_offset(),
            granit_parser::StructureStyle::Block => None,
        };
        self.flow.push(bracket);
        self.builder.open(position, shape);
        self.reached = span.end.byte_offset().unwrap_or(self.reached);
        Ok(())
    }

    fn alias(&mut self, anchor: usize, span: &Span) -> Result<(), Stop> {
        let position = self.position(span);
        self.reached = span.end.byte_offset().unwrap_or(self.reached);
        self.aliases += 1;
        if self.aliases > self.limits.aliases {
            let what = Message::new("别名(*名称)个数", "the number of aliases (*name)");
            limit_passed(self.findings, self.at(position), "aliases", self.limits.aliases.into(), what);
            return Err(Stop);
        }
        let Some(target) = self.anchors.get_mut(&anchor) else {
            return Ok(());
        };
        target.used = true;
        let (node, defined) = (target.node, target.position);
        let still_open = self.builder.is_open(node);
        if still_open {
            let place = self.at(defined);
            self.findings
                .add(
                    ALIAS,
                    self.at(position),
                    Message::new("别名引用了包含它自己的内容", "the alias stands inside what it refers to"),
                )
                .other(place, Message::new("引用的是这里", "it refers to this"))
                .hint(Message::new("请把要写的内容直接写出来。", "Write the content out instead."));
            self.builder.scalar(position, ScalarStyle::Plain, "");
            return Ok(());
        }
        self.room_for(self.builder.extent(node), position)?;
        if self.builder.depth() + self.builder.height(node) > self.limits.depth.min(Limits::DEEPEST) {
            return Err(self.too_deep(position));
        }
        if self.builder.awaits_key() && self.builder.node(node).is_some_and(|n| n.text().is_none()) {
            self.report_collection_as_key(position);
        }
        self.builder.repeat(node, position);
        Ok(())
    }

    fn document(&mut self, span: &Span) -> Result<(), Stop> {
        self.documents += 1;
        if self.documents < 2 {
            return Ok(());
        }
        let place = self.at(self.position(span));
        self.findings
            .add(
                SECOND_DOCUMENT,
                place,
                Message::new(
                    "一个文件里只能有一份 YAML 文档,这里开始了第二份",
                    "a file holds one YAML document; a second begins here",
                ),
            )
            .hint(Message::new(
                "请删去这一行的 ---,或者把后面的内容另存为一个文件。",
                "Remove this `---`, or move what follows into a file of its own.",
            ));
        Err(Stop)
    }

    fn room_for(&mut self, nodes: u32, position: Position) -> Result<(), Stop> {
        if self.builder.count().saturating_add(nodes) <= self.limits.nodes {
            return Ok(());
        }
        let what = Message::new(
            "一个文件里键、值、列表的总数(别名展开后)",
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

    fn at(&self, position: Position) -> Place {
        Place::At(self.file, position)
    }

    fn report_tag(&mut self, span: &Span) {
        let mark = span.tag_start().unwrap_or(span.start);
        let place = self.at(syntax::position(&mark, self.lines_before));
        self.findings
            .add(
                TAG,
                place,
                Message::new(
                    "这里用了 YAML 标签(以 ! 开头),本工具不支持",
                    "YAML tags (words that begin with `!`) are not used here",
                ),
            )
            .hint(Message::new(
                "如果 ! 是正文的一部分,请给整个值加上引号;否则删去标签。",
                "Put the whole value in quotes if the `!` belongs to it; else remove the tag.",
            ));
    }

    fn report_collection_as_key(&mut self, position: Position) {
        let place = self.at(position);
        self.findings
            .add(
                KEY_FORM,
                place,
                Message::new(
                    "键只能是一个词,这里是列表或映射",
                    "a key is one word; here stands a list or a mapping",
                ),
            )
            .hint(Message::new(
                "如果方括号、花括号是正文的一部分,请给整个值加上引号。",
                "Put the whole value in quotes if the brackets belong to it.",
            ));
    }

    /// A full-width or no-break blank beside a key: indented with the input method on.
    fn report_blank_in_key(&mut self, key: &str, position: Position) {
        let wrong = |c: Option<char>| c.filter(|c| !c.is_ascii() && c.is_whitespace());
        let Some(blank) = wrong(key.chars().next()).or_else(|| wrong(key.chars().next_back())) else {
            return;
        };
        let (name, code) = (key.trim(), u32::from(blank));
        let place = self.at(position);
        self.findings
            .add(
                KEY_FORM,
                place,
                Message::new(
                    format!("键“{name}”旁边有全角空格或不换行空格(U+{code:04X})"),
                    format!("a full-width or no-break blank (U+{code:04X}) stands beside the key `{name}`"),
                ),
            )
            .hint(Message::new(
                "请删去它,缩进只用半角空格。",
                "Remove it; indent with ordinary blanks only.",
            ));
    }

    /// `示范路1号 #3` without quotes loses `#3`; a comment proper has a blank behind its `#`.
    fn report_swallowing_comment(&mut self, span: &Span, position: Position) {
        let Some(end) = span.end.byte_offset() else { return };
        let bytes = self.text.as_bytes();
        if bytes.get(end) != Some(&b' ') {
            return;
        }
        let rest = bytes.get(end..).unwrap_or(&[]);
        let blanks = rest.iter().take_while(|byte| **byte == b' ').count();
        let is_word = |byte: &u8| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'#' | b'-' | b'=');
        if blanks > 2 || rest.get(blanks) != Some(&b'#') || !rest.get(blanks + 1).is_some_and(is_word) {
            return;
        }
        let place = self.at(position);
        self.findings
            .add(
                COMMENT,
                place,
                Message::new(
                    "空格后的 # 起是注释,不会成为值的一部分",
                    "from the `#` after the blank on, this is a comment and no part of the value",
                ),
            )
            .hint(Message::new(
                "如果 # 属于正文,请给整个值加上引号;如果确是注释,请在 # 后加一个空格。",
                "Put the whole value in quotes if the `#` belongs to it; else put a blank behind the `#`.",
            ));
    }

    fn report_keys_written_twice(&mut self, mapping: u32) {
        let mut keys = std::mem::take(&mut self.keys);
        keys.clear();
        for (first, again) in keys_written_twice(&self.builder, mapping, &mut keys) {
            let (Some(first), Some(again)) = (self.builder.node(first), self.builder.node(again)) else {
                continue;
            };
            let key = again.text().unwrap_or("").to_string();
            let (first, again) = (self.at(first.position()), self.at(again.position()));
            self.findings
                .add(
                    KEY_TWICE,
                    again,
                    Message::new(format!("键“{key}”写了两次"), format!("the key `{key}` is written twice")),
                )
                .field(&key)
                .other(first, Message::new("前一次在这里", "it was first written here"))
                .hint(Message::new(
                    "请只留一个;如果这是另一条记录,它前面缺了“- ”。",
                    "Keep one of them; if another record begins here, the `- ` before it is missing.",
                ));
        }
        self.keys = keys;
    }

    fn report_unused_anchors(&mut self) {
        for anchor in self.anchors.values().filter(|anchor| !anchor.used) {
            self.findings
                .add(
                    ANCHOR_UNUSED,
                    Place::At(self.file, anchor.position),
                    Message::new(
                        "值前面以 & 开头的词是 YAML 锚点,不会成为值的一部分,而且没有被引用",
                        "the word with `&` before this value is a YAML anchor, no part of the value, and nothing refers to it",
                    ),
                )
                .hint(Message::new(
                    "如果 & 属于正文,请给整个值加上引号;否则删去锚点。",
                    "Put the whole value in quotes if the `&` belongs to it; else remove the anchor.",
                ));
        }
    }
}

/// Pairs of nodes (first, again) that are equal keys of one mapping; `keys` is room for them.
fn keys_written_twice(builder: &Builder, mapping: u32, keys: &mut Vec<u32>) -> Vec<(u32, u32)> {
    let Some(mapping) = builder.node(mapping) else { return Vec::new() };
    if mapping.entries().len() > 64 {
        return keys_written_twice_of_many(mapping);
    }
    let (mut twice, mut seen) = (Vec::new(), 0_u128);
    for (key, _) in mapping.entries() {
        let Some(text) = key.text() else { continue };
        let bit = 1 << (short_hash(text.as_bytes()) % 128);
        if seen & bit != 0 {
            let same = |number: &&u32| builder.node(**number).and_then(|node| node.text()) == Some(text);
            twice.extend(keys.iter().find(same).map(|first| (*first, key.number())));
        }
        seen |= bit;
        keys.push(key.number());
    }
    twice
}

fn keys_written_twice_of_many(mapping: super::document::NodeRef<'_>) -> Vec<(u32, u32)> {
    let mut first_of = std::collections::HashMap::new();
    let mut twice = Vec::new();
    for (key, _) in mapping.entries() {
        let Some(text) = key.text() else { continue };
        match first_of.entry(text) {
            std::collections::hash_map::Entry::Occupied(first) => twice.push((*first.get(), key.number())),
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(key.number());
            }
        }
    }
    twice
}
