//! Personal data in the sources: the bytes of every file are searched, comments and attachments too.
//!
//! In: the source files as they lie on the disk. Out: findings at line and column, with the record they stand in, the
//! number masked. A file that was found clean is remembered by the hash of its bytes.
//!
//! Source: 《个人信息保护法》 articles 25 and 34. A number in the sources is a leak before anything is published, since a
//! repository keeps it. Not here: the search of the outputs (`release`), which numbers there are (`pii`).

mod attachments;
mod lingering;
mod masks;
mod mentions;
mod searched;
mod settings;
mod text;

use std::collections::HashSet;
use std::sync::OnceLock;

use anyhow::Context as _;
use rayon::prelude::*;

pub use attachments::EXIF;
pub(super) use attachments::{METADATA, OPAQUE};
pub use lingering::REMOVED_PRESENT;
pub(super) use lingering::{NAME_LINGERS, names};
pub(super) use masks::{MASK, MINOR, masks, minors};
pub(super) use mentions::mentions;
pub use searched::Searched;
pub(super) use settings::settings;

use super::Context;
use super::subject::each_text;
use crate::cache::Cache;
use crate::calendar::Date;
use crate::diagnostic::{Code, FileId, Findings, Message, Place};
use crate::ledger::Ledger;
use crate::pii::words::{Told, Words};
use crate::pii::{Detector, Found, Sort};
use crate::record::field::{Field, Type};
use crate::source::{Limits, Role, SourceFile, Sources, read_bytes};
use crate::text::content_hash;

/// An identity number.
pub const ID: Code = Code("E-PII-ID");
/// A mobile number.
pub const MOBILE: Code = Code("E-PII-MOBILE");
/// A bank card.
pub const BANK: Code = Code("E-PII-BANK");
/// What seems to be an identity number of the old form, which has no check digit.
pub const ID_OLD: Code = Code("W-PII-ID-OLD");
/// A landline in a text that is no office line of the portal.
pub const PHONE: Code = Code("W-PII-PHONE");
/// Where a person lives.
pub const ADDRESS: Code = Code("W-PII-ADDRESS");
/// What a person is ill of.
pub const HEALTH: Code = Code("W-PII-HEALTH");

/// Searches the bytes of every source file.
pub fn search_sources(
    sources: &Sources,
    ledger: &Ledger,
    limits: &Limits,
    as_of: Date,
    cache: &Cache,
) -> anyhow::Result<(Findings, Vec<String>)> {
    let context = Context::new(ledger, as_of);
    let searched = Searched::read(cache, &context.detector);
    let search = Search {
        sources,
        limits,
        cache,
        context: &context,
        searched: &searched,
        words: Words::default(),
        lines: OnceLock::new(),
    };
    let files = sources.files.par_iter().zip(0u32..sources.files.len() as u32);
    let found: Vec<(Findings, Option<u128>)> =
        files.map(|(source, number)| search.file(source, FileId(number))).collect::<anyhow::Result<_>>()?;
    let mut all = Findings::default();
    let mut clean = Vec::new();
    for (findings, hash) in found {
        all.0.extend(findings.0);
        clean.extend(hash);
    }
    super::drop_switched_off(&context, &mut all);
    let kept = searched.write(cache, clean);
    Ok((all, kept))
}

/// The code of a number that may stand in no output.
pub fn forbidden(sort: Sort) -> Option<Code> {
    match sort {
        Sort::Id => Some(ID),
        Sort::Mobile => Some(MOBILE),
        Sort::Bank => Some(BANK),
        Sort::OldId | Sort::Landline => None,
    }
}

/// What searching one file needs.
struct Search<'s> {
    sources: &'s Sources,
    limits: &'s Limits,
    cache: &'s Cache,
    context: &'s Context<'s>,
    searched: &'s Searched,
    words: Words,
    /// The office lines of the ledgers and the portal, gathered when a text tells of one.
    lines: OnceLock<HashSet<String>>,
}

