//! The inspectors' lint: whether the pages of the finished site are as 国办发〔2017〕47号, 国办秘函〔2019〕19号 and the norms on access ask.
//!
//! In: the bytes of one page after another, the routes of the site, the portal's settings. Out: diagnostics whose file is the page's
//! route and whose line is one of the page, and what only all pages together can tell: ids and the anchors that lead to them.
//! The home page comes first: its header and footer are those that all others must have.
//!
//! Rules look at landmarks, `time`, meta tags, words and addresses, never at the class names of a theme. Not here: rendering (`release`),
//! records, files. Nothing is asked of the network, so names of domains and sites of others are not judged.

mod access;
mod addresses;
mod characters;
mod frame;
mod freshness;
mod guides;
mod hidden;
mod html;
mod linked;
mod links;
mod page;
mod reading;
mod rules;
mod tags;
mod verdict;
mod weight;
mod words;

use std::borrow::Cow;
use std::collections::HashMap;

use crate::calendar::Date;
use crate::diagnostic::{Diagnostic, Fingerprint, Message};
use crate::record::settings::Settings;
use crate::route::Route;
use crate::text::content_hash;

use addresses::Hosts;
use frame::Frame;
use page::Page;
pub use rules::{
    ACCESS, AGEING, CLOSED, Class, EMPTY, ENTRY, FOREIGN, FRAME, HIDDEN, HOST, LINK, RULES, Rule, SECRET,
    STALE, TAG, WARNINGS, WEIGHT, WORD,
};
pub use verdict::{Row, Survey, Verdict};
pub use weight::{Packer, packed_size};
use words::WordList;

/// What a page is, which decides what is asked of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// The first page.
    Home,
    /// A list, an index, a dashboard.
    Column,
    /// A record or a text with a day of its own.
    Content,
    /// A record that tells of no day: content without `PubDate`.
    Undated,
    /// Search, an address that leads nowhere, a text without a day.
    Tool,
}

/// One page to be looked at.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'s> {
    /// Its address.
    pub route: &'s Route,
    /// What it is.
    pub sort: Sort,
    /// Whether it is there for its entries.
    pub is_list: bool,
    /// Days after which its column counts as not updated.
    pub most_days: Option<i64>,
    /// Bytes that it may have, packed.
    pub most_bytes: Option<usize>,
    /// Whether it tells how a service is had.
    pub is_guide: bool,
    /// Whether it is the notice before one leaves, and leads out by its nature.
    pub leads_out: bool,
    /// Whether a server shows it at any address, so that its links are absolute.
    pub is_anywhere: bool,
}

/// What was seen of a page.
#[derive(Debug, Default)]
pub struct Seen {
    /// What is wrong with it.
    pub found: Vec<Diagnostic>,
    /// What its ids are known by.
    pub ids: Box<[u32]>,
    /// Places on other pages that it leads to.
    pub anchors: Vec<Anchor>,
    /// Its bytes, packed, where they were counted.
    pub packed: Option<usize>,
}

/// A link to a place on another page.
#[derive(Debug)]
pub struct Anchor {
    /// The number of the route it leads to.
    pub to: u32,
    /// What the id is known by.
    pub id: u32,
    /// What is said when there is no such id.
    pub dead: Diagnostic,
}

/// All that pages are held against.
pub struct Inspector<'i> {
    settings: &'i Settings,
    as_of: Date,
    /// Numbers of the routes of the site.
    routes: HashMap<&'i str, u32>,
    hosts: Hosts,
    words: WordList,
    /// Header and footer of the home page.
    frame: Option<Frame>,
}

