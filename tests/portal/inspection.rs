//! The inspectors' lint of finished pages: each rule speaks of a planted fault and of nothing else.
//!
//! Pages stand here by themselves, so that no theme has to be as it is today; whole sites are in `inspected_site`.

use std::collections::BTreeSet;

use gongshi::calendar::Date;
use gongshi::inspection::{Inspector, Packer, RULES, Sort, Subject, Survey};
use gongshi::record::inspection_settings::{ClosedDomain, WrongWord};
use gongshi::record::settings::Settings;
use gongshi::route::Route;

use crate::support::{DAY, repository};

const BASE: &str = "https://spaq.example.gov.cn/gongshi/";

const HEAD: &str = r#"<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="SiteName" content="示范市人民政府"><meta name="SiteDomain" content="www.example.gov.cn"><meta name="SiteIDCode" content="9901000001"><meta property="og:title" content="页面"><meta property="og:description" content="一页"><meta property="og:type" content="website"><meta property="og:url" content="https://spaq.example.gov.cn/gongshi/"><meta property="og:image" content="https://spaq.example.gov.cn/gongshi/theme/share.png">"#;
const COLUMN: &str = r#"<meta name="ColumnName" content="工作动态"><meta name="ColumnDescription" content="进展"><meta name="ColumnKeywords" content="动态"><meta name="ColumnType" content="工作动态">"#;
const CONTENT: &str = r#"<meta name="ColumnName" content="工作动态"><meta name="ColumnType" content="工作动态"><meta name="ArticleTitle" content="督导完成"><meta name="PubDate" content="2026-11-20 09:00"><meta name="ContentSource" content="示范市食安办">"#;
const ICON: &str = r#"<link rel="stylesheet" href="{root}theme/style.css">"#;
const HEADER: &str = r##"<a href="#main">跳到正文</a><header><a href="{root}index.html">示范市食品安全公示平台</a><form role="search" action="{root}search.html"><input type="search" name="q"></form><nav><a href="{root}articles/news/index.html">工作动态</a><a href="{root}index.html">长者模式</a></nav></header>"##;
const FOOTER: &str = r#"<footer><p>主办单位：示范市食安办 电话 0000-1234567 网站标识码9901000001</p><a href="https://example.gov.cn/m">党政机关网站标识</a> <a href="https://example.gov.cn/z">我为政府网站找错</a> <a href="https://beian.miit.gov.cn/">示ICP备00000000号</a> <a href="https://beian.mps.gov.cn/">示公网安备00000000000000号</a> <a href="{root}sitemap.html">站点地图</a> <a href="{root}pages/access.html">无障碍声明</a> <a href="tel:0000-1234567">打电话</a></footer>"#;

/// A description of 81 characters.
const LONG_CARD: &str = r#"property="og:description" content="一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一""#;

fn whole(root: &str, route: &str, head: &str, main: &str) -> String {
    let page = format!(
        "<!doctype html>\n<html lang=\"zh-CN\"><head>{HEAD}{head}<title>页面</title><link rel=\"canonical\" href=\"{BASE}{route}\">{ICON}</head><body>\n{HEADER}\n<main id=\"main\">{main}</main>\n{FOOTER}</body></html>\n"
    );
    page.replace("{root}", root)
}

