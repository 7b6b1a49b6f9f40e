//! How long a penalty or a blacklist entry may be public, by the rule sets that speak of it.
//!
//! In: penalties, blacklist entries and the rule sets of `record::rule_sets`: SAMR order 45 of 2021, article 13 (from
//! publication); NDRC order 36 and SAMR's rule of 2025 on credit repair (from the decision); SAMR order 44 (three
//! years, common practice). The last day of a term is its anniversary less one. Not here: whether the term is over
//! (`disclose`).

use crate::calendar::Date;
use crate::diagnostic::{Code, Findings, Message, Step};
use crate::record::blacklist::{self, decision};
use crate::record::penalty;
use crate::record::rule_sets::table::COUNTS_FROM;
use crate::record::rule_sets::{Publication, RuleSets};
use crate::record::value::{Value, View};

use super::Context;
use super::subject::{Subject, step};

/// Public for longer than any rule allows.
pub const PERIOD_MAX: Code = Code("E-PERIOD-MAX");
/// Two rules give two last days, and the later one was taken.
pub const PERIOD_CONFLICT: Code = Code("W-PERIOD-CONFLICT");

/// No rule and no ledger says when publication ends.
pub const PERIOD_OPEN: Code = Code("W-PERIOD-OPEN");

/// The last day by one rule, and the rule.
#[derive(Clone, Copy)]
struct Last<'r> {
    day: Date,
    rule: &'r Publication,
    months: i64,
    /// The last day of its least term, and how long that is.
    least: Option<(Date, i64)>,
}

/// The last day of the least term, before which no publication ends.
#[derive(Clone, Copy)]
pub(super) struct Least<'r> {
    pub(super) day: Date,
    rule: &'r Publication,
    months: i64,
}

impl Least<'_> {
    /// The rule with its article, how long it has publication go on at the least and from which day.
    pub(super) fn words(&self) -> (String, String) {
        let (zh, en) = counted_words(self.rule);
        let Publication { rule, .. } = self.rule;
        let (term_zh, term_en) = term_words(self.months);
        (
            format!("按{}{}，自{zh}起至少公示{term_zh}，到 {}", rule.name, rule.article, self.day),
            format!("by {} it is public for at least {term_en} from {en}, to {}", rule.id, self.day),
        )
    }
}

/// The day from which a rule counts, in Chinese and English.
fn counted_words(rule: &Publication) -> (&'static str, &'static str) {
    let counted = COUNTS_FROM.iter().find(|choice| choice.key == rule.counts_from);
    counted.map_or(("", ""), |choice| (choice.zh, choice.en))
}

impl Last<'_> {
    /// The rule with its article, how long it lets publication go on and from which day.
    fn words(&self) -> (String, String) {
        let (zh, en) = counted_words(self.rule);
        let Publication { rule, .. } = self.rule;
        let (term_zh, term_en) = term_words(self.months);
        (
            format!("按{}{}，自{zh}起{term_zh}，止于 {}", rule.name, rule.article, self.day),
            format!("{} ({term_en} from {en}) ends on {}", rule.id, self.day),
        )
    }
}

fn term_words(months: i64) -> (String, String) {
    match months {
        12 => ("1年".into(), "1 year".into()),
        months if months % 12 == 0 => (format!("{}年", months / 12), format!("{} years", months / 12)),
        months => (format!("{months}个月"), format!("{months} months")),
    }
}

/// The days of a record from which terms are counted.
#[derive(Clone, Copy)]
struct Days {
    published: Option<Date>,
    decided: Date,
    listed: Option<Date>,
}

/// What each rule that speaks of a record says of its last day; `None` when one lets it run its own term.
fn last_days<'r>(
    rules: impl Iterator<Item = &'r Publication>,
    days: Days,
    severity: Option<&str>,
    kinds: &[&str],
) -> Option<Vec<Last<'r>>> {
    let mut found = Vec::new();
    for rule in rules {
        let Some(term) = rule.term(severity, kinds) else { continue };
        let months = term.months?;
        let start = match rule.counts_from {
            "publication" => days.published,
            "listing" => days.listed,
            _ => Some(days.decided),
        };
        found.extend(start.map(|start| {
            let day = start.term_end_months(months);
            let least = term.least_months.map(|least| (start.term_end_months(least), least));
            Last { day, rule, months, least }
        }));
    }
    found.sort_by_key(|last| last.day);
    Some(found)
}

