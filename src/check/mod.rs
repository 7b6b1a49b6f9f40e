//! Judges the joined ledger: one function a rule, or one for a few codes that a single pass proves.
//!
//! In: the [`Ledger`] and the as-of date. Out: all findings, in the order of the registry, the same at any
//! number of threads. A rule is silent about a field that is absent or could not be read; what became wrong
//! by the calendar alone is a warning.
//!
//! Not here: mistakes of form that the reader finds (`record::read`, `source`), and what may be public
//! (`disclose`).

mod allowances;
mod bans;
mod belongs;
mod boards;
mod books;
mod calendar;
mod codes;
mod constraints;
mod corrections;
mod coverage;
mod credit;
mod dates;
mod deadlines;
mod departments;
mod doc_numbers;
mod documents;
mod early;
mod explain;
mod forms;
mod indicators;
mod learning;
mod licences;
mod links;
mod measure;
#[cfg(test)]
mod measure_tests;
mod notices;
mod pasted;
mod places;
mod plans;
mod portal;
mod privacy;
mod prose;
mod queries;
mod quizzes;
mod references;
mod results;
mod rule_sets;
mod staff;
mod subject;
mod suggest;
mod superscripts;
pub mod terms;
mod units;
mod verdict;
mod visits;

use std::collections::{HashMap, HashSet};

pub use allowances::allow;
pub use belongs::attribute;
pub use explain::{Explanation, explain, explanations};
pub use privacy::{EXIF, REMOVED_PRESENT, forbidden, search_sources};

use rayon::prelude::*;

use crate::calendar::{Date, WorkCalendar};
use crate::diagnostic::{Code, Findings};
use crate::ledger::Ledger;
use crate::pii::Detector;
use crate::record::edges::{Handle, place};
use crate::record::read::{FIELD_TYPE, FIELD_UNKNOWN, ID_FORM, KIND_UNKNOWN};
use crate::record::value::View;
use crate::record::{cadre, withdrawal};

/// A rule and the codes it may report.
pub struct Rule {
    /// Its codes.
    pub codes: &'static [Code],
    /// The rule.
    pub run: fn(&Context<'_>, &mut Findings),
}

/// What a rule looks at.
pub struct Context<'l> {
    /// All records, joined.
    pub ledger: &'l Ledger,
    /// The day for which the portal is built.
    pub as_of: Date,
    /// Records that were withdrawn on or before that day.
    withdrawn: HashSet<Handle>,
    /// Which days are worked.
    calendar: WorkCalendar,
    /// What looks for personal numbers.
    detector: Detector,
    /// Cadres by id: every assignment asks for one.
    cadres: HashMap<&'l str, View<'l>>,
}

