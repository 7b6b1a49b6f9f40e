//! A pocket book is more than its chapters: steps, questions, laws, telephones, posters, blank forms, and a letter of its own.

use crate::support::html::{elements, tags};
use crate::support::{DAY, Project, assert_same};

const BOOK: &str = "content/books/2026-village/book.yaml";

const PARTS: &str = "\
flow: [{name: 先看证, text: 看挂在墙上的那张}, {name: 再看货}]
faq: [{q: 店关门怎么办？, a: 过几天再去。}]
laws: [{title: 食品安全法, article: 第三十五条, text: 经营要有许可, url: \"https://example.gov.cn/law\"}]
contacts: [{org: 样板镇市场监管所, phone_office: 0000-2345678}]
poster: [{title: 督导五步挂图, file: ../../assets/steps.svg}]
forms:
  - {name: 督查情况登记表, blanks: [企业名称, 日期], columns: [任务, 结果, 备注], items: [许可证, 进货票据], rows: 3, sign: [包保干部]}
  - {name: 承诺书, text: 我承诺每季度去一次。, sign: [承诺人]}
  - {name: 超长的表, columns: [内容], rows: 999999}
outputs: [web]
";

fn portal() -> Project {
    let portal = Project::small();
    portal.edit(BOOK, "outputs: [web]\n", PARTS);
    portal.write(
        "content/books/2026-village/03-letter.md",
        "---\ntitle: 致包保干部的一封信\npart: letter\n---\n\n您名下有几家店。\n",
    );
    portal.write("content/books/2026-village/04-end.md", "---\ntitle: 写在最后\n---\n\n有事打电话。\n");
    portal
}

fn page(portal: &Project, path: &str) -> String {
    String::from_utf8(portal.clean_site(DAY)[path].clone()).unwrap()
}

#[test]
fn every_part_of_a_book_stands_on_its_page() {
    let page = page(&portal(), "books/2026-village.html");
    for words in [
        "看挂在墙上的那张",
        "店关门怎么办？",
        "过几天再去。",
        "<a href=\"https://example.gov.cn/law\" rel=\"noopener noreferrer\">食品安全法</a>",
        "<a class=\"tel\" href=\"tel:0000-2345678\">",
        "<img src=\"../assets/steps.svg\" alt=\"督导五步挂图\"",
        "我承诺每季度去一次。",
        "<li>承诺人</li>",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn a_form_has_its_printed_column_and_blank_rows_and_never_too_many() {
    let page = page(&portal(), "books/2026-village.html");
    let forms: Vec<&str> = page.split("<section class=\"form\">").skip(1).collect();
    let count = |form: &str, name: &str| tags(form).iter().filter(|tag| tag.name == name).count();
    assert_eq!(forms.len(), 3);
    assert_eq!((count(forms[0], "tr"), count(forms[0], "td")), (1 + 2 + 3, 2 * 2 + 3 * 3));
    assert_eq!((count(forms[1], "tr"), count(forms[1], "td")), (0, 0));
    assert!(count(forms[2], "tr") <= 61);
}

#[test]
fn a_letter_has_a_page_of_its_own_and_is_no_chapter() {
    let portal = portal();
    let site = portal.clean_site(DAY);
    let text = |path: &str| String::from_utf8(site[path].clone()).unwrap();
    assert!(text("books/2026-village/letter.html").contains("您名下有几家店。"));
    let book = text("books/2026-village.html");
    assert!(book.contains("<a href=\"2026-village/letter.html\">致包保干部的一封信</a>"));
    let chapters = *elements(&book, "ol").iter().find(|list| list.contains("<li value")).unwrap();
    assert!(
        chapters.contains("value=\"3\"><a href=\"2026-village/end.html\"") && !chapters.contains("letter")
    );
    let second = text("books/2026-village/steps.html");
    assert!(second.contains("rel=\"next\" href=\"end.html\""), "a chapter is followed by a chapter");
}

#[test]
fn a_chapter_that_becomes_the_letter_leaves_its_neighbours_at_once() {
    let portal = portal();
    portal.build(DAY).ends(0);
    portal.edit("content/books/2026-village/04-end.md", "title: 写在最后", "title: 写在最后\npart: letter");
    portal.build(DAY).ends(0);
    assert_same(&portal.site(), &portal.clean_site(DAY), "the site built again");
    portal.edit("content/books/2026-village/03-letter.md", "part: letter", "part: chapter");
    portal.build(DAY).ends(0);
    assert_same(&portal.site(), &portal.clean_site(DAY), "the site built a third time");
}

#[test]
fn a_picture_keeps_its_room_before_it_loads_and_pages_follow_when_its_size_changes() {
    let portal = portal();
    let drawing =
        |size: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {size}><title>五步</title></svg>");
    for (size, room) in [
        ("width=\"640\" height=\"480\"", "width=\"640\" height=\"480\""),
        ("viewBox=\"0 0 30 20\"", "width=\"30\" height=\"20\""),
    ] {
        portal.write("content/assets/steps.svg", drawing(size));
        portal.build(DAY).ends(0);
        let site = portal.site();
        for page in ["articles/notices/2026-01.html", "books/2026-village.html"] {
            let html = String::from_utf8(site[page].clone()).unwrap();
            let picture = html.split("<img ").skip(1).find(|rest| rest.contains("steps.svg")).unwrap();
            let picture = picture.split('>').next().unwrap();
            assert!(picture.contains(room), "{page}: {picture}");
        }
        assert_same(&site, &portal.clean_site(DAY), size);
    }
}
