//! What may not be public is in no byte of what is published.

use std::io::Write as _;

use crate::support::{
    DAY, Project, Run, Tree, assert_same, differing, holders, holds, manifest, pages, small, tree,
};

/// Texts of the small portal's internal fields, and the names that a mask hides.
const INTERNAL: [&str; 13] = [
    "DEMO-ZRX-2026-0001",
    "台账缺一日未补记",
    "周排查报告未签字盖章",
    "整改照片存档号八八六六",
    "任务查看冷库温度",
    "成效总体尚可仍需努力",
    "现场合影之一",
    "示范市承诺对象",
    "样例县承诺对象",
    "73519",
    "孙样品甲",
    "褚旧例",
    "沈范例",
];

/// Every text of the blacklist entry that ends on 2026-11-30 and stands in no other record.
const EXPIRING: [&str; 6] = [
    "模范县旧例调味品厂",
    "91990103MA0J0L7A8J",
    "生产掺假掺杂的食品",
    "模市监列严〔2023〕2号",
    "模市监处罚〔2023〕9号",
    "没收违法所得一万二千元，罚款二十万元",
];

/// Every text of the penalty that is withdrawn on 2026-11-02.
const WITHDRAWN: [&str; 5] = [
    "样例县旧样粮油店",
    "92990101MA0J1Y5B4U",
    "销售掺假掺杂的食用植物油",
    "样市监处罚〔2025〕36号",
    "没收违法所得三千元，罚款十二万元",
];

#[track_caller]
fn assert_nowhere(site: &Tree, texts: &[&str]) {
    for text in texts {
        assert_eq!(holders(site, text), [""; 0], "{text}");
    }
}

#[track_caller]
fn assert_somewhere(site: &Tree, texts: &[&str]) {
    for text in texts {
        assert_ne!(holders(site, text), [""; 0], "{text}");
    }
}

#[track_caller]
fn assert_neutral_tombstone(site: &Tree, route: &str) {
    let page = String::from_utf8(site[route].clone()).unwrap();
    assert!(page.contains("noindex"), "{route}");
    assert!(!page.contains("ArticleTitle"), "{route}");
}

#[test]
fn internal_fields_and_masked_names_are_in_no_byte() {
    let project = Project::small();
    project.build(DAY).ends(0);
    let site = project.site();
    assert_nowhere(&site, &INTERNAL);
    assert_somewhere(&site, &["孙***", "沈**", "褚**", "王演示"]);
}

#[test]
fn a_name_is_in_no_byte_the_day_after_its_last_day() {
    let project = Project::small();
    project.build("2026-11-30").ends(0);
    assert_somewhere(&project.site(), &EXPIRING);
    project.build("2026-12-01").ends(0);
    assert_nowhere(&project.site(), &EXPIRING);
    assert_neutral_tombstone(&project.site(), "blacklist/blk-2023-0002.html");
    assert_same(&pages(project.site()), &pages(project.clean_site("2026-12-01")), "incremental and clean");
}

#[test]
fn what_is_withdrawn_is_in_no_byte_from_that_day() {
    let project = Project::small();
    project.build("2026-11-01").ends(0);
    assert_somewhere(&project.site(), &WITHDRAWN);
    project.build("2026-11-02").ends(0);
    assert_nowhere(&project.site(), &WITHDRAWN);
    assert_neutral_tombstone(&project.site(), "penalties/pen-2025-0036.html");
    assert_same(&pages(project.site()), &pages(project.clean_site("2026-11-02")), "incremental and clean");
}

#[test]
fn the_id_of_what_left_stands_only_where_its_leaving_is_told() {
    let project = Project::small();
    project.build("2026-12-01").ends(0);
    let site = project.site();
    assert_eq!(holders(&site, "blk-2023-0002"), ["blacklist/blk-2023-0002.html", "manifest.json"]);
    assert_eq!(
        holders(&site, "pen-2025-0036"),
        ["corrections.html", "manifest.json", "penalties/pen-2025-0036.html"]
    );
    let told = manifest(&site);
    let withdrawn: Vec<&str> =
        told["withdrawn"].as_array().unwrap().iter().map(|gone| gone["id"].as_str().unwrap()).collect();
    assert!(withdrawn.contains(&"blk-2023-0002") && withdrawn.contains(&"pen-2025-0036"), "{withdrawn:?}");
}

#[test]
fn what_has_not_begun_is_told_by_no_byte() {
    let project = Project::small();
    project.build("2026-09-19").ends(0);
    let site = project.site();
    assert_nowhere(
        &site,
        &[
            "pen-2026-0031",
            "样市监处罚〔2026〕31号",
            "关于节前抽检的短期公告",
            "notices/2026-02",
            "2026-08.html",
        ],
    );
    project.build(DAY).ends(0);
    assert_nowhere(
        &project.site(),
        &["尚未定稿的一篇消息", "草稿摘要不得外传", "谁也不该看到", "news/draft"],
    );
}

