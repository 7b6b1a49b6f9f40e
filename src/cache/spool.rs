//! Bytes that are laid aside on the disk for the rest of a run, where memory would be short.
//!
//! In: bytes. Out: where they lie, and the same bytes when they are asked for. The file loses its name before anything is in it,
//! so that a build that dies leaves nothing behind; where an open file has to keep its name, it goes at the end of the run or with the
//! next tidying of the cache. Bytes that do not come back as they were are an error.
//!
//! Not here: what to do where nothing can be written (who lays aside keeps them in memory), and what outlives a run (`cache`).

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use xxhash_rust::xxh3::xxh3_64;

/// A file of bytes laid aside; it goes when this is dropped.
#[derive(Debug)]
pub struct Spool {
    file: Mutex<Laying>,
    /// Where it still has a name.
    named: Option<PathBuf>,
}

#[derive(Debug)]
struct Laying {
    file: File,
    end: u64,
}

/// Where some bytes lie.
#[derive(Clone, Copy, Debug)]
pub struct Laid {
    at: u64,
    length: usize,
    hash: u64,
}

impl Laid {
    /// How many bytes.
    pub fn length(self) -> usize {
        self.length
    }
}

impl Spool {
    /// A new file in this folder, which is made if need be.
    pub(super) fn open(folder: &Path) -> io::Result<Spool> {
        fs::create_dir_all(folder)?;
        // No name of the cache begins with a dot: whatever does is removed in the end.
        let path = folder.join(format!(".aside.{}.new", std::process::id()));
        let open = || OpenOptions::new().read(true).write(true).create_new(true).open(&path);
        let file = open().or_else(|error| {
            // Of a build that died and had the same number.
            fs::remove_file(&path).map_err(|_| error)?;
            open()
        })?;
        let named = fs::remove_file(&path).is_err().then_some(path);
        Ok(Spool { file: Mutex::new(Laying { file, end: 0 }), named })
    }

    /// Lays texts aside, all of them or none.
    pub fn lay<T: AsRef<[u8]>>(&self, texts: &[T]) -> io::Result<Vec<Laid>> {
        let mut bytes = Vec::with_capacity(texts.iter().map(|text| text.as_ref().len()).sum());
        texts.iter().for_each(|text| bytes.extend_from_slice(text.as_ref()));
        let mut laying = self.laying();
        let mut at = laying.end;
        laying.file.seek(SeekFrom::Start(at))?;
        laying.file.write_all(&bytes)?;
        laying.end += bytes.len() as u64;
        let laid = texts.iter().map(|text| {
            let text = text.as_ref();
            let laid = Laid { at, length: text.len(), hash: xxh3_64(text) };
            at += text.len() as u64;
            laid
        });
        Ok(laid.collect())
    }

    /// The bytes that lie there.
    pub fn read(&self, laid: Laid) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; laid.length];
        let mut laying = self.laying();
        laying.file.seek(SeekFrom::Start(laid.at))?;
        laying.file.read_exact(&mut bytes)?;
        drop(laying);
        let is_same = xxh3_64(&bytes) == laid.hash;
        is_same.then_some(bytes).ok_or_else(|| io::ErrorKind::InvalidData.into())
    }

    fn laying(&self) -> MutexGuard<'_, Laying> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Spool {
    fn drop(&mut self) {
        if let Some(path) = &self.named {
            let _ = fs::remove_file(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_laid_aside_comes_back_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let below = folder.path().join("a/b");
        // What a dead build of the same number left.
        fs::create_dir_all(&below).unwrap();
        fs::write(below.join(format!(".aside.{}.new", std::process::id())), "old").unwrap();
        let spool = Spool::open(&below).unwrap();
        let first = spool.lay(&["one", "", "three"]).unwrap();
        let other = spool.lay(&[vec![7u8; 100_000]]).unwrap();
        let read =
            |laid: &[Laid]| -> Vec<Vec<u8>> { laid.iter().map(|laid| spool.read(*laid).unwrap()).collect() };
        assert_eq!(read(&first), [b"one".to_vec(), Vec::new(), b"three".to_vec()]);
        assert_eq!(read(&other), [vec![7; 100_000]]);
        assert_eq!(first.iter().map(|laid| laid.length()).collect::<Vec<_>>(), [3, 0, 5]);
        drop(spool);
        assert_eq!(fs::read_dir(&below).unwrap().count(), 0);
    }

    #[test]
    fn bytes_that_have_changed_are_an_error_and_never_others() {
        let folder = tempfile::tempdir().unwrap();
        let spool = Spool::open(folder.path()).unwrap();
        let laid = spool.lay(&["one", "two"]).unwrap();
        let mut file = spool.laying().file.try_clone().unwrap();
        file.seek(SeekFrom::Start(3)).unwrap();
        file.write_all(b"x").unwrap();
        assert_eq!(spool.read(laid[0]).unwrap(), b"one");
        assert_eq!(spool.read(laid[1]).unwrap_err().kind(), io::ErrorKind::InvalidData);
        file.set_len(4).unwrap();
        assert_eq!(spool.read(laid[1]).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    }
}
