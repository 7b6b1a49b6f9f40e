//! The inverted index: from all documents' terms to shards, docs/search.md, sections 5 and 6.
//!
//! In: documents and their values. Out: the texts of the shards, the keys of terms so common that they stand in tiers. Terms
//! are forty-bit hashes all the way; one posting is one number, so that sorting numbers is the whole of the work.
//!
//! Not here: records and manifest (`records`, `manifest`).

use std::collections::HashSet;
use std::sync::LazyLock;

use rayon::prelude::*;

use super::digits::{add_ascending, add_fixed, add_number};
use super::documents::Documents;
use super::packed::BUCKETS;
use super::sorted::Sorted;
use super::terms::{self, DOCUMENT_BITS, Hash, hash_of};
use crate::cache::Cache;
use crate::disclose::Portal;

/// Documents of a group that stand beside its term.
const NEAR: usize = 512;

/// Documents of the first tier; each further one has twice as many, up to `LARGEST`.
const FIRST_TIER: usize = 1024;
const LARGEST: usize = 4096;

/// Bytes of a shard at the most, in the mean.
const SHARD: usize = 5500;

/// Shards at the most, as a power of two.
const MOST_BITS: u32 = 13;

/// Keys of common terms in the manifest.
const MOST_HEAVY: usize = 300;

/// The shards.
#[derive(Debug, Default)]
pub struct Shards {
    /// Their texts, in order; their number is a power of two.
    pub texts: Vec<Vec<u8>>,
    /// Bits of a hash that choose the shard.
    pub bits: u32,
    /// Keys of the terms that stand in tiers, the commonest first.
    pub heavy: Vec<u8>,
}

/// One term's place in a part of the index.
struct Entry {
    hash: u64,
    start: u32,
    end: u32,
}

/// A part of the index: terms by hash, and what is written of them.
#[derive(Default)]
struct Part {
    entries: Vec<Entry>,
    text: Vec<u8>,
    /// Terms in tiers with the number of their documents.
    heavy: Vec<(u32, u64)>,
    /// Tiers, which are terms of their own and may belong into another part.
    tiers: Vec<(u64, Vec<u8>)>,
}

/// Makes the shards of all documents; `program` is a content key of the program itself.
pub fn shards(portal: &Portal, kinds: &[Documents], cache: &Cache, program: u128) -> (Shards, Vec<String>) {
    let sorted = Sorted::make(portal, kinds, cache, program);
    let mut parts: Vec<Part> =
        (0..BUCKETS).into_par_iter().map(|bucket| write_part(&sorted.bucket(bucket), kinds)).collect();
    let kept = sorted.names();
    drop(sorted);
    let mut tiers: Vec<(u64, Vec<u8>)> =
        parts.iter_mut().flat_map(|part| std::mem::take(&mut part.tiers)).collect();
    tiers.sort();
    (gather(&parts, &tiers), kept)
}

#[inline]
fn document_of(posting: u64) -> u32 {
    (posting as u32 & ((1 << DOCUMENT_BITS) - 1)) >> 1
}

/// All terms of a title.
pub fn title_terms(title: &[char], to: &mut impl terms::Take) {
    terms::pairs_and_runs(title, to);
    terms::singles(title, to);
    terms::gaps(title, to);
    terms::whole(title, to);
    if terms::is_code(title) {
        terms::tail(title, to);
    }
    terms::sounds(title, to);
}

/// Hashes of single characters, of which the commonest are kept in part only.
static SINGLES: LazyLock<HashSet<u64>> = LazyLock::new(|| {
    let all = (0x3400..=0x9fff).filter_map(char::from_u32);
    all.map(|c| Hash::NEW.char(c).forty_bits()).collect()
});

fn write_part(postings: &[u64], kinds: &[Documents]) -> Part {
    let mut part = Part::default();
    for of_term in postings.chunk_by(|a, b| hash_of(*a) == hash_of(*b)) {
        let Some(hash) = of_term.first().map(|posting| hash_of(*posting)) else { continue };
        let start = part.text.len() as u32;
        write_key(hash, &mut part.text);
        let mut rest = of_term;
        for (place, kind) in (0u32..).zip(kinds) {
            let end = kind.base + kind.all.len() as u32;
            let (of_kind, behind) =
                rest.split_at(rest.partition_point(|posting| document_of(*posting) < end));
            rest = behind;
            for class in 0..2u32 {
                let in_class = of_kind.iter().filter(|posting| **posting as u32 & 1 == class);
                let documents: Vec<u32> = in_class.map(|posting| document_of(*posting) - kind.base).collect();
                if !documents.is_empty() {
                    write_group(&mut part, hash, 2 * place + class, &documents);
                }
            }
        }
        let end = part.text.len() as u32;
        part.entries.push(Entry { hash, start, end });
    }
    part
}

