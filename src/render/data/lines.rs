//! The records of a kind in one form: every data file of the kind is put together from them.
//!
//! In: the portal and a kind. Out: [`Lines`], and of them the files of all records or of a region's, in chunks. A record
//! stands in the file of all, in those of its regions, in JSON and in JSON Lines; it is written once, and searched once. The
//! lines of a province would be a quarter of all memory that its build takes; there a record is written anew for each file.
//!
//! Not here: how a record is written (`data`, `csv`), and the search (`release`).

use rayon::prelude::*;

use super::{csv, write_record};
use crate::disclose::{DataRecords, Portal};
use crate::plan::{BLOCK, DataFormat};
use crate::record::edges::Handle;

/// A chunk of a file has about this many bytes: few calls, and it stays in the processor's second cache.
const CHUNK: usize = 1 << 16;

/// Records after which the size of all is estimated: what would not be kept need not be written.
const SAMPLED: u32 = 64;

/// Lines that take more bytes than this are best not kept: a prefecture's largest take a third of it.
pub const KEPT: usize = 64 << 20;

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
    form: Form,
    /// What stands before the first record.
    head: Vec<u8>,
    kept: Option<Vec<Block>>,
}

/// Lines of `BLOCK` records that are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Each record with the end of its line.
    pub bytes: Vec<u8>,
    /// 0, then where each record ends with its line.
    pub ends: Vec<u32>,
    /// Whether they are known to be right: nobody has to look at them again.
    pub is_right: bool,
}

/// Gives the lines of a block that is known from before, by its number.
pub type Known<'k> = dyn Fn(u32) -> Option<Block> + Sync + 'k;

impl<'p> Lines<'p> {
    /// Writes every record of a kind, and keeps all when they take no more than `most` bytes; blocks that are `known` are not
    /// written.
    pub fn write(portal: &'p Portal, kind: u16, form: Form, most: usize, known: &Known<'_>) -> Lines<'p> {
        let mut lines = Lines { portal, kind, form, head: Vec::new(), kept: None };
        if let (Form::Csv, Some(described)) = (form, portal.kinds.at(usize::from(kind))) {
            csv::write_head(described, &mut lines.head);
        }
        let count = portal.count(kind) as u32;
        let sample = lines.block(0, count.min(SAMPLED)).bytes.len();
        if count == 0 || sample as u64 * u64::from(count) / u64::from(count.min(SAMPLED)) <= most as u64 {
            let block = |number: u32| {
                known(number).unwrap_or_else(|| lines.block(number * BLOCK, count.min((number + 1) * BLOCK)))
            };
            let kept: Vec<Block> = (0..count.div_ceil(BLOCK)).into_par_iter().map(block).collect();
            // Ends are counted in 32 bits.
            lines.kept = Some(kept).filter(|kept| kept.iter().all(|block| block.bytes.len() < 1 << 32));
        }
        lines
    }

    /// The blocks that are kept, with the length of what stands before the first; none when a record is written anew for each
    /// file.
    pub fn blocks(&self) -> Option<(usize, &[Block])> {
        self.kept.as_deref().map(|kept| (self.head.len(), kept))
    }

    /// The lines of some records.
    fn block(&self, first: u32, end: u32) -> Block {
        let (mut bytes, mut ends) = (Vec::new(), Vec::with_capacity((end - first) as usize + 1));
        ends.push(0);
        for no in first..end {
            self.add_line(no, &mut bytes);
            ends.push(bytes.len() as u32);
        }
        bytes.shrink_to_fit();
        Block { bytes, ends, is_right: false }
    }

    /// Whether the head and all lines are right; those that are not known to be are shown in pieces of whole lines, several at a time. One after another
    /// they are, as CSV and as JSON Lines, the file of all records.
    pub fn all(&self, is_right: &(dyn Fn(&[u8]) -> bool + Sync)) -> bool {
        if !is_right(&self.head) {
            return false;
        }
        if let Some(kept) = &self.kept {
            return kept.par_iter().all(|block| block.is_right || is_right(&block.bytes));
        }
        let count = self.portal.count(self.kind) as u32;
        let firsts = (0..count.div_ceil(BLOCK)).into_par_iter().map(|block| block * BLOCK);
        firsts.map(|first| self.block(first, count.min(first + BLOCK))).all(|block| is_right(&block.bytes))
    }

    /// The file of all records or of those in a region, which must be of the same form.
    pub fn file(&self, within: Option<Handle>, format: DataFormat) -> DataFile<'_> {
        DataFile { lines: self, records: self.portal.data_records(self.kind, within), format }
    }

    fn add_line(&self, no: u32, bytes: &mut Vec<u8>) {
        let handle = Handle { kind: self.kind, no };
        match self.form {
            Form::Csv => csv::write_row(self.portal, handle, bytes),
            Form::Json => {
                write_record(self.portal, handle, bytes);
                bytes.push(b'\n');
            }
        }
    }

    /// The lines of records of one block that follow each other; those that are not kept are written into `room`.
    fn span<'l>(&'l self, first: u32, last: u32, room: &'l mut Vec<u8>) -> &'l [u8] {
        let Some(kept) = &self.kept else {
            room.clear();
            (first..=last).for_each(|no| self.add_line(no, room));
            return room;
        };
        let Some(block) = kept.get((first / BLOCK) as usize) else { return &[] };
        let end = |at: u32| block.ends.get(at as usize).map(|end| *end as usize);
        let span = end(first % BLOCK).zip(end(last % BLOCK + 1));
        span.and_then(|(from, to)| block.bytes.get(from..to)).unwrap_or(&[])
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
        let (mut between, mut room): (&[u8], _) = (b"[\n", Vec::new());
        for no in self.records.clone() {
            let line = self.lines.span(no, no, &mut room);
            chunks.add(between)?;
            chunks.add(line.strip_suffix(b"\n").unwrap_or(line))?;
            between = b",\n";
        }
        chunks.add(if between == b"[\n" { b"[\n]\n" } else { b"\n]\n" })
    }

    fn whole_lines<E>(&self, chunks: &mut Chunks<'_, E>) -> Result<(), E> {
        chunks.add(&self.lines.head)?;
        let (mut open, mut room): (Option<(u32, u32)>, _) = (None, Vec::new());
        for no in self.records.clone() {
            open = match open {
                Some((first, last)) if last + 1 == no && no / BLOCK == first / BLOCK => Some((first, no)),
                before => {
                    if let Some((first, last)) = before {
                        chunks.add(self.lines.span(first, last, &mut room))?;
                    }
                    Some((no, no))
                }
            };
        }
        open.map_or(Ok(()), |(first, last)| chunks.add(self.lines.span(first, last, &mut room)))
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
