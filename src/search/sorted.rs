//! Postings of all documents, sorted in chunks: in memory, or on disk where a portal is too large for that.
//!
//! In: documents and the cache. Out: the sorted postings of one part of the index after another. The postings of a chunk whose
//! documents did not change are taken from the cache, so that a rebuild makes only those that did.
//!
//! Not here: what a posting is (`terms`), what is written of them (`postings`).

use std::borrow::Cow;

use rayon::prelude::*;

use super::documents::{Document, Documents};
use super::packed::{BUCKETS, Packed, unpack};
use super::postings::title_terms;
use super::terms::{self, Postings, Rank};
use crate::cache::Cache;
use crate::disclose::Portal;
use crate::fold::add_normal_form;
use crate::record::edges::Handle;
use crate::text::content_hash;

/// Documents whose postings are made at once.
const CHUNK: usize = 1024;

/// The same in a portal of very many documents, whose postings lie on disk meanwhile.
const LARGE_CHUNK: usize = 16_384;

/// Terms of a document, nearly always; room that is not used costs nothing, and growing takes twice as much.
const MOST_TERMS: usize = 320;

/// The longest value besides a title that has gaps: the name of a person or of what was tested, of which one wrong character leaves no pair.
const SHORT: usize = 6;

/// Some documents of one kind.
struct Chunk<'c> {
    kind: &'c Documents,
    documents: &'c [Document],
    /// The number of the first one among all documents.
    first: u32,
    /// The name of its postings in the cache.
    name: String,
}

/// The postings of all documents.
pub(super) struct Sorted<'s> {
    portal: &'s Portal,
    cache: &'s Cache,
    chunks: Vec<Chunk<'s>>,
    /// Those of each chunk; empty when they lie on disk.
    here: Vec<Packed>,
}

