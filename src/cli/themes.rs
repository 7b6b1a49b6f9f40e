//! `gongshi theme`: what a theme consists of, and what a template may use.
//!
//! In: a portal and perhaps the name of a template. Out: words on standard output. Not here: the words (`report`).

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{input_of, project};
use crate::cache::Cache;
use crate::diagnostic::Language;
use crate::pipeline::{judge, read_theme};
use crate::report;

#[derive(Args, Debug)]
pub(super) struct ThemeArguments {
    /// The project folder (with `content/` in it) or the content folder itself.
    #[arg(default_value = ".")]
    dir: PathBuf,
    /// Tells what this template may use, such as enterprise.html.
    #[arg(long, value_name = "NAME")]
    template: Option<String>,
    /// Folder of a theme that stands in for the one of portal.yaml.
    #[arg(long, value_name = "DIR")]
    theme: Option<PathBuf>,
}

pub(super) fn tell(arguments: &ThemeArguments, language: Language) -> anyhow::Result<ExitCode> {
    let project = project(&arguments.dir);
    let input = input_of(&project, &project.site, None, arguments.theme.clone());
    let judged = judge(&input, &Cache::none())?;
    let theme = read_theme(&input, &judged.ledger.settings)?;
    let words = report::theme::words(&theme, arguments.template.as_deref(), &judged.ledger.kinds, language)?;
    report::print(&words);
    Ok(ExitCode::SUCCESS)
}
