//! Articles, the pocket book with its chapters, standing pages.
//!
//! In: the world. Out: front matter and Markdown; Hugo makes headings, tables and the list of headings itself, as gongshi
//! does.

use std::path::Path;

use anyhow::Result;
use serde_json::{Value, json};

use super::lists::{Head, listed};
use super::parts::unlisted;
use super::words::BASE;
use crate::documents::create_folder;
use crate::front_matter::page;
use crate::prose::{CHAPTERS, COLUMNS, PAGES};
use crate::world::World;

pub const BOOK: &str = "食品安全包保干部口袋书（乡镇级）";
const ORGAN: &str = "示范市食品安全委员会办公室";
/// Characters read in a minute.
const A_MINUTE: usize = 400;

/// Writes every text.
pub fn prose(world: &World, root: &Path) -> Result<()> {
    articles(world, &root.join("articles"))?;
    book(world, &root.join("books"))?;
    let folder = root.join("pages");
    create_folder(&folder)?;
    page(folder.join("_index.md"), &json!({"title": "页面", "build": {"render": "never"}}), "")?;
    for (slug, title, text) in PAGES {
        page(folder.join(format!("{slug}.md")), &json!({"title": title}), text)?;
    }
    Ok(())
}

/// The articles of a column, newest first.
pub fn in_column(world: &World, column: &str) -> Vec<u64> {
    let mut numbers: Vec<u64> =
        (0..world.articles).filter(|number| world.article(*number).column == column).collect();
    numbers.sort_by_cached_key(|number| {
        let article = world.article(*number);
        (std::cmp::Reverse((article.published, article.minute)), article.slug)
    });
    numbers
}

fn articles(world: &World, root: &Path) -> Result<()> {
    create_folder(root)?;
    page(root.join("_index.md"), &json!({"title": "文章", "build": {"render": "never"}}), "")?;
    for (column, name, description) in COLUMNS {
        let folder = root.join(column);
        create_folder(&folder)?;
        let numbers = in_column(world, column);
        page(folder.join("_index.md"), &column_front(column, name, description), "")?;
        let beside = |at: Option<usize>| {
            at.and_then(|at| numbers.get(at)).map(|number| {
                let article = world.article(*number);
                json!({"title": article.title, "href": format!("{}.html", article.slug)})
            })
        };
        for (at, number) in numbers.iter().enumerate() {
            let article = world.article(*number);
            let clock = format!("{:02}:{:02}", 9 + article.minute / 60, article.minute % 60);
            let front = json!({
                "title": article.title, "type": "article", "weight": at + 1, "source": article.source, "id": format!("{column}/{}", article.slug),
                "shown_on": format!("{} {clock}", article.published), "moment": format!("{}T{clock}:00+08:00", article.published),
                "summary": article.summary, "words": article.keywords.join(","), "minutes": minutes(&article.body),
                "column": {"title": name, "href": "index.html", "address": format!("{BASE}articles/{column}/index.html")}, "prev": beside(at.checked_sub(1)), "next": beside(Some(at + 1)),
            });
            page(folder.join(format!("{}.md", article.slug)), &front, &numbered(&article.body))?;
        }
    }
    Ok(())
}

fn book(world: &World, root: &Path) -> Result<()> {
    let folder = root.join("2026-township");
    create_folder(&folder)?;
    let href = |slug: &str| format!("2026-township/{slug}.html");
    let chapters = CHAPTERS.iter().map(|(slug, title)| json!({"title": title, "href": href(slug)}));
    let front = json!({"title": BOOK, "type": "book", "weight": 1, "shown_on": "2026-09-01", "made_on": "2026年9月1日", "edition": 2,
        "issuer": ORGAN, "chapters": chapters.collect::<Vec<_>>(), "checklist": [
        {"text": "许可证在有效期内并张挂", "how": "看证照、核经营项目", "basis": "食品安全法第三十五条", "sectors": "食品生产、食品销售、餐饮服务"},
        {"text": "进货查验记录连续", "how": "抽看近一周台账", "basis": "食品安全法第五十三条", "sectors": "食品销售、餐饮服务"}]});
    page(root.join("2026-township.md"), &front, "")?;
    let beside = |at: Option<usize>| {
        at.and_then(|at| CHAPTERS.get(at))
            .map(|(slug, title)| json!({"title": title, "href": format!("{slug}.html")}))
    };
    for (at, (slug, title)) in CHAPTERS.iter().enumerate() {
        let text = world.chapter(at as u64);
        let front = json!({
            "title": title, "type": "chapter", "build": unlisted(), "shown_on": "2026-09-01", "minutes": minutes(&text),
            "prev": beside(at.checked_sub(1)), "next": beside(Some(at + 1)),
        });
        page(folder.join(format!("{slug}.md")), &front, &numbered(&text))?;
    }
    Ok(())
}

fn column_front(column: &str, name: &str, description: &str) -> Value {
    let feed = format!("feeds/columns/{column}.xml");
    let mut front = listed(&Head {
        title: name,
        kind: "column",
        column: name,
        column_type: "信息公开",
        about: description,
        words: &format!("食品安全,{name}"),
        depth: 2,
    });
    if let Value::Object(fields) = &mut front {
        fields.insert("feed".into(), json!(feed));
    }
    front
}

/// Minutes for which one reads a text.
fn minutes(text: &str) -> usize {
    let is_han = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    let others = text.split(|c: char| is_han(&c) || !c.is_alphanumeric()).filter(|word| !word.is_empty());
    (text.chars().filter(is_han).count() + others.count()).div_ceil(A_MINUTE)
}

/// The text with the ids that gongshi gives its headings.
fn numbered(text: &str) -> String {
    let mut number = 0;
    let lines = text.lines().map(|line| match line.strip_prefix("## ") {
        Some(heading) => {
            number += 1;
            format!("## {heading} {{#sec-{number}}}\n")
        }
        None => format!("{line}\n"),
    });
    lines.collect()
}
