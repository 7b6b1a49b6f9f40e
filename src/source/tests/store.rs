//! A document that was stored and read back is the same; a damaged one is none.

use crate::diagnostic::{FileId, Findings};
use crate::source::{Document, Limits, NodeRef, parse_yaml};

const TEXT: &str = "enterprises:\n  - {id: a, name: 示例, tags: [一, 二, []]}\n  - &x\n    id: b\n    note: |\n      长文\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n    e: \"\"\n    n: ~\ncopies: [*x, *x]\n";

fn parsed(text: &str) -> Document {
    parse_yaml(FileId(0), text, &Limits::default(), &mut Findings::default())
}

/// Walks everything, as a reader of records would.
fn walked(node: NodeRef<'_>) -> usize {
    let below: usize = node.items().map(walked).sum();
    below + node.entries().map(|(key, value)| walked(key) + walked(value)).sum::<usize>() + 1
}

#[test]
fn a_document_comes_back_from_its_bytes_as_it_was() {
    for text in [TEXT, "", "a: [", "x", "[]", "{}"] {
        let document = parsed(text);
        assert_eq!(Document::from_bytes(&document.to_bytes()).as_ref(), Some(&document), "{text}");
    }
    let document = parsed(TEXT);
    assert_eq!(walked(document.root().unwrap()), document.len());
}

#[test]
fn bytes_cut_short_or_altered_never_make_a_document_that_cannot_be_walked() {
    let bytes = parsed(TEXT).to_bytes();
    for length in 0..bytes.len() {
        assert_eq!(Document::from_bytes(&bytes[..length]), None, "cut at {length}");
    }
    for at in 0..bytes.len() {
        for change in [1, 2, 4, 8, 16, 32, 64, 128, 255] {
            let mut altered = bytes.clone();
            altered[at] ^= change;
            if let Some(document) = Document::from_bytes(&altered) {
                let all = document.root().map_or(0, walked);
                assert!(all == document.len() || document.is_broken(), "byte {at} with {change}");
            }
        }
    }
}

#[test]
fn bytes_that_claim_a_deep_nesting_are_refused() {
    let mut bytes = b"gsnodes1".to_vec();
    let depth = 1000_u32;
    let number = |bytes: &mut Vec<u8>, mut n: u32| {
        while n >= 0x80 {
            bytes.push(n as u8 | 0x80);
            n >>= 7;
        }
        bytes.push(n as u8);
    };
    bytes.push(0);
    number(&mut bytes, 0);
    number(&mut bytes, depth);
    for index in 0..depth {
        bytes.push(3);
        number(&mut bytes, 1);
        number(&mut bytes, u32::from(index + 1 < depth));
        number(&mut bytes, depth - index);
    }
    assert_eq!(Document::from_bytes(&bytes), None);
}
