//! The home page: doors, what is new, regions, levels, kinds, columns.
//!
//! In: the world and its joins. Out: front matter. Not here: the four headline figures and the charts, which Hugo's side
//! leaves out with the dashboards.

use std::path::Path;

use anyhow::Result;
use serde_json::{Value, json};

use super::joins::{Joins, is_public};
use super::lists::counts;
use super::prose::in_column;
use super::sampling::heading;
use super::words::{both, level, zh};
use crate::front_matter::page;
use crate::prose::COLUMNS;
use crate::world::{Tier, World};

/// Newest facts shown.
const LATEST: usize = 5;

/// Writes the home page.
pub fn home(world: &World, joins: &Joins, root: &Path) -> Result<()> {
    let counted = counts(world);
    let doors = counted.iter().map(|(folder, title, count)| {
        json!({"href": format!("{folder}/index.html"), "title": title, "count": count})
    });
    let regions = (0..world.counties).map(|place| {
        let region = world.region(Tier::County, place);
        json!({"href": format!("regions/{}.html", region.code), "title": region.name,
            "count": joins.counts_of(&region.code)[0]})
    });
    let all = joins.counts_of("9901");
    let levels = Tier::ALL.iter().zip(all.iter().skip(1)).map(|(tier, count)| {
        json!({"href": format!("enterprises/level/{}.html", tier.letter()), "title": level(*tier), "count": count})
    });
    let columns = COLUMNS.iter().map(|(column, name, _)| {
        let items = in_column(world, column).into_iter().take(3).map(|number| {
            let article = world.article(number);
            json!({"title": article.title, "href": format!("articles/{column}/{}.html", article.slug)})
        });
        json!({"name": name, "href": format!("articles/{column}/index.html"), "articles": items.collect::<Vec<_>>()})
    });
    let front = json!({
        "title": "示范市食品安全公示平台", "enterprises": all[0], "cadres": world.cadre_count(), "failed": failed(world),
        "latest": latest(world), "regions": regions.collect::<Vec<_>>(), "levels": levels.collect::<Vec<_>>(),
        "doors": doors.collect::<Vec<_>>(), "columns": columns.collect::<Vec<_>>(),
        "books": [{"title": super::prose::BOOK, "href": "books/2026-township.html"}],
    });
    page(root.join("_index.md"), &front, "")
}

/// The newest notice with samples that failed.
fn failed(world: &World) -> Value {
    let newest = (0..world.notices).rev().find_map(|number| {
        let notice = world.notice(number);
        let failed = (notice.samples.0..notice.samples.1).filter(|number| world.sample(*number).failure.is_some());
        let batches = failed.count();
        (batches > 0).then(|| {
            json!({"href": format!("sampling/{}.html", notice.id), "batches": batches, "day": zh(notice.date)})
        })
    });
    newest.unwrap_or(Value::Null)
}

fn latest(world: &World) -> Value {
    let mut facts = Vec::new();
    for number in world.notices.saturating_sub(LATEST as u64)..world.notices {
        let notice = world.notice(number);
        for number in notice.samples.0..notice.samples.1 {
            let sample = world.sample(number);
            if sample.failure.is_some() {
                let href = format!("sampling/{}/{}.html", notice.id, sample.sample_no);
                facts.push((sample.reported_on, href, sample.food.to_string(), "抽检结果"));
            }
        }
        facts.push((notice.date, format!("sampling/{}.html", notice.id), heading(&notice), "抽检通告"));
    }
    for number in 0..world.articles.min(LATEST as u64) {
        let article = world.article(number);
        let name = COLUMNS.iter().find(|column| column.0 == article.column).map_or("", |column| column.1);
        let href = format!("articles/{}/{}.html", article.column, article.slug);
        facts.push((article.published, href, article.title, name));
    }
    for number in 0..world.penalties {
        let penalty = world.penalty(number);
        if is_public(penalty.withdrawn_on, penalty.publish_until) {
            let href = format!("penalties/{}.html", penalty.id);
            facts.push((penalty.published_on, href, penalty.doc_no, "行政处罚"));
        }
    }
    facts.sort_by(|one, other| other.cmp(one));
    let rows = facts.into_iter().take(LATEST).map(
        |(day, href, title, label)| json!({"href": href, "title": title, "label": label, "day": both(day)}),
    );
    rows.collect()
}
