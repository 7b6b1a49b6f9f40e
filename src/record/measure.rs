//! What the program computes itself: each measure with what is counted, out of what, and by which classes.
//!
//! A measure is a number, a percentage, a mean or a number by thousand people. Its table is the one declaration: the
//! figures of the portal, their data file, the functions that texts may call and the page `docs/figures.md` follow it.
//!
//! Not here: the counting (`disclose::figures`), targets (`rule_sets`), and indicators that an office states itself
//! (`indicator`).

use super::choices::{COVERAGE_LEVELS, SECTORS, TIERS, TRAINEES};
use super::field::Choice;

/// How a value follows from its numerator and denominator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// The numerator itself.
    Number,
    /// Hours: the numerator is in hundredths of one.
    Hours,
    /// Hundred times the quotient, with two digits.
    Percent,
    /// The quotient, with two digits.
    Mean,
    /// A thousand times the quotient, with two digits.
    PerThousand,
}

/// The periods by which a measure is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rhythm {
    /// As things stand.
    Now,
    /// By quarter.
    Quarter,
    /// By quarter that is over.
    PastQuarter,
    /// By month, and by year.
    MonthAndYear,
    /// By year.
    Year,
}

/// What is told apart inside a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Class {
    /// 包保等级.
    Level,
    /// 环节.
    Sector,
    /// 层级 of a cadre.
    Tier,
    /// 食品大类.
    Category,
    /// 检验项目.
    Item,
    /// 阶段 of a plan, as `plan/phase`.
    Phase,
    /// 牵头部门.
    Department,
    /// 培训或考核对象.
    Audience,
}

/// The classes, in the order of their variants, with their labels.
pub static CLASSES: [Choice; 8] = [
    Choice { key: "level", zh: "包保等级", en: "coverage level" },
    Choice { key: "sector", zh: "环节", en: "sector" },
    Choice { key: "tier", zh: "层级", en: "tier" },
    Choice { key: "category", zh: "食品大类", en: "category of food" },
    Choice { key: "item", zh: "检验项目", en: "item of analysis" },
    Choice { key: "phase", zh: "阶段", en: "phase" },
    Choice { key: "department", zh: "牵头部门", en: "leading department" },
    Choice { key: "audience", zh: "对象", en: "audience" },
];

impl Class {
    /// All of them.
    pub const ALL: [Class; 8] = [
        Class::Level,
        Class::Sector,
        Class::Tier,
        Class::Category,
        Class::Item,
        Class::Phase,
        Class::Department,
        Class::Audience,
    ];

    /// By its key, `level`.
    pub fn named(key: &str) -> Option<Class> {
        Class::ALL.into_iter().zip(&CLASSES).find(|(_, known)| known.key == key).map(|(class, _)| class)
    }

    /// Its key and labels.
    pub fn choice(self) -> &'static Choice {
        CLASSES.get(self as usize).unwrap_or(&CLASSES[0])
    }

    /// The values that there can be; none where the records decide.
    pub fn values(self) -> Option<&'static [Choice]> {
        match self {
            Class::Level => Some(&COVERAGE_LEVELS),
            Class::Sector => Some(&SECTORS),
            Class::Tier => Some(&TIERS),
            Class::Audience => Some(&TRAINEES),
            Class::Category | Class::Item | Class::Phase | Class::Department => None,
        }
    }

    /// Whether it is told down to counties only: the records decide how many values there are.
    pub fn is_fine(self) -> bool {
        matches!(self, Class::Category | Class::Item)
    }
}

/// One measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Its key in texts and in data: `visits`.
    pub key: &'static str,
    /// How its value follows.
    pub unit: Unit,
    /// What is counted, in Chinese and English.
    pub num: (&'static str, &'static str),
    /// Out of what.
    pub den: Option<(&'static str, &'static str)>,
    /// The unit behind the value, in Chinese, and in English where the name does not tell it.
    pub suffix: (&'static str, &'static str),
    /// The periods by which it is told.
    pub rhythm: Rhythm,
    /// What is told apart in it.
    pub classes: &'static [Class],
    /// Id of its target among the rule sets.
    pub target: Option<&'static str>,
}

