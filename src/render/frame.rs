//! What stands around every page: title, description, government meta tags, crumbs, pager, menu.
//!
//! Source of the meta tags: 国办发〔2017〕47号, annex 网页设计规范. Not here: the content of pages.

use tera::{Context, Value};

use super::menu::{LISTS, MenuEntry};
use super::sampling::disclaimer;
use super::values::{link, list, object};
use crate::disclose::Portal;
use crate::host::folder_of;
use crate::json::Json;
use crate::plan::{FeedOf, Part, feed_path, feed_title, has_feed, has_lists, list_stem, part_path};
use crate::record::field::{Face, Home, Kind};
use crate::record::region;
use crate::route::Route;
use crate::text::{excerpt, percent_encoded};
use crate::theme::{Setting, SettingType, Theme};

/// The class of a page, which decides its meta tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageKind {
    /// The first page.
    Home,
    /// A list, an index, a dashboard.
    Column,
    /// A record or an article.
    Content,
    /// A record that tells of no day, and so has no day of publication to give.
    Undated,
    /// Search, 404.
    Tool,
}

/// The column a page belongs to: meta tags ColumnName, ColumnType, ColumnDescription, ColumnKeywords.
#[derive(Clone, Debug, Default)]
pub struct ColumnTags {
    /// Name, as in crumbs and menu.
    pub name: String,
    /// Type.
    pub column_type: String,
    /// Description.
    pub description: String,
    /// Keywords, with commas between them.
    pub keywords: String,
}

/// What stands around one page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Title without the site's name.
    pub title: String,
    /// Its name among the crumbs, where that is a shorter one; else empty.
    pub step: String,
    /// One sentence for search engines.
    pub description: String,
    /// Its class.
    pub kind: PageKind,
    /// Titles and routes from the home page to the page above this one.
    pub crumbs: Vec<(String, String)>,
    /// Its column.
    pub column: ColumnTags,
    /// `YYYY-MM-DD HH:MM`, of content pages.
    pub published: String,
    /// The same of its last correction, if there was one.
    pub modified: String,
    /// Who published it.
    pub source: String,
    /// Author.
    pub author: String,
    /// Keywords.
    pub keywords: String,
    /// What search engines may do with it.
    pub robots: Robots,
    /// Whether it shows coloured code.
    pub has_code: bool,
    /// Which part it is, the path of its parts without ending, and how many rows there are in all.
    pub pager: Option<(Part, String, usize)>,
    /// The active entry of the menu.
    pub menu: Option<usize>,
    /// The record that it shows, in its JSON-LD.
    pub entity: Option<Json>,
    /// The feed that tells what is new on it.
    pub feed: Option<FeedOf>,
    /// How its links begin.
    pub links: Links,
}

/// Characters of a description that the cards of messengers and search engines show.
const LONGEST_DESCRIPTION: usize = 80;

/// What search engines may do with a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Robots {
    /// Show it.
    Show,
    /// Go on to the pages it lists, which they find elsewhere too, and not show it.
    Follow,
    /// Pass over it.
    Skip,
}

impl Robots {
    fn tag(self) -> &'static str {
        match self {
            Robots::Show => "",
            Robots::Follow => "noindex,follow",
            Robots::Skip => "noindex",
        }
    }
}

/// How the links of a page begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links {
    /// Relative to the page, so that the site works at any address and from a folder.
    Relative,
    /// From the root of its host: a server shows the page at addresses of any depth.
    Rooted,
}

impl Page {
    /// A page with nothing but a title and a class.
    pub fn new(kind: PageKind, title: impl Into<String>) -> Page {
        Page {
            title: title.into(),
            step: String::new(),
            description: String::new(),
            kind,
            crumbs: Vec::new(),
            column: ColumnTags::default(),
            published: String::new(),
            modified: String::new(),
            source: String::new(),
            author: String::new(),
            keywords: String::new(),
            robots: Robots::Show,
            has_code: false,
            pager: None,
            menu: None,
            entity: None,
            feed: None,
            links: Links::Relative,
        }
    }

    /// Its name among the crumbs.
    pub fn step(&self) -> &str {
        if self.step.is_empty() { &self.title } else { &self.step }
    }

    /// What a link from this page to the site folder begins with.
    pub fn root(&self, portal: &Portal, route: &Route) -> String {
        match self.links {
            Links::Relative => route.to_root(),
            Links::Rooted => folder_of(&portal.settings.base_url).to_string(),
        }
    }