impl<'s> Sorted<'s> {
    /// Makes the postings of all documents, or finds them in the cache.
    pub(super) fn make(
        portal: &'s Portal,
        kinds: &'s [Documents],
        cache: &'s Cache,
        program: u128,
        many: usize,
    ) -> Sorted<'s> {
        let is_large = cache.is_open() && kinds.iter().map(|kind| kind.all.len()).sum::<usize>() > many;
        let size = if is_large { LARGE_CHUNK } else { CHUNK };
        let parted: Vec<(&Documents, &[Document], u32)> = kinds
            .iter()
            .flat_map(|kind| {
                let numbered = (0u32..).step_by(size).zip(kind.all.chunks(size));
                numbered.map(move |(first, documents)| (kind, documents, kind.base + first))
            })
            .collect();
        let chunks: Vec<Chunk<'_>> = parted
            .into_par_iter()
            .map(|(kind, documents, first)| {
                let name = name_of(portal, kind, documents, first, program);
                Chunk { kind, documents, first, name }
            })
            .collect();
        let mut sorted = Sorted { portal, cache, chunks, here: Vec::new() };
        if is_large {
            sorted.chunks.par_iter().for_each(|chunk| sorted.write_in_buckets(chunk));
        } else {
            sorted.here = sorted.chunks.par_iter().map(|chunk| sorted.read_or_make(chunk)).collect();
        }
        sorted
    }

    /// Whether there are so many that they lie on disk.
    pub(super) fn is_large(&self) -> bool {
        self.here.is_empty()
    }

    /// The names in the cache that the next build may use.
    pub(super) fn names(&self) -> Vec<String> {
        let names = self.chunks.iter().map(|chunk| &chunk.name);
        if self.here.is_empty() {
            return names.flat_map(|name| (0..BUCKETS).map(move |bucket| in_bucket(name, bucket))).collect();
        }
        names.cloned().collect()
    }

    /// The postings of one part of the index, sorted.
    pub(super) fn bucket(&self, bucket: usize) -> Vec<u64> {
        let here = self.here.iter().map(|chunk| Cow::Borrowed(chunk.bucket(bucket)));
        let read = |chunk: &Chunk<'_>| match self.cache.read(&in_bucket(&chunk.name, bucket)) {
            Some(bytes) => Cow::Owned(bytes),
            // The disk may be full: then it takes longer.
            None => Cow::Owned(Packed::of(&self.postings(chunk)).bucket(bucket).to_vec()),
        };
        let there = self.chunks.iter().filter(|_| self.here.is_empty()).map(read);
        let packed: Vec<Cow<'_, [u8]>> = here.chain(there).collect();
        // No posting takes less than a byte. Room that is not used costs nothing, and growing takes twice as much.
        let mut all: Vec<u64> = Vec::with_capacity(packed.iter().map(|packed| packed.len()).sum());
        for packed in packed {
            unpack(&packed, &mut all);
        }
        // A stable sort finds the runs that the chunks are.
        all.sort();
        all
    }

    fn read_or_make(&self, chunk: &Chunk<'_>) -> Packed {
        if let Some(packed) = self.cache.read(&chunk.name).and_then(Packed::from_bytes) {
            return packed;
        }
        let packed = Packed::of(&self.postings(chunk));
        self.cache.write(&chunk.name, &packed.to_bytes());
        packed
    }

    fn write_in_buckets(&self, chunk: &Chunk<'_>) {
        let last = in_bucket(&chunk.name, BUCKETS - 1);
        if self.cache.read(&last).is_some() {
            return;
        }
        let packed = Packed::of(&self.postings(chunk));
        for bucket in 0..BUCKETS {
            self.cache.write(&in_bucket(&chunk.name, bucket), packed.bucket(bucket));
        }
    }

    /// The postings of some documents of a kind, sorted, each term of a document once and of its best class.
    fn postings(&self, chunk: &Chunk<'_>) -> Vec<u64> {
        let (kind, mut all) = (chunk.kind, Vec::with_capacity(chunk.documents.len() * MOST_TERMS));
        let (mut title, mut form) = (Vec::new(), Vec::new());
        for (document, number) in chunk.documents.iter().zip(chunk.first..) {
            let handle = Handle { kind: kind.kind, no: document.no };
            let Some(record) = self.portal.record(handle) else { continue };
            let is_first = document.part == 0;
            let rank = if is_first { Rank::Title } else { Rank::Other };
            let mut to = Postings { all: &mut all, document: number, rank };
            title.clear();
            add_normal_form(&record.heading(), &mut title);
            title_terms(&title, &mut to);
            to.rank = Rank::Other;
            if document.passage.is_none() {
                form.clear();
                add_normal_form(record.id(), &mut form);
                code_terms(&form, &mut to);
            }
            if is_first {
                kind.values(self.portal, handle, |leaf, text| {
                    form.clear();
                    add_normal_form(text, &mut form);
                    let is_code = kind.leaves.get(leaf).is_some_and(|leaf| leaf.is_code);
                    if is_code || terms::is_code(&form) {
                        code_terms(&form, &mut to);
                        return;
                    }
                    terms::pairs_threes_and_runs(&form, &mut to);
                    terms::singles(&form, &mut to);
                    if form.len() <= SHORT {
                        terms::gaps(&form, &mut to);
                    }
                });
            }
            if let Some(passage) = &document.passage {
                form.clear();
                add_normal_form(passage, &mut form);
                terms::pairs_threes_and_runs(&form, &mut to);
                terms::singles(&form, &mut to);
            }
        }
        all.sort_unstable();
        all.dedup_by_key(|posting| *posting >> 1);
        all
    }
}

fn code_terms(form: &[char], to: &mut Postings<'_>) {
    terms::pairs_threes_and_runs(form, to);
    terms::whole(form, to);
    terms::tail(form, to);
}

/// A name that changes with everything the postings of these documents come from.
fn name_of(portal: &Portal, kind: &Documents, documents: &[Document], first: u32, program: u128) -> String {
    let mut bytes = Vec::with_capacity(documents.len() * 20 + 32);
    bytes.extend(program.to_le_bytes());
    bytes.extend(first.to_le_bytes());
    bytes.extend(kind.kind.to_le_bytes());
    // Titles may be labels.
    bytes.extend(portal.settings.language.bytes());
    for document in documents {
        bytes.extend(portal.row_key(Handle { kind: kind.kind, no: document.no }).to_le_bytes());
        bytes.extend(document.part.to_le_bytes());
        if let Some(passage) = &document.passage {
            bytes.extend(content_hash(passage.as_bytes()).to_le_bytes());
        }
    }
    format!("postings-{:032x}", content_hash(&bytes))
}

fn in_bucket(name: &str, bucket: usize) -> String {
    format!("{name}-{bucket}")
}
