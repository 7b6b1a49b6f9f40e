//! The search index: what the browser asks for, made from the `Portal` in the run that makes the pages.
//!
//! In: the [`Portal`]. Out: an [`Index`], which knows its files and what stands in each. The form of the files, the terms and the
//! way to ask are those of docs/search.md, which the script in the theme follows as well. What is not in the `Portal` cannot
//! be in the index.
//!
//! Not here: routes (`plan`), bytes on disk (`publish`), the asking (`themes/default/static/search.js`).

mod aside;
mod digits;
mod documents;
mod manifest;
mod packed;
mod passages;
mod postings;
mod records;
mod sorted;
mod terms;
#[cfg(test)]
mod tests;
pub mod vectors;

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use rayon::prelude::*;

use crate::cache::Cache;
use crate::disclose::{Portal, PublicRecord};
use crate::fold::{fold, traditional};
use crate::record::edges::Handle;
use crate::sounds::readings;
use crate::text::content_hash;
use aside::Text;
use documents::{Documents, documents};
use postings::{Shards, shards};
use records::{ATTRIBUTES, attributes, block, block_key, block_sizes};

/// So many documents' postings fit into memory: some hundred megabytes.
pub const MANY: usize = 150_000;

/// A file of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IndexFile {
    /// What all others are known by.
    Manifest,
    /// Terms with their documents.
    Shard(u32),
    /// Further documents of common terms.
    Tiers(u32),
    /// Records of a kind.
    Block(u16, u32),
    /// Facets of the documents of a kind.
    Attributes(u16, u32),
    /// Traditional characters with what they become.
    Fold,
    /// Syllables with the characters of titles that are read so.
    Sounds,
}

impl IndexFile {
    /// Its name in docs/search.md.
    pub fn name(self) -> String {
        match self {
            IndexFile::Manifest => "index".to_string(),
            IndexFile::Shard(shard) => format!("t/{shard}"),
            IndexFile::Tiers(shard) => format!("u/{shard}"),
            IndexFile::Block(kind, block) => format!("r/{kind}-{block}"),
            IndexFile::Attributes(kind, file) => format!("a/{kind}-{file}"),
            IndexFile::Fold => "fold".to_string(),
            IndexFile::Sounds => "sounds".to_string(),
        }
    }

    /// Its address.
    pub fn path(self) -> String {
        format!("search/{}.js", self.name())
    }
}

/// The whole index; empty by default.
#[derive(Debug, Default)]
pub struct Index {
    kinds: Vec<Documents>,
    blocks: Vec<usize>,
    shards: Shards,
    version: String,
    files: Vec<(IndexFile, u128)>,
    /// Syllables with the characters of titles that are read so.
    sounds: String,
    kept: Vec<String>,
}

impl Index {
    /// Makes the index of a portal; `program` is a content key of the program itself, since another one may cut other terms. Of more
    /// than `many` documents most of it lies beside the cache until it is written; an error tells that it cannot be read from there.
    pub fn build(portal: &Portal, cache: &Cache, program: u128, many: usize) -> io::Result<Index> {
        let kinds = documents(portal);
        let blocks = block_sizes(portal, &kinds);
        let (shards, kept) = shards(portal, &kinds, cache, program, many)?;
        let sounds = sounds(portal, &kinds);
        let mut index =
            Index { shards, sounds, kept, kinds, blocks, version: String::new(), files: Vec::new() };
        index.files = index.find_files(portal)?;
        let keys: Vec<u8> = index.files.iter().flat_map(|(_, key)| key.to_le_bytes()).collect();
        index.version = format!("{:032x}", content_hash(&keys)).chars().take(10).collect();
        let manifest = content_hash(&index.body(portal, IndexFile::Manifest)?);
        index.files.push((IndexFile::Manifest, manifest));
        Ok(index)
    }

    /// The files of the index, each with a content key.
    pub fn files(&self) -> &[(IndexFile, u128)] {
        &self.files
    }

    /// Names in the cache that the next build may use.
    pub fn kept(&self) -> &[String] {
        &self.kept
    }

