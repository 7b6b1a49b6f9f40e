//! `manifest.json`: what a release consists of, provable byte for byte.
//!
//! In: facts about files. Out: JSON with one file a line, sorted by route, whose last line is the SHA-256 of
//! every byte before it; so a flipped byte in the manifest itself is found like one in a page. Reading
//! accepts only what was written: sound checksum, sorted routes, whole hashes.
//!
//! Not here: the files themselves; the manifest does not list itself.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::io;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::fact::{Chunks, FileFact};
use crate::{diagnostic::Message, route::Route};

/// The name of the manifest in the site folder.
pub const MANIFEST: &str = "manifest.json";

/// The version of the file's layout.
const FORMAT: u64 = 1;
const HEAD: &[u8] = b"{\"format\":";
const MAKER: &[u8] = b"\"generator\":\"gongshi";
const SEAL: &[u8] = b"\"checksum\":\"";
const SEAL_END: &[u8] = b"\"}\n";

/// Bytes of the file that are held at once, or a little more.
const CHUNK: usize = 1 << 16;

/// One file of a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands in the site folder.
    pub route: Route,
    /// What it holds.
    pub fact: FileFact,
}

/// A record that left the site since the release before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// Kind of the record.
    pub kind: String,
    /// Id of the record.
    pub id: String,
    /// Where it stood; a tombstone stands there now.
    pub route: String,
}

/// What the caller knows of a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseFacts {
    /// The day for which the site is true.
    pub as_of: String,
    /// The next day on which it would change by itself.
    pub next_change: Option<String>,
    /// What left since the release before.
    pub withdrawn: Vec<Withdrawn>,
    /// Name and version of the program; begins with `gongshi`.
    pub generator: String,
}

/// Everything a manifest says. `files` is sorted by route, without doubles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// About the release as a whole.
    pub release: ReleaseFacts,
    /// Its files.
    pub files: Vec<Entry>,
}

/// Why a manifest cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ManifestError {
    /// Its checksum does not fit: it was cut off or altered.
    Checksum,
    /// Written by a later version.
    Format(u64),
    /// Sound by its checksum, yet no manifest.
    Content,
}

impl ManifestError {
    /// The reason in both languages.
    pub fn message(self) -> Message {
        match self {
            ManifestError::Checksum => {
                Message::new("manifest.json 不完整或被改动过", "manifest.json is cut off or was altered")
            }
            ManifestError::Format(found) => Message::new(
                format!("manifest.json 的格式版本 {found} 来自更新的程序，请升级 gongshi"),
                format!("manifest.json has format {found}, of a later version; upgrade gongshi"),
            ),
            ManifestError::Content => Message::new(
                "manifest.json 的内容不是发布清单",
                "manifest.json does not contain the list of a release",
            ),
        }
    }
}

#[derive(Deserialize)]
struct Format {
    format: u64,
}

#[derive(Deserialize)]
struct Layout<'a> {
    format: u64,
    generator: String,
    as_of: String,
    next_change: Option<String>,
    withdrawn: Vec<Withdrawn>,
    #[serde(borrow)]
    files: Vec<Line<'a>>,
}

#[derive(Deserialize)]
struct Line<'a> {
    route: &'a str,
    size: u64,
    sha256: &'a str,
}

impl Manifest {
    /// The fact about one file.
    pub fn fact(&self, route: &Route) -> Option<&FileFact> {
        self.files.get(self.place(route.as_str())?).map(|entry| &entry.fact)
    }

    /// The place among the files of the one at this path.
    pub(crate) fn place(&self, path: &str) -> Option<usize> {
        self.files.binary_search_by(|entry| entry.route.as_str().cmp(path)).ok()
    }

    /// Every folder of the release, the site folder itself as `""`.
    pub(crate) fn folders(&self) -> BTreeSet<&str> {
        let mut folders = BTreeSet::from([""]);
        for entry in &self.files {
            let route = entry.route.as_str();
            folders.extend(route.match_indices('/').filter_map(|(at, _)| route.get(..at)));
        }
        folders
    }

