//! What search finds: documents, numbered within their kind, with the values that are searched and the facets that
//! sort them. docs/search.md, section 4.
//!
//! In: the [`Portal`]. Out: one [`Documents`] a kind whose records have pages. Not here: terms, and the form of the index.

use std::collections::BTreeSet;

use super::passages::passages;
use crate::calendar::Date;
use crate::calendar::period::Period;
use crate::disclose::{Portal, PublicRecord};
use crate::locale::Locale;
use crate::markdown;
use crate::record::edges::Handle;
use crate::record::field::{Choice, Field, Kind, Public, Type, Visibility};
use crate::record::value::Value;
use crate::record::{enterprise, region};

/// A record, or a passage of its text.
#[derive(Debug)]
pub struct Document {
    /// The record's place in its table.
    pub no: u32,
    /// The passage, from 0.
    pub part: u32,
    /// Its text; of a record without prose there is none.
    pub passage: Option<Box<str>>,
    /// Its facets' values, a place in `combos`.
    pub combo: u16,
}

/// A value that is searched besides the title.
#[derive(Debug)]
pub struct Leaf {
    /// The slots that lead to it.
    steps: Vec<usize>,
    /// What people call it.
    pub label: String,
    /// Its weight in the field table.
    pub weight: u8,
    /// Whether its whole value and the end of it can be looked up.
    pub is_code: bool,
    /// Whether it names an enterprise, by whose name it is searched.
    names_enterprise: bool,
    /// The choices by whose labels it is searched; none of other types.
    choices: &'static [Choice],
}

/// Weight of the title of an enterprise that a record names.
const NAMED: u8 = 4;

/// What documents can be sorted by.
#[derive(Debug)]
pub struct Facet {
    /// The key in addresses: `level`, `status`, `year`.
    pub key: &'static str,
    /// What people call it.
    pub label: String,
    /// What tells a record's value.
    by: By,
    /// Its values with their labels, those that occur.
    pub values: Vec<(String, String)>,
}

