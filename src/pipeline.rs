//! The whole story in one place: read, join, check, disclose, plan, render, publish.
//!
//! In: a folder and the options of a run. Out: diagnostics, a plan or a published site. Each step is a call;
//! nothing is decided here but their order and when to stop.
//!
//! Not here: arguments, clock and terminal (`cli`).

use std::path::PathBuf;

use crate::cache::Cache;
use crate::calendar::Date;
use crate::check::check;
use crate::diagnostic::{Diagnostic, Findings, Severity};
use crate::ledger::Ledger;
use crate::record::Kinds;
use crate::record::intake::read_portal;
use crate::source::{Limits, Sources, locate, walk};

/// Where a portal lies and what it is read for.
#[derive(Clone, Debug)]
pub struct Input {
    /// The portal folder.
    pub folder: PathBuf,
    /// Folders inside it that hold no sources, such as the site.
    pub skipped: Vec<PathBuf>,
    /// The as-of date of the command line.
    pub as_of: Option<Date>,
    /// The day of the clock, used when neither the command line nor `portal.yaml` gives a date.
    pub today: Date,
}

/// A portal that has been read, joined and judged.
#[derive(Debug)]
pub struct Judged {
    /// Its files.
    pub sources: Sources,
    /// Everything it says.
    pub ledger: Ledger,
    /// The as-of date that counts.
    pub as_of: Date,
    /// All mistakes, sorted.
    pub diagnostics: Vec<Diagnostic>,
}

impl Judged {
    /// How many diagnostics weigh this much.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }
}

/// Reads, joins and judges a portal; writes nothing.
pub fn judge(input: &Input, cache: &Cache) -> anyhow::Result<Judged> {
    let mut findings = Findings::default();
    let sources = walk(&input.folder, &input.skipped, &mut findings)?;
    let kinds = Kinds::builtin();
    let read = read_portal(&kinds, &sources, cache, &mut findings)?;
    let limits: Limits = read.limits.clone();
    let ledger = Ledger::join(kinds, read, &mut findings);
    let as_of = input.as_of.or(ledger.settings.as_of).unwrap_or(input.today);
    findings.0.extend(check(&ledger, as_of).0);
    let diagnostics = locate(&sources, &limits, findings.0);
    Ok(Judged { sources, ledger, as_of, diagnostics })
}
