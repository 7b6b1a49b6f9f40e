//! The fields that are running text: title and summary of what has a text of its own, questions and answers of a pocket book.
//!
//! In: a record that has a text. Out: the words of each field, the path to it, and the words that stand above it and may name
//! a scale for it. Not here: what is wrong with them; the text below the front matter; figures and names in ledgers.

use crate::check::subject::{item, members, step};
use crate::diagnostic::Step;
use crate::record::book;
use crate::record::field::Kind;
use crate::record::value::Record;

/// The words of a field.
pub(super) struct Words<'l> {
    pub(super) path: Vec<Step>,
    pub(super) words: &'l str,
    /// The title above a summary, the question above an answer.
    pub(super) above: &'l str,
}

/// The fields of a record that are running text.
pub(super) fn fields<'l>(kind: &'static Kind, record: &'l Record) -> Vec<Words<'l>> {
    let view = record.view(kind);
    let title = view.by_key("title").as_text().unwrap_or_default();
    let keyed = [("title", ""), ("summary", title)].into_iter().filter_map(|(key, above)| {
        let words = view.by_key(key).as_text()?;
        Some(Words { path: vec![Step::Key(key)], words, above })
    });
    let mut fields: Vec<Words<'l>> = keyed.collect();
    if kind.plural != book::KIND.plural {
        return fields;
    }
    for (at, entry) in members(view, book::FAQ) {
        let question = entry.text(book::faq::Q).unwrap_or_default();
        let to = |last: Step| vec![step(view, book::FAQ), item(at), last];
        fields.push(Words { path: to(step(entry, book::faq::Q)), words: question, above: title });
        if let Some(words) = entry.text(book::faq::A) {
            fields.push(Words { path: to(step(entry, book::faq::A)), words, above: question });
        }
    }
    fields
}
