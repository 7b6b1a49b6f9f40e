//! The menu in the header of every page: lists of kinds, the page of figures, the page of all other lists.
//!
//! In: the kinds of the portal that have lists. Out: entries with their words and routes. Not here: the columns of articles, which stand
//! behind them, and which entry is that of a page (`frame`).

use crate::disclose::Portal;
use crate::plan::{PROGRESS, has_lists};
use crate::record::address::folder;

/// An entry of the menu: label, route, and the plural of its kind.
#[derive(Clone, Debug)]
pub struct MenuEntry {
    /// The words.
    pub label: String,
    /// Where it leads.
    pub route: String,
    /// Plural of the kind it lists; empty of the pages of figures and of all lists.
    pub plural: &'static str,
    /// Whether it stands in the menu.
    pub in_menu: bool,
}

/// The page of all lists.
pub const LISTS: &str = "lists.html";

/// The lists of kinds that stand in the menu, behind them the page of figures, and when there are other lists their page.
pub fn menu(portal: &Portal) -> Vec<MenuEntry> {
    let (mut entries, rest): (Vec<MenuEntry>, Vec<MenuEntry>) =
        listed_kinds(portal).into_iter().partition(|entry| entry.in_menu);
    let own = |word: &str, route: &str| MenuEntry {
        label: portal.locale.word(word).into(),
        route: route.into(),
        plural: "",
        in_menu: true,
    };
    entries.push(own("dashboard", PROGRESS));
    if !rest.is_empty() {
        entries.push(own("lists", LISTS));
    }
    entries
}

/// The kinds that have lists, those with records only.
pub fn listed_kinds(portal: &Portal) -> Vec<MenuEntry> {
    (0u16..)
        .zip(portal.kinds.all())
        .filter(|(at, kind)| has_lists(kind) && portal.count(*at) > 0)
        .filter_map(|(_, kind)| {
            Some(MenuEntry {
                label: kind.label_in(&portal.locale).to_string(),
                route: format!("{}/index.html", folder(kind)?),
                plural: kind.plural,
                in_menu: kind.in_menu,
            })
        })
        .collect()
}
