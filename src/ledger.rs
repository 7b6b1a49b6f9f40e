//! Everything the sources say, joined and indexed: built once, then immutable.
//!
//! In: the records of all files. Out: a [`Ledger`] with one table a kind, sorted by id, the links of all
//! records both ways, and every address a text may link to.
//!
//! Not here: whether what it says is right (`check`), and what of it the public may see (`disclose`).

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use crate::diagnostic::{Code, FileId, Findings, Message, Origin, Place, Step};
use crate::record::address::page_route;
use crate::record::asset::Asset;
use crate::record::edges::{Dangling, Edges, Handle, place};
use crate::record::field::{Face, Identity, Kind, Slot, Type};
use crate::record::intake::{BrokenFile, ReadPortal};
use crate::record::read::ReadRecord;
use crate::record::settings::Settings;
use crate::record::value::{Record, Value};
use crate::record::values::Values;
use crate::record::{Kinds, portal, value::View};
use crate::route::{Route, RouteError};
use crate::source::PictureSize;

/// An id that two records of a kind bear, or two that differ only by case.
pub const ID_DUP: Code = Code("E-ID-DUP");
/// A credit code that two enterprises give.
pub const USCC_DUP: Code = Code("E-USCC-DUP");
/// A sample number that two results bear.
pub const SAMPLE_DUP: Code = Code("E-SAMPLE-DUP");

/// All records, joined.
#[derive(Debug)]
pub struct Ledger {
    /// The kinds there are.
    pub kinds: Kinds,
    /// Settings of the portal.
    pub settings: Settings,
    /// The values of `portal.yaml`.
    pub portal_values: Option<Values>,
    /// Where `portal.yaml`'s mapping stands.
    pub portal_origin: Option<Origin>,
    /// One table a kind, sorted by id.
    pub tables: Vec<Vec<Record>>,
    /// Records left out because an earlier one of their kind has the same id: kind and record.
    pub doubles: Vec<(usize, Record)>,
    /// Who names whom.
    pub edges: Edges,
    /// Links without a target.
    pub dangling: Vec<Dangling>,
    /// Files that could not be read.
    pub broken: Vec<BrokenFile>,
    /// Files below `assets/`.
    pub assets: Vec<Asset>,
    /// Path of every source file.
    pub paths: Vec<String>,
    /// What a relative link in a text may lead to: path of a source file, route of its page.
    pub targets: BTreeMap<String, Route>,
}

impl Ledger {
    /// Joins what was read; reports double ids and addresses that are no routes.
    pub fn join(read: ReadPortal, findings: &mut Findings) -> Ledger {
        let kinds = read.kinds;
        let mut tables: Vec<Vec<Record>> = (0..kinds.count()).map(|_| Vec::new()).collect();
        for ReadRecord { kind, record } in read.records {
            if let Some(table) = tables.get_mut(kind) {
                table.push(record);
            }
        }
        let each: Vec<&Kind> = kinds.all().collect();
        let sorted = each.into_par_iter().zip(&mut tables).map(|(kind, table)| {
            let mut own = Findings::default();
            let left_out = sort_and_report_doubles(kind, table, &mut own);
            table.shrink_to_fit();
            (left_out, own)
        });
        let mut doubles = Vec::new();
        for (at, (left_out, own)) in sorted.collect::<Vec<_>>().into_iter().enumerate() {
            doubles.extend(left_out.into_iter().map(|record| (at, record)));
            findings.0.extend(own.0);
        }
        let (edges, dangling) = Edges::build(&kinds, &tables);
        let (assets, mut targets) = place_assets(read.assets, findings);
        place_prose(&kinds, &tables, &read.paths, &mut targets, findings);
        Ledger {
            kinds,
            settings: read.settings,
            portal_values: read.portal_values,
            portal_origin: read.portal_origin,
            tables,
            doubles,
            edges,
            dangling,
            broken: read.broken,
            assets,
            paths: read.paths,
            targets,
        }
    }

    /// The index of a built-in kind.
    pub fn kind(&self, kind: &Kind) -> usize {
        self.kinds.index(kind.plural).unwrap_or(usize::MAX)
    }

