//! Data files: each kind as CSV and as JSON, from its field table.
//!
//! CSV: UTF-8 with a byte order mark, CRLF, the keys of the table as header; what holds several values is
//! written as JSON in its cell; a cell that a spreadsheet would take for a formula begins with `'`. JSON: an
//! array of objects in the order of the table, absent values left out.

use crate::disclose::{Portal, PublicView, object_view};
use crate::plan::DataFormat;
use crate::record::field::{Field, Kind, Type};
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
        reserve_for_all(&mut bytes, at, portal.count(kind));
        bytes.extend(if at == 0 { b"\n".as_slice() } else { b",\n" });
        bytes.extend(b"{\"id\":");
        write_json(&record.id(), &mut bytes);
        for (field, value) in
            record.view().fields().filter(|(field, value)| field.key != "id" && is_given(value))
        {
            bytes.push(b',');
            write_member(field, value, &mut bytes);
        }
        bytes.push(b'}');
    }
    bytes.extend(b"\n]\n");
    bytes
}

/// Records after which the size of the whole file is estimated: growing a buffer by doubling would cost a province
/// twice the size of its largest file in memory.
const SAMPLED: usize = 64;

fn reserve_for_all(bytes: &mut Vec<u8>, written: usize, all: usize) {
    if written == SAMPLED {
        bytes.reserve_exact(room_for_rest(bytes.len(), all));
    }
}

fn room_for_rest(written: usize, all: usize) -> usize {
    written / SAMPLED * all.saturating_sub(SAMPLED) / 16 * 17
}

fn is_given(value: &Value) -> bool {
    !matches!(value, Value::Absent | Value::Spoilt)
}

fn write_member(field: &Field, value: &Value, bytes: &mut Vec<u8>) {
    write_json(&field.key, bytes);
    bytes.push(b':');
    write_value(field.ty, value, bytes);
}

fn write_value(ty: Type, value: &Value, bytes: &mut Vec<u8>) {
    match (ty, value) {
        (_, Value::Text(text)) => write_json(text, bytes),
        (_, Value::Count(count)) => write_json(count, bytes),
        (_, Value::Flag(flag)) => write_json(flag, bytes),
        (_, Value::Date(day)) => write_json(&day.to_string(), bytes),
        (Type::Choice(choices), Value::Choice(at)) => {
            write_json(&choices.get(usize::from(*at)).map(|choice| choice.key), bytes);
        }
        (Type::List(member), Value::List(values)) => {
            bytes.push(b'[');
            for (at, value) in values.iter().filter(|value| is_given(value)).enumerate() {
                if at > 0 {
                    bytes.push(b',');
                }
                write_value(*member, value, bytes);
            }
            bytes.push(b']');
        }
        (Type::Object(_), Value::Object(_)) => {
            bytes.push(b'{');
            let fields = object_view(ty, value).into_iter().flat_map(PublicView::fields);
            for (at, (field, value)) in fields.filter(|(_, value)| is_given(value)).enumerate() {
                if at > 0 {
                    bytes.push(b',');
                }
                write_member(field, value, bytes);
            }
            bytes.push(b'}');
        }
        _ => bytes.extend(b"null"),
    }
}

/// Writing to memory cannot fail.
fn write_json(value: &impl serde::Serialize, bytes: &mut Vec<u8>) {
    let _ = serde_json::to_writer(bytes, value);
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
    for (at, record) in portal.handles(kind).filter_map(|handle| portal.record(handle)).enumerate() {
        if at == SAMPLED {
            text.reserve_exact(room_for_rest(text.len(), portal.count(kind)));
        }
        if !has_id {
            cell(record.id(), &mut text);
        }
        for (at, (field, value)) in record.view().fields().filter(|(field, _)| public(field)).enumerate() {
            if at > 0 || !has_id {
                text.push(',');
            }
            if field.key == "id" {
                cell(record.id(), &mut text);
                continue;
            }
            match (field.ty, value) {
                (_, Value::Absent | Value::Spoilt) => {}
                (_, Value::Text(line)) => cell(line, &mut text),
                (_, Value::Date(day)) => text.push_str(&day.to_string()),
                (Type::Choice(choices), Value::Choice(at)) => {
                    cell(choices.get(usize::from(*at)).map_or("", |choice| choice.key), &mut text);
                }
                (ty, value) => {
                    let mut json = Vec::new();
                    write_value(ty, value, &mut json);
                    cell(&String::from_utf8_lossy(&json), &mut text);
                }
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
