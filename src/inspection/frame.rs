//! What stands around and at the head of every page: GW-20 and GW-21 header and footer, GW-24 crumbs, GW-25 title, moment and
//! source, GW-28 quiet, UI-02 values, AX-07 and AX-15 the entries that readers look for.
//!
//! In: a page. Out: breaches. What header and footer hold is asked of the home page; all other pages must have the same, links
//! resolved, so that one missing entry is told once and not on every page.
//!
//! Not here: meta tags (`tags`), headings and landmarks (`access`).

use super::addresses::{Address, read};
use super::linked::{Linked, Step};
use super::page::{Link, Page, Place, squeezed};
use super::rules::{CALM, CHANNEL, CRUMBS, DESCRIPTIONS, ELDERS, FOOTER, Rule, SAME, STATEMENT, VISIBLE};
use super::{Inspector, Notes, Sort, Subject};
use crate::diagnostic::Message;
use crate::text::{ContentHash, excerpt};

/// Header and footer of the home page.
#[derive(Debug)]
pub(super) struct Frame {
    key: u128,
    pieces: Vec<String>,
    /// Words of the menu by the routes they lead to.
    menu: Vec<(String, String)>,
}

/// The links of header and footer with where they lead.
fn framed<'p>(
    inspector: &'p Inspector<'_>,
    subject: &'p Subject<'_>,
    page: &'p Page<'_>,
) -> impl Iterator<Item = (String, &'p str)> {
    let links = page.links.iter().filter(|link| matches!(link.place, Place::Header | Place::Footer));
    links.map(|link| {
        let to = match read(&link.target, subject, &inspector.hosts) {
            Address::Inside(route, anchor) => format!("{route}#{anchor}"),
            Address::Here(anchor) => format!("#{anchor}"),
            _ => link.target.to_string(),
        };
        (to, page.words(link.span))
    })
}

fn key(inspector: &Inspector<'_>, subject: &Subject<'_>, page: &Page<'_>) -> u128 {
    let mut hash = ContentHash::default();
    for word in [page.header, page.footer].into_iter().flat_map(|span| page.words(span).split_whitespace()) {
        hash.feed(word.as_bytes());
        hash.feed(b" ");
    }
    for (to, _) in framed(inspector, subject, page) {
        hash.feed(to.as_bytes());
        hash.feed(b"\n");
    }
    hash.digest()
}

fn pieces(inspector: &Inspector<'_>, subject: &Subject<'_>, page: &Page<'_>) -> Vec<String> {
    let words = [page.header, page.footer].into_iter().flat_map(|span| page.words(span).split('\n'));
    let words = words.map(squeezed).filter(|line| !line.is_empty());
    words.chain(framed(inspector, subject, page).map(|(to, _)| to)).collect()
}

/// Where a link of the site leads, with its words.
fn entry(
    inspector: &Inspector<'_>,
    subject: &Subject<'_>,
    page: &Page<'_>,
    link: &Link<'_>,
) -> Option<(String, String)> {
    match read(&link.target, subject, &inspector.hosts) {
        Address::Inside(route, _) => Some((route, squeezed(page.words(link.span)))),
        _ => None,
    }
}

/// The links in the text of a page, as entries of a menu.
pub(super) fn entries(
    inspector: &Inspector<'_>,
    subject: &Subject<'_>,
    page: &Page<'_>,
) -> Vec<(String, String)> {
    let links = page.links.iter().filter(|link| link.place == Place::Main && link.nav.is_none());
    links.filter_map(|link| entry(inspector, subject, page, link)).collect()
}

impl Frame {
    /// That of the home page.
    pub(super) fn of(inspector: &Inspector<'_>, subject: &Subject<'_>, page: &Page<'_>) -> Frame {
        let menu = page.links.iter().filter(|link| link.place == Place::Header && link.nav.is_some());
        Frame {
            key: key(inspector, subject, page),
            pieces: pieces(inspector, subject, page),
            menu: menu.filter_map(|link| entry(inspector, subject, page, link)).collect(),
        }
    }

