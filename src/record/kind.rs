//! What a kind of record declares besides its fields: where it is written, how it is shown, when it is public, and
//! which rules its table states by itself.
//!
//! A kind starts from [`BASE`] and names only what differs. Everything here is data: reading, checks, lists, data
//! files, feeds and the reference page are made from it, for built-in kinds and for those that a portal declares
//! itself alike.
//!
//! Not here: the field table (`field`), and the kinds (one file each beside this one).

use super::field::Field;

/// Where a record's id comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identity {
    /// The field of this key.
    Key(&'static str),
    /// The first field, or the second when the first is left out.
    KeyOr(&'static str, &'static str),
    /// Made from file and place; the record is never linked to.
    Anonymous,
    /// The name of the Markdown file or its folder.
    File,
}

/// Where a kind's records are written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// In ledgers, under the kind's plural.
    Ledger,
    /// Inside a record of another kind: plural of the parent, key of the field that names it.
    Inside(&'static str, &'static str),
    /// `books/<id>/book.yaml`.
    Book,
    /// `books/<book>/NN-<slug>.md`.
    Chapter,
    /// `articles/<column>/**.md`.
    Article,
    /// `pages/**.md`.
    Page,
    /// Nowhere: the gate makes them.
    Computed,
}

/// How a kind shows itself on the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// A page a record at `<folder>/<id>.html`, and lists unless `lists` is empty.
    Pages {
        /// Folder of the pages and of the lists.
        folder: &'static str,
        /// Template of a page.
        template: &'static str,
        /// Keys of facet fields by which lists are made, beside the list of all; `None` makes no list.
        lists: Option<&'static [&'static str]>,
    },
    /// A page inside the folder of the parent's page, only for records whose field has this value.
    PagesUnderParent {
        /// Template of a page.
        template: &'static str,
        /// Key of a choice field.
        only_if: &'static str,
        /// Its value.
        is: &'static str,
    },
    /// Shown on other records' pages only.
    Inline,
}

/// The days between which a record may be public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// Key of the day before which it is not shown.
    pub from: Option<&'static str>,
    /// Key of the last day on which it is shown.
    pub until: Option<&'static str>,
}

/// What is left of a record that has ended but whose address must go on answering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stub {
    /// Key of a choice field.
    pub key: &'static str,
    /// The values under which only the stub is shown, and no list holds the record.
    pub is: &'static [&'static str],
    /// The fields that the stub keeps.
    pub keeps: &'static [&'static str],
}

/// Always public.
pub const ALWAYS: Period = Period { from: None, until: None };

/// One kind of record.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Key in ledgers, name of the data file: `enterprises`.
    pub plural: &'static str,
    /// `enterprise`.
    pub singular: &'static str,
    /// Chinese name.
    pub zh: &'static str,
    /// English name.
    pub en: &'static str,
    /// The field table.
    pub fields: &'static [Field],
    /// Where the id comes from.
    pub identity: Identity,
    /// Key of the field that names a record in links and lists.
    pub title: &'static str,
    /// What stands at the head of a record's page and in feeds where `title` alone, such as a number, would not say what it is: the key of
    /// the field that has the record's own heading, and the theme's word of which one is made when it has none, with keys of fields as slots.
    pub heading: Option<(&'static str, &'static str)>,
    /// What a record is called where that field alone says little: words with keys of its fields in braces, in Chinese and in
    /// English; empty where the field is enough.
    pub called: (&'static str, &'static str),
    /// Key of the date by which lists run, newest first; by id when empty.
    pub dated: Option<&'static str>,
    /// Keys of the days on which a record was decided or published, as far as these are fields of their own: once told they stay,
    /// unless a correction says otherwise. The day of an event, such as a visit or a training, is none of them.
    pub fixed_days: &'static [&'static str],
    /// Where it is written.
    pub home: Home,
    /// How it is shown.
    pub face: Face,
    /// Keys of the fields by which its records are counted; then only the numbers are published, a row for each combination of
    /// these values, and no record. Empty for all other kinds.
    pub counted_by: &'static [&'static str],
    /// When it is shown.
    pub period: Period,
    /// When only a stub of it is shown.
    pub stub: Option<Stub>,
    /// Value of the meta tag ColumnType (国办发〔2017〕47号, annex).
    pub column_type: &'static str,
    /// Whether its records go into `data/`.
    pub published_as_data: bool,
    /// One sentence on what its records are, in Chinese and in English: for lists, data catalogue and reference.
    pub about: (&'static str, &'static str),
    /// How many records there are to expect, which decides the forms of its data.
    pub volume: Volume,
    /// The schema.org type of its pages' JSON-LD, such as `Organization`; empty for a plain `Thing`.
    pub schema_org: &'static str,
    /// Whether it has an Atom feed of its own, `feeds/<plural>.xml`.
    pub feed: bool,
    /// Whether its list is an entry of the menu and a door of the first page; the lists of all others are a step further,
    /// on the page of all lists, so that the menu does not grow with every kind.
    pub in_menu: bool,
    /// Whether each record gets a data file and a badge of its own where the portal asks for them.
    pub own_files: bool,
    /// Plurals of the kinds naming it whose rows its own template shows; rows of all others are listed behind.
    pub template_shows: &'static [&'static str],
    /// Template of its lists. One of the kind's own is given whole records beside the cells of the table.
    pub list_template: &'static str,
    /// Rules that hold for every record of the kind, beside those of `check`.
    pub constraints: &'static [Constraint],
}

