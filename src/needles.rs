//! Many texts looked for at once in many outputs: the search behind the gate.
//!
//! Wherever two bytes follow each other with which a text begins, a window of its first bytes is looked up in a small
//! bit table; only where that bit is set are texts compared, and where many begin alike, they are found by their content
//! key. So one pass costs about a nanosecond a byte, at any number of texts.
//!
//! Not here: which texts must not be found (`disclose`), and looking into compressed files (`unpack`).

use std::collections::HashMap;

use rayon::prelude::*;

use crate::calendar::Date;
use crate::text::content_hash;

/// What it means when a text is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weight {
    /// It is withheld: it may stand nowhere.
    Withheld,
    /// It belongs to a record whose last public day was this one: it may stand nowhere.
    Ended(Date),
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
        }
    }
}

/// Texts to look for.
#[derive(Debug, Default)]
pub struct Needles {
    texts: Vec<(Box<[u8]>, Weight)>,
    /// By the first two bytes of a text, a bit.
    pairs: Vec<u64>,
    /// By content key, the texts of crowded windows: those whose first bytes many share, such as addresses of one kind.
    crowd: HashMap<u128, Vec<u32>>,
    wide: Windows<8>,
    narrow: Windows<4>,
}

/// Texts by the hash of their first `N` bytes.
#[derive(Debug)]
struct Windows<const N: usize> {
    bits: Vec<u64>,
    starts: HashMap<[u8; N], Start>,
}

/// The texts that begin with one window.
#[derive(Debug, Default)]
struct Start {
    /// The first few, which are compared one by one.
    few: Vec<u32>,
    /// The lengths of all others, which are found by their content key.
    lengths: Vec<usize>,
}

/// So many texts of a window are compared one by one.
const FEW: usize = 4;

/// Bits of a table: 64 for each text, so that few places are looked at in vain; 64 KiB at the most and less where
/// that does, so that it stays in the processor's nearest cache.
const MOST_BITS: usize = 1 << 19;
const LEAST_BITS: usize = 1 << 13;
const BITS_OF_A_TEXT: usize = 64;

impl<const N: usize> Default for Windows<N> {
    fn default() -> Self {
        Windows { bits: Vec::new(), starts: HashMap::new() }
    }
}

impl<const N: usize> Windows<N> {
    /// Says whether the window is crowded, so that the text has to be found by its content key.
    fn add(&mut self, window: [u8; N], text: u32, length: usize) -> bool {
        let start = self.starts.entry(window).or_default();
        let is_crowded = start.few.len() >= FEW;
        if !is_crowded {
            start.few.push(text);
        } else if !start.lengths.contains(&length) {
            start.lengths.push(length);
        }
        let wanted = self.starts.len().saturating_mul(BITS_OF_A_TEXT).next_power_of_two();
        let wanted = wanted.clamp(LEAST_BITS, MOST_BITS);
        if self.bits.len() * 64 < wanted {
            self.bits = vec![0; wanted / 64];
            for window in self.starts.keys() {
                set(&mut self.bits, *window);
            }
        } else {
            set(&mut self.bits, window);
        }
        is_crowded
    }

    #[inline]
    fn at(&self, bytes: &[u8]) -> Option<&Start> {
        let window = bytes.first_chunk::<N>()?;
        let bit = hash(*window) & (self.bits.len() * 64).wrapping_sub(1);
        if self.bits.get(bit / 64).is_none_or(|word| word & (1 << (bit % 64)) == 0) {
            return None;
        }
        self.starts.get(window)
    }
}

/// Sets the bit of a window in a table whose size is a power of two.
fn set<const N: usize>(bits: &mut [u64], window: [u8; N]) {
    let bit = hash(window) & (bits.len() * 64).wrapping_sub(1);
    if let Some(word) = bits.get_mut(bit / 64) {
        *word |= 1 << (bit % 64);
    }
}

