//! Columns: a page says which it belongs to in its meta tag, its crumbs, and the menu, in one and the same words (GW-12), in each kind and
//! language.
//!
//! In: the demo as it is built. Not here: what the inspection says of pages that differ (`inspection`, `inspected_site`).

use std::collections::{BTreeMap, BTreeSet};

use crate::support::html::{elements, resolve, tags, unescape};
use crate::support::{DAY, Project, Tree};

/// The demo in a language.
fn site(language: &str) -> Tree {
    let project = Project::demo();
    project.edit("content/portal.yaml", "language: zh-CN", &format!("language: {language}"));
    project.clean_site(DAY)
}

fn plain(html: &str) -> String {
    let parts = html.split('<').skip(1).filter_map(|part| Some(part.split_once('>')?.1));
    unescape(parts.collect::<String>().trim())
}

/// The links of a stretch of a page: where to, and their words.
fn links<'p>(path: &'p str, html: &'p str) -> impl Iterator<Item = (String, String)> + 'p {
    elements(html, "a").into_iter().filter_map(move |link| {
        let to = tags(link).first()?.get("href")?.to_string();
        Some((resolve(path, &to)?, plain(link)))
    })
}

/// The steps of the crumbs: where to, and their words; the page itself last.
fn crumbs(path: &str, page: &str) -> Vec<(String, String)> {
    let nav = elements(page, "nav").into_iter().find(|nav| nav.contains("class=\"crumbs\""));
    let Some(nav) = nav else { return Vec::new() };
    let here = elements(nav, "span").into_iter().map(|step| (path.to_string(), plain(step)));
    links(path, nav).chain(here).collect()
}

#[test]
fn the_column_has_one_name_in_tag_crumbs_menu_and_lists() {
    for language in ["zh-CN", "zh-Hant", "en"] {
        let site = site(language);
        let text = |path: &str| std::str::from_utf8(&site[path]).unwrap();
        let mut menu: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let home = text("index.html");
        let header = elements(home, "nav").into_iter().filter(|nav| nav.contains("<ul"));
        let places = header.map(|nav| ("index.html", nav));
        let indexes = ["lists.html", "sitemap.html"].map(|path| (path, elements(text(path), "main")[0]));
        for (to, words) in places.chain(indexes).flat_map(|(path, html)| links(path, html)) {
            menu.entry(to).or_default().insert(words);
        }
        // The site map lists dashboards by the place they are of.
        menu.insert(
            "progress.html".into(),
            links("index.html", home)
                .filter(|(to, _)| to == "progress.html")
                .map(|(_, words)| words)
                .collect(),
        );
        let mut columns = BTreeSet::new();
        for path in site.keys().filter(|path| path.ends_with(".html") && *path != "index.html") {
            let page = text(path);
            let tag = tags(page).into_iter().find(|tag| tag.get("name") == Some("ColumnName"));
            let Some(name) = tag.and_then(|tag| tag.get("content").map(str::to_string)) else { continue };
            let steps = crumbs(path, page);
            let (to, words) = &steps[1];
            assert_eq!(words, &name, "{language} {path}: {steps:?}");
            if let Some(known) = menu.get(to) {
                assert_eq!(known, &BTreeSet::from([name.clone()]), "{language} {path}");
            }
            if to == path && path != "progress.html" && !path.contains("index-") {
                let heading = plain(elements(page, "h1")[0]);
                assert_eq!(heading, name, "{language} {path}");
            }
            columns.insert(to.clone());
        }
        for plural in
            ["plans", "recalls", "indicators", "departments", "enterprises", "sampling", "bans", "letters"]
        {
            let list = format!("{plural}/index.html");
            assert!(columns.contains(&list) && menu.contains_key(&list), "{language} {list}");
        }
    }
}
