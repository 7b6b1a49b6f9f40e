//! What may stand in published HTML, whatever the source: tested on hostile and on random text.
//!
//! A small strict reader of our own HTML knows every element, attribute and class that may occur, and that
//! elements close in order, ids are unique, links do not nest and targets are harmless.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::markdown::{Options, Outline, RenderedText, outline, render};

const ELEMENTS: &[&str] = &[
    "a",
    "blockquote",
    "br",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "span",
    "strong",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

const ATTRIBUTES: &[&str] = &[
    "alt",
    "aria-label",
    "class",
    "href",
    "id",
    "loading",
    "rel",
    "role",
    "scope",
    "src",
    "start",
    "tabindex",
    "title",
];

fn rendered(source: &str) -> RenderedText {
    render(source, &Options::default(), &|target, _| target.to_string().into())
}

/// Fails unless what is published of a text is harmless and well-formed; hands back its outline.
#[track_caller]
pub(super) fn assert_safe(source: &str) -> Outline {
    let text = rendered(source);
    let html = text.html.as_str();
    let mut open: Vec<&str> = Vec::new();
    let mut ids = BTreeSet::new();
    for part in html.split('<').skip(1) {
        let (tag, words) = part.split_once('>').unwrap_or_else(|| panic!("{source:?}: {html}"));
        assert!(!words.contains('>'), "{source:?}: {html}");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{source:?}: {html}");
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(ELEMENTS.contains(&name), "{source:?}: <{tag}>");
        assert!(name != "a" || !open.contains(&"a"), "{source:?}: {html}");
        if !["br", "hr", "img"].contains(&name) {
            open.push(name);
        }
        let mut rest = attributes;
        while !rest.is_empty() {
            let (attribute, value) = rest.split_once("=\"").unwrap();
            let (value, more) = value.split_once('"').unwrap();
            assert!(ATTRIBUTES.contains(&attribute), "{source:?}: <{tag}>");
            assert!(attribute != "id" || ids.insert(value), "{source:?}: {html}");
            if attribute == "href" || attribute == "src" {
                assert_harmless(value);
            }
            rest = more.trim_start();
        }
    }
    assert!(open.is_empty(), "{source:?}: {html}");
    let outline = outline(source);
    assert_eq!(outline.headings, text.headings, "{source:?}");
    outline
}

#[track_caller]
fn assert_harmless(target: &str) {
    let scheme = target.split(['/', '?', '#']).next().unwrap().split_once(':').map(|(scheme, _)| scheme);
    let known = scheme.is_none_or(|scheme| {
        ["http", "https", "mailto", "tel"].contains(&scheme.to_ascii_lowercase().as_str())
    });
    assert!(known && !target.starts_with("//") && target.bytes().all(|b| b.is_ascii_graphic()), "{target:?}");
}

#[test]
fn disguised_script_never_becomes_a_target() {
    for target in [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "java&#9;script:alert(1)",
        "java&Tab;script:alert(1)",
        "&#106;avascript:alert(1)",
        "&#x6A;avascript&colon;alert(1)",
        "javascript&#58;alert(1)",
        "<java\tscript:a>",
        "\\javascript:a",
        "data:text/html,a",
        "vbscript:a",
        "//a.example/",
        "/\\a.example/",
        "&sol;/a.example",
        "&#1;javascript:a",
        "&nbsp;javascript:a",
    ] {
        for source in
            [format!("[文]({target})"), format!("![文]({target})"), format!("[文][r]\n\n[r]: {target}\n")]
        {
            let found = assert_safe(&source);
            let html = rendered(&source).html.into_string();
            assert!(
                !html.contains("href") && !html.contains("src=") && html.contains('文'),
                "{source}: {html}"
            );
            assert!(found.links.is_empty(), "{source}: {found:?}");
        }
    }
    assert!(!rendered("<javascript:alert(1)>").html.as_str().contains("href"));
}

#[test]
fn what_the_page_makes_of_a_target_is_judged_again() {
    let text =
        render("[甲](a.md) ![乙](b.png)", &Options::default(), &|_, _| "javascript:x".to_string().into());
    assert_eq!(text.html.as_str(), "<p>甲 乙</p>\n");
}

const PARTS: &[&str] = &[
    "*",
    "**",
    "_",
    "~~",
    "~",
    "`",
    "```",
    "\n",
    "\n\n",
    "    ",
    "> ",
    "- ",
    "1. ",
    "# ",
    "## ",
    "#### ",
    " {#a}",
    " {#sec-1}",
    "|",
    "|-|\n",
    "| a | b |\n|---|--:|\n",
    "[^1]",
    "[^1]: ",
    "[^2]",
    "\n[^2]: ",
    "[ ] ",
    "[x] ",
    "> [!NOTE]\n",
    ": ",
    "[",
    "](",
    "](a.html)",
    "](https://a.example/?b&c)",
    "](javascript:a)",
    ")",
    "![",
    "<",
    ">",
    "<b>",
    "</b>",
    "<!-- a -->",
    "<!--",
    "-->",
    "<script>",
    "<https://a.example>",
    "<a@b.example>",
    "\"",
    "'",
    "&",
    "&lt;",
    "&#60;",
    "&quot;",
    "\\",
    "---",
    "===",
    "\r\n",
    "\t",
    "\0",
    "a",
    "b ",
    "中",
    "。",
    "“",
    "\u{3000}",
    "yaml\n",
];

#[test]
fn random_text_stays_within_what_may_be_published() {
    let mut runner = TestRunner::deterministic();
    let strategy = prop::collection::vec(prop::sample::select(PARTS), 1..40);
    for _ in 0..8_000 {
        assert_safe(&strategy.new_tree(&mut runner).unwrap().current().concat());
    }
}

#[test]
fn hostile_nesting_needs_no_stack() {
    let many = |part: &str| part.repeat(40_000);
    for source in [
        many("["),
        many(">"),
        many("> "),
        many("**a"),
        many("*中。"),
        many("**中。*"),
        many("_a*中。"),
        many("![a"),
        many("![a](") + &many(")"),
        many("![") + &many("](a)"),
        many("[a]("),
        many("<b>"),
        many("<!--"),
        many("`a"),
        many("~~中。~"),
        many("[^1]") + "\n\n[^1]: a",
        many("[^1]: a\n\n"),
        many("# a\n"),
        many("a|b\n"),
        many("- "),
        (0..500).map(|depth| " ".repeat(2 * depth) + "- a\n").collect(),
        format!("|{}\n|{}\n", many("a|"), many("-|")),
        many("{#a"),
        many("\\"),
        many("&amp;"),
        many("a*__中~~。"),
    ] {
        // A thread with little stack: nothing may grow it with the depth of the text.
        let reader = std::thread::Builder::new().stack_size(256 * 1024);
        let ended =
            reader.spawn(move || (rendered(&source).headings, outline(&source).headings)).unwrap().join();
        let (on_the_page, in_the_outline) = ended.unwrap();
        assert_eq!(on_the_page, in_the_outline);
    }
}