    /// The sum of all sizes, the manifest's own left out.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|entry| entry.fact.size).sum()
    }

    /// The bytes of the file as it is published.
    pub(crate) fn size(&self) -> u64 {
        let mut size = (SEAL.len() + 64 + SEAL_END.len()) as u64;
        let Ok(()) = self.body::<Infallible>(&mut |chunk| {
            size += chunk.len() as u64;
            Ok(())
        });
        size
    }

    /// Everything before the seal, chunk by chunk: of a million files it is some 150 megabytes.
    fn body<E>(&self, take: &mut dyn FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        let mut out = Vec::with_capacity(CHUNK + 1024);
        out.extend_from_slice(HEAD);
        out.extend_from_slice(FORMAT.to_string().as_bytes());
        let release = &self.release;
        field(&mut out, "generator", &release.generator);
        field(&mut out, "as_of", &release.as_of);
        field(&mut out, "next_change", &release.next_change);
        field(&mut out, "withdrawn", &release.withdrawn);
        out.extend_from_slice(b",\n\"files\":[");
        for (nth, entry) in self.files.iter().enumerate() {
            if out.len() >= CHUNK {
                take(&out)?;
                out.clear();
            }
            out.extend_from_slice(if nth == 0 { b"\n" } else { b",\n" });
            out.extend_from_slice(b"{\"route\":\"");
            out.extend_from_slice(entry.route.as_str().as_bytes());
            out.extend_from_slice(b"\",\"size\":");
            out.extend_from_slice(entry.fact.size.to_string().as_bytes());
            out.extend_from_slice(b",\"sha256\":\"");
            out.extend(hex(&entry.fact.sha256));
            out.extend_from_slice(b"\"}");
        }
        out.extend_from_slice(b"\n],\n");
        take(&out)
    }

    /// Reads the bytes of a manifest that was written here and nothing else.
    pub fn parse(bytes: &[u8]) -> Result<Manifest, ManifestError> {
        let sealed = SEAL.len() + 64 + SEAL_END.len();
        let (body, end) =
            bytes.split_at_checked(bytes.len().saturating_sub(sealed)).ok_or(ManifestError::Checksum)?;
        if end != seal(Sha256::digest(body).into()) {
            return Err(ManifestError::Checksum);
        }
        let layout: Layout<'_> = match serde_json::from_slice(bytes) {
            Ok(Layout { format, .. }) if format != FORMAT => return Err(ManifestError::Format(format)),
            Ok(layout) => layout,
            Err(_) => return Err(later_or_wrong(bytes)),
        };
        let files: Option<Vec<Entry>> = layout.files.iter().map(Line::entry).collect();
        let files = files.ok_or(ManifestError::Content)?;
        if !files.is_sorted_by(|one, next| one.route < next.route) {
            return Err(ManifestError::Content);
        }
        let Layout { generator, as_of, next_change, withdrawn, .. } = layout;
        Ok(Manifest { release: ReleaseFacts { as_of, next_change, withdrawn, generator }, files })
    }
}

/// The file as it is published.
impl Chunks for Manifest {
    fn each(&self, take: &mut dyn FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
        let mut hash = Sha256::new();
        self.body(&mut |chunk| {
            hash.update(chunk);
            take(chunk)
        })?;
        take(&seal(hash.finalize().into()))
    }
}

impl Line<'_> {
    fn entry(&self) -> Option<Entry> {
        let fact = FileFact { size: self.size, sha256: unhex(self.sha256)? };
        Some(Entry { route: Route::parse(self.route).ok()?, fact })
    }
}

/// Whether bytes begin as every manifest of ours does, even if the rest is damaged.
pub(crate) fn is_marked(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(128)).unwrap_or(bytes);
    head.starts_with(HEAD) && head.windows(MAKER.len()).any(|window| window == MAKER)
}

/// A hash as 64 lower-case digits.
pub fn hex(hash: &[u8; 32]) -> [u8; 64] {
    let digit = |nibble: u8| if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 };
    let mut out = [0; 64];
    for (pair, byte) in out.chunks_exact_mut(2).zip(hash) {
        pair.copy_from_slice(&[digit(byte >> 4), digit(byte & 15)]);
    }
    out
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return None };
    let mut out = [0; 32];
    if pairs.len() != out.len() {
        return None;
    }
    for (byte, [high, low]) in out.iter_mut().zip(pairs) {
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Some(out)
}

/// Why sealed bytes are no manifest of this version.
fn later_or_wrong(bytes: &[u8]) -> ManifestError {
    match serde_json::from_slice(bytes) {
        Ok(Format { format }) if format != FORMAT => ManifestError::Format(format),
        _ => ManifestError::Content,
    }
}

fn field(out: &mut Vec<u8>, key: &str, value: &impl Serialize) {
    // Strings and lists of strings always have a JSON form.
    let value = serde_json::to_vec(value).unwrap_or_else(|_| b"null".to_vec());
    out.extend_from_slice(b",\"");
    out.extend_from_slice(key.as_bytes());
    out.extend_from_slice(b"\":");
    out.extend(value);
}

