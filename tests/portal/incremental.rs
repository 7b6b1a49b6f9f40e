//! A rebuild gives the bytes of a build from nothing, and makes only what changed.

use std::cell::Cell;
use std::fs;
use std::os::unix::fs::MetadataExt;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};

use crate::support::edit::{Edit, any_edit};
use crate::support::model::Model;
use crate::support::{
    DAY, Project, Tree, assert_same, differing, gongshi, is_slow, manifest, names, pages, place, run, tree,
};

/// How the builds of a history went.
#[derive(Default)]
struct Tally {
    published: Cell<u32>,
    refused: Cell<u32>,
    kept: Cell<u64>,
    rendered: Cell<u64>,
}

/// Applies edits one by one; after each, a rebuild in place and a build from nothing must agree in all they do.
fn rebuild_after_each(mut model: Model, edits: &[Edit], tally: &Tally) {
    let project = Project::of(&model.files());
    project.build(&model.day).ends(0);
    for (at, edit) in edits.iter().enumerate() {
        let before = model.clone();
        model.edit(edit);
        model.write_over(&before, &project);
        let old = project.site();
        let what = format!("after edit {at}, {edit:?}");
        let (elsewhere, arguments) = (place(), ["--as-of", &model.day, "--format", "json"]);
        let out = elsewhere.path().join("site");
        let clean =
            project.run("build", &[&arguments[..], &["--no-cache", "--out", out.to_str().unwrap()]].concat());
        let quick = project.run("build", &arguments);
        assert_eq!((quick.status, &quick.out), (clean.status, &clean.out), "{what}\n{clean}\n{quick}");
        if quick.status != Some(0) {
            assert_eq!(quick.status, Some(1), "{what}\n{quick}");
            assert_same(&project.site(), &old, &format!("{what}: the old site"));
            assert_eq!(names(elsewhere.path()), [""; 0], "{what}");
            tally.refused.set(tally.refused.get() + 1);
            continue;
        }
        let (rendered, kept) = quick.rendered_and_kept();
        tally.rendered.set(tally.rendered.get() + rendered);
        tally.kept.set(tally.kept.get() + kept);
        tally.published.set(tally.published.get() + 1);
        let (quick, clean) = (project.site(), tree(&out));
        assert_same(&pages(quick.clone()), &pages(clean.clone()), &format!("{what}: rebuilt and clean"));
        assert_eq!(listed(&quick), listed(&clean), "{what}: files");
        for key in ["as_of", "next_change", "generator"] {
            assert_eq!(manifest(&quick)[key], manifest(&clean)[key], "{what}: {key}");
        }
    }
}

/// The manifest's files but those of changes.
fn listed(site: &Tree) -> Vec<serde_json::Value> {
    let mut files = manifest(site)["files"].as_array().unwrap().clone();
    files.retain(|file| !file["route"].as_str().unwrap().starts_with("data/changes/"));
    files
}

#[test]
fn a_rebuild_after_random_edits_is_a_build_from_nothing() {
    let tally = Tally::default();
    let config = Config {
        cases: if is_slow() { 400 } else { 40 },
        rng_seed: RngSeed::Fixed(20_261_122),
        failure_persistence: None,
        max_shrink_iters: 60,
        ..Config::default()
    };
    let history = prop::collection::vec(any_edit(), 1..6);
    let told = TestRunner::new(config).run(&history, |edits| {
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            rebuild_after_each(Model::small(), &edits, &tally)
        }));
        outcome.map_err(|panic| {
            let words = panic.downcast_ref::<String>().cloned().unwrap_or_else(|| "panicked".into());
            TestCaseError::fail(words)
        })
    });
    if let Err(error) = told {
        panic!("{error}");
    }
    let (published, refused) = (tally.published.get(), tally.refused.get());
    assert!(published > refused, "{published} published, {refused} refused: the edits are mostly mistakes");
    assert!(tally.kept.get() > tally.rendered.get(), "mostly rendered anew");
}

#[test]
fn a_rebuild_of_lists_over_several_pages_is_a_build_from_nothing() {
    let edits = [
        Edit::NameEnterprise(3, 1),
        Edit::Status(1, 2),
        Edit::AddVisit(0, 1, 10),
        Edit::AddSample(0, 2, true),
        Edit::Delete(3, 7),
        Edit::NameCadre(5, 4),
        Edit::NameRegion(2, 5),
        Edit::AddEnterprise(3, 2),
        Edit::Day(3),
    ];
    let tally = Tally::default();
    rebuild_after_each(Model::crowded(), &edits, &tally);
    assert_eq!(tally.refused.get(), 0);
}

