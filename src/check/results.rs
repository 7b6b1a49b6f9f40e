//! Single results of samples: figure, limit and conclusion agree; re-tests and producers are possible.
//!
//! In: samples with their items. Source: CFDA order 11 of 2014, article 37, and the notice of 2018 for what is not
//! re-tested; the columns of published tables. Not here: arithmetic (`measure`), whole notices (`notices`).

use crate::diagnostic::{Code, Findings, Message, Step};
use crate::record::sample::{self, item as tested, unit};
use crate::record::value::View;
use crate::text::excerpt;

use super::Context;
use super::measure::{Limit, Outcome, Relation, limit, outcome};
use super::subject::{Subject, is_spoilt, item, members, step};
use super::superscripts::with_superscripts;
use super::verdict::{Judgement, judge};

/// A conclusion that the figures contradict.
pub const VERDICT: Code = Code("E-RESULT-VERDICT");
/// Result and limit in each other's place.
pub const SWAPPED: Code = Code("E-RESULT-SWAPPED");
/// Units that do not convert.
pub const UNIT_MISMATCH: Code = Code("E-UNIT-MISMATCH");
/// A lost superscript.
pub const SUPERSCRIPT: Code = Code("W-SUPERSCRIPT");
/// An unqualified item without figure or limit.
pub const NO_VALUE: Code = Code("W-RESULT-NO-VALUE");
/// A re-test of a microbial item.
pub const RETEST_MICROBE: Code = Code("W-RETEST-MICROBE");
/// Prepackaged food without a producer.
pub const PRODUCER_SLASH: Code = Code("W-PRODUCER-SLASH");

/// Words of microbial items, which are not re-tested.
const MICROBES: [&str; 19] = [
    "菌落总数",
    "大肠",
    "霉菌",
    "酵母",
    "沙门",
    "葡萄球菌",
    "李斯特",
    "副溶血",
    "弧菌",
    "蜡样芽",
    "芽孢",
    "假单胞",
    "克罗诺",
    "志贺",
    "弯曲",
    "商业无菌",
    "双歧",
    "乳酸菌",
    "微生物",
];

/// E-RESULT-VERDICT, E-RESULT-SWAPPED, E-UNIT-MISMATCH, W-SUPERSCRIPT, W-RESULT-NO-VALUE.
pub(super) fn items(context: &Context<'_>, findings: &mut Findings) {
    for (_, record, view) in context.ledger.records(&sample::KIND) {
        let subject = Subject::of(&sample::KIND, record);
        let Some(conclusion) = view.choice(sample::CONCLUSION) else { continue };
        let unqualified = conclusion == "unqualified";
        let list = step(view, sample::ITEMS);
        if unqualified && view.list(sample::ITEMS).is_empty() && !is_spoilt(view.value(sample::ITEMS)) {
            no_value(subject, &[list], findings);
        }
        let mut row = Row { subject, view, unqualified, all_pass: true, first: None };
        for (at, entry) in members(view, sample::ITEMS) {
            row.item(at, entry, findings);
        }
        // Nothing that is listed fails: the first item is named.
        if unqualified
            && row.all_pass
            && let Some((at, entry)) = row.first
        {
            row.contradiction(at, entry, findings);
        }
    }
}

/// A sample while its items are looked at.
struct Row<'l> {
    subject: Subject<'l>,
    view: View<'l>,
    unqualified: bool,
    all_pass: bool,
    first: Option<(usize, View<'l>)>,
}

impl<'l> Row<'l> {
    fn path(&self, at: usize, last: Step) -> [Step; 3] {
        [step(self.view, sample::ITEMS), item(at), last]
    }

