//! IX-08: a guide to a service is of use only when it says whom to ask, what to bring, how it goes and how long it takes.
//!
//! In: a page whose column is of a type that holds guides (办事服务, 咨询投诉). Out: what it does not say. Source: 国办秘函〔2019〕19号, whose
//! inspectors open a guide and look for these elements; those that only some services have, such as a fee, are theirs to judge.
//!
//! Not here: whether what a guide says is right, and how its words are set. It looks for the element's usual words, in either script or
//! in English, and for a telephone that can be pressed.

use super::page::{Page, Place};
use super::rules::GUIDE;
use super::{Notes, Subject};
use crate::diagnostic::Message;

/// An element of a guide: its names, and words of which one must stand there.
struct Element {
    zh: &'static str,
    en: &'static str,
    words: &'static [&'static str],
}

/// Words in simplified and traditional characters, and in small letters.
const ELEMENTS: [Element; 3] = [
    Element {
        zh: "要准备的材料",
        en: "what to bring",
        words: &["材料", "准备", "準備", "携带", "攜帶", "提交", "bring", "prepare", "documents"],
    },
    Element {
        zh: "办理流程",
        en: "how it goes",
        words: &[
            "流程",
            "步骤",
            "步驟",
            "程序",
            "怎么办理",
            "怎麼辦理",
            "怎样办理",
            "怎樣辦理",
            "如何办理",
            "如何辦理",
            "steps",
            "procedure",
            "what happens",
        ],
    },
    Element {
        zh: "办理时限",
        en: "how long it takes",
        words: &[
            "时限",
            "時限",
            "期限",
            "工作日",
            "日内",
            "日內",
            "天内",
            "天內",
            "当场",
            "當場",
            "working day",
            "within",
            "time limit",
        ],
    },
];

/// Looks at a guide; other pages are passed over.
pub(super) fn judge(subject: &Subject<'_>, page: &Page<'_>, notes: &mut Notes<'_>) {
    if !subject.is_guide {
        return;
    }
    let text = page.words(page.main).to_lowercase();
    let in_main = |target: &str| {
        page.links.iter().any(|link| link.place == Place::Main && link.target.starts_with(target))
    };
    let mut lacks = Vec::new();
    if !in_main("tel:") {
        lacks.push(("可以拨打的咨询电话", "a telephone to press"));
    }
    let missing = ELEMENTS.iter().filter(|element| !element.words.iter().any(|word| text.contains(word)));
    lacks.extend(missing.map(|element| (element.zh, element.en)));
    for (zh, en) in lacks {
        let message = Message::new(format!("办事指南没有写{zh}"), format!("the guide does not say {en}"));
        notes.whole(&GUIDE, en, message).hint = Some(Message::new(
            "在正文里补上；电话写成链接，例如 [12315](tel:12315)",
            "add it to the text; write a telephone as a link, such as [12315](tel:12315)",
        ));
    }
}
