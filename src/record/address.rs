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

/// The path of a link as files are named, without query and percent-encoding, and its fragment.
pub fn link_parts(target: &str) -> (String, &str) {
    let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
    (decoded(path.split('?').next().unwrap_or_default()), fragment)
}

/// Percent-encoding undone; what is no UTF-8 stays as it is.
pub fn decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_string();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match hex.filter(|_| *first == b'%').and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_string())
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
    fn a_link_is_read_without_query_and_percent_encoding() {
        assert_eq!(link_parts("%E8%A1%A8%201.pdf?a=1#sec-1"), ("表 1.pdf".to_string(), "sec-1"));
        assert_eq!(link_parts("100%25%zz%").0, "100%%zz%");
        assert_eq!(link_parts("%ff").0, "%ff");
    }

    #[test]
    fn a_relative_link_is_read_from_the_folder_of_its_file() {
        let resolve = |target| resolve("articles/notices/2026-01.md", target);
        assert_eq!(resolve("2026-02.md").as_deref(), Some("articles/notices/2026-02.md"));
        assert_eq!(resolve("../../assets/map.svg").as_deref(), Some("assets/map.svg"));
        assert_eq!(resolve("../../../secret.md"), None);
    }
}
