//! The manifest of the index, the only file that the browser asks for without a version: docs/search.md, section 6.
//!
//! In: documents, shards, sizes of blocks. Out: compact JSON. Not here: the files it tells of.

use serde::Serialize;

use super::documents::{Documents, top_regions};
use super::postings::Shards;
use crate::disclose::{Portal, PublicRecord};
use crate::fold::normal_form;
use crate::locale::Locale;
use crate::record::region;

#[derive(Serialize)]
struct Manifest<'m> {
    v: &'m str,
    /// Powers of two: shards of terms, shards of tiers.
    bits: [u32; 2],
    kinds: Vec<Kind<'m>>,
    top: &'m str,
    regions: Vec<(&'m str, &'m str)>,
    heavy: &'m str,
    /// A pattern of the words that make a question of what is looked for.
    ask: String,
}

#[derive(Serialize)]
struct Kind<'m> {
    key: &'m str,
    name: &'m str,
    count: usize,
    pages: usize,
    block: usize,
    fields: Vec<&'m str>,
    facets: Vec<Facet<'m>>,
    combos: &'m [Vec<i16>],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    starts: &'m [u32],
}

#[derive(Serialize)]
struct Facet<'m> {
    key: String,
    name: &'m str,
    values: &'m [(String, String)],
}

/// The JSON of the manifest.
pub fn manifest(
    portal: &Portal,
    kinds: &[Documents],
    blocks: &[usize],
    shards: &Shards,
    version: &str,
) -> Vec<u8> {
    let regions = top_regions(portal);
    let named = regions.iter().filter_map(|region| portal.record(*region));
    let manifest = Manifest {
        v: version,
        bits: [&shards.texts, &shards.tiers].map(|texts| texts.len().max(1).ilog2()),
        kinds: kinds
            .iter()
            .zip(blocks)
            .map(|(kind, block)| described(kind, *block, &portal.locale))
            .collect(),
        top: portal
            .find(&region::KIND, &portal.settings.region)
            .and_then(|own| portal.record(own))
            .map_or("", PublicRecord::title),
        regions: named.map(|region: PublicRecord<'_>| (region.id(), region.title())).collect(),
        heavy: std::str::from_utf8(&shards.heavy).unwrap_or(""),
        ask: asking(portal.locale.word("search_asking")),
    };
    // A structure of texts and numbers always has a JSON form.
    serde_json::to_vec(&manifest).unwrap_or_default()
}

/// Words of a question, `|` between them, as a pattern over normal forms: those of letters have to be whole words. What is no word
/// is left out; the pattern of none is met by nothing.
fn asking(words: &str) -> String {
    let words = words.split('|').map(normal_form).filter(|word| !word.is_empty() && !word.contains(' '));
    let pattern = |word: String| if word.is_ascii() { format!("^{word}$") } else { word };
    let patterns: Vec<String> = words.map(pattern).collect();
    if patterns.is_empty() { "(?!)".into() } else { patterns.join("|") }
}

/// The key of a facet in addresses, where what else stands there has these names.
fn in_addresses(key: &str) -> String {
    let is_taken = matches!(key, "q" | "kind" | "region" | "page");
    format!("{key}{}", if is_taken { "_" } else { "" })
}

fn described<'m>(kind: &'m Documents, block: usize, locale: &'m Locale) -> Kind<'m> {
    let mut fields: Vec<&str> = kind.leaves.iter().map(|leaf| leaf.label.as_str()).collect();
    if kind.all.iter().any(|document| document.passage.is_some()) {
        fields.push("");
    }
    let facets = kind.facets.iter().map(|facet| Facet {
        key: in_addresses(facet.key),
        name: &facet.label,
        values: &facet.values,
    });
    let facets: Vec<Facet<'_>> = facets.collect();
    Kind {
        key: kind.described.plural,
        name: kind.described.label_in(locale),
        count: kind.all.len(),
        pages: kind.pages,
        block,
        fields,
        combos: if facets.is_empty() { &[] } else { &kind.combos },
        facets,
        starts: &kind.starts,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_facet_that_is_called_like_a_part_of_the_address_has_another_name_there() {
        assert_eq!(["kind", "page", "status"].map(in_addresses), ["kind_", "page_", "status"]);
    }

    #[test]
    fn words_of_a_question_become_a_pattern_over_normal_forms() {
        assert_eq!(asking("怎麼|如何| How |a b|(|?"), "怎么|如何|^how$");
        assert_eq!(asking(""), "(?!)");
    }
}
