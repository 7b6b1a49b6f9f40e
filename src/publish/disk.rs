//! Every file-system call that publishing makes, in one place, so that tests can let any of them fail.
//!
//! In: paths and bytes. Out: what `std::fs` says, plus the few calls that only Linux has; each of those has a
//! way round it in `switch` and `staging`, and [`Lack`] makes Linux take that way in tests.
//!
//! Not here: what the files mean. No call follows a symbolic link in its last part.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufRead, Read, Seek, SeekFrom, Write},
    path::Path,
    sync::Arc,
    time::SystemTime,
};

use sha2::{Digest, Sha256};

use super::fact::{Chunks, FileFact};
use super::fault::{self, Call, Fault, FaultPlan, Faults};
use super::system;
use crate::text::ContentHash;

/// Something that not every system or file system can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// Exchanging two folders in one step.
    Exchange,
    /// One sync for a whole file system.
    SyncAll,
    /// Hard links.
    Links,
}

/// The file system, with what it is made to lack or to fail at.
#[derive(Clone, Debug, Default)]
pub struct Disk {
    lacks: Vec<Lack>,
    faults: Option<Arc<Faults>>,
}

/// So much of a file is read at once.
const READ_AT_ONCE: usize = 1 << 18;

/// What stands under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    File,
    Folder,
    Other,
}

/// A name in a folder, and how the file system numbers what stands there; 0 where it does not tell.
pub(crate) type Named = (std::ffi::OsString, Kind, u64);

/// Free bytes, block size and free names of a file system.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room {
    pub bytes: u64,
    pub block: u64,
    pub names: u64,
}

impl Disk {
    /// The file system as it is.
    pub fn new() -> Disk {
        Disk::default()
    }

    /// The file system with one failure on purpose.
    pub fn with_faults(plan: FaultPlan) -> Disk {
        Disk { lacks: Vec::new(), faults: Some(Arc::new(Faults::new(plan))) }
    }

    /// The same without an ability, as on another system.
    pub fn lacking(mut self, lack: Lack) -> Disk {
        self.lacks.push(lack);
        self
    }