/// Every rule. Findings come in this order.
pub static RULES: &[Rule] = &[
    Rule {
        codes: &[codes::USCC_FORM, codes::USCC_CHECK, codes::USCC_ORG, codes::USCC_REGION],
        run: codes::credit_codes,
    },
    Rule { codes: &[crate::ledger::USCC_DUP], run: codes::shared_credit_codes },
    Rule {
        codes: &[forms::DOCNO_FORM, forms::URL_FORM, forms::PHONE_FORM, privacy::MOBILE],
        run: forms::numbers_and_addresses,
    },
    Rule { codes: &[forms::REGION_FORM], run: forms::region_codes },
    Rule { codes: &[forms::SAMPLE_NO_FORM], run: forms::sample_numbers },
    Rule { codes: &[licences::LIC_FORM, licences::LIC_CHECK, licences::LIC_SECTOR], run: licences::numbers },
    Rule { codes: &[licences::LIC_FORM, licences::LIC_CHECK], run: licences::elsewhere },
    Rule { codes: &[licences::REGION_DIFFERS], run: licences::regions },
    Rule { codes: &[licences::LIC_EXPIRED, licences::LIC_EXPIRING], run: licences::terms },
    Rule {
        codes: &[
            references::CADRE_UNKNOWN,
            references::ENTERPRISE_UNKNOWN,
            places::REGION_UNKNOWN,
            references::REFERENCE_UNKNOWN,
        ],
        run: references::links,
    },
    Rule { codes: &[references::REFERENCE_UNKNOWN], run: references::withdrawals_and_corrections },
    Rule { codes: &[coverage::NONE, coverage::LAPSED], run: coverage::leads },
    Rule { codes: &[coverage::LEVEL], run: coverage::levels },
    Rule { codes: &[coverage::OVERLAP], run: coverage::overlaps },
    Rule { codes: &[coverage::LOAD], run: coverage::loads },
    Rule { codes: &[coverage::CADRE_LEFT], run: coverage::departed_cadres },
    Rule { codes: &[coverage::PLEDGE_MISSING], run: coverage::pledges },
    Rule { codes: &[visits::DUE], run: visits::quarters },
    Rule { codes: &[visits::FUTURE, visits::PROBLEM_OVERDUE], run: visits::visits },
    Rule { codes: &[staff::OFFICER, staff::DIRECTOR], run: staff::staff },
    Rule { codes: &[terms::PERIOD_MAX, terms::PERIOD_CONFLICT], run: terms::penalties },
    Rule { codes: &[terms::PERIOD_MAX], run: terms::blacklist },
    Rule { codes: &[terms::PERIOD_OPEN], run: terms::without_end },
    Rule { codes: &[credit::PUBLISH_LATE, calendar::CALENDAR_MISSING], run: credit::publication },
    Rule { codes: &[credit::WITHDRAW_LATE, calendar::CALENDAR_MISSING], run: credit::annulled },
    Rule { codes: &[calendar::CALENDAR_DAY], run: calendar::years },
    Rule { codes: &[credit::WITHDRAW_LINKED], run: credit::results_of_withdrawn_penalties },
    Rule { codes: &[early::EARLY_STOP], run: early::penalties },
    Rule { codes: &[early::EARLY_STOP], run: early::withdrawals },
    Rule { codes: &[early::EARLY_STOP], run: early::last_days },
    Rule { codes: &[credit::NO_PENALTY, credit::WARNING_ONLY], run: credit::grounds },
    Rule { codes: &[bans::BAN_TERM], run: bans::terms },
    Rule { codes: &[bans::AUTHORITY], run: bans::warnings },
    Rule { codes: &[plans::NO_LEAD, plans::LATE], run: plans::tasks },
    Rule { codes: &[plans::PHASE_OVERLAP], run: plans::phases },
    Rule { codes: &[plans::PHASE_UNKNOWN], run: plans::phases_of_tasks },
    Rule { codes: &[departments::DEPT_ALIAS], run: departments::records },
    Rule { codes: &[boards::FIELDS], run: boards::notices },
    Rule { codes: &[learning::QUESTION_ANSWER], run: learning::questions },
    Rule { codes: &[learning::QUIZ_SHORT], run: learning::lengths },
    Rule { codes: &[learning::TRAIN_HOURS], run: learning::hours },
    Rule { codes: &[queries::FIGURE_QUERY, queries::FIGURE_AHEAD], run: queries::queries },
    Rule { codes: &[prose::RATE_RECALC], run: indicators::rates },
    Rule { codes: &[quizzes::QUIZ_PASS], run: quizzes::verdicts },
    Rule { codes: &[quizzes::RECALL_LATE], run: quizzes::recalls },
    Rule { codes: &[notices::COUNT], run: notices::counts },
    Rule { codes: &[notices::DUP], run: notices::numbers },
    Rule { codes: &[notices::DISCLAIMER], run: notices::disclaimers },
    Rule { codes: &[notices::KIND], run: notices::risk_monitoring },
    Rule { codes: &[notices::EARLY, calendar::CALENDAR_MISSING], run: notices::objection_periods },
    Rule { codes: &[notices::DISPOSAL_DUE], run: notices::disposals },
    Rule {
        codes: &[
            results::VERDICT,
            results::SWAPPED,
            results::UNIT_MISMATCH,
            results::SUPERSCRIPT,
            results::NO_VALUE,
        ],
        run: results::items,
    },
    Rule { codes: &[results::RETEST_MICROBE], run: results::retests },
    Rule { codes: &[results::PRODUCER_SLASH], run: results::producers },
    Rule { codes: &[dates::ORDER], run: dates::people_and_enterprises },
    Rule { codes: &[dates::ORDER], run: dates::visits },
    Rule { codes: &[dates::ORDER], run: dates::samples },
    Rule { codes: &[dates::ORDER], run: dates::credit },
    Rule { codes: &[dates::ORDER], run: constraints::order },
    Rule { codes: &[constraints::PART_EXCEEDS], run: constraints::at_most },
    Rule { codes: &[prose::SUM_MISMATCH], run: constraints::sums },
    Rule { codes: &[constraints::SEQUENCE_GAP], run: constraints::sequences },
    Rule { codes: &[constraints::RECORD_DUP], run: constraints::unique },
    Rule { codes: &[constraints::RECORD_DUP, doc_numbers::DOCNO_DUP], run: doc_numbers::doubles },
    Rule { codes: &[constraints::RECORD_DUP], run: corrections::withdrawals },
    Rule { codes: &[FIELD_UNKNOWN], run: corrections::fields },
    Rule { codes: &[deadlines::DATE_AHEAD], run: deadlines::not_ahead },
    Rule { codes: &[deadlines::DATE_AHEAD], run: doc_numbers::years },
    Rule { codes: &[deadlines::DATE_FAR], run: deadlines::far_ahead },
    Rule { codes: &[deadlines::EXPIRED], run: deadlines::expires },
    Rule { codes: &[links::LINK_DEAD], run: books::posters },
    Rule { codes: &[references::REFERENCE_UNKNOWN], run: books::chapters },
    Rule { codes: &[deadlines::OVERDUE], run: deadlines::overdue },
    Rule {
        codes: &[
            links::LINK_DEAD,
            documents::HTML_RAW,
            documents::HTML_COMMENT,
            documents::LINK_SCHEME,
            documents::IMAGE_FOREIGN,
            documents::IMAGE_ALT,
            documents::HEADING_ID,
            documents::FOOTNOTE_UNUSED,
            documents::CELL_LOST,
            documents::MARK_LITERAL,
            documents::MASK_STARS,
        ],
        run: documents::texts,
    },
    Rule {
        codes: &[
            prose::UNMERGED,
            prose::COUNT_CLAIM,
            prose::NUMBERING,
            prose::SUM_MISMATCH,
            prose::RATE_RECALC,
            prose::RATE_NODEN,
            prose::TITLE_EMPTY,
            prose::PASTE_RUBY,
            prose::GRADE_BARE,
            prose::PUNCTUATION,
            departments::DEPT_ALIAS,
            portal::HOTLINE,
        ],
        run: prose::texts,
    },
    Rule { codes: &[portal::SITE_CODE, portal::SITE_DOMAIN, portal::HOTLINE], run: portal::identity },
    Rule { codes: &[ID_FORM], run: portal::names },
    Rule { codes: &[FIELD_TYPE, FIELD_UNKNOWN, KIND_UNKNOWN], run: privacy::settings },
    Rule { codes: &[privacy::MASK], run: privacy::masks },
    Rule { codes: &[privacy::NAME_LINGERS, REMOVED_PRESENT], run: privacy::names },
    Rule { codes: &[privacy::NAME_LINGERS, REMOVED_PRESENT], run: privacy::mentions },
    Rule { codes: &[privacy::MINOR], run: privacy::minors },
    Rule { codes: &[portal::RULE_OFF], run: portal::rules_off },
    Rule { codes: &[allowances::RULE, allowances::REASON], run: allowances::rules },
    Rule { codes: &[rule_sets::RULE_SET], run: rule_sets::entries },
    Rule { codes: &[places::REGION_UNKNOWN], run: places::region_codes },
    Rule { codes: &[portal::COLUMN_UNKNOWN, portal::COLUMN_EMPTY], run: portal::columns },
];