    /// The map that templates see as `page`.
    pub fn into_value(self, portal: &Portal, route: &Route) -> Value {
        let kind = match self.kind {
            PageKind::Home => "home",
            PageKind::Column => "column",
            PageKind::Content | PageKind::Undated => "content",
            PageKind::Tool => "tool",
        };
        let root = self.root(portal, route);
        let lead = |to: &str| match self.links {
            Links::Relative => route.link_to(to),
            Links::Rooted => format!("{root}{to}"),
        };
        let mut crumbs: Vec<Value> = self.crumbs.iter().map(|(title, to)| link(title, lead(to))).collect();
        crumbs.push(link(self.step(), String::new()));
        let description = if self.description.is_empty() {
            portal.locale.fill("about_page", &[("title", &self.title), ("name", &portal.settings.name)])
        } else {
            self.description
        };
        let description = excerpt(&description, LONGEST_DESCRIPTION - 1);
        object([
            ("date", self.published.get(..10).unwrap_or("").into()),
            ("mail_subject", percent_encoded(&self.title).into()),
            ("title", self.title.into()),
            ("description", description.into()),
            ("kind", kind.into()),
            ("root", root.as_str().into()),
            ("canonical", format!("{}{route}", portal.settings.base_url).into()),
            ("crumbs", list(crumbs)),
            (
                "column",
                object([
                    ("name", self.column.name.into()),
                    ("type", self.column.column_type.into()),
                    ("description", self.column.description.into()),
                    ("keywords", self.column.keywords.into()),
                ]),
            ),
            ("published", self.published.into()),
            ("source", self.source.into()),
            ("author", self.author.into()),
            ("keywords", self.keywords.into()),
            ("robots", self.robots.tag().into()),
            ("has_code", self.has_code.into()),
            ("pager", pager(route, self.pager)),
            (
                "feed",
                self.feed.map_or_else(Value::none, |of| {
                    link(&feed_title(portal, of), lead(&feed_path(portal, of)))
                }),
            ),
        ])
    }
}

fn pager(route: &Route, pager: Option<(Part, String, usize)>) -> Value {
    let (part, stem, total) = pager.unwrap_or((Part { number: 1, of: 1 }, String::new(), 0));
    let to = |number: u32| route.link_to(&part_path(&stem, number));
    let prev = if part.number > 1 { to(part.number - 1) } else { String::new() };
    let next = if part.number < part.of { to(part.number + 1) } else { String::new() };
    object([
        ("part", part.number.into()),
        ("parts", part.of.into()),
        ("total", total.into()),
        ("prev", prev.into()),
        ("next", next.into()),
        ("pages", list(pages(part, to))),
    ])
}

/// The settings that templates see as `portal`.
pub fn portal(portal: &Portal) -> Value {
    let settings = &portal.settings;
    let (site_name, domain, id_code) = &settings.site;
    let text = |text: &Option<String>| Value::from(text.as_deref().unwrap_or(""));
    let region_name = portal
        .find(&region::KIND, &settings.region)
        .and_then(|handle| portal.record(handle))
        .map_or(String::new(), |record| record.title().to_string());
    object([
        ("name", settings.name.as_str().into()),
        ("organ", settings.organ.as_str().into()),
        ("region_name", region_name.into()),
        ("authority", settings.authority.as_str().into()),
        ("hotline", settings.hotline.as_str().into()),
        ("phone_office", settings.phone_office.as_str().into()),
        ("address", text(&settings.address)),
        ("mailbox", text(&settings.mailbox)),
        ("base_url", settings.base_url.as_str().into()),
        ("language", settings.language.as_str().into()),
        ("disclaimer", disclaimer(portal).into()),
        (
            "site",
            object([
                ("name", site_name.as_str().into()),
                ("domain", domain.as_str().into()),
                ("id_code", id_code.as_str().into()),
            ]),
        ),
        (
            "footer",
            object([
                ("icp", text(&settings.icp)),
                ("police_record", text(&settings.police_record)),
                ("mark_url", text(&settings.mark_url)),
                ("report_error_url", text(&settings.report_error_url)),
            ]),
        ),
    ])
}

/// Links to the first parts, the last and those around this one; a gap has the number 0.
fn pages(part: Part, to: impl Fn(u32) -> String) -> Vec<Value> {
    const AROUND: u32 = 2;
    let near = part.number.saturating_sub(AROUND).max(1)..=(part.number + AROUND).min(part.of);
    let mut numbers: Vec<u32> = std::iter::once(1).chain(near).chain([part.of]).collect();
    numbers.dedup();
    let mut links = Vec::new();
    let mut before = 0;
    for number in numbers {
        let gap = [before + 1].into_iter().filter(|missing| *missing < number);
        // One missing number takes no more room than the sign for a gap.
        let gap = gap.map(|missing| if missing + 1 == number { missing } else { 0 });
        for shown in gap.chain([number]) {
            let href = if shown == 0 || shown == part.number { String::new() } else { to(shown) };
            links.push(object([("number", shown.into()), ("href", href.into())]));
        }
        before = number;
    }
    links
}

