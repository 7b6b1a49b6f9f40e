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
static PAGES: &[(&str, &str)] = pages! {
    "E-ALLOWANCE-REASON"
    "E-ALLOWANCE-RULE"
    "E-AUTHORITY"
    "E-BAN-TERM"
    "E-BLK-NO-PENALTY"
    "E-BLK-WARNING-ONLY"
    "E-BOARD-FIELDS"
    "E-CADRE-UNKNOWN"
    "E-CALENDAR-DAY"
    "E-CHAR-BIDI"
    "E-CHAR-CONTROL"
    "E-CODE-MANGLED"
    "E-COLLECTION-FIELD"
    "E-COLLECTION-NAME"
    "E-COLLECTION-TYPE"
    "E-COLUMN-UNKNOWN"
    "E-COVERAGE-LEVEL"
    "E-COVERAGE-NONE"
    "E-COVERAGE-OVERLAP"
    "E-CSV-SYNTAX"
    "E-DATE-AHEAD"
    "E-DATE-INVALID"
    "E-DATE-ORDER"
    "E-DISCLAIMER"
    "E-DOCNO-FORM"
    "E-EARLY-STOP"
    "E-ENCODING"
    "E-ENTERPRISE-UNKNOWN"
    "E-FIELD-MISSING"
    "E-FIELD-TYPE"
    "E-FIELD-UNKNOWN"
    "E-FIGURE-QUERY"
    "E-FRONT-MATTER"
    "E-FRONT-MATTER-MISSING"
    "E-GOV-ACCESS"
    "E-GOV-CLOSED"
    "E-GOV-EMPTY"
    "E-GOV-FOREIGN"
    "E-GOV-FRAME"
    "E-GOV-HIDDEN"
    "E-GOV-LINK"
    "E-GOV-SECRET"
    "E-GOV-STALE"
    "E-GOV-TAG"
    "E-GRADE-BARE"
    "E-HEADER-TWICE"
    "E-HEADER-UNKNOWN"
    "E-HOTLINE"
    "E-ID-DUP"
    "E-ID-FORM"
    "E-KEY-DUP"
    "E-KIND-UNKNOWN"
    "E-LIC-FORM"
    "E-LIC-SECTOR"
    "E-LIMIT"
    "E-LINK-DEAD"
    "E-NOTICE-COUNT"
    "E-NOTICE-DUP"
    "E-PART-EXCEEDS"
    "E-PERIOD-MAX"
    "E-PHASE-OVERLAP"
    "E-PHASE-UNKNOWN"
    "E-PHONE-FORM"
    "E-PII-BANK"
    "E-PII-EXIF"
    "E-PII-ID"
    "E-PII-MASK"
    "E-PII-MINOR"
    "E-PII-MOBILE"
    "E-PLEDGE-MISSING"
    "E-PORTAL-MISSING"
    "E-PUBLISH-EXPIRED"
    "E-QUESTION-ANSWER"
    "E-QUIZ-PASS"
    "E-RATE-RECALC"
    "E-RECORD-DUP"
    "E-REFERENCE-UNKNOWN"
    "E-REGION-FORM"
    "E-REGION-UNKNOWN"
    "E-REMOVED-PRESENT"
    "E-RESULT-EARLY"
    "E-RESULT-KIND"
    "E-RESULT-SWAPPED"
    "E-RESULT-VERDICT"
    "E-ROUTE-DUP"
    "E-ROW-CELLS"
    "E-RULE-OFF"
    "E-RULE-SET"
    "E-SAMPLE-DUP"
    "E-SITE-CODE"
    "E-SITE-DOMAIN"
    "E-SOURCE-CASE"
    "E-SOURCE-NAME"
    "E-SOURCE-SPECIAL"
    "E-SOURCE-SYMLINK"
    "E-STAFF-DIRECTOR"
    "E-STAFF-OFFICER"
    "E-SUM-MISMATCH"
    "E-TASK-NO-LEAD"
    "E-TEXT-UNMERGED"
    "E-UNIT-MISMATCH"
    "E-URL-FORM"
    "E-USCC-CHECK"
    "E-USCC-DUP"
    "E-USCC-FORM"
    "E-VIS-INTERNAL"
    "E-VISIT-FUTURE"
    "E-WITHDRAW-LATE"
    "E-YAML-ALIAS"
    "E-YAML-KEY"
    "E-YAML-MULTI"
    "E-YAML-SYNTAX"
    "E-YAML-TAG"
    "I-LEDGER-EMPTY"
    "I-NULL-SLASH"
    "I-SOURCE-IGNORED"
    "W-ALLOWANCE-EXPIRED"
    "W-ALLOWANCE-UNUSED"
    "W-ASSET-OPAQUE"
    "W-CADRE-LEFT"
    "W-CALENDAR-MISSING"
    "W-CELL-LOST"
    "W-CHAR-INVISIBLE"
    "W-CHAR-LOST"
    "W-COLUMN-EMPTY"
    "W-COUNT-CLAIM"
    "W-COVERAGE-LAPSED"
    "W-COVERAGE-LOAD"
    "W-DATE-FAR"
    "W-DEPT-ALIAS"
    "W-DISPOSAL-DUE"
    "W-DOCNO-DUP"
    "W-EXPIRED"
    "W-FIGURE-AHEAD"
    "W-FOOTNOTE-UNUSED"
    "W-GOV-ENTRY"
    "W-GOV-HOST"
    "W-GOV-STALE"
    "W-GOV-WEIGHT"
    "W-GOV-WORD"
    "W-HEADING-ID"
    "W-HTML-COMMENT"
    "W-HTML-RAW"
    "W-IMAGE-ALT"
    "W-IMAGE-FOREIGN"
    "W-LIC-CHECK"
    "W-LIC-EXPIRED"
    "W-LIC-EXPIRING"
    "W-LINK-SCHEME"
    "W-MARK-LITERAL"
    "W-MASK-STARS"
    "W-NAME-LINGERS"
    "W-NUMBERING"
    "W-OVERDUE"
    "W-PASTE-RUBY"
    "W-PERIOD-CONFLICT"
    "W-PERIOD-OPEN"
    "W-PII-ADDRESS"
    "W-PII-HEALTH"
    "W-PII-ID-OLD"
    "W-PII-METADATA"
    "W-PII-PHONE"
    "W-PROBLEM-OVERDUE"
    "W-PRODUCER-SLASH"
    "W-PUBLISH-LATE"
    "W-PUNCT-HALF"
    "W-QUIZ-SHORT"
    "W-RATE-NODEN"
    "W-RECALL-LATE"
    "W-REGION-DIFFERS"
    "W-RESULT-NO-VALUE"
    "W-RETEST-MICROBE"
    "W-SAMPLE-NO-FORM"
    "W-SEQUENCE-GAP"
    "W-SOURCE-STRAY"
    "W-SUPERSCRIPT"
    "W-TASK-LATE"
    "W-TITLE-EMPTY"
    "W-TRAIN-HOURS"
    "W-USCC-ORG"
    "W-USCC-REGION"
    "W-VISIT-DUE"
    "W-WITHDRAW-LINKED"
    "W-YAML-ANCHOR"
    "W-YAML-COMMENT"
};

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
    /// The title in one language.
    pub fn title(&self, language: Language) -> &'static str {
        match language {
            Language::Zh => self.title_zh,
            Language::En => self.title_en,
        }
    }

    /// The page in one language: title, text, source.
    pub fn text(&self, language: Language) -> String {
        // The source is named in Chinese, then in English.
        let (zh, en) = self.source.split_once("\n\n").unwrap_or((self.source, self.source));
        let (title, text, heading, source) = match language {
            Language::Zh => (self.title_zh, self.zh, "依据", zh),
            Language::En => (self.title_en, self.en, "Source", en),
        };
        format!("{} {title}\n\n{text}\n\n{heading}\n{}", self.code, source.trim())
    }
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
            let (zh, en) = page.source.split_once("\n\n").expect(page.code);
            assert!(zh.ends_with(['。', '）']) && en.ends_with('.'), "{}", page.code);
            assert!(page.text(Language::Zh).ends_with(zh), "{}", page.code);
            assert!(page.text(Language::En).ends_with(en), "{}", page.code);
        }
    }
}
