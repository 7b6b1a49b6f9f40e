//! What stands above the rows of a list: title, column, the other lists of its kind with their counts.
//!
//! In: the world and its joins. Out: the index page of every section and of every term. The rows themselves Hugo takes
//! from the pages, by section and by taxonomy, fifty a page.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use serde_json::{Value, json};

use super::joins::{Joins, chain, is_public};
use super::region::region_of;
use super::words::{BASE, is_stub, level, tier};
use crate::documents::create_folder;
use crate::front_matter::page;
use crate::world::{Tier, World};

/// A list by which another can be narrowed: value, label, count.
type Facet = Vec<(String, String, u64)>;

/// Counts of all records of a kind that are listed.
pub fn counts(world: &World) -> [(&'static str, &'static str, u64); 7] {
    let enterprises =
        (0..world.enterprises).filter(|number| !is_stub(world.enterprise(*number).status)).count();
    let penalties = (0..world.penalties).map(|number| world.penalty(number));
    let penalties = penalties.filter(|one| is_public(one.withdrawn_on, one.publish_until)).count();
    let entries = (0..world.blacklist).map(|number| world.blacklist_entry(number));
    let entries = entries.filter(|one| is_public(one.withdrawn_on, one.publish_until)).count();
    let regions = Tier::ALL.iter().map(|tier| world.places(*tier)).sum();
    [
        ("enterprises", "食品生产经营主体", enterprises as u64),
        ("cadres", "包保干部", world.cadre_count()),
        ("sampling", "抽检通告", world.notices),
        ("blacklist", "严重违法失信名单", entries as u64),
        ("penalties", "行政处罚", penalties as u64),
        ("regions", "行政区划", regions),
        ("books", "口袋书", 1),
    ]
}

/// What the page of a list prints around its rows.
pub struct Head<'t> {
    pub title: &'t str,
    pub kind: &'t str,
    pub column: &'t str,
    pub column_type: &'t str,
    pub about: &'t str,
    pub words: &'t str,
    /// Folders above its first page; its further pages stand two deeper.
    pub depth: usize,
}

/// The front matter of a list: what its pages print, and how their links begin.
pub fn listed(head: &Head<'_>) -> Value {
    json!({
        "title": head.title, "type": head.kind, "column": head.column, "column_type": head.column_type,
        "about": head.about, "words": head.words, "up": "", "up_further": "../../",
        "root": "../".repeat(head.depth), "root_further": "../".repeat(head.depth + 2),
    })
}

fn of_kind(folder: &str, name: &str, title: &str) -> Value {
    let column_type = match folder {
        "cadres" => "负责人信息",
        "sampling" => "数据发布",
        "regions" => "概况信息",
        "books" => "政策解读",
        _ => "信息公开",
    };
    listed(&Head {
        title,
        kind: folder,
        column: name,
        column_type,
        about: &format!("示范市食品安全委员会办公室公开的{name}信息"),
        words: &format!("{name},食品安全,示范市食品安全公示平台"),
        depth: 1,
    })
}

