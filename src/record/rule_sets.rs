//! 规则集: what the law or the office may change, as dated data: terms of publication, visits, level map, staff
//! duties, targets.
//!
//! The shipped sets are read by the same tables as those of portal.yaml, whose entries take the place of shipped ones
//! with the same id. Each has the days between which it is in force. Not here: what follows from a rule (`check`,
//! `disclose`), and clocks that no office may set.

pub mod table;

use super::Kinds;
use super::read::Reader;
use super::value::{Value, View};
use crate::calendar::Date;
use crate::diagnostic::{FileId, Findings};
use crate::source::{Limits, parse_yaml};

/// The sets that come with the program.
const SHIPPED: &str = include_str!("rule_sets/shipped.yaml");

/// What every rule has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// The regulation or the practice.
    pub name: String,
    /// Its article, in words.
    pub article: String,
    /// The first and the last day on which it is in force.
    pub in_force: (Option<Date>, Option<Date>),
}

/// A term of publication with the penalties it is for; no condition fits all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    /// 失信程度 for which it counts.
    pub severity: Vec<&'static str>,
    /// It counts when all kinds of the penalty are among these.
    pub only: Vec<&'static str>,
    /// It counts when one kind of the penalty is among these.
    pub any: Vec<&'static str>,
    /// Months; none when the record is public as long as its penalty runs.
    pub months: Option<i64>,
    /// Months before which nothing ends it; none where there is no least term.
    pub least_months: Option<i64>,
}

/// A rule on how long records are public.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Publication {
    /// The rule.
    pub rule: Rule,
    /// Plural of the kind it is for.
    pub records: &'static str,
    /// `publication`, `decision` or `listing`: the day from which the term is counted.
    pub counts_from: &'static str,
    /// Whether it also ends what was decided before it came into force.
    pub covers_earlier: bool,
    /// Its terms; the first that fits counts.
    pub terms: Vec<Term>,
}

/// A class of canteens that needs a director.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Canteen {
    /// Words of its 业态.
    pub words: Vec<String>,
    /// Its name in Chinese and in English.
    pub name: (String, String),
    /// Diners a sitting from which a director is needed.
    pub meals: i64,
}

/// A rule on who needs a director.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Staff {
    /// The rule.
    pub rule: Rule,
    /// Sizes.
    pub scales: Vec<&'static str>,
    /// Whether producers of special food need one whatever their size.
    pub special_food: bool,
    /// Whether head offices of chains need one whatever their size.
    pub chain_heads: bool,
    /// Classes by their diners.
    pub canteens: Vec<Canteen>,
}

/// All rule sets of a portal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleSets {
    /// Terms of publication.
    pub publication: Vec<Publication>,
    /// Visits a year: of one level, or of all.
    pub visits: Vec<(Rule, Option<&'static str>, i64)>,
    /// The tier that covers each of the levels A, B, C, D.
    pub levels: Vec<(Rule, [(&'static str, &'static str); 4])>,
    /// Who needs a director.
    pub staff: Vec<Staff>,
    /// Targets: value as written, unit.
    pub targets: Vec<(Rule, String, String)>,
}

impl Rule {
    /// Whether it is in force on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        let (from, to) = self.in_force;
        from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
    }
}

impl Publication {
    /// Whether it speaks of a record that was decided on this day.
    pub fn covers(&self, decided: Date) -> bool {
        let ended = self.rule.in_force.1.is_some_and(|last| last < decided);
        !ended && (self.covers_earlier || self.rule.holds_on(decided))
    }

    /// The term of a record of this severity and these kinds of penalty.
    pub fn term(&self, severity: Option<&str>, kinds: &[&str]) -> Option<&Term> {
        self.terms.iter().find(|term| {
            let all_within = || !kinds.is_empty() && kinds.iter().all(|kind| term.only.contains(kind));
            (term.severity.is_empty() || severity.is_some_and(|one| term.severity.contains(&one)))
                && (term.only.is_empty() || all_within())
                && (term.any.is_empty() || kinds.iter().any(|kind| term.any.contains(kind)))
        })
    }
}

impl RuleSets {
    /// The shipped sets.
    pub fn shipped(kinds: &Kinds) -> RuleSets {
        let mut sets = RuleSets::default();
        let mut findings = Findings::default();
        let document = parse_yaml(FileId(u32::MAX), SHIPPED, &Limits::default(), &mut findings);
        let values = document
            .root()
            .and_then(|root| Reader::new(kinds, FileId(u32::MAX), &mut findings).object(table::FIELDS, root));
        if let Some(values) = values {
            sets.overlay(View { fields: table::FIELDS, values: &values });
        }
        sets
    }

