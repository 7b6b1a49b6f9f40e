//! Who names whom: every link field of every record, resolved once and indexed both ways.
//!
//! In: tables of records, each sorted by id. Out: [`Edges`], from which the outgoing and the incoming links
//! of a record are slices. Links whose target is not there come back as [`Dangling`].
//!
//! Not here: whether a dangling link is a mistake (`check`), and whether its ends are public (`disclose`).

use std::collections::HashMap;

use rayon::prelude::*;

use super::Kinds;
use super::field::{BY_KIND, Field, Link, Strength, Type};
use super::value::{Record, Value};
use crate::diagnostic::Step;
use crate::spread::Map;

/// The address of a record: kind and place in the kind's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Handle {
    /// Index into the registry of kinds.
    pub kind: u16,
    /// Place in the kind's table.
    pub no: u32,
}

/// One resolved link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// The record that is named, for outgoing links; the one that names, for incoming ones.
    pub end: Handle,
    /// Top-level field of the naming record in which the link stands.
    pub slot: u16,
}

/// A link that must have a target and has none.
#[derive(Clone, Debug)]
pub struct Dangling {
    /// The record that names.
    pub from: Handle,
    /// Path to the value.
    pub path: Vec<Step>,
    /// Plural of the kind that should hold it.
    pub kind: &'static str,
    /// The id that no record has.
    pub id: Box<str>,
}

/// Links of all records, both ways.
#[derive(Debug, Default)]
pub struct Edges {
    outgoing: Vec<Adjacency>,
    incoming: Vec<Adjacency>,
}

/// Edges of one kind's records, grouped by record.
#[derive(Debug, Default)]
struct Adjacency {
    starts: Vec<u32>,
    edges: Vec<Edge>,
}

