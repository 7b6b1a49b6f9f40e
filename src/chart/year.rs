//! An enterprise's year: twelve months with what happened in each.
//!
//! In: months with counts of visits, samples and failed samples. Out: a strip of boxes with a word a mark. A visit is an
//! outline, a sample full, a failed one full of the warning colour; the words tell them apart without.
//!
//! Not here: which twelve months they are.

use super::canvas::{Anchor, Area, Canvas, Key, Label, WIDTH};
use super::lettering::{SIZE, width};
use super::number::{NONE, count};
use super::{Frame, Table};

/// Height of a line of marks, and of the names of the months.
const LINE: i64 = 26;
const HEAD: i64 = 20;

/// What happened in a month.
#[derive(Clone, Copy, Debug, Default)]
pub struct Marks {
    /// Visits of the cadre.
    pub visits: u64,
    /// Samples that passed.
    pub samples: u64,
    /// Samples that failed.
    pub failed: u64,
}

/// A month.
#[derive(Clone, Copy, Debug)]
pub struct YearMonth<'a> {
    /// Its full name, for the table.
    pub label: &'a str,
    /// Its short name above the strip.
    pub tick: &'a str,
    /// `None` for months that are not told: to come, or before the enterprise was.
    pub marks: Option<Marks>,
}

/// A word for what happened, in two lengths.
#[derive(Clone, Copy, Debug)]
pub struct YearWord<'a> {
    /// One character, such as 督.
    pub short: &'a str,
    /// For key and table.
    pub long: &'a str,
}

/// Twelve months of an enterprise.
#[derive(Clone, Copy, Debug)]
pub struct Year<'a> {
    /// Words round the chart.
    pub frame: Frame<'a>,
    /// The months, in their order.
    pub months: &'a [YearMonth<'a>],
    /// Words for visit, sample, failed sample.
    pub words: [YearWord<'a>; 3],
    /// Head of the months in the table.
    pub head: &'a str,
}

/// Classes of a mark's patch and of its word.
const CLASSES: [(&str, &str); 3] = [("c-due", ""), ("c-main", "c-on"), ("c-warn", "c-on")];

impl Marks {
    fn counts(self) -> [u64; 3] {
        [self.visits, self.samples, self.failed]
    }
}

impl Year<'_> {
    /// The chart as HTML.
    pub fn html(&self) -> String {
        self.frame.figure(&self.canvas(), &self.table())
    }

    pub(super) fn canvas(&self) -> Canvas {
        let mut canvas = Canvas::default();
        let keys: Vec<(Key, String)> = (self.words.iter().zip(CLASSES))
            .map(|(word, (class, _))| (Key::Fill(class), format!("{} {}", word.short, word.long)))
            .collect();
        let keys: Vec<(Key, &str)> = keys.iter().map(|(key, words)| (*key, words.as_str())).collect();
        let top = canvas.key(0, &keys);
        let columns = i64::try_from(self.months.len()).unwrap_or(1).max(1);
        let bottom = top + HEAD + 3 * LINE + 2;
        for (month, at) in self.months.iter().zip(0..) {
            let x = at * WIDTH / columns;
            let w = (at + 1) * WIDTH / columns - x - 2;
            let middle = x + w / 2;
            let tick = Label::new(middle, top + 14, Anchor::Middle, "c-soft", month.tick);
            canvas.write(tick.within(w));
            let cell = Area { x, y: top + HEAD, w, h: bottom - top - HEAD };
            let Some(marks) = month.marks else {
                let y = cell.y + cell.h / 2 + 5;
                canvas.write(Label::new(middle, y, Anchor::Middle, "c-soft", NONE).within(w));
                continue;
            };
            canvas.fill("c-wash", cell);
            for ((number, word), (line, (patch, class))) in
                marks.counts().into_iter().zip(self.words).zip((0..).zip(CLASSES))
            {
                if number > 0 {
                    let y = cell.y + line * LINE + 2;
                    canvas.fill(patch, Area { x: x + 1, y, w: w - 2, h: LINE - 2 });
                    let label = Label::new(middle, y + 17, Anchor::Middle, class, &said(word, number, w - 4));
                    canvas.write(label.within(w - 4));
                }
            }
        }
        canvas.reach(bottom);
        canvas
    }

    pub(super) fn table(&self) -> Table {
        let [visit, sample, failed] = self.words.map(|word| word.long);
        let mut table = Table::new(&[self.head, visit, sample, failed]);
        for month in self.months {
            let mut row = vec![month.label.to_string()];
            match month.marks {
                Some(marks) => row.extend(marks.counts().map(count)),
                None => row.extend([NONE; 3].map(str::to_string)),
            }
            table.rows.push(row);
        }
        table
    }
}

/// The word, with the number when it is more than one: behind it, or `+` when the box is too narrow.
fn said(word: YearWord<'_>, number: u64, room: i64) -> String {
    let counted = format!("{}{number}", word.short);
    match number {
        1 => word.short.to_string(),
        _ if width(&counted, SIZE) <= room => counted,
        _ => format!("{}+", word.short),
    }
}
