//! Titles that are put together: of inspections, assessments and wall notices, that tell who, what and when.

use crate::support::{DAY, Project, Tree, assert_same};

fn text(site: &Tree, path: &str) -> String {
    String::from_utf8(site[path].clone()).unwrap()
}

/// Whether a file of the search tells a title.
fn is_found(site: &Tree, title: &str) -> bool {
    let files = site.keys().filter(|path| path.starts_with("search/r/"));
    files.map(|path| text(site, path)).any(|file| file.contains(title))
}

const FIRM: &str = "样例县示例食品有限公司";
const PAGE: &str = "enterprises/91990101MA0DEM013U.html";

#[test]
fn a_page_its_links_and_its_line_in_the_search_tell_who_what_and_when() {
    let site = Project::demo().clean_site(DAY);
    for (path, title) in [
        ("inspections/ins-2026-0001.html", "日常监督检查（2026年3月12日）"),
        ("assessments/asm-2026-0002.html", "食品安全总监考核（2026年9月10日）"),
    ] {
        let title = format!("{FIRM}{title}");
        let page = text(&site, path);
        assert!(page.contains(&format!("<title>{title}")), "{path}");
        assert!(page.contains(&format!("<h1>{title}</h1>")), "{path}");
        assert!(
            text(&site, PAGE).contains(&format!("<a href=\"../{path}\">{title}</a></li>")),
            "{path}: its day twice?"
        );
        assert!(is_found(&site, &title), "{path}");
    }
    assert!(text(&site, PAGE).contains(&format!("{FIRM}公示牌（第3版）")));
    // A number alone would be found by nobody who looks for a notice.
    assert!(is_found(&site, "示范市市场监督管理局食品安全专项抽检通告（2026年第8号）"));
}

#[test]
fn an_english_site_tells_titles_in_english() {
    let project = Project::demo();
    project.edit("content/portal.yaml", "language: zh-CN", "language: en");
    let page = text(&project.clean_site(DAY), "inspections/ins-2026-0001.html");
    assert!(page.contains(&format!("<h1>{FIRM}: routine inspection, 12 Mar 2026</h1>")), "{page}");
}

#[test]
fn a_new_name_of_an_enterprise_reaches_the_titles_that_tell_it() {
    let project = Project::demo();
    project.build(DAY).ends(0);
    let ledger = "content/ledgers/enterprises/yangli.yaml";
    project.edit(ledger, &format!("- name: {FIRM}\n"), "- name: 样例县改名食品有限公司\n");
    project.build(DAY).ends(0);
    let site = project.site();
    assert!(text(&site, "inspections/ins-2026-0001.html").contains("<h1>样例县改名食品有限公司日常监督检查"));
    let apart = |path: &String| path == "manifest.json" || path.starts_with("data/changes/");
    let own = |site: Tree| site.into_iter().filter(|(path, _)| !apart(path)).collect::<Tree>();
    assert_same(&own(site), &own(project.clean_site(DAY)), "a clean build");
}

#[test]
fn what_there_was_not_is_told_as_none_and_not_as_unpublished() {
    let site = Project::demo().clean_site(DAY);
    let resit = |page: &str| {
        let page = text(&site, page);
        page.split_once("<dt>补考</dt>")
            .map(|(_, rest)| rest.split_once("</dd>").unwrap().0.to_string())
            .unwrap()
    };
    assert_eq!(resit("assessments/asm-2026-0002.html"), "<dd class=\"none\">无");
    assert!(resit("assessments/asm-2026-0001.html").contains("2026年9月24日"));
    assert!(text(&site, "assessments/index.html").contains(">无</td>"));
    assert!(!text(&site, "assessments/index.html").contains("未公布"));
    assert!(
        text(&site, "inspections/ins-2026-0001.html").contains("<dt>复查</dt><dd class=\"none\">无</dd>")
    );
}

#[test]
fn a_page_names_the_organ_that_published_its_record_as_the_source() {
    let site = Project::small().clean_site(DAY);
    for (path, organ) in [
        ("penalties/pen-2026-0012.html", "示例区市场监督管理局"),
        ("enterprises/91990101MA0DEM013U.html", "示范市食品安全委员会办公室"),
    ] {
        let page = text(&site, path);
        assert!(page.contains(&format!("name=\"ContentSource\" content=\"{organ}\"")), "{path}");
        assert!(page.contains(&format!("来源：{organ}")), "{path}");
    }
}
