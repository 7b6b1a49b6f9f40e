//! Data files: each kind as CSV and as JSON, from its field table.
//!
//! CSV: UTF-8 with a byte order mark, CRLF, the keys of the table as header; what holds several values is
//! written as JSON in its cell; a cell that a spreadsheet would take for a formula begins with `'`. JSON: an
//! array of objects in the order of the table, absent values left out.

use serde_json::{Map, Value as Json};

use crate::disclose::{Portal, object_view};
use crate::plan::DataFormat;
use crate::record::field::{Kind, Type};
use crate::record::value::Value;

/// The bytes of a kind's data file.
pub(super) fn write(portal: &Portal, kind: u16, format: DataFormat) -> Vec<u8> {
    let Some(described) = portal.kinds.at(usize::from(kind)) else { return Vec::new() };
    match format {
        DataFormat::Csv => csv(portal, kind, described),
        DataFormat::Json => json(portal, kind),
    }
}

fn json(portal: &Portal, kind: u16) -> Vec<u8> {
    let mut bytes = vec![b'['];
    for (at, handle) in portal.handles(kind).enumerate() {
        let Some(record) = portal.record(handle) else { continue };
        bytes.extend(if at == 0 { b"\n".as_slice() } else { b",\n" });
        let mut map = Map::new();
        map.insert("id".into(), record.id().into());
        for (field, value) in record.view().fields() {
            if let Some(value) = to_json(field.ty, value) {
                map.insert(field.key.into(), value);
            }
        }
        // Writing to memory cannot fail.
        let _ = serde_json::to_writer(&mut bytes, &Json::Object(map));
    }
    bytes.extend(b"\n]\n");
    bytes
}

fn csv(portal: &Portal, kind: u16, described: &'static Kind) -> Vec<u8> {
    let mut text = String::from("\u{feff}");
    let has_id = described.slot("id").is_some();
    let mut header: Vec<&str> = if has_id { Vec::new() } else { vec!["id"] };
    let public = |field: &&crate::record::field::Field| {
        field.visibility != crate::record::field::Visibility::Internal
            && !matches!(field.ty, Type::Records(_))
    };
    header.extend(described.fields.iter().filter(public).map(|field| field.key));
    text.push_str(&header.join(","));
    text.push_str("\r\n");
    for record in portal.handles(kind).filter_map(|handle| portal.record(handle)) {
        if !has_id {
            cell(record.id(), &mut text);
        }
        for (at, (field, value)) in record.view().fields().filter(|(field, _)| public(field)).enumerate() {
            if at > 0 || !has_id {
                text.push(',');
            }
            let shown =
                if field.key == "id" { Some(Json::from(record.id())) } else { to_json(field.ty, value) };
            match shown {
                None => {}
                Some(Json::String(line)) => cell(&line, &mut text),
                Some(other) => cell(&other.to_string(), &mut text),
            }
        }
        text.push_str("\r\n");
    }
    text.into_bytes()
}

fn cell(value: &str, text: &mut String) {
    let formula = value.starts_with(['=', '+', '-', '@', '\t', '\r']) && value.parse::<f64>().is_err();
    let guard = if formula { "'" } else { "" };
    if value.contains(['"', ',', '\n', '\r']) {
        text.push('"');
        text.push_str(guard);
        text.push_str(&value.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(guard);
        text.push_str(value);
    }
}

fn to_json(ty: Type, value: &Value) -> Option<Json> {
    Some(match (ty, value) {
        (_, Value::Absent | Value::Spoilt) => return None,
        (_, Value::Text(text)) => (**text).into(),
        (_, Value::Count(count)) => (*count).into(),
        (_, Value::Flag(flag)) => (*flag).into(),
        (_, Value::Date(day)) => day.to_string().into(),
        (Type::Choice(choices), Value::Choice(at)) => choices.get(usize::from(*at))?.key.into(),
        (Type::List(member), Value::List(values)) => {
            values.iter().filter_map(|value| to_json(*member, value)).collect()
        }
        (Type::Object(_), Value::Object(_)) => {
            let view = object_view(ty, value)?;
            let fields = view
                .fields()
                .filter_map(|(field, value)| Some((field.key.to_string(), to_json(field.ty, value)?)));
            Json::Object(fields.collect())
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_when_it_must_be_and_never_a_formula() {
        for (value, written) in [
            ("样板镇", "样板镇"),
            ("甲,乙", "\"甲,乙\""),
            ("说“\"是\"”", "\"说“\"\"是\"\"”\""),
            ("=1+1", "'=1+1"),
            ("-5", "-5"),
            ("@SUM(A1)", "'@SUM(A1)"),
        ] {
            let mut text = String::new();
            cell(value, &mut text);
            assert_eq!(text, written);
        }
    }
}
