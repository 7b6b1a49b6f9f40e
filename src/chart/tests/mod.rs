//! What must hold for every chart at every extreme: whole XML, unique ids, texts that do not touch, nothing outside, the
//! numbers of the picture in its table, no style and no script.

mod cases;
mod cases_in_time;
mod meaning;

use std::collections::BTreeSet;

use super::Table;
use super::canvas::{Area, Canvas, WIDTH};
use cases::{Chart, LONG, all};

/// Picture and numbers of a case; heat tables are no drawing.
fn parts(chart: &Chart) -> Option<(Canvas, Table)> {
    Some(match chart {
        Chart::Bars(chart) => (chart.canvas(), chart.table()),
        Chart::Heat(_) => return None,
        Chart::Load(chart) => (chart.canvas(), chart.table()),
        Chart::Months(chart) => (chart.canvas(), chart.table()),
        Chart::Pyramid(chart) => (chart.canvas(), chart.table()),
        Chart::Ranked(chart) => (chart.canvas(), chart.table()),
        Chart::Stack(chart) => (chart.canvas(), chart.table()),
        Chart::Tasks(chart) => (chart.canvas(), chart.table()),
    })
}

fn drawn() -> Vec<(&'static str, Canvas, Table)> {
    let drawn: Vec<_> = all()
        .iter()
        .filter_map(|(name, chart)| parts(chart).map(|(canvas, table)| (*name, canvas, table)))
        .filter(|(_, _, table)| !table.rows.is_empty())
        .collect();
    assert!(drawn.len() > 30);
    drawn
}

/// Names of the elements that XML of this kind opens, or what is wrong with it.
fn elements(xml: &str) -> Result<Vec<&str>, String> {
    let mut open = Vec::new();
    let mut seen = Vec::new();
    let mut rest = xml;
    while let Some((text, tag)) = rest.split_once('<') {
        if text.contains('>') {
            return Err(format!("loose > in {text:?}"));
        }
        let (tag, behind) = tag.split_once('>').ok_or("a tag without end")?;
        rest = behind;
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        if tag.starts_with('/') {
            let last = open.pop();
            if last != Some(name) {
                return Err(format!("{last:?} ends as {name}"));
            }
            continue;
        }
        if tag.matches('"').count() % 2 == 1 {
            return Err(format!("quotes of <{tag}>"));
        }
        seen.push(name);
        if !tag.ends_with('/') {
            open.push(name);
        }
    }
    let entities = xml.split('&').skip(1);
    for entity in entities {
        if !["amp;", "lt;", "gt;", "quot;"].iter().any(|known| entity.starts_with(known)) {
            return Err(format!("a bare & before {entity:.20}"));
        }
    }
    if open.is_empty() { Ok(seen) } else { Err(format!("{open:?} stay open")) }
}

#[test]
fn every_chart_is_whole_xml_without_style_and_script() {
    for (name, chart) in all() {
        let html = chart.html();
        let seen = elements(&html).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        assert_eq!(seen.first(), Some(&"figure"), "{name}");
        for element in ["script", "style", "b>"] {
            assert!(!seen.contains(&element), "{name}: {element}");
        }
        for attribute in [" style=", " onclick=", " fill=", " href="] {
            assert!(!html.contains(attribute), "{name}: {attribute}");
        }
    }
}

#[test]
fn a_broken_element_and_a_bare_sign_are_seen() {
    for wrong in ["<a><b></a></b>", "<a>", "<a>x > y</a>", "<a>x & y</a>", "<a b=\"c></a>"] {
        assert!(elements(wrong).is_err(), "{wrong}");
    }
    assert_eq!(elements("<a b=\"c\"><d/>x &amp; y</a>"), Ok(vec!["a", "d"]));
}

#[test]
fn no_two_texts_and_no_text_and_sign_lie_on_one_another() {
    for (name, canvas, _) in drawn() {
        let areas: Vec<(Area, &str)> =
            canvas.labels.iter().map(|label| (label.area(), label.text.as_str())).collect();
        let marks = canvas.marks.iter().map(|mark| (*mark, "a sign"));
        let all: Vec<(Area, &str)> = areas.iter().copied().chain(marks).collect();
        for (at, (area, text)) in areas.iter().enumerate() {
            for (other, other_text) in &all[at + 1..] {
                assert!(!area.meets(other), "{name}: {text:?} {area:?} and {other_text:?} {other:?}");
            }
        }
    }
}

