//! Visits done, due and overdue, by quarter or by region: bars of three parts.
//!
//! In: three counts a row. Out: the counts in columns and a bar below them. The parts differ in shape besides colour: done is
//! full, due is an outline, overdue stands out above and below the bar.
//!
//! Not here: what is due when.

use super::canvas::{Anchor, Area, Canvas, Key, Label, WIDTH};
use super::lettering::{SIZE, heavy};
use super::number::{along, signed};
use super::{Frame, Table};

/// Height of a row and where its bar begins.
const ROW: i64 = 42;
const BAR: i64 = 24;

/// What the full width of a bar is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// All of its row: rows of unequal size can be compared by their shares.
    Share,
    /// The greatest row: rows can be compared by size.
    Count,
}

/// A row.
#[derive(Clone, Copy, Debug)]
pub struct StackRow<'a> {
    /// Its name.
    pub label: &'a str,
    /// Done, due, overdue.
    pub counts: [u64; 3],
}

/// Bars of three parts.
#[derive(Clone, Copy, Debug)]
pub struct Stack<'a> {
    /// Words round the chart.
    pub frame: Frame<'a>,
    /// Words for done, due, overdue.
    pub parts: [&'a str; 3],
    /// The rows, in their order.
    pub rows: &'a [StackRow<'a>],
    /// What the full width of a bar is.
    pub length: Length,
    /// Head of the rows' names in the table, and of their sums.
    pub heads: [&'a str; 2],
}

impl StackRow<'_> {
    fn all(&self) -> i64 {
        signed(self.counts.iter().fold(0, |sum: u64, count| sum.saturating_add(*count)))
    }
}

impl Stack<'_> {
    /// The chart as HTML.
    pub fn html(&self) -> String {
        self.frame.figure(&self.canvas(), &self.table())
    }

    pub(super) fn canvas(&self) -> Canvas {
        let mut canvas = Canvas::default();
        let [done, due, overdue] = self.parts;
        let y = canvas.key(
            0,
            &[(Key::Fill("c-main"), done), (Key::Fill("c-due"), due), (Key::Fill("c-warn"), overdue)],
        );
        let widest = |part: usize| {
            let numbers = self.rows.iter().filter_map(|row| row.counts.get(part));
            numbers.map(|number| heavy(&self.frame.count(*number), SIZE)).max().unwrap_or(0)
        };
        let ends = [WIDTH - widest(2) - widest(1) - 28, WIDTH - widest(2) - 14, WIDTH];
        let room = WIDTH - widest(0) - widest(1) - widest(2) - 42;
        let most = self.rows.iter().map(StackRow::all).max().unwrap_or(0);
        for (row, top) in self.rows.iter().zip((0..).map(|at| y + at * ROW)) {
            canvas.write(Label::new(0, top + 16, Anchor::Start, "", row.label).within(room));
            for ((number, end), class) in row.counts.iter().zip(ends).zip(["c-num", "", "c-bad"]) {
                // Nothing overdue is no warning.
                let class = if *number == 0 { "c-soft" } else { class };
                canvas.write(Label::new(end, top + 16, Anchor::End, class, &self.frame.count(*number)));
            }
            let whole = if self.length == Length::Share { row.all() } else { most };
            canvas.fill("c-wash", Area { x: 0, y: top + BAR, w: WIDTH, h: 10 });
            draw_bar(&mut canvas, row, top + BAR, along(row.all(), whole, WIDTH));
            canvas.reach(top + ROW);
        }
        canvas
    }

    pub(super) fn table(&self) -> Table {
        let [label, sum] = self.heads;
        let [done, due, overdue] = self.parts;
        let mut table = Table::new(&[label, done, due, overdue, sum]);
        for row in self.rows {
            let mut cells = vec![row.label.to_string()];
            cells.extend(row.counts.map(|number| self.frame.count(number)));
            cells.push(self.frame.count(u64::try_from(row.all()).unwrap_or(0)));
            table.rows.push(cells);
        }
        table
    }
}

/// Draws the parts of a bar side by side, `full` wide together; a part that is not nothing is 3 wide at least.
fn draw_bar(canvas: &mut Canvas, row: &StackRow<'_>, y: i64, full: i64) {
    const LEAST: i64 = 3;
    let [done, due, overdue] = row.counts.map(|count| match count {
        0 => 0,
        count => along(signed(count), row.all(), full).max(LEAST.min(full)),
    });
    // What the least widths take is taken from the widest part.
    let excess = done + due + overdue - full;
    let mut widths = [done, due, overdue];
    if let Some(widest) = widths.iter_mut().max_by_key(|width| **width) {
        *widest = (*widest - excess).max(0);
    }
    let [done, due, overdue] = widths;
    canvas.fill("c-main", Area { x: 0, y, w: done, h: 10 });
    canvas.fill("c-due", Area { x: done, y, w: due, h: 10 });
    let over = Area { x: done + due, y: y - 3, w: overdue, h: 16 };
    canvas.fill("c-warn", over);
}
