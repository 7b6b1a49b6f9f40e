//! Where findings pointed in the last run, so that a ledger that stays the same need not be parsed to point there again.
//!
//! In: the cache. Out: positions by the hash of a ledger's bytes, the record's node and the steps to the value. Losing them costs
//! time only.
//!
//! Not here: how they are looked up in a file (`locate`).

use std::collections::HashMap;

use crate::cache::Cache;
use crate::diagnostic::{Origin, Position, Step};
use crate::text::content_hash;

/// Name in the cache.
pub const LOCATED: &str = "located";

/// Changes with the form of the bytes and with how nodes are numbered.
const FORM: u128 = u128::from_le_bytes(*b"gongshi located1");

/// Bytes of an entry: key, line, column, and what the value is known by.
const ENTRY: usize = 28;

/// The place of a value and what it is known by.
pub(super) type Found = (Position, u32);

/// Positions of the last run.
#[derive(Debug, Default)]
pub(super) struct Located(HashMap<u128, Found>);

impl Located {
    pub(super) fn read(cache: &Cache) -> Located {
        let bytes = cache.read(LOCATED).unwrap_or_default();
        let Some(entries) = bytes.strip_prefix(&FORM.to_le_bytes()) else { return Located::default() };
        Located(entries.as_chunks::<ENTRY>().0.iter().filter_map(entry).collect())
    }

    /// The value at the end of some steps in a ledger with this hash.
    pub(super) fn find(&self, bytes: u128, origin: &Origin, steps: &[Step]) -> Option<Found> {
        self.0.get(&key(bytes, origin, steps)).copied()
    }

    /// Keeps what this run has found, unless that is what the last one found.
    pub(super) fn write<'f>(
        &self,
        cache: &Cache,
        found: impl Iterator<Item = (u128, &'f Origin, &'f [Step], Found)>,
    ) {
        let mut all: Vec<(u128, Found)> =
            found.map(|(bytes, origin, steps, found)| (key(bytes, origin, steps), found)).collect();
        all.sort_unstable_by_key(|(key, _)| *key);
        all.dedup_by_key(|(key, _)| *key);
        if all.len() == self.0.len() && all.iter().all(|(key, found)| self.0.get(key) == Some(found)) {
            return;
        }
        let mut bytes = FORM.to_le_bytes().to_vec();
        for (key, (at, value)) in all {
            bytes.extend_from_slice(&key.to_le_bytes());
            [at.line, at.column, value].iter().for_each(|part| bytes.extend_from_slice(&part.to_le_bytes()));
        }
        cache.write(LOCATED, &bytes);
    }
}

fn entry(bytes: &[u8; ENTRY]) -> Option<(u128, Found)> {
    let (key, rest) = bytes.split_first_chunk::<16>()?;
    let mut parts = rest.as_chunks::<4>().0.iter().map(|part| u32::from_le_bytes(*part));
    let at = Position { line: parts.next()?, column: parts.next()? };
    Some((u128::from_le_bytes(*key), (at, parts.next()?)))
}

fn key(bytes: u128, origin: &Origin, steps: &[Step]) -> u128 {
    let mut written = bytes.to_le_bytes().to_vec();
    written.extend_from_slice(&origin.node.to_le_bytes());
    for step in steps {
        match step {
            Step::Key(key) => {
                written.push(0);
                written.extend_from_slice(key.as_bytes());
            }
            Step::Item(number) => {
                written.push(1);
                written.extend_from_slice(&number.to_le_bytes());
            }
        }
    }
    content_hash(&written)
}
