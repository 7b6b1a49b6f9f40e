//! What a release leaves on the disk, as seen through the library: after success, refusal, full disk and death.
//!
//! `site` has two small releases and tells which of them stands; the other files use it. Builds that must die
//! run in a child process, which is this very test binary told by an environment variable what to build.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod full;
mod kill;
mod release;
mod site;
mod spare;
