//! Writes the same records as content of a Hugo site: one file with JSON front matter a page.
//!
//! In: the world and the `content` folder of the site in `benches/hugo`. Every join is made here and stands in
//! the front matter of both its ends, so that no template of Hugo's has to look anything up. What may no
//! longer be public is left out, but for a page that says so.
//!
//! Not here: templates and configuration, which lie in `benches/hugo`.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Result;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::documents::create_folder;
use crate::enterprise::{Enterprise, Visit};
use crate::front_matter::page;
use crate::prose::{CHAPTERS, COLUMNS, PAGES};
use crate::sampling::{Sample, Sampled};
use crate::world::{AS_OF, Region, Tier, World};

/// Joins that are read backwards: made once, from the forward facts of the world.
struct Joins {
    enterprises_of: HashMap<u64, Vec<Value>>,
    samples_of: HashMap<u64, Vec<Value>>,
    visits_of: HashMap<u64, Vec<Value>>,
    cadres_of: HashMap<String, Vec<Value>>,
}

/// Writes the whole content folder.
pub fn write_content(world: &World, root: &Path) -> Result<()> {
    for folder in
        ["enterprises", "cadres", "sampling", "blacklist", "penalties", "pages", "books/2026-township"]
    {
        create_folder(&root.join(folder))?;
    }
    let joins = joins(world);
    enterprises(world, &joins, root)?;
    cadres(world, &joins, root)?;
    regions(world, &joins, root)?;
    sampling(world, root)?;
    credit(world, root)?;
    prose(world, root)?;
    home(world, root)
}

fn joins(world: &World) -> Joins {
    let mut joins = Joins {
        enterprises_of: HashMap::new(),
        samples_of: HashMap::new(),
        visits_of: HashMap::new(),
        cadres_of: HashMap::new(),
    };
    for number in 0..world.enterprises {
        let enterprise = world.enterprise(number);
        for cover in enterprise.covered_by.iter().filter(|cover| cover.to.is_none()) {
            joins.enterprises_of.entry(cover.cadre).or_default().push(json!({
                "link": format!("/enterprises/{}.html", enterprise.id), "name": enterprise.name,
                "level": enterprise.tier.letter(), "role": role(cover.role), "from": iso(cover.from),
                "address": enterprise.address, "status": status(enterprise.status),
            }));
        }
        for n in 0..world.visits_each {
            let visit = world.visit(&enterprise, n);
            let mut row = visit_row(&visit);
            if let Value::Object(fields) = &mut row {
                fields.insert("enterprise".into(), json!(enterprise.name));
                fields.insert("link".into(), json!(format!("/enterprises/{}.html", enterprise.id)));
            }
            joins.visits_of.entry(visit.cadre).or_default().push(row);
        }
    }
    for number in 0..world.samples {
        let sample = world.sample(number);
        if let Sampled::Enterprise(enterprise) = sample.sampled {
            let notice = world.notice(sample.notice);
            joins.samples_of.entry(enterprise).or_default().push(json!({
                "sample_no": sample.sample_no, "link": sample_link(&notice.id, &sample), "food": sample.food,
                "sampled_on": iso(sample.sampled_on), "conclusion": conclusion(&sample),
                "notice": notice.notice_no, "notice_link": format!("/sampling/{}.html", notice.id),
            }));
        }
    }
    for number in 0..world.cadre_count() {
        let cadre = world.cadre(number);
        joins.cadres_of.entry(cadre.region.code).or_default().push(json!({
            "link": format!("/cadres/{}.html", cadre.id), "name": cadre.name, "org": cadre.org, "post": cadre.post,
        }));
    }
    joins
}

