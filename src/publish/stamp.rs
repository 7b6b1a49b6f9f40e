//! Stamps of published files: what proves, without a look into a file, that nobody touched it since its release.
//!
//! In: a file of the site. Out: a number made of its inode and of when it last changed in any way, which the kernel keeps and
//! nobody sets: a program that writes and then puts the old time of writing back gives itself away. Where such times
//! are coarse, as on FAT, there is no stamp, and files are proved by their bytes.
//!
//! Not here: who remembers stamps (`release`).

use std::path::Path;

use super::{Destination, Disk};
use crate::route::Route;
#[cfg(unix)]
use crate::text::ContentHash;

/// Nanoseconds: a time that is a whole multiple of this comes from a file system that does not tell finer ones.
#[cfg(unix)]
const COARSEST: i64 = 10_000_000;

/// A number that changes when a file of the site is touched in any way; `None` when it has another size or the file system
/// does not tell. To be taken when the release stands: giving a file one name more or less changes it too.
pub fn stamp(disk: &Disk, destination: &Destination, route: &Route, size: u64) -> Option<u128> {
    disk.stamp(&destination.out.join(route.as_str()), size)
}

impl Disk {
    #[cfg(unix)]
    pub(crate) fn stamp(&self, path: &Path, size: u64) -> Option<u128> {
        use std::os::unix::fs::MetadataExt as _;
        let met = self.look(path).ok()??;
        let is_told = met.is_file() && met.len() == size && met.ctime_nsec() % COARSEST != 0;
        let facts = [met.ino().cast_signed(), met.ctime(), met.ctime_nsec(), met.mtime(), met.mtime_nsec()];
        let mut key = ContentHash::default();
        facts.iter().for_each(|fact| key.feed(&fact.to_le_bytes()));
        is_told.then(|| key.digest())
    }

    /// Other systems do not tell when a file last changed in any way.
    #[cfg(not(unix))]
    pub(crate) fn stamp(&self, _: &Path, _: u64) -> Option<u128> {
        None
    }
}
