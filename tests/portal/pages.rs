//! Every page of the demo portal and of the small one: its links, its frame, its tags.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::html::{Tag, elements, resolve, tags};
use crate::support::model::Model;
use crate::support::{DAY, Project, Tree, manifest};

/// The sites that are looked at: the demo portal as its readers get it, the small one on a later day, and one whose
/// lists and tables go on over several pages.
fn sites() -> Vec<Tree> {
    let demo = Project::demo();
    demo.run("build", &[]).ends(0);
    let small = Project::small();
    small.build("2026-12-29").ends(0);
    let crowded = Project::of(&Model::crowded().files());
    crowded.build(DAY).ends(0);
    vec![demo.site(), small.site(), crowded.site()]
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// Every page with its tags.
fn pages(site: &Tree) -> BTreeMap<&str, (&str, Vec<Tag>)> {
    site.iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path.as_str(), (text(bytes), tags(text(bytes)))))
        .collect()
}

/// What a page is, by where it stands; a tombstone says that it wants no index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Home,
    Column,
    Content,
    Tool,
}

fn kind_of(path: &str, tags: &[Tag]) -> Kind {
    let noindex = tags.iter().any(|tag| tag.get("content") == Some("noindex"));
    let file = path.rsplit('/').next().unwrap();
    let inside = ["sampling/", "articles/", "books/", "pages/"].iter().any(|top| path.starts_with(top));
    match path {
        "index.html" => Kind::Home,
        "sitemap.html" | "corrections.html" | "lists.html" | "progress.html" => Kind::Column,
        _ if noindex || path == "404.html" => Kind::Tool,
        _ if path.starts_with("regions/") || path.starts_with("progress/") => Kind::Column,
        // Lists by a facet stand one folder deeper than records; what stands inside a parent is as deep.
        _ if path.matches('/').count() == 2 && !inside => Kind::Column,
        _ if file.starts_with("index") => Kind::Column,
        _ => Kind::Content,
    }
}

/// Places in a page that ask for another file.
fn links(tags: &[Tag]) -> impl Iterator<Item = (&Tag, &str)> {
    tags.iter()
        .flat_map(|tag| ["href", "src", "action", "poster", "data"].map(|key| (tag, tag.get(key))))
        .filter_map(|(tag, link)| Some((tag, link?)))
}

/// The public address of both portals.
const BASE: &str = "https://spaq.example.gov.cn/gongshi/";

fn is_outside(link: &str) -> bool {
    ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| link.starts_with(scheme))
        && !link.starts_with(BASE)
}

/// The file of the site that a link means. A server shows 404.html at any address, so its links begin at the root of the host.
fn target(page: &str, link: &str) -> Option<String> {
    let file = link.split(['#', '?']).next().unwrap();
    match file.strip_prefix("/gongshi/") {
        Some(route) => (page == "404.html").then(|| route.to_string()),
        None if file.is_empty() => Some(page.to_string()),
        None => resolve(page, file),
    }
}

#[test]
fn every_link_leads_to_a_file_and_every_anchor_to_an_id() {
    for site in sites() {
        let pages = pages(&site);
        let ids: BTreeMap<&str, BTreeSet<&str>> = pages
            .iter()
            .map(|(path, (_, tags))| (*path, tags.iter().filter_map(|tag| tag.get("id")).collect()))
            .collect();
        let mut dead = Vec::new();
        let mut looked = 0;
        for (path, (_, tags)) in &pages {
            let inside =
                |(tag, link): &(&Tag, &str)| !is_outside(link) && tag.get("rel") != Some("canonical");
            for (_, link) in links(tags).filter(inside) {
                looked += 1;
                let is_rooted = *path == "404.html" && !link.starts_with('#');
                assert_eq!(link.starts_with('/'), is_rooted, "{path}: {link}");
                let anchor = link.split_once('#').map_or("", |(_, anchor)| anchor);
                let to = target(path, link);
                let is_there = to.as_deref().is_some_and(|to| site.contains_key(to));
                let has_id = anchor.is_empty()
                    || to.as_deref().is_some_and(|to| ids.get(to).is_some_and(|ids| ids.contains(anchor)));
                if !is_there || !has_id || link.ends_with('/') || link.is_empty() {
                    dead.push(format!("{path} -> {link}"));
                }
            }
        }
        assert_eq!(dead, [""; 0]);
        assert!(looked > 1000, "{looked}");
    }
}

