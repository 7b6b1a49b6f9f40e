//! The address of one output file below the site folder.
//!
//! A [`Route`] is a relative path of ASCII segments with `/` between them, legal on every file system
//! and in every URL without escaping. Two routes are compared case-folded by the plan, since Windows
//! and some servers fold names.
//!
//! Not here: which outputs there are (`plan`), and where the site folder lies (`publish`).

use std::fmt;
use std::sync::Arc;

/// Longest route in bytes; leaves room for the folder in front of it under the 260 of Windows.
pub const MAX_ROUTE_BYTES: usize = 180;

/// One folder up.
const UP: &str = "../";

/// Names that Windows keeps for devices, with or without an ending.
const RESERVED_NAMES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// A checked relative path such as `enterprises/91990101MA0DEM013U.html`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Route(Arc<str>);

/// Why a text is not a route or an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RouteError {
    /// Nothing was given, or a segment between two slashes is empty.
    Empty,
    /// Longer than the limit.
    TooLong,
    /// A character outside `[A-Za-z0-9._-]` in a route, outside `[A-Za-z0-9-]` in an id.
    Character(char),
    /// `.`, `..`, or a name that begins or ends with a dot.
    Dots,
    /// A device name of Windows.
    Reserved,
}

impl Route {
    /// Checks a path of segments `[A-Za-z0-9._-]`, none empty, hidden, dotted or reserved.
    pub fn parse(text: &str) -> Result<Route, RouteError> {
        if text.len() > MAX_ROUTE_BYTES {
            return Err(RouteError::TooLong);
        }
        for segment in text.split('/') {
            check_segment(segment)?;
        }
        Ok(Route(text.into()))
    }

    /// The path with `/` between its segments.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How many folders lie between the site folder and the file.
    pub fn depth(&self) -> usize {
        self.0.matches('/').count()
    }

    /// `../` as often as the file is deep: what a link from this page to the site folder begins with.
    pub fn to_root(&self) -> String {
        UP.repeat(self.depth())
    }

    /// The link from this page to another output, relative, without the folders both share.
    pub fn link_to(&self, target: &str) -> String {
        let shared = self
            .0
            .bytes()
            .zip(target.bytes())
            .take_while(|(a, b)| a == b)
            .enumerate()
            .filter(|(_, (a, _))| *a == b'/')
            .last()
            .map_or(0, |(at, _)| at + 1);
        let up = self.0.get(shared..).unwrap_or("").matches('/').count();
        let rest = target.get(shared..).unwrap_or(target);
        let mut link = String::with_capacity(up * UP.len() + rest.len());
        (0..up).for_each(|_| link.push_str(UP));
        link.push_str(rest);
        link
    }

    /// The folded form under which two routes are the same file on Windows.
    pub fn folded(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

impl fmt::Display for Route {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// The permanent name of a record: 1 to 64 of `[A-Za-z0-9-]`, never a device name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RecordId(Box<str>);

impl RecordId {
    /// The only way to make an id.
    pub fn parse(text: &str) -> Result<RecordId, RouteError> {
        if text.is_empty() {
            return Err(RouteError::Empty);
        }
        if text.len() > 64 {
            return Err(RouteError::TooLong);
        }
        if let Some(wrong) = text.chars().find(|c| !c.is_ascii_alphanumeric() && *c != '-') {
            return Err(RouteError::Character(wrong));
        }
        if is_reserved(text) {
            return Err(RouteError::Reserved);
        }
        Ok(RecordId(text.into()))
    }

    /// The id as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

fn check_segment(segment: &str) -> Result<(), RouteError> {
    if segment.is_empty() {
        return Err(RouteError::Empty);
    }
    if let Some(wrong) = segment.chars().find(|c| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '_' | '-'))
    {
        return Err(RouteError::Character(wrong));
    }
    if segment.starts_with('.') || segment.ends_with('.') {
        return Err(RouteError::Dots);
    }
    if is_reserved(segment.split('.').next().unwrap_or(segment)) {
        return Err(RouteError::Reserved);
    }
    Ok(())
}

fn is_reserved(name: &str) -> bool {
    RESERVED_NAMES.iter().any(|reserved| reserved.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_climbs_only_to_the_folder_both_share() {
        let page = Route::parse("sampling/2026-07/XBJ1.html").unwrap();
        assert_eq!(page.link_to("sampling/2026-07.html"), "../2026-07.html");
        assert_eq!(page.link_to("sampling/2026-07/XBJ2.html"), "XBJ2.html");
        assert_eq!(page.link_to("enterprises/a.html"), "../../enterprises/a.html");
        assert_eq!(Route::parse("index.html").unwrap().link_to("a/b.html"), "a/b.html");
        assert_eq!(page.to_root(), "../../");
    }

    #[test]
    fn paths_that_leave_the_site_or_break_windows_are_no_routes() {
        for (text, error) in [
            ("", RouteError::Empty),
            ("a//b", RouteError::Empty),
            ("/a", RouteError::Empty),
            ("../a", RouteError::Dots),
            (".hidden", RouteError::Dots),
            ("a/b.", RouteError::Dots),
            ("名.html", RouteError::Character('名')),
            ("a/NUL.html", RouteError::Reserved),
        ] {
            assert_eq!(Route::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn an_id_is_letters_digits_and_hyphens() {
        assert!(RecordId::parse("yangli-0007").is_ok());
        assert_eq!(RecordId::parse(".."), Err(RouteError::Character('.')));
        assert_eq!(RecordId::parse("con"), Err(RouteError::Reserved));
        assert_eq!(RecordId::parse(&"a".repeat(65)), Err(RouteError::TooLong));
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_an_id_makes_a_route_and_stays_below_the_site(text in "\\PC{0,70}|[A-Za-z0-9-]{1,64}|[.]{1,3}") {
            if let Ok(id) = RecordId::parse(&text) {
                let route = Route::parse(&format!("enterprises/{id}.html"));
                proptest::prop_assert!(route.is_ok());
            }
            if let Ok(route) = Route::parse(&text) {
                proptest::prop_assert!(route.as_str().is_ascii() && !route.as_str().contains(".."));
                proptest::prop_assert!(!route.as_str().starts_with('/') && route.as_str().len() <= MAX_ROUTE_BYTES);
            }
        }

        #[test]
        fn a_relative_link_leads_back_to_its_target(from in "([a-z]{1,3}/){0,3}[a-z]{1,3}", to in "([a-z]{1,3}/){0,3}[a-z]{1,3}") {
            let (Ok(page), Ok(target)) = (Route::parse(&from), Route::parse(&to)) else { return Ok(()) };
            let mut parts: Vec<&str> = page.as_str().split('/').collect();
            parts.pop();
            let link = page.link_to(target.as_str());
            for part in link.split('/') {
                if part == ".." { parts.pop(); } else { parts.push(part) }
            }
            proptest::prop_assert_eq!(parts.join("/"), target.as_str());
        }
    }
}
