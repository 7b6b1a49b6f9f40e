//! Second names for the files of a release: what the next build takes from them, and what it does not believe.
#![cfg(target_os = "linux")]

use std::{
    fs::{self, FileTimes},
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    thread::sleep,
    time::Duration,
};

use gongshi::publish::{Disk, FileFact};
use gongshi::route::Route;

use crate::site::{
    begin, build, build_before, names, one, place_on, quick_place, read, refusal, spare, standing, two,
};

/// A site of the first release with its second names, all old enough to be proved.
fn first() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let (parent, out) = place_on("exchange-spare");
    build_before(&out, "one", &one());
    let tree = spare(&out).unwrap().join("tree");
    (parent, out, tree)
}

/// Somebody's act, given the site folder and that of the second names.
type Change = fn(&Path, &Path);

fn number(path: &Path) -> u64 {
    fs::symlink_metadata(path).unwrap().ino()
}

/// Whether a build takes a file over without reading it: it is given a content key that no bytes have.
fn is_believed(out: &Path, route: &str) -> bool {
    let stage = begin(out, Disk::new()).unwrap();
    let kept = stage.keep_proved(&Route::parse(route).unwrap(), &FileFact::of(&one()[route]), 0);
    kept.unwrap().is_some()
}

#[test]
fn every_file_of_a_release_has_a_second_name_and_no_other_name_is_there() {
    let (parent, out, tree) = first();
    for release in [one(), two(), one(), one()] {
        build(&out, Disk::new(), "next", &release).unwrap();
        assert_eq!(read(&out), release);
        assert_eq!(read(&tree), release);
        for route in release.keys() {
            assert_eq!(number(&out.join(route)), number(&tree.join(route)), "{route}");
        }
        assert!(!tree.join("manifest.json").exists());
        assert_eq!(names(parent.path()), ["site"]);
    }
    assert!(!tree.join("c").exists(), "a folder without files stays");
    assert_eq!(names(&spare(&out).unwrap()), ["CACHEDIR.TAG", "mark", "tree"]);
}

#[test]
fn a_file_that_nobody_touched_is_taken_over_unread_with_its_time() {
    let (_parent, out, tree) = first();
    assert!(is_believed(&out, "a/stays.html"));
    // The stage above was given up, and its names with it.
    assert!(!tree.exists() && !is_believed(&out, "a/stays.html"));
    build_before(&out, "one", &one());
    let before = fs::metadata(out.join("a/stays.html")).unwrap();
    build(&out, Disk::new(), "two", &two()).unwrap();
    let after = fs::metadata(out.join("a/stays.html")).unwrap();
    assert_eq!((after.ino(), after.mtime_nsec()), (before.ino(), before.mtime_nsec()));
    assert_eq!((standing(&out).as_str(), read(&out)), ("two", two()));
}

#[test]
fn a_file_written_in_place_is_not_believed_whatever_its_time_says() {
    for name in ["site", "second name"] {
        let (_parent, out, tree) = first();
        let path = if name == "site" { &out } else { &tree }.join("a/stays.html");
        let time = fs::metadata(&path).unwrap().modified().unwrap();
        fs::write(&path, "已变").unwrap();
        fs::File::options()
            .write(true)
            .open(&path)
            .unwrap()
            .set_times(FileTimes::new().set_modified(time))
            .unwrap();
        build(&out, Disk::new(), "two", &two()).unwrap();
        assert_eq!((standing(&out).as_str(), read(&out)), ("two", two()), "{name}");
        assert_eq!(read(&tree), two(), "{name}");
    }
}

#[test]
fn what_was_changed_between_two_builds_is_read_once_and_then_believed() {
    let (_parent, out, tree) = first();
    let path = out.join("a/stays.html");
    fs::write(&path, "不变").unwrap();
    build_before(&out, "one", &one());
    let number_before = number(&path);
    assert!(is_believed(&out, "a/stays.html"));
    assert_eq!(number(&path), number_before);
    assert!(!tree.exists());
}

#[test]
fn names_are_of_no_use_when_a_folder_was_changed() {
    let changes: [(&str, Change); 7] = [
        ("a file is gone", |out, _| fs::remove_file(out.join("a/stays.html")).unwrap()),
        ("two files changed places", |out, _| {
            fs::rename(out.join("a/stays.html"), out.join("x")).unwrap();
            fs::rename(out.join("a/changes.html"), out.join("a/stays.html")).unwrap();
            fs::rename(out.join("x"), out.join("a/changes.html")).unwrap();
        }),
        ("a folder took the place of another", |out, _| {
            fs::rename(out.join("a"), out.join("../away")).unwrap();
            fs::create_dir(out.join("a")).unwrap();
            fs::write(out.join("a/stays.html"), "别样").unwrap();
        }),
        ("a name is gone", |_, tree| fs::remove_file(tree.join("a/stays.html")).unwrap()),
        ("a name too many", |_, tree| fs::write(tree.join("a/more.html"), "").unwrap()),
        ("a link instead of the names", |_, tree| {
            fs::rename(tree, tree.with_file_name("away")).unwrap();
            std::os::unix::fs::symlink(tree.with_file_name("away"), tree).unwrap();
        }),
        ("the mark is cut off", |_, tree| {
            fs::write(tree.with_file_name("mark"), "gongshi spare 1 ").unwrap()
        }),
    ];
    for (what, change) in changes {
        let (parent, out, tree) = first();
        change(&out, &tree);
        build(&out, Disk::new(), "two", &two()).unwrap();
        assert_eq!((standing(&out).as_str(), read(&out)), ("two", two()), "{what}");
        assert_eq!(read(&tree), two(), "{what}");
        let _ = fs::remove_dir_all(parent.path().join("away"));
        assert_eq!(names(parent.path()), ["site"], "{what}");
    }
}

#[test]
fn somebodys_file_in_the_site_stops_the_build_with_second_names_too() {
    let (_parent, out, _) = first();
    fs::write(out.join("a/mine.txt"), "mine").unwrap();
    let error = refusal(build(&out, Disk::new(), "two", &two()));
    assert!(error.message().en.contains("a/mine.txt"), "{}", error.message().en);
    assert_eq!(fs::read_to_string(out.join("a/mine.txt")).unwrap(), "mine");
}

#[test]
fn names_of_another_site_are_removed_and_its_files_are_not() {
    let (parent, out, tree) = first();
    let other = parent.path().join("other");
    build(&other, Disk::new(), "two", &two()).unwrap();
    assert_eq!((read(&out), read(&other)), (one(), two()));
    assert!(!tree.exists());
    sleep(Duration::from_millis(20));
    build(&out, Disk::new(), "two", &two()).unwrap();
    assert_eq!((read(&out), read(&other), read(&tree)), (two(), two(), two()));
    assert_ne!(number(&out.join("a/stays.html")), number(&other.join("a/stays.html")));
}

#[test]
fn a_site_moved_away_and_back_is_believed_and_a_copy_is_not() {
    let (parent, out, _) = first();
    let away = parent.path().join("away");
    fs::rename(&out, &away).unwrap();
    let copied = std::process::Command::new("cp").arg("-a").arg(&away).arg(&out).status().unwrap();
    assert!(copied.success() && !is_believed(&out, "a/stays.html"));
    assert_eq!(standing(&out), "one");
}

#[test]
fn without_a_cache_nothing_is_kept() {
    let (parent, out) = quick_place();
    build(&out, Disk::new(), "one", &one()).unwrap();
    assert_eq!(spare(&out), None);
    assert_eq!(names(parent.path()), ["site"]);
}
