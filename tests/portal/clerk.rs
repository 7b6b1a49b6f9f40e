//! Slips of clerks in a sound portal: each is told once or at few places, with file, line and column, and in words that say what to do.

use crate::support::{DAY, Project};

/// A slip: what was typed, the code, its place, and words of the message or the hint.
type Slip = (&'static str, &'static str, &'static str, &'static str);

const ENTERPRISES: &str = "content/ledgers/enterprises.yaml";

#[track_caller]
fn told(project: &Project, code: &str, place: &str, words: &str) {
    let run = project.run("check", &["--as-of", DAY, "--format", "json", "--lang", "zh"]).ends(1);
    let found = run.findings().into_iter().any(|one| {
        let file = one["file"].as_str().unwrap().trim_start_matches("content/");
        let at = format!("{file}:{}:{}", one["line"], one["column"]);
        let said = format!("{} {}", one["message"].as_str().unwrap(), one["hint"].as_str().unwrap_or(""));
        one["code"] == code && at == place && said.contains(words)
    });
    assert!(found, "{code} at {place} with {words}: {run}");
    assert!(!run.out.contains("19900000001") && !run.out.contains("990101199001010019"), "{run}");
}

#[test]
fn a_slip_in_a_ledger_is_told_at_its_place_with_the_way_to_mend_it() {
    let first = Project::small().text(ENTERPRISES);
    let line = |word: &str| first.lines().position(|line| line.contains(word)).unwrap() + 1;
    let at = |word: &str, column: usize| format!("ledgers/enterprises.yaml:{}:{column}", line(word));
    let column = |word: &str| {
        let line = first.lines().find(|line| line.contains(word)).unwrap();
        line[..line.find(word).unwrap()].chars().count() + 1
    };
    let valid = "valid_to: 2026-12-14";
    for (old, new, code, words) in [
        (valid, "valid_to: 2026-02-30", "E-DATE-INVALID", "2026年2月只有28天"),
        (valid, "valid_to: ２０２６-12-14", "E-DATE-INVALID", "应写作 2026-12-14"),
        (valid, "valid_to: 2026年12月14日", "E-DATE-INVALID", "应写作 2026-12-14"),
        (valid, "valid_to: 46370", "E-DATE-INVALID", "即 2026-12-14"),
        (valid, "valid_to: \"########\"", "E-DATE-INVALID", "列太窄"),
    ] {
        let project = Project::small();
        project.edit(ENTERPRISES, old, new);
        told(&project, code, &at(old, column(old) + "valid_to: ".len()), words);
    }
}

#[test]
fn a_table_of_a_spreadsheet_program_is_told_how_to_be_saved() {
    let heading = "编号,企业,包保干部,督导日期,方式\n";
    let row = "v-x1,91990101MA0DEM013U,county-0007,2026-10-09,onsite\n";
    let slips: [(String, &str, &str, &str); 7] = [
        (format!("督导记录表,,,,\n{heading}{row}"), "E-CSV-SYNTAX", "1:1", "请删去标题行"),
        (format!("{heading}{row},,,2026-10-10,onsite\n"), "E-FIELD-MISSING", "3:1", "合并的单元格"),
        (format!("{heading}{row}合计,1家,,,\n"), "E-FIELD-MISSING", "3:1", "合计行"),
        (format!("{heading}{}", row.replace(',', ";")), "E-ROW-CELLS", "2:1", "用分号分列"),
        (
            format!("{heading}{}", row.replace("91990101MA0DEM013U", "#N/A")),
            "E-CODE-MANGLED",
            "2:6",
            "改好公式",
        ),
        (format!("<html><table><tr><td>{heading}"), "E-CSV-SYNTAX", "1:1", "CSV UTF-8"),
        (heading.replace(',', "\t"), "E-CSV-SYNTAX", "1:3", "CSV UTF-8"),
    ];
    for (text, code, place, words) in slips {
        let project = Project::small();
        project.write("content/ledgers/more/visits.csv", text);
        told(&project, code, &format!("ledgers/more/visits.csv:{place}"), words);
    }
}

