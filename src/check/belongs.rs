//! Whose a finding is: the record as it is known outside its file, and the township in which it lies.
//!
//! In: the ledger and all findings. Out: the findings with subject and township set, for sums by township and for the
//! baseline. A record lies in the region it names, else in that of the enterprise it names, else in that of another record
//! it names. A portal without findings pays nothing.
//!
//! Not here: how sums are told (`report`), and by which value a finding is known again (`source::fingerprint`).

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{FileId, Finding, Findings, Origin, Place, Township};
use crate::ledger::Ledger;
use crate::pii::Detector;
use crate::record::edges::{Edge, Handle};
use crate::record::field::{Identity, Kind};
use crate::record::value::{Record, Value};
use crate::record::whereabouts::{ELSEWHERE, region_codes};
use crate::record::{enterprise, region};
use crate::text::content_hash;

/// How far the record may be whose region counts: a disposal names a sample, which names an enterprise.
const STEPS: u32 = 2;

/// Names the record and the township of each finding, as far as there are such.
pub fn attribute(ledger: &Ledger, findings: &mut Findings) {
    if findings.0.is_empty() {
        return;
    }
    let files: HashSet<FileId> = findings.0.iter().filter_map(file_of).collect();
    let owners = Owners::of(ledger, &files);
    let mut townships = HashMap::new();
    for finding in &mut findings.0 {
        match owners.find(ledger, finding) {
            Some((kind, record, handle)) => {
                finding.subject = Some(name(kind, record));
                let code = handle.and_then(|handle| region_of(ledger, handle, STEPS));
                let code = code.or_else(|| own_region(ledger, kind, record));
                finding.township = code
                    .and_then(|code| townships.entry(code).or_insert_with(|| township(ledger, code)).clone());
            }
            None => finding.subject = None,
        }
    }
}

fn file_of(finding: &Finding) -> Option<FileId> {
    match &finding.place {
        Place::At(file, _) | Place::File(file) => Some(*file),
        Place::Value(origin, _) => Some(origin.file),
        Place::Portal => None,
    }
}

type Owner<'l> = (&'static Kind, &'l Record, Option<Handle>);

/// The records of some files.
struct Owners<'l> {
    by_origin: HashMap<Origin, Owner<'l>>,
    by_id: HashMap<(FileId, &'l str), Owner<'l>>,
    texts: HashMap<FileId, Owner<'l>>,
}

impl<'l> Owners<'l> {
    fn of(ledger: &'l Ledger, files: &HashSet<FileId>) -> Owners<'l> {
        let mut owners = Owners { by_origin: HashMap::new(), by_id: HashMap::new(), texts: HashMap::new() };
        let known = (0u16..).zip(ledger.kinds.all().zip(&ledger.tables)).flat_map(|(at, (kind, table))| {
            let handles = (0u32..).map(move |no| Some(Handle { kind: at, no }));
            table.iter().zip(handles).map(move |(record, handle)| (kind, record, handle))
        });
        let doubles = ledger.doubles.iter().filter_map(|(at, record)| {
            let owner: Owner<'l> = (ledger.kinds.at(*at)?, record, None);
            Some(owner)
        });
        for owner in known.chain(doubles).filter(|(_, record, _)| files.contains(&record.origin.file)) {
            let (kind, record, _) = owner;
            if kind.identity == Identity::File {
                owners.texts.insert(record.origin.file, owner);
            } else {
                owners.by_origin.insert(record.origin, owner);
                owners.by_id.entry((record.origin.file, record.id.as_str())).or_insert(owner);
            }
        }
        owners
    }

    fn find(&self, ledger: &'l Ledger, finding: &Finding) -> Option<Owner<'l>> {
        let file = file_of(finding)?;
        if let Place::Value(origin, _) = &finding.place
            && Some(*origin) == ledger.portal_origin
        {
            return None;
        }
        let at_place = match &finding.place {
            Place::Value(origin, _) => self.by_origin.get(origin),
            _ => None,
        };
        let by_id = || self.by_id.get(&(file, finding.record.as_deref()?));
        at_place.or_else(|| self.texts.get(&file)).or_else(by_id).copied()
    }
}

/// Kind and id; of a record that has no id, kind and what its texts are known by.
fn name(kind: &Kind, record: &Record) -> String {
    if kind.identity != Identity::Anonymous {
        return format!("{} {}", kind.singular, record.public_name());
    }
    let mut texts = String::new();
    for value in &record.values {
        match value {
            Value::Text(text) => texts.push_str(text),
            Value::Date(day) => texts.push_str(&day.to_string()),
            Value::Count(count) => texts.push_str(&count.to_string()),
            _ => {}
        }
        texts.push('\n');
    }
    format!("{} #{:08x}", kind.singular, content_hash(texts.as_bytes()) as u32)
}

fn own_region<'l>(ledger: &'l Ledger, kind: &'static Kind, record: &'l Record) -> Option<&'l str> {
    if std::ptr::eq(kind, &region::KIND) {
        return Some(record.id.as_str());
    }
    region_codes(kind, &record.values).find(|code| nearest_region(ledger, code).is_some())
}

/// The code of the region in which a record lies.
fn region_of(ledger: &Ledger, handle: Handle, steps: u32) -> Option<&str> {
    let kind = ledger.kinds.at(usize::from(handle.kind))?;
    let own = own_region(ledger, kind, ledger.record(handle)?);
    if own.is_some() || steps == 0 {
        return own;
    }
    let elsewhere = kind.slot(ELSEWHERE);
    let edges = ledger.edges.outgoing(handle);
    let named = || edges.iter().filter(|edge| Some(usize::from(edge.slot)) != elsewhere);
    let enterprises = ledger.kind(&enterprise::KIND);
    let is_enterprise = |edge: &&Edge| usize::from(edge.end.kind) == enterprises;
    let others = named().filter(|edge| !is_enterprise(edge));
    named().filter(is_enterprise).chain(others).find_map(|edge| region_of(ledger, edge.end, steps - 1))
}

/// The region of this code, else the nearest above it that the portal knows.
fn nearest_region<'l>(ledger: &'l Ledger, code: &str) -> Option<&'l Record> {
    let above = [12, 9, 6, 4].into_iter().filter(|length| *length < code.len());
    let codes = std::iter::once(code).chain(above.filter_map(|length| code.get(..length)));
    codes.into_iter().find_map(|code| ledger.find(&region::KIND, code))
}

/// The township of a region: the region itself unless it is a village.
fn township(ledger: &Ledger, code: &str) -> Option<Township> {
    let mut found = nearest_region(ledger, code)?;
    // A village below a village would be a mistake; a circle of them must not hang.
    for _ in 0..4 {
        let view = found.view(&region::KIND);
        if view.choice(region::LEVEL) != Some("village") {
            break;
        }
        let above = match view.text(region::PARENT) {
            Some(parent) => ledger.find(&region::KIND, parent),
            None => found.id.as_str().get(..9).and_then(|code| nearest_region(ledger, code)),
        };
        let Some(above) = above else { break };
        found = above;
    }
    let name = found.view(&region::KIND).text(region::NAME).unwrap_or_default();
    // A name may hold a personal number by mistake, which is shown to nobody.
    let detector = Detector::of_display();
    Some(Township { code: detector.redact(found.id.as_str()), name: detector.redact(name) })
}
