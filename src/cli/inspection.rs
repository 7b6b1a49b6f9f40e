//! `check --profile gov`: the pages of a planned portal under the inspectors' lint, and the report as a file.
//!
//! In: a planned portal and the flags of a run. Out: the survey; findings are told and counted by `check` like any others. Not
//! here: what is asked of pages (`inspection`), and how they are made (`release`).

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use crate::calendar::Date;
use crate::diagnostic::{Diagnostic, Language};
use crate::inspection::{Row, Survey};
use crate::pipeline::Planned;
use crate::record::settings::Settings;
use crate::release::survey;
use crate::report::{Report, Reporter, printed};

/// By whose eyes a site is looked at besides ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Profile {
    /// Those of the inspectors of government sites: every page is made and looked at.
    Gov,
}

#[derive(Args, Debug)]
pub(super) struct InspectionArguments {
    /// Also makes every page and looks at it as the inspectors of government sites do.
    #[arg(long, value_enum)]
    pub(super) profile: Option<Profile>,
    /// Writes the verdicts of that inspection as one HTML file to print.
    #[arg(long, value_name = "FILE", requires = "profile")]
    pub(super) report: Option<PathBuf>,
}

/// A site that was looked at.
pub(super) struct Inspected {
    settings: Settings,
    as_of: Date,
    pub(super) survey: Survey,
    rows: Vec<Row>,
}

/// Makes every page and looks at it.
pub(super) fn inspect(planned: &Planned, off: &[String], reporter: &Reporter) -> anyhow::Result<Inspected> {
    let bar = reporter.progress(planned.plan.outputs.len());
    let survey = survey(planned, off, &|| bar.inc(1));
    bar.finish_and_clear();
    let survey = survey?;
    let (settings, as_of) = (planned.portal.settings.clone(), planned.portal.as_of);
    let rows = survey.rows(&settings, as_of);
    Ok(Inspected { settings, as_of, survey, rows })
}

impl Inspected {
    /// Tells the verdicts, and writes them down where that is wanted.
    pub(super) fn tell(
        &self,
        reporter: &Reporter,
        found: &[Diagnostic],
        file: Option<&Path>,
        language: Language,
    ) -> anyhow::Result<()> {
        reporter.inspection(&self.survey, &self.rows);
        let Some(file) = file else { return Ok(()) };
        let Inspected { settings, as_of, survey, rows } = self;
        let page = printed(&Report { settings, as_of: *as_of, survey, rows, found }, language);
        let shown = file.display();
        std::fs::write(file, page)
            .with_context(|| format!("无法写入检查报告 / cannot write the report: {shown}"))
    }
}
