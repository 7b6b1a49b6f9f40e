//! Reads a CSV ledger: rows of cells with positions, laid out as the nodes of a YAML ledger.
//!
//! In: text, and a [`Layout`] that says what each column holds. Out: a [`Document`] as if the rows had been written in
//! YAML, so that records, findings and their places come from the same code. RFC 4180: commas, double quotes, `""`
//! for a quote inside quotes, line breaks inside quotes. Rows of nothing but blanks are passed over.
//!
//! Not here: which field a heading means (`record::sheet`).

use std::borrow::Cow;

use crate::diagnostic::{Code, FileId, Findings, Message, Place, Position};
use crate::source::builder::Builder;
use crate::source::disguise;
use crate::source::document::{Document, ScalarStyle, Shape};
use crate::source::limits::{Limits, limit_passed};

/// A CSV file whose quotes do not close, or go on behind their end.
pub const CSV_SYNTAX: Code = Code("E-CSV-SYNTAX");
/// A row with more or fewer cells than the heading.
pub const ROW_CELLS: Code = Code("E-ROW-CELLS");

/// Signs between the values of a list in one cell.
const LIST_SIGNS: [char; 3] = ['；', ';', '|'];

/// A cell and where it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell<'t> {
    /// Its text, without the blanks around it.
    pub text: Cow<'t, str>,
    /// Its first character, a quote included.
    pub position: Position,
}

/// The rows of a CSV file, the heading first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table<'t> {
    /// Rows with at least one cell that is not blank.
    pub rows: Vec<Vec<Cell<'t>>>,
    /// True when the rest could not be read.
    pub broken: bool,
}

/// What a column holds: a field, or one inside an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The keys from the record to the value: one or two.
    pub path: Vec<&'static str>,
    /// Whether a cell holds several values.
    pub is_list: bool,
}

/// What the columns of a file hold; nothing for those that are passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Plural of the kind of all rows.
    pub plural: &'static str,
    /// One entry a cell of the heading.
    pub columns: Vec<Option<Column>>,
}

/// Cuts a text into rows and cells.
pub fn parse_table<'t>(file: FileId, text: &'t str, limits: &Limits, findings: &mut Findings) -> Table<'t> {
    let mut reader = Cutter { rest: text, position: Position { line: 1, column: 1 } };
    reader.take(disguise::separator_line(text).len());
    let broken = is_parted_otherwise(file, reader.rest, reader.position.line, findings);
    let mut table = Table { broken, ..Table::default() };
    if table.broken {
        return table;
    }
    let mut row = Vec::new();
    let mut cells = 0;
    while !reader.rest.is_empty() || !row.is_empty() {
        match reader.cell() {
            Ok(cell) => {
                cells += 1;
                table.broken = is_over(file, &cell, cells, limits, findings);
                row.push(cell);
            }
            Err((at, message)) => {
                findings.add(CSV_SYNTAX, Place::At(file, at), message).hint(Message::new(
                    "含逗号、引号或换行的单元格用英文双引号括起来，里面的引号写两个；用表格软件另存为 CSV 即可",
                    "put a cell with commas, quotes or line breaks in double quotes and double the quotes inside; a spreadsheet program that saves as CSV does so",
                ));
                table.broken = true;
            }
        }
        if table.broken {
            return table;
        }
        if !reader.comma() {
            reader.line_end();
            let done = std::mem::take(&mut row);
            if done.iter().any(|cell| !cell.text.is_empty()) {
                table.rows.push(done);
            }
        }
    }
    table
}

/// Signs that programs write between columns instead of commas, with their names.
const OTHER_SIGNS: [(char, &str, &str); 5] = [
    ('\t', "制表符（Tab）", "tabs"),
    (';', "分号", "semicolons"),
    ('；', "全角分号", "full-width semicolons"),
    ('，', "全角逗号", "full-width commas"),
    ('|', "竖线", "bars"),
];

