//! What readers look for stands where they look, and says what it is: headings of notices, dashboards in the menu, counts that lead to what
//! they count, numbers that differ and say why, telephones that can be pressed, days beside titles, the months of an enterprise.

use std::sync::OnceLock;

use crate::support::facts::linked_data;
use crate::support::html::{elements, tags};
use crate::support::{DAY, Project, Tree};

/// The demo portal as its readers get it.
fn demo() -> &'static Tree {
    static SITE: OnceLock<Tree> = OnceLock::new();
    SITE.get_or_init(|| Project::demo().clean_site(DAY))
}

fn text<'s>(site: &'s Tree, path: &str) -> &'s str {
    std::str::from_utf8(&site[path]).unwrap()
}

/// The text of the first element of a name, without tags.
fn words(page: &str, name: &str) -> String {
    plain(elements(page, name)[0])
}

fn plain(html: &str) -> String {
    let parts = html.split('<').filter_map(|part| Some(part.split_once('>')?.1));
    parts.collect::<String>().trim().to_string()
}

#[test]
fn a_notice_is_headed_by_its_organ_its_task_and_its_number() {
    let page = text(demo(), "sampling/2026-07.html");
    let heading = "样例县市场监督管理局食品安全监督抽检通告（2026年第7号）";
    assert_eq!(words(page, "h1"), heading);
    assert!(words(page, "title").starts_with(heading));
    let main = elements(page, "main")[0];
    assert_eq!(
        main.matches("样例县市场监督管理局").count(),
        2,
        "the organ stands in the heading and as the source"
    );
    let crumbs = elements(page, "nav").into_iter().find(|nav| nav.contains("crumbs")).unwrap();
    assert!(plain(crumbs).ends_with("2026年第7号") && !plain(crumbs).contains("监督抽检"), "{crumbs}");
    let data = linked_data(page).unwrap();
    assert_eq!(data["mainEntity"]["name"], heading);
    assert!(text(demo(), "feeds/sampling_notices.xml").contains(&format!("<title>{heading}</title>")));
}

#[test]
fn a_notice_with_a_heading_of_its_own_keeps_it() {
    let project = Project::small();
    let own = "关于一批次韭菜不合格的通告";
    project.edit(
        "content/ledgers/sampling.yaml",
        "notice_no: 2026年第7号\n",
        &format!("notice_no: 2026年第7号\n    title: {own}\n"),
    );
    let site = project.clean_site(DAY);
    let page = text(&site, "sampling/2026-07.html");
    assert_eq!(words(page, "h1"), own);
    assert!(
        elements(page, "main")[0].contains("<p class=\"meta\">样例县市场监督管理局"),
        "and its organ below it"
    );
}

#[test]
fn dashboards_are_in_the_menu_of_every_page_and_each_on_the_site_map() {
    let site = demo();
    for (path, root) in
        [("index.html", ""), ("cadres/index.html", "../"), ("enterprises/level/A.html", "../../")]
    {
        let page = text(site, path);
        let menus =
            elements(page, "nav").into_iter().filter(|nav| nav.contains("aria-label=\"主导航\"")).count();
        let link = format!("<a href=\"{root}progress.html\">工作数据</a>");
        assert_eq!((menus, page.matches(&link).count() >= 2), (2, true), "{path}");
    }
    let map = text(site, "sitemap.html");
    for path in site.keys().filter(|path| path.starts_with("progress")) {
        assert!(map.contains(&format!("href=\"{path}\"")), "{path}");
        let page = text(site, path);
        let active = tags(page).into_iter().find(|tag| tag.get("aria-current") == Some("true")).unwrap();
        assert!(active.get("href").unwrap().ends_with("progress.html"), "{path}");
        let column = tags(page).into_iter().find(|tag| tag.get("name") == Some("ColumnName")).unwrap();
        assert_eq!(column.get("content"), Some("工作数据"), "{path}");
    }
}

/// The counts of a region's page: number, label, where it leads.
fn counts(page: &str) -> Vec<(usize, String, Option<String>)> {
    let stats = elements(page, "ul").into_iter().find(|list| list.contains("class=\"stats\"")).unwrap();
    let rows = elements(stats, "li").into_iter().map(|row| {
        let number = words(row, "b").split(' ').next().unwrap().parse().unwrap();
        let link = tags(row).into_iter().find_map(|tag| tag.get("href").map(str::to_string));
        (number, words(row, "span"), link)
    });
    rows.collect()
}

/// The small portal, with a township whose only enterprise is of level D.
fn with_a_township_of_one_level() -> Tree {
    let project = Project::small();
    let ledger = project.text("content/ledgers/enterprises.yaml");
    let one = "  - {id: ent-new, name: 试行小店, sector: catering, region: \"990102001\", address: 样例路1号, coverage_level: D, status: suspended}\n";
    project.write("content/ledgers/enterprises.yaml", format!("{}\n{one}", ledger.trim_end()));
    project.clean_site(DAY)
}

