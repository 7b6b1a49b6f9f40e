//! Meta tags: GW-10 those of each kind of page, GW-11 the day of publication, GW-12 the column, SE-04 the page's own address, SE-05 its card.
//!
//! In: a page and what it is. Out: breaches. Source: 国办发〔2017〕47号, annex 网页设计规范, whose names are case-sensitive. Not here: whether
//! the values of `portal.yaml` have their form, which every check says of the sources (E-SITE-CODE, E-SITE-DOMAIN).

use super::addresses::{Address, read};
use super::frame::steps;
use super::linked::Linked;
use super::page::{Page, squeezed};
use super::rules::{CANONICAL, CARD, COLUMN, PUBDATE, TAGS};
use super::{Inspector, Notes, Sort, Subject};
use crate::calendar::Date;
use crate::diagnostic::Message;
use crate::text::excerpt;

const SITE: [&str; 3] = ["SiteName", "SiteDomain", "SiteIDCode"];
const OF_COLUMN: [&str; 4] = ["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"];
const OF_CONTENT: [&str; 5] = ["ColumnName", "ColumnType", "ArticleTitle", "PubDate", "ContentSource"];
/// Names that are known by their small letters, so that a wrong capital is seen.
const OTHERS: [&str; 5] = ["Keywords", "Author", "Description", "Image", "Url"];

/// Characters of a description that cards show.
const LONGEST_DESCRIPTION: usize = 80;

/// Judges the tags of a page.
pub(super) fn judge(
    inspector: &Inspector<'_>,
    subject: &Subject<'_>,
    page: &Page<'_>,
    linked: Option<&Linked<'_>>,
    notes: &mut Notes<'_>,
) {
    let own: &[&str] = match subject.sort {
        Sort::Home | Sort::Column => &OF_COLUMN,
        Sort::Content | Sort::Undated => &OF_CONTENT,
        Sort::Tool => &[],
    };
    let is_asked = |name: &str| name != "PubDate" || subject.sort != Sort::Undated;
    for name in SITE.iter().chain(own).filter(|name| is_asked(name)) {
        required(page, name, notes);
    }
    let known = SITE.iter().chain(&OF_COLUMN).chain(&OF_CONTENT);
    for meta in &page.metas {
        let near = known.clone().chain(&OTHERS).find(|name| name.eq_ignore_ascii_case(&meta.name));
        // `keywords` and its like in small letters are tags of HTML itself.
        if let Some(right) = near.filter(|right| **right != meta.name && !OTHERS.contains(right)) {
            let name = &meta.name;
            let message = Message::new(
                format!("标签名 {name} 的大小写不对，应为 {right}"),
                format!("the tag is called {right}, not {name}: names are case-sensitive"),
            );
            notes.add(&TAGS, meta.at, name, message);
        }
    }
    if let Some(written) = page.meta("PubDate") {
        pubdate(inspector, page, written, linked, notes);
    }
    column(inspector, subject, page, notes);
    canonical(inspector, subject, page, notes);
    card(page, notes);
}

/// GW-10.
fn required(page: &Page<'_>, name: &str, notes: &mut Notes<'_>) {
    let mut found = page.metas.iter().filter(|meta| meta.name == name);
    let Some(first) = found.next() else {
        let message = Message::new(format!("缺少标签 {name}"), format!("the tag {name} is missing"));
        notes.whole(&TAGS, name, message);
        return;
    };
    if first.content.trim().is_empty() {
        let message = Message::new(format!("标签 {name} 是空的"), format!("the tag {name} is empty"));
        notes.add(&TAGS, first.at, name, message);
    }
    if let Some(second) = found.next() {
        let message = Message::new(
            format!("标签 {name} 写了不止一次"),
            format!("the tag {name} stands more than once"),
        );
        notes.add(&TAGS, second.at, name, message);
    }
}