fn of_penalty<'r>(sets: &'r RuleSets, view: View<'_>) -> Option<Vec<Last<'r>>> {
    let (decided, published) = (view.date(penalty::DECIDED_ON)?, view.date(penalty::PUBLISHED_ON)?);
    let kinds: Vec<&str> = kind_keys(view.list(penalty::KINDS)).collect();
    let days = Days { published: Some(published), decided, listed: None };
    last_days(sets.publication_of("penalties", decided), days, view.choice(penalty::SEVERITY), &kinds)
}

fn of_entry<'r>(sets: &'r RuleSets, view: View<'_>) -> Option<Vec<Last<'r>>> {
    let listed = view.date(blacklist::LISTED_ON)?;
    let decision = view.object(blacklist::DECISION).and_then(|decision| decision.date(decision::DATE));
    let decided = decision.unwrap_or(listed);
    let regime = view.choice(blacklist::REGIME)?;
    let rules = sets.publication_of("blacklist", decided).filter(|one| one.rule.id == regime);
    let days = Days { published: None, decided, listed: Some(listed) };
    last_days(rules, days, view.choice(blacklist::SEVERITY), &[])
}

/// The last day on which a penalty is public when its ledger names none: the earliest that a rule gives; none
/// for a practice ban, which is public for its own term.
pub fn penalty_last_day(sets: &RuleSets, view: View<'_>) -> Option<Date> {
    of_penalty(sets, view)?.first().map(|last| last.day)
}

/// The last day on which a blacklist entry is public when its ledger names none; none under a local rule whose
/// term portal.yaml does not give.
pub fn blacklist_last_day(sets: &RuleSets, view: View<'_>) -> Option<Date> {
    of_entry(sets, view)?.first().map(|last| last.day)
}

/// The latest of the least terms that no other rule cuts short.
fn least<'r>(lasts: &[Last<'r>]) -> Option<Least<'r>> {
    let first = lasts.first()?.day;
    let least = |last: &Last<'r>| {
        let (day, months) = last.least?;
        (day <= first).then_some(Least { day, rule: last.rule, months })
    };
    lasts.iter().filter_map(least).max_by_key(|least| least.day)
}

/// The least term of a penalty.
pub(super) fn least_of_penalty<'r>(sets: &'r RuleSets, view: View<'_>) -> Option<Least<'r>> {
    least(&of_penalty(sets, view)?)
}

/// The least term of a blacklist entry.
pub(super) fn least_of_entry<'r>(sets: &'r RuleSets, view: View<'_>) -> Option<Least<'r>> {
    least(&of_entry(sets, view)?)
}

/// E-PERIOD-MAX, W-PERIOD-CONFLICT of penalties.
pub(super) fn penalties(context: &Context<'_>, findings: &mut Findings) {
    for (_, record, view) in context.ledger.records(&penalty::KIND) {
        let until = view.value(penalty::PUBLISH_UNTIL);
        if view.text(penalty::PUBLISH_UNTIL_BASIS).is_some() || matches!(until, Value::Spoilt) {
            continue;
        }
        // Days in the wrong order are their own mistake.
        if view.date(penalty::DECIDED_ON) > view.date(penalty::PUBLISHED_ON) {
            continue;
        }
        let Some(lasts) = of_penalty(&context.ledger.settings.rule_sets, view) else { continue };
        let (Some(first), Some(last)) = (lasts.first(), lasts.last()) else { continue };
        let subject = Subject::of(&penalty::KIND, record);
        let path = [step(view, penalty::PUBLISH_UNTIL)];
        match view.date(penalty::PUBLISH_UNTIL) {
            Some(until) if until > last.day => beyond(subject, &path, until, (*last, first.day), findings),
            None if first.day == last.day => {}
            // What was over before the rule that cuts it short began is over.
            Some(until) if first.rule.rule.in_force.0.is_some_and(|began| until < began) => {}
            until if until.is_none_or(|until| until > first.day) => {
                let (zh, en): (Vec<String>, Vec<String>) = lasts.iter().map(Last::words).unzip();
                let message = Message::new(
                    format!("{}；默认取较早者 {}", zh.join("；"), first.day),
                    format!("{}; the earlier day counts: {}", en.join("; "), first.day),
                );
                let day = first.day;
                subject.blame(findings, PERIOD_CONFLICT, &path, message).hint(Message::new(
                    format!("写 publish_until: {day}；要按较晚的公示，须写 publish_until_basis"),
                    format!("write `publish_until: {day}`, or cite the basis of the later day in `publish_until_basis`"),
                ));
            }
            _ => {}
        }
    }
}

