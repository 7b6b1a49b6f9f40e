//! `gongshi explain CODE`: one page a code, Markdown, embedded in the binary.
//!
//! In: a code. Out: what it means, why, how to put it right, and which regulation or habit stands behind it, in
//! Chinese and English. A page has one shape: a title line with code and both titles, `## 中文`, `## English`,
//! `## 依据 / Source`. Not here: printing.

use crate::diagnostic::Language;
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

/// The explanation of a code, however it is capitalised; else the code that was probably meant.
pub fn explain(code: &str) -> Result<Explanation, Option<&'static str>> {
    let wanted = code.trim().to_ascii_uppercase();
    let page = PAGES.iter().find(|(known, _)| *known == wanted);
    page.and_then(|(code, page)| parse(code, page)).ok_or_else(|| nearest_code(&wanted))
}

fn nearest_code(wanted: &str) -> Option<&'static str> {
    let known = || PAGES.iter().map(|(code, _)| *code);
    // The letter for error or warning is easily left out or mistaken.
    let bare = |code: &str| code.get(2..).unwrap_or_default().to_string();
    known()
        .find(|code| bare(code) == wanted || bare(code) == bare(wanted))
        .or_else(|| nearest(wanted, known()))
}

impl Explanation {
    /// The page in one language: title, text, source.
    pub fn text(&self, language: Language) -> String {
        let (title, text, heading) = match language {
            Language::Zh => (self.title_zh, self.zh, "依据"),
            Language::En => (self.title_en, self.en, "Source"),
        };
        let own = |line: &&str| is_chinese(line) == (language == Language::Zh) || line.is_empty();
        let source: String = self.source.lines().filter(own).collect::<Vec<_>>().join("\n");
        format!("{} {title}\n\n{text}\n\n{heading}\n{}", self.code, source.trim())
    }
}

/// The source part holds Chinese and English lines; a Chinese one has more Chinese characters than not.
fn is_chinese(line: &str) -> bool {
    let han = line.chars().filter(|c| ('\u{3400}'..='\u{9fff}').contains(c)).count();
    let latin = line.split_whitespace().filter(|word| word.bytes().any(|b| b.is_ascii_alphabetic())).count();
    han > latin * 2
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
        assert_eq!(explain("e-uscc-check").map(|page| page.code), Ok("E-USCC-CHECK"));
        for (misspelt, meant) in [
            ("E-USCC-CHEK", Some("E-USCC-CHECK")),
            ("USCC-CHECK", Some("E-USCC-CHECK")),
            ("W-USCC-CHECK", Some("E-USCC-CHECK")),
            ("???????????", None),
        ] {
            assert_eq!(explain(misspelt).map(|page| page.code), Err(meant), "{misspelt}");
        }
    }

    #[test]
    fn each_language_has_its_own_text_and_source() {
        for page in explanations() {
            let (zh, en) = (page.text(Language::Zh), page.text(Language::En));
            assert!(zh.contains("依据\n") && en.contains("Source\n"), "{}", page.code);
            assert!(!zh.trim_end().ends_with("依据") && !en.trim_end().ends_with("Source"), "{}", page.code);
        }
    }
}