/// What tells a record's value of a facet.
#[derive(Clone, Copy, Debug)]
enum By {
    /// The choice in a slot.
    Choice(usize, &'static [Choice]),
    /// The year in which it was published.
    Year,
}

/// The documents of a kind.
#[derive(Debug)]
pub struct Documents {
    /// The kind's place among all kinds.
    pub kind: u16,
    /// What it is.
    pub described: &'static Kind,
    /// By number.
    pub all: Vec<Document>,
    /// How many records they come from.
    pub pages: usize,
    /// The searched values, the weightiest first.
    pub leaves: Vec<Leaf>,
    /// The facets that sort them.
    pub facets: Vec<Facet>,
    /// The combinations of facet values that occur: a place in `values` each, -1 for none.
    pub combos: Vec<Vec<i16>>,
    /// Where the documents of each region begin, and behind the last one where they end; empty when no record lies in a region.
    pub starts: Vec<u32>,
    /// The number of the first document among the documents of all kinds.
    pub base: u32,
}

/// The regions directly below the portal's own one, by code, in which documents are counted.
pub fn top_regions(portal: &Portal) -> Vec<Handle> {
    let own = portal.find(&region::KIND, &portal.settings.region);
    let mut regions = own.map_or(Vec::new(), |own| portal.regions_below(own).to_vec());
    regions.sort_by_key(|region| portal.record(*region).map(PublicRecord::id));
    regions
}

/// The documents of all kinds whose records have pages, in the order of kinds.
pub fn documents(portal: &Portal) -> Vec<Documents> {
    let regions = top_regions(portal);
    let mut base = 0;
    let mut found = Vec::new();
    for (at, described) in (0u16..).zip(portal.kinds.all()) {
        let mut of_kind = of_kind(portal, at, described, &regions);
        if of_kind.all.is_empty() {
            continue;
        }
        of_kind.base = base;
        base += of_kind.all.len() as u32;
        found.push(of_kind);
    }
    found
}

fn of_kind(portal: &Portal, at: u16, described: &'static Kind, regions: &[Handle]) -> Documents {
    let records = in_order(portal, at);
    let facets = facets(portal, described, &records);
    let sorted: Vec<Vec<i16>> = records.iter().map(|handle| values_of(portal, &facets, *handle)).collect();
    let mut combos = sorted.clone();
    combos.sort_unstable();
    combos.dedup();
    let mut all = Vec::with_capacity(records.len());
    for (handle, values) in records.iter().zip(&sorted) {
        let combo = combos.binary_search(values).map_or(0, |at| at as u16);
        let texts = portal.record(*handle).map_or(Vec::new(), |record| text_of(portal, record));
        let one = |part: u32, passage| Document { no: handle.no, part, passage, combo };
        match texts.is_empty() {
            true => all.push(one(0, None)),
            false => all.extend((0u32..).zip(texts).map(|(part, text)| one(part, Some(text)))),
        }
    }
    let starts = starts(portal, at, &all, regions);
    let (pages, leaves) = (records.len(), leaves(described, &portal.locale));
    Documents { kind: at, described, all, pages, leaves, facets, combos, starts, base: 0 }
}

/// The records of a kind that have pages: by region and id where they lie in regions, those of which only a stub is told
/// last; else as their list runs.
fn in_order(portal: &Portal, kind: u16) -> Vec<Handle> {
    let mut records: Vec<Handle> =
        portal.handles(kind).filter(|handle| portal.route(*handle).is_some()).collect();
    if records.iter().any(|handle| portal.region_of(*handle).is_some()) {
        records.sort_by_cached_key(|handle| (place(portal, *handle), handle.no));
    } else if let Some(lists) = portal.lists(kind) {
        let mut places = vec![u32::MAX; portal.count(kind)];
        for (place, no) in (0u32..).zip(&lists.all) {
            if let Some(slot) = places.get_mut(*no as usize) {
                *slot = place;
            }
        }
        records.sort_by_key(|handle| (places.get(handle.no as usize).copied(), handle.no));
    }
    records
}

/// Whether only a stub is told of a record, as of an enterprise that has closed: whoever looks for shops wants those that are
/// open. Then the code of its region.
fn place(portal: &Portal, handle: Handle) -> (bool, &str) {
    let region = portal.region_of(handle).and_then(|region| portal.record(region));
    (portal.is_stub(handle), region.map_or("", PublicRecord::id))
}

/// Where the documents of each region and of those below it begin; documents are sorted by their [`place`].
fn starts(portal: &Portal, kind: u16, all: &[Document], regions: &[Handle]) -> Vec<u32> {
    let place = |document: &Document| place(portal, Handle { kind, no: document.no });
    if regions.is_empty() || all.iter().all(|document| place(document).1.is_empty()) {
        return Vec::new();
    }
    let codes = regions.iter().map(|region| portal.record(*region).map_or("", PublicRecord::id));
    let mut starts: Vec<u32> = codes
        .clone()
        .map(|start| all.partition_point(|document| place(document) < (false, start)) as u32)
        .collect();
    let last = codes.last().unwrap_or("");
    let end = all.partition_point(|document| {
        let (is_stub, code) = place(document);
        !is_stub && (code < last || code.starts_with(last))
    });
    starts.push(end as u32);
    starts
}

/// The passages of a record's text, figures filled in.
fn text_of(portal: &Portal, record: PublicRecord<'_>) -> Vec<Box<str>> {
    let Some(prose) = record.prose() else { return Vec::new() };
    let body = markdown::fill(&prose.body, &|words| Some(portal.answers.of(words)?.words.clone()));
    passages(&markdown::outline(&body).plain)
}

/// The values of a kind that are searched, the weightiest first, without the field that names its records.
fn leaves(kind: &'static Kind, locale: &Locale) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    let mut steps = Vec::new();
    collect(kind.fields, None, locale, &mut steps, &mut leaves);
    // Whoever looks for an enterprise looks for what was found out about it as well.
    for (slot, field) in kind.fields.iter().enumerate() {
        let link = field.link.filter(|link| link.by == "id" && link.kind == enterprise::KIND.plural);
        if link.is_some() && field.visibility == Visibility::Public && field.searched == 0 {
            let label = field.label_in(locale).to_string();
            leaves.push(Leaf {
                steps: vec![slot],
                label,
                weight: NAMED,
                is_code: false,
                names_enterprise: true,
                choices: &[],
            });
        }
    }
    let title = kind.slot(kind.title);
    leaves.retain(|leaf| leaf.steps.len() != 1 || leaf.steps.first().copied() != title);
    leaves.sort_by_key(|leaf| std::cmp::Reverse(leaf.weight));
    leaves
}

fn collect(
    fields: &'static [Field],
    outer: Option<&Field>,
    locale: &Locale,
    steps: &mut Vec<usize>,
    leaves: &mut Vec<Leaf>,
) {
    for (slot, field) in fields.iter().enumerate() {
        if field.visibility == Visibility::Internal {
            continue;
        }
        let mut ty = field.ty;
        while let Type::List(member) = ty {
            ty = *member;
        }
        steps.push(slot);
        if let Type::Object(inside) = ty {
            collect(inside, Some(field), locale, steps, leaves);
        } else if field.searched > 0 {
            // `name` and its like say what they are of only together with what holds them.
            let says_little = matches!(field.key, "name" | "title" | "text");
            let label = outer.filter(|_| says_little).unwrap_or(field).label_in(locale).to_string();
            let is_code = matches!(
                ty,
                Type::Uscc | Type::LicenceNo | Type::DocNo | Type::SampleNo | Type::RegionCode | Type::Id
            );
            leaves.push(Leaf {
                steps: steps.clone(),
                label,
                weight: field.searched,
                is_code,
                names_enterprise: false,
                choices: if let Type::Choice(choices) = ty { choices } else { &[] },
            });
        }
        steps.pop();
    }
}

impl Documents {
    /// Calls `each` with every searched value of a record besides its title, with the place of its leaf.
    pub fn values<'p>(&self, portal: &'p Portal, handle: Handle, mut each: impl FnMut(usize, &'p str)) {
        let Some(record) = portal.record(handle) else { return };
        let title = record.name();
        for (at, leaf) in self.leaves.iter().enumerate() {
            let Some((first, rest)) = leaf.steps.split_first() else { continue };
            walk(record.view().value(Public(*first as u16)), rest, &mut |value| {
                let text = match value {
                    Value::Text(text) => text,
                    Value::Choice(at) => {
                        let choice = leaf.choices.get(usize::from(*at));
                        choice.map_or("", |choice| choice.label_in(&portal.locale))
                    }
                    _ => "",
                };
                let named = leaf.names_enterprise.then(|| portal.find(&enterprise::KIND, text)).flatten();
                let text = named.and_then(|end| portal.record(end)).map_or(text, PublicRecord::title);
                if !text.is_empty() && text != title {
                    each(at, text);
                }
            });
        }
    }
}

/// Every single value at the end of these steps.
fn walk<'p>(value: &'p Value, steps: &[usize], each: &mut impl FnMut(&'p Value)) {
    match (value, steps.split_first()) {
        (Value::List(members), _) => members.iter().for_each(|member| walk(member, steps, each)),
        (Value::Object(values), Some((first, rest))) => walk(values.get(*first), rest, each),
        (value, None) => each(value),
        _ => {}
    }
}

/// The facets of a kind's records with the values that occur: in the order of their choices, years the latest first,
/// whatever record comes first.
fn facets(portal: &Portal, kind: &'static Kind, records: &[Handle]) -> Vec<Facet> {
    let locale = &portal.locale;
    let mut facets = Vec::new();
    for (slot, field) in kind.fields.iter().enumerate() {
        let Type::Choice(choices) = field.ty else { continue };
        if !field.facet || field.visibility != Visibility::Public {
            continue;
        }
        let occurring: BTreeSet<usize> =
            records.iter().filter_map(|handle| chosen(portal, *handle, slot)).collect();
        let values = occurring.into_iter().filter_map(|at| choices.get(at));
        facets.push(Facet {
            key: if field.key.ends_with("level") { "level" } else { field.key },
            label: field.label_in(locale).to_string(),
            by: By::Choice(slot, choices),
            values: values.map(|choice| (choice.key.into(), choice.label_in(locale).into())).collect(),
        });
    }
    let years: BTreeSet<i16> = records.iter().filter_map(|handle| year(portal, *handle)).collect();
    if kind.dated.is_some() && !years.is_empty() {
        let told = |year: &i16| (year.to_string(), locale.period(Period::Year(*year)));
        let label = locale.word("years").to_string();
        facets.push(Facet {
            key: "year",
            label,
            by: By::Year,
            values: years.iter().rev().map(told).collect(),
        });
    }
    facets
}

/// A record's value of each facet: a place in its `values`, -1 for none.
fn values_of(portal: &Portal, facets: &[Facet], handle: Handle) -> Vec<i16> {
    let place = |facet: &Facet| {
        let key = match facet.by {
            By::Choice(slot, choices) => choices.get(chosen(portal, handle, slot)?)?.key.to_string(),
            By::Year => year(portal, handle)?.to_string(),
        };
        facet.values.iter().position(|(value, _)| *value == key).map(|at| at as i16)
    };
    facets.iter().map(|facet| place(facet).unwrap_or(-1)).collect()
}

fn chosen(portal: &Portal, handle: Handle, slot: usize) -> Option<usize> {
    match portal.record(handle)?.view().value(Public(slot as u16)) {
        Value::Choice(at) => Some(usize::from(*at)),
        _ => None,
    }
}

fn year(portal: &Portal, handle: Handle) -> Option<i16> {
    portal.published(handle).map(Date::year)
}
