//! A theme's files: templates, static files, words and settings.
//!
//! The default theme is inside the binary. A theme is a folder whose files replace those of its parent, each alone; the parent of
//! all is the default one. In: the name or folder of a theme. Out: a [`Theme`], whose key changes with any byte of it.
//!
//! Not here: what templates mean (`render`), and which outputs there are (`plan`).

mod folders;
mod settings;
mod statics;
mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use include_dir::{Dir, include_dir};

use crate::text::content_hash;
use folders::Folder;
pub use settings::{Setting, SettingType};

static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// Which theme a portal has.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'w> {
    /// Its name in `portal.yaml`.
    pub name: &'w str,
    /// A folder that the command line names instead.
    pub folder: Option<&'w Path>,
    /// The folder in which themes lie.
    pub themes: &'w Path,
    /// The portal's language, such as `zh-CN`.
    pub language: &'w str,
    /// Keys and values that the portal sets.
    pub chosen: &'w [(String, String)],
}

/// All files of a theme.
#[derive(Clone, Debug, Default)]
pub struct Theme {
    /// The folders it is made of, the last one first; the files inside the binary come behind all.
    pub folders: Vec<PathBuf>,
    /// Templates by name, such as `enterprise.html`.
    pub templates: BTreeMap<String, String>,
    /// Where each file comes from that is not inside the binary, by its path in the theme.
    pub overridden: BTreeMap<String, PathBuf>,
    /// Every file by its path in the theme.
    pub files: Vec<String>,
    /// Static files by name, as they are published.
    pub statics: BTreeMap<String, Vec<u8>>,
    /// The address of each static file in the site, with a key of its bytes in the name.
    pub addresses: BTreeMap<String, String>,
    /// Words by key, of the portal's language.
    pub words: BTreeMap<String, String>,
    /// What can be set, with the values that count.
    pub settings: Vec<Setting>,
    /// The texts of the default theme.
    own_texts: Vec<String>,
}

impl Theme {
    /// Reads a theme and those above it.
    pub fn load(wanted: Wanted<'_>) -> anyhow::Result<Theme> {
        let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        embedded(&DEFAULT, &mut files);
        let own_texts = texts_of(&files);
        let mut words = words::Words::default();
        words.add(&files, "the built-in theme")?;
        let mut declared = settings::described(&files, "theme.yaml")?.settings;
        let mut overridden = BTreeMap::new();
        let mut folders = Vec::new();
        for Folder { path, files: own, description } in folders::chain(wanted)? {
            let templates: Vec<&[u8]> = files
                .iter()
                .chain(&own)
                .filter(|(name, _)| name.starts_with("templates/"))
                .map(|(_, bytes)| &**bytes)
                .collect();
            words.prove(&own, &path.display().to_string(), |key| asks_for(&templates, key))?;
            words.add(&own, &path.display().to_string())?;
            declared.extend(description.settings);
            for (name, bytes) in own {
                overridden.insert(name.clone(), path.join(&name));
                files.insert(name, bytes);
            }
            folders.push(path);
        }
        folders.reverse();
        let settings = settings::choose(declared, wanted.chosen)?;
        let words = words.of(wanted.language)?;
        let (mut templates, mut raw) = (BTreeMap::new(), BTreeMap::new());
        let names = files.keys().cloned().collect();
        for (path, bytes) in files {
            if let Some(name) = path.strip_prefix("templates/") {
                let text = String::from_utf8(bytes)
                    .with_context(|| format!("模板不是 UTF-8 / the template is not UTF-8: {path}"))?;
                templates.insert(name.to_string(), text);
            } else if let Some(name) = path.strip_prefix("static/") {
                // What an office writes is published as it is; of our own scripts only what runs.
                let is_own = DEFAULT.get_file(&path).is_some_and(|own| own.contents() == bytes);
                let bytes = if is_own { statics::lean(name, bytes) } else { bytes };
                raw.insert(name.to_string(), bytes);
            }
        }
        statics::prove(&raw, &overridden)?;
        let (statics, addresses) = statics::addressed(raw);
        Ok(Theme {
            folders,
            templates,
            overridden,
            files: names,
            statics,
            addresses,
            words,
            settings,
            own_texts,
        })
    }

    /// A content key of all that pages are made of: templates, words, settings and the addresses of static files.
    pub fn key(&self) -> u128 {
        let mut bytes = Vec::new();
        let settings = self.settings.iter().map(|setting| (&setting.key, &setting.value));
        for (name, text) in self.templates.iter().chain(&self.words).chain(&self.addresses).chain(settings) {
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

/// Whether a template asks for a word: `t.key` or `t["key"]`.
fn asks_for(templates: &[&[u8]], key: &str) -> bool {
    let forms = [format!("t.{key}"), format!("t[\"{key}\"]"), format!("t['{key}']")];
    templates
        .iter()
        .any(|text| forms.iter().any(|form| memchr::memmem::find(text, form.as_bytes()).is_some()))
}

/// Whole files, and each word by itself: a word stands in a page as a field of its own.
fn texts_of(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let words = files.iter().filter(|(name, _)| name.starts_with("locales/")).flat_map(|(_, bytes)| {
        serde_yaml::from_slice::<BTreeMap<String, String>>(bytes).unwrap_or_default().into_values()
    });
    files.values().filter_map(|bytes| String::from_utf8(bytes.clone()).ok()).chain(words).collect()
}

fn embedded(folder: &Dir<'_>, files: &mut BTreeMap<String, Vec<u8>>) {
    for file in folder.files() {
        let name = file.path().to_string_lossy().replace('\\', "/");
        files.insert(name, file.contents().to_vec());
    }
    folder.dirs().for_each(|below| embedded(below, files));
}
