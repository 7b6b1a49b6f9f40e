//! What each file must be: opened by a comment, of a readable length, plainly named, and free of words that
//! belong to one machine.

use std::process::Command;

use crate::code::shipped;
use crate::none;
use crate::tree::{files, root, sources};

/// Longest file of code in lines, its tests included.
const MOST_LINES: usize = 400;

/// Fewest lines of the comment that opens a file of the program.
const LEAST_COMMENT: usize = 3;

/// How long the comment is that opens a file.
fn comment(text: &str) -> usize {
    text.lines().take_while(|line| line.starts_with("//!")).count()
}

#[test]
fn every_file_opens_with_what_it_owns_and_what_is_not_here() {
    let mut found = Vec::new();
    let own: Vec<String> = sources().into_iter().map(|file| file.path).collect();
    for file in files("", ".rs") {
        let is_own = own.contains(&file.path) && file.path != "src/main.rs";
        let least = if is_own { LEAST_COMMENT } else { 1 };
        let lines = comment(&file.text);
        if lines < least {
            found.push(format!("{}: {lines} of {least} lines", file.path));
        }
    }
    none("these files do not say what they are", &found);
}

#[test]
fn no_file_is_too_long_to_read() {
    let length = |text: &str| text.lines().count();
    let found: Vec<String> = files("", ".rs")
        .iter()
        .filter(|file| length(&file.text) > MOST_LINES)
        .map(|file| format!("{}: {} lines, {MOST_LINES} are the most", file.path, length(&file.text)))
        .collect();
    none("split these by idea", &found);
}

#[test]
fn file_names_are_plain() {
    let plain = |name: &str| {
        let mut parts = name.split('.');
        let stem = parts.next().unwrap();
        !stem.is_empty() && stem.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    let vague = ["util", "utils", "helper", "helpers", "common", "misc", "manager", "handler", "data_types"];
    let found: Vec<String> = files("", ".rs")
        .into_iter()
        .map(|file| file.path)
        .filter(|path| {
            let name = path.rsplit('/').next().unwrap();
            !plain(name) || vague.contains(&name.trim_end_matches(".rs"))
        })
        .collect();
    none("these names say nothing or are not snake_case", &found);
}

#[test]
fn shipped_code_never_gives_up() {
    // Put together here, so that this file does not hold them.
    let methods = ["unwrap()", "expect("].map(|name| format!(".{name}"));
    let macros = ["panic", "unreachable", "todo", "unimplemented", "dbg"].map(|name| format!("{name}!("));
    let calls: Vec<String> = methods.into_iter().chain(macros).chain(["unsafe ".to_string()]).collect();
    let mut found = Vec::new();
    for file in sources() {
        let code = shipped(&file.text);
        for (number, line) in (1..).zip(code.lines()) {
            for call in &calls {
                // The one reason for it stands beside it: the options of the allocator have no safe interface.
                let is_known = call.as_str() == "unsafe " && file.path == "src/main.rs";
                if line.contains(call.as_str()) && !is_known {
                    found.push(format!("{}:{number} calls {call}", file.path));
                }
            }
            let speaks = line.contains("println!(") || line.contains("eprint!(") || line.contains(" print!(");
            if speaks && !["src/cli.rs", "src/report.rs"].contains(&file.path.as_str()) {
                found.push(format!("{}:{number} prints; `report` speaks to the user", file.path));
            }
        }
    }
    none("a mistake must become a diagnostic or an error", &found);
}

#[test]
fn no_file_knows_the_machine_it_was_written_on() {
    // Put together here, so that this file does not hold them.
    let folders = ["root", "home", "Users", "work", "tmp/wt", "opt"].map(|name| format!("/{name}/"));
    let hosts =
        [["crates", ".io"], ["npmjs", ".org"], ["pypi", ".org"], ["rsproxy", ".cn"], ["mirrors", "."]];
    let hosts = hosts.map(|parts| parts.concat());
    let mut found = Vec::new();
    for file in files("", "").iter().filter(|file| file.path != "Cargo.lock") {
        for (number, line) in (1..).zip(file.text.lines()) {
            let path = folders.iter().find(|folder| {
                line.match_indices(folder.as_str()).any(|(at, _)| {
                    !line[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '}'))
                })
            });
            let host = hosts.iter().find(|host| line.contains(host.as_str()));
            found.extend(path.into_iter().chain(host).map(|word| format!("{}:{number} {word}", file.path)));
        }
    }
    none("no path of a machine and no host of a registry", &found);
}

#[test]
fn the_scripts_stop_at_the_first_failure() {
    let mut found = Vec::new();
    for file in files("scripts/", "").into_iter().chain(files(".ci/", "")) {
        let strict = file.text.contains("set -euo pipefail");
        if file.text.starts_with("#!/usr/bin/env bash") && !strict {
            found.push(file.path.clone());
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(root().join(&file.path)).unwrap().permissions().mode();
            if file.text.starts_with("#!") && mode & 0o111 == 0 {
                found.push(format!("{} cannot be run", file.path));
            }
        }
    }
    none("these scripts go on after a failure", &found);
}

#[test]
fn all_code_is_formatted() {
    let cargo = std::env::var("CARGO").unwrap_or("cargo".into());
    let run = Command::new(cargo).args(["fmt", "--all", "--check"]).current_dir(root()).output();
    let run = run.unwrap_or_else(|error| panic!("this test needs cargo: {error}"));
    let said = String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "run `cargo fmt` (component rustfmt):\n{said}");
}
