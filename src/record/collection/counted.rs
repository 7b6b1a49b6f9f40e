//! Collections of which only numbers are published: 问题台账 and the like.
//!
//! In: `counted_by` of a definition and the fields with `counts`. Out: the keys by which records are counted, all other
//! fields made internal, and findings where a word does not serve: a group by a field that is a list or not public, a
//! count that is no whole number, lateness without a deadline.
//!
//! Not here: the counting itself (`disclose::counted`).

use super::parts::members;
use super::{Maker, leak_all, step};
use crate::diagnostic::{Message, Step};
use crate::record::definition as table;
use crate::record::field::{Constraint, Counts, Field, Public, Slot as _, Type, Visibility};
use crate::record::value::View;

/// The fields that a record of such a collection can be grouped by.
const GROUP: (&str, &str) = (
    "必填、公开的单个文字、选项、地区或期次字段",
    "a required public field of a single text, choice, region or period",
);

impl Maker<'_> {
    /// The keys by which records are counted. What is neither one of them nor a number becomes internal.
    pub(super) fn counted_by(&mut self, view: View<'_>, fields: &mut [Field]) -> &'static [&'static str] {
        let is_counted = !view.value(table::COUNTED_BY).is_absent();
        self.numbers(view, fields, is_counted);
        if !is_counted {
            return &[];
        }
        let mut keys = Vec::new();
        for (at, key) in (0u32..).zip(view.list(table::COUNTED_BY)) {
            let path = [step(table::COUNTED_BY), Step::Item(at)];
            let Some(field) = key.as_text().and_then(|key| self.field_of(fields, key, &path)) else {
                continue;
            };
            let fits = field.required
                && field.visibility == Visibility::Public
                && matches!(field.ty, Type::Text | Type::Choice(_) | Type::RegionCode | Type::Period);
            if !fits {
                self.unfit(&path, field.key, GROUP);
            }
            keys.push(field.key);
        }
        if keys.is_empty() || !fields.iter().any(|field| field.counts == Some(Counts::All)) {
            let message = Message::new(
                "只公布数量的类别，要写按哪些字段分，并有一个 counts: all 的字段",
                "a kind of which only numbers are published says by which fields, and has a field with `counts: all`",
            );
            self.blame(super::COLLECTION_FIELD, &[step(table::COUNTED_BY)], message).hint(Message::new(
                "写作 counted_by: [unit] 和 {key: found, zh: 发现, type: count, counts: all}",
                "write `counted_by: [unit]` and `{key: found, zh: 发现, type: count, counts: all}`",
            ));
        }
        for slot in [table::ID_FROM, table::FEED] {
            if !view.value(slot).is_absent() {
                let message = Message::new(
                    "只公布数量的类别没有记录的编号和订阅源，这里不能写",
                    "a kind of which only numbers are published has no ids of records and no feed",
                );
                self.blame(super::COLLECTION_FIELD, &[step(slot)], message)
                    .hint(Message::new("请删去这一行", "delete this line"));
            }
        }
        for field in fields.iter_mut().filter(|field| field.counts.is_none() && !keys.contains(&field.key)) {
            if field.key != "id" {
                (field.visibility, field.searched, field.facet, field.listed) =
                    (Visibility::Internal, 0, false, false);
            }
        }
        leak_all(keys)
    }

    /// Takes the words `counts`; each goes with a single whole number that nobody must fill in.
    fn numbers(&mut self, view: View<'_>, fields: &mut [Field], is_counted: bool) {
        for (at, written) in members(view, table::OWN_FIELDS) {
            let counts = match written.choice(table::field::COUNTS_WHAT) {
                Some("all") => Counts::All,
                Some("done") => Counts::Done,
                Some("late") => Counts::Late,
                _ => continue,
            };
            let key = written.text(table::field::KEY).unwrap_or_default();
            let Some(field) = fields.iter_mut().find(|field| field.key == key) else { continue };
            field.counts = Some(counts);
            let fits = matches!(field.ty, Type::Count) && !field.required;
            let path = [step(table::OWN_FIELDS), Step::Item(at), counting()];
            if !fits || !is_counted {
                self.ill_typed(
                    &path,
                    (
                        "counts 只用于写了 counted_by 的类别里不必填的整数字段（type: count）",
                        "`counts` goes with a whole number (`type: count`) that is not required, in a kind with `counted_by`",
                    ),
                );
            }
        }
    }

    /// The constraints, among them the deadline that numbers of what is done and what is late need.
    pub(super) fn counted_constraints(
        &mut self,
        view: View<'_>,
        fields: &'static [Field],
    ) -> &'static [Constraint] {
        let constraints = self.constraints(view, fields);
        let needs = |field: &Field| matches!(field.counts, Some(Counts::Done | Counts::Late));
        let late = fields.iter().find(|field| needs(field));
        if let Some(field) = late.filter(|_| !constraints.iter().any(|one| one.deadline().is_some())) {
            let message = Message::new(
                format!("`{}` 要有规则 due 才能计数", field.key),
                format!("`{}` can only be counted with a rule `due`", field.key),
            );
            self.blame(super::COLLECTION_FIELD, &[step(table::OWN_FIELDS)], message).hint(Message::new(
                "在 constraints 里写上 {rule: due, fields: [期限, 办完日期]}",
                "add `{rule: due, fields: [due, done]}` to the constraints",
            ));
        }
        constraints
    }
}

/// The step to the word `counts` of a field.
fn counting() -> Step {
    let slot: Public = table::field::COUNTS_WHAT;
    Step::Key(table::field::FIELDS.get(slot.index()).map_or("", |field| field.key))
}