    fn item(&mut self, at: usize, entry: View<'l>, findings: &mut Findings) {
        let (value, bound) = (entry.text(tested::VALUE), entry.text(tested::LIMIT));
        let read = outcome(value.unwrap_or_default());
        let within = limit(bound.unwrap_or_default());
        if self.unqualified {
            self.missing(at, entry, &read, &within, findings);
        }
        let (Some(value), Some(bound)) = (value, bound) else {
            self.all_pass = false;
            return;
        };
        let lost = [(tested::VALUE, value), (tested::LIMIT, bound)]
            .into_iter()
            .fold(false, |any, (slot, text)| any | self.superscript(at, step(entry, slot), text, findings));
        if lost {
            self.all_pass = false;
            return;
        }
        if is_swapped(&read, &within, self.unqualified) {
            self.all_pass = false;
            let (a, b) = (excerpt(value, 40), excerpt(bound, 40));
            let message = Message::new(
                format!("检验结果与标准值似乎写反：“{a}”“{b}”"),
                format!("result and limit seem to stand in each other's place: `{a}`, `{b}`"),
            );
            let path = self.path(at, step(entry, tested::VALUE));
            self.subject.blame(findings, SWAPPED, &path, message).hint(Message::new(
                "value 写检验结果，limit 写标准值",
                "`value` is the result, `limit` the limit",
            ));
            return;
        }
        match judge(&read, &within) {
            Judgement::Pass => self.first = self.first.or(Some((at, entry))),
            Judgement::Fail => {
                self.all_pass = false;
                if !self.unqualified {
                    self.contradiction(at, entry, findings);
                }
            }
            Judgement::Units(one, other) => {
                self.all_pass = false;
                let message = Message::new(
                    format!("单位不一致：{one} 与 {other}"),
                    format!("the units differ and do not convert: {one} and {other}"),
                );
                let path = self.path(at, step(entry, tested::VALUE));
                self.subject.blame(findings, UNIT_MISMATCH, &path, message).hint(Message::new(
                    "请与检验报告核对结果和标准值的单位",
                    "compare both units with the test report",
                ));
            }
            Judgement::Open => self.all_pass = false,
        }
    }

    fn missing(&self, at: usize, entry: View<'_>, read: &Outcome, within: &Limit, findings: &mut Findings) {
        let gap = |slot, nothing: bool| (nothing && !is_spoilt(entry.value(slot))).then(|| step(entry, slot));
        let key = gap(tested::VALUE, *read == Outcome::Nothing)
            .or_else(|| gap(tested::LIMIT, *within == Limit::Nothing));
        if let Some(key) = key {
            no_value(self.subject, &self.path(at, key), findings);
        }
    }

    fn superscript(&self, at: usize, key: Step, text: &str, findings: &mut Findings) -> bool {
        let Some(mended) = with_superscripts(text) else { return false };
        let shown = excerpt(text, 40);
        let message = Message::new(
            format!("“{shown}”疑似丢失上标，应为 {mended}"),
            format!("`{shown}` seems to have lost a superscript; it should read {mended}"),
        );
        self.subject.blame(findings, SUPERSCRIPT, &self.path(at, key), message).hint(Message::new(
            "上标直接写 ² ³ ⁴，或写 10^4",
            "write the superscript itself (² ³ ⁴), or 10^4",
        ));
        true
    }

    fn contradiction(&self, at: usize, entry: View<'_>, findings: &mut Findings) {
        let (should, is) = if self.unqualified { ("合格", "不合格") } else { ("不合格", "合格") };
        let (should_en, is_en) =
            if self.unqualified { ("qualified", "unqualified") } else { ("unqualified", "qualified") };
        let text = |slot| excerpt(entry.text(slot).unwrap_or_default(), 40);
        let (name, value, bound) = (text(tested::ITEM), text(tested::VALUE), text(tested::LIMIT));
        let message = Message::new(
            format!("{name} {value} 对 {bound}，应判{should}，现写{is}"),
            format!("{name}: {value} against {bound} is {should_en}, but the conclusion says {is_en}"),
        );
        let path = self.path(at, step(entry, tested::VALUE));
        self.subject
            .blame(findings, VERDICT, &path, message)
            .hint(Message::new(
                "请与检验报告核对结果、标准值和结论",
                "compare result, limit and conclusion with the test report",
            ))
            .other(
                self.subject.place(&[step(self.view, sample::CONCLUSION)]),
                Message::new("结论写在这里", "the conclusion stands here"),
            );
    }
}

