//! Pages of cadres: the post, the running quarter, the enterprises by level, visits.
//!
//! In: the world and its joins. Out: front matter with counts and tables ready made.

use std::path::Path;

use anyhow::Result;
use serde_json::{Value, json};

use super::enterprise::visit_row;
use super::joins::{Joins, ROWS, chain};
use super::parts::{Parts, part, unlisted};
use super::region::place;
use super::words::{level, quarter, role, sector, tier, zh};
use crate::documents::create_folder;
use crate::enterprise::Enterprise;
use crate::front_matter::page;
use crate::world::{AS_OF, Cadre, Tier, World};

/// Writes every page of a cadre.
pub fn cadres(world: &World, joins: &Joins, root: &Path) -> Result<()> {
    let folder = root.join("cadres");
    create_folder(&folder)?;
    for number in 0..world.cadre_count() {
        let cadre = world.cadre(number);
        let covered = covered(world, joins, number);
        let visits = joins.visits_of.get(&number).map_or(&[] as &[(u64, u64)], Vec::as_slice);
        let parts = Parts::new(&cadre.id, covered.len().max(visits.len()));
        for at in 0..parts.count() {
            let mut front = front(world, &cadre, &covered, visits, at);
            if let Value::Object(fields) = &mut front {
                fields.insert("pager".into(), parts.pager(at));
                if at == 0 {
                    fields.insert("weight".into(), json!(number + 1));
                    fields.insert("cadre_level".into(), json!([cadre.tier.key()]));
                    let above: Vec<&str> = chain(&cadre.region.code).skip(1).take(2).collect();
                    fields.insert("cadre_region".into(), json!(above));
                }
            }
            page(folder.join(format!("{}.md", parts.name(at))), &front, "")?;
        }
    }
    Ok(())
}

/// An enterprise of a cadre's, and whether he covers it now; those of now first.
struct Covered {
    enterprise: Enterprise,
    role: &'static str,
    current: bool,
}

fn covered(world: &World, joins: &Joins, cadre: u64) -> Vec<Covered> {
    let numbers = joins.enterprises_of.get(&cadre).map_or(&[] as &[u64], Vec::as_slice);
    let mut rows: Vec<Covered> = numbers
        .iter()
        .filter_map(|number| {
            let enterprise = world.enterprise(*number);
            let own = enterprise.covered_by.iter().filter(|cover| cover.cadre == cadre);
            let best = own.min_by_key(|cover| cover.to.is_some())?;
            let (role, current) = (role(best.role), best.to.is_none_or(|to| to >= AS_OF));
            Some(Covered { enterprise, role, current })
        })
        .collect();
    rows.sort_by_key(|row| !row.current);
    rows
}

fn front(world: &World, cadre: &Cadre, covered: &[Covered], visits: &[(u64, u64)], at: usize) -> Value {
    let enterprises = part(covered, at).iter().map(|row| {
        let enterprise = &row.enterprise;
        json!({
            "href": format!("../enterprises/{}.html", enterprise.id), "name": enterprise.name,
            "level": level(enterprise.tier), "sector": sector(enterprise.sector), "role": row.role,
            "state": if row.current { "现任" } else { "已结束" }, "address": enterprise.address,
        })
    });
    let made = part(visits, at).iter().map(|(number, n)| {
        let enterprise = world.enterprise(*number);
        let href = format!("../enterprises/{}.html", enterprise.id);
        visit_row(&world.visit(&enterprise, *n), &enterprise.name, href)
    });
    let shown: Vec<&Covered> = part(covered, at).iter().filter(|row| row.current).collect();
    let load = (at == 0 && part(covered, at).len() < ROWS).then(|| {
        let levels = Tier::ALL.map(|tier| {
            let count = shown.iter().filter(|row| row.enterprise.tier == tier).count();
            (count > 0).then(|| json!({"name": level(tier), "count": count}))
        });
        let visits = Some(part(visits, at).len()).filter(|count| (1..ROWS).contains(count));
        json!({"now": shown.len(), "levels": levels.into_iter().flatten().collect::<Vec<_>>(), "visits": visits})
    });
    let owed = covered.iter().filter(|row| row.current && row.enterprise.status == "active").count();
    let running = quarter(AS_OF.year(), 3);
    json!({
        "title": cadre.name, "shown_on": cadre.from.to_string(), "tier": tier(cadre.tier),
        "org": cadre.org, "post": cadre.post, "phone": cadre.phone,
        "place": place(world, &cadre.region.code, "../regions/"), "pledge": zh(cadre.from), "from": zh(cadre.from),
        // Visits are told of up to the quarter before this one.
        "quarter": (at == 0 && owed > 0).then(|| json!({"done": 0, "owed": owed, "label": running})),
        "load": load, "enterprises": enterprises.collect::<Vec<_>>(), "visits": made.collect::<Vec<_>>(),
        "further": (at > 0).then_some(&cadre.id), "build": (at > 0).then(unlisted),
    })
}
