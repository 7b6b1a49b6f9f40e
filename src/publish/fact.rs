//! What is known of a file without its bytes: its size and its hash.
//!
//! In: bytes, whole or chunk by chunk. Out: a [`FileFact`]. Not here: where the file stands (`manifest`).

use std::io;

use sha2::{Digest, Sha256};

/// The bytes of one file, chunk by chunk and the same each time, so that a large one need not be held whole.
pub trait Chunks {
    /// Shows every chunk, until `take` fails.
    fn each(&self, take: &mut dyn FnMut(&[u8]) -> io::Result<()>) -> io::Result<()>;
}

impl<B: AsRef<[u8]> + ?Sized> Chunks for B {
    fn each(&self, take: &mut dyn FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
        take(self.as_ref())
    }
}

/// Size and hash of one published file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileFact {
    /// Bytes.
    pub size: u64,
    /// SHA-256.
    pub sha256: [u8; 32],
}

impl FileFact {
    /// Measures and hashes a file's bytes.
    pub fn of(bytes: &(impl Chunks + ?Sized)) -> FileFact {
        let mut measure = Measure::default();
        let measured = bytes.each(&mut |chunk| {
            measure.feed(chunk);
            Ok(())
        });
        debug_assert!(measured.is_ok(), "chunks fail only when who takes them does");
        measure.fact()
    }
}

/// Measures a file whose bytes come chunk by chunk.
#[derive(Clone, Debug, Default)]
pub struct Measure {
    size: u64,
    hash: Sha256,
}

impl Measure {
    /// Takes in what follows.
    pub fn feed(&mut self, chunk: &[u8]) {
        self.size += chunk.len() as u64;
        self.hash.update(chunk);
    }

    /// The fact about all that was taken in.
    pub fn fact(self) -> FileFact {
        FileFact { size: self.size, sha256: self.hash.finalize().into() }
    }
}
