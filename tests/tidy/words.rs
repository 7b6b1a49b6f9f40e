//! What users are told: Chinese sentences keep Chinese punctuation.

use crate::none;
use crate::tree::sources;

/// Half-width marks that stand directly behind a Chinese character. A comma or colon before a blank is YAML that
/// the user is to write, and the keywords of a page are a list for machines.
fn half_width(line: &str) -> Option<String> {
    let code = line.split(" // ").next().unwrap_or_default();
    if code.trim_start().starts_with("//") || code.contains("keywords:") {
        return None;
    }
    let chars: Vec<char> = code.chars().collect();
    chars.windows(2).zip(1..).find_map(|(pair, at)| {
        let is_han = ('\u{3400}'..='\u{9fff}').contains(&pair[0]);
        let is_yaml = matches!(pair[1], ',' | ':') && chars.get(at + 1) == Some(&' ');
        (is_han && matches!(pair[1], ',' | ';' | ':' | '(') && !is_yaml).then(|| pair.iter().collect())
    })
}

#[test]
fn chinese_messages_keep_chinese_punctuation() {
    let mut found = Vec::new();
    for file in sources().iter().filter(|file| !file.path.contains("tests")) {
        let shipped = file.text.lines().take_while(|line| !line.starts_with("mod tests {"));
        for (line, number) in shipped.zip(1..) {
            found.extend(half_width(line).map(|marks| format!("{}:{number}: {marks}", file.path)));
        }
    }
    none("write ，；：（ behind a Chinese character", &found);
}

#[test]
fn half_width_marks_are_told_from_yaml() {
    for wrong in ["\"文件夹:没有\"", "\"不为空,也\"", "\"清单(或\"", "\"需要;只\""] {
        assert!(half_width(wrong).is_some(), "{wrong}");
    }
    for right in ["\"文件夹：没有\"", "\"键: 值\"", "\"[甲, 乙]\"", "// 甲,乙", "f(\"甲\", 1)"] {
        assert_eq!(half_width(right), None, "{right}");
    }
}
