//! Whole folders: what is in them, and removing them.
//!
//! In: a folder. Out: its files as relative paths with `/`, in any order. Symbolic links are never followed,
//! neither in listing nor in removing.
//!
//! Not here: which of the files belong there.

use std::{
    io,
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use super::{
    Disk,
    disk::Kind,
    error::{Act, PublishError},
};

/// Files that desktops put into every folder they show; they are nobody's work and may go with the old site.
const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// A file, or what is neither file nor folder, below the listed folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found {
    /// Relative, `/` between folders; not necessarily a route.
    pub path: String,
    /// Whether it is a regular file.
    pub is_file: bool,
    /// How the file system numbers it; 0 where it does not tell.
    pub file: u64,
}

impl Found {
    /// Whether a desktop made it by itself.
    pub(crate) fn is_litter(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        LITTER.contains(&name)
    }
}

/// Lists everything below a folder but folders.
pub(crate) fn list(disk: &Disk, root: &Path) -> Result<Vec<Found>, PublishError> {
    let mut all = Vec::new();
    each(disk, root, &mut |found| all.push(found))?;
    Ok(all)
}

/// Shows everything below a folder but folders, in any order, and holds none of it.
pub(crate) fn each(disk: &Disk, root: &Path, show: &mut dyn FnMut(Found)) -> Result<(), PublishError> {
    let mut open = vec![(root.to_path_buf(), String::new())];
    while let Some((folder, prefix)) = open.pop() {
        let shown = disk.each_name(&folder, &mut |(name, kind, file)| {
            let path = format!("{prefix}{}", name.to_string_lossy());
            match kind {
                Kind::Folder => open.push((folder.join(name), path + "/")),
                Kind::File => show(Found { path, is_file: true, file }),
                Kind::Other => show(Found { path, is_file: false, file }),
            }
        });
        shown.map_err(PublishError::failed(Act::Read, &folder))?;
    }
    Ok(())
}

/// Removes whatever stands at a path, if anything does.
pub(crate) fn remove(disk: &Disk, path: &Path) -> Result<(), PublishError> {
    let failed = PublishError::failed(Act::Remove, path);
    match disk.look(path) {
        Ok(None) => Ok(()),
        Ok(Some(met)) if met.is_dir() => remove_folder(disk, path).map_err(failed),
        Ok(Some(_)) => disk.remove_file(path).map_err(failed),
        Err(error) => Err(failed(error)),
    }
}

fn remove_folder(disk: &Disk, folder: &Path) -> io::Result<()> {
    let names = disk.list(folder)?;
    let (folders, files): (Vec<_>, Vec<_>) =
        names.into_iter().partition(|(_, kind, _)| *kind == Kind::Folder);
    folders.par_iter().try_for_each(|(name, ..)| remove_folder(disk, &folder.join(name)))?;
    files.par_chunks(256).try_for_each(|chunk| {
        let mut path = PathBuf::from(folder);
        for (name, ..) in chunk {
            path.push(name);
            disk.remove_file(&path)?;
            path.pop();
        }
        Ok::<(), io::Error>(())
    })?;
    disk.remove_folder(folder)
}

/// Removes the folders above a relative path that have become empty, up to `root`, which stays.
pub(crate) fn remove_empty(disk: &Disk, root: &Path, path: &str) {
    let mut path = path;
    while let Some((folder, _)) = path.rsplit_once('/')
        && disk.remove_folder(&root.join(folder)).is_ok()
    {
        path = folder;
    }
}

/// A folder that is removed with all it holds when this is dropped.
#[derive(Debug)]
pub(crate) struct Fleeting {
    pub disk: Disk,
    pub path: PathBuf,
}

impl Drop for Fleeting {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next build.
        let _ = remove(&self.disk, &self.path);
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn links_are_named_but_never_followed() {
        let folder = tempfile::tempdir().unwrap();
        let (kept, tree) = (folder.path().join("kept"), folder.path().join("tree"));
        fs::create_dir_all(&kept).unwrap();
        fs::write(kept.join("paper"), "kept").unwrap();
        fs::create_dir_all(tree.join("a/b")).unwrap();
        fs::write(tree.join("a/b/page.html"), "").unwrap();
        std::os::unix::fs::symlink(&kept, tree.join("a/away")).unwrap();
        let mut found = list(&Disk::new(), &tree).unwrap();
        found.sort();
        let found: Vec<_> = found.iter().map(|found| (found.path.as_str(), found.is_file)).collect();
        assert_eq!(found, [("a/away", false), ("a/b/page.html", true)]);
        remove(&Disk::new(), &tree).unwrap();
        assert!(!tree.exists());
        assert!(kept.join("paper").exists());
        std::os::unix::fs::symlink(&kept, &tree).unwrap();
        remove(&Disk::new(), &tree).unwrap();
        assert!(kept.join("paper").exists() && fs::symlink_metadata(&tree).is_err());
    }
}
