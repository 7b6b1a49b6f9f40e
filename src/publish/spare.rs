//! A second set of names for the files of the release that stands, kept in the cache, from which the next one begins.
//!
//! In: the old release and a folder of the cache. Out: a staging folder in which every file of the old release already
//! has its name; after the release, the same for the new one, made of the folder that the switch left. So a rebuild gives and takes
//! only the names that differ, and a file which has not changed since the mark need not be read to be proved. It must have the same
//! number under both names and the right size; the time of its last change (`ctime`) moves with every write, rename, link and
//! change of rights, and no program can set it back. Who sets the clock itself back and alters a file of the site meanwhile is
//! found out by `verify` only. Losing the folder costs time and nothing else.
//!
//! Not here: which files the new release has (`staging`), and the switch.

use std::{
    fs::Metadata,
    io,
    path::{Path, PathBuf},
    time::{Duration, UNIX_EPOCH},
};

use rayon::prelude::*;

use super::{
    Disk,
    disk::Kind,
    lock::Lock,
    manifest::{MANIFEST, Manifest},
    old::Old,
    staging::{Held, Stage},
    switch::Places,
    tree,
};

/// The names themselves.
const TREE: &str = "tree";

/// Which site they belong to, and since when no file of it may have changed.
const MARK: &str = "mark";

/// Held by the one build that uses the folder: two may publish to different places.
const LOCK: &str = "lock";

/// What tells the time of the file system.
const PROBE: &str = "probe";

/// A longer mark is none.
const MARK_LIMIT: u64 = 256;

/// Says whose the folder is, and tells programs that copy folders to leave it out: <https://bford.info/cachedir/>.
const TAG: (&str, &[u8]) = (
    "CACHEDIR.TAG",
    b"Signature: 8a477f597d28d172789f06886806bc55\n# Second names of the files of a site, by gongshi.\n",
);

/// Files that one worker looks at.
const CHUNK: usize = 256;

/// A time of the file system's own clock, in nanoseconds.
type Moment = i128;

/// What tells a file or a folder from every other one.
type Identity = (u64, u64);

/// What is known of the name of a file of the old release.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Name {
    /// It is not in staging.
    #[default]
    Missing,
    /// It is that of the old site's file, whose bytes may have changed since.
    Unproved,
    /// It is that of the old site's file, which nobody has touched since the release.
    Proved,
}

/// Whose names stand in the folder, and since when nothing of them may have changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark {
    /// The start of the system, after which nothing was lost by a power cut.
    boot: u128,
    site: Identity,
    /// A file that changed before was proved after.
    since: Moment,
}

impl Mark {
    fn to_text(self) -> String {
        let Mark { boot, site: (device, file), since } = self;
        format!("gongshi spare 1 {boot:x} {device} {file} {since}\n")
    }

    fn parse(bytes: &[u8]) -> Option<Mark> {
        let text = std::str::from_utf8(bytes).ok()?.strip_prefix("gongshi spare 1 ")?.strip_suffix('\n')?;
        let words: Vec<&str> = text.split(' ').collect();
        let [boot, device, file, since] = words.as_slice() else { return None };
        Some(Mark {
            boot: u128::from_str_radix(boot, 16).ok()?,
            site: (device.parse().ok()?, file.parse().ok()?),
            since: since.parse().ok()?,
        })
    }
}

/// The folder of second names, held by this build until it is dropped.
#[derive(Debug)]
pub(crate) struct Spare {
    folder: PathBuf,
    /// A moment before this build read any file, and after all names that it found or made were there.
    since: Moment,
    _lock: Lock,
}

impl Spare {
    /// Takes the folder and makes of it a staging folder that holds the files of the old release. Out: the folder, or `None` where
    /// the file system cannot do that or another build has it; and what is known of the files in staging, in the order of the old
    /// manifest: empty, and no staging folder, when there are none. Never an error: only time is lost.
    pub(crate) fn begin(
        disk: &Disk,
        places: &Places,
        folder: Option<&Path>,
        old: &Old,
    ) -> (Option<Spare>, Vec<Name>) {
        let Some((folder, lock)) = folder.and_then(|folder| open(disk, places, folder)) else {
            return (None, Vec::new());
        };
        let names = adopt(disk, places, &folder, old).or_else(|| {
            // What cannot be removed now is removed by a later build.
            let _ = tree::remove(disk, &folder.join(TREE));
            let named = link_all(disk, places, old);
            if named.is_none() {
                let _ = tree::remove(disk, &places.staging);
            }
            named
        });
        let since = now(disk, &folder);
        match (names, since) {
            (Some(names), Some(since)) => (Some(Spare { folder, since, _lock: lock }), names),
            (Some(_), None) => {
                let _ = tree::remove(disk, &places.staging);
                (None, Vec::new())
            }
            (None, since) => (since.map(|since| Spare { folder, since, _lock: lock }), Vec::new()),
        }
    }
}

