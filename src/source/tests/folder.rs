//! Which files of a folder are sources, which are passed over, and which are refused.

use std::fs;
use std::path::Path;

use super::shown;
use crate::diagnostic::{FileId, Findings, Language};
use crate::source::{Limits, Role, Sources, read_text, walk};

fn folder(files: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "a: 1\n").unwrap();
    }
    folder
}

fn said(root: &Path) -> (Sources, String) {
    let mut findings = Findings::default();
    let sources = walk(root, &[], &mut findings).unwrap();
    let lines = shown(&sources, &Limits::default(), findings, Language::En);
    (sources, lines.replace(&root.display().to_string(), "DIR"))
}

#[test]
fn every_file_has_the_role_of_its_place_and_the_order_of_its_path() {
    let folder = folder(&[
        "portal.yaml",
        "ledgers/b/a.yml",
        "ledgers/a.yaml",
        "books/basics/book.yaml",
        "books/basics/01-general.md",
        "articles/notices/2026/x.md",
        "pages/about.md",
        "assets/a.png",
        ".gongshi/cache/x",
        ".git/config",
        "ledgers/.a.yaml.swp",
        "ledgers/a.yaml~",
        "assets/~$表.xlsx",
        "assets/Thumbs.db",
        "themes/default/theme.yaml",
        "README.md",
    ]);
    let (sources, lines) = said(folder.path());
    let told =
        "4 hidden or backup files lie in the portal folder and are neither read, searched nor published";
    let named = "assets/Thumbs.db, assets/~$表.xlsx, ledgers/.a.yaml.swp, ledgers/a.yaml~";
    assert_eq!(lines, format!("note[I-SOURCE-IGNORED] {told}: {named}\n"));
    let roles: Vec<_> = sources.files.iter().map(|file| (file.path.as_str(), file.role)).collect();
    assert_eq!(
        roles,
        [
            ("articles/notices/2026/x.md", Role::Article),
            ("assets/a.png", Role::Asset),
            ("books/basics/01-general.md", Role::Chapter),
            ("books/basics/book.yaml", Role::Book),
            ("ledgers/a.yaml", Role::Ledger),
            ("ledgers/b/a.yml", Role::Ledger),
            ("pages/about.md", Role::Page),
            ("portal.yaml", Role::Portal),
        ]
    );
    assert_eq!((sources.portal(), sources.files[7].size), (Some(FileId(7)), 5));
}

#[test]
fn what_stands_in_the_wrong_place_is_named_and_not_read() {
    let folder = folder(&[
        "portal.yaml",
        "ledgers/a.xlsx",
        "articles/x.md",
        "books/basics/general.md",
        "notes/x.md",
        "notes/y.md",
        "todo.txt",
    ]);
    let (sources, lines) = said(folder.path());
    assert_eq!(
        lines,
        "articles/x.md: warning[W-SOURCE-STRAY] it does not belong here and is not read
books/basics/general.md: warning[W-SOURCE-STRAY] it does not belong here and is not read
ledgers/a.xlsx: warning[W-SOURCE-STRAY] it does not belong here and is not read
notes: warning[W-SOURCE-STRAY] it does not belong here and is not read
todo.txt: warning[W-SOURCE-STRAY] it does not belong here and is not read
"
    );
    assert_eq!(sources.with_role(Role::Unknown).count(), 5);
}

#[test]
fn names_that_another_system_cannot_hold_are_errors() {
    let folder = folder(&[
        "portal.yaml",
        "ledgers/A.yaml",
        "ledgers/a.yaml",
        "assets/aux.png",
        "assets/a:b.png",
        "pages/x.md ",
    ]);
    let (_, lines) = said(folder.path());
    assert_eq!(
        lines,
        "assets/a:b.png: error[E-SOURCE-NAME] the name holds :, which Windows does not allow
assets/aux.png: error[E-SOURCE-NAME] the name is a device name of Windows
ledgers/a.yaml: error[E-SOURCE-CASE] the name differs from `ledgers/A.yaml` only in case: on Windows they are one file
  ledgers/A.yaml: the other one
pages/x.md : error[E-SOURCE-NAME] the name ends with a dot or a blank
pages/x.md : warning[W-SOURCE-STRAY] it does not belong here and is not read
"
    );
}

#[test]
fn a_folder_without_a_portal_says_so_and_a_missing_one_fails() {
    let folder = folder(&["portal.yml"]);
    let (_, lines) = said(folder.path());
    assert!(lines.starts_with("error[E-PORTAL-MISSING] there is no portal.yaml in DIR\n"), "{lines}");
    let missing = walk(&folder.path().join("nowhere"), &[], &mut Findings::default()).unwrap_err();
    assert!(missing.to_string().contains("cannot open the portal folder"), "{missing}");
    let file = walk(&folder.path().join("portal.yml"), &[], &mut Findings::default()).unwrap_err();
    assert!(file.to_string().contains("is not a folder"), "{file}");
}

