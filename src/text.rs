//! Small facts about text that every floor above needs: content hashes, nearest names, escapes of markup and addresses.
//!
//! Not here: pages (`markdown`, `render`), folding for search (`fold`), and any knowledge of records.

use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// The content key of the incremental build; never published, so speed counts and not secrecy.
pub fn content_hash(bytes: &[u8]) -> u128 {
    xxh3_128(bytes)
}

/// The byte at which the marks begin that version control leaves where it could not join two versions of a text.
pub fn conflict_marks(text: &str) -> Option<usize> {
    let at = |mark: &str| {
        let begins = text.starts_with(mark).then_some(0);
        begins.or_else(|| text.find(&format!("\n{mark}")).map(|at| at + 1))
    };
    at("<<<<<<< ").zip(at(">>>>>>> ")).map(|(first, _)| first)
}

/// A content hash of what comes in parts: that of all of them one after another.
#[derive(Default)]
pub struct ContentHash(Xxh3);

impl ContentHash {
    /// Takes in the next part.
    pub fn feed(&mut self, part: &[u8]) {
        self.0.update(part);
    }

    /// The hash of all that was taken in.
    pub fn digest(&self) -> u128 {
        self.0.digest128()
    }
}

/// The name nearest to `wanted`, if one is near enough to be a typing mistake.
pub fn nearest<'n>(wanted: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let length = wanted.chars().count();
    let limit = (length / 3).clamp(1, 3);
    names
        .into_iter()
        .filter(|name| name.chars().count().abs_diff(length) <= limit)
        .map(|name| (strsim::osa_distance(wanted, name), name))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, name)| name)
}

/// Shortens a value for a message: at most `limit` characters, `…` behind what was cut.
pub fn excerpt(text: &str, limit: usize) -> String {
    let mut cut: String = text.chars().take(limit).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().count() > limit {
        cut.push('…');
    }
    cut
}

/// A text as it may stand in XML 1.0 and HTML, between tags and in a quoted attribute. Ends of lines and tabs become blanks, characters
/// that no document may hold are left out.
pub fn escape_markup(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\t' | '\n' | '\r' => safe.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => safe.push(c),
        }
    }
    safe
}

/// A text as it may stand in an address: every byte but letters, digits and `-._~` as `%` and two digits (RFC 3986).
pub fn percent_encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_element_or_breaks_the_document() {
        assert_eq!(
            escape_markup("<a href=\"?x&y\">\u{8}]]>\n\u{ffff}"),
            "&lt;a href=&quot;?x&amp;y&quot;&gt;]]&gt; "
        );
    }

    #[test]
    fn a_misspelt_name_finds_its_neighbour_and_a_strange_one_none() {
        assert_eq!(nearest("nmae", ["name", "uscc"]), Some("name"));
        assert_eq!(nearest("C99999", ["C09999", "D00001"]), Some("C09999"));
        assert_eq!(nearest("colour", ["name", "uscc"]), None);
    }

    #[test]
    fn an_excerpt_counts_characters_not_bytes() {
        assert_eq!(excerpt("食品安全公示", 4), "食品安全…");
        assert_eq!(excerpt("食品", 4), "食品");
    }
    #[test]
    fn a_text_in_an_address_can_end_nothing() {
        assert_eq!(percent_encoded("A-1 督导&subject=x\n"), "A-1%20%E7%9D%A3%E5%AF%BC%26subject%3Dx%0A");
    }
}
