//! `search_index CONTENT OUT [--as-of DAY]`: writes the search index of a portal and nothing else of its site.
//!
//! In: a content folder. Out: `OUT/search/` as a build writes it, except that nothing is inspected and no page exists; on
//! standard output one line of JSON: files, bytes, seconds.
//!
//! Not here: pages (`gongshi build`); asking (`scripts/search-bytes`, `tests/search`).

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context as _, bail};
use gongshi::cache::Cache;
use gongshi::calendar::Date;
use gongshi::pipeline::{Input, SearchIndex, judge, plan};
use rayon::prelude::*;

fn main() -> anyhow::Result<()> {
    let mut words = std::env::args().skip(1);
    let (mut folders, mut day) = (Vec::new(), "2026-11-22".to_string());
    while let Some(word) = words.next() {
        match word.as_str() {
            "--as-of" => day = words.next().context("--as-of DAY")?,
            _ => folders.push(PathBuf::from(word)),
        }
    }
    let [content, out] = folders.as_slice() else { bail!("search_index CONTENT OUT [--as-of DAY]") };
    let day = Date::parse(&day).context("the day is written 2026-11-22")?;
    let input = Input {
        folder: content.clone(),
        skipped: Vec::new(),
        as_of: Some(day),
        today: day,
        theme: None,
        themes: "themes".into(),
        program: 0,
    };
    let kept = tempfile::tempdir_in(out.parent().unwrap_or(Path::new(".")))?;
    let cache = Cache::open(kept.path());
    let judged = judge(&input, &cache)?;
    let begun = Instant::now();
    let planned = plan(&input, judged, &cache, SearchIndex::Made)?;
    for folder in ["t", "u", "r", "a"] {
        fs::create_dir_all(out.join("search").join(folder))?;
    }
    let written = planned.index.files().par_iter().map(|(file, _)| {
        let bytes = planned.index.write(&planned.portal, *file)?;
        fs::write(out.join(file.path()), &bytes).map(|()| bytes.len())
    });
    let sizes: Vec<usize> = written.collect::<std::io::Result<_>>()?;
    println!(
        "{{\"files\":{},\"bytes\":{},\"seconds\":{:.2}}}",
        sizes.len(),
        sizes.iter().sum::<usize>(),
        begun.elapsed().as_secs_f64()
    );
    Ok(())
}
