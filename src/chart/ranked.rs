//! The most frequent reasons, and how many others there are.
//!
//! In: reasons with counts, in any order. Out: bars of the first ones, the most frequent on top, one grey bar for the rest
//! together, and a line that says how many of how many are shown. Equal counts stand in the order they came in.
//!
//! Not here: what counts as one reason.

use super::canvas::{Canvas, Key};
use super::number::{Rate, Scale, signed};
use super::rows::{self, Row};
use super::{Frame, Table, filled};

/// A reason and how often it was found.
#[derive(Clone, Copy, Debug)]
pub struct Reason<'a> {
    /// Its name.
    pub label: &'a str,
    /// How often.
    pub count: u64,
}

/// Reasons by frequency.
#[derive(Clone, Copy, Debug)]
pub struct Ranked<'a> {
    /// Words round the chart.
    pub frame: Frame<'a>,
    /// All reasons.
    pub reasons: &'a [Reason<'a>],
    /// How many have a bar of their own.
    pub top: usize,
    /// Said above, with `{top}` and `{all}`: how many reasons are shown, how many there are.
    pub said: &'a str,
    /// Name of the last bar, with `{n}`: how many reasons it takes together.
    pub others: &'a str,
    /// Heads of the table: reason, count, share of all counts.
    pub heads: [&'a str; 3],
}

impl Ranked<'_> {
    /// The chart as HTML.
    pub fn html(&self) -> String {
        self.frame.figure(&self.canvas(), &self.table())
    }

    /// Label and count, most frequent first, the others as one at the end.
    fn shown(&self) -> (Vec<(String, u64)>, bool) {
        let mut sorted: Vec<&Reason<'_>> = self.reasons.iter().collect();
        sorted.sort_by_key(|reason| std::cmp::Reverse(reason.count));
        let rest = sorted.split_off(self.top.min(sorted.len()));
        let mut shown: Vec<(String, u64)> =
            sorted.iter().map(|reason| (reason.label.to_string(), reason.count)).collect();
        if !rest.is_empty() {
            let sum = rest.iter().fold(0, |sum: u64, reason| sum.saturating_add(reason.count));
            shown.push((filled(self.others, &[("n", &self.frame.count(rest.len() as u64))]), sum));
        }
        (shown, !rest.is_empty())
    }

    pub(super) fn canvas(&self) -> Canvas {
        let mut canvas = Canvas::default();
        let (shown, has_others) = self.shown();
        let top = shown.len() - usize::from(has_others);
        let said = filled(
            self.said,
            &[("top", &self.frame.count(top as u64)), ("all", &self.frame.count(self.reasons.len() as u64))],
        );
        let y = canvas.key(0, &[(Key::Words, &said)]);
        let row = |(at, (label, number)): (usize, &(String, u64))| Row {
            label: label.clone(),
            value: self.frame.count(*number),
            length: Some(signed(*number)),
            class: if at == top { "c-soft" } else { "c-main" },
            mark: None,
        };
        let rows: Vec<Row> = shown.iter().enumerate().map(row).collect();
        rows::draw(&mut canvas, y, &rows, None);
        canvas
    }

    pub(super) fn table(&self) -> Table {
        let mut table = Table::new(&self.heads);
        let (shown, _) = self.shown();
        let all = shown.iter().fold(0, |sum: u64, (_, number)| sum.saturating_add(*number));
        let share = Scale { per: 100, digits: 1, unit: "%", thousands: "" };
        table.rows = shown
            .into_iter()
            .map(|(label, number)| {
                vec![label, self.frame.count(number), share.rate_text(Rate { num: number, den: all })]
            })
            .collect();
        table
    }
}
