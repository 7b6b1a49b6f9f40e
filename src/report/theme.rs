//! What a theme consists of and what its templates may use, on a terminal.
//!
//! In: a theme, and the name of a template. Out: the folders it is made of, its settings, where each file comes from; for one template the
//! section of docs/theme.md that tells what it sees, and the public fields of the kind whose records it shows, with their types.
//!
//! Not here: reading a theme (`theme`).

use std::fmt::Write as _;

use crate::diagnostic::Language;
use crate::record::Kinds;
use crate::record::field::{Face, Field, Kind, Type, Visibility};
use crate::theme::{SettingType, Theme};

/// The page that is the contract of templates.
const CONTRACT: &str = include_str!("../../docs/theme.md");

/// A theme in words, or what one of its templates may use; an error when there is no such template.
pub fn words(
    theme: &Theme,
    template: Option<&str>,
    kinds: &Kinds,
    language: Language,
) -> anyhow::Result<String> {
    let Some(name) = template else { return Ok(listing(theme, language)) };
    contract(theme, name, kinds, language).ok_or_else(|| {
        let known = theme.templates.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
        anyhow::anyhow!("主题没有模板 {name}，已有：{known} / the theme has no template {name}, only {known}")
    })
}

/// Folders, settings, files with their origin.
fn listing(theme: &Theme, language: Language) -> String {
    let word = |zh: &'static str, en: &'static str| if language == Language::Zh { zh } else { en };
    let own = word("程序自带", "built in");
    let mut text = String::new();
    let folders = theme.folders.iter().map(|folder| folder.display().to_string());
    let chain: Vec<String> = folders.chain([own.to_string()]).collect();
    let _ = writeln!(text, "{}: {}", word("主题", "theme"), chain.join(" <- "));
    let _ = writeln!(
        text,
        "\n{}",
        word("设置（portal.yaml 的 theme_settings）", "settings (theme_settings in portal.yaml)")
    );
    for setting in &theme.settings {
        let ty = match &setting.ty {
            SettingType::Text => "text".to_string(),
            SettingType::Count => "count".to_string(),
            SettingType::Flag => "flag".to_string(),
            SettingType::Choice(choices) => choices.join(" | "),
        };
        let about = if language == Language::Zh { &setting.about.0 } else { &setting.about.1 };
        let _ = writeln!(
            text,
            "  {}: {:?}  ({ty}, {} {:?})  {about}",
            setting.key,
            setting.value,
            word("默认", "default"),
            setting.default
        );
    }
    let _ = writeln!(text, "\n{}", word("文件", "files"));
    for file in &theme.files {
        let from = theme.overridden.get(file).map_or(own.to_string(), |path| path.display().to_string());
        let address = file.strip_prefix("static/").and_then(|name| theme.addresses.get(name));
        let _ = match address {
            Some(address) => writeln!(text, "  {file}  {from}  -> {address}"),
            None => writeln!(text, "  {file}  {from}"),
        };
    }
    text
}

/// What a template may use, with types; none when the theme has no such template.
fn contract(theme: &Theme, template: &str, kinds: &Kinds, language: Language) -> Option<String> {
    let source = theme.templates.get(template)?;
    let word = |zh: &'static str, en: &'static str| if language == Language::Zh { zh } else { en };
    let path = format!("templates/{template}");
    let from = theme
        .overridden
        .get(&path)
        .map_or(word("程序自带", "built in").to_string(), |path| path.display().to_string());
    let mut text = format!("{path}  {from}\n");
    let included =
        |line: &str| ["extends", "include"].iter().any(|word| line.contains(&format!("{{% {word} ")));
    let joined: Vec<&str> = source.lines().filter(|line| included(line)).flat_map(quoted_templates).collect();
    if !joined.is_empty() {
        let _ = writeln!(text, "{}: {}", word("引用", "extends and includes"), joined.join(", "));
    }
    for kind in kinds.all().filter(|kind| shows(kind, template)) {
        let _ = writeln!(
            text,
            "\n{} ({} · {})",
            word("r 的公开字段", "public fields of r"),
            kind.plural,
            kind.zh
        );
        fields(kind.fields, "r.", language, &mut text);
    }
    let own = sections(CONTRACT, |heading| heading.contains(template));
    let rows = CONTRACT.lines().filter(|line| line.starts_with(&format!("| `{template}` |")));
    for part in own.into_iter().chain(rows.map(str::to_string)) {
        let _ = writeln!(text, "\n{}", part.trim_end());
    }
    for part in sections(CONTRACT, |heading| {
        heading.starts_with("## On every page") || heading.starts_with("## Shapes")
    }) {
        let _ = writeln!(text, "\n{}", part.trim_end());
    }
    Some(text)
}

fn quoted_templates(line: &str) -> impl Iterator<Item = &str> {
    line.split('"').filter(|part| part.ends_with(".html") && !part.contains(' '))
}

fn shows(kind: &Kind, template: &str) -> bool {
    match kind.face {
        Face::Pages { template: own, .. } | Face::PagesUnderParent { template: own, .. } => own == template,
        Face::Inline => false,
    }
}

fn fields(fields: &[Field], prefix: &str, language: Language, text: &mut String) {
    for field in fields.iter().filter(|field| field.visibility != Visibility::Internal) {
        let label = if language == Language::Zh { field.zh } else { field.en };
        let _ = writeln!(text, "  {prefix}{}  {}  {label}", field.key, type_words(field.ty));
        if let Type::Object(inside) = field.ty {
            self::fields(inside, &format!("{prefix}{}.", field.key), language, text);
        }
        if let Type::List(Type::Object(inside)) = field.ty {
            self::fields(inside, &format!("{prefix}{}[].", field.key), language, text);
        }
    }
}

/// The shape in which a template sees a value of a type, in the words of docs/theme.md.
fn type_words(ty: Type) -> String {
    match ty {
        Type::Date => "date {iso, label}".into(),
        Type::Count => "number".into(),
        Type::Flag => "bool".into(),
        Type::Choice(choices) => {
            format!(
                "choice {{key, label}}: {}",
                choices.iter().map(|choice| choice.key).collect::<Vec<_>>().join(" | ")
            )
        }
        Type::RegionCode => "reference {id, title, href} and place".into(),
        Type::Object(_) => "map".into(),
        Type::List(member) => format!("list of {}", type_words(*member)),
        Type::Records(plural) => format!("records of {plural}, in incoming.{plural}"),
        _ => "text".into(),
    }
}

/// Sections of a page whose heading is wanted, each up to the next heading of its level or a higher one.
fn sections(page: &str, wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let level = |line: &str| Some(line.len() - line.trim_start_matches('#').len()).filter(|level| *level > 0);
    let mut found = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for line in page.lines() {
        if let Some(here) = level(line) {
            if open.as_ref().is_some_and(|(above, _)| here <= *above) {
                found.extend(open.take().map(|(_, text)| text));
            }
            if open.is_none() && wanted(line) {
                open = Some((here, String::new()));
            }
        }
        if let Some((_, text)) = &mut open {
            text.push_str(line);
            text.push('\n');
        }
    }
    found.extend(open.map(|(_, text)| text));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_ends_at_the_next_heading_of_its_level() {
        let page = "# a\n## b\nx\n### c\ny\n## d\nz\n";
        assert_eq!(sections(page, |line| line == "## b"), ["## b\nx\n### c\ny\n"]);
        assert_eq!(sections(page, |line| line == "### c"), ["### c\ny\n"]);
        assert_eq!(sections(page, |line| line == "## d"), ["## d\nz\n"]);
    }
}
