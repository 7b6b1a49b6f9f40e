//! Where a link leads: a route of the site, a host outside, or nowhere that a file server knows.
//!
//! In: the address as written and the page it stands on. Out: an [`Address`]. A site works at any base path and from a folder, so
//! only relative addresses lead inside; the page for addresses that lead nowhere is the one exception.
//!
//! Not here: what is wrong with a link (`links`).

use crate::calendar::Date;
use crate::host::{GOVERNMENT, folder_of, host_behind, is_below};
use crate::record::settings::Settings;
use crate::route::Route;

use super::Subject;

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Address<'a> {
    /// A file of the site, and a place in it.
    Inside(String, &'a str),
    /// A place on the page itself.
    Here(&'a str),
    /// A host.
    Outside(String),
    /// Telephone, mail, data in the page.
    Else,
    /// A script in an address.
    Script,
    /// An address of the site that works at one base path only.
    Absolute,
    /// Above the folder of the site.
    Above,
    /// No address at all.
    Empty,
}

/// Reads the address of a link on a page.
pub(super) fn read<'a>(written: &'a str, subject: &Subject<'_>, hosts: &Hosts) -> Address<'a> {
    let written = written.trim();
    if let Some(anchor) = written.strip_prefix('#') {
        return Address::Here(anchor);
    }
    if written.is_empty() {
        return Address::Empty;
    }
    if written.starts_with(hosts.base.as_str()) {
        return Address::Absolute;
    }
    if let Some(inside) = written.strip_prefix(folder_of(&hosts.base)).filter(|_| subject.is_anywhere) {
        return below("", inside);
    }
    let scheme = written.split(['/', '?', '#']).next().and_then(|start| start.split_once(':'));
    if let Some((scheme, rest)) = scheme {
        return match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" => {
                Address::Outside(host_behind(written.get(scheme.len() + 1..).unwrap_or(rest)))
            }
            "javascript" | "vbscript" => Address::Script,
            _ => Address::Else,
        };
    }
    if written.starts_with("//") || written.starts_with("\\\\") {
        return Address::Outside(host_behind(written));
    }
    if written.starts_with(['/', '\\']) {
        return Address::Absolute;
    }
    below(folder(subject.route), written)
}

fn folder(route: &Route) -> &str {
    route.as_str().rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A relative address as seen from a folder of the site.
fn below<'a>(folder: &str, written: &'a str) -> Address<'a> {
    let (address, anchor) = written.split_once('#').unwrap_or((written, ""));
    let path = address.split('?').next().unwrap_or("");
    if path.is_empty() {
        return Address::Here(anchor);
    }
    let mut route = String::with_capacity(folder.len() + path.len() + 1);
    route.push_str(folder);
    for segment in path.split('/') {
        match segment {
            "." => {}
            ".." => {
                if route.is_empty() {
                    return Address::Above;
                }
                route.truncate(route.rfind('/').unwrap_or(0));
            }
            _ => {
                if !route.is_empty() {
                    route.push('/');
                }
                route.push_str(segment);
            }
        }
    }
    Address::Inside(route, anchor)
}

/// Hosts by whether links may lead to them.
#[derive(Debug, Default)]
pub(super) struct Hosts {
    /// The address of the portal.
    base: String,
    allowed: Vec<String>,
    closed: Vec<(String, Option<Date>)>,
}

impl Hosts {
    /// Those of a portal on a day.
    pub(super) fn of(settings: &Settings, as_of: Date) -> Hosts {
        let own = [
            Some(settings.base_url.as_str()),
            settings.mark_url.as_deref(),
            settings.report_error_url.as_deref(),
            settings.data.licence.as_deref(),
        ];
        let of_url = |url: &str| host_behind(url.split_once(':').map_or(url, |(_, rest)| rest));
        let mut allowed: Vec<String> = own.into_iter().flatten().map(of_url).collect();
        allowed.extend(GOVERNMENT.map(str::to_string));
        allowed.push(settings.site.1.to_ascii_lowercase());
        allowed.extend(settings.inspection.allowed_hosts.iter().cloned());
        let closed = settings.inspection.closed.iter();
        let closed = closed.filter(|closed| closed.closed_on.is_none_or(|day| day <= as_of));
        Hosts {
            base: settings.base_url.clone(),
            allowed,
            closed: closed.map(|closed| (closed.domain.clone(), closed.closed_on)).collect(),
        }
    }

