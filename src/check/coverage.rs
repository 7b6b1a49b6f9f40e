//! Coverage: every active enterprise has one lead cadre of the right tier, who is in office and not overloaded.
//!
//! In: `covered_by` of enterprises and the cadres it names. What has ended by the calendar is a warning. Not here:
//! cadres that do not exist (`references`), the order of days (`dates`).

use std::collections::HashMap;

use crate::calendar::Date;
use crate::diagnostic::{Code, Findings, Message, Step};
use crate::record::choices::TIERS;
use crate::record::enterprise::{self, assignment};
use crate::record::value::{Record, View};
use crate::record::{cadre, field::Choice};

use super::Context;
use super::subject::{Subject, is_spoilt, item, members, step};

/// An active enterprise that was never given a lead cadre.
pub const NONE: Code = Code("E-COVERAGE-NONE");
/// An active enterprise whose lead assignments are over or have not begun.
pub const LAPSED: Code = Code("W-COVERAGE-LAPSED");
/// A lead cadre of another tier than the level map asks for.
pub const LEVEL: Code = Code("E-COVERAGE-LEVEL");
/// Two lead cadres at one time.
pub const OVERLAP: Code = Code("E-COVERAGE-OVERLAP");
/// More enterprises a cadre than the setting allows.
pub const LOAD: Code = Code("W-COVERAGE-LOAD");
/// A cadre who has left and is still assigned.
pub const CADRE_LEFT: Code = Code("W-CADRE-LEFT");
/// A cadre without a signed pledge.
pub const PLEDGE_MISSING: Code = Code("E-PLEDGE-MISSING");

/// One entry of `covered_by` with its days.
#[derive(Clone, Copy)]
struct Assignment<'l> {
    at: usize,
    entry: View<'l>,
    cadre: &'l str,
    from: Date,
    to: Option<Date>,
}

impl<'l> Assignment<'l> {
    /// The lead assignments of an enterprise that could be read.
    fn leads(view: View<'l>) -> impl Iterator<Item = Assignment<'l>> {
        members(view, enterprise::COVERED_BY).filter_map(|(at, entry)| {
            let lead = entry.choice(assignment::ROLE) == Some("lead");
            let cadre = entry.text(assignment::CADRE).filter(|_| lead)?;
            let to = entry.date(assignment::TO);
            Some(Assignment { at, entry, cadre, from: entry.date(assignment::FROM)?, to })
        })
    }

    fn runs_on(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|last| day <= last)
    }

    fn path(&self, view: View<'_>, last: Option<Step>) -> Vec<Step> {
        [step(view, enterprise::COVERED_BY), item(self.at)].into_iter().chain(last).collect()
    }
}

fn enterprises<'l>(context: &Context<'l>) -> impl Iterator<Item = (&'l Record, View<'l>)> {
    context.ledger.records(&enterprise::KIND).map(|(_, record, view)| (record, view))
}

fn is_active(view: View<'_>) -> bool {
    view.choice(enterprise::STATUS) == Some("active")
}

/// E-COVERAGE-NONE, W-COVERAGE-LAPSED.
pub(super) fn leads(context: &Context<'_>, findings: &mut Findings) {
    let (mut covered, mut all) = (0, 0);
    let mut without = Vec::new();
    for (record, view) in enterprises(context).filter(|(_, view)| is_active(*view)) {
        all += 1;
        let spoilt = is_spoilt(view.value(enterprise::COVERED_BY));
        if spoilt || Assignment::leads(view).any(|lead| lead.runs_on(context.as_of)) {
            covered += 1;
        } else {
            without.push((record, view));
        }
    }
    for (record, view) in without {
        let name = view.text(enterprise::NAME).unwrap_or(record.id.as_str());
        let subject = Subject::of(&enterprise::KIND, record);
        let path = [step(view, enterprise::COVERED_BY)];
        let last = Assignment::leads(view).max_by_key(|lead| (lead.to, lead.from));
        let Some(last) = last else {
            let message = Message::new(
                format!("“{name}”未落实包保干部（覆盖率须为100%，当前 {covered}/{all}）"),
                format!("no lead cadre covers `{name}` ({covered} of {all} active enterprises are covered)"),
            );
            subject.blame(findings, NONE, &path, message).hint(Message::new(
                "在 covered_by 里写一条 {cadre: 干部编号, role: lead, from: 日期, basis: 文号}；停业、注销的改 status",
                "add {cadre: …, role: lead, from: …, basis: …} under `covered_by`, or set `status` if it has closed",
            ));
            continue;
        };
        let (zh, en) = match last.to {
            Some(to) if to < context.as_of => (format!("已于 {to} 结束"), format!("ended on {to}")),
            _ => (format!("自 {} 起才开始", last.from), format!("begins only on {}", last.from)),
        };
        let message = Message::new(
            format!("“{name}”的主包保{zh}，现无人包保（覆盖率须为100%，当前 {covered}/{all}）"),
            format!(
                "the lead coverage of `{name}` {en}; nobody covers it now ({covered} of {all} are covered)"
            ),
        );
        subject.blame(findings, LAPSED, &last.path(view, None), message).hint(Message::new(
            "接任的干部在 covered_by 里另起一条，原来的一条保留",
            "add an entry for the successor under `covered_by`; keep the old one",
        ));
    }
}