#[test]
fn long_lists_and_tables_go_on_over_several_pages_and_lose_no_row() {
    let project = Project::of(&Model::crowded().files());
    project.build(DAY).ends(0);
    let site = project.site();
    let rows = |route: &str| {
        elements(text(&site[route]), "tbody")
            .iter()
            .map(|body| body.matches("<tr").count())
            .collect::<Vec<_>>()
    };
    let of = |stem: &str| {
        let parts = (1..)
            .map(|number| if number == 1 { format!("{stem}.html") } else { format!("{stem}-{number}.html") });
        parts.take_while(|route| site.contains_key(route)).map(|route| rows(&route)).collect::<Vec<_>>()
    };
    assert_eq!(of("enterprises/index"), [[50], [50], [35]]);
    let sum = |stem: &str| of(stem).iter().flatten().sum::<usize>();
    let cards = |route: &str| text(&site[route]).matches("class=\"batch\"").count();
    let cards = cards("sampling/2026-07.html") + cards("sampling/2026-07-2.html");
    assert_eq!((sum("sampling/2026-07") + cards, cards > 0), (63, true));
    assert_eq!(of("sampling/2026-07").len(), 2);
    assert_eq!(sum("cadres/village-0021"), 132, "131 enterprises of its own and no visits");
    // Visits, licences and, of 12 samples, those of this enterprise.
    assert_eq!(of("enterprises/91990101MA0DEM013U").len(), 2);
    let visits = of("enterprises/91990101MA0DEM013U").into_iter().map(|tables| tables.into_iter().max());
    assert_eq!(visits.collect::<Vec<_>>(), [Some(50), Some(12)]);
}

#[test]
fn every_page_can_be_walked_to_from_home_and_leads_home() {
    for site in sites() {
        let pages = pages(&site);
        let mut seen = BTreeSet::from(["index.html".to_string()]);
        let mut open = vec!["index.html".to_string()];
        while let Some(page) = open.pop() {
            let Some((_, tags)) = pages.get(page.as_str()) else { continue };
            for tag in tags.iter().filter(|tag| tag.name == "a") {
                let link = tag.get("href").filter(|link| !is_outside(link)).unwrap_or("");
                let to = target(&page, link).unwrap();
                if seen.insert(to.clone()) {
                    open.push(to);
                }
            }
        }
        for (path, (page, tags)) in &pages {
            // Old QR codes and sample rows lead to what has closed; no list does.
            let is_closed =
                path.starts_with("enterprises/") && (page.contains("已注销") || page.contains("失联"));
            let is_reached = seen.contains(*path) || kind_of(path, tags) == Kind::Tool || is_closed;
            assert!(is_reached, "no way leads from home to {path}");
            let home = tags.iter().any(|tag| {
                tag.name == "a"
                    && target(path, tag.get("href").unwrap_or("")).as_deref() == Some("index.html")
            });
            assert!(home, "no way leads from {path} home");
        }
    }
}

#[test]
fn every_page_has_one_heading_a_language_a_title_and_ids_of_its_own() {
    for site in sites() {
        let mut titles: BTreeMap<String, &str> = BTreeMap::new();
        for (path, (page, tags)) in pages(&site) {
            let named = |name: &str| tags.iter().filter(|tag| tag.name == name).collect::<Vec<_>>();
            assert_eq!(named("h1").len(), 1, "{path}");
            assert_eq!(named("html")[0].get("lang"), Some("zh-CN"), "{path}");
            let title = elements(page.split_once("</head>").unwrap().0, "title");
            assert_eq!(title.len(), 1, "{path}");
            assert!(!named("title")[0].text.trim().is_empty(), "{path}");
            assert_eq!(named("main").len(), 1, "{path}");
            let mut ids = BTreeSet::new();
            for id in tags.iter().filter_map(|tag| tag.get("id")) {
                assert!(ids.insert(id), "{path}: the id {id} stands twice");
            }
            let mut level = 1;
            for tag in &tags {
                if let Some(next) = tag.name.strip_prefix('h').and_then(|digit| digit.parse::<u8>().ok()) {
                    assert!(next <= level + 1, "{path}: h{next} behind h{level}");
                    level = next;
                }
            }
            if kind_of(path, &tags) == Kind::Column {
                let title = named("title")[0].text.clone();
                if let Some(other) = titles.insert(title.clone(), path) {
                    panic!("{path} and {other} are both called {title}");
                }
            }
        }
    }
}

