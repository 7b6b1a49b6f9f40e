//! Pages of penalties and of the list of seriously dishonest parties, what is left of those that are over, and their
//! rows on pages of enterprises.
//!
//! In: the world and its joins. Out: front matter.

use std::path::Path;

use anyhow::Result;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::joins::{Joins, is_public};
use super::parts::unlisted;
use super::words::zh;
use crate::documents::create_folder;
use crate::front_matter::page;
use crate::words::BREACHES;
use crate::world::World;

const ORGAN: &str = "示范市市场监督管理局";

/// Writes every page of a penalty and of an entry.
pub fn credit(world: &World, joins: &Joins, root: &Path) -> Result<()> {
    penalties(world, joins, &root.join("penalties"))?;
    blacklist(world, &root.join("blacklist"))
}

fn penalties(world: &World, joins: &Joins, folder: &Path) -> Result<()> {
    create_folder(folder)?;
    let all = (0..world.penalties).map(|number| world.penalty(number));
    let places = newest_first(all.map(|penalty| (penalty.published_on, penalty.id)).collect());
    for number in 0..world.penalties {
        let penalty = world.penalty(number);
        let path = folder.join(format!("{}.md", penalty.id));
        if !is_public(penalty.withdrawn_on, penalty.publish_until) {
            page(path, &tombstone("行政处罚", penalty.withdrawn_on), "")?;
            continue;
        }
        let enterprise = world.enterprise(penalty.enterprise);
        let front = json!({
            "title": penalty.doc_no, "weight": places.get(number as usize), "shown_on": penalty.published_on.to_string(),
            "party": enterprise.name, "party_href": format!("../enterprises/{}.html", enterprise.id),
            "uscc": enterprise.uscc, "severity": if penalty.serious { "严重" } else { "一般" },
            "kinds": if penalty.serious { "罚款、吊销许可证" } else { "罚款" },
            "breach": penalty.breach, "content": penalty.content, "organ": ORGAN,
            "decided_on": zh(penalty.decided_on), "published_on": zh(penalty.published_on),
            "until": zh(penalty.publish_until), "blacklist": blacklist_of(world, joins, penalty.enterprise),
        });
        page(path, &front, "")?;
    }
    Ok(())
}

fn blacklist(world: &World, folder: &Path) -> Result<()> {
    create_folder(folder)?;
    let all = (0..world.blacklist).map(|number| world.blacklist_entry(number));
    let places = newest_first(all.map(|entry| (entry.listed_on, entry.id)).collect());
    for number in 0..world.blacklist {
        let entry = world.blacklist_entry(number);
        let path = folder.join(format!("{}.md", entry.id));
        if !is_public(entry.withdrawn_on, entry.publish_until) {
            page(path, &tombstone("严重违法失信名单", entry.withdrawn_on), "")?;
            continue;
        }
        let enterprise = world.enterprise(entry.enterprise);
        let front = json!({
            "title": enterprise.name, "weight": places.get(number as usize), "shown_on": entry.listed_on.to_string(),
            "party_href": format!("../enterprises/{}.html", enterprise.id), "uscc": enterprise.uscc,
            "ground": ground(), "doc_no": entry.doc_no, "organ": ORGAN, "listed_on": zh(entry.listed_on),
            "until": zh(entry.publish_until),
            "penalty": {"doc_no": entry.penalty_doc_no, "organ": ORGAN, "day": zh(entry.penalty_date),
                "kinds": "罚款、吊销许可证", "summary": format!("吊销许可证，罚款{}万元", entry.fine)},
        });
        page(path, &front, "")?;
    }
    Ok(())
}

fn ground() -> &'static str {
    BREACHES.last().map_or("", |breach| breach.0)
}

/// Places in a list that has the newest first, and those of one day by id.
fn newest_first(rows: Vec<(Date, String)>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|at| rows.get(*at).map(|(day, id)| (std::cmp::Reverse(*day), id.clone())));
    let mut places = vec![0; rows.len()];
    for (place, at) in (1..).zip(order) {
        if let Some(slot) = places.get_mut(at) {
            *slot = place;
        }
    }
    places
}

fn tombstone(kind: &str, withdrawn: Option<Date>) -> Value {
    let (title, text) = match withdrawn {
        Some(_) => ("该信息已撤回", "发布单位已撤回本页原有内容。"),
        None => ("该信息公示期已满", "依照公示期限的规定，本页原有内容已停止公示。"),
    };
    json!({"title": title, "type": "tombstone", "build": unlisted(), "text": text, "of": kind})
}

/// The rows of penalties on the page of an enterprise.
pub fn penalties_of(world: &World, joins: &Joins, enterprise: u64) -> Value {
    let numbers = joins.penalties_of.get(&enterprise).into_iter().flatten();
    let rows = numbers.map(|number| {
        let penalty = world.penalty(*number);
        json!({"href": format!("../penalties/{}.html", penalty.id), "doc_no": penalty.doc_no, "breach": penalty.breach,
            "content": penalty.content, "decided_on": zh(penalty.decided_on), "until": zh(penalty.publish_until)})
    });
    rows.collect()
}

/// The entries on the page of an enterprise.
pub fn blacklist_of(world: &World, joins: &Joins, enterprise: u64) -> Value {
    let numbers = joins.blacklist_of.get(&enterprise).into_iter().flatten();
    let rows = numbers.map(|number| {
        let entry = world.blacklist_entry(*number);
        json!({"href": format!("../blacklist/{}.html", entry.id), "ground": ground(), "doc_no": entry.doc_no,
            "listed_on": zh(entry.listed_on), "until": zh(entry.publish_until)})
    });
    rows.collect()
}