/// The day of a moment such as `2026-07-01 09:00`.
fn day_of(moment: &str) -> Option<Date> {
    let (day, time) = moment.split_once(' ')?;
    let (hour, minute) = time.split_once(':')?;
    let number = |text: &str, most: u8| {
        text.len() == 2 && text.parse::<u8>().is_ok_and(|number| number < most) && !text.starts_with('+')
    };
    if day.len() != 10 || !number(hour, 24) || !number(minute, 60) {
        return None;
    }
    Date::parse(day)
}

/// Whether the day of a moment is shown in a `time` element of the page, with its minute when it has one.
pub(super) fn shown_day(page: &Page<'_>, moment: &str) -> bool {
    let Some(day) = day_of(moment) else { return false };
    let (iso, has_time) = (day.to_string(), !moment.ends_with(" 00:00"));
    page.times.iter().any(|time| {
        let written = time.datetime.replace('T', " ");
        let is_moment = if has_time { written.starts_with(moment) } else { written.starts_with(&iso) };
        let words = page.words(time.span);
        is_moment && (words.contains(&iso) || words.contains(&day.zh()))
    })
}

/// GW-11.
fn pubdate(
    inspector: &Inspector<'_>,
    page: &Page<'_>,
    written: &str,
    linked: Option<&Linked<'_>>,
    notes: &mut Notes<'_>,
) {
    let at = page.metas.iter().find(|meta| meta.name == "PubDate").map_or(0, |meta| meta.at);
    let shown = excerpt(written, 40);
    let Some(day) = day_of(written) else {
        let message = Message::new(
            format!("PubDate“{shown}”应为真实的时间 YYYY-MM-DD HH:MM"),
            format!("PubDate `{shown}` must be a real moment, YYYY-MM-DD HH:MM"),
        );
        notes.add(&PUBDATE, at, written, message);
        return;
    };
    if day > inspector.as_of {
        let as_of = inspector.as_of;
        let message = Message::new(
            format!("PubDate {shown} 晚于截至日期 {as_of}"),
            format!("PubDate {shown} lies after the as-of date {as_of}"),
        );
        notes.add(&PUBDATE, at, "ahead", message);
    }
    let has_day = page.times.iter().any(|time| time.datetime.starts_with(&day.to_string()));
    let has_others = page.times.iter().any(|time| !time.datetime.is_empty());
    if has_others && !has_day {
        let message = Message::new(
            format!("PubDate {shown} 与页面上显示的日期不一致"),
            format!("PubDate {shown} is not the day that the page shows"),
        );
        notes.add(&PUBDATE, at, "shown", message);
    }
    if let Some(told) = linked.and_then(|linked| linked.published.as_deref())
        && !agrees(told, written)
    {
        let told = excerpt(told, 40);
        let message = Message::new(
            format!("PubDate {shown} 与 JSON-LD 的 datePublished“{told}”不一致"),
            format!("PubDate {shown} is not the datePublished of the JSON-LD, `{told}`"),
        );
        notes.add(&PUBDATE, at, "linked", message);
    }
}

/// Whether a moment of JSON-LD is this one; a day alone is that of its midnight.
fn agrees(told: &str, written: &str) -> bool {
    let told = told.replacen('T', " ", 1);
    if told.len() == 10 {
        return written.strip_suffix(" 00:00") == Some(told.as_str());
    }
    told.starts_with(written)
}

/// Where the column stands in the path from the home page.
const STEP_OF_COLUMN: usize = 1;