/// E-COVERAGE-LEVEL, of leads that are not over.
pub(super) fn levels(context: &Context<'_>, findings: &mut Findings) {
    for (record, view) in enterprises(context) {
        let Some(level) = view.choice(enterprise::COVERAGE_LEVEL) else { continue };
        for lead in Assignment::leads(view) {
            let Some(wanted) = context.ledger.settings.tier_of(level, lead.from) else { continue };
            let Some(cadre) = context.cadre(lead.cadre) else { continue };
            let last = [lead.to, cadre.date(cadre::TO)].into_iter().flatten().min();
            if last.is_some_and(|last| last < context.as_of) {
                continue;
            }
            let Some(found) = cadre.choice_of(cadre::LEVEL).filter(|found| found.key != wanted) else {
                continue;
            };
            let name = cadre.text(cadre::NAME).unwrap_or(lead.cadre);
            let tier = tier(wanted);
            let message = Message::new(
                format!(
                    "包保{level}级主体应由{}干部包保，现为{}“{name}”",
                    tier.map_or(wanted, |tier| tier.zh),
                    found.zh
                ),
                format!(
                    "coverage level {level} is for cadres of tier `{wanted}`; `{name}` is of tier `{}`",
                    found.key
                ),
            );
            let path = lead.path(view, Some(step(lead.entry, assignment::CADRE)));
            let subject = Subject::of(&enterprise::KIND, record);
            subject
                .blame(findings, LEVEL, &path, message)
                .hint(Message::new(
                    "换成对应层级的干部，或改正 coverage_level；本地对应关系在 portal.yaml 的 coverage.map",
                    "name a cadre of that tier, or correct `coverage_level`; the map is `coverage.map` in portal.yaml",
                ))
                .other(
                    subject.place(&[step(view, enterprise::COVERAGE_LEVEL)]),
                    Message::new("包保等级写在这里", "the coverage level stands here"),
                );
        }
    }
}

fn tier(key: &str) -> Option<&'static Choice> {
    TIERS.iter().find(|tier| tier.key == key)
}

/// E-COVERAGE-OVERLAP.
pub(super) fn overlaps(context: &Context<'_>, findings: &mut Findings) {
    for (record, view) in enterprises(context) {
        if view.list(enterprise::COVERED_BY).len() < 2 {
            continue;
        }
        let mut leads: Vec<Assignment<'_>> = Assignment::leads(view).collect();
        for lead in &mut leads {
            // A cadre who left covers nobody, even if the entry was left open.
            lead.to = [lead.to, context.last_day_of(lead.cadre)].into_iter().flatten().min();
        }
        leads.sort_by_key(|lead| (lead.from, lead.at));
        for (at, later) in leads.iter().enumerate() {
            let ends_before = |lead: &Assignment<'_>, day| lead.to.is_some_and(|last| last < day);
            let clash = leads.iter().take(at).find(|earlier| {
                !ends_before(earlier, later.from)
                    && !ends_before(earlier, earlier.from)
                    && !ends_before(later, later.from)
            });
            let Some(earlier) = clash else { continue };
            let until = [earlier.to, later.to].into_iter().flatten().min();
            let (until_zh, until_en) = match until {
                Some(day) => (day.to_string(), format!("to {day}")),
                None => ("今".to_string(), "on".to_string()),
            };
            let (a, b) = (named(context, earlier.cadre), named(context, later.cadre));
            let message = Message::new(
                format!("{}至{until_zh}有两名主包保干部：{a}、{b}", later.from),
                format!("from {} {until_en} there are two lead cadres: {a} and {b}", later.from),
            );
            let subject = Subject::of(&enterprise::KIND, record);
            subject
                .blame(findings, OVERLAP, &later.path(view, Some(step(later.entry, assignment::FROM))), message)
                .hint(Message::new(
                    "给前一条写上 to，后一条从次日起；一起包保的写 role: assist",
                    "end the earlier entry with `to` and begin the later one the day after; a second cadre is `role: assist`",
                ))
                .other(
                    subject.place(&earlier.path(view, None)),
                    Message::new("另一条在这里", "the other entry"),
                );
        }
    }
}

