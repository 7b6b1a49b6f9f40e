//! How a site speaks: the words of its theme, the labels of our tables, days, periods and amounts in one language.
//!
//! In: the words of the language and the labels of the tables, each in Chinese and English. Out: a [`Locale`], made once a
//! build: a label is looked up in it and never put together on a page. English labels begin with a capital; traditional
//! ones are made of the simplified ones. Forms of days and amounts are words too, with slots such as `{y}`.
//!
//! Not here: which labels there are (`record::labels`), words of findings, which follow the command line.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use crate::calendar::period::Period;
use crate::calendar::{Date, Quarter};
use crate::traditional::traditional;

/// The languages in which our own labels can be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tongue {
    /// Chinese in simplified characters, as the tables have it.
    #[default]
    Simplified,
    /// Chinese in traditional characters.
    Traditional,
    /// English.
    English,
}

impl Tongue {
    /// Of a language such as `zh-Hant`; of one in which there are no labels, Chinese.
    pub fn of(language: &str) -> Tongue {
        let language = language.to_ascii_lowercase();
        let begins = |tags: &[&str]| tags.iter().any(|tag| language.starts_with(tag));
        if begins(&["zh-hant", "zh-tw", "zh-hk", "zh-mo"]) {
            Tongue::Traditional
        } else if begins(&["en"]) {
            Tongue::English
        } else {
            Tongue::Simplified
        }
    }
}

/// A label of a table in both of its languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label {
    /// Chinese, in simplified characters.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

/// The words of one language.
#[derive(Clone, Debug, Default)]
pub struct Locale {
    tongue: Tongue,
    words: BTreeMap<String, String>,
    /// What is shown instead of a label as the tables have it in this tongue.
    labels: HashMap<&'static str, Box<str>>,
}

impl Locale {
    /// Of a theme's words. `own` are the labels of the program, `declared` those that a portal has declared: these stay as they are
    /// given, but for the capital.
    pub fn new(
        language: &str,
        words: BTreeMap<String, String>,
        own: impl IntoIterator<Item = Label>,
        declared: impl IntoIterator<Item = Label>,
    ) -> Locale {
        let tongue = Tongue::of(language);
        let mut labels = HashMap::new();
        match tongue {
            Tongue::Simplified => {}
            Tongue::Traditional => {
                labels.extend(own.into_iter().map(|label| (label.zh, traditional(label.zh).into())));
            }
            Tongue::English => {
                let all = own.into_iter().chain(declared);
                labels.extend(all.map(|label| (label.en, capital(label.en).into())));
            }
        }
        labels.retain(|label, shown: &mut Box<str>| **shown != **label);
        Locale { tongue, words, labels }
    }

    /// A label in this language; in Chinese where it has no English.
    pub fn label(&self, label: Label) -> &str {
        let is_english = self.tongue == Tongue::English && !label.en.is_empty();
        let own = if is_english { label.en } else { label.zh };
        self.labels.get(own).map_or(own, |shown| shown)
    }

    /// A label that stands behind a number, without a capital.
    pub fn unit(&self, label: Label) -> &str {
        if self.tongue == Tongue::English { label.en } else { self.label(label) }
    }

