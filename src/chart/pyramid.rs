//! Levels A to D as a pyramid: very unequal counts that stay readable.
//!
//! In: levels from the top. Out: one bar a level round a common axis. Widths are shares of the greatest level, never less
//! than a sliver; no logarithm, for three beside fourteen thousand shall look like it. The number is the message, and large.
//!
//! Not here: which levels there are.

use super::canvas::{Anchor, Area, Canvas, Label, WIDTH};
use super::lettering::{SIZE, heavy, width};
use super::number::{Rate, Scale, along, signed};
use super::{Frame, Table};

/// Height of a level, size of its number, least width of its bar.
const ROW: i64 = 48;
const LARGE: i64 = 22;
const SLIVER: i64 = 4;

/// A level.
#[derive(Clone, Copy, Debug)]
pub struct Level<'a> {
    /// Its name.
    pub label: &'a str,
    /// Who covers it, below the name; may be empty.
    pub note: &'a str,
    /// How many it has.
    pub count: u64,
}

/// Levels from the top.
#[derive(Clone, Copy, Debug)]
pub struct Pyramid<'a> {
    /// Words round the chart.
    pub frame: Frame<'a>,
    /// The levels, the highest first.
    pub levels: &'a [Level<'a>],
    /// Heads of the table: level, note, count, share.
    pub heads: [&'a str; 4],
}

impl Pyramid<'_> {
    /// The chart as HTML.
    pub fn html(&self) -> String {
        self.frame.figure(&self.canvas(), &self.table())
    }

    pub(super) fn canvas(&self) -> Canvas {
        let mut canvas = Canvas::default();
        let most = self.levels.iter().map(|level| signed(level.count)).max().unwrap_or(0);
        let numbers =
            self.levels.iter().map(|level| heavy(&self.frame.count(level.count), LARGE)).max().unwrap_or(0);
        let names = self.levels.iter().map(|level| heavy(level.label, SIZE).max(width(level.note, SIZE)));
        let left = names.max().unwrap_or(0).min(96);
        let room = WIDTH - left - numbers - 24;
        let axis = left + 10 + room / 2;
        for (level, top) in self.levels.iter().zip((0..).map(|at| at * ROW)) {
            let mut w = along(signed(level.count), most, room);
            if level.count > 0 {
                w = w.max(SLIVER.min(room));
            }
            canvas.fill("c-main", Area { x: axis - w / 2, y: top + 1, w, h: ROW - 2 });
            let base = top + if level.note.is_empty() { 29 } else { 20 };
            canvas.write(Label::new(0, base, Anchor::Start, "c-num", level.label).within(left));
            canvas.write(Label::new(0, top + 38, Anchor::Start, "c-soft", level.note).within(left));
            let number = Label::new(WIDTH, top + 32, Anchor::End, "c-num", &self.frame.count(level.count));
            canvas.write(Label { size: LARGE, ..number });
            canvas.reach(top + ROW);
        }
        canvas
    }

    pub(super) fn table(&self) -> Table {
        let [label, note, number, share] = self.heads;
        let has_notes = self.levels.iter().any(|level| !level.note.is_empty());
        let mut table = match has_notes {
            true => Table::new(&[label, note, number, share]),
            false => Table::new(&[label, number, share]),
        };
        let all = self.levels.iter().fold(0, |sum: u64, level| sum.saturating_add(level.count));
        let scale = Scale { per: 100, digits: 1, unit: "%", thousands: "" };
        for level in self.levels {
            let mut row = vec![level.label.to_string()];
            row.extend(has_notes.then(|| level.note.to_string()));
            row.extend([self.frame.count(level.count), scale.rate_text(Rate { num: level.count, den: all })]);
            table.rows.push(row);
        }
        table
    }
}