fn write_key(hash: u64, text: &mut Vec<u8>) {
    text.push(b' ');
    add_fixed((hash & ((1 << 30) - 1)) as u32, 5, text);
}

fn write_group(part: &mut Part, hash: u64, group: u32, documents: &[u32]) {
    let count = documents.len() as u32;
    let is_cut = documents.len() > NEAR && SINGLES.contains(&hash);
    add_number(group, &mut part.text);
    add_number(2 * count + u32::from(is_cut), &mut part.text);
    let (near, far) = documents.split_at(documents.len().min(NEAR));
    add_ascending(near.iter().copied(), &mut part.text);
    if far.is_empty() || is_cut {
        return;
    }
    part.heavy.push((count, hash));
    let (mut rest, mut size) = (far, FIRST_TIER);
    let mut ends = Vec::new();
    while !rest.is_empty() {
        let (tier, behind) = rest.split_at(rest.len().min(size));
        ends.extend(tier.last().copied());
        let name = format!("{}.{}.{group}.{}", hash >> 8, hash & 0xff, ends.len());
        let mut text = Vec::new();
        add_ascending(tier.iter().copied(), &mut text);
        part.tiers.push((Hash::NEW.ascii(&name).forty_bits(), text));
        rest = behind;
        size = (size * 2).min(LARGEST);
    }
    // The first end is counted from the document behind the last near one.
    let from = near.last().map_or(0, |last| last + 1);
    add_ascending(ends.iter().map(|end| end - from), &mut part.text);
}

/// Puts the parts together as shards.
fn gather(parts: &[Part], tiers: &[(u64, Vec<u8>)]) -> Shards {
    let size: usize = parts.iter().map(|part| part.text.len()).sum::<usize>()
        + tiers.iter().map(|(_, text)| text.len() + 6).sum::<usize>();
    let bits = (0..MOST_BITS).find(|bits| size >> bits <= SHARD).unwrap_or(MOST_BITS);
    let texts: Vec<Vec<u8>> = (0..1u64 << bits)
        .into_par_iter()
        .map(|shard| {
            let [from, to] = [shard, shard + 1].map(|shard| shard << (40 - bits));
            let within = |bound: u64| tiers.partition_point(|(hash, _)| *hash < bound);
            let mut tiers = tiers.get(within(from)..within(to)).unwrap_or(&[]).iter().peekable();
            let mut text = Vec::with_capacity(SHARD + SHARD / 2);
            let add_tier = |(hash, tier): &(u64, Vec<u8>), text: &mut Vec<u8>| {
                write_key(*hash, text);
                text.extend_from_slice(tier);
            };
            for part in parts {
                let within = |bound: u64| part.entries.partition_point(|entry| entry.hash < bound);
                for entry in part.entries.get(within(from)..within(to)).unwrap_or(&[]) {
                    while let Some(tier) = tiers.next_if(|(hash, _)| *hash < entry.hash) {
                        add_tier(tier, &mut text);
                    }
                    text.extend_from_slice(
                        part.text.get(entry.start as usize..entry.end as usize).unwrap_or(&[]),
                    );
                }
            }
            tiers.for_each(|tier| add_tier(tier, &mut text));
            text.shrink_to_fit();
            text
        })
        .collect();
    let mut common: Vec<(u32, u64)> = parts.iter().flat_map(|part| &part.heavy).copied().collect();
    // The commonest group of each term tells how common it is.
    common.sort_unstable_by(|a, b| b.cmp(a));
    let mut seen = HashSet::new();
    let mut heavy = Vec::new();
    for (_, hash) in common.into_iter().filter(|(_, hash)| seen.insert(*hash)).take(MOST_HEAVY) {
        add_fixed((hash & ((1 << 30) - 1)) as u32, 5, &mut heavy);
    }
    Shards { texts, bits, heavy }
}
