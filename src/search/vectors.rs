//! What Rust makes of a text, in words: vectors that the script of the theme has to reproduce.
//!
//! In: a text. Out: its normal form, the terms of a title of these words, and the hashes, as docs/search.md has them. For tests
//! only; nothing of a build comes through here.

use super::digits::{add_ascending, add_fixed, add_number};
use super::postings::title_terms;
use super::terms::{Numbers, Take};
use crate::fold::add_normal_form;

/// A text with what the index makes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vector {
    /// The text.
    pub text: String,
    /// Its normal form.
    pub form: String,
    /// The terms of a title of these words, sorted, each once, with both numbers of their hash.
    pub terms: Vec<(String, u32, u32)>,
}

struct Texts(Vec<(String, u32, u32)>);

impl Take for Texts {
    const TEXTS: bool = true;

    fn take(&mut self, numbers: Numbers, text: impl Fn() -> String) {
        self.0.push((text(), numbers.first, numbers.second));
    }
}

/// What the index makes of a text.
pub fn vector(text: &str) -> Vector {
    let mut form = Vec::new();
    add_normal_form(text, &mut form);
    let mut terms = Texts(Vec::new());
    title_terms(&form, &mut terms);
    terms.0.sort();
    terms.0.dedup();
    Vector { text: text.to_string(), form: form.into_iter().collect(), terms: terms.0 }
}

/// The key of a term within its shard, and the shard among `2^bits`.
pub fn place_of(hash: (u32, u32), bits: u32) -> (String, u32) {
    let mut key = Vec::new();
    add_fixed((hash.0 & 0x3f_ffff) << 8 | hash.1 >> 24, 5, &mut key);
    let shard = hash.0.checked_shr(32 - bits).unwrap_or(0);
    (String::from_utf8_lossy(&key).into_owned(), shard)
}

/// Ascending numbers as an index writes them.
pub fn ascending(numbers: &[u32]) -> String {
    let mut text = Vec::new();
    add_ascending(numbers.iter().copied(), &mut text);
    String::from_utf8_lossy(&text).into_owned()
}

/// A number as an index writes it.
pub fn number(number: u32) -> String {
    let mut text = Vec::new();
    add_number(number, &mut text);
    String::from_utf8_lossy(&text).into_owned()
}
