//! The history of releases: per step the ids that were added, changed and removed; never a text.
//!
//! In: the files of changes that the release before left, and what changed since. Out: the steps that are to be published.
//! The texts are added from the portal when a step is written, so a step can only tell what is public now.
//!
//! Not here: comparing releases, reading and writing files (`changes`).

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

/// What changed in one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) added: BTreeSet<String>,
    pub(super) changed: BTreeSet<String>,
    pub(super) removed: BTreeSet<String>,
    /// So much changed that the data file itself is the shortest way to tell it.
    pub(super) whole: bool,
}

/// What changed from one day to another, by plural of the kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) kinds: BTreeMap<String, Change>,
}

/// The steps of the last releases, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct History {
    /// A copy of this day or a later one is made current by the steps.
    pub(super) since: String,
    pub(super) steps: Vec<Step>,
}

#[derive(Deserialize)]
struct IndexFile {
    since: String,
    files: Vec<IndexLine>,
}

#[derive(Deserialize)]
struct IndexLine {
    file: String,
}

#[derive(Deserialize)]
struct StepFile {
    from: String,
    to: String,
    kinds: BTreeMap<String, ChangeFile>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ChangeFile {
    added: Vec<Named>,
    changed: Vec<Named>,
    removed: BTreeSet<String>,
    whole: bool,
}

/// A record of which the id alone is read.
#[derive(Deserialize)]
struct Named {
    id: String,
}

impl Change {
    fn is_empty(&self) -> bool {
        !self.whole && self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    /// Takes in what changed after it. Whatever state between the two a copy is in, it comes out right: adding is
    /// putting, and what came and went is named as removed.
    fn merge(&mut self, later: Change) {
        if self.whole || later.whole {
            *self = Change { whole: true, ..Change::default() };
            return;
        }
        for id in later.added {
            let came_back = self.removed.remove(&id);
            if came_back {
                self.changed.insert(id)
            } else {
                self.added.insert(id)
            };
        }
        for id in later.changed {
            if !self.added.contains(&id) {
                self.changed.insert(id);
            }
        }
        for id in later.removed {
            self.added.remove(&id);
            self.changed.remove(&id);
            self.removed.insert(id);
        }
    }

    /// Leaves out what a later step tells anew, and names what it removed by id alone.
    fn give_way_to(&mut self, later: &Change) {
        if later.whole {
            self.added.clear();
            self.changed.clear();
        }
        for id in later.added.iter().chain(&later.changed).chain(&later.removed) {
            let was_told = self.added.remove(id) | self.changed.remove(id);
            if was_told && later.removed.contains(id) {
                self.removed.insert(id.clone());
            }
        }
    }
}

impl Step {
    pub(super) fn put(&mut self, plural: &str, change: Change) {
        if !change.is_empty() {
            self.kinds.insert(plural.to_string(), change);
        }
    }

    pub(super) fn file_name(&self) -> String {
        format!("{}.json", self.to)
    }
}

impl History {
    /// A history that begins on a day: what was before is not known, or does not lead there.
    pub(super) fn begin(day: &str) -> History {
        History { since: day.to_string(), steps: Vec::new() }
    }

    /// Reads the files of changes; none unless all of them are there.
    pub(super) fn read(read: &dyn Fn(&str) -> Option<Vec<u8>>) -> Option<History> {
        let index: IndexFile = serde_json::from_slice(&read("index.json")?).ok()?;
        let step = |line: &IndexLine| {
            let StepFile { from, to, kinds } = serde_json::from_slice(&read(&line.file)?).ok()?;
            let ids = |named: Vec<Named>| named.into_iter().map(|named| named.id).collect();
            let change = |file: ChangeFile| Change {
                added: ids(file.added),
                changed: ids(file.changed),
                removed: file.removed,
                whole: file.whole,
            };
            let kinds = kinds.into_iter().map(|(plural, file)| (plural, change(file))).collect();
            Some(Step { from, to, kinds })
        };
        Some(History { since: index.since, steps: index.files.iter().map(step).collect::<Option<_>>()? })
    }

