//! What readers with a keyboard, a screen reader or a large font need of every page: AX-09, AX-10, AX-11, AX-13; PF-05.
//!
//! In: a page. Out: breaches. Source: WCAG 2.2 (1.1.1, 1.3.1, 1.4.4, 2.4.6, 3.1.1) and GB/T 37668-2019, as far as they can be told from the tags
//! alone. Not here: contrast, focus and overflow, which a browser must show (`tests/browser`).

use super::Notes;
use super::page::Page;
use super::rules::{PICTURES, SIZES, STRUCTURE, TABLES, ZOOM};
use crate::diagnostic::Message;
use crate::text::excerpt;

/// Judges the structure of a page.
pub(super) fn judge(page: &Page<'_>, notes: &mut Notes<'_>) {
    structure(page, notes);
    headings(page, notes);
    zoom(page, notes);
    tables(page, notes);
    pictures(page, notes);
}

/// AX-09: language, title, landmarks.
fn structure(page: &Page<'_>, notes: &mut Notes<'_>) {
    if page.language.as_deref().is_none_or(|language| language.trim().is_empty()) {
        notes.whole(
            &STRUCTURE,
            "lang",
            Message::new("<html> 没有写明语言（lang）", "<html> does not say its language (lang)"),
        );
    }
    if page.title.as_deref().is_none_or(|title| title.trim().is_empty()) {
        notes.whole(&STRUCTURE, "title", Message::new("没有 <title>", "there is no <title>"));
    }
    let names = [("header", "页头"), ("main", "正文"), ("footer", "页脚")];
    for ((name, zh), count) in names.into_iter().zip(page.landmarks) {
        if count != 1 {
            let message = Message::new(
                format!("{zh}（<{name}>）应恰有一个，现有{count}个"),
                format!("there must be one <{name}>, not {count}"),
            );
            notes.whole(&STRUCTURE, name, message);
        }
    }
    if page.navs.is_empty() {
        notes.whole(&STRUCTURE, "nav", Message::new("没有导航（<nav>）", "there is no <nav>"));
    }
}

/// AX-09: one first heading, no level left out, none empty.
fn headings(page: &Page<'_>, notes: &mut Notes<'_>) {
    let first = page.headings.iter().filter(|(level, ..)| *level == 1).count();
    if first != 1 {
        let message = Message::new(
            format!("一级标题（h1）应恰有一个，现有{first}个"),
            format!("there must be one h1, not {first}"),
        );
        notes.whole(&STRUCTURE, "h1", message);
    }
    let mut above = 1;
    for (level, at, span) in &page.headings {
        let words = excerpt(page.words(*span), 30);
        if *level > above + 1 {
            let message = Message::new(
                format!("标题“{words}”从 h{above} 跳到 h{level}"),
                format!("the heading `{words}` goes from h{above} to h{level}"),
            );
            notes.add(&STRUCTURE, *at, &words, message);
        }
        if words.is_empty() {
            notes.add(&STRUCTURE, *at, "empty", Message::new("标题是空的", "a heading is empty"));
        }
        above = *level;
    }
}

/// AX-13.
fn zoom(page: &Page<'_>, notes: &mut Notes<'_>) {
    let Some(viewport) = page.metas.iter().find(|meta| meta.name.eq_ignore_ascii_case("viewport")) else {
        notes.whole(
            &ZOOM,
            "none",
            Message::new(
                "没有 viewport 标签，手机上字会很小",
                "there is no viewport tag: text will be tiny on phones",
            ),
        );
        return;
    };
    let content: String =
        viewport.content.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    let stops = |part: &str| {
        matches!(part, "user-scalable=no" | "user-scalable=0") || part.starts_with("maximum-scale=")
    };
    if let Some(part) = content.split([',', ';']).find(|part| stops(part)) {
        let message = Message::new(
            format!("viewport 里的 {part} 不让读者放大页面"),
            format!("{part} in the viewport keeps readers from enlarging the page"),
        );
        notes.add(&ZOOM, viewport.at, part, message);
    }
}

/// AX-11.
fn tables(page: &Page<'_>, notes: &mut Notes<'_>) {
    for table in &page.tables {
        if !table.has_caption {
            notes.add(
                &TABLES,
                table.at,
                "caption",
                Message::new("表格没有标题（caption）或名称", "a table has no caption and no label"),
            );
        }
        if let Some(at) = table.bare_heading {
            let message = Message::new("表头单元格没有 scope", "a heading cell of a table has no scope");
            notes.add(&TABLES, at, "scope", message);
        }
    }
}

/// AX-10, PF-05.
fn pictures(page: &Page<'_>, notes: &mut Notes<'_>) {
    for picture in &page.pictures {
        if !picture.has_text {
            notes.add(
                &PICTURES,
                picture.at,
                "alt",
                Message::new("图片没有替代文字（alt）", "a picture has no alt"),
            );
        }
        if !picture.has_size {
            let message = Message::new(
                "图片没有写明宽高，加载时页面会跳动",
                "a picture does not give its width and height: the page moves when it comes",
            );
            notes.add(&SIZES, picture.at, "size", message);
        }
    }
    for drawing in &page.drawings {
        if !drawing.is_named {
            notes.add(
                &PICTURES,
                drawing.at,
                "title",
                Message::new("图（svg）没有标题（title）", "an svg has no title"),
            );
        }
        if drawing.has_words && !page.tables.iter().any(|table| table.section == drawing.section) {
            let message = Message::new(
                "统计图旁边没有同样数字的表格",
                "there is no table with the same numbers beside the chart",
            );
            notes.add(&PICTURES, drawing.at, "table", message);
        }
    }
}
