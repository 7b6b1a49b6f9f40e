//! What search engines are told: every page they may show, once, with a true day, and where the list is.

use std::collections::BTreeMap;

use gongshi::calendar::Date;

use crate::support::facts::linked_data;
use crate::support::html::{elements, tags, unescape};
use crate::support::{DAY, Project, Tree, assert_same, repository, tree};

const BASE: &str = "https://spaq.example.gov.cn/gongshi/";

fn demo() -> Project {
    let content = tree(&repository().join("content")).into_iter();
    Project::of(&content.map(|(path, bytes)| (format!("content/{path}"), bytes)).collect())
}

fn text<'s>(site: &'s Tree, path: &str) -> &'s str {
    std::str::from_utf8(&site[path]).unwrap()
}

/// Addresses below the site with their days, from one file.
fn entries(site: &Tree, path: &str, name: &str) -> Vec<(String, String)> {
    let word = |xml: &str, name: &str| {
        let inside = xml.split_once(&format!("<{name}>")).and_then(|(_, rest)| rest.split_once("</"));
        inside.map_or(String::new(), |(text, _)| unescape(text))
    };
    let entries = elements(text(site, path), name);
    entries
        .iter()
        .map(|xml| (word(xml, "loc").strip_prefix(BASE).unwrap().to_string(), word(xml, "lastmod")))
        .collect()
}

/// The addresses of the whole sitemap with their days.
fn mapped(site: &Tree) -> BTreeMap<String, String> {
    let mut mapped = BTreeMap::new();
    for (file, day) in entries(site, "sitemap.xml", "sitemap") {
        let pages = entries(site, &file, "url");
        assert!(!pages.is_empty() && pages.len() <= 50_000, "{file}");
        assert_eq!(pages.iter().map(|(_, day)| day.clone()).max().unwrap(), day, "{file}");
        for (page, day) in pages {
            assert!(mapped.insert(page.clone(), day).is_none(), "{page} twice");
        }
    }
    mapped
}

#[test]
fn the_sitemap_names_each_page_that_search_engines_may_show_by_its_own_address() {
    for project in [demo(), Project::small()] {
        let site = project.clean_site(DAY);
        let mapped = mapped(&site);
        for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
            let tags = tags(std::str::from_utf8(bytes).unwrap());
            let hidden =
                tags.iter().any(|tag| tag.get("content").is_some_and(|robots| robots.starts_with("noindex")));
            assert_eq!(mapped.contains_key(path), !hidden, "{path}");
            let canonical = tags.iter().find(|tag| tag.get("rel") == Some("canonical"));
            assert_eq!(canonical.unwrap().get("href"), Some(format!("{BASE}{path}").as_str()));
        }
        for (path, day) in &mapped {
            assert!(site.contains_key(path), "{path}");
            assert!(day.is_empty() || (Date::parse(day).is_some() && day.as_str() <= DAY), "{path}: {day}");
        }
        assert!(mapped.values().filter(|day| !day.is_empty()).count() * 10 > mapped.len() * 7);
        let listed: Vec<String> =
            entries(&site, "sitemap.xml", "sitemap").into_iter().map(|(path, _)| path).collect();
        let there: Vec<&String> = site.keys().filter(|path| path.starts_with("sitemaps/")).collect();
        assert_eq!(listed.len(), there.len(), "{there:?}");
    }
}

#[test]
fn the_day_of_a_page_is_that_of_the_newest_fact_on_it() {
    let project = Project::small();
    let before = mapped(&project.clean_site(DAY));
    assert_eq!(before["sampling/2026-07.html"], "2026-08-25", "corrected");
    assert_eq!(before["articles/notices/2026-01.html"], "2026-10-08");
    assert_eq!(before["articles/notices/index.html"], "2026-10-08");
    assert_eq!((&*before["sitemap.html"], &*before["corrections.html"]), ("", "2026-11-02"));
    // A visit is a new fact on the pages of enterprise and cadre and in the figures of their regions, and on no other page.
    let visits = project.text("content/ledgers/visits.yaml");
    let visit =
        "  - {id: v-new, enterprise: 91990101MA0DEM013U, cadre: town-0012, date: 2026-11-21, mode: onsite}\n";
    project.write("content/ledgers/visits.yaml", format!("{}\n{visit}", visits.trim_end()));
    let after = mapped(&project.clean_site(DAY));
    assert_eq!(after["enterprises/91990101MA0DEM013U.html"], "2026-11-21");
    let changed: Vec<&String> = after.keys().filter(|path| before.get(*path) != after.get(*path)).collect();
    let others = changed.iter().filter(|path| !path.starts_with("progress")).count();
    assert!(others < 4 && changed.len() < 8, "{changed:?}");
}

#[test]
fn sitemap_and_robots_do_not_depend_on_the_release_before() {
    let project = Project::small();
    project.build("2026-10-01").ends(0);
    project.build(DAY).ends(0);
    let only = |site: Tree| -> Tree {
        let own = |path: &str| path.starts_with("sitemap") || path == "robots.txt";
        site.into_iter().filter(|(path, _)| own(path)).collect()
    };
    assert_same(&only(project.site()), &only(project.clean_site(DAY)), "after another release");
}

#[test]
fn robots_are_told_of_the_sitemap_and_an_office_may_write_its_own() {
    let project = Project::small();
    let site = project.clean_site(DAY);
    assert_eq!(text(&site, "robots.txt"), format!("User-agent: *\nAllow: /\n\nSitemap: {BASE}sitemap.xml\n"));
    project.write("content/assets/robots.txt", "User-agent: *\nDisallow: /data/\n");
    assert_eq!(text(&project.clean_site(DAY), "robots.txt"), "User-agent: *\nDisallow: /data/\n");
}

