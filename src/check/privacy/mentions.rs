//! Names of withdrawn records that a field of another public record still tells: the producer of a sample, a note.
//!
//! In: withdrawn enterprises, cadres and records with a party or a person, and the fields that are public. Out: a warning
//! at the field, since the law may want it shown there; an error where a withdrawal tells the name. A name that a public enterprise or cadre bears is no secret. The output is not searched for such a name, since a public field
//! tells it (`disclose::withheld`): so the clerk has to be told here.
//!
//! Source: SAMR order 45 of 2021, article 11 (what is annulled is withdrawn). Not here: names in running text (`lingering`).

use std::collections::HashSet;

use rayon::prelude::*;

use super::super::Context;
use super::super::subject::{Subject, each_text_of};
use super::lingering::{NAME_LINGERS, REMOVED_PRESENT, each_name, is_absent};
use crate::diagnostic::{Findings, Message, Step};
use crate::record::edges::Handle;
use crate::record::field::{Field, Home, Kind, Strength, Type, Visibility};
use crate::record::value::{Record, Value};
use crate::record::{cadre, enterprise, withdrawal};

/// Records that one worker reads.
const CHUNK: usize = 1024;

/// A name with the withdrawn record that bore it.
struct Name<'l> {
    text: &'l str,
    kind: &'static Kind,
    record: &'l Record,
}

/// W-NAME-LINGERS and E-REMOVED-PRESENT in fields.
pub fn mentions(context: &Context<'_>, findings: &mut Findings) {
    let names = gather(context);
    if names.is_empty() {
        return;
    }
    let mut firsts = vec![false; FIRSTS];
    for first in names.iter().filter_map(|name| name.text.chars().next()) {
        if let Some(place) = firsts.get_mut(first as usize % FIRSTS) {
            *place = true;
        }
    }
    let ledger = context.ledger;
    for ((at, kind), table) in (0u16..).zip(ledger.kinds.all()).zip(&ledger.tables) {
        let chunks = table.par_chunks(CHUNK).enumerate().map(|(chunk, records)| {
            let mut found = Findings::default();
            for (no, record) in (chunk * CHUNK..).zip(records) {
                let handle = Handle { kind: at, no: no as u32 };
                each_text_of(kind, record, is_told, &mut |field, text, path| {
                    let may_begin = |c: char| firsts.get(c as usize % FIRSTS) == Some(&true);
                    if text.chars().any(may_begin)
                        && let Some(name) = names.iter().find(|name| tells(text, name.text))
                        && !is_hidden(context, handle, kind, record)
                    {
                        report(kind, record, field, path, name, &mut found);
                    }
                });
            }
            found
        });
        findings.0.extend(chunks.collect::<Vec<_>>().into_iter().flat_map(|found| found.0));
    }
}

/// Places for the first characters of names; two may share one.
const FIRSTS: usize = 1 << 12;

/// Whether a field is free text that the public reads.
fn is_told(field: &Field, ty: Type) -> bool {
    matches!(ty, Type::Text)
        && field.visibility == Visibility::Public
        && field.link.is_none_or(|link| link.strength == Strength::May)
}

/// Names of two characters stand in longer words by chance.
fn tells(text: &str, name: &str) -> bool {
    text == name || name.chars().nth(2).is_some() && text.contains(name)
}

