//! Which link targets may stand in a page, and how a target is written into an attribute.
//!
//! In: a target as the parser hands it over, entities and escapes already resolved. Out: its [`Target`] class.
//! A browser drops control characters from an address and reads `\` as `/`, so a target with either is
//! refused as a whole instead of being cleaned.
//!
//! Not here: whether the page that a target names exists.

use std::borrow::Cow;

use crate::code::half_width;

/// What a link's target is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A place in the same text: `#sec-1`.
    Fragment,
    /// A page or file of the portal, relative to this text or from the portal's root.
    Inside,
    /// Another site, by http or https.
    Outside,
    /// A mail address or telephone number.
    Contact,
    /// A record of the portal by kind and id: `cadre:yangli-0007`. Only texts may hold it, never a page.
    Record,
    /// Anything else, `javascript:` and `//host` among it.
    Refused,
}

/// Classes a target.
pub(super) fn judge(target: &str) -> Target {
    let target = target.trim();
    let hostile = target.chars().any(|c| c.is_control() || c == '\\' || is_line_separator(c));
    if target.is_empty() || hostile || target.starts_with("//") {
        return Target::Refused;
    }
    let first_segment = target.split(['/', '?', '#']).next().unwrap_or_default();
    match first_segment.split_once(':') {
        None if target.starts_with('#') => Target::Fragment,
        None => Target::Inside,
        Some((scheme, _)) => judge_scheme(scheme, target.get(scheme.len() + 1..).unwrap_or_default()),
    }
}

fn is_line_separator(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

fn judge_scheme(scheme: &str, rest: &str) -> Target {
    let is = |name: &str| scheme.eq_ignore_ascii_case(name);
    let host = rest.strip_prefix("//").map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    if is("http") || is("https") {
        // Without `//` and a host a browser would read the target as relative to the page.
        if host.is_some_and(|host| !host.is_empty()) { Target::Outside } else { Target::Refused }
    } else if (is("mailto") || is("tel")) && !rest.is_empty() {
        Target::Contact
    } else if record_target(&format!("{scheme}:{rest}")).is_some() {
        Target::Record
    } else {
        Target::Refused
    }
}

/// Kind and id of a target that names a record, as it was written: a credit code may be so in full width. Whether there is such
/// a kind is for others to say; what scripts and other programs answer to never is one.
pub fn record_target(target: &str) -> Option<(&str, &str)> {
    let (kind, id) = target.trim().split_once(':')?;
    let is_kind = kind.len() >= 3 && kind.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    let is_id = (1..=64).contains(&id.chars().count())
        && id.chars().map(half_width).all(|c| c.is_ascii_alphanumeric() || c == '-');
    let is_program = PROGRAMS.contains(&kind);
    (is_kind && is_id && !is_program).then_some((kind, id))
}

/// Schemes that a browser or a telephone hands to a program.
const PROGRAMS: [&str; 14] = [
    "javascript",
    "vbscript",
    "data",
    "file",
    "blob",
    "about",
    "ftp",
    "sftp",
    "sms",
    "tel",
    "mailto",
    "http",
    "https",
    "intent",
];

/// The target of a link that was written as a bare mail address in angle brackets.
pub(super) fn mail_target(address: &str) -> Cow<'_, str> {
    Cow::Owned(format!("mailto:{address}"))
}

/// The address of another site, percent-encoded as a page has it; none of a target that leads elsewhere or is refused.
pub fn outside_address(target: &str) -> Option<String> {
    (judge(target) == Target::Outside).then(|| {
        let mut address = String::new();
        push_encoded(&mut address, target, "&");
        address
    })
}

/// Writes a target into a double-quoted attribute: what an address may not hold is percent-encoded.
pub(super) fn push_target(out: &mut String, target: &str) {
    push_encoded(out, target, "&amp;");
}

fn push_encoded(out: &mut String, target: &str, ampersand: &str) {
    for byte in target.trim().bytes() {
        match byte {
            b'&' => out.push_str(ampersand),
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => out.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' | b':' | b'/' | b'?' | b'#' | b'@' | b'!' | b'$' => {
                out.push(char::from(byte))
            }
            b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' | b'%' => out.push(char::from(byte)),
            _ => {
                out.push('%');
                out.extend([byte >> 4, byte & 15].iter().filter_map(|&digit| hex_digit(digit)));
            }
        }
    }
}

fn hex_digit(value: u8) -> Option<char> {
    char::from_digit(u32::from(value), 16).map(|digit| digit.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(expected: Target, targets: &[&str]) {
        for target in targets {
            assert_eq!(judge(target), expected, "{target:?}");
        }
    }

    #[test]
    fn links_to_pages_files_sites_mail_and_telephone_are_let_through() {
        check(Target::Inside, &["a.html", "../b/c.pdf", "/data/", "?page=2", "表.xlsx", "a/b:c", "x#a:b"]);
        check(Target::Fragment, &["#sec-1", "#a:b"]);
        check(Target::Outside, &["http://a.example", "HTTPS://a.example/?b#c", " https://a.example "]);
        check(Target::Contact, &["mailto:a@b.example", "TEL:0000-1234567"]);
        check(
            Target::Record,
            &["cadre:yangli-0007", "sampling_notices:2026-07", " enterprise:91990101MA0DEM013U "],
        );
    }

    #[test]
    fn script_data_unknown_schemes_and_disguises_are_refused() {
        check(
            Target::Refused,
            &[
                "javascript:alert(1)",
                "JaVaScRiPt:alert(1)",
                " javascript:alert(1)",
                "java\tscript:alert(1)",
                "java\nscript:alert(1)",
                "\u{1}javascript:alert(1)",
                "\u{a0}javascript:alert(1)",
                "vbscript:x",
                "data:text/html;base64,AAAA",
                "file:///etc/passwd",
                "ftp://a.example",
                "//a.example",
                "/\\a.example",
                "\\\\a.example",
                "https:\\\\a.example",
                "http:a.html",
                "https:///a.html",
                "mailto:",
                "附件:1.pdf",
                "",
                "  ",
                "a\u{0}b",
            ],
        );
    }

    #[test]
    fn an_attribute_holds_no_character_that_could_end_it() {
        let mut written = String::new();
        push_target(&mut written, " 表 1.html?a=\"&b='<>`|^{}[]\\%20 ");
        assert_eq!(written, "%E8%A1%A8%201.html?a=%22&amp;b=%27%3C%3E%60%7C%5E%7B%7D%5B%5D%5C%20");
    }
}
