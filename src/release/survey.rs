//! Renders every page of a plan and shows it to the inspectors' lint; writes nothing and keeps no page.
//!
//! In: a [`Planned`] portal. Out: a [`Survey`]. Pages are made by the same renderer as in a build, in parallel, in the order of
//! their routes; sizes of data files, which only a build knows, are left out of the one page that tells them.
//!
//! Not here: what is asked of a page (`inspection`), and the search for what must not be published (`inspect`).

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::Context as _;
use rayon::prelude::*;

use super::failed;
use crate::disclose::Portal;
use crate::inspection::{Inspector, Packer, Sort, Subject, Survey, packed_size};
use crate::pipeline::Planned;
use crate::plan::{Content, Inventory, Output};
use crate::record::choices::GUIDES;
use crate::record::page;
use crate::render::{PageKind, Renderer, page_kind};

/// What is published beside the outputs of a plan.
const BESIDE: [&str; 1] = ["manifest.json"];

/// Bytes of a record's page and of the home page, packed (PF-01, PF-04).
const RECORD_BYTES: usize = 8 << 10;
const HOME_BYTES: usize = 30 << 10;

/// Looks at every page; `off` are codes that the portal switches off, `step` is called after each page.
pub fn survey(planned: &Planned, off: &[String], step: &(dyn Fn() + Sync)) -> anyhow::Result<Survey> {
    let renderer = Renderer::new(&planned.portal, &planned.theme, None)?;
    let outputs = &planned.plan.outputs;
    let pages: Vec<(u32, &Output, Subject<'_>)> = (0u32..)
        .zip(outputs)
        .filter_map(|(number, output)| Some((number, output, subject(planned, output)?)))
        .collect();
    let routes = outputs.iter().map(|output| output.route.as_str()).chain(BESIDE);
    let mut inspector = Inspector::new(&planned.portal.settings, planned.portal.as_of, routes);
    let home = pages.iter().position(|(.., subject)| subject.sort == Sort::Home);
    let home = home.context("没有首页 / there is no home page")?;
    let (before, rest) = pages.split_at(home);
    let Some((first, behind)) = rest.split_first() else { return Ok(Survey::default()) };
    let mut packer = Packer::default();
    let html = make(&renderer, first.1)?;
    let seen = inspector.inspect_home(&first.2, &html, &mut packer);
    for (_, output, subject) in pages.iter().filter(|(_, output, _)| output.content == Content::Lists) {
        inspector.menu_goes_on(subject, &make(&renderer, output)?);
    }
    let look = |pages: &[(u32, &Output, Subject<'_>)]| {
        pages
            .par_iter()
            .try_fold(
                || (Survey::default(), Packer::default()),
                |(mut survey, mut packer), (_, output, subject)| {
                    let html = make(&renderer, output)?;
                    let seen = inspector.inspect(subject, &html, &mut packer);
                    if let Some(bytes) = seen.packed {
                        survey.weigh(subject.route.as_str(), bytes);
                    }
                    survey.add(seen, off);
                    step();
                    Ok::<_, anyhow::Error>((survey, packer))
                },
            )
            .map(|part| part.map(|(survey, _)| survey))
            .try_reduce(Survey::default, |before, behind| Ok(before.append(behind)))
    };
    let mut survey = look(before)?;
    survey.add(seen, off);
    let mut survey = survey.append(look(behind)?);
    let turns: HashMap<u32, usize> =
        pages.iter().zip(0..).map(|((number, ..), turn)| (*number, turn)).collect();
    survey.follow_anchors(&|number| turns.get(&number).copied(), off);
    // It was counted at the fastest level; what is told is what a server sends.
    if let Some((route, bytes)) = &mut survey.heaviest
        && let Some((_, output, _)) = pages.iter().find(|(.., subject)| subject.route.as_str() == route)
    {
        *bytes = packed_size(&make(&renderer, output)?);
    }
    Ok(survey)
}

fn make(renderer: &Renderer<'_>, output: &Output) -> anyhow::Result<Vec<u8>> {
    let made = catch_unwind(AssertUnwindSafe(|| renderer.render(output, &Inventory::new())));
    Ok(made.map_err(|_| failed(output))??)
}

/// What a page is asked for; nothing of what is no page.
fn subject<'p>(planned: &'p Planned, output: &'p Output) -> Option<Subject<'p>> {
    let portal = &planned.portal;
    let sort = match page_kind(portal, &output.content)? {
        PageKind::Home => Sort::Home,
        PageKind::Column => Sort::Column,
        PageKind::Content => Sort::Content,
        PageKind::Undated => Sort::Undated,
        PageKind::Tool => Sort::Tool,
    };
    let most_days = match output.content {
        Content::Column(at, part) if part.number == 1 => {
            portal.settings.columns.get(at).and_then(|column| column.max_age_days)
        }
        _ => None,
    };
    let is_text = |handle| portal.record(handle).is_some_and(|record| record.prose().is_some());
    let most_bytes = match output.content {
        Content::Home => Some(HOME_BYTES),
        Content::Record(handle, _) if !is_text(handle) => Some(RECORD_BYTES),
        _ => None,
    };
    Some(Subject {
        route: &output.route,
        sort,
        is_list: matches!(output.content, Content::List(..) | Content::Column(..)),
        most_days,
        most_bytes,
        is_guide: is_guide(portal, output),
        leads_out: matches!(output.content, Content::Leaving(_)),
        is_anywhere: matches!(output.content, Content::NotFound),
    })
}

/// Whether a page is a text of a column that holds guides to services.
fn is_guide(portal: &Portal, output: &Output) -> bool {
    let Content::Record(handle, _) = output.content else { return false };
    let Some(record) = portal.record(handle) else { return false };
    let Some(prose) = record.prose() else { return false };
    let column_type = if std::ptr::eq(record.kind(), &page::KIND) {
        record.view().text(page::COLUMN_TYPE)
    } else {
        let column = portal.settings.column(prose.folder.split('/').next().unwrap_or(""));
        column.map(|column| column.column_type.as_str())
    };
    column_type.is_some_and(|own| GUIDES.contains(&own))
}
