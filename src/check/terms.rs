//! How long a penalty or a blacklist entry may be public, by the rule sets that speak of it.
//!
//! In: penalties and blacklist entries. Source: SAMR order 45 of 2021, article 13 (from publication); NDRC order
//! 36 and SAMR's rule of 2025 on credit repair (from the decision); SAMR order 44 (three years, common practice).
//! The last day of a term is its anniversary less one. Not here: whether the term is over (`disclose`).

use crate::calendar::Date;
use crate::diagnostic::{Code, Findings, Message, Step};
use crate::record::blacklist::{self, decision};
use crate::record::penalty;
use crate::record::value::{Value, View};

use super::Context;
use super::subject::{Subject, step};

/// Public for longer than any rule allows.
pub const PERIOD_MAX: Code = Code("E-PERIOD-MAX");
/// Two rules give two last days, and the later one was taken.
pub const PERIOD_CONFLICT: Code = Code("W-PERIOD-CONFLICT");

/// A term in months: what the message calls it.
#[derive(Clone, Copy)]
struct Term {
    months: i64,
    zh: &'static str,
    en: &'static str,
}

const THREE_MONTHS: Term = Term { months: 3, zh: "3个月", en: "3 months" };
const ONE_YEAR: Term = Term { months: 12, zh: "1年", en: "1 year" };
const THREE_YEARS: Term = Term { months: 36, zh: "3年", en: "3 years" };

impl Term {
    fn last_day(self, from: Date) -> Date {
        from.term_end_months(self.months)
    }

    /// By 失信程度; the longest where it is not given.
    fn of_severity(severity: Option<&str>) -> Term {
        match severity {
            Some("minor") => THREE_MONTHS,
            Some("ordinary") => ONE_YEAR,
            _ => THREE_YEARS,
        }
    }
}

/// The last day on which a penalty is public when its ledger names none: the earlier of the two rules' days; none
/// for a practice ban, which is public for its own term.
pub fn penalty_last_day(view: View<'_>) -> Option<Date> {
    let (decided, published) = (view.date(penalty::DECIDED_ON)?, view.date(penalty::PUBLISHED_ON)?);
    if has_kind(view, "ban") {
        return None;
    }
    let by_severity = Term::of_severity(view.choice(penalty::SEVERITY)).last_day(decided);
    Some(order_45(view).last_day(published).min(by_severity))
}

/// The last day on which a blacklist entry is public when its ledger names none; none under a local rule, whose
/// term is not known here.
pub fn blacklist_last_day(view: View<'_>) -> Option<Date> {
    let listed = view.date(blacklist::LISTED_ON)?;
    let decided = view.object(blacklist::DECISION).and_then(|decision| decision.date(decision::DATE));
    match view.choice(blacklist::REGIME)? {
        "samr44" => Some(THREE_YEARS.last_day(listed)),
        "ndrc36" | "samr2025" => {
            Some(Term::of_severity(view.choice(blacklist::SEVERITY)).last_day(decided.unwrap_or(listed)))
        }
        _ => None,
    }
}

