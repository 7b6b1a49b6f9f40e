//! Feeds: what stands in them, in which order, with which days, and that nothing stays in one that has left.

use std::collections::BTreeSet;

use crate::support::html::{elements, tags, unescape};
use crate::support::{DAY, Project, Tree, assert_same, holds, pages};

const BASE: &str = "https://spaq.example.gov.cn/gongshi/";

/// An entry: address, title, published, updated, summary.
#[derive(Debug, PartialEq)]
struct Entry {
    id: String,
    title: String,
    published: String,
    updated: String,
    summary: String,
}

fn word(xml: &str, name: &str) -> String {
    let inside =
        xml.split_once(&format!("<{name}>")).and_then(|(_, rest)| rest.split_once(&format!("</{name}>")));
    inside.map_or(String::new(), |(text, _)| unescape(text))
}

fn entries(site: &Tree, path: &str) -> Vec<Entry> {
    let feed = std::str::from_utf8(&site[path]).unwrap();
    let of = |xml: &&str| Entry {
        id: word(xml, "id"),
        title: word(xml, "title"),
        published: word(xml, "published"),
        updated: word(xml, "updated"),
        summary: word(xml, "summary"),
    };
    elements(feed, "entry").iter().map(of).collect()
}

fn ids(site: &Tree, path: &str) -> Vec<String> {
    let base = |entry: Entry| entry.id.strip_prefix(BASE).unwrap().to_string();
    entries(site, path).into_iter().map(base).collect()
}

fn demo() -> Tree {
    Project::demo().clean_site(DAY)
}

/// The text of HTML, without tags.
fn plain(html: &str) -> String {
    let parts = html.split('<').enumerate().map(|(at, part)| match part.split_once('>') {
        Some((_, text)) if at > 0 => text,
        _ => part,
    });
    parts.collect()
}

fn feeds(site: &Tree) -> impl Iterator<Item = (&String, &str)> {
    let feeds = site.iter().filter(|(path, _)| path.starts_with("feeds/") && path.ends_with(".xml"));
    feeds.map(|(path, bytes)| (path, std::str::from_utf8(bytes).unwrap()))
}

#[test]
fn every_feed_is_one_of_pages_that_are_there_newest_first_under_its_own_address() {
    for site in [demo(), Project::small().clean_site(DAY)] {
        let mut told = 0;
        for (path, feed) in feeds(&site) {
            let entries = entries(&site, path);
            told += entries.len();
            let head = feed.split("<entry>").next().unwrap();
            let links = tags(head);
            let link = |rel: &str| {
                let found = links.iter().find(|tag| tag.get("rel") == Some(rel)).unwrap();
                found.get("href").unwrap().to_string()
            };
            assert_eq!(link("self"), format!("{BASE}{path}"));
            assert_eq!(word(head, "id"), format!("{BASE}{path}"));
            let page = link("alternate");
            let page = page.strip_prefix(BASE).unwrap();
            assert!(page.is_empty() || site.contains_key(page), "{path}: {page}");
            assert!(entries.len() <= 50, "{path}");
            assert!(entries.is_sorted_by(|a, b| a.updated >= b.updated), "{path}");
            let last = entries.first().map_or("1970-01-01T00:00:00+08:00", |entry| &entry.updated);
            assert_eq!(word(head, "updated"), last, "{path}");
            let ids: BTreeSet<&String> = entries.iter().map(|entry| &entry.id).collect();
            assert_eq!(ids.len(), entries.len(), "{path}");
            for entry in &entries {
                let page = std::str::from_utf8(&site[entry.id.strip_prefix(BASE).unwrap()]).unwrap();
                assert_eq!(plain(&word(page, "h1")), entry.title, "{path}: {}", entry.id);
                // GW-11: the page's own date is the feed's.
                let day = format!("{} {}", &entry.published[..10], &entry.published[11..16]);
                assert!(page.contains(&format!("name=\"PubDate\" content=\"{day}\"")), "{}: {day}", entry.id);
                assert!(entry.updated >= entry.published && entry.published[..10] <= *DAY);
            }
        }
        assert!(told > 25, "{told}");
    }
}

