//! A rate by month against its target.
//!
//! In: months in their order, some without a value. Out: a line with gaps. A line and no columns: the axis may begin above
//! nothing without lying, and its two ends are printed; that it was cut is said in the key. The last value, the least, and
//! those that miss the target are printed as far as there is room; the table has all.
//!
//! Not here: which months there are.

use std::fmt::Write;

use super::canvas::{Anchor, Area, Canvas, Key, Label, Mark, WIDTH};
use super::lettering::{SIZE, heavy, width};
use super::number::{Rate, Scale, Target, along, step};
use super::{Frame, Heads, Table, filled};

/// Height of the plot, with room for a printed value over and under every point.
const PLOT: i64 = 132;
const ROOM: i64 = 22;

/// A month.
#[derive(Clone, Copy, Debug)]
pub struct Month<'a> {
    /// Its full name, for the table.
    pub label: &'a str,
    /// Its short name below the axis.
    pub tick: &'a str,
    /// Its year, printed where it changes; may be empty.
    pub year: &'a str,
    /// Its number; `None` leaves a gap.
    pub rate: Option<Rate>,
}

/// A rate by month.
#[derive(Clone, Copy, Debug)]
pub struct Months<'a> {
    /// Words round the chart.
    pub frame: Frame<'a>,
    /// How the rates are printed.
    pub scale: Scale<'a>,
    /// The months, in their order.
    pub months: &'a [Month<'a>],
    /// What they should reach.
    pub target: Option<Target<'a>>,
    /// Said in the key when the axis does not begin at nothing, with `{from}` and `{to}`.
    pub cut: &'a str,
    /// Heads of the table.
    pub heads: Heads<'a>,
}

/// A month that has a value.
struct Point {
    at: usize,
    x: i64,
    y: i64,
    value: i64,
    words: String,
    misses: bool,
}

/// The ends of the upright axis.
#[derive(Clone, Copy)]
struct Axis {
    from: i64,
    to: i64,
}

impl Axis {
    /// Round ends round the values. Begins at nothing unless that would press the line flat.
    fn round(values: &[i64]) -> Axis {
        let least = values.iter().min().copied().unwrap_or(0);
        let most = values.iter().max().copied().unwrap_or(0);
        if least <= most / 2 {
            let step = step(most / 4);
            return Axis { from: 0, to: up(most, step).max(1) };
        }
        let step = step(((most - least) / 3).max(most / 200));
        let from = (least - 1).max(0) / step * step;
        Axis { from, to: up(most, step) }
    }

    fn y(self, value: i64, top: i64) -> i64 {
        let height = along(value - self.from, self.to - self.from, PLOT - 2 * ROOM);
        top + PLOT - ROOM - height
    }
}

/// The next multiple of `step`, or the value when it is one.
fn up(value: i64, step: i64) -> i64 {
    value.saturating_add(step - 1) / step * step
}

