//! Joins that are read backwards, made once from the forward facts of the world, by number.
//!
//! In: the world. Out: who covers, visits, samples and punishes whom, in the order in which a page lists them. Of an
//! enterprise that has closed nothing but its name is shown, so it covers, counts and is listed nowhere.

use std::collections::HashMap;

use super::words::is_stub;
use crate::sampling::Sampled;
use crate::world::{AS_OF, Tier, World};

/// Rows of a table on one page; what is more goes to the next part.
pub const ROWS: usize = 50;

/// Numbers of records by the number of what they name; of regions by code.
#[derive(Default)]
pub struct Joins {
    /// The place of each enterprise among all, by id.
    pub rank: Vec<usize>,
    /// By cadre: the enterprises he covers or covered.
    pub enterprises_of: HashMap<u64, Vec<u64>>,
    /// By cadre: enterprise and number of the visit, newest first.
    pub visits_of: HashMap<u64, Vec<(u64, u64)>>,
    /// By enterprise: samples, newest report first.
    pub samples_of: HashMap<u64, Vec<u64>>,
    pub penalties_of: HashMap<u64, Vec<u64>>,
    pub blacklist_of: HashMap<u64, Vec<u64>>,
    pub cadres_in: HashMap<String, Vec<u64>>,
    pub enterprises_in: HashMap<String, Vec<u64>>,
    /// Listed enterprises of a region and those below it: in all, then by level.
    pub counts: HashMap<String, [u64; 5]>,
}

/// The codes of a village and of the regions above it, highest first.
pub fn chain(code: &str) -> impl Iterator<Item = &str> {
    [4, 6, 9, 12].into_iter().filter_map(|end| code.get(..end))
}

/// Whether a term of publication has begun and not ended.
pub fn is_public(withdrawn: Option<jiff::civil::Date>, until: jiff::civil::Date) -> bool {
    withdrawn.is_none() && until >= AS_OF
}

impl Joins {
    pub fn new(world: &World) -> Joins {
        let mut joins = Joins::default();
        let mut ids: Vec<(String, u64)> =
            (0..world.enterprises).map(|number| (world.enterprise(number).id, number)).collect();
        ids.sort();
        joins.rank = vec![0; ids.len()];
        for (place, (_, number)) in ids.iter().enumerate() {
            if let Some(rank) = joins.rank.get_mut(*number as usize) {
                *rank = place + 1;
            }
            joins.enterprise(world, *number);
        }
        joins.samples(world);
        joins.credit(world);
        for number in 0..world.cadre_count() {
            joins.cadres_in.entry(world.cadre(number).region.code).or_default().push(number);
        }
        let day = |row: &(u64, u64)| world.visit(&world.enterprise(row.0), row.1).date;
        for rows in joins.visits_of.values_mut() {
            rows.sort_by_cached_key(|row| (std::cmp::Reverse(day(row)), row.0));
        }
        joins
    }

    fn enterprise(&mut self, world: &World, number: u64) {
        let enterprise = world.enterprise(number);
        for n in 0..world.visits_each {
            self.visits_of.entry(world.visit(&enterprise, n).cadre).or_default().push((number, n));
        }
        if is_stub(enterprise.status) {
            return;
        }
        for cover in &enterprise.covered_by {
            let rows = self.enterprises_of.entry(cover.cadre).or_default();
            if rows.last() != Some(&number) {
                rows.push(number);
            }
        }
        let level = Tier::ALL.iter().position(|tier| *tier == enterprise.tier).unwrap_or(0);
        for code in chain(&enterprise.region.code) {
            let counts = self.counts.entry(code.to_string()).or_default();
            for at in [0, level + 1] {
                if let Some(count) = counts.get_mut(at) {
                    *count += 1;
                }
            }
        }
        self.enterprises_in.entry(enterprise.region.code).or_default().push(number);
    }

    fn samples(&mut self, world: &World) {
        for number in 0..world.samples {
            if let Sampled::Enterprise(enterprise) = world.sample(number).sampled {
                self.samples_of.entry(enterprise).or_default().push(number);
            }
        }
        for rows in self.samples_of.values_mut() {
            rows.sort_by_cached_key(|number| {
                let sample = world.sample(*number);
                (std::cmp::Reverse(sample.reported_on), sample.sample_no)
            });
        }
    }

    fn credit(&mut self, world: &World) {
        for number in 0..world.penalties {
            let penalty = world.penalty(number);
            if is_public(penalty.withdrawn_on, penalty.publish_until) {
                self.penalties_of.entry(penalty.enterprise).or_default().push(number);
            }
        }
        for number in 0..world.blacklist {
            let entry = world.blacklist_entry(number);
            if is_public(entry.withdrawn_on, entry.publish_until) {
                self.blacklist_of.entry(entry.enterprise).or_default().push(number);
            }
        }
    }

    /// The counts of a region.
    pub fn counts_of(&self, code: &str) -> [u64; 5] {
        self.counts.get(code).copied().unwrap_or_default()
    }
}
