//! What the command line says: diagnostics, summaries, progress, in Chinese or English.
//!
//! Diagnostics go to standard output in JSON and to standard error in human form; all else goes to standard
//! error, but the answers that were asked for (`plan`, `theme`, `explain`).

mod inspection;
mod past;
mod sarif;
mod summary;
pub mod theme;
mod timings;

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write as _};
use std::path::Path;
use std::time::Duration;

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};

use crate::calendar::Date;
use crate::check::Explanation;
use crate::diagnostic::{Allowed, Code, Diagnostic, Language, Severity};
use crate::pipeline::Planned;
use crate::plan::describe;
use crate::publish::{PublishError, Published, VerifyReport};
use crate::source::{Sources, display, is_source, to_json_line, to_line};
use crate::text::excerpt;

pub use inspection::{Report, printed};
pub use past::Past;
pub use summary::Extent;
use summary::records;
pub use timings::timings;

/// How diagnostics are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: the line, the place, the hint.
    Human,
    /// One JSON object a line on standard output.
    Json,
    /// One SARIF 2.1.0 log on standard output; of `check` only.
    Sarif,
}

/// Findings up to which all are shown to people; of more, the first of each rule.
const MOST_SHOWN: usize = 200;
/// How many of each rule are shown then.
const FIRST_OF_RULE: usize = 10;

/// Language, format and the folder that paths are relative to.
#[derive(Clone, Copy, Debug)]
pub struct Reporter {
    /// Language of all messages.
    pub language: Language,
    /// Form of diagnostics.
    pub format: Format,
    /// How much of a long list is shown to people.
    pub extent: Extent,
    /// Stands before the path of a source file.
    pub prefix: &'static str,
}

/// A list cut to what people read, and how many of each rule were left out.
struct Cut<'d> {
    shown: Vec<&'d Diagnostic>,
    left_out: BTreeMap<Code, usize>,
}

impl Reporter {
    /// Writes diagnostics; in SARIF they are written together, at the end.
    pub fn diagnostics(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        if self.format == Format::Sarif {
            return;
        }
        if self.format == Format::Human {
            let cut = self.cut(diagnostics);
            eprint!("{}", display(cut.shown.iter().copied(), self.language, sources, self.prefix));
            self.left_out(&cut);
            return;
        }
        let mut out = std::io::stdout().lock();
        for diagnostic in diagnostics {
            let mut shown = diagnostic.clone();
            shown.file = self.named(sources, &shown.file);
            // A closed pipe is the reader's wish to hear no more.
            if writeln!(out, "{}", to_json_line(&shown, self.language)).is_err() {
                return;
            }
        }
    }

    /// Writes all findings of a check as one SARIF log, if that is wanted.
    pub fn log(&self, found: &[Diagnostic], allowed: &[Diagnostic], past: &Past<'_>, sources: &Sources) {
        if self.format != Format::Sarif {
            return;
        }
        let has_baseline = past.read.is_some() || past.written.is_some();
        let log = sarif::Log { found, allowed, old: past.old, has_baseline };
        let rules: Vec<Explanation> = crate::check::explanations().collect();
        let bytes = sarif::write(&log, &rules, self.language, &|file| self.named(sources, file));
        // A closed pipe is the reader's wish to hear no more.
        let _ = std::io::stdout().lock().write_all(&bytes);
    }

    /// The path of a file as the user knows it.
    fn named(&self, sources: &Sources, file: &str) -> String {
        let prefix = if is_source(sources, file) { self.prefix } else { "" };
        format!("{prefix}{file}")
    }

