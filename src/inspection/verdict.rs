//! What all pages together come to: findings counted by rule, and a verdict for each class of the inspectors' report.
//!
//! In: what was seen of one page after another, in the order of routes. Out: a [`Survey`]. However many pages there are, of each rule
//! the first findings are kept and the others counted; what is kept does not depend on how the pages were shared among workers.
//!
//! A verdict is given only for what was judged. Not here: how it is shown (`report`).

use std::collections::BTreeMap;

use super::rules::Class;
use super::{Anchor, Seen};
use crate::calendar::Date;
use crate::diagnostic::{Code, Diagnostic, Message, Severity};
use crate::record::settings::Settings;

/// Findings of one rule that are kept; the others are counted.
pub const MOST_OF_RULE: usize = 1000;

/// What was found on a site.
#[derive(Debug, Default)]
pub struct Survey {
    /// Pages that were looked at.
    pub pages: usize,
    /// The first findings of each rule, sorted.
    pub found: Vec<Diagnostic>,
    /// How many findings there are of each code and rule.
    pub counts: BTreeMap<(Code, String), usize>,
    /// The heaviest page of a record: its route and its bytes, packed.
    pub heaviest: Option<(String, usize)>,
    /// Ids of each page in turn, until the anchors have been looked for.
    ids: Vec<Box<[u32]>>,
    anchors: Vec<Anchor>,
}

/// Whether a class is in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing was found.
    Passed,
    /// Something was found.
    Failed,
    /// It was not judged, or not in full.
    NotJudged,
}

impl Verdict {
    /// Its word.
    pub fn word(self) -> Message {
        let (zh, en) = match self {
            Verdict::Passed => ("通过", "passed"),
            Verdict::Failed => ("不通过", "failed"),
            Verdict::NotJudged => ("未判定", "not judged"),
        };
        Message::new(zh, en)
    }
}

/// A row of the table by classes.
#[derive(Clone, Debug)]
pub struct Row {
    /// The class.
    pub class: Class,
    /// Pages that were looked at for it; none where nothing was.
    pub pages: usize,
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// The verdict.
    pub verdict: Verdict,
    /// What was not judged, and what judges it.
    pub note: Message,
}

impl Survey {
    /// Takes in what was seen of the next page; findings of codes that are switched off are forgotten.
    pub fn add(&mut self, seen: Seen, off: &[String]) {
        self.pages += 1;
        self.ids.push(seen.ids);
        for found in seen.found {
            self.count(found, off);
        }
        self.anchors.extend(seen.anchors);
    }

    /// Notes the bytes of a record's page.
    pub fn weigh(&mut self, route: &str, bytes: usize) {
        if self.heaviest.as_ref().is_none_or(|(_, most)| bytes > *most) {
            self.heaviest = Some((route.to_string(), bytes));
        }
    }

    fn count(&mut self, found: Diagnostic, off: &[String]) {
        if off.iter().any(|code| code == found.code.0) {
            return;
        }
        let count = self.counts.entry((found.code, found.fingerprint.path.clone())).or_default();
        *count += 1;
        if *count <= MOST_OF_RULE {
            self.found.push(found);
        }
    }

    /// Takes in what another has seen of the pages behind.
    pub fn append(mut self, behind: Survey) -> Survey {
        self.pages += behind.pages;
        self.ids.extend(behind.ids);
        self.anchors.extend(behind.anchors);
        if let Some((route, bytes)) = behind.heaviest {
            self.weigh(&route, bytes);
        }
        let mut room = BTreeMap::new();
        for found in behind.found {
            let key = (found.code, found.fingerprint.path.clone());
            let met = self.counts.get(&key).copied().unwrap_or(0);
            let taken: &mut usize = room.entry(key).or_default();
            if met + *taken < MOST_OF_RULE {
                *taken += 1;
                self.found.push(found);
            }
        }
        for (key, count) in behind.counts {
            *self.counts.entry(key).or_default() += count;
        }
        self
    }

