//! Writes links, pictures and footnotes.
//!
//! In: judged targets and footnote labels. Out: `a`, `img` and the section of footnotes. A link within a link
//! is not HTML, so inside a link everything else that would be one appears as its words.
//!
//! Not here: which targets are allowed (`links`), numbers (`footnotes`).

use crate::markdown::events::{matching_end, words};
use crate::markdown::footnotes::Reference;
use crate::markdown::html::{Anchor, Writer, push_escaped};
use crate::markdown::links::{Target, judge, push_target};
use crate::markdown::{LinkKind, Resolved};

impl<'a> Writer<'a> {
    pub(super) fn link(&mut self, target: &str, title: &str) {
        let written = match judge(target) {
            Target::Refused => None,
            Target::Fragment => Some(target.trim().replacen('#', &format!("#{}", self.options.id_prefix), 1)),
            _ => Some((self.resolve)(target, LinkKind::Link).href),
        };
        let stands = |target: &String| !matches!(judge(target), Target::Refused | Target::Record);
        match written.filter(|target| stands(target) && self.anchors.is_empty()) {
            Some(resolved) => {
                let leads_out = [target, &resolved].iter().any(|target| judge(target) == Target::Outside);
                let words = if leads_out { target.trim().to_string() } else { resolved.clone() };
                self.open_anchor(&resolved, title, leads_out);
                self.anchors.push(Anchor::Written { at: self.out.len(), target: words });
            }
            None => self.anchors.push(Anchor::WordsOnly),
        }
    }

    /// What leads out by way of a page of ours still leads out.
    fn open_anchor(&mut self, target: &str, title: &str, leads_out: bool) {
        self.out.push_str("<a href=\"");
        push_target(&mut self.out, target);
        self.out.push('"');
        if leads_out {
            self.out.push_str(" class=\"external\" rel=\"noopener noreferrer\"");
        }
        self.title(title);
        self.out.push('>');
    }

    fn title(&mut self, title: &str) {
        if !title.is_empty() {
            self.out.push_str(" title=\"");
            push_escaped(&mut self.out, title);
            self.out.push('"');
        }
    }

    pub(super) fn end_link(&mut self) {
        if let Some(Anchor::Written { at, target }) = self.anchors.pop() {
            if at == self.out.len() {
                push_escaped(&mut self.out, &target);
            }
            self.out.push_str("</a>");
        }
    }

    pub(super) fn image(&mut self, at: usize, target: &str, title: &str) -> usize {
        let end = matching_end(self.events, at);
        let description = words(self.events, at, end);
        let class = judge(target);
        let resolved = match class {
            Target::Inside => (self.resolve)(target, LinkKind::Image),
            // No page asks another host for anything, so that a picture there is a link (portal-conventions PR-05).
            Target::Outside => (self.resolve)(target, LinkKind::Link),
            _ => target.to_string().into(),
        };
        let Resolved { href: resolved, size } = resolved;
        match (class, judge(&resolved)) {
            (Target::Inside, Target::Inside) => {
                self.out.push_str("<img src=\"");
                push_target(&mut self.out, &resolved);
                self.out.push_str("\" alt=\"");
                push_escaped(&mut self.out, &description);
                self.out.push('"');
                self.title(title);
                if let Some([width, height]) = size {
                    self.out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
                }
                self.out.push_str(" loading=\"lazy\">");
            }
            (_, Target::Outside) | (Target::Outside, Target::Inside) if self.anchors.is_empty() => {
                self.open_anchor(&resolved, title, true);
                self.words(&description);
                if description.is_empty() {
                    push_escaped(&mut self.out, target);
                }
                self.out.push_str("</a>");
            }
            _ => self.words(&description),
        }
        end + 1
    }

    pub(super) fn reference(&mut self, label: &'a str) {
        let prefix = self.options.id_prefix;
        let (number, id) = match self.footnotes.refer(label) {
            Reference::First(number) => (number, format!(" id=\"{prefix}fnref-{number}\"")),
            Reference::Again(number) => (number, String::new()),
            Reference::Undefined => return self.words(&format!("[^{label}]")),
        };
        if self.anchors.is_empty() {
            let link = format!("<a{id} href=\"#{prefix}fn-{number}\" role=\"doc-noteref\">[{number}]</a>");
            self.out.push_str(&format!("<sup class=\"note\">{link}</sup>"));
        } else {
            // A link inside a link is not HTML.
            self.out.push_str(&format!("<sup class=\"note\"{id}>[{number}]</sup>"));
        }
    }

    /// The footnotes, in the order of their numbers; one may refer to the next.
    pub(super) fn endnotes(&mut self) {
        let prefix = self.options.id_prefix;
        let [notes, back] = self.options.words.notes;
        let mut number = 1;
        while let Some(start) = self.footnotes.definition(number) {
            if number == 1 {
                self.out.push_str("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"");
                push_escaped(&mut self.out, notes);
                self.out.push_str("\">\n<ol>\n");
            }
            self.out.push_str(&format!("<li id=\"{prefix}fn-{number}\">"));
            self.stretch(start + 1, matching_end(self.events, start));
            let reopened = self.out.ends_with("</p>\n");
            if reopened {
                self.out.truncate(self.out.len() - "</p>\n".len());
            }
            self.out.push_str(&format!(
                " <a href=\"#{prefix}fnref-{number}\" role=\"doc-backlink\" aria-label=\""
            ));
            push_escaped(&mut self.out, back);
            self.out.push_str(&format!("\">↩</a>{}</li>\n", if reopened { "</p>" } else { "" }));
            number += 1;
        }
        if number > 1 {
            self.out.push_str("</ol>\n</section>\n");
        }
    }
}
