//! Whether the documents say what is so: both READMEs the same commands, every flag explained, every file and
//! type that the map names still there.

use std::collections::BTreeSet;
use std::process::Command;

use crate::none;
use crate::tree::{files, read, root};

const READMES: [&str; 2] = ["README.md", "README.zh-CN.md"];

/// The two commands that set up everything on a fresh machine.
const SETUP: [&str; 2] = ["cargo run --release -- build", "scripts/test"];

/// Lines of fenced blocks that are commands, without their comments.
fn commands(text: &str) -> BTreeSet<String> {
    let mut inside = false;
    let mut found = BTreeSet::new();
    for line in text.lines() {
        if line.starts_with("```") {
            inside = !inside;
        } else if inside {
            let command = line.split(" #").next().unwrap().trim();
            if ["cargo ", "scripts/", "gongshi ", "bash "].iter().any(|start| command.starts_with(start)) {
                found.insert(command.to_string());
            }
        }
    }
    found
}

/// What stands between backticks, outside fenced blocks.
fn code_words(text: &str) -> Vec<&str> {
    text.split("```").step_by(2).flat_map(|prose| prose.split('`').skip(1).step_by(2)).collect()
}

/// What the command line says of itself.
fn help(arguments: &[&str]) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_gongshi")).args(arguments).arg("--help").output().unwrap();
    assert!(run.status.success(), "{arguments:?}");
    String::from_utf8(run.stdout).unwrap()
}

/// The commands of the program.
fn subcommands() -> Vec<String> {
    let help = help(&[]);
    let (_, list) = help.split_once("Commands:\n").unwrap();
    let words = list.lines().take_while(|line| !line.is_empty()).filter_map(|line| {
        let name = line.strip_prefix("  ")?.split(' ').next()?;
        (!name.is_empty() && name != "help").then(|| name.to_string())
    });
    words.collect()
}

#[test]
fn both_readmes_give_the_same_commands() {
    let [english, chinese] = READMES.map(|path| commands(&read(path)));
    let differing: Vec<String> = english.symmetric_difference(&chinese).cloned().collect();
    none("only one README has these", &differing);
    for command in SETUP {
        assert!(english.contains(command), "{command}");
    }
}

#[test]
fn both_readmes_have_the_same_headings_and_link_to_each_other() {
    let level = |path: &str| -> Vec<usize> {
        let text = read(path);
        let prose = text.split("```").step_by(2).flat_map(str::lines);
        prose.map(|line| line.len() - line.trim_start_matches('#').len()).filter(|level| *level > 0).collect()
    };
    assert_eq!(level(READMES[0]), level(READMES[1]));
    for (path, other) in [(READMES[0], READMES[1]), (READMES[1], READMES[0])] {
        assert!(read(path).contains(&format!("({other})")), "{path} does not link to {other}");
    }
}

/// Fenced blocks that say in their first line which file they are.
fn example_files(text: &str) -> Vec<(&str, &str)> {
    let blocks = text.split("```").skip(1).step_by(2);
    blocks
        .filter_map(|block| {
            let (first, body) = block.split_once('\n')?;
            Some((first.split_once(' ')?.1, body))
        })
        .collect()
}

#[test]
fn the_portal_in_both_readmes_is_the_same_and_builds_without_a_word() {
    let [english, chinese] = READMES.map(read);
    let files = example_files(&english);
    assert_eq!(files, example_files(&chinese));
    assert_eq!(files.len(), 3);
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let run = Command::new(env!("CARGO_BIN_EXE_gongshi"))
        .args(["build", "--strict", "--lang", "en", "--as-of", "2026-09-01"])
        .arg(folder.path())
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    assert!(folder.path().join("site/enterprises/91990101MA0DEM013U.html").exists());
}

