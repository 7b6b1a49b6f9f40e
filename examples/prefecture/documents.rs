//! Writes what is no ledger: `portal.yaml`, articles, the pocket book, standing pages.
//!
//! In: the world and a folder. Out: YAML and Markdown in the source format.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};

use crate::prose::{CHAPTERS, COLUMNS, PAGES};
use crate::world::{AS_OF, World};

/// Writes everything but the ledgers.
pub fn write_documents(world: &World, root: &Path) -> Result<()> {
    create_folder(root)?;
    portal(world, root)?;
    prose(world, root)
}

fn portal(world: &World, root: &Path) -> Result<()> {
    let mut out = create(&root.join("portal.yaml"))?;
    write!(
        out,
        "# {} enterprises, seed {}\nname: 示范市食品安全公示平台\norgan: 示范市食品安全委员会办公室\nregion: \"9901\"\n\
         authority: city\nbase_url: https://spaq.example.gov.cn/gongshi/\n\
         site: {{name: 示范市人民政府, domain: www.example.gov.cn, id_code: \"9901000001\"}}\nlanguage: zh-CN\n\
         contact: {{address: 示范路1号, phone_office: 0000-1234567, mailbox: spaq@example.gov.cn}}\nhotline: \"12315\"\n\
         footer: {{icp: 示ICP备00000000号, police_record: 示公网安备00000000000000号, report_error_url: \"https://example.gov.cn/zhaocuo\"}}\n\
         coverage: {{map: {{A: city, B: county, C: township, D: village}}, max_load: 30, visits_per_year: 4}}\n\
         as_of: {AS_OF}\ncolumns:\n",
        world.enterprises, world.seed
    )?;
    for (id, name, description) in COLUMNS {
        writeln!(
            out,
            "  - {{id: {id}, name: {name}, type: 信息公开, description: {description}, keywords: [食品安全, {name}], max_age_days: 180}}"
        )?;
    }
    writeln!(out, "theme: default")?;
    Ok(out.flush()?)
}

fn prose(world: &World, root: &Path) -> Result<()> {
    for (column, _, _) in COLUMNS {
        create_folder(&root.join("articles").join(column))?;
    }
    for number in 0..world.articles {
        let article = world.article(number);
        let (hour, minute) = (9 + article.minute / 60, article.minute % 60);
        let text = format!(
            "---\ntitle: {}\npublished: {} {hour:02}:{minute:02}\nsource: {}\nsummary: {}\nkeywords: [{}]\n---\n\n{}",
            article.title,
            article.published,
            article.source,
            article.summary,
            article.keywords.join(", "),
            article.body
        );
        write_file(&root.join("articles").join(article.column).join(format!("{}.md", article.slug)), &text)?;
    }
    let book = root.join("books/2026-township");
    create_folder(&book)?;
    write_file(&book.join("book.yaml"), BOOK)?;
    for (number, (slug, title)) in (0..).zip(CHAPTERS) {
        let text =
            format!("---\ntitle: {title}\nlevel: [township, village]\n---\n\n{}", world.chapter(number));
        write_file(&book.join(format!("{:02}-{slug}.md", number + 1)), &text)?;
    }
    create_folder(&root.join("pages"))?;
    for (slug, title, text) in PAGES {
        write_file(
            &root.join("pages").join(format!("{slug}.md")),
            &format!("---\ntitle: {title}\n---\n\n{text}\n"),
        )?;
    }
    Ok(())
}

const BOOK: &str = "title: 食品安全包保干部口袋书（乡镇级）
edition: 2
date: 2026-09-01
issuer: 示范市食品安全委员会办公室
audience: {cadre_level: [township, village]}
checklists:
  - {seq: 1, text: 许可证在有效期内并张挂, how: 看证照、核经营项目, basis: 食品安全法第三十五条, sector: [production, sales, catering]}
  - {seq: 2, text: 进货查验记录连续, how: 抽看近一周台账, basis: 食品安全法第五十三条, sector: [sales, catering]}
outputs: [web, a6-booklet, a4, epub]
";

pub fn create_folder(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("making folder {}", folder.display()))
}

pub fn create(path: &Path) -> Result<BufWriter<File>> {
    let file = File::create(path).with_context(|| format!("creating {}", path.display()))?;
    Ok(BufWriter::with_capacity(1 << 16, file))
}

pub fn write_file(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("writing {}", path.display()))
}
