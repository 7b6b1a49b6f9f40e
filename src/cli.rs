//! The command line: arguments in, exit status out.
//!
//! 0 is done, 1 the sources have errors, 2 the world failed (disk, permission, bad arguments). Diagnostics in
//! JSON stand alone on standard output; summaries and progress go to standard error.
//!
//! Not here: what a step does (`pipeline`, `release`), and how its outcome is told (`report`). The clock, the
//! locale, the environment and the terminal are looked at here only.

mod inspection;
mod past;
mod places;
mod themes;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::cache::Cache;
use crate::calendar::Date;
use crate::check::{explain, explanations};
use crate::diagnostic::{Language, Severity};
use crate::pipeline::{Input, Judged, SearchIndex, count, judge, plan};
use crate::publish::{Destination, Disk, Durability, FaultPlan, Stage, verify};
use crate::release::{Release, publish};
use crate::render::Clock;
use crate::report::{self, Extent, Format, Past, Reporter};

use inspection::{InspectionArguments, inspect};
use past::History;
use places::{Project, keep_apart, program_key, project};

/// 公示: compiles Markdown and YAML into a public-disclosure portal.
#[derive(Parser, Debug)]
#[command(
    name = "gongshi",
    version,
    about,
    after_help = "Exit status: 0 done, 1 the sources have errors, 2 the world failed."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Language of messages; Chinese when the locale is Chinese.
    #[arg(long, global = true, value_enum)]
    lang: Option<Lang>,
    /// Threads; one a core when left out.
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Compiles the portal into a site and publishes it in one step.
    Build(BuildArguments),
    /// Reports every mistake in the sources; writes nothing but a baseline.
    Check(CheckArguments),
    /// Lists every output with its route and what it is.
    Plan(Portal),
    /// Lists what a theme consists of, or what one of its templates may use.
    Theme(themes::ThemeArguments),
    /// Tells what a rule means, where it comes from, and how to put things right.
    Explain {
        /// Code of the rule, such as E-USCC-CHECK; left out, all rules are listed.
        code: Option<String>,
    },
    /// Proves a published folder against its manifest.
    Verify {
        /// The site folder.
        #[arg(default_value = "site")]
        dir: PathBuf,
    },
}

#[derive(Args, Debug)]
struct Portal {
    /// The project folder (with `content/` in it) or the content folder itself.
    #[arg(default_value = ".")]
    dir: PathBuf,
    /// The date the site speaks of, YYYY-MM-DD.
    #[arg(long, value_parser = date)]
    as_of: Option<Date>,
    /// Folder of a theme whose files replace those of the default one.
    #[arg(long, value_name = "DIR")]
    theme: Option<PathBuf>,
    /// Warnings stop as errors do.
    #[arg(long)]
    strict: bool,
    /// How diagnostics are written.
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// Shows every finding, however many there are.
    #[arg(long)]
    all: bool,
}

impl Portal {
    /// A log of findings is what a check makes.
    fn no_log(&self) -> anyhow::Result<()> {
        anyhow::ensure!(
            self.format != Format::Sarif,
            "--format sarif 只用于 check / --format sarif is for `check` only"
        );
        Ok(())
    }

    fn reporter(&self, language: Language, project: &Project) -> Reporter {
        let extent = if self.all { Extent::Whole } else { Extent::Cut };
        Reporter { language, format: self.format, extent, prefix: project.prefix }
    }
}

#[derive(Args, Debug)]
struct CheckArguments {
    #[command(flatten)]
    portal: Portal,
    /// A file of findings that are known; they are counted, and only new ones stop.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Writes the findings of this run into a baseline; beside --baseline only those of it that are still there.
    #[arg(long, value_name = "FILE")]
    write_baseline: Option<PathBuf>,
    #[command(flatten)]
    inspection: InspectionArguments,
}

