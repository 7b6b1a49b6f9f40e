//! Portals in folders of their own, the `gongshi` binary run on them, and what it left behind.
//!
//! In: sources as texts. Out: exit status, messages, trees of files. Every run has a limit of time, a fixed
//! locale and a fixed time zone, and never sees the caller's environment.
//!
//! Not here: assertions about one behaviour.

pub mod edit;
pub mod facts;
pub mod html;
pub mod latin;
pub mod model;
pub mod schema;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use gongshi::calendar::Date;
use gongshi::pipeline::Input;
use tempfile::TempDir;

/// Files by relative path, `/` between folders.
pub type Tree = BTreeMap<String, Vec<u8>>;

/// The day of which most tests speak.
pub const DAY: &str = "2026-11-22";

/// Longer than any build of a test may take, even on a busy machine; a hang ends here.
const PATIENCE: Duration = Duration::from_secs(120);

/// What a run came to.
#[derive(Debug)]
pub struct Run {
    pub status: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Run {
    /// The run, which must have ended so.
    #[track_caller]
    pub fn ends(self, status: i32) -> Run {
        assert_eq!(self.status, Some(status), "{self}");
        assert!(!self.err.contains("panicked"), "{self}");
        self
    }

    /// How many outputs were rendered and how many taken over.
    #[track_caller]
    pub fn rendered_and_kept(&self) -> (u64, u64) {
        let line = self.err.lines().find(|line| line.contains(" rendered, ")).unwrap();
        let count = |word: &str| {
            let before = line.split(word).next().unwrap().trim_end();
            before.rsplit(' ').next().unwrap().parse().unwrap()
        };
        (count(" rendered"), count(" kept"))
    }

    /// The diagnostics as JSON objects.
    #[track_caller]
    pub fn findings(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

impl std::fmt::Display for Run {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "status {:?}\n{}\n{}", self.status, self.out, self.err)
    }
}

/// A command of the program, not started yet, in a fixed surrounding.
pub fn gongshi(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongshi"));
    command.args(arguments).env_clear().env("LC_ALL", "C").env("TZ", "UTC");
    if let Some(path) = std::env::var_os("PATH") {
        command.env("PATH", path);
    }
    command
}

/// Runs a command to its end; one that does not end fails the test.
#[track_caller]
pub fn run(command: &mut Command) -> Run {
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let out = read_all(child.stdout.take().unwrap());
    let err = read_all(child.stderr.take().unwrap());
    let text = |pipe: mpsc::Receiver<Vec<u8>>, child: &mut Child| match pipe.recv_timeout(PATIENCE) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(_) => {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("the command did not end within {PATIENCE:?}: {command:?}");
        }
    };
    let (out, err) = (text(out, &mut child), text(err, &mut child));
    Run { status: child.wait().unwrap().code(), out, err }
}

fn read_all(mut pipe: impl std::io::Read + Send + 'static) -> mpsc::Receiver<Vec<u8>> {
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = pipe.read_to_end(&mut bytes);
        let _ = send.send(bytes);
    });
    receive
}

/// A folder of its own, in memory where the system has such a place: a build syncs each time.
pub fn place() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// A project in a folder of its own; the folder goes when this is dropped.
pub struct Project {
    folder: TempDir,
}

impl Project {
    /// A project of these source files, paths relative to the project.
    pub fn of(files: &Tree) -> Project {
        let project = Project { folder: place() };
        for (path, bytes) in files {
            project.write(path, bytes);
        }
        project
    }

    /// The demo portal of the repository, without what it was built into.
    pub fn demo() -> Project {
        Project::of(&demo_sources())
    }

    /// The small portal of `tests/support/small`.
    pub fn small() -> Project {
        Project::of(&small())
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// Replaces a text that must stand in a file just once.
    #[track_caller]
    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.text(path);
        assert_eq!(text.matches(from).count(), 1, "{path}: {from}");
        self.write(path, text.replace(from, to));
    }

    /// `gongshi <command> <project> …`, not started yet.
    pub fn command(&self, command: &str, arguments: &[&str]) -> Command {
        let folder = self.folder.path().to_str().unwrap();
        gongshi(&[&[command, folder], arguments].concat())
    }

    #[track_caller]
    pub fn run(&self, command: &str, arguments: &[&str]) -> Run {
        run(&mut self.command(command, arguments))
    }

