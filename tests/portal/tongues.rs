//! The language of a site: whatever `language` says, every word that the program says itself is of that language.
//!
//! The portal is the demo with all its sources in Latin letters, so that it has every kind of page and each Chinese character in
//! one is ours. Not here: single labels (`record::labels`), forms of days and amounts (`locale`).

use std::collections::{BTreeMap, BTreeSet};

use gongshi::fold::{fold, traditional};

use crate::support::latin::{chinese_keys, is_han, latin};
use crate::support::{DAY, Project, demo_sources, place, repository, tree};

/// The demo in Latin letters.
fn project() -> Project {
    let project = Project::of(&latin(demo_sources()));
    // Badges as well.
    let data = "data: {by_region: township, per_enterprise: true}\n";
    project.write("content/portal.yaml", project.text("content/portal.yaml") + data);
    project
}

/// What people read of a site of a language: pages, feeds, badges and what search tells of its kinds, by path.
fn told(project: &Project, language: &str) -> BTreeMap<String, String> {
    let settings = project.text("content/portal.yaml");
    let own = settings.lines().find(|line| line.starts_with("language: ")).unwrap();
    project.write("content/portal.yaml", settings.replace(own, &format!("language: {language}")));
    project.build(DAY).ends(0);
    let is_read = |path: &str| {
        [".html", ".xml"].iter().any(|end| path.ends_with(end))
            || path == "search/index.js"
            || path.starts_with("data/") && path.ends_with(".svg")
    };
    let site = project.site().into_iter().filter(|(path, _)| is_read(path));
    site.map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect()
}

/// A document number, which sources have to write in Chinese, counts as Latin.
fn without_numbers(text: &str) -> String {
    let mut parts = text.split('〕');
    let mut rest = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let digits = part.trim_start_matches(|c: char| c.is_ascii_digit());
        rest.push_str(digits.strip_prefix('号').unwrap_or(part));
    }
    rest.replace('〔', "")
}

/// Stretches of a text in which every character is such a one.
fn stretches(text: &str, is_one: impl Fn(char) -> bool) -> BTreeSet<&str> {
    text.split(|c| !is_one(c)).filter(|stretch| !stretch.is_empty()).collect()
}

