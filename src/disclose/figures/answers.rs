//! Answers: what texts ask for between `{{` and `}}`, found once for the whole portal.
//!
//! In: the texts behind the gate, figures, lists. Out: for each question its words, and where they come from: numerator,
//! denominator, scope and day, which the page prints below the text. Questions are asked of what the public may see, so an
//! answer can tell nothing else. The same goes for links to records, which become words where the record is not shown.
//!
//! Not here: whether a question can be asked (`record::query`, `check::queries`).

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Figure;
use crate::calendar::{Date, period::Period};
use crate::disclose::portal::Portal;
use crate::markdown;
use crate::record::edges::Handle;
use crate::record::field::{Kind, Type};
use crate::record::measure::{Class, MEASURES, Measure, Unit, measure_name};
use crate::record::normal;
use crate::record::query::{Part, Query, When, read};
use crate::record::region;
use crate::record::value::Value;
use crate::text::content_hash;

/// What stands where nothing could be counted.
const NOTHING: &str = "—";

/// The answer to a question of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What is printed in the text.
    pub words: String,
    /// What was counted.
    pub name: String,
    /// Where, when and of what.
    pub scope: String,
    /// The value with its unit.
    pub value: String,
    /// Numerator and denominator.
    pub parts: (String, Option<String>),
    /// The day of the newest fact counted.
    pub day: Option<Date>,
}

/// The answers of a portal.
#[derive(Debug, Default)]
pub struct Answers(BTreeMap<String, Answer>);

impl Answers {
    /// The answer to the words between two braces.
    pub fn of(&self, words: &str) -> Option<&Answer> {
        self.0.get(words)
    }
}

impl Portal {
    /// Answers what all texts ask.
    pub(in crate::disclose) fn answer_texts(&self) -> Answers {
        let texts = self.tables.iter().flatten().filter_map(|record| record.prose.as_deref());
        let mut asked: Vec<String> = texts
            .flat_map(|prose| markdown::placeholders(&prose.body))
            .filter_map(|place| place.words)
            .collect();
        asked.sort_unstable();
        asked.dedup();
        let answers = asked.into_par_iter().filter_map(|words| {
            let query = read(&words, &self.kinds).ok()?;
            Some((words, self.answer(&query)?))
        });
        Answers(answers.collect::<Vec<_>>().into_iter().collect())
    }

    /// A content key of what a text asks for and of the records it links to.
    pub fn answers_key(&self, body: &str) -> u128 {
        let mut text = String::new();
        for place in markdown::placeholders(body) {
            text.push_str(&format!("{:?}", place.words.and_then(|words| self.answers.of(&words).cloned())));
        }
        let may_name =
            |kind: &&Kind| [kind.singular, kind.plural].iter().any(|name| body.contains(&format!("{name}:")));
        if self.kinds.all().any(|kind| may_name(&kind)) {
            for link in markdown::outline(body).links {
                text.push_str(&format!("{:?}", self.record_link(&link.target)));
            }
        }
        content_hash(text.as_bytes())
    }

    /// Where a link such as `cadre:yangli-0007` leads: the page of that record, if it is shown; none for other links.
    pub fn record_link(&self, target: &str) -> Option<Option<&str>> {
        let (name, id) = markdown::record_target(target)?;
        let kind = self.kinds.named(name).and_then(|at| self.kinds.at(at));
        Some(
            kind.and_then(|kind| self.find(kind, &normal::id(kind, id))).and_then(|handle| self.path(handle)),
        )
    }

    fn answer(&self, query: &Query) -> Option<Answer> {
        match query {
            Query::Count { kind, region, period, wanted } => {
                Some(self.count_answer(*kind, region.as_deref(), *period, wanted))
            }
            Query::Figure { measure, region, period, class, part } => {
                let region = self.region_named(region.as_deref());
                let class = class.as_ref().map(|(class, value)| (*class, value.as_str()));
                self.figure_answer(*measure, region, *period, class, *part)
            }
        }
    }

    fn region_named(&self, code: Option<&str>) -> Option<Handle> {
        code.and_then(|code| self.find(&region::KIND, code))
    }

    fn region_words(&self, region: Option<Handle>) -> String {
        let own = || self.find(&region::KIND, &self.settings.region);
        let named = region.or_else(own).and_then(|region| self.record(region));
        named.map_or_else(|| self.settings.region.clone(), |region| region.title().to_string())
    }

