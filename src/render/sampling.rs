//! What the pages of sampling notices, samples, penalties and blacklist entries show besides their fields.
//!
//! In: the record and the records it is linked with. Out: more entries of its page's context. Not here: the
//! fields themselves (`values`), and the page around them (`record`).

use tera::{Context, Value};

use super::record::row;
use super::values::{Scope, list};
use crate::disclose::{Portal, PublicRecord};
use crate::plan::{Part, ROWS};
use crate::record::edges::Handle;
use crate::record::{disposal, enterprise, penalty, sample, sampling_notice};

/// Adds the view of a kind of this file; other kinds get nothing.
pub(super) fn view<'p>(
    scope: Scope<'p>,
    handle: Handle,
    record: PublicRecord<'p>,
    part: Part,
    context: &mut Context,
) {
    let notice_words = |notice: Option<PublicRecord<'p>>| {
        let own = notice.and_then(|notice| notice.view().text(sampling_notice::DISCLAIMER));
        Value::from(own.unwrap_or(disclaimer(scope.portal)))
    };
    match record.kind().plural {
        "sampling_notices" => {
            let edges = scope.portal.incoming_of(handle, scope.portal.kind(&sample::KIND));
            let (bad, good): (Vec<Handle>, Vec<Handle>) =
                edges.iter().map(|edge| edge.end).partition(|sample| failed(scope.portal, *sample));
            // Unqualified rows stand first, and one table goes on over the parts.
            let from = (part.number as usize - 1) * ROWS;
            let shown: Vec<Handle> = bad.iter().chain(&good).skip(from).take(ROWS).copied().collect();
            let rows = |wanted: &[Handle]| {
                list(
                    shown
                        .iter()
                        .filter(|handle| wanted.contains(handle))
                        .map(|shown| row(scope, *shown, handle))
                        .collect(),
                )
            };
            context.insert_value("unqualified", rows(&bad));
            context.insert_value("qualified", rows(&good));
            context.insert_value("disclaimer", notice_words(Some(record)));
        }
        "samples" => {
            context.insert_value("disposals", disposals(scope, handle));
            let notice = record
                .view()
                .text(sample::NOTICE)
                .and_then(|id| scope.portal.find(&sampling_notice::KIND, id));
            context.insert_value("notice", notice.map_or_else(Value::none, |notice| scope.link_to(notice)));
            context.insert_value(
                "disclaimer",
                notice_words(notice.and_then(|notice| scope.portal.record(notice))),
            );
        }
        "blacklist" | "penalties" => {
            let kind = scope.portal.kind(&enterprise::KIND);
            let party = scope.portal.outgoing(handle).iter().find(|edge| edge.end.kind == kind);
            context
                .insert_value("enterprise", party.map_or_else(Value::none, |edge| scope.link_to(edge.end)));
            let penalties = scope.portal.kind(&penalty::KIND);
            let named = scope.portal.outgoing(handle).iter().find(|edge| edge.end.kind == penalties);
            context
                .insert_value("penalty_link", named.map_or_else(Value::none, |edge| scope.link_to(edge.end)));
            let basis = named.and_then(|edge| scope.portal.record(edge.end)?.view().text(penalty::BASIS));
            context.insert_value("penalty_basis", basis.map_or_else(Value::none, Value::from));
            context.insert_value(
                "samples",
                list(samples_behind(scope, handle).into_iter().map(|sample| scope.link_to(sample)).collect()),
            );
        }
        _ => {}
    }
}

/// The sentence of sampling notices that have none of their own.
pub(super) fn disclaimer(portal: &Portal) -> &str {
    portal.settings.disclaimer.as_deref().unwrap_or(portal.locale.word("disclaimer"))
}

/// The disposals of a sample.
pub(super) fn disposals(scope: Scope<'_>, handle: Handle) -> Value {
    let edges = scope.portal.incoming_of(handle, scope.portal.kind(&disposal::KIND));
    list(edges.iter().map(|edge| scope.record_map(edge.end)).collect())
}

/// The samples whose disposals name a penalty.
fn samples_behind(scope: Scope<'_>, penalty: Handle) -> Vec<Handle> {
    let disposals = scope.portal.incoming_of(penalty, scope.portal.kind(&disposal::KIND));
    let samples = scope.portal.kind(&sample::KIND);
    disposals
        .iter()
        .flat_map(|edge| scope.portal.outgoing(edge.end))
        .map(|edge| edge.end)
        .filter(|end| end.kind == samples)
        .collect()
}

/// Whether a sample is unqualified.
pub(super) fn failed(portal: &Portal, sample: Handle) -> bool {
    let verdict = portal.record(sample).and_then(|record| record.view().choice(sample::CONCLUSION));
    verdict.is_some_and(|verdict| verdict.key == "unqualified")
}
