//! One record, however it is read: page, JSON, JSON Lines, CSV, schema, JSON-LD and feeds say the same of every record of the
//! demo portal.
//!
//! A form that is added later is one more function in `support::facts` and one more comparison here.

mod linked_data;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::Value;

use crate::support::facts::{csv_rows, of_csv, of_json, of_page, schema_at};
use crate::support::schema::breaches;
use crate::support::{DAY, Project, Tree, html};

const BASE: &str = "https://spaq.example.gov.cn/gongshi/";

/// Facts that the page of a record leaves to the data files.
const NOT_SHOWN: [(&str, &str); 4] = [
    ("blacklist", "ground.code"),
    ("enterprises", "honours.valid_to"),
    ("enterprises", "licences.issued"),
    ("penalties", "early_stop_allowed"),
];

/// The demo portal as it is published.
fn demo() -> &'static Tree {
    static SITE: OnceLock<Tree> = OnceLock::new();
    SITE.get_or_init(|| Project::demo().clean_site(DAY))
}

/// Both portals of the tests.
fn sites() -> [Tree; 2] {
    [demo().clone(), Project::small().clean_site(DAY)]
}

fn json(site: &Tree, path: &str) -> Value {
    serde_json::from_slice(&site[path]).unwrap()
}

/// The kinds that are published as data, with the rows of their JSON files.
fn kinds(site: &Tree) -> BTreeMap<String, Vec<Value>> {
    let plurals = site.keys().filter_map(|path| path.strip_prefix("data/schema/")?.strip_suffix(".json"));
    plurals
        .map(|plural| {
            let rows = json(site, &format!("data/{plural}.json")).as_array().unwrap().clone();
            (plural.to_string(), rows)
        })
        .collect()
}

#[test]
fn every_published_record_fits_its_schema() {
    for site in sites() {
        for (plural, rows) in kinds(&site) {
            let schema = json(&site, &format!("data/schema/{plural}.json"));
            assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
            assert_eq!(schema["$id"], format!("{BASE}data/schema/{plural}.json"));
            for row in rows {
                let found = breaches(&schema, &row, &format!("{plural}/{}", row["id"]));
                assert!(found.is_empty(), "{found:#?}");
            }
        }
    }
}

#[test]
fn a_record_with_anything_wrong_does_not_fit_its_schema() {
    let site = Project::small().clean_site(DAY);
    let schema = json(&site, "data/schema/enterprises.json");
    let row = json(&site, "data/enterprises.json")[0].clone();
    assert_eq!(row["status"], "active");
    let wrong: [(&str, Value); 7] = [
        ("name", Value::Null),
        ("headcount", 12.into()),
        ("uscc", "91990101MA0DEM013I".into()),
        ("coverage_level", "E".into()),
        ("risk_grade", serde_json::json!({"grade": "A", "year": "2026"})),
        ("licences", serde_json::json!([{"issued": "2026-02-30", "licence_no": "x"}])),
        ("fs_officers", "王演示".into()),
    ];
    for (key, value) in wrong {
        let mut row = row.clone();
        row[key] = value;
        assert!(!breaches(&schema, &row, "").is_empty(), "{key}");
    }
    let mut row = row.clone();
    row.as_object_mut().unwrap().remove("region");
    assert!(!breaches(&schema, &row, "").is_empty(), "required while it is active");
    row["status"] = "closed".into();
    assert!(breaches(&schema, &row, "").is_empty(), "of a closed one a stub is left");
}

#[test]
fn json_json_lines_and_csv_say_the_same_of_every_record() {
    for site in sites() {
        for (plural, rows) in kinds(&site) {
            let schema = json(&site, &format!("data/schema/{plural}.json"));
            if let Some(lines) = site.get(&format!("data/{plural}.jsonl")) {
                let lines = std::str::from_utf8(lines).unwrap().lines();
                let lines: Vec<Value> = lines.map(|line| serde_json::from_str(line).unwrap()).collect();
                assert_eq!(lines, rows, "{plural}.jsonl");
            }
            let (header, cells) = csv_rows(&site[&format!("data/{plural}.csv")]);
            assert_eq!(cells.len(), rows.len(), "{plural}.csv");
            assert_eq!(header[0], "id");
            for (cells, row) in cells.iter().zip(&rows) {
                assert_eq!(of_csv(&header, cells, &schema), of_json(row), "{plural}.csv");
            }
        }
    }
}

/// How a page writes a value of JSON, by its schema: any of these words will do.
fn words(schema: &Value, value: &Value) -> Vec<String> {
    if let Some(words) = schema["oneOf"].as_array() {
        let word = words.iter().find(|one| one["const"] == *value).unwrap();
        return vec![word["title"].as_str().unwrap().to_string()];
    }
    match value {
        Value::Bool(flag) => vec![(if *flag { "是" } else { "否" }).to_string()],
        Value::String(text) if schema["format"] == "date" => {
            vec![gongshi::calendar::Date::parse(text).unwrap().zh()]
        }
        Value::String(text) => {
            let period = gongshi::calendar::period::Period::parse(text).map(|period| period.zh());
            period.into_iter().chain([text.clone()]).collect()
        }
        // Counts have commas between thousands and years have none; an amount is told in 万元 where that is shorter.
        Value::Number(number) => {
            let myriads = number.as_f64().unwrap() / 10_000.0;
            let parted = number.as_u64().map(with_commas);
            parted.into_iter().chain([number.to_string(), format!("{myriads}万元")]).collect()
        }
        _ => Vec::new(),
    }
}

fn with_commas(whole: u64) -> String {
    match whole {
        0..1_000 => whole.to_string(),
        _ => format!("{},{:03}", with_commas(whole / 1_000), whole % 1_000),
    }
}