#[test]
fn every_page_carries_the_government_tags_of_its_kind_once_and_no_day_that_it_has_not() {
    let everywhere = ["SiteName", "SiteDomain", "SiteIDCode"];
    let column = ["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"];
    let content = ["ArticleTitle", "PubDate", "ContentSource"];
    for site in sites() {
        let mut counts = [0; 4];
        for (path, (page, tags)) in pages(&site) {
            let kind = kind_of(path, &tags);
            counts[kind as usize] += 1;
            let has = |name: &str| {
                let found: Vec<&Tag> = tags.iter().filter(|tag| tag.get("name") == Some(name)).collect();
                assert!(found.len() <= 1, "{path}: {name} stands {} times", found.len());
                if let Some(tag) = found.first() {
                    assert!(!tag.get("content").unwrap_or("").trim().is_empty(), "{path}: {name} is empty");
                }
                !found.is_empty()
            };
            let own: Vec<&str> = match kind {
                Kind::Home | Kind::Column => column.to_vec(),
                Kind::Content => content.into_iter().chain(["ColumnName", "ColumnType"]).collect(),
                Kind::Tool => Vec::new(),
            };
            for name in everywhere.iter().chain(&column).chain(&content) {
                let is_told = *name != "PubDate" || page.contains("\"datePublished\"");
                let wanted = everywhere.contains(name) || (own.contains(name) && is_told);
                assert_eq!(has(name), wanted, "{path}, a {kind:?}: {name}");
            }
        }
        assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
    }
}

#[test]
fn dates_of_publication_are_real_visible_and_not_ahead() {
    for site in sites() {
        let as_of = manifest(&site)["as_of"].as_str().unwrap().to_string();
        for (path, (page, tags)) in pages(&site) {
            let Some(tag) = tags.iter().find(|tag| tag.get("name") == Some("PubDate")) else { continue };
            let moment = tag.get("content").unwrap();
            let (day, time) = moment.split_once(' ').unwrap();
            assert!(gongshi::calendar::Date::parse(day).is_some() && day.len() == 10, "{path}: {moment}");
            let (hour, minute) = time.split_once(':').unwrap();
            assert!(hour.len() == 2 && minute.len() == 2, "{path}: {moment}");
            assert!(
                hour.parse::<u8>().unwrap() < 24 && minute.parse::<u8>().unwrap() < 60,
                "{path}: {moment}"
            );
            assert!(*day <= *as_of, "{path}: {moment} lies after {as_of}");
            let visible = elements(page, "time").iter().any(|time| time.contains(&format!("\"{moment}\"")));
            assert!(visible, "{path}: {moment} is not shown");
        }
    }
}

#[test]
fn no_page_holds_script_or_style_or_asks_another_host() {
    for site in sites() {
        for (path, (_, tags)) in pages(&site) {
            for tag in &tags {
                // Data for search engines is no script: nothing runs it.
                if tag.name == "script" && tag.get("type") == Some("application/ld+json") {
                    assert_eq!(tag.attributes.len(), 1, "{path}");
                    continue;
                }
                // Two scripts, from the site: one on every page, one more where one searches.
                if tag.name == "script" {
                    let script = target(path, tag.get("src").unwrap_or("")).unwrap_or_default();
                    let is_ours = script.starts_with("theme/portal.")
                        || (script.starts_with("theme/search.") && path == "search.html");
                    assert!(is_ours, "{path}: {tag:?}");
                    assert!(tag.attributes.iter().all(|(key, _)| key == "src" || key == "defer"), "{tag:?}");
                    continue;
                }
                assert!(
                    !["style", "iframe", "object", "embed", "base"].contains(&tag.name.as_str()),
                    "{path}: <{}>",
                    tag.name
                );
                for (key, value) in &tag.attributes {
                    assert!(key != "style" && !key.starts_with("on"), "{path}: {key}={value}");
                    assert!(
                        !value.trim_start().to_ascii_lowercase().starts_with("javascript:"),
                        "{path}: {value}"
                    );
                }
                let outside = tag.get("src").is_some_and(is_outside)
                    || (tag.name == "link"
                        && tag.get("rel") != Some("canonical")
                        && tag.get("href").is_some_and(is_outside));
                assert!(!outside, "{path}: {tag:?}");
            }
        }
        for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with(".css") || path.ends_with(".svg"))
        {
            let text = text(bytes).replace("http://www.w3.org/2000/svg", "");
            assert!(
                !text.contains("http://") && !text.contains("https://") && !text.contains("url(//"),
                "{path}"
            );
        }
    }
}

