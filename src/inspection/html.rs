//! Tags and texts of a page, as the tokenizer of the HTML standard (WHATWG, section 13.2.5) sees them.
//!
//! In: the text of a page. Out: start tags with their attributes, end tags and texts, one after another, all borrowed from the
//! page: nothing is copied unless a name has capitals or a value has character references. A prefecture has half a gigabyte of
//! pages, and complete tokenizers cost more than their rendering; the tests hold this one against such a one.
//!
//! Not here: the tree of elements (`reading`); of character references only those that templates and Markdown write
//! (`characters`); scripts inside comments inside scripts.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memmem};

use super::characters::decoded;

/// One piece of a page. Places are counted in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'h> {
    /// A start tag; its attributes are those of the tokenizer until the next piece.
    Start {
        /// The name as written.
        name: &'h str,
        /// Where the tag begins.
        at: usize,
    },
    /// An end tag.
    End {
        /// The name as written.
        name: &'h str,
    },
    /// Text as written, character references and all.
    Text(&'h str),
    /// What stands in a script or a style, where nothing is a tag or a character reference.
    Raw(&'h str),
}

/// An attribute: its name as written, its value as written.
pub(super) type Attribute<'h> = (&'h str, &'h str);

/// Walks over the pieces of a page.
pub(super) struct Pieces<'h> {
    page: &'h str,
    at: usize,
    attributes: Vec<Attribute<'h>>,
    /// The element whose text goes up to its end tag, whatever stands in it.
    inside: Option<(&'h str, Inside)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Inside {
    /// Script and style.
    Raw,
    /// Title and text field: no tags, but character references.
    Text,
}

impl<'h> Pieces<'h> {
    /// The pieces of a page.
    pub(super) fn of(page: &'h str) -> Pieces<'h> {
        Pieces { page, at: 0, attributes: Vec::new(), inside: None }
    }

    /// The attributes of the start tag that came last.
    pub(super) fn attributes(&self) -> &[Attribute<'h>] {
        &self.attributes
    }

    /// The next piece.
    pub(super) fn next(&mut self) -> Option<Piece<'h>> {
        loop {
            let rest = self.rest();
            if rest.is_empty() {
                return None;
            }
            if let Some((name, how)) = self.inside.take() {
                let length = end_of(rest, name);
                self.at += length;
                if length > 0 {
                    let text = rest.get(..length).unwrap_or("");
                    return Some(if how == Inside::Raw { Piece::Raw(text) } else { Piece::Text(text) });
                }
                continue;
            }
            let length = tag_start(rest);
            if length > 0 {
                self.at += length;
                return Some(Piece::Text(rest.get(..length).unwrap_or("")));
            }
            if let Some(piece) = self.tag() {
                return Some(piece);
            }
        }
    }

    fn rest(&self) -> &'h str {
        self.page.get(self.at..).unwrap_or("")
    }

    /// Reads what begins with `<`; nothing of comments and of tags that the page ends within.
    fn tag(&mut self) -> Option<Piece<'h>> {
        let rest = self.rest();
        if let Some(comment) = rest.strip_prefix("<!--") {
            self.at += 4 + comment_length(comment);
            return None;
        }
        let is_end = rest.starts_with("</");
        let name_at = if is_end { 2 } else { 1 };
        let is_name = rest.as_bytes().get(name_at).is_some_and(u8::is_ascii_alphabetic);
        if !is_name {
            // A declaration, or what browsers take for a comment.
            self.at += memchr(b'>', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
            return None;
        }
        let begin = self.at;
        let name_end =
            rest.bytes().skip(name_at).position(|byte| is_blank(byte) || matches!(byte, b'/' | b'>'));
        let Some(length) = name_end else {
            self.at = self.page.len();
            return None;
        };
        let name = rest.get(name_at..name_at + length).unwrap_or("");
        self.at += name_at + length;
        if !self.read_attributes() {
            return None;
        }
        if is_end {
            self.attributes.clear();
            return Some(Piece::End { name });
        }
        self.inside = inside(name).map(|how| (name, how));
        Some(Piece::Start { name, at: begin })
    }

    /// Reads up to and over the `>` of a tag; false when the page ends before it.
    fn read_attributes(&mut self) -> bool {
        self.attributes.clear();
        let bytes = self.page.as_bytes();
        let page = self.page;
        let seek = |from: usize, stop: fn(u8) -> bool| {
            bytes
                .get(from..)
                .and_then(|rest| rest.iter().position(|byte| stop(*byte)))
                .map(|length| from + length)
        };
        let mut at = self.at;
        while let Some(begin) = seek(at, |byte| !is_blank(byte) && byte != b'/') {
            if bytes.get(begin) == Some(&b'>') {
                self.at = begin + 1;
                return true;
            }
            // An equals sign at the beginning belongs to the name.
            let Some(end) = seek(begin + 1, |byte| is_blank(byte) || matches!(byte, b'/' | b'>' | b'='))
            else {
                break;
            };
            let name = page.get(begin..end).unwrap_or("");
            let Some(sign) = seek(end, |byte| !is_blank(byte)) else { break };
            if bytes.get(sign) != Some(&b'=') {
                self.add(name, "");
                at = end;
                continue;
            }
            let Some(first) = seek(sign + 1, |byte| !is_blank(byte)) else { break };
            let quote = bytes.get(first).copied().filter(|byte| matches!(byte, b'"' | b'\''));
            let (value, next) = match quote {
                Some(quote) => {
                    let Some(length) = bytes.get(first + 1..).and_then(|rest| memchr(quote, rest)) else {
                        break;
                    };
                    (page.get(first + 1..first + 1 + length), first + length + 2)
                }
                None => {
                    let Some(end) = seek(first, |byte| is_blank(byte) || byte == b'>') else { break };
                    (page.get(first..end), end)
                }
            };
            self.add(name, value.unwrap_or(""));
            at = next;
        }
        self.at = self.page.len();
        false
    }

    /// Of two attributes of one name the first counts.
    fn add(&mut self, name: &'h str, value: &'h str) {
        if !self.attributes.iter().any(|(known, _)| known.eq_ignore_ascii_case(name)) {
            self.attributes.push((name, value));
        }
    }
}

