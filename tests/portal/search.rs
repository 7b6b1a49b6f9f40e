//! The search index is whole and holds nothing else: what its shards and blocks say is what the portal publishes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use gongshi::cache::Cache;
use gongshi::pipeline::{SearchIndex, judge, plan};
use gongshi::search::IndexFile;
use serde_json::Value;

use crate::support::{DAY, Project, Tree, assert_same, holders, input_of, place, repository};

const DIGITS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!#$()*+-./=?";
const BASE: &str = "https://spaq.example.gov.cn/gongshi/";

/// What a file of the index holds, by its name.
fn held(site: &Tree, name: &str) -> Value {
    let path = format!("search/{name}.js");
    let text = std::str::from_utf8(site.get(&path).unwrap_or_else(|| panic!("{path} is missing"))).unwrap();
    let body = text.strip_prefix(&format!("gongshiSearch(\"{name}\",")).unwrap().strip_suffix(")\n").unwrap();
    serde_json::from_str(body).unwrap()
}

/// A reader of numbers, as docs/search.md has them.
struct Numbers<'n>(std::iter::Peekable<std::str::Chars<'n>>);

impl Numbers<'_> {
    fn number(&mut self) -> u64 {
        let (mut number, mut shift) = (0, 0);
        loop {
            let digit = DIGITS.find(self.0.next().unwrap()).unwrap() as u64;
            number |= (digit & 31) << shift;
            shift += 5;
            if digit < 32 {
                return number;
            }
        }
    }

    fn ascending(&mut self, count: usize, mut next: u64) -> Vec<u64> {
        let one = |_| {
            let number = next + self.number();
            next = number + 1;
            number
        };
        (0..count).map(one).collect()
    }
}

/// The documents that any term of an index names, by kind; tiers are checked against what their terms tell of them.
fn named(site: &Tree, bits: u32) -> BTreeMap<u64, BTreeSet<u64>> {
    let entries: Vec<String> = (0..1u32 << bits)
        .flat_map(|shard| {
            let text = held(site, &format!("t/{shard}")).as_str().unwrap().to_string();
            text.split(' ').skip(1).map(str::to_string).collect::<Vec<_>>()
        })
        .collect();
    let mut named: BTreeMap<u64, BTreeSet<u64>> = BTreeMap::new();
    for entry in &entries {
        let mut numbers = Numbers(entry[5..].chars().peekable());
        let mut before = None;
        while numbers.0.peek().is_some() {
            let (group, told) = (numbers.number(), numbers.number());
            assert!(before < Some(group), "groups are sorted: {entry}");
            before = Some(group);
            let count = (told / 2) as usize;
            assert!(count <= 512 && told % 2 == 0, "{entry}");
            named.entry(group / 2).or_default().extend(numbers.ascending(count, 0));
        }
    }
    named
}

/// The addresses of all records of the index, with how many documents each has; what the manifest counts is checked.
fn found(site: &Tree) -> BTreeMap<String, usize> {
    let manifest = held(site, "index");
    let named = named(site, manifest["bits"][0].as_u64().unwrap() as u32);
    let mut all = BTreeMap::new();
    for (at, kind) in manifest["kinds"].as_array().unwrap().iter().enumerate() {
        let [count, pages, block] = ["count", "pages", "block"].map(|key| kind[key].as_u64().unwrap());
        let documents: Vec<u64> = named[&(at as u64)].iter().copied().collect();
        assert_eq!(documents, (0..count).collect::<Vec<_>>(), "{}", kind["key"]);
        let blocks = (0..count.div_ceil(block)).map(|number| held(site, &format!("r/{at}-{number}")));
        let records: Vec<Value> = blocks.flat_map(|block| block.as_array().unwrap().clone()).collect();
        assert_eq!(records.len() as u64, count, "{}", kind["key"]);
        let mut of_kind: BTreeMap<String, usize> = BTreeMap::new();
        for record in &records {
            *of_kind.entry(record[0].as_str().unwrap().to_string()).or_default() += 1;
        }
        assert_eq!(of_kind.len() as u64, pages, "{}", kind["key"]);
        all.extend(of_kind);
    }
    let files = site.keys().filter(|path| path.starts_with("search/t/")).count();
    assert_eq!(files, 1 << manifest["bits"][0].as_u64().unwrap());
    // No term of these small portals needs a tier.
    assert_eq!((&manifest["bits"][1], held(site, "u/0")), (&0.into(), "".into()));
    all
}

#[test]
fn the_index_names_every_record_with_a_page_and_nothing_else() {
    for project in [Project::demo(), Project::small()] {
        let site = project.clean_site(DAY);
        let found = found(&site);
        for path in found.keys() {
            assert!(site.contains_key(path), "{path} is no page");
        }
        let mut published = 0;
        for (path, bytes) in
            site.iter().filter(|(path, _)| path.starts_with("data/") && path.ends_with(".json"))
        {
            let records: Value = serde_json::from_slice(bytes).unwrap();
            for record in records.as_array().into_iter().flatten() {
                let page = record["page_url"].as_str().or(record["url"].as_str());
                if let Some(page) = page {
                    let page = page.strip_prefix(BASE).unwrap();
                    assert!(found.contains_key(page), "{page} of {path} cannot be found");
                    published += 1;
                }
            }
        }
        assert!(published > 10, "{published}");
    }
}

