//! Which texts on a page are in another language than the page, so that they are read aloud as what they are (WCAG 2.2, 3.1.2).
//!
//! In: a text and the language of the site. Out: the language to mark it with, if any. Sources are written in Chinese; on a site
//! whose own words are not, names, titles and texts of theirs carry the mark. On a Chinese site nothing does.
//!
//! Not here: where the mark stands (templates), and text that people put together of words of both languages.

/// The language that sources are written in.
pub(super) const CHINESE: &str = "zh-CN";

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// The mark of a text that is Chinese for the most part, on a site of another language.
pub(super) fn mark(text: &str, language: &str) -> Option<&'static str> {
    if language.starts_with("zh") {
        return None;
    }
    let (mut han, mut latin) = (0usize, 0usize);
    for c in text.chars() {
        han += usize::from(is_han(c));
        latin += usize::from(c.is_ascii_alphabetic());
    }
    (han > latin).then_some(CHINESE)
}

/// A body of a text in an element that says its language, where any of it is Chinese.
pub(super) fn in_its_language(html: &str, language: &str) -> String {
    if language.starts_with("zh") || !html.contains(is_han) {
        return html.to_string();
    }
    format!("<div lang=\"{CHINESE}\">{html}</div>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_text_is_marked_on_a_site_of_another_language_only() {
        assert_eq!(mark("五步工作法", "en"), Some("zh-CN"));
        assert_eq!(mark("“AED”配置情况通报", "en"), Some("zh-CN"));
        assert_eq!(mark("五步工作法", "zh-CN"), None);
        assert_eq!(mark("五步工作法", "zh-Hant"), None);
    }

    #[test]
    fn words_of_the_site_stay_unmarked_though_a_name_stands_among_them() {
        for text in ["Work in figures: 示范市", "Enterprises", "2026", ""] {
            assert_eq!(mark(text, "en"), None, "{text}");
        }
    }
}
