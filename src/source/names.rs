//! Judges names of source files: ignored, out of place, or unfit for some system.
//!
//! In: names and paths. Out: what is wrong with them, as values and findings.
//!
//! Not here: routes of the site, which are stricter (`route`), and the walk itself.

use std::path::Path;

use crate::diagnostic::{Findings, Message, Place};
use crate::source::walk::{IGNORED, NAME, STRAY};

/// What is wrong with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Not Unicode.
    NotUnicode,
    /// A character that Windows does not allow, or a control character.
    Character(char),
    /// A device name of Windows.
    Reserved,
    /// Ends with a dot or a blank.
    Ending,
}

/// Why a file or folder is passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passed {
    /// Of another purpose and known to be so: themes, readmes, what belongs to version control and editors.
    Beside,
    /// Hidden, a backup, or left behind by an editor or a system: its owner may think that it is part of the portal.
    LeftBehind,
}

/// Files and folders that version control, code hosts and editors look for by name.
const OF_TOOLS: [&str; 12] = [
    ".git",
    ".gitignore",
    ".gitattributes",
    ".gitkeep",
    ".gitmodules",
    ".gitee",
    ".github",
    ".svn",
    ".hg",
    ".editorconfig",
    ".vscode",
    ".idea",
];

/// Hidden files, what editors and systems leave behind, and folders of other purpose.
pub(super) fn passed(name: &str, in_root: bool) -> Option<Passed> {
    let lower = name.to_ascii_lowercase();
    // The cache and the hidden folders of a publication are the program's own.
    let is_own = name.starts_with(".gongshi");
    let left_behind = name.starts_with('.')
        || name.starts_with("~$")
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || [".swp", ".swo", ".bak", ".tmp", ".orig"].iter().any(|ending| lower.ends_with(ending))
        || ["thumbs.db", "desktop.ini", "__macosx"].contains(&lower.as_str());
    let beside = in_root
        && (lower == "themes"
            || ["readme", "license", "licence", "changelog"].iter().any(|word| lower.starts_with(word)));
    match (left_behind, beside || is_own || OF_TOOLS.contains(&name)) {
        (_, true) => Some(Passed::Beside),
        (true, false) => Some(Passed::LeftBehind),
        (false, false) => None,
    }
}

/// So many names of what was passed over are told.
const MOST_NAMES: usize = 6;

/// Tells once of what lies among the sources and is no part of the portal.
pub(super) fn report_passed(mut paths: Vec<String>, findings: &mut Findings) {
    if paths.is_empty() {
        return;
    }
    paths.sort();
    let count = paths.len();
    let names = |sign: &str| paths.iter().take(MOST_NAMES).map(String::as_str).collect::<Vec<_>>().join(sign);
    let (more_zh, more_en) = if count > MOST_NAMES { ("等", ", …") } else { ("", "") };
    let message = Message::new(
        format!("门户文件夹里有 {count} 个隐藏或备份文件，不读取、不检查、不发布：{}{more_zh}", names("、")),
        format!(
            "{count} hidden or backup files lie in the portal folder and are neither read, searched nor published: {}{more_en}",
            names(", ")
        ),
    );
    findings.add(IGNORED, Place::Portal, message).hint(Message::new(
        "要公布的请改成普通文件名；用不着的请删掉或移走，里面的个人信息也没有查过",
        "give what is to be published an ordinary name; delete or move the rest, which nobody has searched for personal data",
    ));
}

/// The folders of section "Sources": nothing else belongs beside `portal.yaml`.
pub(super) fn is_source_folder(name: &str) -> bool {
    matches!(name, "ledgers" | "collections" | "inspection" | "books" | "articles" | "pages" | "assets")
}

/// The first fault of a path below the portal folder.
pub(super) fn fault(path: &Path) -> Option<Fault> {
    path.components().find_map(|segment| match segment.as_os_str().to_str() {
        None => Some(Fault::NotUnicode),
        Some(name) => name_fault(name),
    })
}

fn name_fault(name: &str) -> Option<Fault> {
    if let Some(wrong) = name.chars().find(|c| c.is_control() || r#"<>:"|?*\"#.contains(*c)) {
        return Some(Fault::Character(wrong));
    }
    if name.ends_with(['.', ' ']) {
        return Some(Fault::Ending);
    }
    let stem = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
    let numbered = |device: &str| {
        stem.strip_prefix(device)
            .is_some_and(|rest| rest.len() == 1 && rest.starts_with(|c: char| ('1'..='9').contains(&c)))
    };
    let reserved =
        matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt");
    reserved.then_some(Fault::Reserved)
}

