//! A quick hash for tables whose keys nobody chooses to harm: windows of bytes, places, periods.
//!
//! In: numbers and bytes. Out: a hash, the same in every run. Tables of what a stranger may write keep the one of the
//! standard library, which costs several times as much.
//!
//! Not here: content keys (`text`).

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map with the quick hash.
pub type Map<K, V> = HashMap<K, V, BuildHasherDefault<Spread>>;

/// Spreads keys over the places of a table: two multiplications for eight bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        words.iter().for_each(|word| self.write_u64(u64::from_le_bytes(*word)));
        if !rest.is_empty() {
            let last = rest.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte));
            self.write_u64(last);
        }
    }

    fn write_u64(&mut self, number: u64) {
        // Twice, so that every bit of a key reaches the lower bits of the hash, which tables take.
        let mix = |number: u64, by: u64| {
            let product = number.wrapping_mul(by);
            product ^ (product >> 32)
        };
        self.0 = mix(mix(self.0 ^ number, 0x9e37_79b9_7f4a_7c15), 0xd6e8_feb8_6659_fd93);
    }

    fn write_u8(&mut self, number: u8) {
        self.write_u64(u64::from(number));
    }

    fn write_u16(&mut self, number: u16) {
        self.write_u64(u64::from(number));
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use std::hash::{BuildHasher, Hash};

    fn hash(key: impl Hash) -> u64 {
        BuildHasherDefault::<Spread>::default().hash_one(key)
    }

    #[test]
    fn keys_that_differ_little_go_to_many_places() {
        // Half of 4096 balls in 4096 places meet another one; far fewer places would mean a bad hash.
        let places =
            |keys: &mut dyn Iterator<Item = u64>| keys.map(|hash| hash % 4096).collect::<HashSet<_>>().len();
        assert!(places(&mut (0..4096_u64).map(hash)) > 2000);
        assert!(places(&mut (0..4096_u64).map(|no| hash(no << 40))) > 2000);
        assert!(places(&mut (0..4096).map(|no| hash(format!("99010{no}")))) > 2000);
        assert!(places(&mut (0..4096_u32).map(|no| hash((no % 64, no / 64)))) > 2000);
    }
}
