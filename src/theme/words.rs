//! The words of a theme by language.
//!
//! In: the locale files of a theme and of those above it. Out: the words of one language, complete: a page with a word missing would
//! be wrong in a way that nobody looks for, so a missing one is an error that names it.
//!
//! Not here: labels of kinds and fields, which stand in their tables.

use std::collections::BTreeMap;

use anyhow::Context as _;

use crate::text::nearest;

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

    /// Proves that a theme's own words are of use: none is empty that is not empty above it, and each is known above it or is
    /// asked for by a template. Call before its words are added.
    pub fn prove(
        &self,
        files: &BTreeMap<String, Vec<u8>>,
        whose: &str,
        asks: impl Fn(&str) -> bool,
    ) -> anyhow::Result<()> {
        for (path, bytes) in files {
            let name = path.strip_prefix("locales/").and_then(|name| name.strip_suffix(".yaml"));
            let Some(language) = name.filter(|name| !name.contains('/')) else { continue };
            // What cannot be read is told when the words are added.
            let Ok(words) = serde_yaml::from_slice::<BTreeMap<String, String>>(bytes) else { continue };
            let (above, measure) = (self.0.get(language), self.0.get(OWN));
            for (key, word) in &words {
                let place = || format!("{whose}/{path}:{}", line_of(bytes, key));
                let known = [above, measure].into_iter().flatten().find_map(|words| words.get(key));
                anyhow::ensure!(
                    known.is_some() || asks(key),
                    "{}: 没有用语 `{key}`，模板里也没有用到{} / there is no word `{key}`, and no template asks for it{}",
                    place(),
                    near(key, measure).map_or(String::new(), |near| format!("；是否应为 `{near}`？")),
                    near(key, measure).map_or(String::new(), |near| format!("; did you mean `{near}`?")),
                );
                let was = above.and_then(|above| above.get(key));
                anyhow::ensure!(
                    !word.trim().is_empty() || was.is_none_or(|was| was.trim().is_empty()),
                    "{}: 用语 `{key}` 是空的；不想显示请改模板 / the word `{key}` is empty; to leave it out, change the template",
                    place(),
                );
            }
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

/// The word that was probably meant.
fn near<'w>(key: &str, words: Option<&'w BTreeMap<String, String>>) -> Option<&'w str> {
    nearest(key, words.into_iter().flatten().map(|(key, _)| key.as_str()))
}

/// The line on which a key of a file stands.
fn line_of(bytes: &[u8], key: &str) -> usize {
    let text = String::from_utf8_lossy(bytes);
    let is_key =
        |line: &str| line.trim_matches(['"', '\'']).strip_prefix(key).is_some_and(|rest| rest.contains(':'));
    text.lines().position(|line| is_key(line.trim_start())).map_or(1, |at| at + 1)
}
