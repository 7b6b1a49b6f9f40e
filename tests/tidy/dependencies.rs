//! What the program may stand on: each dependency with its reason, each licence permissive.
//!
//! The licences come from what cargo has already fetched; nothing here reaches for the network.

use std::process::Command;

use crate::none;
use crate::tree::{read, root};

/// The lines of Cargo.toml that name a dependency.
fn dependencies(manifest: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut inside = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.trim_end().ends_with("dependencies]");
        } else if inside && line.contains('=') && !line.trim_start().starts_with('#') {
            found.push(line);
        }
    }
    found
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = read("Cargo.toml");
    let lines = dependencies(&manifest);
    assert!(lines.len() > 20, "the dependencies were not found");
    let found: Vec<String> = lines
        .iter()
        .filter(|line| line.split_once(" # ").is_none_or(|(_, reason)| reason.trim().len() < 12))
        .map(|line| line.to_string())
        .collect();
    none("say in a comment behind it what each dependency is for", &found);
}

#[test]
fn no_dependency_is_of_any_version_or_from_outside_the_registry() {
    let manifest = read("Cargo.toml");
    let found: Vec<String> = dependencies(&manifest)
        .into_iter()
        .filter(|line| line.contains("\"*\"") || line.contains("git =") || line.contains("path ="))
        .map(str::to_string)
        .collect();
    none("name a version", &found);
    for section in read("Cargo.lock").split("[[package]]").skip(1) {
        let outside = section.contains("source = \"git+");
        assert!(!outside, "not from the registry: {section}");
    }
}

#[test]
fn every_licence_is_one_of_the_list() {
    let allowed = allowed(&read("deny.toml"));
    assert!(allowed.len() > 5, "the list in deny.toml was not found");
    let packages = packages();
    assert!(packages.len() > 60, "only {} packages", packages.len());
    let found: Vec<String> = packages
        .into_iter()
        .filter(|(_, licence)| !is_allowed(licence, &allowed))
        .map(|(name, licence)| format!("{name}: {licence}"))
        .collect();
    none("deny.toml does not list these licences", &found);
}

/// The licences that deny.toml allows.
fn allowed(deny: &str) -> Vec<String> {
    let (_, list) = deny.split_once("allow = [").unwrap();
    let (list, _) = list.split_once(']').unwrap();
    list.lines()
        .filter_map(|line| Some(line.trim().trim_end_matches(',').strip_prefix('"')?.to_string()))
        .map(|line| line.trim_end_matches('"').to_string())
        .collect()
}

/// Names and licences of all packages: of every system where they were fetched, else of this one.
fn packages() -> Vec<(String, String)> {
    let cargo = std::env::var("CARGO").unwrap_or("cargo".into());
    let run = |more: &[&str]| {
        let arguments = ["metadata", "--offline", "--locked", "--format-version=1"];
        Command::new(&cargo).args(arguments).args(more).current_dir(root()).output().unwrap()
    };
    let mut out = run(&[]);
    if !out.status.success() {
        let version = Command::new(&cargo).arg("-vV").output().unwrap();
        let version = String::from_utf8(version.stdout).unwrap();
        let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
        out = run(&["--filter-platform", host]);
    }
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or("none").to_string();
    let packages = metadata["packages"].as_array().unwrap();
    packages.iter().map(|package| (text(&package["name"]), text(&package["license"]))).collect()
}

/// Whether an SPDX expression leaves a choice that the list allows. Older crates write `/` for `OR`.
fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let expression = expression.replace('/', " OR ");
    let tokens: Vec<String> = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace(" WITH ", "\u{0}")
        .split_whitespace()
        .map(|token| token.replace('\u{0}', " WITH "))
        .collect();
    let mut at = 0;
    either(&tokens, &mut at, allowed) && at == tokens.len()
}

fn either(tokens: &[String], at: &mut usize, allowed: &[String]) -> bool {
    let mut good = both(tokens, at, allowed);
    while tokens.get(*at).is_some_and(|token| token == "OR") {
        *at += 1;
        // Both sides are read, whatever the first one is.
        good |= both(tokens, at, allowed);
    }
    good
}

fn both(tokens: &[String], at: &mut usize, allowed: &[String]) -> bool {
    let mut good = one(tokens, at, allowed);
    while tokens.get(*at).is_some_and(|token| token == "AND") {
        *at += 1;
        good &= one(tokens, at, allowed);
    }
    good
}

fn one(tokens: &[String], at: &mut usize, allowed: &[String]) -> bool {
    let Some(token) = tokens.get(*at) else { return false };
    *at += 1;
    if token != "(" {
        return allowed.contains(token);
    }
    let good = either(tokens, at, allowed);
    let closed = tokens.get(*at).is_some_and(|token| token == ")");
    *at += 1;
    good && closed
}

#[test]
fn an_expression_is_allowed_when_one_of_its_choices_is() {
    let allowed: Vec<String> = ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "Unicode-3.0"]
        .iter()
        .map(|licence| licence.to_string())
        .collect();
    for (expression, expected) in [
        ("MIT", true),
        ("MIT/Apache-2.0", true),
        ("GPL-3.0-only", false),
        ("GPL-3.0-only OR MIT", true),
        ("MIT AND GPL-3.0-only", false),
        ("(GPL-3.0-only OR MIT) AND Unicode-3.0", true),
        ("Apache-2.0 WITH LLVM-exception", true),
        ("Apache-2.0 WITH other-exception", false),
        ("", false),
    ] {
        assert_eq!(is_allowed(expression, &allowed), expected, "{expression}");
    }
}
