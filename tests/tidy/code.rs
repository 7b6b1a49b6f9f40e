//! A view of Rust code in which only code is left: comments, texts and tests become blanks.
//!
//! In: the text of a file. Out: a text with the same lines, and the paths that begin with `crate::`, groups
//! resolved. It knows as much of the language as it needs for that, and no more.

/// The code without comments and without what stands between quotes.
pub fn bare(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = token_end(&chars, at);
        match end {
            Some(end) => {
                out.extend(chars[at..end].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
                at = end;
            }
            None => {
                out.push(chars[at]);
                at += 1;
            }
        }
    }
    out
}

/// The end of the comment or the quoted text that begins here.
fn token_end(chars: &[char], at: usize) -> Option<usize> {
    let rest = &chars[at..];
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let begins_word = at == 0 || !is_word(chars[at - 1]);
    match rest {
        ['/', '/', ..] => Some(at + rest.iter().position(|c| *c == '\n').unwrap_or(rest.len())),
        ['/', '*', ..] => {
            let mut depth = 0;
            let mut end = 0;
            while end < rest.len() {
                match rest.get(end..end + 2) {
                    Some(['/', '*']) => (depth, end) = (depth + 1, end + 2),
                    Some(['*', '/']) => (depth, end) = (depth - 1, end + 2),
                    _ => end += 1,
                }
                if depth == 0 {
                    break;
                }
            }
            Some(at + end)
        }
        ['r', '"' | '#', ..] | ['b', 'r', '"' | '#', ..] if begins_word => {
            let quote = rest.iter().position(|c| *c == '"')?;
            let hashes = rest[..quote].iter().filter(|c| **c == '#').count();
            let closing: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
            let body = &rest[quote + 1..];
            let length = body.windows(closing.len()).position(|window| *window == *closing)?;
            Some(at + quote + 1 + length + closing.len())
        }
        ['"', ..] => Some(at + closing(rest, '"')),
        // A character, not a lifetime: 'x', '\n', '\u{2028}'.
        ['\'', '\\', ..] | ['\'', _, '\'', ..] => Some(at + closing(rest, '\'')),
        _ => None,
    }
}

/// The length of a quoted text with its quotes.
fn closing(rest: &[char], quote: char) -> usize {
    let mut at = 1;
    while at < rest.len() && rest[at] != quote {
        at += if rest[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(rest.len())
}

/// Bare code without the items that stand behind `#[cfg(test)]` and its like.
pub fn shipped(text: &str) -> String {
    let mut code = bare(text);
    let mut from = 0;
    while let Some(found) = ["#[cfg(test)]", "#[cfg(all(test"]
        .iter()
        .filter_map(|mark| code[from..].find(mark).map(|at| at + from))
        .min()
    {
        let rest = &code[found..];
        let body = rest.find(['{', ';']).unwrap_or(rest.len() - 1);
        let length = if rest[body..].starts_with('{') { body + braces(&rest[body..]) } else { body + 1 };
        let blank: String = rest[..length].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
        code.replace_range(found..found + length, &blank);
        from = found + blank.len();
    }
    code
}

/// The length of the text in braces that begins here.
fn braces(rest: &str) -> usize {
    let mut depth = 0;
    for (at, c) in rest.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    rest.len()
}

/// Every path behind `crate::` with its line; `crate::a::{b, c::D}` gives `a::b` and `a::c::D`. In a file that
/// lies `depth` modules deep, as many `super::` mean the same.
pub fn paths(code: &str, depth: usize) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut marks = vec!["crate::".to_string()];
    marks.extend((depth >= 1).then(|| "super::".repeat(depth)));
    for mark in marks {
        for (at, _) in code.match_indices(&mark) {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            let line = code[..at].matches('\n').count() + 1;
            let mut paths = Vec::new();
            tree(&code[at + mark.len()..], "", &mut paths);
            found.extend(paths.into_iter().map(|path| (line, path)));
        }
    }
    found
}

/// Reads one branch of a `use` tree, and returns its length.
fn tree(text: &str, above: &str, paths: &mut Vec<String>) -> usize {
    let mut at = text.len() - text.trim_start().len();
    if text[at..].starts_with('{') {
        at += 1;
        loop {
            at = text.len() - text[at..].trim_start_matches([',', ' ', '\n']).len();
            if at == text.len() || text[at..].starts_with('}') {
                return (at + 1).min(text.len());
            }
            at += tree(&text[at..], above, paths).max(1);
        }
    }
    let here = &text[at..];
    let word = here.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '*').unwrap_or(here.len());
    let path =
        if above.is_empty() { here[..word].to_string() } else { format!("{above}::{}", &here[..word]) };
    let rest = &here[word..];
    let goes_on = rest
        .strip_prefix("::")
        .filter(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '{' | '*')));
    match goes_on {
        Some(rest) => at + word + 2 + tree(rest, &path, paths),
        None => {
            paths.push(path);
            // `as name` belongs to the branch.
            at + word
                + rest.strip_prefix(" as ").map_or(0, |name| 4 + name.find([',', '}', ';']).unwrap_or(0))
        }
    }
}

#[test]
fn only_code_is_left_of_a_file() {
    let text =
        "//! crate::a\nlet x = \"crate::b\\\"\"; /* crate::c /* */ */ let y = r#\"crate::\"d\"#; 'q' <'a>\n";
    assert_eq!(bare(text).split_whitespace().collect::<Vec<_>>().join(" "), "let x = ; let y = ; <'a>");
    assert_eq!(bare(text).lines().count(), text.lines().count());
    let code =
        shipped("fn a() {}\n#[cfg(test)]\nmod tests { fn b() { c() } }\n#[cfg(test)] use d;\nfn e() {}\n");
    assert_eq!(code.split_whitespace().collect::<Vec<_>>().join(" "), "fn a() {} fn e() {}");
}

#[test]
fn a_group_of_imports_is_as_many_paths() {
    let code =
        "use crate::{\n    a::B,\n    c::{D as E, f::*},\n};\nlet x = crate::g::h(super::super::i::J);\n";
    let found: Vec<String> =
        paths(code, 2).into_iter().map(|(line, path)| format!("{line} {path}")).collect();
    assert_eq!(found, ["1 a::B", "1 c::D", "1 c::f::*", "5 g::h", "5 i::J"]);
}
