//! The data files beside those of each kind: by region, per enterprise, the catalogue, the cells of spreadsheets.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use gongshi::cache::Cache;
use gongshi::pipeline::{SearchIndex, judge, plan};
use gongshi::plan::{Content, DataFormat};
use gongshi::render::{Form, Lines};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::support::facts::{csv_rows, of_csv, of_json};
use crate::support::{DAY, Project, Tree, differing, html, input_of, pages, repository, tree};

const BASE: &str = "https://spaq.example.gov.cn/gongshi/";

fn rows(site: &Tree, path: &str) -> Vec<Value> {
    serde_json::from_slice::<Value>(&site[path]).unwrap().as_array().unwrap().clone()
}

fn ids(site: &Tree, path: &str) -> Vec<String> {
    rows(site, path).iter().map(|row| row["id"].as_str().unwrap().to_string()).collect()
}

fn with_settings(settings: &str) -> Project {
    let project = Project::small();
    project.write("content/portal.yaml", project.text("content/portal.yaml") + "\n" + settings + "\n");
    project
}

#[test]
fn a_record_lies_in_its_region_or_that_of_the_unit_or_enterprise_it_speaks_of() {
    let site = Project::small().clean_site(DAY);
    let placed = |plural: &str| {
        let mut all: Vec<String> = Vec::new();
        for region in ["990101", "990102"] {
            if site.contains_key(&format!("data/by-region/{region}/{plural}.json")) {
                all.extend(ids(&site, &format!("data/by-region/{region}/{plural}.json")));
            }
        }
        all.sort();
        all
    };
    for plural in ["visits", "samples"] {
        let all = ids(&site, &format!("data/{plural}.json"));
        assert_eq!(placed(plural), all, "{plural}: all of the small portal can be placed");
    }
    // Of a closed enterprise the place is not told, and a cadre of the city lies in no county.
    let unplaced = |plural: &str| {
        let placed = placed(plural);
        let all = rows(&site, &format!("data/{plural}.json")).into_iter();
        all.filter(|row| !placed.iter().any(|id| row["id"] == **id)).collect::<Vec<Value>>()
    };
    assert!(unplaced("enterprises").iter().all(|row| row["status"] == "closed"));
    assert!(unplaced("cadres").iter().all(|row| row["region"] == "9901"));
    for row in rows(&site, "data/by-region/990101/visits.json") {
        let enterprises = rows(&site, "data/enterprises.json");
        let named = enterprises.iter().find(|one| one["id"] == row["enterprise"]).unwrap();
        assert!(named["region"].as_str().unwrap().starts_with("990101"), "{row}");
    }
}

#[test]
fn files_by_region_are_parts_of_the_whole_file_in_every_form() {
    let site = Project::demo().clean_site(DAY);
    let parts: Vec<&String> = site.keys().filter(|path| path.starts_with("data/by-region/")).collect();
    assert!(parts.len() >= 24, "{parts:?}");
    for path in parts.iter().filter(|path| path.ends_with(".json")) {
        let whole = format!("data/{}", path.rsplit('/').next().unwrap());
        let (all, part) = (rows(&site, &whole), rows(&site, path));
        assert!(!part.is_empty() && part.iter().all(|row| all.contains(row)), "{path}");
        let lines = std::str::from_utf8(&site[&path.replace(".json", ".jsonl")]).unwrap();
        assert!(
            lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()).eq(part.iter().cloned())
        );
        let name = whole.strip_prefix("data/").unwrap();
        let schema = serde_json::from_slice(&site[&format!("data/schema/{name}")]).unwrap();
        let (header, cells) = csv_rows(&site[&path.replace(".json", ".csv")]);
        assert!(
            cells.iter().map(|cells| of_csv(&header, cells, &schema)).eq(part.iter().map(of_json)),
            "{path}"
        );
    }
}

#[test]
fn the_portal_says_down_to_which_tier_files_are_made() {
    let regions = |settings: &str| -> BTreeSet<String> {
        let site = with_settings(settings).clean_site(DAY);
        let below = site.keys().filter_map(|path| path.strip_prefix("data/by-region/"));
        below.map(|path| path.split('/').next().unwrap().to_string()).collect()
    };
    assert_eq!(regions("data: {by_region: none}").len(), 0);
    assert!(regions("").iter().all(|code| code.len() == 6));
    let townships = regions("data: {by_region: township}");
    assert!(townships.contains("990101101") && townships.contains("990101"), "{townships:?}");
}

