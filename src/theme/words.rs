//! The words of a theme by language.
//!
//! In: the locale files of a theme and of those above it. Out: the words of one language, complete: a page with a word missing would
//! be wrong in a way that nobody looks for, so a missing one is an error that names it.
//!
//! Not here: labels of kinds and fields, which stand in their tables.

use std::collections::BTreeMap;

use anyhow::Context as _;

/// The language whose words are the measure.
const OWN: &str = "zh-CN";

/// Words by language and key.
#[derive(Debug, Default)]
pub struct Words(BTreeMap<String, BTreeMap<String, String>>);

impl Words {
    /// Adds the locale files of a theme, word by word.
    pub fn add(&mut self, files: &BTreeMap<String, Vec<u8>>, whose: &str) -> anyhow::Result<()> {
        for (path, bytes) in files {
            let name = path.strip_prefix("locales/").and_then(|name| name.strip_suffix(".yaml"));
            let Some(language) = name.filter(|name| !name.contains('/')) else { continue };
            let words: BTreeMap<String, String> = serde_yaml::from_slice(bytes).with_context(|| {
                format!("{whose} 的用语文件无法读取 / its file of words cannot be read: {path}")
            })?;
            self.0.entry(language.to_string()).or_default().extend(words);
        }
        Ok(())
    }

    /// The words of a language; an error when a word is missing.
    pub fn of(mut self, language: &str) -> anyhow::Result<BTreeMap<String, String>> {
        let needed: Vec<String> = self.0.get(OWN).into_iter().flat_map(BTreeMap::keys).cloned().collect();
        let known = self.0.keys().cloned().collect::<Vec<_>>().join(", ");
        let Some(words) = self.0.remove(language) else {
            anyhow::bail!(
                "主题没有语言 `{language}` 的用语，已有：{known} / the theme has no words of the language `{language}`, only of {known}"
            );
        };
        let missing: Vec<&str> =
            needed.iter().filter(|key| !words.contains_key(*key)).map(String::as_str).collect();
        anyhow::ensure!(
            missing.is_empty(),
            "locales/{language}.yaml 缺少用语 / words are missing in locales/{language}.yaml: {}",
            missing.join(", ")
        );
        Ok(words)
    }
}
