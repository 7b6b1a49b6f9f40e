//! Cases of the charts that have a time axis: months, plans.

use super::cases::{Chart, LONG, PER_CENT, WORDS, frame, list, target, text};
use crate::calendar::Date;
use crate::chart::{Group, Heads, Month, Months, Phase, Rate, State, Task, Tasks};

fn date(year: i16, month: i8, day: i8) -> Date {
    let (year, month) = if month > 12 { (year + 1, month - 12) } else { (year, month) };
    Date::new(year, month, day).unwrap()
}

fn months(
    name: &'static str,
    goal: Option<i64>,
    rates: impl IntoIterator<Item = Option<(u64, u64)>>,
) -> Chart {
    let month = |(at, rate): (usize, Option<(u64, u64)>)| {
        let (year, month) = (2024 + (at + 2) / 12, (at + 2) % 12 + 1);
        Month {
            label: text(format!("{year}年{month}月")),
            tick: text(format!("{month}月")),
            year: text(year.to_string()),
            rate: rate.map(|(num, den)| Rate { num, den }),
        }
    };
    Chart::Months(Months {
        frame: frame(name, "每月抽检合格率"),
        scale: PER_CENT,
        months: list(rates.into_iter().enumerate().map(month)),
        target: goal.and_then(|goal| target(PER_CENT, goal)),
        cut: "纵轴为 {from} 至 {to}",
        heads: Heads { label: "月份", num: "合格批次", den: "抽检批次", value: "合格率" },
    })
}

pub fn all_months() -> Vec<(&'static str, Chart)> {
    let year = [985, 991, 978, 982, 0, 988, 990, 976, 981, 985, 979, 986];
    let gap = |per_mille: u64| (per_mille > 0).then_some((per_mille, 1000));
    vec![
        ("months", months("months", Some(9800), year.map(gap))),
        ("months-none", months("months-none", Some(9800), [])),
        ("months-gaps", months("months-gaps", None, [None, Some((0, 0)), None])),
        ("months-one", months("months-one", Some(9800), [Some((97, 100))])),
        ("months-zero", months("months-zero", Some(9800), [Some((0, 9)), Some((9, 9)), Some((0, 9))])),
        ("months-alike", months("months-alike", None, [Some((1, 1)); 24])),
        (
            "months-all-missed",
            months("months-all-missed", Some(9800), (0..36).map(|at| Some((9650 + at * 31 % 140, 10_000)))),
        ),
        (
            "months-36",
            months(
                "months-36",
                Some(9800),
                (0..36).map(|at| (at != 20).then_some((9760 + at * 53 % 190, 10_000))),
            ),
        ),
    ]
}

fn tasks(
    name: &'static str,
    phases: &[(&'static str, i16, i8, i8)],
    groups: Vec<(&'static str, Vec<Task<'static>>)>,
) -> Chart {
    let phase = |&(label, year, from, to): &(&'static str, i16, i8, i8)| Phase {
        label,
        from: date(year, from, 1),
        to: date(year, to + 1, 1).plus_days(-1),
    };
    Chart::Tasks(Tasks {
        frame: frame(name, "创建工作作战图"),
        phases: list(phases.iter().map(phase)),
        groups: list(groups.into_iter().map(|(label, tasks)| Group { label, tasks: list(tasks) })),
        today: Some((date(2026, 10, 15), "今天 10月15日")),
        states: ["已完成", "进行中", "已逾期", "未开始"],
        month: "{n}月",
        heads: ["任务", "责任单位", "开始", "完成时限", "状态"],
    })
}

pub fn all_tasks() -> Vec<(&'static str, Chart)> {
    let states = [State::Done, State::Running, State::Late, State::Coming];
    let task = |at: i8| {
        let label = ["印发实施方案", "完成餐饮单位明厨亮灶改造并通过市级验收核查", "开展自查评估", LONG]
            [at as usize % 4];
        let (from, to) = (date(2026, 1 + at % 9, 1 + at % 20), date(2026, 3 + at % 9, 10 + at % 18));
        Task { label, from, to, state: states[at as usize % 4] }
    };
    let phases = [
        ("动员部署", 2026, 1, 2),
        ("全面推进", 2026, 3, 8),
        ("自查整改", 2026, 9, 10),
        ("迎接省级评审验收", 2026, 11, 12),
    ];
    let narrow: Vec<_> = (1..13).map(|month| (LONG, 2026, month, month)).collect();
    let day =
        Task { label: "只有一天", from: date(2026, 10, 15), to: date(2026, 10, 15), state: State::Late };
    let sixty = (0..6)
        .map(|group| (WORDS[group % 4], (0..10).map(|at| task((group * 10 + at) as i8)).collect()))
        .collect();
    vec![
        (
            "tasks",
            tasks(
                "tasks",
                &phases,
                vec![
                    ("市市场监管局", (0..3).map(task).collect()),
                    ("市教育局", (3..6).map(task).collect()),
                    (LONG, vec![day]),
                ],
            ),
        ),
        ("tasks-none", tasks("tasks-none", &phases, Vec::new())),
        ("tasks-one", tasks("tasks-one", &[], vec![("市农业农村局", vec![day]), ("无任务", Vec::new())])),
        ("tasks-narrow", tasks("tasks-narrow", &narrow, vec![("甲", vec![task(1), task(6)])])),
        ("tasks-sixty", tasks("tasks-sixty", &phases, sixty)),
    ]
}
