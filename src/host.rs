//! The host that an address of the web leads to, and which hosts lie below which.
//!
//! In: an `http` or `https` address as written. Out: its host as a browser reads it, in small letters, without user and port.
//! A government's host is known by its end, so that whatever stands before `@` or behind the host must not count.
//!
//! Not here: whether an address may be linked (`markdown`), and which hosts an office trusts (`record::settings`).

/// Domains of governments, and the body that gives out their mark: links lead there straight (GW-30).
pub const GOVERNMENT: [&str; 3] = ["gov.cn", "政务.cn", "conac.cn"];

/// The host of an `http` or `https` address; none of anything else.
pub fn host_of(address: &str) -> Option<String> {
    let (scheme, rest) = address.trim().split_once(':')?;
    if !["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return None;
    }
    Some(host_behind(rest)).filter(|host| !host.is_empty())
}

/// The host of an address from behind its scheme; empty when there is none.
pub fn host_behind(rest: &str) -> String {
    // A browser reads `\` as `/` here, and takes any number of them.
    let rest = rest.trim_start_matches(['/', '\\']);
    let authority = rest.split(['/', '\\', '?', '#']).next().unwrap_or_default();
    let name = authority.rsplit('@').next().unwrap_or(authority);
    name.split(':').next().unwrap_or(name).trim_end_matches('.').to_ascii_lowercase()
}

/// The folder of an `http` or `https` address that ends with `/`, as seen from its own host: `/gongshi/`.
pub fn folder_of(address: &str) -> &str {
    let behind = address.split_once("://").map_or(address, |(_, behind)| behind);
    behind.find('/').and_then(|at| behind.get(at..)).unwrap_or("/")
}

/// Whether a host is a domain or lies below it.
pub fn is_below(host: &str, domain: &str) -> bool {
    let domain = domain.trim_matches('.');
    !domain.is_empty() && host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_what_a_browser_would_ask() {
        for (address, host) in [
            ("https://Www.Example.gov.cn/a?b#c", Some("www.example.gov.cn")),
            (" HTTP://a.example:8080", Some("a.example")),
            ("https://www.gov.cn@a.example/", Some("a.example")),
            ("https://a.example?www.gov.cn", Some("a.example")),
            ("https://a.example#.gov.cn", Some("a.example")),
            ("https://a.example\\.gov.cn", Some("a.example")),
            ("https:///a.example", Some("a.example")),
            ("https://a.example./x", Some("a.example")),
            ("javascript://www.gov.cn/", None),
            ("mailto:a@b.example", None),
            ("../a.html", None),
            ("https://", None),
        ] {
            assert_eq!(host_of(address).as_deref(), host, "{address}");
        }
    }

    #[test]
    fn a_folder_begins_behind_the_host() {
        for (address, folder) in [
            ("https://spaq.example.gov.cn/gongshi/", "/gongshi/"),
            ("http://a.example:8080/a/b/", "/a/b/"),
            ("https://a.example/", "/"),
            ("https://a.example", "/"),
        ] {
            assert_eq!(folder_of(address), folder);
        }
    }

    #[test]
    fn a_host_lies_below_a_domain_only_behind_a_dot() {
        for (host, below) in [
            ("gov.cn", true),
            ("www.example.gov.cn", true),
            ("notgov.cn", false),
            ("gov.cn.example.com", false),
        ] {
            assert_eq!(is_below(host, "gov.cn"), below, "{host}");
        }
        assert!(is_below("a.example", ".example") && !is_below("a.example", ""));
    }
}
