//! A number has one form on the site, however it is written in the sources: full width, small letters and blanks make no other
//! address and no other line of data.

use crate::support::{DAY, Project, assert_same};

/// Some places of the small portal with their numbers written otherwise: in an id, in references, in fields.
const WRITTEN: [(&str, &str, &str); 8] = [
    ("ledgers/enterprises.yaml", "uscc: 91990101MA0DEM013U", "uscc: \"９１990101 ma0dem013u\""),
    ("ledgers/enterprises.yaml", "uscc: 91990101MA0R99EY2P", "uscc: 91990101ma0r99ey2p"),
    ("ledgers/credit.yaml", "uscc: 92990101MA0GR53CXY", "uscc: ９２９９０１０１ＭＡ０ＧＲ５３ＣＸＹ"),
    (
        "ledgers/visits.yaml",
        "v-0001, enterprise: 91990101MA0DEM013U",
        "v-0001, enterprise: ９1990101ma0dem013u",
    ),
    ("ledgers/visits.yaml", "enterprise: 91990101MA0R99EY2P", "enterprise: 91990101 MA0R99EY2P"),
    ("ledgers/sampling.yaml", "sample_no: XBJ26990101000000702", "sample_no: xbj２6990101000000702"),
    ("ledgers/sampling.yaml", "enterprise: 91990101MA0DEM013U", "enterprise: 91990101MA0DEM０13u"),
    ("ledgers/places.yaml", "code: \"990101\"", "code: \"９９０１０１\""),
];

#[test]
fn codes_in_full_width_small_letters_and_with_blanks_make_the_same_site() {
    let (plain, otherwise) = (Project::small(), Project::small());
    for (path, from, to) in WRITTEN {
        otherwise.edit(&format!("content/{path}"), from, to);
    }
    let site = plain.clean_site(DAY);
    assert!(site.contains_key("enterprises/91990101MA0DEM013U.html"));
    assert_same(&site, &otherwise.clean_site(DAY), "numbers written otherwise");
}

#[test]
fn a_link_to_a_code_in_full_width_leads_to_its_page() {
    let page = |id: &str| {
        let project = Project::small();
        let link = format!("企业见[一](enterprise:{id})，动态见");
        project.edit("content/articles/notices/2026-01.md", "动态见", &link);
        project.clean_site(DAY).remove("articles/notices/2026-01.html").unwrap()
    };
    let plain = page("91990101MA0DEM013U");
    assert!(String::from_utf8_lossy(&plain).contains("enterprises/91990101MA0DEM013U.html"));
    assert!(page("９1990101ma0dem013u") == plain);
}

#[test]
fn an_id_that_differs_only_in_width_or_case_is_a_double() {
    let project = Project::small();
    project.edit("content/ledgers/enterprises.yaml", "uscc: 91990101MA0WBYTB3A", "uscc: ９1990101ma0dem013u");
    let run = project.run("check", &["--as-of", DAY]).ends(1);
    assert!(run.err.contains("E-USCC-DUP"), "{run}");
}
