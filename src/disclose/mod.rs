//! The gate: from everything the sources say to exactly what the public may see on the as-of date.
//!
//! In: the [`Ledger`], which is consumed, and the as-of date. Out: the [`Portal`]: public values only, masked
//! where they must be, with the links between what is left, tombstones for what has gone, and the texts that
//! must stand nowhere in the output.
//!
//! Nothing behind this module can name a type from in front of it. Not here: whether the sources are right
//! (`check`), how anything looks (`render`).

mod clock;
mod computed;
mod corrected;
mod counted;
mod departures;
mod expiry;
mod figures;
mod keys;
mod learning;
mod leaving;
mod lists;
mod mask;
mod news;
mod places;
mod portal;
mod public;
mod reduce;
mod standing;
mod standings;
mod targets;
mod titles;
mod withheld;

use std::collections::{BTreeSet, HashMap, HashSet};

use rayon::prelude::*;

pub use departures::{Departed, Departures, Row, Tombstone};
pub use figures::{Answer, Answers, Figure};
pub use leaving::Leaving;
pub use lists::{FacetValue, Lists, RegionCounts};
pub use news::{Fact, NEWEST, News};
pub use places::DataRecords;
pub use portal::Portal;
pub use public::{PublicRecord, PublicView, object_view};
pub use standing::{AssignmentState, Cell, QuarterState, Standing};
pub use targets::{Target, Targets};

use crate::calendar::Date;
use crate::ledger::Ledger;
use crate::locale::Locale;
use crate::needles::Needles;
use crate::record::address::{link_parts, page_route, resolve};
use crate::record::asset::Asset;
use crate::record::edges::Handle;
use crate::record::field::{BY_KIND, Field, Home, Kind, Strength, Type};
use crate::record::value::{Record, Value};
use crate::record::{Kinds, book, chapter, correction};
use crate::route::Route;
use crate::spread::Map;
use clock::Clock;
use mask::{Hidden, Masks};
use reduce::{Reducer, is_stub};
use withheld::{Public, Withheld};

/// Why a record is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Absence {
    /// Its day has not come, or it is a draft: nothing tells of it.
    NotYet,
    /// Its last day, this one, is over.
    Expired(Date),
    /// It was withdrawn.
    Withdrawn,
}

/// The records that are not shown.
type Absences = Map<Handle, Absence>;

/// Records that one worker reduces.
const CHUNK: usize = 1024;

