//! Names that lists do not show any more, or show masked, and that a text still tells whole.
//!
//! In: penalties, lists and other records with names that are masked, and the texts that are public. Out: an error at a name that
//! was withdrawn and that nothing else makes public, else a warning: what left by the calendar alone may not keep a build from
//! publishing, since then the entry itself would stay. A name that a public record shows whole is no secret; of what has left, a
//! text that speaks of the penalty is warned of all the same.
//!
//! Source: SAMR order 45 of 2021, article 13 (what has ended is not told of any more). Not here: the search of the output for
//! withheld texts, which lets pass what a public text tells (`disclose::withheld`).

use std::collections::{HashMap, HashSet};

use super::super::Context;
use super::super::documents::place_in;
use super::super::terms::{blacklist_last_day, penalty_last_day};
use crate::calendar::Date;
use crate::diagnostic::{Code, Findings, Message};
use crate::record::edges::Handle;
use crate::record::field::{Field, Kind, Mask, Type, Visibility};
use crate::record::privacy::NameMask;
use crate::record::value::{Prose, Record, Value};
use crate::record::values::Values;
use crate::record::{blacklist, penalty};

/// A name that has left publication, or is masked, and is told in a text.
pub const NAME_LINGERS: Code = Code("W-NAME-LINGERS");

/// A name that was withdrawn and still stands in a source, or anything removed that still stands in an output.
pub const REMOVED_PRESENT: Code = Code("E-REMOVED-PRESENT");

/// Persons have names of up to four characters: a text may well tell of a namesake.
const LONGEST_PERSON: usize = 4;

/// Words of a text that speaks of a penalty or a list.
const OF_PENALTIES: [&str; 5] = ["处罚", "失信", "黑名单", "列入", "吊销"];

/// Why a name should not be told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    Ended,
    Withdrawn,
    Masked,
}

/// A name that should not be told.
struct Name<'l> {
    text: &'l str,
    why: Why,
    kind: &'static Kind,
    record: &'l Record,
}

/// Names by their first three characters.
type Names<'l> = HashMap<[char; 3], Vec<Name<'l>>>;

/// W-NAME-LINGERS, E-REMOVED-PRESENT.
pub fn names(context: &Context<'_>, findings: &mut Findings) {
    let names = gather(context);
    if names.is_empty() {
        return;
    }
    let mut told: Vec<(&Record, &Prose, usize, &Name<'_>)> = Vec::new();
    for (record, prose) in public_texts(context) {
        let mut seen: HashSet<&str> = HashSet::new();
        let characters: Vec<(usize, char)> = prose.body.char_indices().collect();
        for window in characters.windows(3) {
            let [(at, a), (_, b), (_, c)] = window else { continue };
            let rest = prose.body.get(*at..).unwrap_or("");
            let here =
                names.get(&[*a, *b, *c]).into_iter().flatten().filter(|name| rest.starts_with(name.text));
            for name in here {
                if seen.insert(name.text) {
                    told.push((record, prose, *at, name));
                }
            }
        }
    }
    if told.is_empty() {
        return;
    }
    let wanted: HashSet<&str> = told.iter().map(|(.., name)| name.text).collect();
    let public = public_names(context, &wanted);
    for (record, prose, at, name) in told {
        let speaks = OF_PENALTIES.iter().any(|word| prose.body.contains(word));
        let (has_left, is_public) = (name.why != Why::Masked, public.contains(name.text));
        if is_public && !(has_left && speaks) {
            continue;
        }
        let is_meant = speaks || name.text.chars().count() > LONGEST_PERSON;
        let must_go = name.why == Why::Withdrawn && !is_public && is_meant;
        let message = message(name);
        let code = if must_go { REMOVED_PRESENT } else { NAME_LINGERS };
        let finding = findings.add(code, place_in(record, prose, at), message);
        finding.record(&record.public_name()).hint(Message::new(
            "请改写这一段，或者给文章写上 publish_until，到期一起撤下",
            "reword the passage, or give the article a `publish_until` so that it leaves too",
        ));
    }
}

fn message(name: &Name<'_>) -> Message {
    let (text, zh, id) = (name.text, name.kind.zh, name.record.id.as_str());
    match name.why {
        Why::Withdrawn => Message::new(
            format!("已移出的“{text}”（{zh} {id}）仍出现在这里"),
            format!("`{text}` was withdrawn with {id} of {}, and is still told of here", name.kind.plural),
        ),
        Why::Ended => Message::new(
            format!("“{text}”的{zh}（{id}）已停止公示，这里仍写着"),
            format!(
                "`{text}` has left publication with {id} of {}, and is still told of here",
                name.kind.plural
            ),
        ),
        Why::Masked => Message::new(
            format!("“{text}”在{zh}（{id}）里遮挡了，这里写着全名"),
            format!("`{text}` is masked in {id} of {}, and told whole here", name.kind.plural),
        ),
    }
}

/// Texts that are public on the day.
fn public_texts<'l>(context: &Context<'l>) -> impl Iterator<Item = (&'l Record, &'l Prose)> {
    let ledger = context.ledger;
    let tables = (0u16..).zip(ledger.kinds.all()).zip(&ledger.tables);
    let shown = tables.flat_map(move |((at, kind), table)| {
        (0u32..).zip(table).filter(move |(no, record)| {
            record.prose.is_some() && !is_absent(context, Handle { kind: at, no: *no }, kind, record)
        })
    });
    shown.filter_map(|(_, record)| Some((record, record.prose.as_deref()?)))
}

