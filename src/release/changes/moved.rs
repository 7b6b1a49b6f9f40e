//! Days of publication and decision that were changed after a release.
//!
//! In: a record as the release before published it and as it is published now. Out: a note for the office for each day that the
//! kind declares as fixed and that has moved, where no correction tells so: inspectors take that for a forged date (弄虚作假;
//! portals' inspection IX-06).
//!
//! Not here: what else changed (`changes`), and which days are fixed (`Kind::fixed_days`).

use serde_json::Value;

use crate::diagnostic::Message;
use crate::disclose::PublicRecord;
use crate::record::field::Kind;

/// The notes on a record whose days have moved; `was` and `is` are its JSON.
pub(super) fn moved(kind: &Kind, record: PublicRecord<'_>, was: &[u8], is: &[u8]) -> Vec<Message> {
    if kind.fixed_days.is_empty() {
        return Vec::new();
    }
    let read = |json: &[u8]| serde_json::from_slice::<Value>(json).ok();
    let (Some(was), Some(is)) = (read(was), read(is)) else { return Vec::new() };
    let (zh, en, id) = (kind.zh, kind.en, record.id());
    let moved = kind.fixed_days.iter().filter_map(|key| {
        let (was, is) = (was.get(key)?.as_str()?, is.get(key)?.as_str()?);
        (was != is).then(|| {
            Message::new(
                format!("{zh} {id} 的日期 {key} 在公布之后由 {was} 改成了 {is}，而没有登记更正；写错的，请在 corrections 里登记一条更正"),
                format!("the day {key} of {en} {id} was {was} when it was published and is {is} now, and no correction says so; when it was wrong, enter one in corrections"),
            )
        })
    });
    moved.collect()
}
