//! A chapter has the chapters of its book beside it and ends with the questions of its subject and the laws on which it rests.

use crate::support::html::elements;
use crate::support::{DAY, Project};

const BOOK: &str = "content/books/2026-village/book.yaml";
const CHAPTER: &str = "content/books/2026-village/04-ledgers.md";
const PAGE: &str = "books/2026-village/ledgers.html";

fn portal() -> Project {
    let portal = Project::small();
    portal.edit(
        BOOK,
        "outputs: [web]\n",
        "laws: [{title: 食品安全法, article: 第四条, text: 企业负责}, {title: 食品安全法, article: 第六条, text: 政府负责}, {title: 食品安全法实施条例, article: 第四条, text: 别的条}]\n",
    );
    portal.write(
        CHAPTER,
        "---\ntitle: 看台账\nsubject: 台账\nlaws: [食品安全法第四条]\n---\n\n## 先看\n\n看三本。\n",
    );
    let question = |no: u32, subject: &str| {
        format!(
            "  - {{id: q-{no}, type: judge, subject: {subject}, stem: 第{no}题。, answer: [wrong], explain: 讲{no}}}\n"
        )
    };
    let mut questions = "questions:\n".to_string();
    (1..=6).for_each(|no| questions += &question(no, "台账"));
    questions += &question(7, "抽检");
    questions += "  - {id: q-0, type: multi, subject: 台账, stem: 哪几本？, options: {A: 日管控, B: 周排查, C: 相册}, answer: [A, B]}\n";
    portal.write("content/ledgers/questions.yaml", questions);
    portal
}

fn page(site: &crate::support::Tree, path: &str) -> String {
    String::from_utf8(site[path].clone()).unwrap()
}

#[test]
fn a_chapter_asks_the_first_five_questions_of_its_subject_with_closed_answers() {
    let site = portal().clean_site(DAY);
    let page = page(&site, PAGE);
    let quiz = &page[page.find("id=\"quiz\"").unwrap()..];
    let quiz = elements(quiz, "ol")[0];
    for words in ["哪几本？", "A 日管控", "C 相册", "A 日管控；B 周排查", "第4题。", "错误", "讲4"]
    {
        assert!(quiz.contains(words), "{words}: {quiz}");
    }
    for words in ["第5题。", "第7题。"] {
        assert!(!page.contains(words), "{words}");
    }
    let answers = elements(quiz, "details");
    assert_eq!(answers.len(), 5);
    assert!(answers.iter().all(|answer| answer.starts_with("<details>")), "{answers:?}");
}

#[test]
fn a_chapter_shows_the_laws_it_names_and_no_others() {
    let portal = portal();
    let folded = |page: &str| {
        elements(page, "details").into_iter().find(|part| part.contains("企业负责")).map(str::to_string)
    };
    let laws = folded(&page(&portal.clean_site(DAY), PAGE)).unwrap();
    assert!(laws.starts_with("<details>") && laws.contains("食品安全法 第四条"), "{laws}");
    assert!(!laws.contains("政府负责") && !laws.contains("别的条"), "{laws}");
    portal.edit(CHAPTER, "laws: [食品安全法第四条]", "laws: [食品安全法]");
    let laws = folded(&page(&portal.clean_site(DAY), PAGE)).unwrap();
    assert!(laws.contains("政府负责") && !laws.contains("别的条"), "{laws}");
    // A chapter without either has neither.
    let other = page(&portal.clean_site(DAY), "books/2026-village/steps.html");
    assert!(!other.contains("id=\"quiz\"") && !other.contains("企业负责"));
}

#[test]
fn an_edited_question_or_law_reaches_its_chapter() {
    let portal = portal();
    portal.build(DAY).ends(0);
    portal.edit("content/ledgers/questions.yaml", "stem: 第1题。", "stem: 改过的题。");
    portal.build(DAY).ends(0);
    assert!(page(&portal.site(), PAGE).contains("改过的题。"));
    portal.edit(BOOK, "企业负责", "企业自己负责");
    portal.build(DAY).ends(0);
    assert!(page(&portal.site(), PAGE).contains("企业自己负责"));
}

#[test]
fn beside_a_chapter_stand_all_of_its_book_also_when_another_one_gets_a_new_name() {
    let portal = portal();
    portal.build(DAY).ends(0);
    let beside = || {
        let page = page(&portal.site(), PAGE);
        elements(&page, "nav").into_iter().find(|nav| nav.contains("toc side")).unwrap().to_string()
    };
    let links = elements(&beside(), "a").join("\n");
    assert_eq!(
        links.replace(" aria-current=\"true\"", "!"),
        "<a href=\"what.html\">1. 包保是什么\n<a href=\"steps.html\">2. 五步怎么走\n<a href=\"ledgers.html\"!>3. 看台账"
    );
    portal.edit("content/books/2026-village/01-what.md", "title: 包保是什么", "title: 先做什么");
    portal.build(DAY).ends(0);
    assert!(beside().contains(">1. 先做什么</a>"), "{}", beside());
}
