//! The two things that rules ask of a page's JSON-LD: its day, and the path from the home page.
//!
//! In: the text of the script element. Out: a [`Linked`], all else passed over without being kept. Not here: whether it is good
//! JSON-LD, which `scripts/readers` asks other people's programs.

use std::borrow::Cow;

use serde::Deserialize;

/// What is asked of it.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Linked<'l> {
    /// Day or moment of publication.
    #[serde(rename = "datePublished", borrow, default)]
    pub(super) published: Option<Cow<'l, str>>,
    /// The path.
    #[serde(borrow, default)]
    pub(super) breadcrumb: Option<Path<'l>>,
}

/// A BreadcrumbList.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Path<'l> {
    /// Its steps.
    #[serde(rename = "itemListElement", borrow, default)]
    pub(super) steps: Vec<Step<'l>>,
}

/// One of its steps.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Step<'l> {
    /// Its words.
    #[serde(borrow, default)]
    pub(super) name: Cow<'l, str>,
}

/// Reads it; none where it is no JSON object.
pub(super) fn read(text: &str) -> Option<Linked<'_>> {
    serde_json::from_str(text).ok()
}
