//! Links of texts: every target inside the portal exists, with its heading.
//!
//! In: outlines of all texts and the ledger's targets. A link is written for the source: relative to the text's own
//! file, to another text or an asset; or from the portal's root, behind `/`, to a page. Not here: links to other
//! sites, which are not followed.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Code, Findings, Message};
use crate::ledger::Ledger;
use crate::markdown::{Heading, record_target};
use crate::record::address::{decoded, folder, link_parts, page_route, resolve};
use crate::record::edges::place;
use crate::record::field::{Face, Home};
use crate::record::normal;
use crate::text::{excerpt, nearest};

use super::documents::Text;

/// A link whose target is not there.
pub const LINK_DEAD: Code = Code("E-LINK-DEAD");

/// Pages that every portal has.
const FIXED: [&str; 6] = ["", "index.html", "search.html", "progress.html", "corrections.html", "404.html"];

/// What links may lead to.
pub(super) struct Targets<'l> {
    ledger: &'l Ledger,
    headings: HashMap<&'l str, &'l [Heading]>,
    routes: HashSet<&'l str>,
}

impl<'l> Targets<'l> {
    /// The targets of a ledger whose texts were outlined.
    pub(super) fn of(ledger: &'l Ledger, texts: &'l [Text<'_>]) -> Targets<'l> {
        let path = |text: &Text<'_>| ledger.paths.get(text.record.origin.file.0 as usize).map(String::as_str);
        let headings = texts
            .iter()
            .filter_map(|text| Some((path(text)?, text.outline.headings.as_slice())))
            .filter(|(path, _)| path.ends_with(".md"))
            .collect();
        let routes = ledger.targets.values().map(|route| route.as_str()).collect();
        Targets { ledger, headings, routes }
    }

    /// Whether a target may stand in a file that could not be read: that file is the mistake.
    fn may_be_unread(&self, own: &str, path: &str) -> bool {
        let text = resolve(own, path).filter(|path| path.ends_with(".md"));
        let name = path.rsplit('/').next().and_then(|name| name.strip_suffix(".html"));
        text.is_some_and(|text| self.ledger.paths.contains(&text))
            || name.is_some_and(|id| path.starts_with('/') && self.ledger.may_stand_in_broken_file(id))
    }

    fn is_page(&self, route: &str) -> bool {
        let list = |rest: &str| rest == "index.html" || rest.starts_with("index-") && rest.ends_with(".html");
        if FIXED.contains(&route)
            || self.routes.contains(route)
            || route.starts_with("data/")
            || route.starts_with("feeds/")
        {
            return true;
        }
        let Some((first, rest)) = route.split_once('/') else { return false };
        let kinds = &self.ledger.kinds;
        kinds.all().zip(&self.ledger.tables).any(|(kind, table)| {
            let home = match kind.home {
                Home::Inside(parent, _) => kinds.named(parent).and_then(|at| kinds.at(at)).and_then(folder),
                _ => folder(kind),
            };
            if home != Some(first) {
                return false;
            }
            let name = rest.rsplit('/').next().and_then(|name| name.strip_suffix(".html"));
            let record = name.and_then(|id| table.get(place(table, id)? as usize));
            let own = record.and_then(|record| page_route(kinds, kind, record));
            own.is_some_and(|own| own.is_ok_and(|own| own.as_str() == route))
                || matches!(kind.face, Face::Pages { .. }) && list(rest)
        })
    }
}

/// E-LINK-DEAD of one text.
pub(super) fn dead_links(text: &Text<'_>, targets: &Targets<'_>, findings: &mut Findings) {
    let ledger = targets.ledger;
    let Some(own) = ledger.paths.get(text.record.origin.file.0 as usize) else { return };
    for link in &text.outline.links {
        let target = link.target.trim();
        if let Some((name, id)) = record_target(target) {
            if let Some((message, hint)) = dead_record(ledger, name, id) {
                findings.add(LINK_DEAD, text.place(link.offset), message).hint(hint);
            }
            continue;
        }
        if is_outside(target) {
            continue;
        }
        let (path, fragment) = link_parts(target);
        let found = if path.is_empty() {
            Some(own.clone())
        } else if let Some(route) = path.strip_prefix('/') {
            let known = targets.is_page(route) || ledger.targets.contains_key(route);
            known.then(|| route.to_string())
        } else {
            resolve(own, &path).filter(|path| ledger.targets.contains_key(path))
        };
        if found.is_none() && targets.may_be_unread(own, &path) {
            continue;
        }
        let shown = excerpt(target, 80);
        let (message, hint) = match found {
            None => (
                Message::new(
                    format!("链接“{shown}”指向的页面或文件不存在"),
                    format!("nothing lies where the link `{shown}` leads"),
                ),
                Some(dead_hint(targets, own, &path)),
            ),
            Some(found) => {
                let fragment = decoded(fragment);
                let headings = targets.headings.get(found.as_str());
                match headings {
                    Some(headings)
                        if !fragment.is_empty() && !headings.iter().any(|heading| heading.id == fragment) =>
                    {
                        let ids = headings.iter().map(|heading| heading.id.as_str());
                        let message = Message::new(
                            format!("链接“{shown}”：目标里没有锚点“{}”", excerpt(&fragment, 40)),
                            format!("the target of `{shown}` has no heading `{}`", excerpt(&fragment, 40)),
                        );
                        let known = ids.take(12).collect::<Vec<_>>().join(", ");
                        let hint = (!known.is_empty()).then(|| {
                            Message::new(format!("可用的锚点：{known}"), format!("its headings are: {known}"))
                        });
                        (message, hint)
                    }
                    _ => continue,
                }
            }
        };
        findings.add(LINK_DEAD, text.place(link.offset), message).hint = hint;
    }
}

/// Why a link such as `cadre:yangli-0007` leads nowhere, if so.
fn dead_record(ledger: &Ledger, name: &str, id: &str) -> Option<(Message, Message)> {
    let kinds = &ledger.kinds;
    let shown = excerpt(&format!("{name}:{id}"), 80);
    let Some((at, kind)) = kinds.named(name).and_then(|at| Some((at, kinds.at(at)?))) else {
        let near = nearest(name, kinds.all().filter(|kind| folder(kind).is_some()).map(|kind| kind.singular));
        let near = near.unwrap_or("enterprise");
        return Some((
            Message::new(
                format!("链接“{shown}”：没有“{name}”这种记录"),
                format!("`{shown}`: there is no kind `{name}`"),
            ),
            Message::new(format!("写作 {near}:编号"), format!("write {near}:ID")),
        ));
    };
    let not_so = || {
        (
            Message::new(
                format!("链接“{shown}”：{}不能这样链接", kind.zh),
                format!("`{shown}`: {} are not linked so", kind.en),
            ),
            Message::new(
                "文章、口袋书写相对路径，如 ../policy/a.md；没有单独页面的记录，请链接它所属的记录",
                "write a relative path to texts, as in ../policy/a.md; of records without a page link the one they belong to",
            ),
        )
    };
    // Texts have ids too, but none that their authors wrote; where only numbers are published, no record has a page.
    if matches!(kind.home, Home::Book | Home::Chapter | Home::Article | Home::Page)
        || !kind.counted_by.is_empty()
    {
        return Some(not_so());
    }
    let table = ledger.tables.get(at)?;
    let id = &*normal::id(kind, id);
    let Some(record) = place(table, id).and_then(|no| table.get(no as usize)) else {
        if ledger.may_stand_in_broken_file(id) {
            return None;
        }
        let near = nearest(id, table.iter().map(|record| record.id.as_str()));
        let hint = near.map_or_else(
            || {
                Message::new(
                    format!("请核对编号，{}共{}条", kind.zh, table.len()),
                    format!("there are {} {}", table.len(), kind.en),
                )
            },
            |near| Message::new(format!("是否 {name}:{near}"), format!("did you mean {name}:{near}?")),
        );
        return Some((
            Message::new(
                format!("链接“{shown}”：{}里没有这个编号", kind.zh),
                format!("`{shown}`: no such id among {}", kind.en),
            ),
            hint,
        ));
    };
    page_route(kinds, kind, record).is_none_or(|route| route.is_err()).then(not_so)
}

fn dead_hint(targets: &Targets<'_>, own: &str, path: &str) -> Message {
    let wanted = resolve(own, path).unwrap_or_else(|| path.trim_start_matches('/').to_string());
    let known = || targets.ledger.targets.keys().map(String::as_str);
    let name = |path: &str| path.rsplit('/').next().map(str::to_string);
    let near = known().find(|known| name(known) == name(&wanted)).or_else(|| nearest(&wanted, known()));
    match near {
        Some(near) => Message::new(
            format!("相近的文件：/{near}（从门户文件夹算起）"),
            format!("did you mean /{near}, counted from the portal folder?"),
        ),
        None => Message::new(
            "写法：相对本文件的路径，如 ../policy/a.md、../../assets/b.pdf；或从根起的页面，如 /enterprises/编号.html",
            "write the path relative to this file, as in ../policy/a.md, or a page from the root, as in /enterprises/ID.html",
        ),
    }
}

/// A scheme, as far as it was let through, leads to another site or to a mail or telephone program.
fn is_outside(target: &str) -> bool {
    target.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_lead_outside() {
        assert!(is_outside("https://a.example/b") && is_outside("mailto:a@b.example"));
        assert!(!is_outside("a/b:c.md") && !is_outside("#a:b"));
    }
}
