//! How much of what a correction was and is now may be told.
//!
//! In: a correction and the record that it corrects. Out: its texts as the public may read them: a name behind the mask of its
//! field, nothing of an internal field. A name that another field of the record hides is masked wherever it stands (`mask`); this
//! is for names that the record no longer holds.
//!
//! Not here: which field is meant (`record::corrected`).

use crate::ledger::Ledger;
use crate::record::corrected::{Meant, Telling, fields_meant, telling};
use crate::record::edges::Handle;
use crate::record::field::{Home, Kind, Mask};
use crate::record::value::{Value, View};

/// Makes field, old and new value and the reason of a correction fit to be told; none when nothing of it may be.
pub(super) fn tell(
    ledger: &Ledger,
    record: Handle,
    kind: &'static Kind,
    (field, was, now): &mut (String, String, String),
    reason: &mut String,
) -> Option<()> {
    // Of a text anything may have been corrected.
    if matches!(kind.home, Home::Book | Home::Chapter | Home::Article | Home::Page) {
        return Some(());
    }
    let masked = match telling(&fields_meant(&ledger.kinds, kind, field)) {
        Telling::Nothing => return None,
        Telling::Whole => return Some(()),
        Telling::Masked(masked) => masked,
    };
    let view = ledger.record(record).map(|record| record.view(kind));
    let privacy = &ledger.settings.privacy;
    let hiding = masked.iter().filter(|(mask, meant)| hides(*mask, meant, kind, view));
    // The strictest of those that may be meant.
    let mask = hiding.map(|(_, meant)| privacy.mask(meant.kind.plural, &meant.path.join("."))).min();
    for name in mask.is_some().then_some([was, now]).into_iter().flatten() {
        let masked = mask.map_or(Box::default(), |mask| mask.of(name));
        // One character stands in other words by chance.
        if name.chars().count() >= 2 {
            *reason = reason.replace(name.as_str(), &masked);
        }
        *name = masked.into();
    }
    Some(())
}

/// Whether a mask hides the field: not where what stands beside it shows that it is an organisation.
fn hides(mask: Mask, meant: &Meant, kind: &Kind, view: Option<View<'_>>) -> bool {
    let Mask::NameUnless(key) = mask else { return true };
    let Some(mut view) = view.filter(|_| meant.kind.plural == kind.plural) else { return true };
    let above = meant.path.split_last().map_or(&[] as &[&str], |(_, above)| above);
    for step in above {
        match (view.fields.iter().find(|field| field.key == *step), view.by_key(step)) {
            (Some(field), Value::Object(values)) => {
                let crate::record::field::Type::Object(fields) = field.ty else { return true };
                view = View { fields, values };
            }
            _ => return true,
        }
    }
    view.by_key(key).is_absent()
}
