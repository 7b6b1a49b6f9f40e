//! Searches an output for what must not be there: what the gate took away, what has left, personal numbers.
//!
//! In: the bytes of one output. Out: the first such thing as a diagnostic with the output's path. A personal number is
//! told of masked, with the record on whose page it stands.
//!
//! Not here: which texts were taken away (`disclose`), and what a personal number is (`pii`).

use crate::check::{EXIF, REMOVED_PRESENT, forbidden};
use crate::diagnostic::{Code, Diagnostic, Fingerprint, Message, Severity};
use crate::needles::Weight;
use crate::pii::images::{Traces, traces};
use crate::pii::{Detector, Found, Sort};
use crate::pipeline::Planned;
use crate::plan::Content;
use crate::record::edges::Handle;
use crate::route::Route;
use crate::search::IndexFile;
use crate::unpack;

/// A text of a withheld record or field in an output.
pub const LEAK: Code = Code("E-VIS-INTERNAL");
/// A text of a record whose term is over in an output.
pub const ENDED: Code = Code("E-PUBLISH-EXPIRED");

/// What an output may hold.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// What the public may see; of one record, when there is one.
    Records(Option<Handle>),
    /// The ids and addresses of what has left.
    Departures,
    /// A file of others, perhaps packed.
    Packed,
    /// Hashes, numbers and single syllables of the index, written as letters: no text can be read there, and any short word may
    /// stand there by chance.
    Codes,
}

impl Holds {
    pub(super) fn of(content: &Content) -> Holds {
        match content {
            Content::Tombstone(_) | Content::Corrections => Holds::Departures,
            Content::Asset(_) | Content::Static(_) => Holds::Packed,
            Content::Index(file) => match file {
                IndexFile::Shard(_)
                | IndexFile::Tiers(_)
                | IndexFile::Attributes(..)
                | IndexFile::Fold
                | IndexFile::Sounds => Holds::Codes,
                IndexFile::Manifest | IndexFile::Block(..) => Holds::Records(None),
            },
            Content::Record(handle, _) | Content::One(handle) | Content::Badge(handle) => {
                Holds::Records(Some(*handle))
            }
            _ => Holds::Records(None),
        }
    }
}

/// What was found.
enum Leak<'p> {
    Text(Weight, &'p str),
    Number(Code, Found),
    Picture(Traces),
}

/// The first thing in an output that must not be there.
pub(super) fn leak(
    planned: &Planned,
    detector: &Detector,
    route: &Route,
    holds: Holds,
    bytes: &[u8],
) -> Option<Diagnostic> {
    let may_name_gone = holds == Holds::Departures;
    let needles = &planned.portal.needles;
    let look = |seen: &[u8]| {
        let counts = |weight| match weight {
            Weight::Gone => !may_name_gone,
            Weight::Name => holds == Holds::Packed,
            _ => true,
        };
        let find = || needles.find(seen, counts);
        let text = (holds != Holds::Codes).then(find).flatten();
        text.map(|(weight, text)| Leak::Text(weight, text))
            .or_else(|| {
                let found = detector.first_forbidden(seen)?;
                Some(Leak::Number(forbidden(found.sort)?, found))
            })
            .or_else(|| {
                let told = if holds == Holds::Packed { traces(seen) } else { Traces::default() };
                (!told.is_empty()).then_some(Leak::Picture(told))
            })
    };
    let found = match holds {
        Holds::Packed => {
            look(route.as_str().as_bytes()).or_else(|| unpack::search(bytes, &mut |seen| look(seen)))
        }
        _ => look(bytes),
    };
    let (code, message) = match found? {
        Leak::Text(weight, text) => told_text(route, weight, text),
        Leak::Number(code, found) => (code, told_number(route, &found)),
        Leak::Picture(told) => (EXIF, told_picture(route, told)),
    };
    let hint = Message::new(
        "检查引用它的文章、附件或主题模板；全部改正之前不发布",
        "look at the article, the attachment or the template that repeats it; nothing is published until it is gone",
    );
    let record = match holds {
        Holds::Records(Some(handle)) => planned.portal.record(handle).map(|record| record.id().to_string()),
        _ => None,
    };
    Some(Diagnostic {
        file: route.to_string(),
        line: 0,
        column: 0,
        code,
        severity: Severity::Error,
        record,
        field: None,
        message,
        hint: Some(hint),
        other: None,
        allowed: None,
        township: None,
        fingerprint: Fingerprint::default(),
    })
}

fn told_text(route: &Route, weight: Weight, text: &str) -> (Code, Message) {
    let shown = crate::text::excerpt(&Detector::of_display().redact(text), 24);
    if let Weight::Ended(last) = weight {
        let message = Message::new(
            format!("公示期已于 {last} 届满，须停止公示：输出文件 {route} 中仍有“{shown}”"),
            format!(
                "the term ended on {last} and publication has to stop, but the output {route} holds `{shown}`"
            ),
        );
        return (ENDED, message);
    }
    if matches!(weight, Weight::Gone | Weight::Removed) {
        let message = Message::new(
            format!("已移出的“{shown}”仍出现在输出文件 {route} 中"),
            format!("`{shown}` was removed and is still present in the output {route}"),
        );
        return (REMOVED_PRESENT, message);
    }
    let message = Message::new(
        format!("输出文件 {route} 中有不得公开的内容“{shown}”"),
        format!("the output {route} holds `{shown}`, which may not be public"),
    );
    (LEAK, message)
}

fn told_number(route: &Route, found: &Found) -> Message {
    let (zh, en) = match found.sort {
        Sort::Id => ("身份证号", "an identity number"),
        Sort::Bank => ("银行卡号", "a bank card"),
        _ => ("手机号", "a mobile number"),
    };
    let masked = &found.masked;
    Message::new(
        format!("输出文件 {route} 中有疑似{zh}（{masked}），不得公开"),
        format!("the output {route} holds what looks like {en} ({masked}), which may not be public"),
    )
}

fn told_picture(route: &Route, told: Traces) -> Message {
    let (zh, en) = told.words();
    Message::new(
        format!("输出文件 {route} 里记有{zh}，不得公开"),
        format!("the output {route} tells {en}, which may not be public"),
    )
}
