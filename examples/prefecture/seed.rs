//! Random numbers that depend on nothing but the seed, the stream and the number of the record.
//!
//! Every fact of the synthetic prefecture is a pure function of these three, so any record can be made
//! again wherever it is needed and none has to be kept. The mixing step is splitmix64's.
//!
//! Not here: what the numbers are used for.

/// What the numbers are drawn for; two streams never share a sequence.
#[derive(Clone, Copy)]
pub enum Stream {
    Region = 1,
    Cadre,
    Enterprise,
    Visit,
    Sample,
    Disposal,
    Penalty,
    Blacklist,
    Article,
}

/// A sequence of numbers.
pub struct Prng(u64);

impl Prng {
    /// The sequence of one record.
    pub fn at(seed: u64, stream: Stream, index: u64) -> Prng {
        Prng(mix(mix(mix(seed) ^ (stream as u64)).wrapping_add(index)))
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }

    /// A number from 0 to `limit` - 1; 0 when the limit is 0.
    pub fn below(&mut self, limit: u64) -> u64 {
        ((u128::from(self.bits()) * u128::from(limit)) >> 64) as u64
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1).unsigned_abs()) as i64
    }

    /// True in so many of a thousand draws.
    pub fn per_mille(&mut self, share: u64) -> bool {
        self.below(1000) < share
    }

    /// One member of a list.
    pub fn pick<T: Copy + Default>(&mut self, list: &[T]) -> T {
        list.get(self.below(list.len() as u64) as usize).copied().unwrap_or_default()
    }

    /// One character of a text.
    pub fn character(&mut self, text: &str) -> char {
        let count = text.chars().count() as u64;
        text.chars().nth(self.below(count) as usize).unwrap_or('示')
    }
}

fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}
