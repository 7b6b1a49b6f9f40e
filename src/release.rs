//! Makes a planned portal into a published site: renders what changed, searches every output for what must not
//! be there, and switches.
//!
//! In: a [`Planned`] portal and a destination. Out: a [`Release`]. An output whose key the last build had is taken
//! over from the old site when its bytes are still those; a damaged cache or site costs time only.
//!
//! Not here: reading and checking (`pipeline`), the file system (`publish`).

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::Context as _;
use rayon::prelude::*;

use crate::cache::Cache;
use crate::diagnostic::{Code, Diagnostic, Message, Severity};
use crate::needles::Weight;
use crate::pipeline::Planned;
use crate::plan::{Content, Output};
use crate::publish::{Destination, Disk, FileFact, Published, ReleaseFacts, Stage, Withdrawn};
use crate::render::Renderer;
use crate::source::read_bytes;
use crate::text::content_hash;
use crate::unpack;

/// A text of a withheld record or field in an output.
pub const LEAK: Code = Code("E-VIS-INTERNAL");
/// The id or address of what has left in an output.
pub const GONE: Code = Code("E-REMOVED-PRESENT");

/// Name of the keys of the last build in the cache.
const KEYS: &str = "outputs";

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

/// The key and the file of one output of the last build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Made {
    key: u128,
    /// Content key of its bytes: proves the old file in a tenth of the time that SHA-256 takes.
    bytes: u128,
    fact: FileFact,
}

/// Renders and publishes; `step` is called after each output.
pub fn publish(
    planned: &Planned,
    destination: &Destination,
    disk: Disk,
    cache: &Cache,
    step: &(dyn Fn() + Sync),
) -> anyhow::Result<Release> {
    let renderer = Renderer::new(&planned.portal, &planned.theme)?;
    let stage = Stage::begin(destination, disk)?;
    let last = LastBuild::read(cache, planned);
    let leaks = Mutex::new(Vec::new());
    let rendered = AtomicU64::new(0);
    let made: Vec<Option<Made>> = planned
        .plan
        .outputs
        .par_iter()
        .map(|output| {
            let made = make(planned, &renderer, &stage, output, &last, &leaks, &rendered);
            step();
            made
        })
        .collect::<anyhow::Result<_>>()?;
    let mut leaks = leaks.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    if !leaks.is_empty() {
        leaks.sort();
        return Ok(Release::Stopped(leaks));
    }
    let published = stage.finish(facts(planned))?;
    LastBuild::write(cache, planned, &made);
    cache.retain(|name| name == KEYS || planned.kept.iter().any(|kept| kept == name));
    Ok(Release::Done { published, rendered: rendered.into_inner() })
}

fn make(
    planned: &Planned,
    renderer: &Renderer<'_>,
    stage: &Stage,
    output: &Output,
    last: &LastBuild,
    leaks: &Mutex<Vec<Diagnostic>>,
    rendered: &AtomicU64,
) -> anyhow::Result<Option<Made>> {
    let inspect = |bytes: &[u8]| {
        if let Some(leak) = leak(planned, output, bytes)
            && let Ok(mut leaks) = leaks.lock()
        {
            leaks.push(leak);
        }
    };
    if let Some(made) = last.find(output) {
        let kept = stage.keep_proved(
            &output.route,
            &made.fact,
            &|bytes| content_hash(bytes) == made.bytes,
            &mut |bytes| {
                if last.search == Search::Again {
                    inspect(bytes);
                }
                Ok(())
            },
        )?;
        if kept.is_some() {
            return Ok(Some(made));
        }
    }
    let bytes = match &output.content {
        Content::Asset(file) => read_bytes(&planned.sources, *file)?,
        _ => catch_unwind(AssertUnwindSafe(|| renderer.render(output))).map_err(|_| {
            anyhow::anyhow!("生成 {0} 时程序出错 / the program failed while making {0}", output.route)
        })??,
    };
    rendered.fetch_add(1, Ordering::Relaxed);
    inspect(&bytes);
    let fact = stage.put(&output.route, &bytes).with_context(|| output.route.to_string())?;
    Ok(output.key.map(|key| Made { key, bytes: content_hash(&bytes), fact }))
}