    /// The codes of rules that the portal switches off.
    pub fn rules_off(&self) -> impl Iterator<Item = &str> {
        let values = self.portal_values.as_ref();
        let view = values.map(|values| View { fields: portal::FIELDS, values });
        view.map_or(&[] as &[Value], |view| view.list(portal::RULES_OFF)).iter().filter_map(Value::as_text)
    }

    /// All records of a kind, sorted by id.
    pub fn table(&self, kind: &Kind) -> &[Record] {
        self.tables.get(self.kind(kind)).map_or(&[], Vec::as_slice)
    }

    /// All records of a kind, with their handles.
    pub fn records<'l>(
        &'l self,
        kind: &'static Kind,
    ) -> impl Iterator<Item = (Handle, &'l Record, View<'l>)> {
        let at = self.kind(kind) as u16;
        self.table(kind)
            .iter()
            .enumerate()
            .map(move |(no, record)| (Handle { kind: at, no: no as u32 }, record, record.view(kind)))
    }

    /// A record by its handle.
    pub fn record(&self, handle: Handle) -> Option<&Record> {
        self.tables.get(usize::from(handle.kind))?.get(handle.no as usize)
    }

    /// A record by kind and id.
    pub fn find(&self, kind: &Kind, id: &str) -> Option<&Record> {
        let table = self.table(kind);
        table.get(place(table, id)? as usize)
    }

    /// The records of a kind that were left out as doubles and whose field holds this text.
    pub fn doubles_with<'l>(
        &'l self,
        kind: &'static Kind,
        slot: impl Slot + 'l,
        text: &'l str,
    ) -> impl Iterator<Item = View<'l>> {
        let wanted = self.kind(kind);
        self.doubles
            .iter()
            .filter(move |(at, _)| *at == wanted)
            .map(|(_, record)| record.view(kind))
            .filter(move |view| view.text(slot) == Some(text))
    }

    /// The record that a withdrawal or a correction names by kind and id; texts are named by their address, such as
    /// `notices/2026-01` for an article and `2026-township/what` for a chapter.
    pub fn named_record(&self, kind_name: Option<&str>, id: Option<&str>) -> Option<(Handle, &'static Kind)> {
        let at = self.kinds.named(kind_name?)?;
        let (kind, table, id) = (self.kinds.at(at)?, self.tables.get(at)?, id?);
        let by_address =
            || table.iter().position(|record| record.prose.is_some() && record.public_name() == id);
        let no = place(table, id).or_else(|| by_address().map(|no| no as u32))?;
        Some((Handle { kind: at as u16, no }, kind))
    }

    /// Whether a file that could not be read speaks of this id, or is so broken that nobody can tell.
    pub fn may_stand_in_broken_file(&self, id: &str) -> bool {
        self.broken.iter().any(|broken| broken.text.is_empty() || broken.text.contains(id))
    }
}

/// The place of a value inside a record.
pub fn value_place(record: &Record, path: &[Step]) -> Place {
    Place::Value(record.origin, path.to_vec())
}

/// Sorts a table by id; the later of two records with one id is taken out and comes back.
fn sort_and_report_doubles(kind: &Kind, table: &mut Vec<Record>, findings: &mut Findings) -> Vec<Record> {
    table.par_sort_by(|a, b| a.id.cmp(&b.id).then_with(|| a.origin.cmp(&b.origin)));
    let mut first: Option<(String, Origin)> = None;
    let doubles: Vec<Record> = table
        .extract_if(.., |record| match &first {
            Some((id, origin)) if id == record.id.as_str() => {
                report_double(kind, id, record, *origin, findings);
                true
            }
            _ => {
                first = Some((record.id.as_str().to_string(), record.origin));
                false
            }
        })
        .collect();
    if matches!(kind.face, Face::Inline) && kind.identity != Identity::File {
        return doubles;
    }
    let mut folded: HashMap<String, &Record> = HashMap::with_capacity(table.len());
    for record in table.iter() {
        match folded.entry(record.id.as_str().to_ascii_lowercase()) {
            std::collections::hash_map::Entry::Occupied(earlier) => {
                report_double(kind, record.id.as_str(), record, earlier.get().origin, findings);
            }
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(record);
            }
        }
    }
    doubles
}

