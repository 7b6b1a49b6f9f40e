//! Texts in Markdown: what the page would show otherwise than its author meant it.
//!
//! In: articles, chapters, standing pages. Out: raw HTML, refused targets, pictures, footnotes and marks that mean
//! nothing, at their line and column. Not here: whether links lead anywhere (`links`), the rendering
//! (`markdown`).

use rayon::prelude::*;

use crate::diagnostic::{Code, Finding, Findings, Message, Place, Position};
use crate::markdown::{Outline, ProblemKind, blot, outline};
use crate::record::value::{Prose, Record};
use crate::text::excerpt;

use super::Context;
use super::links::{Targets, dead_links};

/// Raw HTML, which the page shows as text.
pub const HTML_RAW: Code = Code("W-HTML-RAW");
/// An HTML comment, which the page leaves out.
pub const HTML_COMMENT: Code = Code("W-HTML-COMMENT");
/// A target with a scheme that is not let through.
pub const LINK_SCHEME: Code = Code("W-LINK-SCHEME");
/// A picture on another site.
pub const IMAGE_FOREIGN: Code = Code("W-IMAGE-FOREIGN");
/// A picture without a description, or a link without words.
pub const IMAGE_ALT: Code = Code("W-IMAGE-ALT");
/// A heading's own id that cannot be used.
pub const HEADING_ID: Code = Code("W-HEADING-ID");
/// A footnote that nothing refers to.
pub const FOOTNOTE_UNUSED: Code = Code("W-FOOTNOTE-UNUSED");
/// A cell that its table has no column for.
pub const CELL_LOST: Code = Code("W-CELL-LOST");
/// A mark that means nothing and is printed.
pub const MARK_LITERAL: Code = Code("W-MARK-LITERAL");
/// Stars that hide names and are read as emphasis.
pub const MASK_STARS: Code = Code("W-MASK-STARS");

/// A text with its outline.
pub(super) struct Text<'l> {
    pub(super) record: &'l Record,
    pub(super) prose: &'l Prose,
    pub(super) outline: Outline,
}

impl Text<'_> {
    /// The place of a byte of the body.
    pub(super) fn place(&self, offset: usize) -> Place {
        place_in(self.record, self.prose, offset)
    }
}

/// The place of a byte of a text's body.
pub(super) fn place_in(record: &Record, prose: &Prose, offset: usize) -> Place {
    let before = prose.body.get(..offset).unwrap_or(&prose.body);
    let line = before.bytes().filter(|byte| *byte == b'\n').count();
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count();
    Place::At(record.origin.file, Position { line: prose.body_line + line as u32, column: column as u32 + 1 })
}

/// E-LINK-DEAD and the warnings of this file.
pub(super) fn texts(context: &Context<'_>, findings: &mut Findings) {
    let records: Vec<(&Record, &Prose)> = context
        .ledger
        .tables
        .iter()
        .flatten()
        .filter_map(|record| Some((record, record.prose.as_deref()?)))
        .collect();
    let texts: Vec<Text<'_>> = records
        .into_par_iter()
        .map(|(record, prose)| Text { record, prose, outline: outline(&blot(&prose.body)) })
        .collect();
    let targets = Targets::of(context.ledger, &texts);
    let found: Vec<Findings> = texts
        .par_iter()
        .map(|text| {
            let mut findings = Findings::default();
            problems(text, &mut findings);
            dead_links(text, &targets, &mut findings);
            findings
        })
        .collect();
    findings.0.extend(found.into_iter().flat_map(|found| found.0));
}