    /// Every label that is shown otherwise than the tables have it.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.labels.values().map(|shown| &**shown)
    }

    /// A word of the theme; nothing when it has none of this key.
    pub fn word(&self, key: &str) -> &str {
        self.words.get(key).map_or("", String::as_str)
    }

    /// A word of the theme with values in its slots.
    pub fn fill(&self, key: &str, slots: &[(&str, &str)]) -> String {
        let value =
            |name: &str| slots.iter().find(|(slot, _)| *slot == name).map(|(_, value)| (*value).into());
        fill_slots(self.word(key), value)
    }

    /// Texts as one, with a word of the theme between them.
    pub fn join<T: AsRef<str>>(&self, between: &str, parts: impl IntoIterator<Item = T>) -> String {
        let mut joined = String::new();
        for (at, part) in parts.into_iter().enumerate() {
            if at > 0 {
                joined.push_str(self.word(between));
            }
            joined.push_str(part.as_ref());
        }
        joined
    }

    /// A day, `2026年11月22日`.
    pub fn date(&self, day: Date) -> String {
        let (year, month) = (day.year().to_string(), day.month());
        let (number, of_month) = (month.to_string(), day.day().to_string());
        let slots = [("y", &*year), ("m", &number), ("month", self.month(month)), ("d", &of_month)];
        self.fill("form_date", &slots)
    }

    /// A period, `2026年11月`.
    pub fn period(&self, period: Period) -> String {
        let (key, year, number) = match period {
            Period::Year(year) => ("form_year", year, 0),
            Period::Quarter(year, number) => ("form_quarter", year, number),
            Period::Month(year, number) => ("form_month", year, number),
            Period::Week(year, number) => ("form_week", year, number),
        };
        let slots = [
            ("y", &*year.to_string()),
            ("n", &number.to_string()),
            ("name", self.nth("numerals", number)),
            ("month", self.month(number)),
        ];
        self.fill(key, &slots)
    }

    /// A quarter with its number in words, `2026年第四季度`.
    pub fn quarter(&self, quarter: Quarter) -> String {
        self.period(Period::Quarter(quarter.year, quarter.number))
    }

    /// The short name of a month.
    pub fn month(&self, number: i8) -> &str {
        self.nth("months", number)
    }

    /// The word at a place, from 1, of a list of words with blanks between them.
    fn nth(&self, key: &str, number: i8) -> &str {
        let place = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
        place.and_then(|place| self.word(key).split(' ').nth(place)).unwrap_or("")
    }

    /// An amount in yuan as its digits are written: `8500元`, and from ten thousand on `12.5万元`, where the language counts
    /// so and two decimals say all.
    pub fn amount(&self, text: &str) -> String {
        let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let whole = whole.trim_start_matches('0');
        let part = part.trim_end_matches('0');
        if let Some(at) = whole.len().checked_sub(4).filter(|at| *at > 0 && part.is_empty())
            && let Some((tens_of_thousands, rest)) = whole.split_at_checked(at)
            && !self.word("form_wan").is_empty()
        {
            let rest = rest.trim_end_matches('0');
            let point = if rest.is_empty() { "" } else { "." };
            if rest.len() <= 2 {
                return self.fill("form_wan", &[("n", &format!("{sign}{tens_of_thousands}{point}{rest}"))]);
            }
        }
        let point = if part.is_empty() { "" } else { "." };
        let whole = if whole.is_empty() { "0".to_string() } else { self.grouped(whole) };
        self.fill("form_yuan", &[("n", &format!("{sign}{whole}{point}{part}"))])
    }

    /// A number in digits with the theme's mark between thousands, `14,000.5`.
    pub fn number(&self, digits: &str) -> String {
        let (whole, part) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
        format!("{}{part}", self.grouped(whole))
    }

    /// Digits with the theme's mark between thousands.
    fn grouped(&self, digits: &str) -> String {
        let mut grouped = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                grouped.push_str(self.word("thousands"));
            }
            grouped.push(digit);
        }
        grouped
    }
}

