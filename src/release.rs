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

/// Outputs that one worker takes at once.
const STRETCH: usize = 64;

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
    let mut keys = vec![0; planned.plan.outputs.len()];
    work.make_all(|content| matches!(content, Content::Index(_)), &mut keys, step)?;
    work.index = None;
    let known = make_the_others(&work, &mut keys, step)?;
    let Work { stage, last, leaks, moved, rendered, renderer, .. } = work;
    let mut leaks = leaks.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    if !leaks.is_empty() {
        leaks.sort();
        return Ok(Release::Stopped(leaks));
    }
    let mut published = stage.finish(facts(planned))?;
    published.notes.extend(moved.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner));
    rayon::join(
        || LastBuild::write(cache, planned, last.search_key, &keys, &published.manifest),
        || known.iter().for_each(|(name, bytes)| cache.write(name, bytes)),
    );
    let names: HashSet<String> =
        data::known_names(&planned.portal).chain(planned.kept.iter().cloned()).collect();
    cache.retain(|name| name == KEYS || names.contains(name));
    Ok(Release::Done { published, rendered: rendered.into_inner(), timings: renderer.timings() })
}

/// Makes everything but the files of the index; `keys` takes the content key of each output's bytes. Tells what the cache is to
/// know of the data files.
fn make_the_others(
    work: &Work<'_>,
    keys: &mut [u128],
    step: &(dyn Fn() + Sync),
) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let outputs = &work.planned.plan.outputs;
    // Files of many records take long: they begin first, and all others fill the time beside them.
    let told = work.places(Content::is_told_of);
    let others = |content: &Content| {
        !(content.is_told_of() || content.tells_of_files() || matches!(content, Content::Index(_)))
    };
    let data = || {
        let made = data::make(work, outputs, &told, step)?;
        let inventory = inventory(outputs, &made.files);
        changes::publish(work, &inventory, &made.changed)?;
        Ok::<_, anyhow::Error>((made, inventory))
    };
    let (data, others) = rayon::join(data, || work.make_all(others, keys, step));
    others?;
    let (made, inventory) = data?;
    for (at, made) in made.files {
        if let Some(key) = keys.get_mut(at) {
            *key = made.bytes;
        }
    }
    for (output, key) in outputs.iter().zip(keys) {
        if output.content.tells_of_files() {
            *key = work.make(output, &inventory)?.bytes;
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

    /// Makes the outputs that hold such a thing, in any order.
    fn make_all(
        &self,
        holds: impl Fn(&Content) -> bool + Sync,
        keys: &mut [u128],
        step: &(dyn Fn() + Sync),
    ) -> anyhow::Result<()> {
        // Those wanted may stand beside each other: short stretches let all workers have some of them.
        let outputs = self.planned.plan.outputs.par_iter().zip(keys).with_max_len(STRETCH);
        outputs.filter(|(output, _)| holds(&output.content)).try_for_each(|(output, key)| {
            let made = self.make(output, &Inventory::new());
            step();
            *key = made?.bytes;
            Ok(())
        })
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
                (Content::Index(file), Some(index)) => {
                    index.write(&self.planned.portal, *file).with_context(|| output.route.to_string())
                }
                _ => Ok(self.renderer.render(output, inventory)?),
            }))
            .map_err(|_| failed(output))??,
        };
        self.rendered.fetch_add(1, Ordering::Relaxed);
        self.inspect(&output.route, Holds::of(&output.content), &bytes);
        let fact = self.stage.put(&output.route, &bytes).with_context(|| output.route.to_string())?;
        Ok(Made { bytes: output.key().map_or(0, |_| content_hash(&bytes)), fact })
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
