//! The last twelve months of an enterprise: in which of them it was visited and sampled.
//!
//! In: its visits and samples, and the month of the as-of date, which is the last. Out: a month each, for the template, oldest first. A strip of twelve list items says
//! it in an eighth of the bytes of a picture, to those who hear it too, and there are as many as there are enterprises.
//!
//! Not here: what a quarter brought and whether a visit was owed in it (`disclose`).

use tera::Value;

use super::sampling;
use super::values::{Scope, list, object};
use crate::calendar::Date;
use crate::calendar::period::Period;
use crate::record::edges::Handle;
use crate::record::{sample, visit};

/// Visits, samples that passed, samples that failed.
type Marks = [u32; 3];

/// Months of the strip.
const MONTHS: i16 = 12;

/// The twelve months that end with the running one.
pub(super) fn months(scope: Scope<'_>, enterprise: Handle) -> Value {
    let mut months: Vec<(Period, Marks)> =
        scope.portal.month.months_up_to(MONTHS).into_iter().map(|month| (month, [0; 3])).collect();
    let first = months.first().map(|(month, _)| *month);
    let mut mark = |day: Option<Date>, of: usize| {
        let month = day.map(|day| Period::Month(day.year(), day.month()));
        let found = months.iter_mut().find(|(known, _)| Some(*known) == month);
        if let Some(count) = found.and_then(|(_, marks)| marks.get_mut(of)) {
            *count += 1;
        }
    };
    let portal = scope.portal;
    for edge in portal.incoming_of(enterprise, portal.kind(&visit::KIND)) {
        mark(portal.record(edge.end).and_then(|record| record.view().date(visit::DATE)), 0);
    }
    let samples = portal.incoming_of(enterprise, portal.kind(&sample::KIND));
    for edge in samples.iter().filter(|edge| edge.slot == sample::ENTERPRISE.0) {
        let Some(view) = portal.record(edge.end).map(|record| record.view()) else { continue };
        let day = view.date(sample::SAMPLED_ON).or_else(|| portal.published(edge.end));
        mark(day, 1 + usize::from(sampling::failed(portal, edge.end)));
    }
    let locale = &portal.locale;
    let month = |(month, [visits, samples, failed]): (Period, Marks)| {
        let short = match month {
            Period::Month(_, number) if number > 1 && Some(month) != first => {
                locale.fill("year_month", &[("n", &number.to_string()), ("month", locale.month(number))])
            }
            _ => locale.period(month),
        };
        object([
            ("label", short.into()),
            ("visits", visits.into()),
            ("samples", samples.into()),
            ("failed", failed.into()),
        ])
    };
    list(months.into_iter().map(month).collect())
}
