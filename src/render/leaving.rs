//! The notice before one leaves for a site that is not a government's, and addresses as templates see them.
//!
//! In: an address that the gate found. Out: its page, or `{url, href}`: the address to be read and the one to follow. Not here: before
//! which addresses a notice stands (`disclose::leaving`).

use tera::{Context, Value};

use super::frame::{Page, PageKind, Robots};
use super::values::{Scope, object};
use super::{RenderError, Renderer};
use crate::markdown;
use crate::plan::Output;

impl Renderer<'_> {
    pub(super) fn notice(&self, output: &Output, at: usize) -> Result<Vec<u8>, RenderError> {
        let Some((address, _)) = self.portal.leaving.pages().get(at) else {
            return Err(RenderError {
                route: output.route.to_string(),
                reason: "there is no such address".into(),
            });
        };
        let mut page = Page::new(PageKind::Tool, self.word("leaving"));
        page.robots = Robots::Skip;
        let mut context = Context::new();
        context.insert_value("to", object([("href", address.as_str().into())]));
        self.fill(output, "leaving.html", page, context)
    }
}

/// Where a link to an address leads from a page: straight, or to its notice; nowhere when it is none of the web.
pub(super) fn way_to(scope: Scope<'_>, address: &str) -> String {
    match scope.portal.leaving.of(address) {
        Some(notice) => scope.href(notice),
        None => markdown::outside_address(address).unwrap_or_default(),
    }
}

/// An address as `{url, href}`.
pub(super) fn address(scope: Scope<'_>, address: &str) -> Value {
    object([("url", address.into()), ("href", way_to(scope, address).into())])
}