fn named<'l>(context: &Context<'l>, id: &'l str) -> &'l str {
    context.cadre(id).and_then(|cadre| cadre.text(cadre::NAME)).unwrap_or(id)
}

/// W-COVERAGE-LOAD.
pub(super) fn loads(context: &Context<'_>, findings: &mut Findings) {
    if context.ledger.portal_values.is_none() {
        return;
    }
    let mut loads: HashMap<&str, i64> = HashMap::new();
    for (_, view) in enterprises(context).filter(|(_, view)| is_active(*view)) {
        for lead in Assignment::leads(view).filter(|lead| lead.runs_on(context.as_of)) {
            *loads.entry(lead.cadre).or_default() += 1;
        }
    }
    let most = context.ledger.settings.max_load;
    for (_, record, view) in context.ledger.records(&cadre::KIND) {
        let load = loads.get(record.id.as_str()).copied().unwrap_or(0);
        if load <= most {
            continue;
        }
        let name = view.text(cadre::NAME).unwrap_or(record.id.as_str());
        let message = Message::new(
            format!("“{name}”包保{load}家，超过上限{most}家"),
            format!("`{name}` covers {load} enterprises; the limit is {most}"),
        );
        Subject::of(&cadre::KIND, record).blame(findings, LOAD, &[step(view, cadre::ID)], message).hint(
            Message::new(
                "请调整责任清单，或在 portal.yaml 的 coverage.max_load 里改上限",
                "spread the enterprises, or change `coverage.max_load` in portal.yaml",
            ),
        );
    }
}

/// W-CADRE-LEFT.
pub(super) fn departed_cadres(context: &Context<'_>, findings: &mut Findings) {
    let departed: HashMap<&str, Date> = context
        .ledger
        .records(&cadre::KIND)
        .filter_map(|(_, record, view)| Some((record.id.as_str(), view.date(cadre::TO)?)))
        .filter(|(_, last)| *last < context.as_of)
        .collect();
    if departed.is_empty() {
        return;
    }
    for (record, view) in enterprises(context) {
        if view.choice(enterprise::STATUS) == Some("closed") {
            continue;
        }
        for (at, entry) in members(view, enterprise::COVERED_BY) {
            let Some(id) = entry.text(assignment::CADRE) else { continue };
            let Some(last) = departed.get(id) else { continue };
            if entry.date(assignment::TO).is_some_and(|last| last < context.as_of) {
                continue;
            }
            let name = named(context, id);
            let message = Message::new(
                format!("“{name}”已于 {last} 离任，请调整责任清单"),
                format!("`{name}` left office on {last} and is still assigned"),
            );
            let path = [step(view, enterprise::COVERED_BY), item(at), step(entry, assignment::CADRE)];
            Subject::of(&enterprise::KIND, record).blame(findings, CADRE_LEFT, &path, message).hint(
                Message::new(
                    format!("这一条写 to: {last}，接任的干部另起一条"),
                    format!("end this entry with `to: {last}` and add one for the successor"),
                ),
            );
        }
    }
}

/// E-PLEDGE-MISSING, of cadres in office.
pub(super) fn pledges(context: &Context<'_>, findings: &mut Findings) {
    for (_, record, view) in context.ledger.records(&cadre::KIND) {
        let left = view.date(cadre::TO).is_some_and(|last| last < context.as_of);
        if left || !view.value(cadre::PLEDGE).is_absent() {
            continue;
        }
        let name = view.text(cadre::NAME).unwrap_or(record.id.as_str());
        let message = Message::new(
            format!("“{name}”未登记承诺书签订日期"),
            format!("no signed pledge is recorded for `{name}`"),
        );
        Subject::of(&cadre::KIND, record)
            .blame(findings, PLEDGE_MISSING, &[step(view, cadre::PLEDGE)], message)
            .hint(Message::new(
                "写上 pledge: {signed_on: 日期, counterparty: 签订对象}；离任的写 to",
                "add `pledge: {signed_on: …, counterparty: …}`, or `to` if he has left",
            ));
    }
}
