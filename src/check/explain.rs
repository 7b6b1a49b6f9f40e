//! `gongshi explain CODE`: one page a code, Markdown, embedded in the binary.
//!
//! In: a code. Out: what it means, why, how to put it right, and which regulation or habit stands behind it, in
//! Chinese and English. A page has one shape: a title line with code and both titles, `## 中文`, `## English`,
//! `## 依据 / Source`. Not here: printing.

use crate::text::nearest;

/// One page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The code.
    pub code: &'static str,
    /// Chinese title.
    pub title_zh: &'static str,
    /// English title.
    pub title_en: &'static str,
    /// The Chinese text.
    pub zh: &'static str,
    /// The English text.
    pub en: &'static str,
    /// Where the rule comes from, in both languages.
    pub source: &'static str,
}

macro_rules! pages {
    ($($code:literal)*) => {
        &[ $( ($code, include_str!(concat!("explain/", $code, ".md"))) ),* ]
    };
}

/// Every page, by code.
static PAGES: &[(&str, &str)] = pages! {};

/// Every explanation, in the order of the codes.
pub fn explanations() -> impl Iterator<Item = Explanation> {
    PAGES.iter().filter_map(|(code, page)| parse(code, page))
}

/// The explanation of a code, however it is capitalised.
pub fn explain(code: &str) -> Option<Explanation> {
    let wanted = code.trim().to_ascii_uppercase();
    let (code, page) = PAGES.iter().find(|(known, _)| *known == wanted)?;
    parse(code, page)
}

/// The code that was probably meant by one that does not exist.
pub fn nearest_code(code: &str) -> Option<&'static str> {
    let wanted = code.trim().to_ascii_uppercase();
    let known = || PAGES.iter().map(|(code, _)| *code);
    let bare = |code: &'static str| code.split_once('-').map_or(code, |(_, bare)| bare);
    known()
        .find(|code| bare(code) == wanted || wanted.split_once('-').is_some_and(|(_, own)| own == bare(code)))
        .or_else(|| nearest(&wanted, known()))
}

fn parse(code: &'static str, page: &'static str) -> Option<Explanation> {
    let (title, rest) = page.strip_prefix("# ")?.split_once('\n')?;
    let mut titles = title.split(" · ");
    let own = titles.next()?;
    let (title_zh, title_en) = (titles.next()?, titles.next()?);
    let (_, rest) = rest.split_once("## 中文\n")?;
    let (zh, rest) = rest.split_once("## English\n")?;
    let (en, source) = rest.split_once("## 依据 / Source\n")?;
    (own == code && titles.next().is_none()).then(|| Explanation {
        code,
        title_zh,
        title_en,
        zh: zh.trim(),
        en: en.trim(),
        source: source.trim(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_the_one_shape_and_says_something_in_each_part() {
        for (code, page) in PAGES {
            let page = parse(code, page).unwrap_or_else(|| panic!("{code}: not the shape of a page"));
            for (part, least) in [(page.zh, 40), (page.en, 80), (page.source, 10)] {
                assert!(part.chars().count() >= least, "{code}: {part}");
            }
            let cited = page.zh.contains("[S") || page.source.contains("[S") || page.source.contains("[CP]");
            assert!(!cited, "{code} cites an internal tag");
        }
        let mut codes: Vec<&str> = PAGES.iter().map(|(code, _)| *code).collect();
        codes.sort_unstable();
        assert!(PAGES.iter().map(|(code, _)| *code).eq(codes.iter().copied()), "pages are in order");
        codes.dedup();
        assert_eq!(codes.len(), PAGES.len());
    }

    #[test]
    fn a_code_is_found_in_any_case_and_a_misspelt_one_is_guessed() {
        assert_eq!(explain("e-uscc-check").map(|page| page.code), Some("E-USCC-CHECK"));
        assert_eq!(explain("E-NOTHING"), None);
        assert_eq!(nearest_code("E-USCC-CHEK"), Some("E-USCC-CHECK"));
        assert_eq!(nearest_code("USCC-CHECK"), Some("E-USCC-CHECK"));
        assert_eq!(nearest_code("W-USCC-CHECK"), Some("E-USCC-CHECK"));
        assert_eq!(nearest_code("???????????"), None);
    }
}
