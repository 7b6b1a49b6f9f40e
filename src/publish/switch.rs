//! The one step in which the new site takes the place of the old, and its repair.
//!
//! Where the system can, staging and site exchange places in one call. Elsewhere the old site steps aside and
//! staging takes its name, and a journal stands beside them for as long as the name may be empty. Whatever
//! moment a build dies at, [`repair`] brings back a whole site, by preference the old one.
//!
//! Not here: what is in the folders, and the lock, which must be held.

use std::{
    ffi::OsString,
    io,
    path::{Path, PathBuf},
};

use super::{
    Disk, Durability,
    error::{Act, PublishError},
    tree,
};

/// The site folder and the names beside it that exist only during a build.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    pub out: PathBuf,
    pub above: PathBuf,
    pub staging: PathBuf,
    pub old: PathBuf,
    pub journal: PathBuf,
    pub lock: PathBuf,
}

/// Whether a site stands that has to be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Nothing,
    EmptyFolder,
    Site,
}

impl Places {
    pub(crate) fn of(out: &Path) -> Result<Places, PublishError> {
        let name = out.file_name().ok_or_else(|| PublishError::Nameless(out.to_path_buf()))?;
        let above = match out.parent() {
            Some(above) if !above.as_os_str().is_empty() => above.to_path_buf(),
            _ => PathBuf::from("."),
        };
        let beside = |role: &str| {
            let mut hidden = OsString::from(".");
            hidden.push(name);
            hidden.push(".gongshi-");
            hidden.push(role);
            above.join(hidden)
        };
        Ok(Places {
            out: above.join(name),
            staging: beside("staging"),
            old: beside("old"),
            journal: beside("journal"),
            lock: beside("lock"),
            above,
        })
    }
}

/// Brings the site back that an interrupted switch left nameless, and removes what a dead build left.
pub(crate) fn repair(disk: &Disk, places: &Places) -> Result<(), PublishError> {
    let failed = |error| PublishError::failed(Act::Repair, &places.out)(error);
    let there = |path: &Path| disk.look(path).map(|met| met.is_some()).map_err(failed);
    if there(&places.journal)? {
        if there(&places.old)? && !there(&places.out)? {
            disk.rename(&places.old, &places.out).map_err(failed)?;
            disk.sync_folder(&places.above).map_err(failed)?;
        }
        // From here on what is called old may be half removed: it must not come back.
        disk.remove_file(&places.journal).map_err(failed)?;
    }
    tree::remove(disk, &places.staging)?;
    tree::remove(disk, &places.old)
}

/// Puts staging in the place of the site. Afterwards the old site stands at `staging` or `old`.
/// On an error the old site stands where it stood, or [`repair`] brings it back.
pub(crate) fn switch(
    disk: &Disk,
    places: &Places,
    standing: Standing,
    durability: Durability,
) -> Result<(), PublishError> {
    let failed = PublishError::failed(Act::Switch, &places.out);
    match standing {
        Standing::Nothing => disk.rename(&places.staging, &places.out),
        Standing::EmptyFolder => disk.remove_folder(&places.out).and_then(|()| {
            disk.rename(&places.staging, &places.out).inspect_err(|_| {
                let _ = disk.make_folder(&places.out);
            })
        }),
        Standing::Site => match disk.exchange(&places.staging, &places.out) {
            Err(error) if error.kind() == io::ErrorKind::Unsupported => {
                return rename_twice(disk, places, durability).map_err(failed);
            }
            exchanged => exchanged,
        },
    }
    .map_err(failed)
}

fn rename_twice(disk: &Disk, places: &Places, durability: Durability) -> io::Result<()> {
    let settle = || match durability {
        Durability::Synced => disk.sync_folder(&places.above),
        Durability::Unsynced => Ok(()),
    };
    let give_up = |error| {
        let _ = disk.remove_file(&places.journal);
        Err(error)
    };
    if let Err(error) = disk.write_new(&places.journal, b"gongshi: the old site stands aside\n") {
        return give_up(error);
    }
    if let Err(error) = settle().and_then(|()| disk.rename(&places.out, &places.old)) {
        return give_up(error);
    }
    if let Err(error) = disk.rename(&places.staging, &places.out) {
        // If this fails as well, the journal stays and the next build repairs.
        disk.rename(&places.old, &places.out)?;
        return give_up(error);
    }
    // The new site stands. Trouble from here on must not look like a failed release, and a journal that
    // stays is read rightly by the next build.
    let _ = settle();
    let _ = disk.remove_file(&places.journal);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_a_build_stand_hidden_beside_the_site() {
        let places = Places::of(Path::new("portal/site/")).unwrap();
        assert_eq!(places.out, Path::new("portal/site"));
        assert_eq!(places.staging, Path::new("portal/.site.gongshi-staging"));
        assert_eq!(Places::of(Path::new("site")).unwrap().lock, Path::new("./.site.gongshi-lock"));
        for path in [".", "..", "/", "site/.."] {
            assert!(matches!(Places::of(Path::new(path)), Err(PublishError::Nameless(_))), "{path}");
        }
    }

    /// Lays out which of site, old, staging and journal stand, and tells what is left after the repair.
    fn repaired(before: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let places = Places::of(&folder.path().join("site")).unwrap();
        for name in before.split_whitespace() {
            if name == "journal" {
                std::fs::write(&places.journal, "").unwrap();
                continue;
            }
            let path = match name {
                "site" => &places.out,
                "old" => &places.old,
                _ => &places.staging,
            };
            std::fs::create_dir(path).unwrap();
            std::fs::write(path.join("mark"), name).unwrap();
        }
        repair(&Disk::new(), &places).unwrap();
        let mut left: Vec<_> =
            std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert!(left.len() <= 1, "{left:?}");
        left.pop().map(|site| std::fs::read_to_string(site.join("mark")).unwrap()).unwrap_or_default()
    }

    #[test]
    fn a_switch_that_died_is_undone_before_and_kept_after_its_second_rename() {
        assert_eq!(repaired("site staging journal"), "site");
        assert_eq!(repaired("old staging journal"), "old");
        assert_eq!(repaired("site old journal"), "site");
        assert_eq!(repaired("site old"), "site");
        assert_eq!(repaired("site staging"), "site");
        assert_eq!(repaired("staging"), "");
        // Without a journal what is called old may be half removed.
        assert_eq!(repaired("old"), "");
    }
}
