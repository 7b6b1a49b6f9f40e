//! Records of ledgers that need not be read again: they are kept in the cache under the hash of their file's text.
//!
//! In: the records of a file that was read without a finding. Out: bytes, and the same records back. Every text of a file is
//! kept once, so that records share it. The bytes hold nothing of the file's place among the sources: a record without an id
//! of its own is named anew. Damaged bytes, and those made under other field tables, give nothing.
//!
//! Not here: where the bytes lie and their checksum (`cache`).

use arcstr::ArcStr;

use super::Kinds;
use super::field::Identity;
use super::read::{ReadRecord, anonymous_id};
use super::value::{Record, Value};
use super::values::Values;
use crate::cache::Cache;
use crate::calendar::Date;
use crate::diagnostic::{FileId, Origin};
use crate::route::RecordId;
use crate::source::Limits;
use crate::spread::Map;
use crate::text::content_hash;
use crate::varint;

/// What the name of every file of records begins with.
const PREFIX: &str = "records-";

/// Deeper lists and objects are in no field table.
const DEEPEST: usize = 16;

const SPOILT: u8 = 1;
const TEXT: u8 = 2;
const COUNT: u8 = 3;
const NO: u8 = 4;
const YES: u8 = 5;
const DATE: u8 = 6;
const CHOICE: u8 = 7;
const LIST: u8 = 8;
const OBJECT: u8 = 9;
const ALL_SLOTS: u8 = 10;

/// The kept records of ledgers.
#[derive(Debug)]
pub(super) struct Shelf<'c> {
    cache: &'c Cache,
    pub(super) kinds: &'c Kinds,
    key: u128,
}

impl<'c> Shelf<'c> {
    /// A shelf of records that were read by this program, `program` being its content key, with these kinds and limits.
    pub(super) fn open(cache: &'c Cache, kinds: &'c Kinds, limits: &Limits, program: u128) -> Shelf<'c> {
        let declared = format!("{program:x} {limits:?} {:?} {:?}", kinds.declared(), kinds.left_out);
        Shelf { cache, kinds, key: content_hash(declared.as_bytes()) }
    }

    /// The name in the cache for a text with this hash.
    pub(super) fn name(&self, text: u128) -> String {
        format!("{PREFIX}{:032x}", text ^ self.key.rotate_left(1))
    }

    /// The records of a text, if they are kept.
    pub(super) fn take(&self, name: &str, file: FileId) -> Option<Vec<ReadRecord>> {
        read(&self.cache.read(name)?, self.kinds, file)
    }

    /// Keeps the records of a text that was read without a finding.
    pub(super) fn put(&self, name: &str, records: &[ReadRecord]) {
        if self.cache.is_open()
            && let Some(bytes) = write(records, self.kinds)
        {
            self.cache.write(name, &bytes);
        }
    }
}

/// The texts of a file, each once.
#[derive(Default)]
struct Texts<'r> {
    numbers: Map<u128, u64>,
    texts: Vec<&'r str>,
}

impl<'r> Texts<'r> {
    fn add(&mut self, text: &'r str, out: &mut Vec<u8>) {
        let next = self.texts.len() as u64;
        let number = *self.numbers.entry(content_hash(text.as_bytes())).or_insert(next);
        if number == next {
            self.texts.push(text);
        }
        varint::add(number, out);
    }
}

fn write(records: &[ReadRecord], kinds: &Kinds) -> Option<Vec<u8>> {
    let (mut texts, mut body) = (Texts::default(), Vec::new());
    for ReadRecord { kind, record } in records {
        let kind = kinds.at(*kind)?;
        texts.add(kind.plural, &mut body);
        varint::add(record.origin.node.into(), &mut body);
        if is_named(kind.identity) {
            texts.add(record.id.as_str(), &mut body);
        }
        write_values(&record.values, &mut texts, &mut body);
    }
    let mut out = Vec::with_capacity(body.len() * 3);
    varint::add(records.len() as u64, &mut out);
    varint::add(texts.texts.len() as u64, &mut out);
    texts.texts.iter().for_each(|text| varint::add(text.len() as u64, &mut out));
    texts.texts.iter().for_each(|text| out.extend_from_slice(text.as_bytes()));
    out.extend_from_slice(&body);
    Some(out)
}

