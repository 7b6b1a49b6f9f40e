//! Questions that texts ask between `{{` and `}}`: each can be answered.
//!
//! In: the texts of articles, chapters and pages. Out: E-FIGURE-QUERY where the words cannot be read or name what is not
//! there, at line and column. A question that names a region, food or department that no record has, or records that no list
//! holds, would print a nothing for ever, so that is a mistake too. W-FIGURE-AHEAD where the period has not begun.
//!
//! Not here: what a question means (`record::query`), the answer (`disclose::figures`).

use std::collections::BTreeSet;

use crate::calendar::Date;
use crate::diagnostic::{Code, Findings, Message};
use crate::ledger::Ledger;
use crate::markdown::{placeholders, wide_braces};
use crate::record::field::{Constraint, Type};
use crate::record::measure::Class;
use crate::record::query::{Fault, Query, When, read};
use crate::record::value::Value;
use crate::record::{plan_task, region, sample};
use crate::text::{excerpt, nearest};

use super::Context;
use super::documents::place_in;

/// A question of a text that cannot be answered.
pub const FIGURE_QUERY: Code = Code("E-FIGURE-QUERY");
/// A question for a period that has not begun.
pub const FIGURE_AHEAD: Code = Code("W-FIGURE-AHEAD");

/// E-FIGURE-QUERY, W-FIGURE-AHEAD.
pub(super) fn queries(context: &Context<'_>, findings: &mut Findings) {
    let ledger = context.ledger;
    for record in ledger.tables.iter().flatten() {
        let Some(prose) = record.prose.as_deref() else { continue };
        let asked = placeholders(&prose.body).into_iter().filter_map(|asked| {
            let fault = match &asked.words {
                None => Some((FIGURE_QUERY, unclosed())),
                Some(words) => match read(words, &ledger.kinds) {
                    Ok(query) => nowhere(ledger, &query)
                        .or_else(|| unlisted(ledger, &query))
                        .map(|fault| (FIGURE_QUERY, fault))
                        .or_else(|| Some((FIGURE_AHEAD, not_begun(ledger, &query, context.as_of)?))),
                    Err(fault) => Some((FIGURE_QUERY, fault)),
                },
            };
            Some((asked.range.start, fault?))
        });
        let wide = wide_braces(&prose.body).into_iter().map(|at| (at, (FIGURE_QUERY, wide())));
        for (at, (code, Fault { message, hint })) in asked.chain(wide) {
            let place = place_in(record, prose, at);
            let finding = findings.add(code, place, Message::new(message.0, message.1));
            finding.record = Some(record.public_name());
            finding.hint(Message::new(hint.0, hint.1));
        }
    }
}

fn unclosed() -> Fault {
    Fault {
        message: ("“{{”后面没有“}}”".to_string(), "`{{` has no `}}` on its line".to_string()),
        hint: (
            "写在同一行；要原样显示花括号的，放在 ` ` 里".to_string(),
            "close it on the same line; put braces that are to show between ` `".to_string(),
        ),
    }
}

fn wide() -> Fault {
    Fault {
        message: (
            "“｛｛”是全角花括号，会原样印出".to_string(),
            "`｛｛` are braces of full width and would be printed as they stand".to_string(),
        ),
        hint: (
            "切到英文输入法写 {{ }}；要原样显示的，放在 ` ` 里".to_string(),
            "write {{ }} in ASCII; put what is to show as it stands between ` `".to_string(),
        ),
    }
}

/// What a question names and no record has.
fn nowhere(ledger: &Ledger, query: &Query) -> Option<Fault> {
    let (Query::Count { region, .. } | Query::Figure { region, .. }) = query;
    if let Some(code) = region {
        let known: BTreeSet<&str> =
            ledger.records(&region::KIND).map(|(_, record, _)| record.id.as_str()).collect();
        if !known.contains(code.as_str()) {
            return (!ledger.may_stand_in_broken_file(code)).then(|| missing("region", code, &known));
        }
    }
    let Query::Figure { class: Some((class, value)), .. } = query else { return None };
    let known = values(ledger, *class)?;
    let known: BTreeSet<&str> = known.iter().map(String::as_str).collect();
    (!known.contains(value.as_str())).then(|| missing(class.choice().key, value, &known))
}

