//! Data files: the records of a kind, all or those of a region, as CSV, as a JSON array and as JSON Lines; one record as JSON.
//!
//! A record is one line in each form: its id, the address of its page, its public fields in the order of the table. What is
//! absent is left out. Days are ISO, choices their key, numbers numbers. CSV stands in `csv`, the page about the files
//! and what their columns mean in `page`.
//!
//! Not here: which files there are (`plan`).

mod catalogue;
mod csv;
mod page;

use crate::disclose::{DataRecords, Portal, PublicView, object_view};
use crate::plan::{DataFormat, Inventory};
use crate::record::edges::Handle;
use crate::record::field::{Field, Type};
use crate::record::schema::{is_data, page_key};
use crate::record::value::Value;

/// The bytes of a data file of a kind.
pub(super) fn write(portal: &Portal, kind: u16, within: Option<Handle>, format: DataFormat) -> Vec<u8> {
    let records = portal.data_records(kind, within);
    match format {
        DataFormat::Csv => portal
            .kinds
            .at(usize::from(kind))
            .map_or_else(Vec::new, |described| csv::write(portal, kind, described, records)),
        DataFormat::Json => json(portal, kind, records),
        DataFormat::JsonLines => json_lines(portal, kind, records),
    }
}

/// The bytes of the catalogue of all data files.
pub(super) fn catalogue(portal: &Portal, inventory: &Inventory) -> Vec<u8> {
    catalogue::write(portal, inventory)
}

/// The bytes of a data file of one record.
pub(super) fn write_one(portal: &Portal, handle: Handle) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_record(portal, handle, &mut bytes);
    bytes.push(b'\n');
    bytes
}

/// Writes a record as a JSON object on one line.
pub fn write_record(portal: &Portal, handle: Handle, bytes: &mut Vec<u8>) {
    let Some(record) = portal.record(handle) else { return };
    bytes.extend(b"{\"id\":");
    write_json(&record.id(), bytes);
    if let Some(path) = portal.path(handle) {
        bytes.push(b',');
        write_json(page_key(record.kind()), bytes);
        bytes.push(b':');
        write_address(portal, path, bytes);
    }
    for (field, value) in data_fields(record.view()) {
        if field.key != "id" && is_given(value) {
            bytes.push(b',');
            write_member(field, value, bytes);
        }
    }
    bytes.push(b'}');
}

/// The fields of a record that data files tell.
fn data_fields(view: PublicView<'_>) -> impl Iterator<Item = (&'static Field, &Value)> {
    view.fields().filter(|(field, _)| is_data(field))
}

fn json(portal: &Portal, kind: u16, records: DataRecords<'_>) -> Vec<u8> {
    let mut bytes = vec![b'['];
    let count = records.len();
    for (at, no) in records.enumerate() {
        reserve_for_all(&mut bytes, at, count);
        bytes.extend(if at == 0 { b"\n".as_slice() } else { b",\n" });
        write_record(portal, Handle { kind, no }, &mut bytes);
    }
    bytes.extend(b"\n]\n");
    bytes
}

fn json_lines(portal: &Portal, kind: u16, records: DataRecords<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let count = records.len();
    for (at, no) in records.enumerate() {
        reserve_for_all(&mut bytes, at, count);
        write_record(portal, Handle { kind, no }, &mut bytes);
        bytes.push(b'\n');
    }
    bytes
}

/// Records after which the size of the whole file is estimated: growing a buffer by doubling would cost a province
/// twice the size of its largest file in memory.
const SAMPLED: usize = 64;

fn reserve_for_all(bytes: &mut Vec<u8>, written: usize, all: usize) {
    if written == SAMPLED {
        let rest = bytes.len() / SAMPLED * all.saturating_sub(SAMPLED) / 16 * 17;
        bytes.reserve_exact(rest);
    }
}

/// Whether a value says anything: not an object of which the public sees nothing.
fn is_given(value: &Value) -> bool {
    match value {
        Value::Absent | Value::Spoilt => false,
        Value::Object(values) => values.iter().any(is_given),
        _ => true,
    }
}

fn write_member(field: &Field, value: &Value, bytes: &mut Vec<u8>) {
    write_json(field.key, bytes);
    bytes.push(b':');
    write_value(field.ty, value, bytes);
}

fn write_value(ty: Type, value: &Value, bytes: &mut Vec<u8>) {
    match (ty, value) {
        (Type::Decimal | Type::Money, Value::Text(digits)) => write_number(digits, bytes),
        (_, Value::Text(text)) => write_json(&**text, bytes),
        (_, Value::Count(count)) => write_json(count, bytes),
        (_, Value::Flag(flag)) => write_json(flag, bytes),
        (_, Value::Date(day)) => write_json(&day.to_string(), bytes),
        (Type::Choice(choices), Value::Choice(at)) => {
            write_json(&choices.get(usize::from(*at)).map(|choice| choice.key), bytes);
        }
        (Type::List(member), Value::List(values)) => {
            bytes.push(b'[');
            for (at, value) in values.iter().enumerate() {
                if at > 0 {
                    bytes.push(b',');
                }
                write_value(*member, value, bytes);
            }
            bytes.push(b']');
        }
        (Type::Object(_), Value::Object(_)) => {
            bytes.push(b'{');
            let fields = object_view(ty, value).into_iter().flat_map(data_fields);
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

/// Decimal digits as JSON has them: without zeros in front.
fn write_number(digits: &str, bytes: &mut Vec<u8>) {
    let unsigned = digits.strip_prefix('-').unwrap_or(digits);
    if unsigned.len() < digits.len() {
        bytes.push(b'-');
    }
    let bare = unsigned.trim_start_matches('0');
    if bare.is_empty() || bare.starts_with('.') {
        bytes.push(b'0');
    }
    bytes.extend(bare.as_bytes());
}

/// Writes the absolute address of an output; routes need no escaping.
fn write_address(portal: &Portal, path: &str, bytes: &mut Vec<u8>) {
    write_json(&portal.settings.base_url, bytes);
    bytes.pop();
    bytes.extend(path.as_bytes());
    bytes.push(b'"');
}

/// Writing to memory cannot fail.
fn write_json(value: &(impl serde::Serialize + ?Sized), bytes: &mut Vec<u8>) {
    let _ = serde_json::to_writer(bytes, value);
}

/// The address of a record's page as data files give it.
fn address(portal: &Portal, handle: Handle) -> Option<String> {
    portal.path(handle).map(|path| format!("{}{path}", portal.settings.base_url))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimal_digits_become_numbers_that_json_allows() {
        for (digits, number) in
            [("12.50", "12.50"), ("007", "7"), ("-0.5", "-0.5"), ("00.25", "0.25"), ("0", "0"), ("-00", "-0")]
        {
            let mut bytes = Vec::new();
            write_number(digits, &mut bytes);
            assert_eq!(std::str::from_utf8(&bytes).unwrap(), number);
            assert!(serde_json::from_slice::<f64>(&bytes).is_ok(), "{digits}");
        }
    }
}
