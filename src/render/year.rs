//! The twelve months of an enterprise: in which of them it was visited and sampled.
//!
//! In: its visits and samples and its last four quarters. Out: a month each, for the template, oldest first. A strip of twelve list items says
//! it in an eighth of the bytes of a picture, to those who hear it too, and there are as many as there are enterprises.
//!
//! Not here: what a quarter brought (`disclose`).

use tera::Value;

use super::sampling;
use super::values::{Scope, list, object};
use crate::calendar::Date;
use crate::calendar::period::Period;
use crate::disclose::Cell;
use crate::record::edges::Handle;
use crate::record::{sample, visit};

/// Visits, samples that passed, samples that failed.
type Marks = [u32; 3];

/// The months of four quarters.
pub(super) fn months(scope: Scope<'_>, enterprise: Handle, quarters: &[Cell; 4]) -> Value {
    let [first, ..] = quarters;
    let start = Period::Month(first.quarter.year, first.quarter.number * 3 - 2);
    let mut months: Vec<(Period, Marks)> = std::iter::successors(Some(start), |month| Some(month.next()))
        .take(12)
        .map(|month| (month, [0; 3]))
        .collect();
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
            Period::Month(_, number) if number > 1 => {
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
