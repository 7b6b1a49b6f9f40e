//! The inverted index: from all documents' terms to shards, docs/search.md, sections 5 and 6.
//!
//! In: documents and their values. Out: the texts of the shards, the keys of terms so common that they stand in tiers. Terms
//! are forty-bit hashes all the way; one posting is one number, so that sorting numbers is the whole of the work.
//!
//! Not here: records and manifest (`records`, `manifest`).

use std::collections::HashSet;
use std::io;
use std::sync::LazyLock;

use rayon::prelude::*;

use super::aside::{Aside, Text};
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
    pub texts: Vec<Text>,
    /// The same of those of tiers.
    pub tiers: Vec<Text>,
    /// Where the texts are kept.
    pub aside: Aside,
    /// Keys of the terms that stand in tiers, the commonest first.
    pub heavy: Vec<u8>,
}

/// A part of the index in the making: what is written of terms, by hash. Where a single term stands need not be kept.
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

/// A part of which the texts are kept: those of the smallest shards, and those of tiers.
struct KeptPart {
    texts: Vec<Text>,
    heavy: Vec<(u32, u64)>,
    tiers: Vec<(u64, Text)>,
}

/// Makes the shards of all documents; `program` is a content key of the program itself. Of more than `many` documents, texts wait on
/// the disk until they are written: all of them are some of the largest things in memory. An error tells that it does not give them back.
pub fn shards(
    portal: &Portal,
    kinds: &[Documents],
    cache: &Cache,
    program: u128,
    many: usize,
) -> io::Result<(Shards, Vec<String>)> {
    let sorted = Sorted::make(portal, kinds, cache, program, many);
    let aside = if sorted.is_large() { Aside::on_disk(cache) } else { Aside::in_memory() };
    let mut parts: Vec<KeptPart> = (0..BUCKETS)
        .into_par_iter()
        .map(|bucket| write_part(&sorted.bucket(bucket), kinds).keep(&aside))
        .collect();
    let kept = sorted.names();
    drop(sorted);
    let heavy = heavy(&parts);
    let mut tiers: Vec<(u64, Text)> =
        parts.iter_mut().flat_map(|part| std::mem::take(&mut part.tiers)).collect();
    tiers.sort_by_key(|(hash, _)| *hash);
    let tiers = gather(shards_of_tiers(tiers, &aside)?, MOST_TIER_BITS, &aside)?;
    let texts = parts.into_iter().flat_map(|part| part.texts).collect();
    Ok((Shards { texts: gather(texts, MOST_BITS, &aside)?, tiers, aside, heavy }, kept))
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
    all.map(|c| Hash::NEW.char(c).alone().forty_bits()).collect()
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
        part.tiers.push((Hash::NEW.ascii(&name).alone().forty_bits(), text));
        rest = behind;
        size = (size * 2).min(LARGEST);
    }
    add_number(ends.len() as u32, &mut part.text);
    // The first end is counted from the document behind the last near one.
    let from = near.last().map_or(0, |last| last + 1);
    add_ascending(ends.iter().map(|end| end - from), &mut part.text);
}

impl Part {
    /// Keeps what is written; all parts are held until the last one is.
    fn keep(self, aside: &Aside) -> KeptPart {
        let ends = self.cuts.iter().zip(self.cuts.iter().skip(1));
        let cut = |(from, to): (&u32, &u32)| self.text.get(*from as usize..*to as usize).unwrap_or(&[]);
        let texts = aside.keep(ends.map(|ends| cut(ends).to_vec()).collect());
        let (hashes, tiers): (Vec<u64>, Vec<Vec<u8>>) = self.tiers.into_iter().unzip();
        let tiers = hashes.into_iter().zip(aside.keep(tiers)).collect();
        KeptPart { texts, heavy: self.heavy, tiers }
    }

    /// Says that what follows belongs to this one of the smallest shards of the part, or to one behind.
    fn cut(&mut self, shard: usize) {
        if self.cuts.len() <= shard {
            self.cuts.resize(shard + 1, self.text.len() as u32);
        }
    }
}

/// The smallest shards of tiers, which come sorted by the hash of their name.
fn shards_of_tiers(tiers: Vec<(u64, Text)>, aside: &Aside) -> io::Result<Vec<Text>> {
    let mut shards = Vec::with_capacity(1 << MOST_TIER_BITS);
    let mut tiers = tiers.into_iter().peekable();
    for shard in 0..1 << MOST_TIER_BITS {
        let mut text = Vec::new();
        while let Some((hash, tier)) = tiers.next_if(|(hash, _)| hash >> (40 - MOST_TIER_BITS) <= shard) {
            write_key(hash, &mut text);
            text.extend_from_slice(&aside.read(&tier)?);
        }
        text.shrink_to_fit();
        shards.extend(aside.keep(vec![text]));
    }
    Ok(shards)
}

/// Joins the smallest shards, `2^most_bits` of them, into as many as there have to be.
fn gather(texts: Vec<Text>, most_bits: u32, aside: &Aside) -> io::Result<Vec<Text>> {
    let size: usize = texts.iter().map(Text::length).sum();
    let bits = (0..most_bits).find(|bits| size >> bits <= SHARD).unwrap_or(most_bits);
    if bits == most_bits {
        return Ok(texts);
    }
    let mut texts = texts.into_iter();
    (0..1 << bits).map(|_| aside.join(texts.by_ref().take(1 << (most_bits - bits)).collect())).collect()
}

/// The keys of the commonest terms in tiers.
fn heavy(parts: &[KeptPart]) -> Vec<u8> {
    let mut common: Vec<(u32, u64)> = parts.iter().flat_map(|part| &part.heavy).copied().collect();
    // The commonest group of each term tells how common it is.
    common.sort_unstable_by(|a, b| b.cmp(a));
    let mut seen = HashSet::new();
    let mut heavy = Vec::new();
    for (_, hash) in common.into_iter().filter(|(_, hash)| seen.insert(*hash)).take(MOST_HEAVY) {
        write_key(hash, &mut heavy);
    }
    heavy
}