macro_rules! measures {
    ($( $slot:ident = $key:literal, $zh:literal, $en:literal, $unit:ident, $num:expr, $den:expr, $suffix:expr, $rhythm:ident,
        [$($class:ident),*], $target:expr; )*) => {
        /// The place of each measure in [`MEASURES`].
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Order { $($slot),* }
        $( #[doc = $en] pub const $slot: usize = Order::$slot as usize; )*
        /// The measures, in the order in which they are told.
        pub static MEASURES: &[Measure] = &[ $( Measure {
            key: $key, unit: Unit::$unit, num: $num, den: $den, suffix: $suffix, rhythm: Rhythm::$rhythm,
            classes: &[$(Class::$class),*], target: $target,
        } ),* ];
        /// Their keys with their names.
        pub static NAMES: &[Choice] = &[ $( Choice { key: $key, zh: $zh, en: $en } ),* ];
    };
}

measures! {
    ENTERPRISES = "enterprises", "食品企业", "food enterprises", Number,
        ("公示的企业", "enterprises that are listed"), None, ("家", ""), Now, [Level, Sector], None;
    COVERAGE = "coverage", "包保覆盖率", "coverage", Percent,
        ("有在任包保干部的企业", "enterprises with a cadre in office"),
        Some(("在营并定了包保等级的企业", "active enterprises with a coverage level")), ("%", "%"), Now, [Level], Some("coverage");
    CADRES = "cadres", "在任包保干部", "cadres in office", Number,
        ("在任的干部", "cadres in office"), None, ("人", ""), Now, [Tier], None;
    LOAD = "load", "人均包保企业", "enterprises per cadre", Mean,
        ("现行的包保关系", "assignments that hold"), Some(("有包保任务的在任干部", "cadres in office with an assignment")),
        ("家", ""), Now, [Tier], None;
    OVERLOAD = "overload", "超过包保上限的干部", "cadres above the limit", Number,
        ("包保企业数超过本门户上限的在任干部", "cadres in office with more enterprises than the portal allows"), None, ("人", ""), Now,
        [], None;
    VISITS = "visits", "督导完成率", "visits done", Percent,
        ("应督导并已督导的企业", "enterprises owed a visit that had one"),
        Some(("本季应督导的企业", "enterprises owed a visit in the quarter")), ("%", "%"), Quarter, [Level], Some("visits");
    VISITS_DUE = "visits_due", "待督导企业", "visits due", Number,
        ("本季应督导而尚未督导的企业", "enterprises owed a visit in the running quarter"), None, ("家", ""), Quarter, [Level], None;
    VISITS_OVERDUE = "visits_overdue", "逾期未督导企业", "visits overdue", Number,
        ("季度已过而没有督导的企业", "enterprises that had none in a quarter that is over"), None, ("家", ""), PastQuarter, [Level], None;
    RECTIFICATION = "rectification", "问题整改率", "problems put right", Percent,
        ("已整改的问题", "problems put right"), Some(("督导发现的问题", "problems found")), ("%", "%"), Quarter, [], None;
    PASS_RATE = "pass_rate", "抽检合格率", "pass rate", Percent,
        ("合格批次", "batches that passed"), Some(("公布结果的批次", "batches with a published result")), ("%", "%"), MonthAndYear,
        [Category], Some("pass-rate");
    DENSITY = "batches_per_thousand", "每千人抽检批次", "batches per 1,000 people", PerThousand,
        ("公布结果的批次", "batches with a published result"), Some(("常住人口", "residents")), ("批次/千人", ""), Year, [],
        Some("batches");
    FAILURES = "failures", "不合格项目", "items that failed", Percent,
        ("该项目不合格的批次", "batches that failed in it"), Some(("不合格批次", "batches that failed")), ("%", "%"), Year, [Item], None;
    DISPOSAL = "disposal", "核查处置完成率", "disposals done", Percent,
        ("已公布处置结果的不合格批次", "failed batches whose disposal is published"),
        Some(("不合格批次", "batches that failed")), ("%", "%"), Year, [], Some("disposal");
    DISPOSAL_DELAY = "disposal_delay", "平均处置天数", "days until disposal", Mean,
        ("从通告到公布处置结果的天数之和", "days from notice to published disposal, added up"),
        Some(("已公布处置结果的不合格批次", "failed batches whose disposal is published")), ("天", "days"), Year, [], None;
    DISPOSAL_OVERDUE = "disposal_overdue", "逾期未处置批次", "disposals overdue", Number,
        ("通告满3个月仍未公布处置结果的批次", "failed batches with no published disposal three months after the notice"), None,
        ("批次", ""), Year, [], None;
    TASKS = "tasks", "任务完成率", "tasks done", Percent,
        ("已完成的任务", "tasks done"), Some(("方案任务", "tasks of plans")), ("%", "%"), Now, [Phase, Department], None;
    TASKS_LATE = "tasks_late", "逾期任务", "tasks late", Number,
        ("时限已过而没有完成的任务", "tasks past their term and not done"), None, ("项", ""), Now, [Phase, Department], None;
    TRAININGS = "trainings", "培训场次", "trainings", Number,
        ("举办的培训", "trainings held"), None, ("场", ""), Year, [Audience], None;
    TRAINING_HOURS = "training_hours", "培训学时", "hours of training", Hours,
        ("各场培训的学时之和", "hours of all trainings"), None, ("学时", "hours"), Year, [Audience], None;
    PERSON_TIMES = "person_times", "培训人次", "training attendances", Number,
        ("各场培训的人次之和", "attendances of all trainings, a person counted each time"), None, ("人次", ""), Year, [Audience], None;
    PERSONS = "persons", "培训人数", "persons trained", Number,
        ("各场培训的人数之和，一人参加几场的分别计入", "persons of all trainings; who took part in several counts in each"), None,
        ("人", ""), Year, [Audience], None;
    ASSESSED = "assessments", "抽查考核合格率", "assessments passed", Percent,
        ("合格的考核", "assessments passed"), Some(("公布的考核", "assessments published")), ("%", "%"), Year, [Audience],
        Some("assessment");
}

/// A measure by its key, with its place.
pub fn measure_named(key: &str) -> Option<(usize, &'static Measure)> {
    MEASURES.iter().enumerate().find(|(_, measure)| measure.key == key)
}

/// The key and the names of the measure at a place.
pub fn measure_name(at: usize) -> Option<&'static Choice> {
    NAMES.get(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_measure_has_a_denominator_where_its_unit_asks_for_one_and_no_other() {
        for (measure, name) in MEASURES.iter().zip(NAMES) {
            let counts = matches!(measure.unit, Unit::Number | Unit::Hours);
            assert_eq!(counts, measure.den.is_none(), "{}", measure.key);
            assert_eq!(measure.key, name.key);
        }
        for (class, choice) in Class::ALL.into_iter().zip(&CLASSES) {
            assert_eq!(class.choice().key, choice.key);
            assert_eq!(Class::named(choice.key), Some(class));
        }
    }

    #[test]
    fn targets_of_measures_are_among_the_shipped_rules() {
        let shipped = include_str!("rule_sets/shipped.yaml");
        for target in MEASURES.iter().filter_map(|measure| measure.target) {
            assert!(shipped.contains(&format!("{{id: {target}, ")), "{target}");
        }
    }
}
