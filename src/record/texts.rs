//! Texts that many records have, of one file or made one after another, kept once.
//!
//! In: the texts of values, one after another. Out: each as a value keeps it; what was met shortly before is shared with it:
//! the authority, the basis, the region, the cadre of the record before. A third of the texts of a ledger of enterprises is
//! so. The table never grows: of two texts that fall into one place, the later one stays.
//!
//! Not here: sharing between files, which are read at the same time.

use arcstr::ArcStr;

use crate::text::content_hash;

/// Places of the table; a power of two.
const PLACES: usize = 1 << 10;

/// Longer texts are not looked for.
const LONGEST: usize = 96;

/// The texts met last.
#[derive(Debug, Default)]
pub struct Texts(Vec<ArcStr>);

impl Texts {
    /// This text, shared when it was met before.
    pub fn share(&mut self, text: &str) -> ArcStr {
        if text.len() > LONGEST {
            return text.into();
        }
        if self.0.is_empty() {
            self.0.resize(PLACES, ArcStr::new());
        }
        match self.0.get_mut(content_hash(text.as_bytes()) as usize & (PLACES - 1)) {
            Some(met) if *met == text => met.clone(),
            Some(met) => {
                *met = text.into();
                met.clone()
            }
            None => text.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_was_met_before_is_shared_and_every_text_comes_back() {
        let mut texts = Texts::default();
        let first = texts.share("样例县市场监督管理局");
        assert!(ArcStr::ptr_eq(&first, &texts.share("样例县市场监督管理局")));
        for number in 0..5000 {
            let text = format!("{number}号");
            assert_eq!(texts.share(&text), *text);
        }
        let long = "长".repeat(100);
        assert!(!ArcStr::ptr_eq(&texts.share(&long), &texts.share(&long)));
        assert_eq!(texts.share(""), "");
    }
}
