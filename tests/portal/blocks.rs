//! Lines of data files that are taken from the release before, block by block: the files, and what is told of changes, are those
//! of a build that takes nothing.

use std::fs;

use crate::support::{Project, assert_same, place, tree};

/// Records of five blocks and a bit.
const VISITS: u32 = 5_200;

const LEDGER: &str = "content/ledgers/more.yaml";

fn visit(number: u32) -> String {
    let day = 1 + number % 28;
    format!(
        "  - {{id: w-{number:05}, enterprise: 91990101MA0DEM013U, cadre: county-0007, date: 2026-05-{day:02}, mode: onsite}}\n"
    )
}

/// Builds in place and, over a copy of the same old site and without a cache, elsewhere: both must give every byte alike.
fn both_agree(project: &Project, day: &str, what: &str) {
    let elsewhere = place();
    let out = elsewhere.path().join("site");
    for (path, bytes) in project.site() {
        let to = out.join(path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, bytes).unwrap();
    }
    project.run("build", &["--as-of", day, "--no-cache", "--out", out.to_str().unwrap()]).ends(0);
    project.build(day).ends(0);
    assert_same(&project.site(), &tree(&out), what);
}

#[test]
fn files_and_changes_are_the_same_whether_lines_of_before_are_taken_or_not() {
    let project = Project::small();
    let ledger =
        |visits: &mut dyn Iterator<Item = u32>| format!("visits:\n{}", visits.map(visit).collect::<String>());
    project.write(LEDGER, ledger(&mut (1..=VISITS)));
    project.build("2026-11-22").ends(0);

    project.edit(LEDGER, &visit(2_500), &visit(2_500).replace("onsite", "video"));
    both_agree(&project, "2026-11-23", "one record edited");

    let text = project.text(LEDGER);
    project.write(LEDGER, text.replacen("visits:\n", &format!("visits:\n{}", visit(0)), 1));
    both_agree(&project, "2026-11-24", "one record before all others");

    project.edit(LEDGER, &visit(4_000), "");
    project.write(LEDGER, project.text(LEDGER) + &visit(9_999));
    both_agree(&project, "2026-11-25", "one record gone and one behind all others");

    // Other texts are withheld than before, so every line has to be searched again.
    let with_problem =
        visit(10).replace("}\n", ", problems: [{text: 冷藏柜里没有温度计也没有记录, due: 2026-05-30}]}\n");
    project.edit(LEDGER, &visit(10), &with_problem);
    both_agree(&project, "2026-11-26", "one more text that is withheld");

    let file = "site/data/visits.jsonl";
    let mut bytes = fs::read(project.path(file)).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    project.write(file, bytes);
    project.edit(LEDGER, &visit(5_001), &visit(5_001).replace("onsite", "video"));
    project.build("2026-11-27").ends(0);
    let clean = project.clean_site("2026-11-27");
    assert_eq!(
        project.site()["data/visits.jsonl"],
        clean["data/visits.jsonl"],
        "a byte of the site was changed by hand"
    );
    assert_eq!(project.site()["data/visits.json"], clean["data/visits.json"]);

    for form in ["csv", "json"] {
        let kept = format!(".gongshi/lines-visits-{form}");
        let mut bytes = fs::read(project.path(&kept)).unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        project.write(&kept, bytes);
    }
    project.edit(LEDGER, &visit(3_003), &visit(3_003).replace("onsite", "video"));
    both_agree(&project, "2026-11-28", "the cache is damaged");
}
