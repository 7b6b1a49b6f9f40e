//! `rewrite SITE OUT [--sync]`: writes the files of a finished site again and times nothing but the writing.
//!
//! In: a site folder, read into memory first. Out: the same files with the same bytes in OUT, which must not
//! exist, and one line of JSON: files, bytes, seconds and CPU of making folders and writing, and with `--sync`
//! of bringing them to the disk. It is the floor below which no generator can come.
//!
//! Not here: staging, hashing, the switch of folders. Two threads share one list, as on a two-core machine.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use anyhow::{Context, Result, anyhow, ensure};
use clap::Parser;
use walkdir::WalkDir;

/// Writes the files of a finished site again and times nothing but the writing.
#[derive(Parser)]
struct Arguments {
    /// The finished site.
    site: PathBuf,
    /// The folder to write; must not exist.
    out: PathBuf,
    /// Threads that write.
    #[arg(long, default_value_t = 2)]
    threads: usize,
    /// Also bring everything to the disk before the clock is stopped.
    #[arg(long)]
    sync: bool,
}

/// A file below the site folder and its bytes.
type Page = (PathBuf, Vec<u8>);

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    ensure!(!arguments.out.exists(), "{} exists", arguments.out.display());
    let pages = read_site(&arguments.site)?;
    let bytes: usize = pages.iter().map(|(_, content)| content.len()).sum();
    let (started, cpu_before) = (Instant::now(), cpu_seconds());
    make_folders(&pages, &arguments.out)?;
    write_pages(&pages, &arguments.out, arguments.threads.max(1))?;
    let wrote = started.elapsed().as_secs_f64();
    if arguments.sync {
        bring_to_disk(&arguments.out)?;
    }
    let done = started.elapsed().as_secs_f64();
    let cpu =
        cpu_seconds().zip(cpu_before).map_or("null".into(), |(now, before)| format!("{:.2}", now - before));
    println!(
        "{{\"files\": {}, \"bytes\": {bytes}, \"write_seconds\": {wrote:.4}, \"seconds\": {done:.4}, \
         \"cpu_seconds\": {cpu}}}",
        pages.len()
    );
    Ok(())
}

fn read_site(site: &Path) -> Result<Vec<Page>> {
    let mut pages = Vec::new();
    for entry in WalkDir::new(site).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            let content =
                fs::read(entry.path()).with_context(|| format!("reading {}", entry.path().display()))?;
            pages.push((entry.path().strip_prefix(site)?.to_path_buf(), content));
        }
    }
    Ok(pages)
}

fn make_folders(pages: &[Page], out: &Path) -> Result<()> {
    let folders: BTreeSet<&Path> = pages.iter().filter_map(|(path, _)| path.parent()).collect();
    for folder in folders {
        let folder = out.join(folder);
        fs::create_dir_all(&folder).with_context(|| format!("making folder {}", folder.display()))?;
    }
    Ok(())
}

fn write_pages(pages: &[Page], out: &Path, threads: usize) -> Result<()> {
    let next = AtomicUsize::new(0);
    let work = || -> Result<()> {
        while let Some((path, content)) = pages.get(next.fetch_add(1, Ordering::Relaxed)) {
            let path = out.join(path);
            fs::write(&path, content).with_context(|| format!("writing {}", path.display()))?;
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        writers
            .into_iter()
            .try_for_each(|writer| writer.join().map_err(|_| anyhow!("a writing thread died"))?)
    })
}

/// User and system time of this process so far, where the kernel tells: fields 14 and 15, in hundredths.
fn cpu_seconds() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/stat").ok()?;
    let fields = status.rsplit_once(") ")?.1.split(' ').skip(11).take(2);
    let ticks: Vec<f64> = fields.filter_map(|field| field.parse().ok()).collect();
    Some(ticks.iter().sum::<f64>() / 100.0)
}

#[cfg(unix)]
fn bring_to_disk(out: &Path) -> Result<()> {
    let folder = fs::File::open(out).with_context(|| format!("opening {}", out.display()))?;
    #[cfg(target_os = "linux")]
    rustix::fs::syncfs(&folder).with_context(|| format!("syncing {}", out.display()))?;
    #[cfg(not(target_os = "linux"))]
    folder.sync_all()?;
    Ok(())
}

#[cfg(not(unix))]
fn bring_to_disk(_: &Path) -> Result<()> {
    Ok(())
}
