//! What a release leaves behind, what it takes over, and what it refuses to touch.

use std::{fs, path::Path, time::SystemTime};

use gongshi::{
    publish::{Disk, FileFact, MANIFEST, PublishError, verify},
    route::Route,
};
use rayon::prelude::*;

use crate::site::{
    self, SYSTEMS, begin, build, facts, files, names, one, place, place_on, read, refusal, standing, two,
};

fn set_time(path: &Path) -> SystemTime {
    let time = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_700_000_000);
    fs::OpenOptions::new().write(true).open(path).unwrap().set_modified(time).unwrap();
    time
}

fn time(path: &Path) -> SystemTime {
    fs::metadata(path).unwrap().modified().unwrap()
}

#[test]
fn a_release_replaces_the_one_before_and_leaves_nothing_beside_itself() {
    for system in SYSTEMS {
        let (parent, out) = place_on(system);
        let disk = || site::system(Disk::new(), system);
        let first = build(&out, disk(), "one", &one()).unwrap();
        assert_eq!((first.files, first.written, first.linked), (5, 5, 0));
        let second = build(&out, disk(), "two", &two()).unwrap();
        assert_eq!(second.linked, if system.starts_with("plain") { 0 } else { 3 }, "{system}");
        assert_eq!((second.files, second.written + second.linked), (5, 5));
        assert!(!second.unchanged_site && second.notes.is_empty());
        assert_eq!(standing(&out), "two");
        assert_eq!(read(&out), two());
        assert_eq!(names(parent.path()), ["site"]);
    }
}

#[test]
fn unchanged_files_keep_their_time_even_where_there_are_no_links() {
    for system in SYSTEMS {
        let (_parent, out) = place_on(system);
        build(&out, Disk::new(), "one", &one()).unwrap();
        let put = set_time(&out.join("index.html"));
        let kept = set_time(&out.join("a/stays.html"));
        build(&out, site::system(Disk::new(), system), "two", &two()).unwrap();
        assert_eq!(time(&out.join("index.html")), put, "{system}");
        assert_eq!(time(&out.join("a/stays.html")), kept, "{system}");
        assert!(time(&out.join("a/changes.html")) > kept);
    }
}

#[test]
fn a_build_that_changes_no_file_leaves_the_folder_and_renews_the_manifest() {
    let (parent, out) = place();
    build(&out, Disk::new(), "one", &one()).unwrap();
    let before = set_time(&out.join(MANIFEST));
    let same = build(&out, Disk::new(), "one", &one()).unwrap();
    assert!(same.unchanged_site);
    assert_eq!((same.written, same.linked), (0, 5));
    assert_eq!(time(&out.join(MANIFEST)), before);
    let next_day = build(&out, Disk::new(), "next day", &one()).unwrap();
    assert!(next_day.unchanged_site);
    assert_eq!(standing(&out), "next day");
    assert_eq!(read(&out), one());
    assert_eq!(names(parent.path()), ["site"]);
}

#[test]
fn a_file_that_was_altered_in_place_is_written_anew() {
    let (_parent, out) = place();
    build(&out, Disk::new(), "one", &one()).unwrap();
    fs::write(out.join("index.html"), "改页").unwrap();
    fs::write(out.join("a/stays.html"), "改页").unwrap();
    fs::remove_file(out.join("style.css")).unwrap();
    let stage = begin(&out, Disk::new()).unwrap();
    let fact = FileFact::of("不变".as_bytes());
    let mut seen = 0;
    let mut look = |_: &[u8]| {
        seen += 1;
        Ok(())
    };
    assert_eq!(stage.keep(&Route::parse("a/stays.html").unwrap(), &fact, &mut look).unwrap(), None);
    assert_eq!(stage.keep(&Route::parse("style.css").unwrap(), &fact, &mut look).unwrap(), None);
    drop(stage);
    assert_eq!(seen, 0);
    let again = build(&out, Disk::new(), "one", &one()).unwrap();
    assert_eq!((again.written, again.unchanged_site), (3, false));
    assert_eq!(read(&out), one());
}

#[test]
fn a_kept_file_is_shown_and_a_refusal_to_it_stops_the_release() {
    let (parent, out) = place();
    build(&out, Disk::new(), "one", &one()).unwrap();
    let stage = begin(&out, Disk::new()).unwrap();
    let route = Route::parse("a/stays.html").unwrap();
    let fact = *stage.old_release().unwrap().fact(&route).unwrap();
    let mut seen = Vec::new();
    let kept = stage.keep(&route, &fact, &mut |bytes| {
        seen = bytes.to_vec();
        anyhow::bail!("a name that must not be public")
    });
    assert!(kept.is_err());
    assert_eq!(seen, "不变".as_bytes());
    drop(stage);
    assert_eq!(standing(&out), "one");
    assert_eq!(names(parent.path()), ["site"]);
}

