//! Keeps bytes between builds under a name; losing them costs time and nothing else.
//!
//! In: a folder that is ours alone. Out: the bytes last written under a name, if they are whole. A folder that
//! cannot be written is no error: the cache is then empty. A file is written beside its place and renamed, so
//! that a build that dies leaves the old one or the new one.
//!
//! Not here: what the bytes mean, and when they are out of date: names or contents carry a hash for that.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::xxh3_128;

/// First bytes of every cache file; changes with its form.
const FORM: &[u8; 8] = b"gscache1";
const HEADER: usize = 24;

/// A folder of named bytes, or nothing.
#[derive(Clone, Debug, Default)]
pub struct Cache {
    folder: Option<PathBuf>,
}

impl Cache {
    /// A cache in `folder`, which is made if need be; a folder that cannot be made gives an empty cache.
    pub fn open(folder: &Path) -> Cache {
        let made = fs::create_dir_all(folder).is_ok();
        Cache { folder: made.then(|| folder.to_path_buf()) }
    }

    /// A cache that holds nothing and forgets everything.
    pub fn none() -> Cache {
        Cache::default()
    }

    /// The bytes under this name; none when there are none or they are damaged.
    pub fn read(&self, name: &str) -> Option<Vec<u8>> {
        let mut bytes = fs::read(self.place(name)?).ok()?;
        let (header, content) = bytes.split_at_checked(HEADER)?;
        if header != self::header(content) {
            return None;
        }
        bytes.drain(..HEADER);
        Some(bytes)
    }

    /// Keeps bytes under a name of `[A-Za-z0-9._-]`; when that fails, nothing is kept.
    pub fn write(&self, name: &str, bytes: &[u8]) {
        if let Some(place) = self.place(name) {
            let beside = place.with_file_name(format!(".{name}.{}.new", std::process::id()));
            let kept = write_whole(&beside, bytes).and_then(|()| fs::rename(&beside, &place));
            if kept.is_err() {
                let _ = fs::remove_file(&beside);
            }
        }
    }

    /// Removes everything whose name is not wanted any more.
    pub fn retain(&self, wanted: impl Fn(&str) -> bool) {
        let Some(entries) = self.folder.as_ref().and_then(|folder| fs::read_dir(folder).ok()) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let is_wanted = name.to_str().is_some_and(|name| is_name(name) && wanted(name));
            if !is_wanted && entry.file_type().is_ok_and(|kind| kind.is_file()) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    fn place(&self, name: &str) -> Option<PathBuf> {
        let folder = self.folder.as_ref()?;
        is_name(name).then(|| folder.join(name))
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}

fn header(content: &[u8]) -> [u8; HEADER] {
    let mut header = [0; HEADER];
    let parts = FORM.iter().copied().chain(xxh3_128(content).to_le_bytes());
    for (to, from) in header.iter_mut().zip(parts) {
        *to = from;
    }
    header
}

fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(&header(bytes))?;
    file.write_all(bytes)
}
