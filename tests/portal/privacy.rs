//! Personal numbers: found wherever they stand in sources and outputs, told of masked, never published.

use std::fmt::Write as _;
use std::io::Write as _;

use gongshi::pii::Detector;

use crate::support::{DAY, Project, assert_same, holds, tree};

/// An identity number of a region that no place has, and a mobile number of no network.
const ID: &str = "990101199001010019";
const MOBILE: &str = "19900000001";

fn project() -> Project {
    let project = Project::small();
    let path = "content/portal.yaml";
    project.write(path, format!("{}\nprivacy: {{id_prefixes: [\"99\"]}}\n", project.text(path)));
    project
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn docx(text: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    write!(archive, "<w:document><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:document>").unwrap();
    archive.finish().unwrap().into_inner()
}

fn pdf(text: &str) -> Vec<u8> {
    let mut stream = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    write!(stream, "BT ({text}) Tj ET").unwrap();
    let mut pdf = b"%PDF-1.7\n1 0 obj<</Filter/FlateDecode>>stream\n".to_vec();
    pdf.extend(stream.finish().unwrap());
    pdf.extend(b"\nendstream endobj");
    pdf
}

#[test]
fn a_number_anywhere_in_the_sources_stops_the_build_and_is_never_printed() {
    let sources: [(&str, &str, Vec<u8>); 11] = [
        ("content/pages/about.md", "E-PII-ID", format!("---\ntitle: 关于\n---\n身份证{ID}\n").into_bytes()),
        ("content/ledgers/more.yaml", "E-PII-ID", format!("regions: []   # 经办 {ID}\n").into_bytes()),
        ("content/ledgers/regions.csv", "E-PII-MOBILE", format!("code,name,level\r\n990109,电话{MOBILE},county\r\n").into_bytes()),
        ("content/articles/news/draft2.md", "E-PII-MOBILE", format!("---\ntitle: 稿\ndraft: true\nsource: {MOBILE}\n---\n文\n").into_bytes()),
        ("content/assets/list.txt", "E-PII-MOBILE", "名单\n张某 199-0000-0001\n".into()),
        ("content/assets/list.txt.gz", "E-PII-ID", packed(ID.as_bytes())),
        ("content/assets/letter.docx", "E-PII-ID", docx("9901</w:t></w:r><w:r><w:t>01199001010019")),
        ("content/assets/letter.pdf", "E-PII-MOBILE", pdf(MOBILE)),
        ("content/assets/gbk.txt", "E-PII-MOBILE", encoding_rs::GBK.encode("电话１９９００００００01。").0.into_owned()),
        ("content/assets/utf16.txt", "E-PII-ID", std::iter::once(0xFEFF).chain(ID.encode_utf16()).flat_map(u16::to_le_bytes).collect()),
        ("content/assets/plan.svg", "E-PII-MOBILE", format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><title>a</title><text>199</text><desc>{MOBILE}</desc></svg>").into_bytes()),
    ];
    for (path, code, bytes) in sources {
        let project = project();
        project.write(path, bytes);
        let file = path.strip_prefix("content/").unwrap();
        for run in [project.build(DAY), project.run("check", &["--as-of", DAY, "--format", "json"])] {
            let run = run.ends(1);
            let told = format!("{}{}", run.out, run.err);
            assert!(told.contains(code) && told.contains(file), "{path}: {told}");
            assert!(told.contains("199****0001") || told.contains("990***********0019"), "{path}: {told}");
            for number in [ID, MOBILE, "199-0000-0001", "990101199001010019"] {
                assert!(!told.contains(number), "{path} prints the number: {told}");
            }
        }
        assert!(!project.path("site").exists(), "{path}");
    }
}

#[test]
fn a_number_in_the_name_of_a_file_stops_the_build() {
    for path in [
        "content/assets/a-19900000001.txt",
        "content/pages/19900000001.md",
        "themes/default/static/19900000001.txt",
    ] {
        let project = project();
        project.write(path, "---\ntitle: 文\n---\n文\n");
        let run = project.build(DAY).ends(1);
        assert!(run.err.contains("E-PII-MOBILE"), "{run}");
        assert!(!project.path("site").exists(), "{path}");
    }
}

#[test]
fn a_number_in_a_ledger_is_told_of_with_record_and_field_but_not_in_a_comment() {
    let project = project();
    project.edit(
        "content/ledgers/credit.yaml",
        "content: 吊销食品经营许可证，罚款十万元",
        &format!("content: 吊销食品经营许可证{MOBILE}，罚款十万元   # {ID}"),
    );
    let run = project.run("check", &["--as-of", DAY, "--format", "json"]).ends(1);
    let found: Vec<(String, Option<String>, Option<String>)> = run
        .findings()
        .iter()
        .filter(|found| found["code"].as_str().unwrap().starts_with("E-PII"))
        .map(|found| {
            let text = |key: &str| found[key].as_str().map(str::to_string);
            (text("code").unwrap(), text("record"), text("field"))
        })
        .collect();
    assert_eq!(
        found,
        [
            ("E-PII-MOBILE".into(), Some("pen-2026-0012".into()), Some("content".into())),
            ("E-PII-ID".into(), None, None),
        ]
    );
    let project = self::project();
    project.write(
        "content/ledgers/regions.csv",
        format!("code,name,level\r\n990108,甲县,county\r\n990109,乙{MOBILE},county\r\n"),
    );
    let run = project.run("check", &["--as-of", DAY, "--format", "json"]).ends(1);
    let findings = run.findings();
    let found = findings.iter().find(|found| found["code"] == "E-PII-MOBILE").unwrap();
    assert_eq!((&found["record"], &found["field"]), (&"990109".into(), &"name".into()), "{run}");
    assert_eq!((&found["line"], &found["column"]), (&3.into(), &9.into()), "{run}");
}

#[test]
fn a_number_that_is_the_id_of_a_record_is_masked_in_every_form_of_the_findings() {
    let project = project();
    project.edit("content/ledgers/credit.yaml", "id: pen-2026-0012", &format!("id: \"{MOBILE}\""));
    for format in ["human", "json", "sarif"] {
        let run = project.run("check", &["--as-of", DAY, "--format", format]).ends(1);
        assert!(!run.to_string().contains(MOBILE) && run.to_string().contains("199****0001"), "{run}");
    }
}

#[test]
fn a_number_in_the_output_stops_publication_and_names_file_and_record() {
    for (path, bytes, file) in [
        ("themes/default/templates/footer.html", format!("<footer>{ID}</footer>").into_bytes(), "404.html"),
        (
            "themes/default/static/app.js",
            format!("call(\"\\u0031{}\")", &MOBILE[1..]).into_bytes(),
            "theme/app.",
        ),
        ("themes/default/static/form.docx", docx(MOBILE), "theme/form.docx"),
    ] {
        let project = project();
        project.build(DAY).ends(0);
        let before = project.site();
        project.write(path, bytes);
        for arguments in [&["--as-of", DAY][..], &["--as-of", DAY, "--no-cache"]] {
            let run = project.run("build", arguments).ends(1);
            assert!(run.err.contains(file) && run.err.contains("E-PII-"), "{run}");
            assert!(!run.err.contains(ID) && !run.err.contains(MOBILE), "{run}");
            assert_same(&before, &tree(&project.path("site")), "the old site");
        }
    }
    let project = project();
    project.write("themes/default/templates/enterprise.html", format!("<p>{ID}"));
    let run = project.run("build", &["--as-of", DAY, "--format", "json"]).ends(1);
    let found = run.findings();
    assert!(found.iter().all(|found| found["record"].is_string()), "{run}");
}

#[test]
fn what_is_newly_looked_for_is_found_in_pages_taken_over_and_in_attachments_found_clean_before() {
    let project = Project::small();
    project.write("content/assets/list.txt.gz", packed(ID.as_bytes()));
    project.write("themes/default/static/note.txt", ID);
    project.build(DAY).ends(0);
    let path = "content/portal.yaml";
    project.write(path, format!("{}\nprivacy: {{id_prefixes: [\"99\"]}}\n", project.text(path)));
    assert!(project.build(DAY).ends(1).err.contains("assets/list.txt.gz"));
    std::fs::remove_file(project.path("content/assets/list.txt.gz")).unwrap();
    assert!(project.build(DAY).ends(1).err.contains("theme/note.txt"));
}

/// Random numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }

    fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + self.below(10) as u8)).collect()
    }
}

