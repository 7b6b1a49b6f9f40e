//! Penalties and blacklist entries, with some that have run out and some that were withdrawn.
//!
//! Each is about an enterprise of the ledger. Terms end on the last day of the year or three years that
//! run from the decision, which is the earlier of the two rules' dates.

use jiff::civil::{Date, date};

use crate::seed::Stream;
use crate::words;
use crate::world::{World, day};

/// A penalty.
pub struct Penalty {
    pub id: String,
    pub doc_no: String,
    pub enterprise: u64,
    pub breach: &'static str,
    pub content: String,
    pub serious: bool,
    pub decided_on: Date,
    pub published_on: Date,
    pub publish_until: Date,
    pub withdrawn_on: Option<Date>,
}

/// An entry of the list of seriously dishonest parties.
pub struct BlacklistEntry {
    pub id: String,
    pub enterprise: u64,
    pub penalty_doc_no: String,
    pub penalty_date: Date,
    pub fine: u64,
    pub doc_no: String,
    pub listed_on: Date,
    pub publish_until: Date,
    pub regime: &'static str,
    pub withdrawn_on: Option<Date>,
}

impl World {
    pub fn penalty(&self, number: u64) -> Penalty {
        let mut prng = self.prng(Stream::Penalty, number);
        let (breach, serious) = prng.pick(words::BREACHES);
        let decided_on = day(date(2025, 6, 1), prng.between(0, 480));
        let fine = prng.between(2, 60);
        let years = if serious { 3 } else { 1 };
        Penalty {
            id: format!("pen-{}-{:05}", decided_on.year(), number + 1),
            doc_no: format!("示市监处罚〔{}〕{}号", decided_on.year(), 1_000 + number),
            enterprise: self.with_credit_code(self.enterprises * (2 * number + 1) / (2 * self.penalties)),
            breach,
            content: if serious {
                format!("吊销许可证，罚款{fine}万元")
            } else {
                format!("罚款{fine}00元")
            },
            serious,
            decided_on,
            published_on: day(decided_on, prng.between(5, 12)),
            publish_until: last_day(decided_on, years),
            withdrawn_on: (number % 37 == 5).then(|| day(decided_on, 45)),
        }
    }

    pub fn blacklist_entry(&self, number: u64) -> BlacklistEntry {
        let mut prng = self.prng(Stream::Blacklist, number);
        // Every fifth was listed long enough ago to have run out by now.
        let start = if number % 5 == 1 { date(2022, 6, 1) } else { date(2024, 2, 1) };
        let penalty_date = day(start, prng.between(0, 400));
        let listed_on = day(penalty_date, prng.between(20, 40));
        BlacklistEntry {
            id: format!("blk-{}-{:04}", listed_on.year(), number + 1),
            enterprise: self.with_credit_code(self.enterprises * (2 * number + 1) / (2 * self.blacklist) + 1),
            penalty_doc_no: format!("示市监处罚〔{}〕{}号", penalty_date.year(), 500_000 + number),
            penalty_date,
            fine: 5 + prng.below(40),
            doc_no: format!("示市监列严〔{}〕{}号", listed_on.year(), 1 + number),
            listed_on,
            publish_until: last_day(listed_on, 3),
            regime: "samr44",
            withdrawn_on: (number % 7 == 3).then(|| day(listed_on, 480)),
        }
    }

    /// The next enterprise that has a credit code: a party without one is a natural person.
    fn with_credit_code(&self, number: u64) -> u64 {
        (number..self.enterprises).find(|number| self.enterprise(*number).uscc.is_some()).unwrap_or(number)
    }
}

fn last_day(from: Date, years: i16) -> Date {
    let end = from.with().year(from.year() + years).build().unwrap_or(day(from, i64::from(years) * 365));
    day(end, -1)
}