/// The map that templates see as `theme`.
pub fn settings(theme: &Theme) -> Value {
    let value = |setting: &Setting| match setting.ty {
        SettingType::Text | SettingType::Choice(_) => Value::from(setting.value.as_str()),
        SettingType::Count => setting.value.parse::<u64>().unwrap_or_default().into(),
        SettingType::Flag => (setting.value == "true").into(),
    };
    let pairs: Vec<(String, Value)> =
        theme.settings.iter().map(|setting| (setting.key.clone(), value(setting))).collect();
    Value::from(pairs.into_iter().collect::<std::collections::BTreeMap<String, Value>>())
}

/// What header and footer see.
pub fn chrome_context(portal: &Portal, menu: &[MenuEntry], root: &str, active: Option<usize>) -> Context {
    let to = |route: &str| Value::from(format!("{root}{route}"));
    let entries = menu
        .iter()
        .enumerate()
        .map(|(at, entry)| {
            object([
                ("label", entry.label.as_str().into()),
                ("href", to(&entry.route)),
                ("active", (active == Some(at)).into()),
            ])
        })
        .collect();
    let columns = portal.settings.columns.iter().map(|column| {
        object([
            ("name", column.name.as_str().into()),
            ("href", to(&format!("articles/{}/index.html", column.id))),
        ])
    });
    let pages = portal.texts_in(portal.kind(&crate::record::page::KIND), "").filter_map(|handle| {
        let title = portal.record(handle)?.title();
        Some(object([("title", title.into()), ("href", to(portal.route(handle)?.as_str()))]))
    });
    let mut context = Context::new();
    context.insert_value("root", Value::from(root));
    context.insert_value("menu", list(entries));
    context.insert_value("columns", list(columns.collect()));
    context.insert_value("pages", list(pages.collect()));
    for (key, route) in [
        ("home_href", "index.html"),
        ("search_href", "search.html"),
        ("sitemap_href", "sitemap.html"),
        ("corrections_href", "corrections.html"),
        ("data_href", "data/index.html"),
        ("feed_href", "feeds/index.html"),
    ] {
        context.insert_value(key, to(route));
    }
    context
}

/// The feed of a kind, if it has one.
pub fn kind_feed(portal: &Portal, kind: &Kind) -> Option<FeedOf> {
    let at = portal.kinds.index(kind.plural).filter(|_| has_feed(kind))?;
    Some(FeedOf::Kind(at as u16))
}

/// The meta tags of a kind's column.
pub fn kind_column(portal: &Portal, kind: &Kind) -> ColumnTags {
    let (shown, locale) = (column_kind(portal, kind), &portal.locale);
    let name = shown.label_in(locale);
    ColumnTags {
        name: name.to_string(),
        column_type: shown.column_type_in(locale).to_string(),
        description: locale.fill("about_column", &[("organ", &portal.settings.organ), ("kind", name)]),
        keywords: format!("{name},{},{}", locale.word("keyword"), portal.settings.name),
    }
}

/// The crumbs and the menu entry of a kind's pages.
pub fn kind_crumbs(
    portal: &Portal,
    menu: &[MenuEntry],
    kind: &Kind,
) -> (Vec<(String, String)>, Option<usize>) {
    let shown = column_kind(portal, kind);
    let at = portal.kinds.index(shown.plural).map_or(u16::MAX, |at| at as u16);
    let stem = list_stem(portal, crate::plan::ListOf { kind: at, facet: None });
    let own = menu.iter().position(|entry| entry.plural == shown.plural);
    let entry = own.or_else(|| menu.iter().position(|entry| entry.route == LISTS && has_lists(shown)));
    (
        stem.map(|stem| (shown.label_in(&portal.locale).to_string(), part_path(&stem, 1)))
            .into_iter()
            .collect(),
        entry,
    )
}

/// The kind whose list a kind's pages stand under: its own, or its parent's.
fn column_kind(portal: &Portal, kind: &Kind) -> &'static Kind {
    let own = portal.kinds.index(kind.plural).and_then(|at| portal.kinds.at(at));
    match (kind.face, kind.home) {
        (Face::PagesUnderParent { .. }, Home::Inside(parent, _)) => {
            portal.kinds.index(parent).and_then(|at| portal.kinds.at(at)).or(own).unwrap_or(&region::KIND)
        }
        _ => own.unwrap_or(&region::KIND),
    }
}