fn id(dice: &mut Dice) -> String {
    let (year, month, day) = (1930 + dice.below(96), 1 + dice.below(12), 1 + dice.below(28));
    let body = format!("99{}{year}{month:02}{day:02}{}", dice.digits(4), dice.digits(3));
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 =
        body.chars().zip(weights).map(|(digit, weight)| digit.to_digit(10).unwrap() * weight).sum();
    format!("{body}{}", &"10X98765432"[sum as usize % 11..][..1])
}

fn written(dice: &mut Dice, number: &str, parts: &[usize]) -> String {
    let (full, mark) = (dice.below(3) == 0, ["", "", " ", "-", "　"][dice.below(5)]);
    let mut out = String::new();
    for (at, c) in number.char_indices() {
        if parts.contains(&at) {
            out.push_str(mark);
        }
        out.push(if full { char::from_u32(u32::from(c) + 0xFEE0).unwrap() } else { c });
    }
    out
}

/// Ten thousand numbers of each sort, as they may be written.
fn planted() -> Vec<(String, String)> {
    let mut dice = Dice(2026);
    let mut planted = Vec::new();
    for _ in 0..10_000 {
        let number = id(&mut dice);
        planted.push((written(&mut dice, &number, &[6, 14]), number));
        let number = format!("1{}{}", 3 + dice.below(7), dice.digits(9));
        planted.push((written(&mut dice, &number, &[3, 7]), number));
    }
    planted
}

