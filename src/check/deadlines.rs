//! Days against the as-of date, as a kind's table states them by itself: what has happened is not ahead, what is over is told,
//! what was due is done.
//!
//! In: the [`Constraint`]s of every kind and its records. Out: findings at the day that is to blame. Each is silent where
//! the day is absent or could not be read.
//!
//! Not here: two days in their order (`constraints`, `dates`).

use super::Context;
use super::constraints::{day, each, field, zh};
use super::subject::Subject;
use crate::calendar::Date;
use crate::diagnostic::{Code, Findings, Message, Step};
use crate::record::field::{Constraint, Kind, Type};
use crate::record::value::{Record, Value, View};

/// A day behind the as-of date of something that has happened.
pub const DATE_AHEAD: Code = Code("E-DATE-AHEAD");
/// A first day of publication that lies more than a year ahead.
pub const DATE_FAR: Code = Code("W-DATE-FAR");
/// A term that is over.
pub const EXPIRED: Code = Code("W-EXPIRED");
/// A day by which something was to be done that is not recorded as done.
pub const OVERDUE: Code = Code("W-OVERDUE");

/// E-DATE-AHEAD.
pub(super) fn not_ahead(context: &Context<'_>, findings: &mut Findings) {
    each(context, |constraint, kind, record, view| match constraint {
        Constraint::NotAhead(key) => {
            if let Some(ahead) = day(view, key).filter(|day| *day > context.as_of) {
                ahead_of(context, (kind, record), (key, zh(kind, key)), ahead, &[Step::Key(key)], findings);
            }
        }
        Constraint::NotAheadIn(outer, key) => {
            let (ty, value) = (field(kind, outer).map(|field| field.ty), view.by_key(outer));
            let (fields, members): (_, Vec<(Option<u32>, &Value)>) = match (ty, value) {
                (Some(Type::List(Type::Object(fields))), Value::List(members)) => {
                    (*fields, (0..).map(Some).zip(members).collect())
                }
                (Some(Type::Object(fields)), value) => (fields, vec![(None, value)]),
                _ => return,
            };
            let label = fields.iter().find(|field| field.key == *key).map_or(*key, |field| field.zh);
            for (at, member) in members {
                let Value::Object(values) = member else { continue };
                let Some(ahead) = day(View { fields, values }, key).filter(|day| *day > context.as_of) else {
                    continue;
                };
                let path: Vec<Step> = [Some(Step::Key(outer)), at.map(Step::Item), Some(Step::Key(key))]
                    .into_iter()
                    .flatten()
                    .collect();
                ahead_of(context, (kind, record), (key, label), ahead, &path, findings);
            }
        }
        _ => {}
    });
}

fn ahead_of(
    context: &Context<'_>,
    (kind, record): (&'static Kind, &Record),
    (key, label): (&str, &str),
    ahead: Date,
    path: &[Step],
    findings: &mut Findings,
) {
    let as_of = context.as_of;
    let message = Message::new(
        format!("{label} {ahead} 晚于构建日期 {as_of}"),
        format!("`{key}` ({ahead}) lies after the as-of date {as_of}"),
    );
    Subject::of(kind, record).blame(findings, DATE_AHEAD, path, message).hint(Message::new(
        "还没有发生的事不能写成已经发生，请核对年份",
        "what has not happened yet is not a fact; check the year",
    ));
}

/// Days ahead up to which a first day of publication is taken for a plan and not for a slip of the pen.
const PLANNED_DAYS: i64 = 366;

/// W-DATE-FAR: without a word the gate would hold the record back until its day. Silent where the day may not lie ahead at
/// all, which is told as E-DATE-AHEAD.
pub(super) fn far_ahead(context: &Context<'_>, findings: &mut Findings) {
    for (kind, table) in context.ledger.kinds.all().zip(&context.ledger.tables) {
        let Some(key) = kind.period.from else { continue };
        if kind.constraints.contains(&Constraint::NotAhead(key)) {
            continue;
        }
        for record in table {
            let as_of = context.as_of;
            let far = |day: &Date| day.days_since(as_of) > PLANNED_DAYS;
            let Some(first) = day(record.view(kind), key).filter(far) else { continue };
            let message = Message::new(
                format!("{} {first} 比构建日期 {as_of} 晚一年以上，到那天以前不公开", zh(kind, key)),
                format!(
                    "`{key}` ({first}) lies more than a year after the as-of date {as_of}; nothing is shown until then"
                ),
            );
            Subject::of(kind, record).blame(findings, DATE_FAR, &[Step::Key(key)], message).hint(Message::new(
                "请核对年份；确实要等到那天才公开的，在台账的 allowances 里写明理由和期限",
                "check the year; if it is to wait that long, say so under `allowances:` with a reason and a last day",
            ));
        }
    }
}

/// W-EXPIRED.
pub(super) fn expires(context: &Context<'_>, findings: &mut Findings) {
    each(context, |constraint, kind, record, view| {
        let Constraint::Expires(key) = constraint else { return };
        let Some(last) = day(view, key).filter(|day| *day < context.as_of) else { return };
        let message = Message::new(
            format!("{}已到期：{} {last}", kind.zh, zh(kind, key)),
            format!("`{key}` of this {} was {last} and is over", kind.singular),
        );
        Subject::of(kind, record)
            .blame(findings, EXPIRED, &[Step::Key(key)], message)
            .hint(Message::new("请更新日期，或撤下这一条", "renew the day, or withdraw the record"));
    });
}

/// W-OVERDUE.
pub(super) fn overdue(context: &Context<'_>, findings: &mut Findings) {
    each(context, |constraint, kind, record, view| {
        let Constraint::Due(due, done) = constraint else { return };
        let Some(last) = day(view, due).filter(|day| *day < context.as_of) else { return };
        if !view.by_key(done).is_absent() {
            return;
        }
        let days = context.as_of.days_since(last);
        let message = Message::new(
            format!("{} {last} 已过{days}天，未登记{}", zh(kind, due), zh(kind, done)),
            format!("`{due}` was {last}, {days} days ago, and there is no `{done}`"),
        );
        Subject::of(kind, record)
            .blame(findings, OVERDUE, &[Step::Key(due)], message)
            .hint(Message::new(format!("办完后写上 {done}"), format!("give `{done}` once it is done")));
    });
}
