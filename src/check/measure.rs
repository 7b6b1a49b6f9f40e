//! Reads published results and limits: figures, relations, words, microbial plans.
//!
//! In: text such as `1.35 mg/kg`, `2.2×10⁴ CFU/g`, `未检出`; `≤0.2 mg/kg`, `不得检出`, `n=5, c=2, m=10⁴, M=10⁵ CFU/g`.
//! Out: [`Outcome`] and [`Limit`], numbers exact. What cannot be read is said to be so, never guessed. Not here:
//! judging one by the other (`verdict`), what a unit means (`units`).

use super::units;

/// A decimal number: mantissa × 10^exponent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) mantissa: i128,
    pub(super) exponent: i32,
}

/// What stands before a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// Nothing: exactly so much.
    Is,
    /// `≤`, 不大于.
    AtMost,
    /// `<`, 小于.
    Below,
    /// `≥`, 不小于.
    AtLeast,
    /// `>`, 大于.
    Above,
}

/// A number with its relation and its unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quantity {
    pub(super) relation: Relation,
    pub(super) number: Number,
    /// In one spelling; empty for none.
    pub(super) unit: String,
}

/// A published result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Nothing, a dash, or words without a figure.
    Nothing,
    /// 未检出, 阴性.
    NotDetected,
    /// 检出, 阳性.
    Detected,
    /// Figures; several for a microbial plan.
    Figures(Vec<Quantity>),
    /// 不得检出 and the like, which is no result.
    LimitWords,
    /// Something else.
    Unread,
}

/// A published limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Limit {
    /// Nothing or a dash.
    Nothing,
    /// 不得检出, 不得使用, 阴性.
    Absent,
    /// At most, at least so much.
    Bound(Quantity),
    /// A figure without a relation.
    Bare(Quantity),
    /// From so much to so much.
    Range(Quantity, Quantity),
    /// A sampling plan of a microbial limit.
    Plan(Plan),
    /// Something else.
    Unread,
}

/// n samples, of which c may exceed m and none M.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) n: usize,
    pub(super) c: usize,
    pub(super) low: Quantity,
    pub(super) high: Option<Quantity>,
}

const LIMIT_WORDS: [&str; 4] = ["不得", "不应", "禁止", "不允许"];
const NOT_DETECTED: [&str; 9] =
    ["未检出", "阴性", "未使用", "ND", "N.D", "<LOD", "<检出限", "<定量限", "低于检出限"];
const DETECTED: [&str; 2] = ["检出", "阳性"];
const RELATIONS: [(&str, Relation); 22] = [
    ("≤", Relation::AtMost),
    ("≦", Relation::AtMost),
    ("⩽", Relation::AtMost),
    ("<=", Relation::AtMost),
    ("不大于", Relation::AtMost),
    ("不超过", Relation::AtMost),
    ("小于等于", Relation::AtMost),
    ("小于或等于", Relation::AtMost),
    ("≥", Relation::AtLeast),
    ("≧", Relation::AtLeast),
    ("⩾", Relation::AtLeast),
    (">=", Relation::AtLeast),
    ("不小于", Relation::AtLeast),
    ("不低于", Relation::AtLeast),
    ("不少于", Relation::AtLeast),
    ("大于等于", Relation::AtLeast),
    ("大于或等于", Relation::AtLeast),
    ("<", Relation::Below),
    ("小于", Relation::Below),
    (">", Relation::Above),
    ("大于", Relation::Above),
    ("=", Relation::Is),
];

/// Reads a result.
pub(super) fn outcome(text: &str) -> Outcome {
    let text = folded(text);
    if is_nothing(&text) {
        return Outcome::Nothing;
    }
    let begins = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
    if begins(&LIMIT_WORDS) {
        return Outcome::LimitWords;
    }
    if begins(&NOT_DETECTED) {
        return Outcome::NotDetected;
    }
    let figures = DETECTED.iter().find_map(|word| text.strip_prefix(word)).map(str::trim);
    if figures.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit())) {
        return Outcome::Detected;
    }
    let figures = figures.unwrap_or(&text);
    if !figures.contains(|c: char| c.is_ascii_digit()) {
        return Outcome::Nothing;
    }
    match list(figures) {
        Some(figures) => Outcome::Figures(figures),
        None => Outcome::Unread,
    }
}

/// Reads a limit.
pub(super) fn limit(text: &str) -> Limit {
    let text = folded(text);
    if is_nothing(&text) {
        return Limit::Nothing;
    }
    if text.contains("n=") && text.contains("c=") {
        return plan(&text).map_or(Limit::Unread, Limit::Plan);
    }
    if let Some(rest) = text.strip_prefix("不得超过") {
        return match quantity(rest) {
            Some(bound) => Limit::Bound(Quantity { relation: Relation::AtMost, ..bound }),
            None => Limit::Unread,
        };
    }
    if LIMIT_WORDS.iter().chain(&NOT_DETECTED).any(|word| text.starts_with(word)) {
        return Limit::Absent;
    }
    if let Some(range) = range(&text) {
        return range;
    }
    match quantity(&text) {
        Some(bare) if bare.relation == Relation::Is => Limit::Bare(bare),
        Some(bound) => Limit::Bound(bound),
        None => Limit::Unread,
    }
}

