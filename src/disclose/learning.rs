//! Questions by their subject, for the chapters that they test.
//!
//! In: the questions behind the gate. Out: the first few of each subject, found once. Not here: how they are asked (`render`).

use std::collections::BTreeMap;

use super::portal::Portal;
use crate::record::edges::Handle;
use crate::record::{chapter, question};
use crate::text::content_hash;

/// Most questions that a chapter asks.
pub const MOST_ASKED: usize = 5;

/// The first questions of each subject, by id.
#[derive(Debug, Default)]
pub struct Quizzes(BTreeMap<String, Vec<Handle>>);

impl Portal {
    pub(super) fn gather_quizzes(&self) -> Quizzes {
        let mut quizzes: BTreeMap<String, Vec<Handle>> = BTreeMap::new();
        for handle in self.handles(self.kind(&question::KIND)) {
            let subject = self.record(handle).and_then(|record| record.view().text(question::SUBJECT));
            let Some(subject) = subject else { continue };
            let asked = quizzes.entry(subject.to_string()).or_default();
            if asked.len() < MOST_ASKED {
                asked.push(handle);
            }
        }
        Quizzes(quizzes)
    }

    /// The questions that test a chapter.
    pub fn quiz(&self, handle: Handle) -> &[Handle] {
        let subject = self.record(handle).and_then(|record| record.view().text(chapter::SUBJECT));
        subject.and_then(|subject| self.quizzes.0.get(subject)).map_or(&[], Vec::as_slice)
    }

    /// A content key of the questions that test a chapter.
    pub(super) fn quiz_key(&self, handle: Handle) -> u128 {
        let keys: Vec<u8> =
            self.quiz(handle).iter().flat_map(|asked| self.data_key(*asked).to_le_bytes()).collect();
        content_hash(&keys)
    }
}
