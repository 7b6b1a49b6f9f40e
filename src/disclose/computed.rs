//! Public values that an office need not write because they follow from others: the last day of a penalty, the rate of
//! an indicator and whether it meets its target.
//!
//! In: the ledger before anything is left out. Out: the same with these fields filled in where they were empty; a last
//! day later than the rules give it is moved to theirs, and the indicator's verdict always comes from here.
//!
//! Not here: whether a value that was written is the right one (`check`).

use super::Clock;
use crate::calendar::Date;
use crate::check::terms::{PERIOD_CONFLICT, blacklist_last_day, penalty_last_day};
use crate::ledger::Ledger;
use crate::rate;
use crate::record::choices::TARGET_STATES;
use crate::record::field::{Kind, Public, Slot};
use crate::record::rule_sets::RuleSets;
use crate::record::value::{Value, View};
use crate::record::{blacklist, indicator, penalty};

/// The last day that the rules give a record.
type LastDay = fn(&RuleSets, View<'_>) -> Option<Date>;

/// Fills in what follows from other values.
pub(super) fn fill_in(ledger: &mut Ledger, clock: &Clock) {
    set_terms(ledger);
    set_rates(ledger, clock);
}

/// Gives penalties and blacklist entries the earliest last day that the rules give them, unless they name an earlier one
/// or cite the basis of a later one. A portal that switches W-PERIOD-CONFLICT off lets the written day stand.
fn set_terms(ledger: &mut Ledger) {
    let computed: [(&'static Kind, Public, Public, LastDay); 2] = [
        (&penalty::KIND, penalty::PUBLISH_UNTIL, penalty::PUBLISH_UNTIL_BASIS, penalty_last_day),
        (&blacklist::KIND, blacklist::PUBLISH_UNTIL, blacklist::PUBLISH_UNTIL_BASIS, blacklist_last_day),
    ];
    let lets_written_stand = ledger.rules_off().any(|code| code == PERIOD_CONFLICT.0);
    for (kind, slot, basis, last_day) in computed {
        let at = ledger.kind(kind);
        for record in ledger.tables.get_mut(at).into_iter().flatten() {
            let view = record.view(kind);
            let Some(last) = last_day(&ledger.settings.rule_sets, view) else { continue };
            let written = view.date(slot);
            let may_be_later = lets_written_stand || view.text(basis).is_some();
            let stands = written.is_some_and(|until| until <= last || may_be_later);
            if !stands {
                record.values.set(slot.index(), Value::Date(last));
            }
        }
    }
}

/// The rate of an indicator in hundredths of a percent, and whether it is met.
fn set_rates(ledger: &mut Ledger, clock: &Clock) {
    let at = ledger.kind(&indicator::KIND);
    for record in ledger.tables.get_mut(at).into_iter().flatten() {
        let view = record.view(&indicator::KIND);
        let rate = indicator::rate(view).map(|rate| rate::text(rate, 2));
        let met = indicator::met(view).map(|reached| {
            let runs = !reached && indicator::last_day(view).is_some_and(|last| !clock.is_over(last));
            match rate::verdict(Some(reached), runs) {
                Some(true) => "met",
                Some(false) => "missed",
                None => "running",
            }
        });
        let is_written = !view.value(indicator::RATE).is_absent();
        if let Some(rate) = rate.filter(|_| !is_written) {
            record.values.set(indicator::RATE.index(), Value::Text(rate.into()));
        }
        let state = met.and_then(|met| TARGET_STATES.iter().position(|state| state.key == met));
        let state = state.and_then(|at| u16::try_from(at).ok());
        record.values.set(indicator::MET.index(), state.map_or(Value::Absent, Value::Choice));
    }
}