    /// Takes the page that lists what the menu has no room for as a part of the menu.
    pub(super) fn goes_on(&mut self, more: Vec<(String, String)>) {
        self.menu.extend(more);
    }

    /// The words of the menu for a route.
    pub(super) fn in_menu(&self, route: &str) -> Option<&str> {
        self.menu.iter().find(|(to, _)| to == route).map(|(_, words)| words.as_str())
    }

    /// GW-20: whether a page has the same header and footer.
    pub(super) fn compare(
        &self,
        inspector: &Inspector<'_>,
        subject: &Subject<'_>,
        page: &Page<'_>,
        notes: &mut Notes<'_>,
    ) {
        if key(inspector, subject, page) == self.key {
            return;
        }
        let own = pieces(inspector, subject, page);
        let differing = self.pieces.iter().zip(&own).find(|(home, own)| home != own);
        let (home, here) = match differing {
            Some((home, own)) => (home.as_str(), own.as_str()),
            None => (
                self.pieces.get(own.len()).map_or("", String::as_str),
                own.get(self.pieces.len()).map_or("", String::as_str),
            ),
        };
        let (home, here) = (excerpt(home, 60), excerpt(here, 60));
        let message = Message::new(
            format!("页头或页脚与首页不同：首页为“{home}”，本页为“{here}”"),
            format!("header or footer differ from those of the home page: `{home}` there, `{here}` here"),
        );
        notes.whole(&SAME, "frame", message);
    }
}