    fn find_files(&self, portal: &Portal) -> io::Result<Vec<(IndexFile, u128)>> {
        let mut files: Vec<(IndexFile, u128)> =
            vec![(IndexFile::Fold, 0), (IndexFile::Sounds, content_hash(self.sounds.as_bytes()))];
        let Shards { texts, tiers, aside, .. } = &self.shards;
        let key = |text: &Text| aside.read(text).map(|text| content_hash(&text));
        let keys = |texts: &[Text]| texts.par_iter().map(key).collect::<io::Result<Vec<u128>>>();
        files.extend((0..).zip(keys(texts)?).map(|(at, key)| (IndexFile::Shard(at), key)));
        files.extend((0..).zip(keys(tiers)?).map(|(at, key)| (IndexFile::Tiers(at), key)));
        for ((at, kind), size) in (0..).zip(&self.kinds).zip(&self.blocks) {
            let labels: Vec<&str> = kind.leaves.iter().map(|leaf| leaf.label.as_str()).collect();
            let frame = content_hash(
                format!("{:?}{:?}{labels:?}{}", kind.facets, kind.combos, portal.settings.language)
                    .as_bytes(),
            );
            let keys = kind.all.par_chunks(*size).map(|documents| block_key(portal, kind, documents));
            let keys = (0..).zip(keys.collect::<Vec<u128>>());
            files
                .extend(keys.map(|(number, key)| (IndexFile::Block(at, number), key ^ frame.rotate_left(1))));
            if !kind.facets.is_empty() {
                let chunks = kind.all.par_chunks(ATTRIBUTES);
                let keys = chunks.map(|documents| content_hash(&attributes(documents)));
                let keys = (0..).zip(keys.collect::<Vec<u128>>());
                files.extend(keys.map(|(number, key)| (IndexFile::Attributes(at, number), key)));
            }
        }
        Ok(files)
    }

    /// The bytes of a file; an error when what was laid aside of it cannot be read.
    pub fn write(&self, portal: &Portal, part: IndexFile) -> io::Result<Vec<u8>> {
        let body = self.body(portal, part)?;
        let mut bytes = Vec::with_capacity(body.len() + 64);
        bytes.extend(format!("gongshiSearch(\"{}\",", part.name()).as_bytes());
        bytes.extend(body);
        bytes.extend(b")\n");
        Ok(bytes)
    }

    fn body(&self, portal: &Portal, part: IndexFile) -> io::Result<Vec<u8>> {
        let kind = |at: u16| self.kinds.get(usize::from(at));
        Ok(match part {
            IndexFile::Manifest => {
                manifest::manifest(portal, &self.kinds, &self.blocks, &self.shards, &self.version)
            }
            IndexFile::Shard(shard) => self.shard_text(&self.shards.texts, shard)?,
            IndexFile::Tiers(shard) => self.shard_text(&self.shards.tiers, shard)?,
            IndexFile::Block(at, number) => {
                let size = self.blocks.get(usize::from(at)).copied().unwrap_or(1);
                let found =
                    kind(at).and_then(|kind| Some((kind, kind.all.chunks(size).nth(number as usize)?)));
                found.map_or_else(Vec::new, |(kind, documents)| block(portal, kind, documents))
            }
            IndexFile::Attributes(at, number) => {
                let found = kind(at).and_then(|kind| kind.all.chunks(ATTRIBUTES).nth(number as usize));
                found.map_or_else(Vec::new, attributes)
            }
            IndexFile::Fold => {
                let pairs: String = traditional().flat_map(|(from, to)| [from, to]).collect();
                serde_json::to_vec(&pairs).unwrap_or_default()
            }
            IndexFile::Sounds => quoted(self.sounds.as_bytes()),
        })
    }

    fn shard_text(&self, texts: &[Text], shard: u32) -> io::Result<Vec<u8>> {
        let text = texts.get(shard as usize).map(|text| self.shards.aside.read(text)).transpose()?;
        Ok(quoted(&text.unwrap_or_default()))
    }
}

/// Each syllable that occurs in a title, the characters behind it that are read so.
fn sounds(portal: &Portal, kinds: &[Documents]) -> String {
    let mut characters: BTreeSet<char> = BTreeSet::new();
    for kind in kinds {
        for document in kind.all.iter().filter(|document| document.part == 0) {
            let record = portal.record(Handle { kind: kind.kind, no: document.no });
            fold(&record.map_or("".into(), PublicRecord::heading), |c| {
                characters.insert(c);
            });
        }
    }
    let mut read: BTreeMap<&str, String> = BTreeMap::new();
    for c in characters {
        readings(c).iter().for_each(|reading| read.entry(reading).or_default().push(c));
    }
    let words: Vec<String> =
        read.into_iter().map(|(syllable, characters)| format!("{syllable}{characters}")).collect();
    words.join(" ")
}

/// A text that needs no escape, as JSON.
fn quoted(text: &[u8]) -> Vec<u8> {
    let mut json = Vec::with_capacity(text.len() + 2);
    json.push(b'"');
    json.extend_from_slice(text);
    json.push(b'"');
    json
}
