//! The enterprise's own people: a food-safety officer for each, a director where the class needs one.
//!
//! In: active enterprises. Source: SAMR order 60 of 2022 as amended by order 97 (in force 2025-04-15), articles 5
//! and 6 (the classes are data, `record::rule_sets`); for canteens 集中用餐单位落实食品安全主体责任监督管理规定 (same day). Silent where the size is not given.

use crate::code::{LicencePrefix, licence_form};
use crate::diagnostic::{Code, Findings, Message};
use crate::record::enterprise::{self, chain, licence};
use crate::record::rule_sets::{Canteen, Staff};
use crate::record::value::View;

use super::Context;
use super::subject::{Subject, members, step};

/// An enterprise without a food-safety officer.
pub const OFFICER: Code = Code("E-STAFF-OFFICER");
/// An enterprise or canteen of a class that needs a food-safety director, without one.
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
pub(super) fn class_with_director(context: &Context<'_>, view: View<'_>) -> Option<(String, String)> {
    let sets = context.ledger.settings.rule_sets.staff.iter();
    let in_force: Vec<&Staff> = sets.filter(|set| set.rule.holds_on(context.as_of)).collect();
    let sector = view.choice_of(enterprise::SECTOR)?;
    if in_force.iter().any(|set| set.special_food) && sector.key == "production" && makes_special_food(view) {
        return Some(("特殊食品生产企业".to_string(), "a producer of special food".to_string()));
    }
    if in_force.iter().any(|set| set.chain_heads)
        && view.object(enterprise::CHAIN).and_then(|chain| chain.choice(chain::ROLE)) == Some("head")
    {
        return Some(("连锁企业总部".to_string(), "the head office of a chain".to_string()));
    }
    let kind = view.text(enterprise::BUSINESS_TYPE).unwrap_or_default();
    let is_such = |canteen: &&Canteen| canteen.words.iter().any(|word| kind.contains(word.as_str()));
    if let Some(Canteen { name: (zh, en), meals: least, .. }) =
        in_force.iter().flat_map(|set| &set.canteens).find(is_such)
    {
        if *least == 0 {
            return Some((zh.clone(), en.clone()));
        }
        let meals = view.count(enterprise::MEALS_PER_SITTING).filter(|meals| meals >= least)?;
        return Some((
            format!("{zh}，每餐次{meals}人，满{least}人"),
            format!("{en}, {meals} diners a sitting; {least} is the line"),
        ));
    }
    let scale = view.choice_of(enterprise::SCALE)?;
    let needs = in_force.iter().any(|set| set.scales.contains(&scale.key));
    needs.then(|| (format!("{}{}", scale.zh, sector.zh), format!("{}, {}", scale.en, sector.en)))
}

/// Whether an enterprise says that it makes special food, or its licence does: 27 to 29 behind `SC1` are health food, formula
/// for medical purposes and infant formula.
fn makes_special_food(view: View<'_>) -> bool {
    let by_licence = |entry: View<'_>| {
        let form = entry.text(licence::LICENCE_NO).and_then(licence_form);
        form.is_some_and(|(prefix, digits)| {
            prefix == LicencePrefix::Sc && matches!(digits.get(..3), Some("127" | "128" | "129"))
        })
    };
    !view.list(enterprise::SPECIAL_FOOD).is_empty()
        || members(view, enterprise::LICENCES).any(|(_, entry)| by_licence(entry))
}