/// Lets through what may be public on a day.
///
/// `public_words` are the words that the theme itself prints: a withheld value that is one of them cannot be
/// told from the page's own words and is not searched for. `locale` is how the site speaks.
pub fn disclose(mut ledger: Ledger, as_of: Date, public_words: &[String], locale: Locale) -> Portal {
    let clock = Clock::at(as_of);
    computed::fill_in(&mut ledger, &clock);
    let mut absent = absences(&ledger, &clock);
    let counted = counted::count(&mut ledger, &mut absent, &clock);
    let mut departures = departures::collect(&ledger, &clock, &absent, &locale);
    let Ledger { kinds, settings, mut tables, edges, assets, paths, targets, .. } = ledger;
    let gone = addresses(&kinds, &tables, &absent);
    let mut unpublished = absent_pages(&kinds, &tables, &absent);
    unpublished.extend(counted);
    let private = private_assets(&tables, &paths, &absent);
    let assets: Vec<Asset> =
        assets.into_iter().filter(|asset| !private.contains(asset.route.as_str())).collect();
    unpublished.extend(private.iter().filter_map(|path| Route::parse(path).ok()));
    let targets = Targets::part(targets, unpublished);
    let masks = masks(&kinds, &settings, &tables, &absent);
    let mut withheld = Withheld::default();
    let mut stubs = Vec::new();
    let mut moved = Vec::new();
    let mut hidden: Vec<(Handle, Hidden)> = Vec::new();
    for ((at, kind), table) in kinds.all().enumerate().zip(&mut tables) {
        let is_absent = |no: usize| absent.contains_key(&Handle { kind: at as u16, no: no as u32 });
        let taken = table.par_chunks_mut(CHUNK).enumerate().map(|(chunk, records)| {
            let withheld = Withheld::default();
            let mut reducer = Reducer { gone: &gone, masks: &masks, withheld, hidden: Vec::new() };
            for (no, record) in (chunk * CHUNK..).zip(records) {
                if !is_absent(no) {
                    reducer.record(kind, no, record);
                }
            }
            (reducer.withheld, reducer.hidden)
        });
        let (taken, masked): (Vec<Withheld>, Vec<_>) = taken.unzip();
        withheld.add_all(taken);
        hidden.extend(masked.into_iter().flatten().map(|(no, one)| {
            departures.mask(kind.plural, table.get(no).map_or("", |record| record.id.as_str()), &one);
            (Handle { kind: at as u16, no: no as u32 }, one)
        }));
        let mut places: Vec<Option<u32>> = Vec::with_capacity(table.len());
        let mut left = 0;
        table.retain_mut(|record| {
            let absence = absent.get(&Handle { kind: at as u16, no: places.len() as u32 });
            let shown = absence.is_none();
            places.push(shown.then_some(left));
            left += u32::from(shown);
            if let Some(absence) = absence {
                withheld.whole(record.view(kind), record, *absence);
            }
            shown
        });
        if !kind.counted_by.is_empty() {
            counted::order(table, &mut places);
        }
        moved.push(places);
        stubs.push(table.iter().map(|record| is_stub(kind, record)).collect::<Vec<bool>>());
        table.shrink_to_fit();
    }
    // What other records say of one whose name is masked.
    for (handle, hidden) in &hidden {
        for edge in edges.incoming(*handle) {
            let (kind, no) = (usize::from(edge.end.kind), edge.end.no as usize);
            let place = moved.get(kind).and_then(|places| places.get(no)).copied().flatten();
            let record = place.and_then(|no| tables.get_mut(kind)?.get_mut(no as usize));
            record.into_iter().for_each(|record| hidden.mask_record(record));
        }
    }
    let edges = edges.restrict(&moved, |from, slot| {
        let record = tables.get(usize::from(from.kind)).and_then(|table| table.get(from.no as usize));
        record.is_some_and(|record| !record.values.get(usize::from(slot)).is_absent())
    });
    let used = kinds.all().zip(&moved).map(|(kind, places)| kind.in_menu || !places.is_empty()).collect();
    let needles = needles(&kinds, &tables, &settings, &departures, public_words, &locale, withheld);
    Portal::assemble(
        kinds, used, settings, tables, stubs, edges, assets, paths, targets, departures, needles, locale,
        clock, as_of,
    )
}

/// The masks of all names that will be shown.
fn masks(
    kinds: &Kinds,
    settings: &crate::record::settings::Settings,
    tables: &[Vec<Record>],
    absent: &Absences,
) -> Masks {
    let mut masks = Masks::of(&settings.privacy);
    for ((at, kind), table) in (0u16..).zip(kinds.all()).zip(tables) {
        let shown = (0u32..).zip(table).filter(|(no, _)| !absent.contains_key(&Handle { kind: at, no: *no }));
        shown.for_each(|(_, record)| masks.note(kind, record));
    }
    masks
}

/// Every record that is not shown, with the reason.
fn absences(ledger: &Ledger, clock: &Clock) -> Absences {
    let withdrawn = departures::withdrawn(ledger, clock);
    let mut absent: Absences = Absences::default();
    for (at, kind) in ledger.kinds.all().enumerate() {
        for (no, record) in ledger.tables.get(at).into_iter().flatten().enumerate() {
            let handle = Handle { kind: at as u16, no: no as u32 };
            if withdrawn.contains(&handle) {
                absent.insert(handle, Absence::Withdrawn);
            } else if let Some(absence) = absence(kind, record, clock) {
                absent.insert(handle, absence);
            }
        }
    }
    close_books(ledger, &mut absent);
    spread(ledger, &mut absent);
    close_corrections(ledger, &mut absent);
    absent
}