#[test]
fn twenty_thousand_numbers_planted_in_sources_are_all_found_and_none_is_printed() {
    let (project, planted) = (project(), planted());
    let mut files = [String::new(), "code,name\n".into(), "---\ntitle: 稿\n---\n".into(), String::new()];
    for (at, (written, _)) in planted.iter().enumerate() {
        match at % 4 {
            0 => writeln!(files[0], "# 经办人：{written}").unwrap(),
            1 => writeln!(files[1], "{at},{written}").unwrap(),
            2 => writeln!(files[2], "见{written}。").unwrap(),
            _ => writeln!(files[3], "电话{written}，").unwrap(),
        }
    }
    let paths = ["ledgers/more.yaml", "ledgers/regions.csv", "articles/news/more.md", "assets/list.txt"];
    for (path, text) in paths.iter().zip(&files) {
        project.write(&format!("content/{path}"), text);
    }
    let run = project.run("check", &["--as-of", DAY, "--format", "json"]).ends(1);
    let found = run.findings();
    let found = found.iter().filter(|found| found["code"].as_str().unwrap().starts_with("E-PII"));
    assert_eq!(found.count(), planted.len());
    for (written, number) in planted.iter().step_by(97) {
        assert!(!run.out.contains(written) && !run.out.contains(number), "{written} is printed");
    }
}

#[test]
fn twenty_thousand_numbers_planted_in_the_files_of_a_site_are_all_found() {
    let project = project();
    project.build(DAY).ends(0);
    let site = project.site();
    let detector = Detector::new(2026, &[99]);
    let files: Vec<&[u8]> =
        site.iter().filter(|(path, _)| !path.ends_with(".xlsx")).map(|(_, bytes)| bytes.as_slice()).collect();
    for bytes in &files {
        assert!(detector.first_forbidden(bytes).is_none(), "the site as it is");
    }
    let mut dice = Dice(5);
    for (written, _) in planted() {
        let bytes = files[dice.below(files.len())];
        let mut at = dice.below(bytes.len() + 1);
        // Not inside a word, where a number would be part of it, and not behind a point, which makes decimals.
        let is_word = |at: usize| {
            let byte = bytes.get(at).copied().unwrap_or(b' ');
            let is_encoded = byte == b'%' && bytes.get(at + 1).is_some_and(u8::is_ascii_hexdigit);
            byte.is_ascii_alphanumeric() || byte >= 0x80 || is_encoded || b".\\&<+- \"'".contains(&byte)
        };
        while at < bytes.len() && (is_word(at) || at > 0 && is_word(at - 1)) {
            at += 1;
        }
        let (from, to) = (at.saturating_sub(1000), bytes.len().min(at + 1000));
        let planted = [&bytes[from..at], written.as_bytes(), &bytes[at..to]].concat();
        let found = detector.first_forbidden(&planted);
        assert!(found.is_some(), "{}", String::from_utf8_lossy(&planted));
        assert!(!holds(found.unwrap().masked.as_bytes(), &written));
    }
}

/// The places of a name that a published form of it shows.
fn shown(form: &str) -> Vec<bool> {
    form.chars().map(|c| c != '*').collect()
}

/// Every form of a name in the files of a site: its characters or stars in their places, up to its length.
fn forms(site: &crate::support::Tree, name: &str) -> std::collections::BTreeSet<String> {
    let name: Vec<char> = name.chars().collect();
    let mut forms = std::collections::BTreeSet::new();
    for bytes in site.values() {
        let text: Vec<char> = String::from_utf8_lossy(bytes).chars().collect();
        for at in 0..text.len() {
            let same = |nth: &usize| text.get(at + nth).is_some_and(|c| *c == '*' || *c == name[*nth]);
            let length = (0..name.len()).take_while(same).count();
            // One character alone is no form of a name, and stars alone are none either.
            if length >= 2 && text[at] == name[0] {
                forms.insert(text[at..at + length].iter().collect());
            }
        }
    }
    forms
}

