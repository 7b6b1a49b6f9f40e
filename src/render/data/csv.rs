//! CSV for spreadsheets: UTF-8 with a byte order mark, CRLF, one row of keys as header, one row a record.
//!
//! The fields of an object are columns of their own, `party.name`. Several texts stand in one cell with `；` between them;
//! what cannot be so written, such as a list of objects, is JSON in its cell. A cell that a spreadsheet would take for a
//! formula begins with `'`.
//!
//! Not here: labels, which the schema and the page of the data files give.

use super::page::has_pages;
use super::{data_fields, is_given, write_number, write_value};
use crate::disclose::{Portal, PublicView, object_view};
use crate::record::edges::Handle;
use crate::record::field::{Field, Kind, Type};
use crate::record::schema::{is_data, page_key};
use crate::record::value::Value;

/// What stands between several texts in one cell.
const BETWEEN: char = '；';

/// Writes the mark and the row of keys with which the file of a kind begins.
pub(super) fn write_head(kind: &'static Kind, text: &mut Vec<u8>) {
    text.extend("\u{feff}id".bytes());
    if has_pages(kind) {
        text.push(b',');
        text.extend(page_key(kind).bytes());
    }
    for column in columns(kind.fields) {
        text.push(b',');
        text.extend(column.path.bytes());
    }
    text.extend(b"\r\n");
}

/// Writes the row of a record.
pub(super) fn write_row(portal: &Portal, handle: Handle, text: &mut Vec<u8>) {
    let Some(record) = portal.record(handle) else { return };
    cell(record.id(), text);
    if has_pages(record.kind()) {
        text.push(b',');
        if let Some(path) = portal.path(handle) {
            text.extend_from_slice(portal.settings.base_url.as_bytes());
            text.extend_from_slice(path.as_bytes());
        }
    }
    cells(record.view(), text);
    text.extend(b"\r\n");
}

/// A column of a CSV file.
pub(super) struct Column {
    /// The keys that lead to it, with dots between them.
    pub(super) path: String,
    /// The fields that they belong to.
    pub(super) steps: Vec<&'static Field>,
    /// The last of them.
    pub(super) field: &'static Field,
}

/// The columns of a table besides id and address.
pub(super) fn columns(fields: &'static [Field]) -> Vec<Column> {
    let top = fields.iter().filter(|field| is_data(field) && field.key != "id");
    top.flat_map(|field| below(field, field.key.to_string(), vec![field])).collect()
}

fn below(field: &'static Field, path: String, steps: Vec<&'static Field>) -> Vec<Column> {
    let Type::Object(fields) = field.ty else { return vec![Column { path, steps, field }] };
    let inner = fields.iter().filter(|field| is_data(field));
    inner
        .flat_map(|field| {
            below(field, format!("{path}.{}", field.key), [steps.as_slice(), &[field]].concat())
        })
        .collect()
}

/// The cells of a record behind its id and address.
fn cells(view: PublicView<'_>, text: &mut Vec<u8>) {
    for (field, value) in data_fields(view).filter(|(field, _)| field.key != "id") {
        column(field, value, text);
    }
}

fn column(field: &'static Field, value: &Value, text: &mut Vec<u8>) {
    match (field.ty, object_view(field.ty, value)) {
        (Type::Object(_), Some(view)) => {
            data_fields(view).for_each(|(field, value)| column(field, value, text));
        }
        (Type::Object(fields), None) => text.extend(std::iter::repeat_n(b',', width(fields))),
        _ => {
            text.push(b',');
            content(field.ty, value, text);
        }
    }
}

/// How many columns the fields of an object take.
fn width(fields: &'static [Field]) -> usize {
    let widths = fields.iter().filter(|field| is_data(field)).map(|field| match field.ty {
        Type::Object(fields) => width(fields),
        _ => 1,
    });
    widths.sum()
}

