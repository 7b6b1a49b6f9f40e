//! What emphasis becomes beside Chinese, compared with another parser that has the amendment, and what any
//! text at all may become.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use pulldown_cmark::{Event, Options as Extensions, Parser, TagEnd, html};

use crate::markdown::emphasis::{Scope, repair};
use crate::markdown::events::Placed;
use crate::markdown::flanking::Rules;

fn parsed(source: &str) -> Vec<Placed<'_>> {
    Parser::new_ext(source, Extensions::ENABLE_STRIKETHROUGH).into_offset_iter().collect()
}

fn html_of(source: &str, scope: Scope) -> String {
    let mut out = String::new();
    html::push_html(&mut out, repair(source, parsed(source), scope).into_iter().map(|(event, _)| event));
    out.trim_end().replace(" />", "/>")
}

/// What comrak makes of a text with its option for CJK.
fn oracle(source: &str) -> String {
    let mut options = comrak::Options::default();
    options.extension.strikethrough = true;
    options.extension.cjk_friendly_emphasis = true;
    comrak::markdown_to_html(source, &options).trim_end().replace(" />", "/>")
}

/// Texts made of these parts, the same ones on every run.
fn texts(parts: &'static [&'static str], cases: u32, mut check: impl FnMut(&str)) {
    let mut runner = TestRunner::deterministic();
    let strategy = prop::collection::vec(prop::sample::select(parts), 1..14);
    for _ in 0..cases {
        check(&strategy.new_tree(&mut runner).unwrap().current().concat());
    }
}

/// Text as it is written, and the inner HTML of its paragraph.
const BESIDE_CHINESE: &[(&str, &str)] = &[
    ("**第一条：**各级", "<strong>第一条：</strong>各级"),
    ("**真。**她", "<strong>真。</strong>她"),
    ("**“四个最严”**要求", "<strong>“四个最严”</strong>要求"),
    ("按照**“三单一书”**制度", "按照<strong>“三单一书”</strong>制度"),
    ("他说**《食品安全法》**规定", "他说<strong>《食品安全法》</strong>规定"),
    ("**包保干部（市级）**应当", "<strong>包保干部（市级）</strong>应当"),
    ("**`代码`**后文", "<strong><code>代码</code></strong>后文"),
    ("前文**`代码`**后文", "前文<strong><code>代码</code></strong>后文"),
    ("~~旧条款。~~新条款", "<del>旧条款。</del>新条款"),
    ("*斜体。*后文", "<em>斜体。</em>后文"),
    ("**每季度**督导", "<strong>每季度</strong>督导"),
    ("达到**98%**以上", "达到<strong>98%</strong>以上"),
    ("共**（100）**批次", "共<strong>（100）</strong>批次"),
    ("***重要：***全文", "<em><strong>重要：</strong></em>全文"),
    ("**甲*乙。*丙。**丁", "<strong>甲<em>乙。</em>丙。</strong>丁"),
    ("*甲**乙。**丙。*丁", "<em>甲<strong>乙。</strong>丙。</em>丁"),
    ("**[《办法》](a)**规定", "<strong><a href=\"a\">《办法》</a></strong>规定"),
    ("见[**第一条：**正文](a)。", "见<a href=\"a\"><strong>第一条：</strong>正文</a>。"),
    ("`**真。**她`", "<code>**真。**她</code>"),
    ("\\***真。**她", "*<strong>真。</strong>她"),
    ("\\*\\*真。\\*\\*她", "**真。**她"),
    ("** 空格。**后", "** 空格。**后"),
    ("编号_甲_乙", "编号_甲_乙"),
    ("__注：__编号", "__注：__编号"),
    ("为期3~5天，7~10天", "为期3~5天，7~10天"),
    ("**3~5天。**后，**7~10天。**后", "<strong>3~5天。</strong>后，<strong>7~10天。</strong>后"),
    ("**第一条：**甲\n**第二条：**乙", "<strong>第一条：</strong>甲\n<strong>第二条：</strong>乙"),
    ("&amp;**“引”**后", "&amp;<strong>“引”</strong>后"),
    ("한국어**(링크)**만", "한국어<strong>(링크)</strong>만"),
    ("これは**本文。**です", "これは<strong>本文。</strong>です"),
];

