//! What the last build made, kept in the cache: so that what did not change is taken over and not made again.
//!
//! In: a plan with its keys. Out: the outputs whose key the last build had, with what is needed to prove their files. A cache
//! that is lost or damaged costs time only.
//!
//! Not here: taking over (`release`), and files that depend on the release before (`changes`).

use std::collections::HashMap;

use crate::cache::Cache;
use crate::pipeline::Planned;
use crate::plan::Output;
use crate::publish::FileFact;
use crate::text::content_hash;

/// Name of the keys of the last build in the cache.
pub(super) const KEYS: &str = "outputs";

/// The file of one output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Made {
    /// Content key of its bytes: proves the old file in a tenth of the time that SHA-256 takes. Zero for an output without
    /// a key, which is never taken over.
    pub(super) bytes: u128,
    pub(super) fact: FileFact,
}

/// Whether outputs that are taken over must be searched again: when other texts are withheld than last time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Search {
    Again,
    DoneBefore,
}

/// The keys and files of the last build, by the hash of their routes.
pub(super) struct LastBuild {
    made: HashMap<u128, (u128, Made)>,
    pub(super) search: Search,
    /// A content key of what is searched for now.
    pub(super) search_key: u128,
}

/// Bytes of an entry in the cache: hash of the route, key, hash of the bytes, size, SHA-256.
const ENTRY: usize = 16 + 16 + 16 + 8 + 32;

impl LastBuild {
    pub(super) fn read(cache: &Cache, planned: &Planned) -> LastBuild {
        let search_key = search_key(planned);
        let mut last = LastBuild { made: HashMap::new(), search: Search::Again, search_key };
        let Some(bytes) = cache.read(KEYS) else { return last };
        let Some((search, entries)) = bytes.split_at_checked(16) else { return last };
        if search == search_key.to_le_bytes() {
            last.search = Search::DoneBefore;
        }
        for entry in entries.as_chunks::<ENTRY>().0 {
            let Some((route, rest)) = entry.split_first_chunk::<16>() else { continue };
            let Some((key, rest)) = rest.split_first_chunk::<16>() else { continue };
            let Some((bytes, rest)) = rest.split_first_chunk::<16>() else { continue };
            let Some((size, rest)) = rest.split_first_chunk::<8>() else { continue };
            let Some(sha256) = rest.first_chunk::<32>() else { continue };
            let fact = FileFact { size: u64::from_le_bytes(*size), sha256: *sha256 };
            let made = Made { bytes: u128::from_le_bytes(*bytes), fact };
            last.made.insert(u128::from_le_bytes(*route), (u128::from_le_bytes(*key), made));
        }
        last
    }

    pub(super) fn find(&self, output: &Output) -> Option<Made> {
        let (key, made) = self.made.get(&route_key(output))?;
        (Some(*key) == output.key).then_some(*made)
    }

    pub(super) fn write(cache: &Cache, planned: &Planned, search_key: u128, files: &[Option<Made>]) {
        let mut bytes = search_key.to_le_bytes().to_vec();
        for (output, made) in planned.plan.outputs.iter().zip(files) {
            let (Some(key), Some(made)) = (output.key, made) else { continue };
            bytes.extend(route_key(output).to_le_bytes());
            bytes.extend(key.to_le_bytes());
            bytes.extend(made.bytes.to_le_bytes());
            bytes.extend(made.fact.size.to_le_bytes());
            bytes.extend(made.fact.sha256);
        }
        cache.write(KEYS, &bytes);
    }
}

fn route_key(output: &Output) -> u128 {
    content_hash(output.route.as_str().as_bytes())
}

/// Changes with what is searched for.
fn search_key(planned: &Planned) -> u128 {
    let portal = &planned.portal;
    let detector = portal.settings.detector(portal.as_of).key();
    content_hash(format!("{:x} {detector}", portal.needles.key()).as_bytes())
}