impl Search<'_> {
    /// The findings in one file; with the hash of its bytes when there are none.
    fn file(&self, source: &SourceFile, file: FileId) -> anyhow::Result<(Findings, Option<u128>)> {
        let mut findings = Findings::default();
        self.path(source, file, &mut findings);
        let hash = self.contents(source, file, &mut findings)?;
        let is_clean = findings.0.is_empty();
        Ok((findings, hash.filter(|_| is_clean)))
    }

    /// Searches what a file holds; returns the hash by which it is remembered once it was clean, none where that depends
    /// on other files too.
    fn contents(
        &self,
        source: &SourceFile,
        file: FileId,
        findings: &mut Findings,
    ) -> anyhow::Result<Option<u128>> {
        // What stands where nothing belongs may be a pipe, or gone: it is read if it can be, as an attachment is, since
        // tables and letters are laid beside the ledgers.
        if source.role == Role::Unknown {
            let bytes = (source.size > 0).then(|| read_bytes(self.sources, file).ok()).flatten();
            self.attachment(file, &bytes.unwrap_or_default(), findings);
            return Ok(None);
        }
        let as_read = self.sources.hashes.get(&file).map(|bytes| Searched::hash(*bytes, false));
        if let Some(hash) = as_read.filter(|hash| self.searched.knows(*hash)) {
            return Ok(Some(hash));
        }
        let bytes = read_bytes(self.sources, file).with_context(|| source.path.clone())?;
        // What counts in a text depends on the office lines of other files.
        if matches!(source.role, Role::Chapter | Role::Article | Role::Page) {
            self.text(file, &bytes, findings);
            return Ok(None);
        }
        let is_attachment = source.role == Role::Asset;
        let hash = Searched::hash(content_hash(&bytes), is_attachment);
        match (self.searched.knows(hash), is_attachment) {
            (true, _) => {}
            (false, true) => self.attachment(file, &bytes, findings),
            (false, false) => self.text(file, &bytes, findings),
        }
        Ok(Some(hash))
    }

    /// A number in the path of a file: it would become part of an address.
    fn path(&self, source: &SourceFile, file: FileId, findings: &mut Findings) {
        for found in self.detector().all(source.path.as_bytes()) {
            let Some((code, message)) = told(&found) else { continue };
            findings.add(code, Place::File(file), message).masked(&found.masked).hint(Message::new(
                "号码在文件名或文件夹名里，请改名",
                "it stands in the name of the file or folder: rename it",
            ));
        }
    }

    /// Whether a number is an office line that a record or the portal gives.
    fn is_office_line(&self, digits: &str) -> bool {
        let lines = self.lines.get_or_init(|| {
            let mut lines = HashSet::new();
            let is_phone = |_: &Field, ty| matches!(ty, Type::Phone);
            each_text(self.context, is_phone, &mut |_, _, _, text, _| {
                lines.insert(text.chars().filter(char::is_ascii_digit).collect::<String>());
            });
            lines
        });
        // An extension may follow.
        lines.iter().any(|line| line.starts_with(digits))
    }

    fn detector(&self) -> &Detector {
        &self.context.detector
    }
}

/// Code and words for a number in the sources; landlines have a rule of their own.
fn told(found: &Found) -> Option<(Code, Message)> {
    let masked = &found.masked;
    Some(match found.sort {
        Sort::Id => (
            ID,
            Message::new(
                format!("疑似身份证号（{masked}），来源文件和公示内容都不得出现"),
                format!(
                    "this looks like an identity number ({masked}), which neither sources nor pages may hold"
                ),
            ),
        ),
        Sort::Mobile => (
            MOBILE,
            Message::new(
                format!("疑似手机号（{masked}）；责任人只公布办公电话"),
                format!("this looks like a mobile number ({masked}); only office lines are published"),
            ),
        ),
        Sort::Bank => (
            BANK,
            Message::new(
                format!("疑似银行卡号（{masked}），来源文件和公示内容都不得出现"),
                format!("this looks like a bank card ({masked}), which neither sources nor pages may hold"),
            ),
        ),
        Sort::OldId => (
            ID_OLD,
            Message::new(
                format!("疑似旧身份证号（{masked}）：15位，含出生日期"),
                format!("this looks like an old identity number ({masked}): 15 digits with a day of birth"),
            ),
        ),
        Sort::Landline => return None,
    })
}

/// Code, words and hint for a landline in a text.
fn told_line(found: &Found) -> (Code, Message, Message) {
    let masked = &found.masked;
    (
        PHONE,
        Message::new(
            format!("文中的固定电话（{masked}）不是台账里的办公电话，住宅电话不得公开"),
            format!(
                "the landline ({masked}) is no office line of the ledgers; private lines are not published"
            ),
        ),
        Message::new(
            "是办公电话的，请填到有关记录或 portal.yaml 的 phone_office；不是的请删去",
            "if it is an office line, give it as `phone_office` of a record or of portal.yaml; else remove it",
        ),
    )
}

/// Code, words and hint for words of an address or an illness.
fn told_words(told: Told) -> (Code, Message, Message) {
    match told {
        Told::Home => (
            ADDRESS,
            Message::new(
                "疑似家庭住址，写到了门牌或村组",
                "this looks like a home address down to the house",
            ),
            Message::new("请删去，或者只写到县（区）", "remove it, or name the county only"),
        ),
        Told::Health => (
            HEALTH,
            Message::new("疑似写了个人的病情", "this seems to tell of somebody's illness"),
            Message::new(
                "请删去病情，或者写成不能认出本人的数字",
                "remove it, or give figures that point to nobody",
            ),
        ),
    }
}

/// How a number in a text is mended.
fn mended(sort: Sort) -> Message {
    match sort {
        Sort::Mobile => Message::new(
            "请改填办公电话，并从所有源文件里删去手机号",
            "give the office line, and remove the mobile number from all source files",
        ),
        Sort::OldId => Message::new(
            "如是身份证号请删去；如是注册号等其他编号，可在 rules_off 里停用 W-PII-ID-OLD",
            "remove it if it is one; if it is another number, `rules_off` may list W-PII-ID-OLD",
        ),
        _ => Message::new(
            "请删去，注释里也不要留；确需注明时写遮挡的号码，中间用 * 代替",
            "remove it, from comments too; where it must be told, write it masked, with * in its middle",
        ),
    }
}
