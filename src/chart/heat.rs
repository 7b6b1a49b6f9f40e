//! Regions by level: a rate in each cell, in five steps of one hue.
//!
//! In: rows of cells. Out: an HTML table and no drawing. It reads better on a telephone: long names of regions wrap, the cells
//! grow with the reader's letters, headers are real headers, and the numbers need not be told a second time behind a button.
//! The steps are equal parts between the least and the greatest rate, or those that are handed in; the key says their bounds.
//!
//! Not here: what the columns are, totals.

use std::fmt::Write;

use super::Frame;
use super::number::{NONE, Rate, Scale};
use crate::text::escape_markup;

/// Steps of the hue.
const CLASSES: [&str; 5] = ["c-0", "c-1", "c-2", "c-3", "c-4"];

/// A row of cells, as many as there are columns.
#[derive(Clone, Copy, Debug)]
pub struct HeatRow<'a> {
    /// Its name.
    pub label: &'a str,
    /// `None` or a denominator of 0 is an empty cell.
    pub cells: &'a [Option<Rate>],
}

/// Rates by row and column.
#[derive(Clone, Copy, Debug)]
pub struct Heat<'a> {
    /// Words round the chart; its description stands above the table.
    pub frame: Frame<'a>,
    /// How the rates are printed.
    pub scale: Scale<'a>,
    /// Head of the rows' names.
    pub corner: &'a str,
    /// Heads of the columns.
    pub columns: &'a [&'a str],
    /// The rows, in their order.
    pub rows: &'a [HeatRow<'a>],
    /// Where the second to the fifth step begin, in units of the scale's last digit.
    pub bounds: Option<[i64; 4]>,
}

impl Heat<'_> {
    /// The chart as HTML.
    pub fn html(&self) -> String {
        if self.rows.is_empty() || self.columns.is_empty() {
            return self.frame.around(
                "chart",
                &format!("<p class=\"none\">{}</p>", escape_markup(self.frame.empty)),
                "",
            );
        }
        let steps = self.steps();
        // Four columns with a unit in each cell are wider than a telephone; the key has it.
        let plain = Scale { unit: "", ..self.scale };
        let mut table = format!("<table><caption>{}</caption><thead><tr>", escape_markup(self.caption()));
        for head in std::iter::once(&self.corner).chain(self.columns) {
            let _ = write!(table, "<th scope=\"col\">{}</th>", escape_markup(head));
        }
        table.push_str("</tr></thead><tbody>");
        for row in self.rows {
            let _ = write!(table, "<tr><th scope=\"row\">{}</th>", escape_markup(row.label));
            let cells = row.cells.iter().copied().chain(std::iter::repeat(None));
            for cell in cells.take(self.columns.len()) {
                let _ = match cell.and_then(|rate| Some((rate, self.scale.value(rate)?))) {
                    Some((rate, value)) => write!(
                        table,
                        "<td class=\"{}\"><b>{}</b> <small>{}/<wbr/>{}</small></td>",
                        class(&steps, value),
                        plain.rate_text(rate),
                        self.frame.count(rate.num),
                        self.frame.count(rate.den)
                    ),
                    None => write!(table, "<td>{NONE}</td>"),
                };
            }
            table.push_str("</tr>");
        }
        table.push_str("</tbody></table>");
        let picture = format!("{}{}", self.key(&steps), self.frame.scroll(&table));
        self.frame.around("chart heat", &picture, "")
    }

    fn caption(&self) -> &str {
        if self.frame.description.is_empty() { self.frame.title } else { self.frame.description }
    }

    fn values(&self) -> impl Iterator<Item = i64> {
        let cells = self.rows.iter().flat_map(|row| row.cells.iter().take(self.columns.len()));
        cells.filter_map(|cell| self.scale.value((*cell)?))
    }

    /// The steps that are in use: where each begins and its class.
    fn steps(&self) -> Vec<(i64, &'static str)> {
        let least = self.values().min().unwrap_or(0);
        let span = i128::from(self.values().max().unwrap_or(0)) - i128::from(least);
        let starts: Vec<i64> = match self.bounds {
            Some(bounds) => std::iter::once(least.min(bounds[0])).chain(bounds).collect(),
            // All alike is no scale: the middle of the hue.
            None if span == 0 => return vec![(least, "c-2")],
            None => {
                (0..5).map(|at| i64::try_from(i128::from(least) + span * at / 5).unwrap_or(least)).collect()
            }
        };
        let mut steps: Vec<(i64, &'static str)> = starts.into_iter().zip(CLASSES).collect();
        // Of steps that begin at one value only the last can be reached.
        let mut next = None;
        steps.reverse();
        steps.retain(|(start, _)| next.replace(*start) != Some(*start));
        steps.reverse();
        steps
    }

    fn key(&self, steps: &[(i64, &'static str)]) -> String {
        let Some(most) = self.values().max() else { return String::new() };
        let mut out = String::from("<ul class=\"keys\">");
        for (at, (start, class)) in steps.iter().enumerate() {
            let end = steps.get(at + 1).map_or(most.max(*start), |(next, _)| next - 1);
            let (from, to) = (self.scale.text(*start), self.scale.text(end));
            let words = if from == to { from } else { format!("{from}–{to}") };
            let _ = write!(out, "<li><i class=\"{class}\"></i>{}</li>", escape_markup(&words));
        }
        out.push_str("</ul>");
        out
    }
}

/// The class of the last step that begins at the value or below it.
fn class(steps: &[(i64, &'static str)], value: i64) -> &'static str {
    steps.iter().rev().find(|(start, _)| *start <= value).map_or("c-0", |(_, class)| class)
}