    pub(crate) fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.count(Call::Grow)?;
        fs::create_dir(path)
    }

    /// Makes a folder and those above it that are not there yet.
    pub(crate) fn make_folders(&self, path: &Path) -> io::Result<()> {
        if path.as_os_str().is_empty() || path.is_dir() {
            return Ok(());
        }
        if let Some(above) = path.parent() {
            self.make_folders(above)?;
        }
        match self.make_folder(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            other => other,
        }
    }

    /// Writes a file that must not exist yet.
    pub(crate) fn write_new(&self, path: &Path, bytes: &(impl Chunks + ?Sized)) -> io::Result<()> {
        self.count(Call::Grow)?;
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        let fault = self.due(Call::Grow);
        bytes.each(&mut |chunk| match fault {
            Some(fault) => {
                file.write_all(chunk.get(..chunk.len() / 2).unwrap_or(chunk))?;
                Err(fault::strike(fault))
            }
            None => file.write_all(chunk),
        })?;
        fault.map_or(Ok(()), |fault| Err(fault::strike(fault)))
    }

    /// The bytes of a regular file of just this size; `None` when there is no such file.
    pub(crate) fn read_file(&self, path: &Path, size: u64) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        self.read_into(path, size, &mut bytes)?;
        Some(bytes)
    }

    /// Like [`Disk::read_file`], into a buffer that may be used again: only the bytes returned are those of the file.
    pub(crate) fn read_into<'b>(&self, path: &Path, size: u64, buffer: &'b mut Vec<u8>) -> Option<&'b [u8]> {
        let mut file = self.open_sized(path, size)?;
        let size = usize::try_from(size).ok()?;
        if buffer.is_empty() {
            *buffer = vec![0; size];
        } else if buffer.len() < size {
            buffer.resize(size, 0);
        }
        let bytes = buffer.get_mut(..size)?;
        file.read_exact(bytes).ok()?;
        Some(bytes)
    }

    /// The content key of a regular file of just this size, read through a buffer that may be used again.
    pub(crate) fn content_key(&self, path: &Path, size: u64, buffer: &mut Vec<u8>) -> Option<u128> {
        let mut file = self.open_sized(path, size)?;
        if buffer.len() < READ_AT_ONCE {
            buffer.resize(READ_AT_ONCE, 0);
        }
        let (mut left, mut key) = (usize::try_from(size).ok()?, ContentHash::default());
        while left > 0 {
            let bytes = buffer.get_mut(..left.min(READ_AT_ONCE))?;
            file.read_exact(bytes).ok()?;
            left -= bytes.len();
            key.feed(bytes);
        }
        Some(key.digest())
    }

    /// Opens a regular file of just this size.
    fn open_sized(&self, path: &Path, size: u64) -> Option<File> {
        self.count(Call::Look).ok()?;
        let file = open_no_link(path).ok()?;
        let met = file.metadata().ok()?;
        (met.is_file() && met.len() == size).then_some(file)
    }

    /// Shows a regular file line by line; `None` when it was not the file of this size and hash.
    pub(crate) fn read_lines(&self, path: &Path, fact: &FileFact, show: &mut dyn FnMut(&[u8])) -> Option<()> {
        let file = self.open_sized(path, fact.size)?;
        let mut reader = io::BufReader::with_capacity(1 << 16, file);
        let (mut hash, mut line) = (Sha256::new(), Vec::new());
        while reader.read_until(b'\n', &mut line).ok()? > 0 {
            hash.update(&line);
            show(&line);
            line.clear();
        }
        let hash: [u8; 32] = hash.finalize().into();
        (hash == fact.sha256).then_some(())
    }

    /// So many bytes of a regular file of a known size, from some place on.
    pub(crate) fn read_part(&self, path: &Path, size: u64, from: u64, length: usize) -> Option<Vec<u8>> {
        let mut file = self.open_sized(path, size)?;
        file.seek(SeekFrom::Start(from)).ok()?;
        let mut bytes = Vec::with_capacity(length);
        file.take(length as u64).read_to_end(&mut bytes).ok()?;
        (bytes.len() == length).then_some(bytes)
    }

    /// The bytes of a regular file of at most `limit` bytes.
    pub(crate) fn read_up_to(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        self.count(Call::Look)?;
        let file = open_no_link(path)?;
        let met = file.metadata()?;
        if !met.is_file() || met.len() > limit {
            return Err(io::Error::from(io::ErrorKind::InvalidData));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(met.len()).unwrap_or(0));
        file.take(limit).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    pub(crate) fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.count(Call::Grow)?;
        if self.lacks(Lack::Links) {
            return Err(io::Error::from(io::ErrorKind::Unsupported));
        }
        fs::hard_link(from, to)
    }

    pub(crate) fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.count(Call::Move)?;
        fs::rename(from, to)
    }

    /// Lets two folders change places in one step; `Unsupported` where that does not exist.
    pub(crate) fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        self.count(Call::Move)?;
        if self.lacks(Lack::Exchange) {
            return Err(io::Error::from(io::ErrorKind::Unsupported));
        }
        system::exchange(one, other)
    }

    pub(crate) fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.count(Call::Remove)?;
        fs::remove_file(path)
    }

    pub(crate) fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.count(Call::Remove)?;
        fs::remove_dir(path)
    }

    /// The names in a folder, in the order of the file system.
    pub(crate) fn list(&self, folder: &Path) -> io::Result<Vec<Named>> {
        let mut names = Vec::new();
        self.each_name(folder, &mut |name| names.push(name)).map(|()| names)
    }

    /// Shows the same without holding them: there may be a million.
    pub(crate) fn each_name(&self, folder: &Path, show: &mut dyn FnMut(Named)) -> io::Result<()> {
        self.count(Call::Look)?;
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let kind = match entry.file_type()? {
                kind if kind.is_dir() => Kind::Folder,
                kind if kind.is_file() => Kind::File,
                _ => Kind::Other,
            };
            show((entry.file_name(), kind, system::number(&entry)));
        }
        Ok(())
    }

    /// What stands at a path itself, not where a link leads.
    pub(crate) fn look(&self, path: &Path) -> io::Result<Option<fs::Metadata>> {
        self.count(Call::Look)?;
        match fs::symlink_metadata(path) {
            Ok(met) => Ok(Some(met)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub(crate) fn set_modified(&self, path: &Path, time: SystemTime) -> io::Result<()> {
        self.count(Call::Grow)?;
        OpenOptions::new().write(true).open(path)?.set_modified(time)
    }

    pub(crate) fn set_permissions(&self, path: &Path, permissions: fs::Permissions) -> io::Result<()> {
        self.count(Call::Look)?;
        fs::set_permissions(path, permissions)
    }

    /// Waits until a file's bytes are on the disk.
    pub(crate) fn sync_file(&self, path: &Path) -> io::Result<()> {
        self.count(Call::Grow)?;
        OpenOptions::new().write(true).open(path)?.sync_all()
    }

    /// Waits until the names in a folder are on the disk; systems other than Unix cannot be asked to.
    pub(crate) fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.count(Call::Grow)?;
        if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
    }

    /// Waits until everything on the file system of `path` is on the disk; `Unsupported` elsewhere than on Linux.
    pub(crate) fn sync_all(&self, path: &Path) -> io::Result<()> {
        self.count(Call::Grow)?;
        if self.lacks(Lack::SyncAll) {
            return Err(io::Error::from(io::ErrorKind::Unsupported));
        }
        system::sync_all(path)
    }

    /// Opens, and makes if need be, the file that is locked.
    pub(crate) fn open_lock(&self, path: &Path) -> io::Result<File> {
        self.count(Call::Grow)?;
        lock_options().create(true).truncate(false).write(true).open(path)
    }

    /// What is free on the file system of `path`, where the system can say.
    pub(crate) fn room(&self, path: &Path) -> Option<Room> {
        system::room(path)
    }

    /// Whether `out` is the root of another file system than the folder it stands in.
    pub(crate) fn is_mount_point(&self, out: &Path, above: &Path) -> io::Result<bool> {
        self.count(Call::Look)?;
        system::is_mount_point(out, above)
    }

    fn lacks(&self, lack: Lack) -> bool {
        self.lacks.contains(&lack)
    }

    fn due(&self, call: Call) -> Option<Fault> {
        self.faults.as_ref().and_then(|faults| faults.due(call))
    }

    fn count(&self, call: Call) -> io::Result<()> {
        self.due(call).map_or(Ok(()), |fault| Err(fault::strike(fault)))
    }
}

/// Opens for reading; a symbolic link is an error, and a pipe does not make the build wait.
fn open_no_link(path: &Path) -> io::Result<File> {
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits();
        OpenOptions::new().read(true).custom_flags(flags as i32).open(path)
    }
    #[cfg(not(unix))]
    {
        if fs::symlink_metadata(path)?.file_type().is_symlink() {
            return Err(io::Error::from(io::ErrorKind::InvalidInput));
        }
        File::open(path)
    }
}

/// On Windows a file that is open unshared cannot be opened or removed by anyone else: that is the lock.
fn lock_options() -> OpenOptions {
    #[cfg_attr(not(any(unix, windows)), expect(unused_mut))]
    let mut options = OpenOptions::new();
    #[cfg(windows)]
    std::os::windows::fs::OpenOptionsExt::share_mode(&mut options, 0);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, rustix::fs::OFlags::NOFOLLOW.bits() as i32);
    options
}
