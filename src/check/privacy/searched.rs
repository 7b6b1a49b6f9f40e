//! Files that were searched and found clean, so that the next run need not search them again.
//!
//! In: the cache. Out: the hashes of their bytes, under a key of what was looked for. Losing them costs time only.
//!
//! Not here: the search.

use std::collections::HashSet;

use crate::cache::Cache;
use crate::pii::Detector;
use crate::text::content_hash;

/// Name in the cache.
const NAME: &str = "searched";
/// Changes with what is looked for.
const RULES: &str = "7";

/// Hashes of files without findings.
#[derive(Debug)]
pub struct Searched {
    key: u128,
    clean: HashSet<u128>,
}

impl Searched {
    pub(super) fn read(cache: &Cache, detector: &Detector) -> Searched {
        let key = content_hash(format!("{RULES} {}", detector.key()).as_bytes());
        let bytes = cache.read(NAME).unwrap_or_default();
        let mut hashes = bytes.as_chunks::<16>().0.iter().map(|hash| u128::from_le_bytes(*hash));
        let clean = if hashes.next() == Some(key) { hashes.collect() } else { HashSet::new() };
        Searched { key, clean }
    }

    /// The key of a file by the hash of its bytes: the same bytes are searched otherwise as an attachment.
    pub(super) fn hash(bytes: u128, is_attachment: bool) -> u128 {
        bytes ^ u128::from(is_attachment)
    }

    pub(super) fn knows(&self, hash: u128) -> bool {
        self.clean.contains(&hash)
    }

    /// Keeps the hashes of this run; gives the names it keeps in the cache.
    pub(super) fn write(&self, cache: &Cache, mut clean: Vec<u128>) -> Vec<String> {
        clean.sort_unstable();
        clean.dedup();
        if clean.is_empty() {
            return Vec::new();
        }
        if clean.len() != self.clean.len() || clean.iter().any(|hash| !self.clean.contains(hash)) {
            let hashes = std::iter::once(self.key).chain(clean);
            cache.write(NAME, &hashes.flat_map(u128::to_le_bytes).collect::<Vec<u8>>());
        }
        vec![NAME.to_string()]
    }
}