/// A name in small letters.
pub(super) fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Cow::Owned(name.to_ascii_lowercase());
    }
    Cow::Borrowed(name)
}

/// The value of an attribute, character references decoded.
pub(super) fn value<'h>(attributes: &[Attribute<'h>], name: &str) -> Option<Cow<'h, str>> {
    let found = attributes.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
    Some(decoded(found.1))
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b'\x0c')
}

fn inside(name: &str) -> Option<Inside> {
    let raw = ["script", "style", "xmp", "iframe", "noembed", "noframes"];
    let is = |known: &&str| known.eq_ignore_ascii_case(name);
    if raw.iter().any(is) {
        return Some(Inside::Raw);
    }
    ["title", "textarea"].iter().any(is).then_some(Inside::Text)
}

/// How much text stands before the next tag, comment or declaration.
fn tag_start(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(found) = bytes.get(from..).and_then(|rest| memchr(b'<', rest)) {
        let at = from + found;
        let opens = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'!' | b'?' | b'/');
        let is_text_after_slash = bytes.get(at + 1) == Some(&b'/') && bytes.get(at + 2).is_none();
        if bytes.get(at + 1).is_some_and(opens) && !is_text_after_slash {
            return at;
        }
        from = at + 1;
    }
    text.len()
}

/// How much stands before the end tag of this name.
fn end_of(text: &str, name: &str) -> usize {
    let bytes = text.as_bytes();
    let closes = |at: &usize| {
        let behind = at + 2 + name.len();
        text.get(at + 2..behind).is_some_and(|found| found.eq_ignore_ascii_case(name))
            && bytes.get(behind).is_some_and(|byte| is_blank(*byte) || matches!(byte, b'/' | b'>'))
    };
    memmem::find_iter(bytes, b"</").find(closes).unwrap_or(text.len())
}

