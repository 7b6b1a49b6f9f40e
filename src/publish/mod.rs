//! Puts bytes under routes on the disk, all at once or not at all.
//!
//! A [`Stage`] takes outputs from many workers into a hidden folder beside the site, and [`Stage::finish`] lets
//! it take the site's place in one step, so a build that dies at any moment leaves a whole site. [`verify`]
//! holds a folder against the manifest that every release carries.
//!
//! Not here: records, pages, dates; this floor knows routes and bytes only.

mod disk;
mod error;
mod fact;
mod fault;
mod finish;
mod lock;
mod manifest;
mod old;
mod spare;
mod staging;
mod switch;
mod system;
mod tree;
mod verify;

use std::path::PathBuf;

pub use disk::{Disk, Lack};
pub use error::{Act, PublishError, Shortage};
pub use fact::{Chunks, FileFact, Measure};
pub use fault::{Fault, FaultPlan};
pub use manifest::{Entry, MANIFEST, Manifest, ManifestError, ReleaseFacts, Withdrawn, hex};
pub use staging::Stage;
pub use verify::{VerifyReport, verify};

use crate::diagnostic::Message;

/// Where a release goes.
#[derive(Clone, Debug)]
pub struct Destination {
    /// The site folder; nothing else of value may stand in it.
    pub out: PathBuf,
    /// Whether the release must outlive a power cut.
    pub durability: Durability,
    /// A folder of the cache for a second set of names of the release's files, which makes the next one quicker.
    pub spare: Option<PathBuf>,
}

/// What a finished release has been through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// On the disk before it takes the old site's place: whole even after a power cut.
    Synced,
    /// Left to the system to write: whole after any death of the program, not after a power cut.
    Unsynced,
}

/// What a release amounted to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Files, the manifest not counted.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Files that were written.
    pub written: u64,
    /// Files taken over from the old release, with their time.
    pub linked: u64,
    /// No file differed: the folder stayed, and at most its manifest is new.
    pub unchanged_site: bool,
    /// What could not be tidied up after the release stood.
    pub notes: Vec<Message>,
    /// What it consists of.
    pub manifest: Manifest,
}
