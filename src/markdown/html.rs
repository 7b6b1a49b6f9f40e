//! Writes a text's events as HTML.
//!
//! In: the events. Out: HTML whose elements, attributes and classes are all named in this file; everything
//! from the source is escaped text or a judged target. The loop is flat, so that no depth of nesting can
//! exhaust the stack.
//!
//! Not here: links, pictures and footnotes (`anchors`), colours of code (`highlight`), numbering (`headings`).

mod anchors;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

use crate::markdown::events::{Placed, is_joined, matching_end, words};
use crate::markdown::footnotes::Footnotes;
use crate::markdown::headings::Numbering;
use crate::markdown::links::mail_target;
use crate::markdown::{Heading, Options, RenderedText, Resolve, SafeHtml, highlight, raw_html};

/// Writes a whole text.
pub(super) fn write(events: &[Placed<'_>], options: &Options<'_>, resolve: &Resolve<'_>) -> RenderedText {
    let mut writer = Writer {
        events,
        options,
        resolve,
        out: String::new(),
        numbering: Numbering::new(options.heading_base, options.id_prefix),
        footnotes: Footnotes::of(events),
        headings: Vec::new(),
        in_heading: false,
        before: '\n',
        anchors: Vec::new(),
        table: Table::default(),
        tables: 0,
        has_code: false,
    };
    writer.stretch(0, events.len());
    writer.endnotes();
    RenderedText { html: SafeHtml(writer.out), headings: writer.headings, has_code: writer.has_code }
}

/// The text under way.
struct Writer<'a> {
    events: &'a [Placed<'a>],
    options: &'a Options<'a>,
    resolve: &'a Resolve<'a>,
    out: String,
    numbering: Numbering<'a>,
    footnotes: Footnotes<'a>,
    headings: Vec<Heading>,
    in_heading: bool,
    /// The last visible character of the block.
    before: char,
    anchors: Vec<Anchor>,
    table: Table,
    /// How many tables there were, to give each a name of its own.
    tables: u32,
    has_code: bool,
}

/// A link that is open.
enum Anchor {
    /// Its element is written up to this place; the target serves where the link has no words.
    Written { at: usize, target: String },
    /// Refused: only its words appear.
    WordsOnly,
}

/// The table under way; tables do not nest.
#[derive(Default)]
struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    has_body: bool,
    cell: &'static str,
}

impl<'a> Writer<'a> {
    fn stretch(&mut self, start: usize, end: usize) {
        let mut at = start;
        while at < end {
            at = self.event(at).max(at + 1);
        }
    }

    /// Writes one event, or an element with all inside it, and says where to go on.
    fn event(&mut self, at: usize) -> usize {
        let events = self.events;
        let Some((event, _)) = events.get(at) else { return at + 1 };
        match event {
            Event::Start(tag) => return self.start(at, tag),
            Event::End(end) => self.end(*end),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.words(text),
            Event::Code(text) => {
                self.out.push_str("<code>");
                self.words(text);
                self.out.push_str("</code>");
            }
            Event::Html(markup) | Event::InlineHtml(markup) => self.words(&raw_html::shown(markup).text),
            Event::SoftBreak if is_joined(events, at, self.before) => {}
            Event::SoftBreak => self.line_break("\n"),
            Event::HardBreak => self.line_break("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::TaskListMarker(is_done) => {
                let [done, open] = self.options.words.tasks;
                let (word, mark) = if *is_done { (done, '☑') } else { (open, '☐') };
                self.out.push_str("<span class=\"task\" role=\"img\" aria-label=\"");
                push_escaped(&mut self.out, word);
                self.out.push_str(&format!("\">{mark}</span> "));
            }
            Event::FootnoteReference(label) => self.reference(label),
        }
        at + 1
    }

