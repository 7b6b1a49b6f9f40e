//! Content keys: equal key, equal bytes.
//!
//! In: the portal. Out: a key of everything that the page or the line of a record shows, so that an output whose
//! key the last build had need not be made again. What a page shows and no key covers would go stale: whoever
//! lets a page show more widens its key here.
//!
//! Not here: which outputs take which keys (`plan`).

use std::hash::{Hash, Hasher};

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use super::{Portal, PublicRecord};
use crate::record::edges::Handle;
use crate::record::field::{Face, Kind};
use crate::record::value::{Record, Value};
use crate::record::{article, cadre, chapter, enterprise, page, region, sample};
use crate::route::Route;

impl Portal {
    /// A content key of what a record's own page shows: itself, what it names, what names it, and the
    /// disposals of samples among them, its neighbours, and the settings.
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
        hash.write_u128(self.neighbours(handle));
        hash.write_u128(self.site_key);
        hash.digest128()
    }

    /// A content key of a line that stands for a record in a list: itself, what it names, its place.
    pub fn row_key(&self, handle: Handle) -> u128 {
        let mut hash = Xxh3::new();
        self.feed_row(handle, &mut hash);
        hash.digest128()
    }

    /// A content key of what every header and footer may show besides the settings: the kinds that have lists,
    /// and the standing pages.
    pub fn frame_key(&self) -> u128 {
        let mut hash = Xxh3::new();
        for (at, kind) in (0u16..).zip(self.kinds.all()) {
            let is_listed = matches!(kind.face, Face::Pages { lists: Some(_), .. });
            (is_listed && self.count(at) > 0).hash(&mut hash);
        }
        for page in self.texts_in(self.kind(&page::KIND), "") {
            let title = self.record(page).map(PublicRecord::title);
            (self.route(page).map(Route::as_str), title).hash(&mut hash);
        }
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

    /// Of a text: its book, its chapters or the texts beside it, and what its links may lead to. Of a region: how
    /// many enterprises lie in it and in the regions directly below it, and their names.
    fn neighbours(&self, handle: Handle) -> u128 {
        let mut hash = Xxh3::new();
        let Some(record) = self.record(handle) else { return 0 };
        if let Some(prose) = record.prose() {
            let top = prose.folder.split('/').next().unwrap_or("");
            hash.write_u128(self.targets_key);
            match record.kind().plural {
                "chapters" => {
                    self.feed_turns(&chapter::KIND, top, handle, &mut hash);
                    hash.write_u128(self.book(top).map_or(0, |book| self.row_key(book)));
                }
                "books" => {
                    let chapters = self.texts_in(self.kind(&chapter::KIND), &prose.slug);
                    chapters.for_each(|text| hash.write_u128(self.row_key(text)));
                }
                "articles" => self.feed_turns(&article::KIND, top, handle, &mut hash),
                _ => {}
            }
        }
        if handle.kind == self.kind(&region::KIND) {
            self.region_counts(record.id()).hash(&mut hash);
            for below in self.regions_below(handle).iter().filter_map(|below| self.record(*below)) {
                (below.title(), self.region_counts(below.id())).hash(&mut hash);
            }
        }
        hash.digest128()
    }

    /// The texts before and behind a text.
    fn feed_turns(&self, kind: &Kind, folder: &str, handle: Handle, hash: &mut Xxh3) {
        let all: Vec<Handle> = self.texts_in(self.kind(kind), folder).collect();
        let Some(at) = all.iter().position(|text| *text == handle) else { return };
        for side in [at.checked_sub(1), Some(at + 1)] {
            let text = side.and_then(|side| all.get(side));
            hash.write_u128(text.map_or(0, |text| self.row_key(*text)));
        }
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

/// A content key of a text.
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
