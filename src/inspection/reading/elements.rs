//! Which elements of a page are noted, and what of them.
//!
//! In: a start tag. Out: facts in the page, and for some elements what is to be done at their end. Not here: which elements are
//! open, and text (`reading`).

use std::borrow::Cow;

use super::{Marks, Reader, What};
use crate::inspection::html::{Attribute, value};
use crate::inspection::page::{Asks, Drawing, Link, Meta, Nav, Picture, Place, Table, Time};

impl<'h> Reader<'h> {
    /// Notes an element that some rule asks for; what is to be done at its end.
    pub(super) fn element(
        &mut self,
        name: &str,
        at: usize,
        attributes: &[Attribute<'h>],
        marks: &Marks,
    ) -> Option<What> {
        let get = |name: &str| value(attributes, name);
        match name {
            "html" => self.page.language = get("lang"),
            "meta" => self.meta(at, attributes),
            "link" => self.named(at, attributes),
            "title" => return Some(What::Title),
            "header" if self.place() == Place::Outside => {
                *self.page.landmarks.get_mut(0)? += 1;
                self.page.header = (self.page.text.len(), self.page.text.len());
                return Some(What::Header);
            }
            "main" => {
                *self.page.landmarks.get_mut(1)? += 1;
                self.page.main = (self.page.text.len(), self.page.text.len());
                return Some(What::Main);
            }
            "footer" if self.place() == Place::Outside => {
                *self.page.landmarks.get_mut(2)? += 1;
                self.page.footer = (self.page.text.len(), self.page.text.len());
                return Some(What::Footer);
            }
            "nav" => {
                self.page.navs.push(Nav { at, place: self.place(), ..Nav::default() });
                return Some(What::Nav(self.page.navs.len() - 1));
            }
            "a" | "area" => {
                let target = get("href")?;
                let link = self.link(Asks::Page, target, at, marks);
                return (name == "a").then_some(What::Link(link));
            }
            "form" => {
                self.page.searches |= get("role").as_deref() == Some("search");
                if let Some(target) = get("action") {
                    self.link(Asks::Form, target, at, marks);
                }
            }
            "input" => self.page.searches |= get("type").as_deref() == Some("search"),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.as_bytes().get(1).map_or(1, |digit| digit.saturating_sub(b'0'));
                let start = self.page.text.len();
                self.page.headings.push((level, at, (start, start)));
                return Some(What::Heading(self.page.headings.len() - 1));
            }
            "time" => {
                let start = self.page.text.len();
                let datetime = get("datetime").unwrap_or_default();
                self.page.times.push(Time { datetime, span: (start, start), place: self.place() });
                return Some(What::Time(self.page.times.len() - 1));
            }
            "section" | "article" | "figure" => {
                let above = self.section;
                self.sections += 1;
                // A chart in a figure has its table in the section around it.
                if name != "figure" {
                    self.section = self.sections;
                }
                return Some(What::Section(above));
            }
            "table" => {
                let has_caption = marks.is_labelled || self.open.iter().any(|open| open.what == What::Region);
                self.page.tables.push(Table { at, has_caption, section: self.section, ..Table::default() });
                return Some(What::Table(self.page.tables.len() - 1));
            }
            "caption" => {
                if let Some(table) = self.page.tables.last_mut() {
                    table.has_caption = true;
                }
            }
            "th" => {
                let is_bare = get("scope").is_none_or(|scope| scope.is_empty());
                if let Some(table) =
                    self.page.tables.last_mut().filter(|table| is_bare && table.bare_heading.is_none())
                {
                    table.bare_heading = Some(at);
                }
            }
            "dt" | "dd" => {
                self.end_description();
                if name == "dd" {
                    self.description = Some((at, self.page.text.len()));
                }
            }
            "svg" => {
                self.description = None;
                if get("role").as_deref() != Some("img") {
                    return Some(What::Other);
                }
                self.page.drawings.push(Drawing { at, section: self.section, ..Drawing::default() });
                return Some(What::Drawing(self.page.drawings.len() - 1));
            }
            "text" => {
                if let Some(drawing) = self.drawing() {
                    drawing.has_words = true;
                }
            }
            "marquee" | "blink" => {
                self.page.restless.push((at, if name == "blink" { "blink" } else { "marquee" }))
            }
            _ => self.loaded(name, at, attributes, marks),
        }
        None
    }

