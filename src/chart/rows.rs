//! Horizontal bars, one a row: what bars, ranks and loads have in common.
//!
//! In: rows with label, printed value and length. Out: the rows on the sheet. Labels stand at the left while all of them are
//! short; one long label puts them all above their bars, where a line has room for it.
//!
//! Not here: what the bars mean, the key above them.

use super::canvas::{Anchor, Area, Canvas, Label, Mark, WIDTH};
use super::lettering::{SIZE, heavy, width};
use super::number::along;

/// Labels wider than this stand above their bars.
const SIDE: i64 = 118;

/// A bar with its words.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) label: String,
    pub(super) value: String,
    /// `None` draws no bar.
    pub(super) length: Option<i64>,
    pub(super) class: &'static str,
    pub(super) mark: Option<Mark>,
}

/// Where the parts of every row stand.
struct Columns {
    above: bool,
    label_w: i64,
    bar_x: i64,
    bar_w: i64,
    mark_x: i64,
}

impl Columns {
    fn of(rows: &[Row]) -> Columns {
        let label = rows.iter().map(|row| width(&row.label, SIZE)).max().unwrap_or(0);
        let sign = if rows.iter().any(|row| row.mark.is_some()) { 18 } else { 0 };
        let value = rows.iter().map(|row| heavy(&row.value, SIZE)).max().unwrap_or(0);
        let end = WIDTH - value - sign - 8;
        let above = label > SIDE;
        let label_w = if above { end - 4 } else { label };
        let (bar_x, bar_w) = if above { (0, WIDTH) } else { (label + 8, end - label - 8) };
        Columns { above, label_w, bar_x, bar_w, mark_x: WIDTH - value - 11 }
    }
}

/// Draws the rows from `y` on, the longest bar as long as there is room for `most`, with a line at the target. Returns
/// where each row ends.
pub(super) fn draw(canvas: &mut Canvas, y: i64, rows: &[Row], target: Option<i64>) -> Vec<i64> {
    let columns = Columns::of(rows);
    let most = rows.iter().filter_map(|row| row.length).chain(target).max().unwrap_or(0).max(1);
    let (height, bar_y, bar_h) = if columns.above { (42, 22, 10) } else { (26, 5, 16) };
    let mut ends = Vec::with_capacity(rows.len());
    for (row, top) in rows.iter().zip((0..).map(|at| y + at * height)) {
        let area = Area { x: columns.bar_x, y: top + bar_y, w: columns.bar_w, h: bar_h };
        canvas.fill("c-wash", area);
        if let Some(length) = row.length {
            let mut w = along(length, most, columns.bar_w);
            // What misses the target by less than the picture can show must not touch its line.
            if let Some(target) = target.filter(|_| row.mark.is_some()) {
                w = w.min(along(target, most, columns.bar_w) - 2);
            }
            canvas.fill(row.class, Area { w, ..area });
        }
        let base = top + if columns.above { 16 } else { 18 };
        if let Some(mark) = row.mark {
            canvas.mark(mark, columns.mark_x, base - 5);
        }
        canvas.write(Label::new(0, base, Anchor::Start, "", &row.label).within(columns.label_w));
        canvas.write(Label::new(WIDTH, base, Anchor::End, "c-num", &row.value));
        ends.push(top + height);
    }
    if let Some(target) = target {
        let x = columns.bar_x + along(target, most, columns.bar_w).min(columns.bar_w - 1);
        for end in &ends {
            let top = end - height;
            let (from, to) =
                if columns.above { (top + bar_y - 3, top + bar_y + bar_h + 3) } else { (top, *end) };
            canvas.line("c-target", Area { x, y: from, w: 0, h: to - from });
        }
    }
    canvas.reach(ends.last().copied().unwrap_or(y));
    ends
}
