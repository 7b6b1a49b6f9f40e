//! The enterprise's own people: a food-safety officer for each, a director where the class needs one.
//!
//! In: active enterprises. Source: SAMR order 60 of 2022 as amended by order 97 (in force 2025-04-15), articles 5
//! and 6 (the classes are data, `record::rule_sets`); for canteens 集中用餐单位落实食品安全主体责任监督管理规定 (same day). Silent where the size is not given.

use crate::diagnostic::{Code, Findings, Message};
use crate::record::enterprise;
use crate::record::rule_sets::Canteen;
use crate::record::value::View;

use super::Context;
use super::subject::{Subject, step};

/// An enterprise without a food-safety officer.
pub const OFFICER: Code = Code("E-STAFF-OFFICER");
/// A large or middling enterprise or canteen without a food-safety director.
pub const DIRECTOR: Code = Code("E-STAFF-DIRECTOR");

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
            && let Some((zh, en)) = class_with_director(context, view)
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

/// The class by which an enterprise needs a director on the as-of date, in both languages. A canteen is judged by
/// its diners alone.
fn class_with_director(context: &Context<'_>, view: View<'_>) -> Option<(String, String)> {
    let in_force = || {
        let sets = context.ledger.settings.rule_sets.staff.iter();
        sets.filter(|(rule, ..)| rule.holds_on(context.as_of))
    };
    let kind = view.text(enterprise::BUSINESS_TYPE).unwrap_or_default();
    let is_such = |canteen: &&Canteen| canteen.words.iter().any(|word| kind.contains(word.as_str()));
    if let Some(Canteen { name: (zh, en), meals: least, .. }) =
        in_force().flat_map(|(_, _, canteens)| canteens).find(is_such)
    {
        let meals = view.count(enterprise::MEALS_PER_SITTING).filter(|meals| meals >= least)?;
        return Some((
            format!("{zh}，每餐次{meals}人，满{least}人"),
            format!("{en}, {meals} diners a sitting; {least} is the line"),
        ));
    }
    let scale = view.choice_of(enterprise::SCALE)?;
    let sector = view.choice_of(enterprise::SECTOR)?;
    let needs = in_force().any(|(_, scales, _)| scales.contains(&scale.key));
    needs.then(|| (format!("{}{}", scale.zh, sector.zh), format!("{}, {}", scale.en, sector.en)))
}