/// Reports a file of another sort, and a heading without a comma whose names are parted by another sign: nothing of such a file can be read.
fn is_parted_otherwise(file: FileId, text: &str, first_line: u32, findings: &mut Findings) -> bool {
    if let Some((line, message, hint)) = disguise::of_csv(text) {
        let at = Position { line: first_line + line - 1, column: 1 };
        findings.add(CSV_SYNTAX, Place::At(file, at), message).hint(hint);
        return true;
    }
    let mut lines = (first_line..).zip(text.lines());
    let Some((line, heading)) = lines.find(|(_, line)| !line.trim().is_empty()) else { return false };
    let sign = OTHER_SIGNS.iter().find(|(sign, ..)| heading.contains(*sign));
    let Some((sign, zh, en)) = sign.filter(|_| !heading.contains(',')) else { return false };
    let column = heading.chars().take_while(|c| c != sign).count() as u32 + 1;
    let message = Message::new(
        format!("各列之间是{zh}，不是英文逗号，整个文件未读"),
        format!("the columns are parted by {en} and not by commas; nothing of the file was read"),
    );
    findings.add(CSV_SYNTAX, Place::At(file, Position { line, column }), message).hint(Message::new(
        format!("请在表格软件里另存为“CSV UTF-8（逗号分隔）”；手工写的，请把{zh}换成英文逗号"),
        format!("save the table as CSV UTF-8 (comma delimited); in a file written by hand replace the {en} by commas"),
    ));
    true
}

/// Reports a file that costs more than a source file may, as a YAML file would be.
fn is_over(file: FileId, cell: &Cell<'_>, cells: u32, limits: &Limits, findings: &mut Findings) -> bool {
    let place = Place::At(file, cell.position);
    if cell.text.len() > limits.scalar_bytes {
        let what = Message::new("单值字节数", "the size of a value in bytes");
        limit_passed(findings, place, "scalar_bytes", limits.scalar_bytes as u64, what);
        return true;
    }
    if cells > limits.nodes {
        let what = Message::new("单元格数", "the number of cells");
        limit_passed(findings, place, "nodes", u64::from(limits.nodes), what);
        return true;
    }
    false
}

/// Lays the rows behind the heading out as nodes.
pub fn lay_out(file: FileId, table: &Table<'_>, layout: &Layout, findings: &mut Findings) -> Document {
    let bytes = table.rows.iter().flatten().map(|cell| cell.text.len() + 4).sum();
    let mut builder = Builder::for_source(bytes);
    let start = Position { line: 1, column: 1 };
    builder.open(start, Shape::Mapping);
    builder.scalar(start, ScalarStyle::Plain, layout.plural);
    builder.open(start, Shape::Sequence);
    for row in table.rows.iter().skip(1) {
        let Some(first) = row.first() else { continue };
        let width = layout.columns.len();
        let filled = row.iter().rposition(|cell| !cell.text.is_empty()).map_or(0, |at| at + 1);
        if row.len() < width || filled > width {
            let message = Message::new(
                format!("这一行有{}格，表头有{width}格，整行未读", row.len().max(filled)),
                format!(
                    "this row has {} cells, the heading {width}; the row was not read",
                    row.len().max(filled)
                ),
            );
            findings
                .add(ROW_CELLS, Place::At(file, first.position), message)
                .hint(disguise::row_hint(row.len(), &first.text));
            continue;
        }
        record(&mut builder, first.position, row, layout);
    }
    builder.close();
    builder.close();
    builder.finish()
}

