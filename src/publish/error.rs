//! Why a release did not go out, in the reader's own language.
//!
//! Every failure of `publish` ends as one [`PublishError`] at the root of an `anyhow` chain, so that the
//! command line can downcast it and print Chinese or English; `Display` is the English text.
//!
//! Not here: the decision what counts as a failure; nothing in this file touches a disk.

use std::{fmt, io, path::Path, path::PathBuf};

use crate::diagnostic::Message;

/// What was being done when the file system said no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Making a folder.
    MakeFolder,
    /// Writing a file.
    Write,
    /// Reading a file or a folder.
    Read,
    /// Taking the lock.
    Lock,
    /// Waiting until everything is on the disk.
    Sync,
    /// Putting the new site in the place of the old one.
    Switch,
    /// Mending what an interrupted build left.
    Repair,
    /// Removing what is no longer needed.
    Remove,
}

impl Act {
    fn zh(self) -> &'static str {
        match self {
            Act::MakeFolder => "无法建立文件夹",
            Act::Write => "无法写入",
            Act::Read => "无法读取",
            Act::Lock => "无法加锁",
            Act::Sync => "无法确认数据已落盘",
            Act::Switch => "无法把新站点换到",
            Act::Repair => "无法修复上次中断的构建",
            Act::Remove => "无法删除",
        }
    }

    fn en(self) -> &'static str {
        match self {
            Act::MakeFolder => "cannot make the folder",
            Act::Write => "cannot write",
            Act::Read => "cannot read",
            Act::Lock => "cannot lock",
            Act::Sync => "cannot make sure that everything is on the disk at",
            Act::Switch => "cannot put the new site in place at",
            Act::Repair => "cannot repair what an interrupted build left at",
            Act::Remove => "cannot remove",
        }
    }
}

/// How much room a release wanted and how much there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortage {
    /// The site folder.
    pub out: PathBuf,
    /// Bytes the new files occupy beside the old release, as far as they were counted.
    pub need: u64,
    /// Free bytes once the staging folder was gone, where the system can say.
    pub free: Option<u64>,
    /// Files and folders that would be made.
    pub names_needed: u64,
    /// Files and folders that the file system has room for, where the system can say.
    pub names_left: Option<u64>,
}

/// Why nothing was published. The site that stood before stands unchanged.
#[derive(Debug)]
pub enum PublishError {
    /// The site folder has no name of its own: `.`, `..` or a root.
    Nameless(PathBuf),
    /// The site folder is a symbolic link.
    Link(PathBuf),
    /// Something that is not a folder stands there.
    NotFolder(PathBuf),
    /// The site folder is a mount point, so no folder beside it can take its place.
    MountPoint(PathBuf),
    /// A folder with files and without a release of ours.
    Foreign(PathBuf),
    /// A release of ours with files in it that no release wrote.
    Strangers {
        /// The site folder.
        out: PathBuf,
        /// The first few, relative to the site folder.
        first: Vec<String>,
        /// How many there are.
        count: usize,
    },
    /// Another build holds the lock.
    Locked(PathBuf),
    /// The disk, or the quota, is used up.
    NoRoom(Shortage),
    /// Two outputs had the same route.
    Twice(String),
    /// The staging folder does not hold what was written to it.
    StagingDiffers {
        /// The first route that is missing, extra or of another size.
        route: String,
    },
    /// `verify` was given a folder whose manifest cannot be used.
    NoRelease {
        /// The folder.
        site: PathBuf,
        /// What is wrong with its manifest.
        why: Message,
    },
    /// Any other refusal of the file system.
    Failed {
        /// What was being done.
        act: Act,
        /// To what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl PublishError {
    pub(crate) fn failed(act: Act, path: &Path) -> impl FnOnce(io::Error) -> PublishError + use<> {
        let path = path.to_path_buf();
        move |source| PublishError::Failed { act, path, source }
    }

    /// Whether the file system, or the quota, has no room left.
    pub(crate) fn is_no_room(&self) -> bool {
        match self {
            PublishError::NoRoom(_) => true,
            PublishError::Failed { source, .. } => {
                matches!(source.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
            }
            _ => false,
        }
    }

    /// The whole message, with what to do about it.
    pub fn message(&self) -> Message {
        match self {
            PublishError::Nameless(path) => on(
                path,
                "不能用作站点文件夹：它没有自己的名字。请写明文件夹名，例如 --out site。",
                "cannot be the site folder: it has no name of its own. Name a folder, such as --out site.",
            ),
            PublishError::Link(path) => on(
                path,
                "是符号链接，不能用作站点文件夹。请直接写出它指向的文件夹。",
                "is a symbolic link and cannot be the site folder. Give the folder that it points to.",
            ),
            PublishError::NotFolder(path) => on(
                path,
                "不是文件夹，不能在此发布。请移走它，或用 --out 另选文件夹。",
                "is not a folder, so nothing can be published there. Move it away, or choose another --out.",
            ),
            PublishError::MountPoint(path) => on(
                path,
                "是挂载点，旁边的文件夹无法替换它。请用 --out 指定其中的子文件夹。",
                "is a mount point: no folder beside it can take its place. Choose a folder inside it with --out.",
            ),
            PublishError::Foreign(path) => on(
                path,
                "不为空，也不是本工具发布的站点，因此没有改动。请用 --out 另选文件夹；确认不再需要时，请自行清空后重试。",
                "is not empty and is no site of gongshi, so it was left alone. Choose another --out, or empty it \
                 yourself if nobody needs it.",
            ),
            PublishError::Strangers { out, first, count } => strangers(out, first, *count),
            PublishError::Locked(path) => on(
                path,
                "正由另一个构建使用，本次没有改动任何文件。请等它结束后重试。",
                "is in use by another build; nothing was changed. Try again when it has ended.",
            ),
            PublishError::NoRoom(shortage) => no_room(shortage),
            PublishError::Twice(route) => Message::new(
                format!("两个输出文件的路径相同：{route}。没有发布。"),
                format!("two outputs have the route {route}; nothing was published"),
            ),
            PublishError::StagingDiffers { route } => Message::new(
                format!("暂存文件夹与清单不符（{route}），可能有其他程序改动了它。没有发布，请重试。"),
                format!(
                    "the staging folder does not match the manifest ({route}); another program may have \
                     changed it. Nothing was published; build again."
                ),
            ),
            PublishError::NoRelease { site, why } => Message::new(
                format!("{} 无法核对：{}", site.display(), why.zh),
                format!("{} cannot be verified: {}", site.display(), why.en),
            ),
            PublishError::Failed { act, path, .. } if self.is_no_room() => Message::new(
                format!("{} {}：磁盘空间不足。原站点没有改动。", act.zh(), path.display()),
                format!(
                    "{} {}: no room on the disk. The old site was not changed.",
                    act.en(),
                    path.display()
                ),
            ),
            PublishError::Failed { act, path, source } => Message::new(
                format!("{} {}：{source}", act.zh(), path.display()),
                format!("{} {}: {source}", act.en(), path.display()),
            ),
        }
    }
}

impl fmt::Display for PublishError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message().en)
    }
}