/// Whether a record is not public any more, or not yet.
pub(super) fn is_absent(context: &Context<'_>, handle: Handle, kind: &'static Kind, record: &Record) -> bool {
    let is_draft = matches!(record.view(kind).by_key("draft"), Value::Flag(true));
    is_draft || has_left(context, handle, kind, record)
}

/// Whether a record was withdrawn, or its last day is over.
fn has_left(context: &Context<'_>, handle: Handle, kind: &'static Kind, record: &Record) -> bool {
    let view = record.view(kind);
    let written = kind.period.until.and_then(|key| match view.by_key(key) {
        Value::Date(day) => Some(*day),
        Value::Text(moment) => Date::parse(moment.get(..10)?),
        _ => None,
    });
    let sets = &context.ledger.settings.rule_sets;
    let computed = || {
        if std::ptr::eq(kind, &penalty::KIND) {
            penalty_last_day(sets, view)
        } else if std::ptr::eq(kind, &blacklist::KIND) {
            blacklist_last_day(sets, view)
        } else {
            None
        }
    };
    context.is_withdrawn(handle) || written.or_else(computed).is_some_and(|last| last < context.as_of)
}

/// The masked names of all records, and those of records that have left.
fn gather<'l>(context: &Context<'l>) -> Names<'l> {
    let ledger = context.ledger;
    let mut names: Names<'l> = HashMap::new();
    for ((at, kind), table) in (0u16..).zip(ledger.kinds.all()).zip(&ledger.tables) {
        let mut paths = Vec::new();
        super::settings::masked_paths(kind.fields, "", &mut paths);
        if paths.is_empty() {
            continue;
        }
        let privacy = &ledger.settings.privacy;
        // A kind whose names are shown whole has none to hide while its records are public.
        let shows_all = paths.iter().all(|path| privacy.mask(kind.plural, path) == NameMask::Full);
        for (no, record) in (0u32..).zip(table) {
            let handle = Handle { kind: at, no };
            let left = has_left(context, handle, kind, record);
            if shows_all && !left {
                continue;
            }
            each_name(kind.fields, &record.values, &mut |text, is_hidden| {
                let mut first = text.chars();
                let start = [first.next(), first.next(), first.next()];
                let [Some(a), Some(b), Some(c)] = start else { return };
                if !text.contains(['*', '＊']) && (left || is_hidden) {
                    let why = match (left, context.is_withdrawn(handle)) {
                        (true, true) => Why::Withdrawn,
                        (true, false) => Why::Ended,
                        (false, _) => Why::Masked,
                    };
                    names.entry([a, b, c]).or_default().push(Name { text, why, kind, record });
                }
            });
        }
    }
    names
}

/// Calls `found` for the names that fields with a mask hold, and whether the mask hides them.
pub(super) fn each_name<'l>(
    fields: &'static [Field],
    values: &'l Values,
    found: &mut impl FnMut(&'l str, bool),
) {
    let is_given =
        |key: &str| fields.iter().zip(values).any(|(field, value)| field.key == key && !value.is_absent());
    for (field, value) in fields.iter().zip(values) {
        match (field.ty, value) {
            (Type::Object(fields), Value::Object(values)) => inner(fields, values, found),
            (Type::List(Type::Object(fields)), Value::List(members)) => {
                for member in members {
                    if let Value::Object(values) = member {
                        inner(fields, values, found);
                    }
                }
            }
            (_, Value::Text(text)) => match field.visibility {
                Visibility::Masked(Mask::Name) => found(text, true),
                Visibility::Masked(Mask::NameUnless(key)) => found(text, !is_given(key)),
                _ => {}
            },
            _ => {}
        }
    }
}

fn inner<'l>(fields: &'static [Field], values: &'l Values, found: &mut dyn FnMut(&'l str, bool)) {
    each_name(fields, values, &mut |text, is_hidden| found(text, is_hidden));
}

/// Which of the wanted names some public record shows whole.
fn public_names<'l>(context: &Context<'l>, wanted: &HashSet<&str>) -> HashSet<&'l str> {
    let ledger = context.ledger;
    let mut public = HashSet::new();
    for ((at, kind), table) in (0u16..).zip(ledger.kinds.all()).zip(&ledger.tables) {
        for (no, record) in (0u32..).zip(table) {
            let mut here: Vec<&'l str> = Vec::new();
            shown(kind.fields, &record.values, &mut here);
            here.retain(|text| wanted.contains(text));
            if !here.is_empty() && !is_absent(context, Handle { kind: at, no }, kind, record) {
                public.extend(here);
            }
        }
    }
    public
}

/// The texts of a record that the public may read whole.
fn shown<'l>(fields: &'static [Field], values: &'l Values, out: &mut Vec<&'l str>) {
    each_name(fields, values, &mut |text, is_hidden| {
        if !is_hidden {
            out.push(text);
        }
    });
    for (field, value) in
        fields.iter().zip(values).filter(|(field, _)| field.visibility == Visibility::Public)
    {
        match (field.ty, value) {
            (Type::Object(fields), Value::Object(values)) => shown(fields, values, out),
            (Type::List(Type::Object(fields)), Value::List(members)) => {
                for member in members {
                    if let Value::Object(values) = member {
                        shown(fields, values, out);
                    }
                }
            }
            (_, Value::Text(text)) => out.push(text),
            _ => {}
        }
    }
}
