//! Any slip of the pen in a ledger: random edits that the reader must survive and be able to point at.

use crate::diagnostic::{FileId, Findings, Language, Place, Position, Severity};
use crate::source::display::excerpt;
use crate::source::{Document, Limits, locate, parse_yaml, to_line};

use super::one_file;

const TEXT: &str = "cadres:\n  - id: a-1\n    name: 张示例\n    tags: [一, \"二\", {k: '三'}]\n  - &x\n    id: a-2\n    note: |\n      长文\n      两行\n    ref: *x2\nother: &x2 {a: 1, b: ~}\n";
const PIECES: [&str; 30] = [
    "\"", "'", "[", "]", "{", "}", ":", ": ", "- ", "-", "\n", "\n  ", "\n      ", "\t", "#", " #", "&", "*",
    "!", "|", ">", "%", "@", ",", "，", "：", "　", "\u{202e}", "\\", "---\n",
];

/// A fixed sequence of numbers that looks random.
pub(super) struct Numbers(pub(super) u64);

impl Numbers {
    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

fn edited(seed: u64) -> String {
    let mut numbers = Numbers(seed);
    let mut chars: Vec<char> = TEXT.replace("*x2", "x").chars().collect();
    for _ in 0..=numbers.below(3) {
        let at = numbers.below(chars.len());
        if numbers.below(3) == 0 {
            chars.drain(at..(at + numbers.below(6)).min(chars.len()));
        } else {
            let piece = PIECES[numbers.below(PIECES.len())];
            chars.splice(at..at, piece.chars());
        }
    }
    chars.into_iter().collect()
}

#[test]
fn whatever_is_slipped_into_a_ledger_the_answer_points_into_it() {
    for seed in 0..20_000 {
        let text = edited(seed);
        let mut findings = Findings::default();
        let document = parse_yaml(FileId(0), &text, &Limits::default(), &mut findings);
        let errors = findings.0.iter().filter(|f| f.code.severity() == Severity::Error).count();
        let syntax = findings.0.iter().filter(|f| f.code.0 == "E-YAML-SYNTAX").count();
        assert!(!document.is_broken() || errors > 0, "{text}");
        assert!(syntax <= 1 && (syntax == 0 || document.is_broken()), "{text}");
        for finding in &findings.0 {
            let Place::At(_, Position { line, column }) = finding.place else { continue };
            let found = text.split('\n').nth(line as usize - 1).map(|line| line.chars().count());
            assert!(found.is_some_and(|length| column as usize <= length + 1), "{line}:{column} in\n{text}");
        }
        for diagnostic in locate(&one_file(), &Limits::default(), &crate::cache::Cache::none(), findings.0) {
            assert!(!to_line(&diagnostic, Language::Zh).contains('\u{202e}'));
            let line = text.split('\n').nth(diagnostic.line as usize - 1).unwrap();
            assert!(excerpt(line, &diagnostic).is_some_and(|drawn| drawn.contains('^')), "{text}");
        }
        assert_eq!(Document::from_bytes(&document.to_bytes()), Some(document));
    }
}
