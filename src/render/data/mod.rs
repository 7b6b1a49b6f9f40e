//! Data files: the records of a kind, all or those of a region, as CSV, as a JSON array and as JSON Lines; one record as JSON.
//!
//! A record is one line in each form: its id, the address of its page, its public fields in the order of the table. What is
//! absent is left out. Days are ISO, choices their key, numbers numbers. CSV stands in `csv`, the page about the files
//! and what their columns mean in `page`.
//!
//! Not here: which files there are (`plan`), and how they are put together from records (`lines`).

mod catalogue;
mod csv;
pub(super) mod lines;
mod page;

use crate::disclose::{Portal, PublicView, object_view};
use crate::plan::Inventory;
use crate::record::edges::Handle;
use crate::record::field::{Field, Type};
use crate::record::schema::{is_data, page_key};
use crate::record::value::Value;

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
    write_text(record.id(), bytes);
    if let Some(path) = portal.path(handle) {
        bytes.push(b',');
        write_text(page_key(record.kind()), bytes);
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

/// Whether a value says anything: not an object of which the public sees nothing.
fn is_given(value: &Value) -> bool {
    match value {
        Value::Absent | Value::Spoilt => false,
        Value::Object(values) => values.iter().any(is_given),
        _ => true,
    }
}

fn write_member(field: &Field, value: &Value, bytes: &mut Vec<u8>) {
    write_text(field.key, bytes);
    bytes.push(b':');
    write_value(field.ty, value, bytes);
}

fn write_value(ty: Type, value: &Value, bytes: &mut Vec<u8>) {
    match (ty, value) {
        (Type::Decimal | Type::Money, Value::Text(digits)) => write_number(digits, bytes),
        (_, Value::Text(text)) => write_text(text, bytes),
        (_, Value::Count(count)) => write_json(count, bytes),
        (_, Value::Flag(flag)) => write_json(flag, bytes),
        (_, Value::Date(day)) => {
            bytes.push(b'"');
            bytes.extend(day.digits());
            bytes.push(b'"');
        }
        (Type::Choice(choices), Value::Choice(at)) => match choices.get(usize::from(*at)) {
            Some(choice) => write_text(choice.key, bytes),
            None => bytes.extend(b"null"),
        },
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
    write_text(&portal.settings.base_url, bytes);
    bytes.pop();
    bytes.extend(path.as_bytes());
    bytes.push(b'"');
}

/// Writes a text. Hardly any has a byte that JSON escapes; that none has is told for many bytes at once.
fn write_text(text: &str, bytes: &mut Vec<u8>) {
    let is_escaped = |byte: u8| byte < b' ' || byte == b'"' || byte == b'\\';
    if text.bytes().fold(false, |found, byte| found | is_escaped(byte)) {
        return write_json(text, bytes);
    }
    bytes.reserve(text.len() + 2);
    bytes.push(b'"');
    bytes.extend_from_slice(text.as_bytes());
    bytes.push(b'"');
}

/// Writing to memory cannot fail.
fn write_json(value: &(impl serde::Serialize + ?Sized), bytes: &mut Vec<u8>) {
    let _ = serde_json::to_writer(bytes, value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_written_as_others_write_json() {
        let controls: String = ('\0'..=' ').collect();
        for text in ["", "样板镇", "甲\"乙", "a\\b", "第一行\n第二行", "\u{7f}\u{2028}/<'", &controls]
        {
            let mut bytes = Vec::new();
            write_text(text, &mut bytes);
            assert_eq!(String::from_utf8(bytes).unwrap(), serde_json::to_string(text).unwrap());
        }
    }

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
