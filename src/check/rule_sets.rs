//! `rule_sets:` of portal.yaml: entries that can apply at all.
//!
//! In: the values of portal.yaml. Out: E-RULE-SET at the entry. Not here: what the rules say of records (`terms`,
//! `visits`, `coverage`, `staff`), and the shipped sets (`record::rule_sets`).

use std::collections::HashMap;

use crate::diagnostic::{Code, Findings, Message, Step};
use crate::record::field::{Public, Slot};
use crate::record::portal::{self as portal_table, coverage};
use crate::record::rule_sets::table::{self, publication, term};
use crate::record::value::{Value, View};

use super::Context;
use super::subject::{Subject, item, members, step};

/// A rule set that cannot apply: ended before it began, without a term, with an id that stands twice, or overruled.
pub const RULE_SET: Code = Code("E-RULE-SET");

/// E-RULE-SET.
pub(super) fn entries(context: &Context<'_>, findings: &mut Findings) {
    let Some((origin, values)) = context.ledger.portal_origin.zip(context.ledger.portal_values.as_ref())
    else {
        return;
    };
    let portal = View { fields: portal_table::FIELDS, values };
    let Some(sets) = portal.object(portal_table::RULE_SETS) else { return };
    let subject = Subject::portal(origin);
    let before = step(portal, portal_table::RULE_SETS);
    for slot in (0u16..).map(Public).take(table::FIELDS.len()) {
        let mut seen: HashMap<&str, Vec<Step>> = HashMap::new();
        for (at, entry) in members(sets, slot) {
            let path = vec![before, step(sets, slot), item(at)];
            let day = |key: &'static str| match entry.by_key(key) {
                Value::Date(day) => Some(*day),
                _ => None,
            };
            if let (Some(from), Some(to)) = (day("effective_from"), day("effective_to"))
                && to < from
            {
                let mut path = path.clone();
                path.push(Step::Key("effective_to"));
                let message = Message::new(
                    format!("规则集的失效之日 {to} 早于施行之日 {from}"),
                    format!("the rule set ends on {to}, before it begins on {from}"),
                );
                subject.blame(findings, RULE_SET, &path, message).hint(Message::new(
                    "effective_to 写最后适用的一天，仍在施行的不写",
                    "`effective_to` is the last day in force; leave it out while the rule holds",
                ));
            }
            let Some(id) = entry.by_key("id").as_text() else { continue };
            if let Some(earlier) = seen.insert(id, path.clone()) {
                let message = Message::new(
                    format!("规则集编号“{id}”写了两次，只有后一条起作用"),
                    format!("the rule set `{id}` is written twice; only the later entry would count"),
                );
                subject
                    .blame(findings, RULE_SET, &path, message)
                    .hint(Message::new("前后版本各用各的编号", "give each version an id of its own"))
                    .other(subject.place(&earlier), Message::new("先前在此", "first here"));
            }
        }
    }
    terms(subject, before, sets, findings);
    overruled(subject, portal, sets, findings);
}

/// What `coverage:` states stands before the sets of the same name, so that these would never apply.
fn overruled(subject: Subject<'_>, portal: View<'_>, sets: View<'_>, findings: &mut Findings) {
    let Some(rules) = portal.object(portal_table::COVERAGE) else { return };
    let pairs = [(coverage::MAP, table::LEVELS), (coverage::VISITS_PER_YEAR, table::VISITS)];
    for (stated, set) in pairs {
        if rules.value(stated).is_absent() || sets.list(set).is_empty() {
            continue;
        }
        let name = |view: View<'_>, slot: Public| view.fields.get(slot.index()).map_or("", |field| field.key);
        let (stated_name, set_name) = (name(rules, stated), name(sets, set));
        let message = Message::new(
            format!("已写了 coverage.{stated_name}，这里的规则集不起作用"),
            format!("`coverage.{stated_name}` is written, so these sets would never apply"),
        );
        let path = [step(portal, portal_table::RULE_SETS), step(sets, set)];
        let above = [step(portal, portal_table::COVERAGE), step(rules, stated)];
        subject
            .blame(findings, RULE_SET, &path, message)
            .hint(Message::new(
                format!("两处只写一处：要分时段的，删去 coverage.{stated_name}，留 rule_sets.{set_name}"),
                format!("write one of the two: to have it by days, keep `rule_sets.{set_name}` and delete `coverage.{stated_name}`"),
            ))
            .other(subject.place(&above), Message::new("写在这里", "written here"));
    }
}

/// Each rule of publication has terms, and each term says how long.
fn terms(subject: Subject<'_>, before: Step, sets: View<'_>, findings: &mut Findings) {
    for (at, entry) in members(sets, table::PUBLICATION) {
        let path = [before, step(sets, table::PUBLICATION), item(at), step(entry, publication::TERMS)];
        let is_list = matches!(entry.value(publication::TERMS), Value::List(_));
        if is_list && entry.list(publication::TERMS).is_empty() {
            let message =
                Message::new("公示规定没有写任何期限", "the rule of publication names no term at all");
            subject.blame(findings, RULE_SET, &path, message).hint(Message::new(
                "写 terms: [{months: 36}]；要取消整条规定，写 disabled: true",
                "write `terms: [{months: 36}]`, or `disabled: true` to take the whole rule away",
            ));
        }
        for (no, one) in members(entry, publication::TERMS) {
            let own = one.flag(term::OWN_TERM) == Some(true);
            if let (Some(least), Some(most)) = (one.count(term::LEAST_MONTHS), one.count(term::MONTHS))
                && least > most
            {
                let path: Vec<Step> =
                    path.into_iter().chain([item(no), step(one, term::LEAST_MONTHS)]).collect();
                let message = Message::new(
                    format!("最短期限 {least} 个月长于期限 {most} 个月"),
                    format!("the least term of {least} months is longer than the term of {most}"),
                );
                subject.blame(findings, RULE_SET, &path, message).hint(Message::new(
                    "least_months 不能大于 months；没有最短期限的不写",
                    "`least_months` is at most `months`; leave it out where there is no least term",
                ));
            }
            if own == one.value(term::MONTHS).is_absent() {
                continue;
            }
            let path: Vec<Step> = path.into_iter().chain([item(no)]).collect();
            let message = Message::new(
                "期限应写 months，或写 own_term: true，两者取一",
                "a term has `months` or `own_term: true`, one of the two",
            );
            subject.blame(findings, RULE_SET, &path, message).hint(Message::new(
                "months 是公示的月数；own_term 表示按处罚自身的期限公示",
                "`months` is the number of months; `own_term` means as long as the penalty itself runs",
            ));
        }
    }
}
