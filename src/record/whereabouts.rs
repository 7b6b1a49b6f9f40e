//! Which region a record names: the one declaration of where it lies, for the check's report and for data files by region.
//!
//! In: a kind and the values of a record. Out: region codes as written, its own first, then those of the unit it speaks of.
//! Where a product was made says nothing of where the record lies.
//!
//! Not here: the region of the enterprise that a record names, which is asked of the links (`check`, `disclose`).

use super::field::{Kind, Type};
use super::value::Value;
use super::values::Values;

/// A field that names a unit elsewhere: the producer of what was sampled in a shop.
pub const ELSEWHERE: &str = "producer";

/// The codes of regions that a record names itself or for the unit it speaks of.
pub fn region_codes<'v>(kind: &'static Kind, values: &'v Values) -> impl Iterator<Item = &'v str> {
    let fields = move || kind.fields.iter().zip(values);
    let at_top = fields().filter(|(field, _)| matches!(field.ty, Type::RegionCode));
    let inside = fields().filter(|(field, _)| field.key != ELSEWHERE).filter_map(|(field, value)| {
        let (Type::Object(inner), Value::Object(values)) = (field.ty, value) else { return None };
        inner.iter().zip(values.iter()).find(|(field, _)| matches!(field.ty, Type::RegionCode))
    });
    at_top.chain(inside).filter_map(|(_, value)| value.as_text())
}
