//! `data/changes/`: what changed in the data files from release to release, so that a copy can be kept current.
//!
//! In: the data of the release before, as its site folder has it, and the portal. Out: a file a day with the records that
//! were added or changed since the release of an earlier day and the ids of those removed, and an index. A file
//! holds the record as it is published today or not at all: of what has been removed since, older files too name the id
//! alone, and of what has been changed again only the newest file has the text. Ids are all that is kept in memory.
//!
//! Not here: the history itself (`history`), which is ids and days. Nothing but these files and the manifest depends on
//! the release before.

mod history;
mod moved;

use std::collections::BTreeMap;
use std::iter::Peekable;

use anyhow::Context as _;

use super::Work;
use super::data::Changed;
use super::inspect::Holds;
use crate::disclose::Portal;
use crate::json::Json;
use crate::plan::{DataFormat, Inventory, data_path};
use crate::publish::hex;
use crate::record::edges::Handle;
use crate::render::write_record;
use crate::route::Route;
use history::{Change, History, Step};

/// The folder of these files.
const FOLDER: &str = "data/changes";

/// Up to this many changed records a kind is always told record by record; beyond, only while they are not half of it.
const ALWAYS_TOLD: usize = 1_000;

/// So many changed days are told.
const MOST_MOVED: usize = 20;

/// Puts the files of changes into the stage.
pub(super) fn publish(
    work: &Work<'_>,
    inventory: &Inventory,
    changed: &BTreeMap<u16, Changed>,
) -> anyhow::Result<()> {
    let portal = &work.planned.portal;
    let today = portal.as_of.to_string();
    let mut history = History::begin(&today);
    if let Some(before) = work.stage.old_release().map(|old| old.release.as_of.clone()) {
        match differences(work, inventory, changed) {
            Some(step) => {
                history = read_history(work, &before);
                history.forget_gone(&|plural, id| handle_of(portal, plural, id).is_some());
                history.advance(step, &before, &today);
            }
            None => history = History::begin(&today),
        }
    }
    history.keep_newest(portal.settings.data.keep_changes);
    for step in &history.steps {
        put_step(work, step)?;
    }
    put(work, "index.json", &index(&history).to_bytes())
}

fn put(work: &Work<'_>, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
    let path = format!("{FOLDER}/{name}");
    if let Ok(route) = Route::parse(&path) {
        work.stage.put(&route, bytes).context(path)?;
    }
    Ok(())
}

/// What the release before says of the releases before it.
fn read_history(work: &Work<'_>, before: &str) -> History {
    let read = |name: &str| work.stage.old_bytes(&Route::parse(&format!("{FOLDER}/{name}")).ok()?);
    History::read(&read).unwrap_or_else(|| History::begin(before))
}

/// What changed in every kind since the release before; `None` when that cannot be read.
fn differences(work: &Work<'_>, inventory: &Inventory, changed: &BTreeMap<u16, Changed>) -> Option<Step> {
    let portal = &work.planned.portal;
    let old = work.stage.old_release()?;
    let mut step = Step::default();
    let mut known = Vec::new();
    for (at, kind) in portal.data_kinds() {
        let path = data_path(portal, kind, None, DataFormat::Json);
        let was = Route::parse(&path).ok().and_then(|route| old.fact(&route));
        let is = inventory.get(&path);
        let is_same = was.zip(is).is_some_and(|(was, is)| is.sha256.as_bytes() == hex(&was.sha256));
        if !is_same {
            let change = difference(work, at, &path, changed.get(&at))?;
            step.put(kind.plural, told(change, portal.count(at)));
        }
        known.push(path);
    }
    for entry in &old.files {
        let path = entry.route.as_str();
        let Some(plural) = path.strip_prefix("data/").and_then(|name| name.strip_suffix(".json")) else {
            continue;
        };
        if plural.contains('/') || known.iter().any(|known| known == path) {
            continue;
        }
        let mut change = Change::default();
        let mut note = |line: &[u8]| change.removed.extend(id_of(line).map(str::to_string));
        work.stage.old_lines(&entry.route, &mut note)?;
        step.put(plural, change);
    }
    Some(step)
}

/// What changed in one kind: the old file and the records of today run side by side, both in the order of ids; where it is
/// known which of them may have changed, these alone.
fn difference(work: &Work<'_>, at: u16, path: &str, changed: Option<&Changed>) -> Option<Change> {
    let portal = &work.planned.portal;
    if let Some(Changed { old, new }) = changed {
        let today = new.iter().cloned().flatten().map(|no| Handle { kind: at, no });
        let mut sides = Sides::of(work, today);
        old.iter()
            .for_each(|lines| lines.split_inclusive(|byte| *byte == b'\n').for_each(|line| sides.line(line)));
        return sides.finish();
    }
    let route = Route::parse(path).ok()?;
    let mut sides = Sides::of(work, portal.handles(at));
    if work.stage.old_release()?.fact(&route).is_some() {
        work.stage.old_lines(&route, &mut |line| sides.line(line))?;
    }
    sides.finish()
}

/// Lines of then and records of today, both in the order of ids.
struct Sides<'w, T: Iterator<Item = Handle>> {
    work: &'w Work<'w>,
    today: Peekable<T>,
    change: Change,
    last: String,
    is_sorted: bool,
    now: Vec<u8>,
}