#[test]
fn enterprises_that_have_closed_stand_behind_all_others_in_the_index() {
    let site = Project::demo().clean_site(DAY);
    let data: Value = serde_json::from_slice(&site["data/enterprises.json"]).unwrap();
    let rows = data.as_array().unwrap().iter();
    let open: BTreeSet<&str> = rows
        .filter(|row| !["closed", "zombie"].contains(&row["status"].as_str().unwrap()))
        .map(|row| row["url"].as_str().unwrap().strip_prefix(BASE).unwrap())
        .collect();
    let manifest = held(&site, "index");
    let (at, kind) = (0..)
        .zip(manifest["kinds"].as_array().unwrap())
        .find(|(_, kind)| kind["key"] == "enterprises")
        .unwrap();
    let [count, block] = ["count", "block"].map(|key| kind[key].as_u64().unwrap());
    let blocks = (0..count.div_ceil(block)).map(|number| held(&site, &format!("r/{at}-{number}")));
    let are_open: Vec<bool> = blocks
        .flat_map(|block| block.as_array().unwrap().clone())
        .map(|record| open.contains(record[0].as_str().unwrap()))
        .collect();
    assert!(open.len() < are_open.len());
    assert!(are_open.is_sorted_by(|one, next| one >= next), "{are_open:?}");
    // What lies in a region ends where they begin.
    assert_eq!(kind["starts"].as_array().unwrap().last().unwrap(), open.len());
}

#[test]
fn a_long_text_is_found_by_its_passages() {
    let project = Project::small();
    let path = "content/articles/notices/2026-01.md";
    let long: String =
        (0..40).map(|at| format!("第{at}段写满许多字，好让这一页分成几个段落来检索。\n\n")).collect();
    project.write(path, format!("{}\n{long}", project.text(path)));
    let found = found(&project.clean_site(DAY));
    assert!(found["articles/notices/2026-01.html"] > 1, "{found:?}");
}

#[test]
fn figures_in_texts_are_indexed_as_they_are_printed() {
    let site = Project::demo().clean_site(DAY);
    let blocks: Tree = site.into_iter().filter(|(path, _)| path.starts_with("search/r/")).collect();
    assert!(blocks.len() > 20);
    assert_eq!(holders(&blocks, "{{"), [""; 0]);
}

#[test]
fn what_is_withdrawn_leaves_the_index() {
    let project = Project::small();
    let before = found(&project.clean_site(DAY));
    let gone = before.keys().find(|path| path.starts_with("penalties/")).unwrap().clone();
    let id = gone.strip_prefix("penalties/").unwrap().strip_suffix(".html").unwrap();
    let line = format!("  - {{kind: penalty, id: {id}, \"on\": 2026-11-20, reason: 信用修复}}\n");
    project.edit("content/ledgers/credit.yaml", "withdrawals:\n", &format!("withdrawals:\n{line}"));
    let site = project.clean_site(DAY);
    assert!(!found(&site).contains_key(&gone));
    assert!(site.contains_key(&gone), "a tombstone stands there");
}

#[test]
fn the_search_page_leads_by_counties_where_towns_are_too_many_to_list() {
    let project = Project::small();
    let towns = |site: &Tree| {
        let page = String::from_utf8(site["search.html"].clone()).unwrap();
        let browse = page.split_once("id=\"browse\"").unwrap().1.to_string();
        assert!(browse.contains(">样例县</a>") && browse.contains("regions/990101.html"), "{browse}");
        browse.matches("cadres/region/").count()
    };
    assert!((1..10).contains(&towns(&project.clean_site(DAY))));
    let (mut regions, mut cadres) = ("regions:\n".to_string(), "cadres:\n".to_string());
    for town in 103..404 {
        regions += &format!("  - {{code: \"990101{town}\", name: 第{town}镇, level: township}}\n");
        cadres += &format!(
            "  - {{id: town-{town}, name: 沈试讲, level: township, region: \"990101{town}\", org: 第{town}镇人民政府, post: 副镇长, \
             phone_office: 0000-3456025, pledge: {{signed_on: 2026-01-12}}, from: 2023-03-01}}\n"
        );
    }
    project.write("content/ledgers/more.yaml", regions + &cadres);
    assert_eq!(towns(&project.clean_site(DAY)), 0);
}

#[test]
fn an_index_made_with_the_help_of_the_disk_is_the_same_and_leaves_nothing_there() {
    let kept = place();
    fs::write(kept.path().join("file"), "").unwrap();
    let input = input_of(repository());
    let files = |search: SearchIndex, cache: &Cache| -> Tree {
        let judged = judge(&input, cache).unwrap();
        let planned = plan(&input, judged, cache, search).unwrap();
        let write = |file: IndexFile| (file.path(), planned.index.write(&planned.portal, file).unwrap());
        planned.index.files().iter().map(|(file, _)| write(*file)).collect()
    };
    let in_memory = files(SearchIndex::Made, &Cache::none());
    assert!(in_memory.len() > 200, "{}", in_memory.len());
    let below = kept.path().join("below");
    for (folder, what) in [
        (&below, "a new folder"),
        (&below, "postings of the build before"),
        (&kept.path().join("file/below"), "a folder that cannot be made"),
    ] {
        let on_disk = files(SearchIndex::MadeOnDisk, &Cache::open(folder));
        assert_same(&in_memory, &on_disk, what);
    }
    let names = fs::read_dir(&below).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert!(names.into_iter().all(|name| !name.starts_with('.')));
}
