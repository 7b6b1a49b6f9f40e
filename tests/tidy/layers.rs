//! Who may name whom: floors, the gate, and the one room each foreign crate lives in.
//!
//! Read from the code itself, so that a shortcut shows at once. A module that is new needs a floor here.

use std::collections::{BTreeMap, BTreeSet};

use crate::code::{paths, shipped};
use crate::none;
use crate::tree::{File, sources};

/// Modules by floor, lowest first; a module names only modules of its own floor and of those below.
const FLOORS: [&[&str]; 12] = [
    &[
        "text",
        "traditional",
        "diagnostic",
        "baseline",
        "route",
        "calendar",
        "chart",
        "code",
        "division",
        "json",
        "locale",
        "cache",
        "needles",
        "rate",
        "spread",
        "unpack",
        "pii",
        "fold",
        "host",
        "sounds",
        "varint",
    ],
    &["config", "source", "markdown", "theme"],
    &["record"],
    &["ledger", "inspection"],
    &["check"],
    &["disclose"],
    &["search"],
    &["plan"],
    &["render"],
    &["publish"],
    &["pipeline", "release"],
    &["report", "cli", "main", "lib"],
];

/// What stands before the gate: code behind it can name none of this.
const BEFORE_THE_GATE: [&str; 8] = [
    "ledger",
    "check",
    "source",
    "record::value::Record",
    "record::value::View",
    "record::intake",
    "record::read",
    "record::field::Internal",
];

/// All that publication may know.
const KNOWN_TO_PUBLISH: [&str; 4] = ["text", "diagnostic", "route", "cache"];

/// All that the lint of finished pages may know: bytes, routes and settings, no record.
const KNOWN_TO_INSPECTION: [&str; 8] = [
    "text",
    "diagnostic",
    "host",
    "route",
    "calendar",
    "record::settings",
    "record::inspection_settings",
    "inspection",
];

/// Foreign crates with the modules that may name them.
const ROOMS: [(&str, &[&str]); 16] = [
    ("arcstr", &["record"]),
    ("thin_vec", &["record"]),
    ("unicode_normalization", &["fold"]),
    ("pinyin", &["sounds"]),
    ("granit_parser", &["source"]),
    ("encoding_rs", &["pii", "source", "unpack"]),
    ("imagesize", &["source"]),
    ("serde_yaml", &["theme"]),
    ("walkdir", &["source", "theme"]),
    ("pulldown_cmark", &["markdown"]),
    ("syntect", &["markdown"]),
    ("tera", &["render"]),
    ("rustix", &["publish", "source"]),
    ("flate2", &["inspection", "pii", "unpack"]),
    ("zip", &["unpack"]),
    ("clap", &["cli", "report"]),
];

/// The top module a file belongs to.
fn module(path: &str) -> &str {
    let below = path.strip_prefix("src/").unwrap();
    below.split('/').next().unwrap().trim_end_matches(".rs")
}

/// How many modules deep the code of a file lies.
fn depth(path: &str) -> usize {
    path.matches('/').count() - usize::from(path.ends_with("/mod.rs"))
}

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

/// Every path of the crate that shipped code names: file, line, path.
fn named() -> Vec<(File, Vec<(usize, String)>)> {
    sources()
        .into_iter()
        .map(|file| {
            let named = paths(&shipped(&file.text), depth(&file.path));
            (file, named)
        })
        .collect()
}

/// The breaches of a rule on what a file may name.
fn breaches(allowed: impl Fn(&str, &str) -> bool) -> Vec<String> {
    let mut breaches = Vec::new();
    for (file, named) in named() {
        for (line, path) in named {
            if !allowed(module(&file.path), &path) {
                breaches.push(format!("{}:{line} names {path}", file.path));
            }
        }
    }
    breaches
}

