//! Looks up where findings point and turns them into sorted diagnostics.
//!
//! In: findings that name a record's node and a path of steps, since positions are not kept with the records.
//! Out: [`Diagnostic`]s with file, line and column. Each file that is named is read and parsed once more, in
//! parallel, unless it is a ledger of which the last run looked up the same; a portal without findings pays nothing.
//!
//! Not here: how they are printed (`display`), by what they are known again (`fingerprint`).

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::cache::Cache;
use crate::diagnostic::{
    Allowed, Diagnostic, FileId, Finding, Findings, Fingerprint, Message, Origin, Place, Position, Step,
};
use crate::pii::Detector;
use crate::source::csv::{lay_out, parse_table};
use crate::source::document::{Document, NodeRef};
use crate::source::fingerprint;
use crate::source::front_matter::split_front_matter;
use crate::source::kept::parse_kept;
use crate::source::limits::Limits;
use crate::source::located::{Found, Located};
use crate::source::read::read_text;
use crate::source::walk::{Role, Sources};
use crate::source::yaml::parse_yaml;

/// Gives every finding its file, line and column, sorted by file, line, column, code and message.
pub fn locate(sources: &Sources, limits: &Limits, cache: &Cache, findings: Vec<Finding>) -> Vec<Diagnostic> {
    let mut wanted: BTreeMap<FileId, Vec<(&Origin, &[Step])>> = BTreeMap::new();
    for place in findings.iter().flat_map(places) {
        if let Place::Value(origin, steps) = place {
            wanted.entry(origin.file).or_default().push((origin, steps));
        }
    }
    let before = if wanted.is_empty() { Located::default() } else { Located::read(cache) };
    let positions: Positions<'_> = wanted
        .par_iter()
        .flat_map_iter(|(file, values)| {
            let known = sources.hashes.get(file).and_then(|bytes| {
                let find = |(origin, steps): &(&Origin, &[Step])| before.find(*bytes, origin, steps);
                values.iter().map(find).map(|found| found.map(Some)).collect()
            });
            let found: Vec<Option<Found>> = known.unwrap_or_else(|| {
                let document = read_again(sources, *file, limits, cache);
                values.iter().map(|(origin, steps)| look_up(document.as_ref()?, origin, steps)).collect()
            });
            values.iter().zip(found).filter_map(|(value, found)| Some((*value, found?)))
        })
        .collect();
    if !wanted.is_empty() {
        let of_ledgers = positions.iter().filter_map(|((origin, steps), found)| {
            Some((*sources.hashes.get(&origin.file)?, *origin, *steps, *found))
        });
        before.write(cache, of_ledgers);
    }
    let lines = fingerprint::of_lines(sources, &findings);
    let lookup = |place: &Place| spot(sources, place, &positions);
    let mut diagnostics: Vec<Diagnostic> = findings
        .iter()
        .map(|finding| {
            let mut diagnostic = diagnostic(finding, lookup);
            let value = match &finding.place {
                Place::At(file, at) => lines.get(&(*file, at.line)).copied(),
                Place::Value(origin, steps) => {
                    positions.get(&(origin, steps.as_slice())).map(|(_, value)| *value)
                }
                Place::File(_) | Place::Portal => None,
            };
            diagnostic.fingerprint = fingerprint::of(finding, &diagnostic.file, value.unwrap_or(0));
            diagnostic
        })
        .collect();
    diagnostics.sort();
    diagnostics.dedup();
    diagnostics
}

/// Where a value stands and what it is known by.
fn look_up(document: &Document, origin: &Origin, steps: &[Step]) -> Option<Found> {
    let node = reach(document, origin.node, steps)?;
    let value = if steps.is_empty() { 0 } else { fingerprint::of_node(node) };
    Some((node.position(), value))
}

/// Where the value at the end of `steps` stands: as far as the steps lead.
pub fn position_of(document: &Document, node: u32, steps: &[Step]) -> Option<Position> {
    reach(document, node, steps).map(NodeRef::position)
}

fn reach<'d>(document: &'d Document, node: u32, steps: &[Step]) -> Option<NodeRef<'d>> {
    let mut reached: NodeRef<'_> = document.node(node)?;
    for step in steps {
        let next = match step {
            Step::Key(key) => reached.value_of(key),
            Step::Item(number) => reached.items().nth(*number as usize),
        };
        match next {
            Some(next) => reached = next,
            None => break,
        }
    }
    Some(reached)
}

fn places(finding: &Finding) -> impl Iterator<Item = &Place> {
    std::iter::once(&finding.place).chain(finding.other.iter().map(|(place, _)| place))
}

/// The file's nodes as at the first reading; its findings were reported then.
pub fn read_again(sources: &Sources, file: FileId, limits: &Limits, cache: &Cache) -> Option<Document> {
    let mut known = Findings::default();
    let text = read_text(sources, file, limits, &mut known).ok()??;
    match sources.file(file)?.role {
        Role::Chapter | Role::Article | Role::Page => {
            split_front_matter(file, &text, limits, &mut known).yaml
        }
        Role::Ledger if sources.path(file).ends_with(".csv") => {
            let table = parse_table(file, &text, limits, &mut known);
            Some(lay_out(file, &table, sources.layouts.get(&file)?, &mut known))
        }
        Role::Ledger => Some(parse_kept(file, &text, limits, cache, &mut known)),
        _ => Some(parse_yaml(file, &text, limits, &mut known)),
    }
}

type Spot = (String, u32, u32);

/// Where values stand, and what they are known by.
type Positions<'f> = BTreeMap<(&'f Origin, &'f [Step]), Found>;

fn spot(sources: &Sources, place: &Place, positions: &Positions<'_>) -> Spot {
    let path = |file: FileId| sources.path(file).to_string();
    match place {
        Place::At(file, at) => (path(*file), at.line, at.column),
        Place::Value(origin, steps) => match positions.get(&(origin, steps.as_slice())) {
            Some((at, _)) => (path(origin.file), at.line, at.column),
            None => (path(origin.file), 0, 0),
        },
        Place::File(file) => (path(*file), 0, 0),
        Place::Portal => (String::new(), 0, 0),
    }
}

fn diagnostic(finding: &Finding, lookup: impl Fn(&Place) -> Spot) -> Diagnostic {
    let (file, line, column) = lookup(&finding.place);
    // A rule that quotes a value may quote a personal number, and an id or a key may be one.
    let detector = Detector::of_display();
    let redact =
        |message: &Message| Message { zh: detector.redact(&message.zh), en: detector.redact(&message.en) };
    Diagnostic {
        file,
        line,
        column,
        code: finding.code,
        severity: finding.code.severity(),
        record: finding.record.as_deref().map(|id| detector.redact(id)),
        field: finding.field.as_deref().map(|key| detector.redact(key)),
        message: redact(&finding.message),
        hint: finding.hint.as_ref().map(redact),
        other: finding.other.as_ref().map(|(place, label)| {
            let (file, line, column) = lookup(place);
            (file, line, column, redact(label))
        }),
        allowed: finding
            .allowed
            .as_ref()
            .map(|allowed| Allowed { until: allowed.until, reason: detector.redact(&allowed.reason) }),
        township: finding.township.clone(),
        fingerprint: Fingerprint::default(),
    }
}
