//! What stands in the site folder before a build, and whether it may be replaced.
//!
//! Only a release of ours is ever replaced: a folder whose manifest is sound and which holds nothing that the
//! manifest does not name, or one whose manifest is damaged but begins as ours and whose every name could be
//! an output. So a site that lost a byte is rebuilt, and a folder with anybody's own papers is refused.
//!
//! Not here: the replacing.

use rayon::prelude::*;

use super::{
    Disk,
    error::{Act, PublishError},
    manifest::{self, MANIFEST, Manifest},
    switch::{Places, Standing},
    tree,
};
use crate::route::Route;

/// A manifest longer than this is none of ours: a million files take 0.15 GB.
pub(crate) const MANIFEST_LIMIT: u64 = 4 << 30;

/// How many unknown files a message names.
const NAMED: usize = 5;

/// The site before the build.
#[derive(Debug)]
pub(crate) struct Old {
    pub standing: Standing,
    pub manifest: Option<Manifest>,
    /// Whether the folder holds exactly what the manifest names.
    pub is_tidy: bool,
    /// How the file system numbers each file of the manifest; 0 where it does not tell, or the file is not there.
    pub files: Vec<u64>,
}

impl Old {
    fn of(standing: Standing) -> Old {
        Old { standing, manifest: None, is_tidy: false, files: Vec::new() }
    }
}

/// Looks at the site folder; an error when it is not ours to replace.
pub(crate) fn meet(disk: &Disk, places: &Places) -> Result<Old, PublishError> {
    let out = &places.out;
    let read = |error| PublishError::failed(Act::Read, out)(error);
    let Some(met) = disk.look(out).map_err(read)? else {
        return Ok(Old::of(Standing::Nothing));
    };
    if met.is_symlink() {
        return Err(PublishError::Link(out.clone()));
    }
    if !met.is_dir() {
        return Err(PublishError::NotFolder(out.clone()));
    }
    if disk.is_mount_point(out, &places.above).map_err(read)? {
        return Err(PublishError::MountPoint(out.clone()));
    }
    if disk.list(out).map_err(read)?.is_empty() {
        return Ok(Old::of(Standing::EmptyFolder));
    }
    let (found, (bytes, manifest)) = rayon::join(
        || tree::list(disk, out),
        || {
            let bytes = disk.read_up_to(&out.join(MANIFEST), MANIFEST_LIMIT).unwrap_or_default();
            let manifest = Manifest::parse(&bytes).ok();
            (bytes, manifest)
        },
    );
    let found = found?;
    let mut files = vec![0; manifest.as_ref().map_or(0, |manifest| manifest.files.len())];
    let unknown: Vec<&tree::Found> = match &manifest {
        Some(manifest) => {
            let places: Vec<_> = found.par_iter().map(|found| manifest.place(&found.path)).collect();
            for (place, found) in places.iter().zip(&found) {
                if let Some(file) = place.and_then(|at| files.get_mut(at)) {
                    *file = found.file;
                }
            }
            let strange =
                places.iter().zip(&found).filter(|(place, found)| place.is_none() && found.path != MANIFEST);
            strange.map(|(_, found)| found).collect()
        }
        None if manifest::is_marked(&bytes) => found.iter().filter(|found| !is_plausible(found)).collect(),
        None => return Err(PublishError::Foreign(out.clone())),
    };
    let is_tidy = manifest.is_some() && unknown.is_empty();
    let mut strangers: Vec<&str> =
        unknown.iter().filter(|found| !found.is_litter()).map(|found| found.path.as_str()).collect();
    if strangers.is_empty() {
        return Ok(Old { standing: Standing::Site, manifest, is_tidy, files });
    }
    strangers.sort_unstable();
    let count = strangers.len();
    let first = strangers.into_iter().take(NAMED).map(String::from).collect();
    Err(PublishError::Strangers { out: out.clone(), first, count })
}

fn is_plausible(found: &tree::Found) -> bool {
    found.is_file && Route::parse(&found.path).is_ok()
}
