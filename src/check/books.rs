//! Books: the posters they name are there.
//!
//! In: `book.yaml`. Not here: links of chapters (`links`), telephones and addresses (`forms`), texts (`documents`, `prose`).

use crate::diagnostic::{Findings, Message};
use crate::record::address::{link_parts, resolve};
use crate::record::book;
use crate::text::{excerpt, nearest};

use super::Context;
use super::links::LINK_DEAD;
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