impl<'w, T: Iterator<Item = Handle>> Sides<'w, T> {
    fn of(work: &'w Work<'w>, today: T) -> Self {
        let (change, last, now) = (Change::default(), String::new(), Vec::new());
        Sides { work, today: today.peekable(), change, last, is_sorted: true, now }
    }

    /// Takes in the next line of then.
    fn line(&mut self, line: &[u8]) {
        let Some(old) = id_of(line) else { return };
        self.is_sorted &= self.last.as_str() < old;
        self.last = old.to_string();
        let portal = &self.work.planned.portal;
        while let Some(new) = self.today.next_if(|handle| id_in(portal, *handle) < old) {
            self.change.added.insert(id_in(portal, new).to_string());
        }
        match self.today.next_if(|handle| id_in(portal, *handle) == old) {
            None => {
                self.change.removed.insert(old.to_string());
            }
            Some(new) => {
                self.now.clear();
                write_record(portal, new, &mut self.now);
                if self.now != record_of(line) {
                    note_moved(self.work, new, record_of(line), &self.now);
                    self.change.changed.insert(old.to_string());
                }
            }
        }
    }

    /// All that has changed; none when the lines of then were in no order.
    fn finish(self) -> Option<Change> {
        let Sides { work, today, mut change, is_sorted, .. } = self;
        change.added.extend(today.map(|handle| id_in(&work.planned.portal, handle).to_string()));
        is_sorted.then_some(change)
    }
}

fn id_in(portal: &Portal, handle: Handle) -> &str {
    portal.record(handle).map_or("", |record| record.id())
}

/// Notes a day of publication that was changed; not when a correction tells what was changed in the record.
fn note_moved(work: &Work<'_>, handle: Handle, was: &[u8], is: &[u8]) {
    let portal = &work.planned.portal;
    let kind = portal.kinds.at(usize::from(handle.kind));
    let (Some((kind, record)), Ok(mut notes)) = (kind.zip(portal.record(handle)), work.moved.lock()) else {
        return;
    };
    if notes.len() < MOST_MOVED && portal.corrections_of(handle).next().is_none() {
        notes.extend(moved::moved(kind, record, was, is));
    }
}

/// A kind of which most has changed is not told record by record: its data file says the same in fewer bytes.
fn told(change: Change, count: usize) -> Change {
    let touched = change.added.len() + change.changed.len();
    if touched > ALWAYS_TOLD && touched > count / 2 {
        Change { whole: true, ..Change::default() }
    } else {
        change
    }
}

/// A line of a data file without what stands around its record.
fn record_of(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b",").unwrap_or(line)
}

/// The id of the record on a line of a data file: ids need no escaping.
fn id_of(line: &[u8]) -> Option<&str> {
    let rest = line.strip_prefix(b"{\"id\":\"")?;
    let end = rest.iter().position(|byte| *byte == b'"')?;
    std::str::from_utf8(rest.get(..end)?).ok()
}

fn handle_of(portal: &Portal, plural: &str, id: &str) -> Option<Handle> {
    let kind = portal.kinds.at(portal.kinds.index(plural)?).filter(|kind| kind.published_as_data)?;
    portal.find(kind, id)
}

/// Writes a step, one record a line, and puts it into the stage.
fn put_step(work: &Work<'_>, step: &Step) -> anyhow::Result<()> {
    let portal = &work.planned.portal;
    let name = step.file_name();
    let route = Route::parse(&format!("{FOLDER}/{name}"));
    let mut bytes = format!("{{\"from\":\"{}\",\"to\":\"{}\",\"kinds\":{{", step.from, step.to).into_bytes();
    for (nth, (plural, change)) in step.kinds.iter().enumerate() {
        bytes.extend(format!("{}\n\"{plural}\":{{", if nth == 0 { "" } else { "," }).into_bytes());
        if change.whole {
            bytes.extend(b"\"whole\":true}");
            continue;
        }
        let from = bytes.len();
        for (name, ids) in [("added", &change.added), ("changed", &change.changed)] {
            bytes.extend(format!("\"{name}\":[").into_bytes());
            let handles = ids.iter().filter_map(|id| handle_of(portal, plural, id));
            for (nth, handle) in handles.enumerate() {
                bytes.extend(if nth == 0 { b"\n".as_slice() } else { b",\n" });
                write_record(portal, handle, &mut bytes);
            }
            bytes.extend(b"],");
        }
        // Behind this the file may name what has left, and holds nothing but ids.
        if let (Ok(route), Some(records)) = (&route, bytes.get(from..)) {
            work.inspect(route, Holds::Records(None), records);
        }
        let removed = change.removed.iter().map(|id| format!("\"{id}\"")).collect::<Vec<_>>();
        bytes.extend(format!("\"removed\":[{}]}}", removed.join(",")).into_bytes());
    }
    bytes.extend(b"\n}}\n");
    put(work, &name, &bytes)
}

fn index(history: &History) -> Json {
    let files = history.steps.iter().map(|step| {
        let sum =
            |count: &dyn Fn(&Change) -> usize| Json::from(step.kinds.values().map(count).sum::<usize>());
        Json::of([
            ("file", step.file_name().into()),
            ("from", step.from.as_str().into()),
            ("to", step.to.as_str().into()),
            ("added", sum(&|change| change.added.len())),
            ("changed", sum(&|change| change.changed.len())),
            ("removed", sum(&|change| change.removed.len())),
        ])
    });
    Json::of([("since", history.since.as_str().into()), ("files", Json::List(files.collect()))])
}
