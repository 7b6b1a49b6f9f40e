//! What each template has cost in a build: for whoever writes a theme and wants to know where the time goes.
//!
//! In: the name of a template, the page it made, and how long that took, from any number of workers. Out: one sum a template, the
//! dearest first. Time is that of the clock while the template ran, so on a busy machine it holds waiting as well; what a page needs
//! before its template begins is no part of it.
//!
//! Not here: telling them (`report`).

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// What one template has cost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateCost {
    /// Its name, such as `enterprise.html`.
    pub template: String,
    /// Pages it made.
    pub pages: u64,
    /// Time in it and in what it extends and includes.
    pub spent: Duration,
    /// Bytes of its pages.
    pub bytes: u64,
    /// The page that took longest, and how long.
    pub slowest: (String, Duration),
}

/// Tells the time since any moment; only the command line has one, since no output may depend on a clock.
pub type Clock = fn() -> Duration;

/// The sums of a build, by template.
#[derive(Debug, Default)]
pub(super) struct Timings {
    clock: Option<Clock>,
    sums: Mutex<BTreeMap<String, TemplateCost>>,
}

impl Timings {
    /// Sums by this clock; none are kept without one.
    pub(super) fn by(clock: Option<Clock>) -> Timings {
        Timings { clock, sums: Mutex::default() }
    }

    /// Lets a template make the bytes of a page and notes what that cost.
    pub(super) fn around<E>(
        &self,
        template: &str,
        page: &str,
        make: impl FnOnce() -> Result<Vec<u8>, E>,
    ) -> Result<Vec<u8>, E> {
        let began = self.clock.map(|now| now());
        let bytes = make()?;
        if let (Some(now), Some(began)) = (self.clock, began) {
            self.add(template, page, now().saturating_sub(began), bytes.len());
        }
        Ok(bytes)
    }

    /// Adds one page.
    fn add(&self, template: &str, page: &str, spent: Duration, bytes: usize) {
        let mut sums = self.sums.lock().unwrap_or_else(PoisonError::into_inner);
        if !sums.contains_key(template) {
            let new = TemplateCost { template: template.to_string(), ..TemplateCost::default() };
            sums.insert(template.to_string(), new);
        }
        let Some(cost) = sums.get_mut(template) else { return };
        cost.pages += 1;
        cost.spent += spent;
        cost.bytes += bytes as u64;
        if cost.slowest.1 < spent {
            cost.slowest = (page.to_string(), spent);
        }
    }

    /// All sums, the dearest first.
    pub(super) fn sums(&self) -> Vec<TemplateCost> {
        let sums = self.sums.lock().unwrap_or_else(PoisonError::into_inner);
        let mut sums: Vec<TemplateCost> = sums.values().cloned().collect();
        sums.sort_by_key(|cost| std::cmp::Reverse(cost.spent));
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_told_with_the_dearest_first_and_each_with_its_slowest_page() {
        let timings = Timings::default();
        for (template, page, ms, bytes) in
            [("a.html", "a/1.html", 2, 10), ("b.html", "b/1.html", 9, 5), ("a.html", "a/2.html", 3, 30)]
        {
            timings.add(template, page, Duration::from_millis(ms), bytes);
        }
        let told: Vec<_> = timings
            .sums()
            .into_iter()
            .map(|cost| (cost.template, cost.pages, cost.spent.as_millis(), cost.bytes, cost.slowest.0))
            .collect();
        let cost = |template: &str, pages, ms, bytes, slowest: &str| {
            (template.to_string(), pages, ms, bytes, slowest.to_string())
        };
        assert_eq!(told, [cost("b.html", 1, 9, 5, "b/1.html"), cost("a.html", 2, 5, 40, "a/2.html")]);
    }
}