fn write_values<'r>(values: &'r Values, texts: &mut Texts<'r>, out: &mut Vec<u8>) {
    match values.given() {
        Some((len, given, values)) => {
            out.push(OBJECT);
            varint::add(len as u64, out);
            varint::add(given, out);
            values.iter().for_each(|value| write_value(value, texts, out));
        }
        None => {
            out.push(ALL_SLOTS);
            varint::add(values.iter().count() as u64, out);
            values.iter().for_each(|value| write_value(value, texts, out));
        }
    }
}

fn write_value<'r>(value: &'r Value, texts: &mut Texts<'r>, out: &mut Vec<u8>) {
    match value {
        Value::Absent => out.push(0),
        Value::Spoilt => out.push(SPOILT),
        Value::Text(text) => {
            out.push(TEXT);
            texts.add(text, out);
        }
        Value::Count(count) => {
            out.push(COUNT);
            varint::add(*count as u64, out);
        }
        Value::Flag(flag) => out.push(if *flag { YES } else { NO }),
        Value::Date(date) => {
            out.push(DATE);
            varint::add((date.year() as u64) << 9 | (date.month() as u64) << 5 | date.day() as u64, out);
        }
        Value::Choice(at) => {
            out.push(CHOICE);
            varint::add((*at).into(), out);
        }
        Value::List(members) => {
            out.push(LIST);
            varint::add(members.len() as u64, out);
            members.iter().for_each(|member| write_value(member, texts, out));
        }
        Value::Object(values) => write_values(values, texts, out),
    }
}

/// What is left to be read, and the texts.
struct Kept<'b> {
    bytes: &'b [u8],
    texts: Vec<ArcStr>,
}

fn read(bytes: &[u8], kinds: &Kinds, file: FileId) -> Option<Vec<ReadRecord>> {
    let mut kept = Kept { bytes, texts: Vec::new() };
    let count = kept.size()?;
    let lengths = (0..kept.size()?).map(|_| kept.size()).collect::<Option<Vec<usize>>>()?;
    let (texts, rest) = kept
        .bytes
        .split_at_checked(lengths.iter().try_fold(0, |sum: usize, length| sum.checked_add(*length))?)?;
    let mut texts = std::str::from_utf8(texts).ok()?;
    for length in lengths {
        let (text, behind) = texts.split_at_checked(length)?;
        kept.texts.push(text.into());
        texts = behind;
    }
    kept.bytes = rest;
    let mut records = Vec::with_capacity(count);
    for _ in 0..count {
        let kind = kinds.index(kept.text()?)?;
        let node = u32::try_from(varint::take(&mut kept.bytes)?).ok()?;
        let id = match is_named(kinds.at(kind)?.identity) {
            true => RecordId::parse(kept.text()?).ok()?,
            false => anonymous_id(file, node)?,
        };
        let Value::Object(values) = kept.value(0)? else { return None };
        let origin = Origin { file, node };
        records.push(ReadRecord { kind, record: Record { id, origin, values, prose: None } });
    }
    kept.bytes.is_empty().then_some(records)
}

impl Kept<'_> {
    /// A number of things that follow, each of at least a byte.
    fn size(&mut self) -> Option<usize> {
        let size = usize::try_from(varint::take(&mut self.bytes)?).ok()?;
        (size <= self.bytes.len()).then_some(size)
    }

    fn text(&mut self) -> Option<&ArcStr> {
        let number = usize::try_from(varint::take(&mut self.bytes)?).ok()?;
        self.texts.get(number)
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        let (sort, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(match *sort {
            0 => Value::Absent,
            SPOILT => Value::Spoilt,
            TEXT => Value::Text(self.text()?.clone()),
            COUNT => Value::Count(varint::take(&mut self.bytes)? as i64),
            NO => Value::Flag(false),
            YES => Value::Flag(true),
            DATE => {
                let day = u32::try_from(varint::take(&mut self.bytes)?).ok()?;
                let year = i16::try_from(day >> 9).ok()?;
                Value::Date(Date::new(year, (day >> 5 & 15) as i8, (day & 31) as i8)?)
            }
            CHOICE => Value::Choice(u16::try_from(varint::take(&mut self.bytes)?).ok()?),
            LIST => {
                let members = (0..self.size()?).map(|_| self.value(depth + 1)).collect::<Option<Vec<_>>>()?;
                Value::List(members.into())
            }
            OBJECT => {
                let len = usize::try_from(varint::take(&mut self.bytes)?).ok()?;
                let given = varint::take(&mut self.bytes)?;
                let values = std::iter::from_fn(|| Some(self.value(depth + 1)));
                Value::Object(Values::of_given(len, given, values)?)
            }
            ALL_SLOTS => {
                let slots = (0..self.size()?).map(|_| self.value(depth + 1)).collect::<Option<Vec<_>>>()?;
                Value::Object(Values::of(slots))
            }
            _ => return None,
        })
    }
}

