//! Prints thousands of texts with their normal form, terms, hashes and shards as JSON, for the test that runs the search script
//! of the default theme against them.
//!
//!     cargo run --example search_vectors -- content > target/search-vectors.json
//!
//! In: a folder whose texts are taken, beside every character of the folding table and texts from a seed. Out: JSON.

use std::fmt::Write as _;

use gongshi::fold::traditional;
use gongshi::search::vectors::{Vector, ascending, number, place_of, vector};

const BITS: [u32; 4] = [0, 3, 11, 13];

fn main() -> anyhow::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "content".into());
    let mut texts: Vec<String> = Vec::new();
    let mut files: Vec<_> = walkdir::WalkDir::new(folder).into_iter().collect::<Result<_, _>>()?;
    files.sort_by(|a, b| a.path().cmp(b.path()));
    for file in files.iter().filter(|file| file.file_type().is_file()) {
        let Ok(text) = std::fs::read_to_string(file.path()) else { continue };
        texts.extend(text.lines().map(|line| line.trim().chars().take(60).collect()));
    }
    texts.sort();
    texts.dedup();
    let all: Vec<char> = traditional().map(|(from, _)| from).collect();
    texts.extend(all.chunks(12).map(|some| some.iter().collect::<String>()));
    texts.extend(seeded(3000));
    let mut out = String::from("{\"texts\":[");
    for (at, text) in texts.iter().enumerate() {
        if at > 0 {
            out.push_str(",\n");
        }
        add_vector(&vector(text), &mut out)?;
    }
    out.push_str("],\n\"numbers\":[");
    let numbers = (0..32).map(|bit| 1u32 << bit).chain([0, 31, 33, 1000, 123_456_789, u32::MAX]);
    let numbers: Vec<String> = numbers.map(|value| format!("[{value},\"{}\"]", number(value))).collect();
    write!(out, "{}],\n\"ascending\":[", numbers.join(","))?;
    let lists: [&[u32]; 4] = [&[], &[0], &[0, 1, 2, 40, 5000], &[7, 8, 1_000_000]];
    let lists: Vec<String> = lists.iter().map(|list| format!("[{list:?},\"{}\"]", ascending(list))).collect();
    writeln!(out, "{}]}}", lists.join(","))?;
    print!("{out}");
    Ok(())
}

/// `[text, form, [[term, h1, h2, key, [shard by bits]], ...]]`.
fn add_vector(vector: &Vector, out: &mut String) -> anyhow::Result<()> {
    write!(out, "[{},{},[", serde_json::to_string(&vector.text)?, serde_json::to_string(&vector.form)?)?;
    for (at, (term, first, second)) in vector.terms.iter().enumerate() {
        let places = BITS.map(|bits| place_of((*first, *second), bits));
        let shards: Vec<u32> = places.iter().map(|(_, shard)| *shard).collect();
        let key = serde_json::to_string(&places.first().map(|(key, _)| key))?;
        let comma = if at > 0 { "," } else { "" };
        write!(out, "{comma}[{},{first},{second},{key},{shards:?}]", serde_json::to_string(term)?)?;
    }
    out.push_str("]]");
    Ok(())
}

/// Texts of characters of all classes, the same each time.
fn seeded(count: usize) -> Vec<String> {
    const SIGNS: [(u32, u32); 14] = [
        (0x20, 0x7e),
        (0x30, 0x39),
        (0x41, 0x5a),
        (0xa0, 0x24f),
        (0x370, 0x52f),
        (0x2000, 0x206f),
        (0x2e80, 0x2fdf),
        (0x3000, 0x30ff),
        (0x3400, 0x4dbf),
        (0x4e00, 0x9fff),
        (0x4e00, 0x9fff),
        (0xac00, 0xd7a3),
        (0xf900, 0xffef),
        (0x20000, 0x2fa1d),
    ];
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: u32| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 33) as u32 % below
    };
    let mut texts = Vec::with_capacity(count);
    for _ in 0..count {
        let length = 1 + next(14);
        let text: String = (0..length)
            .filter_map(|_| {
                let (from, to) = SIGNS.get(next(SIGNS.len() as u32) as usize)?;
                char::from_u32(from + next(to - from + 1))
            })
            .collect();
        texts.push(text);
    }
    texts
}
