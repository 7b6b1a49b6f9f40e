//! What the columns of a CSV ledger hold: its kind by the file's name, its fields by the headings.
//!
//! In: the table of a file. Out: a [`Layout`], and findings at each heading that names no field, or one that does not
//! fit into a cell. A heading is a key (`party.name`) or the Chinese labels (`当事人.名称`); blanks and line breaks in
//! it do not count.
//!
//! Not here: the cells (`source` lays them out as nodes, and the reader takes them by the field table as ever).

use super::Kinds;
use super::field::{Field, Kind, Type};
use super::read::{FIELD_MISSING, KIND_UNKNOWN};
use crate::diagnostic::{Code, FileId, Findings, Message, Place};
use crate::source::{Cell, Column, Layout, Table};
use crate::text::{excerpt, nearest};

/// A heading that names no field, or one that fits into no cell.
pub const HEADER_UNKNOWN: Code = Code("E-HEADER-UNKNOWN");
/// Two columns of one field.
pub const HEADER_TWICE: Code = Code("E-HEADER-TWICE");

/// What a heading means.
enum Meaning {
    Column(Column),
    /// A field of several fields: their keys.
    Object(&'static [Field]),
    /// A list of objects, or records inside a record.
    Nested,
    Unknown,
}

/// The layout of a CSV ledger; none when its name is that of no kind, or it is empty.
pub fn layout(
    kinds: &Kinds,
    file: FileId,
    path: &str,
    table: &Table<'_>,
    findings: &mut Findings,
) -> Option<Layout> {
    let kind = kind_of(kinds, file, path, findings)?;
    let heading = table.rows.first()?;
    let mut layout = Layout { plural: kind.plural, columns: Vec::new() };
    let width = heading.iter().rposition(|cell| !cell.text.is_empty()).map_or(0, |at| at + 1);
    for (at, cell) in heading.iter().enumerate().take(width) {
        let is_empty = |row: &Vec<Cell<'_>>| row.get(at).is_none_or(|cell| cell.text.is_empty());
        if cell.text.is_empty() && table.rows.iter().all(is_empty) {
            layout.columns.push(None);
            continue;
        }
        let written: String = cell.text.chars().filter(|c| !c.is_whitespace()).collect();
        let column = match meaning(kind.fields, &written) {
            Meaning::Column(column) => column,
            other => {
                unknown(kind, file, cell, &written, &other, findings);
                // Read as what was probably meant, so that not every row is called incomplete as well.
                let meant = match nearest_heading(kind, &written).map(|near| meaning(kind.fields, near)) {
                    Some(Meaning::Column(column)) => Some(column),
                    _ => None,
                };
                layout.columns.push(meant.filter(|column| !layout.columns.contains(&Some(column.clone()))));
                continue;
            }
        };
        let earlier = layout.columns.iter().position(|known| known.as_ref() == Some(&column));
        let column = match earlier.and_then(|at| heading.get(at)) {
            Some(first) => {
                let key = column.path.join(".");
                findings
                    .add(
                        HEADER_TWICE,
                        Place::At(file, cell.position),
                        Message::new(
                            format!("表头“{written}”与前面一列是同一个字段 `{key}`"),
                            format!("the heading `{written}` is the field `{key}`, as an earlier one is"),
                        ),
                    )
                    .field(&key)
                    .hint(Message::new("请删去其中一列", "delete one of the columns"))
                    .other(Place::At(file, first.position), Message::new("先前在此", "first here"));
                None
            }
            None => Some(column),
        };
        layout.columns.push(column);
    }
    Some(layout)
}

/// Tells of a column that is missing once, at the heading, instead of in every row; of other empty cells, where they mostly
/// come from.
pub fn explain_gaps(
    kinds: &Kinds,
    file: FileId,
    table: &Table<'_>,
    layout: &Layout,
    findings: &mut Findings,
) {
    let kind = kinds.all().find(|kind| kind.plural == layout.plural);
    let is_column =
        |key: &str| layout.columns.iter().flatten().any(|column| column.path.first() == Some(&key));
    let lacking: Vec<&Field> = kind
        .map_or(&[][..], |kind| kind.fields)
        .iter()
        .filter(|field| field.required && !is_column(field.key))
        .collect();
    let before = findings.0.len();
    findings.0.retain(|finding| {
        let is_lacking = |field: &&Field| finding.field.as_deref() == Some(field.key);
        finding.code != FIELD_MISSING || !lacking.iter().any(is_lacking)
    });
    // Where rows still have the value, as of a column whose heading was only mistyped, nothing is lacking.
    let heading = table.rows.first().and_then(|heading| heading.first());
    if let (Some(first), true) = (heading, findings.0.len() < before) {
        for field in &lacking {
            let message = Message::new(
                format!("缺少必填的一列“{}”（{}）", field.zh, field.key),
                format!("the required column `{}` ({}) is missing", field.key, field.en),
            );
            findings.add(FIELD_MISSING, Place::At(file, first.position), message).field(field.key).hint(
                Message::new(
                    "在表头补上这一列，再逐行填上",
                    "add the column to the heading and fill in every row",
                ),
            );
        }
    }
    let gaps =
        findings.0.iter_mut().filter(|finding| finding.code == FIELD_MISSING && finding.hint.is_none());
    for gap in gaps {
        gap.hint(Message::new(
            "每一行都要填；合并的单元格存成 CSV 后只有第一行有值，请先取消合并，再逐行填上；合计行、填表人一行请删去",
            "every row needs its value; of merged cells only the first row keeps it in CSV: split them and fill in each row; delete rows of totals or signatures",
        ));
    }
}

/// The kind that the file or the nearest folder is named after.
fn kind_of(kinds: &Kinds, file: FileId, path: &str, findings: &mut Findings) -> Option<&'static Kind> {
    let below = path.strip_prefix("ledgers/").unwrap_or(path);
    let stem = below.rsplit_once('.').map_or(below, |(stem, _)| stem);
    let named = stem.rsplit('/').find_map(|name| kinds.ledger_kind(name));
    if let Some(kind) = named.and_then(|at| kinds.at(at)) {
        return Some(kind);
    }
    if stem.rsplit('/').any(|name| kinds.is_left_out(name)) {
        return None;
    }
    let name = stem.rsplit('/').next().unwrap_or_default();
    let shown = excerpt(name, 40);
    let plurals = kinds.ledger_plurals();
    let all = plurals.join(", ");
    let near = nearest(name, plurals.iter().copied());
    let message = Message::new(
        format!("文件名 `{shown}` 不是台账类别，不知道每行是什么记录"),
        format!("`{shown}` is the name of no kind, so nobody can tell what its rows are"),
    );
    findings.add(KIND_UNKNOWN, Place::File(file), message).hint(match near {
        Some(near) => {
            Message::new(format!("是否应命名为 {near}.csv？"), format!("should it be called {near}.csv?"))
        }
        None => Message::new(
            format!("CSV 文件或它的文件夹以类别的复数名命名：{all}"),
            format!("name the CSV file or its folder after the plural of its kind: {all}"),
        ),
    });
    None
}

