//! Small facts about text that every floor above needs: folding blanks, content hashes, nearest names.
//!
//! Not here: HTML (`markdown`, `render`), search folding (a later room), and any knowledge of records.

use std::collections::HashMap;

use xxhash_rust::xxh3::xxh3_128;

/// The content key of the incremental build; never published, so speed counts and not secrecy.
pub fn content_hash(bytes: &[u8]) -> u128 {
    xxh3_128(bytes)
}

/// The name nearest to `wanted`, if one is near enough to be a typing mistake.
pub fn nearest<'n>(wanted: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let length = wanted.chars().count();
    let limit = (length / 3).clamp(1, 3);
    names
        .into_iter()
        .filter(|name| name.chars().count().abs_diff(length) <= limit)
        .map(|name| (strsim::osa_distance(wanted, name), name))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, name)| name)
}

/// Shortens a value for a message: at most `limit` characters, `…` behind what was cut.
pub fn excerpt(text: &str, limit: usize) -> String {
    let mut cut: String = text.chars().take(limit).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().count() > limit {
        cut.push('…');
    }
    cut
}

/// Many texts looked for at once in many outputs.
///
/// A window of the first bytes of each text is looked up in a small bit table at every character; only where
/// the bit is set are the texts compared. One pass costs about a nanosecond a byte, at any number of texts.
#[derive(Debug, Default)]
pub struct Needles {
    texts: Vec<Box<[u8]>>,
    wide: Windows<8>,
    narrow: Windows<4>,
}

#[derive(Debug)]
struct Windows<const N: usize> {
    bits: Vec<u64>,
    starts: HashMap<[u8; N], Vec<u32>>,
}

impl<const N: usize> Default for Windows<N> {
    fn default() -> Self {
        Windows { bits: Vec::new(), starts: HashMap::new() }
    }
}

/// Bits of the table: 64 KiB, so that it stays in the processor's cache.
const WINDOW_BITS: usize = 1 << 19;

impl<const N: usize> Windows<N> {
    fn add(&mut self, window: [u8; N], text: u32) {
        self.bits.resize(WINDOW_BITS / 64, 0);
        let at = Self::bit(window);
        if let Some(word) = self.bits.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
        self.starts.entry(window).or_default().push(text);
    }

    fn bit(window: [u8; N]) -> usize {
        let mut padded = [0; 8];
        for (to, from) in padded.iter_mut().zip(window) {
            *to = from;
        }
        (u64::from_le_bytes(padded).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 45) as usize
    }

    fn at(&self, bytes: &[u8]) -> &[u32] {
        let Some(window) = bytes.first_chunk::<N>() else { return &[] };
        let bit = Self::bit(*window);
        if self.bits.get(bit / 64).is_none_or(|word| word & (1 << (bit % 64)) == 0) {
            return &[];
        }
        self.starts.get(window).map_or(&[], Vec::as_slice)
    }
}