    /// Builds the project's own `site/` as of a day.
    #[track_caller]
    pub fn build(&self, day: &str) -> Run {
        self.run("build", &["--as-of", day])
    }

    /// The files of the published site.
    pub fn site(&self) -> Tree {
        tree(&self.path("site"))
    }

    /// The site as a build from nothing makes it, elsewhere; the run must succeed.
    #[track_caller]
    pub fn clean_site(&self, day: &str) -> Tree {
        let elsewhere = place();
        let out = elsewhere.path().join("clean");
        self.run("build", &["--as-of", day, "--no-cache", "--out", out.to_str().unwrap()]).ends(0);
        tree(&out)
    }
}

/// The sources of the small portal.
pub fn small() -> Tree {
    tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/small"))
}

/// The sources of the demo portal.
pub fn demo_sources() -> Tree {
    let content = tree(&repository().join("content")).into_iter();
    content.map(|(path, bytes)| (format!("content/{path}"), bytes)).collect()
}

/// A project as the steps of the library take it.
pub fn input_of(project: &Path) -> Input {
    let day = Date::parse(DAY).unwrap();
    Input {
        folder: project.join("content"),
        skipped: Vec::new(),
        as_of: Some(day),
        today: day,
        theme: None,
        themes: project.join("themes"),
        program: 0,
    }
}

/// The project of the repository: demo portal and themes.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder with its bytes; empty when there is no such folder.
pub fn tree(folder: &Path) -> Tree {
    let mut found = Tree::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
            found.insert(path, fs::read(entry.path()).unwrap());
        }
    }
    found
}

/// The names in a folder, sorted.
pub fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A site without its manifest and its files of changes, which alone may depend on the release before.
pub fn pages(mut site: Tree) -> Tree {
    site.retain(|path, _| path != "manifest.json" && !path.starts_with("data/changes/"));
    site
}

/// The manifest's list of files, and the whole of it.
#[track_caller]
pub fn manifest(site: &Tree) -> serde_json::Value {
    serde_json::from_slice(&site["manifest.json"]).unwrap()
}

/// Fails with the names of the files that differ, not with their bytes.
#[track_caller]
pub fn assert_same(one: &Tree, other: &Tree, what: &str) {
    let differing = differing(one, other);
    if let Some(first) = differing.first() {
        let line = |tree: &Tree| {
            tree.get(first).map(|bytes| first_difference(bytes, one.get(first), other.get(first)))
        };
        panic!(
            "{what}: {} of {} files differ: {:?}\none:   {:?}\nother: {:?}",
            differing.len(),
            one.len().max(other.len()),
            differing.iter().take(12).collect::<Vec<_>>(),
            line(one),
            line(other),
        );
    }
}

/// The paths that two trees do not share byte for byte.
pub fn differing(one: &Tree, other: &Tree) -> Vec<String> {
    let mut paths: Vec<&String> = one.keys().chain(other.keys()).collect();
    paths.sort();
    paths.dedup();
    paths.into_iter().filter(|path| one.get(*path) != other.get(*path)).cloned().collect()
}

/// The surroundings of the first byte in which two files differ.
fn first_difference(bytes: &[u8], one: Option<&Vec<u8>>, other: Option<&Vec<u8>>) -> String {
    let (Some(one), Some(other)) = (one, other) else { return "there".into() };
    let at = one.iter().zip(other).position(|(a, b)| a != b).unwrap_or(one.len().min(other.len()));
    let around = bytes.get(at.saturating_sub(60)..bytes.len().min(at + 80)).unwrap_or(&[]);
    String::from_utf8_lossy(around).into_owned()
}

/// Whether a text stands anywhere in some bytes.
pub fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// The files that hold a text, also inside compressed ones.
pub fn holders(site: &Tree, text: &str) -> Vec<String> {
    let inside =
        |bytes: &[u8]| gongshi::unpack::search(bytes, &mut |seen| holds(seen, text).then_some(())).is_some();
    site.iter().filter(|(_, bytes)| inside(bytes)).map(|(path, _)| path.clone()).collect()
}

/// Whether the long form of the slow tests is wanted.
pub fn is_slow() -> bool {
    std::env::var_os("GONGSHI_SLOW").is_some()
}
