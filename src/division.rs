//! The national table of administrative divisions (GB/T 2260): provinces, cities and counties, those that have gone included.
//!
//! In: a code of two, four or six digits. Out: whether it is in force in the table's edition, was once, or never was.
//! The table lies as data beside this file and says where its facts come from.
//!
//! Not here: townships and villages, whose codes change too often to be shipped, and the places of a portal, which it
//! declares under `regions:` and which come before this table (`check`).

use std::sync::OnceLock;

/// The codes, each with the years of the editions that list it.
const TABLE: &str = include_str!("division/table.txt");

/// The year of the table's edition.
pub const EDITION: u16 = 2023;

/// Year of the first edition there was; a code without a first year is at least as old.
const FIRST_EDITION: u16 = 1980;

/// What the national table says of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// In force in the table's edition.
    InForce,
    /// Gone: the years of the first and of the last edition that lists it.
    Retired(u16, u16),
    /// In no edition.
    Unknown,
}

/// A line of the table.
struct Entry {
    code: u32,
    first: u16,
    last: u16,
}

/// What the table says of a province (`11`), a city (`1101`) or a county (`110105`).
pub fn standing(code: &str) -> Standing {
    let Some(code) = six_digits(code) else { return Standing::Unknown };
    let table = table();
    let at = table.partition_point(|entry| entry.code < code);
    match table.get(at).filter(|entry| entry.code == code) {
        Some(entry) if entry.last >= EDITION => Standing::InForce,
        Some(entry) => Standing::Retired(entry.first, entry.last),
        None => Standing::Unknown,
    }
}

/// Two, four or six digits as six, the way the table writes provinces and cities.
fn six_digits(code: &str) -> Option<u32> {
    if !code.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: u32 = code.parse().ok()?;
    match code.len() {
        2 => Some(number * 10_000),
        4 => Some(number * 100),
        6 => Some(number),
        _ => None,
    }
}

fn table() -> &'static [Entry] {
    static ENTRIES: OnceLock<Vec<Entry>> = OnceLock::new();
    ENTRIES.get_or_init(|| lines().filter_map(read).collect())
}

fn lines() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter(|line| !line.starts_with('#'))
}

fn read(line: &str) -> Option<Entry> {
    let (code, years) = line.split_once(' ').unwrap_or((line, ""));
    let (first, last) = years.split_once('-').unwrap_or((years, ""));
    let year = |text: &str, missing| if text.is_empty() { Some(missing) } else { text.parse().ok() };
    let code = if code.len() == 6 { six_digits(code)? } else { return None };
    Some(Entry { code, first: year(first, FIRST_EDITION)?, last: year(last, EDITION)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_every_line_of_it_is_read() {
        assert_eq!(table().len(), lines().count());
        for pair in table().windows(2) {
            assert!(pair[0].code < pair[1].code, "{} before {}", pair[0].code, pair[1].code);
        }
        for Entry { code, first, last } in table() {
            assert!((FIRST_EDITION..=EDITION).contains(first) && first <= last && *last <= EDITION, "{code}");
            assert!((110_000..830_000).contains(code), "{code} is of no province");
        }
    }

    #[test]
    fn the_table_holds_as_many_places_as_there_are() {
        let in_force = || table().iter().filter(|entry| entry.last == EDITION).map(|entry| entry.code);
        assert_eq!(in_force().filter(|code| code % 10_000 == 0).count(), 34, "provinces");
        let cities = in_force().filter(|code| code % 100 == 0 && code % 10_000 != 0).count();
        assert!((330..360).contains(&cities), "{cities} cities");
        // Without the seats of cities (01), which are no counties, and the development zones of statistics.
        let counties = in_force().filter(|code| !matches!(code % 100, 0 | 1 | 71..=80)).count();
        assert!((2_750..2_950).contains(&counties), "{counties} counties");
    }

    #[test]
    fn every_code_lies_in_a_city_and_a_province_of_the_table() {
        let known = |code| table().binary_search_by_key(&code, |entry| entry.code).is_ok();
        for Entry { code, .. } in table() {
            assert!(known(code / 10_000 * 10_000), "{code}");
        }
    }

    #[test]
    fn codes_in_force_and_gone_are_told_from_those_that_never_were() {
        for code in ["11", "1101", "110105", "440300", "440101", "419001", "820000", "659012"] {
            assert_eq!(standing(code), Standing::InForce, "{code}");
        }
        assert_eq!(standing("110103"), Standing::Retired(1980, 2009));
        assert_eq!(standing("320602"), Standing::Retired(1980, 2019));
        for code in ["110199", "990101", "49", "", "1", "110105001", "１１０１０５", "-10105", "+10105"]
        {
            assert_eq!(standing(code), Standing::Unknown, "{code}");
        }
    }
}
