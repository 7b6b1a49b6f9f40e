//! What a text may ask for between `{{` and `}}`: how many records there are, and figures.
//!
//! In: `count(kind='enterprise', level='B', region='990101')`, `figure(name='visits', region='990101', part='num')`. Out: a
//! [`Query`] whose names were looked up in the tables, or a [`Fault`] that says what would do. Only public fields of few values can
//! be asked for, so a count tells nothing that the lists do not.
//!
//! Not here: the answer (`disclose::figures`), and whether a region exists (`check::queries`).

use super::Kinds;
use super::field::{Choice, Field, Kind, Type, Visibility};
use super::measure::{Class, MEASURES, NAMES, Rhythm, measure_named};
use super::normal;
use crate::calendar::period::Period;
use crate::text::{excerpt, nearest};

/// What a text asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    /// How many public records of a kind there are.
    Count {
        /// Index of the kind.
        kind: usize,
        /// Code of the region in which they lie.
        region: Option<String>,
        /// The year, quarter or month of their day.
        period: Option<Period>,
        /// Fields and the index of the choice that each must hold.
        wanted: Vec<(u16, u16)>,
    },
    /// A figure, or a part of it.
    Figure {
        /// Place of the measure.
        measure: usize,
        /// Code of the region; the whole portal without one.
        region: Option<String>,
        /// The period.
        period: When,
        /// The class and its value.
        class: Option<(Class, String)>,
        /// What of it is printed.
        part: Part,
    },
}

/// Which period of a measure is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// The one that runs on the as-of date.
    Current,
    /// The one before that.
    Previous,
    /// This one.
    At(Period),
}

/// What of a figure is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Its value, a percentage with its sign.
    Value,
    /// Its numerator.
    Num,
    /// Its denominator.
    Den,
    /// The day of the newest fact counted.
    Date,
    /// Its target.
    Target,
}

const PARTS: [(&str, Part); 5] = [
    ("value", Part::Value),
    ("num", Part::Num),
    ("den", Part::Den),
    ("date", Part::Date),
    ("target", Part::Target),
];

/// Why a text cannot be answered, and how to mend it, in Chinese and English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub message: (String, String),
    /// What to write.
    pub hint: (String, String),
}

fn fault(message: (String, String), hint: (impl Into<String>, impl Into<String>)) -> Fault {
    Fault { message, hint: (hint.0.into(), hint.1.into()) }
}

/// Reads what stands between the braces.
pub fn read(words: &str, kinds: &Kinds) -> Result<Query, Fault> {
    let (name, mut given) = parse(words)?;
    let query = match name {
        "count" => count(&mut given, kinds)?,
        "figure" => figure(&mut given)?,
        _ => {
            return Err(fault(
                (
                    format!("没有函数“{}”", excerpt(name, 40)),
                    format!("there is no function `{}`", excerpt(name, 40)),
                ),
                ("可用：count(kind='…')、figure(name='…')", "there are count(kind='…') and figure(name='…')"),
            ));
        }
    };
    match given.first() {
        None => Ok(query),
        Some((key, _)) => Err(fault(
            (
                format!("{name} 没有参数“{}”", excerpt(key, 40)),
                format!("`{name}` takes no `{}`", excerpt(key, 40)),
            ),
            allowed(&query, kinds),
        )),
    }
}

type Given<'t> = Vec<(&'t str, &'t str)>;

/// `name(key='value', key='value')`.
fn parse(words: &str) -> Result<(&str, Given<'_>), Fault> {
    let wrong = || {
        fault(
            (format!("“{}”读不懂", excerpt(words, 60)), format!("`{}` cannot be read", excerpt(words, 60))),
            (
                "写作 {{ count(kind='enterprise', level='B') }}：括号、等号、逗号、引号都用半角",
                "write {{ count(kind='enterprise', level='B') }}, all marks in ASCII",
            ),
        )
    };
    let (name, rest) = words.split_once('(').ok_or_else(wrong)?;
    let mut rest = rest.strip_suffix(')').ok_or_else(wrong)?.trim();
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    let mut given = Vec::new();
    while !rest.is_empty() {
        let (key, value) = rest.split_once('=').ok_or_else(wrong)?;
        let (key, value) = (key.trim(), value.trim_start());
        let quote = value.chars().next().filter(|mark| matches!(mark, '\'' | '"')).ok_or_else(wrong)?;
        let (value, behind) = value.get(1..).and_then(|value| value.split_once(quote)).ok_or_else(wrong)?;
        if !is_word(key) || given.iter().any(|(known, _)| *known == key) {
            return Err(wrong());
        }
        given.push((key, value.trim()));
        let behind = behind.trim_start();
        rest = match behind.strip_prefix(',') {
            Some(more) => more.trim_start(),
            None if behind.is_empty() => "",
            None => return Err(wrong()),
        };
    }
    let name = name.trim();
    if is_word(name) { Ok((name, given)) } else { Err(wrong()) }
}

