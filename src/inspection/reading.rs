//! From the tags of a page to the facts that the rules ask for, in one pass.
//!
//! In: the text of a page. Out: a [`Page`]. Only the elements that a rule asks for are followed, so a page that leaves out end
//! tags of others is read all the same. What is hidden is known by attributes and inline styles; no style sheet is read.
//!
//! Not here: tags (`html`), and any judgement.

mod elements;

use std::borrow::Cow;

use super::characters::{decode_into, decoded};
use super::hidden::hides;
use super::html::{Attribute, Piece, Pieces, lower};
use super::page::{Drawing, Page, Place};
use crate::text::content_hash;

/// An element whose end is waited for.
struct Open<'h> {
    name: Cow<'h, str>,
    what: What,
    /// Elements of the same name that were opened inside it.
    deeper: usize,
    hides: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Header,
    Main,
    Footer,
    Nav(usize),
    Link(usize),
    Heading(usize),
    Time(usize),
    Table(usize),
    Drawing(usize),
    /// What is marked as the page itself: where its text begins.
    Current(usize),
    /// A part with a table and its chart.
    Section(usize),
    Title,
    /// A part of the page that has a name of its own, such as the box in which a table scrolls.
    Region,
    /// Followed for its style alone.
    Other,
}

/// Reads a page.
pub(super) fn read(html: &str) -> Page<'_> {
    let page = Page { text: String::with_capacity(html.len() / 2), ..Page::default() };
    let mut reader = Reader { html, page, open: Vec::new(), description: None, section: 0, sections: 0 };
    let mut pieces = Pieces::of(html);
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Start { name, at } => reader.start(&lower(name), at, pieces.attributes(), name),
            Piece::End { name } => reader.end(&lower(name)),
            Piece::Text(text) => reader.text(text),
            Piece::Raw(text) => reader.raw(text),
        }
    }
    while let Some(open) = reader.open.pop() {
        reader.close(&open);
    }
    reader.page
}

struct Reader<'h> {
    html: &'h str,
    page: Page<'h>,
    open: Vec<Open<'h>>,
    /// The description that is open: its place, and the length of the text before it.
    description: Option<(usize, usize)>,
    section: usize,
    sections: usize,
}

/// What any tag may bear.
#[derive(Default)]
struct Marks {
    is_hidden: bool,
    is_current: bool,
    is_labelled: bool,
    is_region: bool,
}

impl<'h> Reader<'h> {
    fn start(&mut self, name: &str, at: usize, attributes: &[Attribute<'h>], written: &'h str) {
        let marks = self.marks(attributes, at);
        if name == "style" {
            self.page.inline_styles.push(at);
        }
        if is_block(name) {
            self.new_line();
        }
        let what = self.element(name, at, attributes, &marks);
        let what = what.or_else(|| (marks.is_region && marks.is_labelled).then_some(What::Region));
        let what = what.or_else(|| marks.is_current.then_some(What::Current(self.page.text.len())));
        let what = what.or_else(|| (marks.is_hidden && !is_void(name)).then_some(What::Other));
        match what {
            Some(what) => {
                self.open.push(Open { name: lower(written), what, deeper: 0, hides: marks.is_hidden })
            }
            None => self.deepen(name),
        }
    }

    /// Elements that are followed for their marks alone may hold others of their name.
    fn deepen(&mut self, name: &str) {
        let followed = |open: &&mut Open<'_>| {
            matches!(open.what, What::Other | What::Region | What::Current(_)) && open.name == name
        };
        if let Some(same) = self.open.iter_mut().rev().find(followed) {
            same.deeper += 1;
        }
    }

    fn marks(&mut self, attributes: &[Attribute<'h>], at: usize) -> Marks {
        let mut marks = Marks::default();
        for (name, written) in attributes {
            match *name {
                "id" => self.page.ids.push(hash_of_id(&decoded(written))),
                "hidden" => marks.is_hidden = true,
                "style" => {
                    marks.is_hidden |= hides(&decoded(written));
                    self.page.inline_styles.push(at);
                }
                "width" | "height" => marks.is_hidden |= written.trim() == "0",
                "aria-current" => marks.is_current = *written == "page",
                "aria-label" | "aria-labelledby" | "title" | "alt" => {
                    marks.is_labelled |= !written.trim().is_empty();
                }
                "role" => marks.is_region = *written == "region",
                // Attributes of HTML that begin so run scripts.
                name if name.starts_with("on") => self.page.inline_scripts.push(at),
                _ => {}
            }
        }
        marks
    }

    fn place(&self) -> Place {
        let place = |open: &Open<'_>| match open.what {
            What::Header => Some(Place::Header),
            What::Main => Some(Place::Main),
            What::Footer => Some(Place::Footer),
            _ => None,
        };
        self.open.iter().find_map(place).unwrap_or_default()
    }