    /// Looks for the places on other pages that links name; `page` gives the turn of the page with a number of a route.
    pub fn follow_anchors(&mut self, page: &dyn Fn(u32) -> Option<usize>, off: &[String]) {
        let ids = std::mem::take(&mut self.ids);
        for Anchor { to, id, dead } in std::mem::take(&mut self.anchors) {
            // Files that are no pages have places of their own kinds.
            let known = page(to).and_then(|turn| ids.get(turn));
            if known.is_some_and(|ids| ids.binary_search(&id).is_err()) {
                self.count(dead, off);
            }
        }
        self.found.sort();
    }

    /// How many findings were counted and not kept, of all weights or of one.
    pub fn left_out(&self, severity: Option<Severity>) -> usize {
        let counts = self.counts.iter();
        let own = counts.filter(|((code, _), _)| severity.is_none_or(|severity| code.severity() == severity));
        own.map(|(_, count)| count.saturating_sub(MOST_OF_RULE)).sum()
    }

    /// The table by classes.
    pub fn rows(&self, settings: &Settings, as_of: Date) -> Vec<Row> {
        Class::ALL.iter().map(|class| self.row(*class, settings, as_of)).collect()
    }

    fn row(&self, class: Class, settings: &Settings, as_of: Date) -> Row {
        let of = |severity: Severity| {
            let counts = self.counts.iter();
            let own =
                counts.filter(|((code, _), _)| Class::of(*code) == class && code.severity() == severity);
            own.map(|(_, count)| count).sum::<usize>()
        };
        let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
        let (judged, note) = scope(class, settings, as_of);
        // A word of the list is a warning for the author and a finding for the inspectors.
        let fails = errors > 0 || class == Class::Words && warnings > 0;
        let verdict = match (fails, judged) {
            (true, _) => Verdict::Failed,
            (false, Judged::Whole) => Verdict::Passed,
            (false, _) => Verdict::NotJudged,
        };
        let pages = if judged == Judged::Nothing { 0 } else { self.pages };
        Row { class, pages, errors, warnings, verdict, note }
    }
}

/// How much of a class this command judges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Judged {
    Whole,
    Part,
    Nothing,
}

/// How much of a class is judged, and what judges the rest.
fn scope(class: Class, settings: &Settings, as_of: Date) -> (Judged, Message) {
    let lists = &settings.inspection;
    let (judged, zh, en) = match class {
        Class::Empty | Class::Tags => (Judged::Whole, String::new(), String::new()),
        Class::Design => (
            Judged::Whole,
            "IPv6、对比度、键盘操作和缩放不在其中：由运维单位、无障碍测试判定".into(),
            "IPv6, contrast, keyboard and reflow are not among it: the operator and tests in a browser judge them".into(),
        ),
        Class::Stale => {
            let without = settings.columns.iter().filter(|column| column.max_age_days.is_none()).count();
            match without {
                0 => (Judged::Whole, String::new(), String::new()),
                _ => (
                    Judged::Whole,
                    format!("{without}个栏目没有写更新期限（max_age_days），不判"),
                    format!("{without} columns have no term (max_age_days) and are not judged"),
                ),
            }
        }
        Class::Links => (
            Judged::Whole,
            "站内链接全部查过；站外链接能否打开要联网，由链接监测判定".into(),
            "every link inside the site was followed; whether other sites answer needs the network and a job of its own".into(),
        ),
        Class::Words if lists.words.is_empty() => (
            Judged::Nothing,
            "没有词表：请在 inspection/ 放入本单位的词表；文意由人判读".into(),
            "there is no list of words: put the office's into inspection/; the sense is read by people".into(),
        ),
        Class::Words => {
            let count = lists.words.len();
            (
                Judged::Whole,
                format!("按本单位词表（{count}个词）查过；词表以外的由人判读"),
                format!("searched for the {count} words of the office's list; anything else is read by people"),
            )
        }
        Class::Secrets => (
            Judged::Part,
            "只查密级和内部标志；内容是否涉密由保密审查判定".into(),
            "marks of secrecy only; whether the content is secret is for the office's review".into(),
        ),
        Class::Unlawful => (
            Judged::Part,
            "只查暗链、外来资源、页内脚本和名单外的站点；文字是否违法由人判读".into(),
            "hidden links, foreign files, scripts and hosts only; whether words are unlawful is read by people".into(),
        ),
        Class::Dns => (
            Judged::Nothing,
            "本命令不判：由域名解析监测判定".into(),
            "not judged by this command: a monitor of the domain's names does".into(),
        ),
        Class::Closed if lists.closed.is_empty() => (
            Judged::Nothing,
            "没有关停域名名单：请在 inspection/ 放入名单".into(),
            "there is no list of closed domains: put one into inspection/".into(),
        ),
        Class::Closed => {
            let count = lists.closed.len();
            match lists.listed_on {
                Some(day) => {
                    let age = as_of.days_since(day);
                    (
                        Judged::Whole,
                        format!("名单{count}个域名，日期 {day}（{age}天前）"),
                        format!("{count} domains, listed on {day} ({age} days before)"),
                    )
                }
                None => (
                    Judged::Whole,
                    format!("名单{count}个域名，没有写日期（listed_on）"),
                    format!("{count} domains, of no day (listed_on)"),
                ),
            }
        }
        Class::Tampered => (
            Judged::Nothing,
            "本命令不判：由 gongshi verify 对照发布清单判定".into(),
            "not judged by this command: `gongshi verify` proves a copy against its manifest".into(),
        ),
    };
    (judged, Message::new(zh, en))
}