#[test]
fn the_catalogue_tells_of_every_data_file_its_size_and_checksum() {
    let site = with_settings("data: {licence: https://example.gov.cn/licence}").clean_site(DAY);
    let catalogue: Value = serde_json::from_slice(&site["data/catalog.jsonld"]).unwrap();
    let mut told = BTreeSet::new();
    for dataset in catalogue["dcat:dataset"].as_array().unwrap() {
        for key in [
            "dct:title",
            "dct:description",
            "dct:publisher",
            "dct:accrualPeriodicity",
            "dct:spatial",
            "dct:license",
        ] {
            assert!(dataset.get(key).is_some(), "{key}: {dataset}");
        }
        let has_days = dataset.get("dct:issued").is_some() && dataset.get("dct:temporal").is_some();
        let schema = dataset["dct:conformsTo"]["@id"].as_str().unwrap().strip_prefix(BASE).unwrap();
        assert!(site.contains_key(schema) && (has_days || schema.ends_with("regions.json")), "{dataset}");
        for file in dataset["dcat:distribution"].as_array().unwrap() {
            let path = file["dcat:downloadURL"]["@id"].as_str().unwrap().strip_prefix(BASE).unwrap();
            let bytes = &site[path];
            assert_eq!(file["dcat:byteSize"]["@value"], bytes.len().to_string(), "{path}");
            let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(file["spdx:checksum"]["spdx:checksumValue"]["@value"], hash, "{path}");
            told.insert(path.to_string());
        }
    }
    let is_data = |path: &&String| {
        path.starts_with("data/") && [".csv", ".json", ".jsonl"].iter().any(|end| path.ends_with(end))
    };
    let there =
        site.keys().filter(is_data).filter(|path| !path.contains("/schema/") && !path.contains("/changes/"));
    assert_eq!(told, there.cloned().collect());
    let page = std::str::from_utf8(&site["data/index.html"]).unwrap();
    assert!(page.contains("https://example.gov.cn/licence"));
    for path in &told {
        assert!(page.contains(path.strip_prefix("data/").unwrap()), "{path}");
    }
}

#[test]
fn the_catalogue_does_not_depend_on_the_release_before() {
    let project = Project::small();
    project.build("2026-11-20").ends(0);
    project.edit("content/ledgers/enterprises.yaml", "中心街22号", "中心街23号");
    project.build(DAY).ends(0);
    assert_eq!(differing(&pages(project.site()), &pages(project.clean_site(DAY))), [""; 0]);
}

#[test]
fn an_enterprise_has_a_data_file_and_a_badge_only_when_the_portal_says_so() {
    let plain = Project::small().clean_site(DAY);
    assert!(!plain.keys().any(|path| path.starts_with("badges/") || path.starts_with("data/enterprises/")));
    let page = "enterprises/91990101MA0DEM013U.html";
    assert!(!String::from_utf8_lossy(&plain[page]).contains("badges/"));
    let project = with_settings("data: {per_enterprise: true}");
    project.edit("content/ledgers/enterprises.yaml", "name: 样板镇样例饭店", "name: A&B<样例>\"饭店\"");
    let site = project.clean_site(DAY);
    let all = rows(&site, "data/enterprises.json");
    for row in &all {
        let id = row["id"].as_str().unwrap();
        let one: Value = serde_json::from_slice(&site[&format!("data/enterprises/{id}.json")]).unwrap();
        assert_eq!(&one, row);
        let badge = std::str::from_utf8(&site[&format!("badges/{id}.svg")]).unwrap();
        assert!(
            badge.contains("信息以页面为准") && badge.starts_with("<svg ") && badge.contains("role=\"img\"")
        );
        let title = html::elements(badge, "title")[0];
        assert!(html::unescape(title).contains(row["name"].as_str().unwrap()), "{badge}");
        assert_eq!(badge.matches('<').count(), badge.matches('>').count(), "{badge}");
        for line in html::elements(badge, "text") {
            let words = line.split_once('>').unwrap().1.split('<').next().unwrap();
            assert!(words.trim().chars().count() > 1, "a bare letter: {badge}");
        }
    }
    let shown = String::from_utf8_lossy(&site[page]).into_owned();
    let snippet = html::unescape(html::elements(&shown, "code")[0]);
    for part in [format!("<a href=\"{BASE}{page}\">"), format!("src=\"{BASE}badges/91990101MA0DEM013U.svg\"")]
    {
        assert!(snippet.contains(&part), "{snippet}");
    }
}

