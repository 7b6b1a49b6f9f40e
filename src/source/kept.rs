//! Ledgers that need not be parsed again: their nodes are kept in the cache under the hash of their text.
//!
//! In: a text. Out: its nodes, from the cache when they are there and whole, else parsed and then kept. Only a text
//! that was read without a finding is kept, so that no finding is ever lost.

use crate::cache::Cache;
use crate::diagnostic::{FileId, Findings};
use crate::source::document::Document;
use crate::source::limits::Limits;
use crate::source::yaml::parse_yaml;
use crate::text::content_hash;

/// What the name of every kept document begins with.
const PREFIX: &str = "nodes-";

/// The nodes of a ledger's text.
pub fn parse_kept(
    file: FileId,
    text: &str,
    limits: &Limits,
    cache: &Cache,
    findings: &mut Findings,
) -> Document {
    let name = kept_name(content_hash(text.as_bytes()), limits);
    if let Some(document) = cache.read(&name).and_then(|bytes| Document::from_bytes(&bytes)) {
        return document;
    }
    let before = findings.0.len();
    let document = parse_yaml(file, text, limits, findings);
    if findings.0.len() == before {
        cache.write(&name, &document.to_bytes());
    }
    document
}

/// The name under which the nodes of a text with this hash are kept: other limits may read it otherwise.
pub fn kept_name(text: u128, limits: &Limits) -> String {
    let bounds = content_hash(format!("{limits:?}").as_bytes());
    format!("{PREFIX}{:032x}", text ^ bounds.rotate_left(1))
}
