//! A link to a site that is no government's leads through a notice, one for each address; data tell the address itself.

use std::collections::BTreeSet;

use crate::support::html::{resolve, tags, unescape};
use crate::support::{DAY, Project, Tree, holders};

const ARTICLE: &str = "content/articles/news/links.md";
const HEAD: &str = "---\ntitle: 链接\npublished: 2026-10-10 08:00\nsource: 样例\nsummary: 链接\n---\n\n";

fn portal(body: &str) -> Project {
    let portal = Project::small();
    portal.write(ARTICLE, format!("{HEAD}{body}\n"));
    portal
}

fn text(site: &Tree, path: &str) -> String {
    String::from_utf8(site[path].clone()).unwrap()
}

/// The links of the article's text, with what they are.
fn links(site: &Tree) -> Vec<(String, bool)> {
    let page = text(site, "articles/news/links.html");
    let article = &page[page.find("<article").unwrap()..page.find("</article>").unwrap()];
    let links = tags(article).into_iter().filter(|tag| tag.name == "a");
    let external = |class: Option<&str>, rel: Option<&str>| {
        assert_eq!(class.is_some(), rel.is_some());
        class == Some("external") && rel == Some("noopener noreferrer")
    };
    links
        .map(|tag| (tag.get("href").unwrap().to_string(), external(tag.get("class"), tag.get("rel"))))
        .collect()
}

fn notices(site: &Tree) -> BTreeSet<String> {
    site.keys().filter(|path| path.starts_with("leaving/")).cloned().collect()
}

#[test]
fn a_foreign_address_has_one_notice_however_often_it_is_linked() {
    let portal = portal(
        "[一](https://a.example/x?b=1&c=2)、[二](https://a.example/x?b=1&c=2)、<https://b.example/>\n\n![图](https://a.example/p.png)",
    );
    portal.write("content/pages/more.md", "---\ntitle: 又一页\n---\n\n[三](https://a.example/x?b=1&c=2)\n");
    let site = portal.clean_site(DAY);
    let links = links(&site);
    let targets: Vec<String> =
        links.iter().map(|(href, _)| resolve("articles/news/links.html", href).unwrap()).collect();
    assert!(links.iter().all(|(_, external)| *external), "{links:?}");
    assert_eq!((targets.len(), &targets[0]), (4, &targets[1]));
    assert_eq!(targets.iter().cloned().collect::<BTreeSet<_>>(), notices(&site));
    assert_eq!(notices(&site).len(), 3);
    let name = targets[0].strip_prefix("leaving/").and_then(|name| name.strip_suffix(".html")).unwrap();
    assert!(name.len() == 12 && name.bytes().all(|b| b.is_ascii_hexdigit()), "{name}");
    assert!(text(&site, "pages/more.html").contains(&format!("href=\"../{}\"", targets[0])));
    let notice = text(&site, &targets[0]);
    let on = tags(&notice).into_iter().filter(|tag| tag.name == "a" && tag.get("class") == Some("call"));
    let on: Vec<String> = on.map(|tag| unescape(tag.get("href").unwrap())).collect();
    assert_eq!(on, ["https://a.example/x?b=1&c=2"]);
    assert!(
        text(&site, "articles/news/links.html").contains("https://b.example/</a>"),
        "the address is what is read"
    );
}

#[test]
fn a_notice_is_a_tool_that_nothing_lists() {
    let site = portal("[一](https://a.example/x)").clean_site(DAY);
    let path = notices(&site).into_iter().next().unwrap();
    let notice = text(&site, &path);
    assert!(notice.contains("<meta name=\"robots\" content=\"noindex\">"));
    assert!(
        !notice.contains("ld+json")
            && !notice.contains("ColumnName")
            && !notice.contains("http-equiv=\"refresh\"")
    );
    let naming = holders(&site, &path);
    assert!(naming.iter().all(|file| [path.as_str(), "articles/news/links.html", "manifest.json"].contains(&file.as_str())), "{naming:?}");
}

