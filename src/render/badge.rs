//! The badge of an enterprise: a small SVG that other sites may show, with a link to its page.
//!
//! In: an enterprise with its standing and samples. Out: its name, its level of coverage, the last quarter that can be told
//! of, the last sampling result, all in words: a bare letter would be taken for a grade. The day is that of the newest
//! fact on it, not the as-of date, so that a badge changes when something happened and not every day.
//!
//! Not here: whether there are badges (`plan`), and the page, which is what counts.

use tera::Value;

use super::Renderer;
use super::values::object;
use crate::calendar::Date;
use crate::disclose::{PublicRecord, QuarterState};
use crate::plan::badge_path;
use crate::record::edges::Handle;
use crate::record::{blacklist, enterprise, sample};
use crate::text::escape_markup;

/// Width of every badge.
const WIDTH: usize = 340;
/// Height of a line and of the room above the first.
const LINE: usize = 24;
/// Half-width characters that a line of the name holds, and its lines.
const NAME_WIDTH: usize = 36;
const NAME_LINES: usize = 2;

/// What a badge says.
struct Badge {
    name: Vec<String>,
    lines: Vec<String>,
}

impl Renderer<'_> {
    pub(super) fn badge(&self, handle: Handle) -> Vec<u8> {
        let Some(record) = self.portal.record(handle) else { return Vec::new() };
        let badge = self.badge_of(handle, record);
        let height = badge.height();
        let told = self.portal.locale.join("comma", &badge.lines);
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"t d\" lang=\"{}\">\n<title id=\"t\">{}</title>\n<desc id=\"d\">{}</desc>\n<rect x=\".5\" y=\".5\" width=\"{}\" height=\"{}\" rx=\"6\" fill=\"#fff\" stroke=\"#1d4e89\"/>\n",
            escape_markup(&self.portal.settings.language),
            escape_markup(record.title()),
            escape_markup(&told),
            WIDTH - 1,
            height - 1,
        );
        let names = badge.name.iter().map(|line| (line, "17\" font-weight=\"700"));
        let facts = badge.lines.iter().map(|line| (line, "14"));
        for (nth, (line, size)) in names.chain(facts).enumerate() {
            let y = LINE * (nth + 1) + 2;
            svg.push_str(&format!(
                "<text x=\"14\" y=\"{y}\" font-family=\"sans-serif\" font-size=\"{size}\" fill=\"#1a1a1a\">{}</text>\n",
                escape_markup(line)
            ));
        }
        svg.push_str("</svg>\n");
        svg.into_bytes()
    }

    /// The badge as an enterprise's page shows it: where it is, and what another site pastes.
    pub(super) fn badge_view(&self, handle: Handle) -> Value {
        let (Some(path), Some(page), Some(record)) =
            (badge_path(self.portal, handle), self.portal.path(handle), self.portal.record(handle))
        else {
            return Value::none();
        };
        let base = &self.portal.settings.base_url;
        let height = self.badge_of(handle, record).height();
        let snippet = format!(
            "<a href=\"{0}{1}\"><img src=\"{0}{2}\" width=\"{WIDTH}\" height=\"{height}\" alt=\"{3}{5}{4}\"></a>",
            escape_markup(base),
            escape_markup(page),
            escape_markup(&path),
            escape_markup(record.title()),
            escape_markup(self.word("badge_alt")),
            escape_markup(self.word("colon")),
        );
        object([("snippet", snippet.into()), ("path", path.into())])
    }

    fn badge_of(&self, handle: Handle, record: PublicRecord<'_>) -> Badge {
        let view = record.view();
        let locale = &self.portal.locale;
        let mut lines = Vec::new();
        let mut newest = self.portal.published(handle);
        match (view.choice(enterprise::COVERAGE_LEVEL), view.choice(enterprise::STATUS)) {
            (Some(level), status) => {
                let told = status.filter(|status| status.key != "active");
                let parts = [Some(level), told].into_iter().flatten().map(|choice| choice.label_in(locale));
                lines.push(locale.join("comma", parts));
                if let Some((line, day)) = self.quarter_line(handle) {
                    lines.push(line);
                    newest = newest.max(day);
                }
                let (line, day) = self.sample_line(handle);
                lines.push(line);
                newest = newest.max(day);
            }
            (None, status) => lines.extend(status.map(|status| status.label_in(locale).to_string())),
        }
        if !self.portal.incoming_of(handle, self.portal.kind(&blacklist::KIND)).is_empty() {
            lines.push(self.word("badge_blacklisted").to_string());
        }
        let as_of = newest.map_or(String::new(), |day| {
            format!("{} {day}{}", self.word("badge_day").trim_end(), self.word("comma"))
        });
        lines.push(format!("{as_of}{}", self.word("badge_note")));
        Badge { name: wrapped(record.title()), lines }
    }

    /// The quarter of today once it was visited, else the one before: what can be told already.
    fn quarter_line(&self, handle: Handle) -> Option<(String, Option<Date>)> {
        let [.., before, now] = self.portal.standing(handle)?.quarters;
        let cell = if now.is_done() { now } else { before };
        let state = match cell.state {
            QuarterState::Done => "quarter_done",
            QuarterState::Open => "quarter_open",
            QuarterState::Missed => "quarter_missed",
            QuarterState::Due => "quarter_due",
            QuarterState::NotOwed => return None,
        };
        let quarter = self.portal.locale.quarter(cell.quarter);
        let line = format!(
            "{quarter}{}{}{}{}",
            self.word("gap"),
            self.word("badge_visit"),
            self.word("colon"),
            self.word(state)
        );
        Some((line, cell.date))
    }

    /// The verdict on the newest sample drawn here.
    fn sample_line(&self, handle: Handle) -> (String, Option<Date>) {
        let edges = self.portal.incoming_of(handle, self.portal.kind(&sample::KIND)).iter();
        let drawn = edges.filter(|edge| edge.slot != sample::PRODUCER.0).filter_map(|edge| {
            let view = self.portal.record(edge.end)?.view();
            let day = view.date(sample::REPORTED_ON).or_else(|| view.date(sample::SAMPLED_ON));
            let day = day.or_else(|| self.portal.published(edge.end));
            Some((day, edge.end, view.choice(sample::CONCLUSION)?))
        });
        let colon = self.word("colon");
        let Some((day, _, verdict)) = drawn.max_by_key(|(day, end, _)| (*day, *end)) else {
            return (format!("{}{colon}{}", self.word("badge_sample"), self.word("badge_no_sample")), None);
        };
        let verdict = verdict.label_in(&self.portal.locale);
        let of_day =
            day.map_or(String::new(), |day| format!("{}{day}{}", self.word("open"), self.word("close")));
        (format!("{}{of_day}{colon}{verdict}", self.word("badge_sample")), day)
    }
}

impl Badge {
    fn height(&self) -> usize {
        LINE * (self.name.len() + self.lines.len()) + 16
    }
}

/// A name on as many lines as it needs, at most two; `…` stands for what does not fit.
fn wrapped(name: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut width = 0;
    for c in name.chars() {
        let own = if c.is_ascii() { 1 } else { 2 };
        if width + own > NAME_WIDTH {
            if lines.len() == NAME_LINES {
                lines.iter_mut().skip(1).for_each(|line| line.push('…'));
                return lines;
            }
            lines.push(String::new());
            width = 0;
        }
        if let Some(line) = lines.last_mut() {
            line.push(c);
        }
        width += own;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_takes_two_lines_and_ends_in_an_ellipsis() {
        assert_eq!(wrapped("样板镇样例饭店"), ["样板镇样例饭店"]);
        let long = "示".repeat(20);
        assert_eq!(wrapped(&long), ["示".repeat(18), "示".repeat(2)]);
        let longer = wrapped(&"示".repeat(60));
        assert_eq!(longer.len(), 2);
        assert!(longer[1].ends_with('…') && !longer[0].ends_with('…'));
    }
}
