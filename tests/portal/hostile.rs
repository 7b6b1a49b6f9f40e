//! Sources made by mistake or in malice: every run ends soon, says what is wrong, and publishes nothing.
//!
//! A run that hangs ends at the limit of `support::run`; one that panics fails in `Run::ends`.

use crate::support::{DAY, Project, Run, Tree, gongshi, names, run};

pub const LEDGER: &str = "content/ledgers/hostile.yaml";

/// Checks and builds; both must refuse alike, and only a cache may have been written.
#[track_caller]
pub fn refused(project: &Project) -> Run {
    let kept = names(&project.path(""));
    let checked = project.run("check", &["--as-of", DAY, "--format", "json"]).ends(1);
    let built = project.run("build", &["--as-of", DAY, "--format", "json"]).ends(1);
    assert_eq!(checked.out, built.out);
    let mut left = names(&project.path(""));
    left.retain(|name| name != ".gongshi" || kept.contains(name));
    assert_eq!(left, kept, "something was written");
    checked
}

/// The small portal with one more file is refused with this code at this line of it.
#[track_caller]
fn refused_with(path: &str, bytes: impl AsRef<[u8]>, code: &str, line: u64) {
    let project = Project::small();
    project.write(path, bytes);
    expect(&refused(&project), path, code, line);
}

#[track_caller]
fn expect(run: &Run, path: &str, code: &str, line: u64) {
    let found = run.findings();
    let hit = found
        .iter()
        .any(|finding| finding["code"] == code && finding["file"] == path && finding["line"] == line);
    let told: Vec<String> = found
        .iter()
        .filter(|finding| finding["severity"] == "error")
        .map(|finding| {
            format!("{}:{} {} {}", finding["file"], finding["line"], finding["code"], finding["message"])
        })
        .collect();
    assert!(hit, "{code} at {path}:{line} is not among {:#?}", told.iter().take(8).collect::<Vec<_>>());
    assert!(found.len() < 40, "{} findings for one hostile file", found.len());
}

#[test]
fn an_alias_bomb_is_stopped_by_a_limit() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for at in 1..12 {
        let inner = vec![format!("*a{}", at - 1); 10].join(", ");
        bomb.push_str(&format!("a{at}: &a{at} [{inner}]\n"));
    }
    let project = Project::small();
    project.write(LEDGER, bomb);
    let run = refused(&project);
    assert!(
        run.findings().iter().any(|finding| finding["code"] == "E-LIMIT" && finding["file"] == LEDGER),
        "{run}"
    );
}

#[test]
fn a_hundred_thousand_brackets_or_quotes_end_at_a_limit_or_a_syntax_error() {
    for (opening, code) in [
        ("[", "E-LIMIT"),
        ("{a: ", "E-LIMIT"),
        ("- ", "E-LIMIT"),
        ("\"", "E-YAML-SYNTAX"),
        ("'", "E-YAML-SYNTAX"),
        ("? ", "E-LIMIT"),
        ("!!str ", "E-YAML-SYNTAX"),
        ("&a ", "E-YAML-SYNTAX"),
        ("[\"", "E-YAML-SYNTAX"),
    ] {
        let project = Project::small();
        project.write(LEDGER, format!("visits:\n  {}", opening.repeat(100_001)));
        let run = refused(&project);
        let codes: Vec<String> = run
            .findings()
            .iter()
            .filter(|finding| finding["file"] == LEDGER)
            .map(|finding| finding["code"].as_str().unwrap().to_string())
            .collect();
        assert!(codes.iter().any(|found| found == code || found == "E-LIMIT"), "{opening:?}: {codes:?}");
    }
}

#[test]
fn deep_nesting_in_every_kind_of_file_is_stopped() {
    let deep = format!("title: {}x", "[".repeat(100_000));
    for path in ["content/portal.yaml", "content/books/2026-village/book.yaml"] {
        let project = Project::small();
        project.write(path, &deep);
        let run = refused(&project);
        assert!(run.findings().iter().any(|finding| finding["file"] == path), "{path}: {run}");
    }
    for path in
        ["content/articles/news/deep.md", "content/pages/deep.md", "content/books/2026-village/09-deep.md"]
    {
        let project = Project::small();
        project.write(path, format!("---\n{deep}\n---\n"));
        let run = refused(&project);
        assert!(run.findings().iter().any(|finding| finding["file"] == path), "{path}: {run}");
    }
}

