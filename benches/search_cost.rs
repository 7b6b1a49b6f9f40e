//! What the search for personal numbers costs a byte, on the files of a finished site; and that for withheld texts.
//!
//! Run by hand: `cargo bench --bench search_cost -- FOLDER [PORTAL]`. Reads up to 256 MB of the folder first, then prints the
//! best of several rounds on one thread, with what a bare walk over the same bytes costs. Withheld texts are those of
//! the portal whose site it is.

#![allow(clippy::unwrap_used)]

use std::time::Instant;

use gongshi::cache::Cache;
use gongshi::calendar::Date;
use gongshi::needles::Needles;
use gongshi::pii::Detector;
use gongshi::pipeline::{Input, SearchIndex, judge, plan};
use walkdir::WalkDir;

const ROUNDS: usize = 5;
const MOST: usize = 256 << 20;

fn main() {
    let mut words = std::env::args().skip(1).filter(|word| !word.starts_with("--"));
    let folder = words.next().unwrap_or_else(|| "site".into());
    let mut files = Vec::new();
    let mut total = 0;
    for entry in WalkDir::new(folder).sort_by_file_name().into_iter().flatten() {
        if entry.file_type().is_file() && total < MOST {
            let bytes = std::fs::read(entry.path()).unwrap();
            total += bytes.len();
            files.push(bytes);
        }
    }
    println!("{} files, {total} bytes", files.len());
    let detector = Detector::new(2026, &[99]);
    best("bare walk", total, || files.iter().flatten().filter(|byte| byte.is_ascii_digit()).count());
    best("forbidden", total, || {
        files.iter().filter(|bytes| detector.first_forbidden(bytes).is_some()).count()
    });
    best("all", total, || files.iter().map(|bytes| detector.all(bytes).len()).sum());
    if let Some(portal) = words.next() {
        let needles = needles(&portal);
        best("withheld", total, || {
            files.iter().filter(|bytes| needles.find(bytes, |_| true).is_some()).count()
        });
    }
}

fn needles(portal: &str) -> Needles {
    let input = Input {
        folder: portal.into(),
        skipped: Vec::new(),
        as_of: Some(Date::new(2026, 11, 22).unwrap()),
        today: Date::new(2026, 11, 22).unwrap(),
        theme: None,
        themes: "themes".into(),
        program: 0,
    };
    let cache = Cache::none();
    let judged = judge(&input, &cache).unwrap();
    plan(&input, judged, &cache, SearchIndex::LeftOut).unwrap().portal.needles
}

fn best(name: &str, total: usize, mut work: impl FnMut() -> usize) {
    let rounds = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        let found = work();
        (start.elapsed(), found)
    });
    let (time, found) = rounds.min().unwrap();
    println!("{name}: {:.3} ns a byte, {found} found", time.as_nanos() as f64 / total as f64);
}
