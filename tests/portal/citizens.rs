//! What citizens read of a record: its title and never its id in a ledger, each fact once, words that fit what became of it, and counts and
//! verdicts that agree from page to page.
//!
//! In: the demo as it is built. Not here: how pages look, and what program and office tell each other by ids (`data`).

use std::sync::OnceLock;

use crate::support::html::{elements, tags, unescape};
use crate::support::{DAY, Project, Tree};

/// The demo portal as its readers get it.
fn demo() -> &'static Tree {
    static SITE: OnceLock<Tree> = OnceLock::new();
    SITE.get_or_init(|| Project::demo().clean_site(DAY))
}

fn main_of<'s>(site: &'s Tree, path: &str) -> &'s str {
    elements(std::str::from_utf8(&site[path]).unwrap(), "main")[0]
}

/// The texts of a page, one a line.
fn lines(html: &str) -> Vec<String> {
    let parts = html.split('<').skip(1).filter_map(|part| Some(part.split_once('>')?.1));
    parts.map(|text| unescape(text.trim())).filter(|text| !text.is_empty()).collect()
}

/// Whether a word is an id as ledgers have them: small letters, a hyphen, digits behind it.
fn is_raw_id(word: &str) -> bool {
    let parts = word.split_once('-');
    parts.is_some_and(|(head, rest)| {
        !head.is_empty()
            && head.chars().all(|c| c.is_ascii_lowercase())
            && rest.starts_with(|c: char| c.is_ascii_alphanumeric())
            && rest.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && rest.chars().any(|c| c.is_ascii_digit())
    })
}