    /// What a browser loads of itself: pictures, scripts, frames.
    fn loaded(&mut self, name: &str, at: usize, attributes: &[Attribute<'h>], marks: &Marks) {
        let get = |name: &str| value(attributes, name);
        let asks = match name {
            "img" | "source" | "video" | "audio" | "track" | "input" | "image" => Asks::Picture,
            "script" => Asks::Script,
            "iframe" | "frame" | "embed" | "object" => Asks::Frame,
            _ => return,
        };
        if name == "img" {
            self.description = None;
            let has_size = get("width").is_some() && get("height").is_some();
            self.page.pictures.push(Picture { at, has_text: get("alt").is_some(), has_size });
            if marks.is_labelled {
                let open = self.open.iter().rev().find_map(|open| match open.what {
                    What::Link(link) => Some(link),
                    _ => None,
                });
                if let Some(link) = open.and_then(|link| self.page.links.get_mut(link)) {
                    link.is_labelled = true;
                }
            }
        }
        if matches!(name, "video" | "audio") && get("autoplay").is_some() {
            self.page.restless.push((at, "autoplay"));
        }
        for key in ["src", "poster", "data"] {
            if let Some(target) = get(key) {
                self.link(asks, target, at, marks);
            }
        }
        if let Some(list) = get("srcset") {
            for target in list.split(',').filter_map(|one| one.split_whitespace().next()) {
                self.link(asks, Cow::Owned(target.to_string()), at, marks);
            }
        }
        let runs = |ty: &str| ty.is_empty() || ty == "module" || ty.ends_with("javascript");
        if name == "script" && get("src").is_none() {
            let ty = get("type").unwrap_or_default();
            if runs(ty.trim()) {
                self.page.inline_scripts.push(at);
            } else if ty == "application/ld+json" {
                // What stands in it comes next.
                self.page.linked_data = Some("");
            }
        }
    }

    fn meta(&mut self, at: usize, attributes: &[Attribute<'h>]) {
        let of = |key: &str| value(attributes, key);
        let name = of("name").or_else(|| of("http-equiv")).or_else(|| of("property"));
        if let Some(name) = name {
            let content = value(attributes, "content").unwrap_or_default();
            self.page.metas.push(Meta { name, content, at });
        }
    }

    /// A `link` in the head.
    fn named(&mut self, at: usize, attributes: &[Attribute<'h>]) {
        let (Some(target), Some(rel)) = (value(attributes, "href"), value(attributes, "rel")) else { return };
        let is = |word: &str| rel.split_whitespace().any(|own| own.eq_ignore_ascii_case(word));
        if is("canonical") {
            self.page.canonical.push((target, at));
            return;
        }
        let asks = if is("stylesheet") || is("icon") || is("manifest") || is("preload") || is("prefetch") {
            Asks::Style
        } else {
            Asks::Named
        };
        self.link(asks, target, at, &Marks::default());
    }

    fn link(&mut self, asks: Asks, target: Cow<'h, str>, at: usize, marks: &Marks) -> usize {
        let nav = self.open.iter().rev().find_map(|open| match open.what {
            What::Nav(nav) => Some(nav),
            _ => None,
        });
        if let Some(nav) = nav.filter(|_| asks == Asks::Page).and_then(|nav| self.page.navs.get_mut(nav)) {
            nav.links += 1;
        }
        let start = self.page.text.len();
        self.page.links.push(Link {
            asks,
            target,
            at,
            span: (start, start),
            place: self.place(),
            nav,
            is_hidden: marks.is_hidden || self.open.iter().any(|open| open.hides),
            is_labelled: marks.is_labelled,
        });
        self.page.links.len() - 1
    }
}