/// GW-20, GW-21, IX-07, AX-07, AX-15: what header and footer of the home page hold.
pub(super) fn parts(inspector: &Inspector<'_>, page: &Page<'_>, notes: &mut Notes<'_>) {
    let settings = inspector.settings;
    let header = squeezed(page.words(page.header));
    let footer = squeezed(page.words(page.footer));
    let says = |text: &str, words: &str| !words.is_empty() && text.contains(&squeezed(words));
    let link = |test: &dyn Fn(&str, &str) -> bool| {
        page.links.iter().any(|link| test(&link.target, page.words(link.span)))
    };
    let in_footer = |test: &dyn Fn(&str, &str) -> bool| {
        let links = page.links.iter().filter(|link| link.place == Place::Footer);
        links.into_iter().any(|link| test(&link.target, page.words(link.span)))
    };
    let in_frame = |test: &dyn Fn(&str) -> bool| {
        let mut links = page.links.iter().filter(|link| matches!(link.place, Place::Header | Place::Footer));
        links.any(|link| test(&link.target))
    };
    let (site_name, _, code) = &settings.site;
    let has_name = says(&header, &settings.name) || says(&header, site_name);
    let is_mark = |target: &str, words: &str| words.contains("党政机关") || target.contains("conac.cn");
    let labelled_mark =
        || page.links.iter().any(|link| link.place == Place::Footer && link.target.contains("conac"));
    let asked: [(&'static Rule, bool, &str, &str); 13] = [
        (&SAME, has_name, "页头没有网站名称", "the header does not name the site"),
        (&SAME, page.searches, "首页没有搜索入口", "the home page has no search"),
        (
            &FOOTER,
            in_footer(&is_mark) || footer.contains("党政机关") || labelled_mark(),
            "页脚没有党政机关网站标识",
            "the footer lacks the mark of government sites (党政机关网站标识)",
        ),
        (
            &FOOTER,
            link(&|_, words| words.contains("找错")),
            "没有“我为政府网站找错”入口",
            "there is no entry to report an error (我为政府网站找错)",
        ),
        (
            &FOOTER,
            says(&footer, code),
            "页脚没有网站标识码",
            "the footer lacks the code of the site (网站标识码)",
        ),
        (
            &FOOTER,
            says(&footer, &settings.organ),
            "页脚没有主办单位",
            "the footer lacks the sponsor (主办单位)",
        ),
        (
            &FOOTER,
            has_phone(&footer),
            "页脚没有联系电话，或电话的形式不对",
            "the footer lacks a telephone, or its form is wrong",
        ),
        (
            &FOOTER,
            in_footer(&|target, words| words.contains("ICP备") && target.contains("beian.miit.gov.cn")),
            "页脚没有链接到备案网站的ICP备案编号",
            "the footer lacks the ICP number with a link to beian.miit.gov.cn",
        ),
        (
            &FOOTER,
            in_footer(&|target, words| {
                words.contains("公网安备")
                    && ["beian.mps.gov.cn", "beian.gov.cn"].iter().any(|host| target.contains(host))
            }),
            "页脚没有链接到备案网站的公安备案号",
            "the footer lacks the police record with a link to beian.mps.gov.cn",
        ),
        (
            &FOOTER,
            link(&|_, words| words.contains("站点地图") || words.contains("网站地图")),
            "没有站点地图入口",
            "there is no link to the site map (站点地图)",
        ),
        (
            &CHANNEL,
            in_frame(&|target| target.starts_with("tel:") || target.starts_with("mailto:")),
            "页头和页脚没有可以直接使用的互动渠道（tel: 电话或 mailto: 邮箱的链接）",
            "header and footer have no channel to ask or report by: no link to a telephone (tel:) or a mailbox (mailto:)",
        ),
        (
            &STATEMENT,
            link(&|_, words| words.contains("无障碍")),
            "没有无障碍声明的链接",
            "the statement on access (无障碍声明) is not linked",
        ),
        (
            &ELDERS,
            link(&|_, words| words.contains("长者") || words.contains("适老") && words.contains("模式")),
            "没有“长者模式”入口",
            "there is no entry to the mode for the elderly (长者模式)",
        ),
    ];
    for (rule, is_there, zh, en) in asked {
        if !is_there {
            notes.whole(rule, en, Message::new(zh, en));
        }
    }
}

/// Whether a telephone number of an office stands in a text: area code and number, 400 numbers, short numbers of services.
fn has_phone(text: &str) -> bool {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit() && c != '-').filter(|run| !run.is_empty());
    numbers.any(|run| {
        let parts: Vec<&str> = run.split('-').collect();
        match parts.as_slice() {
            [area, number] | [area, number, _] => {
                area.starts_with('0') && matches!(area.len(), 3 | 4) && matches!(number.len(), 7 | 8)
                    || *area == "400" && number.len() >= 3
            }
            [whole] => whole.starts_with('0') && matches!(whole.len(), 11 | 12),
            _ => false,
        }
    })
}

/// What every page is asked for.
pub(super) fn judge(
    inspector: &Inspector<'_>,
    subject: &Subject<'_>,
    page: &Page<'_>,
    linked: Option<&Linked<'_>>,
    notes: &mut Notes<'_>,
) {
    if subject.sort != Sort::Home {
        crumbs(inspector, subject, page, linked, notes);
    }
    if matches!(subject.sort, Sort::Content | Sort::Undated) {
        visible(page, notes);
    }
    for (at, what) in &page.restless {
        let (zh, en) = match *what {
            "autoplay" => ("自动播放", "plays of itself"),
            other => ("滚动或闪烁的文字", if other == "blink" { "blinks" } else { "moves" }),
        };
        let message = Message::new(format!("页面上有{zh}"), format!("something on the page {en}"));
        notes.add(&CALM, *at, what, message);
    }
    for at in &page.empty_descriptions {
        let message = Message::new(
            "有一项的值是空的；没有的写“未公布”",
            "a description is empty; what is not known reads 未公布",
        );
        notes.add(&DESCRIPTIONS, *at, "dd", message);
    }
}

