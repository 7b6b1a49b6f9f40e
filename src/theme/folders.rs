//! The folders that a theme is made of, and their files.
//!
//! In: the name of a theme. Out: its folder behind those of its parents, which `theme.yaml` names, each with its files, all of them read
//! once. Not here: what the files are, and what else a description says (`settings`).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use walkdir::WalkDir;

use super::Wanted;
use super::settings::{Description, described};

/// Largest file of a theme in bytes.
const MOST_BYTES: u64 = 16 << 20;

/// Themes above each other at the most.
const MOST_PARENTS: usize = 8;

/// The name of the theme inside the binary, whose files a folder of that name replaces.
const DEFAULT: &str = "default";

/// A folder of a theme, read.
pub struct Folder {
    /// Where it is.
    pub path: PathBuf,
    /// Its files by their paths in it.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What its `theme.yaml` says.
    pub description: Description,
}

impl Folder {
    fn read(path: PathBuf) -> anyhow::Result<Folder> {
        let files = files_below(&path)?;
        let description = described(&files, &path.join("theme.yaml").display().to_string())?;
        Ok(Folder { path, files, description })
    }

    /// The parent that it names; the default theme when it names none, and of a folder without a description none.
    fn parent(&self) -> anyhow::Result<Option<String>> {
        if !self.files.contains_key("theme.yaml") {
            return Ok(None);
        }
        let is_plain = |name: &str| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        };
        let named = self.description.parent.clone();
        if let Some(name) = named.as_deref().filter(|name| !is_plain(name)) {
            anyhow::bail!(
                "{}: 父主题 `{name}` 应为 themes/ 下文件夹的名称 / parent `{name}` must name a folder in themes/",
                self.path.join("theme.yaml").display()
            );
        }
        let is_default = self.path.file_name().is_some_and(|name| name == DEFAULT);
        Ok(named.or_else(|| (!is_default).then(|| DEFAULT.to_string())))
    }
}

/// The folders of a theme, the highest parent first.
pub fn chain(wanted: Wanted<'_>) -> anyhow::Result<Vec<Folder>> {
    let named = wanted.themes.join(wanted.name);
    let first = match wanted.folder {
        Some(folder) => {
            anyhow::ensure!(
                folder.exists(),
                "主题文件夹不存在 / the theme folder does not exist: {}",
                folder.display()
            );
            anyhow::ensure!(
                folder.is_dir(),
                "主题路径不是文件夹 / the theme is not a folder: {}",
                folder.display()
            );
            Some(folder.to_path_buf())
        }
        None => {
            anyhow::ensure!(
                named.is_dir() || wanted.name == DEFAULT,
                "主题文件夹不存在 / the theme folder does not exist: {}",
                named.display()
            );
            named.is_dir().then_some(named)
        }
    };
    let mut folders: Vec<Folder> = first.map(Folder::read).transpose()?.into_iter().collect();
    while let Some(parent) = folders.last().map(Folder::parent).transpose()?.flatten() {
        let folder = wanted.themes.join(&parent);
        let is_new = !folders.iter().any(|known| is_same(&known.path, &folder));
        if parent == DEFAULT {
            // What replaces files of the default theme replaces them for its children as well.
            if is_new && folder.is_dir() {
                folders.push(Folder::read(folder)?);
            }
            break;
        }
        anyhow::ensure!(
            folder.is_dir(),
            "父主题不存在 / the parent theme does not exist: {}",
            folder.display()
        );
        anyhow::ensure!(
            is_new && folders.len() < MOST_PARENTS,
            "主题互为父主题，或层次超过 {MOST_PARENTS} 层 / themes are parents of each other, or more than {MOST_PARENTS} deep: {}",
            folder.display()
        );
        folders.push(Folder::read(folder)?);
    }
    folders.reverse();
    Ok(folders)
}

fn is_same(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    real(one) == real(other)
}

/// The files of a theme's folder by their paths in it.
fn files_below(folder: &Path) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.with_context(|| {
            format!("主题文件夹无法读取 / the theme folder cannot be read: {}", folder.display())
        })?;
        if !entry.file_type().is_file() || entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let path = entry.path();
        let name = path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/");
        let size = entry.metadata().map_or(0, |facts| facts.len());
        anyhow::ensure!(
            size <= MOST_BYTES,
            "主题文件超过 {MOST_BYTES} 字节 / the theme file is larger than {MOST_BYTES} bytes: {}",
            path.display()
        );
        let bytes = std::fs::read(path).with_context(|| {
            format!("主题文件无法读取 / the theme file cannot be read: {}", path.display())
        })?;
        files.insert(name, bytes);
    }
    Ok(files)
}
