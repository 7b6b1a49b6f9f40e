//! The disk runs full, or fails once, at every call in turn and on real small file systems.

use std::path::Path;

use gongshi::publish::{Disk, Fault, FaultPlan};

use crate::site::{self, SYSTEMS, build, build_before, names, one, place_on, read, refusal, standing, two};

/// Builds release two over `was` with a fault at every call; the old site must stand after each failure.
fn fails_at_every_call(fault: Fault, was: &str, system: &str) {
    let mut failures = 0;
    for at in 1.. {
        let (parent, out) = place_on(system);
        if !was.is_empty() {
            build_before(&out, was, &one());
        }
        let faulty = site::system(Disk::with_faults(FaultPlan { at, fault }), system);
        let built = build(&out, faulty, "two", &two());
        let expected = if built.is_ok() { "two" } else { was };
        assert_eq!(standing(&out), expected, "{system}, call {at}");
        if fault == Fault::NoSpace {
            let left = if expected.is_empty() { vec![] } else { vec!["site"] };
            assert_eq!(names(parent.path()), left, "{system}, call {at}");
        }
        let calm = built.as_ref().is_ok_and(|published| published.notes.is_empty());
        if built.is_err() {
            failures += 1;
            let message = refusal(built).message();
            assert!(!message.zh.is_empty());
            assert!(fault != Fault::NoSpace || message.zh.contains("磁盘空间不足"), "{}", message.zh);
        }
        build(&out, Disk::new(), "two", &two()).unwrap();
        assert_eq!((standing(&out).as_str(), read(&out)), ("two", two()));
        assert_eq!(names(parent.path()), ["site"]);
        if calm && at > 200 {
            break;
        }
    }
    assert!(failures > 10, "only {failures} failures");
}

#[test]
fn a_disk_that_runs_full_at_any_call_leaves_the_old_site() {
    for system in SYSTEMS {
        fails_at_every_call(Fault::NoSpace, "one", system);
        fails_at_every_call(Fault::NoSpace, "", system);
    }
}

#[test]
fn a_call_that_fails_once_leaves_the_old_site_or_the_whole_new_one() {
    for system in SYSTEMS {
        fails_at_every_call(Fault::Broken, "one", system);
        fails_at_every_call(Fault::Broken, "", system);
    }
}

#[cfg(target_os = "linux")]
mod small_disk {
    use super::*;
    use gongshi::publish::PublishError;
    use std::{env, process::Command};

    const FOLDER: &str = "GONGSHI_TEST_SMALL_DISK";

    /// Mounts a file system of so many KiB that nobody else sees, and runs [`child`] on it.
    fn on_a_disk_of(kib: u64, names: u64) {
        let folder = tempfile::tempdir().unwrap();
        let mount = format!(
            "mount -t tmpfs -o size={kib}k,nr_inodes={names} none \"${FOLDER}\" && exec \"$0\" --exact \
             full::small_disk::child --nocapture"
        );
        let mut unshare = Command::new("unshare");
        unshare.arg("--mount");
        if !rustix_is_root() {
            unshare.arg("--map-root-user");
        }
        let run = unshare
            .args(["sh", "-c", &mount])
            .arg(env::current_exe().unwrap())
            .env(FOLDER, folder.path())
            .output()
            .expect("this test needs `unshare` (util-linux)");
        let said = String::from_utf8_lossy(&run.stdout) + String::from_utf8_lossy(&run.stderr);
        assert!(
            run.status.success(),
            "failed on a disk of {kib} KiB, or root (or user namespaces) to mount one is missing:\n{said}"
        );
    }

    fn rustix_is_root() -> bool {
        std::fs::metadata("/proc/self").is_ok_and(|met| std::os::unix::fs::MetadataExt::uid(&met) == 0)
    }

    /// Not a test of its own: what [`on_a_disk_of`] runs on the small disk.
    #[test]
    fn child() {
        let Ok(folder) = env::var(FOLDER) else { return };
        let folder = Path::new(&folder);
        let out = folder.join("site");
        let small = site::files(&[("index.html", "首页")]);
        build(&out, Disk::new(), "one", &small).unwrap();
        let large: site::Files = (0..40).map(|n| (format!("d{}/{n}.html", n % 3), vec![n; 10_000])).collect();
        let refused = refusal(build(&out, Disk::new(), "two", &large));
        let PublishError::NoRoom(shortage) = &refused else { panic!("{refused}") };
        assert_eq!((standing(&out).as_str(), read(&out)), ("one", small));
        assert_eq!(names(folder), ["site"]);
        if shortage.names_left.unwrap() >= shortage.names_needed {
            // 40 files of three blocks each, and what is said to be missing is what is missing.
            let (need, free) = (shortage.need, shortage.free.unwrap());
            assert!((40 * 12_288..600_000).contains(&need), "{need}");
            assert!(free < need);
            let total = rustix::fs::statvfs(folder).unwrap();
            let size = total.f_blocks * total.f_frsize + need - free;
            let more =
                Command::new("mount").args(["-o", &format!("remount,size={size}")]).arg(folder).status();
            assert!(more.unwrap().success());
        } else {
            assert!(refused.message().en.contains("inodes"), "{}", refused.message().en);
            let more = Command::new("mount").args(["-o", "remount,nr_inodes=200"]).arg(folder).status();
            assert!(more.unwrap().success());
        }
        build(&out, Disk::new(), "two", &large).unwrap();
        assert_eq!((standing(&out).as_str(), read(&out)), ("two", large));
    }

    #[test]
    fn a_full_small_disk_is_told_with_the_true_need_and_enough_room_mends_it() {
        for kib in [16, 40, 64, 100, 200, 300, 400, 480] {
            on_a_disk_of(kib, 500);
        }
    }

    #[test]
    fn a_disk_without_names_left_is_told_so() {
        on_a_disk_of(4000, 20);
    }
}