fn report(
    kind: &'static Kind,
    record: &Record,
    field: &Field,
    path: &[Step],
    name: &Name<'_>,
    findings: &mut Findings,
) {
    let (text, of, id) = (name.text, name.kind, name.record.id.as_str());
    // `name` says of what only together with the field that holds it.
    let outer = path.first().and_then(|step| match step {
        Step::Key(key) => kind.fields.iter().find(|field| field.key == *key),
        Step::Item(_) => None,
    });
    let field = outer.unwrap_or(field);
    // What tells why something left has no right to the name of who it was.
    if std::ptr::eq(&withdrawal::KIND, kind) {
        let message = Message::new(
            format!("已移出的“{text}”（{} {id}）仍出现在{}的“{}”里", of.zh, kind.zh, field.zh),
            format!(
                "`{text}` was withdrawn with {id} of {}, and is still told in the {} of {}",
                of.plural, field.en, kind.plural
            ),
        );
        Subject::of(kind, record).blame(findings, REMOVED_PRESENT, path, message).hint(Message::new(
            "这里会公布，请改写，不写名称",
            "this is published: reword it without the name",
        ));
        return;
    }
    let message = Message::new(
        format!("“{text}”的{}（{id}）已撤回，{}的“{}”里仍写着", of.zh, kind.zh, field.zh),
        format!(
            "`{text}` was withdrawn with {id} of {}, and is still told in the {} of {}",
            of.plural, field.en, kind.plural
        ),
    );
    Subject::of(kind, record).blame(findings, NAME_LINGERS, path, message).hint(Message::new(
        format!("要一并撤下的，在 withdrawals 里写 {{kind: {}, id: …}}；依法仍须公示的，保留即可", kind.singular),
        format!(
            "if it has to go too, add {{kind: {}, id: …}} under `withdrawals:`; leave it where the law wants it shown",
            kind.singular
        ),
    ));
}

/// The names of what was withdrawn, in their order, without those that a public enterprise or cadre bears.
fn gather<'l>(context: &Context<'l>) -> Vec<Name<'l>> {
    let ledger = context.ledger;
    let mut withdrawn: Vec<Handle> = context.withdrawn.iter().copied().collect();
    withdrawn.sort_unstable();
    let mut names: Vec<Name<'l>> = Vec::new();
    for handle in withdrawn {
        let table = ledger.tables.get(usize::from(handle.kind));
        let record = table.and_then(|table| table.get(handle.no as usize));
        let (Some(kind), Some(record)) = (ledger.kinds.at(usize::from(handle.kind)), record) else {
            continue;
        };
        let mut add = |text: &'l str| {
            let is_whole = text.chars().nth(1).is_some() && !text.contains(['*', '＊']);
            if is_whole && names.iter().all(|known| known.text != text) {
                names.push(Name { text, kind, record });
            }
        };
        match bearer(kind) {
            Some(key) => record.view(kind).by_key(key).as_text().into_iter().for_each(&mut add),
            None => each_name(kind.fields, &record.values, &mut |text, _| add(text)),
        }
    }
    if names.is_empty() {
        return names;
    }
    let wanted: HashSet<&str> = names.iter().map(|name| name.text).collect();
    let mut public: HashSet<&str> = HashSet::new();
    for ((at, kind), table) in (0u16..).zip(ledger.kinds.all()).zip(&ledger.tables) {
        let Some(key) = bearer(kind) else { continue };
        for (no, record) in (0u32..).zip(table) {
            let name = record.view(kind).by_key(key).as_text().filter(|name| wanted.contains(name));
            public.extend(name.filter(|_| !is_absent(context, Handle { kind: at, no }, kind, record)));
        }
    }
    names.retain(|name| !public.contains(name.text));
    names
}

/// The field in which a kind's records tell their own name.
fn bearer(kind: &'static Kind) -> Option<&'static str> {
    [&enterprise::KIND, &cadre::KIND].into_iter().any(|known| std::ptr::eq(known, kind)).then_some("name")
}

/// Whether a record is not public, by itself or because it hangs on one that is not.
fn is_hidden(context: &Context<'_>, handle: Handle, kind: &'static Kind, record: &Record) -> bool {
    let ledger = context.ledger;
    let hangs = |slot: u16| {
        let field = kind.fields.get(usize::from(slot));
        field.is_some_and(|field| {
            let must = field.link.is_some_and(|link| link.strength == Strength::Must);
            field.required && must || matches!(kind.home, Home::Inside(_, key) if key == field.key)
        })
    };
    let is_gone = |end: Handle| {
        let kind = ledger.kinds.at(usize::from(end.kind));
        kind.zip(ledger.record(end)).is_some_and(|(kind, record)| is_absent(context, end, kind, record))
    };
    is_absent(context, handle, kind, record)
        || matches!(record.view(kind).by_key("minor"), Value::Flag(true))
        || ledger.edges.outgoing(handle).iter().any(|edge| hangs(edge.slot) && is_gone(edge.end))
}
