//! What was published last: the newest facts of the site, of each kind, of each column and of each region down to county.
//!
//! In: the records behind the gate that have a page and a day, and the corrections of what is still there. Out: short lists
//! made once, newest first, from which feeds are written. What was withdrawn or has expired is not behind the gate, so it is
//! in no list.
//!
//! Not here: how a feed looks (`render`), and which feeds there are (`plan`).

use std::collections::{BTreeMap, HashMap};

use super::departures::Row;
use super::portal::Portal;
use crate::calendar::Date;
use crate::record::edges::Handle;
use crate::record::field::{Home, Kind, Type};
use crate::record::{region, value::Value};

/// Most facts of a list.
pub const NEWEST: usize = 50;

/// A fact with the moments at which it was published and last corrected, both `YYYY-MM-DD HH:MM`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The record.
    pub handle: Handle,
    /// When it was published.
    pub published: String,
    /// When it was last corrected, or published.
    pub updated: String,
}

/// The newest facts, by where they belong.
#[derive(Debug, Default)]
pub struct News {
    /// Of the whole site.
    pub site: Vec<Fact>,
    kinds: BTreeMap<u16, Vec<Fact>>,
    columns: BTreeMap<String, Vec<Fact>>,
    regions: BTreeMap<u32, Vec<Fact>>,
}

impl News {
    /// Of a kind.
    pub fn of_kind(&self, kind: u16) -> &[Fact] {
        self.kinds.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// Of a column of articles.
    pub fn of_column(&self, id: &str) -> &[Fact] {
        self.columns.get(id).map_or(&[], Vec::as_slice)
    }

    /// Of a region and those below it.
    pub fn of_region(&self, region: Handle) -> &[Fact] {
        self.regions.get(&region.no).map_or(&[], Vec::as_slice)
    }
}

impl Portal {
    /// The regions that have news of their own: cities and counties, without the portal's own region and those above.
    pub fn news_regions(&self) -> impl Iterator<Item = Handle> + '_ {
        self.handles(self.kind(&region::KIND)).filter(|handle| self.has_news(*handle))
    }

    /// Whether a region has news of its own.
    pub fn has_news(&self, handle: Handle) -> bool {
        let Some(record) = self.record(handle) else { return false };
        let level = record.view().choice(region::LEVEL).map(|level| level.key);
        matches!(level, Some("city" | "county"))
            && record.id() != self.settings.region
            && !self.region_chain(&self.settings.region).contains(&handle)
    }

    /// The day on which a record was last corrected, or published; none when it tells of no day.
    pub fn changed(&self, handle: Handle) -> Option<Date> {
        self.published(handle).max(self.corrected_on(handle))
    }

    /// What was corrected of a record, newest first.
    pub fn corrections_of(&self, handle: Handle) -> impl Iterator<Item = &Row> {
        let rows = self.corrected.get(&handle).into_iter().flatten();
        rows.filter_map(|at| self.departures.corrections.get(*at))
    }

    fn corrected_on(&self, handle: Handle) -> Option<Date> {
        self.corrections_of(handle).next().map(|row| row.on)
    }

    /// The places of the corrections of each record that is still there, newest first as they stand.
    pub(super) fn gather_corrections(&self) -> HashMap<Handle, Vec<usize>> {
        let mut places: HashMap<Handle, Vec<usize>> = HashMap::new();
        for (at, row) in self.departures.corrections.iter().enumerate() {
            let kind = self.kinds.all().find(|kind| kind.plural == row.kind);
            if let Some(handle) = kind.and_then(|kind| self.find(kind, &row.id)) {
                places.entry(handle).or_default().push(at);
            }
        }
        places
    }

    pub(super) fn make_news(&self) -> News {
        let mut facts: Vec<Fact> = Vec::new();
        for (at, kind) in (0u16..).zip(self.kinds.all()).filter(|(_, kind)| kind.dated.is_some()) {
            let listed = self.lists(at).into_iter().flat_map(|lists| &lists.all);
            let handles = listed.map(|no| Handle { kind: at, no: *no });
            facts.extend(handles.filter_map(|handle| self.fact(kind, handle)));
        }
        facts.sort_by(|a, b| {
            (&b.updated, &b.published)
                .cmp(&(&a.updated, &a.published))
                .then_with(|| self.route(a.handle).cmp(&self.route(b.handle)))
        });
        let mut news = News::default();
        for fact in facts {
            if let Some(column) = self.column_of(fact.handle) {
                put(news.columns.entry(column).or_default(), &fact);
            }
            for region in self.regions_of_news(fact.handle) {
                put(news.regions.entry(region.no).or_default(), &fact);
            }
            put(news.kinds.entry(fact.handle.kind).or_default(), &fact);
            put(&mut news.site, &fact);
        }
        news
    }

    fn fact(&self, kind: &'static Kind, handle: Handle) -> Option<Fact> {
        self.route(handle)?;
        let day = self.published(handle)?;
        let minute = kind.period.from.and_then(|key| {
            let slot = kind.slot(key).filter(|slot| {
                kind.fields.get(*slot).is_some_and(|field| matches!(field.ty, Type::Moment))
            })?;
            self.stored(handle)?.values.get(slot).as_text().map(str::to_string)
        });
        let published = minute.unwrap_or_else(|| format!("{day} 00:00"));
        let corrected = self.corrected_on(handle).map(|day| format!("{day} 00:00"));
        let updated = corrected.map_or_else(|| published.clone(), |day| day.max(published.clone()));
        Some(Fact { handle, published, updated })
    }

    fn column_of(&self, handle: Handle) -> Option<String> {
        let record = self.record(handle).filter(|record| record.kind().home == Home::Article)?;
        let folder = record.prose()?.folder.split('/').next()?.to_string();
        Some(folder)
    }

    /// The regions among whose news a record is: those in which it lies and those that it lists.
    fn regions_of_news(&self, handle: Handle) -> Vec<Handle> {
        let listed = self.stored(handle).zip(self.kinds.at(usize::from(handle.kind))).into_iter();
        let listed = listed.flat_map(|(record, kind)| kind.fields.iter().zip(&record.values));
        let listed = listed.filter_map(|(field, value)| match (field.ty, value) {
            (Type::List(Type::RegionCode), Value::List(codes)) => Some(codes.iter()),
            _ => None,
        });
        let listed = listed.flatten().filter_map(Value::as_text);
        let mut found: Vec<Handle> = self.region_of(handle).into_iter().collect();
        found.extend(listed.filter_map(|code| self.find(&region::KIND, code)));
        let codes = found.iter().filter_map(|region| self.record(*region)).map(|record| record.id());
        let mut chain: Vec<Handle> = codes.flat_map(|code| self.region_chain(code)).collect();
        chain.sort_unstable();
        chain.dedup();
        chain.retain(|region| self.has_news(*region));
        chain
    }
}

fn put(list: &mut Vec<Fact>, fact: &Fact) {
    if list.len() < NEWEST {
        list.push(fact.clone());
    }
}
