//! The build dies at every file-system call in turn; a whole site stands each time, and the next build mends the rest.

use std::{
    env, fs,
    path::Path,
    process::{Command, Stdio},
};

use gongshi::{
    publish::{Disk, FaultPlan},
    route::Route,
};
use rayon::prelude::*;

use crate::site::{
    self, Files, SYSTEMS, begin, build, build_before, facts, names, one, place_on, quick_place, read,
    standing, steps_aside, two,
};

const ORDER: &str = "GONGSHI_TEST_BUILD";

/// Not a test of its own: what the other tests run in a child process, told by the environment.
#[test]
fn child() {
    let Ok(order) = env::var(ORDER) else { return };
    let mut words = order.splitn(4, ' ');
    let mut word = || words.next().unwrap();
    let (release, system, plan, out) = (word(), word(), word(), word());
    let disk = site::system(Disk::with_faults(FaultPlan::parse(plan).unwrap()), system);
    let out = Path::new(out);
    match release {
        "many" => build_many(out, disk),
        "two" => build(out, disk, "two", &two()),
        _ => build(out, disk, release, &one()),
    }
    .unwrap();
}

/// Runs one build in a child; whether it came to its end.
fn survives(release: &str, system: &str, plan: &str, out: &Path) -> bool {
    let status = Command::new(env::current_exe().unwrap())
        .args(["--exact", "kill::child", "--test-threads=1"])
        .env(ORDER, format!("{release} {system} {plan} {}", out.display()))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    // A panic would be code 101: neither the end nor the death that was asked for.
    assert!(status.success() || status.code().is_none_or(|code| code != 101), "the child panicked");
    status.success()
}

/// Lets the build of `release` die at every call, over the release `before` or over nothing.
fn dies_at_every_call(before: Option<(&str, Files)>, release: &str, expected: &Files, system: &str) {
    let mut calls = 0;
    loop {
        calls += 1;
        let (parent, out) = place_on(system);
        if let Some((as_of, files)) = &before {
            build_before(&out, as_of, files);
        }
        let was = standing(&out);
        let ended = survives(release, system, &format!("abort:{calls}"), &out);
        let stands = standing(&out);
        let nameless = stands.is_empty() && parent.path().join(".site.gongshi-journal").exists();
        assert!(
            stands == was || stands == release || (nameless && steps_aside(system)),
            "{system}, call {calls}: {stands:?}"
        );
        if nameless {
            dies_while_repairing(parent.path(), &was, release, system);
        }
        drop(begin(&out, Disk::new()).unwrap());
        let mended = standing(&out);
        assert!(mended == was || mended == release, "{system}, call {calls}, mended: {mended:?}");
        let left = if mended.is_empty() { vec![] } else { vec!["site"] };
        assert_eq!(names(parent.path()), left);
        build(&out, Disk::new(), release, expected).unwrap();
        assert_eq!((standing(&out).as_str(), &read(&out)), (release, expected));
        assert_eq!(names(parent.path()), ["site"]);
        if ended {
            break;
        }
    }
    assert!(calls > 15, "only {calls} calls were tried");
}

/// From a copy of a folder whose site has no name at the moment, lets the mending build die at every call too.
fn dies_while_repairing(parent: &Path, was: &str, release: &str, system: &str) {
    for call in 1.. {
        let (copy, out) = quick_place();
        let copied = Command::new("cp").arg("-R").arg(parent.join(".")).arg(copy.path()).status();
        assert!(copied.unwrap().success());
        let ended = survives(release, system, &format!("abort:{call}"), &out);
        drop(begin(&out, Disk::new()).unwrap());
        let stands = standing(&out);
        assert!(stands == was || stands == release, "{system}, repair call {call}: {stands:?}");
        if ended {
            return;
        }
    }
}

#[cfg(unix)]
#[test]
fn the_first_release_is_there_or_not_whenever_the_build_dies() {
    SYSTEMS.into_par_iter().for_each(|system| dies_at_every_call(None, "two", &two(), system));
}

#[cfg(unix)]
#[test]
fn the_old_or_the_new_site_stands_whenever_the_build_dies() {
    SYSTEMS
        .into_par_iter()
        .for_each(|system| dies_at_every_call(Some(("one", one())), "two", &two(), system));
}

#[cfg(unix)]
#[test]
fn a_release_of_the_same_files_may_die_at_any_call() {
    dies_at_every_call(Some(("one", one())), "next", &one(), "exchange");
    dies_at_every_call(Some(("one", one())), "next", &one(), "exchange-spare");
}

/// 600 files, two thirds as in the small release's folder layout, put by many workers.
fn build_many(out: &Path, disk: Disk) -> anyhow::Result<gongshi::publish::Published> {
    let stage = begin(out, disk)?;
    (0..600).into_par_iter().try_for_each(|n| {
        let route = Route::parse(&format!("d{}/{n}.html", n % 5)).unwrap();
        stage.put(&route, format!("page {n}").repeat(n % 90).as_bytes()).map(|_| ())
    })?;
    stage.finish(facts("many"))
}

#[cfg(unix)]
#[test]
fn a_larger_build_by_many_workers_may_die_at_scattered_calls() {
    let (parent, out) = place_on("exchange-spare");
    let mut call: u64 = 7;
    for (round, system) in SYSTEMS.into_iter().cycle().take(36).enumerate() {
        if round % 6 == 0 {
            let _ = fs::remove_dir_all(&out);
            build(&out, Disk::new(), "one", &one()).unwrap();
        }
        call = (call * 48_271) % 2_147_483_647;
        survives("many", system, &format!("abort:{}", call % 2_600 + 1), &out);
        if !(standing(&out).is_empty() && steps_aside(system)) {
            assert!(["one", "many"].contains(&standing(&out).as_str()));
        }
        drop(begin(&out, Disk::new()).unwrap());
        assert!(["one", "many"].contains(&standing(&out).as_str()));
        assert_eq!(names(parent.path()), ["site"]);
    }
}