fn content(ty: Type, value: &Value, text: &mut Vec<u8>) {
    match (ty, value) {
        (_, Value::Absent | Value::Spoilt) => {}
        (Type::List(member), Value::List(values)) => match joined(*member, values) {
            Some(line) => cell(&line, text),
            None => cell(&as_json(ty, value), text),
        },
        (_, Value::Object(_)) => cell(&as_json(ty, value), text),
        (Type::Decimal | Type::Money, Value::Text(digits)) => write_number(digits, text),
        (_, Value::Text(line)) => cell(line, text),
        (_, Value::Date(day)) => text.extend(day.digits()),
        (_, value) => text.extend(plain(ty, value).bytes()),
    }
}

/// Several values in one line; none when a line could not be taken apart again.
fn joined(member: Type, values: &[Value]) -> Option<String> {
    if values.is_empty() || matches!(member, Type::Object(_) | Type::List(_)) {
        return None;
    }
    let words: Vec<String> =
        values.iter().filter(|value| is_given(value)).map(|value| plain(member, value)).collect();
    let is_plain = |word: &String| !word.is_empty() && !word.contains(BETWEEN);
    let opens = words.first().is_some_and(|word| word.starts_with('['));
    (words.iter().all(is_plain) && !opens).then(|| words.join(&BETWEEN.to_string()))
}

fn plain(ty: Type, value: &Value) -> String {
    match (ty, value) {
        (_, Value::Text(text)) => text.to_string(),
        (_, Value::Count(count)) => count.to_string(),
        (_, Value::Flag(flag)) => flag.to_string(),
        (_, Value::Date(day)) => day.to_string(),
        (Type::Choice(choices), Value::Choice(at)) => {
            choices.get(usize::from(*at)).map_or_else(String::new, |choice| choice.key.to_string())
        }
        _ => String::new(),
    }
}

fn as_json(ty: Type, value: &Value) -> String {
    let mut json = Vec::new();
    write_value(ty, value, &mut json);
    String::from_utf8_lossy(&json).into_owned()
}

/// Whether a spreadsheet may take a text for a formula. The guard in front of it counts as part of it, so that taking
/// one `'` away always gives back what was published.
fn is_formula(value: &str) -> bool {
    // The first byte rules it out for all but a few; 0xEF begins the full-width signs.
    if !matches!(value.bytes().next(), Some(b'\'' | b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r' | b'\n' | 0xEF))
    {
        return false;
    }
    let bare = value.trim_start_matches('\'');
    bare.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

fn cell(value: &str, text: &mut Vec<u8>) {
    let guard: &[u8] = if is_formula(value) { b"'" } else { b"" };
    let is_quoted = |byte: u8| matches!(byte, b'"' | b',' | b'\n' | b'\r');
    // No early end: so many bytes are looked at at once.
    if value.bytes().fold(false, |found, byte| found | is_quoted(byte)) {
        text.push(b'"');
        text.extend_from_slice(guard);
        text.extend(value.replace('"', "\"\"").bytes());
        text.push(b'"');
    } else {
        text.extend_from_slice(guard);
        text.extend_from_slice(value.as_bytes());
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
            ("+8612345", "'+8612345"),
            ("-5", "'-5"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "\"'\r=1\""),
            ("＝1+1", "'＝1+1"),
            ("＋－＠", "'＋－＠"),
            ("'=1", "''=1"),
            ("'甲", "'甲"),
        ] {
            let mut text = Vec::new();
            cell(value, &mut text);
            assert_eq!(String::from_utf8(text).unwrap(), written);
        }
    }

    #[test]
    fn several_texts_share_a_cell_only_when_they_can_be_told_apart() {
        let texts = |texts: &[&str]| texts.iter().map(|text| Value::Text((*text).into())).collect::<Vec<_>>();
        assert_eq!(joined(Type::Text, &texts(&["甲", "乙"])).as_deref(), Some("甲；乙"));
        for apart in [&["甲；乙"][..], &["[甲]"], &[], &["甲", ""]] {
            assert_eq!(joined(Type::Text, &texts(apart)), None, "{apart:?}");
        }
    }
}