/// The first thing in an output that must not be there.
fn leak(planned: &Planned, output: &Output, bytes: &[u8]) -> Option<Diagnostic> {
    let portal = &planned.portal;
    let may_name_gone = matches!(output.content, Content::Tombstone(_) | Content::Corrections);
    let look = |seen: &[u8]| {
        let found = portal.needles.find(seen, |weight| weight == Weight::Withheld || !may_name_gone)?;
        Some((if found.0 == Weight::Gone { GONE } else { LEAK }, found.1))
    };
    let packed = matches!(output.content, Content::Asset(_) | Content::Static(_));
    let found = if packed { unpack::search(bytes, &mut |seen| look(seen)) } else { look(bytes) };
    let (code, text) = found?;
    let shown = crate::text::excerpt(text, 24);
    let message = Message::new(
        format!("输出文件 {} 中有不得公开的内容“{shown}”", output.route),
        format!("the output {} holds `{shown}`, which may not be public", output.route),
    );
    let hint = Message::new(
        "检查引用它的文章、附件或主题模板；全部改正之前不发布",
        "look at the article, the attachment or the template that repeats it; nothing is published until it is gone",
    );
    Some(Diagnostic {
        file: output.route.to_string(),
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

/// Whether outputs that are taken over must be searched again: when other texts are withheld than last time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Search {
    Again,
    DoneBefore,
}

/// The keys and files of the last build, by the hash of their routes.
struct LastBuild {
    made: HashMap<u128, Made>,
    search: Search,
}

/// Bytes of an entry in the cache: hash of the route, key, hash of the bytes, size, SHA-256.
const ENTRY: usize = 16 + 16 + 16 + 8 + 32;

impl LastBuild {
    fn read(cache: &Cache, planned: &Planned) -> LastBuild {
        let mut last = LastBuild { made: HashMap::new(), search: Search::Again };
        let Some(bytes) = cache.read(KEYS) else { return last };
        let Some((search, entries)) = bytes.split_at_checked(16) else { return last };
        if search == search_key(planned).to_le_bytes() {
            last.search = Search::DoneBefore;
        }
        for entry in entries.as_chunks::<ENTRY>().0 {
            let Some((route, rest)) = entry.split_first_chunk::<16>() else { continue };
            let Some((key, rest)) = rest.split_first_chunk::<16>() else { continue };
            let Some((bytes, rest)) = rest.split_first_chunk::<16>() else { continue };
            let Some((size, rest)) = rest.split_first_chunk::<8>() else { continue };
            let Some(sha256) = rest.first_chunk::<32>() else { continue };
            let fact = FileFact { size: u64::from_le_bytes(*size), sha256: *sha256 };
            let made = Made { key: u128::from_le_bytes(*key), bytes: u128::from_le_bytes(*bytes), fact };
            last.made.insert(u128::from_le_bytes(*route), made);
        }
        last
    }

    fn find(&self, output: &Output) -> Option<Made> {
        let made = self.made.get(&route_key(output))?;
        (Some(made.key) == output.key).then_some(*made)
    }

    fn write(cache: &Cache, planned: &Planned, made: &[Option<Made>]) {
        let mut bytes = search_key(planned).to_le_bytes().to_vec();
        for (output, made) in planned.plan.outputs.iter().zip(made) {
            let Some(made) = made else { continue };
            bytes.extend(route_key(output).to_le_bytes());
            bytes.extend(made.key.to_le_bytes());
            bytes.extend(made.bytes.to_le_bytes());
            bytes.extend(made.fact.size.to_le_bytes());
            bytes.extend(made.fact.sha256);
        }
        cache.write(KEYS, &bytes);
    }
}

fn route_key(output: &Output) -> u128 {
    content_hash(output.route.as_str().as_bytes())
}

fn search_key(planned: &Planned) -> u128 {
    planned.portal.needles.key()
}
