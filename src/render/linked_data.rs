//! JSON-LD in pages (W3C Recommendation of 16 July 2020) in the words of schema.org: what a page is, where it stands, and the record
//! it shows.
//!
//! In: a page with its record. Out: the text of its `<script type="application/ld+json">`, with absolute addresses, in which
//! nothing can end the element. The type of a record is the one that its kind names, its properties are those that the fields of the
//! table say, and only public values are at hand. What all pages share is made once.
//!
//! Not here: pages that search engines pass over, which have none; the catalogue of data files (`data`).

use super::Renderer;
use super::feed::summary;
use super::frame::{Page, PageKind, Robots};
use super::values::Scope;
use crate::disclose::{Portal, PublicRecord, PublicView};
use crate::json::Json;
use crate::plan::{DataFormat, data_formats, data_path};
use crate::record::edges::Handle;
use crate::record::field::{Field, Home, Type};
use crate::record::value::Value;
use crate::route::Route;

/// Types of schema.org that are works: they have a headline, a day and a publisher.
const WORKS: [&str; 9] = [
    "Article",
    "NewsArticle",
    "Report",
    "Book",
    "Chapter",
    "CreativeWork",
    "DigitalDocument",
    "HowTo",
    "Guide",
];

/// Most characters of a description.
const DESCRIPTION: usize = 200;

/// What stands at the end of every page's data: language, site and publisher.
pub(super) fn ending(portal: &Portal) -> String {
    let ending = Json::of([
        ("inLanguage", portal.settings.language.as_str().into()),
        ("isPartOf", reference(portal, "#site")),
        ("publisher", organ(portal)),
    ]);
    as_text(&ending).trim_start_matches('{').to_string()
}

impl Renderer<'_> {
    /// The JSON-LD of a page; empty for pages that search engines pass over.
    pub(super) fn linked_data(&self, page: &Page, route: &Route) -> String {
        if page.robots == Robots::Skip {
            return String::new();
        }
        let portal = self.portal;
        if page.kind == PageKind::Home {
            return as_text(&home(portal));
        }
        let address = absolute(portal, route.as_str());
        let ty = if page.kind == PageKind::Column { "CollectionPage" } else { "WebPage" };
        let json = Json::of([
            ("@context", "https://schema.org".into()),
            ("@type", ty.into()),
            ("@id", address.as_str().into()),
            ("url", address.as_str().into()),
            ("name", page.title.as_str().into()),
        ])
        .with_some("datePublished", moment(&page.published))
        .with_some("dateModified", moment(&page.modified))
        .with("breadcrumb", breadcrumb(portal, page))
        .with_some("mainEntity", page.entity.clone());
        let mut text = as_text(&json);
        text.pop();
        text.push(',');
        text.push_str(&self.ending);
        text
    }

    /// A record as its page's data tell of it.
    pub(super) fn entity(
        &self,
        scope: Scope<'_>,
        handle: Handle,
        record: PublicRecord<'_>,
        page: &Page,
    ) -> Option<Json> {
        let portal = self.portal;
        let kind = record.kind();
        let ty = if kind.schema_org.is_empty() { "Thing" } else { kind.schema_org };
        // A standing page is no more than the page that it is.
        if ty == "WebPage" {
            return None;
        }
        let address = absolute(portal, portal.path(handle)?);
        let mut json = Json::of([
            ("@type", ty.into()),
            ("@id", format!("{address}#{}", kind.singular).into()),
            ("url", address.into()),
            ("identifier", portal_id(record).into()),
            ("name", (&*record.heading()).into()),
        ]);
        let told: String = summary(scope, record).chars().take(DESCRIPTION).collect();
        json = json.with_some("description", Some(told).filter(|told| !told.is_empty()));
        for (property, value) in properties(scope, record.view()) {
            json = json.with(property, value);
        }
        if WORKS.contains(&ty) {
            json = json
                .with("headline", &*record.heading())
                .with_some("datePublished", moment(&page.published))
                .with_some("dateModified", moment(&page.modified))
                .with_some("sourceOrganization", named("Organization", &page.source));
        }
        if let (Home::Chapter, Some((title, route))) = (kind.home, page.crumbs.last()) {
            let book = named("Book", title).map(|book| book.with("url", absolute(portal, route)));
            json = json.with_some("isPartOf", book);
        }
        Some(json)
    }
}

