//! The sheet a chart is drawn on: shapes and texts with their places, and the SVG made of them.
//!
//! In: shapes by class, texts by place. Out: the inside of an `svg` element. All shapes of a class are one path, grounds below
//! and signs above, and texts lie on top. The places stay readable, so that a test can ask whether texts collide.
//!
//! Not here: which class has which colour (the style sheet), what a chart shows.

use std::fmt::Write;

use super::lettering::{SIZE, fit, heavy, width};
use crate::text::escape_markup;

/// Width of every chart: what a telephone of 360 pixels leaves. Wider windows do not stretch it.
pub const WIDTH: i64 = 344;

/// Classes of shapes from the ground up; a class that is not named here lies on top.
const ORDER: [&str; 10] =
    ["c-wash", "c-tint", "c-line", "c-due", "c-trend", "c-half", "c-soft", "c-main", "c-warn", "c-cut"];

/// A rectangle of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// Left edge.
    pub x: i64,
    /// Upper edge.
    pub y: i64,
    /// Width.
    pub w: i64,
    /// Height.
    pub h: i64,
}

impl Area {
    /// Whether the two have a point in common that is not on an edge.
    pub fn meets(&self, other: &Area) -> bool {
        self.x < other.x + other.w
            && other.x < self.x + self.w
            && self.y < other.y + other.h
            && other.y < self.y + self.h
    }
}

/// Which end of a text its place names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The left one.
    Start,
    /// Its middle.
    Middle,
    /// The right one.
    End,
}

/// Signs that say in shape what the colour says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A triangle on its head: misses, late.
    Missed,
    /// A dot: a value.
    Dot,
    /// A tick: done.
    Done,
    /// A triangle to the right: under way.
    Running,
    /// A ring: not yet begun.
    Coming,
}

/// An entry of the key: what a shape stands for.
#[derive(Clone, Copy, Debug)]
pub enum Key {
    /// A patch of a class.
    Fill(&'static str),
    /// A sign.
    Mark(Mark),
    /// The target's line.
    Line,
    /// Words alone.
    Words,
}

/// A text with its place; `full` is what was cut.
#[derive(Clone, Debug)]
pub struct Label {
    /// Where the anchor stands.
    pub x: i64,
    /// The base line.
    pub y: i64,
    /// Which end `x` names.
    pub anchor: Anchor,
    /// Size of the letters.
    pub size: i64,
    /// Class of the style sheet; empty for plain ink.
    pub class: &'static str,
    /// What is printed.
    pub text: String,
    /// The whole text, when it was shortened.
    pub full: Option<String>,
}

impl Label {
    /// A text of the usual size.
    pub fn new(x: i64, y: i64, anchor: Anchor, class: &'static str, text: &str) -> Label {
        Label { x, y, anchor, size: SIZE, class, text: text.to_string(), full: None }
    }

    /// The same shortened to a room.
    pub fn within(mut self, room: i64) -> Label {
        let room = if self.is_heavy() { room * 10 / 11 } else { room };
        let cut = fit(&self.text, self.size, room);
        if cut != self.text {
            self.full = Some(std::mem::replace(&mut self.text, cut));
        }
        self
    }

    fn is_heavy(&self) -> bool {
        self.class.contains("c-num") || self.class.contains("c-bad")
    }

    /// The place it takes.
    pub fn area(&self) -> Area {
        let w = if self.is_heavy() { heavy(&self.text, self.size) } else { width(&self.text, self.size) };
        let x = match self.anchor {
            Anchor::Start => self.x,
            Anchor::Middle => self.x - w / 2,
            Anchor::End => self.x - w,
        };
        Area { x, y: self.y - self.size * 9 / 10, w, h: self.size * 11 / 10 }
    }
}

/// The sheet.
#[derive(Debug, Default)]
pub struct Canvas {
    /// Height so far.
    pub height: i64,
    layers: Vec<(&'static str, String)>,
    /// Where shapes lie.
    pub shapes: Vec<Area>,
    /// Where signs lie, which no text may cover.
    pub marks: Vec<Area>,
    /// The texts.
    pub labels: Vec<Label>,
}

impl Canvas {
    /// Makes the sheet reach down to `y`.
    pub fn reach(&mut self, y: i64) {
        self.height = self.height.max(y);
    }

    /// Fills a rectangle; one without width or height is nothing.
    pub fn fill(&mut self, class: &'static str, area: Area) {
        if area.w > 0 && area.h > 0 {
            self.path(class, area, &format!("M{} {}h{}v{}h-{}z", area.x, area.y, area.w, area.h, area.w));
        }
    }

