//! Sorted postings in a third of their space: each term once, its documents as distances.
//!
//! In: sorted postings. Out: bytes that can be kept and read again, part by part; damaged bytes give fewer postings, never a
//! panic. Not here: where they are kept (`sorted`).

use super::terms::{DOCUMENT_BITS, hash_of};
use crate::varint;

/// Parts of the index that are sorted by themselves, as a power of two.
const BUCKET_BITS: u32 = 6;

/// How many these are.
pub const BUCKETS: usize = 1 << BUCKET_BITS;

/// The postings of some documents, by part of the index.
#[derive(Debug, Default)]
pub struct Packed {
    bytes: Vec<u8>,
    /// Where each part ends.
    ends: Vec<u32>,
}

impl Packed {
    /// Packs sorted postings.
    pub fn of(postings: &[u64]) -> Packed {
        let mut packed = Packed { bytes: Vec::with_capacity(postings.len() * 3), ends: Vec::new() };
        let mut rest = postings;
        for bucket in 1..=BUCKETS as u64 {
            let bound = bucket << (40 - BUCKET_BITS);
            let (within, behind) = rest.split_at(rest.partition_point(|posting| hash_of(*posting) < bound));
            add_terms(within, &mut packed.bytes);
            packed.ends.push(packed.bytes.len() as u32);
            rest = behind;
        }
        packed.bytes.shrink_to_fit();
        packed
    }

    /// The bytes of one part.
    pub fn bucket(&self, bucket: usize) -> &[u8] {
        let end = |at: usize| self.ends.get(at).map_or(0, |end| *end as usize);
        let start = bucket.checked_sub(1).map_or(0, end);
        self.bytes.get(start..end(bucket)).unwrap_or(&[])
    }

    /// All of it as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes: Vec<u8> = self.ends.iter().flat_map(|end| end.to_le_bytes()).collect();
        bytes.extend_from_slice(&self.bytes);
        bytes
    }

    /// What these bytes were made from; none of any others.
    pub fn from_bytes(mut bytes: Vec<u8>) -> Option<Packed> {
        let ends: Vec<u32> =
            bytes.as_chunks().0.iter().take(BUCKETS).map(|end| u32::from_le_bytes(*end)).collect();
        let head = ends.len() * 4;
        let is_whole = ends.len() == BUCKETS && ends.is_sorted();
        let is_right = is_whole && ends.last().map(|end| *end as usize + head) == Some(bytes.len());
        bytes.drain(..head);
        is_right.then_some(Packed { bytes, ends })
    }
}

/// Each term: the distance of its hash, how many postings it has, their distances.
fn add_terms(postings: &[u64], bytes: &mut Vec<u8>) {
    let mut before = 0;
    for of_term in postings.chunk_by(|a, b| hash_of(*a) == hash_of(*b)) {
        let hash = of_term.first().map_or(before, |posting| hash_of(*posting));
        varint::add(hash - before, bytes);
        before = hash;
        varint::add(of_term.len() as u64, bytes);
        let mut last = 0;
        for posting in of_term {
            let document = posting & ((1 << DOCUMENT_BITS) - 1);
            varint::add(document - last, bytes);
            last = document;
        }
    }
}

/// Adds the postings of one part to others.
pub fn unpack(mut bytes: &[u8], to: &mut Vec<u64>) {
    let mut hash = 0u64;
    while !bytes.is_empty() {
        let (Some(distance), Some(count)) = (varint::take(&mut bytes), varint::take(&mut bytes)) else {
            return;
        };
        hash = hash.wrapping_add(distance);
        let mut document = 0u64;
        for _ in 0..count {
            let Some(distance) = varint::take(&mut bytes) else { return };
            document = document.wrapping_add(distance);
            to.push(hash << DOCUMENT_BITS | document & ((1 << DOCUMENT_BITS) - 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postings_come_back_part_by_part() {
        let mut postings: Vec<u64> = (0..20_000u64)
            .map(|at| at.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (at % 3) << 3 | at & 7)
            .chain([0, u64::MAX, u64::MAX - 1])
            .collect();
        postings.sort_unstable();
        postings.dedup();
        let packed = Packed::from_bytes(Packed::of(&postings).to_bytes()).unwrap();
        let mut all = Vec::new();
        for bucket in 0..BUCKETS {
            unpack(packed.bucket(bucket), &mut all);
        }
        assert_eq!(all, postings);
    }

    #[test]
    fn damaged_bytes_give_no_panic() {
        let bytes = Packed::of(&(0..500).map(|at| at << 40 | at).collect::<Vec<u64>>()).to_bytes();
        for length in [0, 1, 100, 256, bytes.len() - 1] {
            assert!(Packed::from_bytes(bytes[..length].to_vec()).is_none(), "{length}");
        }
        let mut all = Vec::new();
        unpack(&[0xff; 40], &mut all);
        unpack(&[1, 9, 1], &mut all);
        assert!(all.len() < 50);
    }
}
