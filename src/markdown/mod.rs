//! Markdown to HTML that is safe to publish, whoever wrote the text.
//!
//! In: the text of an article, chapter or page. Out: [`SafeHtml`] with its headings, or an [`Outline`] of
//! what a check, the search index and a summary need. Both come from the same events: the parser's, with
//! emphasis repaired beside Chinese. Raw HTML appears as text, only links to the portal, to http(s), mailto
//! and tel remain, pictures come only from the portal, and every id is ours.
//!
//! Not here: front matter, finding out whether a link's target exists, the page around the text. There is no
//! way to make [`SafeHtml`] but by rendering.

mod characters;
mod delimiters;
mod emphasis;
mod events;
mod flanking;
mod footnotes;
mod headings;
mod highlight;
mod html;
mod links;
mod masks;
mod outline;
mod placeholders;
mod raw_html;
#[cfg(test)]
mod safety;
#[cfg(test)]
mod specification;
#[cfg(test)]
mod tests;

pub use links::{outside_address, record_target};
pub use placeholders::{Placeholder, blot, fill, placeholders, wide_braces};

/// Proof that a text is HTML made by this module from Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SafeHtml(String);

impl SafeHtml {
    /// The HTML.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The HTML, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// A heading as it stands in the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6; follows the nesting, so none is skipped.
    pub level: u8,
    /// Unique within the text: `{#id}` if the author gave one, else by position, such as `sec-2-1`.
    pub id: String,
    /// The words, without markup.
    pub text: String,
}

/// What a target is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// A link.
    Link,
    /// A picture.
    Image,
}

/// A link or picture of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The target as written, entities and escapes resolved.
    pub target: String,
    /// Where the link begins in the source, in bytes.
    pub offset: usize,
    /// Link or picture.
    pub kind: LinkKind,
}

/// What is wrong with a place of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// Raw HTML, which the page shows as text; its beginning.
    RawHtml(String),
    /// An HTML comment, which the page leaves out.
    Comment,
    /// A target that is neither in the portal nor http, https, mailto or tel; the page shows only the words.
    Scheme(String),
    /// A picture on another site, which the page turns into a link so that it asks no other host.
    ForeignImage(String),
    /// A picture without a description or a link without words; its target.
    NoDescription(String),
    /// A heading's `{#id}` that is not `[a-z0-9-]`, is already taken or begins like one of ours.
    HeadingId(String),
    /// A footnote that nothing refers to, which the page leaves out; its label.
    UnusedFootnote(String),
    /// Text of a table's row beyond the columns of its header, which the page leaves out.
    LostCell(String),
    /// `**`, `~~`, `[^…]`, `](` or `|-` that means nothing and is printed as it stands.
    Literal(String),
    /// Stars that hide two names and are read as emphasis.
    Mask(String),
}

/// A problem and where it begins in the source, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// Byte offset in the source.
    pub offset: usize,
}

/// What checks, search and summaries need of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// Links and pictures in order, without those reported as [`ProblemKind::Scheme`].
    pub links: Vec<Link>,
    /// Headings in order, as [`Options::default`] places them.
    pub headings: Vec<Heading>,
    /// Problems by offset.
    pub problems: Vec<Problem>,
    /// The words of the first heading of level 1.
    pub title: Option<String>,
    /// What a reader sees, one block a line.
    pub plain: String,
    /// Reading time at 400 Chinese characters or Latin words a minute, rounded up.
    pub minutes: u32,
}

/// How a text stands in its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options<'a> {
    /// The level that the text's highest headings get.
    pub heading_base: u8,
    /// Stands before every id, for a page that holds several texts; characters other than `[a-z0-9-]` count
    /// for nothing.
    pub id_prefix: &'a str,
    /// What the page says beside the text.
    pub words: Words<'a>,
}

impl Default for Options<'_> {
    /// One text in a page whose title is the only `h1`.
    fn default() -> Self {
        Options { heading_base: 2, id_prefix: "", words: CHINESE }
    }
}

/// What the page says beside the text: names of its parts, in the language of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words<'a> {
    /// A task that is done, and one that is not.
    pub tasks: [&'a str; 2],
    /// The footnotes, and the way back from one.
    pub notes: [&'a str; 2],
    /// A table, and what stands between its heading and that.
    pub table: [&'a str; 2],
    /// Note, tip, important, warning, caution.
    pub alerts: [&'a str; 5],
}

const CHINESE: Words<'_> = Words {
    tasks: ["已完成", "未完成"],
    notes: ["注释", "返回正文"],
    table: ["表格", "："],
    alerts: ["注意", "提示", "重要", "警告", "小心"],
};

/// A target as the page writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolved {
    /// The address.
    pub href: String,
    /// Width and height in pixels, of a picture whose size is known.
    pub size: Option<[u32; 2]>,
}

impl From<String> for Resolved {
    /// A target of no known size.
    fn from(href: String) -> Resolved {
        Resolved { href, size: None }
    }
}

/// How the page writes a target of the text; what comes back is judged again. Targets within the same text
/// (`#sec-1`) are not asked for.
pub type Resolve<'a> = dyn Fn(&str, LinkKind) -> Resolved + 'a;

/// A text as it stands in its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderedText {
    /// The text.
    pub html: SafeHtml,
    /// Its headings, for a table of contents.
    pub headings: Vec<Heading>,
    /// Whether code is coloured, so that the page needs the style sheet for it.
    pub has_code: bool,
}

/// Reads a text for checks, search and summaries.
pub fn outline(source: &str) -> Outline {
    outline::read(source, &events::events(source))
}

/// Turns a text into the HTML of its page.
pub fn render(source: &str, options: &Options<'_>, resolve: &Resolve<'_>) -> RenderedText {
    let plain = |c: &char| matches!(c, 'a'..='z' | '0'..='9' | '-');
    let id_prefix: String = options.id_prefix.chars().filter(plain).collect();
    let options = Options { id_prefix: &id_prefix, ..*options };
    html::write(&events::events(source), &options, resolve)
}
