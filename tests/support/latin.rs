//! The sources of a portal in Latin letters: each Chinese character becomes a syllable of its own, so that names still name what
//! they named and everything Chinese in a page comes from the program.
//!
//! Not here: words that sources must have in Chinese: keys of choices, the head of ids in CSV, the 号 of document numbers.

use std::collections::BTreeSet;

use gongshi::record::KINDS;
use gongshi::record::field::{Field, Type};

use super::Tree;

/// The head of the column of ids in ledgers in CSV, which the program knows by this name.
const ID: &str = "编号";

/// Whether a character is Chinese.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// Chinese keys of choices, which sources have to write so, with the key of their field.
pub fn chinese_keys() -> BTreeSet<(&'static str, &'static str)> {
    let mut keys = BTreeSet::new();
    KINDS.iter().for_each(|kind| add_keys(kind.fields, &mut keys));
    keys
}

fn add_keys(fields: &'static [Field], keys: &mut BTreeSet<(&'static str, &'static str)>) {
    for field in fields {
        let mut ty = field.ty;
        while let Type::List(member) = ty {
            ty = *member;
        }
        match ty {
            Type::Choice(choices) => {
                let chinese = choices.iter().filter(|choice| choice.key.contains(is_han));
                keys.extend(chinese.map(|choice| (field.key, choice.key)));
            }
            Type::Object(fields) => add_keys(fields, keys),
            _ => {}
        }
    }
}

/// The texts of a portal in Latin letters; other files as they are.
pub fn latin(sources: Tree) -> Tree {
    let keys = chinese_keys();
    let files = sources.into_iter().map(|(path, bytes)| {
        let is_text = [".yaml", ".md", ".csv"].iter().any(|end| path.ends_with(end));
        match String::from_utf8(bytes) {
            Ok(text) if is_text => {
                // A statement has to say in Chinese what it is about; without one the program has its own.
                let lines = text.lines().filter(|line| !line.trim_start().starts_with("disclaimer:"));
                let lines: Vec<String> = lines.map(|line| told(&by_key(line), &keys)).collect();
                (path, (lines.join("\n") + "\n").into_bytes())
            }
            Ok(text) => (path, text.into_bytes()),
            Err(other) => (path, other.into_bytes()),
        }
    });
    files.collect()
}

/// A correction of a sampling notice names its field, in Latin letters by the key.
fn by_key(line: &str) -> String {
    let parts =
        line.split_once(", field: ").and_then(|(before, rest)| Some((before, rest.split_once(", was: ")?)));
    parts.map_or(line.to_string(), |(before, (_, rest))| format!("{before}, field: organ, was: {rest}"))
}

fn told(text: &str, keys: &BTreeSet<(&'static str, &'static str)>) -> String {
    let mut told = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let run = rest.len() - rest.trim_start_matches(is_han).len();
        let (word, behind) = rest.split_at(run);
        let is_value = |key: &str| told.ends_with(&format!("{key}: "));
        let is_key = word == ID || keys.iter().any(|(field, key)| *key == word && is_value(field));
        let is_number = word.starts_with('号') && told.ends_with(|c: char| c.is_ascii_digit()) && {
            let number = told.trim_end_matches(|c: char| c.is_ascii_digit());
            number.ends_with('〕')
        };
        if is_key || is_number && word == "号" {
            told.push_str(word);
            rest = behind;
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match c {
            _ if is_number => told.push('号'),
            // Of a masked name one character is seen.
            _ if is_han(c) && rest.starts_with('*') => told.push('Z'),
            _ => sign(c, &mut told),
        }
    }
    told
}

/// A character as Latin letters, or as a mark that means nothing to YAML.
fn sign(c: char, told: &mut String) {
    match c {
        '。' | '，' | '；' | '、' | '！' | '？' | '…' => told.push('.'),
        '：' => told.push('-'),
        '（' | '）' | '《' | '》' | '“' | '”' | '「' | '」' | '【' | '】' | '\u{3000}' | '％' => {
            told.push('~')
        }
        c if is_han(c) => {
            let (consonants, vowels) = (b"bcdfghjklmnpqrstvwxz", b"aeiou");
            let mut number = c as usize;
            for letters in [&consonants[..], vowels, consonants, vowels] {
                told.push(char::from(letters[number % letters.len()]));
                number /= letters.len();
            }
        }
        c => told.push(c),
    }
}
