//! Books: the posters they name are there, and so are the laws and the questions that their chapters name.
//!
//! In: `book.yaml` and chapters. Not here: links of chapters (`links`), telephones and addresses (`forms`), texts (`documents`, `prose`).

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Findings, Message};
use crate::record::address::{link_parts, resolve};
use crate::record::value::View;
use crate::record::{book, chapter, question};
use crate::text::{excerpt, nearest};

use super::Context;
use super::links::LINK_DEAD;
use super::references::REFERENCE_UNKNOWN;
use super::subject::{Subject, item, members, step};

/// E-LINK-DEAD of posters.
pub(super) fn posters(context: &Context<'_>, findings: &mut Findings) {
    let ledger = context.ledger;
    for (_, record, view) in ledger.records(&book::KIND) {
        let Some(own) = ledger.paths.get(record.origin.file.0 as usize) else { continue };
        for (at, poster) in members(view, book::POSTER) {
            let Some(file) = poster.text(book::poster::FILE) else { continue };
            let wanted = resolve(own, &link_parts(file).0);
            if wanted
                .as_ref()
                .is_some_and(|path| path.starts_with("assets/") && ledger.targets.contains_key(path))
            {
                continue;
            }
            let shown = excerpt(file, 80);
            let message =
                Message::new(format!("海报文件“{shown}”不存在"), format!("there is no poster `{shown}`"));
            let path = [step(view, book::POSTER), item(at), step(poster, book::poster::FILE)];
            let known = ledger.targets.keys().map(String::as_str).filter(|path| path.starts_with("assets/"));
            let near = wanted.as_deref().and_then(|wanted| nearest(wanted, known));
            let hint = near.map_or_else(
                || {
                    Message::new(
                        "文件放在 assets/ 里，这里写相对 book.yaml 的路径，如 ../../assets/haibao.svg",
                        "put the file into assets/ and name it from book.yaml, as in ../../assets/poster.svg",
                    )
                },
                |near| {
                    Message::new(format!("是否应为 ../../{near}？"), format!("did you mean `../../{near}`?"))
                },
            );
            Subject::of(&book::KIND, record).blame(findings, LINK_DEAD, &path, message).hint(hint);
        }
    }
}

/// E-REFERENCE-UNKNOWN of the laws and the subject of a chapter.
pub(super) fn chapters(context: &Context<'_>, findings: &mut Findings) {
    let ledger = context.ledger;
    let books: BTreeMap<&str, View<'_>> = ledger
        .records(&book::KIND)
        .filter_map(|(_, record, view)| Some((&*record.prose.as_deref()?.slug, view)))
        .collect();
    let subjects: BTreeSet<&str> =
        ledger.records(&question::KIND).filter_map(|(_, _, view)| view.text(question::SUBJECT)).collect();
    for (_, record, view) in ledger.records(&chapter::KIND) {
        let subject = Subject::of(&chapter::KIND, record);
        let folder = record.prose.as_deref().map_or("", |prose| &*prose.folder);
        if let Some(book) = books.get(folder) {
            laws(view, *book, subject, findings);
        }
        let Some(tested) = view.text(chapter::SUBJECT) else { continue };
        if subjects.contains(tested) || ledger.may_stand_in_broken_file(tested) {
            continue;
        }
        let shown = excerpt(tested, 40);
        let message = Message::new(
            format!("没有主题为“{shown}”的自测题"),
            format!("no question has the subject `{shown}`"),
        );
        let hint = near(tested, subjects.iter().copied());
        subject.blame(findings, REFERENCE_UNKNOWN, &[step(view, chapter::SUBJECT)], message).hint = hint;
    }
}

fn laws(chapter: View<'_>, book: View<'_>, subject: Subject<'_>, findings: &mut Findings) {
    let mut known: Vec<(&str, Option<&str>)> = Vec::new();
    for law in book.objects(book::LAWS) {
        known.extend(law.text(book::law::TITLE).map(|title| (title, law.text(book::law::ARTICLE))));
    }
    for (at, cited) in chapter.list(chapter::LAWS).iter().enumerate() {
        let Some(cited) = cited.as_text() else { continue };
        if known.iter().any(|(title, article)| book::is_cited(cited, title, *article)) {
            continue;
        }
        let shown = excerpt(cited, 60);
        let message = Message::new(
            format!("book.yaml 的 laws 里没有“{shown}”"),
            format!("the `laws` of book.yaml do not have `{shown}`"),
        );
        let names: Vec<String> =
            known.iter().map(|(title, article)| format!("{title}{}", article.unwrap_or(""))).collect();
        let hint = near(cited, names.iter().map(String::as_str));
        let path = [step(chapter, chapter::LAWS), item(at)];
        subject.blame(findings, REFERENCE_UNKNOWN, &path, message).hint = hint;
    }
}

fn near<'n>(wanted: &str, names: impl Iterator<Item = &'n str>) -> Option<Message> {
    let near = nearest(wanted, names)?;
    Some(Message::new(format!("是否应为“{near}”？"), format!("did you mean `{near}`?")))
}