fn seal(hash: [u8; 32]) -> Vec<u8> {
    [SEAL, &hex(&hash), SEAL_END].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{prelude::*, test_runner::RngSeed};
    use std::collections::BTreeMap;

    fn json(manifest: &Manifest) -> Vec<u8> {
        let mut json = Vec::new();
        let told = manifest.each(&mut |chunk| {
            json.extend_from_slice(chunk);
            Ok(())
        });
        assert!(told.is_ok() && manifest.size() == json.len() as u64);
        json
    }

    fn small() -> Manifest {
        let entry = |route: &str, text: &str| Entry {
            route: Route::parse(route).unwrap(),
            fact: FileFact::of(text.as_bytes()),
        };
        Manifest {
            release: ReleaseFacts {
                as_of: "2026-09-01".into(),
                next_change: None,
                withdrawn: vec![],
                generator: "gongshi 0.1.0".into(),
            },
            files: vec![entry("a.html", "甲"), entry("b/c.html", "")],
        }
    }

    #[test]
    fn a_manifest_is_one_line_a_file_and_ends_with_its_own_checksum() {
        let json = String::from_utf8(json(&small())).unwrap();
        let lines: Vec<&str> = json.lines().collect();
        assert_eq!(
            lines[0],
            r#"{"format":1,"generator":"gongshi 0.1.0","as_of":"2026-09-01","next_change":null,"withdrawn":[],"#
        );
        assert_eq!(
            lines[3],
            r#"{"route":"b/c.html","size":0,"sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}"#
        );
        assert!(serde_json::from_str::<serde_json::Value>(&json).unwrap()["checksum"].is_string());
    }

    #[test]
    fn any_flipped_or_missing_byte_makes_a_manifest_useless() {
        let json = json(&small());
        for at in 0..json.len() {
            let mut damaged = json.clone();
            damaged[at] ^= 1;
            assert!(Manifest::parse(&damaged).is_err(), "byte {at}");
            assert!(Manifest::parse(&json[..at]).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn a_sealed_manifest_with_wrong_content_is_refused() {
        let sealed = |body: &str| [body.as_bytes(), &seal(Sha256::digest(body).into())].concat();
        let hash = "0".repeat(64);
        let file = |route: &str| format!(r#"{{"route":"{route}","size":1,"sha256":"{hash}"}}"#);
        let with = |files: String| {
            sealed(&format!(
                r#"{{"format":1,"generator":"gongshi","as_of":"","next_change":null,"withdrawn":[],"files":[{files}],"#
            ))
        };
        assert!(Manifest::parse(&with(file("a") + "," + &file("b"))).is_ok());
        for files in
            [file("b") + "," + &file("a"), file("a") + "," + &file("a"), file("../a"), file("a\\u0000")]
        {
            assert_eq!(Manifest::parse(&with(files.clone())), Err(ManifestError::Content), "{files}");
        }
        assert_eq!(Manifest::parse(&sealed(r#"{"format":2,"#)), Err(ManifestError::Format(2)));
        assert_eq!(Manifest::parse(&sealed("[")), Err(ManifestError::Content));
    }

    #[test]
    fn a_damaged_manifest_of_ours_is_told_from_a_strangers() {
        let json = json(&small());
        assert!(is_marked(&json[..60]));
        assert!(!is_marked(b"{\"name\":\"app\",\"generator\":\"gongshi\"}"));
        assert!(!is_marked(b"{\"format\":1,\"generator\":\"other\"}"));
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            cases: 200, rng_seed: RngSeed::Fixed(2), failure_persistence: None, ..ProptestConfig::default()
        })]
        #[test]
        fn what_is_written_is_read_back(
            names in proptest::collection::btree_map("[a-z0-9]{1,9}(/[A-Z0-9_-]{4,9}){0,2}", any::<(u64, [u8; 32])>(), 0..30),
            texts in any::<[String; 6]>(),
            next in any::<Option<String>>(),
        ) {
            let [as_of, generator, kind, id, route, _] = texts;
            let names: BTreeMap<String, (u64, [u8; 32])> = names;
            let files = names.into_iter().filter_map(|(route, (size, sha256))| {
                Some(Entry { route: Route::parse(&route).ok()?, fact: FileFact { size, sha256 } })
            });
            let release = ReleaseFacts {
                as_of, next_change: next, withdrawn: vec![Withdrawn { kind, id, route }], generator,
            };
            let manifest = Manifest { release, files: files.collect() };
            prop_assert_eq!(Manifest::parse(&json(&manifest)), Ok(manifest));
        }
    }
}
