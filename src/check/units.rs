//! Units of test results: which of them measure the same, and by what factor.
//!
//! In: a unit as printed, such as `μg/kg`, `CFU/g` or `mg/100g`. Out: its dimension and its factor, exact. Not here:
//! numbers (`measure`).

/// A unit: `factor × 10^exponent / divisor` of the base unit of its dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// Power of ten.
    pub(super) exponent: i32,
    /// What the number is multiplied by.
    pub(super) factor: i128,
    /// What the number is divided by, as in `/100g` or `/50cm²`.
    pub(super) divisor: i128,
    /// What is measured, in what.
    pub(super) dimension: (Base, Base),
}

/// What a part of a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    /// Nothing: the part is not there.
    One,
    /// Grams.
    Mass,
    /// Litres.
    Volume,
    /// Moles.
    Amount,
    /// Square centimetres.
    Area,
    /// Colony forming units.
    Colonies,
    /// Most probable number.
    Probable,
}

/// Symbols with their power of ten.
const SYMBOLS: [(&str, i32, Base); 21] = [
    ("kg", 3, Base::Mass),
    ("g", 0, Base::Mass),
    ("mg", -3, Base::Mass),
    ("μg", -6, Base::Mass),
    ("ng", -9, Base::Mass),
    ("pg", -12, Base::Mass),
    ("L", 0, Base::Volume),
    ("dL", -1, Base::Volume),
    ("mL", -3, Base::Volume),
    ("μL", -6, Base::Volume),
    ("mol", 0, Base::Amount),
    ("mmol", -3, Base::Amount),
    ("μmol", -6, Base::Amount),
    ("mm²", -2, Base::Area),
    ("cm²", 0, Base::Area),
    ("dm²", 2, Base::Area),
    ("m²", 4, Base::Area),
    ("CFU", 0, Base::Colonies),
    ("cfu", 0, Base::Colonies),
    ("MPN", 0, Base::Probable),
    ("mpn", 0, Base::Probable),
];

/// One way of writing for each unit.
const SPELLINGS: [(&str, &str); 19] = [
    ("µ", "μ"),
    ("㎍", "μg"),
    ("㎎", "mg"),
    ("㎏", "kg"),
    ("㎖", "mL"),
    ("％", "%"),
    ("ug", "μg"),
    ("umol", "μmol"),
    ("uL", "μL"),
    ("ml", "mL"),
    ("毫克", "mg"),
    ("微克", "μg"),
    ("千克", "kg"),
    ("公斤", "kg"),
    ("克", "g"),
    ("毫升", "mL"),
    ("升", "L"),
    ("cm2", "cm²"),
    ("dm2", "dm²"),
];

/// A unit in one spelling, without blanks.
pub(super) fn spelling(unit: &str) -> String {
    let unit: String = unit.chars().filter(|c| !c.is_whitespace()).collect();
    SPELLINGS.iter().fold(unit, |unit, (found, meant)| match unit.contains(found) {
        true => unit.replace(found, meant),
        false => unit,
    })
}

/// Reads a unit in its one spelling; `None` for what is not known here.
pub(super) fn parse(unit: &str) -> Option<Unit> {
    if unit == "%" {
        return Some(Unit { exponent: -2, factor: 1, divisor: 1, dimension: (Base::Mass, Base::Mass) });
    }
    let (over, under) = match unit.split_once('/') {
        Some((over, under)) => (over, Some(under)),
        None => (unit, None),
    };
    let (factor, over_exponent, measured) = if over.is_empty() { (1, 0, Base::One) } else { part(over)? };
    let (divisor, under_exponent, within) = match under {
        Some(under) => part(under)?,
        None => (1, 0, Base::One),
    };
    let exponent = over_exponent - under_exponent;
    Some(Unit { exponent, factor, divisor, dimension: (measured, within) })
}

fn part(text: &str) -> Option<(i128, i32, Base)> {
    let symbol = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.strip_suffix(symbol)?;
    let count =
        if digits.is_empty() { 1 } else { digits.parse().ok().filter(|n| (1..=10_000).contains(n))? };
    let (_, exponent, base) = SYMBOLS.iter().find(|(known, ..)| *known == symbol)?;
    Some((count, *exponent, *base))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(unit: &str) -> Option<Unit> {
        parse(&spelling(unit))
    }

    #[test]
    fn a_unit_is_known_in_all_its_spellings() {
        for (one, other) in [
            ("µg/kg", "μg/kg"),
            ("ug/kg", "μg/kg"),
            ("微克/千克", "μg/kg"),
            ("㎎/㎏", "mg/kg"),
            ("cfu/ml", "CFU/mL"),
            ("CFU / g", "CFU/g"),
            ("%", "g/100g"),
        ] {
            let (one, other) = (read(one).unwrap(), read(other).unwrap());
            assert_eq!(one.dimension, other.dimension);
            let cross = |a: Unit, b: Unit| a.factor * b.divisor * 10i128.pow((a.exponent + 12) as u32);
            assert_eq!(cross(one, other), cross(other, one));
        }
    }

    #[test]
    fn what_is_measured_tells_units_apart() {
        let dimension = |unit| read(unit).map(|unit| unit.dimension);
        assert_ne!(dimension("mg/kg"), dimension("mg/L"));
        assert_ne!(dimension("CFU/g"), dimension("MPN/g"));
        assert_ne!(dimension("CFU/g"), dimension("CFU/mL"));
        assert_eq!(dimension("mg/100cm2"), dimension("g/m²"));
        for unknown in ["%vol", "mgKOH/g", "°T", "mg/kg/d", "", "mg/0g"] {
            assert!(unknown.is_empty() || read(unknown).is_none(), "{unknown}");
        }
    }
}
