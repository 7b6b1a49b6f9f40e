//! What each template has cost, as a table on a terminal.
//!
//! In: the sums of a build, the dearest first. Out: lines in Chinese or English. Not here: measuring (`render`).

use std::fmt::Write as _;
use std::time::Duration;

use crate::diagnostic::Language;
use crate::render::TemplateCost;

/// The table; one sentence when no page was made by a template.
pub fn timings(costs: &[TemplateCost], language: Language) -> String {
    let word = |zh: &'static str, en: &'static str| if language == Language::Zh { zh } else { en };
    if costs.is_empty() {
        let none = word("这次没有用模板生成网页。", "No page was made by a template this time.");
        return format!("{none}\n");
    }
    let all: Duration = costs.iter().map(|cost| cost.spent).sum();
    let mut text = String::new();
    // Names of columns are words of the table; the numbers below them are wider than both.
    let _ = writeln!(
        text,
        "{}",
        word(
            "各模板用时（毫秒，按钟表时间；占比；网页数；每页微秒；每页字节；最慢的一页）",
            "time in each template (ms by the clock; share; pages; \u{b5}s a page; bytes a page; slowest page)"
        )
    );
    for cost in costs {
        let pages = cost.pages.max(1);
        let share = if all.is_zero() { 0.0 } else { cost.spent.as_secs_f64() / all.as_secs_f64() * 100.0 };
        let _ = writeln!(
            text,
            "{:>9.1}  {share:>5.1}%  {:>6}  {:>7}  {:>7}  {}  {} ({:.1} ms)",
            milliseconds(cost.spent),
            cost.pages,
            cost.spent.as_micros() / u128::from(pages),
            cost.bytes / pages,
            cost.template,
            cost.slowest.0,
            milliseconds(cost.slowest.1),
        );
    }
    let _ = writeln!(text, "{:>9.1}  100.0%", milliseconds(all));
    text
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_template_has_its_share_and_its_average() {
        let cost = |template: &str, pages: u64, ms: u64| TemplateCost {
            template: template.into(),
            pages,
            spent: Duration::from_millis(ms),
            bytes: pages * 1000,
            slowest: ("enterprises/1.html".into(), Duration::from_millis(2)),
        };
        let text = timings(&[cost("enterprise.html", 20, 30), cost("list.html", 5, 10)], Language::En);
        let lines: Vec<&str> = text.lines().skip(1).collect();
        assert_eq!(
            lines,
            [
                "     30.0   75.0%      20     1500     1000  enterprise.html  enterprises/1.html (2.0 ms)",
                "     10.0   25.0%       5     2000     1000  list.html  enterprises/1.html (2.0 ms)",
                "     40.0  100.0%",
            ]
        );
        assert_eq!(timings(&[], Language::En), "No page was made by a template this time.\n");
    }
}