pub(super) fn report_fault(fault: Fault, place: Place, findings: &mut Findings) {
    let message = match fault {
        Fault::NotUnicode => Message::new(
            "文件名不是 Unicode 文字，不会被读取",
            "the name is no Unicode text; the file is not read",
        ),
        Fault::Character(wrong) => {
            let shown = wrong.escape_default();
            Message::new(
                format!("文件名里有 Windows 不允许的字符 {shown}"),
                format!("the name holds {shown}, which Windows does not allow"),
            )
        }
        Fault::Reserved => {
            Message::new("文件名是 Windows 保留的设备名", "the name is a device name of Windows")
        }
        Fault::Ending => Message::new("文件名以点或空格结尾", "the name ends with a dot or a blank"),
    };
    findings.add(NAME, place, message).hint(Message::new(
        "请改名；最稳妥的是小写字母、数字和连字符。",
        "Rename it; small letters, digits and hyphens are safe everywhere.",
    ));
}

/// Reports a file or folder where none belongs.
pub(super) fn report_stray(path: &str, place: Place, findings: &mut Findings) {
    let in_folder = |folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    let is_table = [".xls", ".xlsx", ".et", ".ods", ".tsv", ".tab"]
        .iter()
        .any(|ending| path.to_ascii_lowercase().ends_with(ending));
    let lower = path.to_ascii_lowercase();
    let bare = lower
        .strip_suffix(".txt")
        .filter(|bare| [".yaml", ".yml", ".csv", ".md"].iter().any(|ending| bare.ends_with(ending)))
        .and_then(|bare| path.get(..bare.len()));
    let is_capital = [".yaml", ".yml", ".csv"].iter().any(|ending| lower.ends_with(ending));
    let hint = if let Some(bare) = bare {
        let name = bare.rsplit('/').next().unwrap_or(bare);
        Message::new(
            format!("末尾多了 .txt，请改名为 {name}（Windows 里先勾选“文件扩展名”才看得到）。"),
            format!(
                "There is a .txt too many: rename it to {name} (Windows shows it only with file name extensions on)."
            ),
        )
    } else if in_folder("ledgers") && is_capital {
        Message::new(
            "扩展名要小写：.yaml、.yml 或 .csv，请改名。",
            "The ending is written in small letters, .yaml, .yml or .csv: rename it.",
        )
    } else if in_folder("ledgers") && is_table {
        Message::new(
            "请在表格软件里另存为“CSV UTF-8（逗号分隔）”，以类别命名，如 visits.csv。",
            "Save the table as CSV UTF-8 and name it after its kind, such as visits.csv.",
        )
    } else if in_folder("ledgers") {
        Message::new(
            "ledgers/ 里只读 .yaml、.yml 和 .csv 文件。",
            "In ledgers/ only .yaml, .yml and .csv files are read.",
        )
    } else if in_folder("books") {
        Message::new(
            "books/<书>/ 里只读 book.yaml 和 NN-名称.md（例如 01-general.md）；图片放 assets/。",
            "In books/<book>/ only book.yaml and NN-<slug>.md (such as 01-general.md) are read; pictures go to assets/.",
        )
    } else if in_folder("articles") {
        Message::new(
            "文章放在 articles/<栏目>/ 下，以 .md 结尾；图片和附件放 assets/。",
            "Articles are .md files in articles/<column>/; pictures and attachments go to assets/.",
        )
    } else if in_folder("pages") {
        Message::new(
            "pages/ 里只读 .md 文件；图片放 assets/。",
            "In pages/ only .md files are read; pictures go to assets/.",
        )
    } else {
        Message::new(
            "只读 portal.yaml 和 ledgers/、collections/、inspection/、books/、articles/、pages/、assets/。",
            "Only portal.yaml, ledgers/, collections/, inspection/, books/, articles/, pages/ and assets/ are read.",
        )
    };
    let message = match bare.is_some() || is_capital {
        true if in_folder("ledgers") => Message::new(
            "这像是一个台账，但文件名的结尾不对，里面的记录都没有读",
            "this looks like a ledger, but its name ends otherwise; none of its records was read",
        ),
        _ => Message::new("它不在该放的位置，不会被读取", "it does not belong here and is not read"),
    };
    findings.add(STRAY, place, message).hint(hint);
}
