//! One build at a time for one site folder.
//!
//! The lock is held by the system on an open file beside the site folder, so it ends with the process,
//! however that dies; that the file exists means nothing. The file is removed before the lock is let go,
//! and whoever locks a file that has lost its name tries again.
//!
//! Not here: what the lock protects.

use std::{
    fs::{File, TryLockError},
    io,
    path::{Path, PathBuf},
};

use super::{
    Disk,
    error::{Act, PublishError},
};

/// How often a lock file may vanish between opening and locking it before that counts as being locked.
const TRIES: usize = 100;

/// A lock that is held until this is dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    disk: Disk,
    path: PathBuf,
    file: Option<File>,
}

impl Lock {
    /// Takes the lock or says that another build has it; never waits.
    pub(crate) fn take(disk: &Disk, path: &Path, out: &Path) -> Result<Lock, PublishError> {
        for _ in 0..TRIES {
            let file = match disk.open_lock(path) {
                Err(error) if is_sharing_violation(&error) => {
                    return Err(PublishError::Locked(out.to_path_buf()));
                }
                opened => opened.map_err(PublishError::failed(Act::Lock, path))?,
            };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(PublishError::Locked(out.to_path_buf())),
                Err(TryLockError::Error(error)) => return Err(PublishError::failed(Act::Lock, path)(error)),
            }
            if still_has_its_name(disk, &file, path) {
                return Ok(Lock { disk: disk.clone(), path: path.to_path_buf(), file: Some(file) });
            }
        }
        Err(PublishError::Locked(out.to_path_buf()))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if cfg!(windows) {
            // Nobody can open the file while it is open here, nor remove it while it is open elsewhere.
            self.file = None;
        }
        // A lock file that stays does no harm: the next build locks and removes it.
        let _ = self.disk.remove_file(&self.path);
        if let Some(file) = &self.file {
            // Closing is not enough while a child process that was just forked still holds the file as well.
            let _ = file.unlock();
        }
    }
}

#[cfg(unix)]
fn still_has_its_name(disk: &Disk, file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), disk.look(path)) {
        (Ok(held), Ok(Some(named))) => (held.dev(), held.ino()) == (named.dev(), named.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn still_has_its_name(disk: &Disk, _: &File, path: &Path) -> bool {
    matches!(disk.look(path), Ok(Some(_)))
}

/// `ERROR_SHARING_VIOLATION`: on Windows the file is opened unshared.
fn is_sharing_violation(error: &io::Error) -> bool {
    cfg!(windows) && error.raw_os_error() == Some(32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

    #[test]
    fn a_second_lock_is_refused_until_the_first_is_dropped_and_no_file_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let take = || Lock::take(&Disk::new(), &path, folder.path());
        let first = take().unwrap();
        assert!(matches!(take(), Err(PublishError::Locked(_))));
        drop(first);
        assert!(!path.exists());
        assert!(take().is_ok());
    }

    #[test]
    fn a_file_left_by_a_dead_build_locks_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        std::fs::write(&path, "").unwrap();
        assert!(Lock::take(&Disk::new(), &path, folder.path()).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_locked_file_whose_name_is_gone_or_another_files_is_no_lock() {
        let folder = tempfile::tempdir().unwrap();
        let (path, next) = (folder.path().join("lock"), folder.path().join("next"));
        let file = Disk::new().open_lock(&path).unwrap();
        assert!(still_has_its_name(&Disk::new(), &file, &path));
        std::fs::write(&next, "").unwrap();
        std::fs::rename(&next, &path).unwrap();
        assert!(!still_has_its_name(&Disk::new(), &file, &path));
        std::fs::remove_file(&path).unwrap();
        assert!(!still_has_its_name(&Disk::new(), &file, &path));
    }

    #[test]
    fn two_never_hold_the_lock_at_once_though_its_file_comes_and_goes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let (inside, taken) = (AtomicBool::new(false), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    while taken.load(Ordering::SeqCst) < 2000 {
                        let Ok(_lock) = Lock::take(&Disk::new(), &path, folder.path()) else { continue };
                        assert!(!inside.swap(true, Ordering::SeqCst));
                        taken.fetch_add(1, Ordering::SeqCst);
                        inside.store(false, Ordering::SeqCst);
                    }
                });
            }
        });
        assert!(!path.exists());
    }
}
