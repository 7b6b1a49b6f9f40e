//! The rules of the inspection: their names, codes, and the classes of the inspectors to which they belong.
//!
//! The ten classes are those in which the inspectors of government sites report (国办秘函〔2019〕19号 and the lists of the programs that
//! measure by it), in their order and words, so that two reports can lie side by side. An eleventh row, 功能设计, takes what the
//! indicators and the norms on access ask of every page and what none of the ten names. A class says of itself what this
//! command cannot judge, and what does.
//!
//! Not here: the judging (one file a matter beside this one), and the pages of explanation (`check::explain`).

use crate::diagnostic::{Code, Message};

/// A column or list without an entry.
pub const EMPTY: Code = Code("E-GOV-EMPTY");
/// A home page or column that is older than it may be.
pub const STALE: Code = Code("E-GOV-STALE");
/// A home page or column that will soon be too old.
pub const AGEING: Code = Code("W-GOV-STALE");
/// A tag that a page of its kind must have, or that says something else than the page.
pub const TAG: Code = Code("E-GOV-TAG");
/// A link to nothing.
pub const LINK: Code = Code("E-GOV-LINK");
/// A word of the office's list of wrong words.
pub const WORD: Code = Code("W-GOV-WORD");
/// A mark of secrecy.
pub const SECRET: Code = Code("E-GOV-SECRET");
/// A link that nobody can see.
pub const HIDDEN: Code = Code("E-GOV-HIDDEN");
/// Something that a page loads from elsewhere, or a script of its own.
pub const FOREIGN: Code = Code("E-GOV-FOREIGN");
/// A link to a host that is not on the list.
pub const HOST: Code = Code("W-GOV-HOST");
/// A link to a domain that was closed down.
pub const CLOSED: Code = Code("E-GOV-CLOSED");
/// A part that header, footer or page must have.
pub const FRAME: Code = Code("E-GOV-FRAME");
/// An entry that is customary and not there.
pub const ENTRY: Code = Code("W-GOV-ENTRY");
/// A page that some readers cannot use.
pub const ACCESS: Code = Code("E-GOV-ACCESS");
/// A page that is heavy, or moves while it loads.
pub const WEIGHT: Code = Code("W-GOV-WEIGHT");

/// The codes that a portal may switch off: the warnings.
pub const WARNINGS: [Code; 5] = [AGEING, WORD, HOST, ENTRY, WEIGHT];

/// A class of the inspectors' report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// 空白栏目.
    Empty,
    /// 栏目不更新.
    Stale,
    /// 页面标签.
    Tags,
    /// 链接不可用.
    Links,
    /// 错敏信息.
    Words,
    /// 泄密.
    Secrets,
    /// 违法内容.
    Unlawful,
    /// DNS.
    Dns,
    /// 关停域名链接.
    Closed,
    /// 页面篡改.
    Tampered,
    /// 功能设计: what the ten do not name.
    Design,
}

impl Class {
    /// All of them, in the order of the report.
    pub const ALL: [Class; 11] = [
        Class::Empty,
        Class::Stale,
        Class::Tags,
        Class::Links,
        Class::Words,
        Class::Secrets,
        Class::Unlawful,
        Class::Dns,
        Class::Closed,
        Class::Tampered,
        Class::Design,
    ];

    /// Its name.
    pub fn name(self) -> Message {
        let (zh, en) = match self {
            Class::Empty => ("空白栏目", "empty columns"),
            Class::Stale => ("栏目不更新", "columns not updated"),
            Class::Tags => ("页面标签", "page tags"),
            Class::Links => ("链接不可用", "dead links"),
            Class::Words => ("错敏信息", "wrong or sensitive words"),
            Class::Secrets => ("泄密", "secrets"),
            Class::Unlawful => ("违法内容", "unlawful content"),
            Class::Dns => ("DNS", "DNS"),
            Class::Closed => ("关停域名链接", "links to closed domains"),
            Class::Tampered => ("页面篡改", "altered pages"),
            Class::Design => ("功能设计（另项）", "design (beside the ten)"),
        };
        Message::new(zh, en)
    }

    /// The class of a code of this lint; none of any other.
    pub fn of_survey(code: Code) -> Option<Class> {
        RULES.iter().any(|rule| rule.code == code).then(|| Class::of(code))
    }