#[test]
fn ids_of_ledgers_are_not_shown_to_readers() {
    let mut found = Vec::new();
    let pages = demo().keys().filter(|path| path.ends_with(".html"));
    // What was withdrawn has no name any more: its id is all that is told.
    for path in pages.filter(|path| *path != "corrections.html" && *path != "data/index.html") {
        let region = path.strip_prefix("regions/").and_then(|rest| rest.strip_suffix(".html"));
        for line in lines(main_of(demo(), path)).iter().filter(|line| !line.starts_with("https://")) {
            let words = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
            let raw = words.filter(|word| is_raw_id(word) || region == Some(word));
            found.extend(raw.map(|word| format!("{path}: {word}")));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn an_id_that_the_office_prints_stays() {
    let says =
        |path: &str, id: &str| assert!(lines(main_of(demo(), path)).iter().any(|line| line == id), "{path}");
    says("grids/WG-990101101-01.html", "WG-990101101-01");
    says("enterprises/91990101MA0FMN345Q.html", "91990101MA0FMN345Q");
    says("sampling/2026-07/XBJ26990101000000701.html", "XBJ26990101000000701");
}

#[test]
fn a_correction_names_the_record_as_its_page_does_and_a_withdrawal_its_id_alone() {
    let lines = lines(main_of(demo(), "corrections.html"));
    assert!(lines.iter().any(|line| line == "抽检通告 2026年第7号"), "{lines:?}");
    assert!(lines.iter().any(|line| line == "行政处罚 pen-2025-0036"), "{lines:?}");
}

#[test]
fn a_recall_says_each_fact_once() {
    for path in ["recalls/rec-2026-0001.html", "recalls/rec-2026-0002.html"] {
        let main = main_of(demo(), path);
        let behind = &main[main.find("</nav>").unwrap()..];
        let lines = lines(behind);
        // Two things may have happened on one day.
        let is_day = |line: &str| line.starts_with(|c: char| c.is_ascii_digit()) && line.ends_with('日');
        let facts =
            lines.iter().filter(|line| line.chars().count() > 3 && !line.starts_with('“') && !is_day(line));
        for fact in facts {
            assert_eq!(lines.iter().filter(|line| *line == fact).count(), 1, "{path}: {fact}");
        }
        assert!(behind.contains("tel:0000-"), "{path}");
    }
    let of_the_portal = main_of(demo(), "recalls/rec-2026-0001.html");
    assert!(of_the_portal.contains(">样例县示例糕点有限公司</a>"), "its producer is led to");
}

#[test]
fn a_ban_promises_no_repair_and_a_penalty_does() {
    let ban = main_of(demo(), "bans/ban-2024-0002.html");
    assert!(ban.contains("不能通过信用修复提前解除") && !ban.contains("怎样修复信用"));
    assert!(main_of(demo(), "penalties/pen-2026-0018.html").contains("怎样修复信用"));
}

#[test]
fn a_blacklist_entry_states_its_legal_basis_and_that_of_its_penalty_if_they_are_known() {
    let known = lines(main_of(demo(), "blacklist/blk-2026-0003.html"));
    for (label, basis) in
        [("列入依据", "市场监督管理严重违法失信名单管理办法第五条"), ("处罚依据", "食品安全法第一百二十三条")]
    {
        let at = known.iter().position(|line| line == label).unwrap();
        assert_eq!(known[at + 1], basis);
    }
    let unknown = lines(main_of(demo(), "blacklist/blk-2025-0004.html"));
    assert!(!unknown.iter().any(|line| line == "列入依据" || line == "处罚依据"), "{unknown:?}");
}

#[test]
fn what_is_left_of_an_enterprise_says_what_became_of_it() {
    let mut seen = [0, 0];
    for (path, bytes) in demo().iter().filter(|(path, _)| path.starts_with("enterprises/")) {
        let main = elements(std::str::from_utf8(bytes).unwrap(), "main")[0];
        let lines = lines(main);
        let has = |words: &str| lines.iter().any(|line| line.contains(words));
        if !has("供核对原有公示牌和二维码") {
            continue;
        }
        let is_lost = lines.iter().any(|line| line == "失联");
        assert_eq!((has("已注销，不再经营"), has("联系不上")), (!is_lost, is_lost), "{path}");
        assert!(!has("未公布"), "{path}: nothing on it is left out");
        seen[usize::from(is_lost)] += 1;
    }
    assert!(seen[0] > 0 && seen[1] > 0, "{seen:?}");
}

#[test]
fn cadres_are_counted_alike_and_the_list_says_who_has_left() {
    let home = lines(main_of(demo(), "index.html"));
    let door = home.iter().find_map(|line| line.strip_suffix(" 名在任包保干部")).unwrap();
    let figures = std::str::from_utf8(&demo()["data/figures.csv"]).unwrap();
    let row =
        figures.lines().find(|line| line.contains("cadres") && line.contains("9901,")).unwrap_or_default();
    let list = main_of(demo(), "cadres/index.html");
    let rows = elements(list, "tbody")[0].matches("<tr>").count();
    let left = elements(list, "tbody")[0].matches("已离任").count();
    assert_eq!((door.parse::<usize>().unwrap(), left), (rows - left, 1), "{row}");
    assert!(list.contains("共27条，其中1名已离任"), "{list}");
    assert!(!main_of(demo(), "enterprises/index.html").contains("已离任"));
}

/// What an indicator's page says of its target.
fn verdict(site: &Tree, id: &str) -> String {
    let lines = lines(main_of(site, &format!("indicators/{id}.html")));
    let at = lines.iter().position(|line| line == "达标情况").unwrap();
    lines[at + 1].clone()
}

#[test]
fn an_indicator_and_the_figure_beside_it_say_the_same_of_their_target() {
    let said = |name: &str| {
        let home = lines(main_of(demo(), "index.html"));
        let at = home.iter().position(|line| line == name).unwrap();
        home[at..at + 4]
            .iter()
            .find_map(|line| line.strip_prefix("目标 "))
            .unwrap()
            .rsplit(' ')
            .next()
            .unwrap()
            .to_string()
    };
    for (id, name) in
        [("ind-2026-01", "抽检合格率"), ("ind-2026-02", "核查处置完成率"), ("ind-2026-03", "包保覆盖率")]
    {
        assert_eq!(verdict(demo(), id), said(name), "{name}");
    }
    assert_eq!(verdict(demo(), "ind-2026-01"), "未到期");
    assert_eq!(verdict(demo(), "ind-2026-03"), "达标");
    assert_eq!(verdict(demo(), "ind-2026-04"), "未达标", "its last day is over");
    let next_year = Project::demo().clean_site("2027-01-01");
    assert_eq!(verdict(&next_year, "ind-2026-01"), "未达标");
}

#[test]
fn a_chart_says_to_the_ear_what_it_counts_until_when_and_its_ends() {
    let described = |path: &str| {
        let page = main_of(demo(), path);
        let said = tags(page).into_iter().filter(|tag| tag.name == "desc");
        said.map(|tag| (tag.get("id").unwrap().to_string(), tag.text)).collect::<Vec<_>>()
    };
    let home = described("index.html");
    assert_eq!(
        home[0].1,
        "合格批次占公布结果的批次的百分比，数据截至2026年10月29日。图中有4项，最大的是2026年4月，90%；最小的是2026年6月，80%。最近的是2026年10月，90%。目标98%，4项未达标。"
    );
    assert_eq!(
        home[1].1,
        "常住人口每千人的公布结果的批次，数据截至2026年10月29日。图中有3项，最大的是样例县，5.37；最小的是模范县，3.75。目标6。"
    );
    for path in ["index.html", "progress.html", "progress/990101.html", "plans/demo-city-2026.html"] {
        for (id, said) in described(path) {
            let is_sentence = said.ends_with('。') && !said.contains('—') && !said.contains(';');
            assert!(is_sentence && !said.contains('{') && !said.contains("，，"), "{path} {id}: {said}");
        }
    }
    assert!(
        described("plans/demo-city-2026.html")[0]
            .1
            .starts_with("共30项任务，从2026年3月1日到2027年2月28日。")
    );
}