/// Half-width, without notes in brackets.
fn folded(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '\u{3000}' | '\u{a0}' => ' ',
            _ => c,
        })
        .collect();
    text.split('(').next().unwrap_or_default().trim().to_string()
}

fn is_nothing(text: &str) -> bool {
    matches!(text, "" | "/" | "-" | "--" | "—" | "——" | "无" | "\\")
}

/// Figures separated by commas; the unit stands behind the last.
fn list(text: &str) -> Option<Vec<Quantity>> {
    let parts = text.split([',', ';', '、', '，', '；']).map(str::trim).filter(|part| !part.is_empty());
    let mut figures: Vec<Quantity> = parts.map(quantity).collect::<Option<_>>()?;
    let unit = figures.last()?.unit.clone();
    for figure in &mut figures {
        if figure.unit.is_empty() {
            figure.unit.clone_from(&unit);
        }
    }
    Some(figures)
}

fn quantity(text: &str) -> Option<Quantity> {
    let text = text.trim();
    let relation = RELATIONS.iter().find_map(|(sign, relation)| Some((text.strip_prefix(sign)?, *relation)));
    let (rest, relation) = relation.unwrap_or((text, Relation::Is));
    let (number, rest) = number(rest.trim_start())?;
    Some(Quantity { relation, number, unit: units::spelling(rest) })
}

fn range(text: &str) -> Option<Limit> {
    let (low, rest) = number(text)?;
    let rest = rest.trim_start();
    let mark = ["~", "～", "-", "–", "—", "至"].iter().find(|mark| rest.starts_with(*mark))?;
    let high = quantity(rest.strip_prefix(mark)?)?;
    let low = Quantity { relation: Relation::AtLeast, number: low, unit: high.unit.clone() };
    (high.relation == Relation::Is)
        .then_some(Limit::Range(low, Quantity { relation: Relation::AtMost, ..high }))
}

fn plan(text: &str) -> Option<Plan> {
    let (mut n, mut c, mut low, mut high) = (None, None, None, None);
    for part in text.split([',', ';', '、', ' ']).map(str::trim).filter(|part| !part.is_empty()) {
        match part.split_once('=') {
            Some(("n", count)) => n = count.parse().ok(),
            Some(("c", count)) => c = count.parse().ok(),
            Some(("m", bound)) => low = quantity(bound),
            Some(("M", bound)) => high = quantity(bound),
            Some(_) => return None,
            None => {
                // The unit behind a blank.
                let last = if high.is_some() { &mut high } else { &mut low };
                last.as_mut().filter(|last| last.unit.is_empty())?.unit = units::spelling(part);
            }
        }
    }
    let mut low: Quantity = low?;
    if let Some(high) = high.as_mut() {
        if low.unit.is_empty() {
            low.unit.clone_from(&high.unit);
        } else if high.unit.is_empty() {
            high.unit.clone_from(&low.unit);
        }
    }
    Some(Plan { n: n?, c: c?, low, high })
}

/// A decimal number, with a power of ten written `×10⁴` or `×10^4`, and what follows it.
fn number(text: &str) -> Option<(Number, &str)> {
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (figure, rest) = text.split_at_checked(digits)?;
    let (whole, part) = figure.split_once('.').unwrap_or((figure, ""));
    let readable = !whole.is_empty() && figure.len() <= 18 && !part.contains('.') && !figure.ends_with('.');
    let mantissa: i128 = readable.then(|| format!("{whole}{part}").parse().ok())??;
    let mut exponent = -i32::try_from(part.len()).ok()?;
    let mut rest = rest;
    let behind = rest.trim_start();
    let times = ["×", "x", "X", "*", "·"].iter().find_map(|sign| behind.strip_prefix(sign));
    if let Some(power) = times.and_then(|behind| behind.trim_start().strip_prefix("10")) {
        let (raised, after) = power_of_ten(power)?;
        exponent += raised;
        rest = after;
    } else if figure == "10"
        && let Some((raised, after)) = power_of_ten(rest)
    {
        return Some((Number { mantissa: 1, exponent: raised }, after));
    }
    Some((Number { mantissa, exponent }, rest))
}

/// The exponent behind a 10: `^4` or superscript digits.
fn power_of_ten(text: &str) -> Option<(i32, &str)> {
    if let Some(digits) = text.strip_prefix('^') {
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        let (exponent, rest) = digits.split_at_checked(end)?;
        return Some((exponent.parse().ok().filter(|exponent| *exponent <= 12)?, rest));
    }
    let end = text.find(|c: char| superscript(c).is_none()).unwrap_or(text.len());
    let (raised, rest) = text.split_at_checked(end)?;
    let digits: String = raised.chars().filter_map(superscript).collect();
    Some((digits.parse().ok().filter(|exponent| *exponent <= 12)?, rest))
}

/// Superscript digits, by their value.
pub(super) const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";

fn superscript(c: char) -> Option<char> {
    RAISED
        .chars()
        .position(|known| known == c)
        .and_then(|digit| char::from_digit(u32::try_from(digit).ok()?, 10))
}