#[test]
fn a_badge_says_when_a_visit_was_made_and_what_sampling_found() {
    let project = Project::demo();
    let settings = project.text("content/portal.yaml") + "\ndata: {per_enterprise: true}\n";
    project.write("content/portal.yaml", settings);
    project.build(DAY).ends(0);
    let badges = tree(&project.path("site/badges")).into_values();
    let badges: Vec<String> = badges.map(|bytes| String::from_utf8(bytes).unwrap()).collect();
    let tells = |words: &[&str]| badges.iter().any(|badge| words.iter().all(|word| badge.contains(word)));
    for words in [
        &["包保B级"][..],
        &["最近抽检（20", "）：不合格"],
        &["最近抽检（20", "）：合格"],
        &["季度督导：已督导"],
        &["暂无抽检结果"],
        &["已注销"],
    ] {
        assert!(tells(words), "{words:?}");
    }
    project.build("2027-01-03").ends(0);
    assert_eq!(differing(&pages(project.site()), &pages(project.clean_site("2027-01-03"))), [""; 0]);
}

#[test]
fn a_formula_in_a_name_is_a_text_in_a_spreadsheet() {
    let project = Project::small();
    project.edit(
        "content/ledgers/enterprises.yaml",
        "name: 样板镇样例饭店",
        "name: \"=HYPERLINK(\\\"http://x\\\",\\\"样例\\\")\"",
    );
    let site = project.clean_site(DAY);
    let (header, cells) = csv_rows(&site["data/enterprises.csv"]);
    let at = header.iter().position(|key| key == "name").unwrap();
    assert!(cells.iter().any(|row| row[at] == "'=HYPERLINK(\"http://x\",\"样例\")"), "{cells:?}");
}

#[test]
fn a_data_file_is_the_same_whether_its_lines_are_kept_or_written_anew_for_it() {
    let input = input_of(repository());
    let judged = judge(&input, &Cache::none()).unwrap();
    let planned = plan(&input, judged, &Cache::none(), SearchIndex::LeftOut).unwrap();
    let mut seen = BTreeSet::new();
    for output in &planned.plan.outputs {
        let Content::Data { kind, within, format } = output.content else { continue };
        let of = |most: usize| {
            let lines = Lines::write(&planned.portal, kind, Form::of(format), most, &|_| None);
            let (all, mut file) = (AtomicUsize::new(0), Vec::new());
            assert!(lines.all(&|piece| {
                all.fetch_add(piece.len(), Ordering::Relaxed);
                piece.is_empty() || piece.ends_with(b"\n")
            }));
            let taken = lines.file(within, format).each_chunk::<()>(&mut |chunk| {
                file.extend_from_slice(chunk);
                Ok(())
            });
            assert_eq!(taken, Ok(()));
            // What is not right is told wherever it stands.
            let last = file.split(|byte| *byte == b'\n').rfind(|line| line.len() > 2).unwrap_or(b"").to_vec();
            let last = last.strip_suffix(b",").unwrap_or(&last);
            assert!(
                !lines.all(&|piece| !piece.windows(last.len().max(1)).any(|part| part == last)),
                "{}",
                output.route
            );
            let all = all.into_inner();
            if within.is_none() && format != DataFormat::Json {
                assert_eq!(all, file.len(), "{}", output.route);
            }
            (all, file)
        };
        let (kept, anew) = (of(usize::MAX), of(0));
        assert_eq!(kept, anew, "{}", output.route);
        seen.insert((Form::of(format), within.is_some(), kept.1.len() > 65_536));
    }
    assert!(seen.len() >= 5, "{seen:?}");
}