#[test]
fn folders_to_skip_are_not_listed() {
    let folder = folder(&["portal.yaml", "site/index.html", "ledgers/a.yaml"]);
    let mut findings = Findings::default();
    let sources = walk(folder.path(), &[folder.path().join("ledgers/../site")], &mut findings).unwrap();
    assert_eq!((sources.files.len(), findings.0.len()), (2, 0));
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    use super::*;

    fn pipe(path: &Path) {
        let status = std::process::Command::new("mkfifo").arg(path).status().unwrap();
        assert!(status.success());
    }

    #[test]
    fn links_pipes_and_sockets_are_named_and_never_opened() {
        let folder = folder(&["portal.yaml", "ledgers/a.yaml"]);
        let ledgers = folder.path().join("ledgers");
        symlink("a.yaml", ledgers.join("within.yaml")).unwrap();
        symlink("/etc/hostname", ledgers.join("outside.yaml")).unwrap();
        symlink("nowhere", ledgers.join("dangling.yaml")).unwrap();
        symlink("..", ledgers.join("loop")).unwrap();
        pipe(&ledgers.join("pipe.yaml"));
        let _socket = UnixListener::bind(ledgers.join("socket.yaml")).unwrap();
        let (sources, lines) = said(folder.path());
        assert_eq!(
            lines,
            "ledgers/dangling.yaml: error[E-SOURCE-SYMLINK] this is a symbolic link that leads outside the portal folder or nowhere
ledgers/loop: error[E-SOURCE-SYMLINK] this is a symbolic link and is not read
ledgers/outside.yaml: error[E-SOURCE-SYMLINK] this is a symbolic link that leads outside the portal folder or nowhere
ledgers/pipe.yaml: error[E-SOURCE-SPECIAL] this is a pipe, socket or device and is not opened
ledgers/socket.yaml: error[E-SOURCE-SPECIAL] this is a pipe, socket or device and is not opened
ledgers/within.yaml: error[E-SOURCE-SYMLINK] this is a symbolic link and is not read
"
        );
        assert_eq!(sources.with_role(Role::Ledger).count(), 1);
    }

    #[test]
    fn a_file_that_became_a_pipe_or_a_link_since_the_walk_fails_at_once() {
        let folder = folder(&["portal.yaml", "ledgers/a.yaml"]);
        let (sources, _) = said(folder.path());
        let (file, _) = sources.with_role(Role::Ledger).next().unwrap();
        let path = folder.path().join("ledgers/a.yaml");
        fs::remove_file(&path).unwrap();
        pipe(&path);
        let read = || read_text(&sources, file, &Limits::default(), &mut Findings::default());
        assert!(read().unwrap_err().to_string().contains("is no longer a plain file"));
        fs::remove_file(&path).unwrap();
        symlink("/etc/hostname", &path).unwrap();
        assert!(read().unwrap_err().to_string().contains("cannot read the source file"));
    }

    #[test]
    fn a_name_that_is_no_unicode_is_named_and_not_read() {
        let folder = folder(&["portal.yaml"]);
        fs::create_dir(folder.path().join("assets")).unwrap();
        fs::write(folder.path().join("assets").join(OsStr::from_bytes(b"\xff\xbe.png")), "x").unwrap();
        let (sources, lines) = said(folder.path());
        assert!(
            lines.ends_with("error[E-SOURCE-NAME] the name is no Unicode text; the file is not read\n"),
            "{lines}"
        );
        assert_eq!(sources.with_role(Role::Asset).count(), 0);
    }
}

#[test]
fn text_over_the_limit_or_in_another_encoding_is_refused_with_a_finding() {
    let folder = folder(&["portal.yaml"]);
    let (sources, _) = said(folder.path());
    let said = |text: &[u8], limit| {
        fs::write(folder.path().join("portal.yaml"), text).unwrap();
        let (mut findings, limits) = (Findings::default(), Limits { file_bytes: limit, ..Limits::default() });
        let text = read_text(&sources, FileId(0), &limits, &mut findings).unwrap();
        (text, shown(&sources, &limits, findings, Language::En))
    };
    assert_eq!(said(b"a: 1\n", 5), (Some("a: 1\n".to_string()), String::new()));
    let (text, lines) = said(b"a: 1\n ", 5);
    assert_eq!((text, lines.contains("E-LIMIT")), (None, true));
    let (gbk, _, _) = encoding_rs::GBK.encode("name: 示范市\n");
    let (text, lines) = said(&gbk, 100);
    assert_eq!(text, None);
    assert_eq!(
        lines,
        "portal.yaml:1:7: error[E-ENCODING] the file seems to be GBK (ANSI), not UTF-8; this line should read: name: 示范市\n"
    );
}