/// The data catalogue as the page of the data files tells of it.
pub(super) fn catalogue(portal: &Portal) -> Json {
    let kinds = portal.data_kinds();
    let datasets = kinds.map(|(at, kind)| {
        let files = data_formats(kind).iter().map(|format| {
            Json::of([
                ("@type", "DataDownload".into()),
                ("encodingFormat", media_type(*format).into()),
                ("contentUrl", absolute(portal, &data_path(portal, kind, None, *format)).into()),
            ])
        });
        let days = portal.days_of(at);
        Json::of([
            ("@type", "Dataset".into()),
            ("@id", absolute(portal, &format!("data/index.html#{}", kind.plural)).into()),
            ("name", kind.label_in(&portal.locale).into()),
            ("description", kind.about_in(&portal.locale).into()),
        ])
        .with_some("datePublished", days.map(|(first, _)| first.to_string()))
        .with_some("dateModified", days.map(|(_, last)| last.to_string()))
        .with("creator", reference(portal, "#organ"))
        .with_some("license", portal.settings.data.licence.as_deref())
        .with("distribution", Json::List(files.collect()))
    });
    Json::of([
        ("@type", "DataCatalog".into()),
        ("@id", absolute(portal, "data/catalog.jsonld").into()),
        ("name", portal.settings.name.as_str().into()),
        ("dataset", Json::List(datasets.collect())),
    ])
}

/// Site, publisher and the service of complaints, on the first page.
fn home(portal: &Portal) -> Json {
    let settings = &portal.settings;
    let site = Json::of([
        ("@type", "WebSite".into()),
        ("@id", absolute(portal, "#site").into()),
        ("url", absolute(portal, "index.html").into()),
        ("name", settings.name.as_str().into()),
        ("inLanguage", settings.language.as_str().into()),
        ("publisher", reference(portal, "#organ")),
        (
            "potentialAction",
            Json::of([
                ("@type", "SearchAction".into()),
                ("target", format!("{}?q={{q}}", absolute(portal, "search.html")).into()),
                ("query-input", "required name=q".into()),
            ]),
        ),
    ]);
    let organ = organ(portal)
        .with("url", absolute(portal, "index.html"))
        .with("telephone", settings.phone_office.as_str())
        .with_some("address", settings.address.as_deref())
        .with_some("email", settings.mailbox.as_deref());
    let service = Json::of([
        ("@type", "GovernmentService".into()),
        ("name", portal.locale.word("complaints_service").into()),
        ("provider", reference(portal, "#organ")),
        (
            "availableChannel",
            Json::of([
                ("@type", "ServiceChannel".into()),
                (
                    "servicePhone",
                    Json::of([
                        ("@type", "ContactPoint".into()),
                        ("telephone", settings.hotline.as_str().into()),
                    ]),
                ),
            ]),
        ),
    ]);
    Json::of([("@context", "https://schema.org".into()), ("@graph", Json::List(vec![site, organ, service]))])
}

fn breadcrumb(portal: &Portal, page: &Page) -> Json {
    let above = page.crumbs.iter().map(|(title, route)| (title.as_str(), Some(absolute(portal, route))));
    let all = above.chain(std::iter::once((page.step(), None)));
    let items = all.zip(1usize..).map(|((title, address), position)| {
        Json::of([("@type", "ListItem".into()), ("position", position.into()), ("name", title.into())])
            .with_some("item", address)
    });
    Json::of([("@type", "BreadcrumbList".into()), ("itemListElement", Json::List(items.collect()))])
}