fn take<'t>(given: &mut Given<'t>, key: &str) -> Option<&'t str> {
    let at = given.iter().position(|(known, _)| *known == key)?;
    Some(given.remove(at).1)
}

/// The code of a region, in its one form.
fn region(given: &mut Given<'_>) -> Option<String> {
    take(given, "region").map(|text| normal::id(&super::region::KIND, text).into_owned())
}

fn count(given: &mut Given<'_>, kinds: &Kinds) -> Result<Query, Fault> {
    let name = take(given, "kind").unwrap_or_default();
    // A row of a kind that is published as numbers is no record.
    let is_countable = |kind: &Kind| kind.published_as_data && kind.counted_by.is_empty();
    let known = || kinds.all().filter(|kind| is_countable(kind)).map(|kind| kind.singular);
    let found = kinds.named(name).and_then(|at| Some((at, kinds.at(at)?)));
    let Some((at, kind)) = found.filter(|(_, kind)| is_countable(kind)) else {
        return Err(unknown("kind", name, known()));
    };
    let region = region(given);
    let period = match take(given, "period") {
        None => None,
        // Days are not counted by weeks.
        Some(text) => match Period::parse(text).filter(|period| !matches!(period, Period::Week(..))) {
            Some(period) if kind.dated.is_some() => Some(period),
            _ if kind.dated.is_none() => {
                return Err(fault(
                    (
                        format!("“{}”没有日期，不能按 period 统计", kind.zh),
                        format!("{} have no day to count by", kind.en),
                    ),
                    ("删去 period", "leave `period` out"),
                ));
            }
            _ => return Err(no_period(text)),
        },
    };
    let mut wanted = Vec::new();
    for (slot, field, choices) in countable(kind.fields) {
        let Some(value) = take(given, field.key).or_else(|| take(given, short(kind.fields, field)?)) else {
            continue;
        };
        let Some(choice) = choices.iter().position(|choice| choice.key == value) else {
            return Err(unknown(field.key, value, choices.iter().map(|choice| choice.key)));
        };
        wanted.push((slot, choice as u16));
    }
    Ok(Query::Count { kind: at, region, period, wanted })
}

/// The public fields of few values.
fn countable(fields: &'static [Field]) -> impl Iterator<Item = (u16, &'static Field, &'static [Choice])> {
    (0u16..).zip(fields).filter_map(|(at, field)| match field.ty {
        Type::Choice(choices) if field.visibility == Visibility::Public => Some((at, field, choices)),
        _ => None,
    })
}

/// The last word of a field's key, `level` of `coverage_level`, where no other field ends so.
fn short(fields: &'static [Field], field: &Field) -> Option<&'static str> {
    let last = |field: &'static Field| field.key.rsplit('_').next().unwrap_or(field.key);
    let mut alike = countable(fields).map(|(_, other, _)| other).filter(|other| {
        let own = field.key.rsplit('_').next().unwrap_or(field.key);
        last(other) == own
    });
    let first = alike.next()?;
    alike.next().is_none().then(|| last(first))
}

fn figure(given: &mut Given<'_>) -> Result<Query, Fault> {
    let name = take(given, "name").unwrap_or_default();
    let Some((at, measure)) = measure_named(name) else {
        return Err(unknown("name", name, NAMES.iter().map(|known| known.key)));
    };
    let region = region(given);
    let period = match take(given, "period") {
        None | Some("current") => When::Current,
        Some("previous") if measure.rhythm != Rhythm::Now => When::Previous,
        Some(text) => When::At(
            Period::parse(text)
                .filter(|period| is_told_by(measure.rhythm, *period))
                .ok_or_else(|| no_period(text))?,
        ),
    };
    let part = match take(given, "part") {
        None => Part::Value,
        Some(text) => match PARTS.iter().find(|(known, _)| *known == text) {
            Some((_, part)) => *part,
            None => return Err(unknown("part", text, PARTS.iter().map(|(known, _)| *known))),
        },
    };
    let mut class = None;
    for told in measure.classes {
        let Some(value) = take(given, told.choice().key) else { continue };
        if let Some(values) = told.values().filter(|values| values.iter().all(|known| known.key != value)) {
            return Err(unknown(told.choice().key, value, values.iter().map(|known| known.key)));
        }
        class = Some((*told, value.to_string()));
        break;
    }
    Ok(Query::Figure { measure: at, region, period, class, part })
}

/// Whether a measure of this rhythm is told by such a period.
fn is_told_by(rhythm: Rhythm, period: Period) -> bool {
    match rhythm {
        Rhythm::Now => false,
        Rhythm::Quarter | Rhythm::PastQuarter => matches!(period, Period::Quarter(..)),
        Rhythm::Year => matches!(period, Period::Year(_)),
        Rhythm::MonthAndYear => matches!(period, Period::Year(_) | Period::Month(..)),
    }
}

fn no_period(text: &str) -> Fault {
    let shown = excerpt(text, 40);
    fault(
        (format!("时段“{shown}”不能用"), format!("`{shown}` is no period that serves here")),
        (
            "年写 2026，季度写 2026Q3，月写 2026-07；也可写 current、previous",
            "write 2026, 2026Q3 or 2026-07 as the figure is told; or `current`, `previous`",
        ),
    )
}

fn unknown<'k>(key: &str, value: &str, known: impl Iterator<Item = &'k str>) -> Fault {
    let known: Vec<&str> = known.collect();
    let shown = excerpt(value, 40);
    let message = if value.is_empty() {
        (format!("缺少参数 {key}"), format!("`{key}` is missing"))
    } else {
        (format!("{key} 没有“{shown}”这个值"), format!("`{shown}` is no {key}"))
    };
    let near = nearest(value, known.iter().copied());
    let all = || known.iter().take(40).copied().collect::<Vec<_>>().join(", ");
    let hint = match near {
        Some(near) => (format!("是否“{near}”"), format!("did you mean `{near}`?")),
        None => (format!("可用：{}", all()), format!("there are {}", all())),
    };
    fault(message, hint)
}