#[test]
fn hostile_markdown_is_published_as_text_or_refused_but_ends() {
    let head = "---\ntitle: 题\npublished: 2026-10-10 08:00\nsource: 样例\nsummary: 要\n---\n\n";
    for body in [
        "[".repeat(50_000),
        "> ".repeat(20_000),
        "*".repeat(50_000),
        "**a".repeat(20_000),
        "`".repeat(50_001),
        "![](".repeat(20_000),
        "<a ".repeat(20_000),
        "[^1]".repeat(20_000),
        "|".repeat(50_000),
        "- ".repeat(20_000),
        "<script>alert(1)</script>\n".repeat(1000),
        format!("```rust\n{}\n```", "fn ".repeat(30_000)),
    ] {
        let project = Project::small();
        project.write("content/articles/news/hostile.md", format!("{head}{body}\n"));
        let run = project.build(DAY);
        assert!(matches!(run.status, Some(0 | 1)), "{}: {run}", &body[..4.min(body.len())]);
        if run.status == Some(0) {
            let page = String::from_utf8(project.site()["articles/news/hostile.html"].clone()).unwrap();
            let scripts = page.matches("<script").count();
            let data = page.matches("<script type=\"application/ld+json\">").count();
            let ours = page.matches("<script src=\"../../theme/portal.").count();
            assert_eq!((scripts, data, ours), (2, 1, 1), "{page}");
        }
    }
}

#[test]
fn bidi_and_zero_width_characters_in_values_are_told_and_never_reach_the_terminal() {
    for (character, written) in
        [("\u{202e}", "202E"), ("\u{200b}", "200B"), ("\u{2066}", "2066"), ("\u{feff}", "FEFF")]
    {
        let project = Project::small();
        project.edit(
            "content/ledgers/enterprises.yaml",
            "name: 样板镇样例饭店",
            &format!("name: 样板{character}镇样例饭店"),
        );
        let run = project.run("check", &["--as-of", DAY]);
        assert!(run.err.contains("enterprises.yaml:53"), "{character:?}: {run}");
        assert!(!run.err.contains(character) && run.err.contains(written), "{run}");
        assert!(matches!(run.status, Some(0 | 1)), "{run}");
    }
}

