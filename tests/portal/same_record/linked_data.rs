//! The JSON-LD of pages and the entries of feeds beside the data files and the pages.
//!
//! Three promises: the record in JSON-LD is the record of the data file, an entry of a feed is its page, and the crumbs of a page
//! are those that it shows.

use std::collections::BTreeMap;

use gongshi::record::field::Type;
use serde_json::Value;

use super::{BASE, kinds, sites};
use crate::support::facts::{linked_data, of_json, of_linked_data, of_page, word};
use crate::support::html;

#[test]
fn the_json_ld_of_a_page_says_what_the_data_say_of_its_record() {
    for site in sites() {
        let (mut told, mut dated, mut said_in_all) = (0, 0, 0);
        let kinds = kinds(&site);
        let kind_of: BTreeMap<&str, &gongshi::record::field::Kind> =
            gongshi::record::Kinds::builtin().all().map(|kind| (kind.plural, kind)).collect();
        for (plural, rows) in &kinds {
            for row in rows {
                let Some(address) = row.get("page_url").or_else(|| row.get("url")).and_then(Value::as_str)
                else {
                    continue;
                };
                let Some(route) = address.strip_prefix(BASE) else { continue };
                let page = std::str::from_utf8(&site[route]).unwrap();
                let hidden = page.contains("content=\"noindex\"");
                let Some(data) = linked_data(page) else {
                    assert!(hidden, "{route}");
                    continue;
                };
                assert!(!hidden, "{route}");
                let entity = &data["mainEntity"];
                assert_eq!((&data["url"], &entity["url"]), (&row_text(address), &row_text(address)));
                // A text goes by its place: its id is the last part of it.
                let id = row["id"].as_str().unwrap();
                assert!(entity["identifier"].as_str().unwrap().ends_with(id), "{route}: {id}");
                let facts = of_json(row);
                let title = kind_of.get(plural.as_str()).map_or("", |kind| kind.title);
                // A choice is told by its label, a list by its first word.
                let plain = kind_of.get(plural.as_str()).is_none_or(|kind| {
                    let field = kind.fields.iter().find(|field| field.key == kind.title);
                    !field.is_some_and(|field| matches!(field.ty, Type::Choice(_) | Type::List(_)))
                });
                let named = facts.get(title).or_else(|| facts.get(&format!("{title}.name")));
                // Where a title would not say what it is, the page's heading names it, with that title in it.
                let is_headed = kind_of.get(plural.as_str()).is_some_and(|kind| kind.heading.is_some());
                if let Some(named) = named.filter(|_| plain && !is_headed) {
                    assert_eq!(&entity["name"], &row_text(named), "{route}");
                } else if let Some(named) = named.filter(|_| is_headed) {
                    assert!(entity["name"].as_str().unwrap().contains(named.as_str()), "{route}");
                    assert_eq!(entity["name"], data["name"], "{route}");
                }
                // What a field says in the words of schema.org is that field's value.
                let fields = kind_of.get(plural.as_str()).map_or(&[] as &[_], |kind| kind.fields);
                let words =
                    fields.iter().flat_map(|field| field.says.split(' ').map(move |says| (field, says)));
                for (field, says) in words.filter(|(_, says)| !says.is_empty()) {
                    let said = said_of(entity, says);
                    assert_eq!(said, row.get(field.key).unwrap_or(&Value::Null), "{route}: {says}");
                    said_in_all += usize::from(!said.is_null());
                }
                // Whatever else it says is a value of the record, or the words that the page has for one.
                let shown = of_page(page);
                for (path, value) in of_linked_data(entity) {
                    let is_own = facts.values().any(|own| *own == value)
                        || shown.text.contains(&value)
                        || path == "description"
                        || ["ContentSource", "ArticleTitle"]
                            .iter()
                            .any(|tag| page.contains(&format!("\"{tag}\" content=\"{value}\"")))
                        || shown.links.iter().any(|link| value.ends_with(link.trim_start_matches("../")));
                    assert!(
                        is_own
                            || ["url", "identifier", "datePublished", "dateModified"]
                                .contains(&path.as_str()),
                        "{route}: {path} {value}"
                    );
                    if path == "description" {
                        let cells = value.split('；').filter_map(|part| part.split_once('：'));
                        for (label, cell) in cells.filter(|_| value.chars().count() < 200) {
                            assert!(!label.is_empty() && !cell.is_empty(), "{route}: {value}");
                        }
                    }
                }
                // The day is the one that the page shows in its head.
                if let Some(day) = data["datePublished"].as_str() {
                    assert!(
                        page.contains(&format!("name=\"PubDate\" content=\"{}", &day[..10])),
                        "{route}: {day}"
                    );
                    dated += 1;
                }
                told += 1;
            }
        }
        assert!(told > 10 && dated > 10 && said_in_all > 10, "{told} {dated} {said_in_all}");
    }
}

