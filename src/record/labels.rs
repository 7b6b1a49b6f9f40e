//! Every label of the tables, and labels in the language of a site.
//!
//! In: kinds, measures and lists of words, which have their labels in Chinese and English. Out: all of them, so that a
//! [`Locale`] can be made once a build, and for each kind, field, choice and measure its label there. What a portal has declared
//! stays as it is given.
//!
//! Not here: how a label becomes one of another language (`locale`), values of records.

use std::collections::{BTreeMap, BTreeSet};

use super::choices::COLUMN_TYPES;
use super::field::{Choice, Field, Kind, Type};
use super::measure::{CLASSES, Class, MEASURES, Measure, NAMES};
use super::{KINDS, Kinds};
use crate::locale::{Label, Locale};

/// The locale of a site: words of its theme, labels of the program and of the portal's collections.
pub fn locale(language: &str, words: BTreeMap<String, String>, kinds: &Kinds) -> Locale {
    Locale::new(language, words, own(), of_kinds(kinds.declared()))
}

/// The labels of the program's own tables.
pub fn own() -> BTreeSet<Label> {
    let mut labels = of_kinds(KINDS);
    for choice in CLASSES.iter().chain(NAMES).chain(&COLUMN_TYPES) {
        labels.insert(choice.label());
    }
    for measure in MEASURES {
        let parts = [Some(measure.num), measure.den, Some(measure.suffix)];
        labels.extend(parts.into_iter().flatten().map(label));
    }
    labels.extend(Class::ALL.into_iter().filter_map(Class::values).flatten().map(Choice::label));
    labels
}

fn of_kinds(kinds: &[&'static Kind]) -> BTreeSet<Label> {
    let mut labels = BTreeSet::new();
    for kind in kinds {
        labels.extend([Label { zh: kind.zh, en: kind.en }, label(kind.about), label(kind.called)]);
        add_fields(kind.fields, &mut labels);
    }
    labels
}

fn add_fields(fields: &'static [Field], labels: &mut BTreeSet<Label>) {
    for field in fields {
        labels.insert(Label { zh: field.zh, en: field.en });
        let mut ty = field.ty;
        while let Type::List(member) = ty {
            ty = *member;
        }
        match ty {
            Type::Choice(choices) => labels.extend(choices.iter().map(Choice::label)),
            Type::Object(fields) => add_fields(fields, labels),
            _ => {}
        }
    }
}

fn label((zh, en): (&'static str, &'static str)) -> Label {
    Label { zh, en }
}

impl Kind {
    /// Its name in the language of a site.
    pub fn label_in<'l>(&self, locale: &'l Locale) -> &'l str {
        locale.label(Label { zh: self.zh, en: self.en })
    }

    /// What its records are.
    pub fn about_in<'l>(&self, locale: &'l Locale) -> &'l str {
        locale.label(label(self.about))
    }

    /// The type of its column.
    pub fn column_type_in<'l>(&self, locale: &'l Locale) -> &'l str {
        column_type_in(self.column_type, locale)
    }
}

/// A type of column, known by its Chinese name; one that a portal has declared as it is given.
pub fn column_type_in<'l>(column_type: &'l str, locale: &'l Locale) -> &'l str {
    let known = COLUMN_TYPES.iter().find(|known| known.zh == column_type);
    known.map_or(column_type, |known| known.label_in(locale))
}

impl Field {
    /// Its label in the language of a site.
    pub fn label_in<'l>(&self, locale: &'l Locale) -> &'l str {
        locale.label(Label { zh: self.zh, en: self.en })
    }
}

impl Choice {
    fn label(&self) -> Label {
        Label { zh: self.zh, en: self.en }
    }

    /// Its label in the language of a site.
    pub fn label_in<'l>(&self, locale: &'l Locale) -> &'l str {
        locale.label(self.label())
    }
}