#[test]
fn many_workers_may_put_at_once() {
    let (_parent, out) = place();
    let many: site::Files =
        (0..600).map(|n| (format!("d{}/e{}/{n}.html", n % 7, n % 31), vec![b'x'; n])).collect();
    let stage = begin(&out, Disk::new()).unwrap();
    many.par_iter().for_each(|(route, bytes)| {
        stage.put(&Route::parse(route).unwrap(), bytes).unwrap();
    });
    stage.finish(facts("one")).unwrap();
    assert_eq!(standing(&out), "one");
    assert_eq!(read(&out), many);
}

#[test]
fn a_second_build_is_refused_while_the_first_runs() {
    let (parent, out) = place();
    let first = begin(&out, Disk::new()).unwrap();
    let refused = refusal(begin(&out, Disk::new()));
    assert!(matches!(refused, PublishError::Locked(_)));
    assert!(refused.message().zh.contains("另一个构建"));
    first.put(&Route::parse("index.html").unwrap(), b"1").unwrap();
    first.finish(facts("one")).unwrap();
    drop(begin(&out, Disk::new()).unwrap());
    assert_eq!(standing(&out), "one");
    assert_eq!(names(parent.path()), ["site"]);
}

#[test]
fn folders_that_are_not_ours_are_refused_and_left_alone() {
    let (parent, out) = place();
    fs::create_dir(&out).unwrap();
    let papers = files(&[("论文.txt", "我的"), ("manifest.json", "{\"name\":\"app\"}")]);
    for (name, bytes) in &papers {
        fs::write(out.join(name), bytes).unwrap();
    }
    assert!(matches!(refusal(build(&out, Disk::new(), "one", &one())), PublishError::Foreign(_)));
    assert_eq!(fs::read_to_string(out.join("论文.txt")).unwrap(), "我的");
    assert_eq!(names(parent.path()), ["site"]);
    fs::remove_dir_all(&out).unwrap();
    fs::write(&out, "a file").unwrap();
    assert!(matches!(refusal(build(&out, Disk::new(), "one", &one())), PublishError::NotFolder(_)));
    assert!(matches!(refusal(begin(Path::new(".."), Disk::new())), PublishError::Nameless(_)));
}

#[test]
fn somebodys_file_in_our_site_is_named_and_not_deleted() {
    let (_parent, out) = place();
    build(&out, Disk::new(), "one", &one()).unwrap();
    fs::write(out.join("a/手写通知.html"), "唯一的一份").unwrap();
    let refused = refusal(build(&out, Disk::new(), "two", &two())).message();
    assert!(refused.en.contains("a/手写通知.html") && refused.zh.contains("a/手写通知.html"));
    assert_eq!(fs::read_to_string(out.join("a/手写通知.html")).unwrap(), "唯一的一份");
    fs::rename(out.join("a/手写通知.html"), out.join("a/.DS_Store")).unwrap();
    assert!(!build(&out, Disk::new(), "one", &one()).unwrap().unchanged_site);
    assert_eq!(read(&out), one());
}

#[test]
fn a_site_with_a_damaged_manifest_is_rebuilt_unless_it_holds_what_no_release_can() {
    let (_parent, out) = place();
    build(&out, Disk::new(), "one", &one()).unwrap();
    let json = fs::read(out.join(MANIFEST)).unwrap();
    fs::write(out.join(MANIFEST), &json[..json.len() / 2]).unwrap();
    fs::write(out.join("我的.txt"), "").unwrap();
    assert!(matches!(refusal(begin(&out, Disk::new())), PublishError::Strangers { count: 1, .. }));
    fs::remove_file(out.join("我的.txt")).unwrap();
    assert!(begin(&out, Disk::new()).unwrap().old_release().is_none());
    build(&out, Disk::new(), "two", &two()).unwrap();
    assert_eq!(standing(&out), "two");
}

#[test]
fn an_empty_folder_becomes_the_site_in_every_way_of_switching() {
    for system in SYSTEMS {
        let (parent, out) = place();
        fs::create_dir(&out).unwrap();
        build(&out, site::system(Disk::new(), system), "one", &one()).unwrap();
        assert_eq!((standing(&out), names(parent.path())), ("one".to_string(), vec!["site".to_string()]));
    }
}

