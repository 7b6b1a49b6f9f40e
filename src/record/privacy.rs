//! The settings under `privacy:`: how much of a masked name is shown, and which identity numbers are looked for.
//!
//! The four ways of masking form a chain: what a stricter one shows, the next shows too. So two masked copies of one name
//! never tell more together than the fuller one alone.
//!
//! Not here: masking itself (`disclose::mask`) and the search (`pii`).

use super::portal::{field_mask, privacy as table};
use super::value::{Value, View};

/// How much of a masked name is shown, strictest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameMask {
    /// `张*`, whatever the length.
    Star,
    /// `张**`, one star a character.
    #[default]
    Stars,
    /// `张*甲`; of two characters the first.
    FirstLast,
    /// The whole name.
    Full,
}

impl NameMask {
    /// The mask of a name in `portal.yaml`.
    pub fn named(word: &str) -> Option<NameMask> {
        Some(match word {
            "star" => NameMask::Star,
            "stars" => NameMask::Stars,
            "first_last" => NameMask::FirstLast,
            "full" => NameMask::Full,
            _ => return None,
        })
    }

    /// What is shown of a name; stars that stand in it already stay.
    pub fn of(self, name: &str) -> Box<str> {
        let count = name.chars().count();
        let shows = |at: usize| match self {
            NameMask::Star | NameMask::Stars => at == 0,
            NameMask::FirstLast => at == 0 || at + 1 == count && count > 2,
            NameMask::Full => true,
        };
        let masked = name.chars().enumerate().map(|(at, c)| if shows(at) { c } else { '*' });
        let most = if self == NameMask::Star { 2 } else { count };
        masked.take(most).collect::<String>().into()
    }
}

/// Settings of `privacy:`.
#[derive(Clone, Debug, Default)]
pub struct PrivacySettings {
    /// The mask of names whose field has none of its own.
    pub name_mask: NameMask,
    /// Masks of a kind, by its plural, and of its fields, by their path; an empty path is the whole kind.
    pub masks: Vec<(String, String, NameMask)>,
    /// First two digits of identity numbers that are looked for besides those of the provinces.
    pub id_prefixes: Vec<u8>,
}

impl PrivacySettings {
    pub(super) fn of(view: View<'_>) -> PrivacySettings {
        let mask = |view: View<'_>, slot| view.choice(slot).and_then(NameMask::named);
        let masks = view.objects(table::MASKS).filter_map(|own| {
            let text = |slot| own.text(slot).unwrap_or_default().to_string();
            Some((text(field_mask::KIND), text(field_mask::FIELD), mask(own, field_mask::MASK)?))
        });
        let prefixes = view.list(table::ID_PREFIXES).iter().filter_map(Value::as_text);
        PrivacySettings {
            name_mask: mask(view, table::NAME_MASK).unwrap_or_default(),
            masks: masks.collect(),
            id_prefixes: prefixes.filter_map(id_prefix).collect(),
        }
    }

    /// The mask of a field by its path, such as `party.name`: its own, else its kind's, else the portal's.
    pub fn mask(&self, plural: &str, path: &str) -> NameMask {
        let of = |wanted: &str| {
            self.masks.iter().find(|(kind, field, _)| kind == plural && field == wanted).map(|own| own.2)
        };
        of(path).or_else(|| of("")).unwrap_or(self.name_mask)
    }

    /// Whether any name may be masked otherwise than the others.
    pub fn differ(&self) -> bool {
        self.masks.iter().any(|(_, _, mask)| *mask != self.name_mask)
    }
}

/// The first two digits of identity numbers, written as such.
pub fn id_prefix(text: &str) -> Option<u8> {
    (text.len() == 2).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHAIN: [NameMask; 4] = [NameMask::Star, NameMask::Stars, NameMask::FirstLast, NameMask::Full];

    #[test]
    fn each_mask_shows_what_it_says() {
        for (name, shown) in [
            ("张示例", ["张*", "张**", "张*例", "张示例"]),
            ("李样", ["李*", "李*", "李*", "李样"]),
            ("王**", ["王*", "王**", "王**", "王**"]),
            ("𠮷样本丁", ["𠮷*", "𠮷***", "𠮷**丁", "𠮷样本丁"]),
            ("赵", ["赵", "赵", "赵", "赵"]),
        ] {
            assert_eq!(CHAIN.map(|mask| mask.of(name).to_string()), shown, "{name}");
        }
    }

    #[test]
    fn two_masks_of_one_name_tell_no_more_together_than_the_fuller_one() {
        for name in ["张示例", "李样", "欧阳示例", "阿依·示例"] {
            for (strict, full) in [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)] {
                let (strict, full) = (CHAIN[strict].of(name), CHAIN[full].of(name));
                for (a, b) in strict.chars().zip(full.chars()) {
                    assert!(a == '*' || a == b, "{strict} tells what {full} hides");
                }
            }
        }
    }
}