#[test]
fn an_expired_article_leaves_a_tombstone_and_no_word() {
    let project = Project::small();
    project.build("2026-12-05").ends(0);
    assert_somewhere(&project.site(), &["此公告只在节后两个月内公示"]);
    project.build("2026-12-06").ends(0);
    assert_nowhere(
        &project.site(),
        &["此公告只在节后两个月内公示", "关于节前抽检的短期公告", "节前抽检的安排"],
    );
    assert_neutral_tombstone(&project.site(), "articles/notices/2026-02.html");
}

#[test]
fn links_to_an_article_that_expired_become_words_and_the_rebuild_goes_through() {
    let project = Project::small();
    let linked = "上次见[节前公告](../notices/2026-02.md)，或[同一页](/articles/notices/2026-02.html)，未定稿见[草稿](draft.md)。\n";
    project
        .write("content/articles/news/2026-q3.md", project.text("content/articles/news/2026-q3.md") + linked);
    project.build("2026-12-05").ends(0);
    let news = "articles/news/2026-q3.html";
    assert!(holds(&project.site()[news], "notices/2026-02.html"));
    project.build("2026-12-06").ends(0);
    let page = String::from_utf8(project.site()[news].clone()).unwrap();
    assert!(page.contains("上次见节前公告，或同一页，未定稿见草稿。"), "{page}");
    assert_same(&pages(project.site()), &pages(project.clean_site("2026-12-06")), "incremental and clean");
}

#[test]
fn a_closed_enterprise_keeps_a_page_with_its_name_and_nothing_more() {
    let project = Project::small();
    project.build(DAY).ends(0);
    let site = project.site();
    let page = String::from_utf8(site["enterprises/92990102MA0TE5T24W.html"].clone()).unwrap();
    assert!(page.contains("示例区假想餐饮店") && page.contains("已注销"));
    assert_nowhere(&site, &["示例区模拟街道美食样街41号", "JY29901020001233", "吕占位"]);
    assert!(!holds(&site["enterprises/index.html"], "示例区假想餐饮店"));
}

/// Where a text that must not be public is planted, and the file that the message must name.
fn plant(project: &Project, place: &str, text: &str) -> &'static str {
    let repeated = format!("{text}，见附件。").repeat(3);
    match place {
        "article" => {
            let path = "content/articles/news/2026-q3.md";
            project.write(path, format!("{}\n{text}\n", project.text(path)));
            "articles/news/2026-q3.html"
        }
        "asset" => {
            project.write("content/assets/list.csv", format!("名称\n{text}\n"));
            "assets/list.csv"
        }
        "gz" => {
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            packed.write_all(repeated.as_bytes()).unwrap();
            project.write("content/assets/list.txt.gz", packed.finish().unwrap());
            "assets/list.txt.gz"
        }
        "docx" => {
            let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
            archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(repeated.as_bytes()).unwrap();
            project.write("content/assets/letter.docx", archive.finish().unwrap().into_inner());
            "assets/letter.docx"
        }
        "template" => {
            project.write("themes/default/templates/footer.html", format!("<footer><p>{text}</p></footer>"));
            "404.html"
        }
        "static" => {
            project.write("themes/default/static/note.txt", text);
            "theme/note.txt"
        }
        _ => unreachable!(),
    }
}

#[track_caller]
fn assert_stopped(project: &Project, before: &Tree, run: Run, file: &str) {
    let run = run.ends(1);
    assert!(run.err.contains(file), "{run}");
    assert_same(before, &tree(&project.path("site")), "the old site");
}

#[test]
fn a_leak_planted_anywhere_stops_publication_and_names_the_file() {
    for place in ["asset", "gz", "docx", "template", "static"] {
        for text in ["样例县旧样粮油店", "样市监处罚〔2025〕36号", "孙样品甲"] {
            let project = Project::small();
            project.build(DAY).ends(0);
            let before = project.site();
            let file = plant(&project, place, text);
            assert_stopped(&project, &before, project.build(DAY), file);
            assert_stopped(&project, &before, project.run("build", &["--as-of", DAY, "--no-cache"]), file);
        }
    }
}

#[test]
fn internal_texts_and_addresses_of_what_has_left_stop_publication() {
    for place in ["asset", "gz", "docx", "template", "static"] {
        let planted =
            [("E-VIS-INTERNAL", "台账缺一日未补记"), ("E-REMOVED-PRESENT", "penalties/pen-2025-0036.html")];
        for (code, text) in planted {
            let project = Project::small();
            project.build(DAY).ends(0);
            let before = project.site();
            let file = plant(&project, place, text);
            let run = project.build(DAY);
            assert!(run.err.contains(&format!("error[{code}]")), "{run}");
            assert_stopped(&project, &before, run, file);
        }
    }
}

