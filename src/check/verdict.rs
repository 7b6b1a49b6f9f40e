//! Judges a result by its limit, in exact arithmetic.
//!
//! In: an [`Outcome`] and a [`Limit`]. Out: pass, fail, units that do not convert, or that it cannot be told.
//! Decimals are compared as integers over powers of ten; where those do not fit, nothing is said. Not here: what a
//! contradiction is called (`results`).

use std::cmp::Ordering;

use super::measure::{Limit, Number, Outcome, Plan, Quantity, Relation};
use super::units::{self, Unit};

/// What a result says of a limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Judgement {
    /// Within the limit.
    Pass,
    /// Beyond the limit.
    Fail,
    /// The units measure different things.
    Units(String, String),
    /// It cannot be told.
    Open,
}

/// Judges a result by a limit.
pub(super) fn judge(outcome: &Outcome, limit: &Limit) -> Judgement {
    match (outcome, limit) {
        (Outcome::NotDetected, Limit::Absent | Limit::Plan(_)) => Judgement::Pass,
        (Outcome::NotDetected, Limit::Bound(bound)) if is_upper(bound.relation) => Judgement::Pass,
        (Outcome::Detected, Limit::Absent) => Judgement::Fail,
        (Outcome::Figures(figures), Limit::Absent) => presence(figures),
        (Outcome::Figures(figures), Limit::Bound(bound)) => match figures.as_slice() {
            [figure] => against(figure, bound),
            _ => Judgement::Open,
        },
        (Outcome::Figures(figures), Limit::Range(low, high)) => match figures.as_slice() {
            [figure] => match (against(figure, low), against(figure, high)) {
                (Judgement::Pass, Judgement::Pass) => Judgement::Pass,
                (Judgement::Fail, _) | (_, Judgement::Fail) => Judgement::Fail,
                (other, _) => other,
            },
            _ => Judgement::Open,
        },
        (Outcome::Figures(figures), Limit::Plan(plan)) => by_plan(figures, plan),
        _ => Judgement::Open,
    }
}

fn is_upper(relation: Relation) -> bool {
    matches!(relation, Relation::AtMost | Relation::Below)
}

/// Figures where nothing may be found: below a detection limit is nothing.
fn presence(figures: &[Quantity]) -> Judgement {
    if figures.iter().any(|figure| figure.relation == Relation::Is && figure.number.mantissa > 0) {
        Judgement::Fail
    } else if figures.iter().all(|figure| is_upper(figure.relation)) {
        Judgement::Pass
    } else {
        Judgement::Open
    }
}

fn by_plan(figures: &[Quantity], plan: &Plan) -> Judgement {
    if figures.len() != plan.n {
        return Judgement::Open;
    }
    let mut over = 0;
    for figure in figures {
        if let Some(high) = &plan.high {
            match against(figure, &Quantity { relation: Relation::AtMost, ..high.clone() }) {
                Judgement::Pass => {}
                other => return other,
            }
        }
        match against(figure, &Quantity { relation: Relation::AtMost, ..plan.low.clone() }) {
            Judgement::Pass => {}
            Judgement::Fail => over += 1,
            other => return other,
        }
    }
    if over > plan.c { Judgement::Fail } else { Judgement::Pass }
}

fn against(figure: &Quantity, bound: &Quantity) -> Judgement {
    let order = match compare(figure, bound) {
        Ok(order) => order,
        Err(judgement) => return judgement,
    };
    let upper = is_upper(bound.relation);
    // Seen from the bound: does the figure lie on the good side, on the line, or beyond?
    let beyond = if upper { Ordering::Greater } else { Ordering::Less };
    let line_counts = matches!(bound.relation, Relation::AtMost | Relation::AtLeast);
    let good = order != beyond && (order != Ordering::Equal || line_counts);
    match figure.relation {
        Relation::Is => {
            if good {
                Judgement::Pass
            } else {
                Judgement::Fail
            }
        }
        // `<0.01` under a limit: as good as its bound, even on the line.
        relation if is_upper(relation) == upper => {
            let sharp = matches!(relation, Relation::Below | Relation::Above);
            if good || order == Ordering::Equal && sharp { Judgement::Pass } else { Judgement::Open }
        }
        // `>200` against `≤100`: beyond for sure if its bound already is.
        _ => {
            let sharp = matches!(figure.relation, Relation::Below | Relation::Above);
            if !good || order == Ordering::Equal && sharp { Judgement::Fail } else { Judgement::Open }
        }
    }
}

/// Orders two quantities; `Err` says why it cannot be done.
fn compare(figure: &Quantity, bound: &Quantity) -> Result<Ordering, Judgement> {
    let same = Unit { exponent: 0, factor: 1, divisor: 1, dimension: (units::Base::One, units::Base::One) };
    let (one, other) = if figure.unit == bound.unit {
        (same, same)
    } else {
        let (one, other) = (units::parse(&figure.unit), units::parse(&bound.unit));
        let written = !figure.unit.is_empty() && !bound.unit.is_empty();
        match (one.filter(|_| written), other.filter(|_| written)) {
            (Some(one), Some(other)) if one.dimension == other.dimension => (one, other),
            (Some(_), Some(_)) => return Err(Judgement::Units(figure.unit.clone(), bound.unit.clone())),
            _ => return Err(Judgement::Open),
        }
    };
    let left = scaled(figure.number, one, other.divisor);
    let right = scaled(bound.number, other, one.divisor);
    let ordered = left.zip(right).and_then(|((left, up), (right, down))| {
        let base = up.min(down);
        let raise = |mantissa: i128, exponent: i32| {
            mantissa.checked_mul(10i128.checked_pow(u32::try_from(exponent - base).ok()?)?)
        };
        Some(raise(left, up)?.cmp(&raise(right, down)?))
    });
    ordered.ok_or(Judgement::Open)
}

/// Mantissa and power of ten of a number in base units, times the other side's divisor.
fn scaled(number: Number, unit: Unit, other_divisor: i128) -> Option<(i128, i32)> {
    let mantissa = number.mantissa.checked_mul(unit.factor)?.checked_mul(other_divisor)?;
    Some((mantissa, number.exponent + unit.exponent))
}
