//! Makes a planned portal into a published site: renders what changed, searches every output for what must not
//! be there, and switches. Outputs that tell the sizes of others are made after them.
//!
//! In: a [`Planned`] portal and a destination. Out: a [`Release`]. An output whose key the last build had is taken
//! over from the old site when its bytes are still those; a damaged cache or site costs time only.
//!
//! Not here: reading and checking (`pipeline`), the file system (`publish`).

mod changes;
mod data;
mod inspect;
mod last_build;
mod survey;

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::Context as _;
use rayon::prelude::*;

use crate::cache::Cache;
use crate::diagnostic::{Diagnostic, Message};
use crate::pii::Detector;
use crate::pipeline::Planned;
use crate::plan::{Content, Inventory, Measured, Output};
use crate::publish::{Published, ReleaseFacts, Stage, Withdrawn, hex};
use crate::render::{Clock, Renderer, TemplateCost};
use crate::route::Route;
use crate::search::Index;
use crate::source::read_bytes;
use crate::text::content_hash;
use inspect::{Holds, leak};
use last_build::{KEYS, LastBuild, Made, Search};
pub use survey::survey;

/// What a build has come to.
#[derive(Debug)]
pub enum Release {
    /// Published.
    Done {
        /// What was written.
        published: Published,
        /// Outputs that were rendered.
        rendered: u64,
        /// What each template has cost, the dearest first.
        timings: Vec<TemplateCost>,
    },
    /// Stopped at the gate: outputs that hold what they must not.
    Stopped(Vec<Diagnostic>),
}

/// All that making an output needs.
struct Work<'w> {
    planned: &'w Planned,
    cache: &'w Cache,
    /// Until its files are made.
    index: Option<Index>,
    renderer: Renderer<'w>,
    detector: Detector,
    stage: Stage,
    last: LastBuild,
    leaks: Mutex<Vec<Diagnostic>>,
    /// Days of publication that were changed.
    moved: Mutex<Vec<Message>>,
    rendered: AtomicU64,
}

/// Renders and publishes into a stage that has begun; `step` is called after each output, and with a clock the cost of templates is told.
pub fn publish(
    planned: &Planned,
    index: Index,
    stage: Stage,
    cache: &Cache,
    step: &(dyn Fn() + Sync),
    clock: Option<Clock>,
) -> anyhow::Result<Release> {
    let (renderer, last) = rayon::join(
        || Renderer::new(&planned.portal, &planned.theme, clock),
        || LastBuild::read(cache, planned),
    );
    let mut work = Work {
        planned,
        cache,
        index: Some(index),
        renderer: renderer?,
        detector: planned.portal.settings.detector(planned.portal.as_of),
        stage,
        last,
        leaks: Mutex::new(Vec::new()),
        moved: Mutex::new(Vec::new()),
        rendered: AtomicU64::new(0),
    };
    // What finds everything takes much memory; with its files made it is let go.
    let mut files = vec![None; planned.plan.outputs.len()];
    work.make_all(&work.places(|content| matches!(content, Content::Index(_))), &mut files, step)?;
    work.index = None;
    let known = make_the_others(&work, &mut files, step)?;
    let Work { stage, last, leaks, moved, rendered, renderer, .. } = work;
    let mut leaks = leaks.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    if !leaks.is_empty() {
        leaks.sort();
        return Ok(Release::Stopped(leaks));
    }
    let mut published = stage.finish(facts(planned))?;
    published.notes.extend(moved.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner));
    rayon::join(
        || LastBuild::write(cache, planned, last.search_key, &files),
        || known.iter().for_each(|(name, bytes)| cache.write(name, bytes)),
    );
    let names: HashSet<String> =
        data::known_names(&planned.portal).chain(planned.kept.iter().cloned()).collect();
    cache.retain(|name| name == KEYS || names.contains(name));
    Ok(Release::Done { published, rendered: rendered.into_inner(), timings: renderer.timings() })
}

/// Makes everything but the files of the index; tells what the cache is to know of the data files.
fn make_the_others(
    work: &Work<'_>,
    files: &mut [Option<Made>],
    step: &(dyn Fn() + Sync),
) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let outputs = &work.planned.plan.outputs;
    // Files of many records take long: they begin first, and all others fill the time beside them.
    let told = work.places(Content::is_told_of);
    let others = work.places(|content| {
        !(content.is_told_of() || content.tells_of_files() || matches!(content, Content::Index(_)))
    });
    let data = || {
        let made = data::make(work, outputs, &told, step)?;
        let inventory = inventory(outputs, &made.files);
        changes::publish(work, &inventory, &made.changed)?;
        Ok::<_, anyhow::Error>((made, inventory))
    };
    let (data, others) = rayon::join(data, || work.make_all(&others, files, step));
    others?;
    let (made, inventory) = data?;
    for (at, made) in made.files {
        if let Some(file) = files.get_mut(at) {
            *file = Some(made);
        }
    }
    for (output, file) in outputs.iter().zip(files) {
        if output.content.tells_of_files() {
            *file = Some(work.make(output, &inventory)?);
            step();
        }
    }
    Ok(made.known)
}