    /// Whether links may lead to a host.
    pub(super) fn allows(&self, host: &str) -> bool {
        self.allowed.iter().any(|allowed| is_below(host, allowed))
    }

    /// The closed domain to which an address leads, also by way of a page that one leaves the site through.
    pub(super) fn closed(&self, address: &str) -> Option<&(String, Option<Date>)> {
        if self.closed.is_empty() {
            return None;
        }
        let plain = address.replace("%3A", ":").replace("%3a", ":").replace("%2F", "/").replace("%2f", "/");
        let starts = plain.match_indices("//").map(|(at, _)| host_behind(plain.get(at..).unwrap_or("")));
        let hosts: Vec<String> = starts.collect();
        self.closed.iter().find(|(domain, _)| hosts.iter().any(|host| is_below(host, domain)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Sort;
    use super::*;

    fn settings() -> Settings {
        let mut settings =
            Settings { base_url: "https://spaq.example.gov.cn/gongshi/".into(), ..Settings::default() };
        settings.inspection.allowed_hosts = vec!["shop.example.com".into()];
        settings.inspection.closed = vec![crate::record::inspection_settings::ClosedDomain {
            domain: "old.example.gov.cn".into(),
            closed_on: Date::parse("2026-06-01"),
        }];
        settings
    }

    #[test]
    fn addresses_lead_where_browsers_say() {
        let hosts = Hosts::of(&settings(), Date::parse("2026-11-22").unwrap());
        let route = Route::parse("sampling/2026-07/XBJ1.html").unwrap();
        let at = |is_anywhere| Subject {
            route: &route,
            sort: Sort::Content,
            is_list: false,
            most_days: None,
            most_bytes: None,
            is_guide: false,
            leads_out: false,
            is_anywhere,
        };
        let inside = |route: &str, anchor: &'static str| Address::Inside(route.into(), anchor);
        for (written, expected) in [
            ("../2026-07.html#x", inside("sampling/2026-07.html", "x")),
            ("XBJ2.html?q=1#y", inside("sampling/2026-07/XBJ2.html", "y")),
            ("../../index.html", inside("index.html", "")),
            ("../../enterprises/", inside("enterprises/", "")),
            ("../../../x.html", Address::Above),
            ("#top", Address::Here("top")),
            ("?q=1", Address::Here("")),
            ("", Address::Empty),
            ("/x.html", Address::Absolute),
            ("https://spaq.example.gov.cn/gongshi/a.html", Address::Absolute),
            ("https://USER@Www.Example.com:8443/x#y", Address::Outside("www.example.com".into())),
            ("//cdn.example.com/x.js", Address::Outside("cdn.example.com".into())),
            ("tel:12315", Address::Else),
            ("JavaScript:void(0)", Address::Script),
        ] {
            assert_eq!(read(written, &at(false), &hosts), expected, "{written}");
        }
        assert_eq!(read("/gongshi/a.html", &at(true), &hosts), inside("a.html", ""));
        for elsewhere in ["https://spaq.example.gov.cn/gongshi/a.html", "/a.html"] {
            assert_eq!(read(elsewhere, &at(true), &hosts), Address::Absolute);
        }
    }

    #[test]
    fn a_host_is_allowed_or_closed_with_all_below_it() {
        let hosts = Hosts::of(&settings(), Date::parse("2026-11-22").unwrap());
        for (host, allowed) in [
            ("www.example.gov.cn", true),
            ("a.shop.example.com", true),
            ("notshop.example.com", false),
            ("gov.cn.example.com", false),
        ] {
            assert_eq!(hosts.allows(host), allowed, "{host}");
        }
        for (address, closed) in [
            ("http://old.example.gov.cn/a", true),
            ("https://www.old.example.gov.cn", true),
            ("leaving.html?to=https%3A%2F%2Fold.example.gov.cn%2F", true),
            ("https://new.example.gov.cn/old.example.gov.cn", false),
        ] {
            assert_eq!(hosts.closed(address).is_some(), closed, "{address}");
        }
        let before = Hosts::of(&settings(), Date::parse("2026-05-31").unwrap());
        assert!(before.closed("http://old.example.gov.cn/a").is_none());
    }
}
