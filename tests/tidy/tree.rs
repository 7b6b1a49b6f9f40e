//! The files of the repository, without what is ignored or made by a build.
//!
//! Paths are relative to the repository, with `/` between their parts, sorted.

use std::path::Path;

/// A text file of the repository.
pub struct File {
    pub path: String,
    pub text: String,
}

/// The folder that holds Cargo.toml.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text of one file.
pub fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every text file, or those whose path begins with `below` and ends with `ending`.
pub fn files(below: &str, ending: &str) -> Vec<File> {
    let ignored = read(".gitignore");
    let is_ignored = |path: &str| {
        let name = path.rsplit('/').next().unwrap();
        name == ".git"
            || ignored.lines().map(str::trim).any(|line| match line.strip_prefix('/') {
                Some(anchored) => anchored.trim_end_matches('/') == path,
                None => line.trim_end_matches('/') == name,
            })
    };
    let relative = |path: &Path| path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
    walkdir::WalkDir::new(root())
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| !is_ignored(&relative(entry.path())))
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| (relative(entry.path()), entry))
        .filter(|(path, _)| path.starts_with(below) && path.ends_with(ending))
        // Pictures and other files that are no text hold no words to judge.
        .filter_map(|(path, entry)| {
            Some(File { text: String::from_utf8(std::fs::read(entry.path()).unwrap()).ok()?, path })
        })
        .collect()
}

/// The files of the library and its command, those that only tests compile left out.
pub fn sources() -> Vec<File> {
    let all = files("src/", ".rs");
    assert!(all.len() > 50, "the sources were not found");
    let tests = test_modules(&all);
    let is_test = |path: &str| {
        let folder = |stem: &str| path.strip_prefix(stem).is_some_and(|rest| rest.starts_with('/'));
        tests.iter().any(|stem| folder(stem) || path.strip_suffix(".rs") == Some(stem))
    };
    all.into_iter().filter(|file| !is_test(&file.path)).collect()
}

/// The modules declared behind `#[cfg(test)]`, as paths without ending.
fn test_modules(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        let folder = match file.path.strip_suffix("/mod.rs").or(file.path.strip_suffix("/lib.rs")) {
            Some(folder) => folder,
            None => file.path.trim_end_matches(".rs"),
        };
        for behind in file.text.split("#[cfg(test)]").skip(1) {
            let Some(name) = behind.trim_start().strip_prefix("mod ") else { continue };
            let end = name.find([';', ' ', '{']).unwrap();
            if name[end..].starts_with(';') {
                found.push(format!("{folder}/{}", &name[..end]));
            }
        }
    }
    found
}
