//! Charts of counts: cadres by load, reasons why samples fail, enterprises by level.
//!
//! In: the portal's figures and loads. Out: one chart each. Not here: charts of rates (`charts`), how a chart is drawn (`chart`).

use super::said::Told;
use crate::chart::{Frame, Level, Limit, Load, Pyramid, Ranked, Reason};
use crate::disclose::Figure;
use crate::record::cadre;
use crate::record::choices::COVERAGE_LEVELS;
use crate::record::edges::Handle;
use crate::record::measure::{self as of, Class, MEASURES};
use crate::render::Renderer;

/// Reasons with a bar of their own.
const REASONS: usize = 8;

/// Cadres below which their load is told by the lists better than by a picture.
const FEW_CADRES: usize = 5;

impl Renderer<'_> {
    /// Cadres by the number of enterprises that they cover.
    pub(super) fn loads(&self, region: Option<Handle>) -> Option<String> {
        let kind = self.portal.kind(&cadre::KIND);
        let is_here = |cadre: &Handle| region.is_none_or(|region| self.portal.lies_in(*cadre, region));
        let loads: Vec<u64> = self
            .portal
            .handles(kind)
            .filter(|cadre| !self.portal.has_left(*cadre) && is_here(cadre))
            .map(|cadre| self.portal.load(cadre).into())
            .collect();
        if loads.len() < FEW_CADRES {
            return None;
        }
        let day = self.portal.figures_day(region);
        let note = self.note(of::CADRES, day);
        let limit = u64::try_from(self.portal.settings.max_load).ok();
        let limit_word = limit.map_or(String::new(), |most| {
            format!("{} {}", self.word("chart_limit"), self.counted(most, "unit_enterprises"))
        });
        let mut chart = Load {
            frame: self.frame("chart-load", self.word("chart_load"), &note),
            loads: &loads,
            limit: limit.map(|most| Limit { most, word: &limit_word, over: self.word("chart_over") }),
            class: self.word("chart_class"),
            open: self.word("chart_open"),
            heads: [self.word("chart_load_first"), self.word("cadre")],
        };
        let classes = chart.groups();
        let told: Vec<Told<'_>> =
            classes.iter().map(|(name, cadres)| self.told(name, *cadres, "unit_persons")).collect();
        let said = self.said(&self.sum_of(of::CADRES, loads.len() as u64, "unit_persons", day), &told);
        chart.frame.description = &said;
        Some(chart.html())
    }

    /// Why samples fail.
    pub(super) fn reasons(&self, region: Option<Handle>) -> Option<String> {
        let period = self.portal.running(MEASURES.get(of::FAILURES)?.rhythm);
        let figures = self.portal.figures_by(of::FAILURES, region, period, Class::Item);
        let reasons: Vec<Reason<'_>> = figures
            .iter()
            .filter_map(|figure| {
                let (_, label) = figure.class?;
                Some(Reason { label, count: u64::try_from(figure.num).ok()? })
            })
            .collect();
        if reasons.is_empty() {
            return None;
        }
        let title = self.titled(self.word("chart_reasons"), period);
        let day = figures.iter().filter_map(|figure| figure.day).max();
        let note = self.note(of::FAILURES, day);
        let told: Vec<Told<'_>> =
            reasons.iter().map(|reason| self.told(reason.label, reason.count, "unit_batches")).collect();
        // A batch may fail for several reasons, so they have no sum.
        let said = self.said(&self.count_of(of::FAILURES, day), &told);
        let chart = Ranked {
            frame: Frame { description: &said, ..self.frame("chart-reasons", &title, &note) },
            reasons: &reasons,
            top: REASONS,
            said: self.word("chart_top"),
            others: self.word("chart_others"),
            heads: [self.word("chart_reason"), self.word("chart_count"), self.word("chart_share")],
        };
        Some(chart.html())
    }

    /// Enterprises by level.
    pub(super) fn levels_of(&self, region: Option<Handle>) -> Option<String> {
        let figure =
            |level: &str| self.portal.figure(of::ENTERPRISES, region, None, Some((Class::Level, level)));
        let figures: Vec<(String, Option<Figure<'_>>)> =
            COVERAGE_LEVELS.iter().map(|level| (self.level_word(level), figure(level.key))).collect();
        if figures.iter().all(|(_, figure)| figure.is_none()) {
            return None;
        }
        let count = |figure: &Option<Figure<'_>>| {
            figure.as_ref().and_then(|figure| u64::try_from(figure.num).ok()).unwrap_or(0)
        };
        let levels: Vec<Level<'_>> =
            figures.iter().map(|(label, figure)| Level { label, note: "", count: count(figure) }).collect();
        let day = self.portal.figures_day(region);
        let note = self.note(of::ENTERPRISES, day);
        let words = ["coverage_level", "chart_note", "chart_count", "chart_share"].map(|key| self.word(key));
        let told: Vec<Told<'_>> =
            levels.iter().map(|level| self.told(level.label, level.count, "unit_enterprises")).collect();
        let sum = levels.iter().map(|level| level.count).sum();
        let said = self.said(&self.sum_of(of::ENTERPRISES, sum, "unit_enterprises", day), &told);
        let frame = self.frame("chart-levels", self.word("chart_levels"), &note);
        let chart = Pyramid { frame: Frame { description: &said, ..frame }, levels: &levels, heads: words };
        Some(chart.html())
    }
}
