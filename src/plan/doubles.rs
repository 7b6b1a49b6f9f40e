//! Two outputs at one address, which Windows and some servers take for one when only the case of a letter differs.
//!
//! In: the outputs of a plan. Out: a finding at the source of one of the two. Not here: which outputs there are (`plan`).

use rayon::prelude::*;

use super::describe::describe;
use super::{Content, Output, ROUTE_DUP};
use crate::diagnostic::{Findings, Message, Place};
use crate::disclose::Portal;
use crate::text::content_hash;

/// Reports every two outputs that claim one address.
pub(super) fn report(portal: &Portal, outputs: &[Output], findings: &mut Findings) {
    let mut by_name: Vec<(String, &Output)> = doubles(outputs);
    by_name.sort_by(|(one, _), (other, _)| one.cmp(other));
    for [(name, earlier), (next, output)] in by_name.array_windows() {
        if name == next {
            let [one, other] = [earlier, output]
                .map(|output| format!("{} ({})", output.route, describe(portal, &output.content)));
            let message = Message::new(
                format!("两个页面争用同一网址：{one} 与 {other}"),
                format!("two outputs claim one address: {one} and {other}"),
            );
            let hint =
                Message::new("改动其中一个的编号或文件名", "change the id or the file name of one of them");
            // Of two sources the later is blamed, of a source and the program's own page the source.
            let source = |output: &Output| source_of(portal, &output.content);
            let mut sources: Vec<(Place, Option<String>)> =
                [*earlier, *output].into_iter().filter_map(source).collect();
            sources.sort();
            let (place, record) = sources.pop().unwrap_or((Place::Portal, None));
            let finding = findings.add(ROUTE_DUP, place, message).hint(hint);
            finding.record = record;
            if let Some((first, _)) = sources.pop() {
                finding.other(first, Message::new("先前在此", "first here"));
            }
        }
    }
}

/// The outputs whose name another one may have too, by the hash of their names: all names of a province would take much memory.
fn doubles(outputs: &[Output]) -> Vec<(String, &Output)> {
    let hash = |output: &Output| content_hash(output.route.folded().as_bytes()) as u64;
    let mut hashes: Vec<u64> = outputs.par_iter().map(hash).collect();
    hashes.par_sort_unstable();
    let mut doubled: Vec<u64> =
        hashes.array_windows().filter_map(|[one, next]| (one == next).then_some(*one)).collect();
    doubled.dedup();
    if doubled.is_empty() {
        return Vec::new();
    }
    let outputs = outputs.iter().filter(|output| doubled.binary_search(&hash(output)).is_ok());
    outputs.map(|output| (output.route.folded(), output)).collect()
}

/// Where the source of an output stands, if it has one, and the id that its author gave it.
fn source_of(portal: &Portal, content: &Content) -> Option<(Place, Option<String>)> {
    match content {
        Content::Record(record, _) | Content::One(record) | Content::Badge(record) => {
            let record = portal.record(*record)?;
            let id = record.prose().is_none().then(|| record.id().to_string());
            Some((Place::Value(record.origin(), Vec::new()), id))
        }
        Content::Asset(file) => Some((Place::File(*file), None)),
        _ => None,
    }
}