/// Codes of what is looked for in the bytes of source files, outside the rules over records.
const OF_SOURCES: [Code; 10] = [
    privacy::ID,
    privacy::MOBILE,
    privacy::BANK,
    privacy::ID_OLD,
    privacy::EXIF,
    privacy::METADATA,
    privacy::OPAQUE,
    privacy::PHONE,
    privacy::ADDRESS,
    privacy::HEALTH,
];

/// Codes of what is told when all else has been found.
const OF_ALLOWANCES: [Code; 2] = [allowances::EXPIRED, allowances::UNUSED];

/// Errors that rest on common practice and not on a regulation: an office may switch them off, as any warning.
const BY_CUSTOM: [Code; 12] = [
    boards::FIELDS,
    plans::PHASE_UNKNOWN,
    plans::NO_LEAD,
    plans::PHASE_OVERLAP,
    coverage::PLEDGE_MISSING,
    notices::KIND,
    portal::HOTLINE,
    forms::REGION_FORM,
    prose::SUM_MISMATCH,
    prose::RATE_RECALC,
    prose::GRADE_BARE,
    privacy::MASK,
];

/// Whether an error rests on common practice alone.
pub fn is_by_custom(code: Code) -> bool {
    BY_CUSTOM.contains(&code)
}

/// Judges a ledger as of a day.
pub fn check(ledger: &Ledger, as_of: Date) -> Findings {
    let context = Context::new(ledger, as_of);
    let found: Vec<Findings> = RULES
        .par_iter()
        .map(|rule| {
            let mut findings = Findings::default();
            (rule.run)(&context, &mut findings);
            findings
        })
        .collect();
    let mut all = Findings::default();
    for findings in found {
        all.0.extend(findings.0);
    }
    calendar::keep_first_of_each_year(&mut all);
    drop_switched_off(&context, &mut all);
    all
}