#[test]
fn header_and_footer_are_the_same_on_all_pages_but_for_the_place_they_stand_at() {
    for site in sites() {
        for element in ["header", "footer"] {
            let mut seen: BTreeMap<String, &str> = BTreeMap::new();
            for (path, (page, _)) in pages(&site) {
                let parts = elements(page, element);
                assert_eq!(parts.len(), 1, "{path}: {element}");
                let mut absolute = String::new();
                for tag in tags(parts[0]) {
                    let to = tag.get("href").or(tag.get("action")).map(|link| {
                        let is_same = is_outside(link) || link.starts_with('#');
                        if is_same { link.to_string() } else { target(path, link).unwrap() }
                    });
                    absolute.push_str(&format!("<{} {to:?}>{}", tag.name, tag.text));
                }
                seen.entry(absolute).or_insert(path);
            }
            assert_eq!(seen.len(), 1, "{element}s differ: {:?}", seen.values());
        }
    }
}

#[test]
fn the_footer_tells_who_runs_the_site_and_how_to_reach_him() {
    for site in sites() {
        for (path, (page, _)) in pages(&site) {
            let footer = elements(page, "footer")[0];
            for item in [
                "9901000001",
                "示ICP备00000000号",
                "示公网安备00000000000000号",
                "示范市食品安全委员会办公室",
                "tel:0000-1234567",
                "https://example.gov.cn/zhaocuo",
                "sitemap.html",
                "tel:12315",
            ] {
                assert!(footer.contains(item), "{path}: {item}");
            }
        }
    }
}

#[test]
fn every_page_but_home_says_where_it_stands() {
    for site in sites() {
        for (path, (page, tags)) in pages(&site) {
            let here: Vec<&Tag> = tags.iter().filter(|tag| tag.get("aria-current") == Some("page")).collect();
            if path == "index.html" {
                continue;
            }
            assert_eq!(here.len(), 1, "{path}");
            let crumbs = elements(page, "nav").into_iter().find(|nav| nav.contains("aria-current=\"page\""));
            assert!(crumbs.unwrap().contains("index.html"), "{path}");
        }
    }
}

#[test]
fn data_files_and_feeds_name_only_what_is_there() {
    for site in sites() {
        let feed = text(&site["feeds/site.xml"]);
        let entries = feed.match_indices("<entry>").count();
        assert!(entries > 5, "{entries}");
        for (at, _) in feed.match_indices(BASE) {
            let route = feed[at + BASE.len()..].split(['"', '<']).next().unwrap();
            assert!(route.is_empty() || site.contains_key(route), "feeds/site.xml: {route}");
        }
        for (path, bytes) in site
            .iter()
            .filter(|(path, _)| site.contains_key(&path.replace(".json", ".csv")) && path.ends_with(".json"))
        {
            let rows: Vec<serde_json::Value> = serde_json::from_slice(bytes).unwrap();
            let csv = text(&site[&path.replace(".json", ".csv")]);
            let lines = csv.strip_prefix('\u{feff}').expect("a mark of UTF-8").matches("\r\n").count();
            assert!(
                lines > rows.len() && (lines == rows.len() + 1 || csv.contains('"')),
                "{path}: {lines} lines"
            );
        }
        for (path, (_, tags)) in pages(&site) {
            let canonical = tags.iter().find(|tag| tag.get("rel") == Some("canonical")).unwrap();
            assert_eq!(canonical.get("href"), Some(format!("{BASE}{path}").as_str()));
        }
    }
}