/// The arguments that a query may have.
fn allowed(query: &Query, kinds: &Kinds) -> (String, String) {
    let keys: Vec<&str> = match query {
        Query::Count { kind, .. } => {
            let fields = kinds.at(*kind).map(|kind| kind.fields).unwrap_or_default();
            ["region", "period"].into_iter().chain(countable(fields).map(|(_, field, _)| field.key)).collect()
        }
        Query::Figure { measure, .. } => {
            let classes = MEASURES.get(*measure).map(|measure| measure.classes).unwrap_or_default();
            ["region", "period", "part"]
                .into_iter()
                .chain(classes.iter().map(|class| class.choice().key))
                .collect()
        }
    };
    let keys = keys.join(", ");
    (format!("可用：{keys}；分类只能给一个"), format!("there are {keys}; of classes only one"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(words: &str) -> String {
        read(words, &Kinds::builtin()).unwrap_err().message.1
    }

    #[test]
    fn counts_and_figures_are_read_by_the_tables() {
        let kinds = Kinds::builtin();
        for words in [
            "count(kind='enterprise', level='B', region='990101')",
            "count(kind=\"enterprises\", coverage_level='B', region='990101')",
        ] {
            let query = read(words, &kinds).unwrap();
            assert!(
                matches!(query, Query::Count { region: Some(region), wanted, .. } if region == "990101" && wanted.len() == 1)
            );
        }
        let query = read("figure(name='visits', level='B', period='2026Q3', part='num')", &kinds).unwrap();
        assert!(matches!(
            query,
            Query::Figure { part: Part::Num, period: When::At(Period::Quarter(2026, 3)), .. }
        ));
        assert!(read("count( kind = 'cadre' , )", &kinds).is_ok());
    }

    #[test]
    fn what_cannot_be_answered_is_told_with_what_would_do() {
        assert_eq!(wrong("now()"), "there is no function `now`");
        assert_eq!(wrong("count()"), "`kind` is missing");
        assert_eq!(wrong("count(kind='enterprize')"), "`enterprize` is no kind");
        assert_eq!(wrong("count(kind='withdrawal_')"), "`withdrawal_` is no kind");
        assert_eq!(wrong("count(kind='enterprise', scale='large')"), "`count` takes no `scale`");
        assert_eq!(wrong("count(kind='enterprise', coverage_level='E')"), "`E` is no coverage_level");
        assert_eq!(wrong("count(kind='cadre', period='2026')"), "cadres have no day to count by");
        assert_eq!(
            wrong("count(kind='visit', period='2026-W47')"),
            "`2026-W47` is no period that serves here"
        );
        assert_eq!(wrong("figure(name='visits', period='2026')"), "`2026` is no period that serves here");
        assert_eq!(wrong("figure(name='visits', sector='sales')"), "`figure` takes no `sector`");
        for words in [
            "",
            "count",
            "count(",
            "count(kind=enterprise)",
            "count（kind='cadre'）",
            "count(kind='a' b='c')",
            "count(kind='cadre', kind='cadre')",
        ] {
            assert!(wrong(words).ends_with("cannot be read"), "{words}");
        }
    }
}
