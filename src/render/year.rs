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
use crate::disclose::Portal;
use crate::locale::Locale;
use crate::record::edges::Handle;
use crate::record::{sample, visit};

/// Visits, samples that passed, samples that failed.
type Marks = [u32; 3];

/// Months of the strip.
const MONTHS: i16 = 12;

/// Marks up to these are made beforehand: few months see more.
const USUAL: Marks = [4, 3, 2];

/// The months of the strip, oldest first, with what a month of usual marks looks like.
pub(super) struct Strip(Vec<(Period, String, Vec<Value>)>);

impl Strip {
    /// The twelve months that end with the running one.
    pub(super) fn of(portal: &Portal) -> Strip {
        let months = portal.month.months_up_to(MONTHS);
        let first = months.first().copied();
        let with_label = months.into_iter().map(|month| {
            let label = label(month, Some(month) == first, &portal.locale);
            let usual = (0..USUAL.iter().product()).map(|no| object_of(&label, marks_of(no))).collect();
            (month, label, usual)
        });
        Strip(with_label.collect())
    }

    fn month(&self, at: usize, marks: Marks) -> Value {
        let Some((_, label, usual)) = self.0.get(at) else { return Value::none() };
        let kept = number_of(marks).and_then(|no| usual.get(no as usize));
        kept.cloned().unwrap_or_else(|| object_of(label, marks))
    }
}

/// The number of usual marks; `None` of others.
fn number_of(marks: Marks) -> Option<u32> {
    let [visits, samples, failed] = marks;
    let [_, most_samples, most_failed] = USUAL;
    let is_usual = marks.iter().zip(USUAL).all(|(count, most)| *count < most);
    is_usual.then_some((visits * most_samples + samples) * most_failed + failed)
}

/// The marks of a number.
fn marks_of(number: u32) -> Marks {
    let [_, most_samples, most_failed] = USUAL;
    let samples = number / most_failed;
    [samples / most_samples, samples % most_samples, number % most_failed]
}

/// January and the first month say their year.
fn label(month: Period, is_first: bool, locale: &Locale) -> String {
    match month {
        Period::Month(_, number) if number > 1 && !is_first => {
            locale.fill("year_month", &[("n", &number.to_string()), ("month", locale.month(number))])
        }
        _ => locale.period(month),
    }
}

fn object_of(label: &str, [visits, samples, failed]: Marks) -> Value {
    object([
        ("label", label.into()),
        ("visits", visits.into()),
        ("samples", samples.into()),
        ("failed", failed.into()),
    ])
}

/// The months of an enterprise.
pub(super) fn months(scope: Scope<'_>, enterprise: Handle) -> Value {
    let strip = &scope.shared.strip;
    let mut marks = vec![[0; 3]; strip.0.len()];
    let mut mark = |day: Option<Date>, of: usize| {
        let month = day.map(|day| Period::Month(day.year(), day.month()));
        let at = strip.0.iter().position(|(known, ..)| Some(*known) == month);
        if let Some(count) = at.and_then(|at| marks.get_mut(at)).and_then(|marks| marks.get_mut(of)) {
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
    list(marks.into_iter().enumerate().map(|(at, marks)| strip.month(at, marks)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_marks_have_a_number_each_and_others_none() {
        let count: u32 = USUAL.iter().product();
        assert!((0..count).all(|no| number_of(marks_of(no)) == Some(no)));
        assert_eq!(number_of([4, 0, 0]), None);
        assert_eq!(number_of([0, 0, 2]), None);
    }
}
