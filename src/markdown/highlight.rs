//! Colours fenced code by classes, so that one style sheet serves light, dark and print.
//!
//! In: code and the language its fence names. Out: HTML spans with `hl-` classes, or nothing when the
//! language is unknown or the block is too long; then it is written plain.
//!
//! Not here: colours, which are the theme's; the `pre` element, which is `html`'s.

use std::sync::LazyLock;

use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

/// Spans are about twelve times the size of the code and take about 3 s a megabyte to make.
const LONGEST: usize = 50 * 1024;

/// The grammars inside the binary. Unpacking them takes 2 ms and most portals have no code at all, so it
/// waits for the first block; the set is constant and never changed, so it is no state.
static GRAMMARS: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// The name of a fence's language, if it is a plain word: `yaml` of `yaml {lines=3}`.
pub(super) fn language(fence: &str) -> Option<&str> {
    let word = fence.split([' ', '\t', ',', '{']).next()?;
    let plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'#'));
    (plain && !word.is_empty() && word.len() <= 20).then_some(word)
}

/// Marks up code, or hands back nothing when it should be written plain.
pub(super) fn highlight(code: &str, language: &str) -> Option<String> {
    if code.len() > LONGEST
        || ["txt", "text", "plain"].iter().any(|plain| language.eq_ignore_ascii_case(plain))
    {
        return None;
    }
    let grammar = GRAMMARS.find_syntax_by_token(language)?;
    let style = ClassStyle::SpacedPrefixed { prefix: "hl-" };
    let mut generator = ClassedHTMLGenerator::new_with_class_style(grammar, &GRAMMARS, style);
    for line in LinesWithEndings::from(code) {
        // A grammar whose patterns give up on a line makes the whole block plain.
        generator.parse_html_for_line_which_includes_newline(line).ok()?;
    }
    Some(generator.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_languages_get_classes_and_keep_every_character() {
        let code = "name: \"<示例>\" # & 注\n";
        let html = highlight(code, "yaml").unwrap();
        assert!(html.contains("class=\"hl-"), "{html}");
        assert!(!html.contains("style="));
        let mut text = String::new();
        for part in html.split('<') {
            text.push_str(part.split_once('>').map_or(part, |(_, text)| text));
        }
        assert_eq!(
            text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"),
            code
        );
        assert_eq!(highlight(code, "YAML"), Some(html));
    }

    #[test]
    fn unknown_plain_and_very_long_blocks_are_left_alone() {
        assert_eq!(highlight("a", "no-such-language"), None);
        assert_eq!(highlight("a", "txt"), None);
        assert!(highlight(&"a\n".repeat(25 * 1024), "yaml").is_some());
        assert_eq!(highlight(&"a\n".repeat(25 * 1024 + 1), "yaml"), None);
    }

    #[test]
    fn the_language_is_the_first_plain_word_of_the_fence() {
        assert_eq!(language("yaml {lines=3}"), Some("yaml"));
        assert_eq!(language("rust,ignore"), Some("rust"));
        assert_eq!(language("C++"), Some("C++"));
        assert_eq!(language("\"onload=x"), None);
        assert_eq!(language("表格"), None);
        assert_eq!(language(""), None);
    }
}
