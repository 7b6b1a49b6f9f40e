//! Pages of enterprises: the first screen in words, the strip of twelve months, the last four quarters, the tables.
//!
//! In: the world and its joins. Out: front matter in which each table stands as it is printed. Not here: lists of
//! enterprises, which Hugo makes of the same front matter.

use std::path::Path;

use anyhow::Result;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::joins::{Joins, chain};
use super::parts::{Parts, part, unlisted};
use super::region::{place, station};
use super::words::{is_stub, level, mode, role, sector, status, tier, zh};
use crate::documents::create_folder;
use crate::enterprise::{Cover, Enterprise, Visit};
use crate::front_matter::page;
use crate::world::{AS_OF, World};

/// Writes every page of an enterprise.
pub fn enterprises(world: &World, joins: &Joins, root: &Path) -> Result<()> {
    let folder = root.join("enterprises");
    create_folder(&folder)?;
    for number in 0..world.enterprises {
        let enterprise = world.enterprise(number);
        if is_stub(enterprise.status) {
            let front = json!({"title": enterprise.name, "type": "stub", "build": unlisted(), "status": status(enterprise.status)});
            page(folder.join(format!("{}.md", enterprise.id)), &front, "")?;
            continue;
        }
        let visits: Vec<Visit> = (0..world.visits_each).map(|n| world.visit(&enterprise, n)).collect();
        let samples = joins.samples_of.get(&number).map_or(&[] as &[u64], Vec::as_slice);
        let parts = Parts::new(&enterprise.id, visits.len().max(samples.len()));
        for at in 0..parts.count() {
            let front = front(world, joins, &enterprise, (&visits, samples), (&parts, at));
            page(folder.join(format!("{}.md", parts.name(at))), &front, "")?;
        }
    }
    Ok(())
}

fn front(
    world: &World,
    joins: &Joins,
    enterprise: &Enterprise,
    (visits, samples): (&[Visit], &[u64]),
    (parts, at): (&Parts, usize),
) -> Value {
    let licence = &enterprise.licence;
    let published = enterprise.covered_by.iter().map(|cover| cover.from).fold(licence.issued, Date::max);
    let mut front = json!({
        "title": enterprise.name, "shown_on": published.to_string(),
        "level": level(enterprise.tier), "tier": tier(enterprise.tier), "sector": sector(enterprise.sector), "status": status(enterprise.status),
        "risk": enterprise.risk_grade, "uscc": enterprise.uscc, "address": enterprise.address,
        "place": place(world, &enterprise.region.code, "../regions/"),
        "visits": part(visits, at).iter().map(|visit| visit_of(world, visit)).collect::<Vec<_>>(),
        "samples": part(samples, at).iter().map(|number| super::sampling::of_enterprise(world, *number)).collect::<Vec<_>>(),
        "penalties": (at == 0).then(|| super::credit::penalties_of(world, joins, enterprise.number)),
        "blacklist": (at == 0).then(|| super::credit::blacklist_of(world, joins, enterprise.number)),
        "pager": parts.pager(at),
    });
    let Value::Object(fields) = &mut front else { return front };
    if at > 0 {
        fields.insert("further".into(), json!(enterprise.id));
        fields.insert("build".into(), unlisted());
        return front;
    }
    let officers: Vec<Value> =
        enterprise.officers.iter().map(|(name, phone)| json!({"name": name, "phone": phone})).collect();
    let above: Vec<&str> = chain(&enterprise.region.code).skip(1).take(2).collect();
    for (key, value) in [
        ("weight", json!(joins.rank.get(enterprise.number as usize))),
        ("enterprise_level", json!([enterprise.tier.letter()])),
        ("enterprise_region", json!(above)),
        ("business_type", json!(enterprise.business_type)),
        ("legal_rep", json!(enterprise.legal_rep)),
        ("principal", json!(enterprise.legal_rep)),
        ("director", json!(enterprise.director)),
        ("officers", json!(officers)),
        ("station", station(world, &enterprise.region.code)),
        ("covered_by", enterprise.covered_by.iter().map(|cover| covered(world, cover)).collect()),
        ("months", months(world, visits, samples)),
        ("quarters", quarters(enterprise, visits)),
        (
            "licences",
            json!([{"number": licence.number, "scope": licence.scope, "valid_to": zh(licence.valid_to),
            "expired": (licence.valid_to < AS_OF).then_some(true), "issuer": licence.issuer}]),
        ),
    ] {
        fields.insert(key.into(), value);
    }
    front
}

