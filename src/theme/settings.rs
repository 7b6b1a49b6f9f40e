//! What a portal may set of its theme: `settings` in `theme.yaml` with types and defaults, `theme_settings` in `portal.yaml` with values.
//!
//! In: the description of a theme and the portal's choices. Out: every setting with the value that counts; a choice that the theme
//! does not know, or of another type, is an error that names what there is. Not here: what a setting does (templates).

use std::collections::BTreeMap;

use anyhow::Context as _;
use serde::Deserialize;
use serde_yaml::Value;

/// The type of a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingType {
    /// Any text.
    Text,
    /// A whole number from 0.
    Count,
    /// `true` or `false`.
    Flag,
    /// One of these.
    Choice(Vec<String>),
}

/// A setting with the value that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its key.
    pub key: String,
    /// Its type.
    pub ty: SettingType,
    /// The value that counts, in the form of its type.
    pub value: String,
    /// The value without a choice.
    pub default: String,
    /// What it does, in Chinese and English.
    pub about: (String, String),
}

/// A setting in `theme.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declared {
    #[serde(rename = "type")]
    ty: String,
    default: Value,
    #[serde(default)]
    choices: Vec<String>,
    #[serde(default)]
    zh: String,
    #[serde(default)]
    en: String,
}

/// What `theme.yaml` says that the program asks for.
#[derive(Deserialize, Default)]
pub struct Description {
    /// The theme above it.
    pub parent: Option<String>,
    /// The settings that it declares.
    #[serde(default)]
    pub settings: BTreeMap<String, Declared>,
}

/// The description of a theme; one that says nothing where there is none.
pub fn described(files: &BTreeMap<String, Vec<u8>>, path: &str) -> anyhow::Result<Description> {
    let Some(bytes) = files.get("theme.yaml") else { return Ok(Description::default()) };
    serde_yaml::from_slice(bytes)
        .with_context(|| format!("主题说明无法读取 / the theme's description cannot be read: {path}"))
}

/// Every setting with the portal's choice, or its default.
pub fn choose(
    declared: BTreeMap<String, Declared>,
    chosen: &[(String, String)],
) -> anyhow::Result<Vec<Setting>> {
    if let Some(unknown) = chosen.iter().find(|(key, _)| !declared.contains_key(key)) {
        let known = declared.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
        anyhow::bail!(
            "portal.yaml 的 theme_settings：主题没有设置项 `{0}`，已有：{known} / theme_settings in portal.yaml: the theme has no setting `{0}`, only {known}",
            unknown.0
        );
    }
    declared
        .into_iter()
        .map(|(key, declared)| {
            let ty = match declared.ty.as_str() {
                "text" => SettingType::Text,
                "count" => SettingType::Count,
                "flag" => SettingType::Flag,
                "choice" => SettingType::Choice(declared.choices),
                other => anyhow::bail!(
                    "theme.yaml：设置项 `{key}` 的类型 `{other}` 应为 text、count、flag 或 choice / setting `{key}` has the type `{other}`, not text, count, flag or choice"
                ),
            };
            let default = plain(&declared.default);
            let choice = chosen.iter().rev().find(|(chosen, _)| *chosen == key);
            let value = choice.map_or_else(|| default.clone(), |(_, value)| value.clone());
            anyhow::ensure!(
                is_of(&ty, &value),
                "主题设置项 `{key}` 的值 `{value}` 应为{} / the theme's setting `{key}` is `{value}`, and must be {}",
                words(&ty).0,
                words(&ty).1
            );
            Ok(Setting { key, ty, value, default, about: (declared.zh, declared.en) })
        })
        .collect()
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

fn is_of(ty: &SettingType, value: &str) -> bool {
    match ty {
        SettingType::Text => true,
        SettingType::Count => value.parse::<u32>().is_ok(),
        SettingType::Flag => matches!(value, "true" | "false"),
        SettingType::Choice(choices) => choices.iter().any(|choice| choice == value),
    }
}

fn words(ty: &SettingType) -> (String, String) {
    match ty {
        SettingType::Text => ("文字".into(), "a text".into()),
        SettingType::Count => ("非负整数".into(), "a whole number from 0".into()),
        SettingType::Flag => ("true 或 false".into(), "true or false".into()),
        SettingType::Choice(choices) => {
            (format!("其中之一：{}", choices.join("、")), format!("one of {}", choices.join(", ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(yaml: &str, chosen: &[(&str, &str)]) -> Result<Vec<(String, String)>, String> {
        let files = BTreeMap::from([("theme.yaml".to_string(), yaml.as_bytes().to_vec())]);
        let chosen: Vec<(String, String)> =
            chosen.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect();
        let made = described(&files, "theme.yaml").and_then(|read| choose(read.settings, &chosen));
        made.map(|made| made.into_iter().map(|setting| (setting.key, setting.value)).collect())
            .map_err(|error| format!("{error:#}"))
    }

    const TWO: &str = "settings:\n  newest: {type: count, default: 5}\n  shape: {type: choice, choices: [wide, narrow], default: wide}\n";

    #[test]
    fn a_setting_has_the_portals_value_else_its_default() {
        let made = settings(TWO, &[("newest", "8")]).unwrap();
        assert_eq!(made, [("newest".into(), "8".into()), ("shape".into(), "wide".into())]);
    }

    #[test]
    fn a_choice_that_the_theme_does_not_know_or_of_another_type_is_an_error_that_says_what_there_is() {
        for (choice, wanted) in [
            (("newset", "8"), "newest, shape"),
            (("newest", "many"), "a whole number"),
            (("shape", "round"), "one of wide, narrow"),
        ] {
            let error = settings(TWO, &[choice]).unwrap_err();
            assert!(error.contains(wanted) && error.contains(choice.0), "{error}");
        }
        assert!(settings("settings:\n  a: {type: colour, default: red}\n", &[]).is_err());
    }
}
