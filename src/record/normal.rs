//! The one form of a number that may be written in several: `９１99…0p` and `9199…0P` are one credit code.
//!
//! In: a number as it was written, and the type of its field or the kind that it names. Out: the number in half width, in
//! capitals, without blanks, where it is one of these numbers then. So two ways to write one id name one record, are told as
//! doubles, and what is published has one form. Nothing is repaired: O stays O, and a hyphen stays where it is.
//!
//! Not here: whether the number is right (`code`, `check`). Ids that an office makes itself are taken as they are written, for
//! `a-1` and `A-1` may be two.

use std::borrow::Cow;

use super::Kinds;
use super::field::{BY_KIND, Field, Identity, Kind, Type};
use super::read::Reader;
use super::value::Value;
use crate::code::{is_sample_no, is_uscc_like, licence_form, narrowed};

/// The number of a field of this type in its one form; none where it is written so, or is no such number.
pub(super) fn number(ty: Type, text: &str) -> Option<String> {
    // Nearly all are: every value of a ledger is asked.
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase()) || text.contains('-') {
        return None;
    }
    let narrow = narrowed(text)?;
    let is_digits = narrow.bytes().all(|byte| byte.is_ascii_digit());
    let capital = narrow.to_ascii_uppercase();
    let meant = match ty {
        Type::Uscc => capital,
        Type::LicenceNo if licence_form(&capital).is_some() => capital,
        Type::SampleNo if is_sample_no(&capital) => capital,
        Type::Id if is_uscc_like(&capital) => capital,
        Type::Id | Type::RegionCode if is_digits => narrow,
        _ => return None,
    };
    (meant != text).then_some(meant)
}

/// The id of a record of this kind in its one form, where it is such a number.
pub fn id<'t>(kind: &Kind, text: &'t str) -> Cow<'t, str> {
    let keys = match kind.identity {
        Identity::Key(key) => [Some(key), None],
        Identity::KeyOr(key, other) => [Some(key), Some(other)],
        Identity::Anonymous | Identity::File => [None, None],
    };
    let types = keys.into_iter().flatten().filter_map(|key| type_of(kind, key));
    types.filter_map(|ty| one_of(ty, text)).next().map_or(Cow::Borrowed(text), Cow::Owned)
}

impl Reader<'_, '_> {
    /// A text as its field's type, or the kind that it names, writes it.
    pub(super) fn settled<'t>(&self, field: &Field, ty: Type, text: &'t str) -> Cow<'t, str> {
        let meant = reference(self.kinds, field, text).or_else(|| number(ty, text));
        meant.map_or(Cow::Borrowed(text), Cow::Owned)
    }

    /// Ids whose kind stands beside them, as that kind writes them.
    pub(super) fn settle_ids_of_kinds(&self, fields: &[Field], values: &mut [Value]) {
        let Some(at) = fields.iter().position(|field| field.is_id_of_kind) else { return };
        let kind =
            fields.iter().position(|field| field.key == "kind").and_then(|at| values.get(at)?.as_text());
        let kind = kind.and_then(|name| self.kinds.named(name)).and_then(|at| self.kinds.at(at));
        let Some(Value::Text(text)) = values.get(at) else { return };
        let meant = match kind {
            Some(kind) => id(kind, text).into_owned(),
            None => number(Type::Id, text).unwrap_or_else(|| text.to_string()),
        };
        if *text != meant
            && let Some(place) = values.get_mut(at)
        {
            *place = Value::Text(meant.into());
        }
    }
}

/// What a field names, in the one form of the ids or numbers that the kind is named by; none where it is written so.
fn reference(kinds: &Kinds, field: &Field, text: &str) -> Option<String> {
    let link = field.link.filter(|link| link.kind != BY_KIND)?;
    let kind = kinds.index(link.kind).and_then(|at| kinds.at(at))?;
    match link.by {
        "id" => match id(kind, text) {
            Cow::Owned(meant) => Some(meant),
            Cow::Borrowed(_) => None,
        },
        key => one_of(type_of(kind, key)?, text),
    }
}

/// An id may be a credit code that is wrong; a code that is no code at all is left for its own rule.
fn one_of(ty: Type, text: &str) -> Option<String> {
    let ty = if matches!(ty, Type::Uscc) { Type::Id } else { ty };
    number(ty, text)
}

fn type_of(kind: &Kind, key: &str) -> Option<Type> {
    kind.slot(key).and_then(|slot| kind.fields.get(slot)).map(|field| field.ty)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{enterprise, region, sample};

    #[test]
    fn numbers_have_one_form_and_nothing_else_is_changed() {
        for (ty, written, meant) in [
            (Type::Uscc, "９１990101 000000190p", "91990101000000190P"),
            (Type::Uscc, "9199O1ol", "9199O1OL"),
            (Type::LicenceNo, "ｓc 10199010100019", "SC10199010100019"),
            (Type::SampleNo, "xbj26990101　000000001", "XBJ26990101000000001"),
            (Type::RegionCode, "９９０１ ０１", "990101"),
            (Type::Id, "９９０１０１", "990101"),
            (Type::Id, "91990101ma0dem013u", "91990101MA0DEM013U"),
        ] {
            assert_eq!(number(ty, written).as_deref(), Some(meant), "{written}");
            assert_eq!(number(ty, meant), None, "{meant}");
        }
        for (ty, written) in [
            (Type::Uscc, "91990101-000000190p"),
            (Type::Uscc, "无"),
            (Type::LicenceNo, "样小作坊 ００１２"),
            (Type::LicenceNo, "ab 12"),
            (Type::SampleNo, "x-1"),
            (Type::RegionCode, "kaifaqu"),
            (Type::Id, "ｄｅｍｏ"),
            (Type::Id, "xcy-0001"),
            (Type::Id, "abcdefghijklmnopqr"),
            (Type::Text, "９９０１０１"),
        ] {
            assert_eq!(number(ty, written), None, "{written}");
        }
    }

    #[test]
    fn ids_are_put_into_the_form_of_their_kind() {
        assert_eq!(id(&enterprise::KIND, "９１990101ma0dem013u"), "91990101MA0DEM013U");
        assert_eq!(id(&enterprise::KIND, "xcy-0001"), "xcy-0001");
        assert_eq!(id(&sample::KIND, "xbj26990101000000001"), "XBJ26990101000000001");
        assert_eq!(id(&region::KIND, "９９０１"), "9901");
        assert_eq!(id(&crate::record::penalty::KIND, "pen20260000012"), "pen20260000012");
    }
}
