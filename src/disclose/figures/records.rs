//! Figures as records of their kind, so that data files, schema, catalogue and changes have them like all others.
//!
//! In: the cells. Out: one record a figure, sorted by id. An id is made of measure, region, period and class alone, so it stays the
//! same while the numbers change; what is not ASCII in it becomes a checksum.
//!
//! Not here: values, targets and verdicts (`mod`).

use super::Figure;
use crate::diagnostic::{FileId, Origin};
use crate::disclose::portal::Portal;
use crate::rate;
use crate::record::field::Slot as _;
use crate::record::figure as table;
use crate::record::texts::Texts;
use crate::record::value::{Record, Value};
use crate::record::values::Values;
use crate::route::RecordId;
use crate::text::content_hash;

impl Portal {
    /// Adds the figures to the tables behind the gate.
    pub(in crate::disclose) fn add_figure_records(&mut self) {
        let at = usize::from(self.kind(&table::KIND));
        let figures = self.figures.cells.iter().filter_map(|(key, parts)| self.figure_of(key, parts));
        let mut texts = Texts::default();
        let mut made: Vec<Record> =
            figures.filter_map(|figure| self.figure_record(&figure, &mut texts)).collect();
        made.shrink_to_fit();
        made.sort_by(|a, b| a.id.as_str().cmp(b.id.as_str()));
        made.dedup_by(|a, b| a.id == b.id);
        let days = made.iter().map(|record| record.view(&table::KIND).date(table::DATE)).collect();
        if let Some(used) = self.used.get_mut(at) {
            *used = !made.is_empty();
        }
        if let Some(published) = self.published.get_mut(at) {
            *published = days;
        }
        if let Some(lists) = self.lists.get_mut(at) {
            lists.all = (0..made.len() as u32).collect();
        }
        if let Some(figures) = self.tables.get_mut(at) {
            *figures = made;
        }
    }

    fn figure_record(&self, figure: &Figure<'_>, texts: &mut Texts) -> Option<Record> {
        let region = match figure.region {
            Some(region) => self.record(region)?.id(),
            None => self.settings.region.as_str(),
        };
        let mut text = |text: &str| Value::Text(texts.share(text));
        let mut values = vec![Value::Absent; table::FIELDS.len()];
        let mut set = |slot: crate::record::field::Public, value: Option<Value>| {
            if let (Some(place), Some(value)) = (values.get_mut(slot.index()), value) {
                *place = value;
            }
        };
        let id = figure_id(figure, region)?;
        set(table::ID, Some(Value::Text(id.as_str().into())));
        set(table::MEASURE, Some(Value::Choice(figure.at as u16)));
        set(table::REGION, Some(text(region)));
        set(table::PERIOD, figure.period.map(|period| text(&period.to_string())));
        set(table::CLASS, figure.class.map(|(class, _)| Value::Choice(class as u16)));
        set(table::OF, figure.class.map(|(_, value)| text(value)));
        set(table::NUM, Some(text(&figure.numerator())));
        set(table::DEN, figure.den.map(Value::Count));
        set(table::VALUE, figure.value().map(|value| text(&value)));
        set(table::TARGET, figure.target.map(|target| text(&rate::text(i128::from(target), 2))));
        set(table::MET, figure.met.map(Value::Flag));
        set(table::DATE, figure.day.map(Value::Date));
        let origin = Origin { file: FileId(u32::MAX), node: 0 };
        Some(Record { id, origin, values: Values::of(values), prose: None })
    }
}

fn figure_id(figure: &Figure<'_>, region: &str) -> Option<RecordId> {
    let mut id = format!("{}-{region}", figure.measure.key.replace('_', "-"));
    if let Some(period) = figure.period {
        id.push_str(&format!("-{period}"));
    }
    if let Some((class, value)) = figure.class {
        let plain = value.bytes().all(|byte| byte.is_ascii_alphanumeric()) && value.len() <= 16;
        let value = if plain { value.to_string() } else { checksum(value) };
        id.push_str(&format!("-{}-{value}", class.choice().key));
    }
    RecordId::parse(&id)
        .or_else(|_| RecordId::parse(&format!("{}-{}", figure.measure.key.replace('_', "-"), checksum(&id))))
        .ok()
}

fn checksum(text: &str) -> String {
    let short = content_hash(text.as_bytes()) as u32;
    format!("{short:08x}")
}