/// Takes the folder, and makes it if need be; `None` when it is not ours, not on the file system of the site, or in use.
fn open(disk: &Disk, places: &Places, folder: &Path) -> Option<(PathBuf, Lock)> {
    if boot() == 0 {
        return None;
    }
    let (name, tag) = TAG;
    if disk.look(folder).ok()?.is_none() {
        disk.make_folders(folder).ok()?;
        disk.write_new(&folder.join(name), tag).ok()?;
    }
    let (met, above) = (disk.look(folder).ok()??, disk.look(&places.above).ok()?);
    let is_near = above.is_none_or(|above| device(&above) == device(&met));
    if !met.is_dir() || !is_near || !disk.look(&folder.join(name)).ok()??.is_file() {
        return None;
    }
    let lock = Lock::take(disk, &folder.join(LOCK), &places.out).ok()?;
    Some((folder.to_path_buf(), lock))
}

/// Makes the names that the last build left the staging folder, when they are those of this site.
fn adopt(disk: &Disk, places: &Places, folder: &Path, old: &Old) -> Option<Vec<Name>> {
    let (tree, marked) = (folder.join(TREE), folder.join(MARK));
    let mark = Mark::parse(&disk.read_up_to(&marked, MARK_LIMIT).ok()?);
    // A build that dies from here on must not leave a mark beside names that are no longer those of the release.
    disk.remove_file(&marked).ok()?;
    let (mark, manifest) = (mark?, old.manifest.as_ref()?);
    let site = identity(&disk.look(&places.out).ok()??)?;
    if (mark.boot, mark.site) != (boot(), site) || now(disk, folder)? < mark.since {
        return None;
    }
    let mut names = vec![Name::Missing; manifest.files.len()];
    let mut strange = Vec::new();
    for met in survey(disk, &tree, "").ok()? {
        let at = manifest.place(&met.path).filter(|at| {
            let size = manifest.files.get(*at).map(|entry| entry.fact.size);
            let file = old.files.get(*at).map(|file| (site.0, *file));
            size == Some(met.size) && file == Some(met.identity)
        });
        match at.and_then(|at| names.get_mut(at)) {
            Some(name) => *name = if met.since < mark.since { Name::Proved } else { Name::Unproved },
            None => strange.push(met.path),
        }
    }
    for path in strange {
        disk.remove_file(&tree.join(&path)).ok()?;
        tree::remove_empty(disk, &tree, &path);
    }
    disk.rename(&tree, &places.staging).ok()?;
    Some(names)
}

/// A file below the folder of names.
struct Met {
    path: String,
    size: u64,
    identity: Identity,
    since: Moment,
}

/// Every file below a folder; an error when something there is neither a file nor a folder.
fn survey(disk: &Disk, folder: &Path, prefix: &str) -> io::Result<Vec<Met>> {
    let stale = || io::Error::from(io::ErrorKind::InvalidData);
    disk.look(folder)?.filter(Metadata::is_dir).ok_or_else(stale)?;
    let (folders, others): (Vec<_>, Vec<_>) =
        disk.list(folder)?.into_iter().partition(|(_, kind, _)| *kind == Kind::Folder);
    let found = others.par_iter().with_min_len(CHUNK).map(|(name, ..)| {
        let met = disk.look(&folder.join(name))?.filter(Metadata::is_file).ok_or_else(stale)?;
        let (identity, since) = identity(&met).zip(changed(&met)).ok_or_else(stale)?;
        let path = format!("{prefix}{}", name.to_str().ok_or_else(stale)?);
        Ok(Met { path, size: met.len(), identity, since })
    });
    let mut found: Vec<Met> = found.collect::<io::Result<_>>()?;
    let below = folders.par_iter().map(|(name, ..)| {
        let prefix = format!("{prefix}{}/", name.to_str().ok_or_else(stale)?);
        survey(disk, &folder.join(name), &prefix)
    });
    let below: Vec<Vec<Met>> = below.collect::<io::Result<_>>()?;
    found.extend(below.into_iter().flatten());
    Ok(found)
}

/// Gives every file of the old release its name in staging, before any is read: so what is proved later has not changed since.
fn link_all(disk: &Disk, places: &Places, old: &Old) -> Option<Vec<Name>> {
    let manifest = old.manifest.as_ref()?;
    disk.make_folder(&places.staging).ok()?;
    for folder in manifest.folders().into_iter().filter(|folder| !folder.is_empty()) {
        disk.make_folders(&places.staging.join(folder)).ok()?;
    }
    let files = manifest.files.par_iter().zip(&old.files).with_min_len(CHUNK);
    let linked = files.map(|(entry, file)| {
        let route = entry.route.as_str();
        if *file == 0 {
            return Some(Name::Missing);
        }
        disk.link(&places.out.join(route), &places.staging.join(route)).ok().map(|()| Name::Unproved)
    });
    linked.collect()
}

