//! Makes a planned portal into a published site: renders what changed, searches every output for what must not
//! be there, and switches. Outputs that tell the sizes of others are made after them.
//!
//! In: a [`Planned`] portal and a destination. Out: a [`Release`]. An output whose key the last build had is taken
//! over from the old site when its bytes are still those; a damaged cache or site costs time only.
//!
//! Not here: reading and checking (`pipeline`), the file system (`publish`).

mod changes;
mod last_build;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::Context as _;
use rayon::prelude::*;

use crate::cache::Cache;
use crate::diagnostic::{Code, Diagnostic, Message, Severity};
use crate::needles::Weight;
use crate::pipeline::Planned;
use crate::plan::{Content, Inventory, Measured, Output};
use crate::publish::{Destination, Disk, FileFact, Published, ReleaseFacts, Stage, Withdrawn, hex};
use crate::render::Renderer;
use crate::route::Route;
use crate::source::read_bytes;
use crate::text::content_hash;
use crate::unpack;
use last_build::{KEYS, LastBuild, Made, Search};

/// A text of a withheld record or field in an output.
pub const LEAK: Code = Code("E-VIS-INTERNAL");
/// The id or address of what has left in an output.
pub const GONE: Code = Code("E-REMOVED-PRESENT");

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
    stage: Stage,
    last: LastBuild,
    leaks: Mutex<Vec<Diagnostic>>,
    rendered: AtomicU64,
}

/// What making an output came to: its file, and what the next build needs to take it over.
#[derive(Default)]
struct Outcome {
    fact: Option<FileFact>,
    made: Option<Made>,
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
        renderer: Renderer::new(&planned.portal, &planned.theme)?,
        stage: Stage::begin(destination, disk)?,
        last: LastBuild::read(cache, planned),
        leaks: Mutex::new(Vec::new()),
        rendered: AtomicU64::new(0),
    };
    let outputs = &planned.plan.outputs;
    let make_one = |output: &Output, inventory: &Inventory| {
        let outcome = work.make(output, inventory);
        step();
        outcome
    };
    let first = |output: &Output| match output.content.tells_of_files() {
        true => Ok(Outcome::default()),
        false => make_one(output, &Inventory::new()),
    };
    let mut outcomes: Vec<Outcome> = outputs.par_iter().map(first).collect::<anyhow::Result<_>>()?;
    let inventory = inventory(outputs, &outcomes);
    for (output, outcome) in outputs.iter().zip(&mut outcomes) {
        if output.content.tells_of_files() {
            *outcome = make_one(output, &inventory)?;
        }
    }
    changes::publish(&work, &inventory)?;
    let Work { stage, leaks, rendered, .. } = work;
    let mut leaks = leaks.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    if !leaks.is_empty() {
        leaks.sort();
        return Ok(Release::Stopped(leaks));
    }
    let published = stage.finish(facts(planned))?;
    LastBuild::write(cache, planned, outcomes.iter().map(|outcome| &outcome.made));
    cache.retain(|name| name == KEYS || planned.kept.iter().any(|kept| kept == name));
    Ok(Release::Done { published, rendered: rendered.into_inner() })
}

/// The data files that have been made.
fn inventory(outputs: &[Output], outcomes: &[Outcome]) -> Inventory {
    let told = outputs.iter().zip(outcomes).filter(|(output, _)| output.content.is_told_of());
    let measured = told.filter_map(|(output, outcome)| {
        let fact = outcome.fact?;
        let sha256 = String::from_utf8_lossy(&hex(&fact.sha256)).into_owned();
        Some((output.route.to_string(), Measured { bytes: fact.size, sha256 }))
    });
    measured.collect()
}

impl Work<'_> {
    fn make(&self, output: &Output, inventory: &Inventory) -> anyhow::Result<Outcome> {
        if let Some(made) = self.last.find(output) {
            let kept = self.stage.keep_proved(
                &output.route,
                &made.fact,
                &|bytes| content_hash(bytes) == made.bytes,
                &mut |bytes| {
                    if self.last.search == Search::Again {
                        self.inspect(&output.route, Holds::of(&output.content), bytes);
                    }
                    Ok(())
                },
            )?;
            if kept.is_some() {
                return Ok(Outcome { fact: Some(made.fact), made: Some(made) });
            }
        }
        let bytes = match &output.content {
            Content::Asset(file) => read_bytes(&self.planned.sources, *file)?,
            _ => catch_unwind(AssertUnwindSafe(|| self.renderer.render(output, inventory))).map_err(
                |_| {
                    anyhow::anyhow!("生成 {0} 时程序出错 / the program failed while making {0}", output.route)
                },
            )??,
        };
        self.rendered.fetch_add(1, Ordering::Relaxed);
        self.inspect(&output.route, Holds::of(&output.content), &bytes);
        let fact = self.stage.put(&output.route, &bytes).with_context(|| output.route.to_string())?;
        let made = output.key.map(|key| Made { key, bytes: content_hash(&bytes), fact });
        Ok(Outcome { fact: Some(fact), made })
    }

    /// Notes the first thing in an output that must not be there.
    fn inspect(&self, route: &Route, holds: Holds, bytes: &[u8]) {
        if let Some(leak) = leak(self.planned, route, holds, bytes)
            && let Ok(mut leaks) = self.leaks.lock()
        {
            leaks.push(leak);
        }
    }
}

/// What an output may hold.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// What the public may see.
    Records,
    /// The ids and addresses of what has left.
    Departures,
    /// A file of others, perhaps packed.
    Packed,
}

impl Holds {
    fn of(content: &Content) -> Holds {
        match content {
            Content::Tombstone(_) | Content::Corrections => Holds::Departures,
            Content::Asset(_) | Content::Static(_) => Holds::Packed,
            _ => Holds::Records,
        }
    }
}

/// The first thing in an output that must not be there.
fn leak(planned: &Planned, route: &Route, holds: Holds, bytes: &[u8]) -> Option<Diagnostic> {
    let portal = &planned.portal;
    let may_name_gone = holds == Holds::Departures;
    let look = |seen: &[u8]| {
        let found = portal.needles.find(seen, |weight| weight == Weight::Withheld || !may_name_gone)?;
        Some((if found.0 == Weight::Gone { GONE } else { LEAK }, found.1))
    };
    let found =
        if holds == Holds::Packed { unpack::search(bytes, &mut |seen| look(seen)) } else { look(bytes) };
    let (code, text) = found?;
    let shown = crate::text::excerpt(text, 24);
    let message = Message::new(
        format!("输出文件 {} 中有不得公开的内容“{shown}”", route),
        format!("the output {} holds `{shown}`, which may not be public", route),
    );
    let hint = Message::new(
        "检查引用它的文章、附件或主题模板；全部改正之前不发布",
        "look at the article, the attachment or the template that repeats it; nothing is published until it is gone",
    );
    Some(Diagnostic {
        file: route.to_string(),
        line: 0,
        column: 0,
        code,
        severity: Severity::Error,
        record: None,
        field: None,
        message,
        hint: Some(hint),
        other: None,
    })
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