/// What a thing says by a word of a field table. `worksFor/Organization` tells of a thing's name, `worksFor.startDate` of the part
/// that one plays in it; that part, a role, then stands before the thing under the same property.
fn said_of<'j>(entity: &'j Value, says: &str) -> &'j Value {
    if let Some((property, part)) = says.split_once('.') {
        return &entity[property][part];
    }
    let (property, ty) = says.split_once('/').unwrap_or((says, ""));
    let thing = match entity[property]["@type"].as_str() {
        Some("OrganizationRole") => &entity[property][property],
        _ => &entity[property],
    };
    if ty.is_empty() { thing } else { &thing["name"] }
}

#[test]
fn a_cadre_plays_a_role_in_his_organisation_from_a_day_on() {
    let site = &sites()[0];
    let data = linked_data(&String::from_utf8_lossy(&site["cadres/yangli-0007.html"])).unwrap();
    let role = &data["mainEntity"]["worksFor"];
    assert_eq!(role["@type"], "OrganizationRole");
    assert_eq!(role["worksFor"]["@type"], "Organization");
    assert_eq!(role["roleName"], data["mainEntity"]["jobTitle"]);
    assert!(role["startDate"].as_str().is_some_and(|day| day.len() == 10), "{role}");
    assert!(role["worksFor"]["name"].is_string() && role["endDate"].is_null(), "{role}");
}

fn row_text(text: &str) -> Value {
    Value::String(text.to_string())
}

#[test]
fn an_entry_of_a_feed_says_what_the_page_and_its_json_ld_say() {
    for site in sites() {
        let mut told = 0;
        for (path, feed) in
            site.iter().filter(|(path, _)| path.starts_with("feeds/") && path.ends_with(".xml"))
        {
            for entry in html::elements(std::str::from_utf8(feed).unwrap(), "entry") {
                let word = |name: &str| word(entry, name).unwrap_or_default();
                let route = word("id").strip_prefix(BASE).unwrap().to_string();
                let data = linked_data(std::str::from_utf8(&site[&route]).unwrap()).unwrap();
                assert_eq!(data["url"], row_text(&word("id")), "{path}");
                assert_eq!(data["name"], row_text(&word("title")), "{path}: {route}");
                let moment = |day: &Value| match day.as_str() {
                    Some(day) if day.len() == 10 => format!("{day}T00:00:00+08:00"),
                    Some(moment) => moment.to_string(),
                    None => String::new(),
                };
                assert_eq!(moment(&data["datePublished"]), word("published"), "{path}: {route}");
                let modified = moment(&data["dateModified"]);
                let updated = if modified.is_empty() { word("published") } else { modified };
                assert_eq!(updated, word("updated"), "{path}: {route}");
                let summary: String = word("summary").chars().take(200).collect();
                if !summary.is_empty() && data.get("mainEntity").is_some() {
                    assert_eq!(data["mainEntity"]["description"], row_text(&summary), "{path}: {route}");
                }
                told += 1;
            }
        }
        assert!(told > 20, "{told}");
    }
}

#[test]
fn every_page_that_may_be_shown_says_where_it_stands_as_its_crumbs_do() {
    for site in sites() {
        for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with(".html") && *path != "index.html")
        {
            let page = std::str::from_utf8(bytes).unwrap();
            let Some(data) = linked_data(page) else {
                assert!(page.contains("content=\"noindex\""), "{path}");
                continue;
            };
            assert_eq!(
                (&data["@context"], &data["url"]),
                (&row_text("https://schema.org"), &row_text(&format!("{BASE}{path}")))
            );
            let items = data["breadcrumb"]["itemListElement"].as_array().unwrap();
            let crumbs =
                html::elements(page, "nav").into_iter().find(|nav| nav.contains("class=\"crumbs\"")).unwrap();
            let shown: Vec<String> = html::elements(crumbs, "li").iter().map(|li| words_of(li)).collect();
            let told: Vec<&str> = items.iter().map(|item| item["name"].as_str().unwrap()).collect();
            assert_eq!(told, shown, "{path}");
            for (at, item) in items.iter().enumerate() {
                assert_eq!(item["position"], Value::from(at + 1));
                let target = item.get("item").and_then(Value::as_str);
                assert_eq!(target.is_none(), at + 1 == items.len(), "{path}");
                assert!(target.is_none_or(|to| site.contains_key(to.strip_prefix(BASE).unwrap())), "{path}");
            }
        }
        let home = linked_data(std::str::from_utf8(&site["index.html"]).unwrap()).unwrap();
        let types: Vec<&str> =
            home["@graph"].as_array().unwrap().iter().map(|one| one["@type"].as_str().unwrap()).collect();
        assert_eq!(types, ["WebSite", "GovernmentOrganization", "GovernmentService"]);
        let data = linked_data(std::str::from_utf8(&site["data/index.html"]).unwrap()).unwrap();
        let sets = data["mainEntity"]["dataset"].as_array().unwrap();
        assert_eq!(sets.len(), kinds(&site).len());
        for file in sets.iter().flat_map(|set| set["distribution"].as_array().unwrap()) {
            let path = file["contentUrl"].as_str().unwrap().strip_prefix(BASE).unwrap();
            assert!(site.contains_key(path), "{path}");
        }
    }
}

fn words_of(element: &str) -> String {
    html::unescape(
        element
            .split('<')
            .filter_map(|part| part.split_once('>'))
            .map(|(_, text)| text)
            .collect::<String>()
            .trim(),
    )
}
