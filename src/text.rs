//! Small facts about bytes and text that every floor needs.
//!
//! In: bytes or text. Out: plain values, the same on every machine.
//!
//! Not here: folding for search, Markdown, and anything that knows a record.

use xxhash_rust::xxh3::xxh3_128;

/// The content key of the incremental build: equal bytes, equal key. Not a proof against forgery.
pub fn content_hash(bytes: &[u8]) -> u128 {
    xxh3_128(bytes)
}