#[test]
fn both_readmes_explain_every_command_and_flag() {
    let mut flags: BTreeSet<String> = BTreeSet::new();
    let subcommands = subcommands();
    assert!(subcommands.len() >= 5, "{subcommands:?}");
    for subcommand in &subcommands {
        for word in help(&[subcommand]).split([' ', ',', '\n']) {
            if word.starts_with("--") && word.len() > 2 {
                flags.insert(word.trim_end_matches(|c: char| !c.is_alphanumeric()).to_string());
            }
        }
    }
    flags.remove("--help");
    let mut found = Vec::new();
    for path in READMES {
        let text = read(path);
        for flag in &flags {
            let told = text.match_indices(flag.as_str()).any(|(at, _)| {
                !text[at + flag.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '-')
            });
            if !told {
                found.push(format!("{path}: {flag}"));
            }
        }
        for subcommand in &subcommands {
            if !text.contains(&format!("gongshi {subcommand}")) {
                found.push(format!("{path}: gongshi {subcommand}"));
            }
        }
    }
    none("not explained", &found);
}

#[test]
fn the_readmes_and_the_manifest_name_one_compiler() {
    let manifest = read("Cargo.toml");
    let version = manifest.split_once("rust-version = \"").unwrap().1.split('"').next().unwrap();
    for path in READMES {
        assert!(read(path).contains(&format!("Rust {version}")), "{path} does not name Rust {version}");
    }
}

#[test]
fn every_file_that_a_document_names_is_there() {
    let mut found = Vec::new();
    for file in
        files("", ".md").into_iter().filter(|file| !file.path.contains('/') || file.path.starts_with("docs/"))
    {
        for word in code_words(&file.text) {
            let is_path = [
                "src/",
                "tests/",
                "docs/",
                "scripts/",
                "content/",
                "themes/default/",
                "benches/",
                "examples/",
                ".ci/",
            ]
            .iter()
            .any(|start| word.starts_with(start));
            let plain = !word.contains(['<', '*', ' ', '{', '…']);
            if is_path && plain && !root().join(word).exists() {
                found.push(format!("{}: {word}", file.path));
            }
        }
    }
    none("these have gone", &found);
}

#[test]
fn every_link_of_a_document_leads_somewhere() {
    let mut found = Vec::new();
    for file in
        files("", ".md").into_iter().filter(|file| !file.path.contains('/') || file.path.starts_with("docs/"))
    {
        let folder = root().join(&file.path);
        let folder = folder.parent().unwrap();
        for prose in file.text.split("```").step_by(2).flat_map(|prose| prose.split('`').step_by(2)) {
            for target in prose.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
                let target = target.split('#').next().unwrap();
                if !target.is_empty() && !target.contains("://") && !folder.join(target).exists() {
                    found.push(format!("{}: {target}", file.path));
                }
            }
        }
    }
    none("these links are dead", &found);
}

#[test]
fn every_type_that_the_map_names_exists() {
    let code: String = files("src/", ".rs").into_iter().map(|file| file.text).collect();
    let mut found = Vec::new();
    for path in ["ARCHITECTURE.md", READMES[0], READMES[1]] {
        let text = read(path);
        for word in code_words(&text) {
            let name = word.split("::").last().unwrap();
            let is_type = name.len() > 2
                && name.starts_with(|c: char| c.is_ascii_uppercase())
                && name.chars().all(|c| c.is_ascii_alphanumeric())
                && name.contains(|c: char| c.is_ascii_lowercase());
            let is_function = word.ends_with("()");
            let declared = |kinds: &[&str], name: &str| {
                kinds.iter().any(|kind| {
                    code.match_indices(&format!("{kind} {name}")).any(|(at, found)| {
                        !code[at + found.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_')
                    })
                })
            };
            let variant = || ["(", ",", " {"].iter().any(|end| code.contains(&format!("    {name}{end}")));
            if is_type && !declared(&["struct", "enum", "type", "trait"], name) && !variant() {
                found.push(format!("{path}: {word}"));
            }
            let function = name.trim_end_matches("()");
            if is_function && !declared(&["fn"], function) {
                found.push(format!("{path}: {word}"));
            }
        }
    }
    none("the map names what is not there", &found);
}

#[test]
fn the_page_on_personal_data_names_every_code_of_it() {
    let page = read("docs/privacy.md");
    let codes = gongshi::check::explanations().map(|page| page.code);
    let wanted =
        codes.filter(|code| code.contains("-PII-") || ["W-NAME-LINGERS", "W-ASSET-OPAQUE"].contains(code));
    let found: Vec<String> =
        wanted.filter(|code| !page.contains(&format!("`{code}`"))).map(str::to_string).collect();
    none("docs/privacy.md does not name these", &found);
}