    fn count_answer(
        &self,
        at: usize,
        code: Option<&str>,
        period: Option<Period>,
        wanted: &[(u16, u16)],
    ) -> Answer {
        let region = self.region_named(code);
        let kind = self.kinds.at(at);
        let dated = kind.and_then(|kind| kind.slot(kind.dated?));
        let listed = self.lists(at as u16).map_or(&[] as &[u32], |lists| &lists.all);
        let mut count = 0u64;
        let mut day = None;
        for no in listed {
            let handle = Handle { kind: at as u16, no: *no };
            let Some(record) = self.stored(handle) else { continue };
            let holds = |(slot, choice): &(u16, u16)| {
                record.values.get(usize::from(*slot)) == &Value::Choice(*choice)
            };
            let falls = |period: Period| {
                let value = dated.map(|slot| record.values.get(slot));
                value.and_then(day_of).is_some_and(|day| lies_in(day, period))
            };
            let lies = code.is_none() || region.is_some_and(|region| self.lies_in(handle, region));
            if lies && wanted.iter().all(holds) && period.is_none_or(falls) {
                count += 1;
                day = day.max(self.published(handle));
            }
        }
        let label = |(slot, choice): &(u16, u16)| match kind
            .and_then(|kind| kind.fields.get(usize::from(*slot)))
            .map(|field| field.ty)
        {
            Some(Type::Choice(choices)) => {
                choices.get(usize::from(*choice)).map(|choice| choice.label_in(&self.locale).to_string())
            }
            _ => None,
        };
        let classes = wanted.iter().filter_map(label);
        let scope = [self.region_words(region)]
            .into_iter()
            .chain(period.map(|period| self.locale.period(period)))
            .chain(classes);
        let count = self.locale.number(&count.to_string());
        Answer {
            words: count.clone(),
            name: kind.map_or(String::new(), |kind| kind.label_in(&self.locale).to_string()),
            scope: self.locale.join("comma", scope),
            value: count.clone(),
            parts: (count, None),
            day,
        }
    }

    fn figure_answer(
        &self,
        at: usize,
        region: Option<Handle>,
        when: When,
        class: Option<(Class, &str)>,
        part: Part,
    ) -> Option<Answer> {
        let measure = MEASURES.get(at)?;
        let running = self.running(measure.rhythm);
        let period = match when {
            When::Current => running,
            When::Previous => running.map(previous),
            When::At(period) => Some(period),
        };
        let nothing = Figure {
            at,
            measure,
            region,
            period,
            class,
            num: 0,
            den: measure.den.map(|_| 0),
            day: None,
            target: None,
            met: None,
        };
        let figure = self.figure(at, region, period, class).unwrap_or(nothing);
        let number = figure.shown().map(|value| self.locale.number(&value));
        let parts = (
            self.locale.number(&figure.numerator()),
            figure.den.map(|den| self.locale.number(&den.to_string())),
        );
        let sign = if measure.unit == Unit::Percent { "%" } else { "" };
        let value = number.as_ref().map(|value| format!("{value}{sign}"));
        let words = match part {
            Part::Value => value,
            Part::Num => Some(parts.0.clone()),
            Part::Den => parts.1.clone(),
            Part::Date => figure.day.map(|day| self.locale.date(day)),
            Part::Target => figure.target_text().map(|target| format!("{target}{sign}")),
        };
        let scope = [self.region_words(region)]
            .into_iter()
            .chain(period.map(|period| self.locale.period(period)))
            .chain(class.map(|(class, value)| class.label_in(value, &self.locale).to_string()));
        Some(Answer {
            words: words.unwrap_or_else(|| NOTHING.to_string()),
            name: measure_name(at).map_or("", |name| name.label_in(&self.locale)).to_string(),
            scope: self.locale.join("comma", scope),
            value: number.map_or_else(|| NOTHING.to_string(), |value| self.with_unit(&value, measure)),
            parts,
            day: figure.day,
        })
    }

    /// A value with its unit: `21家`.
    fn with_unit(&self, value: &str, measure: &Measure) -> String {
        match measure.suffix_in(&self.locale) {
            "" => value.to_string(),
            "%" => format!("{value}%"),
            unit => self.locale.fill("form_with_unit", &[("n", value), ("unit", unit)]),
        }
    }

    /// Whether a record lies in a region or in one below it.
    pub fn lies_in(&self, handle: Handle, region: Handle) -> bool {
        let mut next = self.region_of(handle);
        for _ in 0..8 {
            match next {
                Some(at) if at == region => return true,
                Some(at) => next = self.parent_region(at),
                None => return false,
            }
        }
        false
    }
}

fn day_of(value: &Value) -> Option<Date> {
    match value {
        Value::Date(day) => Some(*day),
        Value::Text(moment) => Date::parse(moment.get(..10)?),
        _ => None,
    }
}

fn lies_in(day: Date, period: Period) -> bool {
    match period {
        Period::Year(year) => day.year() == year,
        Period::Quarter(year, number) => day.quarter() == crate::calendar::Quarter { year, number },
        Period::Month(year, month) => (day.year(), day.month()) == (year, month),
        Period::Week(..) => false,
    }
}

pub(super) fn previous(period: Period) -> Period {
    match period {
        Period::Year(year) => Period::Year(year - 1),
        Period::Quarter(year, number) => {
            let before = crate::calendar::Quarter { year, number }.previous();
            Period::Quarter(before.year, before.number)
        }
        other => other,
    }
}
