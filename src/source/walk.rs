//! Lists the source files below the portal folder and says what each is for.
//!
//! In: the folder. Out: [`Sources`], sorted by path, a [`FileId`] being the index. Nothing is opened here.
//! Symbolic links are not followed; what is neither a file nor a folder is never opened, so a pipe cannot
//! make the tool wait.
//!
//! Not here: reading (`read`), and themes, which stand beside the sources.

use std::collections::BTreeMap;
use std::fs::{self, FileType};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::{Code, FileId, Findings, Message, Place};
use crate::source::csv::Layout;
use crate::source::names::{self, Fault, Passed};

/// There is no portal.yaml.
pub const PORTAL_MISSING: Code = Code("E-PORTAL-MISSING");
/// A symbolic link among the sources.
pub const SYMLINK: Code = Code("E-SOURCE-SYMLINK");
/// A pipe, socket or device among the sources.
pub const SPECIAL: Code = Code("E-SOURCE-SPECIAL");
/// A file where none belongs.
pub const STRAY: Code = Code("W-SOURCE-STRAY");
/// Hidden files and backups, which are passed over.
pub const IGNORED: Code = Code("I-SOURCE-IGNORED");
/// A name that some systems cannot hold.
pub const NAME: Code = Code("E-SOURCE-NAME");
/// Two names that differ only in case.
pub const CASE: Code = Code("E-SOURCE-CASE");

/// What a source file is for, by where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// `portal.yaml`.
    Portal,
    /// `ledgers/**/*.yaml` and `ledgers/**/*.csv`.
    Ledger,
    /// `collections/<plural>.yaml`: a kind that the portal declares itself.
    Collection,
    /// `inspection/*.yaml`: lists that the lint of the finished site goes by.
    Inspection,
    /// `books/<book>/book.yaml`.
    Book,
    /// `books/<book>/NN-<slug>.md`.
    Chapter,
    /// `articles/<column>/**.md`.
    Article,
    /// `pages/**.md`.
    Page,
    /// `assets/**`.
    Asset,
    /// Anything else; listed so that findings can name it, never read.
    Unknown,
}

/// One file below the portal folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Path below the portal folder, `/` between folders.
    pub path: String,
    /// What it is for.
    pub role: Role,
    /// Size in bytes.
    pub size: u64,
}

/// All source files of a portal.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The portal folder.
    pub root: PathBuf,
    /// Its files, sorted by path; a [`FileId`] is an index into them.
    pub files: Vec<SourceFile>,
    /// What the columns of its CSV ledgers hold, once `record` has told it: to read them again as they were read.
    pub layouts: BTreeMap<FileId, Layout>,
    /// Hashes of the bytes of its ledgers, once `record` has read them.
    pub hashes: BTreeMap<FileId, u128>,
}

impl Sources {
    /// The file with this number.
    pub fn file(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// The path of a file below the portal folder; empty when there is no such file.
    pub fn path(&self, id: FileId) -> &str {
        self.file(id).map_or("", |file| &file.path)
    }

    /// The files of one role with their numbers, in order.
    pub fn with_role(&self, role: Role) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files
            .iter()
            .zip(0..)
            .filter(move |(file, _)| file.role == role)
            .map(|(file, id)| (FileId(id), file))
    }

    /// The number of `portal.yaml`.
    pub fn portal(&self) -> Option<FileId> {
        self.with_role(Role::Portal).next().map(|(id, _)| id)
    }
}

/// Lists the sources below `root`; `skipped` are folders that hold none, such as the site,
/// and files beside the folders that are none.
pub fn walk(root: &Path, skipped: &[PathBuf], findings: &mut Findings) -> anyhow::Result<Sources> {
    let shown = root.display();
    let top = fs::metadata(root)
        .with_context(|| format!("无法打开门户文件夹 / cannot open the portal folder: {shown}"))?;
    anyhow::ensure!(top.is_dir(), "门户路径不是文件夹 / the portal is not a folder: {shown}");
    let skipped: Vec<PathBuf> = skipped.iter().filter_map(|path| path.canonicalize().ok()).collect();
    let (mut found, left_behind) = list(root, &skipped)?;
    found.sort_by(|a, b| a.file.path.cmp(&b.file.path));
    for (found, id) in found.iter().zip(0..) {
        report(found, FileId(id), findings);
    }
    let sources = Sources {
        root: root.to_path_buf(),
        files: found.into_iter().map(|f| f.file).collect(),
        layouts: BTreeMap::new(),
        hashes: BTreeMap::new(),
    };
    report_case_collisions(&sources, findings);
    names::report_passed(left_behind, findings);
    if sources.portal().is_none() {
        report_missing_portal(&sources, findings);
    }
    Ok(sources)
}