#[test]
fn a_count_of_a_region_leads_to_the_list_of_just_these() {
    let few = with_a_township_of_one_level();
    let own = counts(text(&few, "regions/990102001.html"));
    let led: Vec<_> =
        own.iter().filter_map(|(number, label, link)| Some((*number, &**label, link.as_deref()?))).collect();
    assert_eq!(led, [(1, "包保D级", "../enterprises/region/990102001.html")]);
    let site = demo();
    let mut led = 0;
    for path in site.keys().filter(|path| path.starts_with("regions/99")) {
        for (number, label, link) in counts(text(site, path)) {
            let Some(link) = link else { continue };
            led += 1;
            let list = text(site, link.strip_prefix("../").unwrap());
            let told = words(list, "caption");
            assert!(
                told.contains(&number.to_string()) && number > 0,
                "{path}: {number} {label}, but {link}: {told}"
            );
            assert_eq!(
                list.matches(&format!("<span class=\"tag\">{label}</span>")).count(),
                number.min(50),
                "{link}"
            );
        }
    }
    assert!(led > 3, "{led}");
    let all = text(site, "regions/9901.html");
    assert!(
        counts(all).iter().all(|(number, _, link)| link.is_some() == (*number > 0)),
        "the whole has a list by level"
    );
    assert!(all.contains("href=\"../enterprises/index.html\">查看全部企业"));
}

#[test]
fn the_data_page_says_why_it_counts_more_enterprises_than_the_first_page() {
    let site = demo();
    let door =
        elements(text(site, "index.html"), "ul").into_iter().find(|list| list.contains("doors")).unwrap();
    let shown: usize = plain(elements(door, "li")[0])
        .chars()
        .filter(char::is_ascii_digit)
        .collect::<String>()
        .parse()
        .unwrap();
    let page = text(site, "data/index.html");
    let row = elements(page, "tr").into_iter().find(|row| row.contains("#enterprises")).unwrap();
    let rows: usize = plain(elements(row, "td")[0]).parse().unwrap();
    let why = words(row, "small");
    let closed: usize = why.split(' ').nth(1).unwrap().parse().unwrap();
    assert_eq!(rows - closed, shown);
    assert!(why.contains("已注销或失联") && why.contains("首页"), "{why}");
    assert_eq!(page.matches("已注销或失联").count(), 1, "other kinds have none");
}

#[test]
fn telephones_of_records_can_be_pressed_and_articles_that_name_a_record_have_their_day() {
    let site = demo();
    let recall = text(site, "recalls/rec-2026-0001.html");
    let todo = elements(recall, "div").into_iter().find(|part| part.contains("note todo")).unwrap();
    assert!(todo.contains("<a class=\"tel\" href=\"tel:0000-2345601\">0000-2345601</a>"), "{todo}");
    let region = text(site, "regions/990101.html");
    let section =
        elements(region, "section").into_iter().find(|part| part.contains("id=\"by-articles\"")).unwrap();
    assert!(section.contains("</a> <small>2026年"), "{section}");
}

#[test]
fn a_whole_percentage_has_no_decimals_in_texts_tables_and_charts() {
    let site = demo();
    for path in site.keys().filter(|path| path.starts_with("progress") || *path == "index.html") {
        let page = text(site, path);
        assert!(!page.contains("100.00%") && !page.contains(".00%"), "{path}");
    }
    assert!(text(site, "progress.html").contains("100%"));
    let csv = text(site, "data/figures.csv");
    assert!(csv.contains(",100.00,"), "data files have two digits always");
}

#[test]
fn thousands_are_written_alike_in_texts_tables_and_charts() {
    let pages = ["regions/9901.html", "progress.html"];
    for language in ["zh-CN", "en"] {
        let project = Project::demo();
        project.edit("content/portal.yaml", "language: zh-CN", &format!("language: {language}"));
        let site = project.clean_site(DAY);
        for path in pages {
            let main = elements(text(&site, path), "main")[0];
            assert!(main.contains("8,600") && !main.contains("8600"), "{language}: {path}");
        }
        assert!(elements(text(&site, "progress.html"), "figure").iter().any(|chart| chart.contains("4,100")));
    }
}

#[test]
fn the_months_of_an_enterprise_end_with_the_running_one() {
    let project = Project::small();
    let labels = |day: &str| -> Vec<String> {
        let site = project.clean_site(day);
        let page = text(&site, "enterprises/91990101MA0DEM013U.html");
        let strip = elements(page, "ol").into_iter().find(|list| list.contains("class=\"year\"")).unwrap();
        elements(strip, "li").iter().map(|month| words(month, "span")).collect()
    };
    let november = labels("2026-11-22");
    assert_eq!(november.len(), 12);
    assert_eq!(
        (&*november[0], &*november[1], &*november[2], &*november[11]),
        ("2025年12月", "2026年1月", "2月", "11月")
    );
    let january = labels("2027-01-31");
    assert_eq!((&*january[0], &*january[11]), ("2026年2月", "2027年1月"));
}

#[test]
fn help_for_a_search_without_a_result_waits_for_one() {
    let site = demo();
    let page = text(site, "search.html");
    let note = elements(page, "p").into_iter().find(|note| note.contains("没有找到？")).unwrap();
    assert!(note.contains("class=\"note miss\""), "{note}");
    let sheet = site.keys().find(|path| path.starts_with("theme/style.")).unwrap();
    let sheet = text(site, sheet);
    assert!(
        sheet.contains(".miss{display:none}")
            && sheet.contains("#status[data-exact=false]~.miss{display:block}")
    );
    // It stands behind what the script writes its answer into.
    assert!(
        page.find("id=\"status\"") < page.find("note miss")
            && page.find("note miss") < page.find("id=\"browse\"")
    );
}
