//! The sums at the end of a report: by rule, by file, by township, as tables that line up under Chinese.
//!
//! In: the findings of a run. Out: text. Rules come by weight, errors first; files and townships by how many errors they
//! have. Of a long table the first rows are shown and the rest is counted, so that the sums always tell the whole.
//!
//! Not here: the findings themselves, and where the text goes (`report`).

use std::collections::BTreeMap;

use crate::check::explain;
use crate::diagnostic::{Code, Diagnostic, Language, Severity};
use crate::pipeline::Planned;
use crate::source::clean;

/// Rows of a table that are shown, unless all are asked for.
pub(super) const MOST_ROWS: usize = 10;
/// Rules that are shown: an office works through rules.
const MOST_RULES: usize = 30;

/// How many of each weight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    errors: usize,
    warnings: usize,
    notes: usize,
}

impl Counts {
    fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Note => self.notes += 1,
        }
    }

    fn all(self) -> usize {
        self.errors + self.warnings + self.notes
    }

    fn cells(self) -> [String; 3] {
        [self.errors, self.warnings, self.notes].map(|count| count.to_string())
    }
}

/// How many rows of a table are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The first ones, the rest counted.
    Cut,
    /// Every one.
    Whole,
}

impl Extent {
    pub(super) fn of(self, most: usize) -> usize {
        if self == Extent::Whole { usize::MAX } else { most }
    }
}

/// The three tables; empty without findings. `shown` names a file as the user knows it.
pub(super) fn summary(
    diagnostics: &[Diagnostic],
    language: Language,
    extent: Extent,
    shown: impl Fn(&str) -> String,
) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let is_zh = language == Language::Zh;
    let mut out = by_rule(diagnostics, language, extent);
    let whole = if is_zh { "（整个平台）" } else { "(the portal as a whole)" };
    let file = |found: &Diagnostic| match found.file.as_str() {
        "" => (String::new(), whole.to_string()),
        path => (path.to_string(), clean(&shown(path))),
    };
    let titles = if is_zh { ["按文件", "文件", "个文件"] } else { ["By file", "file", "files"] };
    out += &by_place(diagnostics, is_zh, extent, titles, file);
    let none = if is_zh { "未定区域" } else { "no region" };
    let township = |found: &Diagnostic| match &found.township {
        // Behind every code.
        None => ("\u{10ffff}".to_string(), none.to_string()),
        Some(township) if is_zh => {
            (township.code.clone(), clean(&format!("{}（{}）", township.name, township.code)))
        }
        Some(township) => (township.code.clone(), clean(&format!("{} ({})", township.name, township.code))),
    };
    let titles =
        if is_zh { ["按乡镇", "乡镇", "个乡镇"] } else { ["By township", "township", "townships"] };
    out + &by_place(diagnostics, is_zh, extent, titles, township)
}

fn by_rule(diagnostics: &[Diagnostic], language: Language, extent: Extent) -> String {
    let is_zh = language == Language::Zh;
    let mut rules: BTreeMap<Code, usize> = BTreeMap::new();
    for found in diagnostics {
        *rules.entry(found.code).or_default() += 1;
    }
    let mut rules: Vec<(Code, usize)> = rules.into_iter().collect();
    rules.sort_by_key(|(code, count)| (code.severity(), std::cmp::Reverse(*count), *code));
    let most = extent.of(MOST_RULES);
    let rows = rules.iter().take(most).map(|(code, count)| {
        let title = explain(code.0).map_or("", |page| page.title(language));
        vec![count.to_string(), code.0.to_string(), title.to_string()]
    });
    let rest = rules.iter().skip(most).map(|(_, count)| count);
    let (head, title) = match is_zh {
        true => (["数量", "规则", "含义"], "按规则"),
        false => (["findings", "rule", "meaning"], "By rule"),
    };
    let nouns = if is_zh { "条规则" } else { "rules" };
    format!("{title}\n{}{}", table(&head, rows, 1), remainder(rest, is_zh, nouns))
}

