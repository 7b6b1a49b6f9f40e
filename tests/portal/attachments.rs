//! What attachments say that the portal itself may not: names behind masks and of what was withdrawn, in documents as office programs
//! write them, and numbers in the notes of pictures.

use std::io::{Cursor, Write as _};

use crate::support::{DAY, Project};

/// An office file of one member.
fn packed(member: &str, text: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file(member, zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(text.as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}

fn document(runs: &[&str]) -> Vec<u8> {
    let runs: String = runs
        .iter()
        .map(|run| {
            format!("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{run}</w:t></w:r><w:proofErr/>")
        })
        .collect();
    let text = format!("<?xml version=\"1.0\"?><w:document><w:body><w:p>{runs}</w:p></w:body></w:document>");
    packed("word/document.xml", &text)
}

fn sheet(cell: &str) -> Vec<u8> {
    let text = format!("<?xml version=\"1.0\"?><sst><si>{cell}</si><si><t>其他</t></si></sst>");
    packed("xl/sharedStrings.xml", &text)
}

#[test]
fn a_masked_name_of_three_characters_stands_in_no_attachment() {
    let project = Project::small();
    project.edit("content/ledgers/credit.yaml", "name: 孙样品甲,", "name: 孙小样,");
    project.build(DAY).ends(0);
    let gbk = encoding_rs::GBK.encode("当事人孙小样已履行").0.into_owned();
    for (file, bytes) in [
        ("whole.docx", document(&["当事人孙小样已履行"])),
        ("runs.docx", document(&["当事人孙", "小", "样已履行"])),
        ("alone.docx", document(&["孙小样"])),
        ("cell.xlsx", sheet("<t>孙小样（个体）</t>")),
        ("rich.xlsx", sheet("<r><t>孙</t></r><r><rPr/><t>小样等</t></r>")),
        ("list.csv", "姓名\n孙小样等三人\n".into()),
        ("list.txt", gbk),
    ] {
        project.write(&format!("content/assets/{file}"), bytes);
        let run = project.build(DAY).ends(1);
        assert!(
            run.err.contains("error[E-VIS-INTERNAL]") && run.err.contains(&format!("assets/{file}")),
            "{run}"
        );
        std::fs::remove_file(project.path(&format!("content/assets/{file}"))).unwrap();
    }
    for (file, bytes) in [
        ("masked.docx", document(&["当事人孙**已履行"])),
        ("cells.xlsx", sheet("<t>孙</t></si><si><t>小样</t>")),
        ("other.docx", document(&["孙小", "图样"])),
    ] {
        project.write(&format!("content/assets/{file}"), bytes);
    }
    project.build(DAY).ends(0);
}

#[test]
fn a_name_that_a_public_record_tells_may_stand_in_an_attachment() {
    let project = Project::small();
    project.edit("content/ledgers/credit.yaml", "name: 孙样品甲,", "name: 张示例,");
    project.write("content/assets/list.docx", document(&["包保干部", "张示", "例"]));
    project.build(DAY).ends(0);
}

#[test]
fn what_was_withdrawn_is_called_so_when_an_attachment_still_has_it() {
    let project = Project::small();
    let withdrawal =
        "withdrawals:\n  - {kind: penalty, id: pen-2025-0044, \"on\": 2026-11-03, reason: 处罚已撤销}\n";
    project.write("content/ledgers/more.yaml", withdrawal);
    project.build(DAY).ends(0);
    project.write("content/assets/list.docx", document(&["处罚孙样", "品甲一案"]));
    let run = project.build(DAY).ends(1);
    assert!(run.err.contains("error[E-REMOVED-PRESENT]") && run.err.contains("孙样品甲"), "{run}");
}

#[test]
fn a_number_in_the_notes_of_a_picture_is_found() {
    let number: Vec<u8> = "电话19900000001".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let comment = [&b"UNICODE\0"[..], &number].concat();
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x92\x86\0\x07\0\0\0".to_vec();
    exif.push(comment.len() as u8);
    exif.extend(b"\0\0\0\x1a\0\0\0\0");
    exif.extend(&comment);
    let mut picture = b"\xFF\xD8\xFF\xE1\0".to_vec();
    picture.push(exif.len() as u8 + 2);
    picture.extend(exif);
    picture.extend(b"\xFF\xDA\0\x02picture");
    let project = Project::small();
    project.write("content/assets/photo.jpg", picture);
    let run = project.run("check", &["--as-of", DAY, "--format", "json"]).ends(1);
    assert!(run.out.contains("E-PII-MOBILE") && run.out.contains("199****0001"), "{run}");
    assert!(run.out.contains("assets/photo.jpg") && !run.out.contains("19900000001"), "{run}");
}
