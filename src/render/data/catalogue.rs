//! `data/catalog.jsonld`: every data file with its size and checksum, as DCAT 3 in JSON-LD (W3C Recommendation of 22 August 2024).
//!
//! A kind is a dataset; its records of one region are a dataset that is part of it; each file is a distribution. Days are
//! those of the records. The context stands in the file, so that a reader needs nothing else.
//!
//! Not here: files of changes, which depend on the release before; the catalogue does not.

use crate::disclose::Portal;
use crate::json::Json;
use crate::plan::{
    DataFormat, Inventory, ListOf, data_formats, data_path, has_lists, list_stem, part_path, schema_path,
};
use crate::record::edges::Handle;
use crate::record::field::Kind;
use crate::record::region;

const CONTEXT: [(&str, &str); 6] = [
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("spdx", "http://spdx.org/rdf/terms#"),
    ("vcard", "http://www.w3.org/2006/vcard/ns#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// No rhythm is promised: a portal is rebuilt when something changes.
const FREQUENCY: &str = "http://publications.europa.eu/resource/authority/frequency/IRREG";

/// The bytes of the catalogue.
pub(super) fn write(portal: &Portal, inventory: &Inventory) -> Vec<u8> {
    let settings = &portal.settings;
    let kinds = || portal.data_kinds();
    let mut datasets = Vec::new();
    for (at, kind) in kinds() {
        let whole = Dataset { portal, inventory, at, kind, within: None };
        datasets.push(whole.to_json());
        let parts = portal.data_regions(at).map(|region| Dataset { within: Some(region), ..whole });
        datasets.extend(parts.map(|part| part.to_json()));
    }
    let context = CONTEXT.map(|(prefix, address)| (prefix, Json::from(address)));
    let catalogue = Json::of([
        ("@context", Json::of(context)),
        ("@id", absolute(portal, "data/catalog.jsonld").into()),
        ("@type", "dcat:Catalog".into()),
        ("dct:title", text(portal, &settings.name)),
        (
            "dct:description",
            text(portal, &portal.locale.fill("about_catalogue", &[("name", &settings.name)])),
        ),
        ("dct:publisher", publisher(portal)),
        (
            "dcat:contactPoint",
            Json::of([
                ("@type", "vcard:Organization".into()),
                ("vcard:fn", settings.organ.as_str().into()),
                ("vcard:hasTelephone", reference(&format!("tel:{}", settings.phone_office))),
            ]),
        ),
        ("foaf:homepage", reference(&settings.base_url)),
        ("dct:language", settings.language.as_str().into()),
    ]);
    let catalogue = with_days(
        catalogue,
        kinds()
            .filter_map(|(at, _)| portal.days_of(at))
            .reduce(|one, other| (one.0.min(other.0), one.1.max(other.1))),
    );
    let own = portal.find(&region::KIND, &settings.region);
    catalogue
        .with_some("dct:spatial", own.and_then(|region| place(portal, region)))
        .with_some("dct:license", settings.data.licence.as_deref().map(reference))
        .with("dcat:dataset", Json::List(datasets))
        .to_bytes()
}

/// The records of a kind, all or those of a region.
#[derive(Clone, Copy)]
struct Dataset<'p> {
    portal: &'p Portal,
    inventory: &'p Inventory,
    at: u16,
    kind: &'static Kind,
    within: Option<Handle>,
}

impl Dataset<'_> {
    fn to_json(self) -> Json {
        let Dataset { portal, kind, within, .. } = self;
        let settings = &portal.settings;
        let region = within.or_else(|| portal.find(&region::KIND, &settings.region));
        let name = kind.label_in(&portal.locale);
        let title = match within.and_then(|region| portal.record(region)) {
            Some(region) => portal.locale.fill("list_of", &[("value", region.title()), ("kind", name)]),
            None => name.to_string(),
        };
        let dataset = Json::of([
            ("@id", self.address(within).into()),
            ("@type", "dcat:Dataset".into()),
            ("dct:identifier", self.address(within).into()),
            ("dct:title", text(portal, &title)),
            ("dct:description", text(portal, kind.about_in(&portal.locale))),
            ("dct:publisher", publisher(portal)),
            ("dct:accrualPeriodicity", reference(FREQUENCY)),
            ("dct:conformsTo", reference(&absolute(portal, &schema_path(kind)))),
            ("dcat:landingPage", reference(&self.landing_page())),
        ]);
        let days = portal.days_of(self.at);
        let dataset = with_days(dataset, days);
        let temporal = days.map(|(first, last)| {
            Json::of([
                ("@type", "dct:PeriodOfTime".into()),
                ("dcat:startDate", typed("xsd:date", &first.to_string())),
                ("dcat:endDate", typed("xsd:date", &last.to_string())),
            ])
        });
        let files = data_formats(kind).iter().map(|format| self.distribution(*format));
        dataset
            .with_some("dct:temporal", temporal)
            .with_some("dct:spatial", region.and_then(|region| place(portal, region)))
            .with_some("dct:isPartOf", within.map(|_| reference(&self.address(None))))
            .with_some("dct:license", settings.data.licence.as_deref().map(reference))
            .with("dcat:distribution", Json::List(files.collect()))
    }

    /// The dataset's name: the address of its page of columns, and of a part its folder.
    fn address(self, within: Option<Handle>) -> String {
        let region = within.and_then(|region| self.portal.record(region));
        let part = region.map_or(String::new(), |region| format!("-{}", region.id()));
        format!("{}#{}{part}", absolute(self.portal, "data/index.html"), self.kind.plural)
    }

    fn landing_page(self) -> String {
        let list = Some(ListOf { kind: self.at, facet: None });
        let stem = list.filter(|_| has_lists(self.kind)).and_then(|list| list_stem(self.portal, list));
        absolute(self.portal, &stem.map_or("data/index.html".to_string(), |stem| part_path(&stem, 1)))
    }

    fn distribution(self, format: DataFormat) -> Json {
        let path = data_path(self.portal, self.kind, self.within, format);
        let address = absolute(self.portal, &path);
        let conforms =
            (format != DataFormat::Csv).then(|| reference(&absolute(self.portal, &schema_path(self.kind))));
        let file = self.inventory.get(&path);
        let checksum = file.map(|file| {
            Json::of([
                ("@type", "spdx:Checksum".into()),
                ("spdx:algorithm", reference("spdx:checksumAlgorithm_sha256")),
                ("spdx:checksumValue", typed("xsd:hexBinary", &file.sha256)),
            ])
        });
        Json::of([
            ("@id", address.as_str().into()),
            ("@type", "dcat:Distribution".into()),
            ("dct:title", format.label().into()),
            ("dcat:downloadURL", reference(&address)),
            ("dcat:mediaType", reference(format.media_type())),
        ])
        .with_some("dcat:byteSize", file.map(|file| typed("xsd:nonNegativeInteger", &file.bytes.to_string())))
        .with_some("spdx:checksum", checksum)
        .with_some("dct:conformsTo", conforms)
        .with_some("dct:license", self.portal.settings.data.licence.as_deref().map(reference))
    }
}

