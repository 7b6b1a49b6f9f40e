//! A name that one field masks stands whole nowhere, whatever else is said of its record.

use crate::support::{DAY, Project, holders};

#[test]
fn a_masked_name_is_masked_in_whatever_is_said_beside_it() {
    for name in ["孙小样", "欧阳小样品", "阿卜杜热样品"] {
        let project = Project::small();
        project.edit("content/ledgers/credit.yaml", "name: 孙样品甲,", &format!("name: {name},"));
        let edit = |from: &str, to: &str| project.edit("content/ledgers/credit.yaml", from, to);
        edit("breach: 无证生产", &format!("breach: {name}无证生产"));
        edit("content: 没收生产工具和违法所得，罚款十五万元", &format!("content: 没收{name}的生产工具"));
        let corrected = format!(
            "corrections:\n  - {{kind: penalty, id: pen-2025-0044, field: 当事人, was: {name}, now: 另一人, \"on\": 2026-02-01, \
             reason: {name}之名有误}}\n"
        );
        edit("corrections:\n", &corrected);
        project.write(
            "content/ledgers/statements.yaml",
            format!(
                "statements:\n  - {{id: st-1, enterprise: 91990101MA0DEM013U, about: {{kind: penalty, id: pen-2025-0044}}, \
                 text: {name}对此有话说, date: 2026-02-02}}\n"
            ),
        );
        let run = project.build(DAY);
        run.ends(0);
        let site = project.site();
        assert_eq!(holders(&site, name), [""; 0], "{name}");
        let page = String::from_utf8(site["penalties/pen-2025-0044.html"].clone()).unwrap();
        let masked = page.split_once("<h1>").unwrap().1;
        assert!(
            masked.contains("**无证生产") && masked.contains("没收") && masked.contains("对此有话说"),
            "{page}"
        );
    }
}