/// What stands at a path.
enum Kind {
    File,
    StrayFolder,
    LinkWithin,
    LinkOutside,
    Special,
}

struct Found {
    file: SourceFile,
    kind: Kind,
    fault: Option<Fault>,
}

/// The files and folders that are sources or stand where none belongs, and the paths of hidden files and backups.
fn list(root: &Path, skipped: &[PathBuf]) -> anyhow::Result<(Vec<Found>, Vec<String>)> {
    let (mut found, mut left_behind) = (Vec::new(), Vec::new());
    let mut entries = WalkDir::new(root).min_depth(1).follow_links(false).into_iter();
    while let Some(entry) = entries.next() {
        let entry = entry
            .with_context(|| format!("无法列出源文件 / cannot list the sources in: {}", root.display()))?;
        let name = entry.file_name().to_string_lossy();
        let is_folder = entry.file_type().is_dir();
        let in_root = entry.depth() == 1;
        let is_skipped = (is_folder || in_root) && is_skipped(&entry, skipped);
        let passed = names::passed(&name, in_root);
        if passed.is_some() || is_skipped {
            if passed == Some(Passed::LeftBehind) && !is_skipped {
                left_behind.push(path_below(root, entry.path()));
            }
            if is_folder {
                entries.skip_current_dir();
            }
            continue;
        }
        if is_folder && (!in_root || names::is_source_folder(&name)) {
            continue;
        }
        if is_folder {
            entries.skip_current_dir();
        }
        found.push(describe(root, &entry)?);
    }
    Ok((found, left_behind))
}

