//! How large the prefecture is, its regions and its cadres.
//!
//! In: seed and number of enterprises. Out: counts of everything, and any region or cadre by its number.
//! Parts are spread evenly: the n-th of `many` lies in part `n * parts / many`, which can be turned round
//! without a table. Nothing is kept, so a million enterprises need no more memory than a thousand.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::seed::{Prng, Stream};
use crate::words;

/// The date the prefecture is made for; visits, notices and terms lie before it.
pub const AS_OF: Date = date(2026, 11, 22);

/// The four tiers of cadres, highest first; each covers the enterprises of one level.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tier {
    City,
    County,
    Township,
    Village,
}

impl Tier {
    pub const ALL: [Tier; 4] = [Tier::City, Tier::County, Tier::Township, Tier::Village];

    /// The key in the sources.
    pub fn key(self) -> &'static str {
        match self {
            Tier::City => "city",
            Tier::County => "county",
            Tier::Township => "township",
            Tier::Village => "village",
        }
    }

    /// The level of the enterprises that this tier covers.
    pub fn letter(self) -> &'static str {
        match self {
            Tier::City => "A",
            Tier::County => "B",
            Tier::Township => "C",
            Tier::Village => "D",
        }
    }
}

/// Counts of everything.
pub struct World {
    pub seed: u64,
    pub enterprises: u64,
    pub counties: u64,
    pub townships: u64,
    pub villages: u64,
    pub cadres: [u64; 4],
    pub years: u64,
    pub visits_each: u64,
    pub samples: u64,
    pub notices: u64,
    pub penalties: u64,
    pub blacklist: u64,
    pub articles: u64,
}

/// A region: its code, its own name, and its name with those above it up to the county.
pub struct Region {
    pub code: String,
    pub name: String,
    pub full: String,
}

/// A cadre.
pub struct Cadre {
    pub id: String,
    pub name: String,
    pub tier: Tier,
    pub region: Region,
    pub org: String,
    pub post: &'static str,
    pub phone: String,
    pub from: Date,
}

impl World {
    pub fn new(seed: u64, enterprises: u64, years: u64) -> World {
        let counties = ((enterprises * 12 + 11_000) / 22_000).clamp(1, 99);
        let villages = (enterprises / 11).max(counties);
        let townships = (villages / 11).max(counties);
        let total = enterprises / 5;
        let city = (total * 5 / 1000).max(1);
        let county = (total * 33 / 1000).max(counties);
        let township = (total * 325 / 1000).max(townships);
        let village = total.saturating_sub(city + county + township).max(villages);
        // A prefecture of 22,000 enterprises takes 18,780 samples a year, in notices of some 40.
        let (visits_each, samples, rows) = match years {
            0 => (1, enterprises / 10, 55),
            _ => (4 * years, years * enterprises * 18_780 / 22_000, 40),
        };
        let samples = samples.max(10);
        World {
            seed,
            enterprises,
            counties,
            townships,
            villages,
            cadres: [city, county, township, village],
            years,
            visits_each,
            samples,
            notices: (samples / rows).max(2),
            penalties: (enterprises / 200).max(4),
            blacklist: (enterprises / 2000).max(2),
            articles: (enterprises / 100).max(8),
        }
    }

    pub fn prng(&self, stream: Stream, index: u64) -> Prng {
        Prng::at(self.seed, stream, index)
    }

    pub fn cadre_count(&self) -> u64 {
        self.cadres.iter().sum()
    }

    /// How many regions there are of a tier.
    pub fn places(&self, tier: Tier) -> u64 {
        match tier {
            Tier::City => 1,
            Tier::County => self.counties,
            Tier::Township => self.townships,
            Tier::Village => self.villages,
        }
    }

    pub fn township_of(&self, village: u64) -> u64 {
        part(village, self.villages, self.townships)
    }

    pub fn county_of(&self, township: u64) -> u64 {
        part(township, self.townships, self.counties)
    }

    pub fn village_of(&self, enterprise: u64) -> u64 {
        part(enterprise, self.enterprises, self.villages)
    }

    /// The number of the first enterprise of a county, for serial numbers within it.
    pub fn first_enterprise(&self, county: u64) -> u64 {
        let township = first(county, self.townships, self.counties);
        first(first(township, self.villages, self.townships), self.enterprises, self.villages)
    }

    /// The place of a tier that holds a village.
    pub fn place_above(&self, village: u64, tier: Tier) -> u64 {
        match tier {
            Tier::City => 0,
            Tier::County => self.county_of(self.township_of(village)),
            Tier::Township => self.township_of(village),
            Tier::Village => village,
        }
    }