/// GW-12.
fn column(inspector: &Inspector<'_>, subject: &Subject<'_>, page: &Page<'_>, notes: &mut Notes<'_>) {
    if !matches!(subject.sort, Sort::Column | Sort::Content | Sort::Undated) {
        return;
    }
    let Some(name) = page.meta("ColumnName").map(squeezed).filter(|name| !name.is_empty()) else { return };
    let at = page.metas.iter().find(|meta| meta.name == "ColumnName").map_or(0, |meta| meta.at);
    // Without crumbs that is what is told.
    let Some(nav) = page.crumbs() else { return };
    let steps = steps(page, nav);
    // The column is the step behind the home page; one of the same name further on would be another.
    if steps.get(STEP_OF_COLUMN) != Some(&name) {
        let (shown, path) = (excerpt(&name, 40), steps.join(" > "));
        let message = Message::new(
            format!("ColumnName“{shown}”不是面包屑“{path}”里首页之后的一级"),
            format!("ColumnName `{shown}` is not the step behind the home page in the path `{path}`"),
        );
        notes.add(&COLUMN, at, &name, message);
        return;
    }
    let here = || Address::Inside(subject.route.to_string(), "");
    let to = page
        .links_of(nav)
        .nth(STEP_OF_COLUMN)
        .map_or_else(here, |link| read(&link.target, subject, &inspector.hosts));
    let Address::Inside(route, _) = to else { return };
    if let Some(words) = inspector.frame.as_ref().and_then(|frame| frame.in_menu(&route))
        && words != name
    {
        let message = Message::new(
            format!("栏目在导航里叫“{words}”，ColumnName 却是“{name}”"),
            format!("the column is called `{words}` in the menu and `{name}` in ColumnName"),
        );
        notes.add(&COLUMN, at, &name, message);
    }
}

/// SE-04.
fn canonical(inspector: &Inspector<'_>, subject: &Subject<'_>, page: &Page<'_>, notes: &mut Notes<'_>) {
    let wanted = format!("{}{}", inspector.settings.base_url, subject.route);
    match page.canonical.as_slice() {
        [(address, _)] if *address == wanted => {}
        [(address, at)] => {
            let shown = excerpt(address, 80);
            let message = Message::new(
                format!("rel=canonical 是“{shown}”，应为 {wanted}"),
                format!("rel=canonical is `{shown}`; it should be {wanted}"),
            );
            notes.add(&CANONICAL, *at, address, message);
        }
        [] => {
            let message = Message::new("没有 rel=canonical", "there is no rel=canonical");
            notes.whole(&CANONICAL, "none", message);
        }
        [_, (_, at), ..] => {
            let message = Message::new("rel=canonical 写了不止一次", "rel=canonical stands more than once");
            notes.add(&CANONICAL, *at, "twice", message);
        }
    }
}

/// SE-05.
fn card(page: &Page<'_>, notes: &mut Notes<'_>) {
    for name in ["og:title", "og:description", "og:type", "og:url", "og:image"] {
        if page.meta(name).is_none_or(str::is_empty) {
            let message = Message::new(
                format!("没有标签 {name}：转发后的卡片缺这一项"),
                format!("there is no tag {name}: the card of a page that is passed on lacks it"),
            );
            notes.whole(&CARD, name, message);
        }
    }
    let length = page.meta("og:description").map_or(0, |words| words.chars().count());
    if length > LONGEST_DESCRIPTION {
        let message = Message::new(
            format!("og:description 有 {length} 个字，卡片最多显示 {LONGEST_DESCRIPTION} 个"),
            format!("og:description has {length} characters; cards show {LONGEST_DESCRIPTION} at the most"),
        );
        notes.whole(&CARD, "long", message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_have_one_form() {
        assert!(day_of("2026-07-01 09:00").is_some());
        for wrong in [
            "2026-7-1 09:00",
            "2026-02-30 09:00",
            "2026-07-01",
            "2026-07-01 24:00",
            "2026-07-01 +9:00",
            "2026-07-01 9:00",
        ] {
            assert_eq!(day_of(wrong), None, "{wrong}");
        }
        assert!(agrees("2026-07-01T09:00:00+08:00", "2026-07-01 09:00"));
        assert!(agrees("2026-07-01", "2026-07-01 00:00"));
        assert!(
            !agrees("2026-07-01", "2026-07-01 09:00")
                && !agrees("2026-07-02T09:00:00+08:00", "2026-07-01 09:00")
        );
    }
}