#[test]
fn nothing_lies_outside_the_sheet() {
    for (name, canvas, _) in drawn() {
        let texts = canvas.labels.iter().map(|label| label.area());
        for area in canvas.shapes.iter().copied().chain(texts) {
            let inside = area.x >= 0 && area.y >= 0 && area.w >= 0 && area.h >= 0;
            let inside = inside && area.x + area.w <= WIDTH && area.y + area.h <= canvas.height;
            assert!(inside, "{name}: {area:?} in {}", canvas.height);
        }
    }
}

#[test]
fn every_number_of_the_picture_stands_in_the_table() {
    for (name, chart) in all() {
        let Some((canvas, table)) = parts(&chart) else { continue };
        let cells: String = table.rows.iter().flatten().map(|cell| format!(" {cell}")).collect();
        let html = chart.html();
        let printed = canvas.labels.iter().filter(|label| {
            label.class.contains("c-num") || label.class.contains("c-bad") || label.class.is_empty()
        });
        for label in
            printed.filter(|label| label.text.chars().all(|c| c.is_ascii_digit() || ",.%".contains(c)))
        {
            let is_phase = name.starts_with("tasks");
            assert!(is_phase || cells.contains(&format!(" {}", label.text)), "{name}: {}", label.text);
        }
        for cell in table.rows.iter().flatten().filter(|_| html.contains("<svg")) {
            assert!(html.contains(&format!(">{}</t", crate::text::escape_markup(cell))), "{name}: {cell}");
        }
    }
}

#[test]
fn what_was_cut_is_told_whole() {
    let mut cuts = 0;
    for (name, chart) in all() {
        let Some((canvas, _)) = parts(&chart) else { continue };
        let html = chart.html();
        for label in canvas.labels.iter().filter(|label| label.text.ends_with('…')) {
            let full = label.full.as_ref().unwrap_or_else(|| panic!("{name}: {}", label.text));
            let title = format!("<title>{}</title>", crate::text::escape_markup(full));
            assert!(html.contains(&title), "{name}: {full}");
            cuts += 1;
        }
    }
    assert!(cuts > 10);
}

#[test]
fn a_chart_of_nothing_says_so_and_draws_nothing() {
    let mut empty = 0;
    for (name, chart) in all().iter().filter(|(name, _)| name.ends_with("-none")) {
        let html = chart.html();
        assert!(html.contains("<p class=\"none\">本期没有数据</p>"), "{name}");
        assert!(!html.contains("<svg") && !html.contains("<table"), "{name}");
        empty += 1;
    }
    let nowhere = all().into_iter().find(|(name, _)| *name == "months-gaps").unwrap().1.html();
    assert!(nowhere.contains("本期没有数据") && !nowhere.contains("<svg"));
    assert_eq!(empty, 8, "each kind of chart has such a case");
}

#[test]
fn ids_begin_with_the_prefix_and_title_and_description_are_named() {
    let mut ids = BTreeSet::new();
    for (name, chart) in all() {
        let html = chart.html();
        for (at, _) in html.match_indices(" id=\"") {
            let id = html.get(at + 5..).unwrap().split('"').next().unwrap();
            assert!(id.starts_with(&format!("{name}-")), "{name}: {id}");
            assert!(ids.insert(id.to_string()), "{id} twice");
        }
        if html.contains("<svg") {
            assert!(html.contains(&format!("aria-labelledby=\"{name}-t {name}-d\"")), "{name}");
            assert!(
                html.contains(&format!("<desc id=\"{name}-d\">")) && !html.contains("</title><desc></desc>")
            );
        }
    }
}

#[test]
fn every_row_has_its_name_in_the_picture() {
    for (name, canvas, table) in drawn() {
        // Months have names as far as there is room, and their years below.
        if name.starts_with("months") || name.starts_with("year") {
            continue;
        }
        for row in &table.rows {
            let named =
                canvas.labels.iter().any(|label| label.full.as_ref().unwrap_or(&label.text) == &row[0]);
            assert!(named, "{name}: {}", row[0]);
        }
    }
}

#[test]
fn grounds_lie_below_what_stands_on_them() {
    for (name, chart) in all() {
        let html = chart.html();
        let first = |class: &str| html.find(&format!("<path class=\"{class}\""));
        for (ground, figure) in
            [("c-wash", "c-main"), ("c-tint", "c-due"), ("c-wash", "c-warn"), ("c-trend", "c-warn")]
        {
            let (Some(ground_at), Some(at)) = (first(ground), first(figure)) else { continue };
            assert!(ground_at < at, "{name}: {ground} hides {figure}");
        }
    }
}

#[test]
fn names_with_marks_of_html_stay_names() {
    for (name, chart) in all() {
        let html = chart.html();
        assert!(!html.contains("<b>&"), "{name}");
    }
    assert!(LONG.contains("<b>&"));
}
