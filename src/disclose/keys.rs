//! Content keys: a hash of everything an output is made from, so that equal keys mean equal bytes.
//!
//! In: the records behind the gate, with their standing. Out: keys of pages, rows and surroundings. Each key
//! covers what the views of `render` may reach from its record, and nothing that they may not.
//!
//! Not here: which outputs there are (`plan`), and the keys of theme and program.

use std::hash::{Hash, Hasher};

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use super::portal::Portal;
use crate::record::edges::Handle;
use crate::record::field::Home;
use crate::record::value::{Record, Value};
use crate::record::{article, cadre, chapter, enterprise, region, sample};
use crate::text::content_hash;

impl Portal {
    /// Forgets the keys of all records, which nobody needs once there is a plan: from then on they are all zero.
    pub fn forget_keys(&mut self) {
        self.keys = Vec::new();
        self.data_keys = Vec::new();
    }

    /// A content key of what a record's own page shows: itself, what it names, what names it, and the
    /// disposals of samples among them.
    pub fn page_key(&self, handle: Handle) -> u128 {
        let mut hash = Xxh3::new();
        self.feed_row(handle, &mut hash);
        let samples = self.kind(&sample::KIND);
        for edge in self.incoming(handle) {
            self.feed_row(edge.end, &mut hash);
            if edge.end.kind == samples {
                self.incoming(edge.end).iter().for_each(|second| self.feed_row(second.end, &mut hash));
            }
        }
        if handle.kind == self.kind(&enterprise::KIND) {
            self.month.hash(&mut hash);
        }
        hash.write_u128(self.site_key);
        hash.digest128()
    }

    /// A content key of a line that stands for a record in a list: itself, what it names, its place.
    pub fn row_key(&self, handle: Handle) -> u128 {
        let mut hash = Xxh3::new();
        self.feed_row(handle, &mut hash);
        hash.digest128()
    }

    /// A content key of the settings, without any record.
    pub fn site_key(&self) -> u128 {
        self.site_key
    }

    /// A content key of the names of all places and of which lies in which.
    pub fn places_key(&self) -> u128 {
        let mut hash = Xxh3::new();
        for handle in self.handles(self.kind(&region::KIND)) {
            let record = self.record(handle);
            let level = record.and_then(|record| record.view().choice(region::LEVEL)).map(|level| level.key);
            let above = self.parent_region(handle).map(|parent| (parent.kind, parent.no));
            (record.map(|record| (record.id(), record.title())), level, above).hash(&mut hash);
        }
        hash.digest128()
    }

    fn feed_row(&self, handle: Handle, hash: &mut Xxh3) {
        self.feed_with_place(handle, hash);
        for edge in self.outgoing(handle) {
            self.feed_with_place(edge.end, hash);
        }
    }

    /// Feeds a record, and of a region those above it.
    fn feed_with_place(&self, handle: Handle, hash: &mut Xxh3) {
        hash.write_u128(self.own_key(handle));
        if handle.kind != self.kind(&region::KIND) {
            return;
        }
        let mut next = self.parent_region(handle);
        let mut steps = 0;
        while let Some(parent) = next.filter(|_| steps < 8) {
            hash.write_u128(self.own_key(parent));
            next = self.parent_region(parent);
            steps += 1;
        }
    }

    fn own_key(&self, handle: Handle) -> u128 {
        key_at(&self.keys, handle)
    }

    /// A content key of what a record says itself, its id and values: all that data files tell of it.
    pub fn data_key(&self, handle: Handle) -> u128 {
        key_at(&self.data_keys, handle)
    }

    pub(super) fn value_keys(&self) -> Vec<Vec<u128>> {
        let key = |record: &Record| {
            let mut hash = Xxh3::new();
            hash.write(record.id.as_str().as_bytes());
            record.values.iter().for_each(|value| feed(value, &mut hash));
            hash.digest128()
        };
        self.tables.iter().map(|table| table.par_iter().map(key).collect()).collect()
    }

