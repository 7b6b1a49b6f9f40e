//! Where each record belongs: the region of every record, and the records of each region that has data files of its own.
//!
//! In: the records behind the gate, with their links. Out: indexes made once. A record lies in the region it names, else in
//! that of the unit it speaks of, else in that of the enterprise it names. Where a product was made says nothing of it.
//!
//! Not here: lists by region (`lists`), which are of enterprises and cadres alone.

use std::collections::BTreeMap;

use super::portal::Portal;
use super::public::PublicRecord;
use crate::calendar::Date;
use crate::record::edges::Handle;
use crate::record::field::{Kind, Volume};
use crate::record::value::Record;
use crate::record::whereabouts::{ELSEWHERE, region_codes};
use crate::record::{enterprise, region};

/// Regions above one another, at the most: those that name each other as parents must not be walked for ever.
const DEEPEST: usize = 8;

/// Regions by record, records by region.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// By kind and record, the region's place in its table; `u32::MAX` for none.
    regions: Vec<Vec<u32>>,
    /// Records of the kinds of which there are many, by kind and region, in the order of ids.
    within: BTreeMap<(u16, u32), Vec<u32>>,
}

impl Portal {
    /// The region in which a record lies.
    pub fn region_of(&self, handle: Handle) -> Option<Handle> {
        let no = *self.places.regions.get(usize::from(handle.kind))?.get(handle.no as usize)?;
        (no != u32::MAX).then(|| Handle { kind: self.kind(&region::KIND), no })
    }

    /// A region and those above it as a place is shown: highest first, without the portal's own region above others.
    pub fn shown_place(&self, region: Handle) -> Vec<Handle> {
        let mut place = Vec::with_capacity(4);
        let mut next = Some(region);
        while let Some(handle) = next.filter(|_| place.len() < DEEPEST) {
            let is_own = self.record(handle).is_some_and(|record| record.id() == self.settings.region);
            if !is_own || handle == region {
                place.push(handle);
            }
            next = self.parent_region(handle);
        }
        place.reverse();
        place
    }

    /// The words of a place, as the language joins them: `样例县样板镇`.
    pub fn place_words(&self, region: Handle) -> String {
        let place = self.shown_place(region).into_iter();
        let titles = place.filter_map(|handle| self.record(handle)).map(PublicRecord::title);
        self.locale.join("place_sep", titles)
    }

