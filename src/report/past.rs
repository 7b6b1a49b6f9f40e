//! What is said of a baseline: how many findings it knows, how many of them are gone, where it was written.
//!
//! In: a [`Past`]. Out: lines for people. Not here: the baseline itself (`baseline`), its file (`cli`).

use std::path::Path;

use super::{Reporter, counted};
use crate::diagnostic::{Diagnostic, Severity};
use crate::pipeline::count;

/// What there is to say of a baseline.
#[derive(Clone, Copy, Debug)]
pub struct Past<'p> {
    /// The file it was read from.
    pub read: Option<&'p Path>,
    /// The file it was written to.
    pub written: Option<&'p Path>,
    /// Findings that it knows.
    pub old: &'p [Diagnostic],
    /// Whether it has the form before, in which personal numbers of one place are not told apart.
    pub is_old: bool,
    /// How many it knows that were not found.
    pub gone: usize,
}

impl Reporter {
    /// Counts what the baseline knows, what of it is no longer found, and says where it was written.
    pub fn past(&self, past: &Past<'_>) {
        let (count, errors) = (past.old.len(), count(past.old, Severity::Error));
        if count > 0 {
            let (zh, en) = match errors {
                0 => (String::new(), String::new()),
                _ => (
                    format!("，其中错误 {errors} 处，不改正不能发布"),
                    format!(", {} among them, which still stop a build", counted(errors as u64, "error")),
                ),
            };
            self.say(
                &format!("旧问题 {count} 处{zh}"),
                &format!("{}{en}", counted(count as u64, "old finding")),
            );
        }
        if let Some(read) = past.read.filter(|_| past.gone > 0) {
            let (gone, read) = (past.gone, read.display());
            self.say(
                &format!("基线 {read} 中已改 {gone} 处，可用 --write-baseline 重写基线"),
                &format!(
                    "{gone} of the baseline {read} are no longer found; --write-baseline writes it anew"
                ),
            );
        }
        if let Some(read) = past.read.filter(|_| past.is_old && past.written.is_none()) {
            let read = read.display();
            self.say(
                &format!("基线 {read} 是旧格式，同一处换了别的个人号码、住址或病情认不出来；请用 --write-baseline 重写一次"),
                &format!(
                    "the baseline {read} has an older form, which takes other personal data at the same place for what it knows; write it anew once with --write-baseline"
                ),
            );
        }
        if let Some(written) = past.written {
            let written = written.display();
            self.say(
                &format!("已写入基线 {written}：{count} 处"),
                &format!("wrote the baseline {written}: {}", counted(count as u64, "finding")),
            );
        }
    }

    /// Says that no baseline is written of what could not be read.
    pub fn no_baseline(&self) {
        self.say(
            "有源文件无法读取，基线未写：请先改正，再写基线",
            "no baseline was written, for some sources could not be read: mend them first",
        );
    }
}
