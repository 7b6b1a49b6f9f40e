//! Character references of HTML in texts and values: numbers, and the names that templates and Markdown write.
//!
//! In: a text as written. Out: the text as read, borrowed where it has none. A reference that is not known stays as it is
//! written. Not here: the two thousand other names of the standard, which no page of ours has.

use std::borrow::Cow;

use memchr::memchr;

/// Longest reference that is looked at, in bytes.
const LONGEST: usize = 12;

/// The text with its character references decoded.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    decode_into(text, &mut out);
    Cow::Owned(out)
}

/// Adds the decoded text.
pub(super) fn decode_into(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        let (before, reference) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        let end = reference.bytes().take(LONGEST).position(|byte| byte == b';');
        let character = end.and_then(|end| named(reference.get(1..end)?));
        match (character, end) {
            (Some(character), Some(end)) => {
                out.push(character);
                rest = reference.get(end + 1..).unwrap_or("");
            }
            _ => {
                out.push('&');
                rest = reference.get(1..).unwrap_or("");
            }
        }
    }
    out.push_str(rest);
}

fn named(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        return code.ok().and_then(char::from_u32).filter(|character| *character != '\0');
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "ensp" => '\u{2002}',
        "emsp" => '\u{2003}',
        "middot" => '·',
        "hellip" => '…',
        "mdash" => '—',
        "ndash" => '–',
        "times" => '×',
        "copy" => '©',
        "laquo" => '«',
        "raquo" => '»',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded_and_what_is_none_stays() {
        assert_eq!(decoded("甲 &amp; &lt;乙&gt; &#x27;&#39;&quot;"), "甲 & <乙> ''\"");
        assert_eq!(decoded("A&B; &; &#xd800; &unknown; &"), "A&B; &; &#xd800; &unknown; &");
        assert!(matches!(decoded("食品"), Cow::Borrowed(_)));
    }
}