/// What stands where the names of the release before are left after a release.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Left<'p> {
    /// The folder of the release before, all that it held.
    Old(&'p Path),
    /// Staging, which was not needed.
    Staging,
}

/// Makes of what is left a second set of names for the release that now stands, and marks it. `held` says of each file of the
/// manifest how it came in. On an error nothing is kept.
pub(crate) fn keep(stage: &Stage, manifest: &Manifest, held: &[Held], left: Left<'_>) {
    let Some(spare) = &stage.spare else { return };
    if try_keep(stage, spare, manifest, held, left).is_none() {
        let _ = tree::remove(&stage.disk, &spare.folder.join(TREE));
    }
}

fn try_keep(stage: &Stage, spare: &Spare, manifest: &Manifest, held: &[Held], left: Left<'_>) -> Option<()> {
    let Stage { disk, places, .. } = stage;
    let (tree, marked) = (spare.folder.join(TREE), spare.folder.join(MARK));
    let site = identity(&disk.look(&places.out).ok()??)?;
    tree::remove(disk, &tree).ok()?;
    match left {
        Left::Old(folder) => {
            thin_out(stage, manifest, held, folder).ok()?;
            disk.rename(folder, &tree).ok()?;
        }
        Left::Staging => disk.rename(&places.staging, &tree).ok()?,
    }
    let files = manifest.files.par_iter().zip(held).with_min_len(CHUNK);
    let linked = files.filter(|(_, held)| !held.is_named_twice()).map(|(entry, _)| {
        let route = entry.route.as_str();
        let (from, to) = (places.out.join(route), tree.join(route));
        match disk.link(&from, &to) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                disk.make_folders(to.parent().ok_or(error)?)?;
                disk.link(&from, &to)
            }
            linked => linked,
        }
    });
    linked.collect::<io::Result<()>>().ok()?;
    let mark = Mark { boot: boot(), site, since: spare.since };
    disk.write_new(&marked, mark.to_text().as_bytes()).ok()
}

/// Takes the names of what the release that stands does not hold out of the folder of the one before. What else somebody
/// has put there, the next build takes out.
fn thin_out(stage: &Stage, manifest: &Manifest, held: &[Held], folder: &Path) -> io::Result<()> {
    let disk = &stage.disk;
    let old = stage.old_release().ok_or(io::ErrorKind::NotFound)?;
    let stays = |path: &str| {
        manifest.place(path).and_then(|at| held.get(at)).is_some_and(|held| held.is_named_twice())
    };
    let gone: Vec<&str> =
        old.files.par_iter().map(|entry| entry.route.as_str()).filter(|path| !stays(path)).collect();
    disk.remove_file(&folder.join(MANIFEST))?;
    let removed = gone.par_iter().with_min_len(CHUNK).map(|path| remove_name(disk, &folder.join(path)));
    removed.collect::<io::Result<()>>()?;
    gone.iter().for_each(|path| tree::remove_empty(disk, folder, path));
    Ok(())
}

/// Removes a file's name, which may have gone already, or have made room for a folder.
pub(crate) fn remove_name(disk: &Disk, path: &Path) -> io::Result<()> {
    use io::ErrorKind::{IsADirectory, NotADirectory, NotFound};
    match disk.remove_file(path) {
        Err(error) if matches!(error.kind(), NotFound | NotADirectory | IsADirectory) => Ok(()),
        removed => removed,
    }
}

/// The time of the file system; `None` where the time of the last change follows what a program says.
fn now(disk: &Disk, folder: &Path) -> Option<Moment> {
    let probe = folder.join(PROBE);
    remove_name(disk, &probe).ok()?;
    disk.write_new(&probe, b"").ok()?;
    let set = disk.set_modified(&probe, UNIX_EPOCH + Duration::from_secs(1));
    let now = disk.look(&probe).ok().flatten().and_then(|met| changed(&met));
    disk.remove_file(&probe).ok()?;
    set.ok()?;
    now.filter(|now| *now > 2_000_000_000)
}

/// The number of this start of the system; 0 where it is not told, and then no second names are used.
fn boot() -> u128 {
    let told = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    u128::from_str_radix(&told.trim().replace('-', ""), 16).unwrap_or(0)
}

/// When a file or folder last changed, its names and rights included; `None` where the system does not tell.
#[cfg(unix)]
fn changed(met: &Metadata) -> Option<Moment> {
    use std::os::unix::fs::MetadataExt;
    Some(i128::from(met.ctime()) * 1_000_000_000 + i128::from(met.ctime_nsec()))
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> Option<Moment> {
    None
}

#[cfg(unix)]
fn identity(met: &Metadata) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    Some((met.dev(), met.ino()))
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> Option<Identity> {
    None
}

fn device(met: &Metadata) -> Option<u64> {
    identity(met).map(|(device, _)| device)
}