/// One row; the columns of one object stand together in the record, where its first one stands.
fn record(builder: &mut Builder, start: Position, row: &[Cell<'_>], layout: &Layout) {
    builder.open(start, Shape::Mapping);
    let filled = || {
        let pairs = layout.columns.iter().zip(row).filter(|(_, cell)| !cell.text.is_empty());
        pairs.filter_map(|(column, cell)| Some((column.as_ref()?, cell)))
    };
    let mut objects: Vec<&str> = Vec::new();
    for (column, cell) in filled() {
        match column.path.as_slice() {
            [key] => {
                builder.scalar(cell.position, ScalarStyle::Plain, key);
                value(builder, column, cell);
            }
            [object, _] if !objects.contains(object) => {
                objects.push(object);
                builder.scalar(cell.position, ScalarStyle::Plain, object);
                builder.open(cell.position, Shape::Mapping);
                for (inner, cell) in filled() {
                    if let [of, key] = inner.path.as_slice()
                        && of == object
                    {
                        builder.scalar(cell.position, ScalarStyle::Plain, key);
                        value(builder, inner, cell);
                    }
                }
                builder.close();
            }
            _ => {}
        }
    }
    builder.close();
}

fn value(builder: &mut Builder, column: &Column, cell: &Cell<'_>) {
    if !column.is_list {
        builder.scalar(cell.position, ScalarStyle::Quoted, &cell.text);
        return;
    }
    builder.open(cell.position, Shape::Sequence);
    for part in cell.text.split(LIST_SIGNS).map(str::trim).filter(|part| !part.is_empty()) {
        builder.scalar(cell.position, ScalarStyle::Quoted, part);
    }
    builder.close();
}

/// What is left of a text, and where it begins.
struct Cutter<'t> {
    rest: &'t str,
    position: Position,
}

