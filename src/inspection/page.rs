//! What the rules ask of a page: its tags, links, landmarks, headings, tables, pictures and visible text.
//!
//! Plain facts of one page, borrowed from its bytes and dropped with it; places are bytes of the page, spans are of its visible
//! text. A theme may name its classes as it likes: header, footer, crumbs, dates and source are known by landmarks, `time` and
//! words alone.
//!
//! Not here: reading them (`reading`), and what is wrong with them (the rules).

use std::borrow::Cow;

/// A part of the visible text: first byte, byte behind the last.
pub(super) type Span = (usize, usize);

/// In which landmark something stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Place {
    /// In none.
    #[default]
    Outside,
    /// The banner of the site.
    Header,
    /// What the page is about.
    Main,
    /// The footer of the site.
    Footer,
}

/// What a link asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asks {
    /// A page or a file that the reader opens.
    Page,
    /// Where a form sends its words.
    Form,
    /// What the page names and does not load: feeds, other forms of it.
    Named,
    /// A picture, a film, a sound.
    Picture,
    /// A style sheet or an icon.
    Style,
    /// A script.
    Script,
    /// Another page or program inside the page.
    Frame,
}

impl Asks {
    /// Whether a browser loads it without being asked.
    pub(super) fn is_loaded(self) -> bool {
        matches!(self, Asks::Picture | Asks::Style | Asks::Script | Asks::Frame)
    }
}

/// A link of any kind.
#[derive(Clone, Debug)]
pub(super) struct Link<'h> {
    pub(super) asks: Asks,
    pub(super) target: Cow<'h, str>,
    pub(super) at: usize,
    pub(super) span: Span,
    pub(super) place: Place,
    /// The navigation in which it stands.
    pub(super) nav: Option<usize>,
    /// Whether the page hides it by an attribute or an inline style.
    pub(super) is_hidden: bool,
    /// Whether it has a label or holds a picture with one.
    pub(super) is_labelled: bool,
}

/// A meta tag with a name, or with the property that Open Graph calls it by.
#[derive(Clone, Debug)]
pub(super) struct Meta<'h> {
    pub(super) name: Cow<'h, str>,
    pub(super) content: Cow<'h, str>,
    pub(super) at: usize,
}

/// A navigation.
#[derive(Clone, Debug, Default)]
pub(super) struct Nav {
    pub(super) at: usize,
    pub(super) place: Place,
    /// What is marked as the page itself, and how many links stand before it.
    pub(super) current: Option<(Span, usize)>,
    /// Its links so far.
    pub(super) links: usize,
}

/// A moment in a `time` element.
#[derive(Clone, Debug)]
pub(super) struct Time<'h> {
    pub(super) datetime: Cow<'h, str>,
    pub(super) span: Span,
    pub(super) place: Place,
}

/// A table.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Table {
    pub(super) at: usize,
    /// A caption, a label, or a region of its own with one.
    pub(super) has_caption: bool,
    /// The first heading cell that does not say for which cells it is one.
    pub(super) bare_heading: Option<usize>,
    /// The section in which it stands.
    pub(super) section: usize,
}

/// A picture of lines that says it is one.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Drawing {
    pub(super) at: usize,
    pub(super) is_named: bool,
    /// Whether it has words in it: a chart, no code and no sign.
    pub(super) has_words: bool,
    pub(super) section: usize,
}

/// A picture from a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Picture {
    pub(super) at: usize,
    pub(super) has_text: bool,
    pub(super) has_size: bool,
}

/// What a page is made of.
#[derive(Debug, Default)]
pub(super) struct Page<'h> {
    /// The visible text, blocks on lines of their own.
    pub(super) text: String,
    /// Where in the page the text from this byte on was read.
    pub(super) read_at: Vec<(usize, usize)>,
    pub(super) language: Option<Cow<'h, str>>,
    pub(super) title: Option<Cow<'h, str>>,
    pub(super) metas: Vec<Meta<'h>>,
    pub(super) canonical: Vec<(Cow<'h, str>, usize)>,
    /// Hashes of the ids that stand in it.
    pub(super) ids: Vec<u64>,
    pub(super) links: Vec<Link<'h>>,
    /// Level, place, words.
    pub(super) headings: Vec<(u8, usize, Span)>,
    /// How many banners, mains and footers there are.
    pub(super) landmarks: [usize; 3],
    pub(super) header: Span,
    pub(super) footer: Span,
    pub(super) main: Span,
    pub(super) navs: Vec<Nav>,
    pub(super) times: Vec<Time<'h>>,
    pub(super) tables: Vec<Table>,
    pub(super) drawings: Vec<Drawing>,
    pub(super) pictures: Vec<Picture>,
    /// Descriptions without a word.
    pub(super) empty_descriptions: Vec<usize>,
    /// Moving text, and what plays without being asked.
    pub(super) restless: Vec<(usize, &'static str)>,
    /// Scripts that stand in the page itself and run.
    pub(super) inline_scripts: Vec<usize>,
    /// Styles that stand in the page itself, as elements and as attributes.
    pub(super) inline_styles: Vec<usize>,
    /// The data for search engines.
    pub(super) linked_data: Option<&'h str>,
    /// Whether a form asks for a search.
    pub(super) searches: bool,
}

impl Page<'_> {
    /// The visible text of a part.
    pub(super) fn words(&self, (from, to): Span) -> &str {
        self.text.get(from..to).unwrap_or("").trim()
    }

    /// Where in the page a byte of the visible text was read.
    pub(super) fn place_of(&self, byte: usize) -> usize {
        let behind = self.read_at.partition_point(|(start, _)| *start <= byte);
        self.read_at.get(behind.saturating_sub(1)).map_or(0, |(start, at)| at + byte.saturating_sub(*start))
    }

    /// The content of a meta tag that stands once or more.
    pub(super) fn meta(&self, name: &str) -> Option<&str> {
        self.metas.iter().find(|meta| meta.name == name).map(|meta| meta.content.trim())
    }

    /// The links of a navigation with words, in their order.
    pub(super) fn links_of(&self, nav: usize) -> impl Iterator<Item = &Link<'_>> {
        self.links.iter().filter(move |link| link.nav == Some(nav) && link.asks == Asks::Page)
    }

    /// The path from the home page to this one: a navigation that ends in the page itself, first of those outside the banner.
    pub(super) fn crumbs(&self) -> Option<usize> {
        let ends = |nav: &Nav| nav.current.is_some_and(|(_, before)| before > 0 && before == nav.links);
        let of = |inside: bool| {
            self.navs.iter().position(|nav| (nav.place == Place::Header) == inside && ends(nav))
        };
        of(false).or_else(|| of(true))
    }
}

/// Words without the blanks that no browser shows.
pub(super) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
