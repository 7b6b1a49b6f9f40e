//! Adding up: what a record counts for goes to its own region first, and from there to those above it.
//!
//! In: single facts with region, measure, period and class. Out: the cells of all regions above the village, to the portal as a
//! whole. Adding at the lowest region and rolling up once costs a fraction of adding at every one.
//!
//! Not here: what a fact counts for (`count`).

use std::collections::BTreeMap;

use super::{Key, Parts, WHOLE};
use crate::calendar::{Date, period::Period};
use crate::disclose::portal::Portal;
use crate::record::edges::Handle;
use crate::record::measure::Class;
use crate::record::region;
use crate::spread::Map;

/// A fact to be added.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fact {
    /// The record's region; `WHOLE` for none.
    pub region: u32,
    /// Its numerator and denominator.
    pub counts: (i64, i64),
    /// Its day.
    pub day: Option<Date>,
}

/// Facts added up so far.
#[derive(Default)]
pub(super) struct Tally {
    cells: Map<Key, Parts>,
    names: Vec<Box<str>>,
    places: Map<Box<str>, u32>,
}

impl Tally {
    /// Adds a fact to a measure.
    pub fn add(&mut self, measure: usize, period: Option<Period>, class: Option<(Class, &str)>, fact: Fact) {
        let class = class.map(|(class, value)| (class, self.name(value)));
        let key = Key { region: fact.region, measure: measure as u8, period, class };
        let (num, den) = fact.counts;
        self.cells.entry(key).or_default().add(Parts { num, den, day: fact.day });
    }

    /// Adds what another has added up.
    pub fn absorb(&mut self, other: Tally) {
        let names: Vec<u32> = other.names.iter().map(|name| self.name(name)).collect();
        for (key, parts) in other.cells {
            let class = key.class.map(|(class, at)| (class, names.get(at as usize).copied().unwrap_or(at)));
            self.cells.entry(Key { class, ..key }).or_default().add(parts);
        }
    }

    fn name(&mut self, value: &str) -> u32 {
        if let Some(at) = self.places.get(value) {
            return *at;
        }
        let at = self.names.len() as u32;
        self.names.push(value.into());
        self.places.insert(value.into(), at);
        at
    }

    /// The cells of every region above the village, and the values of classes.
    pub fn roll_up(self, portal: &Portal) -> (BTreeMap<Key, Parts>, Vec<Box<str>>) {
        let chains = chains(portal);
        // Sorted once at the end: a table that is in order all the time costs twice as much.
        let mut cells: Map<Key, Parts> = Map::default();
        let own = [(WHOLE, true)];
        for (key, parts) in self.cells {
            let is_fine = key.class.is_some_and(|(class, _)| class.is_fine())
                || matches!(key.period, Some(Period::Month(..)));
            let above = chains.get(key.region as usize).map_or(&own[..], Vec::as_slice);
            for (region, holds_fine) in above {
                if is_fine && !holds_fine {
                    continue;
                }
                cells.entry(Key { region: *region, ..key }).or_default().add(parts);
            }
        }
        (cells.into_iter().collect(), self.names)
    }
}

/// By region: the portal as a whole, then those above the village that it lies in, each with whether it tells what only counties tell.
fn chains(portal: &Portal) -> Vec<Vec<(u32, bool)>> {
    let own = portal.find(&region::KIND, &portal.settings.region);
    let tier = |handle: Handle| {
        portal.record(handle).and_then(|record| record.view().choice(region::LEVEL)).map(|level| level.key)
    };
    let regions = portal.handles(portal.kind(&region::KIND));
    regions
        .map(|region| {
            let code = portal.record(region).map_or("", |record| record.id());
            let mut above = portal.region_chain(code);
            // What lies elsewhere counts for the portal as a whole alone.
            let from = own.and_then(|own| above.iter().position(|region| *region == own));
            above.drain(..from.map_or(above.len(), |own| own + 1));
            let below = above.into_iter().filter_map(|region| match tier(region) {
                Some("township") => Some((region.no, false)),
                Some("village") => None,
                _ => Some((region.no, true)),
            });
            std::iter::once((WHOLE, true)).chain(below).collect()
        })
        .collect()
}