    pub(super) fn record_keys(&self) -> Vec<Vec<u128>> {
        let (enterprises, cadres) =
            (usize::from(self.kind(&enterprise::KIND)), usize::from(self.kind(&cadre::KIND)));
        let key = |at: usize, no: usize, record: &Record| {
            let mut hash = Xxh3::new();
            hash.write_u128(self.data_key(Handle { kind: at as u16, no: no as u32 }));
            if let Some(prose) = &record.prose {
                (&*prose.folder, &*prose.slug, prose.order, &*prose.body).hash(&mut hash);
            }
            self.titles.get(at).and_then(|titles| titles.get(no)).hash(&mut hash);
            self.published.get(at).and_then(|days| days.get(no)).hash(&mut hash);
            for row in self.corrections_of(Handle { kind: at as u16, no: no as u32 }) {
                (row.on, &row.reason, &row.change).hash(&mut hash);
            }
            self.over(Handle { kind: at as u16, no: no as u32 }).hash(&mut hash);
            self.has_begun(Handle { kind: at as u16, no: no as u32 }).hash(&mut hash);
            if at == enterprises {
                self.standings.get(no).hash(&mut hash);
            }
            if at == cadres {
                self.left.get(no).hash(&mut hash);
            }
            hash.digest128()
        };
        self.tables
            .iter()
            .enumerate()
            .map(|(at, table)| table.par_iter().enumerate().map(|(no, record)| key(at, no, record)).collect())
            .collect()
    }

    /// A content key of what stands around a record without naming it: the texts before and behind an article, the
    /// chapters of its book, the book and the questions that test it, the counts of a region and of those below it.
    pub fn surroundings_key(&self, handle: Handle) -> u128 {
        let Some(record) = self.record(handle) else { return 0 };
        if let Some(prose) = record.prose() {
            let top = prose.folder.split('/').next().unwrap_or("");
            let around = match record.kind().home {
                Home::Chapter => mix(&[self.chapters_key(top), self.book_key(top), self.quiz_key(handle)]),
                Home::Book => self.texts_key(&prose.slug),
                Home::Article => self.turns_key(top, handle),
                _ => 0,
            };
            return mix(&[around, self.targets_key, self.answers_key(&prose.body)]);
        }
        if std::ptr::eq(record.kind(), &region::KIND) {
            let below = self.regions_below(handle).iter().filter_map(|below| self.record(*below));
            let below: Vec<_> =
                below.map(|region| (region.title(), self.region_counts(region.id()))).collect();
            return content_hash(format!("{:?}{below:?}", self.region_counts(record.id())).as_bytes());
        }
        0
    }

    /// A content key of the articles before and behind an article.
    fn turns_key(&self, folder: &str, handle: Handle) -> u128 {
        let all: Vec<Handle> = self.read_in(self.kind(&article::KIND), folder).collect();
        let at = all.iter().position(|text| *text == handle);
        let key = |at: Option<usize>| at.and_then(|at| all.get(at)).map_or(0, |text| self.row_key(*text));
        mix(&[key(at.and_then(|at| at.checked_sub(1))), key(at.map(|at| at + 1))])
    }

    /// A content key of the names of a book's chapters in their order.
    fn chapters_key(&self, book: &str) -> u128 {
        let chapters = self.read_in(self.kind(&chapter::KIND), book).filter_map(|text| self.record(text));
        let named: Vec<_> = chapters.map(|chapter| (chapter.id(), chapter.title())).collect();
        content_hash(format!("{named:?}").as_bytes())
    }

    fn texts_key(&self, book: &str) -> u128 {
        mix(&self
            .texts_in(self.kind(&chapter::KIND), book)
            .map(|text| self.row_key(text))
            .collect::<Vec<_>>())
    }

    fn book_key(&self, slug: &str) -> u128 {
        self.book(slug).map_or(0, |book| self.row_key(book))
    }
}

fn key_at(keys: &[Vec<u128>], handle: Handle) -> u128 {
    keys.get(usize::from(handle.kind)).and_then(|keys| keys.get(handle.no as usize)).copied().unwrap_or(0)
}

/// A content key of a list of keys.
fn mix(keys: &[u128]) -> u128 {
    let bytes: Vec<u8> = keys.iter().flat_map(|key| key.to_le_bytes()).collect();
    content_hash(&bytes)
}

pub(super) fn hash_of(text: &str) -> u128 {
    content_hash(text.as_bytes())
}

fn feed(value: &Value, hash: &mut Xxh3) {
    match value {
        Value::Absent | Value::Spoilt => hash.write_u8(0),
        Value::Text(text) => {
            hash.write_u8(1);
            hash.write_u32(text.len() as u32);
            hash.write(text.as_bytes());
        }
        Value::Count(count) => {
            hash.write_u8(2);
            hash.write_i64(*count);
        }
        Value::Flag(flag) => hash.write_u8(3 + u8::from(*flag)),
        Value::Date(date) => {
            hash.write_u8(5);
            date.hash(hash);
        }
        Value::Choice(at) => {
            hash.write_u8(6);
            hash.write_u16(*at);
        }
        Value::List(members) => {
            hash.write_u8(7);
            hash.write_u32(members.len() as u32);
            members.iter().for_each(|member| feed(member, hash));
        }
        Value::Object(values) => {
            hash.write_u8(8);
            values.iter().for_each(|value| feed(value, hash));
        }
    }
}
