//! Pages of texts: books and their chapters, articles, standing pages.
//!
//! In: the prose of a record. Out: its page, its Markdown made safe by `markdown`, its relative links resolved to
//! the pages of the files they name. Not here: what Markdown means and which tags may pass (`markdown`).

use tera::{Context, Value};

use super::frame::{ColumnTags, Page, PageKind, Robots};
use super::values::{Scope, list, object};
use super::{RenderError, Renderer};
use crate::disclose::{Answer, PublicRecord, Target};
use crate::locale::Locale;
use crate::markdown::{self, LinkKind, Options, Resolved, Words};
use crate::plan::Output;
use crate::record::address::link_parts;
use crate::record::asset::is_picture_name;
use crate::record::edges::Handle;
use crate::record::labels::column_type_in;
use crate::record::value::Value as Own;
use crate::record::{article, book, chapter, page};

/// What pages say beside their texts.
pub(super) fn spoken(locale: &Locale) -> Words<'_> {
    Words {
        tasks: ["text_done", "text_open"].map(|key| locale.word(key)),
        notes: ["text_notes", "text_back"].map(|key| locale.word(key)),
        table: ["text_table", "colon"].map(|key| locale.word(key)),
        alerts: ["text_note", "text_tip", "text_important", "text_warning", "text_caution"]
            .map(|key| locale.word(key)),
    }
}

