//! Two small releases and the question which of them stands.
//!
//! Not here: assertions about one behaviour.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    thread::sleep,
    time::Duration,
};

use gongshi::{
    publish::{
        Destination, Disk, Durability, FileFact, Lack, MANIFEST, PublishError, Published, ReleaseFacts,
        Stage, verify,
    },
    route::Route,
};

/// Routes and contents of a release.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The release before: one file that stays, one that changes, one that goes.
pub fn one() -> Files {
    files(&[
        ("index.html", "首页"),
        ("style.css", "p{}"),
        ("a/changes.html", "旧"),
        ("a/b/goes.html", "将撤下"),
        ("a/stays.html", "不变"),
    ])
}

/// The release after, with a new file in a new folder.
pub fn two() -> Files {
    files(&[
        ("index.html", "首页"),
        ("style.css", "p{}"),
        ("a/changes.html", "新"),
        ("c/d/comes.html", "新增"),
        ("a/stays.html", "不变"),
    ])
}

/// The same in memory where the system has such a folder: the tests that build hundreds of times sync each time.
pub fn quick_place() -> (tempfile::TempDir, PathBuf) {
    let parent = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
    let out = parent.path().join("site");
    (parent, out)
}

pub fn files(list: &[(&str, &str)]) -> Files {
    list.iter().map(|(route, text)| (route.to_string(), text.as_bytes().to_vec())).collect()
}

/// A parent folder of its own, and the site folder in it.
pub fn place() -> (tempfile::TempDir, PathBuf) {
    let parent = tempfile::tempdir().unwrap();
    let out = parent.path().join("site");
    (parent, out)
}

/// Where second names are kept for a site whose parent has a folder for them.
pub fn spare(out: &Path) -> Option<PathBuf> {
    Some(out.with_file_name(CACHE)).filter(|cache| cache.is_dir()).map(|cache| cache.join("spare"))
}

pub fn begin(out: &Path, disk: Disk) -> anyhow::Result<Stage> {
    let (out, spare) = (out.to_path_buf(), spare(out));
    Stage::begin(&Destination { out, durability: Durability::Synced, spare }, disk)
}

pub fn facts(as_of: &str) -> ReleaseFacts {
    ReleaseFacts {
        as_of: as_of.to_string(),
        next_change: None,
        withdrawn: vec![],
        generator: "gongshi test".to_string(),
    }
}

/// Builds as an incremental build does: keeps what the old release has, puts the rest; `index.html` is put anew.
pub fn build(out: &Path, disk: Disk, as_of: &str, files: &Files) -> anyhow::Result<Published> {
    let stage = begin(out, disk)?;
    for (route, bytes) in files {
        let route = Route::parse(route).unwrap();
        let kept = route.as_str() != "index.html"
            && stage.keep(&route, &FileFact::of(bytes), &mut |_| Ok(()))?.is_some();
        if !kept {
            stage.put(&route, bytes)?;
        }
    }
    stage.finish(facts(as_of))
}

/// Which release stands: its as-of text; empty when none does. Panics when what stands is not whole.
#[track_caller]
pub fn standing(out: &Path) -> String {
    if fs::symlink_metadata(out).is_err() {
        return String::new();
    }
    let report = verify(out).unwrap();
    assert!(report.is_whole(), "{report:?}");
    report.manifest.release.as_of
}

/// Every file of a folder with its bytes, the manifest left out.
pub fn read(out: &Path) -> Files {
    let mut found = Files::new();
    let mut open = vec![out.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let route = path.strip_prefix(out).unwrap().to_str().unwrap().replace('\\', "/");
                found.insert(route, fs::read(&path).unwrap());
            }
        }
    }
    found.remove(MANIFEST);
    found
}

/// A folder beside the site that is no part of it.
pub const CACHE: &str = "cache";

/// The names in a folder, sorted, without that of the cache.
pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != CACHE)
        .collect();
    names.sort();
    names
}

/// The error that the command line would print.
#[track_caller]
pub fn refusal(result: anyhow::Result<impl Sized>) -> PublishError {
    match result {
        Ok(_) => panic!("it went through"),
        Err(error) => error.downcast().unwrap(),
    }
}

/// The file system as Linux has it, with two renames for the switch, and as on a system with nothing special; and the first
/// two and the last with second names for the files in a cache.
pub const SYSTEMS: [&str; 6] =
    ["exchange", "journal", "plain", "exchange-spare", "journal-spare", "plain-spare"];

/// A place for a site on such a system.
pub fn place_on(system: &str) -> (tempfile::TempDir, PathBuf) {
    let (parent, out) = quick_place();
    if system.ends_with("-spare") {
        fs::create_dir(parent.path().join(CACHE)).unwrap();
    }
    (parent, out)
}

/// Builds what the tests begin with. Second names are made of a release before, and proved by then: the clock of the file system
/// has moved on between the files and the last build.
pub fn build_before(out: &Path, as_of: &str, files: &Files) {
    if spare(out).is_some() {
        let other = files.iter().map(|(route, bytes)| (route.clone(), [bytes, &b"0"[..]].concat())).collect();
        build(out, Disk::new(), "zero", &other).unwrap();
        build(out, Disk::new(), as_of, files).unwrap();
        sleep(Duration::from_millis(20));
    }
    build(out, Disk::new(), as_of, files).unwrap();
    if spare(out).is_some() {
        sleep(Duration::from_millis(20));
    }
}

/// Whether the name of the site may be empty for a moment.
pub fn steps_aside(system: &str) -> bool {
    !system.starts_with("exchange")
}

pub fn system(disk: Disk, name: &str) -> Disk {
    match name.trim_end_matches("-spare") {
        "exchange" => disk,
        "journal" => disk.lacking(Lack::Exchange),
        _ => disk.lacking(Lack::Exchange).lacking(Lack::SyncAll).lacking(Lack::Links),
    }
}