fn enterprises(world: &World, joins: &Joins, root: &Path) -> Result<()> {
    for number in 0..world.enterprises {
        let enterprise = world.enterprise(number);
        let licence = &enterprise.licence;
        let visits: Vec<Value> = (0..world.visits_each).map(|n| visit(world, &enterprise, n)).collect();
        let officers: Vec<Value> =
            enterprise.officers.iter().map(|(name, phone)| json!({"name": name, "phone": phone})).collect();
        let covers: Vec<Value> = enterprise
            .covered_by
            .iter()
            .map(|cover| {
                let cadre = world.cadre(cover.cadre);
                json!({"link": format!("/cadres/{}.html", cadre.id), "name": cadre.name, "org": cadre.org,
                "post": cadre.post, "phone": cadre.phone, "role": role(cover.role), "from": iso(cover.from),
                "to": cover.to.map(iso), "basis": cover.basis})
            })
            .collect();
        let code = &enterprise.region.code;
        let above: Vec<&str> = [6, 9, 12].iter().filter_map(|end| code.get(..*end)).collect();
        let front = json!({
            "title": enterprise.name, "levels": [enterprise.tier.letter()], "regions": above,
            "shown_on": format!("{} 09:00", enterprise.covered_by.first().map_or(AS_OF, |cover| cover.from)),
            "uscc": enterprise.uscc, "sector": sector(enterprise.sector), "business_type": enterprise.business_type,
            "status": status(enterprise.status), "level": enterprise.tier.letter(),
            "region": {"name": enterprise.region.full, "link": format!("/regions/{code}.html")},
            "address": enterprise.address, "legal_rep": enterprise.legal_rep, "principal": enterprise.legal_rep,
            "licences": [{"number": licence.number, "issued": iso(licence.issued), "valid_to": iso(licence.valid_to),
                "issuer": licence.issuer, "scope": licence.scope, "expired": licence.valid_to < AS_OF}],
            "director": enterprise.director, "officers": officers, "covered_by": covers,
            "risk": enterprise.risk_grade, "visits": visits,
            "samples": joins.samples_of.get(&number).cloned().unwrap_or_default(),
        });
        page(root.join("enterprises").join(format!("{}.md", enterprise.id)), &front, "")?;
    }
    section(root, "enterprises", "包保主体")
}

fn visit(world: &World, enterprise: &Enterprise, n: u64) -> Value {
    let visit = world.visit(enterprise, n);
    let cadre = world.cadre(visit.cadre);
    let mut row = visit_row(&visit);
    if let Value::Object(fields) = &mut row {
        fields.insert("cadre".into(), json!(cadre.name));
        fields.insert("link".into(), json!(format!("/cadres/{}.html", cadre.id)));
    }
    row
}

fn visit_row(visit: &Visit) -> Value {
    let found = u8::from(visit.problem.is_some());
    let closed = u8::from(visit.problem.as_ref().is_some_and(|problem| problem.closed_on.is_some()));
    json!({
        "period": format!("{}年第{}季度", visit.date.year(), (visit.date.month() + 2) / 3), "date": iso(visit.date),
        "mode": if visit.mode == "video" { "视频" } else { "现场" }, "problems": found, "closed": closed,
        "rechecked": visit.problem.as_ref().and_then(|problem| problem.rechecked_on()).map(iso),
    })
}

fn cadres(world: &World, joins: &Joins, root: &Path) -> Result<()> {
    for number in 0..world.cadre_count() {
        let cadre = world.cadre(number);
        let front = json!({
            "title": cadre.name, "shown_on": format!("{} 09:00", cadre.from), "tier": tier_name(cadre.tier),
            "region": {"name": cadre.region.full, "link": format!("/regions/{}.html", cadre.region.code)},
            "org": cadre.org, "post": cadre.post, "phone": cadre.phone, "from": iso(cadre.from),
            "pledge": {"signed_on": iso(cadre.from), "counterparty": cadre.org},
            "enterprises": joins.enterprises_of.get(&number).cloned().unwrap_or_default(),
            "visits": joins.visits_of.get(&number).cloned().unwrap_or_default(),
        });
        page(root.join("cadres").join(format!("{}.md", cadre.id)), &front, "")?;
    }
    section(root, "cadres", "包保干部")
}

fn regions(world: &World, joins: &Joins, root: &Path) -> Result<()> {
    let mut regions: Vec<(Region, Tier)> = Vec::new();
    let mut children: HashMap<String, Vec<Value>> = HashMap::new();
    let mut links: HashMap<String, Value> = HashMap::new();
    for tier in Tier::ALL {
        for place in 0..world.places(tier) {
            let region = world.region(tier, place);
            let above = region.code.get(..region.code.len() - if tier == Tier::County { 2 } else { 3 });
            let link = json!({"name": region.name, "link": format!("/regions/{}.html", region.code)});
            children.entry(above.unwrap_or("").to_string()).or_default().push(link.clone());
            links.insert(region.code.clone(), link);
            regions.push((region, tier));
        }
    }
    for (region, tier) in regions {
        let parents: Vec<&Value> = [4, 6, 9]
            .iter()
            .filter_map(|end| links.get(region.code.get(..*end)?))
            .take(tier as usize)
            .collect();
        let front = json!({
            "title": region.name, "full": region.full, "code": region.code, "tier": tier_name(tier),
            "parents": parents, "children": children.get(&region.code), "cadres": joins.cadres_of.get(&region.code),
        });
        let folder = root.join("regions").join(&region.code);
        create_folder(&folder)?;
        page(folder.join("_index.md"), &front, "")?;
    }
    Ok(())
}

