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
const SHARD: usize = 4700;

/// Shards at the most, as a power of two: of terms, and of tiers, which are asked for seldom.
const MOST_BITS: u32 = 13;
const MOST_TIER_BITS: u32 = 11;

/// Keys of common terms in the manifest.
const MOST_HEAVY: usize = 300;

/// The shards.
#[derive(Debug, Default)]
pub struct Shards {
    /// The texts of those of terms, in order; their number is a power of two.
    pub texts: Vec<Vec<u8>>,
    /// The same of those of tiers.
    pub tiers: Vec<Vec<u8>>,
    /// Keys of the terms that stand in tiers, the commonest first.
    pub heavy: Vec<u8>,
}

/// A part of the index: what is written of terms, by hash. Where a single term stands need not be kept.
#[derive(Default)]
struct Part {
    text: Vec<u8>,
    /// Where the terms of each of the smallest shards begin, and last where the text ends.
    cuts: Vec<u32>,
    /// Terms in tiers with the number of their documents.
    heavy: Vec<(u32, u64)>,
    /// Tiers by the hash of their name, which may lie anywhere.
    tiers: Vec<(u64, Vec<u8>)>,
}

/// Makes the shards of all documents; `program` is a content key of the program itself.
pub fn shards(portal: &Portal, kinds: &[Documents], cache: &Cache, program: u128) -> (Shards, Vec<String>) {
    let sorted = Sorted::make(portal, kinds, cache, program);
    let mut parts: Vec<Part> =
        (0..BUCKETS).into_par_iter().map(|bucket| write_part(&sorted.bucket(bucket), kinds)).collect();
    let kept = sorted.names();
    drop(sorted);
    let heavy = heavy(&parts);
    let mut tiers: Vec<(u64, Vec<u8>)> =
        parts.iter_mut().flat_map(|part| std::mem::take(&mut part.tiers)).collect();
    tiers.par_sort_unstable();
    let tiers = Part::of_tiers(tiers);
    (Shards { texts: gather(parts, MOST_BITS), tiers: gather(vec![tiers], MOST_TIER_BITS), heavy }, kept)
}

#[inline]
fn document_of(posting: u64) -> u32 {
    (posting as u32 & ((1 << DOCUMENT_BITS) - 1)) >> 1
}

/// All terms of a title.
pub fn title_terms(title: &[char], to: &mut impl terms::Take) {
    terms::pairs_threes_and_runs(title, to);
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
    let each = (1 << MOST_BITS) / BUCKETS;
    for of_term in postings.chunk_by(|a, b| hash_of(*a) == hash_of(*b)) {
        let Some(hash) = of_term.first().map(|posting| hash_of(*posting)) else { continue };
        part.cut((hash >> (40 - MOST_BITS)) as usize % each);
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
    }
    part.cut(each);
    // All parts are held until the last one is written.
    part.text.shrink_to_fit();
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

impl Part {
    /// Tiers, sorted by the hash of their name.
    fn of_tiers(tiers: Vec<(u64, Vec<u8>)>) -> Part {
        let mut part = Part::default();
        // With the key before each. Growing by doubling would take twice the room.
        part.text.reserve_exact(tiers.iter().map(|(_, tier)| tier.len() + 6).sum());
        for (hash, tier) in tiers {
            part.cut((hash >> (40 - MOST_TIER_BITS)) as usize);
            write_key(hash, &mut part.text);
            part.text.extend_from_slice(&tier);
        }
        part.cut(1 << MOST_TIER_BITS);
        part
    }

    /// Says that what follows belongs to this one of the smallest shards of the part, or to one behind.
    fn cut(&mut self, shard: usize) {
        if self.cuts.len() <= shard {
            self.cuts.resize(shard + 1, self.text.len() as u32);
        }
    }

    /// What is written of some of the smallest shards that follow each other.
    fn between(&self, from: usize, to: usize) -> &[u8] {
        let cut = |at: usize| self.cuts.get(at).map(|cut| *cut as usize);
        cut(from).zip(cut(to)).and_then(|(from, to)| self.text.get(from..to)).unwrap_or(&[])
    }
}

/// Cuts the parts, which follow each other by hash and share the hashes evenly, into at most `2^most_bits` shards. A part goes as
/// its shards come: all of them are some of the largest things in memory.
fn gather(parts: Vec<Part>, most_bits: u32) -> Vec<Vec<u8>> {
    let size: usize = parts.iter().map(|part| part.text.len()).sum();
    let bits = (0..most_bits).find(|bits| size >> bits <= SHARD).unwrap_or(most_bits);
    let (shards, each) = (1usize << bits, (1usize << most_bits) / parts.len());
    if shards < parts.len() {
        let of_shard = parts.chunks(parts.len() / shards);
        return of_shard
            .map(|parts| parts.iter().map(|part| part.text.as_slice()).collect::<Vec<_>>().concat())
            .collect();
    }
    let width = (1 << most_bits) / shards;
    let cut = |part: Part| {
        let cuts = (0..each).step_by(width);
        cuts.map(|from| part.between(from, from + width).to_vec()).collect::<Vec<_>>()
    };
    parts.into_par_iter().flat_map_iter(cut).collect()
}

/// The keys of the commonest terms in tiers.
fn heavy(parts: &[Part]) -> Vec<u8> {
    let mut common: Vec<(u32, u64)> = parts.iter().flat_map(|part| &part.heavy).copied().collect();
    // The commonest group of each term tells how common it is.
    common.sort_unstable_by(|a, b| b.cmp(a));
    let mut seen = HashSet::new();
    let mut heavy = Vec::new();
    for (_, hash) in common.into_iter().filter(|(_, hash)| seen.insert(*hash)).take(MOST_HEAVY) {
        add_fixed((hash & ((1 << 30) - 1)) as u32, 5, &mut heavy);
    }
    heavy
}
