//! How long penalties and blacklist entries are public where rules differ.

use crate::support::{DAY, Project, holds};

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