#[test]
fn emphasis_beside_chinese_is_as_its_author_meant_it() {
    for (source, expected) in BESIDE_CHINESE {
        assert_eq!(html_of(source, Scope::WhereItMatters), format!("<p>{expected}</p>"), "{source}");
    }
}

#[test]
fn another_parser_with_the_amendment_agrees_case_by_case() {
    let ours_alone = |source: &str| source.contains("3~5");
    for (source, expected) in BESIDE_CHINESE.iter().filter(|(source, _)| !ours_alone(source)) {
        assert_eq!(oracle(source), format!("<p>{expected}</p>"), "{source}");
    }
}

/// Deleted text is left out: there the other parser looks past `~` at what stands behind it.
const MIXED: &[&str] = &[
    "*",
    "**",
    "***",
    "****",
    "_",
    "__",
    "中",
    "食品",
    "か",
    "한",
    "。",
    "：",
    "，",
    "“",
    "”",
    "《",
    "》",
    "（",
    "）",
    "…",
    "—",
    "%",
    "a",
    "b",
    " ",
    "\n",
    "\u{3000}",
    ".",
    ",",
    "(",
    ")",
    "ä",
    "€",
    "🎉",
    "`x`",
    "`*`",
    "[链](u)",
    "[**a。**中](u)",
    "![图*](u)",
    "<http://*a*>",
    "\\*",
    "\\_",
    "\\\\",
    "&amp;",
    "\\\n",
    "> ",
    "- ",
    "\u{fe00}",
    "\u{fe01}",
    "\u{e0100}",
];

#[test]
fn another_parser_with_the_amendment_agrees_on_random_text() {
    texts(MIXED, 20_000, |text| assert_eq!(html_of(text, Scope::WhereItMatters), oracle(text), "{text:?}"));
}

const LATIN: &[&str] = &[
    "*",
    "**",
    "***",
    "_",
    "__",
    "~~",
    "a",
    "b",
    " ",
    "\n",
    "\n\n",
    ".",
    ",",
    "(",
    ")",
    "\"",
    "`x`",
    "`*`",
    "[l](u)",
    "[*l*",
    "](u)",
    "![*i](u)",
    "<http://*a*>",
    "<b>",
    "\\*",
    "\\_",
    "\\\\",
    "&amp;",
    "\\\n",
    "> ",
    "- ",
    "# ",
    "1. ",
    "```\n",
    "    ",
];

#[test]
fn latin_text_is_paired_as_the_parser_pairs_it() {
    texts(LATIN, 20_000, |text| {
        assert_eq!(repair(text, parsed(text), Scope::WhereItMatters), parsed(text), "{text:?}");
        let plain: String = {
            let mut out = String::new();
            html::push_html(&mut out, Parser::new_ext(text, Extensions::ENABLE_STRIKETHROUGH));
            out.trim_end().replace(" />", "/>")
        };
        assert_eq!(html_of(text, Scope::Everywhere(Rules::CommonMark)), plain, "{text:?}");
    });
}

#[test]
fn offsets_stay_those_of_the_source() {
    texts(MIXED, 5_000, |text| {
        let mut open = Vec::new();
        for (event, range) in repair(text, parsed(text), Scope::Everywhere(Rules::CjkFriendly)) {
            let source = text.get(range.clone()).unwrap();
            match event {
                Event::Text(words) => {
                    assert!(source == &*words || source.starts_with('&'), "{text:?}: {source:?}")
                }
                Event::Start(tag) => {
                    let end = tag.to_end();
                    if matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) {
                        let marked = source.starts_with(['*', '_', '~']) && source.ends_with(['*', '_', '~']);
                        assert!(marked, "{text:?}: {source:?}");
                    }
                    open.push((end, range));
                }
                Event::End(end) => assert_eq!(open.pop(), Some((end, range)), "{text:?}"),
                _ => {}
            }
        }
        assert!(open.is_empty());
    });
}