#[test]
fn what_hangs_on_something_withdrawn_leaves_with_it() {
    let withdrawal = |kind: &str, id: &str| {
        format!("withdrawals:\n  - {{kind: {kind}, id: {id}, \"on\": 2026-11-03, reason: 录入有误}}\n")
    };
    for (kind, id, gone, tombstones) in [
        (
            "sampling_notice",
            "2026-07",
            &["2026年第7号", "XBJ26990101000000701", "腐霉利", "未索取产地证明", "黄豆酱"][..],
            &["sampling/2026-07.html", "sampling/2026-07/XBJ26990101000000701.html"][..],
        ),
        ("cadre", "county-0007", &["张示例", "0000-3456020"], &["cadres/county-0007.html"]),
        (
            "enterprise",
            "91990101MA0WBYTB3A",
            &["样例县样本粮油集团有限公司", "样本工业园2号", "卫假设", "SC10199010100019", "许参照"],
            &["enterprises/91990101MA0WBYTB3A.html"],
        ),
        (
            "book",
            "2026-village",
            &["先看证", "看证照原件"],
            &["books/2026-village.html", "books/2026-village/what.html"],
        ),
        ("article", "news/2026-q3", &["一处问题正在整改"], &["articles/news/2026-q3.html"]),
        ("page", "about", &["公布什么、谁来负责"], &["pages/about.html"]),
    ] {
        let project = Project::small();
        project.write("content/ledgers/more.yaml", withdrawal(kind, id));
        project.build(DAY).ends(0);
        let site = project.site();
        let own = |path: &String| {
            path != "manifest.json" && path != "corrections.html" && !tombstones.contains(&path.as_str())
        };
        for text in gone {
            let left: Vec<String> = holders(&site, text).into_iter().filter(own).collect();
            assert_eq!(left, [""; 0], "{kind} {id}: {text}");
        }
        for route in tombstones {
            assert_neutral_tombstone(&site, route);
        }
    }
}

#[test]
fn a_correction_of_something_that_left_hides_no_leak() {
    let project = Project::small();
    project.write(
        "content/ledgers/more.yaml",
        "corrections:\n  - {kind: penalty, id: pen-2025-0036, field: 当事人, was: 样例县新样粮油店, now: 样例县旧样粮油店, \"on\": 2025-10-03, reason: 录入有误}\n",
    );
    project.build(DAY).ends(0);
    assert_nowhere(&project.site(), &["样例县旧样粮油店", "样例县新样粮油店"]);
    let before = project.site();
    let file = plant(&project, "asset", "样例县旧样粮油店");
    assert_stopped(&project, &before, project.build(DAY), file);
}

#[test]
fn an_internal_text_that_every_page_prints_anyway_stops_nothing() {
    for word in
        ["合格", "现场", "地址", "首页", "行政处罚", "信息公开", "12", "提示", "0001", "食品安全员", "搜索"]
    {
        let project = Project::small();
        project.edit(
            "content/ledgers/visits.yaml",
            "summary: 成效总体尚可仍需努力",
            &format!("summary: \"{word}\""),
        );
        project.build(DAY).ends(0);
    }
}

#[test]
fn a_short_internal_text_as_a_field_of_its_own_stops_publication() {
    let project = Project::small();
    project.edit("content/ledgers/visits.yaml", "summary: 成效总体尚可仍需努力", "summary: 偏瘦");
    project.write("content/assets/plain.csv", "编号,总评\n1,偏瘦\n");
    project.build(DAY).ends(1);
    project.write("content/assets/plain.csv", "编号,总评\n1,肉质偏瘦的\n");
    project.build(DAY).ends(0);
}

#[test]
fn a_file_that_was_published_before_is_searched_again_when_something_leaves() {
    let project = Project::small();
    let file = plant(&project, "docx", "模范县旧例调味品厂");
    project.build("2026-11-30").ends(0);
    let before = project.site();
    let run = project.build("2026-12-01");
    for told in ["E-PUBLISH-EXPIRED", "2026-11-30", file] {
        assert!(run.err.contains(told), "{told}: {run}");
    }
    assert_stopped(&project, &before, run, file);
}

#[test]
fn a_name_that_an_article_tells_stops_nothing_when_its_record_leaves() {
    let project = Project::small();
    plant(&project, "article", "模范县旧例调味品厂");
    project.build("2026-11-30").ends(0);
    project.build("2026-12-01").ends(0);
}

/// The small portal with nothing that a build on any of the days could stumble over.
fn calendar_project() -> Project {
    Project::of(&small())
}

#[test]
fn the_site_stays_the_same_until_the_day_named_and_changes_on_it() {
    let project = calendar_project();
    let mut day = gongshi::calendar::Date::parse(DAY).unwrap();
    let mut changes = 0;
    project.build(DAY).ends(0);
    while changes < 6 {
        let site = project.clean_site(&day.to_string());
        let told = manifest(&site)["next_change"].as_str().map(str::to_string);
        let next = gongshi::calendar::Date::parse(&told.unwrap()).unwrap();
        assert!(next > day, "{next} is not after {day}");
        let mut between = day.plus_days(1);
        while between < next {
            // Every day of a short span, the first and the last days of a long one.
            let near = between < day.plus_days(4) || next < between.plus_days(3);
            if near {
                let other = project.clean_site(&between.to_string());
                assert_same(
                    &pages(site.clone()),
                    &pages(other),
                    &format!("{between} as {day}, before {next}"),
                );
            }
            between = between.plus_days(1);
        }
        let then = project.clean_site(&next.to_string());
        assert_ne!(differing(&pages(site), &pages(then)), [""; 0], "nothing changed on {next}");
        (day, changes) = (next, changes + 1);
    }
}