/// W-PERIOD-OPEN: a practice ban whose term its penalty does not name, an entry under a local rule without a term.
pub(super) fn without_end(context: &Context<'_>, findings: &mut Findings) {
    let sets = &context.ledger.settings.rule_sets;
    for (_, record, view) in context.ledger.records(&penalty::KIND) {
        let is_dated = view.date(penalty::DECIDED_ON).and(view.date(penalty::PUBLISHED_ON)).is_some();
        if is_dated
            && view.value(penalty::PUBLISH_UNTIL).is_absent()
            && penalty_last_day(sets, view).is_none()
        {
            let path = [step(view, penalty::PUBLISH_UNTIL)];
            open(Subject::of(&penalty::KIND, record), &path, findings);
        }
    }
    for (_, record, view) in context.ledger.records(&blacklist::KIND) {
        let is_dated = view.date(blacklist::LISTED_ON).is_some() && view.choice(blacklist::REGIME).is_some();
        let is_open = view.value(blacklist::PUBLISH_UNTIL).is_absent();
        if is_dated && is_open && blacklist_last_day(sets, view).is_none() {
            let path = [step(view, blacklist::PUBLISH_UNTIL)];
            open(Subject::of(&blacklist::KIND, record), &path, findings);
        }
    }
}

fn open(subject: Subject<'_>, path: &[Step], findings: &mut Findings) {
    let message = Message::new(
        "没有写公示截止日，现行规定也算不出，会一直公示下去",
        "no last day is written, and no rule in force gives one: this would be public for ever",
    );
    subject.blame(findings, PERIOD_OPEN, path, message).hint(Message::new(
        "限制从业的写到限制期的最后一天；地方规定的，写 publish_until，或在 rule_sets.publication 里写明期限",
        "write the last day of the practice limit; under a local rule write `publish_until`, or give its term in `rule_sets.publication`",
    ));
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

/// `until` lies behind the longest term, whose last day by another rule may be an earlier one: that is advised.
fn beyond(
    subject: Subject<'_>,
    path: &[Step],
    until: Date,
    (last, day): (Last<'_>, Date),
    findings: &mut Findings,
) {
    let (zh, en) = term_words(last.months);
    let (name, longest) = (&last.rule.rule.name, last.day);
    let message = Message::new(
        format!("公示期最长{zh}（至 {longest}，{name}），现设至 {until}；延长须写明依据"),
        format!("the longest term is {en}, to {longest}; it is set to {until} without a basis"),
    );
    let (more_zh, more_en) = match day < longest {
        true => (
            "（另一规定期满更早，默认取较早者）",
            " (by another rule the term ends earlier, and the earlier day counts)",
        ),
        false => ("", ""),
    };
    subject.blame(findings, PERIOD_MAX, path, message).hint(Message::new(
        format!("改为 publish_until: {day}{more_zh}；确有依据的写 publish_until_basis"),
        format!("write `publish_until: {day}`{more_en}, or cite the basis in `publish_until_basis`"),
    ));
}

/// E-PERIOD-MAX of blacklist entries.
pub(super) fn blacklist(context: &Context<'_>, findings: &mut Findings) {
    for (_, record, view) in context.ledger.records(&blacklist::KIND) {
        if view.text(blacklist::PUBLISH_UNTIL_BASIS).is_some() {
            continue;
        }
        let Some(until) = view.date(blacklist::PUBLISH_UNTIL) else { continue };
        let lasts = of_entry(&context.ledger.settings.rule_sets, view).unwrap_or_default();
        if let Some(last) = lasts.first().filter(|last| until > last.day) {
            let path = [step(view, blacklist::PUBLISH_UNTIL)];
            beyond(Subject::of(&blacklist::KIND, record), &path, until, (*last, last.day), findings);
        }
    }
}