fn with_days(json: Json, days: Option<(crate::calendar::Date, crate::calendar::Date)>) -> Json {
    let Some((first, last)) = days else { return json };
    json.with("dct:issued", typed("xsd:date", &first.to_string()))
        .with("dct:modified", typed("xsd:date", &last.to_string()))
}

fn publisher(portal: &Portal) -> Json {
    Json::of([("@type", "foaf:Organization".into()), ("foaf:name", portal.settings.organ.as_str().into())])
}

fn place(portal: &Portal, region: Handle) -> Option<Json> {
    let record = portal.record(region)?;
    let place = Json::of([
        ("@type", "dct:Location".into()),
        ("dct:title", text(portal, record.title())),
        ("dct:identifier", record.id().into()),
    ]);
    Some(match portal.path(region) {
        Some(path) => Json::of([("@id", absolute(portal, path).into())]).and(place),
        None => place,
    })
}

fn absolute(portal: &Portal, path: &str) -> String {
    format!("{}{path}", portal.settings.base_url)
}

fn reference(address: &str) -> Json {
    Json::of([("@id", address.into())])
}

fn typed(ty: &str, value: &str) -> Json {
    Json::of([("@type", ty.into()), ("@value", value.into())])
}

fn text(portal: &Portal, words: &str) -> Json {
    Json::of([("@language", portal.settings.language.as_str().into()), ("@value", words.into())])
}
