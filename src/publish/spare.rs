//! A second set of names for the files of the release that stands, kept in the cache, from which the next one begins.
//!
//! In: the old release and a folder of the cache. Out: a staging folder in which every file of the old release already
//! has its name, if nobody has touched them since; after the release, the same for the new one, made of the folder that the switch
//! left. So a rebuild gives and takes only the names that differ, and a file whose size is right and which has not changed since the
//! mark need not be read to be proved. The time of the last change of a file (`ctime`) moves with every write, rename, link and
//! change of rights, that of a folder with every name in it, and no program can set it back; who sets the clock itself back and
//! alters a file of the site meanwhile is found out by `verify` only. Losing the folder costs time and nothing else.
//!
//! Not here: which files the new release has (`staging`), and the switch.

use std::{
    fs::Metadata,
    io,
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use super::{
    Disk,
    manifest::{MANIFEST, Manifest},
    staging::{Held, Stage},
    switch::Places,
    tree,
};

/// The names themselves.
const TREE: &str = "tree";

/// Which site they belong to, and since when no file of it may have changed.
const MARK: &str = "mark";

/// A longer mark is none.
const MARK_LIMIT: u64 = 256;

/// Tells programs that copy folders that this one can be left out: <https://bford.info/cachedir/>.
const TAG: (&str, &[u8]) = ("CACHEDIR.TAG", b"Signature: 8a477f597d28d172789f06886806bc55\n");

/// Files that one worker looks at.
const CHUNK: usize = 256;

/// A time of the file system's own clock, in nanoseconds.
pub(crate) type Moment = i128;

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

/// Whose names stand in a spare folder, and since when nothing of them may have changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The start of the system, after which nothing was lost by a power cut.
    boot: u128,
    site: Identity,
    /// A file that changed before has been proved since.
    files: Moment,
    /// The folders of the tree were changed up to this moment.
    folders: Moment,
}

impl Mark {
    fn to_text(self) -> String {
        let Mark { boot, site: (device, file), files, folders } = self;
        format!("gongshi spare 1 {boot:x} {device} {file} {files} {folders}\n")
    }

    fn parse(bytes: &[u8]) -> Option<Mark> {
        let text = std::str::from_utf8(bytes).ok()?.strip_prefix("gongshi spare 1 ")?.strip_suffix('\n')?;
        let words: Vec<&str> = text.split(' ').collect();
        let [boot, device, file, files, folders] = words.as_slice() else { return None };
        Some(Mark {
            boot: u128::from_str_radix(boot, 16).ok()?,
            site: (device.parse().ok()?, file.parse().ok()?),
            files: files.parse().ok()?,
            folders: folders.parse().ok()?,
        })
    }
}

/// The spare names at the beginning of a build.
pub(crate) struct Spare<'p> {
    pub disk: &'p Disk,
    pub places: &'p Places,
    /// Where they are kept, if anywhere.
    pub folder: Option<&'p Path>,
    /// A moment before the build looked at anything.
    pub began: Option<Moment>,
}

