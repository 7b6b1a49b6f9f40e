//! Lines of data files that the last build wrote: blocks of which no record has changed are taken from its file, and what has
//! changed is looked for in the others alone.
//!
//! In: the cache, which knows of each block what its records were and where its lines stand, and the file of all records that the
//! last release has. Out: blocks, byte for byte as they would be written anew. A block is taken when its records have the keys of
//! then and its bytes the hash of then; whatever does not fit is written anew, so a damaged cache or site costs time only.
//!
//! Not here: the lines themselves (`render`), and files that are taken over whole (`last_build`).

use std::ops::Range;

use crate::pipeline::Planned;
use crate::plan::BLOCK;
use crate::publish::{FileFact, Stage};
use crate::render::{Block, Form, Lines};
use crate::route::Route;
use crate::text::content_hash;
use crate::varint;

/// Changes with the form of the bytes.
const FORM: &[u8; 8] = b"gslines1";

/// What is known of the lines of a kind in one form.
#[derive(Debug, PartialEq, Eq)]
struct Known {
    /// What was searched for in them.
    searched: u128,
    /// The file that they are, one after another.
    file: FileFact,
    blocks: Vec<KnownBlock>,
}

#[derive(Debug, PartialEq, Eq)]
struct KnownBlock {
    /// A content key of its records.
    key: u128,
    /// The hash of its lines.
    hash: u128,
    /// Where they begin in the file.
    from: u64,
    /// 0, then where each record ends.
    ends: Vec<u32>,
}

/// What of the lines of a kind has changed since the last release.
#[derive(Debug, Default)]
pub struct Changed {
    /// Lines of then, of blocks that are no longer the same, in order.
    pub old: Vec<Vec<u8>>,
    /// The records of now in such blocks.
    pub new: Vec<Range<u32>>,
}

/// The lines of then and the keys of now, of a kind in one form.
pub struct Before<'b> {
    stage: &'b Stage,
    /// How many records there are now.
    count: u32,
    /// The file of all records.
    route: &'b Route,
    known: Option<Known>,
    /// By block, a content key of its records.
    keys: &'b [u128],
    /// What is searched for now.
    search: u128,
}

/// The name in the cache.
pub fn name(plural: &str, form: Form) -> String {
    let form = match form {
        Form::Csv => "csv",
        Form::Json => "json",
    };
    format!("lines-{plural}-{form}")
}

impl<'b> Before<'b> {
    /// What is known of the lines of a kind, if the last release has the file that they were: `bytes` are those that the cache
    /// has of it, `route` is that of the file of all records, `search` a content key of what is searched for.
    pub fn new(
        stage: &'b Stage,
        planned: &'b Planned,
        kind: u16,
        bytes: Option<Vec<u8>>,
        route: &'b Route,
        search: u128,
    ) -> Before<'b> {
        let known = bytes.and_then(|bytes| Known::of_bytes(&bytes));
        let stands = |known: &Known| stage.old_release().and_then(|old| old.fact(route)) == Some(&known.file);
        let known = known.filter(stands);
        let keys = planned.plan.blocks.get(&kind).map_or(&[] as &[u128], Vec::as_slice);
        let count = planned.portal.count(kind) as u32;
        Before { stage, count, route, known, keys, search }
    }

    /// The lines of a block, if they are those of then.
    pub fn block(&self, number: u32) -> Option<Block> {
        let known = self.same(number as usize)?;
        let is_right = self.known.as_ref().is_some_and(|known| known.searched == self.search);
        Some(Block { bytes: self.bytes(known)?, ends: known.ends.clone(), is_right })
    }

    /// What has changed; none when that is no small part, or the lines of then cannot be had.
    pub fn changed(&self) -> Option<Changed> {
        let blocks = &self.known.as_ref()?.blocks;
        let differ = |at: &usize| self.same(*at).is_none();
        let old: Vec<usize> = (0..blocks.len()).filter(differ).collect();
        if old.len() > blocks.len() / 2 {
            return None;
        }
        let new = (0..self.keys.len()).filter(differ).map(|at| {
            let first = at as u32 * BLOCK;
            first..self.count.min(first + BLOCK)
        });
        let bytes = |at: &usize| self.bytes(blocks.get(*at)?);
        Some(Changed { old: old.iter().map(bytes).collect::<Option<_>>()?, new: new.collect() })
    }

    /// What the next build is to know of these lines, once `file` is published, which is all of them.
    pub fn to_keep(&self, lines: &Lines<'_>, file: FileFact) -> Option<Vec<u8>> {
        let (head, blocks) = lines.blocks()?;
        let mut from = head as u64;
        let known = self.keys.iter().zip(blocks).map(|(key, block)| {
            let (hash, ends) = (content_hash(&block.bytes), block.ends.clone());
            let known = KnownBlock { key: *key, hash, from, ends };
            from += block.bytes.len() as u64;
            known
        });
        let blocks: Vec<KnownBlock> = known.collect();
        (from == file.size).then(|| Known { searched: self.search, file, blocks }.to_bytes())
    }

    fn same(&self, at: usize) -> Option<&KnownBlock> {
        let known = self.known.as_ref()?.blocks.get(at)?;
        (self.keys.get(at) == Some(&known.key)).then_some(known)
    }

    fn bytes(&self, known: &KnownBlock) -> Option<Vec<u8>> {
        let length = *known.ends.last()? as usize;
        let bytes = self.stage.old_part(self.route, known.from, length)?;
        (content_hash(&bytes) == known.hash).then_some(bytes)
    }
}

