//! Data files: every record is written once and searched once, and the files of its kind are put together from it; blocks of
//! records that the last build wrote and searched are taken from its files.
//!
//! In: the data files of a plan. Out: those files in the stage. All files of a kind in one form are made at once, while its
//! lines are in memory, and none is ever held whole.
//!
//! Every byte of them has been searched: a file is made of lines that were searched where they stand, one after another in
//! the order of ids, and of what stands between them. What is forbidden and found in a file, but not in the lines, would
//! have to hold some of what stands between: see [`reaches_over`]; with such a text, or with anything found, each file is
//! searched as it is. A number ends with its line in any order of lines. Words that call a number an identity number count when they
//! stand in the line before as well; a line before that another record has sent is chance, and can but add an alarm.
//!
//! Not here: how records are written (`render`), and what is forbidden (`inspect`).

mod before;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;

use anyhow::Context as _;
use rayon::prelude::*;

pub(super) use before::Changed;

use before::Before;

use super::Work;
use super::inspect::{Holds, leak};
use super::last_build::Made;
use crate::disclose::Portal;
use crate::needles::Needles;
use crate::plan::{Content, DataFormat, Output};
use crate::publish::{Chunks, Measure};
use crate::record::edges::Handle;
use crate::render::{DataFile, Form, KEPT, Lines};
use crate::text::ContentHash;

impl Chunks for DataFile<'_> {
    fn each(&self, take: &mut dyn FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
        self.each_chunk(take)
    }
}

/// A data file to be made: its place among the outputs, and which records it holds in which form.
struct Wanted<'o> {
    at: usize,
    output: &'o Output,
    within: Option<Handle>,
    format: DataFormat,
}

/// What was made of the data files.
#[derive(Default)]
pub(super) struct MadeData {
    /// By the place of the output.
    pub(super) files: Vec<(usize, Made)>,
    /// What of the records of a kind has changed, where that is known.
    pub(super) changed: BTreeMap<u16, Changed>,
    /// Names and bytes for the cache, once the files are published.
    pub(super) known: Vec<(String, Vec<u8>)>,
}

/// Makes the data files among the outputs at these places; `step` is called after each.
pub(super) fn make(
    work: &Work<'_>,
    outputs: &[Output],
    told: &[usize],
    step: &(dyn Fn() + Sync),
) -> anyhow::Result<MadeData> {
    let mut groups: BTreeMap<(u16, Form), Vec<Wanted<'_>>> = BTreeMap::new();
    for at in told {
        if let Some(output) = outputs.get(*at)
            && let Content::Data { kind, within, format, .. } = output.content
        {
            let wanted = Wanted { at: *at, output, within, format };
            groups.entry((kind, Form::of(format))).or_default().push(wanted);
        }
    }
    let groups: Vec<_> = groups.into_iter().collect();
    let made = groups
        .par_iter()
        .with_max_len(1)
        .map(|((kind, form), files)| make_group(work, *kind, *form, files, step));
    let mut all = MadeData::default();
    for made in made.collect::<anyhow::Result<Vec<MadeData>>>()? {
        all.files.extend(made.files);
        all.changed.extend(made.changed);
        all.known.extend(made.known);
    }
    Ok(all)
}

/// The names under which the cache knows of lines.
pub(super) fn known_names(portal: &Portal) -> impl Iterator<Item = String> + '_ {
    portal
        .data_kinds()
        .flat_map(|(_, kind)| [Form::Csv, Form::Json].map(|form| before::name(kind.plural, form)))
}

