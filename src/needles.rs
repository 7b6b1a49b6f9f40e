//! Many texts looked for at once in many outputs: the search behind the gate.
//!
//! Of every thirteenth place of an output four bytes are looked up in a small table of those that stand in the first sixteen
//! of a text; a text of sixteen bytes cannot slip through between two places. Only where such bytes stand in a text is a
//! window looked up, and only texts that begin with it are compared. So one pass costs a fraction of a nanosecond a byte, at
//! any number of texts. Shorter texts have passes of their own, at every fifth and every third place.
//!
//! Not here: which texts must not be found (`disclose`), and looking into compressed files (`unpack`).

mod windows;

use std::sync::OnceLock;

use rayon::prelude::*;

use crate::calendar::Date;
use crate::text::content_hash;
use windows::Windows;

/// What it means when a text is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weight {
    /// It is withheld: it may stand nowhere.
    Withheld,
    /// It belongs to a record whose last public day was this one: it may stand nowhere.
    Ended(Date),
    /// It belongs to a record that was withdrawn: it may stand nowhere.
    Removed,
    /// It is a masked name of three characters, which may be a part of other words: it counts in files of others, where nothing
    /// stands that this program puts together, and not in pages.
    Name,
    /// It is the address or id of what has left: tombstones and the page of withdrawals may name it.
    Gone,
}

impl Weight {
    /// Tells weights apart in a key; the last day changes the words of a finding only.
    fn key(self) -> u8 {
        match self {
            Weight::Withheld => 0,
            Weight::Gone => 1,
            Weight::Ended(_) => 2,
            Weight::Removed => 3,
            Weight::Name => 4,
        }
    }
}

/// Texts to look for.
#[derive(Debug, Default)]
pub struct Needles {
    texts: Vec<Text>,
    /// Made at the first search.
    index: OnceLock<Index>,
}

#[derive(Debug)]
struct Text {
    bytes: Box<[u8]>,
    weight: Weight,
    /// It may be public after all.
    is_struck: bool,
}

impl Text {
    /// Whether it may stand at a place for what it means: a short word of ASCII not as part of a longer one.
    fn counts_at(&self, output: &[u8], start: usize) -> bool {
        if self.bytes.len() >= LEAST_IN_WORDS || !self.bytes.iter().all(u8::is_ascii_alphanumeric) {
            return true;
        }
        let before = start.checked_sub(1).and_then(|place| output.get(place));
        let neighbours = [before, output.get(start + self.bytes.len())];
        !neighbours.into_iter().flatten().any(u8::is_ascii_alphanumeric)
    }
}

/// The texts by their beginnings.
#[derive(Debug)]
struct Index {
    long: Windows<16, 4>,
    middle: Windows<8, 4>,
    short: Windows<4, 2>,
}

/// Shorter texts are not looked for.
const LEAST: usize = 4;

/// A text of letters and digits of ASCII that is shorter counts only as a word: four of them stand in some hash or name of a
/// class by chance.
const LEAST_IN_WORDS: usize = 8;

impl Needles {
    /// Texts of which some will be struck off before the search.
    pub fn candidates(texts: impl IntoIterator<Item = Box<str>>) -> Needles {
        let mut needles = Needles::default();
        let mut sorted: Vec<Box<str>> = texts.into_iter().collect();
        sorted.sort_unstable();
        for text in sorted {
            needles.add(text.as_bytes(), Weight::Withheld);
        }
        needles
    }

    /// Forgets every text that stands in one of these public ones.
    pub fn strike_off(&mut self, public: &[&str]) {
        let found: Vec<u32> = public
            .par_iter()
            .fold(Vec::new, |mut found, text| {
                self.each_match(text.as_bytes(), |at, _| {
                    found.push(at);
                    None::<()>
                });
                found
            })
            .reduce(Vec::new, |mut all, more| {
                all.extend(more);
                all
            });
        self.strike(found);
    }

    /// Tells the number of each text that stands in this one.
    pub fn each_in(&self, text: &str, mut tell: impl FnMut(u32)) {
        self.each_match(text.as_bytes(), |number, _| {
            tell(number);
            None::<()>
        });
    }

    /// Forgets the texts of these numbers.
    pub fn strike(&mut self, numbers: impl IntoIterator<Item = u32>) {
        for number in numbers {
            if let Some(text) = self.texts.get_mut(number as usize) {
                text.is_struck = true;
            }
        }
    }