/// A table by file or by township; `place` gives what sorts a finding and what is shown of it.
fn by_place(
    diagnostics: &[Diagnostic],
    is_zh: bool,
    extent: Extent,
    [title, head, nouns]: [&str; 3],
    place: impl Fn(&Diagnostic) -> (String, String),
) -> String {
    let mut places: BTreeMap<(String, String), Counts> = BTreeMap::new();
    for found in diagnostics {
        places.entry(place(found)).or_default().add(found.severity);
    }
    let mut places: Vec<((String, String), Counts)> = places.into_iter().collect();
    // What has no place stands last, however much it is.
    let is_lost = |key: &str| key == "\u{10ffff}";
    places.sort_by(|((one, _), a), ((other, _), b)| {
        let weight = |counts: &Counts| (counts.errors, counts.warnings, counts.notes);
        is_lost(one).cmp(&is_lost(other)).then(weight(b).cmp(&weight(a))).then(one.cmp(other))
    });
    let most = extent.of(MOST_ROWS);
    let rows = places
        .iter()
        .take(most)
        .map(|((_, name), counts)| counts.cells().into_iter().chain([name.clone()]).collect::<Vec<String>>());
    let rest: Vec<usize> = places.iter().skip(most).map(|(_, counts)| counts.all()).collect();
    let heads = match is_zh {
        true => ["错误", "警告", "提示", head],
        false => ["errors", "warnings", "notes", head],
    };
    format!("{title}\n{}{}", table(&heads, rows, 3), remainder(rest.iter(), is_zh, nouns))
}

/// What was left out of a table.
fn remainder<'c>(rest: impl Iterator<Item = &'c usize>, is_zh: bool, nouns: &str) -> String {
    let (rows, findings) = rest.fold((0, 0), |(rows, findings), count| (rows + 1, findings + count));
    match (rows, is_zh) {
        (0, _) => String::new(),
        (_, true) => format!("  …另有{rows}{nouns}，共{findings}处\n"),
        (_, false) => format!("  … and {rows} more {nouns} with {findings} findings\n"),
    }
}

/// Lines of cells with two blanks between them; the first `numbers` columns end at the right.
pub(super) fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>, numbers: usize) -> String {
    let head: Vec<String> = head.iter().map(|cell| (*cell).to_string()).collect();
    let lines: Vec<Vec<String>> = std::iter::once(head).chain(rows).collect();
    let columns = lines.first().map_or(0, Vec::len);
    let widths: Vec<usize> = (0..columns)
        .map(|at| lines.iter().filter_map(|line| line.get(at)).map(|cell| width(cell)).max().unwrap_or(0))
        .collect();
    let mut out = String::new();
    for line in &lines {
        for ((at, cell), most) in line.iter().enumerate().zip(&widths) {
            let gap = " ".repeat(most.saturating_sub(width(cell)));
            out.push_str("  ");
            match at {
                at if at < numbers => out.extend([gap.as_str(), cell]),
                // Nothing stands behind the last column.
                at if at + 1 == columns => out.push_str(cell),
                _ => out.extend([cell, gap.as_str()]),
            }
        }
        out.push('\n');
    }
    out
}

/// Columns of a terminal that a text takes: two for Chinese characters and full-width marks.
fn width(text: &str) -> usize {
    text.chars()
        .map(|c| match u32::from(c) {
            0x1100..=0x115f
            | 0x2e80..=0xa4cf
            | 0xac00..=0xd7a3
            | 0xf900..=0xfaff
            | 0xfe30..=0xfe6f
            | 0xff00..=0xff60
            | 0xffe0..=0xffe6
            | 0x20000..=0x3fffd => 2,
            _ => 1,
        })
        .sum()
}

/// How many records of each kind there are, in Chinese and in English.
pub(super) fn records(planned: &Planned) -> (String, String) {
    let found = || planned.records.iter().filter(|(_, count)| *count > 0);
    let zh: Vec<String> = found().map(|(kind, count)| format!("{} {count}", kind.zh)).collect();
    let en = found().map(|(kind, count)| {
        let name = if *count == 1 { kind.singular } else { kind.plural };
        format!("{count} {}", name.replace('_', " "))
    });
    (zh.join("，"), en.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_under_wide_characters() {
        let rows = [["1", "样板镇", "x"], ["120", "镇", "y"]];
        let rows = rows.into_iter().map(|row| row.map(str::to_string).to_vec());
        let drawn = table(&["错误", "乡镇（街道）", "z"], rows, 1);
        assert_eq!(drawn, "  错误  乡镇（街道）  z\n     1  样板镇        x\n   120  镇            y\n");
    }

    #[test]
    fn what_is_left_out_of_a_table_is_counted() {
        assert_eq!(remainder([].iter(), true, "个文件"), "");
        assert_eq!(remainder([2, 5].iter(), true, "个文件"), "  …另有2个文件，共7处\n");
        assert_eq!(remainder([2, 5].iter(), false, "files"), "  … and 2 more files with 7 findings\n");
    }
}
