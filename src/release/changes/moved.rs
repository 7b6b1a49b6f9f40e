//! Days of publication that were changed after a release.
//!
//! In: a record as the release before published it and as it is published now. Out: a note for the office when the day has moved and
//! no correction tells so: inspectors take that for a forged date (弄虚作假; portals' inspection IX-06).
//!
//! Not here: what else changed (`changes`).

use serde_json::Value;

use crate::diagnostic::Message;
use crate::disclose::PublicRecord;
use crate::record::field::Kind;

/// The note on a record whose day has moved; `was` and `is` are its JSON.
pub(super) fn moved(kind: &Kind, record: PublicRecord<'_>, was: &[u8], is: &[u8]) -> Option<Message> {
    let key = kind.period.from.or(kind.dated)?;
    let day = |json: &[u8]| {
        let record: Value = serde_json::from_slice(json).ok()?;
        Some(record.get(key)?.as_str()?.to_string())
    };
    let (was, is) = (day(was)?, day(is)?);
    let (kind, en, id) = (kind.zh, kind.en, record.id());
    (was != is).then(|| {
        Message::new(
            format!("{kind} {id} 的日期 {key} 在公布之后由 {was} 改成了 {is}，而没有登记更正；写错的，请在 corrections 里登记一条更正"),
            format!("the day {key} of {en} {id} was {was} when it was published and is {is} now, and no correction says so; when it was wrong, enter one in corrections"),
        )
    })
}