    /// The first of each rule where there are too many to be read.
    fn cut<'d>(&self, diagnostics: &'d [Diagnostic]) -> Cut<'d> {
        let most = if diagnostics.len() > self.extent.of(MOST_SHOWN) { FIRST_OF_RULE } else { usize::MAX };
        let mut met: BTreeMap<Code, usize> = BTreeMap::new();
        let mut first = |found: &&Diagnostic| {
            let met = met.entry(found.code).or_default();
            *met += 1;
            *met <= most
        };
        let shown = diagnostics.iter().filter(&mut first).collect();
        let left_out = met.into_iter().filter(|(_, met)| *met > most).map(|(code, met)| (code, met - most));
        Cut { shown, left_out: left_out.collect() }
    }

    fn left_out(&self, cut: &Cut<'_>) {
        if cut.left_out.is_empty() {
            return;
        }
        self.say(
            &format!("问题太多，每条规则只列出前{FIRST_OF_RULE}处（加 --all 全部列出）："),
            &format!("too many to be read: the first {FIRST_OF_RULE} of each rule are shown (all of them with --all)"),
        );
        for (code, count) in &cut.left_out {
            self.say(&format!("  {code} 另有{count}处"), &format!("  {code}: {count} more"));
        }
    }

    /// Sums by rule, file and township.
    pub fn sums(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        let shown = |file: &str| self.named(sources, file);
        eprint!("{}", summary::summary(diagnostics, self.language, self.extent, shown));
    }

    /// Lists what the portal allows to stand, with the reason and the last day.
    pub fn allowed(&self, allowed: &[Diagnostic]) {
        if allowed.is_empty() {
            return;
        }
        let count = allowed.len();
        self.say(
            &format!("准予例外 {count} 处："),
            &format!("allowed to stand: {}", counted(count as u64, "finding")),
        );
        let cut = self.cut(allowed);
        for found in &cut.shown {
            let Some(Allowed { until, reason }) = &found.allowed else { continue };
            let line = format!("{}{}", self.prefix, to_line(found, self.language));
            let reason = excerpt(reason, 80);
            self.say(
                &format!("  {line}（至 {until}：{reason}）"),
                &format!("  {line} (until {until}: {reason})"),
            );
        }
        self.left_out(&cut);
    }

    /// Counts errors and warnings.
    pub fn verdict(&self, as_of: Date, errors: usize, warnings: usize) {
        self.say(
            &format!("截至 {as_of}：{errors} 个错误，{warnings} 个警告"),
            &format!(
                "as of {as_of}: {}, {}",
                counted(errors as u64, "error"),
                counted(warnings as u64, "warning")
            ),
        );
    }

    /// Says which date counts when nobody named one.
    pub fn today(&self, as_of: Date) {
        self.say(
            &format!("未指定截至日期，以今天 {as_of} 为准"),
            &format!("no as-of date is given; today's counts: {as_of}"),
        );
    }

    /// Says that the old site stands as it was.
    pub fn nothing_published(&self) {
        self.say("未发布：网站保持原样", "nothing was published; the site is as it was");
    }

    /// A progress bar on a terminal, nothing in a pipe.
    pub fn progress(&self, outputs: usize) -> ProgressBar {
        if !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let words = if self.language == Language::Zh { "生成" } else { "rendering" };
        let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        ProgressBar::new(outputs as u64).with_style(style).with_message(words)
    }

    /// The end of a build: records by kind, files, bytes, time, warnings, the next date.
    pub fn summary(
        &self,
        planned: &Planned,
        published: &Published,
        rendered: u64,
        warnings: usize,
        site: &Path,
        took: Duration,
    ) {
        let (zh, en) = records(planned);
        let Published { files, bytes, written, linked, .. } = *published;
        let seconds = took.as_secs_f64();
        let site = site.display();
        self.say(
            &format!("已发布 {site}（截至 {}）\n  记录：{zh}", planned.portal.as_of),
            &format!("published {site} as of {}\n  records: {en}", planned.portal.as_of),
        );
        self.say(
            &format!(
                "  文件 {files} 个，{bytes} 字节：写入 {written} 个，内容未变而保留 {linked} 个；\
                 重新生成 {rendered} 个，用时 {seconds:.2} 秒"
            ),
            &format!(
                "  {}, {bytes} bytes: {written} written, {linked} kept unchanged; {rendered} rendered, {seconds:.2} s",
                counted(files, "file")
            ),
        );
        let next = planned.portal.next_change.map(|day| day.to_string());
        self.say(
            &format!("  警告 {warnings} 个；内容下次自行变化的日期：{}", next.as_deref().unwrap_or("无")),
            &format!(
                "  {}; the output next changes by itself on: {}",
                counted(warnings as u64, "warning"),
                next.as_deref().unwrap_or("never")
            ),
        );
        for note in &published.notes {
            eprintln!("  {}", note.text(self.language));
        }
    }

    fn say(&self, zh: &str, en: &str) {
        eprintln!("{}", if self.language == Language::Zh { zh } else { en });
    }
}

