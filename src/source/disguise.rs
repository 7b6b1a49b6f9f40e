//! Recognises files of another sort under the name of a source: a workbook that was only renamed, a document, a picture, a table
//! with tabs, a web page that some system calls a spreadsheet.
//!
//! In: the bytes of a file, or its text. Out: what it is, and how it is saved as it should be.
//!
//! Not here: encodings (`encoding`), and mistakes in files of the right sort (`syntax`, `csv`).

use crate::diagnostic::Message;
use crate::source::encoding::Seems;
use crate::text::conflict_marks;

/// What bytes are by the mark they begin with; nothing when they may be text.
pub(super) fn of_bytes(bytes: &[u8]) -> Option<Seems> {
    let has = |word: &[u8]| bytes.windows(word.len()).any(|part| part == word);
    let has_wide = |word: &str| has(&word.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    Some(match bytes {
        [b'P', b'K', 3, 4, ..] if has(b"xl/workbook") || has(b"opendocument.spreadsheet") => Seems::Workbook,
        [b'P', b'K', 3, 4, ..] if has(b"word/document") || has(b"opendocument.text") => Seems::Document,
        [b'P', b'K', 3, 4, ..] | [0x1F, 0x8B, ..] | [b'R', b'a', b'r', b'!', 0x1A, ..] => Seems::Archive,
        [b'7', b'z', 0xBC, 0xAF, ..] => Seems::Archive,
        [0xD0, 0xCF, 0x11, 0xE0, ..] if has_wide("WordDocument") => Seems::Document,
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Seems::Workbook,
        [b'%', b'P', b'D', b'F', b'-', ..] => Seems::Pdf,
        [0xFF, 0xD8, 0xFF, ..] | [0x89, b'P', b'N', b'G', ..] | [b'G', b'I', b'F', b'8', ..] => {
            Seems::Picture
        }
        _ => return None,
    })
}

/// What a file is instead, in the words of a finding: the line that tells it, the message, the hint.
type Told = (u32, Message, Message);

/// What a text under the name of a YAML file is, when its first line can begin no mapping.
pub(super) fn of_yaml(text: &str) -> Option<Told> {
    let is_content = |line: &str| !line.is_empty() && !line.starts_with('#') && line != "---";
    let (number, line) = (1..).zip(text.lines().map(str::trim)).find(|(_, line)| is_content(line))?;
    if is_web_page(line) {
        return Some((number, web_page(), as_csv()));
    }
    if line.contains(':') || line.starts_with(['-', '{', '[', '&', '*', '!', '%', '|', '>', '\'']) {
        return None;
    }
    let quoted = line.starts_with('"');
    let (zh, en) = if line.contains('\t') {
        ("制表符（Tab）", "tabs")
    } else if line.contains(',') && (!quoted || line.contains("\",")) {
        ("英文逗号", "commas")
    } else {
        return None;
    };
    let message = Message::new(
        format!("这不是 YAML，是各列用{zh}隔开的表格，整个文件未读"),
        format!("this is no YAML but a table whose columns are parted by {en}; nothing of the file was read"),
    );
    Some((number, message, as_csv()))
}

/// The line `sep=,` with which spreadsheet programs begin a CSV file to say what parts its columns, its line end included;
/// empty where there is none.
pub(super) fn separator_line(text: &str) -> &str {
    let end = text.find('\n').map_or(text.len(), |end| end + 1);
    let (line, _) = text.split_at_checked(end).unwrap_or((text, ""));
    // Saved once more, it stands in quotes or has empty cells behind it.
    let bare = line.trim().trim_start_matches('"');
    let is_one = bare.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("sep="))
        && bare.chars().skip(4).all(|c| matches!(c, ',' | ';' | '\t' | '|' | '"'));
    if is_one { line } else { "" }
}

