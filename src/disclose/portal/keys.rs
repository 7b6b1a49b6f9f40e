//! Content keys: equal key, equal bytes.
//!
//! In: the records of the portal. Out: for a page, a list row or the whole site a key of everything it is made
//! from, so that an output whose key the last build had need not be rendered again. Not here: which outputs there
//! are (`plan`), and the theme's part of a key.

use std::hash::{Hash, Hasher};

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use super::Portal;
use crate::record::edges::Handle;
use crate::record::field::Kind;
use crate::record::value::{Record, Value};
use crate::record::{article, book, cadre, chapter, enterprise, region, sample};

impl Portal {
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
        self.feed_neighbours(handle, &mut hash);
        hash.write_u128(self.site_key);
        hash.digest128()
    }

    /// Feeds what a page names without a link of its record: of a text its book, the texts beside it and all that
    /// its links may lead to; of a region the counts of the regions directly below it.
    fn feed_neighbours(&self, handle: Handle, hash: &mut Xxh3) {
        let Some(record) = self.record(handle) else { return };
        let is = |kind: &Kind| std::ptr::eq(record.kind(), kind);
        if let Some(prose) = record.prose() {
            let top = prose.folder.split('/').next().unwrap_or("");
            let beside = if is(&chapter::KIND) {
                Some((&chapter::KIND, top))
            } else if is(&book::KIND) {
                Some((&chapter::KIND, &*prose.slug))
            } else if is(&article::KIND) {
                Some((&article::KIND, top))
            } else {
                None
            };
            if let Some((kind, folder)) = beside {
                self.texts_in(self.kind(kind), folder).for_each(|text| self.feed_row(text, hash));
            }
            if is(&chapter::KIND)
                && let Some(book) = self.book(top)
            {
                self.feed_row(book, hash);
            }
            hash.write_u128(self.targets_key);
        }
        if is(&region::KIND) {
            self.region_counts(record.id()).hash(hash);
            for below in self.regions_below(handle) {
                let Some(below) = self.record(*below) else { continue };
                (below.title(), self.region_counts(below.id())).hash(hash);
            }
        }
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

    /// A content key of all that a link in a text may lead to.
    pub fn targets_key(&self) -> u128 {
        self.targets_key
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
        self.keys
            .get(usize::from(handle.kind))
            .and_then(|keys| keys.get(handle.no as usize))
            .copied()
            .unwrap_or(0)
    }

    pub(super) fn record_keys(&self) -> Vec<Vec<u128>> {
        let (enterprises, cadres) =
            (usize::from(self.kind(&enterprise::KIND)), usize::from(self.kind(&cadre::KIND)));
        let key = |at: usize, no: usize, record: &Record| {
            let mut hash = Xxh3::new();
            hash.write(record.id.as_str().as_bytes());
            record.values.iter().for_each(|value| feed(value, &mut hash));
            if let Some(prose) = &record.prose {
                (&*prose.folder, &*prose.slug, prose.order, &*prose.body).hash(&mut hash);
            }
            self.updated.get(at).and_then(|days| days.get(no)).hash(&mut hash);
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
}

pub(super) fn hash_of(text: &str) -> u128 {
    crate::text::content_hash(text.as_bytes())
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
        Value::List(members) | Value::Object(members) => {
            hash.write_u8(7);
            hash.write_u32(members.len() as u32);
            members.iter().for_each(|member| feed(member, hash));
        }
    }
}
