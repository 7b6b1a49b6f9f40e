//! Enterprises and the visits to them.
//!
//! In: the world and a number. Out: every fact of that enterprise, or of its n-th visit.
//!
//! Not here: how a fact is written down (`ledgers`, `hugo`).

use jiff::civil::{Date, date};

use crate::codes::{credit_code, licence_number};
use crate::seed::{Prng, Stream};
use crate::words;
use crate::world::{AS_OF, Region, Tier, World, day, office_phone, person};

/// A licence.
pub struct Licence {
    pub number: String,
    pub issued: Date,
    pub valid_to: Date,
    pub issuer: String,
    pub scope: &'static str,
}

/// One line of the coverage ledger.
pub struct Cover {
    pub cadre: u64,
    pub role: &'static str,
    pub from: Date,
    pub to: Option<Date>,
    pub basis: String,
}

/// An enterprise.
pub struct Enterprise {
    pub number: u64,
    pub id: String,
    pub uscc: Option<String>,
    pub name: String,
    pub sector: &'static str,
    pub business_type: String,
    pub region: Region,
    pub address: String,
    pub licence: Licence,
    pub legal_rep: String,
    pub director: Option<String>,
    pub officers: Vec<(String, String)>,
    pub tier: Tier,
    pub covered_by: Vec<Cover>,
    pub risk_grade: &'static str,
    pub scale: Option<&'static str>,
    pub status: &'static str,
}

/// A cadre's visit to an enterprise.
pub struct Visit {
    pub id: String,
    pub cadre: u64,
    pub date: Date,
    pub mode: &'static str,
    pub problem: Option<Problem>,
}

/// What was found, and whether it was put right.
pub struct Problem {
    pub text: &'static str,
    pub due: Date,
    pub closed_on: Option<Date>,
}

/// What follows from the sector: how the enterprise is named, coded and licensed.
struct Trade {
    sector: &'static str,
    business_type: String,
    end: String,
    code: &'static str,
    letters: &'static str,
    first_digits: &'static str,
    scope: &'static str,
}

/// Numbers set aside for the visits to one enterprise.
const VISITS_AT_MOST: u64 = 128;

impl World {
    pub fn enterprise(&self, number: u64) -> Enterprise {
        let mut prng = self.prng(Stream::Enterprise, number);
        let village = self.village_of(number);
        let region = self.region(Tier::Village, village);
        let county_place = self.place_above(village, Tier::County);
        let county = self.region(Tier::County, county_place);
        let serial = number - self.first_enterprise(county_place) + 1;
        let trade = trade(&mut prng, serial);
        let tier = tier(&mut prng);
        let brand = format!(
            "{}{}{}",
            prng.character(words::BRAND_FIRST),
            prng.character(words::BRAND_SECOND),
            prng.character(words::PLACE_SECOND)
        );
        let small = trade.letters == "YB" && tier == Tier::Village;
        let uscc = (!small).then(|| credit_code(trade.code, &county.code, number));
        let officers = 1 + u64::from(prng.per_mille(120));
        let needs_director = tier == Tier::City || tier == Tier::County || trade.sector == "production";
        Enterprise {
            number,
            id: uscc.clone().unwrap_or_else(|| format!("{}-{serial:06}", county.code)),
            uscc,
            name: format!("{}{brand}{}", county.name, trade.end),
            address: format!("{}{}{}号", region.full, prng.pick(words::ROADS), 1 + prng.below(380)),
            licence: licence(&mut prng, &trade, &county, serial),
            sector: trade.sector,
            business_type: trade.business_type,
            region,
            legal_rep: person(&mut prng),
            director: needs_director.then(|| person(&mut prng)),
            officers: (0..officers).map(|_| (person(&mut prng), office_phone(&mut prng))).collect(),
            covered_by: self.covers(&mut prng, tier, village),
            risk_grade: prng.pick(&["A", "B", "B", "C", "C", "D"]),
            scale: match tier {
                Tier::City => Some("large"),
                Tier::County => Some("medium"),
                Tier::Township => None,
                Tier::Village => Some("small"),
            },
            tier,
            status: match prng.below(1000) {
                0..970 => "active",
                970..985 => "suspended",
                985..995 => "closed",
                _ => "zombie",
            },
        }
    }