#[test]
fn two_outputs_at_one_route_stop_the_release() {
    let (parent, out) = place();
    let stage = begin(&out, Disk::new()).unwrap();
    let route = Route::parse("index.html").unwrap();
    stage.put(&route, b"1").unwrap();
    assert!(stage.put(&route, b"2").is_err());
    drop(stage);
    build(&out, Disk::new(), "one", &one()).unwrap();
    let stage = begin(&out, Disk::new()).unwrap();
    stage.put(&route, "首页".as_bytes()).unwrap();
    stage.put(&route, "首页".as_bytes()).unwrap();
    assert!(matches!(refusal(stage.finish(facts("two"))), PublishError::Twice(_)));
    assert_eq!((standing(&out), names(parent.path())), ("one".to_string(), vec!["site".to_string()]));
}

#[test]
fn a_file_lost_from_staging_stops_the_release() {
    let (parent, out) = place();
    build(&out, Disk::new(), "one", &one()).unwrap();
    let stage = begin(&out, Disk::new()).unwrap();
    stage.put(&Route::parse("index.html").unwrap(), b"1").unwrap();
    stage.put(&Route::parse("next.html").unwrap(), b"2").unwrap();
    fs::write(parent.path().join(".site.gongshi-staging/index.html"), "more").unwrap();
    let refused = refusal(stage.finish(facts("two")));
    assert!(matches!(refused, PublishError::StagingDiffers { route } if route == "index.html"));
    assert_eq!((standing(&out), names(parent.path())), ("one".to_string(), vec!["site".to_string()]));
}

#[test]
fn verify_finds_every_flipped_byte_and_every_missing_or_added_file() {
    let (_parent, out) = place();
    build(&out, Disk::new(), "one", &one()).unwrap();
    for name in one().keys().map(String::as_str).chain([MANIFEST]) {
        let sound = fs::read(out.join(name)).unwrap();
        for at in 0..sound.len() {
            let mut flipped = sound.clone();
            flipped[at] ^= 0x20;
            fs::write(out.join(name), &flipped).unwrap();
            assert!(!verify(&out).is_ok_and(|report| report.is_whole()), "{name} byte {at}");
        }
        fs::write(out.join(name), &sound).unwrap();
    }
    fs::write(out.join("a/more.html"), "").unwrap();
    for litter in [".DS_Store", "a/Thumbs.db", "a/desktop.ini"] {
        fs::write(out.join(litter), "left by a desktop").unwrap();
    }
    fs::remove_file(out.join("style.css")).unwrap();
    fs::write(out.join("index.html"), "改").unwrap();
    let report = verify(&out).unwrap();
    assert_eq!(report.extra, ["a/more.html"]);
    assert_eq!(report.missing, ["style.css"]);
    assert_eq!(report.altered, ["index.html"]);
    fs::remove_file(out.join(MANIFEST)).unwrap();
    assert!(verify(&out).is_err());
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    #[test]
    fn links_and_pipes_in_the_old_site_are_neither_followed_nor_waited_for() {
        let (parent, out) = place();
        build(&out, Disk::new(), "one", &one()).unwrap();
        for (route, secret) in [("index.html", "secret"), ("a/changes.html", "pipe")] {
            fs::remove_file(out.join(route)).unwrap();
            let secret = parent.path().join(secret);
            if route == "index.html" {
                fs::write(&secret, "首页").unwrap();
                symlink(&secret, out.join(route)).unwrap();
            } else {
                let made = std::process::Command::new("mkfifo").arg(out.join(route)).status();
                assert!(made.unwrap().success(), "mkfifo is missing");
            }
        }
        build(&out, Disk::new(), "one", &one()).unwrap();
        assert!(fs::symlink_metadata(out.join("index.html")).unwrap().is_file());
        assert_eq!(read(&out), one());
        assert_eq!(names(parent.path()), ["secret", "site"]);
    }

    #[test]
    fn a_link_as_site_folder_is_refused() {
        let (parent, out) = place();
        let real = parent.path().join("real");
        build(&real, Disk::new(), "one", &one()).unwrap();
        symlink(&real, &out).unwrap();
        assert!(matches!(refusal(begin(&out, Disk::new())), PublishError::Link(_)));
        assert_eq!(standing(&real), "one");
    }

    #[test]
    fn the_site_folder_stays_as_open_to_others_as_it_was() {
        let (_parent, out) = place();
        build(&out, Disk::new(), "one", &one()).unwrap();
        fs::set_permissions(&out, fs::Permissions::from_mode(0o2750)).unwrap();
        build(&out, Disk::new(), "two", &two()).unwrap();
        assert_eq!(fs::metadata(&out).unwrap().mode() & 0o7777, 0o2750);
    }
}