#[test]
fn there_is_a_feed_of_site_columns_kinds_and_regions_down_to_county() {
    let site = Project::small().clean_site(DAY);
    let there: Vec<&str> = feeds(&site)
        .map(|(path, _)| path.strip_prefix("feeds/").unwrap().strip_suffix(".xml").unwrap())
        .collect();
    assert_eq!(
        there,
        [
            "blacklist",
            "columns/news",
            "columns/notices",
            "penalties",
            "regions/990101",
            "regions/990102",
            "samples",
            "sampling_notices",
            "site",
        ]
    );
    // Of samples only the unqualified ones have a page.
    assert_eq!(ids(&site, "feeds/samples.xml"), ["sampling/2026-07/XBJ26990101000000701.html"]);
    let sample = ids(&site, "feeds/samples.xml").remove(0);
    assert!(ids(&site, "feeds/regions/990101.xml").contains(&sample));
    assert!(!ids(&site, "feeds/regions/990102.xml").contains(&sample));
    assert_eq!(ids(&site, "feeds/columns/news.xml"), ["articles/news/2026-q3.html"]);
    // Each is listed, and announced on the page it tells of.
    let listed = std::str::from_utf8(&site["feeds/index.html"]).unwrap();
    for name in &there {
        assert!(listed.contains(&format!("href=\"{name}.xml\"")), "{name}");
    }
    for (page, feed) in [
        ("index.html", "feeds/site.xml"),
        ("blacklist/index.html", "../feeds/blacklist.xml"),
        ("articles/news/index.html", "../../feeds/columns/news.xml"),
        ("regions/990101.html", "../feeds/regions/990101.xml"),
        ("enterprises/region/990101.html", "../../feeds/regions/990101.xml"),
    ] {
        let tags = tags(std::str::from_utf8(&site[page]).unwrap());
        let link = tags.iter().find(|tag| tag.get("type") == Some("application/atom+xml"));
        assert_eq!(link.and_then(|tag| tag.get("href")), Some(feed), "{page}");
    }
}

#[test]
fn a_correction_brings_an_entry_to_the_front_with_its_day() {
    let project = Project::small();
    let before = entries(&project.clean_site(DAY), "feeds/sampling_notices.xml");
    assert_eq!(
        (before[0].id.ends_with("2026-08.html"), &*before[1].updated),
        (true, "2026-08-25T00:00:00+08:00")
    );
    project.edit("content/ledgers/credit.yaml", "\"on\": 2026-08-25", "\"on\": 2026-11-20");
    let site = project.clean_site(DAY);
    let after = entries(&site, "feeds/sampling_notices.xml");
    assert!(after[0].id.ends_with("2026-07.html"));
    assert_eq!(
        (&*after[0].published, &*after[0].updated),
        ("2026-08-20T00:00:00+08:00", "2026-11-20T00:00:00+08:00")
    );
    assert_eq!(after[0], entries(&site, "feeds/site.xml")[0]);
}

#[test]
fn what_is_withdrawn_or_has_expired_is_in_no_feed_and_a_rebuild_notices() {
    let project = Project::small();
    project.build(DAY).ends(0);
    let gone = "penalties/pen-2026-0031.html";
    assert!(
        holds(&project.site()["feeds/site.xml"], gone) && holds(&project.site()["feeds/penalties.xml"], gone)
    );
    let withdrawal = "  - {kind: penalty, id: pen-2026-0031, on: 2026-12-01, reason: 信息有误}\n";
    project.edit("content/ledgers/credit.yaml", "withdrawals:\n", &format!("withdrawals:\n{withdrawal}"));
    project.build("2026-12-02").ends(0);
    let site = project.site();
    assert_same(&pages(site.clone()), &pages(project.clean_site("2026-12-02")), "rebuilt");
    assert!(holds(&site[gone], "noindex") && !entries(&site, "feeds/penalties.xml").is_empty());
    let left: Vec<&String> =
        feeds(&site).filter(|(_, feed)| feed.contains(gone)).map(|(path, _)| path).collect();
    assert_eq!(left, [""; 0]);
    project.build("2029-06-01").ends(0);
    let site = project.site();
    assert!(entries(&site, "feeds/blacklist.xml").is_empty() && site.contains_key("feeds/blacklist.xml"));
    assert!(feeds(&site).all(|(_, feed)| !feed.contains("/blacklist/blk-")));
}