#[test]
fn a_gbk_file_is_recognised_and_never_read_as_mojibake() {
    let (bytes, _, _) = encoding_rs::GBK.encode("visits:\n  - {id: v-9, 企业: 样例县示例食品有限公司}\n");
    refused_with(LEDGER, &bytes, "E-ENCODING", 2);
    let (article, _, _) = encoding_rs::GBK.encode("---\ntitle: 关于开展督导的通知\n---\n正文\n");
    refused_with("content/articles/news/gbk.md", &article, "E-ENCODING", 2);
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain("visits: []".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let project = Project::small();
    project.write(LEDGER, utf16);
    assert!(refused(&project).out.contains(LEDGER));
}

#[test]
fn a_mark_of_utf_8_and_carriage_returns_are_read_as_if_they_were_not_there() {
    let project = Project::small();
    project.build(DAY).ends(0);
    let plain = project.site();
    for path in [
        "content/portal.yaml",
        "content/ledgers/enterprises.yaml",
        "content/articles/notices/2026-01.md",
        "content/books/2026-village/book.yaml",
    ] {
        let windows = format!("\u{feff}{}", project.text(path).replace('\n', "\r\n"));
        project.write(path, windows);
    }
    project.build(DAY).ends(0);
    crate::support::assert_same(&project.site(), &plain, "with marks and carriage returns");
}

#[test]
fn a_tab_as_indentation_is_told_at_its_line() {
    refused_with(LEDGER, "visits:\n\t- id: v-9\n", "E-YAML-SYNTAX", 2);
}

#[test]
fn a_null_character_or_broken_utf_8_is_told_at_its_line() {
    for bytes in [
        &b"visits:\n  - {id: \"v\0\"}\n"[..],
        b"visits:\n  - {id: \xc3\x28}\n",
        b"visits:\n  - {id: \xed\xa0\x80}\n",
    ] {
        let project = Project::small();
        project.write(LEDGER, bytes);
        let run = refused(&project);
        let told = run.findings().iter().any(|finding| finding["file"] == LEDGER && finding["line"] == 2);
        assert!(told, "{bytes:?}: {run}");
    }
}

#[test]
fn a_folder_that_is_no_portal_is_left_as_it_is() {
    let empty = Project::of(&Tree::new());
    let run = empty.build(DAY);
    assert!(matches!(run.status, Some(1 | 2)), "{run}");
    assert!(run.err.contains("portal.yaml"), "{run}");
    assert_eq!(names(&empty.path("")), [""; 0], "something was written into a strange folder");
    let run = run_at("no/such/folder");
    assert_eq!(run.status, Some(2), "{run}");
    let stranger = Project::of(&Tree::from([("notes.txt".to_string(), b"mine".to_vec())]));
    let run = stranger.build(DAY);
    assert!(matches!(run.status, Some(1 | 2)), "{run}");
    assert_eq!(names(&stranger.path("")), ["notes.txt"]);
}

fn run_at(folder: &str) -> Run {
    run(&mut gongshi(&["build", folder]))
}

#[test]
fn empty_ledgers_are_no_mistake() {
    for text in ["", "\n", "# nothing yet\n", "visits:\n", "visits: []\n", "visits: null\n", "---\n...\n"] {
        let project = Project::small();
        project.write(LEDGER, text);
        project.build(DAY).ends(0);
    }
}

#[test]
fn ledgers_of_another_shape_are_told_where_they_stand() {
    for (text, line) in [
        ("[]\n", 1),
        ("visits\n", 1),
        ("visits: {a: 1}\n", 1),
        ("visits: [1, [2], null]\n", 1),
        ("visits:\n  - - 1\n", 2),
        ("visits:\n  - {1: 2}\n", 2),
        ("visits:\n  - {[a]: b}\n", 2),
        ("visits:\n  - {id: [v-9]}\n", 2),
        ("visit: []\nvisits: []\nvisits: []\n", 1),
        ("visits: []\n---\nvisits: []\n", 2),
        ("%YAML 9.9\n---\nvisits: [\n", 1),
        ("visits:\n  - *nobody\n", 2),
        ("visits:\n  - !!python/object:os.system {}\n", 2),
    ] {
        let project = Project::small();
        project.write(LEDGER, text);
        let run = refused(&project);
        let near = run.findings().iter().any(|finding| {
            finding["file"] == LEDGER && finding["line"].as_u64().unwrap().abs_diff(line) <= 1
        });
        assert!(near, "{text:?}: {run}");
    }
}

#[test]
fn a_huge_value_is_stopped_by_a_limit_and_a_huge_file_too() {
    refused_with(LEDGER, format!("visits:\n  - id: {}\n", "v".repeat(3 << 20)), "E-LIMIT", 2);
    let project = Project::small();
    project.edit("content/portal.yaml", "hotline:", "limits: {file_bytes: 20000}\nhotline:");
    project.write(LEDGER, format!("visits: [] # {}", "很长".repeat(10_000)));
    expect(&refused(&project), LEDGER, "E-LIMIT", 0);
}

#[test]
fn many_mistakes_in_one_file_are_all_told_and_soon() {
    let project = Project::small();
    let lines: String = (0..20_000).map(|at| format!("  - {{id: v-{at}x, mood: {at}}}\n")).collect();
    project.write(LEDGER, format!("visits:\n{lines}"));
    let run = project.run("check", &["--as-of", DAY, "--format", "json"]).ends(1);
    assert!(run.findings().len() > 20_000, "{}", run.findings().len());
}

#[test]
fn a_mail_about_a_page_has_its_title_as_subject_whatever_stands_in_it() {
    let portal = Project::small();
    portal.write(
        "content/articles/news/odd.md",
        "---\ntitle: 甲&乙 100% \"丙\"\npublished: 2026-10-10 08:00\nsource: 样例\nsummary: 题\n---\n\n文。\n",
    );
    let page = String::from_utf8(portal.clean_site(DAY)["articles/news/odd.html"].clone()).unwrap();
    let subject = "mailto:spaq@example.gov.cn?subject=%E7%94%B2%26%E4%B9%99%20100%25%20%22%E4%B8%99%22\"";
    assert!(page.contains(subject), "{page}");
}
