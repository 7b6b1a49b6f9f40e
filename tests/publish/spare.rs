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
    begin, build, build_before, facts, files, names, one, place_on, quick_place, read, refusal, spare,
    standing, two,
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
    let before = number(&path);
    sleep(Duration::from_millis(20));
    build(&out, Disk::new(), "one", &one()).unwrap();
    assert_eq!((number(&path), number(&tree.join("a/stays.html"))), (before, before), "it is the same file");
    sleep(Duration::from_millis(20));
    assert!(is_believed(&out, "a/stays.html"));
}

#[test]
fn a_name_that_is_not_that_of_the_sites_file_is_not_believed() {
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
        ("a file was saved by renaming", |out, _| {
            fs::write(out.join("x"), "已变").unwrap();
            fs::rename(out.join("x"), out.join("a/stays.html")).unwrap();
        }),
        ("a name is gone", |_, tree| fs::remove_file(tree.join("a/stays.html")).unwrap()),
        ("a link instead of the names", |out, tree| {
            fs::rename(tree, out.with_file_name("away")).unwrap();
            std::os::unix::fs::symlink(out, tree).unwrap();
        }),
        ("the mark is cut off", |_, tree| {
            fs::write(tree.with_file_name("mark"), "gongshi spare 1 ").unwrap()
        }),
    ];
    for (what, change) in changes {
        for is_asked in [true, false] {
            let (parent, out, tree) = first();
            change(&out, &tree);
            if is_asked {
                assert!(!is_believed(&out, "a/stays.html"), "{what}");
            }
            build(&out, Disk::new(), "two", &two()).unwrap();
            assert_eq!((standing(&out).as_str(), read(&out), read(&tree)), ("two", two(), two()), "{what}");
            let _ = fs::remove_dir_all(parent.path().join("away"));
            assert_eq!(names(parent.path()), ["site"], "{what}");
        }
    }
}

#[test]
fn what_desktops_leave_goes_with_the_release_it_was_left_in() {
    let (_parent, out, tree) = first();
    for (release, place) in [("two", &out), ("one", &tree), ("two", &tree), ("one", &out)] {
        fs::write(place.join("a/.DS_Store"), "").unwrap();
        let files = if release == "one" { one() } else { two() };
        build(&out, Disk::new(), release, &files).unwrap();
        assert_eq!((standing(&out).as_str(), read(&out)), (release, files));
    }
}

#[test]
fn a_build_goes_without_second_names_while_another_has_them_or_somebody_elses_folder_is_there() {
    let (parent, out, tree) = first();
    let other = parent.path().join("other");
    let stage = begin(&out, Disk::new()).unwrap();
    build(&other, Disk::new(), "two", &two()).unwrap();
    assert_eq!(read(&other), two());
    drop(stage);
    assert_eq!((read(&out), tree.exists()), (one(), false));
    fs::remove_dir_all(tree.parent().unwrap()).unwrap();
    fs::create_dir_all(&tree).unwrap();
    fs::write(tree.join("mine"), "mine").unwrap();
    build(&out, Disk::new(), "two", &two()).unwrap();
    assert_eq!((read(&out), fs::read_to_string(tree.join("mine")).unwrap().as_str()), (two(), "mine"));
}

#[test]
fn a_file_may_take_the_place_of_a_folder_and_a_folder_that_of_a_file() {
    let (_parent, out, tree) = first();
    let flat = files(&[("index.html", "首页"), ("a", "是文件"), ("style.css", "p{}")]);
    let deep = files(&[("index.html", "首页"), ("a/b/c.html", "又是文件夹"), ("style.css/x", "x")]);
    for release in [flat.clone(), deep, flat, one()] {
        build(&out, Disk::new(), "next", &release).unwrap();
        assert_eq!((read(&out), read(&tree)), (release.clone(), release));
    }
}

#[test]
fn a_file_edited_while_a_build_runs_is_not_believed_afterwards() {
    for is_saved_by_renaming in [false, true] {
        let (_parent, out, tree) = first();
        let stage = begin(&out, Disk::new()).unwrap();
        for (route, bytes) in two() {
            let route = Route::parse(&route).unwrap();
            let fact = FileFact::of(&bytes);
            if stage.keep(&route, &fact, &mut |_| Ok(())).unwrap().is_none() {
                stage.put(&route, &bytes).unwrap();
            }
        }
        sleep(Duration::from_millis(20));
        if is_saved_by_renaming {
            fs::write(out.join("x"), "已变").unwrap();
            fs::rename(out.join("x"), out.join("a/stays.html")).unwrap();
        } else {
            fs::write(out.join("a/stays.html"), "已变").unwrap();
        }
        stage.finish(facts("two")).unwrap();
        sleep(Duration::from_millis(20));
        build(&out, Disk::new(), "two", &two()).unwrap();
        assert_eq!((standing(&out).as_str(), read(&out), read(&tree)), ("two", two(), two()));
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
fn a_copy_of_a_site_is_not_believed() {
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