    /// The regions that have a data file of a kind of their own, in the order of their codes.
    pub fn data_regions(&self, kind: u16) -> impl Iterator<Item = Handle> + '_ {
        let of_kind = self.places.within.range((kind, 0)..=(kind, u32::MAX));
        let regions = self.kind(&region::KIND);
        of_kind.map(move |((_, no), _)| Handle { kind: regions, no: *no })
    }

    /// The records of a kind that lie in a region, if it has a data file, else all.
    pub fn data_records(&self, kind: u16, within: Option<Handle>) -> DataRecords<'_> {
        match within {
            None => DataRecords::All(0..self.count(kind) as u32),
            Some(region) => {
                let found = self.places.within.get(&(kind, region.no));
                DataRecords::Some(found.map_or(&[] as &[u32], Vec::as_slice).iter())
            }
        }
    }

    /// The earliest and the latest day on which records of a kind were published.
    pub fn days_of(&self, kind: u16) -> Option<(Date, Date)> {
        let days = self.published.get(usize::from(kind))?.iter().flatten();
        days.fold(None, |span, day| match span {
            None => Some((*day, *day)),
            Some((first, last)) => Some((first.min(*day), last.max(*day))),
        })
    }

    pub(super) fn make_places(&self) -> Places {
        let regions: Vec<Vec<u32>> = (0u16..)
            .zip(self.kinds.all())
            .map(|(at, kind)| self.handles(at).map(|handle| self.place_of(kind, handle)).collect())
            .collect();
        // The region that a record names is known before the one of the enterprise that another record names.
        let mut places = Places { regions, within: BTreeMap::new() };
        for (at, kind) in (0u16..).zip(self.kinds.all()) {
            for handle in self.handles(at) {
                let named = self.enterprise_of(kind, handle).and_then(|named| {
                    places.regions.get(usize::from(named.kind))?.get(named.no as usize).copied()
                });
                let own =
                    places.regions.get_mut(usize::from(at)).and_then(|own| own.get_mut(handle.no as usize));
                if let (Some(own), Some(named)) = (own, named)
                    && *own == u32::MAX
                {
                    *own = named;
                }
            }
        }
        places.within = self.records_by_region(&places.regions);
        places
    }

    /// The region that a record names itself or for the unit it speaks of.
    fn place_of(&self, kind: &'static Kind, handle: Handle) -> u32 {
        if std::ptr::eq(kind, &region::KIND) {
            return handle.no;
        }
        let Some(record) = self.stored(handle) else { return u32::MAX };
        let mut codes = region_codes(kind, &record.values);
        codes.find_map(|code| self.find(&region::KIND, code)).map_or(u32::MAX, |region| region.no)
    }

    fn enterprise_of(&self, kind: &'static Kind, handle: Handle) -> Option<Handle> {
        let enterprises = self.kind(&enterprise::KIND);
        let elsewhere = kind.slot(ELSEWHERE);
        let edges = self.outgoing(handle).iter();
        let mut named = edges.filter(|edge| edge.end.kind == enterprises);
        named.find(|edge| Some(usize::from(edge.slot)) != elsewhere).map(|edge| edge.end)
    }

    fn records_by_region(&self, regions: &[Vec<u32>]) -> BTreeMap<(u16, u32), Vec<u32>> {
        let mut within: BTreeMap<(u16, u32), Vec<u32>> = BTreeMap::new();
        let listing = self.listing_chains();
        for (at, kind) in (0u16..).zip(self.kinds.all()) {
            if kind.volume != Volume::Many || !kind.published_as_data {
                continue;
            }
            for (no, region) in (0u32..).zip(regions.get(usize::from(at)).into_iter().flatten()) {
                for above in listing.get(*region as usize).into_iter().flatten() {
                    within.entry((at, *above)).or_default().push(no);
                }
            }
        }
        within
    }

    /// By region: itself and those above it that have data files, as far as they lie in the portal's own.
    fn listing_chains(&self) -> Vec<Vec<u32>> {
        let tiers: &[&str] = match self.settings.data.by_region {
            "none" => &[],
            "township" => &["city", "county", "township"],
            _ => &["city", "county"],
        };
        let regions = self.handles(self.kind(&region::KIND));
        regions
            .map(|region| {
                let code = self.record(region).map_or("", |record| record.id());
                let mut chain = self.region_chain(code);
                let is_own = |handle: &Handle| {
                    self.record(*handle).is_some_and(|record| record.id() == self.settings.region)
                };
                if let Some(own) = chain.iter().position(is_own) {
                    chain.drain(..=own);
                }
                let has_files = |handle: &Handle| {
                    let level = self.record(*handle).and_then(|record| record.view().choice(region::LEVEL));
                    level.is_some_and(|level| tiers.contains(&level.key))
                };
                chain.into_iter().filter(has_files).map(|handle| handle.no).collect()
            })
            .collect()
    }

    pub(super) fn stored(&self, handle: Handle) -> Option<&Record> {
        self.tables.get(usize::from(handle.kind))?.get(handle.no as usize)
    }
}

/// The places of some records of a kind, in the order of ids.
#[derive(Clone, Debug)]
pub enum DataRecords<'p> {
    /// Every one.
    All(std::ops::Range<u32>),
    /// These.
    Some(std::slice::Iter<'p, u32>),
}

impl Iterator for DataRecords<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        match self {
            DataRecords::All(range) => range.next(),
            DataRecords::Some(places) => places.next().copied(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            DataRecords::All(range) => range.size_hint(),
            DataRecords::Some(places) => places.size_hint(),
        }
    }
}

impl ExactSizeIterator for DataRecords<'_> {}
