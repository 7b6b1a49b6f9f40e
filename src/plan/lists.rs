//! Lists of records, by kind and facet, and the articles of columns: their addresses, parts and keys.
//!
//! In: the lists of the [`Portal`]. Out: their outputs. Not here: which records a list holds and in which order
//! (`disclose`), and how it looks (`render`).

use super::{Content, Draft, ListOf, Part, ROWS, mix, part_path, parts};
use crate::disclose::Portal;
use crate::record::address::folder;
use crate::record::article;
use crate::record::edges::Handle;
use crate::record::field::{Face, Kind};
use crate::text::content_hash;

/// The path without ending of a list.
pub fn list_stem(portal: &Portal, list: ListOf) -> Option<String> {
    let kind = portal.kinds.at(usize::from(list.kind))?;
    let folder = folder(kind)?;
    match list.facet {
        None => Some(format!("{folder}/index")),
        Some((facet, value)) => {
            let (key, values) = portal.lists(list.kind)?.facets.get(facet)?;
            let key = key.strip_prefix("coverage_").unwrap_or(key);
            Some(format!("{folder}/{key}/{}", values.get(value)?.value))
        }
    }
}

/// The records of a list.
pub fn list_records(portal: &Portal, list: ListOf) -> &[u32] {
    let Some(lists) = portal.lists(list.kind) else { return &[] };
    match list.facet {
        None => &lists.all,
        Some((facet, value)) => lists
            .facets
            .get(facet)
            .and_then(|(_, values)| values.get(value))
            .map_or(&[], |value| &value.records),
    }
}

/// Whether a kind has lists.
pub fn has_lists(kind: &Kind) -> bool {
    matches!(kind.face, Face::Pages { lists: Some(_), .. })
}

/// A facet's value in the menu of a list: value, label, count.
type Shown<'p> = (&'p str, &'p str, usize);

/// How many of a list's records are cadres who have left.
pub fn list_left(portal: &Portal, list: ListOf) -> usize {
    let handles = list_records(portal, list).iter().map(|no| Handle { kind: list.kind, no: *no });
    handles.filter(|handle| portal.has_left(*handle)).count()
}

impl Draft<'_> {
    pub(super) fn lists(&mut self) {
        for at in 0..self.portal.kinds.count() as u16 {
            let Some(kind) = self
                .portal
                .kinds
                .at(usize::from(at))
                .filter(|kind| has_lists(kind) && self.portal.is_used(at))
            else {
                continue;
            };
            let Some(lists) = self.portal.lists(at) else { continue };
            let menu: Vec<(&str, Vec<Shown<'_>>)> = lists
                .facets
                .iter()
                .map(|(key, values)| {
                    (
                        *key,
                        values
                            .iter()
                            .map(|value| (value.value.as_str(), value.label.as_str(), value.records.len()))
                            .collect(),
                    )
                })
                .collect();
            let menu_key = content_hash(format!("{}{menu:?}{}", kind.plural, lists.all.len()).as_bytes());
            let has_places = lists.facets.iter().any(|(key, _)| *key == "region");
            let menu_key = mix(&[menu_key, if has_places { self.portal.places_key() } else { 0 }]);
            self.list(ListOf { kind: at, facet: None }, menu_key);
            for (facet, (_, values)) in menu.iter().enumerate() {
                for value in 0..values.len() {
                    self.list(ListOf { kind: at, facet: Some((facet, value)) }, menu_key);
                }
            }
        }
    }

    fn list(&mut self, list: ListOf, menu_key: u128) {
        let left = list_left(self.portal, list) as u128;
        let Some(stem) = list_stem(self.portal, list) else { return };
        let portal = self.portal;
        let records = list_records(portal, list);
        let of = parts(records.len());
        for number in 1..=of {
            let from = (number as usize - 1) * ROWS;
            let rows = records.get(from..records.len().min(from + ROWS)).unwrap_or(&[]);
            let mut keys = vec![menu_key, u128::from(number), records.len() as u128, left, portal.site_key()];
            keys.extend(rows.iter().map(|no| portal.row_key(Handle { kind: list.kind, no: *no })));
            self.add(&part_path(&stem, number), Content::List(list, Part { number, of }), Some(mix(&keys)));
        }
    }

    pub(super) fn columns(&mut self) {
        let kind = self.portal.kind(&article::KIND);
        let portal = self.portal;
        for (at, column) in portal.settings.columns.iter().enumerate() {
            let items: Vec<Handle> = portal.texts_in(kind, &column.id).collect();
            let of = parts(items.len());
            for number in 1..=of {
                let mut keys = vec![portal.site_key(), items.len() as u128, u128::from(number)];
                keys.extend(
                    items
                        .iter()
                        .skip((number as usize - 1) * ROWS)
                        .take(ROWS)
                        .map(|item| portal.row_key(*item)),
                );
                let stem = format!("articles/{}/index", column.id);
                self.add(
                    &part_path(&stem, number),
                    Content::Column(at, Part { number, of }),
                    Some(mix(&keys)),
                );
            }
        }
    }
}