/// A correction of a record that is not shown would tell of its values, and is not shown.
fn close_corrections(ledger: &Ledger, absent: &mut Absences) {
    for (handle, _, view) in ledger.records(&correction::KIND) {
        let target = ledger.named_record(view.text(correction::KIND_NAME), view.text(correction::TARGET));
        let Some((target, _)) = target else { continue };
        let kind = ledger.kinds.at(usize::from(target.kind));
        let is_counted = kind.is_some_and(|kind| !kind.counted_by.is_empty());
        if let Some(reason) = absent.get(&target).copied().or(is_counted.then_some(Absence::NotYet)) {
            absent.entry(handle).or_insert(reason);
        }
    }
}

/// The chapters of a book that is not shown are not shown.
fn close_books(ledger: &Ledger, absent: &mut Absences) {
    for (handle, record, _) in ledger.records(&book::KIND) {
        let Some(reason) = absent.get(&handle).copied() else { continue };
        let Some(slug) = record.prose.as_ref().map(|prose| &prose.slug) else { continue };
        for (chapter, record, _) in ledger.records(&chapter::KIND) {
            if record.prose.as_ref().is_some_and(|prose| prose.folder == *slug) {
                absent.entry(chapter).or_insert(reason);
            }
        }
    }
}

fn absence(kind: &Kind, record: &Record, clock: &Clock) -> Option<Absence> {
    let view = record.view(kind);
    let day = |key: Option<&str>| match view.by_key(key?) {
        Value::Date(date) => Some(*date),
        Value::Text(moment) => Date::parse(moment.get(..10)?),
        _ => None,
    };
    // A draft, and a penalty of a minor, which may not be published at all.
    if ["draft", "minor"].iter().any(|key| matches!(view.by_key(key), Value::Flag(true))) {
        return Some(Absence::NotYet);
    }
    if let Some(last) = day(kind.period.until).filter(|last| clock.is_over(*last)) {
        return Some(Absence::Expired(last));
    }
    day(kind.period.from).filter(|first| !clock.has_come(*first)).map(|_| Absence::NotYet)
}

/// What hangs on an absent record by a required link goes with it: samples with their notice, a disposal with
/// its sample, a chapter with its book.
fn spread(ledger: &Ledger, absent: &mut Absences) {
    let mut wave: Vec<Handle> = absent.keys().copied().collect();
    wave.sort_unstable();
    while let Some(gone) = wave.pop() {
        let Some(reason) = absent.get(&gone).copied() else { continue };
        for edge in ledger.edges.incoming(gone) {
            let Some(kind) = ledger.kinds.at(usize::from(edge.end.kind)) else { continue };
            if hangs_on(kind, usize::from(edge.slot)) && !absent.contains_key(&edge.end) {
                absent.insert(edge.end, reason);
                wave.push(edge.end);
            }
        }
    }
}

fn hangs_on(kind: &Kind, slot: usize) -> bool {
    let Some(field) = kind.fields.get(slot) else { return false };
    let is_parent = matches!(kind.home, Home::Inside(_, key) if key == field.key);
    let is_required = field.required && field.link.is_some_and(|link| link.strength == Strength::Must);
    // What is said about a record goes with it.
    let speaks_of = matches!(field.ty, Type::Object(fields) if fields.iter().any(is_about));
    is_parent || is_required || speaks_of
}

fn is_about(field: &Field) -> bool {
    field.link.is_some_and(|link| link.kind == BY_KIND)
}