impl Edges {
    /// Resolves the links of all tables; `tables[k]` holds kind `k`, sorted by id.
    pub fn build(kinds: &Kinds, tables: &[Vec<Record>]) -> (Edges, Vec<Dangling>) {
        let lookup = Lookup::build(kinds, tables);
        let mut pairs: Vec<(Handle, u16, Handle)> = Vec::new();
        let mut dangling = Vec::new();
        for ((kind_at, kind), table) in kinds.all().enumerate().zip(tables) {
            let linked: Vec<(u16, &'static Field)> = kind
                .fields
                .iter()
                .enumerate()
                .filter(|(_, field)| has_link(field))
                .map(|(at, field)| (at as u16, field))
                .collect();
            let at = kind_at as u16;
            let found: Vec<Found> = table
                .par_chunks(CHUNK)
                .enumerate()
                .map(|(chunk, records)| {
                    resolve(records, Handle { kind: at, no: (chunk * CHUNK) as u32 }, &linked, &lookup)
                })
                .collect();
            for part in found {
                pairs.extend(part.pairs);
                dangling.extend(part.dangling);
            }
        }
        let outgoing = || {
            let edges = pairs.iter().map(|(from, slot, to)| (*from, Edge { end: *to, slot: *slot }));
            group(tables, edges.collect())
        };
        let incoming = || {
            let edges = pairs.iter().map(|(from, slot, to)| (*to, Edge { end: *from, slot: *slot }));
            group(tables, edges.collect())
        };
        let (outgoing, incoming) = rayon::join(outgoing, incoming);
        (Edges { outgoing, incoming }, dangling)
    }

    /// The links that are left when some records go: `moved` gives each record its new place, `None` when it has
    /// gone; `stays` tells whether the field of a link that both ends survived still holds it.
    pub fn restrict(&self, moved: &[Vec<Option<u32>>], stays: impl Fn(Handle, u16) -> bool + Sync) -> Edges {
        let place = |old: Handle| {
            let no = moved.get(usize::from(old.kind))?.get(old.no as usize).copied()??;
            Some(Handle { kind: old.kind, no })
        };
        let side = |groups: &[Adjacency], naming: Naming| {
            let left = groups.iter().zip(moved).zip(0u16..).map(|((group, places), kind)| {
                let mut left = Adjacency { starts: vec![0], edges: Vec::with_capacity(group.edges.len()) };
                for (no, new) in places.iter().enumerate() {
                    let Some(new) = new else { continue };
                    let owner = Handle { kind, no: *new };
                    for edge in slice_of(group, no) {
                        let Some(end) = place(edge.end) else { continue };
                        let from = if naming == Naming::Owner { owner } else { end };
                        if stays(from, edge.slot) {
                            left.edges.push(Edge { end, slot: edge.slot });
                        }
                    }
                    left.starts.push(left.edges.len() as u32);
                }
                left
            });
            left.collect()
        };
        let outgoing = || side(&self.outgoing, Naming::Owner);
        let (outgoing, incoming) = rayon::join(outgoing, || side(&self.incoming, Naming::End));
        Edges { outgoing, incoming }
    }

    /// The records this one names.
    pub fn outgoing(&self, record: Handle) -> &[Edge] {
        slice(&self.outgoing, record)
    }

    /// The records that name this one, by kind, field and place.
    pub fn incoming(&self, record: Handle) -> &[Edge] {
        slice(&self.incoming, record)
    }

    /// The records of one kind that name this one.
    pub fn incoming_of(&self, record: Handle, kind: u16) -> &[Edge] {
        let edges = self.incoming(record);
        let from = edges.partition_point(|edge| edge.end.kind < kind);
        let to = edges.partition_point(|edge| edge.end.kind <= kind);
        edges.get(from..to).unwrap_or(&[])
    }
}

/// Records whose links one worker resolves.
const CHUNK: usize = 2048;

/// The links of some records.
#[derive(Default)]
struct Found {
    pairs: Vec<(Handle, u16, Handle)>,
    dangling: Vec<Dangling>,
}

/// Resolves the links of neighbouring records, of which `first` is the first.
fn resolve(
    records: &[Record],
    first: Handle,
    linked: &[(u16, &'static Field)],
    lookup: &Lookup<'_>,
) -> Found {
    let mut found = Found::default();
    for (no, record) in (first.no..).zip(records) {
        let from = Handle { kind: first.kind, no };
        for (slot, field) in linked {
            let value = record.values.get(usize::from(*slot));
            let mut path = vec![Step::Key(field.key)];
            each_link(field, field.ty, value, None, &mut path, &mut |link, named, id, path| match lookup
                .find(link, named, id)
            {
                Some(to) => found.pairs.push((from, *slot, to)),
                None if link.strength == Strength::Must => {
                    found.dangling.push(Dangling {
                        from,
                        path: path.to_vec(),
                        kind: link.kind,
                        id: id.into(),
                    });
                }
                None => {}
            });
        }
    }
    found
}

/// Records by the keys that links use.
struct Lookup<'a> {
    kinds: &'a Kinds,
    tables: &'a [Vec<Record>],
    by_key: HashMap<(&'static str, &'static str), Map<&'a str, u32>>,
}

impl<'a> Lookup<'a> {
    fn build(kinds: &'a Kinds, tables: &'a [Vec<Record>]) -> Lookup<'a> {
        let mut wanted: Vec<Link> = kinds.all().flat_map(|kind| links(kind.fields)).collect();
        wanted.retain(|link| link.kind != BY_KIND);
        wanted.sort_by_key(|link| (link.kind, link.by));
        wanted.dedup_by_key(|link| (link.kind, link.by));
        let by_key =
            wanted.par_iter().map(|link| ((link.kind, link.by), index(kinds, tables, *link))).collect();
        Lookup { kinds, tables, by_key }
    }

    /// The record that a link names; `named` is the kind written beside the id, for links of any kind.
    fn find(&self, link: Link, named: Option<&str>, id: &str) -> Option<Handle> {
        let kind =
            if link.kind == BY_KIND { self.kinds.named(named?)? } else { self.kinds.index(link.kind)? };
        let no = match self.by_key.get(&(link.kind, link.by)) {
            Some(places) => places.get(id).copied()?,
            None => place(self.tables.get(kind)?, id)?,
        };
        Some(Handle { kind: kind as u16, no })
    }
}

/// The place of an id in a table sorted by id.
pub fn place(table: &[Record], id: &str) -> Option<u32> {
    table.binary_search_by(|record| record.id.as_str().cmp(id)).ok().map(|no| no as u32)
}

fn index<'a>(kinds: &Kinds, tables: &'a [Vec<Record>], link: Link) -> Map<&'a str, u32> {
    let Some(kind) = kinds.index(link.kind) else { return Map::default() };
    let table = tables.get(kind).map_or(&[] as &[Record], Vec::as_slice);
    if link.by == "id" {
        return (0u32..).zip(table).map(|(no, record)| (record.id.as_str(), no)).collect();
    }
    let Some(slot) = kinds.at(kind).and_then(|kind| kind.slot(link.by)) else { return Map::default() };
    let mut found: Map<&str, u32> = Map::default();
    for (no, record) in (0u32..).zip(table) {
        let Some(text) = record.values.get(slot).as_text() else { continue };
        // Outlets share the code of their enterprise: the one whose id it is stands for it, else the first.
        if record.id.as_str() == text {
            found.insert(text, no);
        } else {
            found.entry(text).or_insert(no);
        }
    }
    found
}

