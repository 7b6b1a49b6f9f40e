//! What publishing costs beside bare writes, and what a rebuild costs that changes nothing or one file.
//!
//! Run by hand: `cargo bench --bench publish_cost -- [FOLDER] [FILES]`. Prints the best wall time of each case
//! over several rounds; the release is left to the system to write unless the line says synced.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::{fs, path::Path, time::Instant};

use gongshi::{
    publish::{Destination, Disk, Durability, FileFact, ReleaseFacts, Stage},
    route::Route,
};
use rayon::prelude::*;

const ROUNDS: usize = 5;
const BODY: usize = 5_000;

fn main() {
    let mut words = std::env::args().skip(1).filter(|word| !word.starts_with("--"));
    let folder = words.next().unwrap_or_else(|| std::env::temp_dir().display().to_string());
    let files: usize = words.next().and_then(|word| word.parse().ok()).unwrap_or(30_000);
    let parent = Path::new(&folder).join("gongshi-publish-cost");
    fs::create_dir_all(&parent).unwrap();
    let routes: Vec<Route> = (0..files).map(route).collect();
    println!("{files} files of {BODY} bytes in {folder}, best of {ROUNDS}");
    best("bare writes", || {
        let out = parent.join("bare");
        let _ = fs::remove_dir_all(&out);
        time(|| write_bare(&out, &routes))
    });
    let out = parent.join("site");
    for (name, durability) in
        [("first release", Durability::Unsynced), ("first release, synced", Durability::Synced)]
    {
        best(name, || {
            let _ = fs::remove_dir_all(&out);
            time(|| release(&out, durability, &routes, 0, Rebuild::All))
        });
    }
    let mut edition = 0;
    best("all files changed", || {
        edition += 1;
        time(|| release(&out, Durability::Unsynced, &routes, edition, Rebuild::All))
    });
    best("all put, none changed", || {
        time(|| release(&out, Durability::Unsynced, &routes, edition, Rebuild::All))
    });
    best("all kept", || time(|| release(&out, Durability::Unsynced, &routes, edition, Rebuild::Kept)));
    for (name, durability) in
        [("one changed", Durability::Unsynced), ("one changed, synced", Durability::Synced)]
    {
        best(name, || time(|| release(&out, durability, &routes, edition, Rebuild::One)));
    }
    fs::remove_dir_all(parent).unwrap();
}

#[derive(Clone, Copy, PartialEq)]
enum Rebuild {
    All,
    Kept,
    One,
}

fn route(nth: usize) -> Route {
    let folder = ["enterprises", "enterprises", "enterprises", "cadres", "search/terms"][nth % 5];
    Route::parse(&format!("{folder}/{nth:08}.html")).unwrap()
}

fn body(nth: usize, edition: usize) -> Vec<u8> {
    let mut body = vec![b'x'; BODY];
    let mark = format!("{nth} {edition}");
    body.splice(..mark.len(), mark.bytes());
    body
}

fn write_bare(out: &Path, routes: &[Route]) {
    for folder in ["enterprises", "cadres", "search/terms"] {
        fs::create_dir_all(out.join(folder)).unwrap();
    }
    routes
        .par_iter()
        .enumerate()
        .for_each(|(nth, route)| fs::write(out.join(route.as_str()), body(nth, 0)).unwrap());
}

fn release(out: &Path, durability: Durability, routes: &[Route], edition: usize, rebuild: Rebuild) {
    let stage =
        Stage::begin(&Destination { out: out.to_path_buf(), durability, spare: None }, Disk::new()).unwrap();
    let changed = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_nanos().to_string();
    routes.par_iter().enumerate().for_each(|(nth, route)| {
        if rebuild == Rebuild::One && nth == 0 {
            stage.put(route, changed.as_bytes()).unwrap();
        } else if rebuild == Rebuild::All {
            stage.put(route, &body(nth, edition)).unwrap();
        } else {
            let fact = FileFact { ..*stage.old_release().unwrap().fact(route).unwrap() };
            stage.keep(route, &fact, &mut |_| Ok(())).unwrap().unwrap();
        }
    });
    let facts = ReleaseFacts {
        as_of: "2026-09-01".into(),
        next_change: None,
        withdrawn: vec![],
        generator: "gongshi bench".into(),
    };
    stage.finish(facts).unwrap();
}

fn time(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

fn best(name: &str, mut round: impl FnMut() -> f64) {
    let mut times: Vec<f64> = (0..ROUNDS).map(|_| round()).collect();
    times.sort_by(f64::total_cmp);
    println!("{name:26} best {:.3} s, median {:.3} s", times[0], times[ROUNDS / 2]);
}
