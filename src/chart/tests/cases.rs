//! Charts at their extremes, by name: nothing, one, all alike, sixty, very long names, numbers of seven digits.

use super::cases_in_time::{all_months, all_tasks};
use crate::chart::{
    Bar, Bars, Frame, Heads, Heat, HeatRow, Length, Level, Limit, Load, Months, Pyramid, Ranked, Rate,
    Reason, Scale, Stack, StackRow, Target, Tasks,
};

/// A chart of any kind.
pub enum Chart {
    Bars(Bars<'static>),
    Heat(Heat<'static>),
    Load(Load<'static>),
    Months(Months<'static>),
    Pyramid(Pyramid<'static>),
    Ranked(Ranked<'static>),
    Stack(Stack<'static>),
    Tasks(Tasks<'static>),
}

impl Chart {
    pub fn html(&self) -> String {
        match self {
            Chart::Bars(chart) => chart.html(),
            Chart::Heat(chart) => chart.html(),
            Chart::Load(chart) => chart.html(),
            Chart::Months(chart) => chart.html(),
            Chart::Pyramid(chart) => chart.html(),
            Chart::Ranked(chart) => chart.html(),
            Chart::Stack(chart) => chart.html(),
            Chart::Tasks(chart) => chart.html(),
        }
    }
}

pub const LONG: &str =
    "示例经济技术开发区食品安全综合协调服务中心与市场监督管理所联合办公区域 Example <b>&\"乙\"";
pub const WORDS: [&str; 4] = ["样例县", "示例区", "模范县", "示范高新技术区"];
pub const PER_CENT: Scale<'_> = Scale { per: 100, digits: 2, unit: "%", thousands: "," };

/// Texts and lists of a case live as long as the test.
pub fn list<T>(items: impl IntoIterator<Item = T>) -> &'static [T] {
    items.into_iter().collect::<Vec<T>>().leak()
}

pub fn text(text: String) -> &'static str {
    text.leak()
}

pub fn frame(name: &'static str, title: &'static str) -> Frame<'static> {
    Frame {
        id: name,
        title,
        description: "",
        note: "截至 2026年11月22日，按常住人口；来源：示范市食安办",
        summary: "查看数据表",
        empty: "本期没有数据",
        thousands: ",",
    }
}

pub fn target(scale: Scale<'_>, value: i64) -> Option<Target<'static>> {
    Some(Target { value, word: text(format!("目标 {}", scale.text(value))), missed: Some("未达标") })
}

fn bars(
    name: &'static str,
    scale: Scale<'static>,
    goal: Option<i64>,
    rows: &[(&'static str, u64, u64)],
) -> Chart {
    Chart::Bars(Bars {
        frame: frame(name, "每千人抽检批次"),
        scale,
        bars: list(rows.iter().map(|(label, num, den)| Bar { label, rate: Rate { num: *num, den: *den } })),
        target: goal.and_then(|goal| target(scale, goal)),
        heads: Heads { label: "地区", num: "批次", den: "常住人口", value: "每千人" },
    })
}

fn all_bars() -> Vec<(&'static str, Chart)> {
    let density = Scale { per: 1000, digits: 1, unit: "", thousands: "," };
    let plain = Scale { per: 1, digits: 0, unit: "", thousands: "," };
    let sixty: Vec<_> = (0..60).map(|at| (text(format!("样板第{at}镇")), at * 37 % 800, 100_000)).collect();
    let [a, b, c, d] = WORDS;
    vec![
        (
            "bars",
            bars(
                "bars",
                density,
                Some(60),
                &[(a, 2747, 410_000), (b, 2900, 517_000), (c, 3000, 417_000), (d, 0, 0)],
            ),
        ),
        ("bars-none", bars("bars-none", density, Some(60), &[])),
        ("bars-one", bars("bars-one", PER_CENT, None, &[(a, 1, 1)])),
        ("bars-zero", bars("bars-zero", PER_CENT, None, &[(a, 0, 5), (b, 0, 1)])),
        (
            "bars-near",
            bars("bars-near", PER_CENT, Some(9800), &[(a, 97_996, 100_000), (b, 98, 100), (c, 1, 1)]),
        ),
        ("bars-sixty", bars("bars-sixty", density, Some(60), &sixty)),
        (
            "bars-long",
            bars(
                "bars-long",
                plain,
                Some(5_000_000),
                &[(LONG, 9_876_543, 1), ("甲", 1, 1), (LONG, 1_234_567, 1)],
            ),
        ),
    ]
}

fn heat(name: &'static str, columns: &[&'static str], rows: Vec<(&'static str, Vec<Option<Rate>>)>) -> Chart {
    Chart::Heat(Heat {
        frame: frame(name, "各地各级督导完成率"),
        scale: Scale { per: 100, digits: 1, unit: "%", thousands: "," },
        corner: "地区",
        columns: list(columns.iter().copied()),
        rows: list(rows.into_iter().map(|(label, cells)| HeatRow { label, cells: list(cells) })),
        bounds: None,
    })
}

fn all_heats() -> Vec<(&'static str, Chart)> {
    let columns = ["A级", "B级", "C级", "D级"];
    let cell = |num, den| Some(Rate { num, den });
    let rows = |names: &[&'static str]| -> Vec<_> {
        let cells = |at: u64| {
            (0..4).map(move |level| cell(3 + (at * 7 + level * 13) % 40, 43 + level)).collect::<Vec<_>>()
        };
        names.iter().zip(0..).map(|(name, at)| (*name, cells(at))).collect()
    };
    let sixty: Vec<&'static str> = (0..60).map(|at| text(format!("样板第{at}镇"))).collect();
    let mut some = rows(&WORDS);
    some[1].1[0] = None;
    some[2].1.pop();
    some[3].1[3] = cell(1_234_567, 1_260_000);
    let alike = vec![(LONG, vec![cell(5, 5); 4]), ("甲", vec![cell(9, 9); 4])];
    vec![
        ("heat", heat("heat", &columns, some)),
        ("heat-none", heat("heat-none", &columns, Vec::new())),
        ("heat-alike", heat("heat-alike", &columns, alike)),
        ("heat-empty-cells", heat("heat-empty-cells", &columns, vec![("甲", vec![cell(0, 0), None])])),
        ("heat-sixty", heat("heat-sixty", &columns, rows(&sixty))),
    ]
}

fn stack(name: &'static str, length: Length, rows: &[(&'static str, [u64; 3])]) -> Chart {
    Chart::Stack(Stack {
        frame: frame(name, "包保督导完成情况"),
        parts: ["已督导", "应督导未到期", "逾期未督导"],
        rows: list(rows.iter().map(|(label, counts)| StackRow { label, counts: *counts })),
        length,
        heads: ["季度", "合计"],
    })
}

fn all_stacks() -> Vec<(&'static str, Chart)> {
    let quarters = [
        ("2026年第一季度", [16_120, 0, 23]),
        ("2026年第二季度", [16_090, 0, 53]),
        ("2026年第三季度", [15_900, 0, 243]),
        ("2026年第四季度", [9_400, 6_743, 0]),
    ];
    let big = [
        (LONG, [1_234_567, 7_654_321, 9_999_999]),
        ("甲", [0, 0, 0]),
        ("乙", [0, 0, 1]),
        ("丙", [9_999_999, 1, 1]),
    ];
    let sixty: Vec<_> =
        (0..60).map(|at| (text(format!("样板第{at}镇")), [at * 7 % 90, at % 5, at % 3])).collect();
    vec![
        ("stack", stack("stack", Length::Share, &quarters)),
        ("stack-count", stack("stack-count", Length::Count, &big)),
        ("stack-none", stack("stack-none", Length::Share, &[])),
        ("stack-one", stack("stack-one", Length::Share, &[("甲", [0, 0, 0])])),
        ("stack-sixty", stack("stack-sixty", Length::Count, &sixty)),
    ]
}

fn load(name: &'static str, most: Option<u64>, loads: impl IntoIterator<Item = u64>) -> Chart {
    Chart::Load(Load {
        frame: frame(name, "包保干部负担"),
        loads: list(loads),
        limit: most
            .map(|most| Limit { most, word: text(format!("上限 {most} 户")), over: "超过上限" }),
        class: "{from}–{to} 户",
        open: "{from} 户以上",
        heads: ["包保户数", "干部人数"],
    })
}

fn all_loads() -> Vec<(&'static str, Chart)> {
    vec![
        ("load", load("load", Some(30), (0..900).map(|at: u64| at * at % 37))),
        ("load-none", load("load-none", Some(30), [])),
        ("load-zero", load("load-zero", Some(30), [0, 0])),
        ("load-within", load("load-within", Some(31), [1, 5, 12, 31])),
        ("load-far", load("load-far", Some(30), [3, 9_999_999, u64::MAX])),
        ("load-free", load("load-free", None, (0..4000).map(|at: u64| at % 90))),
    ]
}

fn ranked(name: &'static str, top: usize, reasons: &[(&'static str, u64)]) -> Chart {
    Chart::Ranked(Ranked {
        frame: frame(name, "不合格原因"),
        reasons: list(reasons.iter().map(|(label, count)| Reason { label, count: *count })),
        top,
        said: "前 {top} 项，共 {all} 项",
        others: "其他 {n} 项",
        heads: ["原因", "不合格项次", "占比"],
    })
}

fn all_ranked() -> Vec<(&'static str, Chart)> {
    let few = [
        ("农药残留超标", 31),
        ("微生物污染", 22),
        ("兽药残留超标", 12),
        ("食品添加剂", 31),
        ("质量指标", 4),
        ("重金属", 3),
        ("生物毒素", 2),
    ];
    let long =
        [("腐霉利、毒死蜱、噻虫胺等农药残留不符合食品安全国家标准规定", 1_234_567), (LONG, 7), ("甲", 0)];
    let sixty: Vec<_> = (0..60).map(|at| (text(format!("原因{at}")), 60 - at)).collect();
    vec![
        ("ranked", ranked("ranked", 5, &few)),
        ("ranked-none", ranked("ranked-none", 5, &[])),
        ("ranked-alike", ranked("ranked-alike", 9, &few.map(|(label, _)| (label, 5)))),
        ("ranked-long", ranked("ranked-long", 5, &long)),
        ("ranked-sixty", ranked("ranked-sixty", 10, &sixty)),
        ("ranked-zero-top", ranked("ranked-zero-top", 0, &few)),
    ]
}

fn pyramid(name: &'static str, counts: &[(&'static str, &'static str, u64)]) -> Chart {
    Chart::Pyramid(Pyramid {
        frame: frame(name, "分级包保"),
        levels: list(counts.iter().map(|(label, note, count)| Level { label, note, count: *count })),
        heads: ["级别", "包保层级", "企业数", "占比"],
    })
}

fn all_pyramids() -> Vec<(&'static str, Chart)> {
    vec![
        (
            "pyramid",
            pyramid(
                "pyramid",
                &[
                    ("A级", "市级领导", 3),
                    ("B级", "县级领导", 40),
                    ("C级", "乡镇干部", 2_100),
                    ("D级", "村社干部", 14_000),
                ],
            ),
        ),
        ("pyramid-none", pyramid("pyramid-none", &[])),
        ("pyramid-zero", pyramid("pyramid-zero", &[("A级", "", 0), ("B级", "", 0)])),
        ("pyramid-alike", pyramid("pyramid-alike", &[("A级", "", 5), ("B级", "", 5)])),
        ("pyramid-big", pyramid("pyramid-big", &[(LONG, LONG, 1), ("D级", "村", 9_999_999)])),
    ]
}

/// Every case with its name.
pub fn all() -> Vec<(&'static str, Chart)> {
    [
        all_bars(),
        all_heats(),
        all_months(),
        all_stacks(),
        all_tasks(),
        all_loads(),
        all_ranked(),
        all_pyramids(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
