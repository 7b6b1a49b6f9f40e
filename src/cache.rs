//! Keeps bytes between builds under a name; losing them costs time and nothing else.
//!
//! In: a folder that is ours alone. Out: the bytes last written under a name, if they are whole. A folder that
//! cannot be written is no error: the cache is then empty. A file is written beside its place and renamed, so
//! that a build that dies leaves the old one or the new one.
//!
//! Not here: what the bytes mean, and when they are out of date: names or contents carry a hash for that.

mod spool;

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::xxh3_128;

pub use spool::{Laid, Spool};

/// First bytes of every cache file; changes with its form.
const FORM: &[u8; 8] = b"gscache1";
const HEADER: usize = 24;

/// A folder of named bytes, or nothing.
#[derive(Clone, Debug, Default)]
pub struct Cache {
    folder: Option<PathBuf>,
}

impl Cache {
    /// A cache in `folder`, which is made when there is something to keep; one that cannot be made gives an
    /// empty cache.
    pub fn open(folder: &Path) -> Cache {
        Cache { folder: Some(folder.to_path_buf()) }
    }

    /// A cache that holds nothing and forgets everything.
    pub fn none() -> Cache {
        Cache::default()
    }

    /// Whether there is a folder to keep anything in.
    pub fn is_open(&self) -> bool {
        self.folder.is_some()
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

    /// A file in the folder for what memory is too small for; none when it cannot be made.
    pub fn spool(&self) -> Option<Spool> {
        Spool::open(self.folder.as_ref()?).ok()
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
    let mut file = match (File::create(path), path.parent()) {
        (Err(error), Some(folder)) if error.kind() == std::io::ErrorKind::NotFound => {
            fs::create_dir_all(folder)?;
            File::create(path)?
        }
        (made, _) => made?,
    };
    file.write_all(&header(bytes))?;
    file.write_all(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_until_they_are_damaged_or_cleaned() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(&folder.path().join("a/b"));
        assert_eq!(cache.read("x"), None);
        cache.write("x", b"one");
        cache.write("x", b"two");
        cache.write("y.nodes", b"");
        assert_eq!(cache.read("x").as_deref(), Some(&b"two"[..]));
        assert_eq!(cache.read("y.nodes").as_deref(), Some(&b""[..]));
        let place = folder.path().join("a/b/x");
        for (at, _) in fs::read(&place).unwrap().iter().enumerate() {
            let mut bytes = fs::read(&place).unwrap();
            bytes[at] ^= 1;
            fs::write(folder.path().join("a/b/z"), bytes).unwrap();
            assert_eq!(cache.read("z"), None, "byte {at}");
        }
        cache.retain(|name| name == "x");
        let left: Vec<_> =
            fs::read_dir(folder.path().join("a/b")).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(left, ["x"]);
    }

    #[test]
    fn a_folder_that_cannot_be_used_is_an_empty_cache() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        for cache in [Cache::none(), Cache::open(&folder.path().join("file/below"))] {
            cache.write("x", b"one");
            assert_eq!(cache.read("x"), None);
            cache.retain(|_| false);
        }
        let cache = Cache::open(folder.path());
        cache.write("../x", b"one");
        cache.write(".x", b"one");
        assert_eq!((cache.read("../x"), cache.read(".x"), cache.read("")), (None, None, None));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
