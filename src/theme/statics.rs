//! Static files as they are published: our own scripts without comments, and what pages are shown with under names that change with
//! the bytes, so that a browser may keep it for good.
//!
//! In: static files by name. Out: the same, with addresses. Not here: which files there are.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::text::content_hash;

/// Endings of what pages are shown with. Anything else is there to be read or taken away, and keeps its name.
const SHOWN_WITH: [&str; 11] =
    ["css", "js", "svg", "png", "jpg", "jpeg", "gif", "webp", "avif", "ico", "woff2"];

/// A file of ours without what only its readers need.
pub fn lean(name: &str, bytes: Vec<u8>) -> Vec<u8> {
    if name.ends_with(".js") { without_comments(&bytes) } else { bytes }
}

/// The files, and the address of each below the site folder. A style sheet that names another file by its plain name is given
/// that file's address.
pub fn addressed(files: BTreeMap<String, Vec<u8>>) -> (BTreeMap<String, Vec<u8>>, BTreeMap<String, String>) {
    let (sheets, others): (BTreeMap<_, _>, BTreeMap<_, _>) =
        files.into_iter().partition(|(name, _)| name.ends_with(".css"));
    let sheets = joined(sheets);
    let mut addresses: BTreeMap<String, String> =
        others.iter().map(|(name, bytes)| (name.clone(), address(name, bytes))).collect();
    let mut files = others;
    for (name, bytes) in sheets {
        let bytes = match String::from_utf8(bytes) {
            Ok(sheet) => with_addresses(&sheet, &addresses).into_bytes(),
            Err(error) => error.into_bytes(),
        };
        addresses.insert(name.clone(), address(&name, &bytes));
        files.insert(name, bytes);
    }
    (files, addresses)
}

/// Style sheets with those that they import in their place: a page then asks for one file. A sheet that another one imports is part of
/// it and has no address.
fn joined(sheets: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let mut parts = BTreeSet::new();
    let whole: BTreeMap<String, Vec<u8>> =
        sheets.keys().map(|name| (name.clone(), with_imports(name, &sheets, &mut parts, 0))).collect();
    whole.into_iter().filter(|(name, _)| !parts.contains(name)).collect()
}

/// Imports stand on lines of their own, before any rule, as the language asks.
fn with_imports(
    name: &str,
    sheets: &BTreeMap<String, Vec<u8>>,
    parts: &mut BTreeSet<String>,
    depth: usize,
) -> Vec<u8> {
    const DEEPEST: usize = 8;
    let mut text = Vec::new();
    for line in sheets.get(name).map_or(&[] as &[u8], Vec::as_slice).split_inclusive(|byte| *byte == b'\n') {
        let imported = std::str::from_utf8(line).ok().and_then(|line| {
            let inside = line.trim().strip_prefix("@import \"")?.strip_suffix("\";")?;
            sheets.contains_key(inside).then_some(inside)
        });
        match imported.filter(|_| depth < DEEPEST) {
            Some(part) => {
                parts.insert(part.to_string());
                text.extend(with_imports(part, sheets, parts, depth + 1));
            }
            None => text.extend_from_slice(line),
        }
    }
    text
}

fn address(name: &str, bytes: &[u8]) -> String {
    let key = content_hash(bytes) as u32;
    match name.rsplit_once('.') {
        Some((stem, ending)) if SHOWN_WITH.contains(&ending) => format!("theme/{stem}.{key:08x}.{ending}"),
        _ => format!("theme/{name}"),
    }
}

/// A style sheet in which `url(picture.png)` has the address of that file.
fn with_addresses(sheet: &str, addresses: &BTreeMap<String, String>) -> String {
    let mut text = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some((before, behind)) = rest.split_once("url(") {
        text.push_str(before);
        text.push_str("url(");
        let Some((inside, after)) = behind.split_once(')') else {
            rest = behind;
            break;
        };
        let name = inside.trim().trim_matches(['"', '\'']);
        match addresses.get(name).and_then(|address| address.strip_prefix("theme/")) {
            Some(address) => text.push_str(address),
            None => text.push_str(inside),
        }
        text.push(')');
        rest = after;
    }
    text.push_str(rest);
    text
}

/// Proves that each file that a style sheet names by its plain name is there: a page would ask for it in vain, and nobody
/// sees the empty place. `origins` has where a file comes from.
pub fn prove(files: &BTreeMap<String, Vec<u8>>, origins: &BTreeMap<String, PathBuf>) -> anyhow::Result<()> {
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".css")) {
        let Ok(sheet) = std::str::from_utf8(bytes) else { continue };
        let mut is_comment = false;
        for (line, number) in sheet.lines().zip(1usize..) {
            let bare = without_remarks(line, &mut is_comment);
            let Some(missing) =
                named_in(&bare).find(|file| !is_elsewhere(file) && !files.contains_key(*file))
            else {
                continue;
            };
            let path = format!("static/{name}");
            let whole = origins.get(&path).map_or(path, |origin| origin.display().to_string());
            anyhow::bail!(
                "{whole}:{number}: 样式表引用的文件不存在 / the style sheet names a file that is not there: static/{missing}"
            );
        }
    }
    Ok(())
}

