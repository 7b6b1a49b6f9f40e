//! One record as flat facts, taken from each form in which it is published.
//!
//! In: a row of JSON, a line of CSV with its heading, the HTML of a page, its JSON-LD, an entry of a feed. Out: facts by path, `party.name`, in one canonical
//! form, so that records from two sources can be held against each other. Another form joins by a function of its own
//! here and a line in `same_record`.

use std::collections::BTreeMap;

use serde_json::Value;

use super::html;

/// Values by path; lists as JSON.
pub type Facts = BTreeMap<String, String>;

/// The facts of a row of JSON.
pub fn of_json(row: &Value) -> Facts {
    let mut facts = Facts::new();
    flatten("", row, &mut facts);
    facts
}

fn flatten(path: &str, value: &Value, facts: &mut Facts) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                flatten(&path, member, facts);
            }
        }
        Value::String(text) => {
            facts.insert(path.to_string(), text.clone());
        }
        other => {
            facts.insert(path.to_string(), other.to_string());
        }
    }
}

/// The schema of the value at a path.
pub fn schema_at<'s>(schema: &'s Value, path: &str) -> &'s Value {
    path.split('.').fold(schema, |schema, key| &schema["properties"][key])
}

/// The facts of a row of CSV, read as docs/data.md says.
pub fn of_csv(header: &[String], cells: &[String], schema: &Value) -> Facts {
    assert_eq!(header.len(), cells.len(), "{cells:?}");
    let given = header.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
    given.map(|(path, cell)| (path.clone(), value_of(schema_at(schema, path), cell))).collect()
}

fn value_of(schema: &Value, cell: &str) -> String {
    match schema["type"].as_str() {
        Some("array") if cell.starts_with('[') => serde_json::from_str::<Value>(cell).unwrap().to_string(),
        Some("array") => {
            let member = |text: &str| match schema["items"]["type"].as_str() {
                Some("integer" | "number" | "boolean") => serde_json::from_str(text).unwrap(),
                _ => Value::String(text.to_string()),
            };
            Value::Array(unguarded(cell).split('；').map(member).collect()).to_string()
        }
        Some("integer" | "number" | "boolean") => serde_json::from_str::<Value>(cell).unwrap().to_string(),
        _ => unguarded(cell).to_string(),
    }
}

/// A text without the `'` that keeps spreadsheets from taking it for a formula.
fn unguarded(cell: &str) -> &str {
    let bare = cell.trim_start_matches('\'');
    let is_formula = bare.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if is_formula { cell.strip_prefix('\'').expect("a guard") } else { cell }
}

/// Heading and rows of a CSV file (RFC 4180).
pub fn csv_rows(bytes: &[u8]) -> (Vec<String>, Vec<Vec<String>>) {
    let text = std::str::from_utf8(bytes).unwrap().strip_prefix('\u{feff}').expect("a byte order mark");
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut quoted, mut chars) = (false, text.chars().peekable());
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.push(chars.next().unwrap()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted && chars.peek() == Some(&'\n') => {
                chars.next();
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    assert!(!quoted && row.is_empty() && cell.is_empty(), "the file ends within a row");
    (rows.remove(0), rows)
}

/// The JSON-LD of a page, if it has any; a page has it once.
pub fn linked_data(page: &str) -> Option<Value> {
    let mut parts = page.split("<script type=\"application/ld+json\">").skip(1);
    let text = parts.next()?.split_once("</script>").unwrap().0;
    assert!(parts.next().is_none() && !text.contains('<'));
    Some(serde_json::from_str(text).unwrap())
}

/// The single values in JSON-LD besides types, addresses and what stands around the record.
pub fn of_linked_data(entity: &Value) -> Facts {
    let mut facts = of_json(entity);
    facts.retain(|path, _| !path.contains('@'));
    facts
}

/// The text inside the first element of this name, without attributes.
pub fn word(xml: &str, name: &str) -> Option<String> {
    let (_, rest) = xml.split_once(&format!("<{name}>"))?;
    Some(html::unescape(rest.split_once(&format!("</{name}>"))?.0))
}

/// What a page shows in its main part: its words and the addresses it leads to, without markup.
pub struct Shown {
    pub text: String,
    pub links: Vec<String>,
}

/// What a page shows.
pub fn of_page(page: &str) -> Shown {
    let (start, end) = (page.find("<main").unwrap(), page.find("</main>").unwrap());
    let main = &page[start..end];
    let mut text = String::new();
    for part in main.split('<').skip(1) {
        text.push_str(part.split_once('>').unwrap().1);
        text.push(' ');
    }
    let links = html::tags(main).iter().filter_map(|tag| tag.get("href").map(str::to_string)).collect();
    Shown { text: html::unescape(&text), links }
}
