//! "Did you mean": the record whose id is nearest to one that no record has, or whose name was written instead.
//!
//! In: a table and a text. Out: an id. A mask of the characters an id holds sieves out those that cannot be near,
//! so that a thousand dangling references in a large portal cost milliseconds each at the most.

use std::collections::HashMap;

use crate::code::half_width;
use crate::diagnostic::Message;
use crate::ledger::Ledger;
use crate::text::nearest;

/// Ids of kinds, with their masks, made when first asked for.
pub(super) struct Suggestions<'l> {
    ledger: &'l Ledger,
    masks: HashMap<usize, Vec<(u64, &'l str)>>,
    known: HashMap<(usize, String), Option<String>>,
}

impl<'l> Suggestions<'l> {
    /// Suggestions from the records of a ledger.
    pub(super) fn of(ledger: &'l Ledger) -> Suggestions<'l> {
        Suggestions { ledger, masks: HashMap::new(), known: HashMap::new() }
    }

    /// What was probably meant by an id of any kind.
    pub(super) fn of_any_kind(&mut self, id: &str) -> Option<String> {
        (0..self.ledger.tables.len()).find_map(|kind| self.find(kind, id))
    }

    /// The id of a kind that is nearest to one that no record has.
    pub(super) fn near(&mut self, kind: usize, id: &str) -> Option<String> {
        let key = (kind, id.to_string());
        if let Some(found) = self.known.get(&key) {
            return found.clone();
        }
        let found = self.find(kind, id);
        self.known.insert(key, found.clone());
        found
    }

    /// What was probably meant by an id of a kind.
    pub(super) fn hint(&mut self, kind: usize, id: &str) -> Message {
        let found = self.near(kind, id);
        let ledger = self.ledger;
        let (zh, en) = ledger.kinds.at(kind).map_or(("", ""), |kind| (kind.zh, kind.plural));
        match found {
            Some(near) => Message::new(format!("相近的有：{near}"), format!("did you mean `{near}`?")),
            None => Message::new(
                format!("请核对编号，或在台账的 {en}（{zh}）里补上这一条"),
                format!("check the id, or add the record under `{en}`"),
            ),
        }
    }

    fn find(&mut self, kind: usize, id: &str) -> Option<String> {
        let table = self.ledger.tables.get(kind)?;
        let descriptor = self.ledger.kinds.at(kind)?;
        let title = descriptor.slot(descriptor.title)?;
        let named = |record: &&crate::record::value::Record| record.values.get(title).as_text() == Some(id);
        if let Some(record) = table.iter().find(named) {
            return Some(record.id.as_str().to_string());
        }
        // Ids of an office's own are taken as they are written; whoever wrote them otherwise meant this one.
        let plain: String = id.chars().map(half_width).filter(|c| !c.is_whitespace()).collect();
        if let Some(record) = table.iter().find(|record| record.id.as_str().eq_ignore_ascii_case(&plain)) {
            return Some(record.id.as_str().to_string());
        }
        let masks = self.masks.entry(kind).or_insert_with(|| {
            table.iter().map(|record| (mask(record.id.as_str()), record.id.as_str())).collect()
        });
        let wanted = mask(id);
        // Three edits at the most, each of which can take one character away and bring another.
        let candidates = masks.iter().filter(|(mask, _)| (mask ^ wanted).count_ones() <= 6);
        nearest(id, candidates.map(|(_, id)| *id)).map(str::to_string)
    }
}

fn mask(id: &str) -> u64 {
    id.bytes().fold(0, |mask, byte| mask | 1 << (byte.to_ascii_lowercase() & 63))
}