/// Whether a record of the kind has an id of its own, not one by its place.
fn is_named(identity: Identity) -> bool {
    matches!(identity, Identity::Key(_) | Identity::KeyOr(..))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Findings;
    use crate::record::read::Reader;
    use crate::source::parse_yaml;

    const LEDGER: &str = "enterprises:
  - {id: demo-1, name: 样例店, uscc: null, region: '990101101', sector: sales, coverage_level: C, status: active,
     fs_officers: [{name: 甲某, phone_office: 0000-1234567}, {name: 甲某}],
     covered_by: [{cadre: yangli-0001, from: 2026-01-05}]}
sampling_notices:
  - {id: 2026-07, notice_no: 2026年第7号, date: 2026-08-20, declared: {batches: 2, qualified: 1, unqualified: 1},
     samples: [{sample_no: XBJ26990101000000001, food_name: 韭菜, items: [], conclusion: unqualified}]}
withdrawals:
  - {kind: blacklist, id: blk-1, on: 2026-11-02, reason: 信用修复}
trainings: []
";

    fn read_anew(kinds: &Kinds, file: FileId) -> Vec<ReadRecord> {
        let mut findings = Findings::default();
        let document = parse_yaml(file, LEDGER, &Limits::default(), &mut findings);
        Reader::new(kinds, file, &mut findings).ledger(document.root().unwrap())
    }

    #[test]
    fn records_come_back_as_they_were_read_also_when_their_file_has_another_number() {
        let kinds = Kinds::builtin();
        let records = read_anew(&kinds, FileId(3));
        assert_eq!(records.len(), 4);
        let bytes = write(&records, &kinds).unwrap();
        for file in [3, 7] {
            let kept = read(&bytes, &kinds, FileId(file)).unwrap();
            assert_eq!(format!("{kept:?}"), format!("{:?}", read_anew(&kinds, FileId(file))));
        }
        let empty = write(&[], &kinds).unwrap();
        assert!(read(&empty, &kinds, FileId(0)).unwrap().is_empty());
    }

    #[test]
    fn a_text_of_many_records_is_kept_once_and_shared() {
        let kinds = Kinds::builtin();
        let records = read_anew(&kinds, FileId(0));
        let bytes = write(&records, &kinds).unwrap();
        let name = "甲某".as_bytes();
        assert_eq!(bytes.windows(name.len()).filter(|window| *window == name).count(), 1);
    }

    #[test]
    fn damaged_bytes_give_nothing_or_some_records_and_never_a_panic() {
        let kinds = Kinds::builtin();
        let bytes = write(&read_anew(&kinds, FileId(0)), &kinds).unwrap();
        for length in 0..bytes.len() {
            assert!(read(&bytes[..length], &kinds, FileId(0)).is_none(), "cut at {length}");
        }
        for at in 0..bytes.len() {
            for change in [1, 2, 8, 64, 128, 255] {
                let mut altered = bytes.clone();
                altered[at] ^= change;
                if let Some(records) = read(&altered, &kinds, FileId(0)) {
                    assert!(records.len() <= altered.len());
                }
            }
        }
    }

    #[test]
    fn another_program_other_limits_and_other_fields_have_a_shelf_of_their_own() {
        let (cache, kinds) = (Cache::none(), Kinds::builtin());
        let name =
            |kinds: &Kinds, limits: &Limits, program| Shelf::open(&cache, kinds, limits, program).name(5);
        let own = name(&kinds, &Limits::default(), 1);
        let mut more = Kinds::builtin();
        more.leave_out("stations");
        assert_eq!(own, name(&kinds, &Limits::default(), 1));
        for other in [
            name(&kinds, &Limits::default(), 2),
            name(&kinds, &Limits { depth: 7, ..Limits::default() }, 1),
            name(&more, &Limits::default(), 1),
        ] {
            assert_ne!(own, other);
        }
    }
}