/// Writes the index of every kind and of every list by level or by region.
pub fn lists(world: &World, joins: &Joins, root: &Path) -> Result<()> {
    for (folder, name, _) in counts(world) {
        let mut front = of_kind(folder, name, name);
        if let Value::Object(fields) = &mut front {
            let feed = match folder {
                "sampling" => Some("feeds/sampling_notices.xml"),
                "blacklist" => Some("feeds/blacklist.xml"),
                "penalties" => Some("feeds/penalties.xml"),
                _ => None,
            };
            fields.insert("feed".into(), json!(feed));
            if let Some((levels, regions)) = facets_of(world, joins, folder) {
                fields.insert("facets".into(), facets(folder, &levels, &regions, None));
            }
        }
        create_folder(&root.join(folder))?;
        page(root.join(folder).join("_index.md"), &front, "")?;
    }
    for (folder, taxonomy, name) in
        [("enterprises", "enterprise", "食品生产经营主体"), ("cadres", "cadre", "包保干部")]
    {
        let Some((levels, regions)) = facets_of(world, joins, folder) else { continue };
        let write = |by: &str, value: &String, label: &str, whole: &str| {
            let mut front = of_kind(folder, name, &format!("{whole}{name}"));
            if let Value::Object(fields) = &mut front {
                for (key, told) in [
                    ("slug", json!(value)),
                    ("above", json!(format!("{BASE}{folder}/index.html"))),
                    ("chosen", json!(label)),
                    ("facets", facets(folder, &levels, &regions, Some(value))),
                    ("up", json!("../")),
                    ("up_further", json!("../../../")),
                    ("root", json!("../../")),
                    ("root_further", json!("../../../../")),
                ] {
                    fields.insert(key.into(), told);
                }
            }
            term(root, &format!("{taxonomy}_{by}"), value, &front)
        };
        for (value, label, _) in &levels {
            write("level", value, label, label)?;
        }
        for (value, label, _) in &regions {
            let above = chain(value).skip(1).filter_map(|code| region_of(world, code));
            write("region", value, label, &above.map(|region| region.name).collect::<String>())?;
        }
    }
    Ok(())
}

fn term(root: &Path, taxonomy: &str, value: &str, front: &Value) -> Result<()> {
    let folder = root.join(taxonomy).join(value);
    create_folder(&folder)?;
    page(folder.join("_index.md"), front, "")
}

/// The levels and the regions by which a kind is listed.
fn facets_of(world: &World, joins: &Joins, folder: &str) -> Option<(Facet, Facet)> {
    let mut levels: BTreeMap<String, (String, u64)> = BTreeMap::new();
    let mut regions: BTreeMap<String, (String, u64)> = BTreeMap::new();
    let mut add = |value: &str, label: String, code: &str| {
        levels.entry(value.to_string()).or_insert((label, 0)).1 += 1;
        for code in chain(code).skip(1).take(2) {
            regions.entry(code.to_string()).or_default().1 += 1;
        }
    };
    match folder {
        "enterprises" => {
            for number in joins.enterprises_in.values().flatten() {
                let enterprise = world.enterprise(*number);
                add(enterprise.tier.letter(), level(enterprise.tier), &enterprise.region.code);
            }
        }
        "cadres" => {
            for number in 0..world.cadre_count() {
                let cadre = world.cadre(number);
                add(cadre.tier.key(), tier(cadre.tier).to_string(), &cadre.region.code);
            }
        }
        _ => return None,
    }
    let flat = |values: BTreeMap<String, (String, u64)>| -> Facet {
        values.into_iter().map(|(value, (label, count))| (value, label, count)).collect()
    };
    let named = regions.into_iter().map(|(code, (_, count))| {
        let name = region_of(world, &code).map_or(String::new(), |region| region.name);
        (code, name, count)
    });
    Some((flat(levels), named.collect()))
}

/// All levels; of regions the counties, and of the chosen one's county the townships.
fn facets(kind: &str, levels: &Facet, regions: &Facet, chosen: Option<&String>) -> Value {
    let county = chosen.filter(|value| value.starts_with("99")).and_then(|value| value.get(..6));
    let shown = regions.iter().filter(|(code, ..)| code.len() == 6 || code.get(..6) == county);
    let values = |folder: &str, shown: Vec<&(String, String, u64)>| -> Value {
        let values = shown.into_iter().map(|(value, label, count)| {
            json!({"href": format!("{folder}/{value}.html"), "label": label, "count": count,
                "active": (chosen == Some(value)).then_some(true)})
        });
        values.collect()
    };
    let (level, region) = if kind == "cadres" { ("层级", "地区") } else { ("包保等级", "所在地") };
    json!([
        {"label": level, "shown": values("level", levels.iter().collect())},
        {"label": region, "shown": values("region", shown.collect())},
    ])
}
