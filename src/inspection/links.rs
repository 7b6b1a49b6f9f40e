//! Links: IX-09 and GW-01 those that lead nowhere, GW-30 and IX-05 hosts and hidden links, closed domains, PR-05 what is loaded.
//!
//! In: a page and where its links lead. Out: breaches, and the places on other pages that can be looked for only when all pages
//! have been seen. Not here: whether a site of others answers: that asks the network, and is a job of its own.

use super::addresses::{Address, read};
use super::page::{Asks, Link, Page, squeezed};
use super::reading::hash_of_id;
use super::rules::{CLOSED_DOMAINS, DARK_LINKS, HOSTS, LOADED, REACH, RELATIVE, SCRIPTS};
use super::{Anchor, Inspector, Notes, Subject, short};
use crate::diagnostic::Message;
use crate::text::excerpt;

/// Judges every link; gives back the places on other pages.
pub(super) fn judge(
    inspector: &Inspector<'_>,
    subject: &Subject<'_>,
    page: &Page<'_>,
    notes: &mut Notes<'_>,
) -> Vec<Anchor> {
    let mut anchors = Vec::new();
    for link in &page.links {
        let address = read(&link.target, subject, &inspector.hosts);
        if let Some(anchor) = reach(inspector, page, link, &address, notes) {
            anchors.push(anchor);
        }
        if let Address::Outside(host) = &address
            && (!subject.leads_out || link.asks.is_loaded())
        {
            outside(inspector, page, link, host, notes);
        }
        if matches!(link.asks, Asks::Page | Asks::Form) {
            hidden(page, link, &address, notes);
        }
        if let Some((domain, day)) = inspector.hosts.closed(&link.target) {
            let (zh, en) = match day {
                Some(day) => (format!("，{day} 起关停"), format!(", closed on {day}")),
                None => (String::new(), String::new()),
            };
            let message = Message::new(
                format!("链接指向已关停的域名 {domain}{zh}"),
                format!("a link leads to the domain {domain}{en}"),
            );
            notes.add(&CLOSED_DOMAINS, link.at, &link.target, message).hint = Some(Message::new(
                "删去链接或改成新的网址；关停的域名会被他人注册",
                "take the link away or give the new address: closed domains are taken by others",
            ));
        }
    }
    for at in &page.inline_scripts {
        let message = Message::new(
            "页面里写有脚本；本站只从自己的文件加载脚本",
            "a script stands in the page; this site loads scripts from its own files only",
        );
        notes.add(&SCRIPTS, *at, "script", message);
    }
    for at in &page.inline_styles {
        let message = Message::new(
            "页面里写有样式；本站的安全策略会拦下，请写进主题的样式表",
            "a style stands in the page; the site's policy keeps it from working: write it in a sheet of the theme",
        );
        notes.add(&SCRIPTS, *at, "style", message);
    }
    anchors
}

