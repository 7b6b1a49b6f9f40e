//! Whether the repository keeps its own rules: layers, files, dependencies, documents.
//!
//! The rules are those of ARCHITECTURE.md. Each test collects every breach before it fails, so that one run tells
//! them all. `tree` gives the files, `code` a view of Rust code without comments, texts and tests.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod code;
mod dependencies;
mod documents;
mod files;
mod layers;
mod reference;
mod rules;
mod servers;
mod tree;
mod words;

/// Fails with all breaches of a rule, one a line.
#[track_caller]
fn none(rule: &str, breaches: &[String]) {
    assert!(breaches.is_empty(), "{rule}:\n  {}", breaches.join("\n  "));
}
