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

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::Context as _;
use rayon::prelude::*;

use crate::cache::Cache;
use crate::diagnostic::Diagnostic;
use crate::pii::Detector;
use crate::pipeline::Planned;
use crate::plan::{Content, Inventory, Measured, Output};
use crate::publish::{Destination, Disk, Published, ReleaseFacts, Stage, Withdrawn, hex};
use crate::render::Renderer;
use crate::route::Route;
use crate::source::read_bytes;
use crate::text::content_hash;
use inspect::{Holds, leak};
use last_build::{KEYS, LastBuild, Made, Search};

/// What a build has come to.
#[derive(Debug)]
pub enum Release {
    /// Published.
    Done {
        /// What was written.
        published: Published,
        /// Outputs that were rendered.
        rendered: u64,
    },
    /// Stopped at the gate: outputs that hold what they must not.
    Stopped(Vec<Diagnostic>),
}

/// All that making an output needs.
struct Work<'w> {
    planned: &'w Planned,
    renderer: Renderer<'w>,
    detector: Detector,
    stage: Stage,
    last: LastBuild,
    leaks: Mutex<Vec<Diagnostic>>,
    rendered: AtomicU64,
}

/// Renders and publishes; `step` is called after each output.
pub fn publish(
    planned: &Planned,
    destination: &Destination,
    disk: Disk,
    cache: &Cache,
    step: &(dyn Fn() + Sync),
) -> anyhow::Result<Release> {
    let work = Work {
        planned,
        renderer: Renderer::new(&planned.portal, &planned.index, &planned.theme)?,
        detector: planned.portal.settings.detector(planned.portal.as_of),
        stage: Stage::begin(destination, disk)?,
        last: LastBuild::read(cache, planned),
        leaks: Mutex::new(Vec::new()),
        rendered: AtomicU64::new(0),
    };
    let outputs = &planned.plan.outputs;
    let make_one = |output: &Output, inventory: &Inventory| {
        let made = work.make(output, inventory);
        step();
        made
    };
    // Files of many records take long: they begin first, and all others fill the time beside them.
    let (told, others): (Vec<usize>, Vec<usize>) = (0..outputs.len())
        .filter(|at| outputs.get(*at).is_some_and(|output| !output.content.tells_of_files()))
        .partition(|at| outputs.get(*at).is_some_and(|output| output.content.is_told_of()));
    let first = |at: &usize| {
        let made = outputs.get(*at).map(|output| make_one(output, &Inventory::new()));
        Ok((*at, made.transpose()?))
    };
    let data = || {
        let made = data::make(&work, outputs, &told, step)?;
        let inventory = inventory(outputs, &made);
        changes::publish(&work, &inventory)?;
        Ok::<_, anyhow::Error>((made, inventory))
    };
    let others = || others.par_iter().map(first).collect::<anyhow::Result<Vec<_>>>();
    let (data, others) = rayon::join(data, others);
    let (data, inventory) = data?;
    let mut files: Vec<Option<Made>> = vec![None; outputs.len()];
    for (at, made) in data.into_iter().map(|(at, made)| (at, Some(made))).chain(others?) {
        if let Some(file) = files.get_mut(at) {
            *file = made;
        }
    }
    for (output, file) in outputs.iter().zip(&mut files) {
        if output.content.tells_of_files() {
            *file = Some(make_one(output, &inventory)?);
        }
    }
    let Work { stage, leaks, rendered, .. } = work;
    let mut leaks = leaks.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    if !leaks.is_empty() {
        leaks.sort();
        return Ok(Release::Stopped(leaks));
    }
    let published = stage.finish(facts(planned))?;
    LastBuild::write(cache, planned, &files);
    cache.retain(|name| name == KEYS || planned.kept.iter().any(|kept| kept == name));
    Ok(Release::Done { published, rendered: rendered.into_inner() })
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
            _ => catch_unwind(AssertUnwindSafe(|| self.renderer.render(output, inventory)))
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