impl Known {
    fn to_bytes(&self) -> Vec<u8> {
        let mut out = FORM.to_vec();
        out.extend_from_slice(&self.searched.to_le_bytes());
        out.extend_from_slice(&self.file.size.to_le_bytes());
        out.extend_from_slice(&self.file.sha256);
        for block in &self.blocks {
            out.extend_from_slice(&block.key.to_le_bytes());
            out.extend_from_slice(&block.hash.to_le_bytes());
            varint::add(block.from, &mut out);
            varint::add(block.ends.len() as u64, &mut out);
            let mut before = 0;
            for end in &block.ends {
                varint::add(u64::from(end - before), &mut out);
                before = *end;
            }
        }
        out
    }

    fn of_bytes(bytes: &[u8]) -> Option<Known> {
        let (searched, bytes) = bytes.strip_prefix(FORM)?.split_first_chunk::<16>()?;
        let (size, bytes) = bytes.split_first_chunk::<8>()?;
        let (sha256, mut bytes) = bytes.split_first_chunk::<32>()?;
        let file = FileFact { size: u64::from_le_bytes(*size), sha256: *sha256 };
        let mut blocks = Vec::new();
        while !bytes.is_empty() {
            let (key, rest) = bytes.split_first_chunk::<16>()?;
            let (hash, rest) = rest.split_first_chunk::<16>()?;
            bytes = rest;
            let (from, count) = (varint::take(&mut bytes)?, varint::take(&mut bytes)?);
            let mut end = 0_u32;
            let ends = (0..count).map(|_| {
                end = end.checked_add(u32::try_from(varint::take(&mut bytes)?).ok()?)?;
                Some(end)
            });
            let ends = ends.collect::<Option<Vec<u32>>>()?;
            let (key, hash) = (u128::from_le_bytes(*key), u128::from_le_bytes(*hash));
            blocks.push(KnownBlock { key, hash, from, ends });
        }
        Some(Known { searched: u128::from_le_bytes(*searched), file, blocks })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_of_lines_comes_back_and_damaged_bytes_never_panic() {
        let block = |at: u64| KnownBlock {
            key: u128::from(at) << 90,
            hash: 7,
            from: at * 70_000,
            ends: vec![0, 300, 301, 70_000],
        };
        let file = FileFact { size: 140_000, sha256: [9; 32] };
        let known = Known { searched: 3, file, blocks: vec![block(0), block(1)] };
        let bytes = known.to_bytes();
        assert_eq!(Known::of_bytes(&bytes), Some(known));
        for length in 0..bytes.len() {
            // Cut behind a block, it tells of fewer blocks.
            assert!(Known::of_bytes(&bytes[..length]).is_none_or(|known| known.blocks.len() < 2), "{length}");
        }
        for at in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[at] ^= 255;
            let _ = Known::of_bytes(&altered);
        }
    }
}