/// IX-09, GW-01: whether a link of the site leads to a file and a place in it.
fn reach(
    inspector: &Inspector<'_>,
    page: &Page<'_>,
    link: &Link<'_>,
    address: &Address<'_>,
    notes: &mut Notes<'_>,
) -> Option<Anchor> {
    // Most links are as they should be: words are made for the others.
    let shown = || excerpt(&link.target, 80);
    match address {
        Address::Inside(route, anchor) => match inspector.number(route) {
            None => {
                let (what, shown) = (sort(link.asks), shown());
                let message = Message::new(
                    format!("{}“{shown}”指向的文件不存在", what.zh),
                    format!("{} `{shown}` leads to no file of the site", what.en),
                );
                notes.add(&REACH, link.at, &link.target, message);
                None
            }
            Some(to) if !anchor.is_empty() => {
                let message = dead_anchor(&shown());
                let dead = notes.make(&REACH, link.at, &link.target, message);
                Some(Anchor { to, id: short(hash_of_id(anchor)), dead })
            }
            Some(_) => None,
        },
        Address::Here(anchor) => {
            if !anchor.is_empty() && !page.ids.contains(&hash_of_id(anchor)) {
                notes.add(&REACH, link.at, &link.target, dead_anchor(&shown()));
            }
            None
        }
        Address::Absolute => {
            let shown = shown();
            let message = Message::new(
                format!("站内链接“{shown}”写的是绝对地址，换一个目录或域名就打不开"),
                format!("`{shown}` is an absolute address of the site: it works at one base path only"),
            );
            notes.add(&RELATIVE, link.at, &link.target, message);
            None
        }
        Address::Above => {
            let shown = shown();
            let message = Message::new(
                format!("链接“{shown}”跳出了网站目录"),
                format!("`{shown}` leads out of the folder of the site"),
            );
            notes.add(&REACH, link.at, &link.target, message);
            None
        }
        Address::Empty => {
            let message = Message::new("链接没有地址", "a link has no address");
            notes.add(&REACH, link.at, "", message);
            None
        }
        Address::Script => {
            let shown = shown();
            let message =
                Message::new(format!("链接里写的是脚本：{shown}"), format!("a link is a script: {shown}"));
            notes.add(&SCRIPTS, link.at, &link.target, message);
            None
        }
        Address::Outside(_) | Address::Else => None,
    }
}

fn dead_anchor(shown: &str) -> Message {
    Message::new(
        format!("链接“{shown}”指向的页内位置不存在"),
        format!("`{shown}` names a place that is not on its page"),
    )
}

/// PR-05, GW-30: what is loaded from elsewhere, and where links lead.
fn outside(inspector: &Inspector<'_>, page: &Page<'_>, link: &Link<'_>, host: &str, notes: &mut Notes<'_>) {
    if link.asks.is_loaded() {
        let what = sort(link.asks);
        let message = Message::new(
            format!("页面从站外 {host} 加载{}", what.zh),
            format!("the page loads {} from {host}", what.en),
        );
        notes.add(&LOADED, link.at, &link.target, message).hint = Some(Message::new(
            "把文件放进本站；网页不向其他网站发任何请求",
            "put the file into the site: pages ask nothing of other sites",
        ));
        return;
    }
    if !inspector.hosts.allows(host) {
        let words = excerpt(&squeezed(page.words(link.span)), 30);
        let message = Message::new(
            format!("链接“{words}”指向名单外的站点 {host}"),
            format!("`{words}` leads to {host}, which is not on the list"),
        );
        notes.add(&HOSTS, link.at, host, message).hint = Some(Message::new(
            "核实后写入 portal.yaml 的 inspection.allowed_hosts，或经“即将离开”页跳转，或删去",
            "if it is right, add it to inspection.allowed_hosts in portal.yaml, lead through a page that says one leaves, or take it away",
        ));
    }
}

/// IX-05: links that nobody can see.
fn hidden(page: &Page<'_>, link: &Link<'_>, address: &Address<'_>, notes: &mut Notes<'_>) {
    let shown = excerpt(&link.target, 80);
    if link.is_hidden {
        let message = Message::new(
            format!("隐藏的链接（暗链）：{shown}"),
            format!("a link that the page hides: {shown}"),
        );
        notes.add(&DARK_LINKS, link.at, &link.target, message);
    } else if link.asks == Asks::Page
        && !link.is_labelled
        && matches!(address, Address::Outside(_) | Address::Inside(..))
        && page.words(link.span).is_empty()
    {
        let message = Message::new(
            format!("链接没有可见的文字：{shown}"),
            format!("a link without a visible word: {shown}"),
        );
        notes.add(&DARK_LINKS, link.at, &link.target, message);
    }
}

fn sort(asks: Asks) -> Message {
    let (zh, en) = match asks {
        Asks::Page | Asks::Named => ("链接", "the link"),
        Asks::Form => ("表单", "the form"),
        Asks::Picture => ("图片", "the picture"),
        Asks::Style => ("样式", "the style sheet"),
        Asks::Script => ("脚本", "the script"),
        Asks::Frame => ("内嵌页面", "the frame"),
    };
    Message::new(zh, en)
}