fn no_value(subject: Subject<'_>, path: &[Step], findings: &mut Findings) {
    let message =
        Message::new("不合格项目缺检验结果或标准值", "an unqualified item lacks its result or its limit");
    subject.blame(findings, NO_VALUE, path, message).hint(Message::new(
        "例如 items: [{item: 腐霉利, value: 1.35 mg/kg, limit: ≤0.2 mg/kg}]",
        "for instance `items: [{item: 腐霉利, value: 1.35 mg/kg, limit: ≤0.2 mg/kg}]`",
    ));
}

fn is_swapped(read: &Outcome, within: &Limit, unqualified: bool) -> bool {
    match (read, within) {
        (Outcome::LimitWords, _) => true,
        (Outcome::Figures(figures), Limit::Bare(_)) => figures
            .first()
            .is_some_and(|figure| matches!(figure.relation, Relation::AtMost | Relation::AtLeast)),
        (Outcome::NotDetected, Limit::Bare(_)) => unqualified,
        _ => false,
    }
}

/// W-RETEST-MICROBE.
pub(super) fn retests(context: &Context<'_>, findings: &mut Findings) {
    for (_, record, view) in context.ledger.records(&sample::KIND) {
        if view.value(sample::RETEST).is_absent() {
            continue;
        }
        let mut names =
            members(view, sample::ITEMS).filter_map(|(_, entry)| entry.text(tested::ITEM)).peekable();
        let microbial = |name: &str| MICROBES.iter().any(|word| name.contains(word));
        if names.peek().is_none() || !names.all(microbial) {
            continue;
        }
        let message = Message::new(
            "微生物指标超标不予复检，请核对复检记录",
            "an excess of microbes is not re-tested; check the record of the re-test",
        );
        Subject::of(&sample::KIND, record)
            .blame(findings, RETEST_MICROBE, &[step(view, sample::RETEST)], message)
            .hint(Message::new(
                "只是提出异议的，改写在 objection 里",
                "if it was an objection only, move it to `objection`",
            ));
    }
}

/// W-PRODUCER-SLASH.
pub(super) fn producers(context: &Context<'_>, findings: &mut Findings) {
    for (_, record, view) in context.ledger.records(&sample::KIND) {
        let Some(spec) = view.text(sample::SPEC) else { continue };
        let name = view.object(sample::PRODUCER).map(|producer| producer.value(unit::NAME));
        let empty = match name {
            None => view.value(sample::PRODUCER).is_absent(),
            Some(name) => name.as_text().is_some_and(|name| matches!(name.trim(), "/" | "-" | "—" | "无")),
        };
        if !empty {
            continue;
        }
        let loose = ["散装", "散称", "计量", "称重"].iter().any(|word| spec.contains(word));
        let category = view.text(sample::CATEGORY).unwrap_or_default();
        let fresh = ["食用农产品", "餐饮", "餐具"].iter().any(|word| category.contains(word));
        // Sampled at its producer or in a kitchen, the sampled unit made it.
        let made_here = matches!(view.choice(sample::STAGE), Some("production" | "catering"));
        if !(loose || fresh || made_here || matches!(spec.trim(), "/" | "-" | "—")) {
            let message = Message::new(
                format!("预包装食品（规格“{}”）应有标称生产企业", excerpt(spec, 30)),
                format!("prepackaged food (`{}`) should name its producer", excerpt(spec, 30)),
            );
            Subject::of(&sample::KIND, record)
                .blame(findings, PRODUCER_SLASH, &[step(view, sample::PRODUCER)], message)
                .hint(Message::new(
                    "照标签写 producer: {name: …, address: …}；散装食品把 spec 写成“散装”",
                    "copy `producer: {name: …, address: …}` from the label; for loose food let `spec` say 散装",
                ));
        }
    }
}