#[test]
fn the_menu_does_not_grow_with_collections_and_all_lists_are_one_step_away() {
    let site = demo().clean_site(DAY);
    let home = text(&site, "index.html");
    let menu = elements(home, "nav")[0];
    assert!(menu.matches("<li>").count() <= 14, "{menu}");
    assert!(!menu.contains("handbooks/") && menu.contains("href=\"lists.html\""));
    assert_eq!(home.matches("handbooks/index.html").count(), 0, "no door of its own");
    let lists = elements(text(&site, "lists.html"), "main")[0];
    for path in site.keys().filter(|path| path.matches('/').count() == 1 && path.ends_with("/index.html")) {
        let counts =
            ["<caption>", "class=\"meta total\""].iter().any(|mark| text(&site, path).contains(mark));
        let is_list = counts && !path.starts_with("data/");
        assert_eq!(lists.contains(&format!("href=\"{path}\"")), is_list, "{path}");
    }
    let page = text(&site, "handbooks/index.html");
    let active = tags(page).into_iter().find(|tag| tag.get("aria-current") == Some("true")).unwrap();
    assert_eq!(active.get("href"), Some("../lists.html"));
}

#[test]
fn an_enterprise_that_tells_of_no_day_is_found_with_its_tags_and_a_closed_one_is_not() {
    let project = Project::small();
    let ledger = project.text("content/ledgers/enterprises.yaml");
    let undated = "  - {id: ent-new, name: 试行小店, sector: catering, region: \"990101101\", address: 样例路1号, coverage_level: D, status: suspended}\n";
    let closed = undated.replace("ent-new", "ent-old").replace("suspended", "closed");
    project.write("content/ledgers/enterprises.yaml", format!("{}\n{undated}{closed}", ledger.trim_end()));
    let site = project.clean_site(DAY);
    let mapped = mapped(&site);
    assert_eq!(mapped.get("enterprises/ent-new.html").map(String::as_str), Some(""), "no day is made up");
    assert_eq!(mapped.get("enterprises/ent-old.html"), None);
    let page = text(&site, "enterprises/ent-new.html");
    let names: Vec<String> = tags(page).iter().filter_map(|tag| Some(tag.get("name")?.to_string())).collect();
    for (name, stands) in [
        ("ColumnName", true),
        ("ArticleTitle", true),
        ("ContentSource", true),
        ("PubDate", false),
        ("robots", false),
    ] {
        assert_eq!(names.iter().any(|one| one == name), stands, "{name}");
    }
    let data = linked_data(page).unwrap();
    assert_eq!((&data["mainEntity"]["name"], data.get("datePublished")), (&"试行小店".into(), None));
    assert!(text(&site, "enterprises/ent-old.html").contains("noindex"));
    assert!(linked_data(text(&site, "enterprises/ent-old.html")).is_none());
    // An inspection asks such a page for every tag but the day.
    project.write("themes/default/templates/base.html", {
        let base = std::fs::read_to_string(repository().join("themes/default/templates/base.html")).unwrap();
        base.replace("<meta name=\"ArticleTitle\"", "<meta name=\"articletitle\"")
    });
    let found = project.run("check", &["--profile", "gov", "--format", "json"]).findings();
    let told = |words: &str| {
        let of = |found: &&serde_json::Value| found["file"] == "enterprises/ent-new.html";
        found.iter().filter(of).any(|found| found.to_string().contains(words))
    };
    assert!(told("ArticleTitle") && !told("PubDate"), "{found:?}");
}

#[test]
fn lists_by_a_facet_lead_search_engines_on_and_are_not_shown_themselves() {
    let site = demo().clean_site(DAY);
    let robots = |path: &str| {
        let tags = tags(text(&site, path)).into_iter();
        tags.filter(|tag| tag.get("name") == Some("robots"))
            .map(|tag| tag.get("content").unwrap_or_default().to_string())
            .collect::<Vec<_>>()
    };
    let by_facet =
        site.keys().filter(|path| path.starts_with("bans/kind/") || path.starts_with("enterprises/level/"));
    let by_facet: Vec<&String> = by_facet.collect();
    assert!(by_facet.len() > 2);
    for path in by_facet {
        assert_eq!(robots(path), ["noindex,follow"], "{path}");
        assert!(text(&site, path).contains("<link rel=\"canonical\""), "{path}");
    }
    assert!(robots("enterprises/index.html").is_empty());
}

#[test]
fn every_page_names_a_picture_and_a_short_description_for_the_card_of_a_messenger() {
    let site = demo().clean_site(DAY);
    for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
        let tags = tags(std::str::from_utf8(bytes).unwrap());
        let property = |name: &str| {
            let tag = tags.iter().find(|tag| tag.get("property") == Some(name));
            tag.unwrap_or_else(|| panic!("{path}: {name}")).get("content").unwrap()
        };
        let picture = property("og:image").strip_prefix(BASE).unwrap();
        // The head of a PNG says its width and height in the bytes 16 to 23.
        let size = |from: usize| u32::from_be_bytes(site[picture][from..from + 4].try_into().unwrap());
        assert!(site[picture].starts_with(b"\x89PNG") && size(16) >= 300 && size(20) >= 300, "{picture}");
        assert!(unescape(property("og:description")).chars().count() <= 80, "{path}");
    }
    assert_eq!(text(&site, "healthz.txt"), "ok\n");
}
