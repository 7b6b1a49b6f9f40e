//! One page of Hugo content: front matter and text.
//!
//! JSON is what Hugo reads fastest together with TOML, so the pages are written with it; `--hugo-front-matter
//! yaml` turns finished pages into the form most Hugo sites use, which costs Hugo twice the CPU.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::ValueEnum;
use serde_json::Value;
use walkdir::WalkDir;

use crate::documents::write_file;

/// The notation of front matter.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FrontMatter {
    Json,
    Yaml,
}

/// Writes a page with JSON front matter, without the fields that say nothing.
pub fn page(path: PathBuf, front: &Value, body: &str) -> Result<()> {
    write_file(&path, &format!("{}\n\n{body}", serde_json::to_string(&told(front))?))
}

/// A value without nulls and empty lists in it: Hugo would read them for nothing.
fn told(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept =
                fields.iter().filter(|(_, value)| !value.is_null() && **value != Value::Array(Vec::new()));
            kept.map(|(key, value)| (key.clone(), told(value))).collect()
        }
        Value::Array(values) => values.iter().map(told).collect(),
        known => known.clone(),
    }
}

/// Turns every page below a folder to YAML front matter.
pub fn turn_to_yaml(root: &Path) -> Result<()> {
    for entry in WalkDir::new(root) {
        let entry = entry?;
        if !entry.file_type().is_file() {
            continue;
        }
        let path = entry.path();
        let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        let (front, body) =
            text.split_once('\n').with_context(|| format!("no front matter: {}", path.display()))?;
        let front: Value =
            serde_json::from_str(front).with_context(|| format!("reading {}", path.display()))?;
        write_file(path, &format!("---\n{}---\n{body}", serde_yaml::to_string(&front)?))?;
    }
    Ok(())
}
