//! How a rule names what it blames: a record or `portal.yaml`, and the path to the very value.
//!
//! In: records and their field tables. Out: findings with place, record and field set; walks over lists and over
//! all values of a type, which allocate nothing.
//!
//! Not here: any rule.

use crate::diagnostic::{Code, Finding, Findings, Message, Origin, Place, Step};
use crate::record::field::{Field, Identity, Kind, Slot, Type};
use crate::record::portal;
use crate::record::value::{Record, Value, View};

use super::Context;

/// A record, or `portal.yaml`, as a finding names it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject<'r> {
    origin: Origin,
    id: Option<&'r str>,
}

impl<'r> Subject<'r> {
    /// A record of a kind; an id that its author never wrote is not told.
    pub(super) fn of(kind: &Kind, record: &'r Record) -> Subject<'r> {
        let written = matches!(kind.identity, Identity::Key(_) | Identity::KeyOr(..));
        Subject { origin: record.origin, id: written.then(|| record.id.as_str()) }
    }

    /// The mapping of `portal.yaml`.
    pub(super) fn portal(origin: Origin) -> Subject<'r> {
        Subject { origin, id: None }
    }

    /// The place of a value.
    pub(super) fn place(self, path: &[Step]) -> Place {
        Place::Value(self.origin, path.to_vec())
    }

    /// Reports a value.
    pub(super) fn blame<'f>(
        self,
        findings: &'f mut Findings,
        code: Code,
        path: &[Step],
        message: Message,
    ) -> &'f mut Finding {
        let finding = findings.add(code, self.place(path), message);
        finding.record = self.id.map(str::to_string);
        finding.field = path.iter().rev().find_map(|step| match step {
            Step::Key(key) => Some((*key).to_string()),
            Step::Item(_) => None,
        });
        finding
    }
}

/// The step to a field.
pub(super) fn step(view: View<'_>, slot: impl Slot) -> Step {
    Step::Key(view.fields.get(slot.index()).map_or("", |field| field.key))
}

/// The step to a member of a list.
pub(super) fn item(at: usize) -> Step {
    Step::Item(at as u32)
}

/// The objects of a list, with their places in it.
pub(super) fn members<'a>(view: View<'a>, slot: impl Slot) -> impl Iterator<Item = (usize, View<'a>)> {
    let fields: &'static [Field] = match view.fields.get(slot.index()).map(|field| field.ty) {
        Some(Type::List(Type::Object(fields))) => fields,
        _ => &[],
    };
    view.list(slot).iter().enumerate().filter_map(move |(at, member)| match member {
        Value::Object(values) => Some((at, View { fields, values })),
        _ => None,
    })
}

/// Whether a value, or anything in it, was given but could not be read: nothing may be concluded from what
/// is not there.
pub(super) fn is_spoilt(value: &Value) -> bool {
    match value {
        Value::Spoilt => true,
        Value::List(values) => values.iter().any(is_spoilt),
        Value::Object(values) => values.iter().any(is_spoilt),
        _ => false,
    }
}

/// Which fields a walk looks into: by field, and by its type or that of its members.
type Wanted = fn(&Field, Type) -> bool;

/// Calls `found` for every text of a wanted field in all records and in `portal.yaml`.
pub(super) fn each_text<'l>(
    context: &Context<'l>,
    wanted: Wanted,
    found: &mut impl FnMut(Subject<'l>, &'static Field, Type, &'l str, &[Step]),
) {
    let ledger = context.ledger;
    let mut path = Vec::new();
    for (kind, table) in ledger.kinds.all().zip(&ledger.tables) {
        let slots: Vec<(usize, &'static Field)> =
            kind.fields.iter().enumerate().filter(|(_, field)| holds(field, field.ty, wanted)).collect();
        for record in table {
            let subject = Subject::of(kind, record);
            for (at, field) in &slots {
                let value = record.values.get(*at);
                path.push(Step::Key(field.key));
                walk(field, field.ty, value, wanted, &mut path, &mut |field, ty, text, path| {
                    found(subject, field, ty, text, path);
                });
                path.clear();
            }
        }
    }
    let (Some(origin), Some(values)) = (ledger.portal_origin, &ledger.portal_values) else { return };
    for (field, value) in portal::FIELDS.iter().zip(values) {
        path.push(Step::Key(field.key));
        walk(field, field.ty, value, wanted, &mut path, &mut |field, ty, text, path| {
            found(Subject::portal(origin), field, ty, text, path);
        });
        path.clear();
    }
}

/// Calls `found` for every text of a wanted field in one record, with the path to it.
pub(super) fn each_text_of<'l>(
    kind: &'static Kind,
    record: &'l Record,
    wanted: Wanted,
    found: &mut impl FnMut(&'static Field, &'l str, &[Step]),
) {
    let mut path = Vec::new();
    for (field, value) in kind.fields.iter().zip(&record.values) {
        path.push(Step::Key(field.key));
        walk(field, field.ty, value, wanted, &mut path, &mut |field, _, text, path| found(field, text, path));
        path.clear();
    }
}

fn holds(field: &Field, ty: Type, wanted: Wanted) -> bool {
    match ty {
        Type::Object(fields) => fields.iter().any(|field| holds(field, field.ty, wanted)),
        Type::List(member) => holds(field, *member, wanted),
        _ => wanted(field, ty),
    }
}

/// Takes a field, its type or that of its members, a text, and the path to it.
type Found<'f, 'l> = dyn FnMut(&'static Field, Type, &'l str, &[Step]) + 'f;

fn walk<'l>(
    field: &'static Field,
    ty: Type,
    value: &'l Value,
    wanted: Wanted,
    path: &mut Vec<Step>,
    found: &mut Found<'_, 'l>,
) {
    match (ty, value) {
        (Type::Object(fields), Value::Object(values)) => {
            for (field, value) in fields.iter().zip(values) {
                path.push(Step::Key(field.key));
                walk(field, field.ty, value, wanted, path, found);
                path.pop();
            }
        }
        (Type::List(member), Value::List(values)) => {
            for (at, value) in values.iter().enumerate() {
                path.push(item(at));
                walk(field, *member, value, wanted, path, found);
                path.pop();
            }
        }
        (_, Value::Text(text)) if wanted(field, ty) => found(field, ty, text, path),
        _ => {}
    }
}
