//! Notices before one leaves: the addresses outside government to which texts and records lead, each with a page of its own.
//!
//! In: the texts and the fields of addresses behind the gate, and the hosts to which one goes straight: the portal's own, those of
//! governments (`.gov.cn`), and those that `portal.yaml` allows. Out: addresses with routes, found once, by address. The route
//! is a hash of the address, so that it stays when others come and go.
//!
//! Source: 国办发〔2017〕47号 asks for a notice before one leaves to a site that is not a government's. Not here: how the notice
//! looks (`render`), and data, feeds and JSON-LD, which tell the address itself.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::portal::Portal;
use crate::host::{GOVERNMENT, host_of, is_below};
use crate::markdown;
use crate::record::field::{Field, Type, Visibility};
use crate::record::settings::Settings;
use crate::record::value::{Prose, Record, Value};
use crate::text::content_hash;

/// Digits of the hash in a route.
const DIGITS: usize = 12;

/// Where each address outside government has its notice.
#[derive(Debug, Default)]
pub struct Leaving {
    straight: Vec<String>,
    /// Addresses, percent-encoded, with the paths of their notices, by address.
    pages: Vec<(String, String)>,
}

impl Leaving {
    /// The notice that stands before an address; none where one goes straight.
    pub fn of(&self, target: &str) -> Option<&str> {
        let address = self.notice_for(target)?;
        let at = self.pages.binary_search_by(|(known, _)| known.as_str().cmp(&address)).ok()?;
        self.pages.get(at).map(|(_, path)| path.as_str())
    }

    /// Every address that has a notice, with its path, by address.
    pub fn pages(&self) -> &[(String, String)] {
        &self.pages
    }

    /// The address as the notice has it, if one is asked for.
    fn notice_for(&self, target: &str) -> Option<String> {
        let host = host_of(target)?;
        if self.straight.iter().any(|domain| is_below(&host, domain)) {
            return None;
        }
        markdown::outside_address(target)
    }
}

impl Portal {
    /// Finds the addresses of all texts and records.
    pub(super) fn gather_leaving(&self) -> Leaving {
        let mut leaving = Leaving { straight: straight(&self.settings), pages: Vec::new() };
        let mut found: BTreeMap<String, String> = BTreeMap::new();
        for (kind, table) in self.kinds.all().zip(&self.tables) {
            let slots: Vec<(usize, Type)> = slots(kind.fields).collect();
            let asks = |record: &Record| -> Vec<String> {
                let mut targets = record.prose.as_deref().map_or(Vec::new(), |prose| self.links(prose));
                slots.iter().for_each(|(at, ty)| addresses(*ty, record.values.get(*at), &mut targets));
                targets.iter().filter_map(|target| leaving.notice_for(target)).collect()
            };
            let asked: Vec<String> = table.par_iter().flat_map_iter(asks).collect();
            found.extend(asked.into_iter().map(|address| (address.clone(), path(&address))));
        }
        leaving.pages = found.into_iter().collect();
        leaving
    }

    /// The targets of a text's links that may lead to other sites.
    fn links(&self, prose: &Prose) -> Vec<String> {
        // Both slashes stand there plainly, as references to characters or behind the sign that takes a mark's meaning away.
        if !prose.body.contains("//") && !prose.body.contains(['&', '\\']) {
            return Vec::new();
        }
        let body = markdown::fill(&prose.body, &|words| Some(self.answers.of(words)?.words.clone()));
        markdown::outline(&body).links.into_iter().map(|link| link.target).collect()
    }
}

/// Domains to which one goes straight.
fn straight(settings: &Settings) -> Vec<String> {
    let own = host_of(&settings.base_url).into_iter().chain([settings.site.1.to_ascii_lowercase()]);
    let allowed = settings.inspection.allowed_hosts.iter().cloned();
    own.chain(GOVERNMENT.map(str::to_string)).chain(allowed).filter(|domain| !domain.is_empty()).collect()
}

fn path(address: &str) -> String {
    let hash = format!("{:032x}", content_hash(address.as_bytes()));
    format!("leaving/{}.html", hash.get(..DIGITS).unwrap_or(&hash))
}

/// The public slots in which an address may stand.
fn slots(fields: &'static [Field]) -> impl Iterator<Item = (usize, Type)> {
    let public = |(_, field): &(usize, &Field)| field.visibility != Visibility::Internal;
    let fields = fields.iter().enumerate().filter(public);
    fields.filter(|(_, field)| holds_addresses(field.ty)).map(|(at, field)| (at, field.ty))
}

fn holds_addresses(ty: Type) -> bool {
    match ty {
        Type::Url => true,
        Type::List(member) => holds_addresses(*member),
        Type::Object(fields) => slots(fields).next().is_some(),
        _ => false,
    }
}

fn addresses(ty: Type, value: &Value, found: &mut Vec<String>) {
    match (ty, value) {
        (Type::Url, Value::Text(text)) => found.push(text.to_string()),
        (Type::List(member), Value::List(values)) => {
            values.iter().for_each(|value| addresses(*member, value, found));
        }
        (Type::Object(fields), Value::Object(values)) => {
            slots(fields).for_each(|(at, ty)| addresses(ty, values.get(at), found));
        }
        _ => {}
    }
}