impl Spare<'_> {
    /// The mark, if it is that of this site. It is taken away: a build that dies must not leave one beside names that are no
    /// longer those of the release.
    pub(crate) fn mark(&self, site: &Metadata) -> Option<Mark> {
        let path = self.folder?.join(MARK);
        let mark = Mark::parse(&self.disk.read_up_to(&path, MARK_LIMIT).ok()?);
        self.disk.remove_file(&path).ok()?;
        mark.filter(|mark| {
            let is_here = (mark.boot, Some(mark.site)) == (boot(), identity(site)) && mark.boot != 0;
            is_here && self.began >= Some(mark.folders)
        })
    }

    /// What is known of the names of the files of a release; `None` when somebody has changed a folder of the site, or of the
    /// names, since the mark.
    pub(crate) fn names(&self, mark: &Mark, manifest: &Manifest) -> Option<Vec<Name>> {
        let tree = self.folder?.join(TREE);
        let look = |path: &Path| {
            let met = self.disk.look(path).ok()??;
            let ((device, _), since) = identity(&met).zip(changed(&met))?;
            (device == mark.site.0).then_some((met, since))
        };
        let is_untouched = |path: PathBuf, kind: fn(&Metadata) -> bool| {
            look(&path).is_some_and(|(met, since)| kind(&met) && since <= mark.folders)
        };
        let mut folders = manifest.folders().into_iter();
        let is_sound = is_untouched(self.places.out.join(MANIFEST), Metadata::is_file)
            && folders.all(|folder| {
                [&self.places.out, &tree].iter().all(|root| is_untouched(root.join(folder), Metadata::is_dir))
            });
        if !is_sound {
            return None;
        }
        let names = manifest.files.par_iter().with_min_len(CHUNK).map(|entry| {
            let path = tree.join(entry.route.as_str());
            match look(&path).filter(|(met, _)| met.is_file() && met.len() == entry.fact.size) {
                Some((_, since)) if since < mark.files => Some(Name::Proved),
                Some(_) => Some(Name::Unproved),
                None => self.disk.remove_file(&path).ok().map(|()| Name::Missing),
            }
        });
        names.collect()
    }

    /// Makes the spare names the staging folder, if anything is known of them; else they are removed. Out: what is known of those
    /// that now stand in staging, or nothing, and no staging folder.
    pub(crate) fn adopt(&self, names: Vec<Name>) -> Vec<Name> {
        let Some(tree) = self.folder.map(|folder| folder.join(TREE)) else { return Vec::new() };
        if !names.is_empty() && self.disk.rename(&tree, &self.places.staging).is_ok() {
            return names;
        }
        // What cannot be removed now is removed by a later build.
        let _ = tree::remove(self.disk, &tree);
        Vec::new()
    }
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
    let Some(spare) = &stage.destination.spare else { return };
    if try_keep(stage, spare, manifest, held, left).is_none() {
        let _ = tree::remove(&stage.disk, &spare.join(TREE));
    }
}

fn try_keep(stage: &Stage, spare: &Path, manifest: &Manifest, held: &[Held], left: Left<'_>) -> Option<()> {
    let Stage { disk, places, .. } = stage;
    let (tree, marked) = (spare.join(TREE), spare.join(MARK));
    let site = identity(&disk.look(&places.out).ok()??)?;
    disk.make_folders(spare).ok()?;
    // What another build has left meanwhile, for another site.
    let _ = disk.remove_file(&marked);
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
    let (name, tag) = TAG;
    if disk.look(&spare.join(name)).ok()?.is_none() {
        disk.write_new(&spare.join(name), tag).ok()?;
    }
    mark(stage, &marked, site)
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
    let removed =
        gone.par_iter().with_min_len(CHUNK).map(|path| match disk.remove_file(&folder.join(path)) {
            // The site was damaged.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            removed => removed,
        });
    removed.collect::<io::Result<()>>()?;
    gone.iter().for_each(|path| tree::remove_empty(disk, folder, path));
    Ok(())
}

/// Says whose names these are. What was proved in this build may have changed since the build began; when every name is
/// new, since now.
fn mark(stage: &Stage, marked: &Path, site: Identity) -> Option<()> {
    let disk = &stage.disk;
    disk.write_new(marked, b"").ok()?;
    let now = changed(&disk.look(marked).ok()??)?;
    disk.remove_file(marked).ok()?;
    let files = if stage.spared.is_empty() { now } else { stage.began? };
    let mark = Mark { boot: boot(), site, files, folders: now };
    disk.write_new(marked, mark.to_text().as_bytes()).ok()
}

/// The number of this start of the system; 0 where it is not told, and then no spare names are used.
fn boot() -> u128 {
    let told = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    u128::from_str_radix(&told.trim().replace('-', ""), 16).unwrap_or(0)
}

/// When a file or folder last changed, its names and rights included; `None` where the system does not tell.
#[cfg(unix)]
pub(crate) fn changed(met: &Metadata) -> Option<Moment> {
    use std::os::unix::fs::MetadataExt;
    Some(i128::from(met.ctime()) * 1_000_000_000 + i128::from(met.ctime_nsec()))
}

#[cfg(not(unix))]
pub(crate) fn changed(_: &Metadata) -> Option<Moment> {
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
