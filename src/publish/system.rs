//! What one system can do and another cannot: calls of Linux or Unix, each with what stands in for it elsewhere.
//!
//! In: paths. Out: what the system says; `Unsupported` where it has no such call. Not here: when they are made (`disk`).

use std::{
    fs::{self, File},
    io,
    path::Path,
};

use super::disk::Room;

#[cfg(unix)]
pub(super) fn number(entry: &fs::DirEntry) -> u64 {
    std::os::unix::fs::DirEntryExt::ino(entry)
}

#[cfg(not(unix))]
pub(super) fn number(_: &fs::DirEntry) -> u64 {
    0
}

#[cfg(target_os = "linux")]
pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::{fs, io::Errno};
    match fs::renameat_with(fs::CWD, one, fs::CWD, other, fs::RenameFlags::EXCHANGE) {
        // EPERM: a sandbox that does not know the call. A true EPERM fails the renames as well.
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP | Errno::PERM) => {
            Err(io::Error::from(io::ErrorKind::Unsupported))
        }
        other => Ok(other?),
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::Error::from(io::ErrorKind::Unsupported))
}

#[cfg(target_os = "linux")]
pub(super) fn sync_all(path: &Path) -> io::Result<()> {
    match rustix::fs::syncfs(File::open(path)?) {
        Err(rustix::io::Errno::NOSYS) => Err(io::Error::from(io::ErrorKind::Unsupported)),
        other => Ok(other?),
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn sync_all(_: &Path) -> io::Result<()> {
    Err(io::Error::from(io::ErrorKind::Unsupported))
}

#[cfg(unix)]
pub(super) fn room(path: &Path) -> Option<Room> {
    let found = rustix::fs::statvfs(path).ok()?;
    // Some file systems count no names and say 0 of 0.
    let names = if found.f_files == 0 { u64::MAX } else { found.f_favail };
    Some(Room { bytes: found.f_bavail.saturating_mul(found.f_frsize), block: found.f_frsize, names })
}

#[cfg(not(unix))]
pub(super) fn room(_: &Path) -> Option<Room> {
    None
}

#[cfg(unix)]
pub(super) fn is_mount_point(out: &Path, above: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    Ok(fs::symlink_metadata(out)?.dev() != fs::metadata(above)?.dev())
}

#[cfg(not(unix))]
pub(super) fn is_mount_point(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}
