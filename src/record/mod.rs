//! The kinds of record: one file a kind, and the registry that lists them.
//!
//! A kind is a field table and a few words on where its records are written and how they are shown. A new
//! kind is one new file here that adds its `KIND` to [`KINDS`], and one template.
//!
//! In: nodes with spans. Out: [`value::Record`]s and findings. Not here: whether a value is right
//! (`check`), whether it may be public (`disclose`).

pub mod address;
pub mod article;
pub mod blacklist;
pub mod book;
pub mod cadre;
pub mod chapter;
pub mod choices;
mod complaints;
pub mod correction;
pub mod disposal;
pub mod edges;
pub mod enterprise;
pub mod field;
pub mod holiday_year;
pub mod intake;
pub mod kind;
pub mod page;
pub mod party;
pub mod penalty;
pub mod portal;
pub mod read;
pub mod region;
pub mod rule_sets;
pub mod sample;
pub mod sampling_notice;
pub mod settings;
pub mod value;
pub mod visit;
pub mod withdrawal;

use field::Kind;

/// The built-in kinds. Their order is that of menus, reports and data catalogues.
pub static KINDS: &[&Kind] = &[
    &enterprise::KIND,
    &cadre::KIND,
    &sampling_notice::KIND,
    &sample::KIND,
    &disposal::KIND,
    &blacklist::KIND,
    &penalty::KIND,
    &region::KIND,
    &book::KIND,
    &chapter::KIND,
    &article::KIND,
    &page::KIND,
    &visit::KIND,
    &withdrawal::KIND,
    &correction::KIND,
    &holiday_year::KIND,
];

/// The kinds a portal knows, in their order.
#[derive(Clone, Debug)]
pub struct Kinds(Vec<&'static Kind>);

impl Kinds {
    /// The built-in kinds.
    pub fn builtin() -> Kinds {
        Kinds(KINDS.to_vec())
    }

    /// All kinds in their order.
    pub fn all(&self) -> impl Iterator<Item = &'static Kind> + '_ {
        self.0.iter().copied()
    }

    /// The kind at an index.
    pub fn at(&self, index: usize) -> Option<&'static Kind> {
        self.0.get(index).copied()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The index of a kind by its plural.
    pub fn index(&self, plural: &str) -> Option<usize> {
        self.0.iter().position(|kind| kind.plural == plural)
    }

    /// The index of a kind by its plural or its singular.
    pub fn named(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|kind| kind.plural == name || kind.singular == name)
    }

    fn ledger_kind(&self, plural: &str) -> Option<usize> {
        self.0.iter().position(|kind| kind.plural == plural && kind.home == field::Home::Ledger)
    }

    fn ledger_plurals(&self) -> Vec<&'static str> {
        self.all().filter(|kind| kind.home == field::Home::Ledger).map(|kind| kind.plural).collect()
    }
}
