//! Totals of tables: a row that begins with 合计 is the sum of the rows above it, a column with that heading at the end
//! the sum of the columns before it.
//!
//! In: neighbouring table rows. Out: E-SUM-MISMATCH at the cell. Columns with anything but whole numbers are passed over, and
//! rates, means and running numbers, which nobody adds up. Not here: sentences (`arithmetic`).

use super::Text;
use super::arithmetic::UNITS;
use super::block::{Block, BlockKind};
use super::numerals::{Number, numbers};
use super::sums::SUM_MISMATCH;
use crate::diagnostic::{Findings, Message};

/// A cell: where it begins, its words.
type Cell = (usize, String);

/// A row of a table with its cells.
type Line<'t> = (&'t Block, Vec<Cell>);

/// Words of a heading whose column is not added up.
const NO_PARTS: [&str; 14] =
    ["率", "比", "均", "序号", "编号", "名次", "排名", "年份", "年度", "月份", "日期", "时间", "其中", "%"];

pub(super) fn totals(text: &Text<'_>, findings: &mut Findings) {
    for rows in text.blocks.chunk_by(|a, b| a.kind == BlockKind::Row && b.kind == BlockKind::Row) {
        let lines: Vec<Line<'_>> =
            rows.iter().filter(|row| row.kind == BlockKind::Row).map(|row| (row, cells(row))).collect();
        // The head and the line below it.
        if let (Some((_, head)), Some(body)) = (lines.first(), lines.get(2..)) {
            below(text, head, body, findings);
            beside(text, head, body, findings);
        }
    }
}

/// Whether a label names a total.
fn is_total(label: &str, words: &[&str]) -> bool {
    let label: String = label.chars().filter(|c| !c.is_whitespace()).collect();
    words.iter().any(|word| label.starts_with(word))
}

fn label(cells: &[Cell]) -> &str {
    cells.iter().map(|(_, word)| word.as_str()).find(|word| !word.is_empty()).unwrap_or_default()
}

fn is_part(head: &[Cell], column: usize) -> bool {
    head.get(column).is_none_or(|(_, word)| !NO_PARTS.iter().any(|no| word.contains(no)))
}

/// The last row against those above it.
fn below(text: &Text<'_>, head: &[Cell], body: &[Line<'_>], findings: &mut Findings) {
    let Some(((last, total), parts)) = body.split_last() else { return };
    let broken_down =
        |cells: &[Cell]| ["小计", "合计", "其中"].iter().any(|word| label(cells).contains(word));
    if !is_total(label(total), &["合计", "总计", "共计"])
        || parts.len() < 2
        || parts.iter().any(|(_, cells)| broken_down(cells))
    {
        return;
    }
    for (column, (at, cell)) in total.iter().enumerate().filter(|(column, _)| is_part(head, *column)) {
        let Some((written, unit)) = whole(cell) else { continue };
        let values = parts.iter().map(|(_, cells)| of_unit(&cells.get(column)?.1, &unit));
        let Some(sum) = values.sum::<Option<i128>>() else { continue };
        if sum != written {
            let message = Message::new(
                format!("表中分项之和为 {sum}，合计写 {written}"),
                format!("the rows add up to {sum}, and the total says {written}"),
            );
            text.blame(findings, SUM_MISMATCH, last, *at, message)
                .hint(Message::new("核对各行与合计", "compare the rows with the total"));
        }
    }
}

/// The last column against those before it. Where no row of several adds up, the column is a total of something else.
fn beside(text: &Text<'_>, head: &[Cell], body: &[Line<'_>], findings: &mut Findings) {
    let Some(((_, heading), before)) = head.split_last() else { return };
    if !is_total(heading, &["合计", "总计", "共计", "小计"]) {
        return;
    }
    let last = before.len();
    let of_numbers = |column: &usize| {
        let cell = |cells: &[Cell]| cells.get(*column).is_some_and(|(_, cell)| whole(cell).is_some());
        is_part(head, *column) && body.iter().any(|(_, cells)| cell(cells))
    };
    let columns: Vec<usize> = (0..last).filter(of_numbers).collect();
    if columns.len() < 2 {
        return;
    }
    let judged: Vec<(&Block, usize, i128, i128)> = body
        .iter()
        .filter_map(|(row, cells)| {
            let (at, cell) = cells.get(last)?;
            let (written, unit) = whole(cell)?;
            let values = columns.iter().map(|column| of_unit(&cells.get(*column)?.1, &unit));
            Some((*row, *at, values.sum::<Option<i128>>()?, written))
        })
        .collect();
    let wrong = || judged.iter().filter(|(_, _, sum, written)| sum != written);
    if judged.len() > 1 && wrong().count() == judged.len() {
        return;
    }
    for (row, at, sum, written) in wrong() {
        let message = Message::new(
            format!("这一行分项之和为 {sum}，合计写 {written}"),
            format!("the columns of this row add up to {sum}, and the total says {written}"),
        );
        text.blame(findings, SUM_MISMATCH, row, *at, message)
            .hint(Message::new("核对这一行各列与合计", "compare the columns of the row with the total"));
    }
}

fn cells(row: &Block) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut from = 0;
    for (at, c) in row.chars.iter().enumerate() {
        if *c == '|' {
            if from > 0 {
                let word: String = row.text(from..at);
                let lead = word.chars().take_while(|c| c.is_whitespace()).count();
                cells.push((from + lead, word.trim().to_string()));
            }
            from = at + 1;
        }
    }
    cells
}

/// The whole number of a cell and the unit behind it, when a cell holds nothing else.
fn whole(cell: &str) -> Option<(i128, String)> {
    let chars: Vec<char> = cell.chars().collect();
    let [number] = numbers(&chars, 0, chars.len()).try_into().ok()?;
    let number: Number = number;
    let unit: String = chars.get(number.to..)?.iter().collect();
    let known = unit.is_empty() || UNITS.contains(&unit.as_str());
    (number.from == 0 && known).then_some((number.whole()?, unit))
}

/// The whole number of a cell, when it has the unit of the total or none.
fn of_unit(cell: &str, unit: &str) -> Option<i128> {
    whole(cell).filter(|(_, own)| own.is_empty() || own == unit).map(|(value, _)| value)
}
