//! Rules over running text: what an author promises and then does not write, numbers that do not add up, leftovers of
//! pasting, letters without their scale.
//!
//! In: the Markdown of articles, chapters and standing pages, as [`block::Block`]s without marks and code, their titles and
//! summaries, questions and answers of pocket books. Out: findings at line and column, or at the field. Each rule would rather be silent than wrong: what it cannot read for certain, it
//! passes over. Not here: Markdown itself (`documents`, `links`), figures of records (`rates`).

mod arithmetic;
mod block;
mod claims;
mod departments;
mod fields;
mod listed;
mod numbering;
mod numerals;
mod ordinals;
mod paste;
mod sums;
mod tables;
mod wording;

use rayon::prelude::*;

use crate::diagnostic::{Code, Finding, Findings, Message, Step};
use crate::markdown::blot;
use crate::record::field::Kind;
use crate::record::value::{Prose, Record};
use crate::source::unmerged;
use crate::text::conflict_marks;

use super::Context;
use super::departments::Register;
use super::documents::place_in;
use super::subject::Subject;
use block::{Block, blocks};
use fields::{Words, fields};

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
    kind: &'static Kind,
    stands: Stands<'l>,
    body: &'l str,
    /// What stands above it and may name a scale for it.
    title: &'l str,
    blocks: Vec<Block>,
}

/// Where a text stands.
enum Stands<'l> {
    /// Below the front matter.
    Body(&'l Prose),
    /// In a field.
    Field(Vec<Step>),
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
        let finding = match &self.stands {
            Stands::Body(prose) => {
                findings.add(code, place_in(self.record, prose, block.offset(at)), message)
            }
            Stands::Field(path) => Subject::of(self.kind, self.record).blame(findings, code, path, message),
        };
        finding.record = Some(self.record.public_name());
        finding
    }

    /// Whether it is a field, which says briefly what the text tells in full.
    fn is_field(&self) -> bool {
        matches!(self.stands, Stands::Field(_))
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
            let mut findings = Findings::default();
            if let Some(at) = conflict_marks(&prose.body) {
                let (message, hint) = unmerged();
                let finding = findings.add(UNMERGED, place_in(record, prose, at), message);
                finding.record(&record.public_name()).hint(hint);
            }
            let title = record.view(kind).by_key("title").as_text().unwrap_or_default();
            let (body, stands) = (&*prose.body, Stands::Body(prose));
            let text = Text { record, kind, stands, body, title, blocks: blocks(&blot(body)) };
            claims::claims(&text, &mut findings);
            numbering::numbering(&text, &mut findings);
            tables::totals(&text, &mut findings);
            everywhere(&text, hotline, register.as_ref(), &mut findings);
            for Words { path, words, above } in fields(kind, record) {
                let stands = Stands::Field(path);
                let text = Text { record, kind, stands, body: words, title: above, blocks: blocks(words) };
                everywhere(&text, hotline, register.as_ref(), &mut findings);
            }
            findings
        })
        .collect();
    findings.0.extend(found.into_iter().flat_map(|found| found.0));
}

/// The rules of sentences and words, which titles and summaries have to keep too.
fn everywhere(text: &Text<'_>, hotline: &str, register: Option<&Register<'_>>, findings: &mut Findings) {
    arithmetic::sentences(text, findings);
    paste::leftovers(text, findings);
    wording::grades(text, findings);
    wording::punctuation(text, findings);
    wording::hotlines(text, hotline, findings);
    if let Some(register) = register {
        departments::aliases(text, register, findings);
    }
}
