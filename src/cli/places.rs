//! Where the parts of a project lie: content, themes, site, cache, found from the folder that the user names.
//!
//! In: a folder. Out: a [`Project`], and the refusal of a site that would swallow the sources or lie among them.
//!
//! Not here: what is read and written there (`source`, `publish`).

use std::io::Read;
use std::path::{Component, Path, PathBuf};

use crate::text::{ContentHash, content_hash};

/// Folders of the content that hold sources.
const SOURCE_FOLDERS: [&str; 5] = ["ledgers", "books", "articles", "pages", "assets"];

/// Where the parts of a project lie.
pub(super) struct Project {
    /// The sources.
    pub(super) content: PathBuf,
    /// Themes by name.
    pub(super) themes: PathBuf,
    /// The site, unless another place is named.
    pub(super) site: PathBuf,
    /// What a build keeps for the next one.
    pub(super) cache: PathBuf,
    /// What stands before a path of the content folder to make it relative to the folder the user named.
    pub(super) prefix: &'static str,
}

/// A folder may be the project, with `content/` in it, or the content itself.
pub(super) fn project(dir: &Path) -> Project {
    let of = |project: &Path, content: PathBuf, prefix| Project {
        content,
        themes: project.join("themes"),
        site: project.join("site"),
        cache: project.join(".gongshi"),
        prefix,
    };
    if dir.join("portal.yaml").exists() || !dir.join("content").is_dir() {
        let is_content = dir.file_name().is_some_and(|name| name == "content");
        let parent =
            dir.parent().map(|parent| if parent.as_os_str().is_empty() { Path::new(".") } else { parent });
        return match parent.filter(|parent| is_content && parent.join("themes").is_dir()) {
            Some(parent) => of(parent, dir.to_path_buf(), ""),
            None => of(dir, dir.to_path_buf(), ""),
        };
    }
    of(dir, dir.join("content"), "content/")
}

/// The site must not swallow the sources, nor lie among them.
pub(super) fn keep_apart(project: &Project, site: &Path) -> anyhow::Result<()> {
    let (content, out) = (resolved(&project.content), resolved(site));
    let is_project = project.site.parent().is_some_and(|parent| resolved(parent) == content);
    let lies_among = match out.strip_prefix(&content) {
        // A project whose folder is its content has its site in it, beside the sources.
        Ok(inner) if is_project => inner.components().next().is_none_or(|first| {
            SOURCE_FOLDERS.iter().any(|folder| first.as_os_str().eq_ignore_ascii_case(folder))
        }),
        Ok(_) => true,
        Err(_) => content.starts_with(&out),
    };
    anyhow::ensure!(
        !out.starts_with(resolved(&project.cache)),
        "站点文件夹不能在缓存 {} 里，请用 --out 另选 / the site folder must not lie in the cache, choose another --out: {}",
        project.cache.display(),
        site.display()
    );
    anyhow::ensure!(
        !lies_among,
        "站点文件夹与源文件夹 {} 重叠，请用 --out 另选 / the site folder overlaps the sources, choose another --out: {}",
        project.content.display(),
        site.display()
    );
    Ok(())
}

/// A path without links, `.` and `..`, as far as it exists.
fn resolved(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut real = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::ParentDir => drop(real.pop()),
            part => real.push(part),
        }
        if let Ok(found) = real.canonicalize() {
            real = found;
        }
    }
    real
}

/// A key of this very program: a rebuilt one may render otherwise.
pub(super) fn program_key() -> u128 {
    let read = || {
        let mut file = std::fs::File::open(std::env::current_exe()?)?;
        let (mut key, mut buffer) = (ContentHash::default(), vec![0; PROGRAM_PART]);
        loop {
            match file.read(&mut buffer)? {
                0 => return Ok::<u128, std::io::Error>(key.digest()),
                count => key.feed(buffer.get(..count).unwrap_or(&buffer)),
            }
        }
    };
    read().unwrap_or_else(|_| content_hash(env!("CARGO_PKG_VERSION").as_bytes()))
}

/// So much of the program is read at once: clearing memory for the whole costs more than reading it.
const PROGRAM_PART: usize = 256 << 10;