/// What counts records of which only a stub is shown, such as closed enterprises: no list holds one.
fn unlisted(ledger: &Ledger, query: &Query) -> Option<Fault> {
    let Query::Count { kind, wanted, .. } = query else { return None };
    let kind = ledger.kinds.at(*kind)?;
    let stub = kind.stub?;
    wanted.iter().find_map(|(slot, choice)| {
        let field = kind.fields.get(usize::from(*slot)).filter(|field| field.key == stub.key)?;
        let Type::Choice(choices) = field.ty else { return None };
        let choice = choices.get(usize::from(*choice)).filter(|choice| stub.is.contains(&choice.key))?;
        let listed: Vec<&str> =
            choices.iter().map(|choice| choice.key).filter(|key| !stub.is.contains(key)).collect();
        let (key, name, shown) = (choice.key, choice.zh, field.key);
        Some(Fault {
            message: (
                format!("{shown}='{key}'：{name}的{}不在名录里，这里永远是 0", kind.zh),
                format!("{shown}='{key}': no list holds such {}, so this is always 0", kind.en),
            ),
            hint: (
                format!("可统计的有：{}；其余的数请直接写明", listed.join("、")),
                format!("there are {}; write any other number out", listed.join(", ")),
            ),
        })
    })
}

/// What asks for a period behind the as-of date, of which nothing can have been published.
fn not_begun(ledger: &Ledger, query: &Query, as_of: Date) -> Option<Fault> {
    let period = match query {
        Query::Figure { period: When::At(period), .. } => *period,
        Query::Count { kind, period: Some(period), .. } => {
            let kind = ledger.kinds.at(*kind)?;
            let day = kind.dated?;
            // Of other kinds, such as those with a term, days ahead are counted.
            let is_past =
                kind.period.from == Some(day) || kind.constraints.contains(&Constraint::NotAhead(day));
            Some(*period).filter(|_| is_past)?
        }
        _ => return None,
    };
    let first = period.first_day().filter(|first| *first > as_of)?;
    Some(Fault {
        message: (
            format!("时段“{period}”到 {first} 才开始，构建日期是 {as_of}，这里只能印出 0 或“—”"),
            format!(
                "the period `{period}` begins on {first}, after the as-of date {as_of}: this prints 0 or `—`"
            ),
        ),
        hint: ("请核对年份和季度、月份".to_string(), "check the year, and the quarter or month".to_string()),
    })
}

/// The values of a class that records decide.
fn values(ledger: &Ledger, class: Class) -> Option<BTreeSet<String>> {
    let samples = || ledger.records(&sample::KIND).map(|(_, _, view)| view);
    let tasks = || ledger.records(&plan_task::KIND).map(|(_, _, view)| view);
    Some(match class {
        Class::Category => {
            samples().filter_map(|view| view.text(sample::CATEGORY)).map(str::to_string).collect()
        }
        Class::Item => samples()
            .flat_map(|view| view.objects(sample::ITEMS))
            .filter_map(|item| item.text(sample::item::ITEM))
            .map(str::to_string)
            .collect(),
        Class::Phase => tasks()
            .filter_map(|view| {
                Some(format!("{}/{}", view.text(plan_task::PLAN)?, view.text(plan_task::PHASE)?))
            })
            .collect(),
        Class::Department => tasks()
            .flat_map(|view| view.list(plan_task::LEAD).iter().filter_map(Value::as_text))
            .map(str::to_string)
            .collect(),
        Class::Level | Class::Sector | Class::Tier | Class::Audience => return None,
    })
}

fn missing(key: &str, value: &str, known: &BTreeSet<&str>) -> Fault {
    let shown = excerpt(value, 40);
    let near = nearest(value, known.iter().copied());
    let hint = match near {
        Some(near) => (format!("是否“{near}”"), format!("did you mean `{near}`?")),
        None => {
            let some = known.iter().take(12).copied().collect::<Vec<_>>().join("、");
            (format!("台账里有：{some}"), format!("the ledgers have {some}"))
        }
    };
    Fault {
        message: (
            format!("{key}='{shown}'：台账里没有，算不出数"),
            format!("{key}='{shown}': the ledgers have no such value, nothing can be counted"),
        ),
        hint,
    }
}
