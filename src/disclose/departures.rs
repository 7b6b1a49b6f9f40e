//! What has left: tombstones at the addresses of withdrawn and expired records, and the page that tells of
//! corrections and withdrawals by id alone.
//!
//! In: the ledger, and who is absent. Out: rows without a name or any text of what has left. Not here: the
//! decision that a record is absent (the gate itself), and the words on a tombstone (the theme).

use std::collections::HashSet;

use super::corrected;
use super::mask::Hidden;
use super::{Absence, Absences, Clock, former_route};
use crate::calendar::Date;
use crate::ledger::Ledger;
use crate::locale::Locale;
use crate::record::edges::Handle;
use crate::record::{correction, withdrawal};
use crate::route::Route;

/// The page that stands where a record stood: no name, no text of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tombstone {
    /// The address the record had.
    pub route: Route,
    /// Kind of the record.
    pub kind: &'static str,
    /// Name of the kind in the language of the site.
    pub kind_name: String,
    /// Id of the record.
    pub id: String,
    /// Why it left.
    pub why: Departed,
}

/// Why a record left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Departed {
    /// Its term of publication ended.
    Expired,
    /// It was withdrawn.
    Withdrawn,
}

/// A row of the page of corrections and withdrawals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Plural of the kind.
    pub kind: &'static str,
    /// Its name in the language of the site.
    pub kind_name: String,
    /// Id of the record.
    pub id: String,
    /// Day.
    pub on: Date,
    /// Why.
    pub reason: String,
    /// Document number of a withdrawal.
    pub doc_no: Option<String>,
    /// Field, old and new value of a correction.
    pub change: Option<(String, String, String)>,
    /// The record's page, when it is still there.
    pub route: Option<Route>,
}

/// Tombstones, withdrawals and corrections, each newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Departures {
    /// One a page that has gone, by route.
    pub tombstones: Vec<Tombstone>,
    /// Withdrawals.
    pub withdrawals: Vec<Row>,
    /// Corrections.
    pub corrections: Vec<Row>,
}

impl Departures {
    /// Masks a name in what was corrected of a record.
    pub fn mask(&mut self, kind: &str, id: &str, hidden: &Hidden) {
        for row in self.corrections.iter_mut().filter(|row| row.kind == kind && row.id == id) {
            hidden.mask_text(&mut row.reason);
            if let Some((_, was, now)) = &mut row.change {
                hidden.mask_text(was);
                hidden.mask_text(now);
            }
        }
    }

    /// The words these rows print.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.withdrawals.iter().chain(&self.corrections).flat_map(|row| {
            let change = row.change.iter().flat_map(|(field, was, now)| [field.as_str(), was, now]);
            [row.id.as_str(), &row.reason].into_iter().chain(row.doc_no.as_deref()).chain(change)
        })
    }
}

/// The records that a withdrawal in force names.
pub(super) fn withdrawn(ledger: &Ledger, clock: &Clock) -> HashSet<Handle> {
    let mut handles = HashSet::new();
    for (_, _, view) in ledger.records(&withdrawal::KIND) {
        let in_force = view.date(withdrawal::ON).is_some_and(|day| clock.has_come(day));
        let target = ledger.named_record(view.text(withdrawal::KIND_NAME), view.text(withdrawal::TARGET));
        handles.extend(target.filter(|_| in_force).map(|(handle, _)| handle));
    }
    handles
}

/// Collects tombstones and rows, before the absent records are dropped.
pub(super) fn collect(ledger: &Ledger, clock: &Clock, absent: &Absences, locale: &Locale) -> Departures {
    let mut departures = Departures::default();
    for (handle, absence) in absent {
        let why = match absence {
            Absence::NotYet => continue,
            Absence::Expired(_) => Departed::Expired,
            Absence::Withdrawn => Departed::Withdrawn,
        };
        let Some(kind) = ledger.kinds.at(usize::from(handle.kind)) else { continue };
        // Where only numbers are published, no record ever had a page.
        if !kind.counted_by.is_empty() {
            continue;
        }
        let Some(record) = ledger.record(*handle) else { continue };
        if let Some(route) = former_route(&ledger.kinds, kind, record) {
            let id = record.public_name();
            let kind_name = kind.label_in(locale).to_string();
            departures.tombstones.push(Tombstone { route, kind: kind.singular, kind_name, id, why });
        }
    }
    departures.tombstones.sort_by(|a, b| a.route.cmp(&b.route));
    departures.withdrawals = withdrawals(ledger, clock, locale);
    departures.corrections = corrections(ledger, clock, absent, locale);
    departures
}

fn withdrawals(ledger: &Ledger, clock: &Clock, locale: &Locale) -> Vec<Row> {
    let rows = ledger.records(&withdrawal::KIND).filter_map(|(_, _, view)| {
        let on = view.date(withdrawal::ON).filter(|day| clock.has_come(*day))?;
        let id = view.text(withdrawal::TARGET)?;
        let (handle, kind) = ledger.named_record(view.text(withdrawal::KIND_NAME), Some(id))?;
        let route = ledger.record(handle).and_then(|record| former_route(&ledger.kinds, kind, record));
        Some(Row {
            kind: kind.plural,
            kind_name: kind.label_in(locale).to_string(),
            id: id.to_string(),
            on,
            reason: view.text(withdrawal::REASON).unwrap_or_default().to_string(),
            doc_no: view.text(withdrawal::DOC_NO).map(str::to_string),
            change: None,
            route,
        })
    });
    newest_first(rows.collect())
}

fn corrections(ledger: &Ledger, clock: &Clock, absent: &Absences, locale: &Locale) -> Vec<Row> {
    let rows = ledger.records(&correction::KIND).filter_map(|(_, _, view)| {
        let on = view.date(correction::ON).filter(|day| clock.has_come(*day))?;
        let id = view.text(correction::TARGET)?;
        let (handle, kind) = ledger.named_record(view.text(correction::KIND_NAME), Some(id))?;
        let text = |slot| view.text(slot).unwrap_or_default().to_string();
        // A correction of a record that has gone would tell of its values.
        if absent.contains_key(&handle) {
            return None;
        }
        let mut change = (text(correction::FIELD), text(correction::WAS), text(correction::NOW));
        let mut reason = text(correction::REASON);
        corrected::tell(ledger, handle, kind, &mut change, &mut reason)?;
        Some(Row {
            kind: kind.plural,
            kind_name: kind.label_in(locale).to_string(),
            id: id.to_string(),
            on,
            reason,
            doc_no: None,
            change: Some(change),
            route: ledger.record(handle).and_then(|record| former_route(&ledger.kinds, kind, record)),
        })
    });
    newest_first(rows.collect())
}

fn newest_first(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort_by(|a, b| b.on.cmp(&a.on).then_with(|| a.id.cmp(&b.id)).then_with(|| a.change.cmp(&b.change)));
    rows
}