fn is_below(path: &str, room: &str) -> bool {
    path.strip_prefix(room).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

#[test]
fn every_module_stands_on_a_floor() {
    let modules: BTreeSet<String> = sources().iter().map(|file| module(&file.path).to_string()).collect();
    let lost: Vec<String> = modules.into_iter().filter(|module| floor(module).is_none()).collect();
    none("these modules stand on no floor", &lost);
}

#[test]
fn a_module_names_only_its_own_floor_and_those_below() {
    let found = breaches(|from, path| {
        let to = path.split("::").next().unwrap();
        // A name that is no module is an item of the crate's root, which has none to offer.
        floor(to).is_none_or(|to| floor(from).is_some_and(|from| to <= from))
    });
    none("these names lead upwards", &found);
}

#[test]
fn no_modules_name_each_other_in_a_circle() {
    let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, named) in named() {
        let from = module(&file.path).to_string();
        let to = named.iter().map(|(_, path)| path.split("::").next().unwrap().to_string());
        names.entry(from.clone()).or_default().extend(to.filter(|to| *to != from && floor(to).is_some()));
    }
    // Whatever names nothing that is left can be taken away; a circle stays.
    while let Some(free) =
        names.iter().find(|(_, to)| to.iter().all(|to| !names.contains_key(to))).map(|(from, _)| from.clone())
    {
        names.remove(&free);
    }
    let circle: Vec<String> = names.into_iter().map(|(from, to)| format!("{from} -> {to:?}")).collect();
    none("these modules name each other in a circle", &circle);
}

#[test]
fn nothing_behind_the_gate_names_what_stands_before_it() {
    let found = breaches(|from, path| {
        !matches!(from, "plan" | "render" | "publish")
            || !BEFORE_THE_GATE.iter().any(|room| is_below(path, room))
    });
    none("a leak must be a compile error, and these names would let one compile", &found);
}

#[test]
fn publication_knows_bytes_and_routes_only() {
    let found = breaches(|from, path| {
        from != "publish" || KNOWN_TO_PUBLISH.iter().chain(&["publish"]).any(|room| is_below(path, room))
    });
    none("publication knows too much", &found);
}

#[test]
fn the_lint_of_finished_pages_knows_bytes_routes_and_settings_only() {
    let found = breaches(|from, path| {
        from != "inspection" || KNOWN_TO_INSPECTION.iter().any(|room| is_below(path, room))
    });
    none("what looks at pages must not ask what they were made of", &found);
}

#[test]
fn the_plan_asks_of_no_record_which_kind_it_is() {
    let arms: Vec<String> = gongshi::record::KINDS
        .iter()
        .flat_map(|kind| [kind.plural, kind.singular])
        .map(|name| format!("\"{name}\""))
        .collect();
    let mut found = Vec::new();
    let is_blind = |path: &str| path.starts_with("src/plan") || path.starts_with("src/publish");
    for File { path, text } in sources().into_iter().filter(|file| is_blind(&file.path)) {
        for (number, line) in (1..).zip(text.lines()) {
            let asks =
                |arm: &String| line.contains(&format!("{arm} =>")) || line.contains(&format!("{arm} |"));
            if arms.iter().any(asks) {
                found.push(format!("{path}:{number} {}", line.trim()));
            }
        }
    }
    none("a new kind must need no change of the plan", &found);
}

#[test]
fn each_foreign_crate_is_named_in_its_own_room() {
    let mut found = Vec::new();
    for file in sources() {
        let code = shipped(&file.text);
        for (name, rooms) in ROOMS {
            let path = format!("{name}::");
            let starts = |(at, _): (usize, &str)| {
                !code[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':'))
            };
            if code.match_indices(&path).any(starts) && !rooms.contains(&module(&file.path)) {
                found.push(format!("{} names {name}, which lives in {rooms:?}", file.path));
            }
        }
    }
    none("these crates have left their rooms", &found);
}

#[test]
fn clock_and_environment_are_looked_at_by_the_command_line_only() {
    let mut found = Vec::new();
    for file in sources() {
        let code = shipped(&file.text);
        for name in ["SystemTime::now", "Instant::now", "env::var", "env::current", "env::temp_dir"] {
            if code.contains(name) && module(&file.path) != "cli" {
                found.push(format!("{} names {name}", file.path));
            }
        }
    }
    none("the same input must give the same bytes", &found);
}
