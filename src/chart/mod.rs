//! Charts as still pictures: plain numbers and words come in, one piece of HTML goes out that needs no script.
//!
//! Each chart is a struct of what it shows with a method `html`. What comes out is a `figure`: title, `svg` with title and
//! description, a line on day and denominators, and the same numbers as a table that opens. Geometry stands in attributes and
//! colour in classes, as the portal's content policy demands; the rules are in the theme's style sheet.
//!
//! Not here: any word of a language, where the numbers come from, on which page a chart stands.

mod bars;
mod canvas;
mod heat;
mod lettering;
mod load;
mod months;
mod number;
mod pyramid;
mod ranked;
mod rows;
mod stack;
mod tasks;

#[cfg(test)]
mod tests;

use std::fmt::Write;

pub use bars::{Bar, Bars, Heads};
pub use heat::{Heat, HeatRow};
pub use load::{Limit, Load};
pub use months::{Month, Months};
pub use number::{Rate, Scale, Target};
pub use pyramid::{Level, Pyramid};
pub use ranked::{Ranked, Reason};
pub use stack::{Length, Stack, StackRow};
pub use tasks::{Group, Phase, State, Task, Tasks};

use crate::text::escape_markup;
use canvas::{Canvas, WIDTH};
use number::NONE;

/// What every chart has beside its numbers.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// Begins every id of the chart; unlike those of the page's other charts.
    pub id: &'a str,
    /// What the chart is of: its heading, and the caption of its table.
    pub title: &'a str,
    /// One sentence that says what the picture shows. Empty: the first rows of the table, one after another.
    pub description: &'a str,
    /// The line below: day, denominator, source.
    pub note: &'a str,
    /// What one presses to see the table.
    pub summary: &'a str,
    /// What is said instead of a picture when there is nothing to show.
    pub empty: &'a str,
    /// Printed between thousands; may be empty.
    pub thousands: &'a str,
}

/// The numbers of a chart as rows of texts; the first cell of a row is its header.
#[derive(Debug, Default)]
pub(crate) struct Table {
    pub(crate) heads: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Table {
    fn new(heads: &[&str]) -> Table {
        Table { heads: heads.iter().map(|head| head.to_string()).collect(), rows: Vec::new() }
    }

    /// Labels with rates, and the word for those that miss the target behind their value.
    fn of_rates<'a>(
        heads: Heads<'_>,
        scale: Scale<'_>,
        target: Option<Target<'_>>,
        rows: impl Iterator<Item = (&'a str, Option<Rate>)>,
    ) -> Table {
        let has_parts = !heads.num.is_empty();
        let mut table = match has_parts {
            true => Table::new(&[heads.label, heads.num, heads.den, heads.value]),
            false => Table::new(&[heads.label, heads.value]),
        };
        for (label, rate) in rows {
            let mut row = vec![label.to_string()];
            if has_parts {
                row.extend(rate.map_or([NONE; 2].map(str::to_string), |rate| {
                    [rate.num, rate.den].map(|number| number::count(number, scale.thousands))
                }));
            }
            let mut value = rate.map_or(NONE.to_string(), |rate| scale.rate_text(rate));
            let misses = rate.is_some_and(|rate| scale.misses(rate, target));
            if let Some(word) = target.and_then(|target| target.missed).filter(|_| misses) {
                value = format!("{value} {word}");
            }
            row.push(value);
            table.rows.push(row);
        }
        table
    }

    fn html(&self, caption: &str) -> String {
        let mut out = format!("<table><caption>{}</caption><thead><tr>", escape_markup(caption));
        for head in &self.heads {
            let _ = write!(out, "<th scope=\"col\">{}</th>", escape_markup(head));
        }
        out.push_str("</tr></thead><tbody>");
        for row in &self.rows {
            out.push_str("<tr>");
            for (at, cell) in row.iter().enumerate() {
                let cell = escape_markup(cell);
                let _ = match at {
                    0 => write!(out, "<th scope=\"row\">{cell}</th>"),
                    _ => write!(out, "<td>{cell}</td>"),
                };
            }
            out.push_str("</tr>");
        }
        out.push_str("</tbody></table>");
        out
    }

    /// The first rows in one line, for those who hear the picture.
    fn spoken(&self) -> String {
        const MOST: usize = 12;
        let mut lines: Vec<String> = self.rows.iter().take(MOST).map(|row| row.join(" ")).collect();
        if self.rows.len() > MOST {
            lines.push("…".to_string());
        }
        lines.join("; ")
    }
}

impl Frame<'_> {
    /// A count with its thousands parted.
    fn count(&self, number: u64) -> String {
        number::count(number, self.thousands)
    }

    /// The chart as a figure; without rows it says so and draws nothing.
    fn figure(&self, canvas: &Canvas, table: &Table) -> String {
        if table.rows.is_empty() {
            return self.around("chart", &format!("<p class=\"none\">{}</p>", escape_markup(self.empty)), "");
        }
        let id = escape_markup(self.id);
        let description = match self.description {
            "" => table.spoken(),
            said => said.to_string(),
        };
        let svg = format!(
            "<svg role=\"img\" aria-labelledby=\"{id}-t {id}-d\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
             height=\"{height}\"><title id=\"{id}-t\">{}</title><desc id=\"{id}-d\">{}</desc>{}</svg>",
            escape_markup(self.title),
            escape_markup(&description),
            canvas.elements(),
            height = canvas.height,
        );
        let details = format!(
            "<details><summary>{}</summary>{}</details>",
            escape_markup(self.summary),
            self.scroll(&table.html(self.title))
        );
        self.around("chart", &svg, &details)
    }

    /// A table in the box that scrolls when it is wider than the page.
    fn scroll(&self, table: &str) -> String {
        let title = escape_markup(self.title);
        format!("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"{title}\">{table}</div>")
    }

    /// Heading and note round what shows the numbers.
    fn around(&self, class: &str, picture: &str, details: &str) -> String {
        let title = escape_markup(self.title);
        let note = match self.note {
            "" => String::new(),
            note => format!("<small>{}</small>", escape_markup(note)),
        };
        format!("<figure class=\"{class}\"><figcaption>{title}</figcaption>{picture}{note}{details}</figure>")
    }
}

/// A sentence with numbers in its slots: `{name}` becomes the number.
fn filled(sentence: &str, slots: &[(&str, &str)]) -> String {
    slots.iter().fold(sentence.to_string(), |said, (name, value)| said.replace(&format!("{{{name}}}"), value))
}