/// How many records of a kind a portal holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Volume {
    /// Up to some hundreds: one file a format.
    Few,
    /// Thousands to millions: JSON Lines beside JSON and CSV, and a file a region.
    Many,
}

/// A rule that a kind's table states by itself. Keys name fields of the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// The first day does not lie behind the second one.
    Order(&'static str, &'static str),
    /// The first number is not greater than the second one.
    AtMost(&'static str, &'static str),
    /// The numbers of the second list of fields add up to the first one.
    Sum(&'static str, &'static [&'static str]),
    /// Periods (`2026-W47`, `2026-11`, `2026Q4`, `2026`) follow one another without a gap, within records that share
    /// the value of the second field.
    Sequence(&'static str, Option<&'static str>),
    /// No two records share the values of these fields.
    Unique(&'static [&'static str]),
    /// The day is not later than the as-of date.
    NotAhead(&'static str),
    /// The same for the day under the second key, in the object or in each object of the list under the first one.
    NotAheadIn(&'static str, &'static str),
    /// A last day that is over is warned of.
    Expires(&'static str),
    /// What was due on the first day and has no second one, the day it was done, is warned of.
    Due(&'static str, &'static str),
    /// The same, but a rule of its own warns of it.
    Late(&'static str, &'static str),
}

impl Constraint {
    /// The key of the day by which something is due, and the key of the day on which it was done.
    pub fn deadline(&self) -> Option<(&'static str, &'static str)> {
        match self {
            Constraint::Due(due, done) | Constraint::Late(due, done) => Some((due, done)),
            _ => None,
        }
    }
}

/// The template of lists in a table.
pub const LIST: &str = "list.html";

/// What a kind is unless it says otherwise: written in ledgers under its own id, shown on other records' pages
/// only, always public, published as data.
pub const BASE: Kind = Kind {
    plural: "",
    singular: "",
    zh: "",
    en: "",
    fields: &[],
    identity: Identity::Key("id"),
    title: "id",
    heading: None,
    called: ("", ""),
    dated: None,
    fixed_days: &[],
    home: Home::Ledger,
    face: Face::Inline,
    counted_by: &[],
    period: ALWAYS,
    stub: None,
    column_type: "信息公开",
    published_as_data: true,
    about: ("", ""),
    volume: Volume::Few,
    schema_org: "",
    feed: false,
    in_menu: false,
    own_files: false,
    template_shows: &[],
    list_template: LIST,
    constraints: &[],
};

impl Kind {
    /// The place of a field by its key.
    pub fn slot(&self, key: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.key == key)
    }
}