    fn drawing(&mut self) -> Option<&mut Drawing> {
        let at = self.open.iter().rev().find_map(|open| match open.what {
            What::Drawing(at) => Some(at),
            _ => None,
        })?;
        self.page.drawings.get_mut(at)
    }

    fn text(&mut self, text: &'h str) {
        if self.open.last().is_some_and(|open| open.what == What::Title) {
            if let Some(drawing) = self.drawing() {
                drawing.is_named |= !text.trim().is_empty();
            } else if self.page.title.is_none() {
                self.page.title = Some(decoded(text));
            }
            return;
        }
        let at = (text.as_ptr() as usize).saturating_sub(self.html.as_ptr() as usize);
        self.page.read_at.push((self.page.text.len(), at));
        decode_into(text, &mut self.page.text);
    }

    fn raw(&mut self, text: &'h str) {
        if self.page.linked_data == Some("") {
            self.page.linked_data = Some(text);
        }
    }

    fn end(&mut self, name: &str) {
        if matches!(name, "dd" | "dl") {
            self.end_description();
        }
        if let Some(at) = self.open.iter().rposition(|open| open.name == name) {
            if let Some(open) = self.open.get_mut(at).filter(|open| open.deeper > 0) {
                open.deeper -= 1;
            } else {
                while self.open.len() > at {
                    let Some(open) = self.open.pop() else { break };
                    self.close(&open);
                }
            }
        }
        if is_block(name) {
            self.new_line();
        }
    }

    fn close(&mut self, open: &Open<'_>) {
        let end = self.page.text.len();
        match open.what {
            What::Header => self.page.header.1 = end,
            What::Main => self.page.main.1 = end,
            What::Footer => self.page.footer.1 = end,
            What::Section(above) => self.section = above,
            What::Link(at) => {
                if let Some(link) = self.page.links.get_mut(at) {
                    link.span.1 = end;
                }
            }
            What::Heading(at) => {
                if let Some((.., span)) = self.page.headings.get_mut(at) {
                    span.1 = end;
                }
            }
            What::Time(at) => {
                if let Some(time) = self.page.times.get_mut(at) {
                    time.span.1 = end;
                }
            }
            What::Current(start) => self.current((start, end)),
            What::Nav(_) | What::Table(_) | What::Drawing(_) | What::Title | What::Region | What::Other => {}
        }
    }

    /// Notes in the navigation around it what is marked as the page itself.
    fn current(&mut self, span: (usize, usize)) {
        let nav = self.open.iter().rev().find_map(|open| match open.what {
            What::Nav(nav) => Some(nav),
            _ => None,
        });
        if let Some(nav) = nav.and_then(|nav| self.page.navs.get_mut(nav)) {
            nav.current = Some((span, nav.links));
        }
    }

    fn end_description(&mut self) {
        if let Some((at, start)) = self.description.take()
            && self.page.words((start, self.page.text.len())).is_empty()
        {
            self.page.empty_descriptions.push(at);
        }
    }

    fn new_line(&mut self) {
        if !self.page.text.ends_with('\n') {
            self.page.text.push('\n');
        }
    }
}

/// By what an id is known.
pub(super) fn hash_of_id(id: &str) -> u64 {
    content_hash(id.as_bytes()) as u64
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "li"
            | "ul"
            | "ol"
            | "td"
            | "th"
            | "tr"
            | "table"
            | "caption"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "dt"
            | "dd"
            | "dl"
            | "br"
            | "hr"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "main"
            | "nav"
            | "figure"
            | "figcaption"
            | "details"
            | "summary"
            | "blockquote"
            | "pre"
            | "form"
    )
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "br" | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "area"
            | "base"
            | "col"
            | "embed"
            | "wbr"
    )
}
