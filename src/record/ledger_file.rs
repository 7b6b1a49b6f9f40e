//! Reads one ledger, YAML or CSV, into records.
//!
//! In: a file of the portal. Out: a [`ReadFile`]: its records, what it was read as, and the findings. A YAML ledger that was
//! read without a finding is not read again while its text stays the same: its records come from the cache.
//!
//! Not here: the other files of a portal (`intake`), how records are kept (`kept`).

use super::Kinds;
use super::intake::BrokenFile;
use super::kept::Shelf;
use super::read::{KIND_UNKNOWN, ReadRecord, Reader};
use super::sheet;
use crate::cache::Cache;
use crate::diagnostic::{Code, FileId, Findings, Message, Place};
use crate::source::{
    Layout, Limits, NodeKind, NodeRef, Sources, decode_text, kept_name, lay_out, parse_kept, parse_table,
    read_raw, read_text,
};
use crate::text::content_hash;

/// A ledger without a record.
pub const LEDGER_EMPTY: Code = Code("I-LEDGER-EMPTY");

/// What one file held.
#[derive(Default)]
pub(super) struct ReadFile {
    pub(super) records: Vec<ReadRecord>,
    pub(super) broken: Option<BrokenFile>,
    /// Names in the cache that its reading used or made.
    pub(super) kept: Vec<String>,
    /// Hash of its bytes, of a ledger.
    pub(super) hash: Option<u128>,
    pub(super) layout: Option<(FileId, Layout)>,
    pub(super) findings: Findings,
}

impl ReadFile {
    /// The same of a file of which not all can be read as what it should be; of its text identifiers are guessed.
    fn refused(self, file: FileId, text: String) -> ReadFile {
        ReadFile { broken: Some(BrokenFile { file, text }), ..self }
    }
}

/// Reads a YAML ledger.
pub(super) fn read_ledger(
    shelf: &Shelf<'_>,
    sources: &Sources,
    file: FileId,
    limits: &Limits,
    cache: &Cache,
) -> anyhow::Result<ReadFile> {
    let mut read = ReadFile::default();
    let Some(bytes) = read_raw(sources, file, limits, &mut read.findings)? else {
        return Ok(read.refused(file, String::new()));
    };
    let hash = content_hash(&bytes);
    let name = shelf.name(hash);
    // Where findings point is looked up in the nodes.
    let kept = vec![kept_name(hash, limits), name.clone()];
    // Only of a file without a finding are records kept, so it is known to be a text.
    if let Some(records) = shelf.take(&name, file) {
        read.records = records;
        (read.kept, read.hash) = (kept, Some(hash));
        return Ok(read);
    }
    let Some(text) = decode_text(file, bytes, &mut read.findings) else {
        return Ok(read.refused(file, String::new()));
    };
    (read.kept, read.hash) = (kept, Some(hash));
    let document = parse_kept(file, &text, limits, cache, &mut read.findings);
    if document.is_broken() {
        return Ok(read.refused(file, text));
    }
    // An author who writes `penalties: []` says that there is none. What is no mapping is told as that.
    let is_bare = |root: NodeRef<'_>| {
        matches!(root.kind(), NodeKind::Mapping) && root.entries().all(|(_, list)| list.is_null())
    };
    if document.root().is_none_or(|root| root.is_null() || is_bare(root)) {
        report_empty(file, &mut read.findings);
    }
    if let Some(root) = document.root() {
        let mut reader = Reader::new(shelf.kinds, file, &mut read.findings);
        read.records = reader.ledger(root);
        if reader.is_partial {
            return Ok(read.refused(file, text));
        }
    }
    if read.findings.0.is_empty() {
        shelf.put(&name, &read.records);
    }
    Ok(read)
}

/// Reads a CSV ledger.
pub(super) fn read_sheet(
    kinds: &Kinds,
    sources: &Sources,
    file: FileId,
    limits: &Limits,
) -> anyhow::Result<ReadFile> {
    let mut read = ReadFile::default();
    let Some(text) = read_text(sources, file, limits, &mut read.findings)? else {
        return Ok(read.refused(file, String::new()));
    };
    let table = parse_table(file, &text, limits, &mut read.findings);
    if table.broken {
        return Ok(read.refused(file, text));
    }
    if table.rows.len() < 2 {
        report_empty(file, &mut read.findings);
    }
    if let Some(layout) = sheet::layout(kinds, file, sources.path(file), &table, &mut read.findings) {
        let document = lay_out(file, &table, &layout, &mut read.findings);
        if let Some(root) = document.root() {
            read.records = Reader::new(kinds, file, &mut read.findings).ledger(root);
        }
        sheet::explain_gaps(kinds, file, &table, &layout, &mut read.findings);
        read.layout = Some((file, layout));
        return Ok(read);
    }
    // A kind that the portal leaves out is passed over; of one that nobody knows anything may stand in the file.
    let is_unknown = read.findings.0.iter().any(|finding| finding.code == KIND_UNKNOWN);
    Ok(if is_unknown { read.refused(file, text) } else { read })
}

fn report_empty(file: FileId, findings: &mut Findings) {
    let message = Message::new("这个台账里一条记录也没有", "there is not one record in this ledger");
    findings.add(LEDGER_EMPTY, Place::File(file), message).hint(Message::new(
        "多半是导出时漏了数据，请核对；确实没有记录的，删去这个文件即可",
        "mostly the rows were lost in an export; where there really is no record, delete the file",
    ));
}
