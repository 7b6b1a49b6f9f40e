//! The whole program as its users meet it: sources in a folder, the `gongshi` binary, what it says and leaves.
//!
//! One file a promise. `GONGSHI_SLOW=1` tries more random edits and every call at which a build may die;
//! `GONGSHI_UPDATE=1` writes listings and snapshots anew: read them before they are kept.

// Clippy's exception for tests does not reach functions beside them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

#[path = "../support/mod.rs"]
mod support;

mod attachments;
mod baseline;
mod blocks;
mod books;
mod chance;
mod changes;
mod chapters;
mod citizens;
mod clerk;
mod collections;
mod columns;
mod data;
mod deaths;
mod departments;
mod determinism;
mod dictionary;
mod feeds;
mod figures;
mod gate;
mod hostile;
mod incremental;
mod inspected_site;
mod inspection;
mod leaving;
mod masks;
mod mistakes;
mod names;
mod one_form;
mod opened;
mod pages;
mod privacy;
mod questions;
mod reports;
mod same_record;
mod search;
mod sheets;
mod sitemap;
mod snapshots;
mod terms;
mod titles;
mod tongues;
mod wayfinding;
