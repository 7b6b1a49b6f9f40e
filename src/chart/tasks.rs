//! Tasks by phase on an axis of time (作战图).
//!
//! In: phases, groups of tasks with first and last day and state, the day of the picture. Out: phases as bands behind all,
//! tasks as bars below their names, one line at the day. A name has a line of its own, for a column of names would leave no
//! room for time on a telephone. The state is a sign and a word beside the name, besides the colour.
//!
//! Not here: which task is late, which is decided where tasks are judged.

use super::canvas::{Anchor, Area, Canvas, Key, Label, Mark, WIDTH};
use super::lettering::{SIZE, heavy, width};
use super::{Frame, Table, filled};
use crate::calendar::Date;

/// Heights: of a task, of a group's heading; where the bar of a task begins.
const ROW: i64 = 38;
const HEAD: i64 = 30;
const BAR: i64 = 23;

/// How far a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Finished.
    Done,
    /// Begun and in time.
    Running,
    /// Past its last day and not finished.
    Late,
    /// Not yet begun.
    Coming,
}

/// A phase of the plan.
#[derive(Clone, Copy, Debug)]
pub struct Phase<'a> {
    /// Its name.
    pub label: &'a str,
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub to: Date,
}

/// A task.
#[derive(Clone, Copy, Debug)]
pub struct Task<'a> {
    /// Its name.
    pub label: &'a str,
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub to: Date,
    /// How far it is.
    pub state: State,
}

/// The tasks of a department.
#[derive(Clone, Copy, Debug)]
pub struct Group<'a> {
    /// Its name.
    pub label: &'a str,
    /// Its tasks, in their order.
    pub tasks: &'a [Task<'a>],
}

