//! Indicators: a rate that is written must be what its numerator and denominator give.
//!
//! In: indicators whose author wrote `rate` beside the two numbers. Out: E-RATE-RECALC, at as many digits as were
//! written. Not here: rates in texts (`prose`), and the rate that the gate works out where none is written.

use crate::diagnostic::{Findings, Message};
use crate::record::indicator::{self, decimal, rate_to};

use super::Context;
use super::prose::RATE_RECALC;
use super::subject::{Subject, step};

/// E-RATE-RECALC.
pub(super) fn rates(context: &Context<'_>, findings: &mut Findings) {
    for (_, record, view) in context.ledger.records(&indicator::KIND) {
        let Some((written, digits)) = decimal(view, indicator::RATE).filter(|(_, digits)| *digits <= 6)
        else {
            continue;
        };
        let Some(right) = rate_to(view, digits).filter(|right| *right != written) else { continue };
        let number = |slot| view.text(slot).unwrap_or_default();
        let (num, den) = (number(indicator::NUM), number(indicator::DEN));
        let (shown, right) = (crate::rate::text(written, digits), crate::rate::text(right, digits));
        let message = Message::new(
            format!("写{shown}%，按{num}/{den}应为{right}%"),
            format!("`rate` is {shown} %, but {num}/{den} is {right} %"),
        );
        Subject::of(&indicator::KIND, record)
            .blame(findings, RATE_RECALC, &[step(view, indicator::RATE)], message)
            .hint(Message::new(
                "改正数字，或删去 rate 由程序计算",
                "mend the numbers, or leave `rate` out: it is worked out",
            ));
    }
}