fn covered(world: &World, cover: &Cover) -> Value {
    let cadre = world.cadre(cover.cadre);
    let past = cover.to.is_some_and(|to| to < AS_OF);
    json!({
        "href": format!("../cadres/{}.html", cadre.id), "name": cadre.name, "role": role(cover.role),
        "current": (!past).then_some(true), "org": cadre.org, "post": cadre.post, "phone": cadre.phone,
        "from": zh(cover.from), "to": cover.to.map(zh), "basis": cover.basis,
    })
}

fn visit_of(world: &World, visit: &Visit) -> Value {
    let cadre = world.cadre(visit.cadre);
    visit_row(visit, &cadre.name, format!("../cadres/{}.html", cadre.id))
}

/// A row of a table of visits; what was found in none is left away.
pub fn visit_row(visit: &Visit, name: &str, href: String) -> Value {
    let problem = visit.problem.as_ref();
    json!({
        "date": zh(visit.date), "name": name, "href": href, "mode": mode(visit.mode),
        "problems": problem.map(|_| 1), "closed": problem.map(|problem| u8::from(problem.closed_on.is_some())),
        "recheck": problem.and_then(|problem| problem.rechecked_on()).map(|day| format!("已整改到位 {}", zh(day))),
    })
}

/// The marks of the months in which something was: by number of the month, since Hugo has the words of all twelve.
fn months(world: &World, visits: &[Visit], samples: &[u64]) -> Value {
    let mut marks = [[0u8; 3]; 12];
    let mut mark = |day: Date, of: usize| {
        let ago = (AS_OF.year() - day.year()) * 12 + i16::from(AS_OF.month() - day.month());
        let month = marks.get_mut(day.month() as usize - 1).filter(|_| (0..12).contains(&ago));
        if let Some(count) = month.and_then(|counts| counts.get_mut(of)) {
            *count += 1;
        }
    };
    visits.iter().for_each(|visit| mark(visit.date, 0));
    for number in samples {
        let sample = world.sample(*number);
        mark(sample.sampled_on, 1 + usize::from(sample.failure.is_some()));
    }
    let some = |count: u8| (count > 0).then_some(count);
    let marked = (1..).zip(marks).filter(|(_, counts)| *counts != [0; 3]);
    let months = marked.map(|(month, [visits, samples, failed])| {
        let marks = json!({"visits": some(visits), "samples": some(samples), "failed": some(failed)});
        (format!("m{month}"), marks)
    });
    months.collect::<serde_json::Map<String, Value>>().into()
}

/// The last four quarters: the state as a class, the day of the visit, what it found.
fn quarters(enterprise: &Enterprise, visits: &[Visit]) -> Value {
    let owed = enterprise.status == "active";
    let quarters = (0..4).map(|number| {
        let made = visits
            .iter()
            .find(|visit| visit.date.year() == AS_OF.year() && (visit.date.month() - 1) / 3 == number);
        let problem = made.and_then(|visit| visit.problem.as_ref());
        let state = match (made, problem) {
            (Some(_), Some(problem)) if problem.closed_on.is_none() => "open",
            (Some(_), _) => "done",
            (None, _) if !owed => "not_owed",
            (None, _) if number == 3 => "due",
            (None, _) => "missed",
        };
        json!({
            "state": state, "date": made.map(|visit| zh(visit.date)), "problems": problem.map(|_| 1),
            "closed": problem.map(|problem| u8::from(problem.closed_on.is_some())),
        })
    });
    quarters.collect()
}
