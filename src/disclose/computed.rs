//! Public values that an office need not write because they follow from others: the last day of a penalty, the rate of
//! an indicator and whether it meets its target.
//!
//! In: the ledger before anything is left out. Out: the same with these fields filled in where they were empty; the
//! indicator's verdict always comes from here. Not here: whether a value that was written is the right one (`check`).

use crate::calendar::Date;
use crate::check::terms::{blacklist_last_day, penalty_last_day};
use crate::ledger::Ledger;
use crate::rate;
use crate::record::field::{Kind, Public, Slot};
use crate::record::rule_sets::RuleSets;
use crate::record::value::{Value, View};
use crate::record::{blacklist, indicator, penalty};

/// The last day that the rules give a record.
type LastDay = fn(&RuleSets, View<'_>) -> Option<Date>;

/// Fills in what follows from other values.
pub(super) fn fill_in(ledger: &mut Ledger) {
    set_terms(ledger);
    set_rates(ledger);
}

/// Gives penalties and blacklist entries that name no last day the one that the rules give them: nothing of theirs
/// is public for ever.
fn set_terms(ledger: &mut Ledger) {
    let computed: [(&'static Kind, Public, LastDay); 2] = [
        (&penalty::KIND, penalty::PUBLISH_UNTIL, penalty_last_day),
        (&blacklist::KIND, blacklist::PUBLISH_UNTIL, blacklist_last_day),
    ];
    for (kind, slot, last_day) in computed {
        let at = ledger.kind(kind);
        for record in ledger.tables.get_mut(at).into_iter().flatten() {
            let last = last_day(&ledger.settings.rule_sets, record.view(kind));
            let until = record.values.get_mut(slot.index()).filter(|until| until.is_absent());
            if let (Some(until), Some(last)) = (until, last) {
                *until = Value::Date(last);
            }
        }
    }
}

/// The rate of an indicator in hundredths of a percent, and whether it is met.
fn set_rates(ledger: &mut Ledger) {
    let at = ledger.kind(&indicator::KIND);
    for record in ledger.tables.get_mut(at).into_iter().flatten() {
        let view = record.view(&indicator::KIND);
        let rate = indicator::rate(view).map(|rate| rate::text(rate, 2));
        let met = indicator::met(view);
        if let (Some(slot), Some(rate)) = (record.values.get_mut(indicator::RATE.index()), rate)
            && slot.is_absent()
        {
            *slot = Value::Text(rate.into());
        }
        if let (Some(slot), Some(met)) = (record.values.get_mut(indicator::MET.index()), met) {
            *slot = Value::Flag(met);
        }
    }
}