/// The length of a comment from behind its `<!--`, with its end.
fn comment_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    if let Some(short) = [">", "->"].iter().find(|short| text.starts_with(**short)) {
        return short.len();
    }
    let mut from = 0;
    while let Some(found) = bytes.get(from..).and_then(|rest| memmem::find(rest, b"--")) {
        let at = from + found + 2;
        match memchr2(b'>', b'!', bytes.get(at..at + 1).unwrap_or(b"")) {
            Some(_) if bytes.get(at) == Some(&b'>') => return at + 1,
            Some(_) if bytes.get(at + 1) == Some(&b'>') => return at + 2,
            _ => from = at - 1,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use html5gum::{Token, Tokenizer};

    use super::*;

    /// The pieces of a page in one form: a line a piece.
    fn own(page: &str) -> Vec<String> {
        let mut pieces = Pieces::of(page);
        let mut lines: Vec<String> = Vec::new();
        let mut text = String::new();
        while let Some(piece) = pieces.next() {
            let line = match piece {
                Piece::Text(part) => {
                    text += &decoded(part);
                    continue;
                }
                Piece::Raw(part) => {
                    text += part;
                    continue;
                }
                Piece::Start { name, .. } => {
                    let mut attributes: Vec<String> = pieces
                        .attributes()
                        .iter()
                        .map(|(name, value)| format!("{}={}", lower(name), decoded(value)))
                        .collect();
                    attributes.sort();
                    format!("<{} {attributes:?}", lower(name))
                }
                Piece::End { name } => format!("</{}", lower(name)),
            };
            flush(&mut text, &mut lines);
            lines.push(line);
        }
        flush(&mut text, &mut lines);
        lines
    }

    fn flush(text: &mut String, lines: &mut Vec<String>) {
        if !text.is_empty() {
            lines.push(std::mem::take(text));
        }
    }

    /// The same by a complete tokenizer.
    fn other(page: &str) -> Vec<String> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let mut emitter = html5gum::DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let mut lines = Vec::new();
        let mut open = String::new();
        for token in Tokenizer::new_with_emitter(page, emitter) {
            let line = match token.unwrap() {
                Token::String(part) => {
                    open += &text(&part);
                    continue;
                }
                Token::StartTag(tag) => {
                    let mut attributes: Vec<String> = tag
                        .attributes
                        .iter()
                        .map(|(name, value)| format!("{}={}", text(name), text(value)))
                        .collect();
                    attributes.sort();
                    format!("<{} {attributes:?}", text(&tag.name))
                }
                Token::EndTag(tag) => format!("</{}", text(&tag.name)),
                _ => continue,
            };
            flush(&mut open, &mut lines);
            lines.push(line);
        }
        flush(&mut open, &mut lines);
        lines
    }

    #[track_caller]
    fn agree(page: &str) {
        assert_eq!(own(page), other(page), "{page:?}");
    }

    #[test]
    fn a_page_has_the_pieces_that_a_complete_tokenizer_finds() {
        for page in [
            "<!doctype html><html lang=\"zh-CN\"><p class=a id='b' hidden data-x=y/z>甲&amp;乙&#x27;</p>",
            "<a href=\"a>b\" title='it\"s' download>x</a ><br/><img src=x/>",
            "<!-- <a href=x> --> a<!-->b<!--->c<!-- d --!>e<!---- - -->f",
            "<script>if (a < b && \"</div>\") {}</script ><style>a>b{}</style><title>甲 &lt; <b></title>",
            "1 < 2 and 3<4 </> <?php ?> <! x> </ y>z",
            "<P CLASS=A class=b>x</P><textarea><p></textarea>",
            "<p =x a= b c = 'd'e>t",
            "text <a href=\"never ends",
            "text <",
            "text </",
            "<!-- never ends <p>",
        ] {
            agree(page);
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(2000))]
        #[test]
        fn whatever_stands_in_a_page_has_the_pieces_that_a_complete_tokenizer_finds(
            parts in proptest::collection::vec(
                proptest::sample::select(vec![
                    "<", ">", "</", "/>", "<p", "<a href=", "\"", "'", "=", " ", "\n", "甲", "x", "-", "--", "<!--", "-->", "!",
                    "<script>", "</script>", "<title>", "</title>", "&amp;", "&#39;", "<br/>", "id=b", "/", "?", "<td scope=\"row\">", "</td>",
                ]),
                0..24,
            )
        ) {
            let page = parts.concat();
            // Scripts hidden in comments inside scripts are left out on purpose.
            if !(page.contains("<script") && page.contains("<!--")) {
                proptest::prop_assert_eq!(own(&page), other(&page), "{:?}", page);
            }
        }
    }
}