    /// One lead on every day; now and then one before him, or a second cadre beside him.
    fn covers(&self, prng: &mut Prng, tier: Tier, village: u64) -> Vec<Cover> {
        let place = self.place_above(village, tier);
        let lead = self.cadre_for(tier, place, prng.bits());
        let other = self.cadre_for(tier, place, prng.bits());
        let start = |cadre: u64| self.cadre(cadre).from;
        let basis = |prng: &mut Prng, year: i16| format!("示食安委〔{year}〕{}号", 1 + prng.below(40));
        let changed = date(2026, 1, 1);
        let mut covers = Vec::with_capacity(2);
        if other != lead && prng.per_mille(20) {
            let from = start(other);
            let basis_before = basis(prng, from.year());
            covers.push(Cover {
                cadre: other,
                role: "lead",
                from,
                to: Some(day(changed, -1)),
                basis: basis_before,
            });
            covers.push(Cover {
                cadre: lead,
                role: "lead",
                from: changed,
                to: None,
                basis: basis(prng, 2026),
            });
            return covers;
        }
        let from = start(lead);
        covers.push(Cover { cadre: lead, role: "lead", from, to: None, basis: basis(prng, from.year()) });
        if other != lead && prng.per_mille(30) {
            let from = start(other).max(from);
            covers.push(Cover {
                cadre: other,
                role: "assist",
                from,
                to: None,
                basis: basis(prng, from.year()),
            });
        }
        covers
    }

    /// The n-th visit to an enterprise, counted back from the last finished quarter.
    pub fn visit(&self, enterprise: &Enterprise, n: u64) -> Visit {
        let mut prng = self.prng(Stream::Visit, enterprise.number * VISITS_AT_MOST + n);
        let quarters = 2026 * 4 + 2 - n as i64;
        let (year, quarter) = (quarters / 4, quarters % 4);
        let opened =
            date(2026, 1, 1).with().year(year as i16).month(quarter as i8 * 3 + 1).build().unwrap_or(AS_OF);
        let on = day(opened, prng.between(1, 85));
        let problem = prng.per_mille(120).then(|| {
            let due = day(on, prng.between(5, 10));
            let closed_on = (n > 0 || !prng.per_mille(8)).then(|| day(due, -prng.between(0, 4)));
            Problem { text: prng.pick(words::PROBLEMS), due, closed_on }
        });
        Visit {
            id: format!("v-{year}q{}-{:07}", quarter + 1, enterprise.number + 1),
            cadre: enterprise
                .covered_by
                .iter()
                .find(|cover| cover.role == "lead" && cover.to.is_none_or(|to| on <= to))
                .map_or(0, |cover| cover.cadre),
            date: on,
            mode: if prng.per_mille(60) { "video" } else { "onsite" },
            problem,
        }
    }
}

impl Problem {
    /// The day on which somebody went back to look, if the problem was put right.
    pub fn rechecked_on(&self) -> Option<Date> {
        self.closed_on.map(|closed| day(closed, 3))
    }
}

fn tier(prng: &mut Prng) -> Tier {
    match prng.below(1000) {
        0..2 => Tier::City,
        2..32 => Tier::County,
        32..302 => Tier::Township,
        _ => Tier::Village,
    }
}

fn trade(prng: &mut Prng, serial: u64) -> Trade {
    match prng.below(1000) {
        // A production licence has four digits for the serial number within a county.
        0..20 if serial < 10_000 => {
            let (digits, scope, word) = prng.pick(words::PRODUCTS);
            Trade {
                sector: "production",
                business_type: format!("{scope}生产"),
                end: format!("{word}有限公司"),
                code: "91",
                letters: "SC",
                first_digits: digits,
                scope,
            }
        }
        0..620 => {
            let (kind, end, code) = prng.pick(words::SHOPS);
            let filed = kind == "小食杂店" && prng.per_mille(40);
            Trade {
                sector: "sales",
                business_type: kind.to_string(),
                end: end.to_string(),
                code,
                letters: if filed { "YB" } else { "JY" },
                first_digits: if filed { "2" } else { "1" },
                scope: if filed {
                    "仅销售预包装食品"
                } else {
                    "预包装食品、散装食品销售"
                },
            }
        }
        _ => {
            let (kind, end, code, digit) = prng.pick(words::KITCHENS);
            Trade {
                sector: "catering",
                business_type: kind.to_string(),
                end: end.to_string(),
                code,
                letters: "JY",
                first_digits: digit,
                scope: "热食类食品制售",
            }
        }
    }
}

fn licence(prng: &mut Prng, trade: &Trade, county: &Region, serial: u64) -> Licence {
    let digits = match trade.letters {
        "SC" => format!("{}{}{serial:04}", trade.first_digits, county.code),
        _ => format!("{}{}{serial:06}", trade.first_digits, county.code),
    };
    // Five years; three in a thousand have run out by the as-of date, so that pages which say so are measured too.
    let age = if prng.per_mille(3) { prng.between(1_830, 1_900) } else { prng.between(60, 1_780) };
    let issued = day(AS_OF, -age);
    let ends = issued.with().year(issued.year() + 5).build().unwrap_or(day(issued, 1_826));
    Licence {
        number: licence_number(trade.letters, &digits),
        issued,
        valid_to: day(ends, -1),
        issuer: format!("{}市场监督管理局", county.name),
        scope: trade.scope,
    }
}
