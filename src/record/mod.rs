//! The kinds of record: one file a kind, and the registry that lists them.
//!
//! A kind is a field table and a few words on where its records are written and how they are shown. A new
//! kind is one new file here that adds its `KIND` to [`KINDS`], and one template.
//!
//! In: nodes with spans. Out: [`value::Record`]s and findings. Not here: whether a value is right
//! (`check`), whether it may be public (`disclose`).

pub mod address;
pub mod allowance;
pub mod article;
pub mod assessment;
pub mod asset;
pub mod audit;
pub mod ban;
pub mod blacklist;
pub mod board;
pub mod book;
pub mod cadre;
pub mod chapter;
pub mod choices;
pub mod collection;
mod complaints;
pub mod corrected;
pub mod correction;
pub mod definition;
pub mod department;
pub mod disposal;
pub mod edges;
pub mod enterprise;
pub mod field;
pub mod figure;
pub mod holiday_year;
pub mod indicator;
pub mod inspection;
pub mod inspection_settings;
pub mod intake;
mod kept;
pub mod kind;
pub mod labels;
pub mod ledger_file;
mod meant;
pub mod measure;
pub mod normal;
pub mod notification;
pub mod page;
pub mod party;
pub mod penalty;
pub mod plan_task;
pub mod portal;
pub mod privacy;
pub mod query;
pub mod question;
pub mod read;
pub mod recall;
pub mod region;
pub mod risk_warning;
pub mod rule_sets;
pub mod sample;
pub mod sampling_notice;
pub mod schema;
pub mod self_check;
pub mod settings;
pub mod sheet;
pub mod statement;
pub mod texts;
pub mod training;
pub mod value;
pub mod values;
pub mod visit;
pub mod whereabouts;
pub mod withdrawal;
pub mod work_plan;

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
    &ban::KIND,
    &inspection::KIND,
    &self_check::KIND,
    &recall::KIND,
    &risk_warning::KIND,
    &work_plan::KIND,
    &plan_task::KIND,
    &indicator::KIND,
    &figure::KIND,
    &department::KIND,
    &training::KIND,
    &assessment::KIND,
    &question::KIND,
    &region::KIND,
    &book::KIND,
    &chapter::KIND,
    &article::KIND,
    &page::KIND,
    &visit::KIND,
    &board::KIND,
    &audit::KIND,
    &notification::KIND,
    &statement::KIND,
    &withdrawal::KIND,
    &correction::KIND,
    &holiday_year::KIND,
    &allowance::KIND,
];

/// The kinds a portal knows, in their order.
#[derive(Clone, Debug)]
pub struct Kinds {
    kinds: Vec<&'static Kind>,
    /// Plurals of collections whose definitions could not be read: their records are passed over.
    left_out: Vec<String>,
}

impl Default for Kinds {
    fn default() -> Kinds {
        Kinds::builtin()
    }
}

impl Kinds {
    /// The built-in kinds.
    pub fn builtin() -> Kinds {
        Kinds { kinds: KINDS.to_vec(), left_out: Vec::new() }
    }

    /// Adds a kind that the portal declares itself.
    fn add(&mut self, kind: &'static Kind) {
        self.kinds.push(kind);
    }

    /// Remembers a collection that could not be made.
    fn leave_out(&mut self, plural: &str) {
        self.left_out.push(plural.to_string());
    }

    /// Whether a collection of this name, in the plural or the singular, is declared but could not be made.
    pub fn is_left_out(&self, plural: &str) -> bool {
        self.left_out.iter().any(|known| known == plural)
    }

    /// The kinds that the portal declares itself.
    pub fn declared(&self) -> &[&'static Kind] {
        self.kinds.get(KINDS.len()..).unwrap_or_default()
    }

    /// All kinds in their order.
    pub fn all(&self) -> impl Iterator<Item = &'static Kind> + '_ {
        self.kinds.iter().copied()
    }

    /// The kind at an index.
    pub fn at(&self, index: usize) -> Option<&'static Kind> {
        self.kinds.get(index).copied()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.kinds.len()
    }

    /// The index of a kind by its plural.
    pub fn index(&self, plural: &str) -> Option<usize> {
        self.kinds.iter().position(|kind| kind.plural == plural)
    }

    /// The index of a kind by its plural or its singular.
    pub fn named(&self, name: &str) -> Option<usize> {
        self.kinds.iter().position(|kind| kind.plural == name || kind.singular == name)
    }

    fn ledger_kind(&self, plural: &str) -> Option<usize> {
        self.kinds.iter().position(|kind| kind.plural == plural && kind.home == field::Home::Ledger)
    }

    fn ledger_plurals(&self) -> Vec<&'static str> {
        self.all().filter(|kind| kind.home == field::Home::Ledger).map(|kind| kind.plural).collect()
    }
}