fn links(fields: &'static [Field]) -> Vec<Link> {
    let inner = fields.iter().flat_map(|field| match field.ty {
        Type::Object(fields) => links(fields),
        Type::List(Type::Object(fields)) => links(fields),
        _ => Vec::new(),
    });
    fields.iter().filter_map(|field| field.link).chain(inner).collect()
}

fn has_link(field: &'static Field) -> bool {
    !links(std::slice::from_ref(field)).is_empty()
}

fn each_link(
    field: &'static Field,
    ty: Type,
    value: &Value,
    named: Option<&str>,
    path: &mut Vec<Step>,
    found: &mut impl FnMut(Link, Option<&str>, &str, &[Step]),
) {
    match (ty, value) {
        (Type::Object(fields), Value::Object(values)) => {
            let kind = fields.iter().position(|field| field.key == "kind").map(|at| values.get(at));
            let named = kind.and_then(Value::as_text);
            for (field, value) in fields.iter().zip(values) {
                path.push(Step::Key(field.key));
                each_link(field, field.ty, value, named, path, found);
                path.pop();
            }
        }
        (Type::List(member), Value::List(values)) => {
            for (at, value) in values.iter().enumerate() {
                path.push(Step::Item(at as u32));
                each_link(field, *member, value, named, path, found);
                path.pop();
            }
        }
        (_, Value::Text(id)) => {
            if let Some(link) = field.link {
                found(link, named, id, path);
            }
        }
        _ => {}
    }
}

fn group(tables: &[Vec<Record>], mut pairs: Vec<(Handle, Edge)>) -> Vec<Adjacency> {
    pairs.par_sort_unstable();
    pairs.dedup();
    let mut groups: Vec<Adjacency> = tables
        .iter()
        .map(|table| Adjacency { starts: Vec::with_capacity(table.len() + 1), edges: Vec::new() })
        .collect();
    for (owner, edge) in pairs {
        let Some(group) = groups.get_mut(usize::from(owner.kind)) else { continue };
        while group.starts.len() <= owner.no as usize {
            group.starts.push(group.edges.len() as u32);
        }
        group.edges.push(edge);
    }
    for (group, table) in groups.iter_mut().zip(tables) {
        group.starts.resize(table.len() + 1, group.edges.len() as u32);
        group.edges.shrink_to_fit();
    }
    groups
}

/// Which side of an edge names the other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Naming {
    Owner,
    End,
}

fn slice(groups: &[Adjacency], record: Handle) -> &[Edge] {
    groups.get(usize::from(record.kind)).map_or(&[], |group| slice_of(group, record.no as usize))
}

fn slice_of(group: &Adjacency, no: usize) -> &[Edge] {
    match (group.starts.get(no), group.starts.get(no + 1)) {
        (Some(from), Some(to)) => group.edges.get(*from as usize..*to as usize).unwrap_or(&[]),
        _ => &[],
    }
}
