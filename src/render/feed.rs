//! The Atom feed of the site (RFC 4287): the newest fifty records and articles that have a page.
//!
//! Dates come from the records, so that the same sources give the same feed.

use crate::disclose::Portal;
use crate::record::edges::Handle;

/// Entries of the feed.
const NEWEST: usize = 50;

/// The bytes of `feeds/site.xml`.
pub(super) fn write(portal: &Portal) -> Vec<u8> {
    let mut entries: Vec<(String, Handle)> = Vec::new();
    for (at, kind) in (0u16..).zip(portal.kinds.all()).filter(|(_, kind)| kind.dated.is_some()) {
        let Some(slot) = kind.dated.and_then(|key| kind.slot(key)) else { continue };
        let slot = crate::record::field::Public(slot as u16);
        for no in portal.lists(at).into_iter().flat_map(|lists| &lists.all) {
            let handle = Handle { kind: at, no: *no };
            let Some(record) = portal.record(handle).filter(|_| portal.route(handle).is_some()) else {
                continue;
            };
            let day = record.view().date(slot).map(|day| day.to_string());
            entries.extend(
                day.or_else(|| record.view().text(slot).map(str::to_string)).map(|day| (day, handle)),
            );
        }
    }
    entries.sort_by(|a, b| b.cmp(a));
    entries.truncate(NEWEST);
    let base = &portal.settings.base_url;
    let updated = entries.first().map_or("1970-01-01T00:00:00+08:00".to_string(), |(day, _)| stamp(day));
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n",
    );
    text.push_str(&format!(
        "<id>{0}feeds/site.xml</id>\n<title>{1}</title>\n<updated>{updated}</updated>\n<author><name>{2}</name></author>\n<link rel=\"self\" href=\"{0}feeds/site.xml\"/>\n<link href=\"{0}\"/>\n",
        escape(base),
        escape(&portal.settings.name),
        escape(&portal.settings.organ),
    ));
    for (day, handle) in entries {
        let (Some(record), Some(route)) = (portal.record(handle), portal.route(handle)) else { continue };
        let address = escape(&format!("{base}{route}"));
        text.push_str(&format!(
            "<entry><id>{address}</id><title>{}</title><updated>{}</updated><link href=\"{address}\"/><category term=\"{}\" label=\"{}\"/></entry>\n",
            escape(record.title()),
            stamp(&day),
            record.kind().plural,
            escape(record.kind().zh),
        ));
    }
    text.push_str("</feed>\n");
    text.into_bytes()
}

/// RFC 3339, in Chinese standard time.
fn stamp(day: &str) -> String {
    match day.split_once(' ') {
        Some((day, time)) => format!("{day}T{time}:00+08:00"),
        None => format!("{day}T00:00:00+08:00"),
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
