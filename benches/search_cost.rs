//! What the search for personal numbers costs a byte, on the files of a finished site.
//!
//! Run by hand: `cargo bench --bench search_cost -- FOLDER`. Reads up to 256 MB of the folder first, then prints the
//! best of several rounds on one thread, with what a bare walk over the same bytes costs.

#![allow(clippy::unwrap_used)]

use std::time::Instant;

use gongshi::pii::Detector;
use walkdir::WalkDir;

const ROUNDS: usize = 5;
const MOST: usize = 256 << 20;

fn main() {
    let folder =
        std::env::args().skip(1).find(|word| !word.starts_with("--")).unwrap_or_else(|| "site".into());
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
