//! What a link in a text leads to, now that some records have left.
//!
//! A text that is withdrawn or expired must not stop the rebuild that takes it away, and a link to it would name
//! it: so links to absent pages become words.

use std::collections::{BTreeMap, BTreeSet};

use crate::record::address::resolve;
use crate::route::Route;

/// Where a link of a text leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target<'t> {
    /// To a page or file of the site.
    Page(&'t str),
    /// To a page that is not shown.
    Absent,
    /// Not into the portal.
    Elsewhere,
}

/// Source files and pages that a text may link to, and those that are not shown.
#[derive(Debug, Default)]
pub struct Targets {
    shown: BTreeMap<String, Route>,
    absent: BTreeSet<String>,
}

impl Targets {
    /// Parts source paths by whether their pages are shown.
    pub(super) fn part(all: BTreeMap<String, Route>, absent: BTreeSet<Route>) -> Targets {
        let (gone, shown): (BTreeMap<_, _>, _) =
            all.into_iter().partition(|(_, route)| absent.contains(route));
        let routes = absent.into_iter().map(|route| route.as_str().to_string());
        Targets { shown, absent: gone.into_keys().chain(routes).collect() }
    }

    /// Where a link in a source file leads: relative to that file, or from the site's root behind `/`.
    pub fn of<'t>(&'t self, source: &str, path: &'t str) -> Target<'t> {
        if let Some(route) = path.strip_prefix('/') {
            return if self.absent.contains(route) { Target::Absent } else { Target::Page(route) };
        }
        let Some(path) = resolve(source, path) else { return Target::Elsewhere };
        match self.shown.get(&path) {
            Some(route) => Target::Page(route.as_str()),
            None if self.absent.contains(&path) => Target::Absent,
            None => Target::Elsewhere,
        }
    }
}

impl std::fmt::Display for Targets {
    /// All of it, for a content key.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{:?}{:?}", self.shown, self.absent)
    }
}
