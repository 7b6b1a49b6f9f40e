//! The end of a release: prove staging complete, sync once, switch once, tidy up.
//!
//! In: a [`Stage`] that took in every output. Out: [`Published`]. Until the switch any failure leaves the old
//! site as it was; after it nothing is a failure any more, only a note.
//!
//! Not here: taking outputs in (`staging`) and how two folders change places (`switch`).

use std::{
    io,
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use super::{
    Durability, Published,
    error::{Act, PublishError, Shortage},
    manifest::{Entry, MANIFEST, Manifest, ReleaseFacts},
    spare::{self, Left, Name},
    staging::{Held, Stage},
    switch::{self, Standing},
    tree,
};
use crate::{diagnostic::Message, route::Route, text::content_hash};

/// Room is taken in whole blocks; this is their size where the system does not tell.
const USUAL_BLOCK: u64 = 4096;

/// What a name takes in its folder, roughly.
const NAME: u64 = 64;

pub(crate) fn finish(mut stage: Stage, release: ReleaseFacts) -> Result<Published, PublishError> {
    let mut outputs = stage.outputs();
    outputs.par_sort_unstable_by(|(one, _), (other, _)| one.route.cmp(&other.route));
    if let Some([(twice, _), _]) =
        outputs.array_windows().find(|[(one, _), (next, _)]| one.route == next.route)
    {
        return Err(PublishError::Twice(twice.route.to_string()));
    }
    let mut held: Vec<Held> = outputs.iter().map(|(_, held)| *held).collect();
    // Collected where they stand: a million files are not held twice.
    let files: Vec<Entry> = outputs.into_iter().map(|(entry, _)| entry).collect();
    let manifest = Manifest { release, files };
    let unchanged_site = is_unchanged(&stage, &manifest, &held);
    let done = if stage.is_full() {
        Err(no_room(&stage, &manifest, &held))
    } else if unchanged_site {
        renew_manifest(&stage, &manifest, &held)
    } else {
        replace_site(&stage, &manifest, &mut held)
    };
    let notes = match done {
        Err(error) if error.is_no_room() => return Err(no_room(&stage, &manifest, &held)),
        done => done?,
    };
    let written = held.iter().filter(|held| **held == Held::Written).count() as u64;
    let (files, bytes) = (manifest.files.len() as u64, manifest.bytes());
    Ok(Published { files, bytes, written, linked: files - written, unchanged_site, notes, manifest })
}

/// Whether the old folder holds just the new release, every file proved.
fn is_unchanged(stage: &Stage, manifest: &Manifest, held: &[Held]) -> bool {
    stage.old.is_tidy
        && stage.old_release().is_some_and(|old| old.files == manifest.files)
        && held.iter().all(|held| matches!(held, Held::Old | Held::Spared))
}

/// Leaves the folder as it is and replaces its manifest, in one step, if that says anything new.
fn renew_manifest(stage: &Stage, manifest: &Manifest, held: &[Held]) -> Result<Vec<Message>, PublishError> {
    let mut notes = Notes::default();
    let (staged, out) = (stage.places.staging.join(MANIFEST), stage.places.out.join(MANIFEST));
    if stage.old_release() != Some(manifest) {
        stage.disk.write_new(&staged, manifest).map_err(PublishError::failed(Act::Write, &staged))?;
        if stage.destination.durability == Durability::Synced {
            stage.disk.sync_file(&staged).map_err(PublishError::failed(Act::Sync, &staged))?;
        }
        stage.disk.rename(&staged, &out).map_err(PublishError::failed(Act::Switch, &out))?;
        notes.of(sync_folder(stage, &stage.places.out));
    }
    if !stage.spared.is_empty() {
        spare::keep(stage, manifest, held, Left::Staging);
    }
    notes.of(tree::remove(&stage.disk, &stage.places.staging));
    Ok(notes.0)
}

fn replace_site(stage: &Stage, manifest: &Manifest, held: &mut [Held]) -> Result<Vec<Message>, PublishError> {
    let Stage { disk, places, destination, .. } = stage;
    held.par_iter_mut().zip(&manifest.files).try_for_each(|(held, entry)| {
        if *held == Held::Old {
            *held = stage.carry(&entry.route, &entry.fact)?;
        }
        Ok::<(), PublishError>(())
    })?;
    remove_spared(stage, manifest)?;
    let staged = places.staging.join(MANIFEST);
    disk.write_new(&staged, manifest).map_err(PublishError::failed(Act::Write, &staged))?;
    prove_complete(stage, manifest, held)?;
    if destination.durability == Durability::Synced {
        sync_staging(stage, manifest, held)?;
    }
    switch::switch(disk, places, stage.old.standing, destination.durability)?;
    let mut notes = Notes::default();
    notes.of(sync_folder(stage, &places.above));
    if let Some(folder) = left(stage) {
        spare::keep(stage, manifest, held, Left::Old(folder));
    }
    notes.of(tree::remove(disk, &places.staging));
    notes.of(tree::remove(disk, &places.old));
    Ok(notes.0)
}

/// Where the release before stands now, if there was one.
fn left(stage: &Stage) -> Option<&PathBuf> {
    let Stage { disk, places, old, .. } = stage;
    let is_there = |folder: &&PathBuf| disk.look(folder).is_ok_and(|met| met.is_some());
    let folders = [&places.staging, &places.old].into_iter();
    folders.filter(|_| old.standing == Standing::Site).find(is_there)
}

/// Takes the names of what the new release does not hold out of staging.
fn remove_spared(stage: &Stage, manifest: &Manifest) -> Result<(), PublishError> {
    let Some(old) = stage.old_release() else { return Ok(()) };
    let gone =
        old.files.par_iter().zip(&stage.spared).filter(|(entry, name)| {
            **name != Name::Missing && manifest.place(entry.route.as_str()).is_none()
        });
    let gone: Vec<&Route> = gone.map(|(entry, _)| &entry.route).collect();
    for route in gone {
        let path = stage.staged_path(route);
        spare::remove_name(&stage.disk, &path).map_err(PublishError::failed(Act::Remove, &path))?;
        tree::remove_empty(&stage.disk, &stage.places.staging, route.as_str());
    }
    Ok(())
}

/// What went wrong once the release stood: worth saying, no reason to call it unpublished.
#[derive(Default)]
struct Notes(Vec<Message>);

impl Notes {
    fn of(&mut self, tidied: Result<(), PublishError>) {
        if let Err(error) = tidied {
            self.0.push(error.message());
        }
    }
}

/// Staging must hold the manifest's files, the manifest, and nothing else, each in its size.
///
/// What was there from the beginning had its size looked at in this build.
fn prove_complete(stage: &Stage, manifest: &Manifest, held: &[Held]) -> Result<(), PublishError> {
    let staging = &stage.places.staging;
    let differs = |route: &str| PublishError::StagingDiffers { route: route.to_string() };
    // Names come in any order and may be a million: only the sum of their hashes is held.
    let (mut wanted, mut met, mut are_files) = (0u128, 0u128, true);
    for entry in &manifest.files {
        wanted = wanted.wrapping_add(content_hash(entry.route.as_str().as_bytes()));
    }
    tree::each(&stage.disk, staging, &mut |found| {
        if found.path != MANIFEST {
            met = met.wrapping_add(content_hash(found.path.as_bytes()));
            are_files &= found.is_file;
        }
    })?;
    if met != wanted || !are_files {
        return Err(differs(&first_difference(stage, manifest)?));
    }
    let has_size = |route: &str, size: u64| {
        let met = stage.disk.look(&staging.join(route));
        met.is_ok_and(|met| met.is_some_and(|met| met.is_file() && met.len() == size))
    };
    if !has_size(MANIFEST, manifest.size()) {
        return Err(differs(MANIFEST));
    }
    let wrong = manifest.files.par_iter().zip(held).find_first(|(entry, held)| {
        **held != Held::Spared && !has_size(entry.route.as_str(), entry.fact.size)
    });
    wrong.map_or(Ok(()), |(entry, _)| Err(differs(entry.route.as_str())))
}

/// The first name of which staging and the manifest do not say the same.
fn first_difference(stage: &Stage, manifest: &Manifest) -> Result<String, PublishError> {
    let mut found = tree::list(&stage.disk, &stage.places.staging)?;
    found.retain(|found| found.path != MANIFEST);
    found.par_sort_unstable();
    let mut wanted = manifest.files.iter().map(|entry| entry.route.as_str());
    for found in found {
        match wanted.next() {
            Some(route) if found.is_file && route == found.path => {}
            Some(route) => return Ok(route.min(&found.path).to_string()),
            None => return Ok(found.path),
        }
    }
    Ok(wanted.next().unwrap_or(MANIFEST).to_string())
}

/// One sync for everything; where that does not exist, one for each written file and each folder.
fn sync_staging(stage: &Stage, manifest: &Manifest, held: &[Held]) -> Result<(), PublishError> {
    let staging = &stage.places.staging;
    match stage.disk.sync_all(staging) {
        Err(error) if error.kind() == io::ErrorKind::Unsupported => {}
        synced => return synced.map_err(PublishError::failed(Act::Sync, staging)),
    }
    let sync = |path: PathBuf| stage.disk.sync_file(&path).map_err(PublishError::failed(Act::Sync, &path));
    sync(staging.join(MANIFEST))?;
    manifest
        .files
        .par_iter()
        .zip(held)
        .filter(|(_, held)| **held == Held::Written)
        .try_for_each(|(entry, _)| sync(stage.staged_path(&entry.route)))?;
    let folders = manifest.folders();
    folders.into_iter().try_for_each(|folder| sync_folder(stage, &staging.join(folder)))
}

fn sync_folder(stage: &Stage, path: &Path) -> Result<(), PublishError> {
    match stage.destination.durability {
        Durability::Synced => stage.disk.sync_folder(path).map_err(PublishError::failed(Act::Sync, path)),
        Durability::Unsynced => Ok(()),
    }
}

/// Counts what the new files take beside the old release, and what is free once staging is gone.
fn no_room(stage: &Stage, manifest: &Manifest, held: &[Held]) -> PublishError {
    let _ = tree::remove(&stage.disk, &stage.places.staging);
    let room = stage.disk.room(&stage.places.above);
    let block = room.map_or(USUAL_BLOCK, |room| room.block.max(1));
    let written = manifest.files.iter().zip(held).filter(|(_, held)| **held == Held::Written);
    let sizes: Vec<u64> = written.map(|(entry, _)| entry.fact.size).chain([manifest.size()]).collect();
    let names = manifest.files.len() as u64 * NAME;
    PublishError::NoRoom(Shortage {
        out: stage.places.out.clone(),
        names_needed: (sizes.len() + manifest.folders().len()) as u64,
        need: sizes.into_iter().chain([names]).map(|size| size.next_multiple_of(block)).sum(),
        free: room.map(|room| room.bytes),
        names_left: room.map(|room| room.names),
    })
}
