//! Parts a Markdown file into its YAML front matter and its body.
//!
//! In: the text of the file. Out: the front matter as a document whose positions are those of the whole file,
//! and the body with its byte offset and line. Only the first `limits.front_matter_bytes` are searched for the
//! closing line.
//!
//! Not here: what the keys mean (`record`), and Markdown.

use crate::diagnostic::{Code, FileId, Findings, Message, Place, Position};
use crate::source::document::Document;
use crate::source::limits::{Limits, limit_passed};
use crate::source::yaml::parse_part;

/// A front matter that does not end.
pub const UNCLOSED: Code = Code("E-FRONT-MATTER");

/// A Markdown file in two parts.
#[derive(Debug)]
pub struct FrontMatter<'t> {
    /// The front matter: none when there is none, broken when it could not be read.
    pub yaml: Option<Document>,
    /// What follows it.
    pub body: &'t str,
    /// The byte of the file at which the body begins.
    pub body_offset: usize,
    /// The 1-based line of the file at which the body begins.
    pub body_line: u32,
}

/// Parts a Markdown file; a file that does not begin with a line `---` is all body.
pub fn split_front_matter<'t>(
    file: FileId,
    text: &'t str,
    limits: &Limits,
    findings: &mut Findings,
) -> FrontMatter<'t> {
    let whole = |yaml| FrontMatter { yaml, body: text, body_offset: 0, body_line: 1 };
    let Some(first) = text.split_inclusive('\n').next().filter(|line| line.trim_end() == "---") else {
        return whole(None);
    };
    let (mut offset, mut lines) = (first.len(), 1);
    let start = offset;
    for line in text.get(start..).unwrap_or("").split_inclusive('\n') {
        if offset - start > limits.front_matter_bytes {
            let what = Message::new("文首信息字节数", "the size of the front matter in bytes");
            let limit = limits.front_matter_bytes as u64;
            limit_passed(findings, beginning(file), "front_matter_bytes", limit, what);
            return whole(Some(Document::unreadable()));
        }
        lines += 1;
        let end = offset;
        offset += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            let yaml = parse_part(file, text.get(start..end).unwrap_or(""), 1, limits, findings);
            return FrontMatter {
                yaml: Some(yaml),
                body: text.get(offset..).unwrap_or(""),
                body_offset: offset,
                body_line: lines + 1,
            };
        }
    }
    findings
        .add(
            UNCLOSED,
            beginning(file),
            Message::new("文首信息没有结束的 --- 行", "the front matter has no closing line `---`"),
        )
        .hint(Message::new(
            "请在文首信息之后另起一行写 ---，再写正文。",
            "Write a line `---` behind the front matter, then the text.",
        ));
    whole(Some(Document::unreadable()))
}

fn beginning(file: FileId) -> Place {
    Place::At(file, Position { line: 1, column: 1 })
}