fn linked(names: [&str; 3], more: &str) -> String {
    let steps: Vec<String> = names
        .iter()
        .filter(|name| !name.is_empty())
        .map(|name| format!(r#"{{"@type":"ListItem","name":"{name}"}}"#))
        .collect();
    format!(
        r#"<script type="application/ld+json">{{"@type":"WebPage"{more},"breadcrumb":{{"itemListElement":[{}]}},"inLanguage":"zh-CN"}}</script>"#,
        steps.join(",")
    )
}

/// The three pages that all faults are planted in.
fn page(sort: Sort) -> (&'static str, String) {
    match sort {
        Sort::Home => (
            "index.html",
            whole(
                "",
                "index.html",
                COLUMN,
                r#"<h1>示范市食品安全公示平台</h1><ul><li><a href="articles/news/a.html">督导完成</a> <time datetime="2026-11-20">2026年11月20日</time></li></ul>"#,
            ),
        ),
        Sort::Column => (
            "articles/news/index.html",
            whole(
                "../../",
                "articles/news/index.html",
                &(COLUMN.to_string() + &linked(["首页", "工作动态", ""], "")),
                r#"<nav><a href="../../index.html">首页</a><span aria-current="page">工作动态</span></nav><h1>工作动态</h1><ul><li><a href="a.html#top">督导完成</a> <time datetime="2026-11-20 09:00">2026-11-20 09:00</time></li></ul>"#,
            ),
        ),
        _ => (
            "articles/news/a.html",
            whole(
                "../../",
                "articles/news/a.html",
                &(CONTENT.to_string()
                    + &linked(
                        ["首页", "工作动态", "督导完成"],
                        r#","datePublished":"2026-11-20T09:00:00+08:00""#,
                    )),
                r#"<nav><a href="../../index.html">首页</a><a href="index.html">工作动态</a><span aria-current="page">督导完成</span></nav><h1 id="top">督导完成</h1><p>发布 <time datetime="2026-11-20 09:00">2026-11-20 09:00</time> 来源：示范市食安办</p><h2>情况</h2><section><p>保护商业秘密，登录网站可查。办理流程：准备材料，三个工作日内答复。<a href="tel:12315">12315</a></p><table><caption>数</caption><tr><th scope="row">甲</th><td>1</td></tr></table><svg role="img"><title>图</title><text>1</text></svg></section><dl><dt>值</dt><dd>未公布</dd></dl><p><img src="../../assets/a.png" alt="图" width="4" height="3"></p>"#,
            ),
        ),
    }
}

fn settings() -> Settings {
    let mut settings = Settings {
        name: "示范市食品安全公示平台".into(),
        organ: "示范市食安办".into(),
        base_url: BASE.into(),
        site: ("示范市人民政府".into(), "www.example.gov.cn".into(), "9901000001".into()),
        ..Settings::default()
    };
    settings.inspection.words =
        vec![WrongWord { wrong: "登陆网站".into(), right: "登录网站".into() }];
    let closed_on = Date::parse("2026-06-30");
    settings.inspection.closed = vec![ClosedDomain { domain: "old.example.gov.cn".into(), closed_on }];
    settings
}

const ROUTES: [&str; 8] = [
    "index.html",
    "articles/news/index.html",
    "articles/news/a.html",
    "search.html",
    "sitemap.html",
    "pages/access.html",
    "theme/style.css",
    "assets/a.png",
];

/// What is said of the three pages, one of them with a fault: code, rule, file and line.
fn look(sort: Sort, fault: &dyn Fn(String) -> String) -> Vec<(String, String, String)> {
    let settings = settings();
    let mut inspector = Inspector::new(&settings, Date::parse(DAY).unwrap(), ROUTES);
    let mut survey = Survey::default();
    let mut packer = Packer::default();
    for own in [Sort::Home, Sort::Content, Sort::Column] {
        let (route, html) = page(own);
        let html = if own == sort { fault(html) } else { html };
        let route = Route::parse(route).unwrap();
        let subject = Subject {
            route: &route,
            sort: own,
            is_list: own == Sort::Column,
            most_days: (own == Sort::Column).then_some(14),
            most_bytes: Some(8 << 10),
            is_guide: own == Sort::Content,
            leads_out: false,
            is_anywhere: false,
        };
        let seen = match own {
            Sort::Home => inspector.inspect_home(&subject, html.as_bytes(), &mut packer),
            _ => inspector.inspect(&subject, html.as_bytes(), &mut packer),
        };
        survey.add(seen, &[]);
    }
    let turn = |number: u32| match ROUTES.get(number as usize) {
        Some(&"index.html") => Some(0),
        Some(&"articles/news/a.html") => Some(1),
        Some(&"articles/news/index.html") => Some(2),
        _ => None,
    };
    survey.follow_anchors(&turn, &[]);
    let told = survey.found.into_iter().map(|found| {
        let rule = found.message.en.split(' ').next().unwrap_or_default().to_string();
        assert!(found.message.zh.starts_with(&rule), "{found:?}");
        (found.code.0.to_string(), rule, found.file)
    });
    told.collect()
}

/// A fault: where, what stands there, what is planted.
type Fault = (&'static str, &'static str, Sort, &'static str, &'static str);

const FAULTS: &[Fault] = &[
    ("E-GOV-TAG", "GW-10", Sort::Home, r#"<meta name="SiteIDCode" content="9901000001">"#, ""),
    (
        "E-GOV-TAG",
        "GW-10",
        Sort::Column,
        r#"name="ColumnKeywords" content="动态""#,
        r#"name="ColumnKeywords" content=" ""#,
    ),
    (
        "E-GOV-TAG",
        "GW-10",
        Sort::Content,
        r#"<meta charset="utf-8">"#,
        r#"<meta charset="utf-8"><meta name="SiteName" content="甲">"#,
    ),
    (
        "E-GOV-TAG",
        "GW-10",
        Sort::Home,
        r#"<meta charset="utf-8">"#,
        r#"<meta charset="utf-8"><meta name="sitename" content="甲">"#,
    ),
    (
        "E-GOV-TAG",
        "GW-11",
        Sort::Content,
        r#"name="PubDate" content="2026-11-20 09:00""#,
        r#"name="PubDate" content="2026-11-31 09:00""#,
    ),
    ("E-GOV-TAG", "GW-11", Sort::Content, "2026-11-20", "2026-11-23"),
    (
        "E-GOV-TAG",
        "GW-11",
        Sort::Content,
        r#""datePublished":"2026-11-20T09"#,
        r#""datePublished":"2026-11-20T10"#,
    ),
    (
        "E-GOV-TAG",
        "GW-11",
        Sort::Content,
        r#"<time datetime="2026-11-20 09:00">"#,
        r#"<time datetime="2026-11-19 09:00">"#,
    ),
    (
        "E-GOV-TAG",
        "GW-12",
        Sort::Content,
        r#"name="ColumnName" content="工作动态""#,
        r#"name="ColumnName" content="动态""#,
    ),
    // The page's own step is not the column, though it is a step.
    (
        "E-GOV-TAG",
        "GW-12",
        Sort::Content,
        r#"name="ColumnName" content="工作动态""#,
        r#"name="ColumnName" content="督导完成""#,
    ),
    (
        "E-GOV-TAG",
        "GW-12",
        Sort::Content,
        r#"<a href="index.html">工作动态</a>"#,
        r#"<a href="index.html">动态</a>"#,
    ),
    ("E-GOV-TAG", "SE-04", Sort::Column, "gongshi/articles/news/index.html", "gongshi/articles/news/"),
    ("W-GOV-ENTRY", "SE-05", Sort::Content, r#"<meta property="og:image""#, r#"<meta property="og:video""#),
    ("W-GOV-ENTRY", "SE-05", Sort::Home, r#"property="og:description" content="一页""#, LONG_CARD),
    ("W-GOV-ENTRY", "IX-08", Sort::Content, "tel:12315", "https://www.gov.cn/"),
    ("W-GOV-ENTRY", "IX-08", Sort::Content, "准备材料", "没有要求"),
    ("W-GOV-ENTRY", "IX-08", Sort::Content, "办理流程：", ""),
    ("W-GOV-ENTRY", "IX-08", Sort::Content, "三个工作日内", "很快"),
    ("E-GOV-LINK", "IX-09", Sort::Column, "a.html#top", "b.html"),
    ("E-GOV-LINK", "IX-09", Sort::Column, "a.html#top", "a.html#bottom"),
    ("E-GOV-LINK", "IX-09", Sort::Content, "assets/a.png", "assets/b.png"),
    ("E-GOV-LINK", "IX-09", Sort::Home, "articles/news/a.html", "../a.html"),
    ("E-GOV-LINK", "GW-01", Sort::Home, "articles/news/a.html", "/articles/news/a.html"),
    (
        "E-GOV-LINK",
        "GW-01",
        Sort::Home,
        "articles/news/a.html",
        "https://spaq.example.gov.cn/gongshi/articles/news/a.html",
    ),
    ("W-GOV-STALE", "IX-02", Sort::Home, r#"datetime="2026-11-20"#, r#"datetime="2026-11-10"#),
    ("E-GOV-STALE", "IX-02", Sort::Home, r#"datetime="2026-11-20"#, r#"datetime="2026-11-07"#),
    ("E-GOV-STALE", "IX-02", Sort::Home, r#"<time datetime="2026-11-20">"#, "<time>"),
    ("W-GOV-STALE", "IX-12", Sort::Column, r#"datetime="2026-11-20"#, r#"datetime="2026-11-10"#),
    ("E-GOV-STALE", "IX-03", Sort::Column, r#"datetime="2026-11-20"#, r#"datetime="2026-11-07"#),
    ("E-GOV-EMPTY", "IX-03", Sort::Column, r#"<a href="a.html#top">督导完成</a>"#, "暂无"),
    ("W-GOV-WORD", "IX-04", Sort::Content, "登录网站", "登陆<b>网站</b>"),
    ("E-GOV-SECRET", "IX-05", Sort::Content, "保护商业秘密，", "机密★10年"),
    (
        "E-GOV-HIDDEN",
        "IX-05",
        Sort::Content,
        "12315</a>",
        r#"12315</a><div style="display:none"><div></div><a href="https://a.gov.cn/">甲</a></div>"#,
    ),
    ("E-GOV-HIDDEN", "IX-05", Sort::Content, "12315</a>", r#"12315</a><a href="https://a.gov.cn/"> </a>"#),
    (
        "E-GOV-HIDDEN",
        "IX-05",
        Sort::Home,
        r#"<a href="articles/news/a.html">"#,
        r#"<a style="font-size:0" href="articles/news/a.html">"#,
    ),
    ("E-GOV-FOREIGN", "IX-05", Sort::Content, "<h2>", "<script>let a = 1;</script><h2>"),
    ("E-GOV-FOREIGN", "IX-05", Sort::Content, "tel:12315", "javascript:void(0)"),
    ("E-GOV-FOREIGN", "IX-05", Sort::Content, "<h2>", r#"<h2 onclick="show()">"#),
    ("E-GOV-FOREIGN", "IX-05", Sort::Content, "<h2>", r#"<h2 style="color:red">"#),
    ("E-GOV-FOREIGN", "IX-05", Sort::Content, "<h2>", "<style>h2{color:red}</style><h2>"),
    ("E-GOV-FOREIGN", "PR-05", Sort::Content, "../../assets/a.png", "https://cdn.example.com/a.png"),
    ("E-GOV-FOREIGN", "PR-05", Sort::Home, "theme/style.css", "//cdn.example.com/a.css"),
    ("W-GOV-HOST", "GW-30", Sort::Content, "tel:12315", "https://shop.example.com/"),
    ("E-GOV-CLOSED", "IX-09", Sort::Content, "tel:12315", "http://www.old.example.gov.cn/x"),
    ("E-GOV-FRAME", "GW-20", Sort::Column, "0000-1234567", "0000-7654321"),
    ("E-GOV-FRAME", "GW-20", Sort::Content, "../../sitemap.html", "../../search.html"),
    ("E-GOV-FRAME", "GW-24", Sort::Content, r#"<span aria-current="page">"#, "<span>"),
    (
        "E-GOV-FRAME",
        "GW-24",
        Sort::Content,
        r#"<nav><a href="../../index.html">首页"#,
        r#"<nav><a href="index.html">首页"#,
    ),
    ("E-GOV-FRAME", "GW-24", Sort::Content, r#""name":"督导完成""#, r#""name":"督导""#),
    ("E-GOV-FRAME", "GW-25", Sort::Content, "来源：示范市食安办", "来源：本办"),
    ("E-GOV-FRAME", "GW-28", Sort::Home, "<ul>", "<marquee>甲</marquee><ul>"),
    ("E-GOV-FRAME", "UI-02", Sort::Content, "<dd>未公布</dd>", "<dd> </dd>"),
    ("E-GOV-ACCESS", "AX-09", Sort::Home, r#" lang="zh-CN""#, ""),
    ("E-GOV-ACCESS", "AX-09", Sort::Content, "<h2>情况</h2>", "<h3>情况</h3>"),
    ("E-GOV-ACCESS", "AX-09", Sort::Content, "<h2>情况</h2>", "<h1>情况</h1>"),
    ("E-GOV-ACCESS", "AX-10", Sort::Content, r#" alt="图""#, ""),
    ("E-GOV-ACCESS", "AX-10", Sort::Content, "<title>图</title>", ""),
    (
        "E-GOV-ACCESS",
        "AX-10",
        Sort::Content,
        r#"</table><svg role="img">"#,
        r#"</table></section><section><svg role="img">"#,
    ),
    ("E-GOV-ACCESS", "AX-11", Sort::Content, "<caption>数</caption>", ""),
    ("E-GOV-ACCESS", "AX-11", Sort::Content, r#"<th scope="row">"#, "<th>"),
    ("E-GOV-ACCESS", "AX-13", Sort::Column, "initial-scale=1", "initial-scale=1, user-scalable=no"),
    ("W-GOV-WEIGHT", "PF-05", Sort::Content, r#" width="4""#, ""),
];

#[test]
fn a_site_without_fault_is_passed_over_in_silence() {
    assert_eq!(look(Sort::Tool, &|html| html), []);
}

#[test]
fn each_rule_tells_of_its_fault_and_of_nothing_else() {
    let mut wrong = Vec::new();
    for (code, rule, sort, from, to) in FAULTS {
        let (route, html) = page(*sort);
        assert!(html.contains(from), "{rule}: {from}");
        let found = look(*sort, &|html| html.replacen(from, to, if *rule == "GW-11" { 9 } else { 1 }));
        let told = (code.to_string(), rule.to_string(), route.to_string());
        // A heading of its own, a header or a day may be the fault of two rules at once; the one that is meant must speak.
        if !found.contains(&told) || found.len() > 2 {
            wrong.push(format!("{rule} {code}: {from} -> {to}\n  {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_header_and_footer_lack_is_told_once_at_the_home_page() {
    for (code, rule, lacking) in [
        ("E-GOV-FRAME", "GW-21", "党政机关网站标识"),
        ("E-GOV-FRAME", "GW-21", "我为政府网站找错"),
        ("E-GOV-FRAME", "GW-21", "网站标识码9901000001"),
        ("E-GOV-FRAME", "GW-21", "0000-1234567"),
        ("E-GOV-FRAME", "GW-21", "示ICP备00000000号"),
        ("E-GOV-FRAME", "GW-21", "示公网安备00000000000000号"),
        ("E-GOV-FRAME", "GW-21", "站点地图"),
        ("W-GOV-ENTRY", "IX-07", r#"<a href="tel:0000-1234567">打电话</a>"#),
        ("W-GOV-ENTRY", "AX-15", "无障碍声明"),
        ("W-GOV-ENTRY", "AX-07", "长者模式"),
    ] {
        let found = look(Sort::Home, &|html| html.replacen(lacking, "甲", 1));
        let own: Vec<_> = found.iter().filter(|(.., file)| file == "index.html").collect();
        assert_eq!(own.len(), 1, "{lacking}: {found:?}");
        assert_eq!((own[0].0.as_str(), own[0].1.as_str()), (code, rule), "{lacking}");
        // The other pages now differ from the home page, and say that alone.
        assert!(found.iter().all(|(_, name, file)| file == "index.html" || name == "GW-20"), "{found:?}");
    }
}

#[test]
fn a_page_that_does_not_pack_small_is_told_of() {
    let noise: String = (0u32..9000).map(|at| format!("{:x}", at.wrapping_mul(2_654_435_761) >> 7)).collect();
    let found = look(Sort::Content, &|html| html.replace("<h2>", &format!("<p>{noise}</p><h2>")));
    assert_eq!(found, [("W-GOV-WEIGHT".into(), "PF-01".into(), "articles/news/a.html".into())]);
}

#[test]
fn every_rule_has_its_fault_here() {
    let elsewhere = ["GW-21", "IX-07", "AX-07", "AX-15", "PF-01"];
    let planted: BTreeSet<&str> = FAULTS.iter().map(|(_, rule, ..)| *rule).chain(elsewhere).collect();
    let missing: Vec<&str> =
        RULES.iter().map(|rule| rule.name).filter(|name| !planted.contains(name)).collect();
    assert_eq!(missing, [""; 0]);
    let codes: BTreeSet<&str> = FAULTS.iter().map(|(code, ..)| *code).chain(["W-GOV-ENTRY"]).collect();
    let missing: Vec<&str> =
        RULES.iter().map(|rule| rule.code.0).filter(|code| !codes.contains(code)).collect();
    assert_eq!(missing, [""; 0]);
    let page = std::fs::read_to_string(repository().join("docs/checking.md")).unwrap();
    for rule in RULES {
        assert!(page.contains(rule.name) && page.contains(rule.code.0), "docs/checking.md: {}", rule.name);
    }
}
