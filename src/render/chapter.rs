//! What a chapter has besides its text: the questions that test it, and the articles of law on which it rests.
//!
//! In: a chapter and its book. Out: lists for its page. Not here: the text itself (`text`), and whether the book has what the
//! chapter names (`check::books`).

use tera::Value;

use super::values::{Scope, list, object};
use crate::disclose::PublicView;
use crate::locale::Locale;
use crate::record::edges::Handle;
use crate::record::question::{ANSWER, EXPLAIN, OPTIONS, STEM};
use crate::record::value::Value as Own;
use crate::record::{book, chapter, choices};

/// `[{stem, options, answer_text, explain}]`, at most five.
pub(super) fn quiz(scope: Scope<'_>, chapter: Handle) -> Value {
    let asked = scope.portal.quiz(chapter).iter().filter_map(|handle| scope.portal.record(*handle));
    list(asked.map(|record| question(record.view(), &scope.portal.locale)).collect())
}

fn question(view: PublicView<'_>, locale: &Locale) -> Value {
    let options: Vec<(&str, &str)> = view.object(OPTIONS).map_or(Vec::new(), |options| {
        options.fields().filter_map(|(field, value)| Some((field.key, value.as_text()?))).collect()
    });
    let answers = match view.value(ANSWER) {
        Own::List(answers) => &**answers,
        _ => &[],
    };
    let words = answers.iter().filter_map(|answer| {
        let Own::Choice(at) = answer else { return None };
        let choice = choices::ANSWERS.get(usize::from(*at))?;
        let option = options.iter().find(|(key, _)| *key == choice.key);
        Some(
            option.map_or_else(|| choice.label_in(locale).to_string(), |(key, text)| format!("{key} {text}")),
        )
    });
    let shown = options.iter().map(|(key, text)| object([("key", (*key).into()), ("text", (*text).into())]));
    object([
        ("stem", view.text(STEM).unwrap_or("").into()),
        ("options", list(shown.collect())),
        ("answer_text", locale.join("semicolon", words).into()),
        ("explain", view.text(EXPLAIN).unwrap_or("").into()),
    ])
}

/// `[{title, article, text}]`: the laws of the book that the chapter names, in its order.
pub(super) fn laws(scope: Scope<'_>, chapter: PublicView<'_>, book: &str) -> Value {
    let book = scope.portal.book(book).and_then(|book| scope.portal.record(book));
    let (Some(book), Own::List(cited)) = (book, chapter.value(chapter::LAWS)) else {
        return list(Vec::new());
    };
    let laws: Vec<PublicView<'_>> = book.view().objects(book::LAWS).collect();
    let named = cited.iter().filter_map(Own::as_text).flat_map(|cited| {
        let is_meant = move |law: &&PublicView<'_>| {
            let title = law.text(book::law::TITLE);
            title.is_some_and(|title| book::is_cited(cited, title, law.text(book::law::ARTICLE)))
        };
        laws.iter().filter(is_meant)
    });
    let text = |law: &PublicView<'_>, slot| law.text(slot).unwrap_or("").into();
    let rows = named.map(|law| {
        object([
            ("title", text(law, book::law::TITLE)),
            ("article", text(law, book::law::ARTICLE)),
            ("text", text(law, book::law::TEXT)),
        ])
    });
    list(rows.collect())
}
