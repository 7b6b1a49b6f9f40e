//! The end of `check --profile gov`: a table by the classes of the inspectors, and the same as a page to print.
//!
//! In: a survey of the site and its verdicts. Out: text for a terminal; one HTML file that needs nothing else, with no clock in
//! it, to be laid beside the inspectors' own list. Not here: what is wrong with a page (`inspection`).

use std::fmt::Write as _;
use std::io::Write as _;

use super::Reporter;
use super::summary::table;
use crate::calendar::Date;
use crate::diagnostic::{Diagnostic, Language, Message};
use crate::inspection::{Class, Row, Survey};
use crate::record::settings::Settings;
use crate::source::{clean, to_line};
use crate::text::escape_markup;

/// Findings of a class that the printed page shows; the rest is counted.
const MOST_PRINTED: usize = 50;

/// What the printed page tells.
pub struct Report<'r> {
    /// Who runs the site.
    pub settings: &'r Settings,
    /// The day it speaks of.
    pub as_of: Date,
    /// What was seen.
    pub survey: &'r Survey,
    /// Its verdicts.
    pub rows: &'r [Row],
    /// Findings that count.
    pub found: &'r [Diagnostic],
}

impl Reporter {
    /// The table by classes, behind all findings.
    pub fn inspection(&self, survey: &Survey, rows: &[Row]) {
        // A closed pipe is the reader's wish to hear no more.
        let _ = std::io::stderr().lock().write_all(by_class(survey, rows, self.language).as_bytes());
    }

    /// Says that no page was looked at.
    pub fn no_inspection(&self) {
        self.say(
            "来源有错误，页面未生成，网站检查未进行",
            "the sources have errors: no page was made and none was inspected",
        );
    }
}

fn by_class(survey: &Survey, rows: &[Row], language: Language) -> String {
    let is_zh = language == Language::Zh;
    let heads = match is_zh {
        true => ["页面", "错误", "警告", "类别", "结论", "说明"],
        false => ["pages", "errors", "warnings", "class", "verdict", "note"],
    };
    let cells = rows.iter().map(|row| {
        let pages = if row.pages == 0 { "-".to_string() } else { row.pages.to_string() };
        vec![
            pages,
            row.errors.to_string(),
            row.warnings.to_string(),
            row.class.name().text(language).to_string(),
            row.verdict.word().text(language).to_string(),
            row.note.text(language).to_string(),
        ]
    });
    let title = if is_zh { "按检查类别" } else { "By class of the inspectors" };
    let mut out = format!("{title}\n{}", table(&heads, cells, 3));
    for line in remarks(survey) {
        let _ = writeln!(out, "  {}", line.text(language));
    }
    out
}

/// The heaviest page, and what was counted only.
fn remarks(survey: &Survey) -> Vec<Message> {
    let mut lines = Vec::new();
    if let Some((route, bytes)) = &survey.heaviest {
        lines.push(Message::new(
            format!("最大的记录页：{route}，压缩后 {bytes} 字节"),
            format!("heaviest page of a record: {route}, {bytes} bytes when packed"),
        ));
    }
    let left = survey.left_out(None);
    if left > 0 {
        lines.push(Message::new(
            format!("同一条规则的问题太多，另有{left}处只计数、未逐条列出"),
            format!("{left} more findings of rules with very many are counted and not listed"),
        ));
    }
    lines
}

const STYLE: &str = "body{font:16px/1.6 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}\
    table{border-collapse:collapse;width:100%;margin:1em 0}caption{text-align:left;font-weight:bold}\
    th,td{border:1px solid #555;padding:.3em .5em;text-align:left;vertical-align:top}td.n{text-align:right}\
    .failed{font-weight:bold}ol{padding-left:1.6em}li{overflow-wrap:anywhere}.sign td{height:2.5em}\
    @page{size:A4;margin:18mm}@media print{body{margin:0;max-width:none;font-size:11pt}tr,li{break-inside:avoid}}";