fn report_double(kind: &Kind, id: &str, record: &Record, earlier: Origin, findings: &mut Findings) {
    let path = identity_path(kind, record);
    let written = path.first().and_then(|step| match step {
        Step::Key(key) => kind.slot(key).and_then(|slot| kind.fields.get(slot)),
        Step::Item(_) => None,
    });
    let (code, zh, en) = match written.map(|field| field.ty) {
        Some(Type::Uscc) => (USCC_DUP, "统一社会信用代码", "credit code"),
        Some(Type::SampleNo) => (SAMPLE_DUP, "抽样编号", "sample number"),
        _ => (ID_DUP, "编号", "id"),
    };
    let message = Message::new(
        format!("{}的{zh}“{id}”重复（大小写不同也算重复）", kind.zh),
        format!("two {} have the {en} `{id}` (case does not tell them apart)", kind.en),
    );
    findings
        .add(code, value_place(record, &path), message)
        .record(record.id.as_str())
        .hint(if code == USCC_DUP {
            Message::new(
                "重复登记的删去一条；同一主体的几个门店，各写自己的 id 和不同的 outlet",
                "delete the double; outlets of one enterprise have an id and an `outlet` each",
            )
        } else {
            Message::new(
                "每条记录的编号必须不同；改动其中一个，或删去重复的记录",
                "every id must differ; change one of them or delete the double",
            )
        })
        .other(Place::Value(earlier, path), Message::new("先前在此", "first here"))
        .field = written.map(|field| field.key.to_string());
}

/// The path to the value that gave a record its id.
fn identity_path(kind: &Kind, record: &Record) -> Vec<Step> {
    match kind.identity {
        Identity::Key(key) => vec![Step::Key(key)],
        Identity::KeyOr(key, other) => {
            let given = !record.view(kind).by_key(key).is_absent();
            vec![Step::Key(if given { key } else { other })]
        }
        Identity::Anonymous | Identity::File => Vec::new(),
    }
}

fn place_assets(
    assets: Vec<(FileId, String, Option<PictureSize>)>,
    findings: &mut Findings,
) -> (Vec<Asset>, BTreeMap<String, Route>) {
    let mut placed = Vec::new();
    let mut targets = BTreeMap::new();
    for (file, path, size) in assets {
        match Route::parse(&path) {
            Ok(route) => {
                targets.insert(path, route.clone());
                placed.push(Asset { file, route, size });
            }
            Err(error) => report_path(Place::File(file), &path, error, findings),
        }
    }
    (placed, targets)
}

fn place_prose(
    kinds: &Kinds,
    tables: &[Vec<Record>],
    paths: &[String],
    targets: &mut BTreeMap<String, Route>,
    findings: &mut Findings,
) {
    for (kind, table) in kinds.all().zip(tables) {
        // Of most records nothing is wanted but that their address can be one.
        let told = table.par_iter().filter_map(|record| match page_route(kinds, kind, record)? {
            Ok(_) if record.prose.is_none() => None,
            route => Some((record, route)),
        });
        for (record, route) in told.collect::<Vec<_>>() {
            let path = paths.get(record.origin.file.0 as usize).map_or("", String::as_str);
            match route {
                Ok(route) => drop(targets.insert(path.to_string(), route)),
                Err(error) => report_path(value_place(record, &[]), path, error, findings),
            }
        }
    }
}

fn report_path(place: Place, path: &str, error: RouteError, findings: &mut Findings) {
    let (zh, en) = match error {
        RouteError::Character(wrong) => {
            (format!("含有字符“{wrong}”"), format!("it holds the character `{wrong}`"))
        }
        RouteError::TooLong => ("太长".to_string(), "it is too long".to_string()),
        RouteError::Reserved => {
            ("含有 Windows 的保留名".to_string(), "it holds a reserved name of Windows".to_string())
        }
        RouteError::Empty | RouteError::Dots => (
            "有空的或以点开头、结尾的部分".to_string(),
            "a part of it is empty or begins or ends with a dot".to_string(),
        ),
    };
    let message =
        Message::new(format!("“{path}”不能作为网址：{zh}"), format!("`{path}` cannot be an address: {en}"));
    let hint = Message::new(
        "文件名和文件夹名只用英文字母、数字、点、下划线和连字符",
        "name files and folders with letters, digits, dots, underscores and hyphens",
    );
    findings.add(crate::record::read::ID_FORM, place, message).hint(hint);
}
