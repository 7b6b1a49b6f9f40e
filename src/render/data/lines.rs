//! The records of a kind in one form, each written once: every data file of the kind is put together from them.
//!
//! In: the portal and a kind. Out: [`Lines`], and of them the files of all records or of a region's, in chunks. A record
//! stands in the file of all, in those of its regions, in JSON and in JSON Lines; it is written once, and searched once.
//!
//! Not here: how a record is written (`data`, `csv`), and the search (`release`).

use super::{csv, write_record};
use crate::disclose::{DataRecords, Portal};
use crate::plan::DataFormat;
use crate::record::edges::Handle;

/// A chunk of a file has about this many bytes: few calls, and it stays in the processor's second cache.
const CHUNK: usize = 1 << 16;

/// Records after which the size of all is estimated: growing a buffer by doubling would cost a province twice the size of its
/// largest file in memory.
const SAMPLED: usize = 64;

/// How a record is written; JSON and JSON Lines differ only in what stands between records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// A row of a table.
    Csv,
    /// An object on one line.
    Json,
}

impl Form {
    /// The form of the records in a file.
    pub fn of(format: DataFormat) -> Form {
        match format {
            DataFormat::Csv => Form::Csv,
            DataFormat::Json | DataFormat::JsonLines => Form::Json,
        }
    }
}

/// All records of a kind in one form.
#[derive(Debug)]
pub struct Lines<'p> {
    portal: &'p Portal,
    kind: u16,
    /// What stands before the first record, then each record with the end of its line.
    bytes: Vec<u8>,
    /// Where the head ends, then where each record ends with its line.
    ends: Vec<usize>,
}

impl<'p> Lines<'p> {
    /// Writes every record of a kind.
    pub fn write(portal: &'p Portal, kind: u16, form: Form) -> Lines<'p> {
        let count = portal.count(kind);
        let (mut bytes, mut ends) = (Vec::new(), Vec::with_capacity(count + 1));
        if let (Form::Csv, Some(described)) = (form, portal.kinds.at(usize::from(kind))) {
            csv::write_head(described, &mut bytes);
        }
        ends.push(bytes.len());
        for (at, handle) in portal.handles(kind).enumerate() {
            if at == SAMPLED {
                bytes.reserve_exact(bytes.len() / SAMPLED * count.saturating_sub(SAMPLED) / 16 * 17);
            }
            match form {
                Form::Csv => csv::write_row(portal, handle, &mut bytes),
                Form::Json => {
                    write_record(portal, handle, &mut bytes);
                    bytes.push(b'\n');
                }
            }
            ends.push(bytes.len());
        }
        Lines { portal, kind, bytes, ends }
    }

    /// The head and every line, one after another: as CSV and as JSON Lines, the file of all records.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The file of all records or of those in a region, which must be of the same form.
    pub fn file(&self, within: Option<Handle>, format: DataFormat) -> DataFile<'_> {
        DataFile { lines: self, records: self.portal.data_records(self.kind, within), format }
    }

    /// The lines of records that follow each other.
    fn span(&self, first: u32, last: u32) -> &[u8] {
        let end = |at: u32| self.ends.get(at as usize).copied();
        let span = end(first).zip(end(last.saturating_add(1)));
        span.and_then(|(from, to)| self.bytes.get(from..to)).unwrap_or(&[])
    }
}

/// A data file, put together from lines.
#[derive(Clone, Debug)]
pub struct DataFile<'l> {
    lines: &'l Lines<'l>,
    records: DataRecords<'l>,
    format: DataFormat,
}

impl DataFile<'_> {
    /// Shows the file chunk by chunk, until `take` fails.
    pub fn each_chunk<E>(&self, take: &mut dyn FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        let mut chunks = Chunks { gathered: Vec::with_capacity(CHUNK), take };
        match self.format {
            DataFormat::Json => self.array(&mut chunks)?,
            DataFormat::JsonLines | DataFormat::Csv => self.whole_lines(&mut chunks)?,
        }
        chunks.hand_over()
    }

    fn array<E>(&self, chunks: &mut Chunks<'_, E>) -> Result<(), E> {
        let mut between: &[u8] = b"[\n";
        for no in self.records.clone() {
            let line = self.lines.span(no, no);
            chunks.add(between)?;
            chunks.add(line.strip_suffix(b"\n").unwrap_or(line))?;
            between = b",\n";
        }
        chunks.add(if between == b"[\n" { b"[\n]\n" } else { b"\n]\n" })
    }

    fn whole_lines<E>(&self, chunks: &mut Chunks<'_, E>) -> Result<(), E> {
        let head = self.lines.ends.first().and_then(|end| self.lines.bytes.get(..*end));
        chunks.add(head.unwrap_or(&[]))?;
        let mut open: Option<(u32, u32)> = None;
        for no in self.records.clone() {
            open = match open {
                Some((first, last)) if last + 1 == no => Some((first, no)),
                before => {
                    before.map_or(Ok(()), |(first, last)| chunks.add(self.lines.span(first, last)))?;
                    Some((no, no))
                }
            };
        }
        open.map_or(Ok(()), |(first, last)| chunks.add(self.lines.span(first, last)))
    }
}

/// Gathers pieces until there is enough to hand over.
struct Chunks<'t, E> {
    gathered: Vec<u8>,
    take: &'t mut dyn FnMut(&[u8]) -> Result<(), E>,
}

impl<E> Chunks<'_, E> {
    fn add(&mut self, piece: &[u8]) -> Result<(), E> {
        if self.gathered.len() + piece.len() > CHUNK {
            self.hand_over()?;
        }
        if piece.len() >= CHUNK {
            return (self.take)(piece);
        }
        self.gathered.extend_from_slice(piece);
        Ok(())
    }

    fn hand_over(&mut self) -> Result<(), E> {
        if !self.gathered.is_empty() {
            (self.take)(&self.gathered)?;
            self.gathered.clear();
        }
        Ok(())
    }
}
