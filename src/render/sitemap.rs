//! `sitemap.xml`, its files below `sitemaps/`, and `robots.txt`, for search engines.
//!
//! In: the pages of each file, as the plan cuts them. Out: the forms of sitemaps.org and RFC 9309. A day is that of the newest
//! fact on a page; where a page tells of no day none is given.
//!
//! Not here: which pages search engines may show (`plan`).

use std::fmt::Write;

use crate::calendar::Date;
use crate::disclose::Portal;
use crate::plan::{SitemapPart, sitemap_pages, sitemap_path, sitemaps};
use crate::text::escape_markup;

const SPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The bytes of one file of the sitemap.
pub(super) fn part(portal: &Portal, part: SitemapPart) -> Vec<u8> {
    file(portal, "urlset", "url", sitemap_pages(portal, part))
}

/// The bytes of `sitemap.xml`, which names the files.
pub(super) fn index(portal: &Portal) -> Vec<u8> {
    let files = sitemaps(portal).into_iter().map(|(part, day)| (sitemap_path(portal, part), day));
    file(portal, "sitemapindex", "sitemap", files)
}

/// The bytes of `robots.txt`: everything may be read.
pub(super) fn robots(portal: &Portal) -> Vec<u8> {
    format!("User-agent: *\nAllow: /\n\nSitemap: {}sitemap.xml\n", portal.settings.base_url).into_bytes()
}

fn file(
    portal: &Portal,
    whole: &str,
    member: &str,
    pages: impl Iterator<Item = (String, Option<Date>)>,
) -> Vec<u8> {
    let base = escape_markup(&portal.settings.base_url);
    let mut text = format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<{whole} xmlns=\"{SPACE}\">\n");
    for (path, day) in pages {
        // Writing to a text cannot fail.
        let _ = write!(text, "<{member}><loc>{base}{path}</loc>");
        if let Some(day) = day {
            let _ = write!(text, "<lastmod>{day}</lastmod>");
        }
        let _ = writeln!(text, "</{member}>");
    }
    let _ = writeln!(text, "</{whole}>");
    text.into_bytes()
}
