//! Days that end something: how long penalties are public where rules differ, and what pages say of what is late.

use crate::support::{DAY, Project, assert_same, holds, manifest, pages};

/// A penalty that one rule ends on 2029-05-05 and another on 2029-05-19.
const PENALTY: &str = "penalties:\n  - {id: pen-2026-0902, doc_no: 样市监处罚〔2026〕902号, party: {name: 样例县示例食品有限公司, uscc: 91990101MA0DEM013U}, \
     breach: 标签缺少配料表, kinds: [fine], content: 罚款六千元, organ: 样例县市场监督管理局, decided_on: 2026-05-06, \
     published_on: 2026-05-20, severity: serious";

#[track_caller]
fn last_day_is(more: &str, settings: &str, last: &str) {
    let project = Project::small();
    project.write("content/ledgers/more.yaml", format!("{PENALTY}{more}}}\n"));
    project.write("content/portal.yaml", project.text("content/portal.yaml") + settings);
    project.build(DAY).ends(0);
    let data = project.text("site/data/penalties.json");
    let row = data.lines().find(|row| row.contains("pen-2026-0902")).unwrap();
    assert!(row.contains(&format!("\"publish_until\":\"{last}\"")), "{row}");
    let day = gongshi::calendar::Date::parse(last).unwrap();
    project.build(&day.plus_days(1).to_string()).ends(0);
    assert!(!holds(&project.site()["penalties/pen-2026-0902.html"], "标签缺少配料表"), "{more}");
}

#[test]
fn of_two_last_days_the_earlier_counts_unless_a_basis_is_cited_or_the_rule_is_off() {
    last_day_is("", "", "2029-05-05");
    last_day_is(", publish_until: 2029-05-19", "", "2029-05-05");
    last_day_is(", publish_until: 2028-05-05", "", "2028-05-05");
    last_day_is(", publish_until: 2029-05-19, publish_until_basis: 样市监信〔2026〕9号", "", "2029-05-19");
    last_day_is(", publish_until: 2029-05-19", "\nrules_off: [W-PERIOD-CONFLICT]\n", "2029-05-19");
}

/// The small portal with a plan of which the rest is given.
fn with_plan(rest: &str) -> Project {
    let project = Project::small();
    let plan = "  - id: plan-1\n    title: 校园食品安全专项行动方案\n    issuer: 示范市食品安全委员会\n    date: 2026-09-01\n";
    project.write("content/ledgers/plans.yaml", format!("plans:\n{plan}    {rest}"));
    project
}

#[test]
fn a_task_that_is_not_done_is_late_on_the_page_of_its_plan_the_day_after_its_term() {
    let project = with_plan(
        "tasks:\n      \
         - {id: t-1, no: \"1\", text: 排查食堂, lead: [市教育局], due: 2026-11-24}\n      \
         - {id: t-2, no: \"2\", text: 整改食堂, lead: [市教育局], due: 2026-11-24, done_on: 2026-11-20}\n",
    );
    project.build("2026-11-24").ends(0);
    assert!(!holds(&project.site()["plans/plan-1.html"], "已逾期"));
    assert_eq!(manifest(&project.site())["next_change"], "2026-11-25");
    project.build("2026-11-25").ends(0);
    let page = String::from_utf8(project.site()["plans/plan-1.html"].clone()).unwrap();
    assert_eq!(page.matches("<span class=\"tag warn\">已逾期</span>").count(), 1);
    assert_same(&pages(project.site()), &pages(project.clean_site("2026-11-25")), "incremental and clean");
}

#[test]
fn a_task_has_not_begun_until_its_phase_has() {
    let project = with_plan(
        "phases:\n      \
         - {name: 自查, from: 2026-09-01, to: 2026-11-23}\n      \
         - {name: 总结, from: 2026-11-24, to: 2026-12-31}\n    tasks:\n      \
         - {id: t-1, no: \"1\", text: 排查食堂, phase: 自查, lead: [市教育局]}\n      \
         - {id: t-2, no: \"2\", text: 写出总结, phase: 总结, lead: [市教育局]}\n      \
         - {id: t-3, no: \"3\", text: 提前总结, phase: 总结, lead: [市教育局], done_on: 2026-11-20}\n",
    );
    let states = |day: &str| {
        project.build(day).ends(0);
        let page = String::from_utf8(project.site()["plans/plan-1.html"].clone()).unwrap();
        let table = page.split_once("id=\"tasks\"").unwrap().1;
        ["进行中</span>", "未开始</span>", "已完成</span>"].map(|state| table.matches(state).count())
    };
    assert_eq!(states("2026-11-23"), [1, 1, 1]);
    assert_eq!(manifest(&project.site())["next_change"], "2026-11-24");
    assert_eq!(states("2026-11-24"), [2, 0, 1]);
    assert_same(&pages(project.site()), &pages(project.clean_site("2026-11-24")), "incremental and clean");
}