#[inline]
fn hash<const N: usize>(window: [u8; N]) -> usize {
    let mut padded = [0; 8];
    for (to, from) in padded.iter_mut().zip(window) {
        *to = from;
    }
    (u64::from_le_bytes(padded).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 45) as usize
}

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
                self.each_match(text.as_bytes(), |at| {
                    found.push(at);
                    None::<()>
                });
                found
            })
            .reduce(Vec::new, |mut all, more| {
                all.extend(more);
                all
            });
        for text in found {
            if let Some((place, _)) = self.texts.get_mut(text as usize) {
                *place = Box::default();
            }
        }
    }

    /// The texts that were not struck off, in order.
    pub fn into_texts(self) -> impl Iterator<Item = String> {
        let left = self.texts.into_iter().filter(|(text, _)| !text.is_empty());
        left.map(|(text, _)| String::from_utf8_lossy(&text).into_owned())
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
        for (before, behind) in [
            (">", "<"),
            ("\"", "\""),
            (",", ","),
            (
                ",", "
",
            ),
            (
                ",", "
",
            ),
            (
                "
", ",",
            ),
            (
                "
", "
",
            ),
            (
                "
", "
",
            ),
        ] {
            self.add(format!("{before}{text}{behind}").as_bytes(), weight);
        }
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Whether any text that is looked for is so.
    pub fn any_text(&self, is: impl Fn(&[u8]) -> bool) -> bool {
        self.texts.iter().any(|(text, _)| is(text))
    }

    /// The first text found in an output that weighs as `wanted` says.
    pub fn find(&self, output: &[u8], wanted: impl Fn(Weight) -> bool) -> Option<(Weight, &str)> {
        self.each_match(output, |at| {
            let (text, weight) = self.texts.get(at as usize)?;
            wanted(*weight).then(|| (*weight, std::str::from_utf8(text).unwrap_or("")))
        })
    }

    /// A content key of all that is looked for.
    pub fn key(&self) -> u128 {
        let mut bytes = Vec::new();
        for (text, weight) in &self.texts {
            bytes.extend_from_slice(text);
            bytes.push(weight.key());
        }
        content_hash(&bytes)
    }

    fn add(&mut self, text: &[u8], weight: Weight) {
        let number = self.texts.len() as u32;
        let is_crowded = if let Some(window) = text.first_chunk::<8>() {
            self.wide.add(*window, number, text.len())
        } else if let Some(window) = text.first_chunk::<4>() {
            self.narrow.add(*window, number, text.len())
        } else {
            return;
        };
        if is_crowded {
            self.crowd.entry(content_hash(text)).or_default().push(number);
        }
        self.pairs.resize((1 << 16) / 64, 0);
        if let Some(first) = text.first_chunk::<2>() {
            let pair = usize::from(u16::from_le_bytes(*first));
            if let Some(word) = self.pairs.get_mut(pair / 64) {
                *word |= 1 << (pair % 64);
            }
        }
        self.texts.push((text.into(), weight));
    }

    fn each_match<T>(&self, output: &[u8], mut found: impl FnMut(u32) -> Option<T>) -> Option<T> {
        if self.texts.is_empty() {
            return None;
        }
        let narrow = !self.narrow.starts.is_empty();
        for (at, first) in output.array_windows::<2>().enumerate() {
            let pair = usize::from(u16::from_le_bytes(*first));
            if self.pairs.get(pair / 64).is_none_or(|word| word & (1 << (pair % 64)) == 0) {
                continue;
            }
            let rest = output.get(at..).unwrap_or(&[]);
            let short = if narrow { self.narrow.at(rest) } else { None };
            for start in self.wide.at(rest).into_iter().chain(short) {
                let answer = self.matches_of(start, rest, &mut found);
                if answer.is_some() {
                    return answer;
                }
            }
        }
        None
    }

    /// The texts of one window with which the rest of an output begins.
    fn matches_of<T>(
        &self,
        start: &Start,
        rest: &[u8],
        found: &mut impl FnMut(u32) -> Option<T>,
    ) -> Option<T> {
        let beginnings = start.lengths.iter().filter_map(|length| rest.get(..*length));
        let crowd = beginnings.filter_map(|beginning| self.crowd.get(&content_hash(beginning))).flatten();
        for text in start.few.iter().chain(crowd) {
            let wanted = self.texts.get(*text as usize).map_or(&[] as &[u8], |(text, _)| text);
            if !wanted.is_empty()
                && rest.starts_with(wanted)
                && let Some(answer) = found(*text)
            {
                return Some(answer);
            }
        }
        None
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
    fn a_short_text_counts_only_as_a_whole_field() {
        let needles = needles(&[], &["孙某"]);
        assert!(find(&needles, "<td>孙某</td>").is_some());
        assert!(find(&needles, "1,孙某,2\r\n").is_some());
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
