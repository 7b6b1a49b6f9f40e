//! One release on its way: outputs come in from many workers, the whole goes out in one step.
//!
//! In: routes and bytes, in any order. Out: the site folder, switched at once, or an error and the old site
//! as it was. A file that the old release holds byte for byte is hard-linked, so it keeps its time; if no file
//! differs at all the old folder stays and only its manifest is renewed.
//!
//! Not here: what the bytes mean. Dropping a [`Stage`] removes the staging folder and lets go of the lock.

use std::{
    cell::RefCell,
    io,
    path::PathBuf,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use super::{
    Destination, Disk, Published,
    error::{Act, PublishError},
    fact::{Chunks, FileFact},
    finish,
    lock::Lock,
    manifest::{Entry, Manifest, ReleaseFacts},
    old::{self, Old},
    spare::{Name, Spare, remove_name},
    switch::{self, Places},
    tree::{self, Fleeting},
};
use crate::route::Route;

/// A worker's buffer for old files keeps this size; the few files that are larger get one of their own.
const BUFFER_LIMIT: usize = 1 << 20;

thread_local! {
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Where an output of the new release is at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Held {
    /// Written into staging.
    Written,
    /// Linked into staging.
    Linked,
    /// Its name stood in staging from the beginning.
    Spared,
    /// Proved to stand in the old release; not in staging yet.
    Old,
}

impl Held {
    /// Whether the release before has just this file too.
    pub(crate) fn is_named_twice(self) -> bool {
        matches!(self, Held::Linked | Held::Spared)
    }
}

/// A release that is being put together.
// Fields drop in this order: staging goes before the lock is let go.
#[derive(Debug)]
pub struct Stage {
    _staging: Fleeting,
    pub(crate) disk: Disk,
    pub(crate) places: Places,
    pub(crate) destination: Destination,
    pub(crate) old: Old,
    /// What of the old release had its name in staging from the beginning, by the places in its manifest; may be empty.
    pub(crate) spared: Vec<Name>,
    /// Where second names are kept.
    pub(crate) spare: Option<Spare>,
    outputs: Mutex<Vec<(Entry, Held)>>,
    /// A file differs from the old release, so the folder will be switched.
    differs: AtomicBool,
    /// The disk is full; sizes are still counted, so that the message can say what is needed.
    full: AtomicBool,
    _lock: Lock,
}

impl Stage {
    /// Takes the lock, repairs what a dead build left, reads the old release and makes the staging folder.
    pub fn begin(destination: &Destination, disk: Disk) -> anyhow::Result<Stage> {
        Ok(begin(destination, disk)?)
    }

    /// The manifest of the release that stands in the site folder, if it is a sound one.
    pub fn old_release(&self) -> Option<&Manifest> {
        self.old.manifest.as_ref()
    }

    /// The bytes of a file of the old release, if it is as that release left it.
    pub fn old_bytes(&self, route: &Route) -> Option<Vec<u8>> {
        let fact = self.old_release()?.fact(route)?;
        let bytes = self.disk.read_file(&self.old_path(route), fact.size)?;
        (FileFact::of(&bytes) == *fact).then_some(bytes)
    }

    /// Shows a file of the old release line by line; `None` when it is not as that release left it, which shows only at
    /// the end: then forget what the lines said.
    pub fn old_lines(&self, route: &Route, show: &mut dyn FnMut(&[u8])) -> Option<()> {
        let fact = self.old_release()?.fact(route)?;
        self.disk.read_lines(&self.old_path(route), fact, show)
    }

    /// So many bytes of a file of the old release from some place on. Nothing is proved but the size of the file: the caller
    /// has to know the bytes.
    pub fn old_part(&self, route: &Route, from: u64, length: usize) -> Option<Vec<u8>> {
        let fact = self.old_release()?.fact(route)?;
        self.disk.read_part(&self.old_path(route), fact.size, from, length)
    }

    /// Takes in one output. When the disk runs full this still succeeds and [`Stage::finish`] fails, then
    /// knowing how much room the whole release needs.
    pub fn put(&self, route: &Route, bytes: &(impl Chunks + ?Sized)) -> anyhow::Result<FileFact> {
        let fact = FileFact::of(bytes);
        self.put_measured(route, bytes, fact)?;
        Ok(fact)
    }

    /// Like [`Stage::put`] for bytes of which the caller knows the fact.
    pub fn put_measured(
        &self,
        route: &Route,
        bytes: &(impl Chunks + ?Sized),
        fact: FileFact,
    ) -> anyhow::Result<()> {
        let stands = self.old.manifest.as_ref().is_some_and(|old| old.fact(route) == Some(&fact))
            && (self.spared(route) == Name::Proved
                || self
                    .disk
                    .read_file(&self.old_path(route), fact.size)
                    .is_some_and(|old| is_same(&old, bytes)));
        let held = if stands { self.take_over(route, &fact)? } else { self.write(route, bytes)? };
        self.note(route, fact, held);
        Ok(())
    }

    /// Takes over an output that was not rendered anew and shows its bytes to `look`; `None`, and nothing
    /// taken, when the old release does not hold just these bytes.
    pub fn keep(
        &self,
        route: &Route,
        fact: &FileFact,
        look: &mut dyn FnMut(&[u8]) -> anyhow::Result<()>,
    ) -> anyhow::Result<Option<()>> {
        self.keep_seen(route, fact, &|bytes| FileFact::of(bytes) == *fact, look)
    }

    /// Like [`Stage::keep`] for bytes that nobody has to see, with a cheaper proof: that they have the content key of those
    /// of `fact`. A large file is never held whole.
    pub fn keep_proved(&self, route: &Route, fact: &FileFact, key: u128) -> anyhow::Result<Option<()>> {
        let is_known = self.spared(route) == Name::Proved
            && self.old_release().is_some_and(|old| old.fact(route) == Some(fact));
        if !is_known {
            let mut buffer = BUFFER.take();
            let met = self.disk.content_key(&self.old_path(route), fact.size, &mut buffer);
            BUFFER.set(buffer);
            if met != Some(key) {
                return Ok(None);
            }
        }
        let held = self.take_over(route, fact)?;
        self.note(route, *fact, held);
        Ok(Some(()))
    }

    /// Takes over an output that was not rendered anew and shows its bytes to `look`, with the caller's proof that the old
    /// file's bytes are those of `fact`.
    pub fn keep_seen(
        &self,
        route: &Route,
        fact: &FileFact,
        is_same: &dyn Fn(&[u8]) -> bool,
        look: &mut dyn FnMut(&[u8]) -> anyhow::Result<()>,
    ) -> anyhow::Result<Option<()>> {
        let mut buffer = BUFFER.take();
        let bytes = self.disk.read_into(&self.old_path(route), fact.size, &mut buffer);
        let Some(bytes) = bytes.filter(|bytes| is_same(bytes)) else { return Ok(None) };
        look(bytes)?;
        if buffer.len() <= BUFFER_LIMIT {
            BUFFER.set(buffer);
        }
        let held = self.take_over(route, fact)?;
        self.note(route, *fact, held);
        Ok(Some(()))
    }

    /// Publishes: manifest, one sync, proof of completeness, one switch, old release removed. On an error the
    /// old site is untouched and staging is gone.
    pub fn finish(self, release: ReleaseFacts) -> anyhow::Result<Published> {
        Ok(finish::finish(self, release)?)
    }

    pub(crate) fn old_path(&self, route: &Route) -> PathBuf {
        self.places.out.join(route.as_str())
    }

    pub(crate) fn staged_path(&self, route: &Route) -> PathBuf {
        self.places.staging.join(route.as_str())
    }

    /// Whether the disk ran full.
    pub(crate) fn is_full(&self) -> bool {
        self.full.load(Ordering::Acquire)
    }

    /// Every output taken in so far, handed over once.
    pub(crate) fn outputs(&mut self) -> Vec<(Entry, Held)> {
        std::mem::take(self.outputs.get_mut().unwrap_or_else(PoisonError::into_inner))
    }

    /// Brings a proved file of the old release into staging: by a link, or by a copy with the same time.
    pub(crate) fn carry(&self, route: &Route, fact: &FileFact) -> Result<Held, PublishError> {
        let (from, to) = (self.old_path(route), self.staged_path(route));
        let linked = self.in_its_folder(route, || self.disk.link(&from, &to));
        if linked.is_ok() {
            return Ok(Held::Linked);
        }
        let read = PublishError::failed(Act::Read, &from);
        let bytes = self.disk.read_file(&from, fact.size).filter(|bytes| FileFact::of(bytes) == *fact);
        let bytes = bytes.ok_or_else(|| PublishError::StagingDiffers { route: route.to_string() })?;
        let met = self.disk.look(&from).and_then(|met| met.ok_or(io::ErrorKind::NotFound.into()));
        let time = met.and_then(|met| met.modified()).map_err(read)?;
        self.write_file(route, &bytes)?;
        // A file system that keeps no times loses nothing but the time.
        let _ = self.disk.set_modified(&to, time);
        Ok(Held::Written)
    }

    /// Whether the old file of this route had its name in staging from the beginning.
    pub(crate) fn spared(&self, route: &Route) -> Name {
        if self.spared.is_empty() {
            return Name::Missing;
        }
        let place = self.old_release().and_then(|old| old.place(route.as_str()));
        place.and_then(|at| self.spared.get(at)).copied().unwrap_or_default()
    }

    fn take_over(&self, route: &Route, fact: &FileFact) -> Result<Held, PublishError> {
        if self.spared(route) != Name::Missing {
            return Ok(Held::Spared);
        }
        // Once it is known that the folder will be switched, workers link as they go.
        if !self.differs.load(Ordering::Relaxed) || self.is_full() {
            return Ok(Held::Old);
        }
        match self.carry(route, fact) {
            Err(error) if self.runs_full(&error) => Ok(Held::Old),
            carried => carried,
        }
    }

    fn write(&self, route: &Route, bytes: &(impl Chunks + ?Sized)) -> Result<Held, PublishError> {
        self.differs.store(true, Ordering::Relaxed);
        if self.is_full() {
            return Ok(Held::Written);
        }
        match self.write_file(route, bytes) {
            Err(error) if self.runs_full(&error) => Ok(Held::Written),
            written => written.map(|()| Held::Written),
        }
    }

    /// Whether the disk is full, now or since another worker met it; staging is then cleared at once.
    fn runs_full(&self, error: &PublishError) -> bool {
        if error.is_no_room() && !self.full.swap(true, Ordering::AcqRel) {
            let _ = tree::remove(&self.disk, &self.places.staging);
        }
        self.is_full()
    }

    fn write_file(&self, route: &Route, bytes: &(impl Chunks + ?Sized)) -> Result<(), PublishError> {
        let path = self.staged_path(route);
        if self.spared(route) != Name::Missing {
            // Never into the file itself: it is that of the site.
            self.disk.remove_file(&path).map_err(PublishError::failed(Act::Remove, &path))?;
        }
        self.in_its_folder(route, || self.disk.write_new(&path, bytes))
            .map_err(PublishError::failed(Act::Write, &path))
    }

    /// Tries, and tries again with the folders made when they are what is missing, and with what stands in the way removed.
    fn in_its_folder(&self, route: &Route, attempt: impl Fn() -> io::Result<()>) -> io::Result<()> {
        use io::ErrorKind::{AlreadyExists, IsADirectory, NotADirectory, NotFound};
        let Err(error) = attempt() else { return Ok(()) };
        let is_in_the_way = matches!(error.kind(), AlreadyExists | IsADirectory | NotADirectory)
            && !self.spared.is_empty()
            && self.clear_way(route)?;
        if !is_in_the_way && (error.kind() != NotFound || route.depth() == 0) {
            return Err(error);
        }
        if let Some(folder) = self.staged_path(route).parent() {
            self.disk.make_folders(folder)?;
        }
        attempt()
    }

    /// Removes files of the old release where the new one has a folder, and folders where it has a file; whether there were any.
    fn clear_way(&self, route: &Route) -> io::Result<bool> {
        let (path, mut removed) = (self.staged_path(route), false);
        for (end, _) in route.as_str().match_indices('/') {
            let above = route.as_str().get(..end).and_then(|above| Route::parse(above).ok());
            if let Some(above) = above.filter(|above| self.spared(above) != Name::Missing) {
                remove_name(&self.disk, &self.staged_path(&above))?;
                removed = true;
            }
        }
        if self.disk.look(&path).ok().flatten().is_some_and(|met| met.is_dir()) {
            tree::remove(&self.disk, &path).map_err(|_| io::ErrorKind::AlreadyExists)?;
            removed = true;
        }
        Ok(removed)
    }

    fn note(&self, route: &Route, fact: FileFact, held: Held) {
        let entry = Entry { route: route.clone(), fact };
        self.outputs.lock().unwrap_or_else(PoisonError::into_inner).push((entry, held));
    }
}

/// Whether a file that was read has just these bytes.
fn is_same(read: &[u8], bytes: &(impl Chunks + ?Sized)) -> bool {
    let mut rest = read;
    let compared = bytes.each(&mut |chunk| {
        rest = rest.strip_prefix(chunk).ok_or(io::ErrorKind::InvalidData)?;
        Ok(())
    });
    compared.is_ok() && rest.is_empty()
}

fn begin(destination: &Destination, disk: Disk) -> Result<Stage, PublishError> {
    let places = Places::of(&destination.out)?;
    disk.make_folders(&places.above).map_err(PublishError::failed(Act::MakeFolder, &places.above))?;
    let lock = Lock::take(&disk, &places.lock, &places.out)?;
    switch::repair(&disk, &places)?;
    let old = old::meet(&disk, &places)?;
    let (spare, spared) = Spare::begin(&disk, &places, destination.spare.as_deref(), &old);
    let made = if spared.is_empty() { disk.make_folder(&places.staging) } else { Ok(()) };
    let staging = Fleeting { disk: disk.clone(), path: places.staging.clone() };
    let made = made.map_err(PublishError::failed(Act::MakeFolder, &places.staging));
    let full = made.as_ref().is_err_and(PublishError::is_no_room);
    if !full {
        made?;
    }
    if let Ok(Some(met)) = disk.look(&places.out) {
        // The new folder is as open to others as the old one; where that cannot be, it is as open as any new one.
        let _ = disk.set_permissions(&places.staging, met.permissions());
    }
    Ok(Stage {
        _staging: staging,
        disk,
        places,
        destination: destination.clone(),
        old,
        spared,
        spare,
        outputs: Mutex::new(Vec::new()),
        differs: AtomicBool::new(false),
        full: AtomicBool::new(full),
        _lock: lock,
    })
}