    fn start(&mut self, at: usize, tag: &'a Tag<'a>) -> usize {
        match tag {
            Tag::Paragraph => self.block("<p>"),
            Tag::Heading { level, id, .. } => self.heading(*level as u8, id.as_deref()),
            Tag::BlockQuote(None) => self.block("<blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => self.alert(*kind),
            Tag::CodeBlock(kind) => return self.code_block(at, kind),
            Tag::HtmlBlock => return self.html_block(at),
            Tag::List(first) => self.list(*first),
            Tag::Item => self.block("<li>"),
            Tag::DefinitionList => self.block("<dl>\n"),
            Tag::DefinitionListTitle => self.block("<dt>"),
            Tag::DefinitionListDefinition => self.block("<dd>"),
            Tag::FootnoteDefinition(_) | Tag::MetadataBlock(_) => return matching_end(self.events, at) + 1,
            Tag::Table(alignments) => self.table(alignments),
            Tag::TableHead => {
                self.table.in_head = true;
                self.row("<thead><tr>");
            }
            Tag::TableRow => {
                self.row(if self.table.has_body { "<tr>" } else { "<tbody>\n<tr>" });
                self.table.has_body = true;
            }
            Tag::TableCell => self.cell(at),
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Superscript => self.out.push_str("<sup>"),
            Tag::Subscript => self.out.push_str("<sub>"),
            Tag::Link { link_type: pulldown_cmark::LinkType::Email, dest_url, title, .. } => {
                self.link(&mail_target(dest_url), title);
            }
            Tag::Link { dest_url, title, .. } => self.link(dest_url, title),
            Tag::Image { dest_url, title, .. } => return self.image(at, dest_url, title),
        }
        at + 1
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Paragraph => self.out.push_str("</p>\n"),
            TagEnd::Heading(_) => {
                self.in_heading = false;
                let level = self.headings.last().map_or(6, |heading| heading.level);
                self.out.push_str(&format!("</h{level}>\n"));
            }
            TagEnd::BlockQuote(None) => self.out.push_str("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => self.out.push_str("</div>\n"),
            TagEnd::List(true) => self.out.push_str("</ol>\n"),
            TagEnd::List(false) => self.out.push_str("</ul>\n"),
            TagEnd::Item => self.out.push_str("</li>\n"),
            TagEnd::DefinitionList => self.out.push_str("</dl>\n"),
            TagEnd::DefinitionListTitle => self.out.push_str("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.out.push_str("</dd>\n"),
            TagEnd::Table => {
                self.out.push_str(if self.table.has_body {
                    "</tbody>\n</table></div>\n"
                } else {
                    "</table></div>\n"
                });
            }
            TagEnd::TableHead => {
                self.table.in_head = false;
                self.out.push_str("</tr></thead>\n");
            }
            TagEnd::TableRow => self.out.push_str("</tr>\n"),
            TagEnd::TableCell => self.out.push_str(self.table.cell),
            TagEnd::Emphasis => self.out.push_str("</em>"),
            TagEnd::Strong => self.out.push_str("</strong>"),
            TagEnd::Strikethrough => self.out.push_str("</del>"),
            TagEnd::Superscript => self.out.push_str("</sup>"),
            TagEnd::Subscript => self.out.push_str("</sub>"),
            TagEnd::Link => self.end_link(),
            TagEnd::FootnoteDefinition
            | TagEnd::Image
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn block(&mut self, opening: &str) {
        self.out.push_str(opening);
        self.before = '\n';
    }

    fn list(&mut self, first: Option<u64>) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        match first {
            None => self.block("<ul>\n"),
            Some(1) => self.block("<ol>\n"),
            Some(first) => self.block(&format!("<ol start=\"{first}\">\n")),
        }
    }

    /// Writes text from the source.
    fn words(&mut self, text: &str) {
        push_escaped(&mut self.out, text);
        self.before = text.chars().next_back().unwrap_or(self.before);
        if let Some(heading) = self.headings.last_mut().filter(|_| self.in_heading) {
            heading.text.push_str(text);
        }
    }

    fn line_break(&mut self, written: &str) {
        self.out.push_str(written);
        self.before = '\n';
        if let Some(heading) = self.headings.last_mut().filter(|_| self.in_heading) {
            heading.text.push(' ');
        }
    }

    fn heading(&mut self, written: u8, wish: Option<&str>) {
        let spot = self.numbering.place(written, wish);
        self.block(&format!("<h{} id=\"{}\">", spot.level, spot.id));
        self.headings.push(Heading { level: spot.level, id: spot.id, text: String::new() });
        self.in_heading = true;
    }

    fn code_block(&mut self, at: usize, kind: &CodeBlockKind<'_>) -> usize {
        let end = matching_end(self.events, at);
        let code = words(self.events, at, end);
        let language = match kind {
            CodeBlockKind::Fenced(fence) => highlight::language(fence),
            CodeBlockKind::Indented => None,
        };
        let marked_up =
            language.and_then(|language| Some((language, highlight::highlight(&code, language)?)));
        // A long line scrolls, so the block takes the keyboard's focus.
        self.block("<pre tabindex=\"0\"><code");
        match marked_up {
            Some((language, spans)) => {
                self.has_code = true;
                self.out.push_str(&format!(" class=\"language-{}\">{spans}", language.to_ascii_lowercase()));
            }
            None => {
                self.out.push('>');
                push_escaped(&mut self.out, &code);
            }
        }
        self.out.push_str("</code></pre>\n");
        end + 1
    }

    fn html_block(&mut self, at: usize) -> usize {
        let end = matching_end(self.events, at);
        let shown = raw_html::shown(&markup(self.events, at, end));
        if !shown.text.is_empty() {
            self.block("<p>");
            self.words(&shown.text);
            self.out.push_str("</p>\n");
        }
        end + 1
    }

    /// A table in a box of its own that scrolls sideways and takes the keyboard's focus (AX-11).
    fn table(&mut self, alignments: &[Alignment]) {
        self.tables += 1;
        self.table = Table { alignments: alignments.to_vec(), ..Table::default() };
        self.block("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"");
        if let Some(heading) = self.headings.last().filter(|heading| !heading.text.is_empty()) {
            push_escaped(&mut self.out, &heading.text);
            push_escaped(&mut self.out, self.options.words.table[1]);
        }
        push_escaped(&mut self.out, self.options.words.table[0]);
        self.out.push_str(&format!(" {}\"><table>\n", self.tables));
    }

    /// The opening of an alert, with its name as visible text.
    fn alert(&mut self, kind: BlockQuoteKind) {
        let [note, tip, important, warning, caution] = self.options.words.alerts;
        let (class, word) = match kind {
            BlockQuoteKind::Note => ("note", note),
            BlockQuoteKind::Tip => ("tip", tip),
            BlockQuoteKind::Important => ("important", important),
            BlockQuoteKind::Warning => ("warning", warning),
            BlockQuoteKind::Caution => ("caution", caution),
        };
        self.block(&format!("<div class=\"alert {class}\" role=\"note\">\n<p class=\"label\">"));
        push_escaped(&mut self.out, word);
        self.out.push_str("</p>\n");
    }

    fn row(&mut self, opening: &str) {
        self.table.column = 0;
        self.out.push_str(opening);
    }

    fn cell(&mut self, at: usize) {
        // A header cell without words names nothing, so it is an ordinary cell.
        let empty = matches!(self.events.get(at + 1), Some((Event::End(TagEnd::TableCell), _)));
        let header = self.table.in_head && !empty;
        let class = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            _ => "",
        };
        self.block(if header { "<th scope=\"col\"" } else { "<td" });
        self.out.push_str(class);
        self.out.push('>');
        self.table.cell = if header { "</th>" } else { "</td>" };
        self.table.column += 1;
    }
}

/// All markup of an HTML block.
pub(super) fn markup(events: &[Placed<'_>], start: usize, end: usize) -> String {
    let parts = events.get(start..end).unwrap_or_default().iter();
    parts
        .filter_map(|(event, _)| match event {
            Event::Html(markup) | Event::Text(markup) => Some(markup.as_ref()),
            _ => None,
        })
        .collect()
}

/// Writes text so that it is text in an element and in a double-quoted attribute.
fn push_escaped(out: &mut String, text: &str) {
    for part in text.split_inclusive(['&', '<', '>', '"']) {
        let special = part.chars().next_back().filter(|c| matches!(c, '&' | '<' | '>' | '"'));
        out.push_str(special.map_or(part, |special| part.strip_suffix(special).unwrap_or(part)));
        match special {
            Some('&') => out.push_str("&amp;"),
            Some('<') => out.push_str("&lt;"),
            Some('>') => out.push_str("&gt;"),
            Some('"') => out.push_str("&quot;"),
            _ => {}
        }
    }
}
