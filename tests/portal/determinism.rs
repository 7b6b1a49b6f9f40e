//! Same sources, same day, same theme: same bytes, wherever and however the build runs.

use crate::support::{DAY, Project, Tree, assert_same, demo_sources, pages, place, run, small, tree};

/// Sources written in another order, so that a folder lists them in another order.
fn shuffled(files: &Tree) -> Project {
    let project = Project::of(&Tree::new());
    let mut paths: Vec<&String> = files.keys().collect();
    let mut state = 7_u64;
    for at in (1..paths.len()).rev() {
        state = state * 48_271 % 2_147_483_647;
        paths.swap(at, state as usize % (at + 1));
    }
    for path in paths {
        project.write(path, &files[path]);
    }
    project
}

#[test]
fn two_folders_of_the_same_sources_give_the_same_site() {
    for files in [small(), demo_sources()] {
        let (one, other) = (Project::of(&files), shuffled(&files));
        one.build(DAY).ends(0);
        other.build(DAY).ends(0);
        assert_same(&one.site(), &other.site(), "two folders");
    }
}

#[test]
fn time_zone_locale_and_surroundings_leave_no_trace() {
    let project = Project::small();
    project.build(DAY).ends(0);
    let site = project.site();
    for (key, value) in [
        ("TZ", "Asia/Shanghai"),
        ("TZ", "Pacific/Apia"),
        ("LC_ALL", "zh_CN.UTF-8"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("LANG", "zh_CN.GBK"),
        ("HOME", "/nowhere"),
        ("SOURCE_DATE_EPOCH", "0"),
        ("USER", "somebody"),
    ] {
        let elsewhere = place();
        let out = elsewhere.path().join("site");
        let arguments = ["--as-of", DAY, "--no-cache", "--out", out.to_str().unwrap()];
        run(project.command("build", &arguments).env(key, value)).ends(0);
        assert_same(&tree(&out), &site, &format!("{key}={value}"));
    }
}

#[test]
fn one_thread_and_many_give_the_same_site() {
    let project = Project::of(&demo_sources());
    project.build(DAY).ends(0);
    for jobs in ["1", "2", "5"] {
        let elsewhere = place();
        let out = elsewhere.path().join("site");
        project
            .run("build", &["--as-of", DAY, "--jobs", jobs, "--no-cache", "--out", out.to_str().unwrap()])
            .ends(0);
        assert_same(&tree(&out), &project.site(), &format!("--jobs {jobs}"));
    }
}

#[test]
fn the_language_of_messages_is_no_input_of_the_site() {
    let project = Project::small();
    project.build(DAY).ends(0);
    let english = project.site();
    let said = project.run("build", &["--as-of", DAY, "--no-cache", "--lang", "zh"]).ends(0);
    assert!(said.err.contains("已发布"), "{said}");
    assert_same(&project.site(), &english, "--lang zh");
}

#[test]
fn a_folder_that_is_the_content_itself_gives_the_same_site() {
    let files = small();
    let bare: Tree = files
        .iter()
        .map(|(path, bytes)| (path.strip_prefix("content/").unwrap().to_string(), bytes.clone()))
        .collect();
    let (project, bare) = (Project::of(&files), Project::of(&bare));
    project.build(DAY).ends(0);
    bare.build(DAY).ends(0);
    assert_same(&project.site(), &bare.site(), "project and content folder");
    bare.build(DAY).ends(0);
    assert_same(&project.site(), &bare.site(), "built again: the site is no source of itself");
}

#[test]
fn the_listing_of_all_mistakes_is_the_same_at_any_number_of_threads() {
    let project = Project::of(&demo_sources());
    for at in 0..12 {
        let mistakes = format!(
            "visits:\n  - {{id: v-x{at}, enterprise: nobody-{at}, cadre: no-one, date: 2026-02-31, mood: 1}}\n"
        );
        project.write(&format!("content/ledgers/bad/{}.yaml", 99 - at), mistakes);
    }
    let check =
        |jobs: &str| project.run("check", &["--as-of", DAY, "--format", "json", "--jobs", jobs]).ends(1);
    let one = check("1");
    assert!(one.out.lines().count() >= 24, "{one}");
    for jobs in ["2", "7"] {
        assert_eq!(check(jobs).out, one.out);
    }
}

#[test]
fn another_base_path_changes_absolute_addresses_alone() {
    let (base, other) = ("https://spaq.example.gov.cn/gongshi/", "https://www.example.gov.cn/zt/a/");
    let project = Project::small();
    project.build(DAY).ends(0);
    let before = project.site();
    project.edit("content/portal.yaml", base, other);
    project.build(DAY).ends(0);
    // The catalogue and the page of the data files tell their sizes, in which an address counts.
    let tells_sizes = |path: &str| ["data/catalog.jsonld", "data/index.html"].contains(&path);
    for (path, bytes) in pages(project.site()).into_iter().filter(|(path, _)| !tells_sizes(path)) {
        // A picture is no text.
        let moved = String::from_utf8(bytes.clone()).map_or(bytes, |text| {
            let text = text.replace(other, base);
            // What is shown at any depth begins at the root of the host.
            let text = if path == "404.html" { text.replace("\"/zt/a/", "\"/gongshi/") } else { text };
            text.into_bytes()
        });
        assert!(moved == before[&path], "{path}");
    }
}
