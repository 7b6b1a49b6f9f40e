//! Which field of a record a correction speaks of, and how much of its values may be told.
//!
//! In: the kind of the corrected record and the words under `field:`, a key, a path of keys, a label, or words that recall one, as
//! the public reads them. Out: the fields that may be meant, and whether what was and what is now may stand on the page of
//! corrections: as written, behind the mask of a name, or not at all.
//!
//! Not here: the complaint about words that mean no field or an internal one (`check`), and the masking (`disclose`).

use super::Kinds;
use super::field::{Field, Home, Kind, Mask, Type, Visibility};
use crate::fold::normal_form;
use crate::text::excerpt;

/// Characters of a field's name that are looked at.
const LONGEST: usize = 60;

/// A field that may be meant.
#[derive(Clone, Debug)]
pub struct Meant {
    /// The kind whose field it is: that of the record, or of a record inside it.
    pub kind: &'static Kind,
    /// The field.
    pub field: &'static Field,
    /// The keys that lead to it from a record of that kind.
    pub path: Vec<&'static str>,
}

/// How much of a corrected value may be told.
#[derive(Clone, Debug)]
pub enum Telling {
    /// All of it.
    Whole,
    /// It may be a person's name: the masks that may hide it, each with its field.
    Masked(Vec<(Mask, Meant)>),
    /// Nothing: the field never leaves the office.
    Nothing,
}

/// The fields that words mean: those that are called exactly so, else those that the words recall.
pub fn fields_meant(kinds: &Kinds, kind: &'static Kind, written: &str) -> Vec<Meant> {
    let mut all = Vec::new();
    add(kind, kind.fields, &mut Vec::new(), &mut all);
    for inner in
        kinds.all().filter(|inner| matches!(inner.home, Home::Inside(parent, _) if parent == kind.plural))
    {
        add(inner, inner.fields, &mut Vec::new(), &mut all);
    }
    let keys: Vec<&str> = written.split('.').collect();
    let plain = normal_form(&excerpt(written, LONGEST));
    let is_called_so = |one: &&Meant| {
        one.path.ends_with(&keys)
            || one.field.en.eq_ignore_ascii_case(written)
            || !plain.is_empty() && normal_form(one.field.zh) == plain
    };
    let exact: Vec<Meant> = all.iter().filter(is_called_so).cloned().collect();
    if !exact.is_empty() {
        return exact;
    }
    if written.is_ascii() {
        let lower = written.to_ascii_lowercase();
        all.retain(|one| !lower.is_empty() && one.field.en.to_ascii_lowercase().contains(&lower));
        return all;
    }
    let chars: Vec<char> = plain.chars().collect();
    let parts: Vec<String> = match chars.len() {
        0 => return Vec::new(),
        1 => vec![plain],
        _ => chars.windows(2).map(|pair| pair.iter().collect()).collect(),
    };
    all.retain(|one| {
        let label = normal_form(one.field.zh);
        parts.iter().any(|part| label.contains(part.as_str()))
    });
    all
}

fn add(kind: &'static Kind, fields: &'static [Field], path: &mut Vec<&'static str>, all: &mut Vec<Meant>) {
    for field in fields {
        path.push(field.key);
        all.push(Meant { kind, field, path: path.clone() });
        add(kind, inside(field), path, all);
        path.pop();
    }
}

/// The fields inside an object or inside each object of a list.
fn inside(field: &Field) -> &'static [Field] {
    match field.ty {
        Type::Object(fields) | Type::List(&Type::Object(fields)) => fields,
        _ => &[],
    }
}

/// How much of a correction of these fields may be told. Of a field that holds others it is not known which one is meant.
pub fn telling(meant: &[Meant]) -> Telling {
    let mut leaves = Vec::new();
    for one in meant {
        leaves.push(one.clone());
        add(one.kind, inside(one.field), &mut one.path.clone(), &mut leaves);
    }
    let internal = |one: &Meant| one.field.visibility == Visibility::Internal;
    let is_open = |one: &&Meant| inside(one.field).is_empty() && !internal(one);
    if leaves.iter().any(internal) && !meant.iter().any(|one| is_open(&one)) {
        return Telling::Nothing;
    }
    let masked: Vec<(Mask, Meant)> = leaves
        .into_iter()
        .filter_map(|one| match one.field.visibility {
            Visibility::Masked(mask) => Some((mask, one)),
            _ => None,
        })
        .collect();
    if masked.is_empty() { Telling::Whole } else { Telling::Masked(masked) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{enterprise, penalty, sampling_notice, visit};

    fn paths(kind: &'static Kind, written: &str) -> Vec<String> {
        fields_meant(&Kinds::builtin(), kind, written).iter().map(|one| one.path.join(".")).collect()
    }

    #[test]
    fn a_field_is_meant_by_its_key_its_path_or_words_of_its_label() {
        assert_eq!(paths(&penalty::KIND, "fine"), ["fine"]);
        assert_eq!(paths(&penalty::KIND, "party.name"), ["party.name"]);
        assert_eq!(paths(&penalty::KIND, "罚款金额"), ["fine"]);
        assert!(paths(&penalty::KIND, "當事人").contains(&"party.name".to_string()));
        for written in ["样品名称", "食品名称", "批次", "批"] {
            assert!(!paths(&sampling_notice::KIND, written).is_empty(), "{written}");
        }
        for unknown in ["partie", "party.nmae", "——", "", "某"] {
            assert_eq!(paths(&penalty::KIND, unknown), [""; 0], "{unknown}");
        }
    }

    #[test]
    fn what_is_internal_is_not_told_and_a_name_only_behind_its_mask() {
        let of = |kind, written| telling(&fields_meant(&Kinds::builtin(), kind, written));
        assert!(matches!(of(&penalty::KIND, "罚款金额"), Telling::Whole));
        for written in ["当事人", "party", "party.name"] {
            assert!(matches!(of(&penalty::KIND, written), Telling::Masked(_)), "{written}");
        }
        for written in ["problems.text", "问题", "problems"] {
            assert!(matches!(of(&visit::KIND, written), Telling::Nothing), "{written}");
        }
        assert!(matches!(of(&enterprise::KIND, "meals_per_sitting"), Telling::Nothing));
        assert!(matches!(of(&enterprise::KIND, "address"), Telling::Whole));
    }
}