#[test]
fn an_english_site_says_nothing_in_chinese() {
    // The ideographic blank is a wide blank, the others are marks of Chinese.
    let is_chinese = |c: char| is_han(c) || matches!(c, '\u{3001}'..='\u{303f}' | '\u{ff01}'..='\u{ff65}');
    let keys: BTreeSet<&str> = chinese_keys().into_iter().map(|(_, key)| key).collect();
    let site = told(&project(), "en");
    for page in ["index", "search", "404", "lists", "progress", "data/index", "feeds/index", "corrections"] {
        assert!(site.contains_key(&format!("{page}.html")), "{page}");
    }
    let mut found = BTreeMap::new();
    for (path, text) in &site {
        let text = without_numbers(text);
        let mut chinese = stretches(&text, is_chinese);
        // The dictionary of the data files tells the keys and the mark that stand in them.
        if path == "data/index.html" {
            chinese.retain(|stretch| !keys.contains(stretch) && *stretch != "；");
        }
        found.extend(chinese.into_iter().map(|stretch| (stretch.to_string(), path.clone())));
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_site_in_traditional_characters_has_no_simplified_one() {
    let others: BTreeSet<char> = traditional().map(|(_, simplified)| simplified).collect();
    // Characters that some traditional ones fold to, but that are themselves at home in these words.
    let at_home: BTreeSet<char> =
        include_str!("../../src/traditional/characters.txt").lines().nth(2).unwrap().chars().collect();
    let words = ["頁面", "准予", "體系", "注意", "搜", "一致", "吃", "同"];
    let at_home: BTreeSet<char> = at_home.into_iter().chain(words.concat().chars()).collect();
    let keys: BTreeSet<&str> = chinese_keys().into_iter().map(|(_, key)| key).collect();
    let mut found = BTreeMap::new();
    for (path, text) in told(&project(), "zh-Hant") {
        // The pattern of words that make a question is of normal forms, which nobody reads.
        let text = without_numbers(text.split(",\"ask\":").next().unwrap());
        let mut chinese = stretches(&text, is_han);
        if path == "data/index.html" {
            chinese.retain(|stretch| !keys.contains(stretch));
        }
        let wrong = |stretch: &&str| stretch.chars().any(|c| others.contains(&c) && !at_home.contains(&c));
        found.extend(chinese.into_iter().filter(wrong).map(|stretch| (stretch.to_string(), path.clone())));
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn the_traditional_words_of_the_theme_fold_to_the_simplified_ones() {
    let folded = |name: &str| {
        let text = std::fs::read_to_string(repository().join("themes/default/locales").join(name)).unwrap();
        let mut folded = String::new();
        fold(&text, |c| folded.push(c));
        folded
    };
    for (one, other) in folded("zh-CN.yaml").lines().zip(folded("zh-Hant.yaml").lines()) {
        // Each has its own quotation marks.
        let word = |line: &str| line.replace('"', "").replace('「', "“").replace('」', "”");
        assert!(one.starts_with('#') || word(one) == word(other), "{one}\n{other}");
    }
}

#[test]
fn a_site_that_changes_its_language_is_the_one_that_a_build_from_nothing_makes() {
    let project = project();
    told(&project, "zh-CN");
    let changed = told(&project, "en");
    let out = place();
    let out = out.path().join("site");
    project.run("build", &["--as-of", DAY, "--no-cache", "--out", out.to_str().unwrap()]).ends(0);
    let clean = tree(&out);
    for (path, text) in changed {
        assert!(clean[&path] == text.as_bytes(), "{path}");
    }
}

/// The demo as it is, and so with Chinese sources, on a site of a language.
fn demo_in(language: &str) -> BTreeMap<String, String> {
    told(&Project::demo(), language)
}

#[test]
fn a_chinese_text_on_an_english_site_says_that_it_is_chinese() {
    let site = demo_in("en");
    let says = |page: &str, what: &str| assert!(site[page].contains(what), "{page}: {what}");
    says("books/2026-township/five-steps.html", "<div lang=\"zh-CN\">");
    // So do titles: headings, links to texts, crumbs, columns, what comes before and behind.
    for page in [
        "articles/policy/2026-01.html",
        "books/2026-township/five-steps.html",
        "books/2026-township/letter.html",
        "books/2026-township.html",
        "pages/about.html",
        "articles/news/index.html",
    ] {
        says(page, "<h1 lang=\"zh-CN\">");
        says(page, "<span aria-current=\"page\" lang=\"zh-CN\">");
    }
    for (page, link) in [
        ("index.html", "articles/policy/2026-01.html"),
        ("articles/policy/index.html", "2026-01.html"),
        ("books/index.html", "2026-township.html"),
        ("books/2026-township.html", "2026-township/five-steps.html"),
        ("sitemap.html", "pages/about.html"),
        ("enterprises/index.html", "../articles/news/index.html"),
        ("enterprises/index.html", "../pages/about.html"),
    ] {
        says(page, &format!("<a href=\"{link}\" lang=\"zh-CN\">"));
    }
    says("articles/policy/2026-01.html", "<span lang=\"zh-CN\">");
    // The words of the site are its own.
    for page in ["enterprises/index.html", "lists.html", "progress.html"] {
        says(page, "<h1>");
    }
}

#[test]
fn nothing_on_a_chinese_site_says_that_it_is_chinese() {
    for language in ["zh-CN", "zh-Hant"] {
        for (path, page) in demo_in(language) {
            assert_eq!(page.matches(" lang=\"").count(), usize::from(path.ends_with(".html")), "{path}");
        }
    }
}