#[derive(Args, Debug)]
struct BuildArguments {
    #[command(flatten)]
    portal: Portal,
    /// A file of findings that are known; its warnings are counted and do not stop under --strict, its errors do.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// The site folder [default: `site` in the project folder].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Renders everything anew and keeps nothing for the next build.
    #[arg(long)]
    no_cache: bool,
    /// Tells what each template has cost, on standard output.
    #[arg(long)]
    timings: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Lang {
    Zh,
    En,
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
    execute(&arguments, language).unwrap_or_else(|error| {
        eprintln!("gongshi: {}", report::failure(&error, language));
        ExitCode::from(2)
    })
}

fn execute(arguments: &Arguments, language: Language) -> anyhow::Result<ExitCode> {
    if let Some(jobs) = arguments.jobs {
        rayon::ThreadPoolBuilder::new().num_threads(usize::from(jobs)).build_global()?;
    }
    match &arguments.command {
        Command::Build(arguments) => build(arguments, language),
        Command::Check(arguments) => check(arguments, language),
        Command::Plan(portal) => list_plan(portal, language),
        Command::Theme(arguments) => themes::tell(arguments, language),
        Command::Explain { code: None } => {
            report::rules(explanations(), language);
            Ok(ExitCode::SUCCESS)
        }
        Command::Explain { code: Some(code) } => {
            Ok(ExitCode::from(report::explain(explain(code), code, language)))
        }
        Command::Verify { dir } => {
            let verdict = match verify(dir) {
                Err(error) if report::is_no_release(&error) => {
                    eprintln!("gongshi: {}", report::failure(&error, language));
                    return Ok(ExitCode::from(1));
                }
                verdict => verdict?,
            };
            report::verified(&verdict, language);
            Ok(ExitCode::from(u8::from(!verdict.is_whole())))
        }
    }
}

/// Tells every mistake; when there is no error, also addresses that two outputs would claim.
fn check(arguments: &CheckArguments, language: Language) -> anyhow::Result<ExitCode> {
    let CheckArguments { portal, baseline, write_baseline, inspection } = arguments;
    let project = project(&portal.dir);
    let mut history = History::begin(baseline.as_deref(), write_baseline.as_deref(), language)?;
    let mut input = input(portal, &project, &project.site);
    input.skipped.extend(baseline.iter().chain(write_baseline).chain(&inspection.report).cloned());
    let mut judged = judge(&input, &Cache::none())?;
    let reporter = portal.reporter(language, &project);
    tell_date(&reporter, portal, &judged);
    let as_of = judged.as_of;
    let is_read = judged.ledger.broken.is_empty();
    if !is_read && history.give_up_writing() {
        reporter.no_baseline();
    }
    let is_false = judged.count(Severity::Error) > 0;
    let allowed = std::mem::take(&mut judged.allowed);
    let mut found = history.new_of(std::mem::take(&mut judged.diagnostics));
    reporter.diagnostics(&found, &judged.sources);
    reporter.allowed(&allowed);
    let off: Vec<String> = judged.ledger.rules_off().map(str::to_string).collect();
    let mut inspected = None;
    let sources = if is_false {
        judged.sources
    } else {
        let mut planned = plan(&input, judged, &Cache::none(), SearchIndex::LeftOut)?;
        let more = history.new_of(std::mem::take(&mut planned.diagnostics));
        reporter.diagnostics(&more, &planned.sources);
        let is_whole = more.is_empty();
        found.extend(more);
        if inspection.profile.is_some() && is_whole {
            let mut site = inspect(&planned, &off, &reporter)?;
            let new = history.new_of(std::mem::take(&mut site.survey.found));
            reporter.diagnostics(&new, &planned.sources);
            found.extend(new);
            inspected = Some(site);
        }
        planned.sources
    };
    reporter.sums(&found, &sources);
    match &inspected {
        Some(site) => site.tell(&reporter, &found, inspection.report.as_deref(), language)?,
        None if inspection.profile.is_some() => reporter.no_inspection(),
        None => {}
    }
    history.write()?;
    let past = history.past();
    reporter.log(&found, &allowed, &past, &sources);
    // What stands in a file that was not read has not been mended.
    reporter.past(&Past { gone: if is_read { past.gone } else { 0 }, ..past });
    let unlisted = |severity| inspected.as_ref().map_or(0, |site| site.survey.left_out(Some(severity)));
    let sum = |severity| count(&found, severity) + unlisted(severity);
    let (errors, warnings) = (sum(Severity::Error), sum(Severity::Warning));
    reporter.verdict(as_of, errors, warnings);
    Ok(ExitCode::from(u8::from(errors > 0 || portal.strict && warnings > 0)))
}

fn build(arguments: &BuildArguments, language: Language) -> anyhow::Result<ExitCode> {
    let started = Instant::now();
    let portal = &arguments.portal;
    portal.no_log()?;
    let project = project(&portal.dir);
    let site = arguments.out.clone().unwrap_or_else(|| project.site.clone());
    keep_apart(&project, &site)?;
    let cache = if arguments.no_cache { Cache::none() } else { Cache::open(&project.cache) };
    let mut history = History::begin(arguments.baseline.as_deref(), None, language)?;
    let mut input = input(portal, &project, &site);
    input.skipped.extend(arguments.baseline.clone());
    let reporter = portal.reporter(language, &project);
    let mut judged = judge(&input, &cache)?;
    judged.diagnostics = history.new_or_error_of(std::mem::take(&mut judged.diagnostics));
    tell_date(&reporter, portal, &judged);
    reporter.diagnostics(&judged.diagnostics, &judged.sources);
    reporter.allowed(&judged.allowed);
    reporter.past(&Past { gone: 0, ..history.past() });
    if verdict(&judged, portal) != ExitCode::SUCCESS {
        reporter.sums(&judged.diagnostics, &judged.sources);
        reporter.verdict(judged.as_of, judged.count(Severity::Error), judged.count(Severity::Warning));
        reporter.nothing_published();
        return Ok(ExitCode::from(1));
    }
    let warnings = judged.count(Severity::Warning);
    let spare = cache.is_open().then(|| project.cache.join("spare"));
    let destination = Destination { out: site.clone(), durability: Durability::Synced, spare };
    let (planned, stage) = rayon::join(
        || plan(&input, judged, &cache, SearchIndex::Made),
        || Stage::begin(&destination, disk()),
    );
    let mut planned = planned?;
    if !planned.diagnostics.is_empty() {
        reporter.diagnostics(&planned.diagnostics, &planned.sources);
        reporter.nothing_published();
        return Ok(ExitCode::from(1));
    }
    let stage = stage?;
    let bar = reporter.progress(planned.plan.outputs.len());
    let index = std::mem::take(&mut planned.index);
    let clock = arguments.timings.then_some(clock as Clock);
    let release = publish(&planned, index, stage, &cache, &|| bar.inc(1), clock);
    bar.finish_and_clear();
    match release? {
        Release::Stopped(leaks) => {
            reporter.diagnostics(&leaks, &planned.sources);
            reporter.nothing_published();
            Ok(ExitCode::from(1))
        }
        Release::Done { published, rendered, timings } => {
            let took = started.elapsed();
            reporter.summary(&planned, &published, rendered, warnings, &site, took);
            if arguments.timings {
                report::print(&report::timings(&timings, language));
            }
            // Giving back the memory of a province piece by piece would take longer than the end of the process.
            std::mem::forget(planned);
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn list_plan(portal: &Portal, language: Language) -> anyhow::Result<ExitCode> {
    portal.no_log()?;
    let project = project(&portal.dir);
    let input = input(portal, &project, &project.site);
    let cache = Cache::none();
    let judged = judge(&input, &cache)?;
    let reporter = portal.reporter(language, &project);
    tell_date(&reporter, portal, &judged);
    if verdict(&judged, portal) != ExitCode::SUCCESS {
        reporter.diagnostics(&judged.diagnostics, &judged.sources);
        reporter.verdict(judged.as_of, judged.count(Severity::Error), judged.count(Severity::Warning));
        return Ok(ExitCode::from(1));
    }
    let planned = plan(&input, judged, &cache, SearchIndex::Made)?;
    report::plan(&planned);
    reporter.diagnostics(&planned.diagnostics, &planned.sources);
    Ok(ExitCode::from(u8::from(!planned.diagnostics.is_empty())))
}

fn input(portal: &Portal, project: &Project, site: &Path) -> Input {
    input_of(project, site, portal.as_of, portal.theme.clone())
}

fn input_of(project: &Project, site: &Path, as_of: Option<Date>, theme: Option<PathBuf>) -> Input {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Input {
        folder: project.content.clone(),
        skipped: vec![site.to_path_buf(), project.themes.clone(), project.cache.clone()],
        as_of,
        today: Date::of_unix_time(i64::try_from(now).unwrap_or(0)),
        theme,
        themes: project.themes.clone(),
        program: program_key(),
    }
}

/// The time since it was first asked for.
fn clock() -> Duration {
    static FIRST: OnceLock<Instant> = OnceLock::new();
    FIRST.get_or_init(Instant::now).elapsed()
}

/// The file system; debug builds can be told to fail at the n-th call, for the tests of a killed build.
fn disk() -> Disk {
    let plan = std::env::var("GONGSHI_FAULT")
        .ok()
        .filter(|_| cfg!(debug_assertions))
        .and_then(|text| FaultPlan::parse(&text));
    plan.map_or_else(Disk::new, Disk::with_faults)
}

/// Nobody should have to guess which day a verdict is about.
fn tell_date(reporter: &Reporter, portal: &Portal, judged: &Judged) {
    if portal.as_of.is_none() && judged.ledger.settings.as_of.is_none() {
        reporter.today(judged.as_of);
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
    Date::parse(text)
        .ok_or_else(|| "应为真实日期 YYYY-MM-DD / must be a day that exists, YYYY-MM-DD".to_string())
}
