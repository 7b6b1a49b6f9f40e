//! What class a page is of, told by its place in the plan alone, before it is made.
//!
//! Those that look at finished pages must know what a page should be without asking the page. Not here: the pages.

use super::frame::PageKind;
use crate::disclose::Portal;
use crate::plan::{Content, is_indexed};
use crate::record::edges::Handle;
use crate::record::{article, book, page, region};

/// The class of a page; nothing of outputs that are no pages.
pub fn page_kind(portal: &Portal, content: &Content) -> Option<PageKind> {
    Some(match content {
        Content::Home => PageKind::Home,
        Content::Record(handle, _) => of_record(portal, *handle)?,
        Content::List(..)
        | Content::Column(..)
        | Content::Corrections
        | Content::SiteMap
        | Content::Lists
        | Content::Progress(_)
        | Content::DataPage
        | Content::FeedsPage => PageKind::Column,
        Content::Search | Content::NotFound | Content::Tombstone(_) | Content::Leaving(_) => PageKind::Tool,
        _ => return None,
    })
}

/// A text without a day to bear is no content in the sense of the meta tags; a record without one has all but the day.
fn of_record(portal: &Portal, handle: Handle) -> Option<PageKind> {
    let record = portal.record(handle)?;
    let view = record.view();
    let of_book = || {
        let book = portal.book(record.prose()?.folder.split('/').next()?)?;
        portal.record(book)?.view().date(book::DATE)
    };
    let has_day = match record.kind().plural {
        plural if plural == region::KIND.plural => return Some(PageKind::Column),
        "books" => view.date(book::DATE).is_some(),
        "chapters" => of_book().is_some(),
        "articles" => view.text(article::PUBLISHED).is_some(),
        "pages" => view.text(page::PUBLISHED).is_some() || portal.published(handle).is_some(),
        _ if !is_indexed(portal, handle) => false,
        _ if portal.published(handle).is_none() => return Some(PageKind::Undated),
        _ => true,
    };
    Some(if has_day { PageKind::Content } else { PageKind::Tool })
}