    /// Names by id alone what is public no more.
    pub(super) fn forget_gone(&mut self, is_public: &dyn Fn(&str, &str) -> bool) {
        for (plural, change) in self.steps.iter_mut().flat_map(|step| &mut step.kinds) {
            for told in [&mut change.added, &mut change.changed] {
                let gone: Vec<String> = told.iter().filter(|id| !is_public(plural, id)).cloned().collect();
                for id in gone {
                    told.remove(&id);
                    change.removed.insert(id);
                }
            }
        }
    }

    /// Adds what changed since the release of `before`. A second release on a day is merged into the step of that day.
    /// When the as-of date goes back, days no longer tell the order of releases, and history begins anew.
    pub(super) fn advance(&mut self, step: Step, before: &str, today: &str) {
        if today < before {
            *self = History::begin(today);
        }
        if step.kinds.is_empty() {
            return;
        }
        for earlier in &mut self.steps {
            for (plural, change) in &mut earlier.kinds {
                if let Some(later) = step.kinds.get(plural).filter(|_| earlier.to != today) {
                    change.give_way_to(later);
                }
            }
        }
        if let Some(same_day) = self.steps.last_mut().filter(|last| last.to == today) {
            for (plural, later) in step.kinds {
                same_day.kinds.entry(plural).or_default().merge(later);
            }
            return;
        }
        self.steps.push(Step { from: before.to_string(), to: today.to_string(), kinds: step.kinds });
    }

    /// Forgets all but the newest steps.
    pub(super) fn keep_newest(&mut self, count: usize) {
        let extra = self.steps.len().saturating_sub(count);
        if let Some(last) = self.steps.drain(..extra).next_back() {
            self.since = last.to;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(added: &[&str], changed: &[&str], removed: &[&str]) -> Change {
        let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_string()).collect();
        Change { added: ids(added), changed: ids(changed), removed: ids(removed), whole: false }
    }

    fn step(change: Change) -> Step {
        Step { kinds: BTreeMap::from([("visits".to_string(), change)]), ..Step::default() }
    }

    #[test]
    fn two_releases_on_a_day_are_one_step_from_the_day_before() {
        let mut history = History::begin("2026-11-20");
        history.advance(step(change(&["a", "b"], &["c"], &["d"])), "2026-11-20", "2026-11-22");
        history.advance(step(change(&["d"], &["a", "e"], &["b", "c"])), "2026-11-22", "2026-11-22");
        assert_eq!(history.steps.len(), 1);
        assert_eq!(history.steps[0].from, "2026-11-20");
        assert_eq!(history.steps[0].kinds["visits"], change(&["a"], &["d", "e"], &["b", "c"]));
    }

    #[test]
    fn an_older_step_tells_nothing_that_a_newer_one_tells_or_removed() {
        let mut history = History::begin("2026-11-20");
        history.advance(step(change(&["a", "b"], &["c"], &["d"])), "2026-11-20", "2026-11-21");
        history.advance(step(change(&[], &["a"], &["b"])), "2026-11-21", "2026-11-22");
        assert_eq!(history.steps[0].kinds["visits"], change(&[], &["c"], &["b", "d"]));
        history.forget_gone(&|_, id| id != "c");
        assert_eq!(history.steps[0].kinds["visits"], change(&[], &[], &["b", "c", "d"]));
        let whole = Change { whole: true, ..Change::default() };
        history.advance(step(whole), "2026-11-22", "2026-11-23");
        assert_eq!(history.steps[1].kinds["visits"], change(&[], &[], &["b"]));
    }

    #[test]
    fn history_begins_anew_when_the_date_goes_back_and_forgets_what_is_too_old() {
        let mut history = History::begin("2026-11-20");
        for (before, today) in
            [("2026-11-20", "2026-11-21"), ("2026-11-21", "2026-11-23"), ("2026-11-23", "2026-11-24")]
        {
            history.advance(step(change(&[today], &[], &[])), before, today);
        }
        history.keep_newest(2);
        assert_eq!((history.since.as_str(), history.steps.len()), ("2026-11-21", 2));
        history.advance(step(change(&[], &["a"], &[])), "2026-11-24", "2026-11-01");
        assert_eq!((history.since.as_str(), history.steps.len()), ("2026-11-01", 1));
        assert_eq!(history.steps[0].from, "2026-11-24");
        history.keep_newest(0);
        assert_eq!(history.steps.len(), 0);
    }
}