/// What a text under the name of a CSV file is, when its heading can name no columns.
pub(super) fn of_csv(text: &str) -> Option<Told> {
    let (number, line) = (1..).zip(text.lines().map(str::trim)).find(|(_, line)| !line.is_empty())?;
    if is_web_page(line) {
        return Some((number, web_page(), as_csv()));
    }
    if let Some(at) = conflict_marks(text) {
        let (message, hint) = unmerged();
        let before = text.get(..at).unwrap_or("").matches('\n').count();
        return Some((before as u32 + 1, message, hint));
    }
    if is_title(line)
        && text
            .lines()
            .skip(number as usize)
            .any(|row| row.split(',').nth(1).is_some_and(|cell| !cell.trim().is_empty()))
    {
        let message = Message::new(
            "第一行像是整张表的标题，不是表头，整个文件未读",
            "the first line seems to be the title of the table and not its heading; nothing of the file was read",
        );
        let hint = Message::new(
            "请删去标题行，第一行写各列的名称；合并的单元格取消合并，每一行都填上",
            "delete it, so that the names of the columns come first; split merged cells and fill in every row",
        );
        return Some((number, message, hint));
    }
    let is_yaml = !line.contains(',') && (line.ends_with(':') || line.starts_with("- "));
    is_yaml.then(|| {
        let message = Message::new(
            "这是 YAML 台账，不是表格，整个文件未读",
            "this is a ledger in YAML and no table; nothing of the file was read",
        );
        (number, message, Message::new("请把扩展名改成 .yaml", "rename it to end with .yaml"))
    })
}

/// Of two versions that were not joined: what was found and what to do.
pub fn unmerged() -> (Message, Message) {
    let message = Message::new(
        "版本合并没有做完：文件里还留着冲突标记 <<<<<<< 和 >>>>>>>",
        "a merge was not finished: the file still holds the marks <<<<<<< and >>>>>>>",
    );
    let hint = Message::new(
        "请在两种写法里留下对的一种，删去另一种和三行标记。",
        "Keep the version that is right; delete the other one and the three lines of marks.",
    );
    (message, hint)
}

/// One cell with words and empty ones behind it, as a spreadsheet program saves a title over merged columns.
fn is_title(line: &str) -> bool {
    let (first, rest) = line.split_once(',').unwrap_or((line, ""));
    let is_empty = |c: char| matches!(c, ',' | ' ' | '\u{3000}');
    line.contains(',') && !first.trim().is_empty() && !first.contains('"') && rest.chars().all(is_empty)
}

/// Why a row has another number of cells than the heading.
pub(super) fn row_hint(cells: usize, first: &str) -> Message {
    let sign = [(';', "分号"), ('；', "全角分号"), ('，', "全角逗号"), ('\t', "制表符"), ('|', "竖线")]
        .into_iter()
        .find(|(sign, _)| cells == 1 && first.contains(*sign));
    match sign {
        Some((sign, zh)) => Message::new(
            format!("这一行用{zh}分列，请改成英文逗号"),
            format!("this row is parted by {sign:?}: write commas"),
        ),
        None => Message::new(
            "多半是某格里有逗号而没有加引号；空格也要留出逗号",
            "mostly a comma in a cell without quotes; an empty cell still needs its comma",
        ),
    }
}

/// `<<` is a key of YAML.
fn is_web_page(line: &str) -> bool {
    line.starts_with('<') && !line.starts_with("<<")
}

fn web_page() -> Message {
    Message::new(
        "这是网页或 XML（有的系统导出的“Excel”就是它），整个文件未读",
        "this is a web page or XML, which some systems export as “Excel”; nothing of the file was read",
    )
}

/// How a table is saved.
pub(super) fn as_csv() -> Message {
    Message::new(
        "请用表格软件打开，“另存为”选“CSV UTF-8（逗号分隔）”，以类别命名，如 visits.csv；只改扩展名没有用",
        "open it in a spreadsheet program, save it as CSV UTF-8 (comma delimited) and name it after its kind, such as visits.csv; renaming alone does nothing",
    )
}
