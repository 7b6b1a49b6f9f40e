//! What a theme's author is told when a template fails: in Chinese and English, with the file on the disk.
//!
//! In: the report of the template engine, which names template, line, column and what there is. Out: the same with a Chinese
//! sentence in front and the path of the file where it is one of an office's own.
//!
//! Not here: which page was being made (`RenderError`).

use crate::theme::Theme;

/// What stands before the place in a report of the engine.
const PLACE: &str = "--> ";

/// The report of the engine, told for whoever wrote the template.
pub(super) fn told(report: &str, theme: &Theme) -> String {
    let report = report.trim_start_matches("error: ");
    let first = report.lines().next().unwrap_or_default();
    let has = |words: &[&str]| words.iter().all(|word| first.contains(word));
    let zh = if has(&["Field `", "is not defined"]) {
        "模板用了没有的字段，有哪些字段列在后面"
    } else if has(&["Variable `", "is not defined"]) {
        "模板用了没有的变量，有哪些变量列在后面"
    } else if has(&["Found ", " but expected "]) {
        "模板写法不对：Found 后是实际写的，expected 后是应当写的"
    } else if has(&["not found"]) {
        "模板用到的模板、组件或块不存在"
    } else {
        "模板出错"
    };
    format!("{zh} / {}", with_path(report, theme))
}

/// The report with the path of the file in place of the template's name.
fn with_path(report: &str, theme: &Theme) -> String {
    let named = report.split_once(PLACE).and_then(|(before, behind)| {
        let (name, rest) = behind.split_once(':')?;
        let path = theme.overridden.get(&format!("templates/{name}"))?;
        Some(format!("{before}{PLACE}{}:{rest}", path.display()))
    });
    named.unwrap_or_else(|| report.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_template_is_told_in_both_languages_with_its_file() {
        let mut theme = Theme::default();
        theme.overridden.insert("templates/a.html".into(), "themes/county/templates/a.html".into());
        for (report, told_as) in [
            (
                "error: Field `x` is not defined. Available fields: y\n --> a.html:1:47\n  |",
                "模板用了没有的字段，有哪些字段列在后面 / Field `x` is not defined. Available fields: y\n --> themes/county/templates/a.html:1:47\n  |",
            ),
            (
                "error: Found `}` but expected }}.\n --> b.html:1:2\n",
                "模板写法不对：Found 后是实际写的，expected 后是应当写的 / Found `}` but expected }}.\n --> b.html:1:2\n",
            ),
            ("Template 'c.html' not found", "模板用到的模板、组件或块不存在 / Template 'c.html' not found"),
            ("odd", "模板出错 / odd"),
        ] {
            assert_eq!(told(report, &theme), told_as);
        }
    }
}