#[test]
fn one_goes_straight_to_governments_to_the_portal_itself_and_to_hosts_that_it_allows() {
    let portal = portal(
        "[一](https://www.other.gov.cn/a)、[二](https://shop.example.com/)、[三](https://spaq.example.gov.cn/gongshi/x.html)、[四](tel:0000-1234567)、[五](https://office.example.org/z)",
    );
    portal.edit(
        "content/portal.yaml",
        "hotline: \"12315\"",
        "hotline: \"12315\"\ninspection: {allowed_hosts: [Example.com]}",
    );
    portal.edit("content/portal.yaml", "domain: www.example.gov.cn", "domain: office.example.org");
    let straight = links(&portal.clean_site(DAY));
    let hrefs: Vec<&str> = straight.iter().map(|(href, _)| href.as_str()).collect();
    assert_eq!(
        hrefs,
        [
            "https://www.other.gov.cn/a",
            "https://shop.example.com/",
            "https://spaq.example.gov.cn/gongshi/x.html",
            "tel:0000-1234567",
            "https://office.example.org/z",
        ]
    );
    assert_eq!(notices(&portal.clean_site(DAY)).len(), 0);
}

#[test]
fn a_host_that_only_looks_like_a_governments_has_a_notice() {
    let site = portal("[一](https://www.gov.cn@a.example/)、[二](https://a.example/?www.gov.cn)、[三](https://gov.cn.a.example/)、[四](https://agov.cn/)").clean_site(DAY);
    assert_eq!(notices(&site).len(), 4);
    assert!(links(&site).iter().all(|(href, _)| href.starts_with("../../leaving/")));
}

#[test]
fn slashes_that_are_written_otherwise_hide_no_address() {
    for link in [r"[一](https:\/\/a.example/)", "[二](https:&#47;&#47;b.example/)"] {
        let site = portal(link).clean_site(DAY);
        assert_eq!(notices(&site).len(), 1, "{link}");
        assert!(links(&site)[0].0.starts_with("../../leaving/"), "{link}");
    }
}

#[test]
fn an_address_cannot_end_its_attribute_and_a_script_stays_refused() {
    let site =
        portal("[一](<https://a.example/\"onclick='x'表>)、[二](javascript:alert(1))、[三](//a.example/)")
            .clean_site(DAY);
    let notices = notices(&site);
    assert_eq!(notices.len(), 1);
    assert_eq!(links(&site).len(), 1);
    let notice = text(&site, notices.first().unwrap());
    assert_eq!(notice.matches("<script").count(), 1, "{notice}");
    assert!(notice.contains("https://a.example/%22onclick=%27x%27%E8%A1%A8\""), "{notice}");
}

#[test]
fn an_address_in_a_record_has_its_notice_and_data_tell_the_address() {
    let portal = Project::small();
    portal.write(
        "content/ledgers/more.yaml",
        "risk_warnings:\n  - {id: rw-1, title: 一则警示, published_on: 2026-10-01, organ: 示范市市场监督管理局, source: 示范省市场监督管理局, text: 不要吃, source_url: \"https://a.example/w?x=1\"}\n",
    );
    let run = portal.run("check", &["--as-of", DAY]);
    let site = portal.clean_site(DAY);
    let notice = notices(&site);
    assert_eq!(notice.len(), 1, "{run}");
    let page = text(&site, "risk-warnings/rw-1.html");
    assert!(
        page.contains(&format!(
            "<a href=\"../{}\" rel=\"noopener noreferrer\">https://a.example/w?x=1</a>",
            notice.first().unwrap()
        )),
        "{page}"
    );
    let data = text(&site, "data/risk_warnings.json");
    assert!(data.contains("https://a.example/w?x=1") && !data.contains("leaving/"));
}

#[test]
fn notices_move_with_the_portal_and_change_with_its_list() {
    let portal = portal("[一](https://a.example/x)");
    let site = portal.clean_site(DAY);
    portal.edit(
        "content/portal.yaml",
        "base_url: https://spaq.example.gov.cn/gongshi/",
        "base_url: https://www.example.gov.cn/zt/spaq/",
    );
    let moved = portal.clean_site(DAY);
    assert_eq!(notices(&site), notices(&moved));
    assert_eq!(links(&site), links(&moved));
    portal.build(DAY).ends(0);
    portal.edit(
        "content/portal.yaml",
        "hotline: \"12315\"",
        "hotline: \"12315\"\ninspection: {allowed_hosts: [a.example]}",
    );
    portal.build(DAY).ends(0);
    assert_eq!(
        (notices(&portal.site()).len(), links(&portal.site())[0].0.as_str()),
        (0, "https://a.example/x")
    );
}