    /// Forgets each text of which this holds.
    pub fn strike_if(&mut self, holds: impl Fn(&str) -> bool) {
        for text in &mut self.texts {
            text.is_struck |= std::str::from_utf8(&text.bytes).is_ok_and(&holds);
        }
    }

    /// The texts that were not struck off, in order.
    pub fn into_texts(self) -> impl Iterator<Item = String> {
        let left = self.texts.into_iter().filter(|text| !text.is_struck);
        left.map(|text| String::from_utf8_lossy(&text.bytes).into_owned())
    }

    /// Looks for a text anywhere, as it stands and in the forms in which HTML, JSON and CSV write it.
    pub fn anywhere(&mut self, text: &str, weight: Weight) {
        for form in escaped_forms(text) {
            self.add(form.as_bytes(), weight);
        }
    }

    /// Looks for these very bytes.
    pub fn exactly(&mut self, text: &str, weight: Weight) {
        self.add(text.as_bytes(), weight);
    }

    /// Looks for a text as a whole field of a page, a JSON or a CSV file.
    pub fn whole_field(&mut self, text: &str, weight: Weight) {
        let fields = [
            (">", "<"),
            ("\"", "\""),
            (",", ","),
            (",", "\r\n"),
            (",", "\n"),
            ("\n", ","),
            ("\n", "\r\n"),
            ("\n", "\n"),
        ];
        for (before, behind) in fields {
            self.add(format!("{before}{text}{behind}").as_bytes(), weight);
        }
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Whether any text that is looked for is so.
    pub fn any_text(&self, is: impl Fn(&[u8]) -> bool) -> bool {
        self.texts.iter().any(|text| is(&text.bytes))
    }

    /// The first text found in an output that weighs as `wanted` says.
    pub fn find(&self, output: &[u8], wanted: impl Fn(Weight) -> bool) -> Option<(Weight, &str)> {
        self.each_match(output, |at, start| {
            let text = self.texts.get(at as usize)?;
            (wanted(text.weight) && text.counts_at(output, start))
                .then(|| (text.weight, std::str::from_utf8(&text.bytes).unwrap_or("")))
        })
    }

    /// A content key of all that is looked for.
    pub fn key(&self) -> u128 {
        let mut bytes = Vec::new();
        for text in &self.texts {
            bytes.extend_from_slice(&text.bytes);
            bytes.push(text.weight.key());
        }
        content_hash(&bytes)
    }

    fn add(&mut self, text: &[u8], weight: Weight) {
        if text.len() >= LEAST {
            self.texts.push(Text { bytes: text.into(), weight, is_struck: false });
            self.index = OnceLock::new();
        }
    }

    fn each_match<T>(&self, output: &[u8], mut found: impl FnMut(u32, usize) -> Option<T>) -> Option<T> {
        let index = self.index.get_or_init(|| {
            let texts = || (0..).zip(self.texts.iter().map(|text| &*text.bytes));
            let of =
                |from: usize, to: usize| texts().filter(move |(_, text)| (from..to).contains(&text.len()));
            Index {
                long: Windows::of(of(16, usize::MAX)),
                middle: Windows::of(of(8, 16)),
                short: Windows::of(of(LEAST, 8)),
            }
        });
        let bytes = |text: u32| self.texts.get(text as usize).map_or(&[] as &[u8], |text| &text.bytes);
        let long = index.long.each_match(output, &bytes, &mut found);
        let middle = long.or_else(|| index.middle.each_match(output, &bytes, &mut found));
        middle.or_else(|| index.short.each_match(output, &bytes, &mut found))
    }
}

/// A text and the forms in which HTML, JSON or CSV may write it.
fn escaped_forms(text: &str) -> Vec<String> {
    let html = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let apostrophes = ["&#39;", "&#x27;", "&apos;"].map(|entity| html.replace('\'', entity));
    let json = serde_json::to_string(text).map(|json| json.trim_matches('"').to_string()).unwrap_or_default();
    let csv = text.replace('"', "\"\"");
    let mut forms = vec![text.to_string(), html, json, csv];
    forms.extend(apostrophes);
    forms.sort_unstable();
    forms.dedup();
    forms.retain(|form| !form.is_empty());
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needles(texts: &[&str], fields: &[&str]) -> Needles {
        let mut needles = Needles::default();
        texts.iter().for_each(|text| needles.anywhere(text, Weight::Withheld));
        fields.iter().for_each(|text| needles.whole_field(text, Weight::Gone));
        needles
    }

    fn find<'n>(needles: &'n Needles, output: &str) -> Option<&'n str> {
        needles.find(output.as_bytes(), |_| true).map(|(_, text)| text)
    }

    #[test]
    fn a_withheld_text_is_found_anywhere_and_in_escaped_form() {
        let needles = needles(&["台账缺一日", "A&B \"食品\"店", "jing"], &[]);
        assert_eq!(find(&needles, "<td>台账缺一日</td>"), Some("台账缺一日"));
        assert!(find(&needles, "A&amp;B &quot;食品&quot;店").is_some());
        assert!(find(&needles, "{\"name\":\"A&B \\\"食品\\\"店\"}").is_some());
        assert_eq!(find(&needles, "xx jing"), Some("jing"));
        assert_eq!(find(&needles, "台账缺一"), None);
    }

    #[test]
    fn a_short_word_of_ascii_is_found_as_a_word_only() {
        let needles = needles(&["epub", "0012", "no 7"], &[]);
        for output in
            ["格式：epub。", "epub", "<td>0012</td>", "保单0012号", "\"0012\"", "/epub/", "in no 77"]
        {
            assert!(find(&needles, output).is_some(), "{output}");
        }
        for output in ["epubs", "xepub", "3f0012ab", "00123", "ePub"] {
            assert_eq!(find(&needles, output), None, "{output}");
        }
        assert_eq!(find(&needles, "7epub9, epub"), Some("epub"));
    }

    #[test]
    fn each_of_many_texts_that_begin_alike_is_found_and_no_other() {
        let texts: Vec<String> = (0..300).map(|no| format!("enterprises/{}.html", no * no)).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let needles = needles(&texts, &[]);
        for text in &texts {
            assert_eq!(find(&needles, &format!("<a href=\"../{text}\">")), Some(*text));
            assert_eq!(find(&needles, text), Some(*text));
        }
        assert_eq!(find(&needles, "<a href=\"../enterprises/90001.html\">"), None);
        assert_eq!(find(&needles, "enterprises/4.htm"), None);
    }

    #[test]
    fn every_text_is_found_wherever_it_stands() {
        // Texts that begin alike, begin one another, and are short: as a walk over all of them finds them.
        let texts: Vec<String> = (0..200)
            .flat_map(|no| {
                ["样云县", "样云县石店街道", "ab12", "<", "\n"]
                    .map(|begin| format!("{begin}{}", no * no % 97))
            })
            .chain(["样云县石店街道9", "样云县石店街道96号", "ab", "abcdefg"].map(str::to_string))
            .collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let mut needles = Needles::default();
        texts.iter().for_each(|text| needles.exactly(text, Weight::Withheld));
        for no in 0..1_000_usize {
            let text = texts.get(no % texts.len()).unwrap();
            let output = format!(
                "{}{text}{}",
                "甲<".repeat(no % 7) + "..".get(..no % 3).unwrap(),
                "号".repeat(no % 2)
            );
            let mut found = std::collections::BTreeSet::new();
            needles.each_match(output.as_bytes(), |at, _| {
                found.insert(std::str::from_utf8(&needles.texts.get(at as usize).unwrap().bytes).unwrap());
                None::<()>
            });
            let by_hand = texts.iter().copied().filter(|text| text.len() >= LEAST && output.contains(text));
            assert_eq!(found, by_hand.collect(), "{output}");
        }
    }

    #[test]
    fn a_short_text_counts_only_as_a_whole_field() {
        let needles = needles(&[], &["孙某"]);
        assert!(find(&needles, "<td>孙某</td>").is_some());
        for row in [
            "1,孙某,2\r\n",
            "0\r\n1,孙某\r\n",
            "0\r\n孙某,2\r\n",
            "0\r\n孙某\r\n",
            "0\n1,孙某\n",
            "0\n孙某\n",
        ] {
            assert!(find(&needles, row).is_some(), "{row:?}");
        }
        assert!(find(&needles, "<td>孙某某</td>").is_none());
        assert!(needles.find("<td>孙某</td>".as_bytes(), |weight| weight == Weight::Withheld).is_none());
    }

    #[test]
    fn a_text_that_the_public_may_read_elsewhere_is_struck_off() {
        let mut needles = Needles::candidates(["样例县假想餐饮店".into(), "使用非食品原料".into()]);
        needles.strike_off(&["地址：样例县假想餐饮店门口"]);
        assert_eq!(needles.into_texts().collect::<Vec<_>>(), ["使用非食品原料"]);
    }
}