    pub fn region(&self, tier: Tier, place: u64) -> Region {
        match tier {
            Tier::City => Region { code: "9901".into(), name: "示范市".into(), full: "示范市".into() },
            Tier::County => self.county(place),
            Tier::Township => self.township(place),
            Tier::Village => self.village(place),
        }
    }

    fn county(&self, place: u64) -> Region {
        let count = words::COUNTY.chars().count() as u64;
        let own = words::COUNTY.chars().nth((place % count) as usize).unwrap_or('例');
        let name = if place < count { format!("样{own}县") } else { format!("示{own}区") };
        Region { code: format!("9901{:02}", place + 1), full: name.clone(), name }
    }

    fn township(&self, place: u64) -> Region {
        let county = self.county_of(place);
        let local = place - first(county, self.townships, self.counties);
        let above = self.county(county);
        let end = if local == 0 {
            "街道"
        } else {
            ["镇", "乡", "镇"].get((local % 3) as usize).copied().unwrap_or("镇")
        };
        let name = format!("{}{end}", self.place_name(county, local));
        Region {
            code: format!("{}{:03}", above.code, 101 + local),
            full: format!("{}{name}", above.full),
            name,
        }
    }

    fn village(&self, place: u64) -> Region {
        let township = self.township_of(place);
        let local = place - first(township, self.villages, self.townships);
        let above = self.township(township);
        let end = if local < 2 { "社区" } else { "村" };
        let name = format!("{}{end}", self.place_name(1_000 + township, local));
        Region {
            code: format!("{}{:03}", above.code, 201 + local),
            full: format!("{}{name}", above.full),
            name,
        }
    }

    /// Two characters, different for each local number below 360 under the same parent.
    fn place_name(&self, parent: u64, local: u64) -> String {
        let start = self.prng(Stream::Region, parent).below(360);
        let number = (start + local * 77) % 360;
        let one = words::PLACE_FIRST.chars().nth((number / 18) as usize).unwrap_or('云');
        let two = words::PLACE_SECOND.chars().nth((number % 18) as usize).unwrap_or('溪');
        format!("{one}{two}")
    }

    /// The number of a cadre of that tier who sits in that place, chosen by a random number.
    pub fn cadre_for(&self, tier: Tier, place: u64, random: u64) -> u64 {
        let mut before = 0;
        for (known, count) in Tier::ALL.iter().zip(self.cadres) {
            if *known == tier {
                let places = self.places(tier);
                let here = (count - place).div_ceil(places).max(1);
                return before + place + places * (random % here);
            }
            before += count;
        }
        before
    }

    pub fn cadre(&self, number: u64) -> Cadre {
        let (tier, local) = self.tier_of(number);
        let region = self.region(tier, local % self.places(tier));
        let mut prng = self.prng(Stream::Cadre, number);
        let (org, posts) = match tier {
            Tier::City => ("示范市人民政府".to_string(), words::CITY_POSTS),
            Tier::County => (format!("{}人民政府", region.full), words::COUNTY_POSTS),
            Tier::Township => (format!("{}人民政府", region.full), words::TOWNSHIP_POSTS),
            Tier::Village => (format!("{}民委员会", region.full), words::VILLAGE_POSTS),
        };
        Cadre {
            id: format!("c-{:06}", number + 1),
            name: person(&mut prng),
            tier,
            region,
            org: org.replace("社区民", "社区居民").replace("街道人民政府", "街道办事处"),
            post: prng.pick(posts),
            phone: office_phone(&mut prng),
            // In office before the first quarter whose visits are told of.
            from: day(date(2026 - self.years.max(3) as i16, 3, 1), prng.between(0, 210)),
        }
    }

    fn tier_of(&self, number: u64) -> (Tier, u64) {
        let mut local = number;
        for (tier, count) in Tier::ALL.iter().zip(self.cadres) {
            if local < count {
                return (*tier, local);
            }
            local -= count;
        }
        (Tier::Village, 0)
    }
}

/// The part in which the n-th of many lies.
pub fn part(n: u64, many: u64, parts: u64) -> u64 {
    n * parts / many
}

/// The first of many that lies in a part.
pub fn first(of_part: u64, many: u64, parts: u64) -> u64 {
    (of_part * many).div_ceil(parts)
}

pub fn day(from: Date, days: i64) -> Date {
    from.saturating_add(days.days())
}

pub fn person(prng: &mut Prng) -> String {
    let surname = prng.character(words::SURNAMES);
    let one = prng.character(words::GIVEN_FIRST);
    let two = prng.character(words::GIVEN_SECOND);
    format!("{surname}{one}{two}")
}

/// An office line; area code 0000 is not assigned.
pub fn office_phone(prng: &mut Prng) -> String {
    format!("0000-{}", 2_000_000 + prng.below(6_000_000))
}
