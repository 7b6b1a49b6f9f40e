//! The whole story in one place: read, join, check, disclose, plan, render, publish.
//!
//! In: a folder and the options of a run. Out: diagnostics, a plan or a published site. Each step is a call;
//! nothing is decided here but their order and when to stop.
//!
//! Not here: arguments, clock and terminal (`cli`).

use std::path::PathBuf;

use anyhow::Context as _;

use crate::cache::Cache;
use crate::calendar::Date;
use crate::check::{allow, attribute, check, search_sources};
use crate::diagnostic::{Diagnostic, Findings, Severity};
use crate::disclose::{Portal, disclose};
use crate::ledger::Ledger;
use crate::plan::{SitePlan, ThemeFiles, plan_portal};
use crate::record::field::Kind;
use crate::record::intake::read_portal;
use crate::record::labels;
use crate::record::settings::Settings;
use crate::search::{Index, MANY};
use crate::source::{LOCATED, Limits, Sources, locate, walk};
use crate::text::content_hash;
use crate::theme::{Theme, Wanted};

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
    /// Folder of a theme that the command line names.
    pub theme: Option<PathBuf>,
    /// Folder in which the themes that `portal.yaml` names lie.
    pub themes: PathBuf,
    /// A content key of the program itself: another program makes other bytes.
    pub program: u128,
}

/// A portal that has been read, joined and judged.
#[derive(Debug)]
pub struct Judged {
    /// Its files.
    pub sources: Sources,
    /// The limits it sets.
    pub limits: Limits,
    /// Everything it says.
    pub ledger: Ledger,
    /// The as-of date that counts.
    pub as_of: Date,
    /// All mistakes, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// What the portal allows to stand, sorted.
    pub allowed: Vec<Diagnostic>,
    /// Names in the cache that the reading used.
    pub kept: Vec<String>,
}

impl Judged {
    /// How many diagnostics weigh this much.
    pub fn count(&self, severity: Severity) -> usize {
        count(&self.diagnostics, severity)
    }
}

/// How many of these weigh this much.
pub fn count(diagnostics: &[Diagnostic], severity: Severity) -> usize {
    diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
}

/// A portal ready to be rendered.
#[derive(Debug)]
pub struct Planned {
    /// Its files.
    pub sources: Sources,
    /// What the public may see.
    pub portal: Portal,
    /// What search finds in it.
    pub index: Index,
    /// How it looks.
    pub theme: Theme,
    /// Every output.
    pub plan: SitePlan,
    /// Addresses that two outputs claim.
    pub diagnostics: Vec<Diagnostic>,
    /// How many records of each kind were read, in the order of kinds.
    pub records: Vec<(&'static Kind, usize)>,
    /// Names in the cache that the reading used.
    pub kept: Vec<String>,
}

/// Reads, joins and judges a portal; writes nothing but its cache.
pub fn judge(input: &Input, cache: &Cache) -> anyhow::Result<Judged> {
    let mut findings = Findings::default();
    let mut sources = walk(&input.folder, &input.skipped, &mut findings)?;
    let mut read = read_portal(&sources, cache, input.program, &mut findings)?;
    sources.layouts = std::mem::take(&mut read.layouts);
    sources.hashes = std::mem::take(&mut read.hashes);
    let limits = read.limits.clone();
    let mut kept = std::mem::take(&mut read.kept);
    let ledger = Ledger::join(read, &mut findings);
    let as_of = input.as_of.or(ledger.settings.as_of).unwrap_or(input.today);
    findings.0.extend(check(&ledger, as_of).0);
    let (found, searched) = search_sources(&sources, &ledger, &limits, as_of, cache)?;
    findings.0.extend(found.0);
    kept.extend(searched);
    kept.push(LOCATED.to_string());
    allow(&ledger, as_of, &mut findings);
    attribute(&ledger, &mut findings);
    let located = locate(&sources, &limits, cache, findings.0);
    let (allowed, diagnostics) = located.into_iter().partition(|found| found.allowed.is_some());
    Ok(Judged { sources, limits, ledger, as_of, diagnostics, allowed, kept })
}

/// Whether a plan holds the files of the search index, which take time to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchIndex {
    /// They are made; of very many documents with the help of the disk.
    Made,
    /// They are made with the help of the disk, as those of very many documents are: for tests.
    MadeOnDisk,
    /// The plan is only looked at for mistakes, which they cannot make: no other output stands in their folder.
    LeftOut,
}

/// Lets through what may be public and decides every output.
pub fn plan(input: &Input, judged: Judged, cache: &Cache, search: SearchIndex) -> anyhow::Result<Planned> {
    let Judged { sources, limits, ledger, as_of, mut kept, .. } = judged;
    let theme = read_theme(input, &ledger.settings)?;
    let records = ledger.kinds.all().zip(&ledger.tables).map(|(kind, table)| (kind, table.len())).collect();
    let locale = labels::locale(&ledger.settings.language, theme.words.clone(), &ledger.kinds);
    let mut portal = disclose(ledger, as_of, theme.printed_words(), locale);
    let statics: Vec<(String, u128)> =
        theme.statics.iter().map(|(name, bytes)| (name.clone(), content_hash(bytes))).collect();
    let key = content_hash(format!("{:x}{:x}", theme.key(), input.program).as_bytes());
    let mut findings = Findings::default();
    let built = |portal: &Portal, many: usize| {
        Index::build(portal, cache, input.program, many).context(
            "暂存在磁盘上的检索索引读不回来 / what of the search index was laid aside on the disk cannot be read",
        )
    };
    let index = match search {
        SearchIndex::Made => built(&portal, MANY)?,
        SearchIndex::MadeOnDisk => built(&portal, 0)?,
        SearchIndex::LeftOut => Index::default(),
    };
    kept.extend_from_slice(index.kept());
    let plan = plan_portal(
        &portal,
        &index,
        ThemeFiles { statics: &statics, addresses: &theme.addresses, key },
        &mut findings,
    );
    portal.forget_keys();
    let diagnostics = locate(&sources, &limits, cache, findings.0);
    Ok(Planned { sources, portal, index, theme, plan, diagnostics, records, kept })
}

/// The theme that the command line or `portal.yaml` names.
pub fn read_theme(input: &Input, settings: &Settings) -> anyhow::Result<Theme> {
    Theme::load(Wanted {
        name: &settings.theme,
        folder: input.theme.as_deref(),
        themes: &input.themes,
        language: &settings.language,
        chosen: &settings.theme_settings,
    })
}
