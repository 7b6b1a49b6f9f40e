//! The page of the data files: which there are, how large they are, and what their columns mean.
//!
//! In: the kinds, the files with their sizes. Out: `data/index.html`, with a dictionary of every column.
//!
//! Not here: the machine's catalogue of the same files (`catalogue`).

use tera::{Context, Value};

use super::csv::columns;
use crate::plan::{Inventory, Output, data_formats, data_path, schema_path};
use crate::record::edges::Handle;
use crate::record::field::{Field, Kind, Type};
use crate::record::schema::page_key;
use crate::render::frame::{Page, PageKind};
use crate::render::linked_data::catalogue;
use crate::render::values::{Scope, list, object};
use crate::render::{RenderError, Renderer};

impl Renderer<'_> {
    pub(in crate::render) fn data_page(
        &self,
        output: &Output,
        inventory: &Inventory,
    ) -> Result<Vec<u8>, RenderError> {
        let scope = self.scope(output);
        let mut page = Page::new(PageKind::Column, self.word("data"));
        page.column = self.own_column(self.word("data"), "数据开放");
        page.entity = Some(catalogue(self.portal));
        let kinds = self.portal.data_kinds();
        // What has closed stays among the data with its name, and is counted nowhere else.
        let closed = |at: u16, kind: &Kind| {
            let listed = self.portal.lists(at).map_or(0, |lists| lists.all.len());
            if kind.stub.is_some() { self.portal.count(at).saturating_sub(listed) } else { 0 }
        };
        let rows = kinds.map(|(at, kind)| {
            let regions = self.portal.data_regions(at).filter_map(|region| {
                let title = self.portal.record(region)?.title();
                let files = self.files(scope, kind, Some(region), inventory);
                Some(object([("title", title.into()), ("files", files)]))
            });
            object([
                ("plural", kind.plural.into()),
                ("title", kind.label_in(&self.portal.locale).into()),
                ("about", kind.about_in(&self.portal.locale).into()),
                ("rows", self.portal.count(at).into()),
                ("closed", closed(at, kind).into()),
                ("files", self.files(scope, kind, None, inventory)),
                ("schema", scope.href(&schema_path(kind)).into()),
                ("regions", list(regions.collect())),
                ("columns", list(self.dictionary(kind))),
            ])
        });
        let mut context = Context::new();
        context.insert_value("files", list(rows.collect()));
        context.insert_value("licence", self.portal.settings.data.licence.as_deref().unwrap_or("").into());
        context.insert_value("catalogue_href", scope.href("data/catalog.jsonld").into());
        self.fill(output, "data.html", page, context)
    }

    fn files(&self, scope: Scope<'_>, kind: &Kind, within: Option<Handle>, inventory: &Inventory) -> Value {
        let files = data_formats(kind).iter().map(|format| {
            let path = data_path(self.portal, kind, within, *format);
            object([
                ("label", format.label().into()),
                ("href", scope.href(&path).into()),
                ("size", inventory.get(&path).map_or(String::new(), |file| size_words(file.bytes)).into()),
            ])
        });
        list(files.collect())
    }

    /// Every column of a kind's CSV: key, label, what stands in it.
    fn dictionary(&self, kind: &'static Kind) -> Vec<Value> {
        let row = |key: &str, label: &str, what: &str| {
            object([("key", key.into()), ("label", label.into()), ("what", what.into())])
        };
        let locale = &self.portal.locale;
        let mut rows = vec![row("id", self.word("data_id"), self.word("type_text"))];
        if has_pages(kind) {
            rows.push(row(page_key(kind), self.word("data_url"), self.word("type_url")));
        }
        for column in columns(kind.fields) {
            let steps = column.steps.iter().map(|field| field.label_in(locale));
            rows.push(row(&column.path, &locale.join("colon", steps), &self.what(column.field.ty)));
        }
        rows
    }

    /// What a value is, in words: of a choice, its words.
    fn what(&self, ty: Type) -> String {
        let locale = &self.portal.locale;
        match ty {
            Type::Choice(choices) => {
                let words = choices.iter().map(|choice| match choice.label_in(locale) {
                    label if label == choice.key => label.to_string(),
                    label => format!("{}{}{label}", choice.key, self.word("equals")),
                });
                locale.join("comma", words)
            }
            Type::List(Type::Object(fields)) => {
                let shown = fields.iter().filter(|field| is_shown(field));
                let labels = locale.join("sep", shown.map(|field| field.label_in(locale)));
                format!("{}{}{labels}", self.word("type_objects"), self.word("colon"))
            }
            Type::List(member) => {
                format!("{}{}{}", self.word("type_list"), self.word("colon"), self.what(*member))
            }
            Type::Date => self.word("type_date").to_string(),
            Type::Moment => self.word("type_moment").to_string(),
            Type::Count => self.word("type_count").to_string(),
            Type::Decimal => self.word("type_decimal").to_string(),
            Type::Money => self.word("type_money").to_string(),
            Type::Period => self.word("type_period").to_string(),
            Type::Flag => self.word("type_flag").to_string(),
            Type::Url => self.word("type_url").to_string(),
            _ => self.word("type_text").to_string(),
        }
    }
}

fn is_shown(field: &Field) -> bool {
    crate::record::schema::is_data(field)
}

/// Whether records of a kind can have pages.
pub(super) fn has_pages(kind: &Kind) -> bool {
    kind.face != crate::record::field::Face::Inline
}

/// A size as people read it.
fn size_words(bytes: u64) -> String {
    let tenths = |unit: u64| format!("{}.{}", bytes / unit, bytes % unit * 10 / unit);
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} KB", tenths(1_000)),
        _ => format!("{} MB", tenths(1_000_000)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_told_in_the_unit_that_fits() {
        for (bytes, words) in [(0, "0 B"), (999, "999 B"), (1_250, "1.2 KB"), (28_190_000, "28.1 MB")] {
            assert_eq!(size_words(bytes), words);
        }
    }
}