/// A line of a sheet without what stands in remarks.
fn without_remarks(line: &str, is_comment: &mut bool) -> String {
    let (mut text, mut rest) = (String::new(), line);
    loop {
        let mark = if *is_comment { "*/" } else { "/*" };
        let Some((before, behind)) = rest.split_once(mark) else { break };
        if !*is_comment {
            text.push_str(before);
        }
        *is_comment = !*is_comment;
        rest = behind;
    }
    if !*is_comment {
        text.push_str(rest);
    }
    text
}

/// The files that a line names: `url(a.png)`, `@import "a.css"`.
fn named_in(line: &str) -> impl Iterator<Item = &str> {
    let inside =
        line.split("url(").skip(1).filter_map(|behind| behind.split_once(')')).map(|(inside, _)| inside);
    let imported = line.split("@import ").skip(1).map(|behind| behind.split(';').next().unwrap_or_default());
    let quoted = imported.filter(|name| name.trim_start().starts_with(['"', '\'']));
    inside.chain(quoted).map(|name| name.trim().trim_matches(['"', '\'']))
}

/// Whether a name leads out of the theme's static files: to another site, the site's own folders, a part of the page, or to data.
fn is_elsewhere(name: &str) -> bool {
    name.is_empty() || name.contains(':') || name.starts_with(['/', '#', '.'])
}

/// A script of ours without comments, indentation and the ends of lines that say nothing: those behind an opening sign, a comma or a
/// semicolon. Comments stand on lines of their own or behind code, and no text in such a script goes over several lines.
fn without_comments(script: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(script.len());
    let mut is_comment = false;
    for line in script.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii) {
        is_comment |= line.starts_with(b"/*");
        if !(is_comment || line.is_empty() || line.starts_with(b"//")) {
            bytes.extend_from_slice(line);
            let may_be_joined = matches!(line.last(), Some(b'{' | b';' | b',' | b'('));
            if !may_be_joined || line.windows(2).any(|pair| pair == b"//") {
                bytes.push(b'\n');
            }
        }
        is_comment &= !line.ends_with(b"*/");
    }
    if !bytes.ends_with(b"\n") {
        bytes.push(b'\n');
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_of_ours_is_published_without_its_comments() {
        let script =
            b"/*\n * What it does.\n */\n(function () {\n  // Why.\n  call(\"//\"); // no;\n  a();\n  b()\n\n})();\n";
        assert_eq!(without_comments(script), b"(function () {call(\"//\"); // no;\na();b()\n})();\n");
    }

    #[test]
    fn a_sheet_holds_those_that_it_imports() {
        let sheet = |text: &str| text.as_bytes().to_vec();
        let files = BTreeMap::from([
            ("a.css".to_string(), sheet("@import \"b.css\";\n@import \"far.css\";\ni{}\n")),
            ("b.css".to_string(), sheet("b{}\n")),
            ("c.css".to_string(), sheet("c{}\n")),
        ]);
        let (made, addresses) = addressed(files);
        assert_eq!(String::from_utf8_lossy(&made["a.css"]), "b{}\n@import \"far.css\";\ni{}\n");
        assert_eq!(addresses.keys().collect::<Vec<_>>(), ["a.css", "c.css"]);
    }

    #[test]
    fn a_sheet_that_names_a_file_that_is_not_there_is_told_with_its_line() {
        let told = |sheet: &str| {
            let files = BTreeMap::from([
                ("a.css".to_string(), sheet.as_bytes().to_vec()),
                ("p.svg".to_string(), Vec::new()),
            ]);
            prove(&files, &BTreeMap::new()).map_err(|error| error.to_string())
        };
        let sound = "/* url(old.png)\n@import \"older.css\"; */i{background:url(p.svg)}\nb{mask:url(\"data:image/svg+xml,x\")}\n\
                     u{src:url(../assets/a.png),url(/a.png),url(#a)}\n";
        assert_eq!(told(sound), Ok(()));
        for (sheet, line, name) in [
            ("i{}\nb{background:url('q.svg')}", 2, "q.svg"),
            ("@import \"b.css\";\n", 1, "b.css"),
            ("/* a */ i{src:url(p.svg) , url( f.woff2 )}", 1, "f.woff2"),
        ] {
            let told = told(sheet).unwrap_err();
            assert!(told.starts_with(&format!("static/a.css:{line}: ")) && told.ends_with(name), "{told}");
        }
    }

    #[test]
    fn an_address_changes_with_the_bytes_and_a_sheet_names_pictures_by_it() {
        let files = |picture: &[u8]| {
            BTreeMap::from([
                ("a.css".to_string(), b"b{background:url('p.svg')}i{background:url(data:x)}".to_vec()),
                ("p.svg".to_string(), picture.to_vec()),
            ])
        };
        let (made, addresses) = addressed(files(b"<svg/>"));
        let picture = addresses["p.svg"].strip_prefix("theme/").unwrap();
        assert!(picture.starts_with("p.") && picture.ends_with(".svg") && picture.len() == 14, "{picture}");
        let sheet = String::from_utf8(made["a.css"].clone()).unwrap();
        assert_eq!(sheet, format!("b{{background:url({picture})}}i{{background:url(data:x)}}"));
        let (_, others) = addressed(files(b"<svg />"));
        assert_ne!(addresses["p.svg"], others["p.svg"]);
        assert_ne!(addresses["a.css"], others["a.css"]);
    }
}