#[cfg(test)]
mod tests {
    use super::super::rules::{REACH, TAGS};
    use super::super::told;
    use super::*;
    use crate::route::Route;

    fn seen(route: &str, times: usize) -> Seen {
        let route = Route::parse(route).unwrap();
        let made = |at: usize| told(&route, &TAGS, (at as u32, 1), "x", Message::new("甲", "a"));
        Seen { found: (0..times).map(made).collect(), ..Seen::default() }
    }

    #[test]
    fn the_first_findings_of_a_rule_are_kept_however_the_pages_were_shared() {
        let pages = [("a.html", 600), ("b.html", 700), ("c.html", 5), ("d.html", 900)];
        let part = |pages: &[(&str, usize)]| {
            let mut survey = Survey::default();
            pages.iter().for_each(|(route, times)| survey.add(seen(route, *times), &[]));
            survey
        };
        let whole = part(&pages);
        assert_eq!((whole.pages, whole.found.len(), whole.left_out(None)), (4, MOST_OF_RULE, 1205));
        for cut in 0..=pages.len() {
            let (one, other) = pages.split_at(cut);
            let joined = part(one).append(part(other));
            assert_eq!(joined.found, whole.found, "{cut}");
            assert_eq!(joined.counts, whole.counts, "{cut}");
        }
    }

    #[test]
    fn an_anchor_is_dead_when_its_page_has_no_such_id() {
        let route = Route::parse("a.html").unwrap();
        let dead = || told(&route, &REACH, (1, 1), "x", Message::new("甲", "a"));
        let mut survey = Survey::default();
        let anchors = vec![
            Anchor { to: 7, id: 1, dead: dead() },
            Anchor { to: 7, id: 2, dead: dead() },
            Anchor { to: 8, id: 9, dead: dead() },
        ];
        survey.add(Seen { ids: vec![1, 3].into(), anchors, ..Seen::default() }, &[]);
        survey.follow_anchors(&|number| (number == 7).then_some(0), &[]);
        assert_eq!(survey.found.len(), 1);
    }

    #[test]
    fn a_class_that_is_not_judged_never_passes() {
        let rows = Survey::default().rows(&Settings::default(), Date::parse("2026-11-22").unwrap());
        let verdict = |class| rows.iter().find(|row| row.class == class).map(|row| row.verdict);
        for class in
            [Class::Dns, Class::Tampered, Class::Words, Class::Closed, Class::Secrets, Class::Unlawful]
        {
            assert_eq!(verdict(class), Some(Verdict::NotJudged), "{class:?}");
        }
        assert_eq!(verdict(Class::Tags), Some(Verdict::Passed));
    }
}
