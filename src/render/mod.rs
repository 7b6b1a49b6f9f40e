//! Turns one planned output into bytes.
//!
//! In: the [`Portal`], the theme and an [`Output`]. Out: the bytes of a file, the same each time, from any
//! number of workers at once: no files, and no shared state that changes but the sums of what templates cost.
//!
//! Not here: which outputs there are (`plan`), and where their bytes go (`publish`).

mod asked;
mod badge;
mod cadre;
mod chapter;
mod charts;
mod data;
mod departments;
mod engine;
mod feed;
mod fields;
mod frame;
mod kind;
mod leaving;
mod linked_data;
mod lists;
mod menu;
mod mistake;
mod overview;
mod progress;
mod record;
mod sampling;
mod shared;
mod sitemap;
mod text;
mod timings;
mod tongue;
mod values;
mod words;
mod year;

pub use data::lines::{Block, DataFile, Form, KEPT, Lines};
pub use data::write_record;
pub use frame::PageKind;
pub use kind::page_kind;
pub use timings::{Clock, TemplateCost};

use std::collections::HashMap;

use tera::{Context, Value};

use crate::disclose::Portal;
use crate::json::Json;
use crate::plan::{Content, Inventory, Output, schema_path};
use crate::record::edges::Handle;
use crate::record::schema::{DIALECT, schema};
use crate::theme::Theme;

/// Why an output could not be made.
#[derive(Debug)]
pub struct RenderError {
    /// The output.
    pub route: String,
    /// What the template engine or the data said.
    pub reason: String,
}

impl std::fmt::Display for RenderError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}: {}", self.route, self.reason)
    }
}

impl std::error::Error for RenderError {}

/// Header and footer, rendered once for each way up to the site folder and each menu entry.
type Chrome = HashMap<(String, Option<usize>), (Value, Value)>;

/// All that rendering needs, made once.
pub struct Renderer<'p> {
    portal: &'p Portal,
    theme: &'p Theme,
    engine: engine::Engine<'p>,
    chrome: Chrome,
    menu: Vec<menu::MenuEntry>,
    /// How the JSON-LD of every page ends.
    ending: String,
    frames: Vec<KindFrame>,
    shared: shared::Shared,
    /// What pages say beside their texts.
    spoken: crate::markdown::Words<'p>,
    /// By kind, the region above each place by which there is a list.
    above: Vec<Vec<Option<Handle>>>,
    /// The groups of `incoming` that templates print.
    asked: asked::Asked,
    timings: timings::Timings,
}

/// What all pages of a kind share.
struct KindFrame {
    column: frame::ColumnTags,
    crumbs: Vec<(String, String)>,
    menu: Option<usize>,
}

/// Folders above a page up to which header and footer are rendered beforehand.
const USUAL_DEPTH: usize = 3;