/// E-PERIOD-MAX, W-PERIOD-CONFLICT of penalties.
pub(super) fn penalties(context: &Context<'_>, findings: &mut Findings) {
    for (_, record, view) in context.ledger.records(&penalty::KIND) {
        let until = view.value(penalty::PUBLISH_UNTIL);
        if view.text(penalty::PUBLISH_UNTIL_BASIS).is_some() || matches!(until, Value::Spoilt) {
            continue;
        }
        let (Some(decided), Some(published)) =
            (view.date(penalty::DECIDED_ON), view.date(penalty::PUBLISHED_ON))
        else {
            continue;
        };
        // Days in the wrong order are their own mistake.
        if decided > published {
            continue;
        }
        // A practice ban is public for its own term.
        if has_kind(view, "ban") {
            continue;
        }
        let by_order = order_45(view);
        let by_severity = Term::of_severity(view.choice(penalty::SEVERITY));
        let (from_publication, from_decision) = (by_order.last_day(published), by_severity.last_day(decided));
        let subject = Subject::of(&penalty::KIND, record);
        let path = [step(view, penalty::PUBLISH_UNTIL)];
        match view.date(penalty::PUBLISH_UNTIL) {
            Some(until) if until > from_publication.max(from_decision) => {
                let longer = if from_publication >= from_decision { by_order } else { by_severity };
                beyond(subject, &path, until, from_publication.max(from_decision), longer, findings);
            }
            until if until.is_none_or(|until| until > from_publication.min(from_decision)) => {
                let earlier = from_publication.min(from_decision);
                let message = Message::new(
                    format!(
                        "按公示规定止于 {from_publication}，按信用修复规定止于 {from_decision}；默认取较早者"
                    ),
                    format!(
                        "the publication rule ends on {from_publication}, the credit repair rule on {from_decision}; the earlier one counts"
                    ),
                );
                subject.blame(findings, PERIOD_CONFLICT, &path, message).hint(Message::new(
                    format!("写 publish_until: {earlier}；要按较晚的公示，须写 publish_until_basis"),
                    format!("write `publish_until: {earlier}`, or cite the basis of the later day in `publish_until_basis`"),
                ));
            }
            _ => {}
        }
    }
}

/// The term of order 45, article 13: criticism three months, all else three years.
fn order_45(view: View<'_>) -> Term {
    let kinds = view.list(penalty::KINDS);
    let light = (has_kind(view, "criticism") || has_kind(view, "warning"))
        && !["fine", "confiscate", "downgrade", "suspend", "restrict", "revoke"]
            .iter()
            .any(|kind| has_kind(view, kind));
    if light && !kinds.is_empty() { THREE_MONTHS } else { THREE_YEARS }
}

/// Whether a penalty is of a kind.
pub(super) fn has_kind(view: View<'_>, wanted: &str) -> bool {
    kind_keys(view.list(penalty::KINDS)).any(|key| key == wanted)
}

/// The keys of a list of kinds of penalty.
pub(super) fn kind_keys(kinds: &[Value]) -> impl Iterator<Item = &'static str> + '_ {
    kinds.iter().filter_map(|kind| match kind {
        Value::Choice(at) => {
            crate::record::choices::PENALTY_KINDS.get(usize::from(*at)).map(|choice| choice.key)
        }
        _ => None,
    })
}

fn beyond(subject: Subject<'_>, path: &[Step], until: Date, last: Date, term: Term, findings: &mut Findings) {
    let message = Message::new(
        format!("公示期最长{}（至 {last}），现设至 {until}；延长须写明依据", term.zh),
        format!("the longest term is {}, to {last}; it is set to {until} without a basis", term.en),
    );
    subject.blame(findings, PERIOD_MAX, path, message).hint(Message::new(
        format!("改为 {last} 或更早；确有依据的写 publish_until_basis"),
        format!("write {last} or earlier, or cite the basis in `publish_until_basis`"),
    ));
}

/// E-PERIOD-MAX of blacklist entries.
pub(super) fn blacklist(context: &Context<'_>, findings: &mut Findings) {
    for (_, record, view) in context.ledger.records(&blacklist::KIND) {
        if view.text(blacklist::PUBLISH_UNTIL_BASIS).is_some() {
            continue;
        }
        let (Some(until), Some(listed)) =
            (view.date(blacklist::PUBLISH_UNTIL), view.date(blacklist::LISTED_ON))
        else {
            continue;
        };
        let decided = view
            .object(blacklist::DECISION)
            .and_then(|decision| decision.date(decision::DATE))
            .unwrap_or(listed);
        let (term, last) = match view.choice(blacklist::REGIME) {
            Some("samr44") => (THREE_YEARS, THREE_YEARS.last_day(listed)),
            Some("ndrc36" | "samr2025") => {
                let term = Term::of_severity(view.choice(blacklist::SEVERITY));
                (term, term.last_day(decided))
            }
            _ => continue,
        };
        if until > last {
            let path = [step(view, blacklist::PUBLISH_UNTIL)];
            beyond(Subject::of(&blacklist::KIND, record), &path, until, last, term, findings);
        }
    }
}
