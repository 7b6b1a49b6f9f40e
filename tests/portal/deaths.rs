//! A build that dies at any moment, or runs out of room, leaves a whole site; the next build mends the rest.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::support::edit::Edit;
use crate::support::model::Model;
use crate::support::{
    DAY, Project, Run, Tree, assert_same, gongshi, is_slow, names, pages, place, run, tree,
};

/// The day of the release after.
const NEXT: &str = "2026-12-06";

/// Whether the site stands whole, and of which day; nothing when there is none.
#[track_caller]
fn standing(site: &Path) -> Option<String> {
    if fs::symlink_metadata(site).is_err() {
        return None;
    }
    run(&mut gongshi(&["verify", site.to_str().unwrap()])).ends(0);
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(site.join("manifest.json")).unwrap()).unwrap();
    Some(manifest["as_of"].as_str().unwrap().to_string())
}

/// A build of the next release that dies at its n-th call to the file system; whether it came to its end.
fn dies_at(project: &Project, call: u64) -> bool {
    let run = run(project
        .command("build", &["--as-of", NEXT, "--jobs", "1"])
        .env("GONGSHI_FAULT", format!("abort:{call}")));
    assert!(!run.err.contains("panicked"), "{run}");
    assert!(matches!(run.status, Some(0) | None), "call {call}: {run}");
    run.status == Some(0)
}

/// What stands must be whole and one of the two releases; then a build goes through and leaves nothing beside it.
#[track_caller]
fn stands_and_mends(project: &Project, before: Option<&str>, expected: &Tree, what: &str) {
    let site = project.path("site");
    let found = standing(&site);
    assert!(found.as_deref() == before || found.as_deref() == Some(NEXT), "{what}: {found:?}");
    project.build(NEXT).ends(0);
    assert_eq!(names(&project.path("")), [".gongshi", "content", "site"], "{what}");
    assert_same(&project.site(), expected, what);
}

/// The small portal, with the release before published or with nothing.
fn project(before: Option<&str>) -> Project {
    let project = Project::small();
    if let Some(day) = before {
        project.build(day).ends(0);
        project.edit(
            "content/ledgers/enterprises.yaml",
            "address: 样例县样板镇中心街22号",
            "address: 样例县样板镇中心街23号",
        );
    }
    project
}

/// How many calls a whole build makes.
fn calls(before: Option<&str>) -> u64 {
    let ends = |call: u64| dies_at(&project(before), call);
    let mut high = 64;
    while !ends(high) {
        high *= 2;
    }
    let mut low = high / 2;
    while low + 1 < high {
        let middle = (low + high) / 2;
        if ends(middle) { high = middle } else { low = middle }
    }
    low
}

fn dies_at_many_calls(before: Option<&str>) {
    // Built undisturbed, over the same release before: its files of changes count too.
    let expected = {
        let project = project(before);
        project.build(NEXT).ends(0);
        project.site()
    };
    let last = calls(before);
    assert!(last > 60, "only {last} calls");
    // The first and the last calls take locks and switch folders; those between write files.
    let tried = |call: &u64| is_slow() || *call < 10 || *call + 24 > last || call.is_multiple_of(67);
    for call in (1..=last).filter(tried) {
        let project = project(before);
        assert!(!dies_at(&project, call), "call {call} of {last}");
        stands_and_mends(&project, before, &expected, &format!("call {call} of {last}"));
    }
}

#[test]
fn the_old_or_the_new_site_stands_whole_at_whatever_call_a_build_dies() {
    dies_at_many_calls(Some(DAY));
}

#[test]
fn a_first_build_that_dies_leaves_no_site_or_a_whole_one() {
    dies_at_many_calls(None);
}

#[test]
fn a_build_killed_at_any_moment_leaves_the_old_or_the_new_site() {
    let mut model = Model::small();
    for at in 0..300 {
        model.edit(&Edit::AddEnterprise(at as u8 % 8, at));
    }
    let project = Project::of(&model.files());
    project.build(DAY).ends(0);
    let started = Instant::now();
    let expected = project.clean_site(NEXT);
    let longest = started.elapsed().as_micros() as u64;
    let mut state: u64 = 20_261_122;
    for round in 0..if is_slow() { 120 } else { 12 } {
        state = state * 48_271 % 2_147_483_647;
        // Rendered anew each time, so that there is something to be killed in.
        let mut command = project.command("build", &["--as-of", NEXT, "--no-cache"]);
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let (_keep, never) = mpsc::channel::<()>();
        let _ = never.recv_timeout(Duration::from_micros(state % longest));
        let _ = child.kill();
        child.wait().unwrap();
        let found = standing(&project.path("site"));
        assert!(matches!(found.as_deref(), Some(DAY | NEXT)), "round {round}: {found:?}");
        if found.as_deref() == Some(NEXT) {
            assert_same(&pages(project.site()), &pages(expected.clone()), &format!("round {round}"));
        }
        if round % 4 == 3 {
            let day = if round % 8 == 3 { NEXT } else { DAY };
            project.build(day).ends(0);
            assert_eq!(names(&project.path("")), [".gongshi", "content", "site"], "round {round}");
            assert_eq!(standing(&project.path("site")).as_deref(), Some(day));
        }
    }
}