/// A path below the portal folder, `/` between folders.
fn path_below(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn is_skipped(entry: &DirEntry, skipped: &[PathBuf]) -> bool {
    !skipped.is_empty() && entry.path().canonicalize().is_ok_and(|path| skipped.contains(&path))
}

fn describe(root: &Path, entry: &DirEntry) -> anyhow::Result<Found> {
    let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
    let segments: Vec<_> = below.components().map(|c| c.as_os_str().to_string_lossy()).collect();
    let path = segments.join("/");
    let kind = kind(root, entry.path(), entry.file_type());
    let fault = names::fault(below);
    let (role, size) = match kind {
        Kind::File if fault != Some(Fault::NotUnicode) => {
            let metadata = entry.metadata().with_context(|| {
                format!("无法读取文件大小 / cannot read the size of: {}", entry.path().display())
            })?;
            (role(&segments.iter().map(AsRef::as_ref).collect::<Vec<&str>>()), metadata.len())
        }
        _ => (Role::Unknown, 0),
    };
    Ok(Found { file: SourceFile { path, role, size }, kind, fault })
}

fn kind(root: &Path, path: &Path, file_type: FileType) -> Kind {
    if file_type.is_symlink() {
        let target = (path.canonicalize(), root.canonicalize());
        let within = matches!(&target, (Ok(target), Ok(root)) if target.starts_with(root));
        return if within { Kind::LinkWithin } else { Kind::LinkOutside };
    }
    match (file_type.is_file(), file_type.is_dir()) {
        (true, _) => Kind::File,
        (_, true) => Kind::StrayFolder,
        _ => Kind::Special,
    }
}

/// What a file is for, by the segments of its path.
fn role(segments: &[&str]) -> Role {
    let name = segments.last().copied().unwrap_or("");
    let is_markdown = name.ends_with(".md");
    match segments {
        ["portal.yaml"] => Role::Portal,
        ["ledgers", _, ..] if [".yaml", ".yml", ".csv"].iter().any(|end| name.ends_with(end)) => Role::Ledger,
        ["collections", name] if name.ends_with(".yaml") || name.ends_with(".yml") => Role::Collection,
        ["inspection", name] if name.ends_with(".yaml") || name.ends_with(".yml") => Role::Inspection,
        ["books", _, "book.yaml"] => Role::Book,
        ["books", _, name] if is_markdown && is_chapter_name(name) => Role::Chapter,
        ["articles", _, _, ..] if is_markdown => Role::Article,
        ["pages", _, ..] if is_markdown => Role::Page,
        ["assets", _, ..] => Role::Asset,
        _ => Role::Unknown,
    }
}

/// `NN-<slug>.md`.
fn is_chapter_name(name: &str) -> bool {
    let digits = name.len() - name.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    digits > 0 && name.get(digits..).is_some_and(|rest| rest.starts_with('-') && rest.len() > "-.md".len())
}

fn report(found: &Found, id: FileId, findings: &mut Findings) {
    let place = Place::File(id);
    let link_hint =
        Message::new("请把文件本身放进来，不要用链接。", "Put the file itself here instead of a link.");
    match found.kind {
        Kind::LinkWithin => {
            findings
                .add(
                    SYMLINK,
                    place.clone(),
                    Message::new("这是一个符号链接，不会被读取", "this is a symbolic link and is not read"),
                )
                .hint(link_hint);
        }
        Kind::LinkOutside => {
            findings
                .add(
                    SYMLINK,
                    place.clone(),
                    Message::new(
                        "这是一个符号链接，指向来源文件夹之外或不存在的地方",
                        "this is a symbolic link that leads outside the portal folder or nowhere",
                    ),
                )
                .hint(link_hint);
        }
        Kind::Special => {
            findings
                .add(
                    SPECIAL,
                    place.clone(),
                    Message::new(
                        "这不是普通文件（管道、套接字或设备），不会被打开",
                        "this is a pipe, socket or device and is not opened",
                    ),
                )
                .hint(Message::new("请移走它。", "Move it away."));
        }
        Kind::File | Kind::StrayFolder
            if found.file.role == Role::Unknown && found.fault != Some(Fault::NotUnicode) =>
        {
            names::report_stray(&found.file.path, place.clone(), findings);
        }
        Kind::File | Kind::StrayFolder => {}
    }
    if let Some(fault) = found.fault {
        names::report_fault(fault, place, findings);
    }
}

fn report_case_collisions(sources: &Sources, findings: &mut Findings) {
    let mut seen = BTreeMap::new();
    for (file, id) in sources.files.iter().zip(0..) {
        if let Some(first) = seen.insert(file.path.to_lowercase(), id) {
            findings
                .add(
                    CASE,
                    Place::File(FileId(id)),
                    Message::new(
                        format!(
                            "文件名与“{}”只差大小写，在 Windows 上是同一个文件",
                            sources.path(FileId(first))
                        ),
                        format!(
                            "the name differs from `{}` only in case: on Windows they are one file",
                            sources.path(FileId(first))
                        ),
                    ),
                )
                .other(Place::File(FileId(first)), Message::new("另一个在这里", "the other one"))
                .hint(Message::new("请给其中一个改名。", "Rename one of them."));
        }
    }
}

fn report_missing_portal(sources: &Sources, findings: &mut Findings) {
    let near = sources
        .files
        .iter()
        .find(|file| matches!(file.path.as_str(), "portal.yml" | "Portal.yaml" | "portal.yaml.txt"));
    let hint = match near {
        Some(file) => Message::new(
            format!("请把 {} 改名为 portal.yaml。", file.path),
            format!("Rename {} to portal.yaml.", file.path),
        ),
        None => Message::new(
            "请确认文件夹没有写错；新建门户请先写 portal.yaml。",
            "Check the folder's name; a new portal begins with its portal.yaml.",
        ),
    };
    let folder = sources.root.display();
    findings
        .add(
            PORTAL_MISSING,
            Place::Portal,
            Message::new(
                format!("文件夹 {folder} 里没有 portal.yaml"),
                format!("there is no portal.yaml in {folder}"),
            ),
        )
        .hint(hint);
}
