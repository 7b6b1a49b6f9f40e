//! Numbers in files that must be opened before they can be read: beside the ledgers, without a mark of their encoding, in the
//! operators of a PDF, packed too deep.

use std::io::{Cursor, Write as _};

use crate::support::{DAY, Project};

const MOBILE: &str = "19900000001";

fn zipped(member: &str, text: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file(member, zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(text.as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// What is told of a file laid into a small portal.
#[track_caller]
fn told(path: &str, bytes: impl AsRef<[u8]>, code: &str, status: i32) {
    let project = Project::small();
    project.write(&format!("content/{path}"), bytes.as_ref());
    let run = project.run("check", &["--as-of", DAY]).ends(status);
    let told = run.to_string();
    assert!(told.contains(code) && told.contains(path) && !told.contains(MOBILE), "{path}: {told}");
    assert!(code != "E-PII-MOBILE" || told.contains("199****0001"), "{path}: {told}");
}

#[test]
fn a_number_in_an_office_file_beside_the_ledgers_or_the_notices_is_found() {
    let cell = |value: &str| format!("<worksheet><row><c r=\"A1\"><v>{value}</v></c></row></worksheet>");
    let letter =
        "<w:document><w:p><w:r><w:t>199</w:t></w:r><w:r><w:t>00000001</w:t></w:r></w:p></w:document>";
    for (path, bytes) in [
        ("ledgers/list.xlsx", zipped("xl/worksheets/sheet1.xml", &cell(MOBILE))),
        ("ledgers/numbers.xlsx", zipped("xl/worksheets/sheet1.xml", &cell("1.9900000001E10"))),
        ("articles/notices/a.docx", zipped("word/document.xml", letter)),
        ("list.zip", zipped("list.txt", MOBILE)),
        ("books/list.txt", format!("电话{MOBILE}").into_bytes()),
        ("ledgers/gbk.txt", encoding_rs::GBK.encode("电话１９９００００００01。").0.into_owned()),
    ] {
        told(path, bytes, "E-PII-MOBILE", 1);
    }
}

#[test]
fn a_number_in_utf_16_without_a_mark_is_found() {
    let text = format!("姓名\t电话\r\n张某\t{MOBILE}\r\n");
    for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        for text in [text.as_str(), MOBILE] {
            let bytes: Vec<u8> = text.encode_utf16().flat_map(to_bytes).collect();
            told("assets/list.txt", bytes, "E-PII-MOBILE", 1);
        }
    }
}

#[test]
fn a_number_in_the_operators_of_a_pdf_is_found() {
    for shown in [
        "[(199)-1(0000)2(0001)] TJ",
        "<3139393030303030303031> Tj",
        "(\\061\\071\\0710000000\\061) Tj",
        "(Tel 199) Tj (00000001) Tj",
    ] {
        let stream = format!("BT /F1 12 Tf {shown} ET");
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(stream.as_bytes()).unwrap();
        for stream in [stream.as_bytes(), &packed.finish().unwrap()] {
            let file = [b"%PDF-1.7\n1 0 obj<<>>stream\n", stream, b"\nendstream endobj"].concat();
            told("assets/letter.pdf", file, "E-PII-MOBILE", 1);
        }
    }
}

#[test]
fn a_file_that_is_packed_too_deep_is_said_to_be_unsearched() {
    let deep = (0..5).fold(MOBILE.as_bytes().to_vec(), |bytes, _| packed(&bytes));
    told("assets/deep.gz", deep, "W-ASSET-OPAQUE", 0);
}

#[test]
fn a_number_that_the_tags_of_a_drawing_part_is_found_once() {
    let drawing =
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>199<tspan x=\"9\">0000</tspan>0001</text></svg>";
    told("assets/plan.svg", drawing, "E-PII-MOBILE", 1);
    let project = Project::small();
    project.write("content/assets/plan.svg", format!("<svg><text>\n{MOBILE}</text></svg>"));
    let run = project.run("check", &["--as-of", DAY, "--format", "json"]).ends(1);
    let findings = run.findings();
    let lines: Vec<_> =
        findings.iter().filter(|found| found["code"] == "E-PII-MOBILE").map(|found| &found["line"]).collect();
    assert_eq!(lines, [&2], "{run}");
}
