//! Reads every source file of a portal into records, files in parallel.
//!
//! In: the list of sources. Out: a [`ReadPortal`] and findings, the same at any number of threads.
//!
//! Not here: ledgers (`ledger_file`), joining (`ledger`), judging (`check`).

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::asset::is_picture_name;
use super::collection::{Definition, declare};
use super::field::{Field, Home, Kind};
use super::kept::Shelf;
use super::ledger_file::{ReadFile, read_ledger, read_sheet};
use super::read::{ReadRecord, Reader};
use super::rule_sets::RuleSets;
use super::settings::Settings;
use super::value::{Prose, Record, Value, View};
use super::values::Values;
use super::{Kinds, article, book, chapter, definition, page, portal};
use crate::cache::Cache;
use crate::diagnostic::{Code, FileId, Findings, Message, Origin, Place, Step};
use crate::route::RecordId;
use crate::source::{
    Layout, Limits, PictureSize, Role, Sources, open_file, parse_yaml, picture_size, read_text,
    split_front_matter,
};
use crate::text::content_hash;

/// A Markdown text without the front matter it needs.
pub const FRONT_MATTER_MISSING: Code = Code("E-FRONT-MATTER-MISSING");
/// A file that could not be read, with its text: a name that stands in it may well be defined there.
#[derive(Debug)]
pub struct BrokenFile {
    /// The file.
    pub file: FileId,
    /// Its text.
    pub text: String,
}

/// All that was read of a portal, before it is joined.
#[derive(Debug, Default)]
pub struct ReadPortal {
    /// The built-in kinds and those that the portal declares itself.
    pub kinds: Kinds,
    /// Settings of `portal.yaml`.
    pub settings: Settings,
    /// Limits of `portal.yaml`.
    pub limits: Limits,
    /// The values of `portal.yaml`, for the checks of their form.
    pub portal_values: Option<Values>,
    /// Where `portal.yaml`'s mapping stands.
    pub portal_origin: Option<Origin>,
    /// Records in the order of files and lines.
    pub records: Vec<ReadRecord>,
    /// Files that could not be read.
    pub broken: Vec<BrokenFile>,
    /// Files below `assets/`, by path relative to the portal, with the sizes of pictures.
    pub assets: Vec<(FileId, String, Option<PictureSize>)>,
    /// Path of every source file, by its number.
    pub paths: Vec<String>,
    /// Names in the cache that this reading used or made.
    pub kept: Vec<String>,
    /// What the columns of CSV ledgers hold.
    pub layouts: BTreeMap<FileId, Layout>,
    /// Hashes of the bytes of ledgers, as they were read.
    pub hashes: BTreeMap<FileId, u128>,
}

/// Reads all sources; `program` is a content key of the program, another one of which may read them otherwise.
pub fn read_portal(
    sources: &Sources,
    cache: &Cache,
    program: u128,
    findings: &mut Findings,
) -> anyhow::Result<ReadPortal> {
    let mut read = ReadPortal {
        paths: sources.files.iter().map(|file| file.path.clone()).collect(),
        ..ReadPortal::default()
    };
    let builtin = Kinds::builtin();
    if let Some(file) = sources.portal() {
        read_settings(&builtin, sources, file, &mut read, findings)?;
    }
    let limits = read.limits.clone();
    read_lists(&builtin, sources, &mut read, findings)?;
    read.kinds = declared_kinds(builtin, sources, &read, findings)?;
    let kinds = &read.kinds;
    let shelf = Shelf::open(cache, kinds, &limits, program);
    let files: Vec<ReadFile> = sources
        .files
        .par_iter()
        .zip(0u32..sources.files.len() as u32)
        .map(|(source, number)| {
            let file = FileId(number);
            match source.role {
                Role::Ledger if source.path.ends_with(".csv") => read_sheet(kinds, sources, file, &limits),
                Role::Ledger => read_ledger(&shelf, sources, file, &limits, cache),
                Role::Book | Role::Chapter | Role::Article | Role::Page => {
                    read_prose(kinds, sources, file, source.role, &limits)
                }
                _ => Ok(ReadFile::default()),
            }
        })
        .collect::<anyhow::Result<_>>()?;
    for (number, file) in (0..).zip(files) {
        read.hashes.extend(file.hash.map(|hash| (FileId(number), hash)));
        read.records.extend(file.records);
        read.broken.extend(file.broken);
        read.kept.extend(file.kept);
        read.layouts.extend(file.layout);
        findings.0.extend(file.findings.0);
    }
    read.assets = assets(sources);
    Ok(read)
}