/// Makes the files of a kind in one form.
fn make_group(
    work: &Work<'_>,
    kind: u16,
    form: Form,
    files: &[Wanted<'_>],
    step: &(dyn Fn() + Sync),
) -> anyhow::Result<MadeData> {
    let mut made = MadeData::default();
    let mut missing = Vec::new();
    for wanted in files {
        match work.keep(wanted.output)? {
            Some(kept) => {
                made.files.push((wanted.at, kept));
                step();
            }
            None => missing.push(wanted),
        }
    }
    let Some(Wanted { output: first, .. }) = missing.first() else { return Ok(made) };
    let portal = &work.planned.portal;
    // The file that its lines are, one after another.
    let whole = files.iter().find(|file| file.within.is_none() && file.format != DataFormat::Json);
    let name = before::name(portal.kinds.at(usize::from(kind)).map_or("", |kind| kind.plural), form);
    let before = whole.map(|whole| {
        let known = work.cache.read(&name);
        Before::new(&work.stage, work.planned, kind, known, &whole.output.route, work.last.search_key)
    });
    let known = |number: u32| before.as_ref().and_then(|before| before.block(number));
    let lines = catch_unwind(AssertUnwindSafe(|| Lines::write(portal, kind, form, KEPT, &known)))
        .map_err(|_| super::failed(first))?;
    let search = |bytes: &[u8]| {
        leak(work.planned, &work.detector, &first.route, Holds::Records(None), bytes).is_none()
    };
    let is_clean = !reaches_over(&portal.needles, form)
        && catch_unwind(AssertUnwindSafe(|| lines.all(&search))).map_err(|_| super::failed(first))?;
    for wanted in missing {
        // Lines that are not kept are written here.
        let put = catch_unwind(AssertUnwindSafe(|| put(work, wanted, &lines, is_clean)));
        made.files.push((wanted.at, put.map_err(|_| super::failed(wanted.output))??));
        step();
    }
    if let Some((before, whole)) = before.zip(whole).filter(|_| is_clean) {
        let file = made.files.iter().find(|(at, _)| *at == whole.at).map(|(_, made)| made.fact);
        let known = file.and_then(|file| before.to_keep(&lines, file));
        made.known.extend(known.map(|known| (name, known)));
        if form == Form::Json {
            made.changed.extend(before.changed().map(|changed| (kind, changed)));
        }
    }
    Ok(made)
}

fn put(work: &Work<'_>, wanted: &Wanted<'_>, lines: &Lines<'_>, is_clean: bool) -> anyhow::Result<Made> {
    let (output, file) = (wanted.output, lines.file(wanted.within, wanted.format));
    let (mut hash, mut measure, mut whole) = (ContentHash::default(), Measure::default(), Vec::new());
    let Ok(()) = file.each_chunk::<Infallible>(&mut |chunk| {
        hash.feed(chunk);
        measure.feed(chunk);
        if !is_clean {
            whole.extend_from_slice(chunk);
        }
        Ok(())
    });
    if !is_clean {
        work.inspect(&output.route, Holds::of(&output.content), &whole);
    }
    work.rendered.fetch_add(1, Ordering::Relaxed);
    let fact = measure.fact();
    work.stage.put_measured(&output.route, &file, fact).with_context(|| output.route.to_string())?;
    Ok(Made { bytes: output.key().map_or(0, |_| hash.digest()), fact })
}

/// Whether a text that is looked for may stand in a file without standing in one of its lines.
///
/// No text is shorter than four bytes. A line of JSON is `{…}` and an end of line, and between two lines stand at most three
/// bytes more; so a text not wholly in a line holds the end of one and what follows, or the end of a line and what begins
/// the next. A row of CSV stands between two ends of lines in every file, which belong to the row for this search; so a
/// text not wholly there holds an end of line with something on both sides.
fn reaches_over(needles: &Needles, form: Form) -> bool {
    needles.any_text(|text| match form {
        Form::Json => text.array_windows::<2>().any(|pair| matches!(pair, b"}\n" | b"}," | b"\n{")),
        Form::Csv => text.array_windows::<4>().any(|window| matches!(window, [_, b'\r', b'\n', _])),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::needles::Weight;

    #[test]
    fn a_text_that_may_stand_across_lines_is_known() {
        let over = |text: &str, form: Form| {
            let mut needles = Needles::default();
            needles.exactly(text, Weight::Withheld);
            reaches_over(&needles, form)
        };
        for text in ["第一条}\n", "\n{\"id\"", "\"a\":1},"] {
            assert!(over(text, Form::Json), "{text}");
        }
        assert!(over("样例\r\n示范", Form::Csv));
        for text in ["\r\n样例,", ",样例\r\n", "\r\n样例\r\n", "样例县假想餐饮店", "a\nb}"] {
            assert!(!over(text, Form::Csv), "{text}");
            assert!(!over(text, Form::Json), "{text}");
        }
    }
}