/// The page to print.
pub fn printed(report: &Report<'_>, language: Language) -> String {
    let is_zh = language == Language::Zh;
    let say = |zh: &'static str, en: &'static str| if is_zh { zh } else { en };
    let Report { settings, as_of, survey, rows, found } = report;
    let title = say("政府网站检查报告", "Inspection of the site");
    let (site, domain, code) = &settings.site;
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>{title} - {name}</title>\n\
         <style>{STYLE}</style></head><body>\n<h1>{title}</h1>\n<table><caption>{}</caption><tbody>\n",
        say("zh-CN", "en"),
        say("检查对象", "The site"),
        name = escape_markup(&settings.name),
    );
    let pages = survey.pages.to_string();
    let program = format!("gongshi {}", env!("CARGO_PKG_VERSION"));
    let day = as_of.to_string();
    for (head, text) in [
        (say("名称", "name"), settings.name.as_str()),
        (say("主办单位", "sponsor"), &settings.organ),
        (say("所属网站", "government site"), site),
        (say("域名", "domain"), domain),
        (say("网站标识码", "code of the site"), code),
        (say("网址", "address"), &settings.base_url),
        (say("截至日期", "as of"), &day),
        (say("检查页面数", "pages inspected"), &pages),
        (say("程序", "program"), &program),
    ] {
        let _ = writeln!(out, "<tr><th scope=\"row\">{head}</th><td>{}</td></tr>", escape_markup(text));
    }
    out += "</tbody></table>\n";
    out += &classes(rows, language);
    for line in remarks(survey) {
        let _ = writeln!(out, "<p>{}</p>", escape_markup(line.text(language)));
    }
    for row in *rows {
        out += &listed(row, found, language);
    }
    let _ = write!(
        out,
        "<table class=\"sign\"><tbody><tr><th scope=\"row\">{}</th><td></td><th scope=\"row\">{}</th><td></td>\
         <th scope=\"row\">{}</th><td></td></tr></tbody></table>\n</body></html>\n",
        say("检查人", "inspected by"),
        say("复核人", "seen by"),
        say("日期", "date"),
    );
    out
}

fn classes(rows: &[Row], language: Language) -> String {
    let heads = match language {
        Language::Zh => ["按检查类别", "类别", "页面", "错误", "警告", "结论", "说明"],
        Language::En => ["By class", "class", "pages", "errors", "warnings", "verdict", "note"],
    };
    let [caption, heads @ ..] = heads;
    let mut out = format!("<table><caption>{caption}</caption><thead><tr>");
    for head in heads {
        let _ = write!(out, "<th scope=\"col\">{head}</th>");
    }
    out += "</tr></thead><tbody>\n";
    for row in rows {
        let pages = if row.pages == 0 { "—".to_string() } else { row.pages.to_string() };
        let class = if row.verdict == crate::inspection::Verdict::Failed { " class=\"failed\"" } else { "" };
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}</th><td class=\"n\">{pages}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>\
             <td{class}>{}</td><td>{}</td></tr>",
            escape_markup(row.class.name().text(language)),
            row.errors,
            row.warnings,
            row.verdict.word().text(language),
            escape_markup(row.note.text(language)),
        );
    }
    out + "</tbody></table>\n"
}

/// The findings of a class.
fn listed(row: &Row, found: &[Diagnostic], language: Language) -> String {
    let own: Vec<&Diagnostic> =
        found.iter().filter(|found| Class::of_survey(found.code) == Some(row.class)).collect();
    if own.is_empty() {
        return String::new();
    }
    let mut out = format!("<h2>{}</h2>\n<ol>\n", escape_markup(row.class.name().text(language)));
    for found in own.iter().take(MOST_PRINTED) {
        let _ = writeln!(out, "<li>{}</li>", escape_markup(&clean(&to_line(found, language))));
    }
    out += "</ol>\n";
    let rest = (row.errors + row.warnings).saturating_sub(own.len().min(MOST_PRINTED));
    if rest > 0 {
        let _ = match language {
            Language::Zh => writeln!(out, "<p>另有{rest}处，见 gongshi check --profile gov --all。</p>"),
            Language::En => writeln!(out, "<p>{rest} more: see gongshi check --profile gov --all.</p>"),
        };
    }
    out
}