/// The files of the portal; one that cannot be read says so when it is copied.
fn assets(sources: &Sources) -> Vec<(FileId, String, Option<PictureSize>)> {
    let files: Vec<_> = sources.with_role(Role::Asset).collect();
    let measured = files.par_iter().map(|(file, source)| {
        let picture = is_picture_name(&source.path).then(|| open_file(sources, *file).ok()).flatten();
        (*file, source.path.clone(), picture.and_then(|picture| picture_size(&source.path, picture)))
    });
    measured.collect()
}

fn read_settings(
    kinds: &Kinds,
    sources: &Sources,
    file: FileId,
    read: &mut ReadPortal,
    findings: &mut Findings,
) -> anyhow::Result<()> {
    let Some(text) = read_text(sources, file, &Limits::default(), findings)? else { return Ok(()) };
    let document = parse_yaml(file, &text, &Limits::default(), findings);
    if document.is_broken() {
        return Ok(());
    }
    // A file with nothing in it lacks every field.
    let nothing = parse_yaml(file, "{}", &Limits::default(), findings);
    let written = document.root().filter(|root| !root.is_null());
    let Some(root) = written.or_else(|| nothing.root()) else { return Ok(()) };
    if let Some(values) = Reader::new(kinds, file, findings).object(portal::FIELDS, root) {
        read.settings = Settings::from_values(&values);
        read.settings.rule_sets = RuleSets::shipped(kinds);
        let view = View { fields: portal::FIELDS, values: &values };
        if let Some(own) = view.object(portal::RULE_SETS) {
            read.settings.rule_sets.overlay(own);
        }
        read.limits = limits(&values);
        read.portal_values = Some(values);
    }
    read.portal_origin = written.map(|root| Origin { file, node: root.number() });
    Ok(())
}

/// The lists that the lint of the finished site goes by.
fn read_lists(
    kinds: &Kinds,
    sources: &Sources,
    read: &mut ReadPortal,
    findings: &mut Findings,
) -> anyhow::Result<()> {
    for (file, _) in sources.with_role(Role::Inspection) {
        let Some(text) = read_text(sources, file, &read.limits, findings)? else { continue };
        let document = parse_yaml(file, &text, &read.limits, findings);
        let Some(root) = document.root().filter(|root| !root.is_null()) else { continue };
        if let Some(values) =
            Reader::new(kinds, file, findings).object(portal::inspection::lists::FIELDS, root)
        {
            read.settings.inspection.add_lists(&values);
        }
    }
    Ok(())
}

/// The built-in kinds and the collections, of `portal.yaml` first, then of `collections/` by file name.
fn declared_kinds(
    mut kinds: Kinds,
    sources: &Sources,
    read: &ReadPortal,
    findings: &mut Findings,
) -> anyhow::Result<Kinds> {
    let mut definitions = Vec::new();
    if let (Some(values), Some(origin)) = (&read.portal_values, read.portal_origin) {
        let written = (View { fields: portal::FIELDS, values }).list(portal::COLLECTIONS);
        for (at, member) in (0u32..).zip(written) {
            let Value::Object(values) = member else { continue };
            let path = vec![Step::Key("collections"), Step::Item(at)];
            definitions.push(Definition { origin, path, values: values.clone() });
        }
    }
    for (file, source) in sources.with_role(Role::Collection) {
        let read = read_definition(&kinds, sources, file, &read.limits, findings)?;
        match read {
            Some(definition) => definitions.push(definition),
            None => {
                let name = source.path.rsplit('/').next().unwrap_or_default();
                kinds.leave_out(name.split('.').next().unwrap_or_default());
            }
        }
    }
    declare(&mut kinds, &definitions, findings);
    Ok(kinds)
}

fn read_definition(
    kinds: &Kinds,
    sources: &Sources,
    file: FileId,
    limits: &Limits,
    findings: &mut Findings,
) -> anyhow::Result<Option<Definition>> {
    let Some(text) = read_text(sources, file, limits, findings)? else { return Ok(None) };
    let document = parse_yaml(file, &text, limits, findings);
    let Some(root) = document.root() else { return Ok(None) };
    let values = Reader::new(kinds, file, findings).object(definition::FIELDS, root);
    let origin = Origin { file, node: root.number() };
    Ok(values.map(|values| Definition { origin, path: Vec::new(), values }))
}

