//! How Chinese characters sound: readings without tones, for search by pinyin.
//!
//! In: a character. Out: its readings, each once, the commonest first; `ü` is written `v`. Not here: what search makes of
//! them, and which reading is the right one in a word.

use std::collections::HashMap;
use std::sync::LazyLock;

use pinyin::{Pinyin, ToPinyinMulti};

/// Code points whose readings lie in one table.
const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9fff;

struct Readings {
    /// By code point, where the readings begin in `all`, and how many there are.
    places: Vec<(u32, u8)>,
    all: Vec<&'static str>,
}

static READINGS: LazyLock<Readings> = LazyLock::new(|| {
    let mut spelled: HashMap<&'static str, &'static str> = HashMap::new();
    let mut readings = Readings { places: Vec::with_capacity((LAST - FIRST + 1) as usize), all: Vec::new() };
    for c in (FIRST..=LAST).filter_map(char::from_u32) {
        let start = readings.all.len();
        for reading in c.to_pinyin_multi().into_iter().flatten() {
            let plain = plain(reading, &mut spelled);
            if !plain.is_empty() && !readings.all.get(start..).unwrap_or(&[]).contains(&plain) {
                readings.all.push(plain);
            }
        }
        readings.places.push((start as u32, (readings.all.len() - start) as u8));
    }
    readings
});

/// A reading in the letters a-z.
fn plain(reading: Pinyin, spelled: &mut HashMap<&'static str, &'static str>) -> &'static str {
    let plain = reading.plain();
    if plain.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return plain;
    }
    // A dozen syllables in the life of the program.
    spelled.entry(plain).or_insert_with(|| {
        let letters: String = plain
            .chars()
            .filter_map(|c| match c {
                'ü' => Some('v'),
                'ê' => Some('e'),
                c => c.is_ascii_lowercase().then_some(c),
            })
            .collect();
        letters.leak()
    })
}

/// The readings of a character, the commonest first; none when it has none.
#[inline]
pub fn readings(c: char) -> &'static [&'static str] {
    let table = &*READINGS;
    let place = u32::from(c).checked_sub(FIRST).and_then(|at| table.places.get(at as usize));
    let found = place.and_then(|(start, count)| {
        let start = *start as usize;
        table.all.get(start..start + usize::from(*count))
    });
    found.unwrap_or(&[])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_has_all_its_readings() {
        assert_eq!(readings('单').first(), Some(&"dan"));
        assert!(readings('单').contains(&"shan"));
        assert!(readings('曾').contains(&"zeng"));
        assert_eq!(readings('女').first(), Some(&"nv"));
        assert_eq!(readings('a'), [] as [&str; 0]);
        assert_eq!(readings('，'), [] as [&str; 0]);
    }

    #[test]
    fn readings_are_letters_only() {
        let all = READINGS.all.iter().copied().collect::<std::collections::BTreeSet<_>>();
        assert!(all.len() > 400 && all.len() < 520, "{}", all.len());
        assert!(all.iter().all(|syllable| syllable.bytes().all(|byte| byte.is_ascii_lowercase())));
    }
}