impl std::error::Error for PublishError {}

fn on(path: &Path, zh: &str, en: &str) -> Message {
    Message::new(format!("{} {zh}", path.display()), format!("{} {en}", path.display()))
}

fn strangers(out: &Path, first: &[String], count: usize) -> Message {
    let dots = if count > first.len() { ", …" } else { "" };
    let names = first.join(", ");
    Message::new(
        format!(
            "{} 里有 {count} 个文件不是本工具发布的（{names}{dots}）。换上新站点会删除它们，因此没有发布。\
             请先移走这些文件，或用 --out 另选文件夹。",
            out.display()
        ),
        format!(
            "{} holds files that no release wrote ({count}: {names}{dots}). Putting the new site in place would \
             delete them, so nothing was published. Move them away, or choose another --out.",
            out.display()
        ),
    )
}

fn no_room(shortage: &Shortage) -> Message {
    let out = shortage.out.display();
    let need = bytes(shortage.need);
    let (zh, en) = match (shortage.names_left, shortage.free) {
        (Some(left), _) if left < shortage.names_needed => (
            format!("还需要 {} 个文件名（inode），文件系统只剩 {left} 个", shortage.names_needed),
            format!("and {} names (inodes), of which only {left} are left", shortage.names_needed),
        ),
        (_, Some(free)) if free >= shortage.need => (
            format!("文件系统尚余 {}，但系统拒绝写入（可能是磁盘配额）", bytes(free)),
            format!("{} are free, yet the system refused (perhaps a quota)", bytes(free)),
        ),
        (_, Some(free)) => (
            format!("只剩 {}，还差 {}", bytes(free), bytes(shortage.need - free)),
            format!("only {} are free, {} too few", bytes(free), bytes(shortage.need - free)),
        ),
        (_, None) => ("剩余空间不足".to_string(), "too few are free".to_string()),
    };
    Message::new(
        format!(
            "磁盘空间不足：发布到 {out} 需要 {need}；{zh}。原站点没有改动。请腾出空间，或用 --out 指定别的磁盘。"
        ),
        format!(
            "no room on the disk: publishing to {out} needs {need}; {en}. The old site was not changed. \
             Free some room, or choose another disk with --out."
        ),
    )
}

fn bytes(count: u64) -> String {
    let mib = count as f64 / 1_048_576.0;
    format!("{mib:.1} MiB ({count} B)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_with_what_is_needed_free_and_missing() {
        let mut shortage = Shortage {
            out: PathBuf::from("site"),
            need: 3_145_728,
            free: Some(1_048_576),
            names_needed: 10,
            names_left: Some(10),
        };
        let text = PublishError::NoRoom(shortage.clone()).message();
        assert!(text.en.contains("needs 3.0 MiB (3145728 B); only 1.0 MiB (1048576 B) are free, 2.0 MiB"));
        assert!(text.zh.contains("需要 3.0 MiB (3145728 B)；只剩 1.0 MiB (1048576 B)，还差 2.0 MiB"));
        shortage.names_left = Some(9);
        let text = PublishError::NoRoom(shortage.clone()).message();
        assert!(text.en.contains("and 10 names (inodes), of which only 9 are left"), "{}", text.en);
        shortage.names_left = None;
        shortage.free = Some(9_000_000);
        assert!(PublishError::NoRoom(shortage).message().zh.contains("配额"));
    }
}
