//! Holds a published folder against its manifest.
//!
//! In: a folder, wherever it was copied. Out: every file that is missing, extra or altered. The manifest
//! proves itself by its checksum, so no byte of the folder is outside the proof.
//!
//! Not here: where the folder came from; whoever can write a new manifest can write a new site.

use std::path::Path;

use rayon::prelude::*;

use super::{
    Disk,
    error::{Act, PublishError},
    fact::FileFact,
    manifest::{MANIFEST, Manifest, ManifestError},
    old::MANIFEST_LIMIT,
    tree::{self, Found},
};
use crate::route::Route;

/// What differs between a folder and its manifest; all lists sorted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyReport {
    /// What the folder should hold.
    pub manifest: Manifest,
    /// In the manifest, not in the folder.
    pub missing: Vec<String>,
    /// In the folder, not in the manifest.
    pub extra: Vec<String>,
    /// In both, with other bytes.
    pub altered: Vec<String>,
}

impl VerifyReport {
    /// Whether the folder is byte for byte what was published.
    pub fn is_whole(&self) -> bool {
        self.missing.is_empty() && self.extra.is_empty() && self.altered.is_empty()
    }
}

/// Compares every file of a folder with its manifest; an error when there is no sound manifest.
pub fn verify(site: &Path) -> anyhow::Result<VerifyReport> {
    let disk = Disk::new();
    let manifest = read_manifest(&disk, site)?;
    let mut found = tree::list(&disk, site)?;
    found.par_sort_unstable();
    let at = |route: &str| found.binary_search_by(|found| found.path.as_str().cmp(route)).ok();
    let is_missing = |route: &str| at(route).is_none();
    let missing = manifest.files.iter().map(|entry| entry.route.to_string());
    let altered = manifest.files.par_iter().filter(|entry| {
        let bytes = disk.read_file(&site.join(entry.route.as_str()), entry.fact.size);
        !is_missing(entry.route.as_str()) && bytes.is_none_or(|bytes| FileFact::of(&bytes) != entry.fact)
    });
    Ok(VerifyReport {
        missing: missing.filter(|route| is_missing(route)).collect(),
        altered: altered.map(|entry| entry.route.to_string()).collect(),
        extra: found
            .iter()
            .filter(|found| is_extra(&manifest, found))
            .map(|found| found.path.clone())
            .collect(),
        manifest,
    })
}

fn is_extra(manifest: &Manifest, found: &Found) -> bool {
    let named = Route::parse(&found.path).is_ok_and(|route| manifest.fact(&route).is_some());
    found.path != MANIFEST && !named && !(found.is_file && found.is_litter())
}

fn read_manifest(disk: &Disk, site: &Path) -> Result<Manifest, PublishError> {
    let path = site.join(MANIFEST);
    let read = disk.read_up_to(&path, MANIFEST_LIMIT).map_err(PublishError::failed(Act::Read, &path))?;
    let sound: Result<Manifest, ManifestError> = Manifest::parse(&read);
    sound.map_err(|why| PublishError::NoRelease { site: site.to_path_buf(), why: why.message() })
}
