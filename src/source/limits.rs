//! How much one source file may ask of the machine.
//!
//! The defaults hold a file of about 200,000 records of 20 fields; each is a setting under `limits:` in
//! `portal.yaml`, and the finding made when one is passed names that setting.
//!
//! Not here: where a limit is checked; each reader does so before it spends the memory.

use crate::diagnostic::{Code, Finding, Findings, Message, Place};

/// A file, a nesting, an alias or a text that is larger than its limit.
pub const LIMIT: Code = Code("E-LIMIT");

/// Bounds of one source file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a text file: 64 MiB.
    pub file_bytes: usize,
    /// Bytes of an article's front matter: 64 KiB.
    pub front_matter_bytes: usize,
    /// Lists and mappings inside each other: 64; never more than [`Limits::DEEPEST`].
    pub depth: u32,
    /// Aliases (`*name`) in one file: 10,000.
    pub aliases: u32,
    /// Keys, values, lists and mappings of one file, aliases expanded: 5,000,000.
    pub nodes: u32,
    /// Bytes of one text: 1 MiB.
    pub scalar_bytes: usize,
}

impl Limits {
    /// The deepest nesting any setting can allow: records are walked by recursion.
    pub const DEEPEST: u32 = 200;
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            file_bytes: 64 << 20,
            front_matter_bytes: 64 << 10,
            depth: 64,
            aliases: 10_000,
            nodes: 5_000_000,
            scalar_bytes: 1 << 20,
        }
    }
}

/// Adds the finding of a limit that was passed; `setting` is its name under `limits:`.
pub(super) fn limit_passed<'f>(
    findings: &'f mut Findings,
    place: Place,
    setting: &str,
    limit: u64,
    what: Message,
) -> &'f mut Finding {
    findings
        .add(
            LIMIT,
            place,
            Message::new(
                format!("{}超过上限 {limit}（limits.{setting}）", what.zh),
                format!("{} is over the limit of {limit} (limits.{setting})", what.en),
            ),
        )
        .hint(Message::new(
            format!("请拆分内容；确有需要时，在 portal.yaml 的 limits: 下调高 {setting}。"),
            format!(
                "Split the content, or raise `{setting}` under `limits:` in portal.yaml if it must be so."
            ),
        ))
}
