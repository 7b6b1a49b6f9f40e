//! Self-tests: one page a scope, on which a cadre goes through its questions and opens each answer.

use crate::support::html::elements;
use crate::support::{DAY, Project};

const QUESTIONS: &str = "questions:
  - {id: q-1, type: single, scope: [sales, catering], stem: 冷藏柜几度？, options: {A: 0到8度, B: 15度}, answer: [A], explain: 看柜上的温度计。}
  - {id: q-2, type: judge, scope: [catering], stem: 过期原料可以用。, answer: [wrong], basis: 食品安全法第三十四条}
";

#[test]
fn a_question_stands_on_the_page_of_each_of_its_scopes_with_a_closed_answer() {
    let portal = Project::small();
    portal.write("content/ledgers/questions.yaml", QUESTIONS);
    let site = portal.clean_site(DAY);
    let page = |path: &str| String::from_utf8(site[path].clone()).unwrap();
    let (sales, catering) = (page("questions/scope/sales.html"), page("questions/scope/catering.html"));
    assert!(sales.contains("冷藏柜几度？") && !sales.contains("过期原料可以用。"));
    for words in ["冷藏柜几度？", "0到8度", "看柜上的温度计。", "过期原料可以用。", "食品安全法第三十四条"]
    {
        assert!(catering.contains(words), "{words}");
    }
    assert!(!site.contains_key("questions/scope/production.html"));
    // Answers stand in elements that are closed until somebody opens them.
    let answers: Vec<&str> =
        elements(&catering, "details").into_iter().filter(|part| part.contains("<summary>看答案")).collect();
    assert_eq!(answers.len(), 2);
    assert!(answers.iter().all(|answer| answer.starts_with("<details>")), "{answers:?}");
    assert!(page("questions/index.html").contains("scope/catering.html"));
}
