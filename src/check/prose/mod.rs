//! Rules over running text: what an author promises and then does not write, numbers that do not add up, leftovers of
//! pasting, letters without their scale.
//!
//! In: the Markdown of articles, chapters and standing pages, as [`block::Block`]s without marks and code. Out:
//! findings at line and column. Each rule would rather be silent than wrong: what it cannot read for certain, it
//! passes over. Not here: Markdown itself (`documents`, `links`), figures of records (`rates`).

mod arithmetic;
mod block;
mod claims;
mod departments;
mod listed;
mod numbering;
mod numerals;
mod ordinals;
mod paste;
mod sums;
mod tables;
mod wording;

use rayon::prelude::*;

use crate::diagnostic::{Code, Finding, Findings, Message};
use crate::markdown::blot;
use crate::record::field::Kind;
use crate::record::value::{Prose, Record};
use crate::source::unmerged;
use crate::text::conflict_marks;

use super::Context;
use super::departments::Register;
use super::documents::place_in;
use block::{Block, blocks};

pub use arithmetic::{RATE_NODEN, RATE_RECALC};
pub use claims::COUNT_CLAIM;
pub use numbering::NUMBERING;
pub use paste::{PASTE_RUBY, TITLE_EMPTY};
pub use sums::SUM_MISMATCH;
pub use wording::{GRADE_BARE, PUNCTUATION};

/// The marks of a merge that was not finished.
pub const UNMERGED: Code = Code("E-TEXT-UNMERGED");

/// One text with its blocks.
struct Text<'l> {
    record: &'l Record,
    prose: &'l Prose,
    kind: &'static Kind,
    blocks: Vec<Block>,
}

impl Text<'_> {
    /// Reports the character of a block at a place.
    fn blame<'f>(
        &self,
        findings: &'f mut Findings,
        code: Code,
        block: &Block,
        at: usize,
        message: Message,
    ) -> &'f mut Finding {
        let place = place_in(self.record, self.prose, block.offset(at));
        let finding = findings.add(code, place, message);
        finding.record = Some(self.record.public_name());
        finding
    }
}

/// All rules of this room; texts in parallel.
pub(super) fn texts(context: &Context<'_>, findings: &mut Findings) {
    let hotline = context.ledger.settings.hotline.as_str();
    let register = Register::of(context.ledger);
    let ledger = context.ledger;
    let written: Vec<(&'static Kind, &Record, &Prose)> = ledger
        .kinds
        .all()
        .zip(&ledger.tables)
        .flat_map(|(kind, table)| {
            table.iter().filter_map(move |record| Some((kind, record, record.prose.as_deref()?)))
        })
        .collect();
    let found: Vec<Findings> = written
        .into_par_iter()
        .map(|(kind, record, prose)| {
            let text = Text { record, prose, kind, blocks: blocks(&blot(&prose.body)) };
            let mut findings = Findings::default();
            if let Some(at) = conflict_marks(&prose.body) {
                let (message, hint) = unmerged();
                let finding = findings.add(UNMERGED, place_in(record, prose, at), message);
                finding.record(&record.public_name()).hint(hint);
            }
            claims::claims(&text, &mut findings);
            numbering::numbering(&text, &mut findings);
            arithmetic::sentences(&text, &mut findings);
            tables::totals(&text, &mut findings);
            paste::leftovers(&text, &mut findings);
            wording::grades(&text, &mut findings);
            wording::punctuation(&text, &mut findings);
            wording::hotlines(&text, hotline, &mut findings);
            if let Some(register) = &register {
                departments::aliases(&text, register, &mut findings);
            }
            findings
        })
        .collect();
    findings.0.extend(found.into_iter().flat_map(|found| found.0));
}