/// Forgets what rules report that the portal switches off.
fn drop_switched_off(context: &Context<'_>, findings: &mut Findings) {
    let off = portal::switched_off(context);
    findings.0.retain(|finding| !off.contains(&finding.code.0));
}

impl<'l> Context<'l> {
    fn new(ledger: &'l Ledger, as_of: Date) -> Context<'l> {
        let withdrawn = ledger
            .records(&withdrawal::KIND)
            .filter(|(_, _, view)| view.date(withdrawal::ON).is_some_and(|on| on <= as_of))
            .filter_map(|(_, _, view)| {
                let kind = ledger.kinds.named(view.text(withdrawal::KIND_NAME)?)?;
                let no = place(ledger.tables.get(kind)?, view.text(withdrawal::TARGET)?)?;
                Some(Handle { kind: kind as u16, no })
            })
            .collect();
        let cadres =
            ledger.records(&cadre::KIND).map(|(_, record, view)| (record.id.as_str(), view)).collect();
        let detector = ledger.settings.detector(as_of);
        Context { ledger, as_of, withdrawn, calendar: calendar::of_portal(ledger), detector, cadres }
    }

    /// Whether a record was withdrawn on or before the as-of date.
    fn is_withdrawn(&self, record: Handle) -> bool {
        self.withdrawn.contains(&record)
    }

    /// A cadre by id.
    fn cadre(&self, id: &str) -> Option<View<'l>> {
        self.cadres.get(id).copied()
    }

    /// The last day of a cadre in office, when he has one.
    fn last_day_of(&self, cadre: &str) -> Option<Date> {
        self.cadre(cadre)?.date(cadre::TO)
    }
}