fn sampling(world: &World, root: &Path) -> Result<()> {
    for number in 0..world.notices {
        let notice = world.notice(number);
        let mut rows = Vec::new();
        let mut unqualified = 0;
        for number in notice.samples.0..notice.samples.1 {
            let sample = world.sample(number);
            let row = sample_row(world, &notice.id, &sample);
            if sample.failure.is_some() {
                unqualified += 1;
                let folder = root.join("sampling").join(&notice.id);
                create_folder(&folder)?;
                let mut front = row.clone();
                let disposal = world.disposal(number, &sample);
                if let Value::Object(fields) = &mut front {
                    fields.insert("title".into(), json!(format!("{}（{}）", sample.food, sample.sample_no)));
                    fields.insert("type".into(), json!("sample"));
                    fields.insert("shown_on".into(), json!(format!("{} 09:00", notice.date)));
                    fields.insert(
                        "notice".into(),
                        json!({"name": notice.notice_no,
                        "link": format!("/sampling/{}.html", notice.id)}),
                    );
                    fields.insert(
                        "disposal".into(),
                        json!({"organ": disposal.organ, "sold": disposal.sold,
                        "cause": disposal.cause, "rectification": disposal.rectification,
                        "published_on": iso(disposal.published_on)}),
                    );
                }
                page(folder.join(format!("{}.md", sample.sample_no)), &front, "")?;
            }
            rows.push(row);
        }
        let front = json!({
            "title": format!("食品安全监督抽检信息通告（{}）", notice.notice_no), "type": "notice",
            "notice_no": notice.notice_no, "day": iso(notice.date), "shown_on": format!("{} 09:00", notice.date),
            "organ": notice.organ, "task": "监督抽检", "batches": rows.len(), "unqualified": unqualified,
            "qualified": rows.len() - unqualified, "samples": rows,
        });
        page(root.join("sampling").join(format!("{}.md", notice.id)), &front, "")?;
    }
    section(root, "sampling", "抽检公示")
}

fn sample_row(world: &World, notice: &str, sample: &Sample) -> Value {
    let (name, address, link) = match &sample.sampled {
        Sampled::Enterprise(number) => {
            let enterprise = world.enterprise(*number);
            (enterprise.name, enterprise.address, Some(format!("/enterprises/{}.html", enterprise.id)))
        }
        Sampled::Stall { name, address, .. } => (name.clone(), address.clone(), None),
    };
    json!({
        "sample_no": sample.sample_no, "link": sample_link(notice, sample), "sampled_name": name,
        "sampled_address": address, "sampled_link": link,
        "producer": sample.producer.as_ref().map(|producer| &producer.0),
        "producer_address": sample.producer.as_ref().map(|producer| &producer.1),
        "food": sample.food, "category": sample.category, "spec": sample.spec, "day": iso(sample.date),
        "sampled_on": iso(sample.sampled_on), "reported_on": iso(sample.reported_on), "conclusion": conclusion(sample),
        "lab": "示范市食品检验所",
        "items": sample.failure.iter().map(|failure| json!({"item": failure.item, "value": failure.value,
            "limit": failure.limit})).collect::<Vec<_>>(),
    })
}

fn credit(world: &World, root: &Path) -> Result<()> {
    for number in 0..world.penalties {
        let penalty = world.penalty(number);
        let path = root.join("penalties").join(format!("{}.md", penalty.id));
        if penalty.withdrawn_on.is_some() || penalty.publish_until < AS_OF {
            page(path, &json!({"title": "已停止公示", "type": "tombstone"}), "")?;
            continue;
        }
        let enterprise = world.enterprise(penalty.enterprise);
        let front = json!({
            "title": penalty.doc_no, "shown_on": format!("{} 09:00", penalty.published_on),
            "party": enterprise.name, "party_link": format!("/enterprises/{}.html", enterprise.id),
            "uscc": enterprise.uscc, "breach": penalty.breach, "content": penalty.content,
            "organ": "示范市市场监督管理局", "decided_on": iso(penalty.decided_on), "until": iso(penalty.publish_until),
        });
        page(path, &front, "")?;
    }
    for number in 0..world.blacklist {
        let entry = world.blacklist_entry(number);
        let path = root.join("blacklist").join(format!("{}.md", entry.id));
        if entry.withdrawn_on.is_some() || entry.publish_until < AS_OF {
            page(path, &json!({"title": "已停止公示", "type": "tombstone"}), "")?;
            continue;
        }
        let enterprise = world.enterprise(entry.enterprise);
        let front = json!({
            "title": enterprise.name, "shown_on": format!("{} 09:00", entry.listed_on),
            "party_link": format!("/enterprises/{}.html", enterprise.id), "uscc": enterprise.uscc,
            "ground": "使用非食品原料生产经营食品", "doc_no": entry.doc_no, "listed_on": iso(entry.listed_on),
            "penalty": {"doc_no": entry.penalty_doc_no, "date": iso(entry.penalty_date),
                "summary": format!("吊销许可证，罚款{}万元", entry.fine)},
            "organ": "示范市市场监督管理局", "until": iso(entry.publish_until),
        });
        page(path, &front, "")?;
    }
    section(root, "penalties", "行政处罚")?;
    section(root, "blacklist", "严重违法失信名单")
}

