//! What the last build made, kept in the cache: so that what did not change is taken over and not made again.
//!
//! In: a plan with its keys. Out: the outputs whose key the last build had, with what is needed to prove their files. A cache
//! that is lost or damaged costs time only.
//!
//! Not here: taking over (`release`), and files that depend on the release before (`changes`).

use rayon::prelude::*;

use crate::cache::Cache;
use crate::pipeline::Planned;
use crate::plan::Output;
use crate::publish::{FileFact, Manifest};
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

/// The keys and files of the last build, as the cache has them: sorted by the hash of their routes.
pub(super) struct LastBuild {
    bytes: Vec<u8>,
    pub(super) search: Search,
    /// A content key of what is searched for now.
    pub(super) search_key: u128,
}

/// Bytes of what stands before the entries: what was searched for.
const HEAD: usize = 16;

/// Bytes of an entry in the cache: hash of the route, key, hash of the bytes, size, SHA-256.
const ENTRY: usize = 16 + 16 + 16 + 8 + 32;

impl LastBuild {
    pub(super) fn read(cache: &Cache, planned: &Planned) -> LastBuild {
        let (bytes, search_key) = (cache.read(KEYS).unwrap_or_default(), search_key(planned));
        let is_same = bytes.first_chunk::<HEAD>() == Some(&search_key.to_le_bytes());
        LastBuild { bytes, search: if is_same { Search::DoneBefore } else { Search::Again }, search_key }
    }

    pub(super) fn find(&self, output: &Output) -> Option<Made> {
        let (entries, _) = self.bytes.get(HEAD..)?.as_chunks::<ENTRY>();
        let route = route_key(output).to_le_bytes();
        let at = entries.binary_search_by_key(&Some(&route), |entry| entry.first_chunk()).ok()?;
        let (_, rest) = entries.get(at)?.split_first_chunk::<16>()?;
        let (key, rest) = rest.split_first_chunk::<16>()?;
        let (bytes, rest) = rest.split_first_chunk::<16>()?;
        let (size, rest) = rest.split_first_chunk::<8>()?;
        let fact = FileFact { size: u64::from_le_bytes(*size), sha256: *rest.first_chunk::<32>()? };
        let made = Made { bytes: u128::from_le_bytes(*bytes), fact };
        (Some(u128::from_le_bytes(*key)) == output.key()).then_some(made)
    }

    /// Keeps what was made: `keys` has the content key of each output's bytes, the manifest the rest, both in the order of routes.
    pub(super) fn write(
        cache: &Cache,
        planned: &Planned,
        search_key: u128,
        keys: &[u128],
        manifest: &Manifest,
    ) {
        let outputs = &planned.plan.outputs;
        let mut bytes = Vec::with_capacity(HEAD + outputs.len() * ENTRY);
        bytes.extend(search_key.to_le_bytes());
        let mut files = manifest.files.iter();
        for (output, made) in outputs.iter().zip(keys) {
            let Some(key) = output.key() else { continue };
            // The manifest has files besides, those of changes.
            let Some(file) = files.find(|file| file.route >= output.route) else { break };
            if file.route != output.route {
                debug_assert!(false, "the manifest has all outputs");
                break;
            }
            bytes.extend(route_key(output).to_le_bytes());
            bytes.extend(key.to_le_bytes());
            bytes.extend(made.to_le_bytes());
            bytes.extend(file.fact.size.to_le_bytes());
            bytes.extend(file.fact.sha256);
        }
        if let Some(entries) = bytes.get_mut(HEAD..) {
            entries.as_chunks_mut::<ENTRY>().0.par_sort_unstable();
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
