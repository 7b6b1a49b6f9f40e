//! Names, ids, links and pipes that no source may have.

use std::os::unix::fs::symlink;
use std::process::Command;

use crate::hostile::{LEDGER, refused};
use crate::support::{DAY, Project, place};

#[test]
fn symlinks_out_of_the_portal_are_not_followed() {
    let outside = place();
    std::fs::create_dir(outside.path().join("folder")).unwrap();
    std::fs::write(outside.path().join("secret.txt"), "仓外机密文件内容").unwrap();
    std::fs::write(outside.path().join("folder/secret.yaml"), "visits: [仓外机密]").unwrap();
    for (link, target) in [
        ("content/assets/link.txt", "secret.txt"),
        ("content/ledgers/link.yaml", "folder/secret.yaml"),
        ("content/ledgers/folder", "folder"),
        ("content/articles/news/link.md", "secret.txt"),
        ("content/pages", "folder"),
    ] {
        let project = Project::small();
        let path = project.path(link);
        if path.is_dir() {
            std::fs::remove_dir_all(&path).unwrap();
        }
        symlink(outside.path().join(target), &path).unwrap();
        let run = refused(&project);
        assert!(run.out.contains(link), "{link}: {run}");
        assert!(!run.out.contains("仓外机密"), "{run}");
    }
}

#[test]
fn a_symlink_to_itself_or_to_nothing_ends() {
    let project = Project::small();
    symlink("loop", project.path("content/assets/loop")).unwrap();
    symlink("nowhere", project.path("content/ledgers/nowhere.yaml")).unwrap();
    symlink("..", project.path("content/articles/up")).unwrap();
    let run = refused(&project);
    for name in ["assets/loop", "ledgers/nowhere.yaml", "articles/up"] {
        assert!(run.out.contains(name), "{name}: {run}");
    }
}

#[test]
fn ids_that_would_leave_their_folder_or_collide_are_refused() {
    let enterprise = |id: &str| {
        format!(
            "enterprises:\n  - {{id: {id}, name: 样例店, sector: sales, region: \"990101\", address: 甲, status: active, coverage_level: D,\n     fs_officers: [{{name: 余备用}}], covered_by: [{{cadre: village-0021, role: lead, from: 2026-10-02}}]}}\n"
        )
    };
    for id in [
        "..",
        "../../etc/passwd",
        "a/b",
        "a\\b",
        ".hidden",
        "con",
        "NUL",
        "com1",
        "a.b",
        "甲",
        "\"\\u202Eevil\"",
        "\"a\\u200Bb\"",
        "\"a\\0b\"",
        "index",
    ] {
        let project = Project::small();
        project.write(LEDGER, enterprise(id));
        let run = refused(&project);
        let told = run
            .findings()
            .iter()
            .any(|finding| finding["file"] == LEDGER || finding["code"] == "E-ROUTE-DUP");
        assert!(told, "{id}: {run}");
    }
    let project = Project::small();
    project.write(LEDGER, enterprise("TF-990101-0001"));
    let run = refused(&project);
    assert!(run.findings().iter().any(|finding| finding["code"] == "E-ID-DUP"), "{run}");
}

#[test]
fn file_names_that_some_system_cannot_hold_are_refused() {
    for name in [
        "content/assets/con.txt",
        "content/assets/NUL",
        "content/ledgers/aux.yaml",
        "content/assets/dot.",
        "content/assets/blank ",
        "content/assets/a:b.txt",
        "content/assets/line\nbreak.txt",
        "content/assets/turn\u{202e}txt.exe",
        "content/assets/空白 文件.txt",
        "content/articles/news/con.md",
    ] {
        let project = Project::small();
        project.write(name, "---\ntitle: 题\npublished: 2026-10-10 08:00\nsource: 样例\nsummary: 要\n---\n");
        let run = refused(&project);
        assert!(!run.out.contains('\u{202e}'), "{run}");
        assert!(run.findings().iter().any(|finding| finding["severity"] == "error"), "{name:?}");
    }
    let project = Project::small();
    project.write("content/assets/Map.svg", "<svg/>");
    project.write("content/assets/map.svg", "<svg/>");
    refused(&project);
}

#[test]
fn a_pipe_among_the_sources_is_not_waited_for() {
    for path in ["content/ledgers/pipe.yaml", "content/assets/pipe.txt", "content/articles/news/pipe.md"] {
        let project = Project::small();
        let made = Command::new("mkfifo").arg(project.path(path)).status();
        assert!(made.unwrap().success(), "mkfifo is missing");
        let run = refused(&project);
        assert!(run.out.contains(path), "{path}: {run}");
    }
    let project = Project::small();
    std::fs::remove_file(project.path("content/portal.yaml")).unwrap();
    assert!(Command::new("mkfifo").arg(project.path("content/portal.yaml")).status().unwrap().success());
    refused(&project);
}

#[test]
fn a_pipe_in_the_theme_is_not_waited_for() {
    for path in ["themes/default/templates/home.html", "themes/default/static/pipe.css"] {
        let project = Project::small();
        project.write("themes/default/templates/x.txt", "");
        project.write("themes/default/static/x.txt", "");
        let made = Command::new("mkfifo").arg(project.path(path)).status();
        assert!(made.unwrap().success(), "mkfifo is missing");
        let run = project.build(DAY);
        assert!(matches!(run.status, Some(0 | 2)), "{run}");
    }
}

#[test]
fn hidden_files_and_backups_are_named_and_never_published() {
    let project = Project::small();
    let hidden = [
        "ledgers/.notes",
        "ledgers/visits.yaml~",
        "ledgers/visits.yaml.bak",
        "assets/~$list.xlsx",
        "assets/.DS_Store",
        "assets/.hidden/list.txt",
        "assets/map.png.orig",
        "articles/news/.draft.md",
        "pages/#about.md#",
    ];
    for path in hidden {
        project.write(&format!("content/{path}"), "仓内未公开的备份");
    }
    let run = project.build(DAY).ends(0);
    assert!(run.err.contains("I-SOURCE-IGNORED") && run.err.contains("9 hidden or backup files"), "{run}");
    assert!(run.err.contains("assets/.DS_Store") && !run.err.contains("list.txt"), "{run}");
    for (path, bytes) in project.site() {
        let name = path.rsplit('/').next().unwrap();
        let is_left =
            name.starts_with(['.', '~', '#']) || [".bak", "~", ".orig"].iter().any(|end| name.ends_with(end));
        assert!(!is_left && !String::from_utf8_lossy(&bytes).contains("仓内未公开的备份"), "{path}");
    }
}