#[test]
fn a_file_that_was_saved_by_the_wrong_program_is_told_what_it_is() {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let slips: [(&str, Vec<u8>, &str, &str, &str); 7] = [
        ("ledgers/a.yaml", b"PK\x03\x04..xl/workbook.xml".to_vec(), "E-ENCODING", "1:1", "工作簿"),
        ("ledgers/visits2.csv", b"PK\x03\x04..xl/workbook.xml".to_vec(), "E-ENCODING", "1:1", "CSV UTF-8"),
        ("articles/news/a.md", b"PK\x03\x04..word/document.xml".to_vec(), "E-ENCODING", "1:1", "Word"),
        ("ledgers/a.yaml", wide("编号\t企业\nv-1\t甲\n"), "E-ENCODING", "1:1", "Unicode 文本"),
        ("ledgers/a.yaml", "编号\t企业\nv-1\t甲\n".into(), "E-YAML-SYNTAX", "1:1", "制表符（Tab）"),
        ("ledgers/a.yaml", "# 表\n编号,企业\nv-1,甲\n".into(), "E-YAML-SYNTAX", "2:1", "英文逗号"),
        ("ledgers/visits.yaml.txt", "visits: []\n".into(), "W-SOURCE-STRAY", "0:0", "改名为 visits.yaml"),
    ];
    for (path, bytes, code, place, words) in slips {
        let project = Project::small();
        project.write(&format!("content/{path}"), bytes);
        if code.starts_with("W-") {
            project.write("content/ledgers/broken.yaml", "- ");
        }
        told(&project, code, &format!("{path}:{place}"), words);
    }
}

#[test]
fn a_slip_in_yaml_is_told_by_its_cause() {
    let slips: [Slip; 7] = [
        ("departments:\n  - id: d-1\n   name: 甲科\n", "E-YAML-SYNTAX", "3:4", "上文相近的一层是 4 格"),
        ("departments:\n  - id: d-1\n    name:\u{a0}甲科\n", "E-YAML-SYNTAX", "3:10", "U+00A0"),
        ("departments:\n  - id: d-1\n    name：甲科\n", "E-YAML-SYNTAX", "3:9", "全角冒号"),
        ("departments:\n\t- id: d-1\n", "E-YAML-SYNTAX", "2:1", "制表符"),
        (
            "departments:\n<<<<<<< HEAD\n  - {id: d-1, name: 甲}\n=======\n>>>>>>> b\n",
            "E-YAML-SYNTAX",
            "2:1",
            "冲突标记",
        ),
        ("departments:\n  - id: d-1\n    name: #甲科\n", "E-FIELD-MISSING", "3:5", "以 # 开头"),
        ("departments:\n  - id: \"d-1\u{200b}\"\n    name: 甲科\n", "E-ID-FORM", "2:9", "U+200B"),
    ];
    for (text, code, place, words) in slips {
        let project = Project::small();
        project.write("content/ledgers/slip.yaml", text);
        told(&project, code, &format!("ledgers/slip.yaml:{place}"), words);
    }
}

#[test]
fn a_personal_number_in_a_remark_is_told_masked_however_it_was_typed() {
    let note = |words: &str| {
        format!(
            "recalls:\n  - {{id: rec-9, product: 示例蛋糕, producer: 样例县示例食品有限公司, batches: [\"1\"], level: 2, reason: {words}, started_on: 2026-06-03}}\n"
        )
    };
    for (words, code, masked) in [
        ("联系１９９００００００１", "", ""),
        ("联系１９９０００００００１", "E-PII-MOBILE", "199****0001"),
        ("联系199-0000-0001", "E-PII-MOBILE", "199****0001"),
        ("证号990101 19900101 0019", "E-PII-ID", "990***********0019"),
    ] {
        let project = Project::small();
        let portal = project.text("content/portal.yaml");
        project.write("content/portal.yaml", format!("{portal}\nprivacy: {{id_prefixes: [\"99\"]}}\n"));
        project.write("content/ledgers/recalls2.yaml", note(words));
        if code.is_empty() {
            project.run("check", &["--as-of", DAY]).ends(0);
            continue;
        }
        let line = note(words);
        let before = line.lines().nth(1).unwrap().split(words).next().unwrap().chars().count();
        told(&project, code, &format!("ledgers/recalls2.yaml:2:{}", before + 3), masked);
    }
}