/// The demo portal of the repository in a folder of its own, built once.
fn demo() -> Project {
    let project = Project::demo();
    project.build(DAY).ends(0);
    project
}

#[test]
fn one_edited_record_renders_only_the_pages_that_show_it() {
    let project = demo();
    let before = project.site();
    project.edit(
        "content/ledgers/enterprises/yangli.yaml",
        "address: 样例县样板镇示范路1号\n",
        "address: 样例县样板镇示范路99号\n",
    );
    let (rendered, kept) = project.build(DAY).ends(0).rendered_and_kept();
    let changed = differing(&pages(before.clone()), &pages(project.site()));
    // The catalogue and the page of the data files tell how large the files are that show it.
    let shows_it = |path: &String| {
        if ["data/catalog.jsonld", "data/index.html", "search/index.js"].contains(&path.as_str()) {
            return true;
        }
        // The words of an address that are new, and those that are gone.
        if path.starts_with("search/t/") {
            return true;
        }
        let text = String::from_utf8_lossy(&project.site()[path]).into_owned();
        text.contains("91990101MA0DEM013U")
    };
    assert!(!changed.is_empty() && changed.iter().all(shows_it), "{changed:?}");
    assert!(changed.len() < 24, "{changed:?}");
    assert!(rendered < 75, "{rendered} of {} were rendered", before.len());
    assert!(kept > before.len() as u64 - 30, "{kept} of {} were kept", before.len());
    assert_same(&pages(project.site()), &pages(project.clean_site(DAY)), "rebuilt and clean");
}

#[test]
fn a_rebuild_without_a_change_renders_next_to_nothing() {
    let project = demo();
    let before = project.site();
    let (rendered, kept) = project.build(DAY).ends(0).rendered_and_kept();
    assert!(rendered < 15, "{rendered} were rendered");
    assert_eq!(kept, before.len() as u64 - 1);
    assert_same(&project.site(), &before, "rebuilt and before");
}

#[test]
fn files_that_did_not_change_keep_their_time_and_are_the_same_files() {
    let project = Project::small();
    project.build(DAY).ends(0);
    let (before, met) = (project.site(), |path: &str| {
        let met = fs::metadata(project.path("site").join(path)).unwrap();
        (met.ino(), met.mtime(), met.mtime_nsec())
    });
    let old: Vec<_> = before.keys().map(|path| met(path)).collect();
    project.edit("content/ledgers/enterprises.yaml", "legal_rep: 任样本", "legal_rep: 任样张");
    project.build(DAY).ends(0);
    let changed = differing(&before, &project.site());
    assert!(changed.contains(&"enterprises/91990101MA0R99EY2P.html".to_string()), "{changed:?}");
    for (path, old) in before.keys().zip(old) {
        assert_eq!(met(path) == old, !changed.contains(path), "{path}");
    }
}

#[test]
fn a_page_changed_by_hand_is_mended_even_when_its_size_and_time_are_put_back() {
    let project = Project::small();
    project.build(DAY).ends(0);
    let (before, page) = (project.site(), project.path("site/enterprises/91990101MA0R99EY2P.html"));
    for _ in 0..2 {
        let time = fs::metadata(&page).unwrap().modified().unwrap();
        let foreign =
            fs::read(&page).unwrap().iter().map(|byte| byte ^ u8::from(*byte == b'1')).collect::<Vec<_>>();
        fs::write(&page, foreign).unwrap();
        fs::File::options().write(true).open(&page).unwrap().set_modified(time).unwrap();
        assert_ne!(project.site(), before);
        project.build(DAY).ends(0);
        assert_same(&pages(project.site()), &pages(before.clone()), "mended and before");
    }
}

