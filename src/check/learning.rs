//! Learning: answers that fit their question, assessments that ask enough, hours of training that reach the norm.
//!
//! Source: SAMR notice 33 of 2019 (thirty questions); the demonstration-city criteria (forty hours a person a year for
//! supervisors, heads, directors and officers). Both are data (`record::rule_sets`). Not here: scores (`quizzes`).

use std::collections::BTreeMap;

use crate::calendar::Date;
use crate::diagnostic::{Code, Findings, Message};
use crate::record::choices::TRAINEES;
use crate::record::field::Choice;
use crate::record::indicator::decimal;
use crate::record::question::{self, options};
use crate::record::value::{Record, Value, View};
use crate::record::{assessment, training};

use super::Context;
use super::subject::{Subject, step};

/// An answer that does not fit its question.
pub const QUESTION_ANSWER: Code = Code("E-QUESTION-ANSWER");
/// An assessment of fewer questions than the rule asks.
pub const QUIZ_SHORT: Code = Code("W-QUIZ-SHORT");
/// Fewer hours of training in a year than the norm.
pub const TRAIN_HOURS: Code = Code("W-TRAIN-HOURS");

/// Roles for whom the norm of hours is set.
const OWED: [&str; 4] = ["supervisor", "principal", "fs_director", "fs_officer"];

/// E-QUESTION-ANSWER.
pub(super) fn questions(context: &Context<'_>, findings: &mut Findings) {
    for (_, record, view) in context.ledger.records(&question::KIND) {
        let Some((zh, en)) = fault(view) else { continue };
        Subject::of(&question::KIND, record)
            .blame(findings, QUESTION_ANSWER, &[step(view, question::ANSWER)], Message::new(zh, en))
            .hint(Message::new(
                "单选写一个字母，多选写两个以上，判断题写 right 或 wrong；字母要有对应的选项",
                "one letter for `single`, two or more for `multi`, `right` or `wrong` for `judge`; each letter needs its option",
            ));
    }
}

/// What is wrong with the answer of a question.
fn fault(view: View<'_>) -> Option<(String, String)> {
    let form = view.choice_of(question::FORM)?;
    if super::subject::is_spoilt(view.value(question::ANSWER))
        || super::subject::is_spoilt(view.value(question::OPTIONS))
    {
        return None;
    }
    let answers = answers(view);
    let is_letter = |answer: &&str| answer.len() == 1;
    let judged = form.key == "judge";
    if let Some(odd) = answers.iter().find(|answer| is_letter(answer) == judged) {
        return Some((
            format!("{}的答案不能写“{odd}”", form.zh),
            format!("`{odd}` is no answer of a question with {}", form.en),
        ));
    }
    let enough = if form.key == "multi" { answers.len() >= 2 } else { answers.len() == 1 };
    if !enough {
        let count = answers.len();
        return Some((
            format!("{}写了{count}个答案", form.zh),
            format!("a question with {} has {count} of them", form.en),
        ));
    }
    if judged {
        return None;
    }
    let given = view.object(question::OPTIONS);
    let has = |letter: &str| given.is_some_and(|given| !given.by_key(letter).is_absent());
    let options = options::FIELDS.iter().filter(|option| has(option.key)).count();
    if options < 2 {
        return Some((format!("只有{options}个选项"), format!("it has {options} options")));
    }
    let lost = answers.iter().find(|letter| !has(letter))?;
    Some((format!("答案“{lost}”没有对应的选项"), format!("there is no option `{lost}`")))
}

fn answers(view: View<'_>) -> Vec<&'static str> {
    let known = &crate::record::choices::ANSWERS;
    let key = |value: &Value| match value {
        Value::Choice(at) => known.get(usize::from(*at)).map(|choice| choice.key),
        _ => None,
    };
    view.list(question::ANSWER).iter().filter_map(key).collect()
}

/// W-QUIZ-SHORT.
pub(super) fn lengths(context: &Context<'_>, findings: &mut Findings) {
    for (_, record, view) in context.ledger.records(&assessment::KIND) {
        let (Some(asked), Some(day)) = (view.count(assessment::QUESTIONS), view.date(assessment::DATE))
        else {
            continue;
        };
        let Some((least, _)) = context.ledger.settings.rule_sets.target("questions", day) else { continue };
        if asked * 100 >= least {
            continue;
        }
        let least = least / 100;
        let message = Message::new(
            format!("抽查考核只有{asked}题，不少于{least}题"),
            format!("the assessment has {asked} questions; {least} are the least"),
        );
        Subject::of(&assessment::KIND, record)
            .blame(findings, QUIZ_SHORT, &[step(view, assessment::QUESTIONS)], message)
            .hint(Message::new("请核对题数", "check the number of questions"));
    }
}

/// W-TRAIN-HOURS, for years that are over: all sessions of a role together, at the last of them.
pub(super) fn hours(context: &Context<'_>, findings: &mut Findings) {
    let mut years: BTreeMap<(i16, usize), (i128, &Record)> = BTreeMap::new();
    for (_, record, view) in context.ledger.records(&training::KIND) {
        let (Some(day), Some((hours, digits))) = (view.date(training::DATE), decimal(view, training::HOURS))
        else {
            continue;
        };
        let Some(hours) = hours.checked_mul(100).map(|hours| hours / 10i128.pow(digits)) else { continue };
        for value in view.list(training::AUDIENCE) {
            let Value::Choice(role) = value else { continue };
            let (sum, last) = years.entry((day.year(), usize::from(*role))).or_insert((0, record));
            *sum += hours;
            if last.view(&training::KIND).date(training::DATE).is_none_or(|before| before <= day) {
                *last = record;
            }
        }
    }
    for ((year, role), (sum, last)) in years {
        let role: Option<&Choice> = TRAINEES.get(role).filter(|role| OWED.contains(&role.key));
        let (Some(role), Some(end)) = (role, Date::new(year, 12, 31)) else { continue };
        let Some((norm, _)) = context.ledger.settings.rule_sets.target("training-hours", end) else {
            continue;
        };
        if end >= context.as_of || sum >= i128::from(norm) {
            continue;
        }
        let digits = if sum % 100 == 0 { 0 } else { 2 };
        let shown = crate::rate::text(if digits == 0 { sum / 100 } else { sum }, digits);
        let norm = crate::rate::text(i128::from(norm) / 100, 0);
        let message = Message::new(
            format!("{}{year}年度培训{shown}学时，不足{norm}学时", role.zh),
            format!("{year}: {shown} hours of training for {}; the norm is {norm}", role.en),
        );
        Subject::of(&training::KIND, last)
            .blame(findings, TRAIN_HOURS, &[step(last.view(&training::KIND), training::HOURS)], message)
            .apart(year.to_string())
            .hint(Message::new(
                "补录漏记的培训；确实不足的，下一年度补足",
                "record the sessions that are missing; where there were none, plan more",
            ));
    }
}