fn prose(world: &World, root: &Path) -> Result<()> {
    for (column, name, description) in COLUMNS {
        let folder = root.join("articles").join(column);
        create_folder(&folder)?;
        page(folder.join("_index.md"), &json!({"title": name, "description": description}), "")?;
    }
    for number in 0..world.articles {
        let article = world.article(number);
        let front = json!({
            "title": article.title, "date": iso(article.published), "source": article.source,
            "shown_on": format!("{} {:02}:{:02}", article.published, 9 + article.minute / 60, article.minute % 60),
            "summary": article.summary, "keywords": article.keywords,
        });
        let path = root.join("articles").join(article.column).join(format!("{}.md", article.slug));
        page(path, &front, &article.body)?;
    }
    let book = root.join("books/2026-township");
    page(book.join("_index.md"), &json!({"title": "食品安全包保干部口袋书（乡镇级）"}), "")?;
    for (number, (slug, title)) in (0..).zip(CHAPTERS) {
        let front = json!({"title": title, "weight": number + 1, "shown_on": "2026-09-01 09:00"});
        page(book.join(format!("{:02}-{slug}.md", number + 1)), &front, &world.chapter(number))?;
    }
    for (slug, title, text) in PAGES {
        page(root.join("pages").join(format!("{slug}.md")), &json!({"title": title}), text)?;
    }
    section(root, "articles", "文章")?;
    section(root, "books", "口袋书")
}

fn home(world: &World, root: &Path) -> Result<()> {
    let notices: Vec<Value> = (world.notices.saturating_sub(10)..world.notices)
        .rev()
        .map(|number| {
            let notice = world.notice(number);
            json!({"name": notice.notice_no, "link": format!("/sampling/{}.html", notice.id), "day": iso(notice.date)})
        })
        .collect();
    let articles: Vec<Value> = (0..world.articles.min(10))
        .map(|number| {
            let article = world.article(number);
            json!({"name": article.title, "day": iso(article.published),
                "link": format!("/articles/{}/{}.html", article.column, article.slug)})
        })
        .collect();
    let front = json!({
        "title": "首页", "notices": notices, "articles": articles,
        "totals": {"enterprises": world.enterprises, "cadres": world.cadre_count(), "samples": world.samples,
            "visits": world.enterprises * world.visits_each},
    });
    page(root.join("_index.md"), &front, "")
}

fn section(root: &Path, folder: &str, title: &str) -> Result<()> {
    page(root.join(folder).join("_index.md"), &json!({"title": title}), "")
}

fn iso(date: Date) -> String {
    date.to_string()
}

fn sample_link(notice: &str, sample: &Sample) -> Option<String> {
    sample.failure.as_ref().map(|_| format!("/sampling/{notice}/{}.html", sample.sample_no))
}

fn conclusion(sample: &Sample) -> &'static str {
    if sample.failure.is_some() { "不合格" } else { "合格" }
}

fn role(key: &str) -> &'static str {
    if key == "lead" { "主包保" } else { "协助" }
}

fn sector(key: &str) -> &'static str {
    match key {
        "production" => "食品生产",
        "sales" => "食品销售",
        _ => "餐饮服务",
    }
}

fn status(key: &str) -> &'static str {
    match key {
        "active" => "在营",
        "suspended" => "歇业",
        "closed" => "已注销",
        _ => "失联",
    }
}

fn tier_name(tier: Tier) -> &'static str {
    match tier {
        Tier::City => "市级",
        Tier::County => "县级",
        Tier::Township => "乡级",
        Tier::Village => "村级",
    }
}