    /// Draws a path that lies in an area.
    pub fn path(&mut self, class: &'static str, area: Area, path: &str) {
        self.shapes.push(area);
        match self.layers.iter_mut().find(|(known, _)| *known == class) {
            Some((_, all)) => all.push_str(path),
            None => {
                let place =
                    |class: &str| ORDER.iter().position(|known| *known == class).unwrap_or(ORDER.len());
                let at = self.layers.partition_point(|(known, _)| place(known) <= place(class));
                self.layers.insert(at, (class, path.to_string()));
            }
        }
    }

    /// Draws a straight line, along one of the axes.
    pub fn line(&mut self, class: &'static str, area: Area) {
        let path = match area.w {
            0 => format!("M{} {}v{}", area.x, area.y, area.h),
            w => format!("M{} {}h{w}", area.x, area.y),
        };
        self.path(class, area, &path);
    }

    /// Draws a sign round a point.
    pub fn mark(&mut self, mark: Mark, x: i64, y: i64) {
        let area = Area { x: x - 4, y: y - 4, w: 8, h: 8 };
        let round = format!("M{} {y}a3 3 0 1 0 6 0a3 3 0 1 0-6 0z", x - 3);
        let (class, path) = match mark {
            Mark::Missed => ("c-warn", format!("M{} {}h8l-4 7z", x - 4, y - 3)),
            Mark::Dot => ("c-main", round),
            Mark::Done => ("c-tick", format!("M{} {y}l3 3 5-6", x - 4)),
            Mark::Running => ("c-main", format!("M{} {}l6 4-6 4z", x - 3, y - 4)),
            Mark::Coming => ("c-ring", round),
        };
        self.path(class, area, &path);
        self.marks.push(area);
    }

    /// Sets a text.
    pub fn write(&mut self, label: Label) {
        if !label.text.is_empty() {
            self.labels.push(label);
        }
    }

    /// Whether an area is free of texts and signs.
    pub fn is_free(&self, area: &Area) -> bool {
        !self.marks.iter().any(|mark| mark.meets(area))
            && !self.labels.iter().any(|label| label.area().meets(area))
    }

    /// Writes the key in as many lines as it needs, and returns where it ends.
    pub fn key(&mut self, y: i64, entries: &[(Key, &str)]) -> i64 {
        let (mut x, mut line) = (0, y);
        for (key, words) in entries.iter().filter(|(_, words)| !words.is_empty()) {
            let sign = if matches!(key, Key::Words) { 0 } else { 16 };
            let w = sign + width(words, SIZE).min(WIDTH - sign);
            if x > 0 && x + w > WIDTH {
                (x, line) = (0, line + 20);
            }
            let middle = line + 9;
            match key {
                Key::Fill(class) => self.fill(class, Area { x: x + 1, y: middle - 5, w: 10, h: 10 }),
                Key::Mark(mark) => self.mark(*mark, x + 6, middle),
                Key::Line => self.line("c-target", Area { x, y: middle, w: 12, h: 0 }),
                Key::Words => {}
            }
            let label = Label::new(x + sign, line + 14, Anchor::Start, "c-soft", words);
            self.write(label.within(WIDTH - sign));
            x += w + 16;
        }
        let end = if x == 0 { y } else { line + 26 };
        self.reach(end);
        end
    }

    /// The shapes and texts as elements of SVG.
    pub fn elements(&self) -> String {
        let mut out = String::new();
        for (class, path) in &self.layers {
            let _ = write!(out, "<path class=\"{class}\" d=\"{path}\"/>");
        }
        let mut groups: Vec<(&Label, Vec<&Label>)> = Vec::new();
        for label in &self.labels {
            let alike = |first: &Label| {
                (first.class, first.anchor, first.size) == (label.class, label.anchor, label.size)
            };
            match groups.iter_mut().find(|(first, _)| alike(first)) {
                Some((_, group)) => group.push(label),
                None => groups.push((label, vec![label])),
            }
        }
        for (first, group) in groups {
            let anchor = match first.anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            };
            let _ = write!(out, "<g text-anchor=\"{anchor}\" font-size=\"{}\"", first.size);
            if !first.class.is_empty() {
                let _ = write!(out, " class=\"{}\"", first.class);
            }
            out.push('>');
            for label in group {
                let _ = write!(out, "<text x=\"{}\" y=\"{}\">", label.x, label.y);
                if let Some(full) = &label.full {
                    let _ = write!(out, "<title>{}</title>", escape_markup(full));
                }
                out.push_str(&escape_markup(&label.text));
                out.push_str("</text>");
            }
            out.push_str("</g>");
        }
        out
    }
}
