//! Markdown as it appears on a page: each case in `tests/markdown/` is a source, its HTML and its outline.
//!
//! `GONGSHI_UPDATE=1 cargo test --test markdown` writes the results anew; read them before they are kept.

// Clippy's exception for tests does not reach functions beside them.
#![allow(clippy::unwrap_used)]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use gongshi::markdown::{LinkKind, Options, Resolved, outline, render};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/markdown");
    let mut cases: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    cases.sort();
    assert!(!cases.is_empty());
    cases
}

/// The outline as text: each problem and link with what stands at its offset.
fn listing(source: &str) -> String {
    let outline = outline(source);
    let at = |offset: usize| {
        source.get(offset..).unwrap().lines().next().unwrap().chars().take(12).collect::<String>()
    };
    let mut out = format!("title {:?}, {} min\n", outline.title, outline.minutes);
    for heading in &outline.headings {
        writeln!(out, "h{} #{} {}", heading.level, heading.id, heading.text).unwrap();
    }
    for link in &outline.links {
        writeln!(out, "{:?} {} at {:?}", link.kind, link.target, at(link.offset)).unwrap();
    }
    for problem in &outline.problems {
        writeln!(out, "{:?} at {:?}", problem.kind, at(problem.offset)).unwrap();
    }
    write!(out, "---\n{}\n", outline.plain).unwrap();
    out
}

#[track_caller]
fn check(path: &Path, found: &str) {
    if std::env::var_os("GONGSHI_UPDATE").is_some() {
        fs::write(path, found).unwrap();
    }
    let expected = fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    assert_eq!(found, expected, "{}", path.display());
}

#[test]
fn every_case_gives_its_html_and_its_outline() {
    for case in cases() {
        let source = fs::read_to_string(&case).unwrap().replace("\r\n", "\n");
        let resolve = |target: &str, kind: LinkKind| match kind {
            LinkKind::Image => Resolved {
                href: format!("../../{target}"),
                size: target.contains("640x480").then_some([640, 480]),
            },
            LinkKind::Link => target.to_string().into(),
        };
        let text = render(&source, &Options::default(), &resolve);
        check(&case.with_extension("html"), text.html.as_str());
        check(&case.with_extension("txt"), &listing(&source));
        assert_eq!(text.headings, outline(&source).headings);
    }
}

#[test]
fn several_texts_in_one_page_keep_their_ids_apart() {
    let source = "# 甲 {#a}\n\n见[注](#a)[^1]。\n\n[^1]: 注\n";
    let options = Options { heading_base: 3, id_prefix: "ch2-\"<章", ..Options::default() };
    let html = render(source, &options, &|target, _| target.to_string().into()).html.into_string();
    assert!(html.starts_with("<h3 id=\"ch2-a\">甲</h3>"), "{html}");
    for part in [
        "href=\"#ch2-a\"",
        "id=\"ch2-fnref-1\"",
        "href=\"#ch2-fn-1\"",
        "id=\"ch2-fn-1\"",
        "href=\"#ch2-fnref-1\"",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
}

#[test]
fn only_coloured_code_asks_for_its_style_sheet() {
    let has_code =
        |source: &str| render(source, &Options::default(), &|target, _| target.to_string().into()).has_code;
    assert!(has_code("```yaml\na: 1\n```\n"));
    assert!(!has_code("```\na: 1\n```\n") && !has_code("`a`"));
}

#[test]
fn reading_time_counts_chinese_characters_and_latin_words() {
    assert_eq!(outline("").minutes, 0);
    assert_eq!(outline("甲").minutes, 1);
    assert_eq!(outline(&"甲，".repeat(400)).minutes, 1);
    assert_eq!(outline(&"甲".repeat(401)).minutes, 2);
    assert_eq!(outline(&"word ".repeat(401)).minutes, 2);
}

#[test]
fn line_ends_of_windows_give_the_same_page() {
    for case in cases() {
        let source = fs::read_to_string(&case).unwrap().replace("\r\n", "\n");
        let windows = source.replace('\n', "\r\n");
        let html =
            |source: &str| render(source, &Options::default(), &|target, _| target.to_string().into()).html;
        assert_eq!(
            html(&windows).as_str().replace("\r\n", "\n"),
            html(&source).as_str(),
            "{}",
            case.display()
        );
    }
}
