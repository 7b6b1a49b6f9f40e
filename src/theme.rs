//! A theme's files: templates, static files and words.
//!
//! The default theme is inside the binary; each of its files can be replaced alone by one of the same name in
//! the portal's theme folder. In: an optional folder. Out: a [`Theme`], whose key changes with any byte of it.
//!
//! Not here: what templates mean (`render`), and where static files land (`plan`).

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;
use include_dir::{Dir, include_dir};
use walkdir::WalkDir;

use crate::text::content_hash;

static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// Largest file of a theme in bytes.
const MOST_BYTES: u64 = 16 << 20;

/// All files of a theme.
#[derive(Clone, Debug, Default)]
pub struct Theme {
    /// Templates by name, such as `enterprise.html`.
    pub templates: BTreeMap<String, String>,
    /// Where each template that is not the default one comes from.
    pub overridden: BTreeMap<String, String>,
    /// Static files by name.
    pub statics: BTreeMap<String, Vec<u8>>,
    /// Words by key, of the portal's language.
    pub words: BTreeMap<String, String>,
    /// The texts of the default theme.
    own_texts: Vec<String>,
}

impl Theme {
    /// The default theme, with the files of `folder` in place of its own; words of `language`.
    pub fn load(folder: Option<&Path>, language: &str) -> anyhow::Result<Theme> {
        let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        embedded(&DEFAULT, &mut files);
        let own_texts = texts_of(&files);
        let mut overridden = BTreeMap::new();
        if let Some(folder) = folder {
            for (name, bytes) in files_below(folder)? {
                overridden.insert(name.clone(), folder.join(&name).display().to_string());
                files.insert(name, bytes);
            }
        }
        let mut theme = Theme { overridden, own_texts, ..Theme::default() };
        for (name, bytes) in files {
            if let Some(template) = name.strip_prefix("templates/") {
                let text =
                    String::from_utf8(bytes).with_context(|| format!("the template {name} is not UTF-8"))?;
                theme.templates.insert(template.to_string(), text);
            } else if let Some(file) = name.strip_prefix("static/") {
                // What an office writes is published as it is; of our own scripts only what runs.
                let is_own = || DEFAULT.get_file(&name).is_some_and(|own| own.contents() == bytes);
                let is_own_script = name.ends_with(".js") && is_own();
                let bytes = if is_own_script { without_comments(&bytes) } else { bytes };
                theme.statics.insert(file.to_string(), bytes);
            } else if name == format!("locales/{language}.yaml")
                || (theme.words.is_empty() && name == "locales/zh-CN.yaml")
            {
                let own: BTreeMap<String, String> = serde_yaml::from_slice(&bytes)
                    .with_context(|| format!("the words in {name} cannot be read"))?;
                theme.words = own;
            }
        }
        Ok(theme)
    }

    /// A content key of templates and words.
    pub fn key(&self) -> u128 {
        let mut bytes = Vec::new();
        for (name, text) in self.templates.iter().chain(&self.words) {
            bytes.extend(content_hash(name.as_bytes()).to_le_bytes());
            bytes.extend(content_hash(text.as_bytes()).to_le_bytes());
        }
        content_hash(&bytes)
    }

    /// Every text that the default theme prints by itself. What an office puts into a template of its own does
    /// not count: a withheld name there is a leak like any other.
    pub fn printed_words(&self) -> &[String] {
        &self.own_texts
    }
}

/// Whole files, and each word by itself: a word stands in a page as a field of its own.
fn texts_of(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let words = files.iter().filter(|(name, _)| name.starts_with("locales/")).flat_map(|(_, bytes)| {
        serde_yaml::from_slice::<BTreeMap<String, String>>(bytes).unwrap_or_default().into_values()
    });
    files.values().filter_map(|bytes| String::from_utf8(bytes.clone()).ok()).chain(words).collect()
}

/// A script of ours without comments and indentation. These stand on lines of their own, and no text in such a script goes
/// over several lines.
fn without_comments(script: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(script.len());
    let mut is_comment = false;
    for line in script.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii) {
        is_comment |= line.starts_with(b"/*");
        if !(is_comment || line.is_empty() || line.starts_with(b"//")) {
            bytes.extend_from_slice(line);
            bytes.push(b'\n');
        }
        is_comment &= !line.ends_with(b"*/");
    }
    bytes
}

fn embedded(folder: &Dir<'_>, files: &mut BTreeMap<String, Vec<u8>>) {
    for file in folder.files() {
        let name = file.path().to_string_lossy().replace('\\', "/");
        files.insert(name, file.contents().to_vec());
    }
    folder.dirs().for_each(|below| embedded(below, files));
}

fn files_below(folder: &Path) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.with_context(|| format!("cannot read the theme folder {}", folder.display()))?;
        if !entry.file_type().is_file() || entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let path = entry.path();
        let name = path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/");
        let size = entry.metadata().map_or(0, |facts| facts.len());
        anyhow::ensure!(
            size <= MOST_BYTES,
            "the theme file {} is larger than {MOST_BYTES} bytes",
            path.display()
        );
        let bytes =
            std::fs::read(path).with_context(|| format!("cannot read the theme file {}", path.display()))?;
        files.push((name, bytes));
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_of_ours_is_published_without_its_comments() {
        let script =
            b"/*\n * What it does.\n */\n(function () {\n  // Why.\n  call(\"//\"); // no\n\n})();\n";
        assert_eq!(without_comments(script), b"(function () {\ncall(\"//\"); // no\n})();\n");
    }
}