impl Renderer<'_> {
    pub(super) fn text(
        &self,
        output: &Output,
        handle: Handle,
        record: PublicRecord<'_>,
    ) -> Result<Vec<u8>, RenderError> {
        let scope = self.scope(output);
        let prose = record.prose();
        let folder = prose.map_or("", |prose| &*prose.folder);
        let top = folder.split('/').next().unwrap_or("").to_string();
        let mut page = self.record_page(handle, record, &output.route);
        let mut context = Context::new();
        context.insert_value("r", scope.record_map(handle));
        context.insert_value("corrected", super::overview::corrected(scope, handle));
        let template = match record.kind().plural {
            "books" => {
                let slug = prose.map_or("", |prose| &*prose.slug);
                context.insert_value("chapters", self.chapters(scope, slug, None));
                let kind = self.portal.kind(&chapter::KIND);
                let letters = self.portal.texts_in(kind, slug).filter(|text| self.portal.is_letter(*text));
                context.insert_value("letters", list(letters.map(|text| scope.link_to(text)).collect()));
                context.insert_value("posters", self.posters(scope, handle, record));
                "book.html"
            }
            "chapters" => {
                self.stand_in_book(&top, &mut page, scope, &mut context);
                self.turns(scope, handle, &chapter::KIND, &top, &mut context);
                context.insert_value("chapters", self.chapters(scope, &top, Some(handle)));
                context.insert_value("quiz", super::chapter::quiz(scope, handle));
                context.insert_value("laws", super::chapter::laws(scope, record.view(), &top));
                if self.portal.is_letter(handle) { "letter.html" } else { "chapter.html" }
            }
            "articles" => {
                self.stand_in_column(&top, record, &mut page);
                self.turns(scope, handle, &article::KIND, &top, &mut context);
                "article.html"
            }
            _ => {
                // A standing page has no column above it: it is one.
                page.column.name = record.title().to_string();
                if let Some(own) = record.view().text(page::COLUMN_TYPE) {
                    page.column.column_type = column_type_in(own, &self.portal.locale).to_string();
                }
                page.source = record.view().text(page::SOURCE).unwrap_or(&page.source).to_string();
                page.published = record.view().text(page::PUBLISHED).unwrap_or(&page.published).to_string();
                page.description = record.view().text(page::SUMMARY).unwrap_or("").to_string();
                "page.html"
            }
        };
        // A text without a date of its own or its book's cannot bear the tags of a content page.
        page.kind = if page.published.is_empty() { PageKind::Tool } else { PageKind::Content };
        page.robots = Robots::Show;
        if let Some(prose) = prose {
            let path = self.portal.source_path(handle);
            let resolve = |target: &str, kind: LinkKind| Resolved {
                href: self.resolve(scope, path, target),
                size: self.size_of(path, target).filter(|_| kind == LinkKind::Image),
            };
            let answers = &self.portal.answers;
            let body = markdown::fill(&prose.body, &|words| Some(answers.of(words)?.words.clone()));
            let html =
                markdown::render(&body, &Options { words: self.spoken, ..Options::default() }, &resolve);
            page.has_code = html.has_code;
            let headings = html.headings.iter().map(|heading| {
                object([
                    ("level", heading.level.into()),
                    ("id", heading.id.as_str().into()),
                    ("text", heading.text.as_str().into()),
                ])
            });
            context.insert_value("headings", list(headings.collect()));
            context.insert_value("minutes", markdown::outline(&body).minutes.into());
            context.insert_value("figures", self.figures_of(&prose.body));
            let html = super::tongue::in_its_language(html.html.as_str(), &self.portal.settings.language);
            context.insert_value("html", Value::safe_string(&html));
        }
        page.entity = self.entity(scope, handle, record, &page);
        self.fill(output, template, page, context)
    }

    /// What a link of a text leads to: a source file's page, an address of the site behind `/`, or elsewhere,
    /// outside government by way of a notice; nothing, and only its words remain, when that page is not shown.
    fn resolve(&self, scope: Scope<'_>, source: &str, target: &str) -> String {
        if let Some(page) = self.portal.record_link(target) {
            return page.map_or_else(String::new, |path| scope.href(path));
        }
        if let Some(notice) = self.portal.leaving.of(target) {
            return scope.href(notice);
        }
        let (path, fragment) = link_parts(target);
        let anchor = if fragment.is_empty() { String::new() } else { format!("#{fragment}") };
        match self.portal.targets.of(source, &path) {
            Target::Page(route) => format!("{}{anchor}", scope.href(route)),
            Target::Absent => String::new(),
            Target::Elsewhere => target.to_string(),
        }
    }

    /// The size of a picture of the portal that a text or a list names.
    fn size_of(&self, source: &str, target: &str) -> Option<[u32; 2]> {
        match self.portal.targets.of(source, &link_parts(target).0) {
            Target::Page(route) => self.portal.picture_size(route),
            _ => None,
        }
    }

    /// What the figures in a text were counted from, each once, in the order of the text.
    fn figures_of(&self, body: &str) -> Value {
        let mut seen = Vec::new();
        for place in markdown::placeholders(body) {
            let answer = place.words.and_then(|words| self.portal.answers.of(&words));
            if let Some(answer) = answer.filter(|answer| !seen.iter().any(|known| same_figure(known, answer)))
            {
                seen.push(answer.clone());
            }
        }
        let rows = seen.into_iter().map(|answer| {
            let (num, den) = answer.parts;
            object([
                ("name", answer.name.into()),
                ("scope", answer.scope.into()),
                ("value", answer.value.into()),
                ("num", num.into()),
                ("den", den.map_or_else(Value::none, Value::from)),
                (
                    "date",
                    answer.day.map_or_else(Value::none, |day| self.shared.date(day, &self.portal.locale)),
                ),
            ])
        });
        list(rows.collect())
    }

    /// The chapters of a book; `here` is the one whose page it is.
    fn chapters(&self, scope: Scope<'_>, slug: &str, here: Option<Handle>) -> Value {
        let chapters = self.portal.read_in(self.portal.kind(&chapter::KIND), slug).zip(1usize..).filter_map(
            |(handle, number)| {
                let record = self.portal.record(handle)?;
                Some(object([
                    ("number", number.into()),
                    ("title", record.title().into()),
                    ("href", scope.href_of(handle).into()),
                    ("summary", record.view().text(chapter::SUMMARY).unwrap_or("").into()),
                    ("is_here", (here == Some(handle)).into()),
                ]))
            },
        );
        list(chapters.collect())
    }

    /// The posters of a book: files beside the texts, named as links of texts name them.
    fn posters(&self, scope: Scope<'_>, handle: Handle, record: PublicRecord<'_>) -> Value {
        let source = self.portal.source_path(handle);
        let posters = record.view().objects(book::POSTER).map(|poster| {
            let file = poster.text(book::poster::FILE).unwrap_or("");
            let [width, height] = self.size_of(source, file).unwrap_or_default();
            object([
                ("title", poster.text(book::poster::TITLE).unwrap_or("").into()),
                ("href", self.resolve(scope, source, file).into()),
                ("is_image", is_picture_name(file).into()),
                ("width", width.into()),
                ("height", height.into()),
            ])
        });
        list(posters.collect())
    }

    fn stand_in_book(&self, slug: &str, page: &mut Page, scope: Scope<'_>, context: &mut Context) {
        let Some(book) = self.portal.book(slug) else { return };
        let Some(record) = self.portal.record(book) else { return };
        if let Some(frame) = self.frames.get(usize::from(self.portal.kind(&book::KIND))) {
            page.column = frame.column.clone();
            page.crumbs.clone_from(&frame.crumbs);
            page.menu = frame.menu;
        }
        if let Some(route) = self.portal.route(book) {
            page.crumbs.push((record.title().to_string(), route.as_str().to_string()));
        }
        page.published = record.view().date(book::DATE).map_or(String::new(), |day| format!("{day} 00:00"));
        page.source = record.view().text(book::ISSUER).unwrap_or("").to_string();
        context.insert_value("book", scope.link_to(book));
    }

    fn stand_in_column(&self, id: &str, record: PublicRecord<'_>, page: &mut Page) {
        let view = record.view();
        page.published = view.text(article::PUBLISHED).unwrap_or("").to_string();
        page.source = view.text(article::SOURCE).unwrap_or("").to_string();
        page.author = view.text(article::AUTHOR).unwrap_or("").to_string();
        page.description = view.text(article::SUMMARY).unwrap_or("").to_string();
        if let Own::List(words) = view.value(article::KEYWORDS) {
            page.keywords = words.iter().filter_map(Own::as_text).collect::<Vec<_>>().join(",");
        }
        if let Some(column) = self.portal.settings.column(id) {
            page.column = ColumnTags {
                name: column.name.clone(),
                column_type: column.column_type.clone(),
                description: column.description.clone(),
                keywords: column.keywords.join(","),
            };
            page.crumbs = vec![(column.name.clone(), format!("articles/{id}/index.html"))];
        }
    }

    /// The texts before and behind a text.
    fn turns(
        &self,
        scope: Scope<'_>,
        handle: Handle,
        kind: &crate::record::field::Kind,
        top: &str,
        context: &mut Context,
    ) {
        // A letter is not among them.
        let all: Vec<Handle> = self.portal.read_in(self.portal.kind(kind), top).collect();
        let at = all.iter().position(|other| *other == handle);
        let side = |at: Option<usize>| {
            at.and_then(|at| all.get(at)).map_or_else(Value::none, |other| scope.link_to(*other))
        };
        context.insert_value("prev", side(at.and_then(|at| at.checked_sub(1))));
        context.insert_value("next", side(at.map(|at| at + 1)));
    }
}

/// Whether two answers come from the same figure, of which a text may print one part here and another there.
fn same_figure(one: &Answer, other: &Answer) -> bool {
    (&one.name, &one.scope) == (&other.name, &other.scope)
}
