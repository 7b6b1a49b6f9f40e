//! The enterprise's own people: a food-safety officer for each, a director where the class needs one.
//!
//! In: active enterprises. Source: SAMR order 60 of 2022 as amended by order 97 (in force 2025-04-15), articles 5
//! and 6; for canteens 集中用餐单位落实食品安全主体责任监督管理规定 (same day). Silent where the size is not given.

use crate::diagnostic::{Code, Findings, Message};
use crate::record::enterprise;
use crate::record::value::View;

use super::Context;
use super::subject::{Subject, step};

/// An enterprise without a food-safety officer.
pub const OFFICER: Code = Code("E-STAFF-OFFICER");
/// A large or middling enterprise or canteen without a food-safety director.
pub const DIRECTOR: Code = Code("E-STAFF-DIRECTOR");

/// Words of a canteen's `business_type`, its name in messages, and the mean diners a sitting from which it needs a
/// director. The first that fits counts.
const CANTEENS: [(&[&str], &str, &str, i64); 5] = [
    (&["幼儿园", "托育"], "幼儿园食堂", "kindergarten canteen", 300),
    (&["养老", "敬老"], "养老机构食堂", "old people's home canteen", 300),
    (&["学校", "中小学", "高校"], "学校食堂", "school canteen", 500),
    (&["集体用餐配送", "供餐"], "供餐单位", "meal supplier", 1000),
    (&["食堂"], "单位食堂", "canteen", 1000),
];

/// E-STAFF-OFFICER, E-STAFF-DIRECTOR.
pub(super) fn staff(context: &Context<'_>, findings: &mut Findings) {
    for (_, record, view) in context.ledger.records(&enterprise::KIND) {
        if view.choice(enterprise::STATUS) != Some("active") {
            continue;
        }
        let name = view.text(enterprise::NAME).unwrap_or(record.id.as_str());
        let subject = Subject::of(&enterprise::KIND, record);
        let officers = view.value(enterprise::FS_OFFICERS);
        let none = officers.is_absent()
            || view.list(enterprise::FS_OFFICERS).is_empty()
                && !matches!(officers, crate::record::value::Value::Spoilt);
        // The rule speaks of enterprises; who has no credit code is a vendor or a workshop.
        if none && !view.value(enterprise::USCC).is_absent() {
            let message = Message::new(
                format!("“{name}”未填食品安全员（依法应当配备）"),
                format!("`{name}` names no food-safety officer; the law asks for one"),
            );
            let path = [step(view, enterprise::FS_OFFICERS)];
            subject.blame(findings, OFFICER, &path, message).hint(Message::new(
                "写上 fs_officers: [{name: 姓名, phone_office: 办公电话}]；可以兼任",
                "add `fs_officers: [{name: …, phone_office: …}]`; it may be a part-time duty",
            ));
        }
        if view.value(enterprise::FS_DIRECTOR).is_absent()
            && let Some((zh, en)) = class_with_director(view)
        {
            let message = Message::new(
                format!("该类主体（{zh}）应配备食品安全总监"),
                format!("`{name}` ({en}) must have a food-safety director"),
            );
            let path = [step(view, enterprise::FS_DIRECTOR)];
            subject.blame(findings, DIRECTOR, &path, message).hint(Message::new(
                "写上 fs_director: {name: 姓名}；总监应为管理层成员",
                "add `fs_director: {name: …}`; the director belongs to the management",
            ));
        }
    }
}

/// The class by which an enterprise needs a director, in both languages.
fn class_with_director(view: View<'_>) -> Option<(String, String)> {
    let scale = view.choice_of(enterprise::SCALE).filter(|scale| scale.key != "small");
    if scale.is_none() && view.value(enterprise::MEALS_PER_SITTING).is_absent() {
        return None;
    }
    let kind = view.text(enterprise::BUSINESS_TYPE).unwrap_or_default();
    let canteen = CANTEENS.iter().find(|(words, ..)| words.iter().any(|word| kind.contains(word)));
    if let Some((_, zh, en, least)) = canteen {
        return match view.count(enterprise::MEALS_PER_SITTING) {
            Some(meals) if meals >= *least => Some((
                format!("{zh}，每餐次{meals}人，满{least}人"),
                format!("{en}, {meals} diners a sitting; {least} is the line"),
            )),
            _ => None,
        };
    }
    let scale = scale?;
    let sector = view.choice_of(enterprise::SECTOR)?;
    Some((format!("{}{}", scale.zh, sector.zh), format!("{}, {}", scale.en, sector.en)))
}