    /// The class of a code of this lint.
    pub fn of(code: Code) -> Class {
        match code {
            EMPTY => Class::Empty,
            STALE | AGEING => Class::Stale,
            TAG => Class::Tags,
            LINK => Class::Links,
            WORD => Class::Words,
            SECRET => Class::Secrets,
            HIDDEN | FOREIGN | HOST => Class::Unlawful,
            CLOSED => Class::Closed,
            _ => Class::Design,
        }
    }
}

/// One thing that is asked of pages.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name in the documents, such as `GW-10`.
    pub name: &'static str,
    /// The code under which a breach is told.
    pub code: Code,
}

macro_rules! rules {
    ($($(#[doc = $about:literal])+ $id:ident = $name:literal, $code:ident;)*) => {
        $($(#[doc = $about])+ pub static $id: Rule = Rule { name: $name, code: $code };)*
        /// Every rule, in the order of its name.
        pub static RULES: &[&Rule] = &[$(&$id),*];
    };
}

rules! {
    /// A style sheet is not enough: every description says something, 未公布 if need be.
    DESCRIPTIONS = "UI-02", FRAME;
    /// Language, one heading, no level left out, landmarks.
    STRUCTURE = "AX-09", ACCESS;
    /// Pictures have words, charts have their table.
    PICTURES = "AX-10", ACCESS;
    /// Tables have a caption, heading cells their scope.
    TABLES = "AX-11", ACCESS;
    /// The page can be enlarged.
    ZOOM = "AX-13", ACCESS;
    /// An entry for the elderly.
    ELDERS = "AX-07", ENTRY;
    /// The statement on access is linked.
    STATEMENT = "AX-15", ENTRY;
    /// No address of the site but relative ones.
    RELATIVE = "GW-01", LINK;
    /// Tags of each kind of page, once, not empty.
    TAGS = "GW-10", TAG;
    /// The day of publication is one day everywhere.
    PUBDATE = "GW-11", TAG;
    /// The column is called the same everywhere.
    COLUMN = "GW-12", TAG;
    /// The same header and footer on all pages.
    SAME = "GW-20", FRAME;
    /// What header and footer tell.
    FOOTER = "GW-21", FRAME;
    /// The path from the home page.
    CRUMBS = "GW-24", FRAME;
    /// Title, moment and source can be seen.
    VISIBLE = "GW-25", FRAME;
    /// Nothing moves or plays of itself.
    CALM = "GW-28", FRAME;
    /// Hosts that links lead to.
    HOSTS = "GW-30", HOST;
    /// The home page is up to date.
    HOME = "IX-02", STALE;
    /// The home page will soon be out of date.
    HOME_SOON = "IX-02", AGEING;
    /// Columns are up to date.
    COLUMNS = "IX-03", STALE;
    /// Columns will soon be out of date.
    COLUMNS_SOON = "IX-12", AGEING;
    /// No column is empty.
    ENTRIES = "IX-03", EMPTY;
    /// Words of the office's list.
    WRONG_WORDS = "IX-04", WORD;
    /// Marks of secrecy.
    MARKS = "IX-05", SECRET;
    /// Hidden links.
    DARK_LINKS = "IX-05", HIDDEN;
    /// Scripts and styles of the page itself.
    SCRIPTS = "IX-05", FOREIGN;
    /// There is a way to ask and to report.
    CHANNEL = "IX-07", ENTRY;
    /// A guide to a service has its elements.
    GUIDE = "IX-08", ENTRY;
    /// Every link leads somewhere.
    REACH = "IX-09", LINK;
    /// Domains that were closed down.
    CLOSED_DOMAINS = "IX-09", CLOSED;
    /// Nothing is loaded from elsewhere.
    LOADED = "PR-05", FOREIGN;
    /// The first view is light.
    BYTES = "PF-01", WEIGHT;
    /// Pictures say how large they are.
    SIZES = "PF-05", WEIGHT;
    /// The page says which address is its own.
    CANONICAL = "SE-04", TAG;
    /// What the card of a page shows that is passed on.
    CARD = "SE-05", ENTRY;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_told_in_a_class_that_this_command_judges() {
        for rule in RULES {
            let class = Class::of(rule.code);
            assert!(!matches!(class, Class::Dns | Class::Tampered), "{}", rule.name);
        }
        assert_eq!(Class::ALL.len(), 11);
    }
}