impl<'t> Cutter<'t> {
    /// Takes so many bytes.
    fn take(&mut self, bytes: usize) -> &'t str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        match taken.rsplit_once('\n') {
            None => self.position.column += taken.chars().count() as u32,
            Some((before, last)) => {
                self.position.line += before.matches('\n').count() as u32 + 1;
                self.position.column = last.chars().count() as u32 + 1;
            }
        }
        taken
    }

    fn cell(&mut self) -> Result<Cell<'t>, (Position, Message)> {
        let blanks = self.rest.len() - self.rest.trim_start_matches([' ', '\u{3000}']).len();
        if self.rest.get(blanks..).is_some_and(|rest| rest.starts_with('"')) {
            self.take(blanks);
            return self.quoted();
        }
        let position = self.position;
        let end = self.rest.find([',', '\n']).unwrap_or(self.rest.len());
        let text = self.take(end);
        let lead = text.chars().take_while(|c| c.is_whitespace()).count() as u32;
        let column =
            if lead < text.chars().count() as u32 { position.column + lead } else { position.column };
        Ok(Cell { text: Cow::Borrowed(text.trim()), position: Position { column, ..position } })
    }

    fn quoted(&mut self) -> Result<Cell<'t>, (Position, Message)> {
        let position = self.position;
        self.take(1);
        let mut text = Cow::Borrowed("");
        loop {
            let Some(end) = self.rest.find('"') else {
                let message = Message::new(
                    "这个引号没有结束，后面的内容都读不了",
                    "this quote does not close; nothing behind it can be read",
                );
                return Err((position, message));
            };
            let part = self.take(end);
            text = if text.is_empty() { Cow::Borrowed(part) } else { Cow::Owned(text.into_owned() + part) };
            self.take(1);
            if !self.rest.starts_with('"') {
                break;
            }
            self.take(1);
            text = Cow::Owned(text.into_owned() + "\"");
        }
        let behind = self.rest.find([',', '\n']).unwrap_or(self.rest.len());
        let at = self.position;
        if !self.take(behind).trim().is_empty() {
            let message = Message::new(
                "引号结束后、逗号前还有文字",
                "there is text between the end of the quotes and the comma",
            );
            return Err((at, message));
        }
        let text = match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) => Cow::Owned(text.trim().to_string()),
        };
        Ok(Cell { text, position })
    }

    /// Whether a comma follows, and with it another cell.
    fn comma(&mut self) -> bool {
        let follows = self.rest.starts_with(',');
        if follows {
            self.take(1);
            // A comma at the very end is followed by an empty cell.
            if self.rest.is_empty() {
                self.rest = "\n";
            }
        }
        follows
    }

    fn line_end(&mut self) {
        if self.rest.starts_with('\n') {
            self.take(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A cell's text, line and column.
    type Spot = (String, u32, u32);

    fn cut(text: &str) -> (Vec<Vec<Spot>>, Vec<String>) {
        let mut findings = Findings::default();
        let table = parse_table(FileId(0), text, &Limits::default(), &mut findings);
        let cell = |cell: &Cell<'_>| (cell.text.to_string(), cell.position.line, cell.position.column);
        (
            table.rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
            findings.0.iter().map(|finding| format!("{:?} {}", finding.place, finding.code)).collect(),
        )
    }

    fn texts(text: &str) -> Vec<Vec<String>> {
        cut(text).0.into_iter().map(|row| row.into_iter().map(|cell| cell.0).collect()).collect()
    }

    #[test]
    fn cells_have_the_line_and_column_of_their_first_character() {
        let (rows, _) = cut("编号,名称\nd-1, 样板\n\"d-2\",\"两行\n名称\"\nd-3,末\n");
        assert_eq!(rows[1], [("d-1".into(), 2, 1), ("样板".into(), 2, 6)]);
        assert_eq!(rows[2], [("d-2".into(), 3, 1), ("两行\n名称".into(), 3, 7)]);
        assert_eq!(rows[3][1], ("末".into(), 5, 5));
    }

    #[test]
    fn quotes_hold_commas_and_quotes_and_blank_rows_are_passed_over() {
        assert_eq!(texts("a,b\n\n\"甲,乙\",\"说\"\"是\"\"\"\n,,\n"), [["a", "b"], ["甲,乙", "说\"是\""]]);
        assert_eq!(texts("a,b\n5\" 管,\n"), [["a", "b"], ["5\" 管", ""]]);
        assert_eq!(texts("a,b\nc,"), [["a", "b"], ["c", ""]]);
        assert_eq!(texts(""), Vec::<Vec<String>>::new());
        // What parts the columns, as spreadsheet programs say it, is no row.
        for line in ["sep=,", "SEP=,", "\"sep=,\"", "sep=,,,"] {
            assert_eq!(texts(&format!("{line}\na,b\nc,d\n")), [["a", "b"], ["c", "d"]], "{line}");
        }
        assert_eq!(cut("sep=,\na,b\n").0[0][1], ("b".into(), 2, 3));
        assert_eq!(cut("sep=;\na;b\n").1, ["At(FileId(0), Position { line: 2, column: 2 }) E-CSV-SYNTAX"]);
    }

    #[test]
    fn a_quote_that_does_not_close_is_told_where_it_opens() {
        assert_eq!(cut("a\n\"x\ny").1, ["At(FileId(0), Position { line: 2, column: 1 }) E-CSV-SYNTAX"]);
        assert_eq!(cut("a\n\"x\" y\n").1, ["At(FileId(0), Position { line: 2, column: 4 }) E-CSV-SYNTAX"]);
    }

    #[test]
    fn a_cell_too_long_and_a_cell_too_many_end_the_reading_where_they_stand() {
        let limits = Limits { scalar_bytes: 4, nodes: 3, ..Limits::default() };
        for (text, line, column) in [("a,b\nc,12345\n", 2, 3), ("a,b\nc,d\n", 2, 3)] {
            let mut findings = Findings::default();
            assert!(parse_table(FileId(0), text, &limits, &mut findings).broken);
            let places: Vec<&Place> = findings.0.iter().map(|finding| &finding.place).collect();
            assert_eq!(places, [&Place::At(FileId(0), Position { line, column })]);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_and_what_is_written_comes_back(cells in proptest::collection::vec("[a甲\",\n ]{0,6}", 1..12)) {
            let row = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
            let text = cells.iter().map(row).collect::<Vec<_>>().join(",");
            let wanted: Vec<&str> = cells.iter().map(|cell| cell.trim()).collect();
            let read = texts(&text);
            if wanted.iter().all(|cell| cell.is_empty()) {
                proptest::prop_assert!(read.is_empty());
            } else {
                proptest::prop_assert_eq!(&read[0], &wanted);
            }
            cut(&cells.concat());
        }
    }
}