#[test]
fn all_forms_of_a_name_on_all_pages_tell_no_more_together_than_one_of_them() {
    let penalty = "penalties:\n  - {id: pen-2026-0901, doc_no: 样市监处罚〔2026〕901号, party: {name: 卞样品甲}, breach: 销售超过保质期的食品, \
         kinds: [fine], content: 罚款一千元, organ: 样例县市场监督管理局, decided_on: 2026-10-15, published_on: 2026-10-20, \
         severity: ordinary, publish_until: 2027-01-19}\n";
    let blacklist = "blacklist:\n  - {id: blk-2026-0901, party: {name: 卞样品甲}, legal_rep: 卞样品甲, ground: {text: 销售超过保质期的食品}, \
         penalty: {doc_no: 样市监处罚〔2026〕901号, date: 2026-10-15, kind: [fine]}, \
         decision: {doc_no: 样市监列严〔2026〕901号, organ: 样例县市场监督管理局, date: 2026-10-21}, listed_on: 2026-10-21, regime: ndrc36, \
         severity: serious, publish_until: 2029-10-20}\n";
    let masks = ["star", "stars", "first_last", "full"];
    let looks = ["卞*", "卞***", "卞**甲", "卞样品甲"];
    let pairs = (0..4).flat_map(|one| (0..4).map(move |other| (one, other)));
    for (one, other) in pairs.filter(|(one, other)| crate::support::is_slow() || one != other) {
        let project = Project::small();
        project.write("content/ledgers/more.yaml", format!("{penalty}{blacklist}"));
        let path = "content/portal.yaml";
        let settings = format!(
            "\nprivacy: {{name_mask: {}, masks: [{{kind: blacklist, field: legal_rep, mask: {}}}]}}\n",
            masks[one], masks[other]
        );
        project.write(path, project.text(path) + &settings);
        project.build(DAY).ends(0);
        let forms = forms(&project.site(), "卞样品甲");
        let alike = looks[one.min(other)];
        assert!(forms.contains(alike), "{settings}: {forms:?}");
        let whole: Vec<bool> = shown(alike);
        for form in &forms {
            for (at, shows) in shown(form).into_iter().enumerate() {
                assert!(!shows || whole.get(at) == Some(&true), "{settings}: {form} tells more than {alike}");
            }
        }
    }
}

#[test]
fn a_mask_of_a_field_that_has_none_is_refused() {
    for (mask, code) in [
        ("{kind: penalties, field: organ, mask: star}", "E-FIELD-UNKNOWN"),
        ("{kind: regions, mask: star}", "E-FIELD-UNKNOWN"),
        ("{kind: penaltys, mask: star}", "E-KIND-UNKNOWN"),
        ("{kind: penalties, mask: half}", "E-FIELD-TYPE"),
    ] {
        let project = Project::small();
        let path = "content/portal.yaml";
        project.write(path, format!("{}\nprivacy: {{masks: [{mask}]}}\n", project.text(path)));
        let run = project.run("check", &["--as-of", DAY]).ends(1);
        assert!(run.err.contains(code) || run.out.contains(code), "{mask}: {run}");
    }
}

/// A JPEG with a place in its Exif part, big-endian: one entry that leads to the directory of places.
fn photo() -> Vec<u8> {
    let tiff = [
        b"MM\0*\0\0\0\x08".as_slice(),
        b"\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1a\0\0\0\0",
        b"\0\x01\0\x02\0\x05\0\0\0\x03\0\0\0\x40\0\0\0\0",
    ]
    .concat();
    let length = (tiff.len() as u16 + 8).to_be_bytes();
    [b"\xFF\xD8\xFF\xE1".as_slice(), &length, b"Exif\0\0", &tiff, b"\xFF\xDA\0\x02picture\xFF\xD9"].concat()
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn what_attachments_note_of_persons_is_found_and_not_repeated() {
    let core = "<cp:coreProperties><dc:creator>张示例</dc:creator><cp:lastModifiedBy>李样本</cp:lastModifiedBy></cp:coreProperties>";
    for (path, code, bytes) in [
        ("photo.jpg", "E-PII-EXIF", photo()),
        ("letter.docx", "E-PII-EXIF", zipped(&[("word/media/image1.jpeg", &photo())])),
        ("table.xlsx", "W-PII-METADATA", zipped(&[("docProps/core.xml", core.as_bytes())])),
        ("inner.zip", "W-ASSET-OPAQUE", zipped(&[("list.7z", b"7z\xBC\xAF\x27\x1C\0\x04")])),
    ] {
        let project = Project::small();
        project.write(&format!("content/assets/{path}"), bytes);
        for _ in 0..2 {
            let run = project.build(DAY).ends(i32::from(code.starts_with('E')));
            assert!(run.err.contains(code) && run.err.contains(path), "{path}: {run}");
            assert!(!run.err.contains("张示例") && !run.err.contains("李样本"), "{run}");
        }
    }
    let project = Project::small();
    project.write("themes/default/static/photo.jpg", photo());
    let run = project.build(DAY).ends(1);
    assert!(run.err.contains("E-PII-EXIF") && run.err.contains("theme/photo."), "{run}");
}
