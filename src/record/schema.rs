//! JSON Schema (draft 2020-12) of a kind, from its field table alone.
//!
//! In: a kind. Out: the schema of one published record: labels as titles, the words of choices, the forms
//! of codes. What the gate may take away is not required of a published record: of a closed enterprise a stub is left,
//! and what named a record that has left names nobody.
//!
//! Not here: proving a source file (`read` and `check` do, with places and hints), and where schemas stand.

use super::field::{Field, Kind, Strength, Stub, Type, Visibility};
use crate::json::Json;

/// The dialect of all schemas.
pub const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The key under which a record's page is named in data files: `url`, unless the kind has a field of that name.
pub fn page_key(kind: &Kind) -> &'static str {
    if kind.slot("url").is_some() { "page_url" } else { "url" }
}

/// Whether a field goes into data files.
pub fn is_data(field: &Field) -> bool {
    field.visibility != Visibility::Internal && !matches!(field.ty, Type::Records(_))
}

/// The schema of one record of a kind, as data files have it.
pub fn schema(kind: &Kind) -> Json {
    let fields: Vec<&Field> =
        kind.fields.iter().filter(|field| is_data(field) && field.key != "id").collect();
    let page = labelled(of_type(Type::Url), "页面网址", "address of its page");
    let mut members = vec![
        ("id".to_string(), labelled(of_type(Type::Id), "编号", "id")),
        (page_key(kind).to_string(), page),
    ];
    members.extend(fields.iter().map(|field| (field.key.to_string(), of_field(field))));
    let needed = fields.iter().filter(|field| field.required && stays(field, Depth::Top));
    let required: Vec<&str> = std::iter::once("id").chain(needed.map(|field| field.key)).collect();
    let schema = Json::of([
        ("title", kind.zh.into()),
        ("description", kind.about.0.into()),
        ("type", "object".into()),
        ("properties", Json::Members(members)),
    ]);
    let schema = match kind.stub {
        Some(stub) => with_stub(schema, stub, &required),
        None => schema.with("required", Json::texts(required.iter().copied())),
    };
    schema.with("additionalProperties", false)
}

/// Requires of a whole record all that is needed, of a stub only what it keeps.
fn with_stub(schema: Json, stub: Stub, required: &[&str]) -> Json {
    let is_stub = Json::of([
        ("properties", Json::of([(stub.key, Json::of([("enum", Json::texts(stub.is.iter().copied()))]))])),
        ("required", Json::texts([stub.key])),
    ]);
    let kept = required.iter().filter(|key| **key == "id" || stub.keeps.contains(key)).copied();
    schema
        .with("if", is_stub)
        .with("then", Json::of([("required", Json::texts(kept))]))
        .with("else", Json::of([("required", Json::texts(required.iter().copied()))]))
}

/// How deep in a record a field stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    Top,
    Inside,
}

/// Whether a required field is always there. A record that must name another at its top leaves with it; a name inside
/// it, or one that may be missing, is taken away when its target leaves.
fn stays(field: &Field, depth: Depth) -> bool {
    let Some(link) = field.link.filter(|link| link.by == "id") else { return true };
    depth == Depth::Top && link.strength == Strength::Must
}

fn of_field(field: &Field) -> Json {
    let json = match field.ty {
        _ if matches!(field.visibility, Visibility::Masked(_)) => of_type(Type::Text),
        // A region that may be named need not be one that the portal knows.
        Type::RegionCode if field.link.is_none_or(|link| link.strength == Strength::May) => {
            of_type(Type::Text)
        }
        Type::Decimal | Type::Money if !field.signed => of_type(field.ty).with("minimum", Json::Number(0)),
        ty => of_type(ty),
    };
    labelled(json, field.zh, field.en)
}

fn of_object(fields: &[Field]) -> Json {
    let shown: Vec<&Field> = fields.iter().filter(|field| is_data(field)).collect();
    let members = shown.iter().map(|field| (field.key.to_string(), of_field(field))).collect();
    let needed = shown.iter().filter(|field| field.required && stays(field, Depth::Inside));
    Json::of([
        ("type", "object".into()),
        ("properties", Json::Members(members)),
        ("required", Json::texts(needed.map(|field| field.key))),
        ("additionalProperties", false.into()),
    ])
}

/// A pattern for values of a type of text.
fn pattern(ty: Type) -> Option<&'static str> {
    Some(match ty {
        Type::Id | Type::SampleNo | Type::RegionCode => "^[A-Za-z0-9-]{1,64}$",
        Type::Uscc => "^[0-9A-HJ-NPQRTUWXY]{18}$",
        // Small workshops and stalls have numbers of their province.
        Type::LicenceNo => "^((SC|JY|YB)[0-9]{14}|[\\s\\S]+)$",
        Type::DocNo => "^[^\\[(（【〔]+〔[0-9]{4}〕[0-9]+号$",
        Type::Phone => "^(1[0-9]{2,5}|0[0-9]{2,3}-[0-9]{7,8}(-[0-9]{1,6})?)$",
        Type::Moment => "^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}$",
        Type::Period => "^[0-9]{4}(Q[1-4]|-(0[1-9]|1[0-2])|-W(0[1-9]|[1-4][0-9]|5[0-3]))?$",
        _ => return None,
    })
}

fn of_type(ty: Type) -> Json {
    let text = || Json::of([("type", "string".into())]);
    match ty {
        Type::Object(fields) => of_object(fields),
        Type::List(member) => Json::of([("type", "array".into()), ("items", of_type(*member))]),
        Type::Date => text().with("format", "date"),
        Type::Url => text().with("format", "uri"),
        Type::Count => Json::of([("type", "integer".into()), ("minimum", Json::Number(0))]),
        Type::Decimal | Type::Money => Json::of([("type", "number".into())]),
        Type::Flag => Json::of([("type", "boolean".into())]),
        Type::Choice(choices) => {
            let words = choices
                .iter()
                .map(|choice| labelled(Json::of([("const", choice.key.into())]), choice.zh, choice.en));
            Json::of([("oneOf", Json::List(words.collect()))])
        }
        _ => match pattern(ty) {
            Some(pattern) => text().with("pattern", pattern),
            None => text().with("minLength", Json::Number(1)),
        },
    }
}

fn labelled(json: Json, zh: &str, en: &str) -> Json {
    let Json::Members(rest) = json else { return json };
    let mut members = vec![("title".to_string(), zh.into()), ("description".to_string(), en.into())];
    members.extend(rest);
    Json::Members(members)
}
