//! Bars by region or by anything else against a target.
//!
//! In: a rate a row, in the order it shall have. Out: the chart. Bars begin at nothing; what misses the target has the warning
//! colour, a sign beside its value, and the word for it in key and table.
//!
//! Not here: the order of the rows.

use super::canvas::{Canvas, Key, Mark};
use super::number::{Rate, Scale, Target};
use super::rows::{self, Row};
use super::{Frame, Table};

/// One bar.
#[derive(Clone, Copy, Debug)]
pub struct Bar<'a> {
    /// Its name.
    pub label: &'a str,
    /// Its number.
    pub rate: Rate,
}

/// Heads of the table. Without `num` it has no columns for numerator and denominator.
#[derive(Clone, Copy, Debug)]
pub struct Heads<'a> {
    /// Of the labels.
    pub label: &'a str,
    /// Of the numerators.
    pub num: &'a str,
    /// Of the denominators.
    pub den: &'a str,
    /// Of the values.
    pub value: &'a str,
}

/// Horizontal bars.
#[derive(Clone, Copy, Debug)]
pub struct Bars<'a> {
    /// Words round the chart.
    pub frame: Frame<'a>,
    /// How the rates are printed.
    pub scale: Scale<'a>,
    /// The bars, in their order.
    pub bars: &'a [Bar<'a>],
    /// What they should reach.
    pub target: Option<Target<'a>>,
    /// Heads of the table.
    pub heads: Heads<'a>,
}

impl Bars<'_> {
    /// The chart as HTML.
    pub fn html(&self) -> String {
        self.frame.figure(&self.canvas(), &self.table())
    }

    fn misses(&self, bar: &Bar<'_>) -> bool {
        self.scale.misses(bar.rate, self.target)
    }

    pub(super) fn canvas(&self) -> Canvas {
        let mut canvas = Canvas::default();
        let mut y = 0;
        if let Some(target) = self.target {
            let missed = self.bars.iter().any(|bar| self.misses(bar));
            let missed = target.missed.filter(|_| missed).unwrap_or_default();
            y = canvas.key(0, &[(Key::Line, &self.scale.named(target)), (Key::Mark(Mark::Missed), missed)]);
        }
        let row = |bar: &Bar<'_>| {
            let misses = self.misses(bar);
            Row {
                label: bar.label.to_string(),
                value: self.scale.rate_text(bar.rate),
                length: self.scale.value(bar.rate),
                class: if misses { "c-warn" } else { "c-main" },
                mark: misses.then_some(Mark::Missed),
            }
        };
        let rows: Vec<Row> = self.bars.iter().map(row).collect();
        rows::draw(&mut canvas, y, &rows, self.target.map(|target| target.value));
        canvas
    }

    pub(super) fn table(&self) -> Table {
        let rows = self.bars.iter().map(|bar| (bar.label, Some(bar.rate)));
        Table::of_rates(self.heads, self.scale, self.target, rows)
    }
}
