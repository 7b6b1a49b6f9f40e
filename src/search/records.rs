//! What a result line shows and what proves it: records in blocks, and the facets of all documents. docs/search.md,
//! section 6.
//!
//! In: documents and the [`Portal`]. Out: the JSON of a block or of an attribute file, with their content keys.
//!
//! Not here: terms.

use super::documents::{Document, Documents};
use crate::disclose::Portal;
use crate::record::edges::Handle;
use crate::text::content_hash;

/// Documents whose attributes stand in one file.
pub const ATTRIBUTES: usize = 4096;

/// Bytes of a block, in the mean, as long as there are not too many.
const BLOCK: usize = 3300;

/// Blocks of all kinds at the most.
const MOST_BLOCKS: usize = 9000;

/// Documents by which the size of all is estimated.
const SAMPLED: usize = 64;

/// How many records of each kind stand in a block.
pub fn block_sizes(portal: &Portal, kinds: &[Documents]) -> Vec<usize> {
    let means: Vec<usize> = kinds
        .iter()
        .map(|kind| {
            let step = kind.all.len().div_ceil(SAMPLED).max(1);
            let mut bytes = Vec::new();
            let sampled = kind.all.iter().step_by(step);
            let count = sampled.clone().count().max(1);
            sampled.for_each(|document| add_record(portal, kind, document, &mut bytes));
            (bytes.len() / count).max(1)
        })
        .collect();
    let all: usize = means.iter().zip(kinds).map(|(mean, kind)| mean * kind.all.len()).sum();
    let block = BLOCK.max(all / MOST_BLOCKS);
    means.iter().map(|mean| (block / mean).clamp(1, ATTRIBUTES)).collect()
}

/// The JSON of some records.
pub fn block(portal: &Portal, kind: &Documents, documents: &[Document]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(BLOCK + BLOCK / 2);
    bytes.push(b'[');
    for (at, document) in documents.iter().enumerate() {
        if at > 0 {
            bytes.push(b',');
        }
        add_record(portal, kind, document, &mut bytes);
    }
    bytes.push(b']');
    bytes
}

/// A content key of what a block says.
pub fn block_key(portal: &Portal, kind: &Documents, documents: &[Document]) -> u128 {
    let mut bytes = Vec::with_capacity(documents.len() * 40);
    for document in documents {
        let handle = Handle { kind: kind.kind, no: document.no };
        bytes.extend(portal.row_key(handle).to_le_bytes());
        bytes.extend(document.combo.to_le_bytes());
        bytes.extend(document.part.to_le_bytes());
        if let Some(passage) = &document.passage {
            bytes.extend(content_hash(passage.as_bytes()).to_le_bytes());
        }
        bytes.extend(place(portal, handle).bytes());
    }
    content_hash(&bytes)
}

/// The facets of some documents, as JSON.
pub fn attributes(documents: &[Document]) -> Vec<u8> {
    let combos: Vec<u16> = documents.iter().map(|document| document.combo).collect();
    // Numbers always have a JSON form.
    serde_json::to_vec(&combos).unwrap_or_default()
}

fn add_record(portal: &Portal, kind: &Documents, document: &Document, bytes: &mut Vec<u8>) {
    let handle = Handle { kind: kind.kind, no: document.no };
    let Some(record) = portal.record(handle) else { return };
    bytes.push(b'[');
    add_text(portal.path(handle).unwrap_or(""), bytes);
    bytes.push(b',');
    add_text(&record.heading(), bytes);
    bytes.push(b',');
    add_text(&place(portal, handle), bytes);
    let combo = if kind.facets.is_empty() { -1 } else { i32::from(document.combo) };
    bytes.extend(format!(",{combo},[").as_bytes());
    let mut is_first = true;
    let mut add_field = |at: usize, text: &str, bytes: &mut Vec<u8>| {
        if !std::mem::take(&mut is_first) {
            bytes.push(b',');
        }
        bytes.extend(format!("{at},").as_bytes());
        add_text(text, bytes);
    };
    if document.part == 0 {
        kind.values(portal, handle, |leaf, text| add_field(leaf, text, bytes));
    }
    if let Some(passage) = &document.passage {
        add_field(kind.leaves.len(), passage, bytes);
    }
    bytes.push(b']');
    if document.passage.is_some() {
        bytes.extend(format!(",{}", document.part).as_bytes());
    }
    bytes.push(b']');
}

/// The place in which a record lies, in words; empty when it lies in no region.
fn place(portal: &Portal, handle: Handle) -> String {
    portal.region_of(handle).map_or(String::new(), |region| portal.place_words(region))
}

fn add_text(text: &str, bytes: &mut Vec<u8>) {
    // Writing to memory cannot fail.
    let _ = serde_json::to_writer(bytes, text);
}
