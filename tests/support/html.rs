//! Tags and texts of a page as a browser would see them, for tests alone: pages of ours are well-formed.
//!
//! Not here: what pages must hold.

use std::collections::BTreeMap;

/// A start tag, with the text up to the next tag.
#[derive(Clone, Debug)]
pub struct Tag {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    pub text: String,
}

impl Tag {
    pub fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.get(attribute).map(String::as_str)
    }
}

/// Every start tag of a page in order, end tags as names behind `/`.
#[track_caller]
pub fn tags(page: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = &comment[comment.find("-->").expect("a comment that ends")..];
            continue;
        }
        let end = tag_end(rest);
        let (inside, behind) = (&rest[..end], &rest[end + 1..]);
        let (name, attributes) = inside.split_once(|c: char| c.is_whitespace()).unwrap_or((inside, ""));
        let text = behind.split('<').next().unwrap_or("");
        tags.push(Tag {
            name: name.trim_end_matches('/').to_string(),
            attributes: parse_attributes(attributes),
            text: unescape(text),
        });
        rest = behind;
    }
    tags
}

/// The end of a tag, quotes counted.
fn tag_end(text: &str) -> usize {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            (None, '>') => return at,
            _ => {}
        }
    }
    panic!("a tag that does not end: {}", &text.chars().take(80).collect::<String>());
}

fn parse_attributes(mut rest: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            return found;
        }
        let name_end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let (name, behind) = rest.split_at(name_end);
        let (value, behind) = match behind.strip_prefix("=\"") {
            Some(behind) => behind.split_once('"').expect("a value that ends"),
            None => {
                assert!(!behind.starts_with('='), "an unquoted value of {name}");
                ("", behind)
            }
        };
        let twice = found.insert(name.to_string(), unescape(value));
        assert!(twice.is_none(), "{name} stands twice in one tag");
        rest = behind;
    }
}

/// The characters that entities stand for.
pub fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&amp;", "&")
}

/// Everything between the start tag of this name and its end tag, of each.
pub fn elements<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let starts = page
        .match_indices(&open)
        .filter(|(at, _)| page[at + open.len()..].starts_with(|c: char| c == '>' || c.is_whitespace()));
    starts.map(|(at, _)| &page[at..at + page[at..].find(&close).expect("an element that ends")]).collect()
}

/// The page or file that a link on a page leads to; `None` when it leads out of the site's folder.
pub fn resolve(page: &str, link: &str) -> Option<String> {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
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
