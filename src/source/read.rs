//! Reads one source file: text for everything but assets.
//!
//! In: a file of [`Sources`]. Out: its text, or a finding when it is too large, no UTF-8, or holds characters
//! that deceive. The file is opened without following links and without waiting, and only if it is still a
//! plain file, whatever took its place since the walk.
//!
//! Not here: what the text means.

use std::fs::{File, OpenOptions};
use std::io::{BufReader, Read as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::diagnostic::{FileId, Findings, Message, Place};
use crate::source::characters::{self, Where};
use crate::source::encoding::{self, Decoded};
use crate::source::limits::{Limits, limit_passed};
use crate::source::walk::Sources;

/// Bytes read at once of a file of which little is wanted.
const HEAD: usize = 512;

/// Reads a text file; none when it was refused with a finding.
pub fn read_text(
    sources: &Sources,
    file: FileId,
    limits: &Limits,
    findings: &mut Findings,
) -> anyhow::Result<Option<String>> {
    let bytes = read_raw(sources, file, limits, findings)?;
    Ok(bytes.and_then(|bytes| decode_text(file, bytes, findings)))
}

/// Reads the bytes of a text file; none when it is too large, which is a finding.
pub fn read_raw(
    sources: &Sources,
    file: FileId,
    limits: &Limits,
    findings: &mut Findings,
) -> anyhow::Result<Option<Vec<u8>>> {
    let most = limits.file_bytes;
    let bytes = read_at_most(&place_of(sources, file)?, most as u64 + 1)?;
    if bytes.len() > most {
        let what = Message::new("文件字节数", "the size of the file in bytes");
        limit_passed(findings, Place::File(file), "file_bytes", most as u64, what);
        return Ok(None);
    }
    Ok(Some(bytes))
}

/// The text of a file's bytes; none when they are no text, which is a finding.
pub fn decode_text(file: FileId, bytes: Vec<u8>, findings: &mut Findings) -> Option<String> {
    match encoding::decode(bytes) {
        Decoded::Utf8(text) => {
            characters::report(file, &text, Where::WholeFile, findings);
            Some(text)
        }
        Decoded::NotText { seems, at, sample } => {
            encoding::report(file, seems, at, sample.as_deref(), findings);
            None
        }
    }
}

/// Reads the bytes of an asset.
pub fn read_bytes(sources: &Sources, file: FileId) -> anyhow::Result<Vec<u8>> {
    read_at_most(&place_of(sources, file)?, u64::MAX)
}

/// A file that is read no further than its reader wants.
pub fn open_file(sources: &Sources, file: FileId) -> anyhow::Result<BufReader<File>> {
    Ok(BufReader::with_capacity(HEAD, open_plain(&place_of(sources, file)?)?.0))
}

fn place_of(sources: &Sources, file: FileId) -> anyhow::Result<PathBuf> {
    let source = sources.file(file).with_context(|| format!("there is no source file number {}", file.0))?;
    Ok(sources.root.join(&source.path))
}

fn read_at_most(path: &Path, most: u64) -> anyhow::Result<Vec<u8>> {
    let (file, size) = open_plain(path)?;
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(most)).unwrap_or(0) + 1);
    file.take(most).read_to_end(&mut bytes).with_context(|| failed(path))?;
    Ok(bytes)
}

/// A plain file and its size.
fn open_plain(path: &Path) -> anyhow::Result<(File, u64)> {
    let file = open(path).with_context(|| failed(path))?;
    let metadata = file.metadata().with_context(|| failed(path))?;
    anyhow::ensure!(
        metadata.is_file(),
        "已不是普通文件 / this is no longer a plain file: {}",
        path.display()
    );
    Ok((file, metadata.len()))
}

fn failed(path: &Path) -> String {
    format!("无法读取源文件 / cannot read the source file: {}", path.display())
}

#[cfg(unix)]
fn open(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
    OpenOptions::new().read(true).custom_flags(flags.bits() as i32).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().read(true).open(path)
}
