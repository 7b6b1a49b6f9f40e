//! A plan tells what each department that leads tasks has done.

use crate::support::html::elements;
use crate::support::{DAY, Project};

const PLAN: &str = "plans:
  - id: p-1
    title: 方案
    issuer: 示范市食安办
    date: 2026-03-01
    tasks:
      - {id: t-1, no: \"1\", text: 一, lead: [乙局], due: 2026-05-01, done_on: 2026-04-01}
      - {id: t-2, no: \"2\", text: 二, lead: [甲科, 乙局], due: 2026-06-01}
      - {id: t-3, no: \"3\", text: 三, lead: [甲科], support: [乙局], due: 2026-12-31}
      - {id: t-4, no: \"4\", text: 四, lead: [甲科]}
departments:
  - {id: d-1, name: 甲科}
";

#[test]
fn a_plan_tells_the_tasks_of_each_department_that_leads_some() {
    let portal = Project::small();
    portal.write("content/ledgers/more.yaml", PLAN);
    let page = String::from_utf8(portal.clean_site(DAY)["plans/p-1.html"].clone()).unwrap();
    let list = elements(&page[page.find("id=\"departments\"").unwrap()..], "ul")[0].to_string();
    let rows: Vec<&str> = elements(&list, "li");
    assert_eq!(rows.len(), 2);
    assert!(
        rows[0].contains("<a href=\"../departments/d-1.html\">甲科</a> <small>0/3</small>"),
        "{}",
        rows[0]
    );
    assert!(rows[1].contains("乙局 <small>1/2</small>") && !rows[1].contains("href"), "{}", rows[1]);
    assert!(
        rows.iter().all(|row| row.matches("tag warn").count() == 1 && row.contains(" 1</span>")),
        "{rows:?}"
    );
}