#[test]
fn a_damaged_cache_costs_time_and_nothing_else() {
    let project = Project::small();
    project.build(DAY).ends(0);
    let clean = pages(project.clean_site(DAY));
    // A second release leaves all there is to keep.
    project.write("content/assets/more.txt", "before");
    project.build(DAY).ends(0);
    let mut cache = tree(&project.path(".gongshi"));
    // Second names of the site's files are many and alike.
    cache.retain(|name, _| !name.starts_with("spare/tree/") || name.ends_with("enterprises/index.html"));
    assert!(cache.len() > 5 && cache.contains_key("spare/mark"), "{:?}", cache.keys());
    for (name, bytes) in &cache {
        let last = bytes.len() - 1;
        let flipped = |at: usize| {
            let mut bytes = bytes.clone();
            bytes[at.min(last)] ^= 0x10;
            bytes
        };
        for damaged in [
            vec![],
            bytes[..last].to_vec(),
            bytes[..last / 2].to_vec(),
            flipped(0),
            flipped(9),
            flipped(40),
            flipped(last),
        ] {
            project.write(&format!(".gongshi/{name}"), &damaged);
            // A change beside it, so that the cache is read in earnest.
            project.write("content/assets/more.txt", format!("{name}{}", damaged.len()));
            project.build(DAY).ends(0);
            let mut site = pages(project.site());
            site.remove("assets/more.txt");
            assert_same(&site, &clean, name);
        }
    }
}

#[test]
fn the_cache_of_an_earlier_state_brings_nothing_back() {
    let project = Project::small();
    project.build(DAY).ends(0);
    let cache = tree(&project.path(".gongshi"));
    project.edit("content/ledgers/enterprises.yaml", "name: 样板镇样例饭店", "name: 样板镇改名饭店");
    project.build(DAY).ends(0);
    for (name, bytes) in cache {
        project.write(&format!(".gongshi/{name}"), bytes);
    }
    project.build(DAY).ends(0);
    assert_same(&pages(project.site()), &pages(project.clean_site(DAY)), "rebuilt and clean");
}

#[test]
fn a_tampered_site_is_healed_by_the_next_build() {
    let project = Project::small();
    project.build(DAY).ends(0);
    let clean = project.site();
    let sheet = clean.keys().find(|path| path.starts_with("theme/style.")).unwrap().clone();
    for path in [
        "index.html",
        "enterprises/91990101MA0DEM013U.html",
        "data/cadres.csv",
        sheet.as_str(),
        "manifest.json",
    ] {
        let mut bytes = clean[path].clone();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0x20;
        project.write(&format!("site/{path}"), &bytes);
        let verify = || run(&mut gongshi(&["verify", project.path("site").to_str().unwrap()]));
        verify().ends(1);
        project.build(DAY).ends(0);
        assert_same(&project.site(), &clean, path);
        fs::remove_file(project.path("site").join(path)).unwrap();
        if path != "manifest.json" {
            project.build(DAY).ends(0);
            assert_same(&project.site(), &clean, path);
        } else {
            project.write("site/manifest.json", &clean[path]);
        }
        verify().ends(0);
    }
}

#[test]
fn a_project_that_cannot_hold_a_cache_builds_without_one() {
    let project = Project::small();
    project.write(".gongshi", "a file where the cache would be");
    let (rendered, _) = project.build(DAY).ends(0).rendered_and_kept();
    let before = project.site();
    assert_eq!(project.build(DAY).ends(0).rendered_and_kept().0, rendered);
    assert_same(&project.site(), &before, "built twice without a cache");
}

#[test]
fn the_cache_forgets_ledgers_that_are_no_more() {
    let project = Project::small();
    project.build(DAY).ends(0);
    let first = names(&project.path(".gongshi"));
    for at in 0..5 {
        let text = project.text("content/ledgers/visits.yaml");
        project.write("content/ledgers/visits.yaml", format!("# {at}\n{text}"));
        project.build(DAY).ends(0);
    }
    assert_eq!(names(&project.path(".gongshi")).len(), first.len());
}

#[test]
fn an_edited_article_renders_its_page_and_those_that_name_it() {
    let project = demo();
    let path = "content/articles/notices/2026-01.md";
    project.write(path, project.text(path) + "\n又改了一句。\n");
    let (rendered, _) = project.build(DAY).ends(0).rendered_and_kept();
    assert!(rendered < 40, "{rendered} were rendered");
    project.edit(path, "title: 关于开展第三季度包保督导的通知", "title: 关于开展三季度包保督导的通知");
    project.build(DAY).ends(0);
    assert_same(&pages(project.site()), &pages(project.clean_site(DAY)), "rebuilt and clean");
}