/// The attachments that only texts which are not shown link to.
fn private_assets(tables: &[Vec<Record>], paths: &[String], absent: &Absences) -> BTreeSet<String> {
    let (mut private, mut shown) = (BTreeSet::new(), BTreeSet::new());
    if absent.is_empty() {
        return private;
    }
    for (kind, table) in (0u16..).zip(tables) {
        for (no, record) in (0u32..).zip(table) {
            let Some(prose) = record.prose.as_deref().filter(|prose| prose.body.contains("](")) else {
                continue;
            };
            let source = paths.get(record.origin.file.0 as usize).map_or("", String::as_str);
            let links = crate::markdown::outline(&prose.body).links.into_iter();
            let files = links.filter_map(|link| {
                let (path, _) = link_parts(&link.target);
                if let Some(route) = path.strip_prefix('/') {
                    Some(route.to_string())
                } else {
                    resolve(source, &path)
                }
            });
            let side = if absent.contains_key(&Handle { kind, no }) { &mut private } else { &mut shown };
            side.extend(files.filter(|path| path.starts_with("assets/")));
        }
    }
    private.retain(|path| !shown.contains(path));
    private
}

/// The routes of the pages of records that are not shown.
fn absent_pages(kinds: &Kinds, tables: &[Vec<Record>], absent: &Absences) -> BTreeSet<Route> {
    let page = |handle: &Handle| {
        let record = tables.get(usize::from(handle.kind))?.get(handle.no as usize)?;
        former_route(kinds, kinds.at(usize::from(handle.kind))?, record)
    };
    absent.keys().filter_map(page).collect()
}

/// The ids of records that are not shown, by kind: no other record may name them.
fn addresses(
    kinds: &Kinds,
    tables: &[Vec<Record>],
    absent: &Absences,
) -> HashMap<&'static str, HashSet<Box<str>>> {
    let mut gone: HashMap<&'static str, HashSet<Box<str>>> = HashMap::new();
    for handle in absent.keys() {
        let record = tables.get(usize::from(handle.kind)).and_then(|table| table.get(handle.no as usize));
        if let (Some(kind), Some(record)) = (kinds.at(usize::from(handle.kind)), record) {
            gone.entry(kind.plural).or_default().insert(record.id.as_str().into());
        }
    }
    gone
}

fn needles(
    kinds: &Kinds,
    tables: &[Vec<Record>],
    settings: &crate::record::settings::Settings,
    departures: &Departures,
    public_words: &[String],
    locale: &Locale,
    withheld: Withheld,
) -> Needles {
    let mut words: Vec<&str> = Vec::new();
    let mut prose: Vec<&str> = public_words.iter().map(String::as_str).collect();
    for (kind, table) in kinds.all().zip(tables) {
        for field in kind.fields {
            words.extend([field.zh, field.en]);
            choice_labels(field.ty, &mut words);
        }
        prose.extend(table.iter().filter_map(|record| record.prose.as_deref()).map(|prose| &*prose.body));
    }
    words.extend(public_words.iter().map(String::as_str));
    words.extend(locale.labels());
    words.extend(settings.texts());
    words.extend(departures.texts());
    let gone: Vec<(&str, &str)> =
        departures.tombstones.iter().map(|gone| (gone.route.as_str(), gone.id.as_str())).collect();
    withheld.into_needles(&Public { words, tables, prose }, &gone)
}

fn choice_labels(ty: Type, labels: &mut Vec<&str>) {
    match ty {
        Type::Choice(choices) => labels.extend(choices.iter().flat_map(|choice| [choice.zh, choice.en])),
        Type::Object(fields) => {
            for field in fields {
                labels.extend([field.zh, field.en]);
                choice_labels(field.ty, labels);
            }
        }
        Type::List(member) => choice_labels(*member, labels),
        _ => {}
    }
}

/// The page a record had, for its tombstone.
fn former_route(kinds: &Kinds, kind: &Kind, record: &Record) -> Option<Route> {
    page_route(kinds, kind, record).and_then(Result::ok)
}
