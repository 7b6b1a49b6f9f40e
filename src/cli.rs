//! The command line: arguments in, exit status out.
//!
//! 0 is done, 1 the sources have errors, 2 the world failed (disk, permission, bad arguments). Diagnostics in
//! JSON stand alone on standard output; summaries and progress go to standard error.
//!
//! Not here: what a step does (`pipeline`). The clock, the locale and the terminal are looked at here only.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::cache::Cache;
use crate::calendar::Date;
use crate::diagnostic::{Language, Severity};
use crate::pipeline::{Input, Judged, judge};
use crate::source::{display, to_json_line};

/// 公示: compiles Markdown and YAML into a public-disclosure portal.
#[derive(Parser, Debug)]
#[command(name = "gongshi", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Language of messages; Chinese when the locale is Chinese.
    #[arg(long, global = true, value_enum)]
    lang: Option<Lang>,
    /// Threads; one a core when left out.
    #[arg(long, global = true, value_name = "N")]
    jobs: Option<usize>,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Reports every mistake in the sources; writes nothing.
    Check(CheckArguments),
}

#[derive(Args, Debug)]
struct Portal {
    /// The portal folder.
    #[arg(default_value = "content")]
    dir: PathBuf,
    /// The date the site speaks of, YYYY-MM-DD.
    #[arg(long, value_parser = date)]
    as_of: Option<Date>,
    /// Warnings stop as errors do.
    #[arg(long)]
    strict: bool,
    /// How diagnostics are written.
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Args, Debug)]
struct CheckArguments {
    #[command(flatten)]
    portal: Portal,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Lang {
    Zh,
    En,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Json,
}

/// Runs the command of this process.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let status = if error.use_stderr() { 2 } else { 0 };
            let _ = error.print();
            return ExitCode::from(status);
        }
    };
    let language = match arguments.lang {
        Some(Lang::Zh) => Language::Zh,
        Some(Lang::En) => Language::En,
        None => locale_language(),
    };
    match execute(&arguments, language) {
        Ok(status) => status,
        Err(error) => {
            eprintln!("gongshi: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn execute(arguments: &Arguments, language: Language) -> anyhow::Result<ExitCode> {
    if let Some(jobs) = arguments.jobs {
        rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global()?;
    }
    match &arguments.command {
        Command::Check(check) => {
            let judged = judge(&input(&check.portal, &[]), &Cache::none())?;
            report(&judged, &check.portal, language);
            Ok(verdict(&judged, &check.portal))
        }
    }
}

fn input(portal: &Portal, skipped: &[&Path]) -> Input {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Input {
        folder: portal.dir.clone(),
        skipped: skipped.iter().map(|path| path.to_path_buf()).collect(),
        as_of: portal.as_of,
        today: Date::of_unix_time(i64::try_from(now).unwrap_or(0)),
    }
}

fn report(judged: &Judged, portal: &Portal, language: Language) {
    match portal.format {
        Format::Json => {
            for diagnostic in &judged.diagnostics {
                println!("{}", to_json_line(diagnostic, language));
            }
        }
        Format::Human => eprint!("{}", display(&judged.diagnostics, language, &judged.sources)),
    }
    let (errors, warnings) = (judged.count(Severity::Error), judged.count(Severity::Warning));
    match language {
        Language::Zh => eprintln!("截至 {}：{errors} 个错误，{warnings} 个警告", judged.as_of),
        Language::En => eprintln!("as of {}: {errors} errors, {warnings} warnings", judged.as_of),
    }
}

fn verdict(judged: &Judged, portal: &Portal) -> ExitCode {
    let stops = judged.count(Severity::Error) > 0 || (portal.strict && judged.count(Severity::Warning) > 0);
    ExitCode::from(u8::from(stops))
}

fn locale_language() -> Language {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    if named.is_some_and(|value| value.starts_with("zh")) { Language::Zh } else { Language::En }
}

fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "YYYY-MM-DD, a day that exists / 真实存在的日期".to_string())
}
