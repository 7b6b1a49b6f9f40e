//! Pages of sampling notices and of unqualified samples, and the rows of samples on pages of enterprises.
//!
//! In: the world. Out: front matter: unqualified batches first, then the table of the others.

use std::path::Path;

use anyhow::Result;
use serde_json::{Value, json};

use super::parts::{Parts, part, unlisted};
use super::words::{BASE, date_kind, zh};
use crate::documents::create_folder;
use crate::front_matter::page;
use crate::sampling::{Disposal, Notice, Sample, Sampled};
use crate::world::World;

const LAB: &str = "示范市食品检验所";

/// Writes every notice and every page of a sample.
pub fn sampling(world: &World, root: &Path) -> Result<()> {
    let folder = root.join("sampling");
    create_folder(&folder)?;
    let mut days: Vec<(jiff::civil::Date, String, u64)> = (0..world.notices)
        .map(|number| (world.notice(number).date, world.notice(number).id, number))
        .collect();
    // The newest first; of one day by id.
    days.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    for (weight, (_, _, number)) in (1..).zip(days) {
        let notice = world.notice(number);
        let mut samples: Vec<(u64, Sample)> =
            (notice.samples.0..notice.samples.1).map(|number| (number, world.sample(number))).collect();
        samples.sort_by(|one, other| one.1.sample_no.cmp(&other.1.sample_no));
        let (bad, good): (Vec<_>, Vec<_>) =
            samples.into_iter().partition(|(_, sample)| sample.failure.is_some());
        for (number, sample) in &bad {
            let folder = folder.join(&notice.id);
            create_folder(&folder)?;
            page(
                folder.join(format!("{}.md", sample.sample_no)),
                &sample_page(world, &notice, *number, sample),
                "",
            )?;
        }
        let (failed, passed) = (bad.len(), good.len());
        let rows: Vec<(u64, Sample)> = bad.into_iter().chain(good).collect();
        let parts = Parts::new(&notice.id, rows.len());
        for at in 0..parts.count() {
            let (bad, good): (Vec<_>, Vec<_>) =
                part(&rows, at).iter().partition(|(_, sample)| sample.failure.is_some());
            let front = json!({
                "title": heading(&notice), "step": notice.notice_no, "type": "notice", "shown_on": notice.date.to_string(),
                "date_zh": zh(notice.date), "organ": notice.organ, "task": "监督抽检",
                "weight": (at == 0).then_some(weight), "further": (at > 0).then_some(&notice.id),
                "build": (at > 0).then(unlisted),
                "batches": failed + passed, "unqualified": failed, "qualified": passed,
                "failed": bad.iter().map(|(number, sample)| failed_batch(world, &notice, *number, sample)).collect::<Vec<_>>(),
                "passed": good.iter().map(|(_, sample)| passed_row(world, sample)).collect::<Vec<_>>(),
                "pager": parts.pager(at),
            });
            page(folder.join(format!("{}.md", parts.name(at))), &front, "")?;
        }
    }
    Ok(())
}

/// What stands at the head of a notice.
pub fn heading(notice: &Notice) -> String {
    format!("{}食品安全监督抽检通告（{}）", notice.organ, notice.notice_no)
}

/// Name, address and page of the unit sampled; of one that has a page its address stands there.
fn sampled(world: &World, sample: &Sample, up: &str) -> Value {
    match &sample.sampled {
        Sampled::Enterprise(number) => {
            let enterprise = world.enterprise(*number);
            json!({"name": enterprise.name, "href": format!("{up}enterprises/{}.html", enterprise.id)})
        }
        Sampled::Stall { name, address, .. } => json!({"name": name, "address": address}),
    }
}

fn producer(sample: &Sample) -> Value {
    sample.producer.as_ref().map_or(Value::Null, |(name, address)| json!({"name": name, "address": address}))
}

fn items(sample: &Sample) -> Value {
    let failures = sample.failure.iter();
    failures
        .map(|failure| json!({"item": failure.item, "value": failure.value, "limit": failure.limit}))
        .collect()
}

fn progress(disposal: &Disposal) -> &'static str {
    if disposal.rectification.is_some() { "已完成" } else { "处置中" }
}

fn failed_batch(world: &World, notice: &Notice, number: u64, sample: &Sample) -> Value {
    let disposal = world.disposal(number, sample);
    json!({
        "food": sample.food, "href": format!("{}/{}.html", notice.id, sample.sample_no), "spec": sample.spec,
        "items": items(sample), "date_kind": date_kind(sample.date_kind), "made_on": zh(sample.date),
        "progress": progress(&disposal), "open": disposal.rectification.is_none().then_some(true),
        "published_on": zh(disposal.published_on), "sampled": sampled(world, sample, "../"),
        "producer": producer(sample), "lab": LAB,
    })
}

fn passed_row(world: &World, sample: &Sample) -> Value {
    json!({
        "food": sample.food, "spec": sample.spec, "sampled": sampled(world, sample, "../"),
        "producer": sample.producer.as_ref().map(|producer| &producer.0), "made_on": zh(sample.date),
    })
}

fn sample_page(world: &World, notice: &Notice, number: u64, sample: &Sample) -> Value {
    let disposal = world.disposal(number, sample);
    json!({
        "title": sample.food, "type": "sample", "build": unlisted(), "shown_on": notice.date.to_string(), "sample_no": sample.sample_no,
        "notice": {"title": notice.notice_no, "href": format!("../{}.html", notice.id),
            "address": format!("{BASE}sampling/{}.html", notice.id)},
        "category": sample.category, "spec": sample.spec, "items": items(sample),
        "date_kind": date_kind(sample.date_kind), "made_on": zh(sample.date), "sampled": sampled(world, sample, "../../"),
        "producer": producer(sample), "sampled_on": zh(sample.sampled_on), "reported_on": zh(sample.reported_on),
        "lab": LAB,
        "disposal": {"progress": progress(&disposal), "open": disposal.rectification.is_none().then_some(true),
            "organ": disposal.organ, "sold": disposal.sold, "cause": disposal.cause,
            "rectification": disposal.rectification, "published_on": zh(disposal.published_on)},
    })
}

/// The row of a sample on the page of the enterprise at which it was drawn.
pub fn of_enterprise(world: &World, number: u64) -> Value {
    let sample = world.sample(number);
    let notice = world.notice(sample.notice);
    let mut row = json!({
        "food": sample.food, "sampled_on": zh(sample.sampled_on),
        "notice": notice.notice_no, "notice_href": format!("../sampling/{}.html", notice.id),
    });
    if let (Some(failure), Value::Object(fields)) = (&sample.failure, &mut row) {
        let disposal = world.disposal(number, &sample);
        fields.insert("href".into(), json!(format!("../sampling/{}/{}.html", notice.id, sample.sample_no)));
        fields.insert("failed".into(), json!(failure.item));
        fields.insert("progress".into(), json!(progress(&disposal)));
    }
    row
}
