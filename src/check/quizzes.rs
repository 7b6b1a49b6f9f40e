//! Assessments: the verdict follows from the score. Recalls: begun within the hours of their level.
//!
//! Source: SAMR notice 33 of 2019 (nine in ten right; the mark is data, `record::rule_sets`); 食品召回管理办法 (24, 48 and 72
//! hours). Not here: questions, and whether parts exceed their whole (`constraints`).

use crate::diagnostic::{Code, Findings, Message};
use crate::record::assessment::{self, resit};
use crate::record::recall;
use crate::record::rule_sets::hundredths;
use crate::record::value::View;

use super::Context;
use super::subject::{Subject, step};

/// A verdict that contradicts the score.
pub const QUIZ_PASS: Code = Code("E-QUIZ-PASS");
/// A recall that began later than its level allows.
pub const RECALL_LATE: Code = Code("W-RECALL-LATE");

/// E-QUIZ-PASS.
pub(super) fn verdicts(context: &Context<'_>, findings: &mut Findings) {
    for (_, record, view) in context.ledger.records(&assessment::KIND) {
        let Some(day) = view.date(assessment::DATE) else { continue };
        let Some((mark, _)) = context.ledger.settings.rule_sets.target("pass-mark", day) else { continue };
        let subject = Subject::of(&assessment::KIND, record);
        let Some(asked) = view.count(assessment::QUESTIONS) else {
            judge_score(view, mark, subject, findings);
            continue;
        };
        let mut judge = |right: Option<i64>, passed: Option<bool>, path: &[crate::diagnostic::Step]| {
            let (Some(right), Some(passed)) = (right, passed) else { return };
            // The mark is in hundredths of a percent.
            let reached = i128::from(right) * 10_000 >= i128::from(asked) * i128::from(mark);
            if asked <= 0 || right > asked || reached == passed {
                return;
            }
            let percent = crate::rate::text(i128::from(mark) / 100, 0);
            let message = if reached {
                Message::new(
                    format!("答对{right}/{asked}，已达{percent}%，应为合格"),
                    format!("{right} of {asked} right reaches {percent} %: it is passed"),
                )
            } else {
                Message::new(
                    format!("答对{right}/{asked}，未达{percent}%，应为不合格"),
                    format!("{right} of {asked} right is under {percent} %: it is not passed"),
                )
            };
            subject
                .blame(findings, QUIZ_PASS, path, message)
                .hint(Message::new("请核对答对题数和 passed", "check the score and `passed`"));
        };
        judge(
            view.count(assessment::CORRECT),
            view.flag(assessment::PASSED),
            &[step(view, assessment::PASSED)],
        );
        if let Some(again) = view.object(assessment::RESIT) {
            let path = [step(view, assessment::RESIT), step(again, resit::PASSED)];
            judge(again.count(resit::CORRECT), again.flag(resit::PASSED), &path);
        }
    }
}

/// A score of a hundred, where the questions are not told; the mark is in hundredths.
fn judge_score(view: View<'_>, mark: i64, subject: Subject<'_>, findings: &mut Findings) {
    let (Some(score), Some(passed)) = (view.text(assessment::SCORE), view.flag(assessment::PASSED)) else {
        return;
    };
    let reached = hundredths(score).map(|score| score >= mark);
    let percent = crate::rate::text(i128::from(mark) / 100, 0);
    let message = match reached {
        Some(true) if !passed => Message::new(
            format!("得{score}分，已达{percent}分，应为合格"),
            format!("a score of {score} reaches {percent}: it is passed"),
        ),
        Some(false) if passed => Message::new(
            format!("得{score}分，未达{percent}分，应为不合格"),
            format!("a score of {score} is under {percent}: it is not passed"),
        ),
        _ => return,
    };
    subject
        .blame(findings, QUIZ_PASS, &[step(view, assessment::PASSED)], message)
        .hint(Message::new("请核对得分和 passed", "check the score and `passed`"));
}

/// W-RECALL-LATE. Hours are counted in days, a day in the producer's favour.
pub(super) fn recalls(context: &Context<'_>, findings: &mut Findings) {
    for (_, record, view) in context.ledger.records(&recall::KIND) {
        let (Some(known), Some(started)) = (view.date(recall::KNOWN_ON), view.date(recall::STARTED_ON))
        else {
            continue;
        };
        let Some(level) = view.choice_of(recall::LEVEL) else { continue };
        let days: i64 = level.key.parse().unwrap_or(3);
        if started.days_since(known) <= days {
            continue;
        }
        let message = Message::new(
            format!("{}，{known} 知悉，{started} 才启动", level.zh),
            format!("{}: known on {known}, begun on {started}", level.en),
        );
        Subject::of(&recall::KIND, record)
            .blame(findings, RECALL_LATE, &[step(view, recall::STARTED_ON)], message)
            .hint(Message::new("请核对两个日期和召回级别", "check both days and the level"));
    }
}