impl<'i> Inspector<'i> {
    /// For the pages of a site with these routes.
    pub fn new(
        settings: &'i Settings,
        as_of: Date,
        routes: impl IntoIterator<Item = &'i str>,
    ) -> Inspector<'i> {
        Inspector {
            settings,
            as_of,
            routes: routes.into_iter().zip(0u32..).collect(),
            hosts: Hosts::of(settings, as_of),
            words: WordList::of(&settings.inspection.words),
            frame: None,
        }
    }

    /// Looks at the home page, whose header and footer all others are held against.
    pub fn inspect_home(&mut self, subject: &Subject<'_>, html: &[u8], packer: &mut Packer) -> Seen {
        let text = text_of(html);
        let page = reading::read(&text);
        let mut notes = Notes::of(subject, &text);
        let mut seen = self.judge(subject, &page, &mut notes, (html, packer));
        frame::parts(self, &page, &mut notes);
        self.frame = Some(Frame::of(self, subject, &page));
        seen.found = notes.found;
        seen
    }

    /// Takes the links of a page that lists columns, behind the home page, as a part of the menu: they must call the columns the same.
    pub fn menu_goes_on(&mut self, subject: &Subject<'_>, html: &[u8]) {
        let text = text_of(html);
        let page = reading::read(&text);
        let more = frame::entries(self, subject, &page);
        if let Some(frame) = &mut self.frame {
            frame.goes_on(more);
        }
    }

    /// Looks at any other page.
    pub fn inspect(&self, subject: &Subject<'_>, html: &[u8], packer: &mut Packer) -> Seen {
        let text = text_of(html);
        let page = reading::read(&text);
        let mut notes = Notes::of(subject, &text);
        let mut seen = self.judge(subject, &page, &mut notes, (html, packer));
        if let Some(home) = &self.frame {
            home.compare(self, subject, &page, &mut notes);
        }
        seen.found = notes.found;
        seen
    }

    fn judge(
        &self,
        subject: &Subject<'_>,
        page: &Page<'_>,
        notes: &mut Notes<'_>,
        (html, packer): (&[u8], &mut Packer),
    ) -> Seen {
        let linked = page.linked_data.and_then(linked::read);
        tags::judge(self, subject, page, linked.as_ref(), notes);
        frame::judge(self, subject, page, linked.as_ref(), notes);
        access::judge(page, notes);
        guides::judge(subject, page, notes);
        freshness::judge(self, subject, page, notes);
        self.judge_words(page, notes);
        let anchors = links::judge(self, subject, page, notes);
        let packed = weight::judge(subject, html, packer, notes);
        let mut ids: Vec<u32> = page.ids.iter().map(|id| short(*id)).collect();
        ids.sort_unstable();
        Seen { found: Vec::new(), ids: ids.into(), anchors, packed }
    }

    /// IX-04, IX-05: words of the list, marks of secrecy.
    fn judge_words(&self, page: &Page<'_>, notes: &mut Notes<'_>) {
        for (at, number) in self.words.find(&page.text) {
            let Some(word) = self.settings.inspection.words.get(number as usize) else { continue };
            let (wrong, right) = (&word.wrong, &word.right);
            let message = Message::new(
                format!("页面写有“{wrong}”，应为“{right}”"),
                format!("the page says `{wrong}`; it should be `{right}`"),
            );
            notes.add(&rules::WRONG_WORDS, page.place_of(at), wrong, message);
        }
        for (at, words) in words::secret_marks(page) {
            let message = Message::new(
                format!("页面上有密级或内部标志“{words}”"),
                format!("the page bears a mark of secrecy: `{words}`"),
            );
            notes.add(&rules::MARKS, page.place_of(at), words, message).hint = Some(Message::new(
                "先停止公开并查明来源；确属可公开的，去掉标志",
                "stop publishing it and find out where it comes from; if it may be public, take the mark away",
            ));
        }
    }

    /// The number of a route.
    fn number(&self, route: &str) -> Option<u32> {
        self.routes.get(route).copied()
    }
}

/// An id in half the room: a chance likeness hides a dead anchor once in four thousand million times.
fn short(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// What is said of one page.
struct Notes<'n> {
    subject: &'n Subject<'n>,
    html: &'n str,
    found: Vec<Diagnostic>,
}

impl<'n> Notes<'n> {
    fn of(subject: &'n Subject<'n>, html: &'n str) -> Notes<'n> {
        Notes { subject, html, found: Vec::new() }
    }

    /// Notes a breach at a byte of the page; `about` tells it from others of its rule on the page.
    fn add(&mut self, rule: &'static Rule, at: usize, about: &str, message: Message) -> &mut Diagnostic {
        let made = self.make(rule, at, about, message);
        self.found.push_mut(made)
    }

    fn make(&self, rule: &'static Rule, at: usize, about: &str, message: Message) -> Diagnostic {
        let before = self.html.get(..at).unwrap_or("");
        let line = before.bytes().filter(|byte| *byte == b'\n').count();
        let column = before.rsplit('\n').next().unwrap_or("").chars().count();
        let small = |count: usize| u32::try_from(count + 1).unwrap_or(u32::MAX);
        told(self.subject.route, rule, (small(line), small(column)), about, message)
    }

    /// Notes what the whole page is to blame for.
    fn whole(&mut self, rule: &'static Rule, about: &str, message: Message) -> &mut Diagnostic {
        let made = told(self.subject.route, rule, (0, 0), about, message);
        self.found.push_mut(made)
    }
}

fn told(route: &Route, rule: &'static Rule, place: (u32, u32), about: &str, message: Message) -> Diagnostic {
    let name = rule.name;
    Diagnostic {
        file: route.to_string(),
        line: place.0,
        column: place.1,
        code: rule.code,
        severity: rule.code.severity(),
        record: None,
        field: None,
        message: Message::new(format!("{name} {}", message.zh), format!("{name} {}", message.en)),
        hint: None,
        other: None,
        allowed: None,
        township: None,
        fingerprint: Fingerprint {
            subject: route.to_string(),
            path: name.to_string(),
            value: content_hash(about.as_bytes()) as u32,
        },
    }
}

/// The text of a page; the usual page is UTF-8, and asking whether it is takes least.
fn text_of(html: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(html).map_or_else(|_| String::from_utf8_lossy(html), Cow::Borrowed)
}