fn problems(text: &Text<'_>, findings: &mut Findings) {
    for problem in &text.outline.problems {
        let place = text.place(problem.offset);
        let shown = |text: &str| excerpt(text, 60);
        match &problem.kind {
            ProblemKind::RawHtml(markup) => {
                let markup = shown(markup);
                let zh = format!("正文里的 HTML 会原样显示成文字：{markup}");
                let en = format!("HTML in a text is shown as text: {markup}");
                report(findings, HTML_RAW, place, zh, en).hint(Message::new(
                    "请改用 Markdown；确要显示尖括号的，放在 ` ` 里",
                    "write it in Markdown; put what is to show angle brackets between ` `",
                ));
            }
            ProblemKind::Comment => {
                let zh = "HTML 注释不会出现在页面上，但源文件里的内容仍可能外传".to_string();
                let en = "an HTML comment is left out of the page, but it stays in the source".to_string();
                report(findings, HTML_COMMENT, place, zh, en)
                    .hint(Message::new("用不着的文字请删去", "delete what is not needed"));
            }
            ProblemKind::Scheme(target) => {
                let target = shown(target);
                let zh = format!("链接“{target}”的写法不允许，页面只显示文字");
                let en = format!("the target `{target}` is not let through; the page shows the words only");
                report(findings, LINK_SCHEME, place, zh, en).hint(Message::new(
                    "只能用 http、https、mailto、tel 和站内相对链接",
                    "use http, https, mailto, tel, or a relative link",
                ));
            }
            ProblemKind::ForeignImage(target) => {
                let target = shown(target);
                let zh = format!("图片“{target}”在别的网站，页面只给出链接");
                let en = format!("the picture `{target}` lies on another site; the page links to it only");
                report(findings, IMAGE_FOREIGN, place, zh, en)
                    .hint(Message::new("请把图片放进 assets/ 后引用", "put the picture into assets/"));
            }
            ProblemKind::NoDescription(target) => {
                let target = shown(target);
                let zh = format!("图片没有替代文字，或链接没有文字，读屏软件读不出来：{target}");
                let en = format!(
                    "a picture without description or a link without words, mute for those who cannot see it: {target}"
                );
                report(findings, IMAGE_ALT, place, zh, en)
                    .hint(Message::new("写作 ![图里是什么](路径)", "write ![what it shows](path)"));
            }
            ProblemKind::HeadingId(id) => {
                let id = shown(id);
                let zh = format!("标题的锚点“{id}”不能用：只用小写字母、数字、连字符，且不重复");
                let en = format!(
                    "the heading's id `{id}` cannot be used: lower-case letters, digits, hyphens, each once"
                );
                report(findings, HEADING_ID, place, zh, en);
            }
            ProblemKind::UnusedFootnote(label) => {
                let label = shown(label);
                let zh = format!("脚注“{label}”没有被引用，页面不会显示");
                let en = format!("nothing refers to the footnote `{label}`; the page leaves it out");
                report(findings, FOOTNOTE_UNUSED, place, zh, en).hint(Message::new(
                    format!("在正文相应处写 [^{label}]，或删去脚注"),
                    format!("write [^{label}] where it belongs, or remove the footnote"),
                ));
            }
            ProblemKind::LostCell(cell) => {
                let cell = shown(cell);
                let zh = format!("表格这一行比表头多出一格，页面不会显示：{cell}");
                let en =
                    format!("this row has more cells than the table's head; the page leaves out: {cell}");
                report(findings, CELL_LOST, place, zh, en).hint(Message::new(
                    "补上表头的列，或把单元格里的竖线写成 \\|",
                    "add the column to the head, or write a bar inside a cell as \\|",
                ));
            }
            ProblemKind::Mask(stars) => {
                let stars = shown(stars);
                let zh = format!("遮挡姓名的星号成了强调的标记，页面上不会出现：{stars}");
                let en = format!("stars that hide names are read as emphasis and will not be shown: {stars}");
                report(findings, MASK_STARS, place, zh, en).hint(Message::new(
                    "请写作 张\\*\\*，或用全角星号 张＊＊",
                    "write 张\\*\\*, or full-width stars: 张＊＊",
                ));
            }
            ProblemKind::Literal(mark) => {
                let mark = shown(mark);
                let zh = format!("这里的标记不起作用，会原样印出：{mark}");
                let en = format!("this mark means nothing here and is printed: {mark}");
                report(findings, MARK_LITERAL, place, zh, en).hint(Message::new(
                    "强调要成对，且标记不挨空格；要印出星号的写 \\*",
                    "emphasis comes in pairs without blanks inside; write \\* for an asterisk",
                ));
            }
        }
    }
}

fn report(findings: &mut Findings, code: Code, place: Place, zh: String, en: String) -> &mut Finding {
    findings.add(code, place, Message::new(zh, en))
}
