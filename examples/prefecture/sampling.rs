//! Sampling notices, their samples, and what followed an unqualified one.
//!
//! In: the world and a number. Out: every fact of that notice or sample. Verdicts agree with values and
//! limits, counts with rows, and an unqualified row is published after its days for objection.

use jiff::civil::{Date, date};

use crate::seed::{Prng, Stream};
use crate::words;
use crate::world::{AS_OF, Region, Tier, World, day, first, part};

/// A notice; its samples are `samples.0..samples.1`.
pub struct Notice {
    pub id: String,
    pub notice_no: String,
    pub date: Date,
    pub organ: &'static str,
    pub samples: (u64, u64),
}

/// Whose goods were sampled: an enterprise of the ledger, or a stall that is in none.
pub enum Sampled {
    Enterprise(u64),
    Stall { name: String, address: String, region: Region },
}

/// One sample.
pub struct Sample {
    pub sample_no: String,
    pub notice: u64,
    pub sampled: Sampled,
    pub producer: Option<(String, String)>,
    pub food: &'static str,
    pub category: &'static str,
    pub spec: &'static str,
    pub date_kind: &'static str,
    pub date: Date,
    pub sampled_on: Date,
    pub reported_on: Date,
    pub failure: Option<Failure>,
}

/// What failed, with value and limit as they are printed.
pub struct Failure {
    pub item: &'static str,
    pub value: String,
    pub limit: String,
}

/// What followed an unqualified sample.
pub struct Disposal {
    pub organ: String,
    pub sold: u64,
    pub cause: &'static str,
    pub rectification: Option<&'static str>,
    pub published_on: Date,
}

/// The last day on which a notice may come out.
const CLOSED: Date = date(2026, 11, 5);

impl World {
    pub fn notice(&self, number: u64) -> Notice {
        let on = self.notice_date(number);
        let serial = number - self.first_notice_of(on.year(), number) + 1;
        Notice {
            id: format!("{}-{serial:02}", on.year()),
            notice_no: format!("{}年第{serial}号", on.year()),
            date: on,
            organ: "示范市市场监督管理局",
            samples: (
                first(number, self.samples, self.notices),
                first(number + 1, self.samples, self.notices),
            ),
        }
    }

    fn notice_date(&self, number: u64) -> Date {
        let days = 365 * self.years.max(1) as i64;
        day(CLOSED, (number as i64 + 1) * days / self.notices as i64 - days)
    }

    /// The first notice of a year, of which `known` is one: days never fall as numbers rise.
    fn first_notice_of(&self, year: i16, known: u64) -> u64 {
        let (mut low, mut high) = (0, known);
        while low < high {
            let middle = (low + high) / 2;
            if self.notice_date(middle).year() < year {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    pub fn sample(&self, number: u64) -> Sample {
        let mut prng = self.prng(Stream::Sample, number);
        let notice = part(number, self.samples, self.notices);
        let reported_on = day(self.notice_date(notice), -prng.between(20, 24));
        let sampled_on = day(reported_on, -prng.between(8, 15));
        let (category, food, spec, packed) = prng.pick(words::FOODS);
        let enterprise = prng.below(self.enterprises);
        let village = self.village_of(enterprise);
        let county = self.region(Tier::County, self.place_above(village, Tier::County));
        let sampled = if prng.per_mille(850) {
            Sampled::Enterprise(enterprise)
        } else {
            let region = self.region(Tier::Township, self.township_of(village));
            Sampled::Stall {
                name: format!(
                    "{}假想{}{}摊",
                    region.name,
                    prng.character(words::BRAND_FIRST),
                    category_word(category)
                ),
                address: format!("{}集市{}号", region.full, 1 + prng.below(90)),
                region,
            }
        };
        Sample {
            sample_no: format!("XBJ{:02}{}{:09}", sampled_on.year() % 100, county.code, number + 1),
            notice,
            sampled,
            producer: packed.then(|| producer(&mut prng, &county)),
            food,
            category,
            spec,
            date_kind: if packed { "production" } else { "purchase" },
            date: day(sampled_on, -if packed { prng.between(5, 60) } else { prng.between(0, 2) }),
            sampled_on,
            reported_on,
            failure: prng.per_mille(24).then(|| failure(&mut prng, category)),
        }
    }

    /// What was made public about an unqualified sample by the as-of date.
    pub fn disposal(&self, number: u64, sample: &Sample) -> Disposal {
        let mut prng = self.prng(Stream::Disposal, number);
        let noticed = self.notice_date(sample.notice);
        let closed_on = day(noticed, prng.between(15, 80));
        let village = self.village_of(match sample.sampled {
            Sampled::Enterprise(enterprise) => enterprise,
            Sampled::Stall { .. } => 0,
        });
        let county = self.region(Tier::County, self.place_above(village, Tier::County));
        let closed = closed_on <= AS_OF;
        Disposal {
            organ: format!("{}市场监督管理局", county.name),
            sold: prng.below(40),
            cause: prng.pick(&[
                "进货查验不到位",
                "供货方用药不规范",
                "工艺控制不严",
                "储存条件不符合要求",
                "原料把关不严",
            ]),
            rectification: closed.then(|| {
                prng.pick(&["已完善进货查验记录", "已更换供货方", "已调整工艺并复查合格", "已改造冷藏设施"])
            }),
            published_on: if closed { closed_on } else { day(noticed, 5).min(AS_OF) },
        }
    }
}

fn category_word(category: &str) -> &str {
    match category {
        "食用农产品" => "果蔬",
        "餐饮食品" => "小吃",
        _ => "副食",
    }
}

fn producer(prng: &mut Prng, county: &Region) -> (String, String) {
    let brand = format!("{}{}", prng.character(words::BRAND_FIRST), prng.character(words::BRAND_SECOND));
    let (_, _, word) = prng.pick(words::PRODUCTS);
    let address = format!("{}工业园{}{}号", county.name, prng.pick(words::ROADS), 1 + prng.below(60));
    (format!("{}假想{brand}{word}厂", county.name), address)
}

fn failure(prng: &mut Prng, category: &str) -> Failure {
    let fitting: Vec<_> = words::FAILURES.iter().filter(|known| known.0 == category).copied().collect();
    let (_, item, limit, unit) = prng.pick(&fitting);
    if limit == 0 {
        let value = hundredths(12 + prng.below(600));
        return Failure { item, value: format!("{value} {unit}"), limit: "不得检出".into() };
    }
    let value = limit + 1 + limit * (10 + prng.below(400)) / 100;
    Failure {
        item,
        value: format!("{} {unit}", hundredths(value)),
        limit: format!("≤{} {unit}", hundredths(limit)),
    }
}

/// A number of hundredths as a decimal without trailing zeros.
fn hundredths(number: u64) -> String {
    let text = format!("{}.{:02}", number / 100, number % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}