impl<'p> Renderer<'p> {
    /// Compiles the templates and renders what all pages share; with a clock, what templates cost is summed up.
    pub fn new(
        portal: &'p Portal,
        theme: &'p Theme,
        clock: Option<Clock>,
    ) -> Result<Renderer<'p>, RenderError> {
        let fail = |error: tera::Error| RenderError {
            route: "themes".into(),
            reason: mistake::told(&error.to_string(), theme),
        };
        let globals = vec![
            ("portal", frame::portal(portal)),
            ("t", Value::from_serializable(&theme.words)),
            ("static", Value::from_serializable(&theme.addresses)),
            ("theme", frame::settings(theme)),
        ];
        let prepare = move |tera: &mut tera::Tera| {
            // A count as the language writes it, with its mark between thousands.
            let locale = portal.locale.clone();
            tera.register_filter("number", move |count: i64, _: tera::Kwargs, _: &tera::State| {
                locale.number(&count.to_string())
            });
            // The attribute of an element whose text is Chinese on a site that is not.
            let language = portal.settings.language.clone();
            tera.register_filter("tongue", move |text: &str, _: tera::Kwargs, _: &tera::State| {
                let mark = tongue::mark(text, &language).map(|mark| format!(" lang=\"{mark}\""));
                Value::safe_string(&mark.unwrap_or_default())
            });
        };
        let engine = engine::Engine::new(theme, globals, Box::new(prepare)).map_err(fail)?;
        let menu = menu::menu(portal);
        let frames = portal
            .kinds
            .all()
            .map(|kind| {
                let (crumbs, menu) = frame::kind_crumbs(portal, &menu, kind);
                KindFrame { column: frame::kind_column(portal, kind), crumbs, menu }
            })
            .collect();
        let mut renderer = Renderer {
            portal,
            theme,
            engine,
            chrome: Chrome::new(),
            menu,
            ending: linked_data::ending(portal),
            frames,
            shared: shared::Shared::new(portal),
            spoken: text::spoken(&portal.locale),
            above: lists::places_above(portal),
            asked: asked::Asked::of(theme),
            timings: timings::Timings::by(clock),
        };
        renderer.chrome = renderer.make_chrome()?;
        Ok(renderer)
    }

    /// The bytes of an output; one that tells of files is made after them and is told what they have come to.
    pub fn render(&self, output: &Output, inventory: &Inventory) -> Result<Vec<u8>, RenderError> {
        match &output.content {
            Content::Home => self.home(output),
            Content::Record(handle, part) => self.record(output, *handle, *part),
            Content::List(list, part) => self.list(output, *list, *part),
            Content::Column(at, part) => self.column(output, *at, *part),
            Content::Tombstone(at) => self.tombstone(output, *at),
            Content::Leaving(at) => self.notice(output, *at),
            Content::Corrections => self.corrections(output),
            Content::Search => self.search(output),
            Content::SiteMap => self.site_map(output),
            Content::DataPage => self.data_page(output, inventory),
            Content::Catalogue => Ok(data::catalogue(self.portal, inventory)),
            Content::One(handle) => Ok(data::write_one(self.portal, *handle)),
            Content::Badge(handle) => Ok(self.badge(*handle)),
            Content::Schema(kind) => Ok(self.schema(*kind)),
            Content::Feed(of) => Ok(self.feed(output, *of)),
            Content::Lists => self.all_lists(output),
            Content::Progress(region) => self.progress(output, *region),
            Content::FeedsPage => self.feeds_page(output),
            Content::SitemapIndex => Ok(sitemap::index(self.portal)),
            Content::Sitemap(part) => Ok(sitemap::part(self.portal, *part)),
            Content::Robots => Ok(sitemap::robots(self.portal)),
            Content::Health => Ok(b"ok\n".to_vec()),
            Content::NotFound => self.not_found(output),
            Content::Static(name) => Ok(self.theme.statics.get(name).cloned().unwrap_or_default()),
            Content::Data { .. } | Content::Asset(_) | Content::Index(_) => Err(RenderError {
                route: output.route.to_string(),
                reason: "it is put together, copied or made of the index, not rendered".into(),
            }),
        }
    }

    /// Values as seen from an output.
    fn scope<'s>(&'s self, output: &'s Output) -> values::Scope<'s> {
        values::Scope::new(self.portal, &output.route, &self.shared)
    }

    fn fill(
        &self,
        output: &Output,
        template: &str,
        mut page: frame::Page,
        mut context: Context,
    ) -> Result<Vec<u8>, RenderError> {
        if page.kind != frame::PageKind::Home {
            page.crumbs.insert(0, (self.word("home").to_string(), "index.html".to_string()));
        }
        let root = page.root(self.portal, &output.route);
        let place = (root, page.menu);
        let (header, footer) = match self.chrome.get(&place) {
            Some(parts) => parts.clone(),
            None => self.frame_parts(&place.0, place.1)?,
        };
        context.insert_value("chrome", values::object([("header", header), ("footer", footer)]));
        context.insert_value("linked_data", Value::safe_string(&self.linked_data(&page, &output.route)));
        context.insert_value("page", page.into_value(self.portal, &output.route));
        self.timings.around(template, output.route.as_str(), || {
            self.engine
                .render(template, &context)
                .map_err(|error| self.mistake(output.route.as_str(), &error))
        })
    }

    fn mistake(&self, route: &str, error: &tera::Error) -> RenderError {
        RenderError { route: route.to_string(), reason: mistake::told(&error.to_string(), self.theme) }
    }

    /// What each template has cost so far, the dearest first.
    pub fn timings(&self) -> Vec<TemplateCost> {
        self.timings.sums()
    }

    fn make_chrome(&self) -> Result<Chrome, RenderError> {
        let mut chrome = Chrome::new();
        for depth in 0..=USUAL_DEPTH {
            let root = "../".repeat(depth);
            for active in std::iter::once(None).chain((0..self.menu.len()).map(Some)) {
                let parts = self.frame_parts(&root, active)?;
                chrome.insert((root.clone(), active), parts);
            }
        }
        Ok(chrome)
    }

    /// Header and footer of pages whose links begin with `root`.
    fn frame_parts(&self, root: &str, active: Option<usize>) -> Result<(Value, Value), RenderError> {
        let context = frame::chrome_context(self.portal, &self.menu, root, active);
        let part = |template: &str| {
            let html = self.engine.render(template, &context);
            html.map(|html| Value::safe_string(&String::from_utf8_lossy(&html)))
                .map_err(|error| self.mistake(template, &error))
        };
        Ok((part("header.html")?, part("footer.html")?))
    }

    fn schema(&self, kind: u16) -> Vec<u8> {
        let Some(kind) = self.portal.kinds.at(usize::from(kind)) else { return Vec::new() };
        let address = format!("{}{}", self.portal.settings.base_url, schema_path(kind));
        let head = Json::of([("$schema", DIALECT.into()), ("$id", address.into())]);
        head.and(schema(kind)).to_bytes()
    }

    fn word(&self, key: &str) -> &str {
        self.theme.words.get(key).map_or("", String::as_str)
    }
}
