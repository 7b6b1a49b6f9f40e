//! Attachments: personal numbers in them, what pictures and documents note of persons, and what cannot be searched.
//!
//! In: the bytes of a file below `assets/`, or of one that lies where none belongs, unpacked as far as it can be. Out: one finding a kind of trace, on the file. Names
//! are told masked, places not at all.
//!
//! Not here: texts without packing, which have lines (`text`).

use std::collections::HashSet;

use super::{Search, told};
use crate::diagnostic::{Code, FileId, Findings, Message, Place};
use crate::pii::documents::{authors, opaque};
use crate::pii::images::{Traces, traces};
use crate::pii::{Found, Sort};
use crate::record::privacy::NameMask;
use crate::unpack::{self, Extent};

/// A picture that tells where, by whom or with which device it was taken.
pub const EXIF: Code = Code("E-PII-EXIF");
/// A document that notes its author or last editor.
pub const METADATA: Code = Code("W-PII-METADATA");
/// An attachment whose text cannot be searched.
pub const OPAQUE: Code = Code("W-ASSET-OPAQUE");

impl Search<'_> {
    /// The findings in an attachment.
    pub(super) fn attachment(&self, file: FileId, bytes: &[u8], findings: &mut Findings) {
        let mut names: Vec<String> = Vec::new();
        let mut photo = Traces::default();
        let mut closed = None;
        let mut found: Vec<Found> = Vec::new();
        // A text has lines to point at; what it holds besides, read otherwise, has none.
        let is_text = !bytes.contains(&0) && std::str::from_utf8(bytes).is_ok();
        let told_with_lines = if is_text { self.detector().all(bytes) } else { Vec::new() };
        let extent = unpack::show(bytes, &mut |seen| {
            if !(is_text && std::ptr::eq(seen, bytes)) {
                found.extend(self.detector().all(seen));
            }
            names.extend(authors(seen));
            photo = photo.and(traces(seen));
            closed = closed.or_else(|| opaque(seen));
        });
        if extent == Extent::Cut {
            closed = closed.or(Some((
                "解开后超过 256 MB 或者套了四层以上的压缩包",
                "a file that unpacks to more than 256 MB or is packed more than four times",
            )));
        }
        if is_text {
            self.text(file, bytes, findings);
        }
        found.sort_by(|a, b| (a.sort, &a.masked).cmp(&(b.sort, &b.masked)));
        found.dedup_by(|a, b| (a.sort, &a.masked) == (b.sort, &b.masked));
        let known: HashSet<(Sort, &str)> =
            told_with_lines.iter().map(|found| (found.sort, &*found.masked)).collect();
        for found in found.iter().filter(|found| !known.contains(&(found.sort, &*found.masked))) {
            let Some((code, message)) = told(found) else { continue };
            findings.add(code, Place::File(file), message).masked(&found.masked).hint(Message::new(
                "请在原文件里删去，再重新导出这个附件",
                "remove it from the original and export this attachment anew",
            ));
        }
        report_picture(file, photo, findings);
        report_authors(file, names, findings);
        if let Some((zh, en)) = closed {
            let message = Message::new(
                format!("这是{zh}，里面的文字查不了，也就不知道有没有个人信息"),
                format!("this is {en}, whose text cannot be searched for personal data"),
            );
            findings.add(OPAQUE, Place::File(file), message).hint(Message::new(
                "请换成不加密的 zip、docx、xlsx 或文字文件；换不了的，公开前逐页看过",
                "use a zip, docx, xlsx or text file without a password; else read every page before it is published",
            ));
        }
    }
}

fn report_picture(file: FileId, photo: Traces, findings: &mut Findings) {
    if photo.is_empty() {
        return;
    }
    let (zh, en) = photo.words();
    let message = Message::new(
        format!("图片里记有{zh}，不得公开"),
        format!("the picture tells {en}, which may not be public"),
    );
    findings.add(EXIF, Place::File(file), message).hint(Message::new(
        "在“属性-详细信息”里选“删除属性和个人信息”，或者截图另存后再用",
        "remove its properties (`exiftool -all= FILE`), or save it anew without them",
    ));
}

fn report_authors(file: FileId, mut names: Vec<String>, findings: &mut Findings) {
    names.sort();
    names.dedup();
    if names.is_empty() {
        return;
    }
    let masked: Vec<String> =
        names.iter().take(3).map(|name| NameMask::Star.of(name.trim()).into_string()).collect();
    let masked = masked.join("、");
    let message = Message::new(
        format!("附件的属性里记有作者或修改者（{masked}）"),
        format!("the properties of this attachment name an author or editor ({masked})"),
    );
    findings.add(METADATA, Place::File(file), message).masked(&masked).hint(Message::new(
        "在“文件-信息-检查文档”里删除文档属性和个人信息，再重新导出",
        "remove properties and personal data (File, Info, Inspect Document) and export it anew",
    ));
}