/// A number and its noun.
fn counted(count: u64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// Prints the answer of a command.
pub fn print(text: &str) {
    print!("{text}");
}

/// Every output of a plan, a line each: route, what it is, key of its inputs.
pub fn plan(planned: &Planned) {
    let mut out = std::io::stdout().lock();
    for output in &planned.plan.outputs {
        let key = output.key().map_or("-".to_string(), |key| format!("{key:032x}"));
        if writeln!(out, "{}\t{}\t{key}", output.route, describe(&planned.portal, &output.content)).is_err() {
            return;
        }
    }
}

/// Every rule with its title, by weight.
pub fn rules(pages: impl Iterator<Item = Explanation>, language: Language) {
    let pages: Vec<Explanation> = pages.collect();
    let width = pages.iter().map(|page| page.code.len()).max().unwrap_or(0);
    let mut out = String::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let of_weight = || pages.iter().filter(|page| Code(page.code).severity() == severity);
        let count = of_weight().count();
        out += &match language {
            Language::Zh => format!("{}（{count} 条）\n", severity.zh()),
            Language::En => format!("{}s ({count})\n", severity.as_str()),
        };
        for page in of_weight() {
            out += &format!("  {:width$}  {}\n", page.code, page.title(language));
        }
    }
    // A closed pipe is the reader's wish to hear no more.
    let _ = std::io::stdout().lock().write_all(out.as_bytes());
}

/// The explanation of a rule; the exit status is 2 for a code that is not one.
pub fn explain(found: Result<Explanation, Option<&'static str>>, code: &str, language: Language) -> u8 {
    match (found, language) {
        (Ok(explanation), _) => {
            println!("{}", explanation.text(language));
            return 0;
        }
        (Err(Some(near)), Language::Zh) => eprintln!("没有名为 {code} 的规则；是否应为 {near}？"),
        (Err(Some(near)), Language::En) => eprintln!("there is no rule {code}; did you mean {near}?"),
        (Err(None), Language::Zh) => eprintln!("没有名为 {code} 的规则"),
        (Err(None), Language::En) => eprintln!("there is no rule {code}"),
    }
    2
}

/// What `verify` found.
pub fn verified(report: &VerifyReport, language: Language) {
    let words = if language == Language::Zh {
        ["缺少", "多出", "被改动"]
    } else {
        ["missing", "extra", "altered"]
    };
    for (word, files) in words.iter().zip([&report.missing, &report.extra, &report.altered]) {
        for file in files {
            println!("{word}\t{file}");
        }
    }
    match (report.is_whole(), language) {
        (true, Language::Zh) => eprintln!("与清单完全一致"),
        (true, Language::En) => eprintln!("every file is as the manifest says"),
        (false, Language::Zh) => eprintln!("与清单不一致"),
        (false, Language::En) => eprintln!("the folder differs from its manifest"),
    }
}

/// Whether `verify` could not begin because the manifest itself is damaged.
pub fn is_no_release(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(PublishError::NoRelease { .. }))
}

/// A failure of the world, in the user's language as far as it is ours.
pub fn failure(error: &anyhow::Error, language: Language) -> String {
    match error.downcast_ref::<PublishError>() {
        Some(own) => own.message().text(language).to_string(),
        None => format!("{error:#}"),
    }
}
