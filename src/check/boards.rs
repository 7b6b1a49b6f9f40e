//! Wall notices: the persons and telephones that must stand on them.
//!
//! In: boards, their enterprises with the cadres in charge, regions with their stations. Persons come from the
//! enterprise, the regulator's telephone from the board, else the station of the region, else the portal. Source: the
//! notices of places that were read, common practice. Not here: who needs a director (`staff`), printing.

use crate::diagnostic::{Code, Findings, Message};
use crate::record::board::{self, regulator};
use crate::record::cadre;
use crate::record::enterprise::{self, assignment};
use crate::record::region::{self, station};
use crate::record::value::View;

use super::Context;
use super::staff::class_with_director;
use super::subject::{Subject, members, step};

/// A notice without a required person or telephone.
pub const FIELDS: Code = Code("E-BOARD-FIELDS");

/// E-BOARD-FIELDS.
pub(super) fn notices(context: &Context<'_>, findings: &mut Findings) {
    let ledger = context.ledger;
    for (_, record, view) in ledger.records(&board::KIND) {
        let Some(owner) = view.text(board::ENTERPRISE).and_then(|id| ledger.find(&enterprise::KIND, id))
        else {
            continue;
        };
        let owner = owner.view(&enterprise::KIND);
        let is_over = view.date(board::VALID_TO).is_some_and(|last| last < context.as_of);
        if is_over || owner.choice(enterprise::STATUS) != Some("active") {
            continue;
        }
        let mut missing: Vec<(&str, &str)> = people(context, owner);
        let phone = view.object(board::REGULATOR).and_then(|own| own.text(regulator::PHONE_OFFICE));
        if phone.is_none() && !station_has_phone(context, owner) && ledger.settings.phone_office.is_empty() {
            missing.push(("监管单位电话", "the regulator's telephone"));
        }
        if view.value(board::HOTLINE).is_absent() && ledger.settings.hotline.is_empty() {
            missing.push(("投诉举报电话", "the hotline"));
        }
        if missing.is_empty() {
            continue;
        }
        let (zh, en): (Vec<&str>, Vec<&str>) = missing.into_iter().unzip();
        let message = Message::new(
            format!("公示牌缺：{}", zh.join("、")),
            format!("the wall notice lacks {}", en.join(", ")),
        );
        Subject::of(&board::KIND, record)
            .blame(findings, FIELDS, &[step(view, board::ENTERPRISE)], message)
            .hint(Message::new(
                "人员和电话取自企业、包保干部和监管所的记录，请在那里补齐",
                "persons and telephones come from the records of the enterprise, its cadre and its station: add them there",
            ));
    }
}

/// What of the people is missing.
fn people(context: &Context<'_>, owner: View<'_>) -> Vec<(&'static str, &'static str)> {
    let mut missing = Vec::new();
    let in_charge = members(owner, enterprise::COVERED_BY).find(|(_, entry)| {
        let begun = entry.date(assignment::FROM).is_some_and(|from| from <= context.as_of);
        let over = entry.date(assignment::TO).is_some_and(|to| to < context.as_of);
        entry.choice(assignment::ROLE) == Some("lead") && begun && !over
    });
    match in_charge.and_then(|(_, entry)| context.cadre(entry.text(assignment::CADRE)?)) {
        None => missing.push(("包保干部", "the covering cadre")),
        Some(cadre) if cadre.value(cadre::PHONE_OFFICE).is_absent() => {
            missing.push(("包保干部办公电话", "the cadre's office telephone"));
        }
        Some(_) => {}
    }
    if owner.list(enterprise::FS_OFFICERS).is_empty() {
        missing.push(("食品安全员", "the food-safety officer"));
    }
    if owner.value(enterprise::FS_DIRECTOR).is_absent() && class_with_director(context, owner).is_some() {
        missing.push(("食品安全总监", "the food-safety director"));
    }
    missing
}

/// Whether the station of a region, or of one above it, has a telephone.
fn station_has_phone(context: &Context<'_>, owner: View<'_>) -> bool {
    let mut code = owner.text(enterprise::REGION);
    for _ in 0..8 {
        let Some(region) = code.and_then(|code| context.ledger.find(&region::KIND, code)) else {
            return false;
        };
        let view = region.view(&region::KIND);
        if view.object(region::STATION).is_some_and(|own| own.text(station::PHONE_OFFICE).is_some()) {
            return true;
        }
        code = view.text(region::PARENT).or_else(|| parent_by_prefix(region.id.as_str()));
    }
    false
}

fn parent_by_prefix(code: &str) -> Option<&str> {
    let shorter = [9, 6, 4, 2].into_iter().find(|length| *length < code.len())?;
    code.get(..shorter)
}
