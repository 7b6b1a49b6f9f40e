//! Figures: what the portal counts itself, once, by region, period and class.
//!
//! In: the records behind the gate with their indexes. Out: [`Figures`], from which a page or a text takes a [`Figure`] by
//! measure, region, period and class, and never a number alone: each has its numerator, denominator, scope and the day
//! of the newest fact in it. That day, not the as-of date, is printed, so that a figure changes only when a fact does.
//!
//! Not here: what is counted out of what (`record::measure`), the words around a figure (`render`).

mod answers;
mod count;
mod records;
mod tally;

use std::collections::BTreeMap;

use super::portal::Portal;
use crate::calendar::{Date, period::Period};
use crate::rate;
use crate::record::edges::Handle;
use crate::record::measure::{Class, MEASURES, Measure, Rhythm, Unit};
use crate::record::region;
use crate::text::content_hash;

use answers::previous;
pub use answers::{Answer, Answers};
pub(super) use count::count_figures;

/// Stands for the portal's own region, that is for everything.
const WHOLE: u32 = u32::MAX;

/// What one figure is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Key {
    region: u32,
    measure: u8,
    period: Option<Period>,
    class: Option<(Class, u32)>,
}

/// What was counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Parts {
    num: i64,
    den: i64,
    day: Option<Date>,
}

impl Parts {
    fn add(&mut self, other: Parts) {
        self.num += other.num;
        self.den += other.den;
        self.day = self.day.max(other.day);
    }
}

/// All figures of a portal.
#[derive(Debug, Default)]
pub struct Figures {
    cells: BTreeMap<Key, Parts>,
    /// Values of classes.
    names: Vec<Box<str>>,
    /// The running year and quarter.
    running: Vec<Period>,
    /// By cadre, how many enterprises he covers now.
    loads: Vec<u32>,
}

/// One figure with all that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure<'p> {
    /// Place of its measure among [`MEASURES`].
    pub at: usize,
    /// What is counted out of what.
    pub measure: &'static Measure,
    /// Where; none for the whole portal.
    pub region: Option<Handle>,
    /// When; none for how things stand.
    pub period: Option<Period>,
    /// Of which class.
    pub class: Option<(Class, &'p str)>,
    /// The numerator, in the measure's unit; hours in hundredths.
    pub num: i64,
    /// The denominator.
    pub den: Option<i64>,
    /// The day of the newest fact that was counted.
    pub day: Option<Date>,
    /// The target in hundredths.
    pub target: Option<i64>,
    /// Whether the target is reached; none while its period runs and it is not.
    pub met: Option<bool>,
}

impl Figure<'_> {
    /// The value in hundredths; none where nothing could be counted out of nothing.
    pub fn hundredths(&self) -> Option<i128> {
        let (num, den) = (i128::from(self.num), i128::from(self.den.unwrap_or(0)));
        match self.measure.unit {
            Unit::Number => Some(num * 100),
            Unit::Hours => Some(num),
            Unit::Percent => rate::percent(num, den, 2),
            Unit::Mean => rate::scaled(num, den, 2),
            Unit::PerThousand => rate::scaled(num.checked_mul(1000)?, den, 2),
        }
    }

    /// The value as pages tell it: without digits behind the point where it is whole and was not rounded.
    pub fn shown(&self) -> Option<String> {
        let per = match self.measure.unit {
            Unit::Number | Unit::Hours => return self.value(),
            Unit::Percent => 100,
            Unit::Mean => 1,
            Unit::PerThousand => 1000,
        };
        let (num, den) = (i128::from(self.num) * per, i128::from(self.den.unwrap_or(0)));
        if !rate::is_exact(num, den, 0) {
            return self.value();
        }
        self.hundredths().map(|value| rate::short(value, 2))
    }

    /// The value as data files have it: two digits behind the point where it is a quotient.
    pub fn value(&self) -> Option<String> {
        match self.measure.unit {
            Unit::Number => Some(self.num.to_string()),
            Unit::Hours => Some(self.numerator()),
            _ => self.hundredths().map(|value| rate::text(value, 2)),
        }
    }

    /// The numerator in digits.
    pub fn numerator(&self) -> String {
        match self.measure.unit {
            Unit::Hours => short(self.num),
            _ => self.num.to_string(),
        }
    }

    /// The target in digits.
    pub fn target_text(&self) -> Option<String> {
        self.target.map(short)
    }
}

/// Hundredths without digits that say nothing: `40`, `1.5`.
fn short(hundredths: i64) -> String {
    let text = rate::text(i128::from(hundredths), 2);
    text.strip_suffix(".00").or_else(|| text.strip_suffix('0')).unwrap_or(&text).to_string()
}

