//! The settings of the inspectors' lint: days and hosts under `inspection:` in `portal.yaml`, and the lists of words and of closed
//! domains that an office keeps in `inspection/*.yaml`.
//!
//! In: values of their tables. Out: typed settings with their defaults. No list comes with the program: which words an office
//! minds is its own affair.
//!
//! Not here: the lint (`inspection`), and inspections of enterprises, which are records (`record::inspection`).

use super::portal::inspection as table;
use super::portal::inspection::{closed, lists, word};
use super::value::{Value, View};
use super::values::Values;
use crate::calendar::Date;

/// A wrong word and what is written instead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WrongWord {
    /// What must not stand in a page.
    pub wrong: String,
    /// What is right.
    pub right: String,
}

/// A domain that no longer belongs to the office it belonged to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedDomain {
    /// The domain; those below it are closed too.
    pub domain: String,
    /// Its first day without a site.
    pub closed_on: Option<Date>,
}

/// What the lint goes by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InspectionSettings {
    /// Days without anything new on the home page after which it is warned of.
    pub home_warn_days: i64,
    /// Days after which that is an error.
    pub home_error_days: i64,
    /// Days before the term of a column ends, from which on it is warned of.
    pub column_warn_days: i64,
    /// Hosts that links may lead to, with all below them.
    pub allowed_hosts: Vec<String>,
    /// Wrong words of all lists.
    pub words: Vec<WrongWord>,
    /// Closed domains of all lists.
    pub closed: Vec<ClosedDomain>,
    /// The day of the oldest list that gives one.
    pub listed_on: Option<Date>,
}

impl Default for InspectionSettings {
    fn default() -> InspectionSettings {
        InspectionSettings {
            home_warn_days: 10,
            home_error_days: 14,
            column_warn_days: 4,
            allowed_hosts: Vec::new(),
            words: Vec::new(),
            closed: Vec::new(),
            listed_on: None,
        }
    }
}

impl InspectionSettings {
    pub(super) fn of(view: View<'_>) -> InspectionSettings {
        let usual = InspectionSettings::default();
        let hosts = view.list(table::ALLOWED_HOSTS).iter().filter_map(Value::as_text);
        InspectionSettings {
            home_warn_days: view.count(table::HOME_WARN_DAYS).unwrap_or(usual.home_warn_days),
            home_error_days: view.count(table::HOME_ERROR_DAYS).unwrap_or(usual.home_error_days),
            column_warn_days: view.count(table::COLUMN_WARN_DAYS).unwrap_or(usual.column_warn_days),
            allowed_hosts: hosts.map(str::to_ascii_lowercase).collect(),
            ..usual
        }
    }

    /// Adds the lists of one file.
    pub(super) fn add_lists(&mut self, values: &Values) {
        let view = View { fields: lists::FIELDS, values };
        let text = |view: View<'_>, slot| view.text(slot).unwrap_or_default().to_string();
        let words = view
            .objects(lists::WORDS)
            .map(|own| WrongWord { wrong: text(own, word::WRONG), right: text(own, word::RIGHT) });
        // A word of one letter would be found in every other word.
        self.words.extend(words.filter(|word| word.wrong.len() > 1));
        let closed = view.objects(lists::CLOSED_DOMAINS).map(|own| ClosedDomain {
            domain: text(own, closed::DOMAIN).trim().to_ascii_lowercase(),
            closed_on: own.date(closed::CLOSED_ON),
        });
        self.closed.extend(closed.filter(|closed| !closed.domain.is_empty()));
        let day = view.date(lists::LISTED_ON);
        self.listed_on = self.listed_on.into_iter().chain(day).min();
    }
}