/// A label with a capital at its head.
fn capital(label: &str) -> String {
    let mut rest = label.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// A pattern with values in its slots, `{name}`; one that `value` does not know stays as it is written.
pub fn fill_slots<'v>(pattern: &str, value: impl Fn(&str) -> Option<Cow<'v, str>>) -> String {
    let mut told = String::new();
    let mut rest = pattern;
    while let Some((before, behind)) = rest.split_once('{') {
        told.push_str(before);
        let known = behind.split_once('}').and_then(|(name, behind)| Some((value(name)?, behind)));
        match known {
            Some((value, behind)) => {
                told.push_str(&value);
                rest = behind;
            }
            None => {
                told.push('{');
                rest = behind;
            }
        }
    }
    told.push_str(rest);
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locale(language: &str, words: &[(&str, &str)]) -> Locale {
        let words = words.iter().map(|(key, word)| (key.to_string(), word.to_string())).collect();
        let label = |zh, en| Label { zh, en };
        Locale::new(language, words, [label("包保干部", "cadres")], [label("专家", "experts")])
    }

    const ZH: [(&str, &str); 9] = [
        ("form_date", "{y}年{m}月{d}日"),
        ("form_year", "{y}年"),
        ("form_quarter", "{y}年第{name}季度"),
        ("form_month", "{y}年{n}月"),
        ("form_week", "{y}年第{n}周"),
        ("form_yuan", "{n}元"),
        ("form_wan", "{n}万元"),
        ("numerals", "一 二 三 四"),
        ("thousands", ""),
    ];

    const EN: [(&str, &str); 8] = [
        ("form_date", "{d} {month} {y}"),
        ("form_quarter", "Q{n} {y}"),
        ("form_month", "{month} {y}"),
        ("form_week", "week {n} of {y}"),
        ("form_yuan", "{n} yuan"),
        ("form_wan", ""),
        ("thousands", ","),
        ("months", "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"),
    ];

    #[test]
    fn a_label_is_told_in_the_language_of_the_site() {
        let own = Label { zh: "包保干部", en: "cadres" };
        let declared = Label { zh: "专家", en: "experts" };
        for (language, shown, given) in [
            ("zh-CN", "包保干部", "专家"),
            ("zh-Hant", "包保幹部", "专家"),
            ("zh-Hant-TW", "包保幹部", "专家"),
            ("en", "Cadres", "Experts"),
            ("bo", "包保干部", "专家"),
        ] {
            let locale = locale(language, &[]);
            assert_eq!((locale.label(own), locale.label(declared)), (shown, given), "{language}");
        }
    }

    #[test]
    fn days_and_periods_follow_the_forms_of_the_language() {
        let (zh, en) = (locale("zh-CN", &ZH), locale("en", &EN));
        let day = Date::parse("2026-11-22").unwrap();
        assert_eq!((zh.date(day), en.date(day)), (day.zh(), "22 Nov 2026".to_string()));
        for (text, told) in
            [("2026", ""), ("2026Q4", "Q4 2026"), ("2026-11", "Nov 2026"), ("2026-W47", "week 47 of 2026")]
        {
            let period = Period::parse(text).unwrap();
            assert_eq!((zh.period(period), en.period(period)), (period.zh(), told.to_string()), "{text}");
        }
        assert_eq!(zh.quarter(Quarter { year: 2026, number: 4 }), "2026年第四季度");
    }

    #[test]
    fn an_amount_is_told_in_tens_of_thousands_where_that_is_exact_and_short() {
        let (zh, en) = (locale("zh-CN", &ZH), locale("en", &EN));
        for (text, told, in_english) in [
            ("0", "0元", "0 yuan"),
            ("8500", "8500元", "8,500 yuan"),
            ("8500.50", "8500.5元", "8,500.5 yuan"),
            ("10000", "1万元", "10,000 yuan"),
            ("125000", "12.5万元", "125,000 yuan"),
            ("125600.00", "12.56万元", "125,600 yuan"),
            ("125678", "125678元", "125,678 yuan"),
            ("30000000", "3000万元", "30,000,000 yuan"),
            ("-20000", "-2万元", "-20,000 yuan"),
            ("0.35", "0.35元", "0.35 yuan"),
        ] {
            assert_eq!((zh.amount(text), en.amount(text)), (told.into(), in_english.into()), "{text}");
        }
    }

    #[test]
    fn thousands_are_parted_as_the_language_does() {
        let (zh, en) = (locale("zh-CN", &ZH), locale("en", &EN));
        for (digits, in_english) in
            [("999", "999"), ("14000", "14,000"), ("1234567.25", "1,234,567.25"), ("", "")]
        {
            assert_eq!((zh.number(digits), en.number(digits)), (digits.into(), in_english.into()));
        }
    }

    #[test]
    fn what_is_no_slot_stays() {
        let locale = locale("en", &[("a", "{x} {y} {"), ("sep", ", ")]);
        assert_eq!(locale.fill("a", &[("x", "{y}")]), "{y} {y} {");
        assert_eq!(locale.join("sep", ["a", "b"]), "a, b");
    }
}