/// A plan.
#[derive(Clone, Copy, Debug)]
pub struct Tasks<'a> {
    /// Words round the chart.
    pub frame: Frame<'a>,
    /// The phases, in their order.
    pub phases: &'a [Phase<'a>],
    /// The groups, in their order.
    pub groups: &'a [Group<'a>],
    /// The day of the picture and its name; none draws no line.
    pub today: Option<(Date, &'a str)>,
    /// Words for done, running, late, coming.
    pub states: [&'a str; 4],
    /// Name of a month below the axis, with `{n}`.
    pub month: &'a str,
    /// Heads of the table: task, group, first day, last day, state.
    pub heads: [&'a str; 5],
}

/// Days from the first to the last that anything needs, along the width of the sheet.
#[derive(Clone, Copy)]
struct Axis {
    from: Date,
    to: Date,
}

impl Axis {
    fn x(self, day: Date) -> i64 {
        let all = days(self.from, self.to).max(1);
        (days(self.from, day) * WIDTH / all).clamp(0, WIDTH)
    }

    /// The room of the days `from` to `to`, both included, at least one wide.
    fn room(self, from: Date, to: Date) -> (i64, i64) {
        let x = self.x(from).min(WIDTH - 1);
        let end = self.x(to.plus_days(1));
        (x, (end - x).max(1))
    }
}

/// The first day of the month behind that of a first day.
fn next_month(first: Date) -> Date {
    let later = first.plus_days(31);
    later.plus_days(1 - i64::from(later.day()))
}

fn days(from: Date, to: Date) -> i64 {
    to.days_since(from)
}

impl Tasks<'_> {
    /// The chart as HTML.
    pub fn html(&self) -> String {
        self.frame.figure(&self.canvas(), &self.table())
    }

    fn tasks(&self) -> impl Iterator<Item = &Task<'_>> {
        self.groups.iter().flat_map(|group| group.tasks)
    }

    fn axis(&self) -> Option<Axis> {
        let spans = self.phases.iter().map(|phase| (phase.from, phase.to));
        let spans = spans.chain(self.tasks().map(|task| (task.from, task.to)));
        let (from, to) = spans.reduce(|all, span| (all.0.min(span.0), all.1.max(span.1).max(span.0)))?;
        Some(Axis { from, to: to.plus_days(1) })
    }

    fn word(&self, state: State) -> &str {
        let [done, running, late, coming] = self.states;
        match state {
            State::Done => done,
            State::Running => running,
            State::Late => late,
            State::Coming => coming,
        }
    }

    pub(super) fn canvas(&self) -> Canvas {
        let mut canvas = Canvas::default();
        let Some(axis) = self.axis() else { return canvas };
        let used = [State::Done, State::Running, State::Late, State::Coming].into_iter();
        let used = used.filter(|state| self.tasks().any(|task| task.state == *state));
        let keys: Vec<(Key, &str)> = used.map(|state| (Key::Mark(sign(state)), self.word(state))).collect();
        let y = canvas.key(0, &keys);
        let groups = self.groups.iter().filter(|group| !group.tasks.is_empty());
        let rows: i64 = groups.map(|group| HEAD + i64::try_from(group.tasks.len()).unwrap_or(0) * ROW).sum();
        let numbered =
            self.phases.iter().any(|phase| width(phase.label, SIZE) + 6 > axis.room(phase.from, phase.to).1);
        let names: Vec<String> =
            self.phases.iter().zip(1..).map(|(phase, number)| format!("{number} {}", phase.label)).collect();
        let names: Vec<(Key, &str)> = names.iter().map(|name| (Key::Words, name.as_str())).collect();
        let bands = if numbered { canvas.key(y, &names) } else { y };
        let day = bands + if self.phases.is_empty() { 0 } else { 22 };
        let plot = day + self.today.map_or(0, |_| 20);
        let bottom = plot + rows + 6;
        self.draw_phases(&mut canvas, axis, bands, bottom, numbered);
        self.draw_months(&mut canvas, axis, bottom);
        self.draw_today(&mut canvas, axis, day);
        let mut top = plot;
        for group in self.groups.iter().filter(|group| !group.tasks.is_empty()) {
            canvas.fill("c-line", Area { x: 0, y: top + 3, w: WIDTH, h: 1 });
            let heading = Label::new(4, top + 22, Anchor::Start, "c-num", group.label);
            canvas.write(heading.within(WIDTH - 8));
            top += HEAD;
            for task in group.tasks {
                self.draw_task(&mut canvas, axis, task, top);
                top += ROW;
            }
        }
        canvas
    }

    /// Bands behind all, every second one filled. Unless every name fits its band, all have numbers and a key.
    fn draw_phases(&self, canvas: &mut Canvas, axis: Axis, top: i64, bottom: i64, numbered: bool) {
        for (phase, number) in self.phases.iter().zip(1..) {
            let (x, w) = axis.room(phase.from, phase.to);
            if number % 2 == 1 {
                canvas.fill("c-tint", Area { x, y: top, w, h: bottom - top });
            }
            let name = if numbered { number.to_string() } else { phase.label.to_string() };
            let label = Label::new(x + w / 2, top + 15, Anchor::Middle, "", &name);
            if label.area().w <= w && canvas.is_free(&label.area()) {
                canvas.write(label);
            }
        }
    }

    /// Months below, and their names at the first spacing at which they do not touch; January has the name of the year.
    fn draw_months(&self, canvas: &mut Canvas, axis: Axis, bottom: i64) {
        canvas.fill("c-line", Area { x: 0, y: bottom, w: WIDTH, h: 1 });
        let name = |day: Date| match day.month() {
            1 => day.year().to_string(),
            month => filled(self.month, &[("n", &month.to_string())]),
        };
        let mut months = Vec::new();
        let mut next = axis.from.plus_days(1 - i64::from(axis.from.day()));
        while next <= axis.to {
            months.push(next);
            let after = next_month(next);
            if after <= next {
                break;
            }
            next = after;
        }
        months.retain(|first| *first >= axis.from && *first < axis.to);
        let widest = months.iter().map(|first| width(&name(*first), SIZE)).max().unwrap_or(0) + 5;
        let all = days(axis.from, axis.to).max(1);
        let every = [1, 2, 3, 6, 12, 24, 60].into_iter().find(|every| every * 28 * WIDTH / all >= widest);
        if months.is_empty() {
            let first = axis.from.to_string();
            canvas.write(Label::new(0, bottom + 19, Anchor::Start, "c-soft", &first));
        }
        for first in months {
            let x = axis.x(first);
            canvas.fill("c-line", Area { x, y: bottom, w: 1, h: 5 });
            let number = i64::from(first.year()) * 12 + i64::from(first.month()) - 1;
            let label = Label::new(x, bottom + 19, Anchor::Start, "c-soft", &name(first));
            if number % every.unwrap_or(120) == 0 && x + label.area().w <= WIDTH {
                canvas.write(label);
            }
        }
        canvas.reach(bottom + 24);
    }

    /// The day of the picture is named once; its line crosses the bars and leaves out the names.
    fn draw_today(&self, canvas: &mut Canvas, axis: Axis, y: i64) {
        let Some((day, words)) = self.today.filter(|(day, _)| (axis.from..=axis.to).contains(day)) else {
            return;
        };
        let x = axis.x(day);
        let half = (heavy(words, SIZE) + 1) / 2;
        let middle = x.clamp(half.min(WIDTH / 2), (WIDTH - half).max(WIDTH / 2));
        canvas.write(Label::new(middle, y + 13, Anchor::Middle, "c-num", words).within(WIDTH));
        canvas.line("c-target", Area { x: x.min(WIDTH - 1), y: y + 16, w: 0, h: 6 });
    }

    fn draw_task(&self, canvas: &mut Canvas, axis: Axis, task: &Task<'_>, top: i64) {
        let word = self.word(task.state);
        let class = if task.state == State::Late { "c-bad" } else { "c-soft" };
        canvas.mark(sign(task.state), 8, top + 11);
        canvas.write(Label::new(WIDTH - 4, top + 16, Anchor::End, class, word).within(WIDTH / 3));
        let room = WIDTH - 4 - 18 - 10 - heavy(word, SIZE).min(WIDTH / 3);
        canvas.write(Label::new(18, top + 16, Anchor::Start, "", task.label).within(room));
        // One day of a long plan must still be seen.
        let (x, w) = axis.room(task.from, task.to.max(task.from));
        let (x, w) = (x.min(WIDTH - 3), w.max(3));
        let class = match task.state {
            State::Done => "c-main",
            State::Running => "c-half",
            State::Late => "c-warn",
            State::Coming => "c-due",
        };
        canvas.fill(class, Area { x, y: top + BAR, w, h: 9 });
        if let Some((day, _)) = self.today.filter(|(day, _)| (axis.from..=axis.to).contains(day)) {
            let x = axis.x(day).min(WIDTH - 1);
            canvas.line("c-target", Area { x, y: top + BAR - 3, w: 0, h: 15 });
        }
    }

    pub(super) fn table(&self) -> Table {
        let mut table = Table::new(&self.heads);
        for group in self.groups {
            for task in group.tasks {
                table.rows.push(vec![
                    task.label.to_string(),
                    group.label.to_string(),
                    task.from.to_string(),
                    task.to.to_string(),
                    self.word(task.state).to_string(),
                ]);
            }
        }
        table
    }
}

/// The sign of a state.
fn sign(state: State) -> Mark {
    match state {
        State::Done => Mark::Done,
        State::Running => Mark::Running,
        State::Late => Mark::Missed,
        State::Coming => Mark::Coming,
    }
}