/// GW-24.
fn crumbs(
    inspector: &Inspector<'_>,
    subject: &Subject<'_>,
    page: &Page<'_>,
    linked: Option<&Linked<'_>>,
    notes: &mut Notes<'_>,
) {
    let Some((at, nav)) = page.crumbs().and_then(|at| Some((at, page.navs.get(at)?))) else {
        let message = Message::new(
            "没有面包屑导航（首页 > 栏目 > 本页），或最后一项没有 aria-current=\"page\"",
            "there is no path from the home page whose last step has aria-current=\"page\"",
        );
        notes.whole(&CRUMBS, "none", message);
        return;
    };
    let first = page.links_of(at).next().map(|link| read(&link.target, subject, &inspector.hosts));
    if !matches!(first, Some(Address::Inside(route, _)) if route == "index.html") {
        let message =
            Message::new("面包屑的第一项不是首页", "the first step of the path is not the home page");
        notes.add(&CRUMBS, nav.at, "home", message);
    }
    let Some(path) = linked.and_then(|linked| linked.breadcrumb.as_ref()) else {
        if matches!(subject.sort, Sort::Column | Sort::Content | Sort::Undated) && !is_noindex(page) {
            let message = Message::new(
                "页面的 JSON-LD 里没有 BreadcrumbList",
                "the JSON-LD of the page has no BreadcrumbList",
            );
            notes.whole(&CRUMBS, "list", message);
        }
        return;
    };
    let own = steps(page, at);
    let told: Vec<String> = path.steps.iter().map(|Step { name }| squeezed(name)).collect();
    if own != told {
        let (own, told) = (own.join(" > "), told.join(" > "));
        let message = Message::new(
            format!("面包屑“{own}”与 BreadcrumbList“{told}”不一致"),
            format!("the path `{own}` is not that of the BreadcrumbList: `{told}`"),
        );
        notes.add(&CRUMBS, nav.at, "differs", message);
    }
}

/// The words of the crumbs.
pub(super) fn steps(page: &Page<'_>, nav: usize) -> Vec<String> {
    let current = page.navs.get(nav).and_then(|nav| nav.current).map(|(span, _)| span);
    let links = page.links_of(nav).map(|link| link.span);
    links.chain(current).map(|span| squeezed(page.words(span))).collect()
}

/// Whether search engines pass over a page and all it leads to.
pub(super) fn is_noindex(page: &Page<'_>) -> bool {
    page.meta("robots").is_some_and(|robots| robots.contains("noindex") && !robots.contains("follow"))
}

/// GW-25.
fn visible(page: &Page<'_>, notes: &mut Notes<'_>) {
    let main = page.words(page.main);
    let shows = |words: &str| {
        let words = squeezed(words);
        words.is_empty() || main.contains(&words) || squeezed(main).contains(&words)
    };
    for (name, zh, en) in [
        ("ArticleTitle", "标题", "the title"),
        ("PubDate", "发布时间", "the moment of publication"),
        ("ContentSource", "来源", "the source"),
    ] {
        let Some(content) = page.meta(name) else { continue };
        let is_shown = match name {
            // A record that was published on a day has no hour to show.
            "PubDate" => shows(content) || super::tags::shown_day(page, content),
            _ => shows(content),
        };
        if !is_shown {
            let shown = excerpt(content, 40);
            let message = Message::new(
                format!("正文里看不到{zh}“{shown}”"),
                format!("{en}, `{shown}`, cannot be seen on the page"),
            );
            notes.whole(&VISIBLE, name, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephone_numbers_of_offices_are_known() {
        for phone in ["联系电话：0000-1234567", "010-12345678", "电话 02012345678", "400-800-1234"] {
            assert!(has_phone(phone), "{phone}");
        }
        for other in ["12315", "2026-11-22", "9901000001", "示ICP备00000000号", "1234567"] {
            assert!(!has_phone(other), "{other}");
        }
    }
}
