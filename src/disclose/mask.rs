//! Masks: what of a value the public may see when not all of it.
//!
//! Source of the name mask: common practice for natural persons who are no officials; SAMR order 45 of 2021,
//! articles 6 and 7, asks that personal data be processed and nothing else be changed.

use super::withheld::Withheld;
use crate::record::field::{Field, Mask};
use crate::record::value::Value;

/// Replaces a value by its masked form and remembers what was hidden. `given` are the keys beside it that
/// have a value.
pub fn apply(how: Mask, field: &Field, value: &mut Value, given: &[&str], withheld: &mut Withheld) {
    let hide = match how {
        Mask::Name => true,
        Mask::NameUnless(key) => !given.contains(&key),
    };
    if let (true, Value::Text(name)) = (hide, &*value) {
        let masked = masked_name(name);
        if *masked != **name {
            withheld.value(field, field.ty, value);
            *value = Value::Text(masked);
        }
    }
}

/// `张*`, `张**`: the first character stays, each other one becomes a star; already masked names stay.
fn masked_name(name: &str) -> Box<str> {
    name.chars().enumerate().map(|(at, c)| if at == 0 { c } else { '*' }).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_name_keeps_its_length_and_first_character_only() {
        for (name, masked) in [("张示例", "张**"), ("李样", "李*"), ("王**", "王**"), ("𠮷样本", "𠮷**")]
        {
            assert_eq!(&*masked_name(name), masked);
        }
    }
}