impl Needles {
    /// Looks for these texts anywhere; each must be at least four bytes long.
    pub fn anywhere(texts: impl IntoIterator<Item = Box<str>>) -> Needles {
        let mut needles = Needles::default();
        let mut sorted: Vec<Box<str>> = texts.into_iter().collect();
        sorted.sort_unstable();
        for text in sorted {
            needles.add(text.into_boxed_bytes());
        }
        needles
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// How many texts are looked for, in all the forms in which an output may write them.
    pub fn count(&self) -> usize {
        self.texts.len()
    }

    /// Forgets every text that stands in a public one.
    pub fn strike_off(&mut self, public: &str) {
        let mut found = Vec::new();
        self.each_match(public.as_bytes(), |text| {
            found.push(text);
            Search::GoOn
        });
        for text in found {
            if let Some(place) = self.texts.get_mut(text as usize) {
                *place = Box::default();
            }
        }
    }

    /// Looks for the texts of both.
    pub fn joined(mut self, other: Needles) -> Needles {
        for text in other.texts.into_iter().filter(|text| !text.is_empty()) {
            self.add(text);
        }
        self
    }

    /// Adds texts that count only as a whole field of a page, a JSON or a CSV file, and the escaped forms of
    /// those looked for anywhere.
    pub fn with_whole_fields(self, fields: impl IntoIterator<Item = Box<str>>) -> Needles {
        let mut needles = Needles::default();
        for text in self.texts.into_iter().filter(|text| !text.is_empty()) {
            for escaped in escaped_forms(&String::from_utf8_lossy(&text)) {
                needles.add(escaped.into_bytes().into());
            }
            needles.add(text);
        }
        let mut sorted: Vec<Box<str>> = fields.into_iter().collect();
        sorted.sort_unstable();
        for field in sorted {
            for (before, behind) in [(">", "<"), ("\"", "\""), (",", ","), (",", "\r\n"), ("\n", ",")] {
                needles.add(format!("{before}{field}{behind}").into_bytes().into());
            }
        }
        needles
    }

    /// The first text found in an output.
    pub fn find(&self, output: &[u8]) -> Option<&str> {
        let mut first = None;
        self.each_match(output, |text| {
            first = Some(text);
            Search::Stop
        });
        first.and_then(|text| std::str::from_utf8(self.texts.get(text as usize)?).ok())
    }

    /// A content key of all that is looked for.
    pub fn key(&self) -> u128 {
        content_hash(&self.texts.join(&0))
    }

    fn add(&mut self, text: Box<[u8]>) {
        let number = self.texts.len() as u32;
        if let Some(window) = text.first_chunk::<8>() {
            self.wide.add(*window, number);
        } else if let Some(window) = text.first_chunk::<4>() {
            self.narrow.add(*window, number);
        } else {
            return;
        }
        self.texts.push(text);
    }

    fn each_match(&self, output: &[u8], mut found: impl FnMut(u32) -> Search) {
        let mut rest = output;
        while let Some((first, behind)) = rest.split_first() {
            // A text begins where a character begins, never at a continuation byte.
            if first & 0xC0 != 0x80 {
                let narrow = if self.narrow.starts.is_empty() { &[] } else { self.narrow.at(rest) };
                for text in self.wide.at(rest).iter().chain(narrow) {
                    let wanted = self.texts.get(*text as usize).map_or(&[] as &[u8], |text| text);
                    if !wanted.is_empty() && rest.starts_with(wanted) && matches!(found(*text), Search::Stop)
                    {
                        return;
                    }
                }
            }
            rest = behind;
        }
    }
}

/// Whether a search goes on behind a match.
enum Search {
    GoOn,
    Stop,
}

/// The forms other than its own in which HTML, JSON or CSV may write a text.
fn escaped_forms(text: &str) -> Vec<String> {
    let html = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let quoted = html.replace('\'', "&#39;");
    let hexadecimal = html.replace('\'', "&#x27;");
    let json = serde_json::to_string(text).map(|json| json.trim_matches('"').to_string()).unwrap_or_default();
    let csv = text.replace('"', "\"\"");
    let mut forms = vec![html, quoted, hexadecimal, json, csv];
    forms.sort_unstable();
    forms.dedup();
    forms.retain(|form| form != text && !form.is_empty());
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_name_finds_its_neighbour_and_a_strange_one_none() {
        assert_eq!(nearest("nmae", ["name", "uscc"]), Some("name"));
        assert_eq!(nearest("C99999", ["C09999", "D00001"]), Some("C09999"));
        assert_eq!(nearest("colour", ["name", "uscc"]), None);
    }

    #[test]
    fn an_excerpt_counts_characters_not_bytes() {
        assert_eq!(excerpt("食品安全公示", 4), "食品安全…");
        assert_eq!(excerpt("食品", 4), "食品");
    }

    fn needles(texts: &[&str], fields: &[&str]) -> Needles {
        let own = |texts: &[&str]| texts.iter().map(|text| Box::from(*text)).collect::<Vec<Box<str>>>();
        Needles::anywhere(own(texts)).with_whole_fields(own(fields))
    }

    #[test]
    fn a_withheld_text_is_found_anywhere_and_in_escaped_form() {
        let needles = needles(&["台账缺一日", "A&B \"食品\"店", "jing"], &[]);
        assert_eq!(needles.find("<td>台账缺一日</td>".as_bytes()), Some("台账缺一日"));
        assert!(needles.find("A&amp;B &quot;食品&quot;店".as_bytes()).is_some());
        assert!(needles.find(br#"{"name":"A&B \"\u98df"#).is_none());
        assert!(needles.find("{\"name\":\"A&B \\\"食品\\\"店\"}".as_bytes()).is_some());
        assert_eq!(needles.find(b"xx jing"), Some("jing"));
        assert_eq!(needles.find("台账缺一".as_bytes()), None);
    }

    #[test]
    fn a_short_text_counts_only_as_a_whole_field() {
        let needles = needles(&[], &["孙某"]);
        assert!(needles.find("<td>孙某</td>".as_bytes()).is_some());
        assert!(needles.find("1,孙某,2\r\n".as_bytes()).is_some());
        assert!(needles.find("<td>孙某某</td>".as_bytes()).is_none());
    }

    #[test]
    fn a_text_that_the_public_may_read_elsewhere_is_struck_off() {
        let mut needles = Needles::anywhere(["样例县假想餐饮店".into(), "使用非食品原料".into()]);
        needles.strike_off("地址：样例县假想餐饮店门口");
        let needles = needles.with_whole_fields([]);
        assert_eq!(needles.find("样例县假想餐饮店".as_bytes()), None);
        assert!(needles.find("使用非食品原料".as_bytes()).is_some());
    }
}
