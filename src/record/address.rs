//! Where a record's page lies: routes made of stable ids alone.
//!
//! An enterprise's address hangs on its wall as a QR code for years, so nothing that may change (name, place,
//! level) goes into a route.

use super::field::{Face, Home, Kind};
use super::value::Record;
use crate::route::{Route, RouteError};

/// The route of a record's page; `None` when its kind or this record has none, `Some(Err)` when the ids do not
/// make a route.
pub fn page_route(kinds: &super::Kinds, kind: &Kind, record: &Record) -> Option<Result<Route, RouteError>> {
    page_path(kinds, kind, record).map(|path| Route::parse(&path))
}

fn page_path(kinds: &super::Kinds, kind: &Kind, record: &Record) -> Option<String> {
    if let Some(prose) = &record.prose {
        return Some(match kind.home {
            Home::Article => format!("articles/{}/{}.html", prose.folder, prose.slug),
            Home::Chapter => format!("books/{}/{}.html", prose.folder, prose.slug),
            Home::Book => format!("books/{}.html", prose.slug),
            _ if prose.folder.is_empty() => format!("pages/{}.html", prose.slug),
            _ => format!("pages/{}/{}.html", prose.folder, prose.slug),
        });
    }
    match kind.face {
        Face::Pages { folder, .. } => Some(format!("{folder}/{}.html", record.id)),
        Face::PagesUnderParent { only_if, is, .. } => {
            let Home::Inside(parent, key) = kind.home else { return None };
            let folder = kinds.named(parent).and_then(|at| kinds.at(at)).and_then(folder)?;
            if record.view(kind).choice_key(only_if) != Some(is) {
                return None;
            }
            let parent_id = record.view(kind).by_key(key).as_text()?;
            Some(format!("{folder}/{parent_id}/{}.html", record.id))
        }
        Face::Inline => None,
    }
}

/// The folder of a kind's pages and lists.
pub fn folder(kind: &Kind) -> Option<&'static str> {
    match kind.face {
        Face::Pages { folder, .. } => Some(folder),
        _ => None,
    }
}

/// The path below the portal that a relative link in a source file means; `None` when it leaves the portal.
pub fn resolve(source: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = source.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_link_is_read_from_the_folder_of_its_file() {
        let resolve = |target| resolve("articles/notices/2026-01.md", target);
        assert_eq!(resolve("2026-02.md").as_deref(), Some("articles/notices/2026-02.md"));
        assert_eq!(resolve("../../assets/map.svg").as_deref(), Some("assets/map.svg"));
        assert_eq!(resolve("../../../secret.md"), None);
    }
}