    /// Lays the entries of a portal over these.
    pub fn overlay(&mut self, view: View<'_>) {
        for entry in view.objects(table::PUBLICATION) {
            use table::publication::{COUNTS, COVERS_EARLIER, RECORDS_OF, TERMS};
            let made = Publication {
                rule: rule(entry),
                records: entry.choice(RECORDS_OF).unwrap_or_default(),
                counts_from: entry.choice(COUNTS).unwrap_or_default(),
                covers_earlier: entry.flag(COVERS_EARLIER) == Some(true),
                terms: entry.objects(TERMS).map(term).collect(),
            };
            replace(&mut self.publication, entry, made, |known| &known.rule.id);
        }
        for entry in view.objects(table::VISITS) {
            use table::visits::{LEVEL, PER_YEAR};
            let made = (rule(entry), entry.choice(LEVEL), entry.count(PER_YEAR).unwrap_or_default());
            replace(&mut self.visits, entry, made, |known| &known.0.id);
        }
        for entry in view.objects(table::LEVELS) {
            use crate::record::portal::map::{A, B, C, D};
            let map = entry.object(table::levels::MAP);
            let tier = |slot| map.and_then(|map| map.choice(slot)).unwrap_or_default();
            let tiers = [("A", tier(A)), ("B", tier(B)), ("C", tier(C)), ("D", tier(D))];
            replace(&mut self.levels, entry, (rule(entry), tiers), |known| &known.0.id);
        }
        for entry in view.objects(table::STAFF) {
            use table::staff::{CANTEENS, CHAIN_HEADS, SCALES, SPECIAL_FOOD};
            let made = Staff {
                rule: rule(entry),
                scales: choices(entry, SCALES),
                special_food: entry.flag(SPECIAL_FOOD) == Some(true),
                chain_heads: entry.flag(CHAIN_HEADS) == Some(true),
                canteens: entry.objects(CANTEENS).map(canteen).collect(),
            };
            replace(&mut self.staff, entry, made, |known| &known.rule.id);
        }
        for entry in view.objects(table::TARGETS) {
            use table::target::{UNIT, VALUE};
            let text = |slot| entry.text(slot).unwrap_or_default().to_string();
            replace(&mut self.targets, entry, (rule(entry), text(VALUE), text(UNIT)), |known| &known.0.id);
        }
    }

    /// The rules on how long a record of a kind that was decided on a day is public.
    pub fn publication_of(&self, records: &str, decided: Date) -> impl Iterator<Item = &Publication> {
        self.publication.iter().filter(move |one| one.records == records && one.covers(decided))
    }

    /// Visits a year that an enterprise of a level is owed on a day; a rule for its level stands before one for all,
    /// a later rule before an earlier one.
    pub fn visits_per_year(&self, level: Option<&str>, day: Date) -> i64 {
        let held = |wanted: fn(&Option<&'static str>) -> bool| {
            let fits = |(rule, of, _): &&(Rule, Option<&'static str>, i64)| {
                rule.holds_on(day) && wanted(of) && (of.is_none() || *of == level)
            };
            self.visits.iter().filter(fits).max_by_key(|(rule, ..)| rule.in_force.0).map(|(.., times)| *times)
        };
        held(Option::is_some).or_else(|| held(Option::is_none)).unwrap_or(0)
    }

    /// The tier that covers a level on a day.
    pub fn tier_of(&self, level: &str, day: Date) -> Option<&'static str> {
        let map = self.levels.iter().filter(|(rule, _)| rule.holds_on(day));
        let (_, tiers) = map.max_by_key(|(rule, _)| rule.in_force.0)?;
        tiers.iter().find(|(known, _)| *known == level).map(|(_, tier)| *tier)
    }

    /// A target in force on a day: its value in hundredths, and its words.
    pub fn target(&self, id: &str, day: Date) -> Option<(i64, &Rule)> {
        let held = self.targets.iter().filter(|(rule, ..)| rule.id == id && rule.holds_on(day));
        let (rule, value, _) = held.max_by_key(|(rule, ..)| rule.in_force.0)?;
        Some((hundredths(value)?, rule))
    }
}

/// A decimal in hundredths; further digits are cut.
pub fn hundredths(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let cents: String = part.chars().chain("00".chars()).take(2).collect();
    Some(whole.parse::<i64>().ok()?.checked_mul(100)? + cents.parse::<i64>().ok()?)
}

/// The fields that the tables of all rules share are found by key.
fn rule(entry: View<'_>) -> Rule {
    let text = |key: &str| entry.by_key(key).as_text().unwrap_or_default().to_string();
    let day = |key: &str| match entry.by_key(key) {
        Value::Date(day) => Some(*day),
        _ => None,
    };
    Rule {
        id: text("id"),
        name: text("name"),
        article: text("article"),
        in_force: (day("effective_from"), day("effective_to")),
    }
}

fn replace<T>(known: &mut Vec<T>, entry: View<'_>, made: T, id: impl Fn(&T) -> &String) {
    known.retain(|one| id(one) != id(&made));
    if !matches!(entry.by_key("disabled"), Value::Flag(true)) {
        known.push(made);
    }
}

fn choices(view: View<'_>, slot: super::field::Public) -> Vec<&'static str> {
    use super::field::{Slot, Type};
    let known = match view.fields.get(slot.index()).map(|field| field.ty) {
        Some(Type::List(Type::Choice(known))) => *known,
        _ => &[],
    };
    let key = |value: &Value| match value {
        Value::Choice(at) => known.get(usize::from(*at)).map(|choice| choice.key),
        _ => None,
    };
    view.list(slot).iter().filter_map(key).collect()
}

fn term(view: View<'_>) -> Term {
    use table::term::{ANY, LEAST_MONTHS, MONTHS, ONLY, OWN_TERM, SEVERITY};
    let own = view.flag(OWN_TERM) == Some(true);
    Term {
        severity: choices(view, SEVERITY),
        only: choices(view, ONLY),
        any: choices(view, ANY),
        months: view.count(MONTHS).filter(|_| !own),
        least_months: view.count(LEAST_MONTHS).filter(|_| !own),
    }
}

fn canteen(view: View<'_>) -> Canteen {
    use table::canteen::{EN, MEALS, WORDS, ZH};
    let text = |slot| view.text(slot).unwrap_or_default().to_string();
    Canteen {
        words: view.list(WORDS).iter().filter_map(Value::as_text).map(str::to_string).collect(),
        name: (text(ZH), text(EN)),
        meals: view.count(MEALS).unwrap_or_default(),
    }
}