/// What the fields of the table say in the words of schema.org. `worksFor/Organization` names the type of what it leads to, and
/// `worksFor.startDate` tells of the part that one plays there, which then stands between as a `Role` with the same property.
fn properties<'p>(scope: Scope<'p>, view: PublicView<'p>) -> Vec<(&'static str, Json)> {
    let mut told: Vec<(&'static str, Json)> = Vec::new();
    let mut parts: Vec<(&str, &'static str, Json)> = Vec::new();
    for (field, value) in view.fields().filter(|(field, _)| !field.says.is_empty()) {
        let Some(value) = json_of(scope, field, value) else { continue };
        for says in field.says.split(' ') {
            if let Some((property, part)) = says.split_once('.') {
                parts.push((property, part, value.clone()));
            } else if let Some((property, ty)) = says.split_once('/') {
                told.push((property, Json::of([("@type", ty.into()), ("name", value.clone())])));
            } else {
                told.push((says, value.clone()));
            }
        }
    }
    for (property, value) in &mut told {
        let mut own = parts.iter().filter(|(of, ..)| of == property).peekable();
        if own.peek().is_some() {
            let thing = std::mem::replace(value, Json::Flag(false));
            let role = Json::of([("@type", "OrganizationRole".into()), (*property, thing)]);
            *value = own.fold(role, |role, (_, part, value)| role.with(part, value.clone()));
        }
    }
    told
}

fn json_of<'p>(scope: Scope<'p>, field: &'static Field, value: &'p Value) -> Option<Json> {
    match (field.ty, value) {
        (_, Value::Absent | Value::Spoilt | Value::Object(_)) => None,
        (Type::List(Type::Text), Value::List(members)) => {
            Some(Json::texts(members.iter().filter_map(Value::as_text)))
        }
        (_, Value::Count(count)) => Some(Json::Number(*count)),
        (_, Value::Flag(flag)) => Some(Json::Flag(*flag)),
        (_, Value::Date(day)) => Some(day.to_string().into()),
        _ => Some(scope.cell(field, value)).filter(|cell| !cell.is_empty()).map(Json::from),
    }
}

/// A text is known by its place, everything else by its id.
fn portal_id(record: PublicRecord<'_>) -> String {
    match record.prose() {
        Some(prose) if prose.folder.is_empty() => prose.slug.to_string(),
        Some(prose) => format!("{}/{}", prose.folder, prose.slug),
        None => record.id().to_string(),
    }
}

fn organ(portal: &Portal) -> Json {
    Json::of([
        ("@type", "GovernmentOrganization".into()),
        ("@id", absolute(portal, "#organ").into()),
        ("name", portal.settings.organ.as_str().into()),
    ])
}

fn named(ty: &str, name: &str) -> Option<Json> {
    (!name.is_empty()).then(|| Json::of([("@type", ty.into()), ("name", name.into())]))
}

fn media_type(format: DataFormat) -> &'static str {
    format.media_type().trim_start_matches("https://www.iana.org/assignments/media-types/")
}

/// `YYYY-MM-DD HH:MM` as schema.org has it; a day alone where no time is told.
fn moment(text: &str) -> Option<String> {
    match text.split_once(' ') {
        Some((day, "00:00")) => Some(day.to_string()),
        Some((day, time)) => Some(format!("{day}T{time}:00+08:00")),
        None => (!text.is_empty()).then(|| text.to_string()),
    }
}

fn absolute(portal: &Portal, path: &str) -> String {
    format!("{}{path}", portal.settings.base_url)
}

fn reference(portal: &Portal, path: &str) -> Json {
    Json::of([("@id", absolute(portal, path).into())])
}

/// JSON in which no `<`, `>` or `&` stands and no line ends: whatever a text holds, HTML reads it as text alone.
fn as_text(json: &Json) -> String {
    // Writing to memory cannot fail.
    let text = serde_json::to_string(json).unwrap_or_default();
    if !text.contains(['<', '>', '&', '\u{2028}', '\u{2029}']) {
        return text;
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => safe.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_element_that_holds_it_and_every_text_comes_back() {
        let hostile = "</script><!-- <script> ]]> & \u{2028}\u{2029} \"'\\ 甲";
        let text = as_text(&Json::of([("name", hostile.into())]));
        assert!(!text.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{text}");
        let back: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(back["name"], hostile);
    }

    #[test]
    fn a_day_without_a_time_stays_a_day() {
        assert_eq!(moment("2026-11-22 00:00").as_deref(), Some("2026-11-22"));
        assert_eq!(moment("2026-11-22 09:30").as_deref(), Some("2026-11-22T09:30:00+08:00"));
        assert_eq!(moment(""), None);
    }
}
