//! Totals of tables: a row that begins with 合计 is the sum of the rows above it.
//!
//! In: neighbouring table rows. Out: E-SUM-MISMATCH at the cell. Columns with anything but whole numbers are passed over.
//! Not here: sentences (`arithmetic`).

use super::Text;
use super::arithmetic::SUM_MISMATCH;
use super::block::{Block, BlockKind};
use super::numerals::numbers;
use crate::diagnostic::{Findings, Message};

/// A cell: where it begins, its words.
type Cell = (usize, String);

pub(super) fn totals(text: &Text<'_>, findings: &mut Findings) {
    for rows in text.blocks.chunk_by(|a, b| a.kind == BlockKind::Row && b.kind == BlockKind::Row) {
        let rows: Vec<(&Block, Vec<Cell>)> = rows.iter().map(|row| (row, cells(row))).collect();
        let Some((last, total)) = rows.last().filter(|(row, _)| row.kind == BlockKind::Row) else { continue };
        let is_total =
            total.first().is_some_and(|(_, word)| ["合计", "总计", "共计"].contains(&word.as_str()));
        if !is_total || rows.len() < 5 {
            continue;
        }
        // The head and the line below it.
        let parts = rows.get(2..rows.len() - 1).unwrap_or(&[]);
        for (column, (at, cell)) in total.iter().enumerate().skip(1) {
            let Some(written) = whole(cell) else { continue };
            let values: Option<Vec<i128>> =
                parts.iter().map(|(_, cells)| cells.get(column).and_then(|(_, cell)| whole(cell))).collect();
            let Some(sum) = values.map(|values| values.iter().sum::<i128>()) else { continue };
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
}

fn cells(row: &Block) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut from = 0;
    for (at, c) in row.chars.iter().enumerate() {
        if *c == '|' {
            if at > from {
                let word: String = row.text(from..at);
                let lead = word.chars().take_while(|c| c.is_whitespace()).count();
                cells.push((from + lead, word.trim().to_string()));
            }
            from = at + 1;
        }
    }
    cells
}

/// The whole number that is all of a cell.
fn whole(cell: &str) -> Option<i128> {
    let chars: Vec<char> = cell.chars().collect();
    match numbers(&chars, 0, chars.len()).as_slice() {
        [number] if number.from == 0 && number.to == chars.len() => number.whole(),
        _ => None,
    }
}
