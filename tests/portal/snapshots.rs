//! What is planned and how it looks: listings and pages of the small portal, kept beside this file to be read.
//!
//! `GONGSHI_UPDATE=1 cargo test --test portal snapshots` writes them anew. Keys are left out: they change with
//! the program.

use std::fs;
use std::path::PathBuf;

use crate::support::{Project, repository};

/// A day on which one entry has expired, one penalty is withdrawn, one enterprise is closed.
const DAY: &str = "2026-12-02";

/// One page of each kind.
const PAGES: [(&str, &str); 12] = [
    ("home", "index.html"),
    ("enterprise", "enterprises/91990101MA0DEM013U.html"),
    ("closed", "enterprises/92990102MA0TE5T24W.html"),
    ("cadre", "cadres/town-0012.html"),
    ("list", "enterprises/region/990101101.html"),
    ("notice", "sampling/2026-07.html"),
    ("sample", "sampling/2026-07/XBJ26990101000000701.html"),
    ("blacklist", "blacklist/blk-2026-0003.html"),
    ("tombstone", "blacklist/blk-2023-0002.html"),
    ("corrections", "corrections.html"),
    ("article", "articles/notices/2026-01.html"),
    ("region", "regions/990101101.html"),
];

#[track_caller]
fn check(name: &str, found: &str) {
    let path: PathBuf = repository().join("tests/portal/snapshots").join(name);
    if std::env::var_os("GONGSHI_UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, found).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    for (number, (kept, found)) in kept.lines().zip(found.lines()).enumerate() {
        assert_eq!(found, kept, "{name}, line {}", number + 1);
    }
    assert_eq!(found.lines().count(), kept.lines().count(), "{name}");
}

/// What a reader sees in the main part of a page, one start tag a line, so that a change shows as a small
/// difference.
fn main_part(page: &str) -> String {
    let start = page.find("<main").unwrap();
    let end = page.find("</main>").unwrap();
    let mut lines = String::new();
    for part in page[start..end].split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap();
        if !(tag.starts_with('/') && text.trim().is_empty()) {
            lines.push_str(&format!("<{tag}>{}\n", text.trim()));
        }
    }
    lines
}

#[test]
fn every_output_of_the_small_portal_is_planned() {
    let listing = Project::small().run("plan", &["--as-of", DAY]).ends(0).out;
    let lines = listing.lines().map(|line| line.rsplit_once('\t').unwrap().0.replace('\t', "  "));
    check("plan.txt", &(lines.collect::<Vec<_>>().join("\n") + "\n"));
}

#[test]
fn a_page_of_each_kind_looks_as_it_was_read() {
    let project = Project::small();
    project.build(DAY).ends(0);
    let site = project.site();
    for (name, route) in PAGES {
        check(&format!("{name}.html"), &main_part(std::str::from_utf8(&site[route]).unwrap()));
    }
    let home = std::str::from_utf8(&site["index.html"]).unwrap();
    check("head.html", &(home[..home.find("</head>").unwrap()].replace("><", ">\n<") + "\n"));
    check("feed.xml", std::str::from_utf8(&site["feeds/site.xml"]).unwrap());
    check("blacklist.csv", std::str::from_utf8(&site["data/blacklist.csv"]).unwrap());
    check(
        "enterprises.json",
        &serde_json::to_string_pretty(
            &serde_json::from_slice::<serde_json::Value>(&site["data/enterprises.json"]).unwrap()[0],
        )
        .unwrap(),
    );
}
