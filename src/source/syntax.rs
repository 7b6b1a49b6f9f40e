//! Says what is wrong with a YAML text that the parser gave up on, at the cause and not where it was noticed.
//!
//! In: the text, the parser's error, and how far it had come. Out: one finding `E-YAML-SYNTAX`, or `E-LIMIT`
//! for nesting, with the place where the parser noticed if that is a later line.
//!
//! Not here: the causes themselves (`causes`), and mistakes that YAML itself allows (`traps`).

use granit_parser::{ErrorKind, Marker, ScanError};

use crate::diagnostic::{Code, FileId, Findings, Message, Place, Position};
use crate::source::causes::{Site, cause};
use crate::source::limits::{Limits, limit_passed};
use crate::source::outline::{Outline, Unclosed, content_before, content_of};

/// The text is no YAML.
pub const SYNTAX: Code = Code("E-YAML-SYNTAX");

/// What the reader knew when the parser gave up.
pub(super) struct Context<'t> {
    pub(super) file: FileId,
    pub(super) text: &'t str,
    pub(super) lines_before: u32,
    pub(super) limits: &'t Limits,
    /// The byte up to which all was read.
    pub(super) reached: usize,
    /// The byte of the innermost open bracket.
    pub(super) bracket: Option<usize>,
}

/// Reports the error of the parser.
pub(super) fn report(context: &Context<'_>, error: &ScanError, findings: &mut Findings) {
    let noticed = position(error.marker(), context.lines_before);
    if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
        return too_deep(Place::At(context.file, noticed), context.limits, findings);
    }
    let site = site(context, error);
    let cause = cause(&site);
    let at = position_of(context.text, cause.offset, context.lines_before);
    let finding = findings.add(SYNTAX, Place::At(context.file, at), cause.message).hint(cause.hint);
    if noticed.line > at.line {
        let label = Message::new("读到这里才发现", "it was noticed here");
        finding.other(Place::At(context.file, noticed), label);
    }
}

/// Reports nesting deeper than the limit.
pub(super) fn too_deep(place: Place, limits: &Limits, findings: &mut Findings) {
    let what = Message::new("列表和映射的嵌套层数", "the nesting of lists and mappings");
    limit_passed(findings, place, "depth", limits.depth.min(Limits::DEEPEST).into(), what);
}

/// The place of the parser's mark, whose columns count from 0.
pub(super) fn position(mark: &Marker, lines_before: u32) -> Position {
    let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Position {
        line: small(mark.line()).saturating_add(lines_before),
        column: small(mark.col()).saturating_add(1),
    }
}

fn position_of(text: &str, offset: usize, lines_before: u32) -> Position {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Position {
        line: before.matches('\n').count() as u32 + 1 + lines_before,
        column: before.get(line_start..).unwrap_or("").chars().count() as u32 + 1,
    }
}

fn site<'t>(context: &Context<'t>, error: &'t ScanError) -> Site<'t> {
    let text = context.text;
    let offset = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
    let from = context.bracket.unwrap_or(context.reached).min(offset);
    let mut unclosed = Outline::of(text, from, offset).unclosed;
    if let ErrorKind::UnclosedQuotedScalar = error.kind() {
        unclosed.push(Unclosed { offset });
    }
    Site {
        text,
        offset,
        kind: error.kind(),
        line: content_of(text, offset),
        before: content_before(text, offset),
        unclosed,
        reached: context.reached,
    }
}
