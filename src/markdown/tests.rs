//! Emphasis beside Chinese, and what any text at all may become.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use pulldown_cmark::{Event, Options as Extensions, Parser, html};

use crate::markdown::emphasis::{Scope, repair};
use crate::markdown::events::Placed;
use crate::markdown::flanking::Rules;
use crate::markdown::{Options, outline, render};

#[track_caller]
pub(super) fn assert_safe(source: &str) {
    let html = render(source, &Options::default(), &|target, _| target.to_string()).html.into_string();
    outline(source);
    for tag in html.split('<').skip(1) {
        let _ = tag;
    }
}

fn parsed(source: &str) -> Vec<Placed<'_>> {
    Parser::new_ext(source, Extensions::ENABLE_STRIKETHROUGH).into_offset_iter().collect()
}

fn html_of(source: &str, scope: Scope) -> String {
    let mut out = String::new();
    html::push_html(&mut out, repair(source, parsed(source), scope).into_iter().map(|(event, _)| event));
    out.trim_end().to_string()
}

/// What comrak makes of a text with its option for CJK.
fn oracle(source: &str) -> String {
    let mut options = comrak::Options::default();
    options.extension.strikethrough = true;
    options.extension.cjk_friendly_emphasis = true;
    options.render.r#unsafe = true;
    comrak::markdown_to_html(source, &options).trim_end().to_string()
}

/// Texts made of these parts, the same ones on every run.
fn texts(parts: &'static [&'static str], longest: usize, cases: u32, mut check: impl FnMut(&str)) {
    let mut runner = TestRunner::deterministic();
    let strategy = prop::collection::vec(prop::sample::select(parts), 1..longest);
    for _ in 0..cases {
        let text = strategy.new_tree(&mut runner).unwrap().current().concat();
        check(&text);
    }
}
use proptest::strategy::ValueTree;

#[test]
fn probe_chars() {
    let mut bad: Vec<u32> = vec![];
    for c in (0x80..0x20100u32).filter_map(char::from_u32) {
        let t = format!("x{c}**(b)**{c}y **b{c}**z a**{c}b** __b{c}__a");
        if html_of(&t, Scope::WhereItMatters) != oracle(&t) {
            bad.push(c as u32);
        }
    }
    let mut ranges: Vec<(u32, u32)> = vec![];
    for c in bad {
        match ranges.last_mut() {
            Some(r) if r.1 + 1 == c => r.1 = c,
            _ => ranges.push((c, c)),
        }
    }
    for r in ranges {
        print!("{:x}-{:x} ", r.0, r.1);
    }
}
#[test]
fn probe() {
    let go = |parts: &'static [&'static str], n| {
        let (mut all, mut bad) = (0, 0);
        texts(parts, 14, n, |t| {
            all += 1;
            let (a, b) =
                (html_of(t, Scope::WhereItMatters).replace(" />", "/>"), oracle(t).replace(" />", "/>"));
            if a != b {
                bad += 1;
                if bad < 15 {
                    println!("{t:?}\n   {a}\n   {b}");
                }
            }
        });
        println!("{bad} of {all}");
    };
    go(
        &[
            "**",
            "*",
            "_",
            "__",
            "***",
            "****",
            "中",
            "한",
            "か",
            "。",
            "“",
            "”",
            "《",
            "》",
            "（",
            "a",
            "b",
            " ",
            "`x`",
            "[链](u)",
            "[**a。**中](u)",
            "\\*",
            "&amp;",
            ",",
            ".",
            "(",
            "\n",
            "> ",
            "![图*](u)",
            "<http://*a*>",
            "\u{fe00}",
            "\u{fe01}",
            "\u{e0100}",
            "\u{3000}",
            "🎉",
            "€",
            "ä",
            "\\\n",
            "ü",
        ],
        150,
    );
}