impl Measure {
    /// What is counted.
    pub fn num_in<'l>(&self, locale: &'l Locale) -> &'l str {
        locale.label(label(self.num))
    }

    /// Out of what.
    pub fn den_in<'l>(&self, locale: &'l Locale) -> Option<&'l str> {
        self.den.map(|den| locale.label(label(den)))
    }

    /// The unit behind its value.
    pub fn suffix_in<'l>(&self, locale: &'l Locale) -> &'l str {
        locale.unit(label(self.suffix))
    }
}

impl Class {
    /// How a value of it is shown: the label of a choice, the phase behind its plan, else the value.
    pub fn label_in<'l>(self, value: &'l str, locale: &'l Locale) -> &'l str {
        match self.values() {
            Some(values) => {
                values.iter().find(|known| known.key == value).map_or(value, |known| known.label_in(locale))
            }
            None if self == Class::Phase => value.split_once('/').map_or(value, |(_, phase)| phase),
            None => value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold;
    use crate::traditional::{traditional, unknown};

    fn folded(text: &str) -> String {
        let mut folded = String::new();
        fold(text, |c| folded.push(c));
        folded
    }

    #[test]
    fn every_label_is_told_in_english_without_a_chinese_character() {
        let units: BTreeSet<&str> = MEASURES.iter().map(|measure| measure.suffix.0).collect();
        for Label { zh, en } in own() {
            assert!(zh.is_empty() == en.is_empty() || units.contains(zh), "{zh}: {en}");
            assert!(!en.chars().any(|c| c > '\u{2fff}'), "{zh}: {en}");
        }
    }

    #[test]
    fn every_label_has_a_traditional_form_that_folds_back() {
        for Label { zh, .. } in own() {
            assert_eq!(unknown(zh), "", "src/traditional/ knows nothing of these in {zh}");
            assert_eq!(folded(&traditional(zh)), folded(zh));
        }
    }

    #[test]
    fn labels_stand_in_traditional_characters_as_a_reader_expects_them() {
        let labels: BTreeSet<&str> = own().into_iter().map(|label| label.zh).collect();
        for line in READ.trim().lines() {
            let (zh, told) = line.trim().split_once(' ').unwrap();
            assert!(labels.contains(zh), "{zh} is no label");
            assert_eq!(traditional(zh), told);
        }
    }

    /// Labels that a person has read, with those that a table of characters alone would get wrong.
    const READ: &str = "
        食品生产经营主体 食品生產經營主體
        包保干部 包保幹部
        抽检通告 抽檢通告
        抽检结果 抽檢結果
        核查处置 核查處置
        严重违法失信名单 嚴重違法失信名單
        行政处罚 行政處罰
        从业禁止 從業禁止
        监督检查结果 監督檢查結果
        食品安全自查报告 食品安全自查報告
        食品召回 食品召回
        风险警示 風險警示
        工作方案 工作方案
        统计数据 統計數據
        考核公示 考核公示
        行政区划 行政區劃
        口袋书 口袋書
        督导记录 督導記錄
        督查清单 督查清單
        当事人声明 當事人聲明
        节假日安排 節假日安排
        统一社会信用代码 統一社會信用代碼
        法定代表人 法定代表人
        许可证编号 許可證編號
        发证机关 發證機關
        联系人 聯繫人
        坐标系 坐標系
        体系检查 體系檢查
        复查结果 複查結果
        复检 複檢
        标准值 標準值
        分级标准 分級標準
        备注 備註
        已注销 已註銷
        生产日期/批号 生產日期/批號
        标称生产企业 標稱生產企業
        网络厨房 網絡廚房
        常设页面 常設頁面
        网络平台 網絡平臺
        回头看日期 回頭看日期
        限制开展生产经营活动 限制開展生產經營活動
        责令停产停业 責令停產停業
        已公布处置结果的不合格批次 已公布處置結果的不合格批次
        在营并定了包保等级的企业 在營並定了包保等級的企業
        信用修复管理办法（国家发展改革委令第36号） 信用修復管理辦法（國家發展改革委令第36號）
        市场监督管理信用修复管理办法 市場監督管理信用修復管理辦法
    ";
}
