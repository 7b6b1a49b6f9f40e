//! How many enterprises a cadre covers: cadres counted by load, with the limit.
//!
//! In: one number a cadre. Out: a histogram that lies on its side, so that each class has room for its name and its count on
//! a telephone. Classes are equally wide and one ends exactly at the limit; the first may be narrower, the last open, and
//! both say so.
//!
//! Not here: who the cadres are.

use super::canvas::{Area, Canvas, Key, Mark, WIDTH};
use super::number::{signed, step};
use super::rows::{self, Row};
use super::{Frame, Table, filled};

/// Classes up to the limit, and above it before the open one.
const BELOW: u64 = 6;
const ABOVE: u64 = 4;

/// The most that one cadre should cover.
#[derive(Clone, Copy, Debug)]
pub struct Limit<'a> {
    /// Still within.
    pub most: u64,
    /// Said in the key beside the line.
    pub word: &'a str,
    /// Said in key and table of those above it.
    pub over: &'a str,
}

/// Cadres by load.
#[derive(Clone, Copy, Debug)]
pub struct Load<'a> {
    /// Words round the chart.
    pub frame: Frame<'a>,
    /// Enterprises of each cadre, in any order.
    pub loads: &'a [u64],
    /// What they should not exceed.
    pub limit: Option<Limit<'a>>,
    /// Name of a class, with `{from}` and `{to}`.
    pub class: &'a str,
    /// Name of the open class, with `{from}`.
    pub open: &'a str,
    /// Heads of the table: class, cadres.
    pub heads: [&'a str; 2],
}

/// Cadres with `from` to `to` enterprises.
#[derive(Debug)]
struct Class {
    from: u64,
    to: Option<u64>,
    cadres: u64,
}

impl Load<'_> {
    /// The chart as HTML.
    pub fn html(&self) -> String {
        self.frame.figure(&self.canvas(), &self.table())
    }

    /// The classes that have cadres, with how many.
    pub fn groups(&self) -> Vec<(String, u64)> {
        let classes = self.classes().into_iter().filter(|class| class.cadres > 0);
        classes.map(|class| (self.name(&class), class.cadres)).collect()
    }

    fn classes(&self) -> Vec<Class> {
        let Some(most) = self.loads.iter().max().copied() else { return Vec::new() };
        let limit = self.limit.map_or(most, |limit| limit.most);
        let wide = u64::try_from(step(signed(limit.div_ceil(BELOW)))).unwrap_or(u64::MAX);
        let mut classes = Vec::new();
        let mut from = 0;
        let mut to = self.limit.map_or(0, |_| limit % wide);
        while from <= most {
            let is_open = to > limit.saturating_add(wide.saturating_mul(ABOVE));
            let end = if is_open { u64::MAX } else { to };
            let cadres = self.loads.iter().filter(|load| (from..=end).contains(*load)).count() as u64;
            classes.push(Class { from, to: (!is_open).then_some(to), cadres });
            if is_open {
                break;
            }
            from = to.saturating_add(1);
            to = to.saturating_add(wide);
        }
        // Nothing is said by classes at the lower end that nobody is in.
        let first = classes.iter().position(|class| class.cadres > 0).unwrap_or(0);
        classes.split_off(first)
    }

    fn is_over(&self, class: &Class) -> bool {
        self.limit.is_some_and(|limit| class.from > limit.most)
    }

    fn name(&self, class: &Class) -> String {
        let from = self.frame.count(class.from);
        match class.to {
            Some(to) if to == class.from => from,
            Some(to) => filled(self.class, &[("from", &from), ("to", &self.frame.count(to))]),
            None => filled(self.open, &[("from", &from)]),
        }
    }

    pub(super) fn canvas(&self) -> Canvas {
        let mut canvas = Canvas::default();
        let classes = self.classes();
        let mut y = 0;
        if let Some(limit) = self.limit {
            let over = if classes.iter().any(|class| self.is_over(class)) { limit.over } else { "" };
            y = canvas.key(0, &[(Key::Line, limit.word), (Key::Mark(Mark::Missed), over)]);
        }
        let row = |class: &Class| {
            let is_over = self.is_over(class);
            Row {
                label: self.name(class),
                value: self.frame.count(class.cadres),
                length: Some(signed(class.cadres)),
                class: if is_over { "c-warn" } else { "c-main" },
                mark: (is_over && class.cadres > 0).then_some(Mark::Missed),
            }
        };
        let rows: Vec<Row> = classes.iter().map(row).collect();
        let ends = rows::draw(&mut canvas, y, &rows, None);
        if self.limit.is_some() {
            let within = classes.iter().filter(|class| !self.is_over(class)).count();
            let at = within.checked_sub(1).and_then(|last| ends.get(last)).copied().unwrap_or(y);
            canvas.line("c-target", Area { x: 0, y: at, w: WIDTH, h: 0 });
            canvas.reach(at + 1);
        }
        canvas
    }

    pub(super) fn table(&self) -> Table {
        let mut table = Table::new(&self.heads);
        for class in self.classes() {
            let mut cadres = self.frame.count(class.cadres);
            if let Some(limit) = self.limit.filter(|_| self.is_over(&class)) {
                cadres = format!("{cadres} {}", limit.over);
            }
            table.rows.push(vec![self.name(&class), cadres]);
        }
        table
    }
}