fn meaning(fields: &'static [Field], written: &str) -> Meaning {
    let field_of = |fields: &'static [Field], name: &str| {
        fields.iter().find(|field| field.key == name).or_else(|| fields.iter().find(|field| field.zh == name))
    };
    let is_scalar = |ty: Type| !matches!(ty, Type::Object(_) | Type::List(_) | Type::Records(_));
    let column = |path: Vec<&'static str>, ty: Type| match ty {
        Type::List(member) if is_scalar(*member) => Meaning::Column(Column { path, is_list: true }),
        Type::List(_) | Type::Records(_) => Meaning::Nested,
        Type::Object(fields) => Meaning::Object(fields),
        _ => Meaning::Column(Column { path, is_list: false }),
    };
    if let Some(field) = field_of(fields, written) {
        return column(vec![field.key], field.ty);
    }
    let Some((outer, inner)) = written.split_once(['.', '．']) else { return Meaning::Unknown };
    let Some(outer) = field_of(fields, outer) else { return Meaning::Unknown };
    let Type::Object(inside) = outer.ty else { return Meaning::Unknown };
    let Some(inner) = field_of(inside, inner) else { return Meaning::Unknown };
    match column(vec![outer.key, inner.key], inner.ty) {
        Meaning::Object(_) => Meaning::Nested,
        meaning => meaning,
    }
}

/// The key or label that was probably meant by a heading.
fn nearest_heading(kind: &Kind, written: &str) -> Option<&'static str> {
    nearest(written, kind.fields.iter().flat_map(|field| [field.key, field.zh]))
}

fn unknown(
    kind: &Kind,
    file: FileId,
    cell: &Cell<'_>,
    written: &str,
    meaning: &Meaning,
    findings: &mut Findings,
) {
    let shown = excerpt(written, 40);
    let (message, hint) = match meaning {
        Meaning::Object(inside) => {
            let all = inside.iter().map(|one| format!("{shown}.{}", one.key)).collect::<Vec<_>>().join(", ");
            (
                Message::new(
                    format!("“{shown}”含有几个字段，要分列写"),
                    format!("`{shown}` holds several fields, each of which needs a column"),
                ),
                Message::new(format!("表头可写：{all}"), format!("write the headings {all}")),
            )
        }
        Meaning::Nested => (
            Message::new(format!("“{shown}”一格里写不下"), format!("`{shown}` does not fit into a cell")),
            Message::new(
                "有这一项的记录请写成 .yaml 台账",
                "write the records that have it as a .yaml ledger",
            ),
        ),
        _ => {
            let near = nearest_heading(kind, written);
            let all = kind.fields.iter().map(|field| field.zh).collect::<Vec<_>>().join("、");
            let keys = kind.fields.iter().map(|field| field.key).collect::<Vec<_>>().join(", ");
            let message = match written {
                "" => Message::new("这一列有内容，却没有表头", "this column has cells but no heading"),
                _ => Message::new(
                    format!("{}没有名为“{shown}”的字段", kind.zh),
                    format!("a {} has no field `{shown}`", kind.singular),
                ),
            };
            let hint = match near {
                _ if cell.text.contains([';', '\t', '；']) => Message::new(
                    "各列之间要用英文逗号分隔；请另存为“CSV UTF-8（逗号分隔）”",
                    "columns are separated by commas; save as CSV UTF-8 (comma delimited)",
                ),
                Some(near) => Message::new(format!("是否应为“{near}”？"), format!("did you mean `{near}`?")),
                None => Message::new(format!("可用的表头：{all}"), format!("the headings are: {keys}")),
            };
            (message, hint)
        }
    };
    findings.add(HEADER_UNKNOWN, Place::At(file, cell.position), message).field(written).hint(hint);
}