impl Months<'_> {
    /// The chart as HTML.
    pub fn html(&self) -> String {
        let is_told = self.months.iter().any(|month| month.rate.is_some_and(|rate| rate.den > 0));
        // Months without any value are no picture.
        let table = if is_told { self.table() } else { Table::default() };
        self.frame.figure(&self.canvas(), &table)
    }

    fn misses(&self, month: &Month<'_>) -> bool {
        month.rate.is_some_and(|rate| self.scale.misses(rate, self.target))
    }

    pub(super) fn canvas(&self) -> Canvas {
        let mut canvas = Canvas::default();
        let value = |month: &Month<'_>| self.scale.value(month.rate?);
        let mut values: Vec<i64> = self.months.iter().filter_map(value).collect();
        values.extend(self.target.map(|target| target.value));
        let axis = Axis::round(&values);
        let top = self.key(&mut canvas, axis);
        let left = self.draw_axis(&mut canvas, axis, top);
        let columns = i64::try_from(self.months.len()).unwrap_or(1).max(1);
        let room = WIDTH - left - 8;
        let x = |at: usize| {
            let at = i64::try_from(at).unwrap_or(0);
            left + 4 + (2 * at + 1) * room / (2 * columns)
        };
        let points: Vec<Point> = (0..)
            .zip(self.months)
            .filter_map(|(at, month)| {
                let (value, words) = (value(month)?, self.scale.rate_text(month.rate?));
                let (x, y, misses) = (x(at), axis.y(value, top), self.misses(month));
                Some(Point { at, x, y, value, words, misses })
            })
            .collect();
        let centres: Vec<i64> = (0..self.months.len()).map(x).collect();
        self.draw_ticks(&mut canvas, top + PLOT, left, &centres);
        draw_line(&mut canvas, &points);
        let column = room / columns;
        for point in &points {
            let mark = if point.misses { Mark::Missed } else { Mark::Dot };
            let joins = |other: &Point| other.at.abs_diff(point.at) == 1;
            // Signs that would run into one another say no more than the line, where there is one.
            if point.misses || column >= 8 || point.at + 1 == self.months.len() || !points.iter().any(joins) {
                canvas.mark(mark, point.x, point.y);
            }
        }
        self.print_values(&mut canvas, &points, left);
        canvas
    }

    fn key(&self, canvas: &mut Canvas, axis: Axis) -> i64 {
        let cut = match axis.from {
            0 => String::new(),
            from => filled(self.cut, &[("from", &self.scale.text(from)), ("to", &self.scale.text(axis.to))]),
        };
        let missed = self.months.iter().any(|month| self.misses(month));
        let target = self.target.map_or(String::new(), |target| self.scale.named(target));
        let missed = self.target.and_then(|target| target.missed).filter(|_| missed).unwrap_or_default();
        canvas.key(0, &[(Key::Line, &target), (Key::Mark(Mark::Missed), missed), (Key::Words, &cut)])
    }

    /// Draws the ends of the axis and the target, and returns where the plot begins.
    fn draw_axis(&self, canvas: &mut Canvas, axis: Axis, top: i64) -> i64 {
        let ends = [axis.from, axis.to].map(|end| (end, self.scale.text(end)));
        let left = ends.iter().map(|(_, words)| width(words, SIZE)).max().unwrap_or(0) + 6;
        for (end, words) in &ends {
            let y = axis.y(*end, top);
            canvas.line("c-line", Area { x: left, y, w: WIDTH - left, h: 0 });
            canvas.write(Label::new(left - 6, y + 4, Anchor::End, "c-soft", words));
        }
        if let Some(target) = self.target {
            canvas.line("c-target", Area { x: left, y: axis.y(target.value, top), w: WIDTH - left, h: 0 });
        }
        if axis.from > 0 {
            // The sign for an axis that was cut.
            let y = axis.y(axis.from, top) + 4;
            let area = Area { x: left - 2, y, w: 8, h: 12 };
            canvas.path("c-cut", area, &format!("M{left} {y}l4 3-6 3 8 3-4 3"));
        }
        canvas.reach(top + PLOT);
        left
    }

    /// Every month has its name, or every second, third, …: the first spacing at which the names do not touch.
    fn draw_ticks(&self, canvas: &mut Canvas, top: i64, left: i64, centres: &[i64]) {
        let widest = self.months.iter().map(|month| width(month.tick, SIZE)).max().unwrap_or(0) + 4;
        let first = centres.first().copied().unwrap_or(0);
        let apart = |every: usize| centres.get(every).is_none_or(|second| second - first >= widest);
        let every = [1, 2, 3, 4, 6, 12].into_iter().find(|every| apart(*every)).unwrap_or(24);
        let mut year = "";
        for (at, (month, x)) in self.months.iter().zip(centres).enumerate() {
            if at % every == 0 {
                let label = Label::new(*x, top + 14, Anchor::Middle, "c-soft", month.tick);
                let label = label.within((WIDTH - x).min(x - left + 6) * 2);
                canvas.write(label);
            }
            if month.year != year {
                year = month.year;
                let half = width(year, SIZE) / 2 + 1;
                let x = (*x).clamp(half, WIDTH - half);
                let label = Label::new(x, top + 32, Anchor::Middle, "c-soft", year);
                if canvas.is_free(&label.area()) {
                    canvas.write(label);
                }
            }
        }
        canvas.reach(top + 36);
    }

    /// Prints values where they meet nothing: the last, the least, then the others that miss the target, worst first.
    fn print_values(&self, canvas: &mut Canvas, points: &[Point], left: i64) {
        let last = points.last();
        let least = points.iter().min_by_key(|point| point.value);
        let least = least.filter(|least| last.is_none_or(|last| last.value != least.value));
        let mut missing: Vec<&Point> = points.iter().filter(|point| point.misses).collect();
        missing.sort_by_key(|point| (point.value, point.at));
        let mut done = Vec::new();
        for (point, place) in last.into_iter().chain(least).chain(missing).zip(0..) {
            if done.contains(&point.at) {
                continue;
            }
            done.push(point.at);
            let words = &*point.words;
            let half = heavy(words, SIZE) / 2 + 1;
            let x = point.x.clamp(left + half, (WIDTH - half).max(left + half));
            let class = if point.misses { "c-bad c-halo" } else { "c-num c-halo" };
            let places = if point.misses { [18, -8] } else { [-8, 18] };
            let labels = places.map(|below| Label::new(x, point.y + below, Anchor::Middle, class, words));
            let mut free =
                labels.into_iter().filter(|label| canvas.is_free(&label.area())).collect::<Vec<_>>();
            // The first two are told even on top of the line, the others only beside it.
            let beside = free.iter().position(|label| !crosses(points, &label.area()));
            if let Some(at) = beside.or((place < 2 && !free.is_empty()).then_some(0)) {
                canvas.write(free.swap_remove(at));
            }
        }
    }

    pub(super) fn table(&self) -> Table {
        let rows = self.months.iter().map(|month| (month.label, month.rate));
        Table::of_rates(self.heads, self.scale, self.target, rows)
    }
}

/// Whether the line runs through an area.
fn crosses(points: &[Point], area: &Area) -> bool {
    let neighbours = points.iter().zip(points.iter().skip(1)).filter(|(a, b)| a.at + 1 == b.at);
    neighbours.into_iter().any(|(a, b)| {
        let (from, to) = (area.x.max(a.x), (area.x + area.w).min(b.x));
        let y = |x: i64| a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x).max(1);
        let (high, low) = (y(from).min(y(to)), y(from).max(y(to)));
        from < to && high < area.y + area.h && low > area.y
    })
}

/// The line through neighbours; a month without value breaks it.
fn draw_line(canvas: &mut Canvas, points: &[Point]) {
    let mut path = String::new();
    let mut before = None;
    for point in points {
        let joins = before.is_some_and(|before: usize| before + 1 == point.at);
        let _ = write!(path, "{}{} {}", if joins { 'L' } else { 'M' }, point.x, point.y);
        before = Some(point.at);
    }
    let span = |of: fn(&Point) -> i64| {
        let least = points.iter().map(of).min().unwrap_or(0);
        (least, points.iter().map(of).max().unwrap_or(0) - least)
    };
    let ((x, w), (y, h)) = (span(|point| point.x), span(|point| point.y));
    if !path.is_empty() {
        canvas.path("c-trend", Area { x, y, w, h }, &path);
    }
}
