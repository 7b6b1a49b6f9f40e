//! IX-02, IX-03, IX-12: whether home page and columns are up to date, and whether a column has an entry at all.
//!
//! In: a page whose days can be seen, and the as-of date. Out: breaches. Only visible days count, as they do for inspectors: what
//! shows no day counts as not updated. Not here: columns that `portal.yaml` gives no term.

use super::page::{Asks, Page, Place};
use super::rules::{COLUMNS, COLUMNS_SOON, ENTRIES, HOME, HOME_SOON, Rule};
use super::{Inspector, Notes, Sort, Subject};
use crate::calendar::Date;
use crate::diagnostic::Message;

/// Judges the days of a page.
pub(super) fn judge(
    inspector: &Inspector<'_>,
    subject: &Subject<'_>,
    page: &Page<'_>,
    notes: &mut Notes<'_>,
) {
    let days = &inspector.settings.inspection;
    if subject.sort == Sort::Home {
        let terms = Terms {
            warn: (&HOME_SOON, days.home_warn_days),
            stop: (&HOME, days.home_error_days),
            zh: "首页",
            en: "the home page",
        };
        age(inspector.as_of, page, &terms, notes);
    }
    if subject.is_list && !page.links.iter().any(is_entry) {
        let message = Message::new("栏目里没有一条内容", "the column has no entry");
        notes.whole(&ENTRIES, "empty", message);
    } else if let Some(most) = subject.most_days {
        let terms = Terms {
            warn: (&COLUMNS_SOON, most - days.column_warn_days),
            stop: (&COLUMNS, most),
            zh: "栏目",
            en: "the column",
        };
        age(inspector.as_of, page, &terms, notes);
    }
}

/// A link in the text of the page: no step of a path, no way to the next part.
fn is_entry(link: &super::page::Link<'_>) -> bool {
    link.asks == Asks::Page
        && link.place == Place::Main
        && link.nav.is_none()
        && !link.target.starts_with(['#', '?'])
        && !link.target.contains(':')
}

struct Terms {
    warn: (&'static Rule, i64),
    stop: (&'static Rule, i64),
    zh: &'static str,
    en: &'static str,
}

fn age(as_of: Date, page: &Page<'_>, terms: &Terms, notes: &mut Notes<'_>) {
    let days = page.times.iter().filter(|time| time.place == Place::Main);
    let newest =
        days.filter_map(|time| Date::parse(time.datetime.get(..10)?)).filter(|day| *day <= as_of).max();
    let Terms { zh, en, .. } = terms;
    let Some(newest) = newest else {
        let message = Message::new(
            format!("{zh}上没有一个日期，按检查口径算作不更新"),
            format!("{en} shows no day, which inspectors count as not updated"),
        );
        notes.whole(terms.stop.0, "none", message);
        return;
    };
    let age = as_of.days_since(newest);
    let (rule, most) = if age > terms.stop.1 { terms.stop } else { terms.warn };
    if age <= most {
        return;
    }
    let last = terms.stop.1;
    let message = Message::new(
        format!("{zh}最新的内容是 {newest}，距 {as_of} 已{age}天（期限{last}天）"),
        format!("the newest on {en} is of {newest}, {age} days before {as_of} (the term is {last} days)"),
    );
    notes.whole(rule, "old", message);
}