impl Portal {
    /// The figure of a measure, for a region or the whole portal.
    pub fn figure(
        &self,
        measure: usize,
        region: Option<Handle>,
        period: Option<Period>,
        class: Option<(Class, &str)>,
    ) -> Option<Figure<'_>> {
        let class = match class {
            Some((class, value)) => {
                let at = self.figures.names.iter().position(|known| **known == *value)?;
                Some((class, at as u32))
            }
            None => None,
        };
        let key = Key { region: self.figure_region(region), measure: measure as u8, period, class };
        self.figures.cells.get(&key).and_then(|parts| self.figure_of(&key, parts))
    }

    /// The figures of a measure in a region and period by a class, most first.
    pub fn figures_by(
        &self,
        measure: usize,
        region: Option<Handle>,
        period: Option<Period>,
        class: Class,
    ) -> Vec<Figure<'_>> {
        let key = |value| Key {
            region: self.figure_region(region),
            measure: measure as u8,
            period,
            class: Some((class, value)),
        };
        let cells = self.figures.cells.range(key(0)..=key(u32::MAX));
        let mut found: Vec<Figure<'_>> =
            cells.filter_map(|(key, parts)| self.figure_of(key, parts)).collect();
        match class.values() {
            Some(values) => found.sort_by_key(|figure| {
                figure.class.and_then(|(_, value)| values.iter().position(|known| known.key == value))
            }),
            None if class == Class::Phase => {}
            None => found.sort_by(|a, b| {
                let key = |figure: &Figure<'_>| {
                    (
                        std::cmp::Reverse(figure.den.unwrap_or(0).max(figure.num)),
                        figure.class.map(|(_, value)| value.to_string()),
                    )
                };
                key(a).cmp(&key(b))
            }),
        }
        found
    }

    /// The periods in which a measure was counted in a region, oldest first: years, quarters or months.
    pub fn figure_periods(&self, measure: usize, region: Option<Handle>, like: Period) -> Vec<Period> {
        let (region, measure) = (self.figure_region(region), measure as u8);
        let first = Key { region, measure, period: None, class: None };
        let cells = self
            .figures
            .cells
            .range(first..)
            .take_while(|(key, _)| key.region == region && key.measure == measure);
        let mut periods: Vec<Period> =
            cells.filter_map(|(key, _)| key.period.filter(|period| period.is_like(like))).collect();
        periods.dedup();
        periods
    }

    /// The period in which a measure of this rhythm is told first, the running one or the last that is over; none for what
    /// is told as it stands.
    pub fn running(&self, rhythm: Rhythm) -> Option<Period> {
        let is = |wanted: fn(&Period) -> bool| self.figures.running.iter().copied().find(wanted);
        match rhythm {
            Rhythm::Now => None,
            Rhythm::Quarter => is(|period| matches!(period, Period::Quarter(..))),
            Rhythm::PastQuarter => self.running(Rhythm::Quarter).map(previous),
            Rhythm::MonthAndYear | Rhythm::Year => is(|period| matches!(period, Period::Year(_))),
        }
    }

    /// How many enterprises a cadre covers now.
    pub fn load(&self, cadre: Handle) -> u32 {
        self.figures.loads.get(cadre.no as usize).copied().unwrap_or(0)
    }

    /// The regions below the portal's own that have figures, in the order of their places.
    pub fn figure_regions(&self) -> Vec<Handle> {
        let kind = self.kind(&region::KIND);
        let mut regions: Vec<u32> = self.figures.cells.keys().map(|key| key.region).collect();
        regions.dedup();
        regions.into_iter().filter(|no| *no != WHOLE).map(|no| Handle { kind, no }).collect()
    }

    /// Whether anything was counted in a region.
    pub fn has_figures_of(&self, region: Handle) -> bool {
        self.cells_of(Some(region)).next().is_some()
    }

    /// The day of the newest fact that any figure of a region counts.
    pub fn figures_day(&self, region: Option<Handle>) -> Option<Date> {
        self.cells_of(region).filter_map(|(_, parts)| parts.day).max()
    }

    fn cells_of(&self, region: Option<Handle>) -> impl Iterator<Item = (&Key, &Parts)> {
        let region = self.figure_region(region);
        let first = Key { region, measure: 0, period: None, class: None };
        self.figures.cells.range(first..).take_while(move |(key, _)| key.region == region)
    }

    /// Whether anything was counted.
    pub fn has_figures(&self) -> bool {
        !self.figures.cells.is_empty()
    }

    /// A content key of all figures of a region, or of the whole portal.
    pub fn figures_key(&self, region: Option<Handle>) -> u128 {
        let cells = self.cells_of(region);
        let mut text = format!("{:?}", self.figures.running);
        for (key, parts) in cells {
            let of = key.class.and_then(|(class, at)| Some((class, self.figures.names.get(at as usize)?)));
            text.push_str(&format!("{}{:?}{of:?}{parts:?}", key.measure, key.period));
        }
        content_hash(text.as_bytes())
    }

    fn figure_region(&self, region: Option<Handle>) -> u32 {
        let own = self.find(&region::KIND, &self.settings.region);
        region.filter(|region| Some(*region) != own).map_or(WHOLE, |region| region.no)
    }

    fn figure_of(&self, key: &Key, parts: &Parts) -> Option<Figure<'_>> {
        let measure = MEASURES.get(usize::from(key.measure))?;
        let class = match key.class {
            Some((class, at)) => Some((class, &**self.figures.names.get(at as usize)?)),
            None => None,
        };
        let mut figure = Figure {
            at: usize::from(key.measure),
            measure,
            region: (key.region != WHOLE).then(|| Handle { kind: self.kind(&region::KIND), no: key.region }),
            period: key.period,
            class,
            num: parts.num,
            den: measure.den.map(|_| parts.den),
            day: parts.day,
            target: None,
            met: None,
        };
        // Targets are set for the whole and for levels, and by quarter or year: not for single foods, departments, months.
        let is_aimed = class.is_none_or(|(class, _)| class == Class::Level)
            && !matches!(key.period, Some(Period::Month(..)));
        let target = measure.target.filter(|_| is_aimed).zip(parts.day);
        figure.target =
            target.and_then(|(id, day)| self.settings.rule_sets.target(id, day)).map(|(value, _)| value);
        let runs = key.period.is_some_and(|period| self.figures.running.contains(&period));
        let reached =
            figure.hundredths().zip(figure.target).map(|(value, target)| value >= i128::from(target));
        figure.met = rate::verdict(reached, runs);
        Some(figure)
    }
}