/// The single values of a record with their places and schemas.
fn leaves<'v>(
    schema: &'v Value,
    value: &'v Value,
    path: &str,
    found: &mut Vec<(String, &'v Value, &'v Value)>,
) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                leaves(&schema["properties"][key.as_str()], member, &path, found);
            }
        }
        Value::Array(members) => {
            members.iter().for_each(|member| leaves(&schema["items"], member, path, found))
        }
        _ => found.push((path.to_string(), schema, value)),
    }
}

#[test]
fn the_page_of_a_record_shows_what_its_data_say() {
    for site in sites() {
        let kinds = kinds(&site);
        // A link is the id of another record; a page shows that record's name.
        let mut names: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for row in kinds.values().flatten() {
            for key in ["name", "title", "food_name", "notice_no", "doc_no"] {
                let name = row[key].as_str().or_else(|| row["party"]["name"].as_str());
                names.entry(row["id"].as_str().unwrap()).or_default().extend(name);
            }
        }
        let (mut pages, mut missing) = (0, Vec::new());
        for (plural, rows) in &kinds {
            let schema = json(&site, &format!("data/schema/{plural}.json"));
            for row in rows {
                let key = if schema["properties"].get("page_url").is_some() { "page_url" } else { "url" };
                let Some(address) = row.get(key) else { continue };
                let route = address.as_str().unwrap().strip_prefix(BASE).unwrap();
                let mut shown = of_page(std::str::from_utf8(&site[route]).unwrap());
                // A link out of government leads by way of a notice.
                let routes = shown.links.iter().filter_map(|link| html::resolve(route, link));
                let notices = routes.filter(|route| route.starts_with("leaving/"));
                let behind: Vec<String> = notices
                    .flat_map(|notice| of_page(std::str::from_utf8(&site[&notice]).unwrap()).links)
                    .collect();
                shown.links.extend(behind);
                pages += 1;
                let mut found = Vec::new();
                leaves(&schema, row, "", &mut found);
                for (path, schema, value) in found {
                    // The id and the address are where the page stands, not what it says.
                    if path == "id" || path == key || NOT_SHOWN.contains(&(plural.as_str(), path.as_str())) {
                        continue;
                    }
                    let named = value.as_str().and_then(|id| names.get(id)).into_iter().flatten();
                    let mut wanted = words(schema, value);
                    wanted.extend(named.map(|name| (*name).to_string()));
                    let link =
                        value.as_str().is_some_and(|text| shown.links.iter().any(|link| link.contains(text)));
                    if !link && !wanted.iter().any(|word| shown.text.contains(word.as_str())) {
                        missing.push(format!("{plural} {path} {value}: {route}"));
                    }
                }
            }
        }
        assert!(pages > 10, "{pages}");
        missing.sort();
        assert!(missing.is_empty(), "{} of {pages} pages: {missing:#?}", missing.len());
    }
}

#[test]
fn a_list_counts_the_records_of_its_data_file() {
    for site in sites() {
        let mut lists = 0;
        for (plural, rows) in kinds(&site) {
            let Some(page) = site.get(&format!("{plural}/index.html")) else { continue };
            let page = std::str::from_utf8(page).unwrap();
            // A list in a table counts in its caption, one of whole records in a line above them.
            let count = page.split("class=\"meta total\"").nth(1).and_then(|rest| rest.split("</p>").next());
            let caption = html::unescape(count.unwrap_or_else(|| html::elements(page, "caption")[0]));
            // Behind the count may stand how many of them have left.
            let number = caption.split(|c: char| !c.is_ascii_digit()).find(|digits| !digits.is_empty());
            let digits = number.unwrap_or_default();
            // An enterprise that has closed keeps its page and its data, and stands in no list.
            let listed =
                rows.iter().filter(|row| !["closed", "zombie"].iter().any(|state| row["status"] == *state));
            assert_eq!(digits.parse::<usize>().unwrap(), listed.count(), "{plural}: {caption}");
            lists += 1;
        }
        assert!(lists >= 4, "{lists}");
    }
}

#[test]
fn the_dictionary_names_every_column_of_every_file_with_the_label_of_its_schema() {
    let site = demo();
    let page = std::str::from_utf8(&site["data/index.html"]).unwrap();
    for plural in kinds(site).keys() {
        let start = page.find(&format!("<details id=\"{plural}\"")).unwrap();
        let section = &page[start..start + page[start..].find("</details>").unwrap()];
        let schema = json(site, &format!("data/schema/{plural}.json"));
        let (header, _) = csv_rows(&site[&format!("data/{plural}.csv")]);
        for path in header {
            assert!(section.contains(&format!("<code>{path}</code>")), "{plural}: {path}");
            let label = schema_at(&schema, &path)["title"].as_str().unwrap();
            assert!(html::unescape(section).contains(label), "{plural}: {path} {label}");
        }
    }
}

#[test]
fn a_record_that_named_what_has_left_still_fits_its_schema() {
    let project = Project::small();
    project.write(
        "content/ledgers/gone.yaml",
        "withdrawals:\n  - {kind: cadre, id: town-0012, on: 2026-11-01, reason: 信息有误}\n",
    );
    let site = project.clean_site(DAY);
    let schema = json(&site, "data/schema/enterprises.json");
    let mut nameless = 0;
    for row in json(&site, "data/enterprises.json").as_array().unwrap() {
        assert_eq!(breaches(&schema, row, ""), [""; 0]);
        nameless += row["covered_by"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|one| one.get("cadre").is_none())
            .count();
    }
    assert!(nameless > 0, "nobody was covered by the withdrawn cadre");
}