#[test]
fn of_builds_at_the_same_time_one_goes_through_and_the_others_refuse() {
    let mut model = Model::small();
    for at in 0..200 {
        model.edit(&Edit::AddEnterprise(at as u8 % 8, at));
    }
    let project = Project::of(&model.files());
    let build = || project.command("build", &["--as-of", DAY, "--no-cache"]);
    let children: Vec<_> = (0..4)
        .map(|_| build().stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap())
        .collect();
    let ends: Vec<_> = children.into_iter().map(|child| child.wait_with_output().unwrap()).collect();
    let done = ends.iter().filter(|end| end.status.code() == Some(0)).count();
    assert!(done >= 1);
    for end in &ends {
        let said = String::from_utf8_lossy(&end.stderr);
        assert!(matches!(end.status.code(), Some(0 | 2)), "{said}");
    }
    assert_eq!(standing(&project.path("site")).as_deref(), Some(DAY));
    assert_eq!(names(&project.path("")), ["content", "site"]);
}

/// On a disk of its own of so many KiB: the release before, then the one after, which may not fit; then more room.
#[cfg(target_os = "linux")]
fn on_a_small_disk(before: Option<&Project>, after: &Project, kib: u64) -> (Run, Tree) {
    let (disk, copy) = (place(), place());
    let script = r#"
        mount -t tmpfs -o size="$KIB"k none "$DISK" || exit 90
        if [ -n "$BEFORE" ]; then "$0" build "$BEFORE" --as-of 2026-11-22 --no-cache --out "$DISK/site" || exit 91; fi
        "$0" build "$AFTER" --as-of 2026-12-06 --no-cache --out "$DISK/site"; echo "status $?"
        ls -A "$DISK"
        if [ -d "$DISK/site" ]; then "$0" verify "$DISK/site" || exit 92; cp -R "$DISK/site" "$COPY/site"; fi
        mount -o remount,size=20m "$DISK" || exit 93
        "$0" build "$AFTER" --as-of 2026-12-06 --no-cache --out "$DISK/site" || exit 94
        "$0" verify "$DISK/site" || exit 95
    "#;
    let mut unshare = Command::new("unshare");
    unshare.arg("--mount");
    if std::os::unix::fs::MetadataExt::uid(&fs::metadata("/proc/self").unwrap()) != 0 {
        unshare.arg("--map-root-user");
    }
    unshare
        .args(["sh", "-c", script, env!("CARGO_BIN_EXE_gongshi")])
        .env("LC_ALL", "C")
        .env("KIB", kib.to_string());
    let folder =
        |project: Option<&Project>| project.map_or(String::new(), |it| it.path("").to_str().unwrap().into());
    unshare.env("DISK", disk.path()).env("COPY", copy.path());
    let run = run(unshare.env("BEFORE", folder(before)).env("AFTER", folder(Some(after))));
    assert_eq!(
        run.status,
        Some(0),
        "{kib} KiB, or root (or user namespaces) to mount a disk is missing: {run}"
    );
    (run, tree(&copy.path().join("site")))
}

/// KiB that a site takes on a disk, in whole blocks.
fn taken(site: &Tree) -> u64 {
    site.values().map(|bytes| (bytes.len() as u64).div_ceil(4096) * 4 + 1).sum()
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_with_the_need_and_leaves_the_old_site() {
    let (before, after) = (Project::small(), Project::small());
    after.edit("content/portal.yaml", "name: 示范市食品安全公示平台", "name: 示范市食品安全公示新平台");
    let old = before.clean_site(DAY);
    let used = taken(&old);
    for more in [8, 40, 120, 200, 300] {
        let (run, site) = on_a_small_disk(Some(&before), &after, used + more);
        assert!(run.out.contains("status 2\nsite\n"), "{more} KiB more: {run}");
        assert!(run.err.contains("no room on the disk") && run.err.contains(" needs "), "{run}");
        assert_same(&site, &old, &format!("{more} KiB more"));
    }
    for kib in [16, 64, 200] {
        let (run, site) = on_a_small_disk(None, &after, kib);
        assert!(run.out.contains("status 2\n"), "{kib} KiB: {run}");
        assert_eq!(site.len(), 0, "{kib} KiB");
    }
    let (run, site) = on_a_small_disk(Some(&before), &after, used * 3);
    assert!(run.out.contains("status 0\nsite\n"), "{run}");
    assert_same(&pages(site), &pages(after.clean_site(NEXT)), "enough room");
}