/// The data files that have been made.
fn inventory(outputs: &[Output], made: &[(usize, Made)]) -> Inventory {
    let measured = made.iter().filter_map(|(at, made)| {
        let (output, fact) = (outputs.get(*at)?, made.fact);
        let sha256 = String::from_utf8_lossy(&hex(&fact.sha256)).into_owned();
        Some((output.route.to_string(), Measured { bytes: fact.size, sha256 }))
    });
    measured.collect()
}

impl Work<'_> {
    /// The places of the outputs that hold such a thing.
    fn places(&self, holds: impl Fn(&Content) -> bool) -> Vec<usize> {
        let outputs = self.planned.plan.outputs.iter().enumerate();
        outputs.filter(|(_, output)| holds(&output.content)).map(|(at, _)| at).collect()
    }

    /// Makes the outputs at these places, in any order.
    fn make_all(
        &self,
        places: &[usize],
        files: &mut [Option<Made>],
        step: &(dyn Fn() + Sync),
    ) -> anyhow::Result<()> {
        let make = |at: &usize| {
            let output = self.planned.plan.outputs.get(*at);
            let made = output.map(|output| self.make(output, &Inventory::new())).transpose();
            step();
            Ok((*at, made?))
        };
        let made: Vec<_> = places.par_iter().map(make).collect::<anyhow::Result<_>>()?;
        for (at, made) in made {
            if let Some(file) = files.get_mut(at) {
                *file = made;
            }
        }
        Ok(())
    }

    /// Takes an output over when the last build made it from the same.
    fn keep(&self, output: &Output) -> anyhow::Result<Option<Made>> {
        let Some(made) = self.last.find(output) else { return Ok(None) };
        let (stage, route) = (&self.stage, &output.route);
        let kept = match self.last.search {
            Search::DoneBefore => stage.keep_proved(route, &made.fact, made.bytes)?,
            Search::Again => stage.keep_seen(
                route,
                &made.fact,
                &|bytes| content_hash(bytes) == made.bytes,
                &mut |bytes| {
                    self.inspect(route, Holds::of(&output.content), bytes);
                    Ok(())
                },
            )?,
        };
        Ok(kept.map(|()| made))
    }

    fn make(&self, output: &Output, inventory: &Inventory) -> anyhow::Result<Made> {
        if let Some(kept) = self.keep(output)? {
            return Ok(kept);
        }
        let bytes = match &output.content {
            Content::Asset(file) => read_bytes(&self.planned.sources, *file)?,
            content => catch_unwind(AssertUnwindSafe(|| match (content, &self.index) {
                (Content::Index(file), Some(index)) => Ok(index.write(&self.planned.portal, *file)),
                _ => self.renderer.render(output, inventory),
            }))
            .map_err(|_| failed(output))??,
        };
        self.rendered.fetch_add(1, Ordering::Relaxed);
        self.inspect(&output.route, Holds::of(&output.content), &bytes);
        let fact = self.stage.put(&output.route, &bytes).with_context(|| output.route.to_string())?;
        Ok(Made { bytes: output.key.map_or(0, |_| content_hash(&bytes)), fact })
    }

    /// Notes the first thing in an output that must not be there.
    fn inspect(&self, route: &Route, holds: Holds, bytes: &[u8]) {
        if let Some(leak) = leak(self.planned, &self.detector, route, holds, bytes)
            && let Ok(mut leaks) = self.leaks.lock()
        {
            leaks.push(leak);
        }
    }
}

/// A worker's panic, named with its output.
fn failed(output: &Output) -> anyhow::Error {
    anyhow::anyhow!("生成 {0} 时程序出错 / the program failed while making {0}", output.route)
}

fn facts(planned: &Planned) -> ReleaseFacts {
    let portal = &planned.portal;
    let withdrawn = portal.departures.tombstones.iter().map(|gone| Withdrawn {
        kind: gone.kind.to_string(),
        id: gone.id.clone(),
        route: gone.route.to_string(),
    });
    ReleaseFacts {
        as_of: portal.as_of.to_string(),
        next_change: portal.next_change.map(|day| day.to_string()),
        withdrawn: withdrawn.collect(),
        generator: format!("gongshi {}", env!("CARGO_PKG_VERSION")),
    }
}
