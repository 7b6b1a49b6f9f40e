//! Pages of regions, and what other pages say of a region: its place and its station.
//!
//! In: the world and its joins. Out: front matter. Not here: lists of enterprises and cadres by region (`lists`).

use std::path::Path;

use anyhow::Result;
use serde_json::{Value, json};

use super::joins::{Joins, chain};
use super::parts::{Parts, part, unlisted};
use super::words::{level, sector, status, tier};
use crate::documents::create_folder;
use crate::front_matter::page;
use crate::world::{Region, Tier, World};

/// A region by its code.
pub fn region_of(world: &World, code: &str) -> Option<Region> {
    let (tier, place) = place_of(world, code)?;
    Some(world.region(tier, place))
}

fn place_of(world: &World, code: &str) -> Option<(Tier, u64)> {
    let local = |from: usize, to: usize, first: u64| {
        code.get(from..to).and_then(|digits| digits.parse::<u64>().ok())?.checked_sub(first)
    };
    let county = || local(4, 6, 1);
    let township =
        || Some(crate::world::first(county()?, world.townships, world.counties) + local(6, 9, 101)?);
    Some(match code.len() {
        4 => (Tier::City, 0),
        6 => (Tier::County, county()?),
        9 => (Tier::Township, township()?),
        _ => {
            let first = crate::world::first(township()?, world.villages, world.townships);
            (Tier::Village, first + local(9, 12, 201)?)
        }
    })
}

/// The regions that a page names for a place: those below the portal's own; the city for itself.
pub fn place(world: &World, code: &str, folder: &str) -> Value {
    let own = chain(code).skip(usize::from(code.len() > 4));
    own.filter_map(|code| region_of(world, code))
        .map(|region| json!({"title": region.name, "href": format!("{folder}{}.html", region.code)}))
        .collect()
}

/// The station that watches over a place: its township's, else the portal's own.
pub fn station(world: &World, code: &str) -> Value {
    let Some((Tier::Township, township)) = code.get(..9).and_then(|code| place_of(world, code)) else {
        return json!({"org": "示范市食品安全委员会办公室", "phone": "0000-1234567"});
    };
    json!({
        "org": format!("{}市场监督管理局", world.region(Tier::County, world.county_of(township)).name),
        "name": format!("{}市场监管所", world.region(Tier::Township, township).name),
        "phone": format!("0000-{}", 2_300_000 + township),
    })
}

/// Writes every page of a region.
pub fn regions(world: &World, joins: &Joins, root: &Path) -> Result<()> {
    let folder = root.join("regions");
    create_folder(&folder)?;
    let mut below: std::collections::HashMap<String, Vec<Value>> = std::collections::HashMap::new();
    for tier in [Tier::County, Tier::Township, Tier::Village] {
        for place in 0..world.places(tier) {
            let region = world.region(tier, place);
            let above = region.code.len() - if tier == Tier::County { 2 } else { 3 };
            let child = json!({"title": region.name, "href": format!("{}.html", region.code),
                "count": joins.counts_of(&region.code)[0]});
            below.entry(region.code.get(..above).unwrap_or("").to_string()).or_default().push(child);
        }
    }
    let of = |tier: Tier| (0..world.places(tier)).map(move |number| (tier, number));
    let mut all: Vec<(Region, Tier, u64)> = Tier::ALL
        .into_iter()
        .flat_map(of)
        .map(|(tier, number)| (world.region(tier, number), tier, number))
        .collect();
    all.sort_by(|one, other| one.0.code.cmp(&other.0.code));
    for (weight, (region, tier, number)) in (1..).zip(&all) {
        let cadres = joins.cadres_in.get(&region.code).map_or(&[] as &[u64], Vec::as_slice);
        let enterprises = joins.enterprises_in.get(&region.code).map_or(&[] as &[u64], Vec::as_slice);
        let parts = Parts::new(&region.code, cadres.len().max(enterprises.len()));
        for at in 0..parts.count() {
            let mut front = tables(world, part(cadres, at), part(enterprises, at));
            if let Value::Object(fields) = &mut front {
                fields.insert("pager".into(), parts.pager(at));
                fields.insert("further".into(), json!((at > 0).then_some(true)));
                fields.insert("build".into(), json!((at > 0).then(unlisted)));
                head(world, joins, (*tier, *number), region, fields);
                if at == 0 {
                    fields.insert("children".into(), json!(below.get(&region.code)));
                    fields.insert("weight".into(), json!(weight));
                }
            }
            page(folder.join(format!("{}.md", parts.name(at))), &front, "")?;
        }
    }
    Ok(())
}

fn head(
    world: &World,
    joins: &Joins,
    (of, number): (Tier, u64),
    region: &Region,
    fields: &mut serde_json::Map<String, Value>,
) {
    let counts = joins.counts_of(&region.code);
    let by_level = Tier::ALL.iter().zip(counts.iter().skip(1));
    let listed = matches!(of, Tier::City | Tier::County | Tier::Township) && counts[0] > 0;
    let all = match of {
        Tier::City => "../enterprises/index.html".to_string(),
        _ => format!("../enterprises/region/{}.html", region.code),
    };
    // Those of one level: the list by level of the whole, else the list of the region when it has no other.
    let href = |tier: &Tier, count: u64| match of {
        _ if count == 0 || !listed => None,
        Tier::City => Some(format!("../enterprises/level/{}.html", tier.letter())),
        _ => (count == counts[0]).then(|| all.clone()),
    };
    let levels: Vec<Value> = by_level
        .map(|(tier, count)| json!({"name": level(*tier), "count": count, "href": href(tier, *count)}))
        .collect();
    let population = match of {
        Tier::City => Some(world.enterprises * 142),
        Tier::County => Some(260_000 + number * 7_919 % 300_000),
        _ => None,
    };
    let mut crumbs = place(world, &region.code, "");
    let mut position = 3;
    if let Value::Array(crumbs) = &mut crumbs {
        crumbs.pop();
        position += crumbs.len();
    }
    for (key, value) in [
        ("title", json!(region.name)),
        ("tier", json!(tier(of))),
        ("code", json!(region.code)),
        ("above", crumbs),
        ("position", json!(position)),
        ("station", station(world, &region.code)),
        ("population", json!(population)),
        ("counts", json!(levels)),
        ("list", json!(listed.then_some(&all))),
        ("progress", json!(progress(of, region))),
    ] {
        fields.insert(key.into(), value);
    }
}

/// The dashboard of a region: of the city, of counties and of townships.
fn progress(of: Tier, region: &Region) -> Option<String> {
    match of {
        Tier::City => Some("../progress.html".into()),
        Tier::Village => None,
        _ => Some(format!("../progress/{}.html", region.code)),
    }
}

fn tables(world: &World, cadres: &[u64], enterprises: &[u64]) -> Value {
    let cadres = cadres.iter().map(|number| {
        let cadre = world.cadre(*number);
        json!({"href": format!("../cadres/{}.html", cadre.id), "name": cadre.name, "tier": tier(cadre.tier),
            "org": cadre.org, "post": cadre.post, "phone": cadre.phone})
    });
    let enterprises = enterprises.iter().map(|number| {
        let enterprise = world.enterprise(*number);
        json!({"href": format!("../enterprises/{}.html", enterprise.id), "name": enterprise.name,
            "level": level(enterprise.tier), "sector": sector(enterprise.sector),
            "status": status(enterprise.status), "address": enterprise.address})
    });
    json!({"cadres": cadres.collect::<Vec<_>>(), "enterprises": enterprises.collect::<Vec<_>>()})
}
