//! What was found before: reads and writes the baseline file, and parts the findings of a run by it.
//!
//! In: the flags of a run and its findings. Out: those that are new; at the end the file, written in one step. A check passes
//! over every old finding; a build over old warnings and notes only, since no error may ever be published.
//!
//! Not here: how findings are known again (`baseline`), and what is said of them (`report`).

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::baseline::Baseline;
use crate::diagnostic::{Diagnostic, Language, Severity};
use crate::report::Past;

/// The baseline of a run.
pub(super) struct History {
    read: Option<(PathBuf, Baseline)>,
    write: Option<PathBuf>,
    old: Vec<Diagnostic>,
}

impl History {
    /// Reads the baseline that a run is to be judged by; refuses to write over a file that is none.
    pub(super) fn begin(
        read: Option<&Path>,
        write: Option<&Path>,
        language: Language,
    ) -> anyhow::Result<History> {
        let read = match read {
            Some(path) => Some((path.to_path_buf(), parse(path, language)?)),
            None => None,
        };
        if let Some(path) = write.filter(|path| path.exists()) {
            parse(path, language)?;
        }
        Ok(History { read, write: write.map(Path::to_path_buf), old: Vec::new() })
    }

    /// What of a check's findings is new. Without a baseline to read, one that is written takes all.
    pub(super) fn new_of(&mut self, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let (new, old) = match &mut self.read {
            Some((_, baseline)) => baseline.part(findings),
            None if self.write.is_some() => (Vec::new(), findings),
            None => (findings, Vec::new()),
        };
        self.old.extend(old);
        new
    }

    /// What of a build's findings is new, or an error.
    pub(super) fn new_or_error_of(&mut self, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let (errors, rest): (Vec<_>, Vec<_>) =
            findings.into_iter().partition(|found| found.severity == Severity::Error);
        let mut new = self.new_of(rest);
        new.extend(errors);
        new.sort();
        new
    }

    /// Nothing is written about sources that could not be read, nor is anything said to be mended.
    pub(super) fn give_up_writing(&mut self) -> bool {
        self.write.take().is_some()
    }

    /// Writes the baseline that is due: of the old findings that are still there.
    pub(super) fn write(&self) -> anyhow::Result<()> {
        let Some(path) = &self.write else { return Ok(()) };
        let shown = path.display();
        let mut beside = path.clone().into_os_string();
        beside.push(".new");
        std::fs::write(&beside, Baseline::of(&self.old).text())
            .and_then(|()| std::fs::rename(&beside, path))
            .with_context(|| format!("无法写入基线文件 / cannot write the baseline: {shown}"))
    }

    /// What there is to say of it.
    pub(super) fn past(&self) -> Past<'_> {
        Past {
            read: self.read.as_ref().map(|(path, _)| path.as_path()),
            written: self.write.as_deref(),
            old: &self.old,
            is_old: self.read.as_ref().is_some_and(|(_, read)| read.is_old()),
            gone: self.read.as_ref().map_or(0, |(_, left)| left.count()),
        }
    }
}

fn parse(path: &Path, language: Language) -> anyhow::Result<Baseline> {
    let shown = path.display();
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("无法读取基线文件 / cannot read the baseline: {shown}"))?;
    Baseline::parse(&text).map_err(|broken| {
        let (line, column, why) = (broken.line, broken.column, broken.message.text(language));
        match language {
            Language::Zh => {
                anyhow::anyhow!("基线文件 {shown}:{line}:{column}：{why}；请恢复原文件，或另写一个")
            }
            Language::En => {
                anyhow::anyhow!("baseline {shown}:{line}:{column}: {why}; restore the file, or write another")
            }
        }
    })
}