fn limits(values: &Values) -> Limits {
    let own = Limits::default();
    let Some(set) = (View { fields: portal::FIELDS, values }).object(portal::LIMITS) else { return own };
    let count = |slot, otherwise: u64| {
        set.count(slot).and_then(|count| u64::try_from(count).ok()).unwrap_or(otherwise)
    };
    let small = |slot, otherwise: u32| u32::try_from(count(slot, u64::from(otherwise))).unwrap_or(u32::MAX);
    let size = |slot, otherwise: usize| usize::try_from(count(slot, otherwise as u64)).unwrap_or(usize::MAX);
    use portal::limits::{ALIASES, DEPTH, FILE_BYTES, FRONT_MATTER_BYTES, NODES, SCALAR_BYTES};
    Limits {
        file_bytes: size(FILE_BYTES, own.file_bytes),
        front_matter_bytes: size(FRONT_MATTER_BYTES, own.front_matter_bytes),
        depth: small(DEPTH, own.depth).min(Limits::DEEPEST),
        aliases: small(ALIASES, own.aliases),
        nodes: small(NODES, own.nodes),
        scalar_bytes: size(SCALAR_BYTES, own.scalar_bytes),
    }
}

fn read_prose(
    kinds: &Kinds,
    sources: &Sources,
    file: FileId,
    role: Role,
    limits: &Limits,
) -> anyhow::Result<ReadFile> {
    let (kind, fields): (&Kind, &'static [Field]) = match role {
        Role::Book => (&book::KIND, book::FIELDS),
        Role::Chapter => (&chapter::KIND, chapter::FIELDS),
        Role::Article => (&article::KIND, article::FIELDS),
        _ => (&page::KIND, page::FIELDS),
    };
    let mut read = ReadFile::default();
    let Some(text) = read_text(sources, file, limits, &mut read.findings)? else { return Ok(read) };
    let (document, body, body_line) = if role == Role::Book {
        (parse_yaml(file, &text, limits, &mut read.findings), "", 1)
    } else {
        let parts = split_front_matter(file, &text, limits, &mut read.findings);
        let Some(document) = parts.yaml else {
            report_missing(file, kind, &mut read.findings);
            return Ok(read);
        };
        (document, parts.body, parts.body_line)
    };
    let Some(root) = document.root() else {
        if !document.is_broken() {
            report_missing(file, kind, &mut read.findings);
        }
        return Ok(read);
    };
    let Some(values) = Reader::new(kinds, file, &mut read.findings).object(fields, root) else {
        return Ok(read);
    };
    let path = sources.path(file);
    let (folder, slug, order) = address(kind.home, path);
    let Some(id) = prose_id(path) else { return Ok(read) };
    let prose = Prose { folder: folder.into(), slug: slug.into(), order, body: body.into(), body_line };
    let origin = Origin { file, node: root.number() };
    if let Some(kind) = kinds.index(kind.plural) {
        read.records
            .push(ReadRecord { kind, record: Record { id, origin, values, prose: Some(Box::new(prose)) } });
    }
    Ok(read)
}

fn report_missing(file: FileId, kind: &Kind, findings: &mut Findings) {
    let message = Message::new(
        format!("{}缺少文首信息（front matter）", kind.zh),
        format!("this {} has no front matter", kind.singular),
    );
    let keys = kind
        .fields
        .iter()
        .filter(|field| field.required)
        .map(|field| field.key)
        .collect::<Vec<_>>()
        .join(", ");
    findings.add(FRONT_MATTER_MISSING, Place::File(file), message).hint(Message::new(
        format!("文件第一行写 ---，其后填写 {keys}，再以一行 --- 结束"),
        format!("begin the file with a line `---`, give {keys}, and close with a line `---`"),
    ));
}

/// Folder, slug and order of a text by its path below the portal.
fn address(home: Home, path: &str) -> (String, String, u32) {
    let inner = path.split_once('/').map_or(path, |(_, inner)| inner);
    let (folder, name) = inner.rsplit_once('/').unwrap_or(("", inner));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    match home {
        Home::Book => (String::new(), folder.to_string(), 0),
        Home::Chapter => {
            let (number, slug) = stem.split_once('-').unwrap_or(("0", stem));
            match number.parse() {
                Ok(order) => (folder.to_string(), slug.to_string(), order),
                Err(_) => (folder.to_string(), stem.to_string(), 0),
            }
        }
        _ => (folder.to_string(), stem.to_string(), 0),
    }
}

/// A unique id for a text, from its path; it appears in no address.
fn prose_id(path: &str) -> Option<RecordId> {
    let readable: String =
        path.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).take(40).collect();
    RecordId::parse(&format!("{readable}-{:016x}", content_hash(path.as_bytes()) as u64)).ok()
}
